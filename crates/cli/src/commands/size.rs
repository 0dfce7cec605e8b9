//! `headroom size`: the sizing calculator, each result with the sum that gives it.

use std::io::Write;

use engine::environments_for;
use scenario::compile::Compiled;
use serde::Serialize;
use words::{Words, scales_copies};

use super::{scenario, unusable};
use crate::{
    args::SizeArgs,
    failure::Failure,
    outcome::compiled,
    plain::plain,
    print::{json, output, table},
};

/// What goes in and what comes out.
#[derive(Serialize)]
struct SizingReport {
    max_rps: f64,
    safety_factor: f64,
    peak_rps: f64,
    quiet_rps: f64,
    fewest_instances: u32,
    formula: String,
    formula_target_invocations_per_instance: f64,
    target_invocations_per_instance: f64,
    at_peak_instances: u64,
    at_quiet_instances: u64,
    min_capacity_instances: u64,
    max_capacity_instances: u64,
    headroom_rps: f64,
    headroom_one_lost_rps: f64,
    reaction_s: f64,
    growth_factor: f64,
    usd_per_hour: f64,
}

/// Runs the command.
///
/// # Errors
/// Why there is no result.
pub fn run(args: &SizeArgs) -> Result<(), Failure> {
    let words = args.lang.words();
    let scenario = scenario(&args.scenario, &args.set, words)?;
    let compiled =
        compiled(&scenario, words).map_err(|faults| unusable(&args.scenario, &faults))?;
    let mut out = output();
    if args.json {
        json::print(&mut out, &sizing_report(&compiled))?;
    } else {
        table::print(&mut out, &[], &sizing_rows(&compiled, words))?;
        writeln!(out)?;
        if !compiled.plan.resource.has_shared_queue() {
            for sentence in [words.growth(&compiled), words.reaction(&compiled)] {
                writeln!(out, "{}", plain(&sentence))?;
            }
        }
    }
    Ok(out.flush()?)
}

/// Returns the sizing as JSON has it.
fn sizing_report(
    Compiled {
        plan,
        sizing,
        resolved,
        ..
    }: &Compiled,
) -> SizingReport {
    let words = Words::default();
    SizingReport {
        max_rps: plan.service.max_rps,
        safety_factor: plan.service.safety_factor,
        peak_rps: resolved.peak_rps,
        quiet_rps: resolved.quiet_rps,
        fewest_instances: resolved.fewest_instances,
        formula: words.formula(
            &words.number(plan.service.max_rps, 3),
            &words.number(plan.service.safety_factor, 3),
        ),
        formula_target_invocations_per_instance: sizing.target,
        target_invocations_per_instance: resolved.target,
        at_peak_instances: sizing.at_peak,
        at_quiet_instances: sizing.at_quiet,
        min_capacity_instances: sizing.min_capacity,
        max_capacity_instances: sizing.max_capacity,
        headroom_rps: sizing.headroom_rps,
        headroom_one_lost_rps: sizing.headroom_one_lost_rps,
        reaction_s: sizing.reaction_s,
        growth_factor: sizing.growth_factor,
        usd_per_hour: resolved.price.usd_per_hour,
    }
}

/// Returns the rows of a serverless endpoint: the requests at once, and the provisioned concurrency for them.
fn serverless_rows(compiled: &Compiled, words: Words) -> Vec<Vec<String>> {
    let Compiled {
        plan,
        sizing,
        resolved,
        ..
    } = compiled;
    let count = |count: u64| words.integer(count as f64);
    let target = resolved.target / plan.service.max_rps / 60.0;
    let row = |name: &str, sum: String, is: String| vec![name.to_owned(), sum, format!("= {is}")];
    let at_once = |rps: f64| rps / plan.service.max_rps;
    let duration = words.latency(1000.0 / plan.service.max_rps);
    let sum = format!(
        "{} × {duration}",
        words.value_rps(&words.significant(resolved.peak_rps))
    );
    let units = |rps: f64, units: u64| {
        words.units_sum(at_once(rps), target, resolved.fewest_instances, units)
    };
    let lost = 1.0 - plan.objective.availability;
    vec![
        row(
            words.at_once_about(),
            sum,
            words.significant(at_once(resolved.peak_rps)),
        ),
        row(
            words.sizing_max_concurrency(),
            String::new(),
            count(environments_for(compiled.peak_at_once(), lost)),
        ),
        row(
            words.sizing_units_at_peak(),
            units(resolved.peak_rps, sizing.at_peak),
            count(sizing.at_peak),
        ),
        row(
            words.sizing_units_at_quiet(),
            units(resolved.quiet_rps, sizing.at_quiet),
            count(sizing.at_quiet),
        ),
    ]
}

