//! CPU credits of burstable types: AWS's own figures, and what holds of any fleet that has them.
//!
//! Source: Amazon EC2 user guide, "Key concepts for burstable performance instances", "Standard mode …" and "Unlimited mode for
//! burstable performance instances".

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{
    VARIANT, changes, curve, give_credits, instances, let_fail, make_group, plan,
    random::{any_plan, credits, extreme_plan, failing},
};
use engine::{
    Report,
    advice::{Change, Search},
    plan::{
        CpuCredits, CreditMode, Failing, Failure, Health, InstanceSpeed, Launch, Metric, Plan,
        ScalableResource, ScalableTarget, TargetTracking,
    },
    report::{Bottleneck, MetricWhileThrottled, Standing},
    run::Run,
};
use proptest::prelude::*;

/// A type: vCPUs, credits an hour, launch credits in standard mode.
const T2_MICRO: (f64, f64, f64) = (1.0, 6.0, 30.0);
const T2_MEDIUM: (f64, f64, f64) = (2.0, 24.0, 60.0);
const T3_LARGE: (f64, f64, f64) = (2.0, 36.0, 0.0);

fn of_type((vcpu, earned_per_hour, launch): (f64, f64, f64), mode: CreditMode) -> CpuCredits {
    CpuCredits {
        vcpu,
        earned_per_hour,
        most: 24.0 * earned_per_hour,
        launch: match mode {
            CreditMode::Standard => launch,
            CreditMode::Unlimited => 0.0,
        },
        initial: None,
        mode,
        is_choice: true,
        usd_per_vcpu_hour: 0.05,
        // 20 requests a second keep all of them busy.
        cpu_s_per_request: vcpu / 20.0,
    }
}

/// One instance that never scales, at this share of its CPU for so many hours.
fn fixed(credits: CpuCredits, cpu: f64, hours: u32) -> Plan {
    let rps = 20.0 * cpu;
    let end_s = f64::from(hours * 3600);
    let mut plan = plan(&[curve(&[(0.0, rps), (end_s, rps)])], hours * 3600);
    plan.scalable_target = ScalableTarget { min: 1, max: 1 };
    plan.target_tracking.clear();
    plan.usd_per_hour = 0.0832;
    give_credits(&mut plan, credits);
    plan
}

/// Returns the same on instances without credits.
fn without_credits(mut plan: Plan) -> Plan {
    if let ScalableResource::AsynchronousInstances { cpu_credits } = &mut plan.resource {
        *cpu_credits = None;
    } else {
        instances(&mut plan).speed = InstanceSpeed::Full;
    }
    plan
}

fn near(a: f64, b: f64, within: f64) -> bool {
    (a - b).abs() <= within * a.abs().max(b.abs()).max(1.0)
}

/// The balance that metrics show when a minute ends.
fn balance(run: &Run, minute: usize) -> f64 {
    f64::from(run.series.credits[minute - 1])
}

/// A t2.micro that is idle for a day has earned 144 credits, the most that it keeps, beside 30 launch credits.
#[test]
fn an_idle_instance_keeps_a_days_credits_and_its_launch_credits() {
    for (hours, standard, unlimited) in [(1, 36.0, 6.0), (24, 174.0, 144.0), (40, 174.0, 144.0)] {
        for (mode, expect) in [
            (CreditMode::Standard, standard),
            (CreditMode::Unlimited, unlimited),
        ] {
            let run = engine::run(&fixed(of_type(T2_MICRO, mode), 0.0, hours));
            let got = balance(&run, hours as usize * 60);
            assert!(near(got, expect, 1e-6), "{mode:?} {hours}: {got}");
        }
    }
}

