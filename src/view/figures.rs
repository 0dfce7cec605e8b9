//! The six key figures.

use engine::report::{OnDemand, Report, Standing};
use words::{Words, scales_copies};
use yew::prelude::*;

use crate::outcome::Outcome;

/// One figure: its name, its value, what belongs beside the value, what stands under it, and its colours.
struct Figure {
    name: &'static str,
    value: String,
    beside: &'static str,
    note: String,
    value_class: &'static str,
    note_class: &'static str,
}

/// Returns the class of an availability, by whether the objective holds; of none where no request came.
pub fn availability_class(report: &Report) -> &'static str {
    match report.standing {
        _ if report.is_idle() => "",
        Standing::Holds => "ok",
        Standing::WithinObjective => "",
        Standing::Short => "bad",
    }
}

/// Returns the fewest and the most instances in service, as one figure.
pub fn instances(words: Words, fewest: u32, most: u32) -> String {
    let count = |n: u32| words.integer(f64::from(n));
    if fewest == most {
        count(most)
    } else {
        words.value_range(&count(fewest), &count(most))
    }
}

/// Returns a figure without colours, and with nothing beside its value.
fn plain(name: &'static str, value: String, note: String) -> Figure {
    Figure {
        name,
        value,
        beside: "",
        note,
        value_class: "",
        note_class: "note",
    }
}

fn figures(outcome: &Outcome, words: Words) -> [Figure; 6] {
    let report = &outcome.report;
    let requests = words.compact(report.requests);
    let (failed, late) = (words.compact(report.failed), words.compact(report.late));
    let harm = match (report.failed >= 0.5, report.late >= 0.5) {
        _ if report.is_idle() => words.verdict_no_requests().to_owned(),
        (false, false) => words.key_availability_none_failed(&requests),
        (true, false) => words.key_availability_failed(&failed, &requests),
        (false, true) => words.key_availability_late(&late, &requests),
        (true, true) => words.key_availability_note(&failed, &late),
    };
    let against = against_fixed(report);
    let dollars = |amount: Option<f64>| amount.map_or_else(|| "–".to_owned(), |usd| words.usd(usd));
    [
        Figure {
            value_class: availability_class(report),
            ..plain(words.key_availability(), words.served_in_time(report), harm)
        },
        plain(
            words.key_p95(),
            words.served_after(report, report.p95_ms),
            words.key_p95_note(&words.served_after(report, report.worst_minute.p95_ms)),
        ),
        plain(
            if report.on_demand.is_some() {
                words.key_units()
            } else if scales_copies(&outcome.compiled.plan) {
                words.key_copies()
            } else {
                words.key_instances()
            },
            instances(words, report.fewest_instances, report.most_instances),
            words.key_instances_note(&words.number(report.mean_instances, 1)),
        ),
        match &report.on_demand {
            Some(served) => cold_starts(report, served, words),
            None => utilisation(report, words),
        },
        Figure {
            beside: words.per_month(),
            note_class: if against < -0.005 { "note ok" } else { "note" },
            ..plain(
                words.key_cost(),
                words.usd(report.usd_per_month),
                cost_note(against, outcome, words),
            )
        },
        plain(
            words.key_per_million(),
            dollars(report.usd_per_million),
            words.key_per_million_note(&dollars(report.foresight.usd_per_million)),
        ),
    ]
}

/// Returns by how much the run is dearer than a fleet that never changes, as a share; negative where it is cheaper.
fn against_fixed(report: &Report) -> f64 {
    if report.fixed_fleet.cost_usd > 0.0 {
        report.cost_usd / report.fixed_fleet.cost_usd - 1.0
    } else {
        0.0
    }
}

/// Returns how the cost compares with instances, or units of provisioned concurrency, that are always on.
fn cost_note(against: f64, outcome: &Outcome, words: Words) -> String {
    let n = outcome.report.fixed_fleet.instances;
    let (count, digits) = (u64::from(n), words.integer(f64::from(n)));
    let fixed = if outcome.compiled.platform.rules().has_instances {
        words.instances(count, &digits)
    } else {
        words.units(count, &digits)
    };
    let percent = words.percent(against.abs(), 0);
    if against.abs() < 0.005 {
        words.key_cost_same(&fixed)
    } else if against > 0.0 {
        words.key_cost_more(&percent, &fixed)
    } else {
        words.key_cost_less(&percent, &fixed)
    }
}

/// Returns utilisation, or what takes its place: CPU credits that ran out, or surplus ones that cost.
fn utilisation(report: &Report, words: Words) -> Figure {
    match &report.credits {
        Some(credits) if credits.throttled_s > 0.0 => plain(
            words.key_throttled(),
            words.duration_short(credits.throttled_s),
            words.key_throttled_note().to_owned(),
        ),
        Some(credits) if credits.surplus_usd >= 0.005 => plain(
            words.key_surplus(),
            words.usd(credits.surplus_usd),
            words.key_surplus_note(&words.usd(credits.outstanding_usd)),
        ),
        _ => plain(
            words.key_utilisation(),
            words.percent(report.utilisation, 0),
            words.key_utilisation_note().to_owned(),
        ),
    }
}

/// Returns what takes the place of utilisation where environments are started on demand.
fn cold_starts(report: &Report, served: &OnDemand, words: Words) -> Figure {
    let share = served.cold_starts / report.requests.max(f64::MIN_POSITIVE);
    plain(
        words.key_cold_starts(),
        words.compact(served.cold_starts),
        words.key_cold_starts_note(&words.percent(share, 2)),
    )
}

/// Returns the figures that show at a glance what became of a run: availability, latency, instances, cost.
pub fn few_figures(outcome: &Outcome, words: Words) -> Html {
    let [availability, p95, instances, _, cost, _] = figures(outcome, words);
    html! {
        <dl class="few" aria-label={words.key_figures()} aria-live="polite">
            for figure in [availability, p95, instances, cost] {
                <div>
                    <dt>{ figure.name }</dt>
                    <dd><b class={classes!("value", figure.value_class)}>{ figure.value }{ " " }<small>{ figure.beside }</small></b></dd>
                    <dd class={figure.note_class}>{ figure.note }</dd>
                </div>
            }
        </dl>
    }
}

/// Returns the key figures as elements.
pub fn key_figures(outcome: &Outcome, words: Words) -> Html {
    html! {
        <dl class="key" aria-label={words.key_figures()}>
            for figure in figures(outcome, words) {
                <div>
                    <dt>{ figure.name }</dt>
                    <dd class={classes!("value", figure.value_class)}>{ figure.value }{ " " }<small>{ figure.beside }</small></dd>
                    <dd class={figure.note_class}>{ figure.note }</dd>
                </div>
            }
        </dl>
    }
}
