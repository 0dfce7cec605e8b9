//! A small plan for each cause, and what is told of its worst incident.

use crate::{
    common::{CHECKS, curve, give_credits, let_fail, make_group, one_more, plan},
    copies::hosts,
    credits::CREDITS,
    given::{is_cause, near},
};
use engine::{
    Report,
    plan::{
        Comparison, CpuCredits, EndpointMetric, Failing, Failure, Health, Launch, Metric,
        MetricAlarm, OnDemand, Plan, ScalableResource, ScalableTarget, ScheduledAction, Statistic,
        TreatMissingData, WarmUp,
    },
    report::Bottleneck,
};

/// What is told: when demand first exceeded capacity; from which rate it rose to which, in so many seconds; the cause.
type Told = (f64, (f64, f64, f64), Bottleneck);

/// The plan of which the others are variants: 1 to 10 instances of 20 requests per second, kept at half of that.
fn variable(points: &[(f64, f64)]) -> Plan {
    plan(&[curve(points)], 7200)
}

/// From ten minutes on another rate.
fn jump(from_rps: f64, to_rps: f64) -> [(f64, f64); 2] {
    [(600.0, from_rps), (600.0, to_rps)]
}

fn fixed(mut plan: Plan, instances: u32) -> Plan {
    plan.fleet.initial = instances;
    plan.scalable_target = ScalableTarget {
        min: instances,
        max: instances,
    };
    plan.target_tracking.clear();
    plan
}

/// Copies of one request per second, two to an instance, of so many instances at most; the developer guide's policy wakes them.
fn copies(points: &[(f64, f64)], initial: u32, max_instances: u32) -> Plan {
    let mut plan = variable(points);
    plan.service.max_rps = 1.0;
    plan.fleet.initial = initial;
    plan.resource = ScalableResource::ComponentCopies(hosts(max_instances));
    plan.scalable_target = ScalableTarget { min: 0, max: 10 };
    plan.target_tracking[0].target = 30.0;
    let alarm = MetricAlarm {
        metric: Metric::Endpoint(EndpointMetric::NoCapacityInvocationFailures),
        statistic: Statistic::Sum,
        period_s: 60,
        evaluation_periods: 1,
        datapoints_to_alarm: 1,
        threshold: 1.0,
        comparison: Comparison::GreaterThanThreshold,
        treat_missing_data: TreatMissingData::Missing,
    };
    plan.step_scaling = vec![one_more(1, alarm, 60.0)];
    plan.assumptions.updating_blocks = false;
    plan
}

/// Requests take 200 ms each, in environments that start on demand, of which there may be so many.
fn serverless(points: &[(f64, f64)], max_concurrency: u32) -> Plan {
    let mut plan = fixed(variable(points), 0);
    plan.service.max_rps = 5.0;
    (plan.service.p50_ms, plan.service.p95_ms) = (200.0, 200.0);
    plan.fleet.launch = Launch::Fixed(120.0);
    plan.resource = ScalableResource::ProvisionedConcurrency(OnDemand {
        max_concurrency,
        setup_s: 5.0,
        keep_s: 300.0,
        usd_per_request: 0.0,
        provisioned_usd_per_request: 0.0,
    });
    plan
}

/// An EC2 Auto Scaling group of so many behind a load balancer, which finds in a minute that one does not answer.
fn group(plan: Plan, instances: u32, health: Health) -> Plan {
    let mut plan = fixed(plan, instances);
    make_group(&mut plan, WarmUp::default());
    let_fail(&mut plan, health);
    plan
}

fn scaling() -> [(Plan, Told); 4] {
    // 10 requests per second, the target's share, are crossed at 750 s, 20 at 1,050 s. The minutes from 780 s on are above the
    // target; the third of them ends at 960 s and is seen at 1,020 s.
    let slow = variable(&[(600.0, 5.0), (1200.0, 25.0)]);
    let too_late = Bottleneck::TooLate {
        detection_s: 270.0,
        launch_s: 240.0,
    };
    let mut full = variable(&jump(5.0, 100.0));
    full.scalable_target.max = 3;
    let max_capacity = Bottleneck::MaxCapacity { max: 3, needed: 5 };
    // Two minutes are not three.
    let short = [jump(5.0, 50.0), [(720.0, 50.0), (720.0, 5.0)]].concat();
    // Quiet from 1,800 s on: the fifteenth minute below the target ends at 2,700 s and is seen at 2,760 s.
    let mut twice = variable(&[
        (1800.0, 50.0),
        (1800.0, 5.0),
        (3000.0, 5.0),
        (3000.0, 50.0),
        (4200.0, 50.0),
        (4200.0, 5.0),
    ]);
    twice.fleet.initial = 5;
    let too_far = Bottleneck::ScaledInTooFar { at_s: 2760.0 };
    [
        (slow, (1050.0, (9.0, 25.0, 480.0), too_late)),
        (full, (600.0, (5.0, 100.0, 480.0), max_capacity)),
        (
            variable(&short),
            (600.0, (5.0, 50.0, 480.0), Bottleneck::NoScaleOut),
        ),
        (twice, (3000.0, (5.0, 50.0, 480.0), too_far)),
    ]
}