/// One that takes the place of an instance that has failed begins anew; the other keeps what it has.
#[test]
fn a_replacement_begins_without_credits() {
    let credits = CpuCredits {
        initial: Some(50.0),
        ..of_type(T3_LARGE, CreditMode::Standard)
    };
    let mut plan = fixed(credits, 0.0, 1);
    plan.scalable_target = ScalableTarget { min: 2, max: 2 };
    let_fail(
        &mut plan,
        Health {
            failures: vec![Failure {
                at_s: 600.0,
                index: 0,
                what: Failing::Instances(1),
            }],
            zones: 1,
            rebalances: true,
            unrouted_s: 60.0,
            status_check_s: 180.0,
            load_balancer_s: None,
            start_within_s: None,
        },
    );
    let run = engine::run(&plan);
    // Found at 780 s, replaced by one that is there 240 s later: 68 credits and 7.8 at 1,800 s.
    assert_eq!(run.series.in_service[29], 2);
    let (got, expect) = (balance(&run, 30), 0.5 * (68.0 + 7.8));
    assert!(near(got, expect, 1e-6), "{got} {expect}");
}

/// A balance is used up when what is spent beyond what is earned has come to it; from then on the instance works at its baseline.
#[test]
fn credits_last_as_long_as_they_last() {
    // Type, credits at the start, CPU, the whole minutes that they last, the baseline.
    let cases = [
        // AWS: a t3.large with all its 864 credits bursts at 100 % for 617 minutes.
        (T3_LARGE, Some(864.0), 1.0, Some(617), 0.3),
        // Launch credits alone: two vCPUs spend 2 and earn 0.4 a minute.
        (T2_MEDIUM, None, 1.0, Some(37), 0.2),
        (T2_MEDIUM, Some(0.0), 0.6, Some(1), 0.2),
        (T2_MICRO, None, 0.5, Some(75), 0.1),
        // At its baseline or below, for ever.
        (T3_LARGE, Some(0.0), 0.3, None, 0.3),
        (T2_MEDIUM, Some(0.0), 0.05, None, 0.2),
    ];
    for (of, initial, cpu, lasts, baseline) in cases {
        let mut credits = of_type(of, CreditMode::Standard);
        credits.initial = initial;
        assert!(near(credits.baseline(), baseline, 1e-12));
        let plan = fixed(credits, cpu, 12);
        let run = engine::run(&plan);
        let told = Report::new(&plan, &run).credits.unwrap();
        let told = (told.used_up_s, told.throttled_s);
        let expect = lasts.map(|minutes| 60.0 * minutes as f64);
        let throttled_s = expect.map_or(0.0, |at_s| 12.0 * 3600.0 - at_s);
        assert_eq!(told, (expect, throttled_s), "{of:?} {cpu}");
        let Some(minutes) = lasts else { continue };
        let capacity = &run.series.capacity_rps;
        assert_eq!(capacity[minutes - 1], 20.0);
        assert!(capacity[minutes] < 20.0);
        // A minute later nothing is left of the last one's change.
        let held = &capacity[minutes + 1..];
        assert!((held.iter()).all(|&rps| near(f64::from(rps), 20.0 * baseline, 1e-5)));
        assert_eq!(run.series.credits[minutes + 1..].iter().sum::<f32>(), 0.0);
        assert!(run.totals.failed > 0.0);
    }
}

/// What surplus credits cost in 24 hours beside the instance, per hour of it.
#[test]
fn surplus_credits_cost_what_aws_says() {
    let unlimited = of_type(T3_LARGE, CreditMode::Unlimited);
    for (cpu, usd) in [(0.2, 0.0), (0.3, 0.0), (0.4, 0.01), (1.0, 0.07)] {
        let plan = fixed(unlimited, cpu, 24);
        let run = engine::run(&plan);
        let extra = run.totals.surplus_usd / 24.0;
        assert!(near(extra, usd, 1e-9), "{cpu}: {extra}");
        assert!(near(run.totals.cost_usd / 24.0, 0.0832 + usd, 1e-9));
        assert_eq!(run.totals.failed, 0.0);
    }
    // Where an m5.large begins to be cheaper: AWS prints 42.5 % for 0.0835 dollars an hour, today's price gives 42.8 %.
    for (usd_per_hour, even) in [(0.0835, 0.425), (0.0832, 0.428)] {
        let cost = |cpu| {
            let mut plan = fixed(unlimited, cpu, 24);
            plan.usd_per_hour = usd_per_hour;
            engine::run(&plan).totals.cost_usd / 24.0
        };
        assert!(cost(even - 0.001) < 0.096 && cost(even + 0.001) > 0.096);
        assert!(near(cost(even), 0.096, 1e-9), "{}", cost(even));
    }
}

