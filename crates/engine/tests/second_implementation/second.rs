//! The second engine's loop: a hundredth of a second after the other; at whole seconds something may happen, every ten and at the
//! end of a minute metrics are told and alarms evaluated.

use super::{
    alarms::Seen,
    control::Control,
    credits::{Credits, Shown},
    log::Activity,
    metrics::{Point, Published},
    slow::Slow,
    traffic::{Flow, PER_SECOND, Traffic},
};
use engine::{
    plan::{Plan, ScalableResource},
    run::Loss,
};

const STEPS_PER_MINUTE: f64 = 60.0 * PER_SECOND as f64;

/// What the second engine gives; a value per minute.
#[derive(Default)]
pub struct Second {
    pub desired: Vec<u32>,
    pub in_service: Vec<u32>,
    pub pending: Vec<u32>,
    pub paid: Vec<u32>,
    pub bounds: Vec<(u32, u32)>,
    pub alarms: Vec<Vec<Seen>>,
    pub queue: Vec<f64>,
    pub flow: Vec<Flow>,
    pub points: Vec<Point>,
    /// Of ten seconds each.
    pub ticks: Vec<Option<f64>>,
    pub log: Vec<Activity>,
    /// Instance-seconds paid for, up to the end of each minute.
    pub instance_s: Vec<f64>,
    pub overdue: f64,
    /// Requests that wait at the end.
    pub waiting: f64,
    /// Copies of a component that were moved.
    pub moves: u32,
    pub losses: Vec<Loss>,
    /// What credits show, and how the last minute leaves them.
    pub shown: Vec<Shown>,
    pub credits: Option<Credits>,
}

/// What a minute leaves for metrics.
fn point(plan: &Plan, flow: &Flow) -> Point {
    let instances = flow.in_service_steps as f64 / STEPS_PER_MINUTE;
    let served = match plan.resource {
        // What one instance serves that is there all along.
        ScalableResource::GroupInstances(_) => flow.served_each,
        ScalableResource::ProvisionedConcurrency(_) => flow.provisioned / instances,
        _ => flow.served / instances,
    };
    Point {
        is_missing: false,
        arrived: (instances > 0.0).then_some(flow.arrived_each),
        served: (instances > 0.0).then_some(served),
        without_capacity: flow.without_capacity,
        backlog: flow.queue_s / 60.0,
        backlog_each: flow.queue_each_s / 60.0,
        backlog_without: f64::from(flow.without_steps) / STEPS_PER_MINUTE,
    }
}

/// Whether what would be published now goes missing.
fn is_missing(plan: &Plan, now_s: u32) -> bool {
    plan.missing_metric.is_some_and(|missing| {
        let since_s = f64::from(now_s) - missing.at_s;
        since_s > 0.0 && since_s <= missing.for_s
    })
}

/// Requests in flight at each instance, as a mean over ten seconds: by Little's law those that are served, and those that wait.
fn in_flight(plan: &Plan, flow: &Flow) -> Option<f64> {
    let instance_s = flow.in_service_steps as f64 / f64::from(PER_SECOND);
    let in_flight_s = flow.served * mean_s(plan) + flow.queue_s;
    (instance_s > 0.0).then(|| in_flight_s / instance_s)
}

/// The mean time of a request that need not wait: a fixed time and an exponential one through both percentiles, or where these
/// are too far apart for that an exponential one through the second.
pub fn mean_s(plan: &Plan) -> f64 {
    let (p50_s, p95_s) = (plan.service.p50_ms / 1000.0, plan.service.p95_ms / 1000.0);
    let exponential_s = (p95_s - p50_s) / (0.5_f64 / 0.05).ln();
    let fixed_s = p50_s - exponential_s * 2.0_f64.ln();
    if fixed_s >= 0.0 {
        fixed_s + exponential_s
    } else {
        p95_s / 20.0_f64.ln()
    }
}

/// How fast each instance is.
enum Speeds {
    Full,
    Credits(Credits),
    Slow(Slow),
}

impl Speeds {
    fn of(plan: &Plan) -> Self {
        match (plan.resource.cpu_credits(), plan.resource.slow_instance()) {
            (Some(of), _) => Self::Credits(Credits::new(*of, plan.service.max_rps)),
            (None, Some(of)) => Self::Slow(Slow::new(*of)),
            (None, None) => Self::Full,
        }
    }
}

