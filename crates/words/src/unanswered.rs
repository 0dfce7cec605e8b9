//! Why nothing scaled out, and which policies cannot act, in sentences. Both are found elsewhere.

use engine::{
    plan::{Comparison, Metric, TreatMissingData},
    report::{Incident, Unanswered},
    run::{AlarmRole, AlarmState, NotScaledReason, Run},
};
use scenario::{
    compile::{Compiled, Load, Sum, Warning},
    document::{MetricName, ScalingPolicy, Scenario},
    metrics::MetricUnit,
};

use crate::Words;

impl Words {
    /// Why nothing scaled out; `rise`: how demand rose, as a clause.
    pub(crate) fn why_unanswered(
        self,
        unanswered: Unanswered,
        compiled: &Compiled,
        scenario: &Scenario,
        rise: &str,
    ) -> String {
        let metric = |policy: usize| metric_of(scenario, policy);
        match unanswered {
            Unanswered::NoPolicy if scenario.policies.is_empty() => self.why_no_policy().to_owned(),
            Unanswered::NoPolicy if is_burstable(compiled) => self.why_burstable().to_owned(),
            Unanswered::NoPolicy => self.why_no_policy_adds().to_owned(),
            Unanswered::NoData { policy } => {
                let name = metric(policy);
                if is_published(compiled, policy) {
                    self.why_no_data_without(name.name())
                } else {
                    let right = name.instead(scenario.platform);
                    if waits_for_data(compiled, policy) {
                        self.why_no_data(name.name(), right.name())
                    } else {
                        self.why_no_data_treated(name.name(), right.name())
                    }
                }
            }
            Unanswered::NotReached {
                policy,
                closest,
                threshold,
                never,
            } => match closest {
                None => {
                    let threshold = self.number(threshold, 2);
                    self.why_never_breached(metric(policy).name(), &threshold)
                }
                Some(closest) => {
                    let [closest, threshold] = self.apart(closest, threshold, 2);
                    let load = self.reached(compiled, policy, metric(policy), &closest);
                    self.not_reached(compiled, policy, &load, &threshold, never)
                }
            },
            Unanswered::TooFewDatapoints {
                policy,
                breaching,
                needed,
                of,
                ..
            } => self.why_too_few(
                metric(policy).name(),
                &self.count(breaching),
                &self.count(of),
                &self.count(needed),
            ),
            Unanswered::Suspended => self.why_suspended().to_owned(),
            Unanswered::Refused { reason, .. } => self.refused(reason).to_owned(),
            Unanswered::TooShort { policy } => self.too_short(policy, compiled, rise),
        }
    }

    /// The same of an incident; empty where nothing of the kind is known.
    pub(crate) fn why_nothing_scaled_out(
        self,
        incident: &Incident,
        compiled: &Compiled,
        scenario: &Scenario,
        rise: &str,
    ) -> String {
        incident.unanswered.map_or(String::new(), |unanswered| {
            self.why_unanswered(unanswered, compiled, scenario, rise)
        })
    }

    /// `CPUUtilization was 40 at most (50 × 8 ms)`
    fn reached(self, compiled: &Compiled, policy: usize, metric: MetricName, most: &str) -> String {
        let said = if fires_below(compiled, policy) {
            self.was_at_least(metric.name(), most)
        } else {
            self.was_at_most(metric.name(), most)
        };
        let of_policy = |warning: &Warning| match warning {
            Warning::OutOfReach {
                policy: of, load, ..
            } if *of == policy => load.sum,
            _ => None,
        };
        let sum = compiled.warnings.iter().find_map(of_policy);
        self.with_its_sum(said, sum)
    }

    fn not_reached(
        self,
        compiled: &Compiled,
        policy: usize,
        load: &str,
        threshold: &str,
        never: bool,
    ) -> String {
        match (is_tracked(compiled, policy), never) {
            (true, true) => self.why_target_never(load, threshold),
            (true, false) => self.why_target_not_reached(load, threshold),
            (false, true) => self.why_threshold_never(load, threshold),
            (false, false) => self.why_threshold_not_reached(load, threshold),
        }
    }

