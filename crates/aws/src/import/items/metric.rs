//! CloudWatch's metrics over time: what GetMetricData and GetMetricStatistics answer. What their commands asked for says what they are
//! of, and otherwise their labels.

use super::metric_query::{Answer, dimensions};
use crate::{
    account::{Datapoint, Series},
    fields::{Fields, as_moment, as_number},
    finding::{Expected, FindingKind},
    import::Gathering,
    node::{Node, Value},
    private::without_account,
    read::shorthand,
};

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
    let id = fields.text("Id", findings).unwrap_or_default();
    let label = fields.text("Label", findings);
    let label = label.unwrap_or_else(|| id.clone());
    let times = fields.list("Timestamps", findings);
    let values = fields.list("Values", findings);
    let path = fields.own_path().to_owned();
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
    let series = Series {
        metric: metric_in(&label).unwrap_or_else(|| without_account(&label)),
        is_asked: false,
        statistic: statistic_in(&label),
        period_s: None,
        dimensions: Vec::new(),
        label: without_account(&label),
        datapoints,
        at,
    };
    gathering.metric_answers.push(Answer {
        asked: gathering.queries.get(&id).cloned().flatten(),
        path,
        id,
        series,
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
    let command = gathering.command.as_ref();
    let option = |name: &str| command.and_then(|it| it.option(name));
    let metric = option("metric-name").map(without_account);
    let metric = metric.or_else(|| metric_in(&label));
    let metric = metric.unwrap_or_else(|| without_account(&label));
    let period_s = option("period").and_then(|it| it.trim().parse().ok());
    let dimensions = command.map_or_else(Vec::new, |it| {
        dimensions(&shorthand::entries(it.words("dimensions"), at).unwrap_or_default())
    });
    if series.is_empty() {
        series.push((String::new(), Vec::new()));
    }
    for (statistic, datapoints) in series {
        gathering.account.series.push(Series {
            metric: metric.clone(),
            is_asked: false,
            label: without_account(&label),
            statistic: Some(statistic).filter(|it| !it.is_empty()),
            period_s,
            dimensions: dimensions.clone(),
            datapoints,
            at,
        });
    }
}

/// Returns the statistic that a label names as a word.
fn statistic_in(label: &str) -> Option<String> {
    let mut words = label.split(|it: char| !it.is_ascii_alphanumeric());
    words
        .find(|word| STATISTICS.contains(word))
        .map(str::to_owned)
}

/// Returns the metric that a label names as a word, of those that are made use of.
fn metric_in(label: &str) -> Option<String> {
    let mut words = label.split(|it: char| !it.is_ascii_alphanumeric());
    words.find(|word| METRICS.contains(word)).map(str::to_owned)
}

impl Gathering {
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
