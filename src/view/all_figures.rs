//! Every figure of the report, a fold below the six: percentiles, elasticity measures with what they mean, baselines.

use engine::report::{Baseline, OnDemand};
use words::{Words, paid_instances, scales_copies};
use yew::prelude::*;

use super::figures::instances;
use crate::outcome::Outcome;

/// A name, a value, and a sentence about it that may be empty.
type Line = (&'static str, String, &'static str);

/// Returns a count, and the share of all requests that it is.
fn share(words: Words, count: f64, requests: f64) -> String {
    let share = count / requests.max(f64::MIN_POSITIVE);
    words.figure_share(&words.compact(count), &words.percent(share, 3))
}

fn requests(outcome: &Outcome, words: Words) -> Vec<Line> {
    let report = &outcome.report;
    let share = |count: f64| share(words, count, report.requests);
    let latency = |latency_ms: f64| words.served_after(report, latency_ms);
    let worst = report.worst_minute;
    let worst_at = words.date_time(outcome.compiled.clock.local(worst.at_s.round()));
    vec![
        (words.key_requests(), words.compact(report.requests), ""),
        (
            words.key_failed(),
            share(report.failed),
            match report.on_demand {
                None => words.about_failed(),
                Some(_) => words.about_throttled(),
            },
        ),
        (words.key_late(), share(report.late), words.about_late()),
        (
            words.key_peak_demand(),
            words.value_rps(&words.significant(report.peak_demand_rps)),
            "",
        ),
        (words.key_mean_latency(), latency(report.mean_ms), ""),
        (words.key_p50(), latency(report.p50_ms), ""),
        (words.key_p95(), latency(report.p95_ms), ""),
        (words.key_p99(), latency(report.p99_ms), ""),
        (
            words.key_worst_minute(),
            words.figure_worst_minute(&latency(worst.p95_ms), &worst_at),
            "",
        ),
    ]
}

fn fleet(outcome: &Outcome, words: Words) -> Vec<Line> {
    let report = &outcome.report;
    let mean = words.number(report.mean_instances, 2);
    let count = if report.fewest_instances == report.most_instances {
        instances(words, report.fewest_instances, report.most_instances)
    } else {
        let (low, high) = (
            f64::from(report.fewest_instances),
            f64::from(report.most_instances),
        );
        words.figure_instances_range(&words.integer(low), &words.integer(high), &mean)
    };
    let used = words.percent(report.utilisation, 1);
    if let Some(served) = &report.on_demand {
        return units(served, report.requests, count, used, words);
    }
    if scales_copies(&outcome.compiled.plan) {
        return copies(outcome, words, count);
    }
    let mut lines = vec![
        (words.key_instances(), count, ""),
        (words.key_utilisation(), used, words.about_utilisation()),
    ];
    if report.credits.is_some() {
        let credits = words.credit_figures(report.credits.as_ref(), &outcome.compiled);
        let mut about = words.about_credits();
        for (name, value) in credits {
            lines.push((name, value, std::mem::take(&mut about)));
        }
    }
    lines
}

/// Returns the figures of provisioned concurrency, and who served.
fn units(served: &OnDemand, requests: f64, count: String, used: String, words: Words) -> Vec<Line> {
    let share = |count: f64| share(words, count, requests);
    vec![
        (words.key_units(), count, words.about_provisioned()),
        (
            words.key_utilisation(),
            used,
            words.about_utilisation_units(),
        ),
        (words.key_on_demand(), share(served.on_demand), ""),
        (
            words.key_cold_starts(),
            share(served.cold_starts),
            words.about_cold_start(),
        ),
        (
            words.key_usd_provisioned(),
            words.usd(served.provisioned_usd),
            "",
        ),
        (words.key_usd_requests(), words.usd(served.requests_usd), ""),
    ]
}

