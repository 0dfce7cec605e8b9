//! The box beside the cross-hair of the first chart: the moment, and what demand meets at it.

use chart::cursor::Reading;
use words::Words;
use yew::prelude::*;

use super::legend::rate;
use crate::parts::{el, of};

/// The box. `share`: where on the plot the cross-hair stands, 0 to 1.
pub fn tooltip(words: Words, time: String, share: f64, max_rps: f64, reading: &Reading) -> Html {
    let instances = |n: u32| {
        (
            rate(words, f64::from(n) * max_rps),
            Some(words.integer(f64::from(n))),
        )
    };
    let mut rows = vec![
        (
            words.legend_demand(),
            (rate(words, reading.demand_rps), None),
        ),
        (words.legend_in_service(), instances(reading.in_service)),
        (words.legend_pending(), instances(reading.pending)),
    ];
    if reading.failed_rps > 0.0 {
        rows.push((
            words.legend_failing(),
            (rate(words, reading.failed_rps), None),
        ));
    }
    if reading.queue >= 0.5 {
        rows.push((words.legend_queue(), (words.compact(reading.queue), None)));
    }
    let side = if share > 0.5 {
        "tip before"
    } else {
        "tip after"
    };
    let rows = rows.into_iter().map(|(name, (value, count))| {
        let count = count.map(|n| format!("({n})")).unwrap_or_default();
        el("div")
            .with(el("dt").tells(name).html())
            .with(el("dd").says(value.into()).html())
            .with(of("dd", "n").says(count.into()).html())
            .html()
    });
    of("div", side)
        .key("tip")
        .attr("style", format!("left:{:.3}%", share * 100.0).into())
        .set("aria-hidden", "true")
        .with(el("b").says(time.into()).html())
        .with(el("dl").each(rows.collect()).html())
        .html()
}
