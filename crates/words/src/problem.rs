//! What is wrong or odd about a scenario, in words: each sentence says what is wrong and what would be right.
//!
//! Validation itself is the scenario's.

use engine::sizing::TargetSlip;
use scenario::{
    compile::{Problem, ProblemKind, StepProblem, Warning},
    document::{Expected, Instance, LoadTest, Retries, shape},
    field::Field,
};

use crate::Words;

impl Words {
    /// A problem, to stand below its field.
    #[must_use]
    pub fn problem(self, problem: &Problem) -> String {
        match &problem.kind {
            ProblemKind::Missing => self.problem_missing().to_owned(),
            ProblemKind::NotANumber => self.problem_not_a_number(&self.number(12.5, 1)),
            ProblemKind::TooSmall { min } => self.problem_too_small(&self.number(*min, 3)),
            ProblemKind::TooLarge { max } => self.problem_too_large(&self.number(*max, 3)),
            ProblemKind::AboveOther { other, value } => {
                self.problem_above_other(self.field_name(*other), &self.number(*value, 3))
            }
            ProblemKind::BelowOther { other, value } => {
                self.problem_below_other(self.field_name(*other), &self.number(*value, 3))
            }
            ProblemKind::NotBeside { other } => self.problem_not_beside(other.name),
            ProblemKind::TooLong { max } => self.problem_too_long(&self.count(*max)),
            ProblemKind::TooMany { max } => self.problem_too_many(&self.count(*max)),
            ProblemKind::NotUnique { other } => self.problem_not_unique(&(other + 1).to_string()),
            ProblemKind::BadCharacters => self.problem_bad_characters().to_owned(),
            ProblemKind::UnknownVersion { newest } => {
                self.problem_unknown_version(&newest.to_string())
            }
            ProblemKind::UnknownTimeZone => self.problem_time_zone().to_owned(),
            ProblemKind::UnknownInstanceType => self.problem_instance_type().to_owned(),
            ProblemKind::YearOutOfRange { from, to } => {
                self.problem_year(&from.to_string(), &to.to_string())
            }
            ProblemKind::OtherThan { right } => self.problem_other_than(right),
            ProblemKind::NoneInService => self.problem_none_in_service().to_owned(),
            ProblemKind::NotWholeMinutes => self.problem_whole_minutes().to_owned(),
            ProblemKind::OnlyForPercent => self.problem_only_for_percent().to_owned(),
            ProblemKind::OnlyOfGroups => self.problem_only_of_groups().to_owned(),
            ProblemKind::AnotherScales { other } => {
                self.problem_another_scales(&(other + 1).to_string())
            }
            ProblemKind::OnlyForIncrease => self.problem_only_for_increase().to_owned(),
            ProblemKind::OnlyAsPair => self.problem_only_as_pair().to_owned(),
            ProblemKind::NothingFails => self.problem_nothing_fails().to_owned(),
            ProblemKind::SlowWithCredits => self.problem_slow_with_credits().to_owned(),
            ProblemKind::NothingToCompare => self.problem_nothing_to_compare().to_owned(),
            ProblemKind::NobodyRetries => self.problem_nobody_retries().to_owned(),
            ProblemKind::NothingLaunches => self.problem_nothing_launches().to_owned(),
            ProblemKind::QuotaBelowStart { instances } => {
                self.problem_quota_below_start((*instances).into(), &self.count(*instances))
            }
            ProblemKind::UnknownVcpu => self.problem_vcpu().to_owned(),
            ProblemKind::NoGpu => self.problem_gpu().to_owned(),
            ProblemKind::NoCpuCredits => self.problem_no_cpu_credits().to_owned(),
            ProblemKind::NoTrafficVolume => self.problem_no_traffic_volume().to_owned(),
            ProblemKind::MemorySize => self.problem_memory_size().to_owned(),
            ProblemKind::NotServerless { right } => self.problem_not_serverless(&right.to_string()),
            ProblemKind::NothingToScale => self.problem_nothing_to_scale().to_owned(),
            ProblemKind::NothingToMeasure => self.problem_nothing_to_measure().to_owned(),
            ProblemKind::OtherInstanceType { right } => self.problem_other_instance_type(right),
            ProblemKind::NoAlarm { is_simple: false } => self.problem_no_alarm().to_owned(),
            ProblemKind::NoAlarm { is_simple: true } => self.problem_no_alarm_simple().to_owned(),
            ProblemKind::Step(problem) => self.step_problem(*problem).to_owned(),
            ProblemKind::NotAfter { other } => self.problem_not_after(self.field_name(*other)),
            ProblemKind::Schedule(problem) => self.schedule_problem(problem),
            ProblemKind::RampTooLong { max_min } => {
                self.problem_ramp(&self.duration_short(max_min * 60.0))
            }
            ProblemKind::TooManyInstances { needed, max } => {
                self.problem_instances(&self.whole(*needed), &self.count(*max))
            }
        }
    }

