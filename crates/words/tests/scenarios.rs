//! Every shipped scenario is run, keeps the promise of its two sentences, and reads as it did before.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p words` writes `tests/scenarios/*.txt` anew; look at the difference before it goes in.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::{env, fs, path::Path};

use engine::{
    Report, Run,
    advice::{Advice, Search},
    report::{Bottleneck, Standing},
    run::{Activity, Cause, LaunchFailureReason, NotScaledReason, Outcome},
};
use scenario::{
    compile::{Compiled, compile},
    document::{CpuCredits, CreditSpecification, Scenario},
    file, presets,
};
use words::{Lang, Words};

/// A scenario with all that follows from it.
struct Told {
    scenario: Scenario,
    compiled: Compiled,
    run: Run,
    report: Report,
}

fn tell(scenario: Scenario) -> Told {
    let compiled = compile(&scenario).unwrap();
    let run = engine::run(&compiled.plan);
    let report = Report::new(&compiled.plan, &run);
    Told {
        scenario,
        compiled,
        run,
        report,
    }
}

impl Told {
    fn changes(&self) -> usize {
        self.run
            .activities
            .iter()
            .filter(|activity| activity.from != activity.to)
            .count()
    }

    fn advice(&self) -> Vec<Advice> {
        let mut search = Search::new(self.compiled.plan.clone(), &self.run);
        while search.step() {}
        search.found()
    }

    /// Bottleneck of the worst incident.
    fn bottleneck(&self) -> Bottleneck {
        self.report.incidents[0].bottleneck
    }

    /// Key figures, verdict in both languages, what would have held, and the log.
    fn snapshot(&self, id: &str) -> String {
        let Self {
            scenario,
            compiled,
            run,
            report,
        } = self;
        let (words, advice) = (Words::new(Lang::En), self.advice());
        let mut lines = Vec::new();
        for words in Lang::ALL.map(Words::new) {
            let verdict = words.verdict(report, compiled, scenario, Some(&advice));
            lines.push(format!(
                "{}: {}",
                words.preset_name(id),
                words.preset_teaches(id)
            ));
            lines.push(format!(
                "{:?}: {} {}",
                verdict.tone, verdict.headline, verdict.remedy
            ));
            lines.push(format!("{}\n", verdict.why));
        }
        lines.extend([
            format!(
                "availability {} ({} of {} failed, {} late)",
                words.availability(report.availability),
                words.compact(report.failed),
                words.compact(report.requests),
                words.compact(report.late)
            ),
            format!(
                "latency p50 {}, p95 {}, p99 {}",
                words.latency(report.p50_ms),
                words.latency(report.p95_ms),
                words.latency(report.p99_ms)
            ),
            format!(
                "instances {} – {}, mean {}",
                report.fewest_instances,
                report.most_instances,
                words.number(report.mean_instances, 1)
            ),
            format!("utilisation {}", words.percent(report.utilisation, 0)),
            format!(
                "cost {} a month, fixed {} {}, foresight {}",
                words.usd(report.usd_per_month),
                report.fixed_fleet.instances,
                words.usd(report.fixed_fleet.usd_per_month),
                words.usd(report.foresight.usd_per_month)
            ),
            String::new(),
        ]);
        lines.extend(
            advice
                .iter()
                .map(|advice| words.advice(advice, report, compiled)),
        );
        lines.push(String::new());
        for activity in &run.activities {
            let at = words.date_time(compiled.clock.local(activity.start_s));
            let told = words.activity(activity, compiled, scenario);
            lines.push(format!(
                "{at}  {} [{}] {}",
                told.title, told.status, told.text
            ));
        }
        lines.join("\n").replace('\u{a0}', " ") + "\n"
    }
}

#[test]
fn reads_as_before() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    for preset in presets::all() {
        let told = tell(preset.scenario()).snapshot(preset.id);
        let path = folder.join(preset.id).with_extension("txt");
        if env::var_os("UPDATE_SNAPSHOTS").is_some() {
            fs::write(&path, &told).unwrap();
        }
        let before = fs::read_to_string(&path).unwrap_or_default();
        let differs = before
            .lines()
            .zip(told.lines())
            .find(|(before, now)| before != now);
        assert!(
            before == told,
            "{}: {differs:#?}; if meant so, run again with UPDATE_SNAPSHOTS=1",
            preset.id
        );
    }
}

