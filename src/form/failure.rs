//! What fails: instances, applications, an Availability Zone; and how long it takes until somebody notices.

use std::rc::Rc;

use scenario::{
    compile::Warning,
    document::{Assumptions, Failing, Failure, Scenario, SlowInstance},
    field::{ItemId, List},
    time::LocalTime,
};
use yew::prelude::*;

use super::{FormProps, item::ItemFold};
use crate::state::{Action, Item};

/// Returns what fails, and the button that adds more, where something may.
pub fn settings(form: &FormProps) -> Html {
    let scenario = form.scenario();
    html! {
        <>
            if !scenario.failures.is_empty() {
                <div class="list">
                    for (index, (id, failure)) in scenario.failures.numbered().enumerate() {
                        { fold(form, index, id, failure) }
                    }
                </div>
                <div class="pair">{ form.rows([Scenario::availability_zones, Assumptions::status_check_s]) }</div>
            }
            { slow_instance(form) }
            if form.rules().fails {
                <p class="failures">
                    { form.button(form.words.add_failure(), adds(form)) }
                    if scenario.slow_instance.at.is_none() {
                        { form.button_that_goes(form.words.add_slow_instance(), slows(form)) }
                    }
                </p>
            }
        </>
    }
}

/// Returns what slows down, where something does.
fn slow_instance(form: &FormProps) -> Html {
    if form.scenario().slow_instance.at.is_none() {
        return html! {};
    }
    html! {
        <>
            { form.wide(SlowInstance::at) }
            <div class="pair">{ form.rows([SlowInstance::times, SlowInstance::for_min]) }</div>
            { form.warnings(|warning| matches!(warning, Warning::SlowOutsideRun)) }
        </>
    }
}

/// Returns what makes an instance slow, in the evening of the first day.
fn slows(form: &FormProps) -> Action {
    let evening = LocalTime::new(20, 30, 0).unwrap_or_default();
    Action::Type {
        field: SlowInstance::at,
        text: form.scenario().start.at(evening).to_string(),
    }
}

/// Returns what adds a failure: a zone that is gone for an hour, in the evening of the first day.
fn adds(form: &FormProps) -> Action {
    let evening = LocalTime::new(20, 30, 0).unwrap_or_default();
    let failure = Failure {
        at: form.scenario().start.at(evening),
        what: Failing::ZoneMin(60.0),
    };
    Action::Insert(Rc::new(Item::Failure(failure)))
}

fn fold(form: &FormProps, index: usize, id: ItemId, failure: &Failure) -> Html {
    let words = form.words;
    let extent = match failure.what {
        Failing::Instances(_) => Failure::instances,
        Failing::Applications(_) => Failure::applications,
        Failing::ZoneMin(_) => Failure::zone_min,
    };
    let outside = |warning: &Warning| matches!(warning, Warning::FailureOutsideRun { failure } if *failure == index);
    let item = ItemFold {
        list: List::Failures,
        id,
        colour: "--fail",
        title: words.failure(failure.what).into(),
        note: words.date_time(failure.at),
    };
    let fields = html! {
        <>
            { form.wide(Failure::what.of(id)) }
            { form.wide(Failure::at.of(id)) }
            { form.row(extent.of(id)) }
            { form.warnings(outside) }
        </>
    };
    item.around(form, false, fields)
}