    /// Why more was asked for, but not given.
    fn refused(self, reason: NotScaledReason) -> &'static str {
        match reason {
            NotScaledReason::AlreadyAtMaxCapacity => self.why_refused_max(),
            NotScaledReason::TargetServicePutResourceAsUnscalable { .. } => {
                self.why_refused_updating()
            }
            NotScaledReason::ScaleOutCooldown { .. } => self.why_refused_cooldown(),
            NotScaledReason::SimpleScalingCooldown { .. } => self.why_refused_simple(),
            NotScaledReason::InstancesWarmingUp { .. } => self.why_refused_warming(),
            NotScaledReason::NoMatchingStep => self.why_refused_step(),
            NotScaledReason::Suspended => self.why_suspended(),
            // These are answers to less load, not to more.
            NotScaledReason::AlreadyAtDesiredCapacity
            | NotScaledReason::AlreadyAtMinCapacity
            | NotScaledReason::AutoScalingAnticipatedFlapping
            | NotScaledReason::ScaleInCooldown { .. }
            | NotScaledReason::OtherPolicyNotReady { .. }
            | NotScaledReason::MinAboveMax
            | NotScaledReason::ScaleInDisabled
            | NotScaledReason::HeldByForecast { .. }
            | NotScaledReason::ForecastOnly { .. } => self.why_refused_same(),
        }
    }

    /// It was over before the policy's alarm could tell.
    fn too_short(self, policy: usize, compiled: &Compiled, rise: &str) -> String {
        let plan = &compiled.plan;
        let assumed = &plan.assumptions;
        let delay = self.duration(assumed.metric_delay_s);
        let steps = plan.step_scaling.iter();
        let step = steps.clone().find(|step| step.index == policy);
        if let Some(step) = step {
            let needed = f64::from(step.alarm.datapoints_to_alarm);
            let time = self.duration(needed * f64::from(step.alarm.period_s));
            return self.why_too_short(&time, &delay, rise);
        }
        let minutes = self.minutes(
            u64::from(assumed.alarm_high_datapoints),
            &self.count(assumed.alarm_high_datapoints),
        );
        self.why_no_scale_out(&minutes, &delay, rise)
    }

    /// A clause with the sum that it comes from, where there is one.
    fn with_its_sum(self, said: String, sum: Option<Sum>) -> String {
        match sum {
            None => said,
            Some(sum) => self.with_sum(&said, &self.sum(sum)),
        }
    }

    /// `50 × 8 ms`
    fn sum(self, sum: Sum) -> String {
        let number = |value: f64| self.number(value, 3);
        match sum {
            Sum::Busy {
                max_rps,
                ms,
                cores: 0 | 1,
            } => self.sum_busy(&number(max_rps), &number(ms)),
            Sum::Busy { max_rps, ms, cores } => {
                self.sum_busy_of_cores(&number(max_rps), &number(ms), &self.count(cores))
            }
            Sum::Minute { max_rps } => self.sum_minute(&number(max_rps)),
        }
    }

    /// `CPUUtilization is 40 at most (50 × 8 ms)`
    fn load(self, load: &Load, most: &str) -> String {
        self.with_its_sum(self.is_at_most(load.metric.name(), most), load.sum)
    }

    /// What is odd about what policies watch, and the actions of the clock.
    pub(crate) fn warning_of_reach(self, warning: &Warning) -> String {
        let number = |value: f64| self.number(value, 2);
        match warning {
            Warning::OutOfReach {
                load, threshold, ..
            } if load.metric.spec().unit == MetricUnit::Flag => {
                self.warning_flag_never(load.metric.name(), &number(*threshold))
            }
            Warning::OutOfReach {
                load,
                threshold,
                is_target,
                ..
            }
            | Warning::BeyondMaximum {
                load,
                threshold,
                is_target,
                ..
            } => {
                let [most, threshold] = self.apart(load.most, *threshold, 2);
                let said = self.load(load, &most);
                let is_out_of_reach = matches!(warning, Warning::OutOfReach { .. });
                match (is_out_of_reach, *is_target) {
                    (true, true) => self.warning_target_never(&said, &threshold, &most),
                    (true, false) => self.warning_threshold_never(&said, &threshold, &most),
                    (false, true) => self.warning_target_beyond(&said, &threshold, &most),
                    (false, false) => self.warning_threshold_beyond(&said, &threshold, &most),
                }
            }
            Warning::NeverFires {
                metric, threshold, ..
            } => self.warning_never_fires(metric.name(), &number(*threshold)),
            Warning::AlwaysInAlarm {
                metric,
                threshold,
                most: None,
                ..
            } => self.warning_always_above(metric.name(), &number(*threshold)),
            Warning::AlwaysInAlarm {
                metric,
                threshold,
                most: Some(most),
                ..
            } => {
                let [most, threshold] = self.apart(*most, *threshold, 2);
                self.warning_always_below(metric.name(), &most, &threshold)
            }
            Warning::StaysAtMax {
                metric,
                quiet,
                threshold,
                max,
                ..
            } => {
                let [quiet, threshold] = self.apart(*quiet, *threshold, 2);
                self.warning_stays_at_max(metric.name(), &quiet, &self.count(*max), &threshold)
            }
            Warning::StepNotThere { step, above, .. } => {
                let n = (step + 1).to_string();
                if *above {
                    self.warning_step_above_unused(&n)
                } else {
                    self.warning_step_below_unused(&n)
                }
            }
            Warning::StepOutOfReach {
                step, load, from, ..
            } => {
                let [most, from] = self.apart(load.most, *from, 2);
                let n = (step + 1).to_string();
                self.warning_step_never(&n, &from, &self.load(load, &most))
            }
            Warning::ScalesTheWrongWay { metric, above, .. } => {
                if *above {
                    self.warning_wrong_way_above(metric.name())
                } else {
                    self.warning_wrong_way_below(metric.name())
                }
            }
            Warning::ThresholdsCross {
                other,
                scale_in,
                scale_out,
                ..
            } => {
                let [scale_in, scale_out] = self.apart(*scale_in, *scale_out, 2);
                self.warning_thresholds_cross(&scale_in, other, &scale_out)
            }
            Warning::WakesAtSeveral { requests: None, .. } => self.warning_wakes_never().to_owned(),
            Warning::WakesAtSeveral {
                datapoints: datapoints @ 2..,
                ..
            } => self.warning_wakes_at_datapoints(&self.count(*datapoints)),
            Warning::WakesAtSeveral {
                requests: Some(requests),
                ..
            } => self.warning_wakes_at_requests(&self.count(*requests)),
            Warning::ActionBoundsCross {
                min, max, sets_min, ..
            } => {
                let (min, max) = (self.count(*min), self.count(*max));
                if *sets_min {
                    self.warning_action_min(&min, &max)
                } else {
                    self.warning_action_max(&max, &min)
                }
            }
            Warning::ActionInUtc { zone, .. } => self.warning_action_in_utc(zone),
            _ => String::new(),
        }
    }

    /// What the log says where nothing is in it.
    #[must_use]
    pub fn empty_log(self, run: &Run, compiled: &Compiled, scenario: &Scenario) -> String {
        let alarms = run.series.alarms.iter();
        let silent = alarms.filter(|alarm| !is_published(compiled, alarm.policy));
        let silent = silent.filter(|alarm| {
            let mut states = alarm.states.iter();
            states.all(|state| *state == AlarmState::InsufficientData)
        });
        let mut named = Vec::new();
        let mut of = None;
        for alarm in silent {
            if *of.get_or_insert(alarm.policy) == alarm.policy {
                named.push(match alarm.role {
                    AlarmRole::High => "AlarmHigh",
                    AlarmRole::Low => "AlarmLow",
                    AlarmRole::Own => "Alarm",
                });
            }
        }
        let Some(policy) = of.and_then(|policy| scenario.policies.get(policy)) else {
            return self.log_empty().to_owned();
        };
        self.log_no_data(&named.join(", "), policy.metric().name())
    }
}

