//! A step scaling policy's fields: its alarm, its steps, and the picture of them.

use scenario::{
    compile::Warning,
    document::{AdjustmentType, MetricAlarm, MetricName, ScalingPolicy, Statistic, StepScaling},
};
use words::{Words, platform_texts};
use yew::prelude::*;

use super::{
    card::Fold,
    fields::{Fields, Line, More, Say, at, nothing},
    group,
    layer::moves,
    scaling, staircase,
};
use crate::{
    outcome::Outcome,
    state::Action,
    typed::{List, slot::units},
};

/// The policy, folded.
pub fn fold(fields: &Fields, index: usize, id: u32, policy: &ScalingPolicy) -> Html {
    let words = fields.words();
    let item = List::Policies.item(index);
    let steps = policy.step_scaling.clone().unwrap_or_default();
    let alarm = policy.alarm.as_ref();
    let threshold = alarm.map_or(0.0, |alarm| threshold(fields.outcome(), index, alarm));
    let alarm_said = alarm.map_or_else(
        || words.no_alarm().to_owned(),
        |alarm| said(words, alarm, threshold),
    );
    let note = [&alarm_said, " · ", &summary(words, &steps)].concat();
    html! {
        <Fold key={id} {words} colour="--cap" title={words.policy_step_scaling()} {note} open={fields.is_added(id)}
            problems={fields.problems(&[&item])} warnings={fields.odd(&item)}>
            if let Some(alarm) = alarm {
                { inside(fields, index, &steps, alarm, threshold) }
            } else {
                { without_alarm(fields, index) }
            }
        </Fold>
    }
}

/// The policy's fields.
fn inside(
    fields: &Fields,
    index: usize,
    steps: &StepScaling,
    alarm: &MetricAlarm,
    threshold: f64,
) -> Html {
    let words = fields.words();
    let item = List::Policies.item(index);
    let add = Action::AddStep {
        policy: index,
        width: width(threshold),
        above: alarm.comparison.is_above(),
    };
    let elsewhere = ["Threshold", "Cooldown"].map(|leaf| at(&item, leaf));
    let of_steps = |warning: &Warning| {
        let field = fields.path_of(warning);
        field.starts_with(&*item) && elsewhere.iter().all(|path| field != path.as_str())
    };
    let is_percent = steps.adjustment_type == AdjustmentType::PercentChangeInCapacity;
    let given = steps.min_adjustment_magnitude.is_some();
    let cooldown: Line = (
        "Cooldown",
        Words::field_cooldown,
        Words::field_cooldown_about,
    );
    html! {
        <>
            { alarm_fields(fields, &item, alarm, threshold) }
            { fields.warnings_at(&at(&item, "Threshold")) }
            <h3>{ words.steps_title() }</h3>
            { staircase::view(words, steps, alarm, threshold) }
            <p class="says">{ words.steps_counted(&words.number(threshold, 2)) }</p>
            { adjustment_type_field(fields, &item) }
            <div class="steps">
                { for (0..steps.steps.len()).map(|step| row(fields, index, step, steps)) }
            </div>
            <p class="adds">
                <button class="add" type="button" onclick={add.on_click(&fields.shown.on)}>{ words.add_step() }</button>
            </p>
            { fields.warnings(of_steps) }
            { scaling::use_published(fields, index) }
            { magnitude_field(fields, &item, is_percent || given) }
            if !fields.rules().scales.is_of_ec2() {
                { fields.leaves(&item, &[cooldown]) }
                { fields.warnings_at(&at(&item, "Cooldown")) }
            } else {
                { group::policy_warm_up(fields, &item) }
            }
            { fields.wide(at(&item, "PolicyName"), Words::field_policy_name) }
            { moves(fields, List::Policies, index) }
        </>
    }
}

/// What a policy without an alarm shows: the problem, and a way out of it.
pub fn without_alarm(fields: &Fields, index: usize) -> Html {
    let words = fields.words();
    let item = List::Policies.item(index);
    let problem = fields.shown.errors.get(&*at(&item, "Alarm"));
    let add = Action::AddAlarm(index).on_click(&fields.shown.on);
    html! {
        <>
            <h3>{ words.alarm_title() }</h3>
            <p class="error">{ problem.cloned().unwrap_or_default() }</p>
            <p class="adds"><button class="add" type="button" onclick={add}>{ words.add_alarm() }</button></p>
            { fields.wide(at(&item, "PolicyName"), Words::field_policy_name) }
            { moves(fields, List::Policies, index) }
        </>
    }
}

/// The choice of what an adjustment means.
pub fn adjustment_type_field(fields: &Fields, item: &str) -> Html {
    let words = fields.words();
    let types = More {
        about: Words::field_adjustment_type_about,
        choices: vec![
            ("ChangeInCapacity", words.adjustment_change()),
            ("PercentChangeInCapacity", words.adjustment_percent()),
            ("ExactCapacity", words.adjustment_exact()),
        ],
        wide: true,
        ..More::default()
    };
    let path = at(item, "AdjustmentType");
    fields.field(path, Words::field_adjustment_type, types)
}

