//! Layers of demand: from wall clocks and calendars to seconds of the run.
//!
//! The waves of all daily curves are added up into one before they are sampled, so that a year of a hundred layers
//! costs little more than a year of one.

mod history;

use engine::demand::{Layer as Compiled, Node, NoiseFactor as Factor};

use super::{
    check::{Checks, ItemChecks},
    problem::ProblemKind,
    warning::Warning,
};
use crate::{
    document::{GrowthBy, GrowthPer, Layer, MOST_RAMP_MIN, NoiseFactor, Scenario, Shape, shape},
    field::{ItemField, List, Place},
    limits::{MOST_LAYERS, MOST_RPS},
    time::{Clock, LocalDate, LocalTime},
};

pub(super) use history::before;

/// Most that growth may multiply demand by.
const MOST_GROWTH: f64 = 1e6;
/// A daily curve is sampled so often.
const WAVE_STEP_S: usize = 600;
/// Local times are multiples of this: every offset from UTC since 1996 is one of quarter hours.
const WAVE_GRAIN_S: usize = 300;
const DAY_S: usize = 86_400;

/// A run's length and wall clock.
pub(super) struct Span<'a> {
    pub clock: &'a Clock,
    pub start: LocalDate,
    pub length_s: f64,
}

/// Checks the layers and, where the clock is known and they are right, compiles them.
pub(super) fn compile(
    scenario: &Scenario,
    span: Option<&Span<'_>>,
    checks: &mut Checks,
    warnings: &mut Vec<Warning>,
) -> Vec<Compiled> {
    let mut compiled = Vec::new();
    if !checks.list(List::Demand.whole(), scenario.demand.len(), MOST_LAYERS) {
        return compiled;
    }
    let mut waves = [0.0; DAY_S / WAVE_GRAIN_S];
    let mut has_waves = false;
    for (index, (id, layer)) in scenario.demand.numbered().enumerate() {
        checks.within(id, |checks| check(layer, span, checks));
        let is_right = checks.is_right(Place::Item(List::Demand, id));
        let Some(span) = span.filter(|_| !layer.off && is_right) else {
            continue;
        };
        match &layer.shape {
            Shape::DailyCurve {
                quiet_rps,
                peak_rps,
                peak_at,
            } => {
                has_waves = true;
                for (grain, rps) in waves.iter_mut().enumerate() {
                    let from_peak =
                        grain as f64 * WAVE_GRAIN_S as f64 - f64::from(peak_at.second_of_day());
                    let angle = std::f64::consts::TAU * from_peak / DAY_S as f64;
                    *rps += quiet_rps + (peak_rps - quiet_rps) * (1.0 + libm::cos(angle)) / 2.0;
                }
            }
            shape => match compile_shape(shape, span, noise_seed(scenario.seed, index)) {
                Some(layer) => compiled.push(layer),
                None => warnings.push(Warning::LayerOutsideRun { layer: index }),
            },
        }
    }
    if let Some(span) = span.filter(|_| has_waves) {
        compiled.push(wave(&waves, span));
    }
    compiled
}

