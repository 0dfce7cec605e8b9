//! Charts in words: one sentence that sums up a window, and one that reads out the cross-hair.

use chart::{Kind, Summary, cursor::Reading};
use scenario::time::Clock;
use words::{Words, scales_copies};
use yew::AttrValue;

use super::legend::rate;
use crate::outcome::Outcome;

/// A moment of the run on the scenario's clock.
pub fn moment(words: Words, clock: &Clock, at_s: f64) -> String {
    words.date_time(clock.local(at_s.round()))
}

/// A moment to the minute, for the edges of a window that a pointer chose.
pub fn minute(words: Words, clock: &Clock, at_s: f64) -> String {
    moment(words, clock, (at_s / 60.0).round() * 60.0)
}

/// A chart's name.
pub fn title(kind: Kind, words: Words, outcome: &Outcome) -> &'static str {
    match kind {
        Kind::Capacity => words.chart_capacity(),
        Kind::Instances if !outcome.compiled.platform.rules().has_instances => words.chart_units(),
        Kind::Instances if scales_copies(&outcome.compiled.plan) => words.chart_copies(),
        Kind::Instances => words.chart_instances(),
        Kind::Metric => outcome.compiled.resolved.metric.name(),
        Kind::Latency => words.chart_latency(),
        Kind::Overview => words.chart_overview(),
    }
}

/// What a chart shows, with the numbers, between the edges of a window.
pub fn summary(
    kind: Kind,
    words: Words,
    outcome: &Outcome,
    [from, to]: &[AttrValue; 2],
    numbers: &Summary,
) -> String {
    let Outcome {
        compiled, report, ..
    } = outcome;
    let count = |n: u32| words.integer(f64::from(n));
    let clock = &compiled.clock;
    let stretch = words.chart_summary_window(from, to);
    let max_rps = compiled.plan.service.max_rps;
    let (fewest, most) = numbers.in_service;
    let said = match kind {
        Kind::Capacity | Kind::Overview => words.chart_summary_capacity(
            &rate(words, numbers.demand_rps.0),
            &rate(words, numbers.demand_rps.1),
            &rate(words, f64::from(fewest) * max_rps),
            &rate(words, f64::from(most) * max_rps),
            &words.compact(numbers.failed),
        ),
        Kind::Instances if scales_copies(&compiled.plan) => copies(words, numbers),
        Kind::Instances => {
            let (low, high) = (count(fewest), count(most));
            let mean = words.number(numbers.mean_in_service, 1);
            if !compiled.platform.rules().has_instances {
                words.chart_summary_units(&low, &high, &mean)
            } else {
                words.chart_summary_instances(&low, &high, &mean)
            }
        }
        Kind::Metric => {
            let name = title(kind, words, outcome);
            let Some((low, high)) = numbers.metric else {
                return [stretch, words.chart_summary_metric_none(name)].join(" ");
            };
            let (low, high) = (words.metric(low), words.metric(high));
            match compiled.plan.target_tracking.first() {
                Some(policy) => words.chart_summary_metric(
                    name,
                    &low,
                    &high,
                    &words.threshold(policy.target),
                    &words.duration(numbers.above_target_s),
                ),
                None => words.chart_summary_metric_alone(name, &low, &high),
            }
        }
        Kind::Latency => {
            let worst = report.worst_minute;
            // Percentiles of the whole run: those of a part cannot be had from its minutes.
            return words.chart_summary_latency(
                &words.latency(report.p50_ms),
                &words.latency(report.p95_ms),
                &words.latency(report.p99_ms),
                &words.latency(worst.p95_ms),
                &moment(words, clock, worst.at_s),
            );
        }
    };
    let said = [stretch, said].join(" ");
    if kind == Kind::Metric && !outcome.run.series.credits.is_empty() {
        return with_credits(words, outcome, numbers, said);
    }
    said
}

/// CPU credits of a window beside its metric, and when they were used up.
#[inline(never)]
fn with_credits(words: Words, outcome: &Outcome, numbers: &Summary, said: String) -> String {
    let (low, high) = numbers.credits;
    let (low, high) = (words.number(low, 1), words.number(high, 1));
    let used_up = outcome.report.credits.and_then(|credits| credits.used_up_s);
    let credits = words.chart_summary_credits(&low, &high);
    match used_up {
        None => [said, credits].join(" "),
        Some(at_s) => {
            let moment = moment(words, &outcome.compiled.clock, at_s);
            let since = words.chart_summary_used_up(&moment);
            [said, credits, since].join(" ")
        }
    }
}

/// What is read of copies, and the instances under them.
#[inline(never)]
fn with_instances(words: Words, reading: &Reading, said: String) -> String {
    let Some(instances) = reading.instances else {
        return said;
    };
    let count = words.integer(f64::from(instances));
    [&*said, ", ", words.legend_instances(), " ", &count].concat()
}

/// Copies of a window, and the instances under them.
#[inline(never)]
fn copies(words: Words, numbers: &Summary) -> String {
    let count = |n: u32| words.integer(f64::from(n));
    words.chart_summary_copies(
        &count(numbers.in_service.0),
        &count(numbers.in_service.1),
        &words.number(numbers.mean_in_service, 1),
        &count(numbers.instances.0),
        &count(numbers.instances.1),
    )
}

/// What stands under the cross-hair, for the chart that has the focus.
pub fn reading(
    kind: Kind,
    words: Words,
    clock: &Clock,
    at_s: f64,
    max_rps: f64,
    reading: &Reading,
) -> String {
    let count = |n: u32| words.integer(f64::from(n));
    let time = moment(words, clock, at_s);
    match kind {
        Kind::Capacity | Kind::Overview => format!(
            "{time}: {} {}, {} {}, {} {}, {} {}",
            words.legend_demand(),
            rate(words, reading.demand_rps),
            words.legend_in_service(),
            rate(words, f64::from(reading.in_service) * max_rps),
            words.legend_pending(),
            rate(words, f64::from(reading.pending) * max_rps),
            words.legend_failing(),
            rate(words, reading.failed_rps),
        ),
        Kind::Instances => with_instances(
            words,
            reading,
            format!(
                "{time}: {} {}, {} {}, {} {}",
                words.legend_desired(),
                count(reading.desired),
                words.legend_in_service(),
                count(reading.in_service),
                words.legend_pending(),
                count(reading.pending),
            ),
        ),
        Kind::Metric => {
            let said = format!("{time}: {}", words.metric(reading.metric));
            match reading.credits {
                None => said,
                Some(credits) => {
                    let credits = words.number(credits, 1);
                    [&*said, ", ", words.table_credits(), " ", &credits].concat()
                }
            }
        }
        Kind::Latency => format!(
            "{time}: p50 {}, p95 {}, p99 {}",
            words.latency(reading.p50_ms),
            words.latency(reading.p95_ms),
            words.latency(reading.p99_ms),
        ),
    }
}
