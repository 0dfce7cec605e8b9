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
    fields::{Fields, Line, More, at},
    layer::moves,
};
use crate::{
    parts::{El, button, of},
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

/// Adds what fails, and the button that adds more, where something may.
#[inline(never)]
pub fn settings(fields: &Fields, card: El) -> El {
    let scenario = fields.scenario();
    let card = if scenario.failures.is_empty() {
        card
    } else {
        failures(fields, card)
    };
    if !scenario.platform.may_fail() {
        return card;
    }
    let says = AttrValue::Static(fields.words().add_failure());
    card.with(of("p", "failures").with(button("add", says, adds(fields))))
}

#[inline(never)]
fn failures(fields: &Fields, card: El) -> El {
    let mut list = of("div", "list");
    let ids = fields.shown.now.ids.of(List::Failures).iter();
    for (index, (id, failure)) in ids.zip(&fields.scenario().failures).enumerate() {
        list = list.with(fold(fields, index, *id, failure));
    }
    card.with(list)
        .with(fields.lines(of("div", "pair"), &NOTICED))
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

fn fold(fields: &Fields, index: usize, id: u32, failure: &Failure) -> El {
    let words = fields.words();
    let item = List::Failures.item(index);
    let fold = Fold {
        key: &id.to_string(),
        colour: "--fail",
        title: words.failure(failure.what).into(),
        note: words.date_time(failure.at).into(),
        open: fields.shown.now.ids.is_added(id),
        off: false,
        paths: &[&item],
    };
    fold.around(fields, &|body| inside(fields, body, index, failure.what))
}

fn inside(fields: &Fields, body: El, index: usize, what: Failing) -> El {
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
    let body = fields.field(body, at(&item, "what"), Words::field_failing, kinds);
    let body = fields.wide(body, at(&item, "at"), Words::field_at);
    let (leaf, label): (_, fn(Words) -> &'static str) = match what {
        Failing::Instances(_) => ("what.instances", Words::field_failing_count),
        Failing::Applications(_) => ("what.applications", Words::field_failing_count),
        Failing::ZoneMin(_) => ("what.zone_min", Words::field_failing_for),
    };
    let body = fields.field(body, at(&item, leaf), label, More::default());
    let outside = |warning: &Warning| matches!(warning, Warning::FailureOutsideRun { failure } if *failure == index);
    fields
        .warnings(body, &outside)
        .with(moves(fields, List::Failures, index))
}
