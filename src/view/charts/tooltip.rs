//! The box beside the cross-hair: the moment, and what the chart reads at it.

use chart::{Chart, Moment, Subject};
use yew::prelude::*;

use super::css;

/// Returns the box of a chart that has one. `share`: where on the plot the cross-hair stands, 0 to 1.
pub fn tooltip(chart: &dyn Chart, subject: Subject<'_>, moment: &Moment<'_>, share: f64) -> Html {
    let rows = chart.tooltip(subject, moment);
    if rows.is_empty() {
        return Html::default();
    }
    let side = if share > 0.5 { "before" } else { "after" };
    html! {
        <div class={classes!("tip", side)} style={css::share("left:", share, "")} aria-hidden="true">
            <b>{ subject.moment(moment.at_s) }</b>
            <dl>
                for row in rows {
                    <div>
                        <dt>{ row.name }</dt>
                        <dd>{ row.value }</dd>
                    </div>
                }
            </dl>
        </div>
    }
}
