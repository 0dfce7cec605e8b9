//! Why requests of an asynchronous endpoint wait for too long: its backlog tells, not how fast demand rose.

use engine::report::Bottleneck;
use scenario::compile::Compiled;

use crate::Words;

impl Words {
    /// The reason, with the most requests that waited; `None` where it is that of any endpoint.
    pub(crate) fn why_behind(
        self,
        bottleneck: Bottleneck,
        backlog: f64,
        compiled: &Compiled,
    ) -> Option<String> {
        let (count, requests) = (backlog.round() as u64, self.in_prose(backlog));
        match bottleneck {
            Bottleneck::NoScaleOut | Bottleneck::MaxCapacity { max: 0, .. } => {
                Some(self.why_behind_no_scale_out(count, &requests))
            }
            Bottleneck::MaxCapacity { max, .. } => {
                let most_rps = f64::from(max) * compiled.plan.service.max_rps;
                let time = self.duration(backlog / most_rps);
                Some(self.why_behind_max(count, &requests, &self.count(max), &time))
            }
            Bottleneck::TooLate {
                detection_s,
                launch_s,
            } => Some(self.why_behind_too_late(
                count,
                &requests,
                &self.duration(detection_s),
                &self.duration(launch_s),
            )),
            // All but the first two are those of endpoints that have no such queue.
            Bottleneck::ScaledInTooFar { .. }
            | Bottleneck::CpuCredits { .. }
            | Bottleneck::MaxInstances { .. }
            | Bottleneck::FromZero { .. }
            | Bottleneck::SlowInstance { .. }
            | Bottleneck::LaunchesRefused { .. }
            | Bottleneck::MissingMetric { .. }
            | Bottleneck::InstancesLost { .. }
            | Bottleneck::StartsTooLong { .. }
            | Bottleneck::MaxConcurrency { .. }
            | Bottleneck::ColdStarts { .. } => None,
        }
    }
}
