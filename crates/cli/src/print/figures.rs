//! A result for a person: the verdict, the chart, the key figures, and why it scaled. Every text is of `words`.

use std::io::{self, Write};

use engine::{
    advice::{Advice, Search},
    report::Baseline,
    run::Activity,
};
use scenario::{compile::Warning, presets};
use words::{Tone, Words, paid_instances, scales_copies};

use super::{chart, is_coloured, table, width};
use crate::{outcome::Outcome, plain::plain};

/// Most changes of the capacity that are printed; more are in the JSON.
const MOST_CHANGES: usize = 12;

/// Prints a result.
///
/// # Errors
/// If it cannot be written.
pub fn print(out: &mut impl Write, outcome: &Outcome, words: Words) -> io::Result<()> {
    let Outcome {
        scenario,
        compiled,
        run,
        report,
    } = outcome;
    let name = presets::of(scenario).map(|preset| words.preset_name(preset.id));
    let name = match name {
        Some(name) if scenario.name.is_empty() => name,
        _ if scenario.name.is_empty() => words.scenario_untitled(),
        _ => &scenario.name,
    };
    let length = words.duration(f64::from(compiled.plan.length_s));
    let start = words.date_with_year(scenario.start);
    say(
        out,
        &format!("{name} · {start} · {length} · {}", scenario.time_zone),
    )?;
    let verdict = words.verdict(report, compiled, scenario, Some(&advice(outcome)));
    writeln!(out)?;
    say(out, &format!("{}{}", sign(verdict.tone), verdict.headline))?;
    for sentence in [&verdict.remedy, &verdict.why] {
        if !sentence.is_empty() {
            say(out, sentence)?;
        }
    }
    let remains = |warning: &&Warning| warning.remains(report.standing);
    for warning in compiled.warnings.iter().filter(remains) {
        say(out, &format!("! {}", words.warning(warning)))?;
    }
    let chart = chart::draw(&run.series, compiled, words, width(), is_coloured());
    writeln!(out)?;
    // It has line feeds and colours of its own, and no text of the scenario.
    writeln!(out, "{}", chart.replace('\u{a0}', " "))?;
    writeln!(out)?;
    table::print(out, &[], &figures(outcome, words))?;
    activities(out, outcome, words)
}

/// Returns the sign of a tone, for those who see no colours.
fn sign(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "✓ ",
        Tone::Fair => "~ ",
        Tone::Bad => "✗ ",
    }
}

/// Returns the changes that would have held.
fn advice(outcome: &Outcome) -> Vec<Advice> {
    let mut search = Search::new(outcome.compiled.plan.clone(), &outcome.run);
    while search.step() {}
    search.found()
}