fn platforms() -> [(Plan, Told); 5] {
    let no_room = Bottleneck::MaxInstances {
        max: 1,
        room: 2,
        needed: 5,
    };
    // The minute that ends at 660 s has failures, and is seen at 720 s; an instance starts in 240 s, then its copy in 120 s.
    let from_zero = Bottleneck::FromZero {
        detection_s: Some(120.0),
        launch_s: 360.0,
    };
    // One request at a time on average: with six environments 1 in 1,957 is refused, with five 1 in 326.
    let limited = Bottleneck::MaxConcurrency { max: 1, needed: 6 };
    let cold = Bottleneck::ColdStarts { setup_s: 5.0 };
    // 1.8 credits a minute are spent and 0.6 earned: after fifty minutes one is left, which with what the next earns does not
    // pay for that.
    let mut held = fixed(variable(&[(0.0, 18.0)]), 1);
    let credits = CpuCredits {
        initial: Some(61.0),
        ..CREDITS
    };
    give_credits(&mut held, credits);
    let used_up = Bottleneck::CpuCredits {
        at_s: 3000.0,
        speed: 0.3,
        seen: None,
    };
    [
        (
            copies(&jump(1.0, 5.0), 2, 1),
            (600.0, (1.0, 5.0, 600.0), no_room),
        ),
        (
            copies(&jump(0.0, 0.5), 0, 4),
            (600.0, (0.0, 0.5, 600.0), from_zero),
        ),
        (
            serverless(&jump(0.0, 5.0), 1),
            (600.0, (0.0, 5.0, 360.0), limited),
        ),
        (
            serverless(&jump(0.0, 5.0), 50),
            (600.0, (0.0, 5.0, 360.0), cold),
        ),
        (held, (3000.0, (18.0, 18.0, 480.0), used_up)),
    ]
}

fn failures() -> [(Plan, Told); 2] {
    let failure = Failure {
        at_s: 1800.0,
        index: 0,
        what: Failing::Instances(2),
    };
    let fails = Health {
        failures: vec![failure],
        ..CHECKS
    };
    let lost = Bottleneck::InstancesLost {
        at_s: 1800.0,
        instances: 2,
        of: 6,
        is_zone: false,
        detection_s: Some(60.0),
        launch_s: 240.0,
    };
    let hurried = Health {
        start_within_s: Some(180.0),
        ..CHECKS
    };
    let mut starting = group(variable(&jump(20.0, 60.0)), 2, hurried);
    starting.scalable_target.max = 4;
    starting.scheduled_actions = vec![ScheduledAction {
        at_s: 600.0,
        index: 0,
        min: Some(4),
        max: None,
        desired: None,
    }];
    // Two every three minutes, from 780 s to 7,080 s.
    let too_long = Bottleneck::StartsTooLong {
        launch_s: 240.0,
        within_s: 180.0,
        instances: 72,
    };
    [
        (
            group(variable(&[(0.0, 60.0)]), 6, fails),
            (1800.0, (60.0, 60.0, 480.0), lost),
        ),
        (starting, (600.0, (20.0, 60.0, 480.0), too_long)),
    ]
}

#[test]
fn a_plan_is_told_what_kept_its_capacity_back() {
    let all = [&scaling()[..], &platforms(), &failures()].concat();
    for (mut plan, (overload_s, (from_rps, to_rps, over_s), cause)) in all {
        if plan.resource.health().is_none() && plan.resource.on_demand().is_none() {
            // Requests that take longer than any run never fill a station: who is late waits in the queue.
            (plan.service.p50_ms, plan.service.p95_ms) = (1e15, 1.5e15);
        }
        let incident = Report::new(&plan, &engine::run(&plan)).incidents[0];
        assert!(
            near(incident.overload_s, overload_s),
            "{cause:?}: {incident:?}"
        );
        let rise = incident.rise;
        let is_right = near(rise.from_rps, from_rps) && near(rise.to_rps, to_rps);
        assert!(is_right && near(rise.over_s, over_s), "{cause:?}: {rise:?}");
        let told = incident.bottleneck;
        assert!(is_cause(told, cause), "{told:?} for {cause:?}");
    }
}