/// Runs a shipped scenario after a change of it.
fn with(id: &str, change: impl FnOnce(&mut Scenario)) -> Told {
    let mut scenario = presets::find(id).unwrap().scenario();
    change(&mut scenario);
    tell(scenario)
}

fn shipped(id: &str) -> Told {
    with(id, |_| {})
}

#[test]
fn finals_game_needs_headroom_before_the_whistle() {
    let told = shipped("finals_game");
    assert_eq!(told.report.standing, Standing::Short);
    assert!(matches!(told.bottleneck(), Bottleneck::TooLate { .. }));
    assert!(!told.advice().is_empty());
}

#[test]
fn online_shop_loses_nothing_on_slow_ramps() {
    let told = shipped("online_shop");
    // In two minutes of a week a few wait their second by chance.
    assert_eq!(told.report.standing, Standing::WithinObjective);
    assert_eq!(told.report.failed, 0.0);
    assert!(told.report.late < 1e-5 * told.report.requests);
    assert!(told.report.cost_usd < 0.5 * told.report.fixed_fleet.cost_usd);
}

#[test]
fn retail_weekend_needs_its_schedule() {
    let told = shipped("retail_weekend");
    assert_eq!(told.report.standing, Standing::Holds);
    assert_eq!(told.report.most_instances, 50);
    let fired = |activity: &&Activity| matches!(activity.cause, Cause::Scheduled { .. });
    assert_eq!(told.run.activities.iter().filter(fired).count(), 2);
    let without = with("retail_weekend", |scenario| {
        scenario.scheduled_actions.clear();
    });
    assert_ne!(without.report.standing, Standing::Holds);
}

#[test]
fn black_friday_stands_at_its_maximum() {
    let told = shipped("black_friday");
    assert_eq!(told.report.standing, Standing::Short);
    assert!(matches!(told.bottleneck(), Bottleneck::MaxCapacity { .. }));
    let raised = with("black_friday", |scenario| {
        scenario.scalable_target.max_capacity = Some(25);
    });
    assert_eq!(raised.report.standing, Standing::Holds);
}

#[test]
fn flash_sale_is_nearly_over_when_instances_come() {
    let told = shipped("flash_sale");
    assert_eq!(told.report.standing, Standing::Short);
    let noon_s = told
        .compiled
        .clock
        .at_s("2026-12-12T12:00".parse().unwrap());
    let first = told
        .run
        .activities
        .iter()
        .find(|activity| activity.start_s > noon_s && activity.to > activity.from)
        .unwrap();
    assert!((7.0..11.0).contains(&((first.end_s.unwrap() - noon_s) / 60.0)));
    let away = told
        .run
        .activities
        .iter()
        .find(|activity| activity.start_s > noon_s && activity.to < activity.from)
        .unwrap();
    assert!((away.start_s - noon_s) / 60.0 > 11.0 + 15.0);
}

#[test]
fn breaking_news_is_decided_by_the_safety_factor() {
    assert_eq!(shipped("breaking_news").report.standing, Standing::Short);
    let careful = with("breaking_news", |scenario| {
        scenario.load_test.safety_factor = 0.3;
    });
    assert_eq!(careful.report.standing, Standing::WithinObjective);
    assert_eq!(careful.report.failed, 0.0);
}

#[test]
fn fraud_scoring_lives_on_headroom() {
    let told = shipped("fraud_scoring");
    assert_eq!((told.report.standing, told.changes()), (Standing::Holds, 0));
    assert!(told.report.peak_demand_rps > told.compiled.resolved.target / 60.0 * 2.0);
}

#[test]
fn bulk_jobs_make_the_first_of_each_batch_wait() {
    let told = shipped("bulk_jobs");
    assert_eq!(
        (told.report.standing, told.report.incidents.len()),
        (Standing::Short, 4)
    );
    assert!(
        told.report
            .incidents
            .iter()
            .all(|incident| incident.failed > 0.0 && incident.late > 0.0)
    );
}

