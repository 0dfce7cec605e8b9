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

/// Returns the class of an availability, by whether the objective holds.
pub fn standing_class(standing: Standing) -> &'static str {
    match standing {
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
        value_class: "value",
        note_class: "note",
    }
}

fn figures(outcome: &Outcome, words: Words) -> [Figure; 6] {
    let report = &outcome.report;
    let requests = words.compact(report.requests);
    let failed = if report.failed < 0.5 {
        words.key_availability_none_failed(&requests)
    } else {
        words.key_availability_note(&words.compact(report.failed), &requests)
    };
    let fixed = &report.fixed_fleet;
    let against = if fixed.cost_usd > 0.0 {
        report.cost_usd / fixed.cost_usd - 1.0
    } else {
        0.0
    };
    let percent = words.percent(against, 0);
    let percent = if against >= 0.005 {
        format!("+{percent}")
    } else {
        percent
    };
    let dollars = |amount: Option<f64>| amount.map_or_else(|| "–".to_owned(), |usd| words.usd(usd));
    [
        Figure {
            value_class: match report.standing {
                Standing::Holds => "value ok",
                Standing::WithinObjective => "value",
                Standing::Short => "value bad",
            },
            ..plain(
                words.key_availability(),
                words.availability(report.availability),
                failed,
            )
        },
        plain(
            words.key_p95(),
            words.latency(report.p95_ms),
            words.key_p95_note(&words.latency(report.worst_minute.p95_ms)),
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
                words.key_cost_against_fixed(&percent, &words.integer(f64::from(fixed.instances))),
            )
        },
        plain(
            words.key_per_million(),
            dollars(report.usd_per_million),
            words.key_per_million_note(&dollars(report.foresight.usd_per_million)),
        ),
    ]
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

/// Returns the key figures as elements.
pub fn key_figures(outcome: &Outcome, words: Words) -> Html {
    html! {
        <dl class="key" aria-label={words.key_figures()}>
            for figure in figures(outcome, words) {
                <div>
                    <dt>{ figure.name }</dt>
                    <dd class={figure.value_class}>{ figure.value }{ " " }<small>{ figure.beside }</small></dd>
                    <dd class={figure.note_class}>{ figure.note }</dd>
                </div>
            }
        </dl>
    }
}