/// The metric of a policy.
fn metric_of(scenario: &Scenario, policy: usize) -> MetricName {
    let policy = scenario.policies.get(policy);
    policy.map_or(MetricName::InvocationsPerInstance, ScalingPolicy::metric)
}

/// Whether a policy's metric has datapoints on this platform.
fn is_published(compiled: &Compiled, policy: usize) -> bool {
    let plan = &compiled.plan;
    let tracked = plan.target_tracking.iter().map(|it| (it.index, it.metric));
    let stepped = plan
        .step_scaling
        .iter()
        .map(|it| (it.index, it.alarm.metric));
    let mut of_policy = tracked.chain(stepped);
    !of_policy.any(|(index, metric)| index == policy && metric == Metric::Unpublished)
}

/// Whether an alarm that has no datapoints says so: missing ones are not treated as anything else.
fn waits_for_data(compiled: &Compiled, policy: usize) -> bool {
    let plan = &compiled.plan;
    let mut steps = plan.step_scaling.iter();
    let step = steps.find(|step| step.index == policy);
    let treated = step.map_or(plan.assumptions.treat_missing_data, |step| {
        step.alarm.treat_missing_data
    });
    matches!(
        treated,
        TreatMissingData::Missing | TreatMissingData::Ignore
    )
}

fn is_tracked(compiled: &Compiled, policy: usize) -> bool {
    let mut tracked = compiled.plan.target_tracking.iter();
    tracked.any(|it| it.index == policy)
}

/// Whether a policy's alarm fires below its threshold.
fn fires_below(compiled: &Compiled, policy: usize) -> bool {
    let mut steps = compiled.plan.step_scaling.iter();
    let found = steps.find(|it| it.index == policy);
    found.is_some_and(|it| !Comparison::is_upward(it.alarm.comparison))
}

fn is_burstable(compiled: &Compiled) -> bool {
    let odd = |warning: &Warning| matches!(warning, Warning::BurstableCannotScale { .. });
    compiled.warnings.iter().any(odd)
}
