//! Policies that cannot do what they are for: targets and thresholds that are never reached or never left, steps on the wrong
//! side, thresholds that cross, and alarms that are to wake an endpoint but not for one request. AWS takes all of them, so they
//! are warnings. Nothing is simulated: what a metric can be follows from the load test.

use engine::{
    plan::{
        AdjustmentType, Comparison, EndpointMetric, Metric, MetricAlarm, Plan, Statistic,
        StepAdjustment, StepScaling, TargetTracking,
    },
    sort_by_integer,
};

use super::warning::{Load, Sum, Warning};
use crate::{
    document::{MetricName, ScalingPolicy, Scenario},
    field::Value,
};

/// Finds what is odd about the policies of a plan. `quiet_rps`: its demand when quiet.
pub(super) fn warn(scenario: &Scenario, plan: &Plan, quiet_rps: f64, warnings: &mut Vec<Warning>) {
    let checks = PolicyChecks {
        scenario,
        plan,
        quiet_rps,
    };
    for policy in &plan.target_tracking {
        checks.target(policy, warnings);
    }
    for policy in &plan.step_scaling {
        checks.alarm(policy, warnings);
        checks.steps(policy, warnings);
    }
    checks.crossing(warnings);
}

/// What is looked at.
struct PolicyChecks<'a> {
    scenario: &'a Scenario,
    plan: &'a Plan,
    quiet_rps: f64,
}

