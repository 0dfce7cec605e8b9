//! A small invented run for tests: two hours, a jump of demand after one, four instances launched in answer.

use engine::{
    Digest, Report,
    demand::Timeline,
    forecast::{Forecast, Hour},
    plan::Failing,
    run::{
        AlarmColumn, AlarmRole, AlarmState, CreditSums, Distress, FleetChange, Loss, Retried,
        RetrySums, Run, Series, Throttled,
    },
};
use scenario::{
    compile::{Compiled, compile},
    document::{
        Failing as Fails, Failure, LaunchCapacity, Layer, MissingMetric, ScalableTargetAction,
        Scenario, ScheduledAction, Shape, SlowInstance,
    },
    time::LocalDateTime,
};
use words::{Lang, NumberFormat, Words};

use crate::{
    beside::Beside,
    chart::{AccountAlarm, Subject},
};

/// A run as if it were one of the scenario that the page begins with, whose instances sustain 20 requests a second.
pub(crate) struct Sample {
    scenario: Scenario,
    compiled: Compiled,
    report: Report,
    run: Run,
    digest: Digest,
    account: Vec<FleetChange>,
    account_alarms: Vec<AccountAlarm>,
}

impl Sample {
    pub(crate) fn new(run: Run) -> Self {
        Self::of(Scenario::default(), run)
    }

    /// Returns a run as if it were one of this scenario.
    pub(crate) fn of(scenario: Scenario, run: Run) -> Self {
        let mut compiled = compile(&scenario).unwrap();
        // Demand is what the run's series say.
        compiled.plan.demand = Timeline::default();
        let report = Report::new(&compiled.plan, &run);
        Self {
            scenario,
            compiled,
            report,
            digest: Digest::of(&run.series),
            run,
            account: Vec::new(),
            account_alarms: Vec::new(),
        }
    }

    /// Returns it beside an account that answered later, and with more.
    pub(crate) fn beside_account(self) -> Self {
        let change = |(at_s, desired)| FleetChange {
            at_s,
            desired,
            in_service: 0,
            pending: 0,
            min: 0,
            max: 0,
        };
        let account = [(600.0, 2), (4200.0, 8), (6600.0, 7)];
        let alarm = |(from_s, to_s, is_high, name): (f64, f64, bool, &'static str)| AccountAlarm {
            from_s,
            to_s,
            is_high,
            name: name.into(),
        };
        let alarms = [
            (0.0, 1200.0, false, "AlarmLow"),
            (3600.0, 4380.0, true, "AlarmHigh"),
            (3600.0, 3720.0, true, "busy"),
        ];
        Self {
            account: account.into_iter().map(change).collect(),
            account_alarms: alarms.into_iter().map(alarm).collect(),
            ..self
        }
    }

    /// Returns a year, of which each day is the same but for one.
    pub(crate) fn year() -> Self {
        let scenario = Scenario {
            hours: 8_760,
            ..Scenario::default()
        };
        Self::of(scenario, year())
    }

    /// Returns a run of a scenario in which much happens: an event, an action, and failures where the run has some.
    pub(crate) fn eventful(run: Run) -> Self {
        let at = |text: &str| text.parse::<LocalDateTime>().unwrap();
        let event = Layer {
            name: "kick-off".to_owned(),
            shape: Shape::Event {
                at: at("2026-11-28T01:00"),
                rps: 100.0,
                ramp_up_min: 0.0,
                hold_min: 60.0,
                decay_min: 0.0,
            },
            ..Layer::default()
        };
        let action = |name: &str, schedule: &str| ScheduledAction {
            name: name.to_owned(),
            schedule: schedule.to_owned(),
            action: ScalableTargetAction {
                min_capacity: Some(2),
                max_capacity: None,
            },
            ..ScheduledAction::default()
        };
        let failure = |text: &str, what| Failure { at: at(text), what };
        let scenario = Scenario {
            time_zone: "UTC".to_owned(),
            demand: vec![event].into(),
            scheduled_actions: vec![
                action("early", "at(2026-11-28T00:30:00)"),
                action("late", "at(2026-11-28T01:01:00)"),
            ]
            .into(),
            failures: vec![failure("2026-11-28T01:10", Fails::ZoneMin(30.0))].into(),
            ..Scenario::default()
        };
        Self::of(scenario, run)
    }

    /// Returns the run as one of which an instance is slow for half an hour, in the second hour.
    pub(crate) fn slow() -> Self {
        let mut run = run();
        for capacity in run.series.capacity_rps.iter_mut().skip(80).take(30) {
            *capacity -= 15.0;
        }
        let slow_instance = SlowInstance {
            at: Some("2026-11-28T01:20".parse().unwrap()),
            for_min: 30.0,
            ..SlowInstance::default()
        };
        let scenario = Scenario {
            slow_instance,
            ..without_layers()
        };
        Self::of(scenario, run)
    }

