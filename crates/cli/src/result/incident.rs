//! The stretches in which users noticed, worst first.

use engine::report::{Bottleneck, Incident as EngineIncident, Unanswered};
use serde::Serialize;

use super::activity::local_time;
use crate::outcome::Outcome;

/// A stretch in which requests failed or were late.
#[derive(Debug, Serialize)]
pub struct Incident {
    /// Seconds from the start of the run.
    t_s: f64,
    /// The same on the wall.
    time: String,
    end_t_s: f64,
    failed_requests: f64,
    late_requests: f64,
    longest_wait_s: f64,
    /// When demand first exceeded capacity.
    overload_t_s: f64,
    /// Demand before and at the height of the rise, and the time between.
    rise_from_rps: f64,
    rise_to_rps: f64,
    rise_over_s: f64,
    /// What kept capacity back: `MaxCapacity`, `TooLate`, `NoScaleOut`, `ScaledInTooFar`, `CpuCredits`; of serverless endpoints also
    /// `MaxConcurrency` and `ColdStarts`, of inference components `MaxInstances` and `FromZero`; `InstancesLost` and `StartsTooLong` where
    /// instances failed or never got to answer, `SlowInstance` where one was slow without failing, `LaunchesRefused`
    /// where AWS refused to launch some, `MissingMetric` where alarms had no data.
    bottleneck: &'static str,
    /// Why nothing scaled out, where nothing did: `NoPolicy`, `NoData`, `NotReached`, `TooFewDatapoints`, `Suspended`, `Refused`,
    /// `TooShort`.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_scale_out_because: Option<&'static str>,
    /// What it became once its cause was over, where clients try again.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_storm: Option<RetryStorm>,
}

/// A retry storm: requests fail or are late though instances would serve all of them if nobody tried again.
#[derive(Debug, Serialize)]
struct RetryStorm {
    /// When the incident's cause was over, seconds from the start of the run.
    cause_over_t_s: f64,
    /// From then to the incident's end.
    lasts_s: f64,
    attempts_per_request: f64,
    /// Whether it goes on at the end of the run.
    goes_on: bool,
}

/// Returns the worst incidents of a run, at most 20.
pub fn all(outcome: &Outcome) -> Vec<Incident> {
    let tell = |found: &EngineIncident| Incident {
        t_s: found.start_s,
        time: local_time(outcome, found.start_s),
        end_t_s: found.end_s,
        failed_requests: found.failed,
        late_requests: found.late,
        longest_wait_s: found.worst_wait_s,
        overload_t_s: found.overload_s,
        rise_from_rps: found.rise.from_rps,
        rise_to_rps: found.rise.to_rps,
        rise_over_s: found.rise.over_s,
        bottleneck: match found.bottleneck {
            Bottleneck::MaxCapacity { .. } => "MaxCapacity",
            Bottleneck::MaxInstances { .. } => "MaxInstances",
            Bottleneck::FromZero { .. } => "FromZero",
            Bottleneck::CpuCredits { .. } => "CpuCredits",
            Bottleneck::TooLate { .. } => "TooLate",
            Bottleneck::NoScaleOut => "NoScaleOut",
            Bottleneck::MaxConcurrency { .. } => "MaxConcurrency",
            Bottleneck::ColdStarts { .. } => "ColdStarts",
            Bottleneck::ScaledInTooFar { .. } => "ScaledInTooFar",
            Bottleneck::SlowInstance { .. } => "SlowInstance",
            Bottleneck::MissingMetric { .. } => "MissingMetric",
            Bottleneck::LaunchesRefused { .. } => "LaunchesRefused",
            Bottleneck::InstancesLost { .. } => "InstancesLost",
            Bottleneck::StartsTooLong { .. } => "StartsTooLong",
        },
        no_scale_out_because: found.unanswered.as_ref().map(no_scale_out_reason),
        retry_storm: found.storm.map(|storm| RetryStorm {
            cause_over_t_s: storm.cause_over_s,
            lasts_s: storm.lasts_s,
            attempts_per_request: storm.attempts_per_request,
            goes_on: storm.goes_on,
        }),
    };
    outcome.report.incidents.iter().map(tell).collect()
}

fn no_scale_out_reason(unanswered: &Unanswered) -> &'static str {
    match unanswered {
        Unanswered::NoPolicy => "NoPolicy",
        Unanswered::NoData { .. } => "NoData",
        Unanswered::NotReached { .. } => "NotReached",
        Unanswered::TooFewDatapoints { .. } => "TooFewDatapoints",
        Unanswered::Suspended => "Suspended",
        Unanswered::Refused { .. } => "Refused",
        Unanswered::TooShort { .. } => "TooShort",
    }
}