/// Earned credits pay surplus down; beyond those of 24 hours it is charged at the end of the hour.
#[test]
fn surplus_is_charged_by_the_hour_beyond_a_days_credits() {
    let run = engine::run(&fixed(of_type(T3_LARGE, CreditMode::Unlimited), 1.0, 14));
    let cost = |minutes: u32| {
        f64::from(run.series.cost_usd[minutes as usize - 1]) - 0.0832 / 60.0 * f64::from(minutes)
    };
    // 84 of surplus an hour: 864 in ten hours and 17 minutes, 60 more by the eleventh hour.
    for (minutes, usd) in [(659, 0.0), (660, 0.05), (719, 0.05), (720, 0.12)] {
        assert!(
            (cost(minutes) - usd).abs() < 1e-6,
            "{minutes}: {}",
            cost(minutes)
        );
    }
    assert!(near(
        f64::from(run.series.surplus_credits[839]),
        864.0,
        1e-6
    ));
    // An hour at full speed, then idle: 84 of surplus are paid down by 36 an hour.
    let mut plan = fixed(of_type(T3_LARGE, CreditMode::Unlimited), 0.0, 6);
    let hour = curve(&[(0.0, 20.0), (3600.0, 20.0), (3600.0, 0.0)]);
    plan.demand = engine::demand::Timeline::compile(&[hour], plan.length_s);
    let run = engine::run(&plan);
    for (minutes, surplus, credits) in [(60, 84.0, 0.0), (120, 48.0, 0.0), (240, 0.0, 24.0)] {
        assert!(near(
            f64::from(run.series.surplus_credits[minutes - 1]),
            surplus,
            1e-5
        ));
        assert!(near(balance(&run, minutes), credits, 1e-5), "{minutes}");
    }
    assert_eq!(run.totals.surplus_usd, 0.0);
}

/// An instance that is removed takes its credits along, and what it owes is charged at once.
#[test]
fn who_leaves_takes_its_credits_along() {
    let mut plan = fixed(of_type(T3_LARGE, CreditMode::Unlimited), 0.0, 3);
    plan.scalable_target = ScalableTarget { min: 2, max: 2 };
    let day = curve(&[(0.0, 40.0), (3600.0, 40.0), (3600.0, 0.0)]);
    plan.demand = engine::demand::Timeline::compile(&[day], plan.length_s);
    plan.scheduled_actions = vec![engine::plan::ScheduledAction {
        at_s: 3600.0,
        index: 0,
        min: Some(1),
        max: Some(1),
        desired: None,
    }];
    plan.target_tracking = vec![track_cpu(50.0)];
    let run = engine::run(&plan);
    assert_eq!(run.series.in_service[179], 1);
    // The one that left had a minute at rest, the other two hours.
    let sums = run.credits.as_ref().unwrap();
    let left = changes(&run)[0].0 + 60.0 - 3600.0;
    let (charged, outstanding) = (sums.charged, sums.outstanding);
    assert!(near(charged, 84.0 - left / 60.0 * 0.6, 1e-9), "{charged}");
    assert!(near(outstanding, 84.0 - 72.0, 1e-9), "{outstanding}");
}

/// Two without credits are held back from the second minute on; one of them leaves in the middle of the twelfth. The other
/// goes on: 2 × 630 s and 2910 s.
#[test]
fn who_has_left_is_held_back_no_more() {
    let mut plan = fixed(of_type(T3_LARGE, CreditMode::Standard), 2.0, 1);
    plan.scalable_target = ScalableTarget { min: 2, max: 2 };
    plan.scheduled_actions = vec![engine::plan::ScheduledAction {
        at_s: 630.0,
        index: 0,
        min: Some(1),
        max: Some(1),
        desired: None,
    }];
    let run = engine::run(&plan);
    let sums = run.credits.as_ref().unwrap();
    assert_eq!(sums.throttled_instance_s, 2.0 * 630.0 + 2910.0);
    let throttled: Vec<(f64, f64)> = (sums.throttled.iter())
        .map(|it| (it.from_s, it.until_s))
        .collect();
    assert_eq!(throttled, [(60.0, 3600.0)]);
}