    fn step_problem(self, problem: StepProblem) -> &'static str {
        match problem {
            StepProblem::NoBounds => self.problem_step_no_bounds(),
            StepProblem::NotAboveLower => self.problem_step_upper(),
            StepProblem::Overlaps => self.problem_step_overlaps(),
            StepProblem::LeavesGap => self.problem_step_gap(),
            StepProblem::TwoWithoutLower => self.problem_step_two_lowest(),
            StepProblem::TwoWithoutUpper => self.problem_step_two_highest(),
            StepProblem::OpenBelowNeeded => self.problem_step_open_below(),
            StepProblem::OpenAboveNeeded => self.problem_step_open_above(),
        }
    }

    /// A problem with the path of its field, where the field itself is not in sight.
    #[must_use]
    pub fn problem_with_field(self, problem: &Problem) -> String {
        self.problem_at(&problem.field.to_string(), &self.problem(problem))
    }

    /// Something odd, to stand beside what it is about.
    #[must_use]
    pub fn warning(self, warning: &Warning) -> String {
        match warning {
            Warning::MaxBelowPeak { max, needed } => {
                self.warning_max_below_peak(&self.whole(*needed), &self.count(*max))
            }
            other => self.other_warning(other),
        }
    }

    /// Those of which the default scenario has none.
    fn other_warning(self, warning: &Warning) -> String {
        match warning {
            Warning::BurstableCannotScale { instances } => {
                self.warning_burstable(u64::from(*instances), &self.count(*instances))
            }
            Warning::TargetAboveBaseline {
                target, baseline, ..
            } => self.warning_target_above_baseline(
                &self.percent(baseline / 100.0, 0),
                &self.percent(target / 100.0, 0),
            ),
            Warning::TypeOfEc2 { right } => self.warning_type_of_ec2(right),
            Warning::PriceIsEstimate { price } => {
                self.warning_price_estimate(&self.usd_price(price.usd_per_hour))
            }
            Warning::ProvisionedPriceIsEstimate { usd_per_hour } => {
                self.warning_provisioned_price(&self.usd_price(*usd_per_hour))
            }
            Warning::MaxConcurrencyBelowPeak { max, needed } => {
                self.warning_max_concurrency(&self.count(*max), &self.whole(*needed))
            }
            Warning::TargetSlip { slip, right, .. } => {
                let right = self.number(*right, 2);
                match slip {
                    TargetSlip::MinuteForgotten => self.warning_slip_minute(&right),
                    TargetSlip::SafetyFactorForgotten => self.warning_slip_factor(&right),
                    TargetSlip::SafetyFactorDivided => self.warning_slip_divided(&right),
                    TargetSlip::MaximumForgotten => self.warning_slip_maximum(&right),
                }
            }
            Warning::TargetDiffers { typed, formula, .. } => {
                let [formula, typed] = self.apart(*formula, *typed, 2);
                self.warning_target_differs(&formula, &typed)
            }
            Warning::UtilizationOfCores { typed, most, .. } => self.warning_of_cores(
                &self.number(*typed, 2),
                &self.number(*most, 0),
                &self.number(*typed * 100.0 / *most, 1),
                &self.number(*typed * *most / 100.0, 2),
            ),
            Warning::NoStepThere { above, .. } => if *above {
                self.warning_no_step_above()
            } else {
                self.warning_no_step_below()
            }
            .to_owned(),
            Warning::CooldownWithinDelay {
                cooldown_s,
                delay_s,
                ..
            } => self.warning_cooldown_within_delay(
                &self.duration_short(*cooldown_s),
                &self.duration_short(*delay_s),
            ),
            Warning::NoForecast { .. } => self.warning_no_forecast().to_owned(),
            Warning::LaunchedTooLate {
                buffer_s, launch_s, ..
            } => self.warning_launched_too_late(
                &self.duration_short(*launch_s),
                &self.duration_short(*buffer_s),
            ),
            Warning::StaysAtTwo {
                metric,
                half_target,
            } => {
                let [half_target, metric] = self.apart(*half_target, *metric, 1);
                self.warning_stays_at_two(&half_target, &metric)
            }
            Warning::ClientTimeoutTooLong { longest_s } => {
                self.warning_client_timeout_long(&self.latency(1000.0 * longest_s))
            }
            Warning::ClientTimeoutTooShort { p95_ms } => {
                self.warning_client_timeout_short(&self.latency(*p95_ms))
            }
            // Said already.
            Warning::MaxBelowPeak { .. } => String::new(),
            Warning::NoPolicy => self.warning_no_policy().to_owned(),
            Warning::NoDemand => self.warning_no_demand().to_owned(),
            Warning::LayerOutsideRun { .. } => self.warning_layer_outside().to_owned(),
            Warning::ActionOutsideRun { .. } => self.warning_action_outside().to_owned(),
            odd @ (Warning::OutOfReach { .. }
            | Warning::BeyondMaximum { .. }
            | Warning::NeverFires { .. }
            | Warning::AlwaysInAlarm { .. }
            | Warning::StaysAtMax { .. }
            | Warning::StepNotThere { .. }
            | Warning::StepOutOfReach { .. }
            | Warning::ScalesTheWrongWay { .. }
            | Warning::ThresholdsCross { .. }
            | Warning::WakesAtSeveral { .. }
            | Warning::ActionBoundsCross { .. }
            | Warning::ActionInUtc { .. }) => self.warning_of_reach(odd),
            odd @ (Warning::NoCopyWakes
            | Warning::NoRoomForCopies { .. }
            | Warning::InstancesStay { .. }
            | Warning::MaxBelowPeakOfCopies { .. }) => self.warning_of_copies(odd),
            odd @ (Warning::StartsTooLong { .. }
            | Warning::NothingWakesGroup { .. }
            | Warning::FailureOutsideRun { .. }
            | Warning::SlowOutsideRun
            | Warning::MissingOutsideRun) => self.warning_of_health(odd),
            odd @ (Warning::ShortageOutsideRun
            | Warning::OtherZonesHaveEnough
            | Warning::QuotaBelowMax { .. }) => self.warning_of_capacity(odd),
            odd @ (Warning::NotPublished { .. }
            | Warning::WakesLate { .. }
            | Warning::AnswersTooLate { .. }
            | Warning::ConcurrencyLimits { .. }) => self.asynchronous_warning(odd),
        }
    }

    /// What is odd about an asynchronous endpoint.
    fn asynchronous_warning(self, warning: &Warning) -> String {
        match warning {
            Warning::NotPublished { metric, right, .. } => {
                self.warning_not_published(metric.name(), right.name())
            }
            Warning::WakesLate { backlog: None } => self.warning_never_wakes().to_owned(),
            Warning::WakesLate {
                backlog: Some(backlog),
            } => self.warning_wakes_late(&self.number(*backlog, 2)),
            Warning::AnswersTooLate { timeout_s } => {
                self.warning_answers_too_late(&self.count(*timeout_s))
            }
            Warning::ConcurrencyLimits { max_rps } => {
                self.warning_concurrency_limits(&self.number(*max_rps, 3))
            }
            _ => String::new(),
        }
    }

    /// The label of another field that a problem names; AWS's own names stay as they are.
    fn field_name(self, field: Field) -> &'static str {
        match field {
            LoadTest::p50_ms => self.field_p50_ms(),
            Expected::peak_rps => self.field_peak_rps(),
            Instance::launch_s => self.field_launch_s(),
            Retries::max_backoff_s => self.field_retries_max_backoff(),
            other if other.name == shape::daily_curve::quiet_rps.name => {
                self.field_layer_quiet_rps()
            }
            other => other.name,
        }
    }
}
