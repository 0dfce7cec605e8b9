//! The legend of a chart: a mark, a name, and the value under the cross-hair.

use chart::{LegendEntry, Moment, Subject};
use yew::prelude::*;

/// Returns the entries of a chart's legend as they are at a moment.
pub fn legend(entries: &[LegendEntry], subject: Subject<'_>, moment: Option<&Moment<'_>>) -> Html {
    html! {
        <div class="legend">
            for entry in entries {
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
