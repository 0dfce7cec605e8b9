//! The scenario with a trace in its demand.

use super::Trace;
use crate::document::{Layer, Scenario, Shape};

/// Longest run, hours.
const MOST_HOURS: u32 = 8784;

/// Returns the scenario with the trace: beside the other layers or instead of them (`replace`); over the trace's days (`days`) or its
/// own. `name` is the layer's.
#[must_use]
pub fn with_trace(
    scenario: &Scenario,
    trace: Trace,
    name: String,
    replace: bool,
    days: bool,
) -> Scenario {
    let mut changed = scenario.clone();
    if days {
        changed.start = trace.start.date();
        let begins_s = f64::from(trace.start.time().second_of_day());
        let hours = ((begins_s + trace.length_s()) / 3600.0).ceil() as u32;
        changed.hours = hours.clamp(1, MOST_HOURS);
    }
    if replace {
        changed.demand.clear();
    }
    changed.demand.push(Layer {
        name,
        off: false,
        shape: Shape::Trace { trace, scale: 1.0 },
    });
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(minutes: usize) -> Trace {
        Trace::new("1998-07-07T20:30".parse().unwrap(), 60, 0, vec![1; minutes]).unwrap()
    }

    #[test]
    fn the_run_covers_the_days_of_the_trace() {
        for (minutes, hours) in [(1, 21), (30, 21), (31, 22), (24 * 60, 45)] {
            let changed = with_trace(
                &Scenario::default(),
                trace(minutes),
                String::new(),
                true,
                true,
            );
            assert_eq!(
                (changed.start.to_string(), changed.hours),
                ("1998-07-07".to_owned(), hours),
                "{minutes}"
            );
            assert_eq!(changed.demand.len(), 1);
        }
    }

    #[test]
    fn a_trace_can_stand_beside_what_is_there() {
        let scenario = Scenario::default();
        let changed = with_trace(&scenario, trace(5), "web".to_owned(), false, false);
        assert_eq!(
            (changed.start, changed.hours),
            (scenario.start, scenario.hours)
        );
        assert_eq!(changed.demand.len(), scenario.demand.len() + 1);
        assert_eq!(changed.demand[changed.demand.len() - 1].name, "web");
    }
}
