//! A small invented run for tests: two hours, a jump of demand after one, four instances launched in answer.

use engine::{
    Digest, Report,
    demand::Timeline,
    forecast::{Forecast, Hour},
    plan::Failing,
    run::{
        AlarmColumn, AlarmRole, AlarmState, CreditSums, FleetChange, Loss, Run, Series, Throttled,
    },
};
use scenario::{
    compile::{Compiled, compile},
    document::Scenario,
};
use words::{Lang, NumberFormat, Words};

use crate::chart::Subject;

/// A run as if it were one of the scenario that the page begins with, whose instances sustain 20 requests a second.
pub(crate) struct Sample {
    compiled: Compiled,
    report: Report,
    run: Run,
    digest: Digest,
}

impl Sample {
    pub(crate) fn new(run: Run) -> Self {
        let mut compiled = compile(&Scenario::default()).unwrap();
        // Demand is what the run's series say.
        compiled.plan.demand = Timeline::default();
        let report = Report::new(&compiled.plan, &run);
        Self {
            compiled,
            report,
            digest: Digest::of(&run.series),
            run,
        }
    }

    pub(crate) fn subject(&self) -> Subject<'_> {
        let format = NumberFormat {
            group: None,
            ..NumberFormat::default()
        };
        Subject {
            compiled: &self.compiled,
            run: &self.run,
            digest: &self.digest,
            report: &self.report,
            words: Words {
                lang: Lang::En,
                format,
            },
        }
    }
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
    Run {
        period_s: 60,
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
