//! CloudWatch's metrics over time, and the history of its alarms.

use serde_json::Value as Json;

use crate::{
    account::{AlarmChange, Datapoint, Series},
    fields::{Fields, as_moment, as_number, moment_of_text},
    finding::{Expected, FindingKind},
    import::Gathering,
    node::{Node, Value},
    private::without_account,
};

/// Most bytes of what a history says of a change.
const MOST_HISTORY_DATA: usize = 100_000;
/// Most statistics of a datapoint that are kept: AWS gives five, and ten percentiles.
const MOST_STATISTICS: usize = 20;
/// Statistics, as datapoints name them.
const STATISTICS: [&str; 5] = ["Sum", "Average", "Minimum", "Maximum", "SampleCount"];
/// Metrics that are looked for in a label: what demand and instance counts are made of.
pub(crate) const METRICS: [&str; 8] = [
    "Invocations",
    "RequestCount",
    "InvocationsPerInstance",
    "InvocationsPerCopy",
    "RequestCountPerTarget",
    "GroupInServiceInstances",
    "GroupDesiredCapacity",
    "HealthyHostCount",
];

/// Reads one of GetMetricData's results.
pub(in crate::import) fn metric_data(mut fields: Fields, gathering: &mut Gathering) {
    let at = fields.at;
    let findings = &mut gathering.findings;
    let id = fields.text("Id", findings);
    let label = fields.text("Label", findings).or(id).unwrap_or_default();
    let times = fields.list("Timestamps", findings);
    let values = fields.list("Values", findings);
    let (times_path, values_path) = (fields.path("Timestamps"), fields.path("Values"));
    match fields.text("StatusCode", findings).as_deref() {
        None | Some("Complete") => {}
        Some("PartialData") => {
            let operation = "cloudwatch get-metric-data".to_owned();
            gathering.note(
                at,
                &fields.path("StatusCode"),
                FindingKind::MorePages { operation },
            );
        }
        Some(code) => {
            let kind = FindingKind::AwsError {
                code: code.to_owned(),
                operation: "GetMetricData".to_owned(),
                command: String::new(),
            };
            gathering.note(at, &fields.path("StatusCode"), kind);
        }
    }
    fields.finish(&mut gathering.findings);
    if times.len() != values.len() {
        gathering.note(at, &values_path, FindingKind::Truncated);
    }
    let mut datapoints = Vec::with_capacity(values.len());
    let mut is_told = false;
    for (time, value) in times.iter().zip(&values) {
        match (as_moment(time), as_number(value)) {
            (Some(at_s), Some(value)) => datapoints.push(Datapoint { at_s, value }),
            // One of a list stands for all that are so.
            _ if is_told => {}
            (None, _) => {
                is_told = true;
                gathering.wrong(time, &times_path, Expected::Moment);
            }
            (_, None) => {
                is_told = true;
                gathering.wrong(value, &values_path, Expected::Number);
            }
        }
    }
    let metric = gathering.metric_of(&label);
    gathering.account.series.push(Series {
        metric,
        statistic: statistic_in(&label),
        label: without_account(&label),
        datapoints,
        at,
    });
}

/// Reads what GetMetricStatistics answers: a series for each statistic.
pub(in crate::import) fn metric_statistics(mut fields: Fields, gathering: &mut Gathering) {
    let at = fields.at;
    let label = fields.text("Label", &mut gathering.findings);
    let label = label.unwrap_or_default();
    let mut series: Vec<(String, Vec<Datapoint>)> = Vec::new();
    for mut datapoint in fields.objects("Datapoints", &mut gathering.findings) {
        let findings = &mut gathering.findings;
        let Some(at_s) = datapoint.moment("Timestamp", findings) else {
            datapoint.missing("Timestamp", findings);
            continue;
        };
        // It says again what the metric's unit is.
        datapoint.pass_over(&["Unit"]);
        let mut values: Vec<(String, f64)> = Vec::new();
        for name in STATISTICS {
            let value = datapoint.number(name, findings);
            values.extend(value.map(|value| (name.to_owned(), value)));
        }
        let percentiles = datapoint.take("ExtendedStatistics");
        let path = datapoint.path("ExtendedStatistics");
        datapoint.finish(findings);
        for member in percentiles.iter().flat_map(Node::members) {
            match as_number(&member.node) {
                Some(value) => values.push((member.name.clone(), value)),
                None => {
                    let path = format!("{path}.{}", member.name);
                    gathering.wrong(&member.node, &path, Expected::Number);
                }
            }
        }
        for (name, value) in values {
            let point = Datapoint { at_s, value };
            let has_room = series.len() < MOST_STATISTICS;
            let of_it = series.iter().position(|(statistic, _)| *statistic == name);
            match of_it.and_then(|index| series.get_mut(index)) {
                Some((_, points)) => points.push(point),
                None if has_room => series.push((name, vec![point])),
                None => {}
            }
        }
    }
    fields.finish(&mut gathering.findings);
    let metric = gathering.metric_of(&label);
    if series.is_empty() {
        series.push((String::new(), Vec::new()));
    }
    for (statistic, datapoints) in series {
        gathering.account.series.push(Series {
            metric: metric.clone(),
            label: without_account(&label),
            statistic: Some(statistic).filter(|it| !it.is_empty()),
            datapoints,
            at,
        });
    }
}

