//! The box beside the cross-hair of the first chart: the moment, and what demand meets at it.

use chart::cursor::Reading;
use words::Words;
use yew::prelude::*;

use super::legend::rate;

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
    html! {
        <div key="tip" class={side} style={format!("left:{:.3}%", share * 100.0)} aria-hidden="true">
            <b>{ time }</b>
            <dl>
                { for rows.into_iter().map(|(name, (value, count))| html! {
                    <div key={name}>
                        <dt>{ name }</dt>
                        <dd>{ value }</dd>
                        <dd class="n">{ count.map(|n| format!("({n})")) }</dd>
                    </div>
                }) }
            </dl>
        </div>
    }
}