/// What a group shows of its CPU is what its alarms look at, as without credits: one instance's share of what is served,
/// which others that come in the middle of a minute do not thin out.
#[test]
fn a_group_shows_what_its_alarms_see() {
    let mut plan = fixed(of_type(T3_LARGE, CreditMode::Unlimited), 0.5, 1);
    make_group(&mut plan, Default::default());
    plan.scalable_target.max = 2;
    plan.target_tracking = vec![track_cpu(90.0)];
    plan.scheduled_actions = vec![engine::plan::ScheduledAction {
        at_s: 390.0,
        index: 0,
        min: Some(2),
        max: None,
        desired: None,
    }];
    let run = engine::run(&plan);
    // 240 s later, in the middle of minute 10, half of it comes to each.
    assert_eq!(run.series.metric()[9..12], [50.0, 37.5, 25.0]);
}

fn track_cpu(target: f64) -> TargetTracking {
    TargetTracking {
        index: 0,
        metric: Metric::Utilization {
            percent_s_per_request: 5.0,
            most_percent: 100.0,
        },
        target,
        scale_out_cooldown_s: 300.0,
        scale_in_cooldown_s: 300.0,
        disable_scale_in: false,
    }
}

/// Two t3.large of standard mode that 45 % of CPU keeps busy from the second hour on, under a target of 50 %.
fn trap() -> Plan {
    let mut credits = of_type(T3_LARGE, CreditMode::Standard);
    credits.initial = Some(0.0);
    let mut plan = fixed(credits, 0.0, 8);
    plan.fleet.initial = 2;
    plan.scalable_target = ScalableTarget { min: 2, max: 6 };
    plan.target_tracking = vec![track_cpu(50.0)];
    let morning = curve(&[(0.0, 4.0), (7200.0, 4.0), (9000.0, 18.0), (28_800.0, 18.0)]);
    plan.demand = engine::demand::Timeline::compile(&[morning], plan.length_s);
    plan
}

/// Once credits are used up, CPUUtilization stands at the baseline, far below the target, and nobody scales out.
#[test]
fn a_throttled_fleet_looks_idle_to_target_tracking() {
    let plan = trap();
    let run = engine::run(&plan);
    assert_eq!(changes(&run), []);
    let report = Report::new(&plan, &run);
    assert_eq!(report.standing, Standing::Short);
    let cpu = run.series.metric();
    assert!(cpu.iter().all(|&cpu| cpu < 46.0));
    assert!(near(f64::from(cpu[479]), 30.0, 1e-5));
    let Bottleneck::CpuCredits { at_s, speed, seen } = report.incidents[0].bottleneck else {
        unreachable!("{:?}", report.incidents[0]);
    };
    assert_eq!(Some(at_s), report.credits.unwrap().used_up_s);
    assert!(near(speed, 0.3, 1e-12));
    let expect = MetricWhileThrottled {
        metric: 30.0,
        target: 50.0,
        scaled_in: false,
    };
    let rounded = |seen: MetricWhileThrottled| MetricWhileThrottled {
        metric: seen.metric.round(),
        ..seen
    };
    assert_eq!(seen.map(rounded), Some(expect));
    // The same with unlimited mode, or on a machine without credits.
    let mut unlimited = plan.clone();
    let credits = unlimited.resource.cpu_credits_mut().unwrap();
    *credits = credits.unlimited();
    for other in [unlimited, without_credits(plan)] {
        let has_credits = other.resource.cpu_credits().is_some();
        let run = engine::run(&other);
        let report = Report::new(&other, &run);
        assert_eq!(report.standing, Standing::Holds);
        assert!(run.totals.surplus_usd > 0.0 || !has_credits);
    }
}

