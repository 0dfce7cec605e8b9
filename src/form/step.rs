//! A step scaling policy's fields: its alarm, its steps, and the picture of them.

use scenario::{
    compile::Compiled,
    document::{
        AdjustmentType, ComparisonOperator, MetricAlarm, MetricName, Platform, ScalingPolicy,
        StepScaling,
    },
};
use words::Words;
use yew::AttrValue;

use super::{
    card::Fold,
    fields::{Fields, Line, More, Say, at, nothing},
    layer::moves,
    staircase,
};
use crate::{
    outcome::Outcome,
    parts::{El, button, el, of},
    state::Action,
    typed::{List, named::Named},
};

const METRICS: [MetricName; 6] = [
    MetricName::InvocationsPerInstance,
    MetricName::ApproximateBacklogSizePerInstance,
    MetricName::ApproximateBacklogSize,
    MetricName::HasBacklogWithoutCapacity,
    MetricName::CpuUtilization,
    MetricName::GpuUtilization,
];

const OF_STEP: [Line; 3] = [
    ("MetricIntervalLowerBound", Words::field_step_lower, nothing),
    ("MetricIntervalUpperBound", Words::field_step_upper, nothing),
    ("ScalingAdjustment", Words::field_step_adjustment, nothing),
];

/// The policy, folded.
#[inline(never)]
pub fn fold(fields: &Fields, index: usize, id: u32, policy: &ScalingPolicy) -> El {
    let words = fields.words();
    let item = List::Policies.item(index);
    let (steps, alarm) = (
        policy.step_scaling.clone().unwrap_or_default(),
        policy.alarm.clone().unwrap_or_default(),
    );
    let threshold = threshold(fields.outcome(), index, &alarm);
    let note = [
        words::metric_name(alarm.metric_name),
        " ",
        sign(alarm.comparison),
        " ",
        &words.number(threshold, 2),
        " · ",
        &summary(words, &steps),
    ]
    .concat();
    let fold = Fold {
        key: &id.to_string(),
        colour: "--cap",
        title: AttrValue::Static(words.policy_step_scaling()),
        note: note.into(),
        open: false,
        off: false,
        paths: &[&item],
    };
    fold.around(fields, &|body| {
        inside(fields, body, index, &steps, &alarm, threshold)
    })
}

/// Adds the policy's fields.
#[inline(never)]
fn inside(
    fields: &Fields,
    body: El,
    index: usize,
    steps: &StepScaling,
    alarm: &MetricAlarm,
    threshold: f64,
) -> El {
    let words = fields.words();
    let item = List::Policies.item(index);
    let body = alarm_fields(fields, body, &item, alarm, threshold);
    let body = body
        .with(el("h4").tells(words.steps_title()))
        .with(staircase::view(words, steps, alarm, threshold));
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
    let body = fields.field(
        body,
        at(&item, "AdjustmentType"),
        Words::field_adjustment_type,
        types,
    );
    let mut rows = of("div", "steps");
    for step in 0..steps.steps.len() {
        rows = rows.with(row(fields, &item, index, step, steps.steps.len()));
    }
    let width = width(threshold);
    let add = Action::AddStep {
        policy: index,
        width,
    };
    let add = button(
        "add",
        AttrValue::Static(words.add_step()),
        add.on_click(&fields.shown.on),
    );
    let body = body.with(rows).with(of("p", "adds").with(add));
    let is_percent = steps.adjustment_type == AdjustmentType::PercentChangeInCapacity;
    let body = if is_percent || steps.min_adjustment_magnitude.is_some() {
        let automatic = AttrValue::Static("1");
        fields.optional(
            body,
            at(&item, "MinAdjustmentMagnitude"),
            Words::field_min_magnitude,
            Words::field_min_magnitude_about,
            automatic,
        )
    } else {
        body
    };
    let cooldown = (
        "Cooldown",
        Words::field_cooldown as Say,
        Words::field_cooldown_about as Say,
    );
    let body = fields.leaves(body, &item, &[cooldown]);
    fields
        .wide(body, at(&item, "PolicyName"), Words::field_policy_name)
        .with(moves(fields, List::Policies, index))
}

