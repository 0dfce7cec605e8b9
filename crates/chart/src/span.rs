//! Stretches of time in which something holds, as rectangles no thinner than the eye can see.
//!
//! Neighbours that fall into one pixel are merged and keep their outermost edges: a failing minute in a year still shows.

use engine::{
    digest::Blocks,
    plan::Failing,
    run::{AlarmState, FleetChange, Loss},
};

use crate::decimate::Columns;

/// A rectangle: horizontally in CSS pixels from the plot's left edge, vertically in values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Left edge.
    pub from_px: f64,
    /// Right edge.
    pub to_px: f64,
    /// Lower value.
    pub low: f64,
    /// Upper value.
    pub high: f64,
}

/// Narrowest rectangle, CSS pixels.
const NARROWEST_PX: f64 = 1.5;

/// Collects spans from left to right.
struct Spans {
    columns: Columns,
    out: Vec<Span>,
}

impl Spans {
    /// Returns both edges of a stretch; `None` where it is outside the window.
    fn edges_px(&self, from_s: f64, to_s: f64) -> Option<(f64, f64)> {
        let from_px = self.columns.x_px(from_s).max(0.0);
        let to_px = self.columns.x_px(to_s).min(self.columns.width_px);
        if to_px <= 0.0 || from_px >= self.columns.width_px {
            return None;
        }
        let to_px = to_px.max(from_px + NARROWEST_PX).min(self.columns.width_px);
        Some((from_px, to_px))
    }

    fn push(&mut self, from_s: f64, to_s: f64, low: f64, high: f64) {
        if let Some((from_px, to_px)) = self.edges_px(from_s, to_s) {
            self.push_px(from_px, to_px, low, high);
        }
    }

    fn push_px(&mut self, from_px: f64, to_px: f64, low: f64, high: f64) {
        if let Some(last) = self.out.last_mut() {
            let same = last.low == low && last.high == high && from_px <= last.to_px + 1e-6;
            let one_pixel = to_px <= last.from_px + NARROWEST_PX + 1e-6;
            if same || one_pixel {
                last.to_px = last.to_px.max(to_px);
                last.low = last.low.min(low);
                last.high = last.high.max(high);
                return;
            }
        }
        self.out.push(Span {
            from_px,
            to_px,
            low,
            high,
        });
    }
}

/// Returns failures: a zone for as long as it is gone, anything else for a moment.
#[must_use]
pub fn losses(losses: &[Loss], columns: Columns) -> Vec<Span> {
    let stretch = |loss: &Loss| {
        let for_s = match loss.what {
            Failing::Zone { for_s } => for_s,
            Failing::Instances(_) | Failing::Applications(_) => 0.0,
        };
        (loss.at_s, loss.at_s + for_s)
    };
    stretches(&mut losses.iter().map(stretch), columns)
}

/// Returns stretches of time, each from one moment to another, in the order in which they begin.
#[must_use]
pub fn stretches(all: &mut dyn Iterator<Item = (f64, f64)>, columns: Columns) -> Vec<Span> {
    let out = Vec::new();
    let mut spans = Spans { columns, out };
    for (from_s, to_s) in all {
        spans.push(from_s, to_s, 0.0, 0.0);
    }
    spans.out
}

/// Returns capacity pending, stacked on what is in service, `unit` for each instance.
#[must_use]
pub fn pending(fleet: &[FleetChange], unit: f64, columns: Columns) -> Vec<Span> {
    let mut spans = Spans {
        columns,
        out: Vec::new(),
    };
    let start = fleet
        .partition_point(|c| c.at_s <= columns.window.from_s)
        .saturating_sub(1);
    let shown = fleet.get(start..).unwrap_or_default();
    for (i, change) in shown.iter().enumerate() {
        if change.at_s >= columns.window.to_s {
            break;
        }
        if change.pending > 0 {
            let end_s = shown.get(i + 1).map_or(columns.window.to_s, |c| c.at_s);
            let low = f64::from(change.in_service) * unit;
            spans.push(
                change.at_s,
                end_s,
                low,
                low + f64::from(change.pending) * unit,
            );
        }
    }
    spans.out
}

/// Returns where `above` is greater than `below` by more than a thousandth: the part between them, period by period. `blocks` are
/// those in which it is greater.
#[must_use]
pub fn excess(
    above: &[f32],
    below: &[f32],
    blocks: &Blocks,
    period_s: f64,
    columns: Columns,
) -> Vec<Span> {
    let exceeds = |above, below| f64::from(above) > f64::from(below) * 1.001 + 1e-9;
    let part = |above, below| (f64::from(below), f64::from(above));
    by_period([above, below], blocks, period_s, columns, exceeds, part)
}

/// Returns failed requests as the top part of demand: as much of each period's rate as failed. `blocks` are those in which
/// requests failed.
#[must_use]
pub fn failing(
    demand: &[f32],
    failed: &[f32],
    blocks: &Blocks,
    period_s: f64,
    columns: Columns,
) -> Vec<Span> {
    let part = |demand, failed| {
        let (demand, failed) = (f64::from(demand), f64::from(failed));
        let low = (demand - failed).max(0.0);
        (low, low + failed)
    };
    let fails = |_, failed| failed > 0.0;
    by_period([demand, failed], blocks, period_s, columns, fails, part)
}