/// What has just failed gets no more requests; the slow instance is the first to fail.
fn lose(now_s: u32, control: &mut Control, speeds: &mut Speeds, traffic: &mut Traffic) {
    for hit in control.take_hits() {
        let (before, after) = (f64::from(hit.of), f64::from(hit.of - hit.instances));
        let speeds = match speeds {
            Speeds::Full => (before, after),
            Speeds::Credits(credits) => {
                let before = credits.look(now_s, traffic.served, &hit.serving);
                (before, credits.look(now_s, traffic.served, &hit.left))
            }
            Speeds::Slow(slow) => (before - slow.fails(), after),
        };
        traffic.lose(now_s * PER_SECOND, &hit, speeds);
    }
}

/// Requests meet the fleet as it is now, each instance as fast as it may be.
fn look(now_s: u32, control: &Control, speeds: &mut Speeds, traffic: &mut Traffic) {
    let in_service = control.in_service(now_s);
    let serving = || control.serving(now_s);
    let speeds = match speeds {
        Speeds::Full => f64::from(in_service),
        Speeds::Credits(credits) => credits.look(now_s, traffic.served, &serving()),
        Speeds::Slow(slow) => {
            slow.leave(control.left_their_place());
            slow.look(now_s, in_service)
        }
    };
    traffic.set_fleet(in_service, speeds);
    traffic.set_routed(control.routed(now_s));
}

pub fn second(plan: &Plan) -> Second {
    let mut control = Control::new(plan);
    let mut traffic = Traffic::new(plan);
    let mut speeds = Speeds::of(plan);
    let mut published = Published::default();
    let mut all = Second::default();
    let is_fine = control
        .alarms
        .iter()
        .any(|watched| super::metrics::is_fine(&watched.alarm.metric));
    let (mut minute, mut paid_seconds) = (Flow::default(), 0_u64);
    control.happen(0);
    lose(0, &mut control, &mut speeds, &mut traffic);
    look(0, &control, &mut speeds, &mut traffic);
    for now_s in 1..=plan.length_s {
        paid_seconds += u64::from(control.paid(now_s - 1));
        for step in (now_s - 1) * PER_SECOND..now_s * PER_SECOND {
            traffic.step(step);
        }
        control.happen(now_s);
        lose(now_s, &mut control, &mut speeds, &mut traffic);
        look(now_s, &control, &mut speeds, &mut traffic);
        if now_s % 10 != 0 {
            continue;
        }
        let tick = std::mem::take(&mut traffic.flow);
        let value = in_flight(plan, &tick).filter(|_| !is_missing(plan, now_s));
        published.ticks.push(value);
        minute = minute.plus(tick);
        let is_minute = now_s % 60 == 0;
        if is_minute {
            published.minutes.push(match is_missing(plan, now_s) {
                true => Point {
                    is_missing: true,
                    ..Point::default()
                },
                false => point(plan, &minute),
            });
        }
        if is_minute || is_fine {
            let visible = published.visible(plan.assumptions.metric_delay_s);
            control.evaluate(now_s, visible);
            look(now_s, &control, &mut speeds, &mut traffic);
        }
        if is_minute {
            if let Speeds::Credits(credits) = &mut speeds {
                all.shown.push(credits.end_minute(now_s, traffic.served));
            }
            look(now_s, &control, &mut speeds, &mut traffic);
            // Who would now wait too long fails in the minute that ends.
            minute = minute.plus(std::mem::take(&mut traffic.flow));
            let visible = published.visible(plan.assumptions.metric_delay_s);
            let alarms = control.alarms.iter();
            all.alarms
                .push(alarms.map(|watched| watched.seen(visible)).collect());
            all.desired.push(control.desired());
            all.in_service.push(control.in_service(now_s));
            all.pending.push(control.pending(now_s));
            all.paid.push(control.paid(now_s));
            all.bounds.push((control.min, control.max));
            all.queue.push(traffic.waiting());
            all.instance_s.push(paid_seconds as f64);
            all.flow.push(std::mem::take(&mut minute));
        }
    }
    all.moves = control.moves();
    all.losses = control.losses();
    all.overdue = traffic.overdue(plan.length_s);
    all.waiting = traffic.requests_waiting();
    all.credits = match speeds {
        Speeds::Credits(credits) => Some(credits),
        Speeds::Full | Speeds::Slow(_) => None,
    };
    (all.points, all.ticks, all.log) = (published.minutes, published.ticks, control.log);
    all
}