/// Returns a target with two decimals, or with as many as it takes for three digits of it.
fn target_text(target: f64, words: Words) -> String {
    let leading_zeros = (-target.log10()).ceil().clamp(0.0, 9.0) as usize;
    words.number(target, 2 + leading_zeros)
}

/// Returns the name, the sum and the result of each number.
fn sizing_rows(compiled: &Compiled, words: Words) -> Vec<Vec<String>> {
    let Compiled {
        plan,
        sizing,
        resolved,
        ..
    } = compiled;
    if plan.resource.on_demand().is_some() {
        return serverless_rows(compiled, words);
    }
    let number = |value: f64| words.number(value, 3);
    let count = |count: u64| words.integer(count as f64);
    let rate = |rps: f64| words.value_rps(&words.significant(rps));
    let max_rps = number(plan.service.max_rps);
    let formula = words.formula(&max_rps, &number(plan.service.safety_factor));
    let target = target_text(resolved.target, words);
    let own = if (resolved.target - sizing.target).abs() > sizing.target * 1e-9 {
        vec![vec![
            words.field_target_value().to_owned(),
            String::new(),
            target,
        ]]
    } else {
        Vec::new()
    };
    let instances = |rps: f64, instances: u64| {
        words.instances_sum(rps, resolved.target, resolved.fewest_instances, instances)
    };
    let at_its_peak = instances(resolved.peak_rps, sizing.at_peak);
    let when_quiet = instances(resolved.quiet_rps, sizing.at_quiet);
    let headroom = format!(
        "{} × {max_rps} − {}",
        count(sizing.at_peak),
        at_its_peak.rate
    );
    // Of the numbers as they are written.
    let headroom_rps = sizing.at_peak as f64 * plan.service.max_rps - at_its_peak.rps;
    let row = |name: &str, sum: String, is: String| vec![name.to_owned(), sum, format!("= {is}")];
    let is_component = scales_copies(plan);
    let (at_peak, at_quiet, one_lost, formula_about) = if is_component {
        (
            words.sizing_copies_at_peak(),
            words.sizing_copies_at_quiet(),
            words.sizing_headroom_copy_lost(),
            words.formula_about_copies(),
        )
    } else {
        (
            words.sizing_at_peak(),
            words.sizing_at_quiet(),
            words.sizing_headroom_one_lost(),
            words.formula_about(),
        )
    };
    let invocations = format!("{} {}", target_text(sizing.target, words), formula_about);
    let same = |name: &str, is: bool| if is { name.to_owned() } else { String::new() };
    let mut rows = vec![row(words.field_target_value(), formula, invocations)];
    rows.extend(own);
    rows.extend([
        row(at_peak, at_its_peak.sum, count(sizing.at_peak)),
        row(at_quiet, when_quiet.sum, count(sizing.at_quiet)),
        row(
            words.sizing_min(),
            same(at_quiet, sizing.min_capacity == sizing.at_quiet),
            count(sizing.min_capacity),
        ),
        row(
            words.sizing_max(),
            same(at_peak, sizing.max_capacity == sizing.at_peak),
            count(sizing.max_capacity),
        ),
    ]);
    // A queue's work can wait for a peak to pass.
    if plan.resource.has_shared_queue() {
        return rows;
    }
    rows.extend([
        row(
            words.sizing_headroom(),
            headroom.clone(),
            rate(headroom_rps),
        ),
        row(
            one_lost,
            format!("{headroom} − {max_rps}"),
            rate(headroom_rps - plan.service.max_rps),
        ),
    ]);
    rows
}
