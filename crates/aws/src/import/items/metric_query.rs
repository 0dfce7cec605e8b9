//! What GetMetricData was asked for. An answer names its query by an Id alone: the query stands in the command, in a request's body or in
//! a file that holds nothing else, and may come after the answer. Where there is none, the answer's label may name the metric, or
//! whoever brings it does.
//!
//! Source: CloudWatch API reference, MetricDataQuery.

use std::collections::{BTreeMap, BTreeSet};

use super::metric::METRICS;
use crate::{
    account::Series,
    fields::{Fields, as_text},
    finding::{Finding, FindingKind},
    import::Gathering,
    node::{Node, Place},
    private::without_account,
    read::{session::Command, shorthand},
};

/// Most dimensions of a metric that CloudWatch has.
const MOST_DIMENSIONS: usize = 30;
/// AWS's namespaces whose metrics of the names in [`METRICS`] are meant: elsewhere `Invocations` are those of a function, say.
const NAMESPACES: [&str; 5] = [
    "AWS/SageMaker",
    "/aws/sagemaker/InferenceComponents",
    "AWS/ApplicationELB",
    "AWS/ELB",
    "AWS/AutoScaling",
];
/// Metrics of endpoints, groups and load balancers of which demand is not made. One that a label names needs no other name.
const OTHER_METRICS: [&str; 36] = [
    "ActiveConnectionCount",
    "ApproximateBacklogSize",
    "ApproximateBacklogSizePerInstance",
    "CPUUtilization",
    "ConcurrentRequestsPerCopy",
    "ConcurrentRequestsPerModel",
    "DiskUtilization",
    "FirstChunkLatency",
    "FirstChunkModelLatency",
    "FirstChunkOverheadLatency",
    "GPUMemoryUtilization",
    "GPUUtilization",
    "GroupMaxSize",
    "GroupMinSize",
    "GroupPendingInstances",
    "GroupStandbyInstances",
    "GroupTerminatingInstances",
    "GroupTotalInstances",
    "HTTPCode_ELB_5XX_Count",
    "HTTPCode_Target_2XX_Count",
    "HTTPCode_Target_4XX_Count",
    "HTTPCode_Target_5XX_Count",
    "HasBacklogWithoutCapacity",
    "Invocation4XXErrors",
    "Invocation5XXErrors",
    "InvocationModelErrors",
    "MemoryUtilization",
    "MidStreamErrors",
    "ModelLatency",
    "ModelSetupTime",
    "NetworkIn",
    "NetworkOut",
    "NewConnectionCount",
    "NoCapacityInvocationFailures",
    "OverheadLatency",
    "TargetResponseTime",
];

/// What a query asks for.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::import) enum Asked {
    /// A metric.
    Metric {
        /// Its name; with its namespace before it where the name alone would be taken for another metric.
        name: String,
        /// Its statistic.
        statistic: Option<String>,
        /// Its period, seconds.
        period_s: Option<u32>,
        /// What it is of.
        dimensions: Vec<(String, String)>,
    },
    /// Metric math, or a search.
    Math,
}

/// Queries by their Ids. `None`: two queries of that Id ask for different things.
pub(in crate::import) type Queries = BTreeMap<String, Option<Asked>>;

/// A result of GetMetricData, until it is known what it is of.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::import) struct Answer {
    /// The Id of its query.
    pub(super) id: String,
    /// Where it stands, from the document on.
    pub(super) path: String,
    /// What the command that it answers asked for by that Id.
    pub(super) asked: Option<Asked>,
    /// The datapoints, as the label names them.
    pub(super) series: Series,
}

/// Returns what a command asked for.
pub(in crate::import) fn queries_of(command: Option<&Command>) -> Queries {
    let mut queries = Queries::new();
    let words = command.map_or(&[][..], |it| it.words("metric-data-queries"));
    // AWS has looked at it before: what is odd about it needs no finding.
    let mut findings = Vec::new();
    for entry in shorthand::entries(words, Place::default()).unwrap_or_default() {
        let query = Fields::of(entry, "", &mut findings);
        add(&mut queries, query, &mut findings);
    }
    queries
}

/// Reads a query that stands in a file.
pub(in crate::import) fn metric_query(query: Fields, gathering: &mut Gathering) {
    add(&mut gathering.kept_queries, query, &mut gathering.findings);
}

