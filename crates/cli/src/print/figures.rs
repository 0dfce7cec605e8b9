//! A result for a person: the verdict, the chart, the key figures, and why it scaled. Every text is of `words`.

use std::io::{self, Write};

use engine::{
    advice::{Advice, Search},
    run::Activity,
};
use scenario::compile::Warning;
use words::{FigureGroup, Tone, Words};

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
    let name = words.title_of(scenario);
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

/// Returns a row of each figure, but for the measures of elasticity: these are in the JSON.
fn figures(outcome: &Outcome, words: Words) -> Vec<Vec<String>> {
    let Outcome {
        compiled,
        run,
        report,
        ..
    } = outcome;
    let figures = words.figures(compiled, run, report).into_iter();
    let figures = figures.filter(|it| it.group != FigureGroup::Elasticity);
    figures
        .map(|it| vec![it.name.to_owned(), it.value])
        .collect()
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
