//! The loop of auto scaling at one moment of a run: what each part of it holds, and the one phase that the whole is in.
//!
//! All is read from the record of the run: its series, its log and its alarms' states. Nothing is simulated anew, and nothing is
//! said: `words` puts a [`Diagram`] into sentences.

mod alarms;
mod event;
mod pause;

use engine::{
    Plan, Run,
    run::{Activity, AlarmState, Cause, FleetChange, NotScaledReason, Outcome, PERIOD_S, TICK_S},
};

pub use self::{
    alarms::{AlarmNow, Counted},
    event::next_event,
    pause::Pause,
};

/// The loop at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagram<'a> {
    /// The moment, seconds from the start of the run.
    pub at_s: f64,
    /// What is going on, in a word.
    pub phase: Phase,
    /// What the minute that the moment lies in has of traffic.
    pub traffic: Traffic,
    /// The fleet: desired, in service (those being removed included), pending, and its bounds.
    pub fleet: FleetChange,
    /// Instances in service that are being removed.
    pub leaving: u32,
    /// Instances that have failed and that nothing has replaced yet.
    pub failed: u32,
    /// The metric of the first policy, as its alarms see it; nothing without a policy.
    pub seen: Option<Seen>,
    /// The alarms, in the order of the run's series.
    pub alarms: Vec<AlarmNow>,
    /// The entry of the log that stands: the newest answer that was given at the last evaluation.
    pub said: Option<&'a Activity>,
    /// The newest change of the fleet: one in progress before one that is done.
    pub activity: Option<&'a Activity>,
    /// Cooldowns and warm-up that run, the last to end first.
    pub pauses: Vec<Pause>,
}

impl Diagram<'_> {
    /// Returns whether the activity is in progress.
    #[must_use]
    pub fn is_in_progress(&self) -> bool {
        self.activity.is_some_and(|it| goes_on(it, self.at_s))
    }
}

/// What the loop is doing. Where several are true, it is the first of: what a policy or an action was answered at the last
/// evaluation, a change in progress, a pause, lack of data, counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// No alarm has a datapoint that breaches.
    Quiet,
    /// An alarm counts datapoints that breach, and does not ask yet.
    Counting {
        /// Its index among the alarms.
        alarm: usize,
    },
    /// A change has just been decided.
    Asked,
    /// A change goes on: an endpoint is `Updating`.
    InProgress,
    /// A cooldown runs.
    CoolingDown,
    /// Instances launch or warm up.
    WarmingUp,
    /// More is asked for than MaxCapacity allows.
    AtMaximum,
    /// Less is asked for than MinCapacity allows.
    AtMinimum,
    /// As much is asked for as there is.
    AtDesired,
    /// One instance fewer would push the metric over its target again.
    WouldFlap,
    /// The endpoint is `Updating`, and refuses another change.
    Updating,
    /// Another target-tracking policy is not ready to scale in.
    OtherPolicyNotReady,
    /// The metric lies in no step.
    NoMatchingStep,
    /// A scheduled action failed: its minimum exceeds the maximum.
    MinAboveMax,
    /// DisableScaleIn.
    Disabled,
    /// SuspendedState.
    Suspended,
    /// A forecast holds capacity.
    ForecastHolds,
    /// A predictive scaling policy only forecasts.
    ForecastOnly,
    /// AWS has refused to launch instances.
    Refused,
    /// No alarm has enough data.
    NoData,
}

impl Phase {
    fn of_reason(reason: NotScaledReason) -> Self {
        use NotScaledReason as Reason;
        match reason {
            Reason::AlreadyAtMaxCapacity => Self::AtMaximum,
            Reason::AlreadyAtMinCapacity => Self::AtMinimum,
            Reason::AlreadyAtDesiredCapacity => Self::AtDesired,
            Reason::AutoScalingAnticipatedFlapping => Self::WouldFlap,
            Reason::TargetServicePutResourceAsUnscalable { .. } => Self::Updating,
            Reason::ScaleOutCooldown { .. }
            | Reason::ScaleInCooldown { .. }
            | Reason::SimpleScalingCooldown { .. } => Self::CoolingDown,
            Reason::InstancesWarmingUp { .. } => Self::WarmingUp,
            Reason::OtherPolicyNotReady { .. } => Self::OtherPolicyNotReady,
            Reason::NoMatchingStep => Self::NoMatchingStep,
            Reason::MinAboveMax => Self::MinAboveMax,
            Reason::ScaleInDisabled => Self::Disabled,
            Reason::Suspended => Self::Suspended,
            Reason::HeldByForecast { .. } => Self::ForecastHolds,
            Reason::ForecastOnly { .. } => Self::ForecastOnly,
        }
    }
}

