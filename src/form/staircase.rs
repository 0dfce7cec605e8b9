//! The picture of a policy's steps: the adjustment over the metric, as stairs from the threshold on.

use scenario::document::{MetricAlarm, StepAdjustment, StepScaling};
use words::Words;

use crate::parts::{El, el, of};

/// The picture's own units.
const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 84.0;
/// Room for the stairs between the labels.
const TOP: f64 = 14.0;
const BOTTOM: f64 = 68.0;
/// Share of the width that a step without an end takes.
const OPEN: f64 = 0.22;

/// The stairs, labelled with metric and adjustment; a text says the same.
#[inline(never)]
pub fn view(words: Words, steps: &StepScaling, alarm: &MetricAlarm, threshold: f64) -> El {
    let mut sorted: Vec<&StepAdjustment> = steps.steps.iter().collect();
    let lower = |step: &StepAdjustment| step.lower.unwrap_or(f64::NEG_INFINITY);
    sorted.sort_by(|a, b| lower(a).total_cmp(&lower(b)));
    let scale = Scale::of(&sorted);
    let most = sorted.iter().map(|step| step.adjustment.unsigned_abs());
    let most = f64::from(most.max().unwrap_or(1).max(1));
    let has_negative = sorted.iter().any(|step| step.adjustment < 0);
    let has_positive = sorted.iter().any(|step| step.adjustment > 0);
    let zero = match (has_negative, has_positive) {
        (true, true) => (TOP + BOTTOM) / 2.0,
        (true, false) => TOP,
        _ => BOTTOM,
    };
    let room = (zero - TOP).max(BOTTOM - zero);
    let y = |adjustment: i32| zero - f64::from(adjustment) / most * room;
    let mut picture = of("svg", "stairs")
        .set("viewBox", "0 0 300 84")
        .set("role", "img")
        .attr("aria-label", said(words, &sorted, steps, threshold).into())
        .with(line("axis", (0.0, zero), (WIDTH, zero)));
    for step in &sorted {
        let (from, to) = scale.stretch(step);
        let level = y(step.adjustment);
        let (above, below) = (level.min(zero), level.max(zero));
        let bar = el("rect")
            .attr("x", short(from).into())
            .attr("y", short(above).into())
            .attr("width", short((to - from).max(0.0)).into())
            .attr("height", short((below - above).max(1.0)).into());
        let label = words.adjustment(step.adjustment, steps.adjustment_type);
        let label_y = if step.adjustment < 0 {
            below + 11.0
        } else {
            above - 3.0
        };
        picture = picture
            .with(bar)
            .with(text("by", ((from + to) / 2.0, label_y), label));
    }
    for bound in scale.bounds(&sorted) {
        let x = scale.x(bound);
        let y = if has_negative && !has_positive {
            TOP - 4.0
        } else {
            BOTTOM + 12.0
        };
        picture = picture
            .with(line("tick", (x, zero - 3.0), (x, zero + 3.0)))
            .with(text("at", (x, y), words.number(threshold + bound, 2)));
    }
    let metric = text(
        "of",
        (WIDTH - 2.0, HEIGHT - 2.0),
        words::metric_name(alarm.metric_name).to_owned(),
    );
    picture.with(metric)
}

/// The same in words: one clause a step.
fn said(words: Words, sorted: &[&StepAdjustment], steps: &StepScaling, threshold: f64) -> String {
    let clauses = sorted.iter().map(|step| {
        let at = |bound: Option<f64>| bound.map(|bound| words.number(threshold + bound, 2));
        let by = words.adjustment(step.adjustment, steps.adjustment_type);
        let range = match (at(step.lower), at(step.upper)) {
            (Some(lower), Some(upper)) => words.step_between(&lower, &upper),
            (Some(lower), None) => words.step_from(&lower),
            (None, Some(upper)) => words.step_up_to(&upper),
            (None, None) => String::new(),
        };
        [&*range, ": ", &by].concat()
    });
    clauses.collect::<Vec<_>>().join("; ")
}

/// From distances to the threshold to places in the picture.
struct Scale {
    from: f64,
    to: f64,
}

impl Scale {
    /// Over all bounds, with room at the ends for steps that have none.
    fn of(steps: &[&StepAdjustment]) -> Self {
        let bounds = || {
            steps
                .iter()
                .flat_map(|step| [step.lower, step.upper])
                .flatten()
        };
        let (low, high) = bounds().fold((0.0_f64, 0.0_f64), |(low, high), bound| {
            (low.min(bound), high.max(bound))
        });
        let span = if high > low { high - low } else { 1.0 };
        let room = span * OPEN / (1.0 - OPEN);
        let is_open_below = steps.iter().any(|step| step.lower.is_none());
        let is_open_above = steps.iter().any(|step| step.upper.is_none());
        Self {
            from: if is_open_below {
                low - room
            } else {
                low - room / 3.0
            },
            to: if is_open_above {
                high + room
            } else {
                high + room / 3.0
            },
        }
    }

    fn x(&self, distance: f64) -> f64 {
        (distance - self.from) / (self.to - self.from) * WIDTH
    }

    fn stretch(&self, step: &StepAdjustment) -> (f64, f64) {
        (
            step.lower.map_or(0.0, |lower| self.x(lower)),
            step.upper.map_or(WIDTH, |upper| self.x(upper)),
        )
    }

    /// All bounds, each once, from left to right.
    fn bounds(&self, steps: &[&StepAdjustment]) -> Vec<f64> {
        let mut bounds: Vec<f64> = steps
            .iter()
            .flat_map(|step| [step.lower, step.upper])
            .flatten()
            .collect();
        bounds.sort_by(f64::total_cmp);
        bounds.dedup();
        bounds
    }
}

fn line(class: &'static str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) -> El {
    let d = [
        "M",
        &short(x1),
        " ",
        &short(y1),
        "L",
        &short(x2),
        " ",
        &short(y2),
    ]
    .concat();
    of("path", class).attr("d", d.into())
}

fn text(class: &'static str, (x, y): (f64, f64), says: String) -> El {
    of("text", class)
        .attr("x", short(x).into())
        .attr("y", short(y).into())
        .says(says.into())
}

/// A coordinate to a tenth.
fn short(value: f64) -> String {
    ((value * 10.0).round() / 10.0).to_string()
}