impl PolicyChecks<'_> {
    fn name(&self, policy: usize) -> MetricName {
        let given = self.scenario.policies.get(policy);
        given.map_or(MetricName::InvocationsPerInstance, ScalingPolicy::metric)
    }

    /// Warns of a target tracking policy whose AlarmHigh, which fires above the target, cannot work.
    fn target(&self, policy: &TargetTracking, warnings: &mut Vec<Warning>) {
        if policy.metric == Metric::Unpublished {
            return;
        }
        let (index, target) = (policy.index, policy.target);
        let above = Comparison::GreaterThanThreshold;
        if !self.reaches(index, policy.metric, above, target, true, warnings) {
            self.leaves(index, policy.metric, above, target, true, warnings);
        }
    }

    /// Warns of a step or simple scaling policy whose own alarm cannot work.
    fn alarm(&self, policy: &StepScaling, warnings: &mut Vec<Warning>) {
        let alarm = &policy.alarm;
        if alarm.metric == Metric::Unpublished {
            return;
        }
        let (index, comparison) = (policy.index, alarm.comparison);
        let threshold = by_the_minute(alarm);
        let metric = self.name(index);
        let idle_breaches = breaches(comparison, 0.0, alarm.threshold);
        match (comparison.is_upward(), idle_breaches) {
            (true, true) => warnings.push(Warning::AlwaysInAlarm {
                policy: index,
                metric,
                threshold: alarm.threshold,
                most: None,
            }),
            (true, false) => {
                let missed =
                    self.reaches(index, alarm.metric, comparison, threshold, false, warnings);
                if !missed && policy.adds() {
                    self.leaves(index, alarm.metric, comparison, threshold, false, warnings);
                }
            }
            (false, false) => warnings.push(Warning::NeverFires {
                policy: index,
                metric,
                threshold: alarm.threshold,
            }),
            (false, true) => {
                let most = alarm.metric.at_maximum(&self.plan.service);
                let most = most.filter(|most| breaches(comparison, *most, threshold));
                if let Some(most) = most.filter(|_| policy.removes()) {
                    warnings.push(Warning::AlwaysInAlarm {
                        policy: index,
                        metric,
                        threshold: alarm.threshold,
                        most: Some(most),
                    });
                }
            }
        }
    }

    /// Warns where the metric does not go above a threshold at the load test's maximum. Returns whether it never can.
    fn reaches(
        &self,
        policy: usize,
        metric: Metric,
        comparison: Comparison,
        threshold: f64,
        is_target: bool,
        warnings: &mut Vec<Warning>,
    ) -> bool {
        let service = &self.plan.service;
        if let Some(most) = metric.limit(service) {
            let missed = !breaches(comparison, most, threshold);
            if missed {
                warnings.push(Warning::OutOfReach {
                    policy,
                    load: self.load(policy, metric, most),
                    threshold,
                    is_target,
                });
            }
            return missed;
        }
        // A slip says more.
        let is_slip = |told: &Warning| matches!(told, Warning::TargetSlip { policy: of, .. } if *of == policy);
        if let Some(most) = metric.at_maximum(service)
            && threshold > most * (1.0 + NEAR)
            && !warnings.iter().any(is_slip)
        {
            warnings.push(Warning::BeyondMaximum {
                policy,
                load: self.load(policy, metric, most),
                threshold,
                is_target,
            });
        }
        false
    }

    /// Warns where the metric stays above a threshold when demand is quiet, although there is no room for more.
    fn leaves(
        &self,
        policy: usize,
        metric: Metric,
        comparison: Comparison,
        threshold: f64,
        is_target: bool,
        warnings: &mut Vec<Warning>,
    ) {
        let bounds = self.plan.scalable_target;
        let actions = self.plan.scheduled_actions.iter();
        let max = actions
            .filter_map(|action| action.max)
            .fold(bounds.max, u32::max);
        // Demand that provisioned concurrency does not take goes elsewhere, and is none of its metric's.
        let goes_elsewhere = self.plan.resource.on_demand().is_some();
        if !metric.follows_requests() || max <= bounds.min || goes_elsewhere {
            return;
        }
        let quiet = metric.of_requests(self.quiet_rps * 60.0 / f64::from(max));
        if quiet > threshold * (1.0 + NEAR) && breaches(comparison, quiet, threshold) {
            warnings.push(Warning::StaysAtMax {
                policy,
                metric: self.name(policy),
                quiet,
                threshold,
                max,
                is_target,
            });
        }
    }

    /// Returns what a metric is at the load test's maximum, and how that comes about.
    fn load(&self, policy: usize, metric: Metric, most: f64) -> Load {
        let metric_name = self.name(policy);
        Load {
            metric: metric_name,
            most,
            sum: self.sum(metric_name, metric),
        }
    }

    /// Returns the sum behind it, where it is one of what the person typed.
    fn sum(&self, name: MetricName, metric: Metric) -> Option<Sum> {
        let max_rps = self.scenario.load_test.max_rps;
        match metric {
            Metric::Utilization {
                percent_s_per_request,
                most_percent,
            } => {
                let Value::Number(ms) = name.cost()?.read(self.scenario)? else {
                    return None;
                };
                let is_of_all = percent_s_per_request * max_rps <= most_percent;
                let cores = (ms / 10.0 / percent_s_per_request).round();
                is_of_all.then_some(Sum::Busy {
                    max_rps,
                    ms,
                    cores: cores as u32,
                })
            }
            Metric::InvocationsPerInstance => Some(Sum::Minute { max_rps }),
            _ => None,
        }
    }

    /// Steps that lie where the alarm does not fire, and those that answer the wrong way.
    fn steps(&self, policy: &StepScaling, warnings: &mut Vec<Warning>) {
        let above = policy.alarm.comparison.is_upward();
        let given = (self.scenario.policies.get(policy.index))
            .and_then(|given| given.step_scaling.as_ref());
        let limit = policy.alarm.metric.limit(&self.plan.service);
        let threshold = policy.alarm.threshold;
        // An alarm that never fires is told of already, and so is a policy without any step there.
        let fires = limit.is_none_or(|limit| breaches(policy.alarm.comparison, limit, threshold));
        if let Some(given) = given
            && !policy.is_simple
            && policy.steps_there().next().is_some()
        {
            for (step, adjustment) in given.steps.iter().enumerate() {
                let from = threshold + adjustment.lower.unwrap_or(0.0);
                if let Some(most) =
                    limit.filter(|most| above && fires && from > most * (1.0 + NEAR))
                {
                    warnings.push(Warning::StepOutOfReach {
                        policy: policy.index,
                        step,
                        load: self.load(policy.index, policy.alarm.metric, most),
                        from,
                    });
                }
                let there = match above {
                    true => adjustment.upper.is_none_or(|upper| upper > 0.0),
                    false => adjustment.lower.is_none_or(|lower| lower < 0.0),
                };
                if !there {
                    warnings.push(Warning::StepNotThere {
                        policy: policy.index,
                        step,
                        above,
                    });
                }
            }
        }
        let is_exact = policy.adjustment_type == AdjustmentType::ExactCapacity;
        let wrong = |step: &StepAdjustment| match above {
            true => step.adjustment < 0,
            false => step.adjustment > 0,
        };
        if !is_exact && policy.steps_there().any(wrong) {
            warnings.push(Warning::ScalesTheWrongWay {
                policy: policy.index,
                metric: self.name(policy.index),
                above,
            });
        }
    }

    /// Pairs of policies of which one takes away below a threshold that lies above the one from which another adds.
    fn crossing(&self, warnings: &mut Vec<Warning>) {
        let sides: Vec<ChangeThreshold> = self.sides().collect();
        for lower in sides.iter().filter(|side| !side.adds) {
            let crosses = |higher: &&ChangeThreshold| {
                let same = higher.metric == lower.metric && higher.policy != lower.policy;
                let both = higher.is_inclusive && lower.is_inclusive;
                let near = higher.at.abs() * NEAR;
                let over = lower.at > higher.at + near || (both && lower.at >= higher.at - near);
                higher.adds && same && over && !(higher.tracks && lower.tracks)
            };
            if let Some(higher) = sides.iter().find(crosses) {
                warnings.push(Warning::ThresholdsCross {
                    policy: lower.policy,
                    other: (self.scenario.policies.get(higher.policy))
                        .map_or(String::new(), |other| other.policy_name.clone()),
                    metric: self.name(lower.policy),
                    scale_in: lower.at,
                    scale_out: higher.at,
                });
            }
        }
    }

    fn sides(&self) -> impl Iterator<Item = ChangeThreshold> {
        let assumptions = &self.plan.assumptions;
        let tracked = self.plan.target_tracking.iter().flat_map(move |policy| {
            let [high, low] = policy.alarms(assumptions).map(|alarm| alarm.threshold);
            let side = |adds, at| ChangeThreshold {
                policy: policy.index,
                metric: policy.metric,
                adds,
                at,
                is_inclusive: false,
                tracks: true,
            };
            let low = (!policy.disable_scale_in).then(|| side(false, low));
            [Some(side(true, high)), low].into_iter().flatten()
        });
        let stepped = self.plan.step_scaling.iter().filter_map(|policy| {
            let alarm = &policy.alarm;
            let above = alarm.comparison.is_upward();
            // Of other statistics a minute's value says little.
            let comparable = matches!(alarm.statistic, Statistic::Average | Statistic::Sum);
            let answers = if above {
                policy.adds()
            } else {
                policy.removes()
            };
            (comparable && answers && alarm.metric != Metric::Unpublished).then(|| {
                ChangeThreshold {
                    policy: policy.index,
                    metric: alarm.metric,
                    adds: above,
                    at: by_the_minute(alarm) + first_step(policy),
                    is_inclusive: alarm.comparison.includes_threshold(),
                    tracks: false,
                }
            })
        });
        tracked.chain(stepped)
    }
}