    /// Returns the run as one whose metrics are missing for half an hour, in the second hour.
    pub(crate) fn missing() -> Self {
        let missing_metric = MissingMetric {
            at: Some("2026-11-28T01:20".parse().unwrap()),
            for_min: 30.0,
        };
        let mut run = run();
        run.series.invocations_per_instance[80..110].fill(f32::NAN);
        let scenario = Scenario {
            missing_metric,
            ..without_layers()
        };
        Self::of(scenario, run)
    }

    /// Returns the run as one in which AWS has too few instances for half an hour, in the second hour; the account may run seven.
    pub(crate) fn short() -> Self {
        let launch_capacity = LaunchCapacity {
            at: Some("2026-11-28T01:20".parse().unwrap()),
            for_min: 30.0,
            available: 1,
            quota: Some(7),
            ..LaunchCapacity::default()
        };
        let scenario = Scenario {
            launch_capacity,
            ..without_layers()
        };
        Self::of(scenario, run())
    }

    /// Returns it as a run that is pinned beside another.
    pub(crate) fn beside(&self, place: usize) -> Beside<'_> {
        Beside {
            place,
            compiled: &self.compiled,
            run: &self.run,
            digest: &self.digest,
        }
    }

    pub(crate) fn subject(&self) -> Subject<'_> {
        let format = NumberFormat {
            group: None,
            ..NumberFormat::default()
        };
        Subject {
            scenario: &self.scenario,
            compiled: &self.compiled,
            run: &self.run,
            digest: &self.digest,
            report: &self.report,
            account: &self.account,
            account_alarms: &self.account_alarms,
            words: Words {
                lang: Lang::En,
                format,
            },
        }
    }
}

/// Returns the scenario that a page begins with, without layers of demand, and with the clock of UTC.
fn without_layers() -> Scenario {
    Scenario {
        time_zone: "UTC".to_owned(),
        demand: Vec::new().into(),
        ..Scenario::default()
    }
}

/// A run in which twice as many instances serve.
pub(crate) fn twice() -> Run {
    let mut twice = run();
    for change in &mut twice.fleet {
        change.in_service *= 2;
    }
    twice
}

pub(crate) fn run() -> Run {
    let minutes = 120;
    let in_service = |i: usize| if i < 64 { 2_u32 } else { 6 };
    let demand = |i: usize| if i < 60 { 18.0 } else { 90.0 } + ((i * 37) % 11) as f32 * 0.4;
    let column = |f: &dyn Fn(usize) -> f32| (0..minutes).map(f).collect::<Vec<f32>>();
    let failed = |i: usize| {
        if (60..64).contains(&i) {
            demand(i) - 40.0
        } else {
            0.0
        }
    };
    let waited = |i: usize| {
        if (60..64).contains(&i) { 9_000.0 } else { 50.0 }
    };
    let change = |at_s, in_service, pending| FleetChange {
        at_s,
        desired: in_service + pending,
        in_service,
        pending,
        min: 2,
        max: 8,
    };
    let alarm = |role, from, to| AlarmColumn {
        policy: 0,
        role,
        states: (0..minutes)
            .map(|i| {
                if (from..to).contains(&i) {
                    AlarmState::Alarm
                } else {
                    AlarmState::Ok
                }
            })
            .collect(),
    };
    let distress = (60..64_u32).map(|minute| Distress {
        start_s: f64::from(minute) * 60.0,
        failed: 3_000.0,
        late: 0.0,
        longest_wait_s: 9.0,
    });
    Run {
        period_s: 60,
        distress: distress.collect(),
        fleet: vec![
            change(0.0, 2, 0),
            change(3_610.0, 2, 4),
            change(3_850.0, 6, 0),
        ],
        series: Series {
            demand_rps: column(&demand),
            capacity_rps: column(&|i| in_service(i) as f32 * 20.0),
            failed_rps: column(&failed),
            queue: column(&|_| 0.0),
            p50_ms: column(&waited),
            p95_ms: column(&|i| waited(i) * 1.6),
            p99_ms: column(&|i| waited(i) * 2.1),
            invocations_per_instance: column(&|i| demand(i) * 60.0 / in_service(i) as f32),
            alarms: vec![
                alarm(AlarmRole::High, 61, 66),
                alarm(AlarmRole::Low, 20, 58),
            ],
            ..Series::default()
        },
        ..Run::default()
    }
}

/// Returns a forecast from the second hour on.
pub(crate) fn forecasts() -> Vec<Forecast> {
    let hour = |at_s, capacity| Hour {
        at_s,
        made_s: 0.0,
        rps: 10.0,
        capacity,
    };
    vec![Forecast {
        policy: 1,
        scales: true,
        hours: vec![hour(3_600.0, 7), hour(7_200.0, 9)],
    }]
}