/// Returns the figures of copies, and of the instances under them.
fn copies(outcome: &Outcome, words: Words, count: String) -> Vec<Line> {
    let (low, high, mean) = paid_instances(&outcome.run.series).unwrap_or_default();
    let (low, high) = (f64::from(low), f64::from(high));
    let mean = words.number(mean, 2);
    let paid = words.figure_instances_range(&words.integer(low), &words.integer(high), &mean);
    vec![
        (words.key_copies(), count, ""),
        (words.key_paid_instances(), paid, ""),
        (
            words.key_utilisation(),
            words.percent(outcome.report.utilisation, 1),
            words.about_utilisation(),
        ),
    ]
}

fn elasticity(outcome: &Outcome, words: Words) -> Vec<Line> {
    let measured = &outcome.report.elasticity;
    let percent = |pct: f64| words.percent(pct / 100.0, 1);
    vec![
        (
            words.elasticity_under_accuracy(),
            percent(measured.under_accuracy_pct),
            words.elasticity_under_accuracy_about(),
        ),
        (
            words.elasticity_over_accuracy(),
            percent(measured.over_accuracy_pct),
            words.elasticity_over_accuracy_about(),
        ),
        (
            words.elasticity_under_time(),
            percent(measured.under_time_pct),
            words.elasticity_under_time_about(),
        ),
        (
            words.elasticity_over_time(),
            percent(measured.over_time_pct),
            words.elasticity_over_time_about(),
        ),
        (
            words.elasticity_instability(),
            percent(measured.instability_pct),
            words.elasticity_instability_about(),
        ),
    ]
}

fn cost(outcome: &Outcome, words: Words) -> Vec<Line> {
    let report = &outcome.report;
    let baseline = |baseline: &Baseline| {
        words.figure_baseline(
            &words.usd(baseline.usd_per_month),
            &words.integer(f64::from(baseline.instances)),
            &words.number(baseline.mean_instances, 2),
        )
    };
    let per_million = report
        .usd_per_million
        .map_or_else(|| "–".to_owned(), |usd| words.usd(usd));
    vec![
        (words.key_cost_of_run(), words.usd(report.cost_usd), ""),
        (
            words.key_cost_per_month(),
            words.usd(report.usd_per_month),
            "",
        ),
        (words.key_per_million(), per_million, ""),
        (
            words.key_fixed_fleet(),
            baseline(&report.fixed_fleet),
            match report.on_demand {
                None => words.about_fixed_fleet(),
                Some(_) => words.about_fixed_units(),
            },
        ),
        (
            words.key_foresight(),
            baseline(&report.foresight),
            match report.on_demand {
                None => words.about_foresight(),
                Some(_) => words.about_foresight_units(),
            },
        ),
    ]
}

fn group(title: &'static str, about: &'static str, lines: Vec<Line>) -> Html {
    html! {
        <section>
            <h3>{ title }</h3>
            <dl>
                for (name, value, about) in lines {
                    <div>
                        <dt>{ name }</dt>
                        <dd>{ value }</dd>
                        <dd class="tells" hidden={about.is_empty()}>{ about }</dd>
                    </div>
                }
            </dl>
            <p class="tells">{ about }</p>
        </section>
    }
}

fn fleet_title(outcome: &Outcome, words: Words) -> &'static str {
    if outcome.report.on_demand.is_some() {
        words.figures_units()
    } else if scales_copies(&outcome.compiled.plan) {
        words.figures_copies()
    } else {
        words.figures_instances()
    }
}

/// Returns every figure, in four groups. What provisioned concurrency cannot take is served all the same: it need not follow
/// demand, and there is no group on how well it does.
pub fn all_figures(outcome: &Outcome, words: Words) -> Html {
    html! {
        <>
            { group(words.figures_requests(), "", requests(outcome, words)) }
            { group(words.figures_cost(), "", cost(outcome, words)) }
            { group(fleet_title(outcome, words), "", fleet(outcome, words)) }
            if outcome.report.on_demand.is_none() {
                { group(words.elasticity_title(), words.elasticity_source(), elasticity(outcome, words)) }
            }
        </>
    }
}