fn figures(outcome: &Outcome, words: Words) -> Vec<Vec<String>> {
    let report = &outcome.report;
    let share = |count: f64| {
        let share = count / report.requests.max(f64::MIN_POSITIVE);
        words.figure_share(&words.compact(count), &words.percent(share, 3))
    };
    let baseline = |baseline: &Baseline| {
        words.figure_baseline(
            &words.usd(baseline.usd_per_month),
            &words.integer(f64::from(baseline.instances)),
            &words.number(baseline.mean_instances, 2),
        )
    };
    let count = |count: u32| words.integer(f64::from(count));
    let worst = report.worst_minute;
    let worst_at = words.date_time(outcome.compiled.clock.local(worst.at_s));
    let usd = |usd: Option<f64>| usd.map_or_else(|| "–".to_owned(), |usd| words.usd(usd));
    let fleet = (
        if scales_copies(&outcome.compiled.plan) {
            words.key_copies()
        } else if report.on_demand.is_some() {
            words.key_units()
        } else {
            words.key_instances()
        },
        words.figure_instances_range(
            &count(report.fewest_instances),
            &count(report.most_instances),
            &words.number(report.mean_instances, 2),
        ),
    );
    let fleet_name = fleet.0;
    let series = &outcome.run.series;
    let paid = paid_instances(series).map(|(low, high, mean)| {
        let mean = words.number(mean, 2);
        let range = words.figure_instances_range(&count(low), &count(high), &mean);
        (words.key_paid_instances(), range)
    });
    let mut lines = vec![
        (words.key_availability(), words.served_in_time(report)),
        (words.key_requests(), words.compact(report.requests)),
        (words.key_failed(), share(report.failed)),
        (words.key_late(), share(report.late)),
        (
            words.key_peak_demand(),
            words.value_rps(&words.significant(report.peak_demand_rps)),
        ),
        (words.key_p50(), words.served_after(report, report.p50_ms)),
        (words.key_p95(), words.served_after(report, report.p95_ms)),
        (words.key_p99(), words.served_after(report, report.p99_ms)),
        (
            words.key_worst_minute(),
            words.figure_worst_minute(&words.served_after(report, worst.p95_ms), &worst_at),
        ),
        fleet,
        (
            words.key_utilisation(),
            words.percent(report.utilisation, 1),
        ),
        (words.key_cost_of_run(), words.usd(report.cost_usd)),
        (words.key_cost_per_month(), words.usd(report.usd_per_month)),
        (words.key_per_million(), usd(report.usd_per_million)),
        (words.key_fixed_fleet(), baseline(&report.fixed_fleet)),
        (words.key_foresight(), baseline(&report.foresight)),
    ];
    let on_demand = report.on_demand.map(|served| {
        [
            (words.key_on_demand(), share(served.on_demand)),
            (words.key_cold_starts(), share(served.cold_starts)),
            (
                words.key_usd_provisioned(),
                words.usd(served.provisioned_usd),
            ),
            (words.key_usd_requests(), words.usd(served.requests_usd)),
        ]
    });
    if let (Some(paid), Some(at)) = (paid, lines.iter().position(|(name, _)| *name == fleet_name)) {
        lines.insert(at + 1, paid);
    }
    lines.extend(on_demand.into_iter().flatten());
    lines.extend(words.credit_figures(outcome.report.credits.as_ref(), &outcome.compiled));
    let cells = lines
        .into_iter()
        .map(|(name, value)| vec![name.to_owned(), value]);
    cells.collect()
}

/// Prints the changes of the capacity, the earliest first.
fn activities(out: &mut impl Write, outcome: &Outcome, words: Words) -> io::Result<()> {
    let changes = |activity: &&Activity| activity.from != activity.to;
    let changes: Vec<&Activity> = outcome.run.activities.iter().filter(changes).collect();
    if outcome.run.activities.is_empty() && !outcome.scenario.policies.is_empty() {
        let Outcome {
            run,
            compiled,
            scenario,
            ..
        } = outcome;
        writeln!(out)?;
        return say(out, &words.empty_log(run, compiled, scenario));
    }
    if changes.is_empty() {
        return Ok(());
    }
    let count = changes.len() as u64;
    let number = words.integer(count as f64);
    writeln!(out)?;
    say(
        out,
        &format!(
            "{} · {}",
            words.log_title(),
            words.log_count(count, &number)
        ),
    )?;
    let row = |activity: &&Activity| {
        let clock = &outcome.compiled.clock;
        let told = words.activity(activity, &outcome.compiled, &outcome.scenario);
        vec![
            words.date_time(clock.local(activity.start_s.round())),
            told.title,
            told.text,
        ]
    };
    let rows: Vec<Vec<String>> = changes.iter().take(MOST_CHANGES).map(row).collect();
    table::print(out, &[], &rows)?;
    let more = changes.len().saturating_sub(MOST_CHANGES);
    if more > 0 {
        say(
            out,
            &words.log_more(more as u64, &words.integer(more as f64)),
        )?;
    }
    Ok(())
}

fn say(out: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "{}", plain(text))
}