/// The traffic of a minute.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Traffic {
    /// Mean demand, requests per second.
    pub demand_rps: f64,
    /// Mean rate of requests served.
    pub served_rps: f64,
    /// Mean rate of requests that failed.
    pub failed_rps: f64,
    /// Requests that wait at its end.
    pub queue: f64,
}

/// What alarms see of a metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// The newest visible datapoint: when its minute began, seconds from the start, and its value, if it has one. Nothing before
    /// the first is visible.
    pub newest: Option<(f64, Option<f64>)>,
    /// When the minute of the first datapoint began that is not visible yet.
    pub under_way_s: f64,
}

/// Returns the loop at `at_s` seconds from the start of a run. All that was decided at that moment has been decided.
#[must_use]
pub fn at<'a>(plan: &Plan, run: &'a Run, at_s: f64) -> Diagram<'a> {
    let mut diagram = Diagram {
        at_s,
        phase: Phase::Quiet,
        traffic: traffic(run, at_s),
        fleet: fleet(run, at_s),
        leaving: 0,
        failed: failed(run, at_s),
        seen: seen(plan, run, at_s),
        alarms: alarms::at(plan, run, at_s),
        said: said(plan, run, at_s),
        activity: activity(run, at_s),
        pauses: pause::at(plan, run, at_s),
    };
    let FleetChange {
        desired,
        in_service,
        pending,
        ..
    } = diagram.fleet;
    diagram.leaving = (in_service + pending)
        .saturating_sub(desired)
        .min(in_service);
    // Of a high-resolution alarm the log alone tells what it counted.
    if let Some(Cause::Policy(decision)) = diagram.said.map(|said| said.cause) {
        let mut alarms = diagram.alarms.iter_mut();
        let its =
            alarms.find(|it| it.policy == decision.policy && it.direction == decision.direction);
        if let Some(alarm) = its {
            alarm.counted.get_or_insert(Counted {
                breaching: decision.breaching,
                datapoints: decision.datapoints,
            });
        }
    }
    diagram.phase = phase(&diagram);
    diagram
}

fn phase(diagram: &Diagram) -> Phase {
    let counting = |alarm: &AlarmNow| alarm.counted.is_some_and(|it| it.breaching > 0);
    let alarms = &diagram.alarms;
    if (diagram.said).is_some_and(is_refused) {
        return Phase::Refused;
    }
    match diagram.said.map(|said| said.outcome) {
        Some(Outcome::NotScaled(reason)) => return Phase::of_reason(reason),
        Some(_) => return Phase::Asked,
        None => {}
    }
    if diagram.is_in_progress() {
        return Phase::InProgress;
    }
    match diagram.pauses.first() {
        Some(Pause::WarmUp { .. }) => return Phase::WarmingUp,
        Some(_) => return Phase::CoolingDown,
        None => {}
    }
    let lacks = |alarm: &AlarmNow| alarm.state == AlarmState::InsufficientData;
    if !alarms.is_empty() && alarms.iter().all(lacks) {
        return Phase::NoData;
    }
    // Target tracking's AlarmHigh stands before its AlarmLow.
    let alarm = alarms.iter().position(counting);
    alarm.map_or(Phase::Quiet, |alarm| Phase::Counting { alarm })
}

/// Returns how many periods have ended by a moment.
fn ended(at_s: f64) -> usize {
    (at_s.max(0.0) / f64::from(PERIOD_S)) as usize
}

fn traffic(run: &Run, at_s: f64) -> Traffic {
    let series = &run.series;
    let minute = ended(at_s).min(series.queue.len().saturating_sub(1));
    let of = |column: &[f32]| column.get(minute).copied().map_or(0.0, f64::from);
    Traffic {
        demand_rps: of(&series.demand_rps),
        served_rps: of(&series.served_rps),
        failed_rps: of(&series.failed_rps),
        queue: of(&series.queue),
    }
}

