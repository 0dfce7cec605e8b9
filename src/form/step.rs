//! A step scaling policy's fields: its alarm, its steps, and the picture of them.

use scenario::{
    document::{
        AdjustmentType, MetricAlarm, MetricName, ScalingPolicy, Statistic, StepAdjustment,
        StepScaling,
    },
    field::{Field, ItemField, ItemId, List},
};
use words::{Words, platform_texts};
use yew::prelude::*;

use super::{
    FormProps,
    card::Fold,
    fields::{RowOptions, is_in},
    group,
    item::{ItemFold, removes},
    scaling, staircase,
};
use crate::{outcome::Outcome, state::Action, typed::editable::units};

/// Fields of when an alarm fires that are seldom changed.
const DATAPOINTS: [ItemField; 5] = [
    MetricAlarm::period,
    MetricAlarm::evaluation_periods,
    MetricAlarm::datapoints_to_alarm,
    MetricAlarm::statistic,
    MetricAlarm::treat_missing_data,
];

/// Returns the policy, folded.
pub fn fold(form: &FormProps, index: usize, id: ItemId, policy: &ScalingPolicy) -> Html {
    let words = form.words;
    let steps = policy.step_scaling.clone().unwrap_or_default();
    let alarm = policy.alarm.as_ref();
    let threshold = alarm.map_or(0.0, |alarm| threshold(form.outcome(), index, alarm));
    let note = note(words, alarm, threshold, &summary(words, &steps));
    let item = ItemFold {
        list: List::Policies,
        id,
        colour: "--cap",
        title: words.policy_step_scaling().into(),
        note,
    };
    let fields = match alarm {
        Some(alarm) => inside(form, index, id, &steps, alarm, threshold),
        None => without_alarm(form, id),
    };
    item.around(form, false, fields)
}

/// Returns the policy's fields.
fn inside(
    form: &FormProps,
    index: usize,
    id: ItemId,
    steps: &StepScaling,
    alarm: &MetricAlarm,
    threshold: f64,
) -> Html {
    let words = form.words;
    let add = Action::AddStep {
        policy: id,
        width: width(threshold),
        above: alarm.comparison.is_above(),
    };
    let (of_alarm, cooldown) = (MetricAlarm::threshold.of(id), StepScaling::cooldown.of(id));
    let of_steps =
        |field: Field| is_in(field, List::Policies, id) && field != of_alarm && field != cooldown;
    let is_percent = steps.adjustment_type == AdjustmentType::PercentChangeInCapacity;
    html! {
        <>
            { alarm_fields(form, id, alarm, threshold) }
            { form.warnings_of(|field| field == of_alarm) }
            <h3>{ words.steps_title() }</h3>
            { staircase::view(words, steps, alarm, threshold) }
            <p class="says">{ words.steps_counted(&words.number(threshold, 2)) }</p>
            { form.wide(StepScaling::adjustment_type.of(id)) }
            <div class="steps">
                for (index, (step, _)) in steps.steps.numbered().enumerate() {
                    { row(form, id, step, index + 1, steps) }
                }
            </div>
            <p class="adds">{ form.button(words.add_step(), add) }</p>
            { form.warnings_of(of_steps) }
            { scaling::use_published(form, index) }
            if is_percent || steps.min_adjustment_magnitude.is_some() {
                { form.automatic(StepScaling::min_adjustment_magnitude.of(id), "1") }
            }
            if !form.rules().scales.is_of_ec2() {
                { form.row(cooldown) }
                { form.warnings_of(|field| field == cooldown) }
            } else {
                { group::policy_warm_up(form, id) }
            }
            { form.wide(ScalingPolicy::policy_name.of(id)) }
        </>
    }
}

/// Returns what a policy without an alarm shows: the problem, and a way out of it.
pub fn without_alarm(form: &FormProps, id: ItemId) -> Html {
    let words = form.words;
    let problem = form.errors.get(&ScalingPolicy::alarm.of(id));
    html! {
        <>
            <h3>{ words.alarm_title() }</h3>
            <p class="error">{ problem.cloned().unwrap_or_default() }</p>
            <p class="adds">{ form.button_that_goes(words.add_alarm(), Action::AddAlarm(id)) }</p>
            { form.wide(ScalingPolicy::policy_name.of(id)) }
        </>
    }
}

/// Returns the label of an adjustment: by what, or to what.
pub fn adjustment_label(words: Words, adjustment_type: AdjustmentType) -> &'static str {
    match adjustment_type {
        AdjustmentType::ChangeInCapacity => words.field_adjustment(),
        AdjustmentType::PercentChangeInCapacity => words.field_step_percent(),
        AdjustmentType::ExactCapacity => words.field_step_exact(),
    }
}

/// Returns an alarm's fields.
pub fn alarm_fields(form: &FormProps, id: ItemId, alarm: &MetricAlarm, threshold: f64) -> Html {
    let words = form.words;
    let metrics = form.rules().metrics();
    let names = metrics.map(|metric| metric.name.name()).collect();
    let units = units(&form.scenario().instance.instance_type, alarm.metric_name);
    let share = |units: f64| {
        let share = words.number(threshold / units, 1);
        words.threshold_share(&share, &words.number(units * 100.0, 0))
    };
    html! {
        <>
            <h3>{ words.alarm_title() }</h3>
            { metric_field(form, id, alarm.metric_name, names) }
            { form.row(MetricAlarm::comparison.of(id)) }
            { form.automatic(MetricAlarm::threshold.of(id), words.number(threshold, 2)) }
            if let Some(units) = units {
                <p class="says">{ share(f64::from(units)) }</p>
            }
            { datapoints(form, id, alarm) }
        </>
    }
}

