//! A step scaling policy's fields: its alarm, its steps, and the picture of them.

use scenario::document::{
    AdjustmentType, MetricAlarm, MetricName, ScalingPolicy, Statistic, StepScaling,
};
use words::Words;
use yew::AttrValue;

use super::{
    card::Fold,
    fields::{Fields, Line, More, Say, at, nothing},
    group,
    layer::moves,
    scaling, staircase,
};
use crate::{
    outcome::Outcome,
    parts::{El, button, el, of},
    state::Action,
    typed::{List, named::Named, slot::units},
};

/// The policy, folded.
#[inline(never)]
pub fn fold(fields: &Fields, index: usize, id: u32, policy: &ScalingPolicy) -> El {
    let words = fields.words();
    let item = List::Policies.item(index);
    let steps = policy.step_scaling.clone().unwrap_or_default();
    let alarm = policy.alarm.as_deref();
    let threshold = alarm.map_or(0.0, |alarm| threshold(fields.outcome(), index, alarm));
    let alarm_said = alarm.map_or_else(
        || words.no_alarm().to_owned(),
        |alarm| said(words, alarm, threshold),
    );
    let note = [&alarm_said, " · ", &summary(words, &steps)].concat();
    let fold = Fold {
        key: &id.to_string(),
        colour: "--cap",
        title: AttrValue::Static(words.policy_step_scaling()),
        note: note.into(),
        open: fields.shown.now.ids.is_added(id),
        off: false,
        paths: &[&item],
    };
    fold.around(fields, &|body| {
        inside(fields, body, index, &steps, alarm, threshold)
    })
}

/// Adds the policy's fields.
#[inline(never)]
fn inside(
    fields: &Fields,
    body: El,
    index: usize,
    steps: &StepScaling,
    alarm: Option<&MetricAlarm>,
    threshold: f64,
) -> El {
    let words = fields.words();
    let item = List::Policies.item(index);
    let Some(alarm) = alarm else {
        return without_alarm(fields, body, index);
    };
    let body = alarm_fields(fields, body, &item, alarm, threshold);
    let body = fields.warnings_at(body, &at(&item, "Threshold"));
    let counted = words.steps_counted(&words.number(threshold, 2));
    let body = body
        .with(el("h3").tells(words.steps_title()))
        .with(staircase::view(words, steps, alarm, threshold))
        .with(of("p", "says").says(counted.into()));
    let body = adjustment_type_field(fields, body, &item);
    let mut rows = of("div", "steps");
    for step in 0..steps.steps.len() {
        rows = rows.with(row(fields, index, step, steps));
    }
    let width = width(threshold);
    let add = Action::AddStep {
        policy: index,
        width,
        above: alarm.comparison.is_above(),
    };
    let add = button(
        "add",
        AttrValue::Static(words.add_step()),
        add.on_click(&fields.shown.on),
    );
    let body = body.with(rows).with(of("p", "adds").with(add));
    let body = fields.warnings(body, &|warning| {
        let field = warning.field();
        let elsewhere = ["Threshold", "Cooldown"].map(|leaf| at(&item, leaf));
        field.starts_with(&*item) && elsewhere.iter().all(|path| field != path.as_str())
    });
    let body = body.with(scaling::use_published(fields, index));
    let is_percent = steps.adjustment_type == AdjustmentType::PercentChangeInCapacity;
    let given = steps.min_adjustment_magnitude.is_some();
    let body = magnitude_field(fields, body, &item, is_percent || given);
    let cooldown = (
        "Cooldown",
        Words::field_cooldown as Say,
        Words::field_cooldown_about as Say,
    );
    let body = if fields.scenario().platform.is_sagemaker() {
        let body = fields.leaves(body, &item, &[cooldown]);
        fields.warnings_at(body, &at(&item, "Cooldown"))
    } else {
        group::policy_warm_up(fields, body, &item)
    };
    fields
        .wide(body, at(&item, "PolicyName"), Words::field_policy_name)
        .with(moves(fields, List::Policies, index))
}

