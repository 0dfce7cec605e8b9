//! What fails: instances, applications, an Availability Zone; and how long it takes until somebody notices.

use std::rc::Rc;

use scenario::{
    compile::Warning,
    document::{Failing, Failure},
    time::LocalTime,
};
use words::Words;
use yew::prelude::*;

use super::{
    card::Fold,
    fields::{Fields, Line, More, Say, at},
    layer::moves,
};
use crate::{
    state::{Action, Item},
    typed::List,
};

const NOTICED: [Line; 2] = [
    (
        "availability_zones",
        Words::field_zones,
        Words::field_zones_about,
    ),
    (
        "assumptions.status_check_s",
        Words::field_status_check_s,
        Words::field_status_check_s_about,
    ),
];

/// Returns what fails, and the button that adds more, where something may.
pub fn settings(fields: &Fields) -> Html {
    let scenario = fields.scenario();
    html! {
        <>
            if !scenario.failures.is_empty() {
                <div class="list">
                    for (index, (id, failure)) in fields.items(List::Failures).zip(&scenario.failures).enumerate() {
                        { fold(fields, index, id, failure) }
                    }
                </div>
                <div class="pair">{ fields.lines(&NOTICED) }</div>
            }
            if fields.rules().fails {
                <p class="failures">
                    <button class="add" type="button" onclick={adds(fields)}>{ fields.words().add_failure() }</button>
                </p>
            }
        </>
    }
}

/// Puts one in, once clicked: a zone that is gone for an hour, in the evening of the first day.
fn adds(fields: &Fields) -> Callback<MouseEvent> {
    let evening = LocalTime::new(20, 30, 0).unwrap_or_default();
    let failure = Failure {
        at: fields.scenario().start.at(evening),
        what: Failing::ZoneMin(60.0),
    };
    Action::Insert(Rc::new(Item::Failure(failure))).on_click(&fields.shown.on)
}

fn fold(fields: &Fields, index: usize, id: u32, failure: &Failure) -> Html {
    let words = fields.words();
    let item = List::Failures.item(index);
    let kinds = More {
        about: Words::field_failing_about,
        choices: vec![
            ("zone_min", words.failing_kind_zone()),
            ("instances", words.failing_kind_instances()),
            ("applications", words.failing_kind_applications()),
        ],
        wide: true,
        ..More::default()
    };
    let (leaf, label): (_, Say) = match failure.what {
        Failing::Instances(_) => ("what.instances", Words::field_failing_count),
        Failing::Applications(_) => ("what.applications", Words::field_failing_count),
        Failing::ZoneMin(_) => ("what.zone_min", Words::field_failing_for),
    };
    let outside = |warning: &Warning| matches!(warning, Warning::FailureOutsideRun { failure } if *failure == index);
    html! {
        <Fold key={id} {words} colour="--fail" title={words.failure(failure.what)} note={words.date_time(failure.at)}
            open={fields.is_added(id)} problems={fields.problems(&[&item])} warnings={fields.odd(&item)}>
            { fields.field(at(&item, "what"), Words::field_failing, kinds) }
            { fields.wide(at(&item, "at"), Words::field_at) }
            { fields.field(at(&item, leaf), label, More::default()) }
            { fields.warnings(outside) }
            { moves(fields, List::Failures, index) }
        </Fold>
    }
}