/// The label of an adjustment: by what, or to what.
pub fn adjustment_label(adjustment_type: AdjustmentType) -> Say {
    match adjustment_type {
        AdjustmentType::ChangeInCapacity => Words::field_step_change,
        AdjustmentType::PercentChangeInCapacity => Words::field_step_percent,
        AdjustmentType::ExactCapacity => Words::field_step_exact,
    }
}

/// The fewest instances that a percentage changes, where that says anything.
pub fn magnitude_field(fields: &Fields, item: &str, shown: bool) -> Html {
    if !shown {
        return Html::default();
    }
    fields.optional(
        at(item, "MinAdjustmentMagnitude"),
        Words::field_min_magnitude,
        Words::field_min_magnitude_about,
        AttrValue::Static("1"),
    )
}

/// An alarm's fields.
pub fn alarm_fields(fields: &Fields, item: &str, alarm: &MetricAlarm, threshold: f64) -> Html {
    let words = fields.words();
    let metrics = fields.rules().metrics();
    let names = metrics.map(|metric| metric.name.name()).collect();
    let comparison = More {
        choices: vec![
            ("GreaterThanOrEqualToThreshold", "≥"),
            ("GreaterThanThreshold", ">"),
            ("LessThanThreshold", "<"),
            ("LessThanOrEqualToThreshold", "≤"),
        ],
        ..More::default()
    };
    let comparison = fields.field(
        at(item, "ComparisonOperator"),
        Words::field_comparison,
        comparison,
    );
    let threshold_field = fields.optional(
        at(item, "Threshold"),
        Words::field_threshold,
        Words::field_threshold_about,
        words.number(threshold, 2).into(),
    );
    let units = units(&fields.scenario().instance.instance_type, alarm.metric_name);
    let share = |units: f64| {
        let share = words.number(threshold / units, 1);
        words.threshold_share(&share, &words.number(units * 100.0, 0))
    };
    html! {
        <>
            <h3>{ words.alarm_title() }</h3>
            { metric_field(fields, item, alarm.metric_name, names) }
            { comparison }
            { threshold_field }
            if let Some(units) = units {
                <p class="says">{ share(f64::from(units)) }</p>
            }
            { datapoints(fields, item, alarm) }
        </>
    }
}

/// When the alarm fires: what is seldom changed.
fn datapoints(fields: &Fields, item: &str, alarm: &MetricAlarm) -> Html {
    let words = fields.words();
    let n = alarm.evaluation_periods;
    let m = alarm.datapoints_to_alarm.unwrap_or(n).to_string();
    let statistic = alarm.metric_name.statistic();
    let note = words.alarm_datapoints_note(
        &m,
        &n.to_string(),
        &words.duration_short(f64::from(alarm.period)),
        alarm.statistic.unwrap_or(statistic).name(),
    );
    let leaves = [
        "Period",
        "EvaluationPeriods",
        "DatapointsToAlarm",
        "Statistic",
        "TreatMissingData",
    ];
    let paths = leaves.map(|leaf| at(item, leaf));
    let problems = fields.problems(&paths.each_ref().map(|path| &**path));
    html! {
        <Fold key="datapoints" {words} title={words.alarm_datapoints()} {note} {problems}>
            { of_datapoints(fields, item, alarm) }
        </Fold>
    }
}