/// From where on a policy changes capacity.
#[derive(Clone, Copy, Debug)]
struct ChangeThreshold {
    policy: usize,
    metric: Metric,
    /// Above it, more capacity; else below it, less.
    adds: bool,
    at: f64,
    is_inclusive: bool,
    tracks: bool,
}

/// Numbers that differ by less than this share are equal.
const NEAR: f64 = 1e-9;

/// Returns the distance from the threshold, by the minute, of the nearest step that changes capacity.
fn first_step(policy: &StepScaling) -> f64 {
    let changes = |step: &&StepAdjustment| {
        step.adjustment != 0 || policy.adjustment_type == AdjustmentType::ExactCapacity
    };
    let there = policy.steps_there().filter(changes);
    let distance = match policy.alarm.comparison.is_upward() {
        true => there
            .map(|step| step.lower.max(0.0))
            .fold(f64::INFINITY, f64::min),
        false => (there.map(|step| step.upper.min(0.0))).fold(f64::NEG_INFINITY, f64::max),
    };
    distance / minutes(&policy.alarm)
}

/// Returns the minutes that an alarm's statistic adds up.
fn minutes(alarm: &MetricAlarm) -> f64 {
    match alarm.statistic {
        Statistic::Sum => f64::from(alarm.period_s.max(60)) / 60.0,
        _ => 1.0,
    }
}