#[test]
fn morning_rush_counts_from_what_is_warm() {
    let told = shipped("morning_rush");
    assert_eq!(told.report.standing, Standing::Holds);
    let activities = told.run.activities.iter();
    let fewer = activities.clone().filter(|activity| match activity.cause {
        Cause::Policy(decision) => activity.to > activity.from && decision.base < activity.from,
        _ => false,
    });
    assert!(fewer.count() >= 4);
    let warming = activities.filter(|activity| {
        matches!(
            activity.outcome,
            Outcome::NotScaled(NotScaledReason::InstancesWarmingUp { .. })
        )
    });
    assert!(warming.count() >= 4);
}

#[test]
fn burst_then_baseline_looks_idle_while_it_fails() {
    let told = shipped("burst_then_baseline");
    assert_eq!(told.report.standing, Standing::Short);
    let Bottleneck::CpuCredits { speed, seen, .. } = told.bottleneck() else {
        unreachable!("{:?}", told.bottleneck());
    };
    let seen = seen.map(|seen| (seen.metric.round(), seen.target, seen.scaled_in));
    assert_eq!((speed, seen), (0.2, Some((20.0, 50.0, true))));
    // At three in the afternoon demand is many times what is left, and the group has scaled in.
    let series = &told.run.series;
    let minute = 60 * 15;
    assert!(series.demand_rps[minute] > 4.0 * series.served_rps[minute]);
    assert!((series.other_metric[minute] - 20.0).abs() < 1e-3);
    let last = told.run.activities.iter().rfind(|it| it.from != it.to);
    assert!(last.is_some_and(|last| last.to == 2 && last.from == 4));
    // Another mode, and another machine, hold.
    let mut unlimited = told.scenario.clone();
    let cpu_credits = CpuCredits::Unlimited;
    unlimited.instance.credit_specification = Some(CreditSpecification { cpu_credits });
    let unlimited = tell(unlimited);
    assert_eq!(unlimited.report.standing, Standing::Holds);
    assert!(unlimited.report.credits.unwrap().surplus_usd > 0.1);
    let mut fixed = told.scenario.clone();
    fixed.instance.instance_type = "c5.large".to_owned();
    assert_eq!(tell(fixed).report.standing, Standing::Holds);
}

#[test]
fn zone_lost_at_the_peak_is_made_up_for_elsewhere() {
    let told = shipped("zone_lost_at_the_peak");
    let (loss, incident) = (told.run.losses[0], told.report.incidents[0]);
    assert_eq!(told.report.standing, Standing::Short);
    // A third of the instances, and for a minute a third of the requests.
    assert_eq!(loss.instances, loss.of.div_ceil(3));
    assert!(matches!(
        incident.bottleneck,
        Bottleneck::InstancesLost { is_zone: true, .. }
    ));
    assert!(incident.failed > 0.3 * 60.0 * told.report.peak_demand_rps);
    let replaced = |activity: &&Activity| matches!(activity.cause, Cause::Replacement(_));
    let replaced: Vec<_> = told.run.activities.iter().filter(replaced).collect();
    assert!(replaced.len() >= 2 && replaced.iter().all(|activity| activity.from == activity.to));
    // Instances that move go one for one.
    assert!(
        told.run
            .fleet
            .iter()
            .all(|change| change.desired <= change.max)
    );
}

#[test]
fn retry_storm_outlasts_its_cause() {
    let told = shipped("retry_storm");
    assert_eq!(told.report.standing, Standing::Short);
    let (loss, incident) = (told.run.losses[0], told.report.incidents[0]);
    assert_eq!((loss.instances, loss.of), (5, 9));
    // All are replaced within seven minutes, and one more launches.
    let series = &told.run.series;
    let in_service = |minute: usize| series.in_service[12 * 60 + minute];
    assert_eq!((in_service(0), in_service(8)), (4, 10));
    assert!(incident.end_s - incident.start_s > 8.0 * 3600.0);
    // An hour after the failure there is room for twice the demand, and nobody is served in time.
    let minute = 13 * 60;
    assert!(series.capacity_rps[minute] > 2.0 * series.demand_rps[minute]);
    assert!(series.served_rps[minute] < 0.01 * series.demand_rps[minute]);
    // Who tries once, or seldom again, or does not wait in a long queue is served again within minutes.
    let cures: [fn(&mut Scenario); 3] = [
        |scenario| scenario.retries.as_mut().unwrap().max_attempts = 1,
        |scenario| scenario.retries.as_mut().unwrap().budget_pct = Some(10.0),
        |scenario| scenario.service.queue_limit_per_instance = Some(20.0),
    ];
    for (index, cure) in cures.into_iter().enumerate() {
        let cured = with("retry_storm", cure);
        let incident = cured.report.incidents[0];
        let minutes = (incident.end_s - incident.start_s) / 60.0;
        assert!(minutes < 15.0, "{index}: {minutes}");
        let series = &cured.run.series;
        assert!(series.failed_rps[minute] < 1e-6, "{index}");
    }
}

