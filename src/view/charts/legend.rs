//! The legend of a chart: a mark, a name, and the value under the cross-hair.

use chart::{LegendEntry, Moment, Subject};
use yew::prelude::*;

/// Returns the entries of a chart's legend as they are at a moment. `range`: what a band and the line in it are, where there are any.
pub fn legend(
    entries: &[LegendEntry],
    subject: Subject<'_>,
    moment: Option<&Moment<'_>>,
    range: Option<&'static str>,
) -> Html {
    let range = range.map(|name| LegendEntry::new("box range", name));
    html! {
        <div class="legend">
            for entry in entries.iter().chain(&range) {
                { shown(entry, subject, moment) }
            }
        </div>
    }
}

fn shown(entry: &LegendEntry, subject: Subject<'_>, moment: Option<&Moment<'_>>) -> Html {
    let (name, value) = entry.read(subject, moment);
    html! {
        <>
            if entry.begins_line {
                <span class="break" />
            }
            <span class="lg">
                <i class={entry.mark} aria-hidden="true" />
                { name }
                <b hidden={value.is_none()}>{ value }</b>
            </span>
        </>
    }
}
