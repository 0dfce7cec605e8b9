//! What launches may run into: AWS has too few instances for a time, or the account may run no more.

use scenario::{compile::Warning, document::LaunchCapacity, time::LocalTime};
use yew::prelude::*;

use super::FormProps;
use crate::state::Action;

/// Returns what there is for launches, where that is bounded, and the buttons that bound it.
pub fn settings(form: &FormProps) -> Html {
    let rules = form.rules();
    if !rules.has_instances {
        return html! {};
    }
    let capacity = &form.scenario().launch_capacity;
    html! {
        <>
            if capacity.at.is_some() {
                { form.wide(LaunchCapacity::at) }
                <div class="pair">{ form.rows([LaunchCapacity::for_min, LaunchCapacity::available]) }</div>
                if rules.fails {
                    { form.wide(LaunchCapacity::zones) }
                }
                if rules.endpoint_updates {
                    { form.wide(LaunchCapacity::provision_timeout) }
                }
            }
            if capacity.quota.is_some() {
                { form.wide(LaunchCapacity::quota) }
            }
            { form.warnings(is_odd) }
            <p class="failures">
                if capacity.at.is_none() {
                    { form.button_that_goes(form.words.add_shortage(), lacks(form)) }
                }
                if capacity.quota.is_none() {
                    { form.button_that_goes(form.words.add_quota(), bounds(form)) }
                }
            </p>
        </>
    }
}

fn is_odd(warning: &Warning) -> bool {
    matches!(
        warning,
        Warning::ShortageOutsideRun | Warning::OtherZonesHaveEnough | Warning::QuotaBelowMax { .. }
    )
}

/// Returns what lets AWS have too few instances, in the evening of the first day.
fn lacks(form: &FormProps) -> Action {
    let evening = LocalTime::new(19, 30, 0).unwrap_or_default();
    Action::Type {
        field: LaunchCapacity::at,
        text: form.scenario().start.at(evening).to_string(),
    }
}

/// Returns what bounds the account to as many instances as MaxCapacity allows.
fn bounds(form: &FormProps) -> Action {
    let max = form.outcome().map_or(10, |it| it.compiled.resolved.max);
    Action::Type {
        field: LaunchCapacity::quota,
        text: max.max(1).to_string(),
    }
}