#[test]
fn no_capacity_in_the_zone_is_tried_again_until_there_is() {
    let told = shipped("no_capacity_in_the_zone");
    assert_eq!(told.report.standing, Standing::Short);
    let shortage = told.compiled.plan.fleet.capacity.unwrap().shortage.unwrap();
    let until_s = shortage.at_s + shortage.for_s;
    let Bottleneck::LaunchesRefused {
        failed,
        of,
        until_s: told_s,
        ..
    } = told.bottleneck()
    else {
        unreachable!("{:?}", told.bottleneck());
    };
    assert!(told_s == Some(until_s) && failed > 10 && failed <= of);
    // Nothing comes until there is some, though more is desired all the while.
    let (begins, ends) = ((shortage.at_s / 60.0) as usize, (until_s / 60.0) as usize);
    let series = &told.run.series;
    assert!(series.desired[ends - 1] > series.in_service[ends - 1]);
    assert_eq!(series.in_service[ends - 1], series.in_service[begins + 5]);
    assert_eq!(series.in_service[ends + 4], series.desired[ends + 4]);
    // Without it, the group keeps up.
    let mut enough = told.scenario.clone();
    enough.launch_capacity.at = None;
    assert_ne!(tell(enough).report.standing, Standing::Short);
}

#[test]
fn quota_ends_growth_with_updates_that_fail_whole() {
    let told = shipped("quota_ends_growth");
    assert_eq!(told.report.standing, Standing::Short);
    let Bottleneck::LaunchesRefused { reason, .. } = told.bottleneck() else {
        unreachable!("{:?}", told.bottleneck());
    };
    assert!(matches!(
        reason,
        LaunchFailureReason::Quota { quota: 4, .. }
    ));
    assert!(told.run.series.desired.iter().all(|desired| *desired <= 4));
    let mut raised = told.scenario;
    raised.launch_capacity.quota = Some(10);
    assert_ne!(tell(raised).report.standing, Standing::Short);
}

#[test]
fn document_desk_is_ready_before_its_documents_come() {
    let told = shipped("document_desk");
    assert_eq!(told.report.standing, Standing::WithinObjective);
    // Nothing is throttled, and next to nothing starts cold.
    assert!(told.report.failed < 1.0);
    let served = told.report.on_demand.unwrap();
    assert!(served.cold_starts < 0.001 * told.report.requests);
    let (first, then) = (&told.run.activities[1], &told.run.activities[3..]);
    assert!(matches!(first.cause, Cause::Scheduled { .. }) && first.to == 15);
    let tracked = then.iter().filter(|activity| activity.to > activity.from);
    assert!(tracked.count() >= 4);
    // Nearly all find an environment that is kept ready.
    assert!(served.on_demand < 0.001 * told.report.requests);
    // On demand alone hardly more would start cold, and for less.
    let mut unready = told.scenario.clone();
    unready.scheduled_actions.clear();
    unready.policies.clear();
    unready.serverless.provisioned_concurrency = None;
    let unready = tell(unready).report;
    let cold = unready.on_demand.unwrap().cold_starts;
    assert!(cold > served.cold_starts && cold < 2.0 * served.cold_starts);
    assert!(unready.cost_usd < 0.9 * told.report.cost_usd);
}

#[test]
fn document_queue_wakes_and_costs_nothing_between() {
    let told = shipped("document_queue");
    assert_eq!(told.report.standing, Standing::Holds);
    assert_eq!(
        (told.report.fewest_instances, told.report.most_instances),
        (0, 8)
    );
    let wakes = told
        .run
        .activities
        .iter()
        .filter(|activity| activity.from == 0 && activity.to > 0);
    assert_eq!(wakes.count(), 2);
    let cost = |hour: usize| told.run.series.cost_usd[60 * hour];
    assert_eq!((cost(0), cost(3), cost(12)), (0.0, cost(9), cost(23)));
    assert!(told.run.series.queue[60 * 2] > 1000.0 && told.run.totals.queued_at_end == 0.0);
    // Three all the time would keep the objective, not the thirty of the peak; and nobody can be cheaper than foresight.
    assert_eq!(told.report.fixed_fleet.instances, 3);
    assert!(told.report.cost_usd < 0.2 * told.report.fixed_fleet.cost_usd);
    assert!(told.report.foresight.cost_usd < told.report.cost_usd);
}