/// Returns the fold of how many datapoints make the alarm fire.
fn datapoints(form: &FormProps, id: ItemId, alarm: &MetricAlarm) -> Html {
    let words = form.words;
    let n = alarm.evaluation_periods.to_string();
    let m = (alarm.datapoints_to_alarm).map_or_else(|| n.clone(), |m| m.to_string());
    let own = alarm.metric_name.statistic();
    let note = words.alarm_datapoints_note(
        &m,
        &n,
        &words.duration_short(f64::from(alarm.period)),
        alarm.statistic.unwrap_or(own).name(),
    );
    let statistics: &[&'static str] = match own {
        Statistic::Sum => &["Sum"],
        _ => &["Average", "Minimum", "Maximum"],
    };
    let statistic = MetricAlarm::statistic.of(id);
    // A statistic that the file names is chosen as one; else the metric's own, unnamed as it is.
    let mut choices = form.choices(statistic, statistics.iter().copied());
    if alarm.statistic.is_none()
        && let Some(own) = choices.first_mut()
    {
        own.0 = "";
    }
    let chosen = RowOptions {
        choices: Some(choices),
        ..RowOptions::default()
    };
    let problems = form.problems(|field| DATAPOINTS.iter().any(|own| own.of(id) == field));
    html! {
        <Fold key="datapoints" title={words.alarm_datapoints()} {note} {problems}>
            { form.rows([MetricAlarm::period.of(id), MetricAlarm::evaluation_periods.of(id)]) }
            { form.automatic(MetricAlarm::datapoints_to_alarm.of(id), n) }
            { form.row_with(statistic, chosen) }
            { form.row(MetricAlarm::treat_missing_data.of(id)) }
        </Fold>
    }
}

/// Returns the choice of a metric, and the cost of a request in it. A metric that the platform lacks is offered only where it is
/// chosen.
pub fn metric_field(
    form: &FormProps,
    id: ItemId,
    metric: MetricName,
    names: Vec<&'static str>,
) -> Html {
    let scenario = form.scenario();
    let chosen = metric.name();
    let odd = !form.rules().scales.is_of_ec2() && !names.contains(&chosen);
    let field = MetricAlarm::metric_name.of(id);
    let names = odd.then_some(chosen).into_iter().chain(names);
    let more = RowOptions {
        about: Some((platform_texts(scenario.platform).metrics_about)(
            form.words,
        )),
        choices: Some(form.choices(field, names)),
        wide: true,
        ..RowOptions::default()
    };
    html! { <>{ form.row_with(field, more) }{ cost_field(form, metric) }</> }
}

/// Returns the field of what one request costs a machine in this metric, if it has one.
fn cost_field(form: &FormProps, metric: MetricName) -> Html {
    let Some(field) = metric.cost() else {
        return Html::default();
    };
    // Where the load test's maximum keeps all vCPUs or GPUs busy.
    let scenario = form.scenario();
    let units = units(&scenario.instance.instance_type, metric);
    let automatic = units.map(|units| {
        let ms = f64::from(units) * 1000.0 / scenario.load_test.max_rps;
        form.words.number(ms, 1)
    });
    form.automatic(field, automatic.unwrap_or_default())
}

/// Returns one step's bounds and adjustment, and the button that takes it out; it is the `number`th of them.
fn row(form: &FormProps, policy: ItemId, step: ItemId, number: usize, steps: &StepScaling) -> Html {
    let words = form.words;
    let by = RowOptions {
        label: Some(adjustment_label(words, steps.adjustment_type)),
        ..RowOptions::default()
    };
    let name = AttrValue::from(words.remove_step(&number.to_string()));
    let remove = removes(form, Action::RemoveStep { policy, step });
    html! {
        <div key={step.0} class="step">
            { form.automatic(StepAdjustment::lower.of(policy, step), words.step_open()) }
            { form.automatic(StepAdjustment::upper.of(policy, step), words.step_open()) }
            { form.row_with(StepAdjustment::adjustment.of(policy, step), by) }
            <button class="add" type="button" aria-label={&name} title={&name} disabled={steps.steps.len() < 2} onclick={remove}>
                { "×" }
            </button>
        </div>
    }
}

/// Returns a policy's note: metric, sign and threshold of its alarm, and what it changes.
pub fn note(words: Words, alarm: Option<&MetricAlarm>, threshold: f64, change: &str) -> String {
    let Some(alarm) = alarm else {
        return [words.no_alarm(), " · ", change].concat();
    };
    let (metric, sign) = (alarm.metric_name.name(), words::sign(alarm.comparison));
    let threshold = words.number(threshold, 2);
    [metric, " ", sign, " ", &threshold, " · ", change].concat()
}

/// Returns the threshold in force; a typed one even where something else is wrong.
pub fn threshold(outcome: Option<&Outcome>, policy: usize, alarm: &MetricAlarm) -> f64 {
    let compiled = || {
        let steps = &outcome?.compiled.plan.step_scaling;
        let found = steps.iter().find(|step| step.index == policy)?;
        Some(found.alarm.threshold)
    };
    alarm.threshold.or_else(compiled).unwrap_or(0.0)
}

/// Returns a round width for a new step: about a quarter of the threshold.
fn width(threshold: f64) -> f64 {
    let quarter = (threshold.abs() / 4.0).max(1.0);
    let mut unit = 1.0;
    while unit * 10.0 <= quarter && unit < 1e9 {
        unit *= 10.0;
    }
    (quarter / unit).round() * unit
}

/// Returns the adjustments of all steps: `+1, +2`, `+10 %`, `= 8`.
fn summary(words: Words, steps: &StepScaling) -> String {
    let said = steps
        .steps
        .iter()
        .map(|step| words.adjustment(step.adjustment, steps.adjustment_type));
    said.collect::<Vec<_>>().join(", ")
}
