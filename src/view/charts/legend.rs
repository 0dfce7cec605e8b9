//! The legend of each chart: a mark, a name, and the value under the cross-hair.

use chart::{Kind, Thresholds, cursor::Reading, most_credits};
use engine::{
    plan::Comparison,
    run::{AlarmRole, AlarmState, Run},
};
use words::Words;
use yew::prelude::*;

use crate::{
    outcome::Outcome,
    parts::{El, el, of},
};

/// One entry: the class of its mark, its name, and its value where there is a cross-hair.
pub struct Item {
    mark: &'static str,
    name: AttrValue,
    value: Option<String>,
}

#[inline(never)]
fn item(mark: &'static str, name: &'static str, value: Option<String>) -> Item {
    Item {
        mark,
        name: AttrValue::Static(name),
        value,
    }
}

#[inline(never)]
fn named(mark: &'static str, name: String) -> Item {
    Item {
        mark,
        name: name.into(),
        value: None,
    }
}

/// In place of a mark: the next entries begin a new line, so that values coming and going do not move the chart.
const BREAK: &str = "break";

/// A rate for a legend or a tooltip.
pub fn rate(words: Words, rps: f64) -> String {
    if rps >= 10_000.0 {
        words.compact(rps)
    } else {
        words.significant(rps)
    }
}

/// Entries of a chart's legend.
#[inline(never)]
pub fn items(
    kind: Kind,
    words: Words,
    thresholds: Option<Thresholds>,
    reading: Option<&Reading>,
) -> Vec<Item> {
    let count = |of: fn(&Reading) -> u32| reading.map(|r| words.integer(f64::from(of(r))));
    let latency = |of: fn(&Reading) -> f64| {
        let ms = reading.map(of).filter(|ms| *ms > 0.0)?;
        Some(words.latency(ms))
    };
    match kind {
        Kind::Capacity => vec![
            item("line demand", words.legend_demand(), None),
            item("box cap", words.legend_in_service(), None),
            item("box pend", words.legend_pending(), None),
            item("box waiting", words.legend_waiting(), None),
            item("box fail", words.legend_failing(), None),
        ],
        Kind::Instances => vec![
            item("line target", words.legend_desired(), count(|r| r.desired)),
            item(
                "box cap",
                words.legend_in_service(),
                count(|r| r.in_service),
            ),
            item("box pend", words.legend_pending(), count(|r| r.pending)),
            item(
                "line bound",
                words.legend_bounds(),
                reading.map(|r| {
                    words.value_range(
                        &words.integer(f64::from(r.min)),
                        &words.integer(f64::from(r.max)),
                    )
                }),
            ),
        ],
        Kind::Metric => {
            let metric = reading.map(|r| words.metric(r.metric));
            let mut items = vec![item("line demand", words.legend_metric(), metric)];
            if let Some(Thresholds { high, low }) = thresholds {
                // Beside its state an alarm's name is enough; alone, the mark stands for being in ALARM.
                let alarm = |mark, name, full, of: fn(&Reading) -> AlarmState| match reading {
                    Some(reading) => item(mark, name, Some(alarm_state(of(reading)).to_owned())),
                    None => item(mark, full, None),
                };
                let target = words.legend_target(&words.threshold(high));
                items.push(named("line target", target));
                let low = words.legend_low_alarm(&words.threshold(low));
                items.push(named("dash", low));
                items.push(item(BREAK, "", None));
                items.push(alarm(
                    "box waiting",
                    "AlarmHigh",
                    words.legend_alarm_high(),
                    |r| r.alarm_high,
                ));
                items.push(alarm(
                    "box low",
                    "AlarmLow",
                    words.legend_alarm_low(),
                    |r| r.alarm_low,
                ));
            }
            items
        }
        Kind::Latency => vec![
            item("line thin fail", words.legend_p99(), latency(|r| r.p99_ms)),
            item("line p95", words.legend_p95(), latency(|r| r.p95_ms)),
            item("line thick cap", words.legend_p50(), latency(|r| r.p50_ms)),
        ],
        Kind::Overview => Vec::new(),
    }
}

/// Adds the alarms of step scaling policies, each threshold once.
#[inline(never)]
pub fn own_alarms(items: &mut Vec<Item>, words: Words, outcome: &Outcome) {
    let policies = &outcome.compiled.plan.step_scaling;
    for own in super::own_alarms(outcome) {
        let policy = policies.iter().find(|policy| policy.index == own.policy);
        let sign = match policy.map(|policy| policy.alarm.comparison) {
            Some(Comparison::GreaterThanThreshold) => ">",
            Some(Comparison::GreaterThanOrEqualToThreshold) => "≥",
            Some(Comparison::LessThanThreshold) => "<",
            Some(Comparison::LessThanOrEqualToThreshold) => "≤",
            None => continue,
        };
        let name = words.legend_own_alarm(sign, &words.number(own.threshold, 1));
        let mark = if own.above { "above" } else { "below" };
        items.push(named(mark, name));
    }
}