#[test]
fn office_assistant_sleeps_at_night_and_fails_until_its_first_copy_is_there() {
    let told = shipped("office_assistant");
    assert_eq!(told.report.standing, Standing::WithinObjective);
    assert_eq!(told.report.fewest_instances, 0);
    // Four copies on an instance: eight at most stand on two.
    assert_eq!(told.report.most_instances, 8);
    let series = &told.run.series;
    assert_eq!(series.instances.iter().copied().max(), Some(2));
    // Nothing is paid for from midnight to eight, and for the rest of the night.
    let cost = |hour: usize| series.cost_usd[60 * hour];
    assert_eq!((cost(0), cost(7), cost(20)), (0.0, 0.0, cost(31)));
    let woken = told
        .run
        .activities
        .iter()
        .filter(|a| a.from == 0 && a.to > 0);
    assert_eq!(woken.count(), 2);
    assert!(matches!(
        told.bottleneck(),
        Bottleneck::FromZero {
            detection_s: Some(_),
            ..
        }
    ));
    assert!(told.report.cost_usd < 0.5 * told.report.fixed_fleet.cost_usd);
}

#[test]
fn steady_noise_scales_nothing() {
    let told = shipped("steady_noise");
    assert_eq!((told.report.standing, told.changes()), (Standing::Holds, 0));
}

#[test]
fn never_scales_in_keeps_both() {
    let told = shipped("never_scales_in");
    assert_eq!((told.report.most_instances, told.changes()), (2, 0));
    let asked: u32 = told
        .run
        .activities
        .iter()
        .filter(|activity| {
            activity.outcome == Outcome::NotScaled(NotScaledReason::AutoScalingAnticipatedFlapping)
        })
        .map(|activity| activity.evaluations)
        .sum();
    assert!(asked > 60 * 24, "{asked}");
}

#[test]
fn world_cup_is_followed_at_a_fraction_of_the_cost() {
    let told = shipped("world_cup_semi_final");
    assert_eq!(told.report.standing, Standing::Holds);
    assert_eq!(
        (told.report.fewest_instances, told.report.most_instances),
        (3, 41)
    );
    assert!(told.report.cost_usd < 0.25 * told.report.fixed_fleet.cost_usd);
}

#[test]
fn a_burstable_fleet_that_never_changes_pays_its_surplus() {
    let told = tell(
        file::from_json(
            r#"{
                "headroom": 1, "start": "2026-06-01", "hours": 6, "time_zone": "UTC",
                "platform": "ec2_auto_scaling_group",
                "load_test": {"max_rps": 20, "p50_ms": 60, "p95_ms": 110},
                "instance": {
                    "type": "t2.medium", "usd_per_hour": 0.0464, "launch_s": 120, "initial": 4,
                    "credit_specification": {"CpuCredits": "unlimited"}
                },
                "scalable_target": {"MinCapacity": 2, "MaxCapacity": 8},
                "policies": [{
                    "PolicyName": "cpu65", "PolicyType": "TargetTrackingScaling",
                    "TargetTrackingConfiguration": {
                        "TargetValue": 65.0,
                        "PredefinedMetricSpecification": {"PredefinedMetricType": "ASGAverageCPUUtilization"}
                    }
                }],
                "demand": [{"shape": {"steady": {"rps": 48}}}]
            }"#,
        )
        .unwrap(),
    );
    let fixed = told.report.fixed_fleet;
    assert_eq!(fixed.instances, 5);
    assert!((fixed.cost_usd - 2.232).abs() < 1e-3, "{}", fixed.cost_usd);
    let verdict = Words::new(Lang::En).verdict(&told.report, &told.compiled, &told.scenario, None);
    assert_eq!(
        verdict.why,
        "4 instances on average: 7% cheaper than 5 instances always on."
    );
}