/// Rules beyond the ranges of fields.
fn check(layer: &Layer, span: Option<&Span<'_>>, checks: &mut ItemChecks<'_>) {
    match &layer.shape {
        Shape::DailyCurve {
            quiet_rps,
            peak_rps,
            ..
        } => {
            use shape::daily_curve;
            let (peak, quiet) = (
                daily_curve::peak_rps.of(checks.id),
                daily_curve::quiet_rps.of(checks.id),
            );
            checks.checks.reaches(peak, *peak_rps, quiet, *quiet_rps);
        }
        Shape::OfficeHours {
            days,
            from,
            to,
            ramp_min,
            ..
        } => {
            if days.is_empty() {
                checks.problem(shape::office_hours::days, ProblemKind::Missing);
            }
            ramp(shape::office_hours::ramp_min, *ramp_min, *from, *to, checks);
        }
        Shape::MonthStart {
            from, to, ramp_min, ..
        } => ramp(shape::month_start::ramp_min, *ramp_min, *from, *to, checks),
        Shape::Growth { by, per } => {
            let (number, least, most) = match by {
                GrowthBy::Rps(rps) => (*rps, -MOST_RPS, MOST_RPS),
                GrowthBy::Percent(percent) => {
                    let periods = span.map_or(1.0, |span| span.length_s / period_s(*per));
                    let most =
                        (libm::pow(MOST_GROWTH, 1.0 / periods) - 1.0).min(MOST_GROWTH) * 100.0;
                    (*percent, -99.0, (most * 10.0).floor() / 10.0)
                }
            };
            checks.number_if(shape::growth::by, Some(number), least, most);
        }
        Shape::Steady { .. } | Shape::Event { .. } | Shape::Noise { .. } | Shape::Trace { .. } => {}
    }
}

/// Checks that rising and falling fit between `from` and `to`.
fn ramp(
    field: ItemField,
    ramp_min: f64,
    from: LocalTime,
    to: LocalTime,
    checks: &mut ItemChecks<'_>,
) {
    let max_min = plateau_s(from, to) / 120.0;
    if ramp_min > max_min && ramp_min <= MOST_RAMP_MIN {
        checks.problem(field, ProblemKind::RampTooLong { max_min });
    }
}

/// Returns seconds from one time of day to the next occurrence of another: a whole day where they are equal.
fn plateau_s(from: LocalTime, to: LocalTime) -> f64 {
    let seconds = f64::from(to.second_of_day()) - f64::from(from.second_of_day());
    if seconds > 0.0 {
        seconds
    } else {
        seconds + DAY_S as f64
    }
}

/// Returns a layer other than a daily curve; `None` where it has no part in the run.
fn compile_shape(shape: &Shape, span: &Span<'_>, seed: u64) -> Option<Compiled> {
    match shape {
        Shape::Event {
            at,
            rps,
            ramp_up_min,
            hold_min,
            decay_min,
        } => {
            let mut at_s = span.clock.at_s(*at);
            let nodes = [
                (0.0, 0.0),
                (*ramp_up_min, *rps),
                (*hold_min, *rps),
                (*decay_min, 0.0),
            ];
            let nodes = nodes.map(|(minutes, rps)| {
                at_s += minutes * 60.0;
                Node { at_s, rps }
            });
            let [first, .., last] = nodes;
            (first.at_s < span.length_s && last.at_s > 0.0).then(|| Compiled::Curve(nodes.into()))
        }
        Shape::Steady { rps } => Some(Compiled::Curve(vec![Node {
            at_s: 0.0,
            rps: *rps,
        }])),
        Shape::DailyCurve { .. } => None,
        Shape::OfficeHours {
            days,
            from,
            to,
            rps,
            ramp_min,
        } => {
            let plateaus = plateaus(span, *from, *to, |day| days.contains(&day.weekday()));
            trapezoids(&plateaus, *rps, *ramp_min)
        }
        Shape::MonthStart {
            days,
            from,
            to,
            rps,
            ramp_min,
        } => {
            let plateaus = plateaus(span, *from, *to, |day| day.day() <= *days);
            trapezoids(&plateaus, *rps, *ramp_min)
        }
        Shape::Growth { by, per } => Some(match by {
            GrowthBy::Rps(rps) => Compiled::Curve(vec![
                Node {
                    at_s: 0.0,
                    rps: 0.0,
                },
                Node {
                    at_s: span.length_s,
                    rps: rps * span.length_s / period_s(*per),
                },
            ]),
            GrowthBy::Percent(percent) => Compiled::Growth {
                share: percent / 100.0,
                per_s: period_s(*per),
            },
        }),
        Shape::Noise { percent, factor } => Some(Compiled::Noise {
            share: percent / 100.0,
            seed,
            factor: match factor {
                NoiseFactor::ConstantWithinMinutes => Factor::ConstantWithinMinutes,
                NoiseFactor::StraightBetweenMinutes => Factor::StraightBetweenMinutes,
            },
        }),
        Shape::Trace { trace, scale } => {
            let start_s = span.clock.at_s(trace.start);
            (start_s < span.length_s && start_s + trace.length_s() > 0.0).then(|| Compiled::Steps {
                start_s,
                step_s: f64::from(trace.step_s()),
                counts: trace.counts(),
                requests_per_count: scale * trace.requests_per_count(),
            })
        }
    }
}