fn fleet(run: &Run, at_s: f64) -> FleetChange {
    let until = run.fleet.partition_point(|it| it.at_s <= at_s);
    let now = run.fleet.get(until.saturating_sub(1)).copied();
    now.unwrap_or(FleetChange {
        at_s,
        desired: 0,
        in_service: 0,
        pending: 0,
        min: 0,
        max: 0,
    })
}

fn failed(run: &Run, at_s: f64) -> u32 {
    let open = run
        .losses
        .iter()
        .filter(|it| it.at_s <= at_s && at_s < it.noticed_s);
    open.map(|loss| loss.instances).sum()
}

/// Returns the first period, as an index, whose datapoint is not visible at the last evaluation.
fn first_unseen(plan: &Plan, at_s: f64) -> usize {
    let period_s = f64::from(PERIOD_S);
    let delay = (plan.assumptions.metric_delay_s / period_s).ceil() as usize;
    ended(at_s).saturating_sub(delay)
}

fn seen(plan: &Plan, run: &Run, at_s: f64) -> Option<Seen> {
    plan.first_policy()?;
    let under_way = first_unseen(plan, at_s);
    let newest = under_way.checked_sub(1).map(|minute| {
        let value = run.series.metric().get(minute).copied().map(f64::from);
        (begins_s(minute), value.filter(|value| !value.is_nan()))
    });
    Some(Seen {
        newest,
        under_way_s: begins_s(under_way),
    })
}

fn begins_s(minute: usize) -> f64 {
    minute as f64 * f64::from(PERIOD_S)
}

/// Returns the entries of the log that have begun by a moment.
fn begun(run: &Run, at_s: f64) -> &[Activity] {
    let until = run.activities.partition_point(|it| it.start_s <= at_s);
    run.activities.get(..until).unwrap_or_default()
}

/// Returns whether an entry has changed something, or replaces instances.
fn changes(activity: &Activity) -> bool {
    let replaces = matches!(activity.cause, Cause::Replacement(_));
    is_done(activity) && (activity.from != activity.to || replaces)
}

/// Returns whether anything has come of an entry.
fn is_done(activity: &Activity) -> bool {
    !matches!(activity.outcome, Outcome::NotScaled(_)) && !is_refused(activity)
}

/// Returns whether AWS refused all that an entry asked for: such an activity is over as it begins, and repeated from then on.
fn is_refused(activity: &Activity) -> bool {
    let is_over = activity.evaluations > 1 || activity.end_s == Some(activity.start_s);
    matches!(activity.outcome, Outcome::Failed(_)) && is_over
}

/// Returns whether a change is in progress at a moment at which it has begun.
fn goes_on(activity: &Activity, at_s: f64) -> bool {
    activity.end_s.is_none_or(|end_s| at_s < end_s)
}

/// Returns the newest entry whose answer was given at the last evaluation. An answer that changes nothing is repeated from its
/// start to its end. No more than two entries at a time are repeated (a policy's and an action's).
fn said<'a>(plan: &Plan, run: &'a Run, at_s: f64) -> Option<&'a Activity> {
    let stands = |activity: &&Activity| {
        let last_s = match activity.outcome {
            Outcome::NotScaled(_) | Outcome::Failed(_) => {
                activity.end_s.map_or(at_s, |end_s| end_s.min(at_s))
            }
            _ => activity.start_s,
        };
        at_s - last_s < f64::from(evaluated_every_s(plan, &activity.cause))
    };
    let told = |it: &&Activity| changes(it) || !is_done(it);
    let mut newest = begun(run, at_s).iter().rev().filter(told).take(2);
    newest.find(stands)
}

/// Returns how often what asked is evaluated, seconds.
fn evaluated_every_s(plan: &Plan, cause: &Cause) -> u32 {
    let Cause::Policy(decision) = cause else {
        return PERIOD_S;
    };
    let mut alarms = alarms::configured(plan);
    match alarms.any(|(policy, _, alarm)| {
        policy == decision.policy && alarm.metric.is_high_resolution() && alarm.period_s < PERIOD_S
    }) {
        true => TICK_S,
        false => PERIOD_S,
    }
}

fn activity(run: &Run, at_s: f64) -> Option<&Activity> {
    let changes = || begun(run, at_s).iter().rev().filter(|it| changes(it));
    // Of a group several may go on; older ones seldom do.
    let mut recent = changes().take(8);
    recent
        .find(|it| goes_on(it, at_s))
        .or_else(|| changes().next())
}