/// Says the state of alarms whose metric has no datapoint in the run, also without a cross-hair: there is nothing else to see.
#[inline(never)]
pub fn without_data(items: &mut [Item], run: &Run) {
    let series = &run.series;
    if !series.metric().iter().all(|value| value.is_nan()) {
        return;
    }
    let last = |role| series.alarm(role).last().copied();
    for item in items.iter_mut().filter(|item| item.value.is_none()) {
        let (state, name) = match item.mark {
            "box waiting" => (last(AlarmRole::High), Some("AlarmHigh")),
            "box low" => (last(AlarmRole::Low), Some("AlarmLow")),
            "above" | "below" => (last(AlarmRole::Own), None),
            _ => continue,
        };
        item.value = state.map(|state| alarm_state(state).to_owned());
        if let Some(name) = name {
            item.name = AttrValue::Static(name);
        }
    }
}

/// Adds what is forecast.
#[inline(never)]
pub fn forecast(items: &mut Vec<Item>, words: Words, reading: Option<&Reading>) {
    let count = reading.and_then(|reading| reading.forecast);
    let count = count.map(|n| words.integer(f64::from(n)));
    items.push(item("line demand", words.legend_forecast(), count));
}

/// Adds what failed.
#[inline(never)]
pub fn lost(items: &mut Vec<Item>, words: Words) {
    items.push(item("box lost", words.legend_lost(), None));
}

/// Adds the instances under copies.
#[inline(never)]
pub fn instances(items: &mut Vec<Item>, words: Words, reading: Option<&Reading>) {
    let count = reading.and_then(|reading| reading.instances);
    let count = count.map(|instances| words.integer(f64::from(instances)));
    items.push(item("line host", words.legend_instances(), count));
}

/// Adds CPU credits, whose lines have a scale of their own.
#[inline(never)]
pub fn credits(items: &mut Vec<Item>, words: Words, run: &Run, reading: Option<&Reading>) {
    let most = most_credits(run);
    if most <= 0.0 {
        return;
    }
    let entry = |mark, name: String, value: Option<f64>| Item {
        mark,
        name: name.into(),
        value: value.map(|value| words.number(value, 1)),
    };
    let balance = reading.and_then(|reading| reading.credits);
    let name = words.legend_credits(&words.number(most, 1));
    items.push(entry("line p95", name, balance));
    if !run.series.surplus_credits.is_empty() {
        let surplus = reading.and_then(|reading| reading.surplus);
        let name = words.legend_surplus().to_owned();
        items.push(entry("line thin fail", name, surplus));
    }
}

/// Adds the capacity of instances that are held to their baseline.
#[inline(never)]
pub fn held(items: &mut Vec<Item>, words: Words) {
    items.push(item("line p95", words.legend_held(), None));
}

/// Drops the entries of a calm run that has nothing `waiting` or `failing` to show.
pub fn keep(items: &mut Vec<Item>, waiting: bool, failing: bool) {
    items.retain(|item| match item.mark {
        "box waiting" => waiting,
        "box fail" => failing,
        _ => true,
    });
}

/// What has no capacity does not wait, but is served on demand.
#[inline(never)]
pub fn on_demand(items: &mut [Item], words: Words) {
    for item in items.iter_mut().filter(|item| item.mark == "box waiting") {
        item.mark = "box low";
        item.name = AttrValue::Static(words.key_on_demand());
    }
}

/// An alarm's state as CloudWatch spells it.
fn alarm_state(state: AlarmState) -> &'static str {
    match state {
        AlarmState::Alarm => "ALARM",
        AlarmState::Ok => "OK",
        AlarmState::InsufficientData => "INSUFFICIENT_DATA",
    }
}

/// The entries as elements.
#[inline(never)]
pub fn legend(items: Vec<Item>) -> El {
    let mut legend = of("div", "legend");
    for Item { mark, name, value } in items {
        let entry = if mark == BREAK {
            of("span", "break")
        } else {
            of("span", "lg")
                .with(of("i", mark).set("aria-hidden", "true"))
                .says(name)
                .with(
                    el("b")
                        .flag("hidden", value.is_none())
                        .says(value.unwrap_or_default().into()),
                )
        };
        legend = legend.with(entry.key(mark));
    }
    legend
}