/// Returns a threshold as one of a minute.
fn by_the_minute(alarm: &MetricAlarm) -> f64 {
    alarm.threshold / minutes(alarm)
}

/// Whether a value breaches a threshold; what is next to it counts as on it.
fn breaches(comparison: Comparison, value: f64, threshold: f64) -> bool {
    let near = (value - threshold).abs() <= NEAR * threshold.abs();
    match comparison.is_upward() {
        _ if near => comparison.includes_threshold(),
        true => value > threshold,
        false => value < threshold,
    }
}

/// What brings a policy to add to a capacity of zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wake {
    /// Datapoints in which so many requests have to come.
    pub datapoints: u32,
    /// Requests that have to come at once.
    pub requests: u32,
}

impl Wake {
    /// One request does.
    pub(crate) const AT_ONE: Self = Self {
        datapoints: 1,
        requests: 1,
    };
}

/// What wakes an endpoint by this policy; `None`: nothing does. `patience_s`: how long a request waits to be seen.
// rule: asynchronous.wakes-from-zero
pub(super) fn wake(policy: &StepScaling, patience_s: f64) -> Option<Wake> {
    let alarm = &policy.alarm;
    let needed = alarm.datapoints_to_alarm;
    let (datapoints, is_flag) = match alarm.metric {
        // Each fails at once, and is told of once.
        Metric::Endpoint(EndpointMetric::NoCapacityInvocationFailures) => (needed, false),
        Metric::Endpoint(metric) => {
            // They wait, and are told of as long as they do.
            if f64::from(alarm.period_s) * f64::from(needed) >= patience_s {
                return None;
            }
            (1, metric == EndpointMetric::HasBacklogWithoutCapacity)
        }
        _ => return None,
    };
    let wakes = |requests: &u32| {
        let value = if is_flag { 1.0 } else { f64::from(*requests) };
        breaches(alarm.comparison, value, alarm.threshold) && wakes_at(policy, value)
    };
    let at = alarm.threshold.clamp(0.0, 1e6).ceil() as u32;
    let requests = [1, at.max(1), at + 1].into_iter().find(wakes)?;
    Some(Wake {
        datapoints,
        requests,
    })
}

/// Returns the step policies of a plan that look at what tells that nothing is in service, and what each of them needs; the one
/// that needs least comes first.
pub(crate) fn wakers(plan: &Plan) -> Vec<(usize, Option<Wake>)> {
    let looks = |policy: &&StepScaling| {
        let alarm = policy.alarm;
        matches!(alarm.metric, Metric::Endpoint(_)) && alarm.comparison.is_upward()
    };
    let policies = plan.step_scaling.iter().filter(looks);
    let tell = |policy: &StepScaling| (policy.index, wake(policy, plan.service.timeout_s));
    let mut found: Vec<(usize, Option<Wake>)> = policies.map(tell).collect();
    let least = |wake: Wake| i64::from(wake.datapoints) << 32 | i64::from(wake.requests);
    sort_by_integer(&mut found, |(_, wake)| wake.map_or(i64::MAX, least));
    found
}

/// Returns the warning of a policy that needs more than one request to wake an endpoint.
pub(crate) fn wakes_at_several(policy: usize, wake: Option<Wake>) -> Warning {
    Warning::WakesAtSeveral {
        policy,
        requests: wake.map(|wake| wake.requests),
        datapoints: wake.map_or(1, |wake| wake.datapoints),
    }
}

/// Whether a policy adds to a capacity of zero at a value of its metric.
fn wakes_at(policy: &StepScaling, value: f64) -> bool {
    let distance = value - policy.alarm.threshold;
    let adds = |step: &StepAdjustment| {
        let percent = policy.adjustment_type == AdjustmentType::PercentChangeInCapacity;
        step.adjustment > 0 && !percent
    };
    let there = |step: &&StepAdjustment| match policy.alarm.comparison.is_upward() {
        true => step.lower <= distance && distance < step.upper,
        false => step.lower < distance && distance <= step.upper,
    };
    policy.steps.iter().find(there).is_some_and(adds)
}

#[cfg(test)]
mod tests;
