//! A time in which metrics are missing: what adds it, and its fields where it is there.

use scenario::{compile::Warning, document::MissingMetric, time::LocalTime};
use yew::prelude::*;

use super::FormProps;
use crate::state::Action;

/// Returns the fields, where metrics go missing.
pub fn settings(form: &FormProps) -> Html {
    if form.scenario().missing_metric.at.is_none() {
        return html! {};
    }
    html! {
        <>
            { form.wide(MissingMetric::at) }
            <div class="pair">{ form.rows([MissingMetric::for_min]) }</div>
            { form.warnings(|warning| matches!(warning, Warning::MissingOutsideRun)) }
        </>
    }
}

/// Returns the button that lets metrics go missing, in the evening of the first day, where policies look at any.
pub fn button(form: &FormProps) -> Html {
    let scenario = form.scenario();
    if scenario.missing_metric.at.is_some() || scenario.policies.is_empty() {
        return html! {};
    }
    let evening = LocalTime::new(20, 10, 0).unwrap_or_default();
    let goes_missing = Action::Type {
        field: MissingMetric::at,
        text: scenario.start.at(evening).to_string(),
    };
    form.button_that_goes(form.words.add_missing_metric(), goes_missing)
}
