//! The picture of a policy's steps: the adjustment over the metric, as stairs to both sides of the threshold.
//!
//! Heights are to scale. Widths are only as far as every step stays wide enough to be read.

use engine::sort_by_number;
use scenario::document::{MetricAlarm, StepAdjustment, StepScaling};
use words::Words;
use yew::prelude::*;

/// The picture's own units, about pixels.
const WIDTH: f64 = 300.0;
/// Room for the stairs, labels above and below left out.
const TOP: f64 = 17.0;
const FLOOR: f64 = 70.0;
/// Baselines of the bounds and of the metric's name.
const BOUNDS: f64 = 98.0;
const NAME: f64 = 113.0;
/// What is left at an end: for a step without a bound, or for none.
const OPEN: f64 = 58.0;
const EMPTY: f64 = 30.0;
/// Least width and height of a step, where there is room.
const LEAST_WIDTH: f64 = 42.0;
const LEAST_HEIGHT: f64 = 5.0;
/// A character of a label, on average.
const CHARACTER: f64 = 6.4;

/// Returns the stairs, labelled with metric and adjustment; a text says the same.
pub fn view(words: Words, steps: &StepScaling, alarm: &MetricAlarm, threshold: f64) -> Html {
    let mut sorted: Vec<&StepAdjustment> = steps.steps.iter().collect();
    sort_by_number(&mut sorted, |step| step.lower.unwrap_or(f64::NEG_INFINITY));
    let (across, up) = (HorizontalScale::of(&sorted), VerticalScale::of(&sorted));
    let metric = alarm.metric_name.name();
    let told = [metric, " ", &description(words, &sorted, steps, threshold)].concat();
    let bar = |step: &&StepAdjustment| {
        let (from, to) = across.stretch(step);
        let (zero, level) = (up.y(0), up.y(step.adjustment));
        html! {
            <rect x={short(from)} y={short(level.min(zero))} width={short((to - from).max(0.0))} height={short((level - zero).abs())} />
        }
    };
    let by = |step: &&StepAdjustment| {
        let (from, to) = across.stretch(step);
        let label = words.adjustment(step.adjustment, steps.adjustment_type);
        let level = up.y(step.adjustment);
        let y = if step.adjustment < 0 {
            level + 13.0
        } else {
            level - 5.0
        };
        (width(&label) <= to - from).then(|| text("by", ((from + to) / 2.0, y), label))
    };
    let x = across.x(0.0);
    html! {
        <svg class="stairs" viewBox="0 0 300 118" role="img" aria-label={told}>
            { for sorted.iter().map(bar) }
            for (_, x) in &across.knots {
                { line("tick", (*x, TOP - 4.0), (*x, BOUNDS - 12.0)) }
            }
            { line("axis", (0.0, up.y(0)), (WIDTH, up.y(0))) }
            { line("from", (x, 2.0), (x, BOUNDS - 12.0)) }
            <path class="edge" d={edge(&sorted, &across, &up)} />
            { for sorted.iter().filter_map(by) }
            for (x, label, is_threshold) in across.labels(words, threshold) {
                { text(if is_threshold { "at th" } else { "at" }, (x, BOUNDS), label) }
            }
            { text("of", (WIDTH, NAME), metric.to_owned()) }
        </svg>
    }
}

