//! Metrics as demand: counts of requests become a layer of recorded traffic. What an instance has had is multiplied by the number of
//! instances, where that is known; otherwise it says nothing of demand, and is told.

use std::collections::BTreeMap;

use scenario::{
    document::Scenario,
    time::Zone,
    trace::{TraceProblem, of_points, with_trace},
};

use super::reading::Reading;
use crate::{
    account::{Activity, Datapoint, Series, Subject},
    finding::FindingKind,
    private::without_account,
};

/// Seconds from the first datapoint to the last: CloudWatch keeps 455 days, and what is far longer has a wrong time in it.
const LONGEST_S: u64 = 500 * 86_400;
/// Counts of all requests.
const TOTALS: [&str; 2] = ["Invocations", "RequestCount"];
/// Counts of an instance's, target's or copy's requests.
const PER_INSTANCE: [&str; 3] = [
    "InvocationsPerInstance",
    "RequestCountPerTarget",
    "InvocationsPerCopy",
];
/// How many instances there are.
const INSTANCES: [&str; 3] = [
    "GroupInServiceInstances",
    "HealthyHostCount",
    "GroupDesiredCapacity",
];

/// The series of one metric: several answers of the same label, of the same thing and by the same period are one.
struct Metric<'a> {
    series: Vec<&'a Series>,
}

impl<'a> Metric<'a> {
    fn first(&self) -> Option<&'a Series> {
        self.series.first().copied()
    }

    fn name(&self) -> &'a str {
        self.first().map_or("", |it| &it.metric)
    }

    fn is_one_of(&self, names: &[&str], statistics: &[&str]) -> bool {
        let statistic = self.first().and_then(|it| it.statistic.as_deref());
        names.contains(&self.name()) && statistic.is_none_or(|it| statistics.contains(&it))
    }

    fn points(&self) -> impl Iterator<Item = Datapoint> + use<'_, 'a> {
        self.series
            .iter()
            .flat_map(|it| it.datapoints.iter().copied())
    }
}

impl<'a> Reading<'a> {
    /// Puts the demand that metrics tell in place of the scenario's.
    pub(super) fn demand(&mut self, scenario: &mut Scenario) {
        let metrics = self.metrics();
        let is_own = |it: &&Metric<'_>| self.is_of_subject(it);
        let chosen = |names: &[&str], statistics: &[&str]| {
            let fits = |it: &usize| {
                metrics
                    .get(*it)
                    .is_some_and(|it| it.is_one_of(names, statistics))
            };
            let all: Vec<usize> = (0..metrics.len()).filter(fits).collect();
            let own = all
                .iter()
                .find(|it| metrics.get(**it).as_ref().is_some_and(is_own));
            own.or(all.first()).copied()
        };
        let total = chosen(&TOTALS, &["Sum", "SampleCount"]);
        let each = chosen(&PER_INSTANCE, &["Sum"]);
        let counts = chosen(&INSTANCES, &["Average", "Minimum", "Maximum"]);
        let mut used = Vec::new();
        let metric = |index: Option<usize>| index.and_then(|index| metrics.get(index));
        let is_filled =
            |index: &usize| metric(Some(*index)).is_some_and(|it| it.points().next().is_some());
        if let Some(index) = total.filter(is_filled)
            && let Some(metric) = metric(Some(index))
        {
            used.push(index);
            let points: Vec<_> = metric.points().map(point).collect();
            self.put(metric, &points, scenario);
        } else if let Some(index) = each.filter(is_filled)
            && let Some(each) = metric(Some(index))
        {
            used.push(index);
            used.extend(counts);
            let known = match metric(counts) {
                Some(counts) => counts.points().map(|it| (it.at_s, it.value)).collect(),
                None => self.desired_over_time(),
            };
            match multiplied(each, known) {
                Some(points) => self.put(each, &points, scenario),
                None => {
                    let metric = each.name().to_owned();
                    if let Some(first) = each.first() {
                        self.note(first.at, FindingKind::PerInstanceOnly { metric });
                    }
                }
            }
        }
        let unused = metrics
            .iter()
            .enumerate()
            .filter(|(index, _)| !used.contains(index));
        for (_, metric) in unused {
            if let Some(first) = metric.first()
                && !first.is_asked
            {
                let metric = said(first);
                self.note(first.at, FindingKind::MetricNotUsed { metric });
            }
        }
    }

