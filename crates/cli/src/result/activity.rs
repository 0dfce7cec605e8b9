//! Scaling activities with AWS's codes, the local time, and the cause in a sentence.

use engine::run::{
    Activity as EngineActivity, Cause, LaunchFailureReason, NotScaledReason, Outcome as End,
    ReplacementReason, Rule,
};
use scenario::time::Zone;
use serde::Serialize;
use words::{Lang, Words};

use crate::{outcome::Outcome, plain::plain};

/// An activity, or an alarm or action that led to none.
#[derive(Debug, Serialize)]
pub struct Activity {
    /// Seconds from the start of the run.
    t_s: f64,
    /// Local time of the scenario, with its offset from UTC.
    time: String,
    /// When the last instance was in service or gone, or, where nothing changed, when it was last asked; `null`: still going.
    end_t_s: Option<f64>,
    /// Who asked: the `PolicyType`, or `ScheduledAction`; `HealthCheck` or `AZRebalance` where instances were replaced or moved,
    /// `Launch` where AWS had refused them before.
    kind: &'static str,
    /// Name of the policy or scheduled action.
    policy: String,
    /// Instances that were replaced or moved; `null` where capacity was to change.
    replaced: Option<u32>,
    /// Desired capacity before.
    from: u32,
    /// Desired capacity after.
    to: u32,
    /// AWS's StatusCode.
    status: &'static str,
    /// Why nothing changed, or AWS refused launches; `null` where all was done.
    not_scaled_reason: Option<&'static str>,
    /// The numbers behind it.
    cause: String,
    /// Evaluations in a row that gave this answer.
    evaluations: u32,
}

/// Returns all activities of a run, in order of time.
pub fn all(outcome: &Outcome) -> Vec<Activity> {
    let words = Words::new(Lang::En);
    let tell = |done: &EngineActivity| {
        let Outcome {
            scenario, compiled, ..
        } = outcome;
        let (kind, policy) = asked_by(&done.cause, outcome);
        let is_group = scenario.platform.rules().scales.is_of_ec2();
        let (status, not_scaled_reason) = status(&done.outcome, is_group);
        Activity {
            t_s: done.start_s,
            time: local_time(outcome, done.start_s),
            end_t_s: done.end_s,
            kind,
            policy,
            replaced: match done.cause {
                Cause::Replacement(replacement) => Some(replacement.instances),
                _ => None,
            },
            from: done.from,
            to: done.to,
            status,
            not_scaled_reason,
            cause: plain(&words.activity(done, compiled, scenario).text),
            evaluations: done.evaluations,
        }
    };
    outcome.run.activities.iter().map(tell).collect()
}

/// Returns the local time with its offset, to the nearest second: `2026-11-28T20:03:00+00:00`.
pub fn local_time(outcome: &Outcome, at_s: f64) -> String {
    let clock = &outcome.compiled.clock;
    with_offset(clock.start_utc_s() + at_s.round() as i64, clock.zone())
}

/// Returns an instant on a zone's wall clock, with its offset: `2026-06-01T10:00:00+01:00`.
pub fn with_offset(utc_s: i64, zone: &Zone) -> String {
    let local = zone.local(utc_s);
    let (offset, time) = (zone.offset_s(utc_s), local.time());
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs() / 60;
    format!(
        "{}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
        local.date(),
        time.hour(),
        time.minute(),
        time.second(),
        minutes / 60,
        minutes % 60,
    )
}

fn asked_by(cause: &Cause, outcome: &Outcome) -> (&'static str, String) {
    let scenario = &outcome.scenario;
    match cause {
        Cause::Policy(decision) => {
            let policy = scenario.policies.get(decision.policy);
            let name = policy.map(|policy| policy.policy_name.clone());
            let kind = match decision.rule {
                Rule::TargetTracking { .. } => "TargetTrackingScaling",
                Rule::StepScaling(Some(step)) if step.is_simple() => "SimpleScaling",
                Rule::StepScaling(_) => "StepScaling",
            };
            (kind, name.unwrap_or_default())
        }
        Cause::Scheduled { action, .. } => {
            let action = scenario.scheduled_actions.get(*action);
            let name = action.map(|action| action.name.clone());
            ("ScheduledAction", name.unwrap_or_default())
        }
        Cause::Predictive(prediction) => {
            let policy = scenario.policies.get(prediction.policy);
            let name = policy.map(|policy| policy.policy_name.clone());
            ("PredictiveScaling", name.unwrap_or_default())
        }
        Cause::Replacement(replacement) => {
            let kind = match replacement.reason {
                ReplacementReason::ZoneBalance => "AZRebalance",
                ReplacementReason::Refused => "Launch",
                _ => "HealthCheck",
            };
            (kind, String::new())
        }
    }
}

/// Returns the StatusCode and the code of a NotScaledReason. AWS reports what did not scale as `Failed`, with the reason beside it
/// (Application Auto Scaling user guide, "Scaling activities"); reasons without a code of AWS have the engine's name.
fn status(end: &End, is_group: bool) -> (&'static str, Option<&'static str>) {
    match end {
        End::Failed(failure) => {
            let code = match failure.reason {
                LaunchFailureReason::Shortage => "InsufficientInstanceCapacity",
                LaunchFailureReason::Quota { .. } if is_group => "VcpuLimitExceeded",
                LaunchFailureReason::Quota { .. } => "ResourceLimitExceeded",
            };
            ("Failed", Some(code))
        }
        End::Successful => ("Successful", None),
        End::InProgress => ("InProgress", None),
        End::Overridden => ("Overridden", None),
        End::NotScaled(reason) => ("Failed", Some(reason_code(*reason))),
    }
}

fn reason_code(reason: NotScaledReason) -> &'static str {
    match reason {
        NotScaledReason::AlreadyAtMaxCapacity => "AlreadyAtMaxCapacity",
        NotScaledReason::AlreadyAtMinCapacity => "AlreadyAtMinCapacity",
        NotScaledReason::AlreadyAtDesiredCapacity => "AlreadyAtDesiredCapacity",
        NotScaledReason::AutoScalingAnticipatedFlapping => "AutoScalingAnticipatedFlapping",
        NotScaledReason::TargetServicePutResourceAsUnscalable { .. } => {
            "TargetServicePutResourceAsUnscalable"
        }
        NotScaledReason::ScaleOutCooldown { .. } => "ScaleOutCooldown",
        NotScaledReason::ScaleInCooldown { .. } => "ScaleInCooldown",
        NotScaledReason::InstancesWarmingUp { .. } => "InstancesWarmingUp",
        NotScaledReason::SimpleScalingCooldown { .. } => "SimpleScalingCooldown",
        NotScaledReason::OtherPolicyNotReady { .. } => "OtherPolicyNotReady",
        NotScaledReason::NoMatchingStep => "NoMatchingStep",
        NotScaledReason::MinAboveMax => "MinAboveMax",
        NotScaledReason::ScaleInDisabled => "ScaleInDisabled",
        NotScaledReason::Suspended => "Suspended",
        NotScaledReason::HeldByForecast { .. } => "HeldByForecast",
        NotScaledReason::ForecastOnly { .. } => "ForecastOnly",
    }
}