/// Returns a zone that is gone for half an hour, and an instance that is gone for good.
pub(crate) fn losses() -> Vec<Loss> {
    let loss = |at_s, what| Loss {
        at_s,
        index: 0,
        what,
        instances: 1,
        of: 6,
        unrouted_s: at_s + 60.0,
        noticed_s: at_s + 180.0,
    };
    vec![
        loss(4_200.0, Failing::Zone { for_s: 1_800.0 }),
        loss(6_600.0, Failing::Instances(1)),
    ]
}

/// Returns the run as one of instances that have used up their CPU credits after an hour and a half, and are slower since.
pub(crate) fn with_credits() -> Run {
    let mut run = run();
    run.series.credits = (0..120)
        .map(|minute| f32::max(90.0 - minute as f32, 0.0))
        .collect();
    run.series.surplus_credits = (0..120)
        .map(|minute| f32::max(minute as f32 - 90.0, 0.0))
        .collect();
    for capacity in run.series.capacity_rps.iter_mut().skip(90) {
        *capacity *= 0.3;
    }
    run.credits = Some(CreditSums {
        throttled: vec![Throttled {
            from_s: 5400.0,
            until_s: 7200.0,
        }],
        ..CreditSums::default()
    });
    run
}

/// Returns the run as one whose clients send each request twice more from half an hour after its start, for an hour.
pub(crate) fn with_retries() -> Run {
    let mut run = run();
    let again = |(minute, requests): (usize, &f32)| match minute {
        30..90 => 3.0 * requests,
        _ => *requests,
    };
    let attempts_rps: Vec<f32> = run
        .series
        .demand_rps
        .iter()
        .enumerate()
        .map(again)
        .collect();
    let sum = |rps: &[f32]| rps.iter().map(|rps| 60.0 * f64::from(*rps)).sum();
    run.retried = Some(Retried {
        sums: RetrySums {
            requests: sum(&run.series.demand_rps),
            attempts: sum(&attempts_rps),
            ..RetrySums::default()
        },
        waiting: 0.0,
        attempts_rps,
    });
    run
}

/// Returns a year of which each day is the same but for one, on which demand doubles and requests fail for ten minutes.
fn year() -> Run {
    const DAYS: usize = 365;
    let minutes = 1440 * DAYS;
    let is_short = |i: usize| (100 * 1440 + 600..100 * 1440 + 610).contains(&i);
    let demand = |i: usize| {
        let usual = 20.0 + (i % 1440).abs_diff(720) as f32 / 12.0;
        if i / 1440 == 100 { 2.0 * usual } else { usual }
    };
    let is_busy = |i: usize| !(480..960).contains(&(i % 1440));
    let column = |f: &dyn Fn(usize) -> f32| (0..minutes).map(f).collect::<Vec<f32>>();
    let latency = |i: usize| {
        if is_short(i) {
            30_000.0
        } else {
            40.0 + demand(i)
        }
    };
    let change = |minute: usize, in_service| FleetChange {
        at_s: minute as f64 * 60.0,
        desired: in_service,
        in_service,
        pending: 0,
        min: 2,
        max: 8,
    };
    let changes = |day: usize| {
        let at = |minute: usize| day * 1440 + minute;
        [change(at(0), 6), change(at(480), 3), change(at(960), 6)]
    };
    let states = |i: usize| match i % 1440 {
        0..360 => AlarmState::Alarm,
        _ => AlarmState::Ok,
    };
    let distress = (0..minutes).filter(|i| is_short(*i)).map(|i| Distress {
        start_s: i as f64 * 60.0,
        failed: 60.0,
        late: 0.0,
        longest_wait_s: 30.0,
    });
    Run {
        period_s: 60,
        fleet: (0..DAYS).flat_map(changes).collect(),
        distress: distress.collect(),
        series: Series {
            demand_rps: column(&demand),
            capacity_rps: column(&|i| if is_busy(i) { 120.0 } else { 60.0 }),
            failed_rps: column(&|i| if is_short(i) { 1.0 } else { 0.0 }),
            queue: column(&|_| 0.0),
            p50_ms: column(&latency),
            p95_ms: column(&|i| latency(i) * 1.6),
            p99_ms: column(&|i| latency(i) * 2.1),
            invocations_per_instance: column(&|i| demand(i) * if is_busy(i) { 10.0 } else { 20.0 }),
            alarms: vec![AlarmColumn {
                policy: 0,
                role: AlarmRole::High,
                states: (0..minutes).map(states).collect(),
            }],
            ..Series::default()
        },
        ..Run::default()
    }
}