/// What a policy without an alarm shows: the problem, and a way out of it.
#[inline(never)]
pub fn without_alarm(fields: &Fields, body: El, index: usize) -> El {
    let words = fields.words();
    let item = List::Policies.item(index);
    let problem = fields.shown.errors.get(&*at(&item, "Alarm"));
    let add = button(
        "add",
        AttrValue::Static(words.add_alarm()),
        Action::AddAlarm(index).on_click(&fields.shown.on),
    );
    let body = body
        .with(el("h3").tells(words.alarm_title()))
        .with(of("p", "error").says(problem.cloned().unwrap_or_default().into()))
        .with(of("p", "adds").with(add));
    fields
        .wide(body, at(&item, "PolicyName"), Words::field_policy_name)
        .with(moves(fields, List::Policies, index))
}

/// Adds the choice of what an adjustment means.
#[inline(never)]
pub fn adjustment_type_field(fields: &Fields, body: El, item: &str) -> El {
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
    fields.field(body, path, Words::field_adjustment_type, types)
}

/// The label of an adjustment: by what, or to what.
pub fn adjustment_label(adjustment_type: AdjustmentType) -> Say {
    match adjustment_type {
        AdjustmentType::ChangeInCapacity => Words::field_step_change,
        AdjustmentType::PercentChangeInCapacity => Words::field_step_percent,
        AdjustmentType::ExactCapacity => Words::field_step_exact,
    }
}

/// Adds the fewest instances that a percentage changes, where that says anything.
#[inline(never)]
pub fn magnitude_field(fields: &Fields, body: El, item: &str, shown: bool) -> El {
    if !shown {
        return body;
    }
    fields.optional(
        body,
        at(item, "MinAdjustmentMagnitude"),
        Words::field_min_magnitude,
        Words::field_min_magnitude_about,
        AttrValue::Static("1"),
    )
}

/// Adds an alarm's fields.
#[inline(never)]
pub fn alarm_fields(
    fields: &Fields,
    body: El,
    item: &str,
    alarm: &MetricAlarm,
    threshold: f64,
) -> El {
    let words = fields.words();
    let body = body.with(el("h3").tells(words.alarm_title()));
    let names = group::alarm_metrics(fields.scenario());
    let body = metric_field(fields, body, item, alarm.metric_name, names);
    let comparison = More {
        choices: vec![
            ("GreaterThanOrEqualToThreshold", "≥"),
            ("GreaterThanThreshold", ">"),
            ("LessThanThreshold", "<"),
            ("LessThanOrEqualToThreshold", "≤"),
        ],
        ..More::default()
    };
    let body = fields.field(
        body,
        at(item, "ComparisonOperator"),
        Words::field_comparison,
        comparison,
    );
    let body = fields.optional(
        body,
        at(item, "Threshold"),
        Words::field_threshold,
        Words::field_threshold_about,
        words.number(threshold, 2).into(),
    );
    let units = units(&fields.scenario().instance.instance_type, alarm.metric_name);
    let body = match units.map(f64::from) {
        Some(units) => {
            let share = words.number(threshold / units, 1);
            let says = words.threshold_share(&share, &words.number(units * 100.0, 0));
            body.with(of("p", "says").says(says.into()))
        }
        None => body,
    };
    body.with(datapoints(fields, item, alarm))
}

/// When the alarm fires: what is seldom changed.
#[inline(never)]
fn datapoints(fields: &Fields, item: &str, alarm: &MetricAlarm) -> El {
    let words = fields.words();
    let n = alarm.evaluation_periods;
    let m = alarm.datapoints_to_alarm.unwrap_or(n).to_string();
    let statistic = alarm.metric_name.statistic();
    let note = words.alarm_datapoints_note(
        &m,
        &n.to_string(),
        &words.duration_short(f64::from(alarm.period)),
        Some(alarm.statistic.unwrap_or(statistic)).name(),
    );
    let leaves = [
        "Period",
        "EvaluationPeriods",
        "DatapointsToAlarm",
        "Statistic",
        "TreatMissingData",
    ];
    let paths = leaves.map(|leaf| at(item, leaf));
    let paths = paths.each_ref().map(|path| &**path);
    let fold = Fold {
        key: "datapoints",
        colour: "--line2",
        title: AttrValue::Static(words.alarm_datapoints()),
        note: note.into(),
        open: false,
        off: false,
        paths: &paths,
    };
    fold.around(fields, &|body| of_datapoints(fields, body, item, alarm))
}