fn of_datapoints(fields: &Fields, item: &str, alarm: &MetricAlarm) -> Html {
    let same = |names: &[&'static str]| names.iter().map(|name| (*name, *name)).collect();
    let missing = More {
        about: Words::field_treat_missing_data_about,
        choices: same(&["missing", "ignore", "breaching", "notBreaching"]),
        ..More::default()
    };
    let statistics: &[&'static str] = match alarm.metric_name {
        metric if metric.statistic() == Statistic::Sum => &["Sum"],
        _ => &["Average", "Minimum", "Maximum"],
    };
    // A statistic that the file names is chosen as one; else the metric's own, unnamed as it is.
    let mut choices: Vec<_> = same(statistics);
    if alarm.statistic.is_none()
        && let Some(own) = choices.first_mut()
    {
        own.0 = "";
    }
    let statistic = More {
        choices,
        ..More::default()
    };
    let lines: [Line; 2] = [
        ("Period", Words::field_period, Words::field_period_about),
        (
            "EvaluationPeriods",
            Words::field_evaluation_periods,
            Words::field_evaluation_periods_about,
        ),
    ];
    let to_alarm = fields.optional(
        at(item, "DatapointsToAlarm"),
        Words::field_datapoints_to_alarm,
        Words::field_datapoints_to_alarm_about,
        alarm.evaluation_periods.to_string().into(),
    );
    let missing = fields.field(
        at(item, "TreatMissingData"),
        Words::field_treat_missing_data,
        missing,
    );
    html! {
        <>
            { fields.leaves(item, &lines) }
            { to_alarm }
            { fields.field(at(item, "Statistic"), Words::field_statistic, statistic) }
            { missing }
        </>
    }
}

/// The choice of a metric, and what turns load into it. One that the platform has not is a choice where it is chosen.
pub fn metric_field(
    fields: &Fields,
    item: &str,
    metric: MetricName,
    names: Vec<&'static str>,
) -> Html {
    let scenario = fields.scenario();
    let chosen = metric.name();
    let odd = !fields.rules().scales.is_of_ec2() && !names.contains(&chosen);
    let names = odd.then_some(chosen).into_iter().chain(names);
    let more = More {
        about: platform_texts(scenario.platform).metrics_about,
        choices: names.map(|name| (name, name)).collect(),
        wide: true,
        ..More::default()
    };
    html! {
        <>
            { fields.field(at(item, "MetricName"), Words::field_metric, more) }
            { cost_field(fields, metric) }
        </>
    }
}

/// What turns load into a metric of the machine.
fn cost_field(fields: &Fields, metric: MetricName) -> Html {
    let (path, label, about): (_, Say, Say) = match metric {
        MetricName::CpuUtilization => (
            "load_test.cpu_ms_per_request",
            Words::field_cpu_ms,
            Words::field_cpu_ms_about,
        ),
        MetricName::GpuUtilization => (
            "load_test.gpu_ms_per_request",
            Words::field_gpu_ms,
            Words::field_gpu_ms_about,
        ),
        _ => return Html::default(),
    };
    // Where the load test's maximum keeps all vCPUs or GPUs busy.
    let scenario = fields.scenario();
    let units = units(&scenario.instance.instance_type, metric);
    let automatic = units.map_or(String::new(), |units| {
        let ms = f64::from(units) * 1000.0 / scenario.load_test.max_rps;
        fields.words().number(ms, 1)
    });
    fields.optional(AttrValue::Static(path), label, about, automatic.into())
}

/// One step's bounds and adjustment, and the button that takes it out.
fn row(fields: &Fields, policy: usize, step: usize, steps: &StepScaling) -> Html {
    let words = fields.words();
    let item = List::Policies.item(policy);
    let stem = [&item, ".StepAdjustments[", &step.to_string(), "]"].concat();
    let bound = |leaf, label| {
        let open = AttrValue::Static(words.step_open());
        fields.optional(at(&stem, leaf), label, nothing, open)
    };
    let by = adjustment_label(steps.adjustment_type);
    let name = AttrValue::from(words.remove_step(&(step + 1).to_string()));
    let remove = Action::RemoveStep { policy, step }.on_click(&fields.shown.on);
    html! {
        <div key={step} class="step">
            { bound("MetricIntervalLowerBound", Words::field_step_lower) }
            { bound("MetricIntervalUpperBound", Words::field_step_upper) }
            { fields.leaves(&stem, &[("ScalingAdjustment", by, nothing)]) }
            <button class="add" type="button" aria-label={&name} title={&name} disabled={steps.steps.len() < 2} onclick={remove}>
                { "×" }
            </button>
        </div>
    }
}

/// The alarm in short: metric, sign, threshold.
pub fn said(words: Words, alarm: &MetricAlarm, threshold: f64) -> String {
    [
        alarm.metric_name.name(),
        " ",
        words::sign(alarm.comparison),
        " ",
        &words.number(threshold, 2),
    ]
    .concat()
}

/// The threshold in force; a typed one even where something else is wrong.
pub fn threshold(outcome: Option<&Outcome>, policy: usize, alarm: &MetricAlarm) -> f64 {
    let compiled = || {
        let steps = &outcome?.compiled.plan.step_scaling;
        let found = steps.iter().find(|step| step.index == policy)?;
        Some(found.alarm.threshold)
    };
    alarm.threshold.or_else(compiled).unwrap_or(0.0)
}

/// A round width for a new step: about a quarter of the threshold.
fn width(threshold: f64) -> f64 {
    let quarter = (threshold.abs() / 4.0).max(1.0);
    let mut unit = 1.0;
    while unit * 10.0 <= quarter && unit < 1e9 {
        unit *= 10.0;
    }
    (quarter / unit).round() * unit
}

/// The adjustments of all steps: `+1, +2`, `+10 %`, `= 8`.
fn summary(words: Words, steps: &StepScaling) -> String {
    let said = steps
        .steps
        .iter()
        .map(|step| words.adjustment(step.adjustment, steps.adjustment_type));
    said.collect::<Vec<_>>().join(", ")
}
