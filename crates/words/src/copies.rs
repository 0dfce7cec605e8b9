//! Where what scales is copies of an inference component: what is said of them in place of instances.

use engine::{plan::Plan, report::Bottleneck, run::Series};
use scenario::{compile::Warning, document::ComputeResourceRequirements, platform::Need};

use crate::Words;

/// Whether what a plan scales is copies.
#[must_use]
pub fn scales_copies(plan: &Plan) -> bool {
    plan.resource.hosts().is_some()
}

/// Fewest, most and mean instances that cost, under copies; `None` where instances are what scales.
#[must_use]
pub fn paid_instances(series: &Series) -> Option<(u32, u32, f64)> {
    let part = series.instances.as_slice();
    let (low, high) = (part.iter().min()?, part.iter().max()?);
    let sum: f64 = part.iter().copied().map(f64::from).sum();
    Some((*low, *high, sum / part.len() as f64))
}

impl Words {
    /// `3 copies`.
    pub(crate) fn count_of_copies(self, count: u32) -> String {
        self.copies(u64::from(count), &self.count(count))
    }

    /// Why there were too few copies, where that is said otherwise than of instances.
    pub(crate) fn why_of_copies(
        self,
        bottleneck: Bottleneck,
        moment: &dyn Fn(f64) -> String,
        rise: &str,
    ) -> Option<String> {
        Some(match bottleneck {
            Bottleneck::MaxCapacity { max, needed } => {
                self.why_max_copies(needed.into(), &self.count(max), &self.count(needed))
            }
            Bottleneck::MaxInstances { max, room, needed } => self.why_max_instances(
                &self.count(max),
                &self.count_of_copies(room),
                &self.count_of_copies(needed),
            ),
            Bottleneck::FromZero {
                detection_s: Some(detection_s),
                launch_s,
            } => self.why_from_zero(&self.duration(detection_s), &self.duration(launch_s)),
            Bottleneck::FromZero {
                detection_s: None, ..
            } => self.why_never_woke().to_owned(),
            Bottleneck::ScaledInTooFar { at_s } => self.why_scaled_in_copies(&moment(at_s), rise),
            Bottleneck::TooLate { .. }
            | Bottleneck::NoScaleOut
            | Bottleneck::CpuCredits { .. }
            | Bottleneck::SlowInstance { .. }
            | Bottleneck::LaunchesRefused { .. }
            | Bottleneck::MissingMetric { .. }
            | Bottleneck::InstancesLost { .. }
            | Bottleneck::StartsTooLong { .. }
            | Bottleneck::MaxConcurrency { .. }
            | Bottleneck::ColdStarts { .. } => return None,
        })
    }

    /// What is odd about a component.
    pub(crate) fn warning_of_copies(self, warning: &Warning) -> String {
        match warning {
            Warning::NoCopyWakes => self.warning_no_copy_wakes().to_owned(),
            Warning::NoRoomForCopies {
                copies,
                instances,
                max,
            } => self.warning_no_room_for_copies(
                &self.count(*instances),
                &self.count_of_copies(*copies),
                &self.count(*max),
            ),
            Warning::InstancesStay { instances } => {
                self.warning_instances_stay((*instances).into(), &self.count(*instances))
            }
            Warning::MaxBelowPeakOfCopies { max, needed } => {
                self.warning_max_below_peak_copies(*needed, &self.whole(*needed), &self.count(*max))
            }
            _ => String::new(),
        }
    }

    /// The sum that gives copies per instance: `memory 196,608 ÷ 40,960 MB, accelerators 4 ÷ 1: an instance has room for 4
    /// copies.` `None` where a resource is not known.
    #[must_use]
    pub fn room(self, needs: &[Need], copies: u32) -> Option<String> {
        let sum = |need: &Need| {
            let there = self.number(need.there?, 2);
            let needs = self.number(need.needs, 2);
            Some(match need.field {
                ComputeResourceRequirements::min_memory_mb => self.room_memory(&there, &needs),
                ComputeResourceRequirements::cpu_cores => self.room_cores(&there, &needs),
                _ => self.room_accelerators(&there, &needs),
            })
        };
        let sums: Vec<String> = needs.iter().map(sum).collect::<Option<_>>()?;
        Some(self.room_sum(&sums.join(", "), &self.count_of_copies(copies)))
    }
}