fn add(queries: &mut Queries, mut query: Fields, findings: &mut Vec<Finding>) {
    let id = query.text("Id", findings);
    let stat = query.object("MetricStat", findings);
    let is_math = query.take("Expression").is_some();
    query.pass_over(&["AccountId", "Label", "Period", "ReturnData"]);
    query.finish(findings);
    let asked = match stat {
        Some(stat) => metric_stat(stat, findings),
        None => is_math.then_some(Asked::Math),
    };
    let (Some(id), Some(asked)) = (id, asked) else {
        return;
    };
    let known = queries.entry(id).or_insert_with(|| Some(asked.clone()));
    if known.as_ref() != Some(&asked) {
        *known = None;
    }
}

fn metric_stat(mut stat: Fields, findings: &mut Vec<Finding>) -> Option<Asked> {
    let statistic = stat.text("Stat", findings);
    let period_s = stat.whole("Period", findings);
    let metric = stat.object("Metric", findings);
    stat.pass_over(&["Unit"]);
    stat.finish(findings);
    let mut metric = metric?;
    let namespace = metric.text("Namespace", findings);
    let name = metric.text("MetricName", findings);
    let of = metric.list("Dimensions", findings);
    metric.finish(findings);
    let name = without_account(&name?);
    let is_other = |namespace: &String| {
        let is_aws = namespace
            .to_ascii_lowercase()
            .trim_start_matches('/')
            .starts_with("aws/");
        is_aws && !NAMESPACES.contains(&&**namespace) && METRICS.contains(&&*name)
    };
    Some(Asked::Metric {
        name: match namespace.filter(is_other) {
            Some(namespace) => format!("{namespace} {name}"),
            None => name,
        },
        statistic,
        period_s,
        dimensions: dimensions(&of),
    })
}

/// Returns what `Dimensions` say.
pub(super) fn dimensions(entries: &[Node]) -> Vec<(String, String)> {
    let pair = |entry: &Node| {
        let said = |name: &str| entry.get(name).and_then(as_text);
        Some((said("Name")?, without_account(&said("Value")?)))
    };
    let mut pairs: Vec<_> = (entries.iter().take(MOST_DIMENSIONS))
        .filter_map(pair)
        .collect();
    pairs.sort();
    pairs
}

/// Takes results in, once all that says what they are of has been read.
pub(in crate::import) fn settle(gathering: &mut Gathering) {
    let mut math = BTreeSet::new();
    let mut unnamed = Vec::new();
    for answer in std::mem::take(&mut gathering.metric_answers) {
        let Answer {
            id,
            path,
            asked,
            mut series,
        } = answer;
        let at = series.at;
        match asked.or_else(|| gathering.kept_queries.get(&id).cloned().flatten()) {
            Some(Asked::Math) => {
                if math.insert(id) {
                    gathering.note(at, &path, FindingKind::MetricMath);
                }
                continue;
            }
            Some(Asked::Metric {
                name,
                statistic,
                period_s,
                dimensions,
            }) => {
                series.metric = name;
                series.statistic = statistic;
                series.period_s = period_s;
                series.dimensions = dimensions;
            }
            None if is_named(&series.label) => {}
            None => match gathering.param(&id) {
                Some(name) => series.metric = without_account(name.trim()),
                None => {
                    let label = series.label.clone();
                    let kind = FindingKind::UnnamedMetric { id, label };
                    series.is_asked = true;
                    unnamed.push(Finding { at, path, kind });
                }
            },
        }
        gathering.account.series.push(series);
    }
    let series = &mut gathering.account.series;
    series.sort_by_key(|it| it.at);
    // Where there is demand without them, they are listed with what is not used.
    if series.iter().any(|it| METRICS.contains(&&*it.metric)) {
        series.iter_mut().for_each(|it| it.is_asked = false);
    } else {
        gathering.findings.extend(unnamed);
    }
}

/// Returns whether a label names a metric as a word.
fn is_named(label: &str) -> bool {
    let mut words = label.split(|it: char| !it.is_ascii_alphanumeric() && it != '_');
    words.any(|word| METRICS.contains(&word) || OTHER_METRICS.contains(&word))
}
