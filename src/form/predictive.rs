//! A predictive scaling policy on the form: what it forecasts, and whether it acts on it.

use engine::{forecast::Hour, plan::Metric};
use scenario::{
    compile::Warning,
    document::{
        MaxCapacityBreachBehavior, MetricName, PredictiveScaling, PredictiveScalingMode,
        ScalingPolicy,
    },
};
use words::Words;
use yew::prelude::*;

use super::{
    card::Fold,
    fields::{Fields, Line, More, at},
    layer::moves,
};
use crate::{outcome::Outcome, typed::List};

/// The policy, folded.
pub fn fold(
    fields: &Fields,
    index: usize,
    id: u32,
    policy: &ScalingPolicy,
    predictive: &PredictiveScaling,
) -> Html {
    let words = fields.words();
    let item = List::Policies.item(index);
    let formula = formula(fields, index);
    let given = predictive.metrics.first().and_then(|it| it.target_value);
    let target = given.map_or_else(|| formula.clone(), |target| words.number(target, 2));
    let pair = match policy.metric() {
        MetricName::CpuUtilization => "ASGCPUUtilization",
        _ => "ALBRequestCount",
    };
    let mode = match predictive.mode {
        PredictiveScalingMode::ForecastOnly => words.mode_forecast_only(),
        PredictiveScalingMode::ForecastAndScale => words.mode_forecast_and_scale(),
    };
    let note = [pair, " ", &target, " · ", mode].concat();
    html! {
        <Fold key={id} {words} colour="--demand" title={words.policy_predictive_scaling()} {note} open={fields.is_added(id)}
            problems={fields.problems(&[&item])} warnings={fields.odd(&item)}>
            { inside(fields, index, predictive, formula) }
        </Fold>
    }
}

fn inside(fields: &Fields, index: usize, predictive: &PredictiveScaling, formula: String) -> Html {
    let words = fields.words();
    let item = List::Policies.item(index);
    let choice = |leaf: &str, label, about, choices| {
        let more = More {
            about,
            choices,
            wide: true,
            ..More::default()
        };
        fields.field(at(&item, leaf), label, more)
    };
    let mode = choice(
        "Mode",
        Words::field_mode,
        Words::field_mode_about,
        vec![
            ("ForecastOnly", words.mode_forecast_only()),
            ("ForecastAndScale", words.mode_forecast_and_scale()),
        ],
    );
    let names = ["ALBRequestCount", "ASGCPUUtilization"];
    let pair = choice(
        "PredefinedMetricType",
        Words::field_metric_pair,
        Words::field_metric_pair_about,
        names.map(|name| (name, name)).to_vec(),
    );
    let target = fields.optional(
        at(&item, "TargetValue"),
        Words::field_target_value,
        Words::field_forecast_target_about,
        formula.into(),
    );
    let scheduling_buffer: Line = (
        "SchedulingBufferTime",
        Words::field_scheduling_buffer,
        Words::field_scheduling_buffer_about,
    );
    let behavior = choice(
        "MaxCapacityBreachBehavior",
        Words::field_max_behavior,
        Words::field_max_behavior_about,
        vec![
            ("HonorMaxCapacity", words.max_honored()),
            ("IncreaseMaxCapacity", words.max_increased()),
        ],
    );
    let max_buffer: Line = (
        "MaxCapacityBuffer",
        Words::field_max_buffer,
        Words::field_max_buffer_about,
    );
    let increases =
        predictive.max_capacity_breach_behavior == MaxCapacityBreachBehavior::IncreaseMaxCapacity;
    let odd = |warning: &Warning| match warning {
        Warning::NoForecast { policy } | Warning::LaunchedTooLate { policy, .. } => {
            *policy == index
        }
        _ => false,
    };
    html! {
        <>
            { mode }
            { pair }
            { target }
            { fields.leaves(&item, &[scheduling_buffer]) }
            { behavior }
            if increases || predictive.max_capacity_buffer.is_some() {
                { fields.leaves(&item, &[max_buffer]) }
            }
            if let Some(told) = fields.outcome().and_then(|outcome| told(words, outcome, index)) {
                <p class="says">{ told }</p>
            }
            { fields.warnings(odd) }
            { fields.wide(at(&item, "PolicyName"), Words::field_policy_name) }
            { moves(fields, List::Policies, index) }
        </>
    }
}

/// What an empty TargetValue stands for, in words.
fn formula(fields: &Fields, index: usize) -> String {
    let target = fields.outcome().map(|outcome| {
        let predictive = outcome.compiled.plan.predictive.as_ref();
        let policy = predictive.and_then(|it| it.policies.iter().find(|p| p.index == index));
        let metric = policy.map_or(Metric::InvocationsPerInstance, |policy| policy.metric);
        metric.of_requests(outcome.compiled.resolved.formula_target)
    });
    target.map_or(String::new(), |target| fields.words().number(target, 2))
}

/// The highest forecast, and for when it is.
fn told(words: Words, outcome: &Outcome, index: usize) -> Option<String> {
    let run = &outcome.run;
    let forecast = run.forecasts.iter().find(|it| it.policy == index)?;
    let length_s = f64::from(outcome.compiled.plan.length_s);
    let within = forecast.hours.iter().filter(|hour| hour.at_s < length_s);
    // Of several the first.
    let highest = within.reduce(|best: &Hour, hour| match hour.capacity > best.capacity {
        true => hour,
        false => best,
    })?;
    let moment = outcome.compiled.clock.local(highest.at_s);
    let count = words.integer(f64::from(highest.capacity));
    Some(words.forecast_highest(highest.capacity.into(), &count, &words.date_time(moment)))
}
