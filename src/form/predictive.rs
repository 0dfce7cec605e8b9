//! A predictive scaling policy on the form: what it forecasts, and whether it acts on it.

use engine::{forecast::Hour, plan::Metric};
use scenario::{
    compile::Warning,
    document::{
        MaxCapacityBreachBehavior, PredefinedMetricPair, PredictiveMetricSpecification,
        PredictiveScaling, ScalingPolicy,
    },
    field::{ItemId, List},
};
use words::Words;
use yew::prelude::*;

use super::{FormProps, choices, fields::RowOptions, item::ItemFold};
use crate::outcome::Outcome;

/// Returns the policy, folded.
pub fn fold(
    form: &FormProps,
    index: usize,
    id: ItemId,
    policy: &ScalingPolicy,
    predictive: &PredictiveScaling,
) -> Html {
    let words = form.words;
    let formula = formula(form, index);
    let given = predictive.metrics.first().and_then(|it| it.target_value);
    let target = given.map_or_else(|| formula.clone(), |target| words.number(target, 2));
    let pair = policy.metric().spec().pair.unwrap_or_default().name();
    let mode = choices::called(
        words,
        PredictiveScaling::mode.of(id),
        predictive.mode.name(),
    );
    let note = [pair, " ", &target, " · ", mode].concat();
    let item = ItemFold {
        list: List::Policies,
        id,
        colour: "--demand",
        title: words.policy_predictive_scaling().into(),
        note,
    };
    let fields = inside(form, index, id, predictive, formula);
    item.around(form, false, fields)
}

fn inside(
    form: &FormProps,
    index: usize,
    id: ItemId,
    predictive: &PredictiveScaling,
    formula: String,
) -> Html {
    let words = form.words;
    let target = RowOptions {
        about: Some(words.field_forecast_target_about()),
        automatic: Some(formula.into()),
        ..RowOptions::default()
    };
    let increases =
        predictive.max_capacity_breach_behavior == MaxCapacityBreachBehavior::IncreaseMaxCapacity;
    let buffer = PredictiveScaling::max_capacity_buffer.of(id);
    let odd = |warning: &Warning| match warning {
        Warning::NoForecast { policy } | Warning::LaunchedTooLate { policy, .. } => {
            *policy == index
        }
        _ => false,
    };
    html! {
        <>
            { form.wide(PredictiveScaling::mode.of(id)) }
            { form.wide(PredefinedMetricPair::metric_type.of(id)) }
            { form.row_with(PredictiveMetricSpecification::target_value.of(id), target) }
            { form.row(PredictiveScaling::scheduling_buffer_time.of(id)) }
            { form.wide(PredictiveScaling::max_capacity_breach_behavior.of(id)) }
            if increases || predictive.max_capacity_buffer.is_some() {
                { form.row_with(buffer, RowOptions::default()) }
            }
            if let Some(highest) = form.outcome().and_then(|outcome| highest_forecast(words, outcome, index)) {
                <p class="says">{ highest }</p>
            }
            { form.warnings(odd) }
            { form.wide(ScalingPolicy::policy_name.of(id)) }
        </>
    }
}

/// Returns what an empty TargetValue stands for, as text.
fn formula(form: &FormProps, index: usize) -> String {
    let target = form.outcome().map(|outcome| {
        let predictive = outcome.compiled.plan.resource.predictive();
        let policy = predictive.and_then(|it| it.policies.iter().find(|p| p.index == index));
        let metric = policy.map_or(Metric::InvocationsPerInstance, |policy| policy.metric);
        metric.of_requests(outcome.compiled.resolved.formula_target)
    });
    target.map_or(String::new(), |target| form.words.number(target, 2))
}

/// Returns the highest forecast, and for when it is.
fn highest_forecast(words: Words, outcome: &Outcome, index: usize) -> Option<String> {
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