    /// Returns the metrics in the order in which they are met.
    fn metrics(&self) -> Vec<Metric<'a>> {
        let mut metrics: Vec<Metric<'a>> = Vec::new();
        let mut known = BTreeMap::new();
        for series in &self.account.series {
            let head = (
                (&series.metric, &series.label, &series.statistic),
                (series.period_s, &series.dimensions),
            );
            let index = *known.entry(head).or_insert(metrics.len());
            match metrics.get_mut(index) {
                Some(metric) => metric.series.push(series),
                None => metrics.push(Metric {
                    series: vec![series],
                }),
            }
        }
        metrics
    }

    /// Whether a metric's dimensions, or else its label, name what scales.
    fn is_of_subject(&self, metric: &Metric<'_>) -> bool {
        let Some(series) = metric.first() else {
            return false;
        };
        let names = self.names();
        let named = |dimension: &str| names.iter().find(|(it, _)| *it == dimension);
        let known = series.dimensions.iter();
        let known = known.filter_map(|(name, value)| Some(named(name)?.1 == *value));
        known.reduce(|all, is| all && is).unwrap_or_else(|| {
            let name = names.first().map(|(_, name)| name);
            name.is_some_and(|it| !it.is_empty() && series.label.contains(&**it))
        })
    }

    /// Returns what scales as dimensions name it, without account numbers, as those are.
    fn names(&self) -> Vec<(&'static str, String)> {
        let name = |name: &str| without_account(name);
        match self.subject {
            Some(Subject::Group { name: group }) => vec![("AutoScalingGroupName", name(group))],
            Some(Subject::Target { resource_id, .. }) => {
                match &*resource_id.split('/').collect::<Vec<_>>() {
                    ["endpoint", endpoint, "variant", variant] => vec![
                        ("EndpointName", name(endpoint)),
                        ("VariantName", name(variant)),
                    ],
                    ["inference-component", component] => {
                        vec![("InferenceComponentName", name(component))]
                    }
                    _ => Vec::new(),
                }
            }
            None => Vec::new(),
        }
    }

    /// Makes demand of the requests at moments.
    fn put(&mut self, metric: &Metric<'_>, points: &[(i64, f64)], scenario: &mut Scenario) {
        let Some(first) = metric.first() else {
            return;
        };
        let zone = Zone::find(&scenario.time_zone).unwrap_or_else(Zone::utc);
        let name = metric.name().to_owned();
        let times = || points.iter().map(|(at, _)| *at);
        let span_s = times().max().unwrap_or_default() - times().min().unwrap_or_default();
        let made = match u64::try_from(span_s) {
            Ok(span_s) if span_s > LONGEST_S => {
                Err(TraceProblem::SpanTooLong { steps: span_s / 60 })
            }
            _ => of_points(points, first.period_s, &zone),
        };
        match made {
            Err(problem) => self.note(
                first.at,
                FindingKind::NoDemand {
                    metric: name,
                    problem,
                },
            ),
            Ok(summary) => {
                let kind = FindingKind::DemandOf {
                    metric: name.clone(),
                    period_s: summary.made.trace.step_s(),
                    datapoints: points.len(),
                    missing: usize::try_from(summary.missing).unwrap_or(usize::MAX),
                    unusable: usize::try_from(summary.unusable).unwrap_or(usize::MAX),
                    is_unordered: summary.is_unordered,
                };
                self.note(first.at, kind);
                *scenario = with_trace(scenario, summary.made.trace, name, true, true);
            }
        }
    }

    /// Returns from when on how many instances were wanted, as activities tell.
    fn desired_over_time(&self) -> Vec<(f64, f64)> {
        let own = self.account.activities.iter().filter(|it| {
            let is_own = it.subject.is_none() || it.subject.as_ref() == self.subject;
            is_own && it.status == "Successful"
        });
        let mut own: Vec<&Activity> = own.collect();
        own.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
        let mut known = Vec::new();
        // Before the first change there were as many as it began with, where it says so.
        if let Some(before) = own.first().and_then(|it| it.before) {
            known.push((0.0, f64::from(before)));
        }
        for activity in own {
            if let Some(desired) = activity.desired {
                let from_s = activity.end_s.unwrap_or(activity.start_s);
                known.push((from_s, f64::from(desired)));
            }
        }
        known
    }
}

/// Returns what a series is called: its metric, its label where that says something else, its statistic.
fn said(series: &Series) -> String {
    let (metric, label) = (&*series.metric, &*series.label);
    let mut said = match label.contains(metric) {
        true => label.to_owned(),
        false if label.is_empty() => metric.to_owned(),
        false => format!("{metric} ({label})"),
    };
    if let Some(statistic) = &series.statistic
        && !said.contains(&**statistic)
    {
        said.push(' ');
        said.push_str(statistic);
    }
    said
}

/// Returns the requests of all instances. Where their number is not known yet, there is no point; `None`: it never is.
fn multiplied(metric: &Metric<'_>, mut known: Vec<(f64, f64)>) -> Option<Vec<(i64, f64)>> {
    known.retain(|(at, count)| at.is_finite() && *count >= 0.0);
    known.sort_by(|a, b| a.0.total_cmp(&b.0));
    let count_at = |at_s: f64| {
        let next = known.partition_point(|(from, _)| *from <= at_s);
        let before = next.checked_sub(1).and_then(|index| known.get(index));
        before.map(|(_, count)| *count)
    };
    let points = metric.points().filter_map(|it| {
        let count = count_at(it.at_s)?;
        Some(point(Datapoint {
            value: it.value * count,
            ..it
        }))
    });
    let points: Vec<(i64, f64)> = points.collect();
    (!points.is_empty()).then_some(points)
}

/// Returns a datapoint with its moment in whole seconds; less than no requests there are not.
fn point(datapoint: Datapoint) -> (i64, f64) {
    (datapoint.at_s.floor() as i64, datapoint.value.max(0.0))
}