#[inline(never)]
fn alarm_fields(fields: &Fields, body: El, item: &str, alarm: &MetricAlarm, threshold: f64) -> El {
    let words = fields.words();
    let same = |names: &[&'static str]| names.iter().map(|name| (*name, *name)).collect();
    let body = body.with(el("h4").tells(words.alarm_title()));
    let body = metric_choice(fields, body, item, alarm.metric_name);
    let body = cost_field(fields, body, alarm.metric_name);
    let comparison = More {
        choices: vec![
            ("GreaterThanOrEqualToThreshold", "≥"),
            ("GreaterThanThreshold", ">"),
            ("LessThanThreshold", "<"),
            ("LessThanOrEqualToThreshold", "≤"),
        ],
        ..More::default()
    };
    let missing = More {
        about: Words::field_treat_missing_data_about,
        choices: same(&["missing", "ignore", "breaching", "notBreaching"]),
        ..More::default()
    };
    let statistics: &[&'static str] = match alarm.metric_name {
        MetricName::InvocationsPerInstance => &["Sum"],
        _ => &["Average", "Minimum", "Maximum"],
    };
    let statistic = More {
        choices: [("", alarm.metric_name.statistic())]
            .map(|(value, statistic)| (value, Some(statistic).name()))
            .into_iter()
            .chain(same(statistics))
            .collect(),
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

/// The choice of a metric, of those that the platform has; and of one that it has not where that is chosen.
#[inline(never)]
pub fn metric_choice(fields: &Fields, body: El, item: &str, chosen: MetricName) -> El {
    let platform = fields.scenario().platform;
    let published = METRICS
        .into_iter()
        .filter(|metric| metric.is_published_by(platform) || *metric == chosen);
    let names = published.map(words::metric_name);
    let more = More {
        about: match platform {
            Platform::SagemakerAsynchronous => Words::field_metric_backlog_about,
            _ => Words::field_metric_about,
        },
        choices: names.map(|name| (name, name)).collect(),
        wide: true,
        ..More::default()
    };
    fields.field(body, at(item, "MetricName"), Words::field_metric, more)
}

/// What turns load into a metric of the machine.
#[inline(never)]
pub fn cost_field(fields: &Fields, body: El, metric: MetricName) -> El {
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
    let automatic = fields.outcome().map_or(String::new(), |outcome| {
        let ms = all_units_ms(&outcome.compiled, metric);
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

/// Milliseconds that a request costs where the load test's maximum keeps all vCPUs or GPUs busy.
fn all_units_ms(compiled: &Compiled, metric: MetricName) -> f64 {
    let instance = compiled.resolved.instance;
    let units = match metric {
        MetricName::GpuUtilization => instance.and_then(|i| i.gpu.as_ref()).map(|gpu| gpu.count),
        _ => instance.and_then(|instance| instance.vcpu),
    };
    f64::from(units.unwrap_or(0)) * 1000.0 / compiled.plan.service.max_rps
}

/// One step's bounds and adjustment, and the button that takes it out.
#[inline(never)]
fn row(fields: &Fields, item: &str, policy: usize, step: usize, count: usize) -> El {
    let words = fields.words();
    let stem = [item, ".StepAdjustments[", &step.to_string(), "]"].concat();
    let mut row = of("div", "step").key(&step.to_string());
    for (leaf, label, about) in OF_STEP {
        row = if leaf == "ScalingAdjustment" {
            fields.leaves(row, &stem, &[(leaf, label, about)])
        } else {
            let open = AttrValue::Static(words.step_open());
            fields.optional(row, at(&stem, leaf), label, about, open)
        };
    }
    let name = words.remove_step(&(step + 1).to_string());
    let remove = Action::RemoveStep { policy, step };
    let remove = button(
        "add",
        AttrValue::Static("×"),
        remove.on_click(&fields.shown.on),
    )
    .attr("aria-label", name.clone().into())
    .attr("title", name.into())
    .flag("disabled", count < 2);
    row.with(remove)
}

/// The threshold in force; a typed one even where something else is wrong.
fn threshold(outcome: Option<&Outcome>, policy: usize, alarm: &MetricAlarm) -> f64 {
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

fn sign(comparison: ComparisonOperator) -> &'static str {
    match comparison {
        ComparisonOperator::GreaterThanOrEqualToThreshold => "≥",
        ComparisonOperator::GreaterThanThreshold => ">",
        ComparisonOperator::LessThanThreshold => "<",
        ComparisonOperator::LessThanOrEqualToThreshold => "≤",
    }
}

/// The adjustments of all steps: `+1, +2`, `+10 %`, `= 8`.
fn summary(words: Words, steps: &StepScaling) -> String {
    let said = steps
        .steps
        .iter()
        .map(|step| words.adjustment(step.adjustment, steps.adjustment_type));
    said.collect::<Vec<_>>().join(", ")
}