/// Returns the stairs in words: one clause a step.
fn description(
    words: Words,
    sorted: &[&StepAdjustment],
    steps: &StepScaling,
    threshold: f64,
) -> String {
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

/// Returns the line along the steps, broken where two of them do not meet.
fn edge(sorted: &[&StepAdjustment], across: &HorizontalScale, up: &VerticalScale) -> String {
    let mut path = String::new();
    let mut end = f64::NAN;
    for step in sorted {
        let (from, to) = across.stretch(step);
        let level = short(up.y(step.adjustment));
        if from == end {
            path.extend(["V", &level]);
        } else {
            path.extend(["M", &short(from), " ", &level]);
        }
        path.extend(["H", &short(to)]);
        end = to;
    }
    path
}

/// From distances to the threshold to places in the picture.
struct HorizontalScale {
    /// All bounds and the threshold, each once, from left to right: the distance and its place.
    knots: Vec<(f64, f64)>,
}

impl HorizontalScale {
    fn of(steps: &[&StepAdjustment]) -> Self {
        let bounds = steps.iter().flat_map(|step| [step.lower, step.upper]);
        let mut knots: Vec<f64> = bounds.flatten().chain([0.0]).map(|at| at + 0.0).collect();
        sort_by_number(&mut knots, |at| *at);
        knots.dedup();
        let end = |open: bool| if open { OPEN } else { EMPTY };
        let mut left = end(steps.iter().any(|step| step.lower.is_none()));
        let right = end(steps.iter().any(|step| step.upper.is_none()));
        let (first, last) = (knots.first().copied(), knots.last().copied());
        let span = last.unwrap_or(0.0) - first.unwrap_or(0.0);
        let parts = knots.len().saturating_sub(1) as f64;
        let room = WIDTH - left - right;
        let least = LEAST_WIDTH.min(room / parts.max(1.0));
        let free = room - least * parts;
        if parts == 0.0 {
            left *= WIDTH / (WIDTH - room);
        }
        let mut done = 0.0;
        let placed = knots.iter().map(|knot| {
            let share = (knot - first.unwrap_or(0.0)) / span.max(f64::MIN_POSITIVE);
            // Endless where the bounds are as far apart as numbers go.
            let share = if share.is_finite() { share } else { 0.0 };
            let x = left + least * done + free * share.min(1.0);
            done += 1.0;
            (*knot, x)
        });
        Self {
            knots: placed.collect(),
        }
    }

    /// Returns where a bound stands.
    fn x(&self, bound: f64) -> f64 {
        let found = self.knots.iter().find(|(at, _)| *at == bound);
        found.map_or(0.0, |(_, x)| *x)
    }

    fn stretch(&self, step: &StepAdjustment) -> (f64, f64) {
        (
            step.lower.map_or(0.0, |lower| self.x(lower)),
            step.upper.map_or(WIDTH, |upper| self.x(upper)),
        )
    }

    /// Returns place, text and whether it is the threshold's: of the threshold's label, and of as many other bounds' as there is
    /// room for.
    fn labels(&self, words: Words, threshold: f64) -> Vec<(f64, String, bool)> {
        let mut placed: Vec<(f64, String, bool)> = Vec::new();
        let others = self.knots.iter().filter(|(at, _)| *at != 0.0);
        for (at, x) in std::iter::once(&(0.0, self.x(0.0))).chain(others) {
            let label = words.number(threshold + at, 2);
            let half = width(&label) / 2.0;
            let x = x.min(WIDTH - half).max(half);
            let is_free = half < WIDTH / 4.0
                && placed
                    .iter()
                    .all(|(other, text, _)| (x - other).abs() >= half + width(text) / 2.0);
            if is_free || *at == 0.0 {
                placed.push((x, label, *at == 0.0));
            }
        }
        placed
    }
}

/// From adjustments to heights in the picture.
struct VerticalScale {
    lowest: i32,
    highest: i32,
}

impl VerticalScale {
    fn of(steps: &[&StepAdjustment]) -> Self {
        let all = || steps.iter().map(|step| step.adjustment).chain([0]);
        Self {
            lowest: all().min().unwrap_or(0),
            highest: all().max().unwrap_or(0),
        }
    }

    fn y(&self, adjustment: i32) -> f64 {
        let room = FLOOR - TOP;
        let unit = room / (f64::from(self.highest) - f64::from(self.lowest)).max(1.0);
        let zero = FLOOR + f64::from(self.lowest) * unit;
        let height = f64::from(adjustment) * unit;
        let least = LEAST_HEIGHT * f64::from(adjustment.signum());
        zero - if height.abs() < least.abs() {
            least
        } else {
            height
        }
    }
}

/// Returns about how wide a label is, in the picture's units.
fn width(label: &str) -> f64 {
    label.chars().count() as f64 * CHARACTER + 3.0
}

fn line(class: &'static str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) -> Html {
    let d = format!("M{} {}L{} {}", short(x1), short(y1), short(x2), short(y2));
    html! { <path {class} {d} /> }
}

fn text(class: &'static str, (x, y): (f64, f64), says: String) -> Html {
    html! { <text {class} x={short(x)} y={short(y)}>{ says }</text> }
}

/// Returns a coordinate to a tenth.
fn short(value: f64) -> String {
    ((value * 10.0).round() / 10.0).to_string()
}

#[cfg(test)]
mod tests {
    use words::Lang;

    use super::*;

    fn steps(bounds: &[(Option<f64>, Option<f64>)]) -> Vec<StepAdjustment> {
        let step =
            |(index, &(lower, upper)): (usize, &(Option<f64>, Option<f64>))| StepAdjustment {
                lower,
                upper,
                adjustment: index as i32 + 1,
            };
        bounds.iter().enumerate().map(step).collect()
    }

    #[test]
    fn steps_keep_their_order_and_stay_inside_and_labels_do_not_meet() {
        let many: Vec<_> = (0..20)
            .map(|i| {
                let at = f64::from(i);
                (Some(at), (i < 19).then_some(at + 1.0))
            })
            .collect();
        for bounds in [
            vec![(Some(0.0), None)],
            vec![(None, Some(0.0))],
            vec![(None, Some(0.0)), (Some(0.0), None)],
            vec![
                (Some(0.0), Some(1.0)),
                (Some(1.0), Some(1e6)),
                (Some(1e6), None),
            ],
            vec![
                (None, Some(-0.0)),
                (Some(0.0), Some(1e300)),
                (Some(1e300), None),
            ],
            vec![(Some(5.0), Some(-5.0))],
            vec![(None, Some(-1e308)), (Some(-1e308), Some(1e308))],
            many,
        ] {
            let steps = steps(&bounds);
            let across = HorizontalScale::of(&steps.iter().collect::<Vec<_>>());
            let places: Vec<f64> = across.knots.iter().map(|(_, x)| *x).collect();
            assert!(places.is_sorted_by(|a, b| a < b), "{bounds:?}: {places:?}");
            assert!(
                places.iter().all(|x| (0.0..=WIDTH).contains(x)),
                "{bounds:?}: {places:?}"
            );
            let mut labels = across.labels(Words::new(Lang::En), 1234.5);
            assert!(
                labels.iter().any(|label| label.2),
                "{bounds:?}: the threshold is said"
            );
            labels.sort_by(|a, b| a.0.total_cmp(&b.0));
            for pair in labels.windows(2) {
                let apart = (width(&pair[0].1) + width(&pair[1].1)) / 2.0;
                assert!(pair[1].0 - pair[0].0 >= apart, "{bounds:?}: {pair:?}");
            }
        }
    }

    #[test]
    fn heights_are_of_the_adjustment_and_every_step_is_seen() {
        for adjustments in [
            [1, 2, 4],
            [-1, 0, 1000],
            [-3, -2, -1],
            [i32::MIN, 0, i32::MAX],
        ] {
            let steps = adjustments.map(|adjustment| StepAdjustment {
                adjustment,
                ..StepAdjustment::default()
            });
            let up = VerticalScale::of(&steps.iter().collect::<Vec<_>>());
            for adjustment in adjustments {
                let (zero, y) = (up.y(0), up.y(adjustment));
                assert!(
                    (TOP - LEAST_HEIGHT..=FLOOR + LEAST_HEIGHT).contains(&y),
                    "{adjustment}: {y}"
                );
                assert_eq!(
                    (zero - y).total_cmp(&0.0) as i32,
                    adjustment.signum(),
                    "{adjustment}"
                );
                assert!(
                    adjustment == 0 || (zero - y).abs() >= LEAST_HEIGHT - 1e-9,
                    "{adjustment}"
                );
            }
        }
    }
}