#[inline(never)]
fn of_datapoints(fields: &Fields, body: El, item: &str, alarm: &MetricAlarm) -> El {
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
    let body = fields.leaves(body, item, &lines);
    let body = fields.optional(
        body,
        at(item, "DatapointsToAlarm"),
        Words::field_datapoints_to_alarm,
        Words::field_datapoints_to_alarm_about,
        alarm.evaluation_periods.to_string().into(),
    );
    let body = fields.field(
        body,
        at(item, "Statistic"),
        Words::field_statistic,
        statistic,
    );
    fields.field(
        body,
        at(item, "TreatMissingData"),
        Words::field_treat_missing_data,
        missing,
    )
}

/// The choice of a metric, and what turns load into it. One that the platform has not is a choice where it is chosen.
#[inline(never)]
pub fn metric_field(
    fields: &Fields,
    body: El,
    item: &str,
    metric: MetricName,
    names: &[&'static str],
) -> El {
    let scenario = fields.scenario();
    let chosen = metric.name();
    let odd = scenario.platform.is_sagemaker() && !names.contains(&chosen);
    let names = odd.then_some(&chosen).into_iter().chain(names);
    let more = More {
        about: group::metric_about(scenario),
        choices: names.map(|name| (*name, *name)).collect(),
        wide: true,
        ..More::default()
    };
    let body = fields.field(body, at(item, "MetricName"), Words::field_metric, more);
    cost_field(fields, body, metric)
}

/// What turns load into a metric of the machine.
#[inline(never)]
fn cost_field(fields: &Fields, body: El, metric: MetricName) -> El {
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
        _ => return body,
    };
    // Where the load test's maximum keeps all vCPUs or GPUs busy.
    let scenario = fields.scenario();
    let units = units(&scenario.instance.instance_type, metric);
    let automatic = units.map_or(String::new(), |units| {
        let ms = f64::from(units) * 1000.0 / scenario.load_test.max_rps;
        fields.words().number(ms, 1)
    });
    fields.optional(
        body,
        AttrValue::Static(path),
        label,
        about,
        automatic.into(),
    )
}

/// One step's bounds and adjustment, and the button that takes it out.
#[inline(never)]
fn row(fields: &Fields, policy: usize, step: usize, steps: &StepScaling) -> El {
    let words = fields.words();
    let item = List::Policies.item(policy);
    let stem = [&item, ".StepAdjustments[", &step.to_string(), "]"].concat();
    let bounds: [(_, Say); 2] = [
        ("MetricIntervalLowerBound", Words::field_step_lower),
        ("MetricIntervalUpperBound", Words::field_step_upper),
    ];
    let mut row = of("div", "step").key(&step.to_string());
    for (leaf, label) in bounds {
        let open = AttrValue::Static(words.step_open());
        row = fields.optional(row, at(&stem, leaf), label, nothing, open);
    }
    let by = adjustment_label(steps.adjustment_type);
    let row = fields.leaves(row, &stem, &[("ScalingAdjustment", by, nothing)]);
    let name = words.remove_step(&(step + 1).to_string());
    let remove = Action::RemoveStep { policy, step };
    let remove = button(
        "add",
        AttrValue::Static("×"),
        remove.on_click(&fields.shown.on),
    )
    .attr("aria-label", name.clone().into())
    .attr("title", name.into())
    .flag("disabled", steps.steps.len() < 2);
    row.with(remove)
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