/// Returns the time that an alarm spends in ALARM. A state is that at its period's end, so it stands until the next period ends.
#[must_use]
pub fn in_alarm(states: &[AlarmState], period_s: f64, columns: Columns) -> Vec<Span> {
    let mut columns = columns;
    columns.window.from_s -= period_s;
    columns.window.to_s -= period_s;
    let out = Vec::new();
    let mut spans = Spans { columns, out };
    let shown = columns.samples(period_s, states.len());
    let from = shown.start;
    let states = states.get(shown).unwrap_or_default();
    for stretch in engine::digest::in_alarm(states) {
        let (from, to) = (from + stretch.start, from + stretch.end);
        // What its periods come to one after the other: they differ in nothing.
        let edge = |period: usize| period as f64 * period_s;
        let first = (from..to).find_map(|i| spans.edges_px(edge(i), edge(i + 1)));
        let last = spans.edges_px(edge(to - 1), edge(to));
        if let Some((from_px, to_px)) = first {
            spans.push_px(
                from_px,
                last.map_or(columns.width_px, |last| last.1.max(to_px)),
                0.0,
                1.0,
            );
        }
    }
    spans.out
}

/// Returns the periods of two series of which `is_shown` is true, each as the `part` between two values: within `blocks`, as it is
/// true of no other.
fn by_period(
    [one, other]: [&[f32]; 2],
    blocks: &Blocks,
    period_s: f64,
    columns: Columns,
    is_shown: impl Fn(f32, f32) -> bool,
    part: impl Fn(f32, f32) -> (f64, f64),
) -> Vec<Span> {
    let out = Vec::new();
    let mut spans = Spans { columns, out };
    let periods = columns.samples(period_s, one.len().min(other.len()));
    for period in blocks.within(periods).flatten() {
        if let (Some(&one), Some(&other)) = (one.get(period), other.get(period))
            && is_shown(one, other)
        {
            let (low, high) = part(one, other);
            let edge_s = |period: usize| period as f64 * period_s;
            spans.push(edge_s(period), edge_s(period + 1), low, high);
        }
    }
    spans.out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::Window;

    fn columns(to_s: f64, width_px: f64) -> Columns {
        Columns {
            window: Window { from_s: 0.0, to_s },
            width_px,
            count: width_px as usize,
        }
    }

    #[test]
    fn one_failing_minute_in_a_year_is_wide_enough_to_see() {
        let demand = vec![10.0_f32; 525_600];
        let mut failed = vec![0.0_f32; 525_600];
        failed[400_000] = 3.0;
        let spans = failing(
            &demand,
            &failed,
            &Blocks::not_zero(&failed),
            60.0,
            columns(31_536_000.0, 600.0),
        );
        assert_eq!(spans.len(), 1);
        assert!(spans[0].to_px - spans[0].from_px >= NARROWEST_PX);
        assert_eq!((spans[0].low, spans[0].high), (7.0, 10.0));
    }

    #[test]
    fn many_spans_of_one_pixel_become_one() {
        let demand = vec![10.0_f32; 100_000];
        let failed: Vec<f32> = (0..100_000)
            .map(|i| if i % 2 == 0 { 1.0 } else { 0.0 })
            .collect();
        let spans = failing(
            &demand,
            &failed,
            &Blocks::not_zero(&failed),
            60.0,
            columns(6_000_000.0, 300.0),
        );
        assert!(spans.len() <= 301, "{} spans", spans.len());
    }

    #[test]
    fn pending_stands_on_what_is_in_service() {
        let change = |at_s, in_service, pending| FleetChange {
            at_s,
            desired: in_service + pending,
            in_service,
            pending,
            min: 1,
            max: 9,
        };
        let fleet = [
            change(0.0, 2, 0),
            change(100.0, 2, 4),
            change(200.0, 6, 0),
            change(950.0, 6, 1),
        ];
        assert_eq!(
            pending(&fleet, 20.0, columns(1000.0, 1000.0)),
            [
                Span {
                    from_px: 100.0,
                    to_px: 200.0,
                    low: 40.0,
                    high: 120.0
                },
                Span {
                    from_px: 950.0,
                    to_px: 1000.0,
                    low: 120.0,
                    high: 140.0
                }
            ]
        );
    }

    #[test]
    fn an_alarm_shows_from_its_evaluation_on() {
        let mut states = vec![AlarmState::Ok; 10];
        states[3..6].fill(AlarmState::Alarm);
        let spans = in_alarm(&states, 60.0, columns(600.0, 600.0));
        assert_eq!(spans.len(), 1);
        assert_eq!((spans[0].from_px, spans[0].to_px), (240.0, 420.0));
    }

    #[test]
    fn only_what_exceeds_is_shaded() {
        let (above, below) = ([10.0, 30.0, 30.0], [20.0, 20.0, 30.0]);
        let blocks = Blocks::above(&above, &below);
        let spans = excess(&above, &below, &blocks, 60.0, columns(180.0, 180.0));
        assert_eq!(spans.len(), 1);
        assert_eq!((spans[0].from_px, spans[0].to_px), (60.0, 120.0));
    }
}
