//! The box beside the cross-hair of the first chart: the moment, and what demand meets at it.

use chart::cursor::Reading;
use words::Words;

use super::{figure::share as css, legend::rate};
use crate::parts::{El, el, of};

/// The box. `share`: where on the plot the cross-hair stands, 0 to 1.
pub fn tooltip(words: Words, time: String, share: f64, max_rps: f64, reading: &Reading) -> El {
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
    let mut list = el("dl");
    for (name, (value, count)) in rows {
        let count = count.map(|n| ["(", &n, ")"].concat());
        let row = el("div")
            .with(el("dt").tells(name))
            .with(el("dd").says(value.into()))
            .with(of("dd", "n").says(count.unwrap_or_default().into()));
        list = list.with(row);
    }
    of("div", side)
        .key("tip")
        .attr("style", css("left:", share, ""))
        .set("aria-hidden", "true")
        .with(el("b").says(time.into()))
        .with(list)
}