/// An incident that the same instances would have had at full speed is none of credits.
#[test]
fn what_credits_did_not_cause_is_told_otherwise() {
    for (high, is_of_credits) in [(24.0, true), (500.0, false)] {
        let mut plan = trap();
        plan.target_tracking.clear();
        plan.scalable_target = ScalableTarget { min: 2, max: 2 };
        let jump = curve(&[(0.0, 4.0), (7200.0, 4.0), (7200.0, high), (28_800.0, high)]);
        plan.demand = engine::demand::Timeline::compile(&[jump], plan.length_s);
        let report = Report::new(&plan, &engine::run(&plan));
        let is_it = matches!(
            report.incidents[0].bottleneck,
            Bottleneck::CpuCredits { .. }
        );
        assert_eq!(is_it, is_of_credits, "{:?}", report.incidents[0]);
        assert!(report.credits.unwrap().used_up_s.is_some());
    }
}

/// What would have held is found: unlimited mode where it can be chosen, a lower target, more instances.
#[test]
fn advice_knows_what_credits_need() {
    for (is_choice, scales) in [(true, true), (false, true), (false, false)] {
        let mut plan = trap();
        plan.resource.cpu_credits_mut().unwrap().is_choice = is_choice;
        if !scales {
            plan.scalable_target = ScalableTarget { min: 2, max: 2 };
            plan.target_tracking.clear();
        }
        let mut search = Search::new(plan.clone(), &engine::run(&plan));
        while search.step() {}
        let found = search.found();
        let has = |is: fn(&Change) -> bool| found.iter().any(|advice| is(&advice.change));
        assert_eq!(has(|it| *it == Change::UnlimitedCredits), is_choice);
        let more = |it: &Change| {
            matches!(
                it,
                Change::MinCapacity(3) | Change::MinAndMax { min: 3, .. }
            )
        };
        assert!(has(more), "{found:?}");
        for advice in &found {
            let with = engine::advice::apply(&plan, advice.change);
            let run = engine::run(&with);
            assert_ne!(Report::new(&with, &run).standing, Standing::Short);
            assert_eq!(run.totals.cost_usd, advice.cost_usd);
        }
    }
}

/// An instance that is held back takes longer for each request, as many times as it is slower.
#[test]
fn a_throttled_instance_answers_slowly() {
    let mut credits = of_type(T3_LARGE, CreditMode::Standard);
    credits.initial = Some(10.0);
    let mut plan = fixed(credits, 0.6, 3);
    let until_noon = curve(&[(0.0, 12.0), (3600.0, 12.0), (3600.0, 2.0), (10_800.0, 2.0)]);
    plan.demand = engine::demand::Timeline::compile(&[until_noon], plan.length_s);
    let run = engine::run(&plan);
    let free = engine::run(&without_credits(plan));
    let factor = |minute: usize| run.series.p50_ms[minute] / free.series.p50_ms[minute];
    assert_eq!(factor(5), 1.0);
    // The queue is worked off, credits come back, and with them the speed.
    let held: Vec<f32> = (0..180)
        .map(factor)
        .filter(|&factor| factor > 1.5)
        .collect();
    assert!(!held.is_empty());
    assert_eq!(factor(179), 1.0);
    assert!(run.totals.p99_ms > 2.0 * free.totals.p99_ms);
    let (slow, quick) = (run.totals.mean_ms, free.totals.mean_ms);
    assert!(slow > quick, "{slow} {quick}");
}

/// Nothing fails at an asynchronous endpoint: the same instances at a real-time one.
fn as_real_time(mut plan: Plan) -> Plan {
    if let ScalableResource::AsynchronousInstances {
        cpu_credits: Some(credits),
    } = plan.resource
    {
        plan.resource = VARIANT;
        give_credits(&mut plan, credits);
    }
    plan
}