fn period_s(per: GrowthPer) -> f64 {
    let days = match per {
        GrowthPer::Day => 1.0,
        GrowthPer::Week => 7.0,
        GrowthPer::Month => 30.0,
        GrowthPer::Year => 365.0,
    };
    days * DAY_S as f64
}

/// Returns start and end of each day's plateau, in seconds of the run; plateaus that touch are one.
fn plateaus(
    span: &Span<'_>,
    from: LocalTime,
    to: LocalTime,
    has: impl Fn(LocalDate) -> bool,
) -> Vec<(f64, f64)> {
    let mut plateaus: Vec<(f64, f64)> = Vec::new();
    let days = (span.length_s / DAY_S as f64) as i64 + 1;
    for day in -1..=days {
        let day = span.start.plus_days(day);
        if !has(day) {
            continue;
        }
        let last = if to > from { day } else { day.plus_days(1) };
        let (from_s, to_s) = (span.clock.at_s(day.at(from)), span.clock.at_s(last.at(to)));
        match plateaus.last_mut() {
            Some(before) if before.1 >= from_s => before.1 = to_s,
            _ => plateaus.push((from_s, to_s)),
        }
    }
    // Where the clock skips the start, the end may come before it.
    plateaus.retain(|(from_s, to_s)| from_s < to_s && *from_s < span.length_s && *to_s > 0.0);
    plateaus
}

/// Returns a curve that rises and falls around each plateau.
fn trapezoids(plateaus: &[(f64, f64)], rps: f64, ramp_min: f64) -> Option<Compiled> {
    let mut nodes = Vec::with_capacity(plateaus.len() * 4);
    for &(from_s, to_s) in plateaus {
        // A change of the clock may have shortened the day.
        let ramp_s = (ramp_min * 60.0).min((to_s - from_s) / 2.0);
        for (at_s, rps) in [
            (from_s, 0.0),
            (from_s + ramp_s, rps),
            (to_s - ramp_s, rps),
            (to_s, 0.0),
        ] {
            nodes.push(Node { at_s, rps });
        }
    }
    (!nodes.is_empty()).then_some(Compiled::Curve(nodes))
}

/// Returns a day's wave over the run, sampled by the wall clock.
fn wave(day: &[f64; DAY_S / WAVE_GRAIN_S], span: &Span<'_>) -> Compiled {
    let steps = span.length_s as usize / WAVE_STEP_S;
    let mut nodes = Vec::with_capacity(steps + 1);
    let (mut until_s, mut offset_s) = (i64::MIN, 0);
    for step in 0..=steps {
        let at_s = (step * WAVE_STEP_S) as i64;
        let utc_s = span.clock.start_utc_s() + at_s;
        if utc_s >= until_s {
            (_, until_s, offset_s) = span.clock.zone().span(utc_s);
        }
        let second = (utc_s + i64::from(offset_s)).rem_euclid(DAY_S as i64) as usize;
        nodes.push(Node {
            at_s: at_s as f64,
            rps: day.get(second / WAVE_GRAIN_S).copied().unwrap_or(0.0),
        });
    }
    Compiled::Curve(nodes)
}

/// Returns a seed of its own for each layer: SplitMix64's step (Steele, Lea, Flood, 2014) from the scenario's.
fn noise_seed(seed: u64, index: usize) -> u64 {
    let mut bits = seed.wrapping_add((index as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