/// Reads an item of DescribeAlarmHistory; of others than changes of state nothing is used, which is noted.
pub(in crate::import) fn alarm_history(mut fields: Fields, gathering: &mut Gathering) {
    let at = fields.at;
    let findings = &mut gathering.findings;
    let kind = fields.text("HistoryItemType", findings);
    if kind.is_some_and(|kind| kind != "StateUpdate") {
        gathering.note(at, fields.own_path(), FindingKind::NotUsed);
        return;
    }
    let alarm = fields.text("AlarmName", findings).unwrap_or_default();
    let at_s = fields.moment("Timestamp", findings);
    let summary = fields.text("HistorySummary", findings);
    let data = fields.take("HistoryData");
    fields.pass_over(&["AlarmType"]);
    let (missing, data_path) = (fields.path("Timestamp"), fields.path("HistoryData"));
    fields.finish(findings);
    let Some(at_s) = at_s else {
        gathering.note(at, &missing, FindingKind::Missing);
        return;
    };
    let text = data.as_ref().and_then(Node::as_text).unwrap_or_default();
    let parsed = (text.len() <= MOST_HISTORY_DATA)
        .then(|| serde_json::from_str::<Json>(text).ok())
        .flatten();
    let new = parsed.as_ref().and_then(|data| data.get("newState"));
    let reason = new.and_then(|new| new.get("stateReasonData"));
    // `Alarm updated from OK to ALARM`
    let from_summary = || summary.as_ref().and_then(|it| it.rsplit(' ').next());
    let state = new
        .and_then(|new| new.get("stateValue"))
        .and_then(Json::as_str);
    let state = state.or_else(from_summary).unwrap_or_default();
    let number = |name: &str| {
        reason
            .and_then(|reason| reason.get(name))
            .and_then(Json::as_f64)
    };
    let moment = |name: &str| {
        let text = reason
            .and_then(|reason| reason.get(name))
            .and_then(Json::as_str)?;
        moment_of_text(text)
    };
    let period_s = number("period").filter(|it| (1.0..=86_400.0).contains(it));
    let datapoints = reason
        .and_then(|reason| reason.get("recentDatapoints"))
        .and_then(Json::as_array)
        .map_or(0, Vec::len);
    let newest_datapoint_s = moment("startDate")
        .zip(period_s)
        .map(|(start, period)| start + (datapoints.max(1) - 1) as f64 * period);
    gathering.account.alarm_history.push(AlarmChange {
        alarm: without_account(&alarm),
        at_s,
        state: without_account(state),
        newest_datapoint_s,
        period_s: period_s.map(|it| it as u32),
        at,
    });
    if new.is_none() && data.is_some() {
        gathering.note(at, &data_path, FindingKind::NotUsed);
    }
}

/// Returns the statistic that a label names as a word.
fn statistic_in(label: &str) -> Option<String> {
    let mut words = label.split(|it: char| !it.is_ascii_alphanumeric());
    words
        .find(|word| STATISTICS.contains(word))
        .map(str::to_owned)
}

impl Gathering {
    /// Returns the metric that a command or else a label names; where neither does, the label.
    fn metric_of(&self, label: &str) -> String {
        let command = self.command.as_ref();
        if let Some(name) = command.and_then(|command| command.option("metric-name")) {
            return without_account(name);
        }
        let mut words = label.split(|it: char| !it.is_ascii_alphanumeric());
        let known = words.find(|word| METRICS.contains(word));
        known.map_or_else(|| without_account(label), str::to_owned)
    }

    /// Notes that something else stands somewhere than can.
    fn wrong(&mut self, node: &Node, path: &str, expected: Expected) {
        let found = crate::fields::quoted(node);
        let kind = match &node.value {
            Value::Open { expression, lacks } => FindingKind::Open {
                expression: expression.clone(),
                lacks: lacks.clone(),
            },
            _ => FindingKind::Wrong { found, expected },
        };
        self.note(node.at, path, kind);
    }
}