/// A plan whose instances have credits.
fn with_credits() -> impl Strategy<Value = Plan> {
    (any_plan(), any::<bool>()).prop_flat_map(|(plan, shared)| {
        let credits = credits(&plan.service);
        (Just(plan), Just(shared), credits).prop_map(|(mut plan, shared, credits)| {
            give_credits(&mut plan, credits);
            if shared && plan.resource.health().is_none() && plan.resource.group().is_none() {
                let cpu_credits = Some(credits);
                plan.resource = ScalableResource::AsynchronousInstances { cpu_credits };
                plan.service.timeout_s = plan.service.timeout_s.max(60.0);
                plan.service.queue_limit_per_instance = None;
                plan.scalable_target.min = 0;
            }
            plan
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn credits_are_neither_made_nor_lost(plan in with_credits()) {
        let run = engine::run(&plan);
        let credits = plan.resource.cpu_credits().unwrap();
        let sums = run.credits.as_ref().unwrap();
        let had = sums.given + sums.earned + sums.lent + sums.charged + sums.outstanding;
        prop_assert!(near(had, sums.spent + sums.balance + sums.lost, 1e-9), "{:?}", sums);
        prop_assert!(near(sums.earned, run.totals.in_service_s * credits.earned_per_hour / 3600.0, 1e-9));
        let full = credits.full_per_minute(plan.service.max_rps);
        // What instances that fail were serving has been spent on, too.
        prop_assert!(plan.resource.health().is_some() || near(sums.spent, run.totals.served * full / 60.0 / plan.service.max_rps, 1e-9), "{:?} {}", sums, run.totals.served);
        let most = (credits.most + credits.launch) * (1.0 + 1e-6);
        prop_assert!(run.series.credits.iter().all(|&it| (0.0..=most).contains(&f64::from(it))));
        let most = credits.most * (1.0 + 1e-6);
        prop_assert!(run.series.surplus_credits.iter().all(|&it| (0.0..=most).contains(&f64::from(it))));
        let t = &run.totals;
        prop_assert!(near(t.requests, t.served + t.failed + t.queued_at_end, 1e-9));
        prop_assert!(near(t.cost_usd, engine_usd(&plan, &run), 1e-9));
        prop_assert!(t.p50_ms <= t.p95_ms && t.p95_ms <= t.p99_ms);
        prop_assert!(run.series.cost_usd.is_sorted());
        match credits.mode {
            CreditMode::Standard => prop_assert!(sums.charged == 0.0 && run.series.surplus_credits.is_empty()),
            CreditMode::Unlimited => prop_assert!(sums.throttled.is_empty() && sums.lent == 0.0),
        }
        for pair in sums.throttled.windows(2) {
            prop_assert!(pair[0].until_s < pair[1].from_s);
        }
        for stretch in &sums.throttled {
            prop_assert!(stretch.from_s < stretch.until_s && stretch.until_s <= f64::from(plan.length_s));
        }
    }

    /// Who fails takes its credits along, and who is back has what the others have.
    #[test]
    fn credits_go_with_what_fails(plan in failing(with_credits().prop_map(as_real_time).boxed())) {
        let run = engine::run(&plan);
        let sums = run.credits.as_ref().unwrap();
        let had = sums.given + sums.earned + sums.lent + sums.charged + sums.outstanding;
        prop_assert!(near(had, sums.spent + sums.balance + sums.lost, 1e-9), "{:?}", sums);
        let credits = plan.resource.cpu_credits().unwrap();
        let earned = run.totals.in_service_s * credits.earned_per_hour / 3600.0;
        prop_assert!(near(sums.earned, earned, 1e-9), "{} {earned}", sums.earned);
        let t = &run.totals;
        prop_assert!(near(t.requests, t.served + t.failed + t.queued_at_end, 1e-9));
    }

    /// Capacity is that of all in service where nobody is held back, and else never below their baseline.
    #[test]
    fn who_has_credits_is_never_held_back(plan in with_credits()) {
        let run = engine::run(&plan);
        let free = engine::run(&without_credits(plan.clone()));
        let sums = run.credits.as_ref().unwrap();
        if sums.throttled.is_empty() {
            // Without credits, calm periods are gone through together: rounding alone may differ.
            for (a, b) in run.series.capacity_rps.iter().zip(&free.series.capacity_rps) {
                prop_assert!(near(f64::from(*a), f64::from(*b), 1e-5), "{a} {b}");
            }
            prop_assert_eq!(changes(&run), changes(&free));
            prop_assert!(near(run.totals.p95_ms, free.totals.p95_ms, 1e-3));
        }
        let slowest = plan.resource.cpu_credits().unwrap().held_speed(plan.service.max_rps);
        let capacity: f64 = run.series.capacity_rps.iter().map(|&rps| 60.0 * f64::from(rps)).sum();
        let whole = run.totals.in_service_s * plan.service.max_rps;
        prop_assert!(capacity <= whole * (1.0 + 1e-5) && capacity >= whole * slowest * (1.0 - 1e-5));
    }

    /// Nothing overflows at the ends of what a scenario may say.
    #[test]
    fn no_plan_with_credits_is_too_extreme(
        (plan, credits) in extreme_plan().prop_flat_map(|plan| {
            let credits = credits(&plan.service);
            (Just(plan), credits)
        })
    ) {
        let mut plan = plan;
        give_credits(&mut plan, credits);
        let run = engine::run(&plan);
        let s = &run.series;
        for column in [&s.capacity_rps, &s.served_rps, &s.failed_rps, &s.queue, &s.p99_ms, &s.credits, &s.surplus_credits, &s.cost_usd] {
            prop_assert!(column.iter().all(|value| value.is_finite() && *value >= 0.0));
        }
        let (t, sums) = (&run.totals, run.credits.as_ref().unwrap());
        prop_assert!(near(t.requests, t.served + t.failed + t.queued_at_end, 1e-9));
        let had = sums.given + sums.earned + sums.lent + sums.charged + sums.outstanding;
        prop_assert!(near(had, sums.spent + sums.balance + sums.lost, 1e-9), "{:?}", sums);
        let report = Report::new(&plan, &run);
        prop_assert!((0.0..=1.0).contains(&report.availability) && (0.0..=1.0).contains(&report.utilisation));
    }

    /// A run is the beginning of a longer one; surplus that is outstanding at its end is in no column.
    #[test]
    fn nothing_depends_on_when_a_run_ends(plan in with_credits(), more_min in 1_u32..200) {
        let long = engine::run(&Plan { length_s: plan.length_s + 60 * more_min, ..plan.clone() });
        let short = engine::run(&plan);
        let (a, b) = (&short.series, &long.series);
        for (a, b) in [
            (&a.credits, &b.credits),
            (&a.surplus_credits, &b.surplus_credits),
            (&a.cost_usd, &b.cost_usd),
            (&a.capacity_rps, &b.capacity_rps),
            (&a.p95_ms, &b.p95_ms),
        ] {
            prop_assert_eq!(&a[..], &b[..a.len()]);
        }
        let mut again = long;
        engine::run_again(&plan, &mut again);
        prop_assert_eq!(short.fingerprint(), again.fingerprint());
    }

    /// Below the baseline both modes are the same, byte for byte.
    #[test]
    fn below_the_baseline_modes_do_not_differ(share in 0.01..0.99_f64, cpu_s in 0.01..0.2_f64, launch_s in 0.0..600.0_f64) {
        let mut credits = of_type(T3_LARGE, CreditMode::Standard);
        credits.cpu_s_per_request = cpu_s;
        let mut plan = fixed(credits, share * credits.held_speed(20.0), 4);
        plan.fleet.launch = Launch::Fixed(launch_s);
        let standard = engine::run(&plan);
        give_credits(&mut plan, credits.unlimited());
        let mut unlimited = engine::run(&plan);
        prop_assert_eq!(unlimited.totals.surplus_usd, 0.0);
        prop_assert!(unlimited.series.surplus_credits.iter().all(|&it| it == 0.0));
        prop_assert_eq!(standard.fingerprint() == unlimited.fingerprint(), false);
        unlimited.series.surplus_credits.clear();
        prop_assert_eq!(standard.fingerprint(), unlimited.fingerprint());
        prop_assert_eq!(standard, unlimited);
    }
}

/// What a run costs, by instance-seconds and by surplus.
fn engine_usd(plan: &Plan, run: &Run) -> f64 {
    let sums = run.credits.as_ref().unwrap();
    run.totals.instance_s / 3600.0 * plan.usd_per_hour + sums.charged_usd + sums.outstanding_usd
}
