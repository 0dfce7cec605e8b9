//! Whether what lessons, terms and sources refer to is there.

use std::collections::{BTreeMap, BTreeSet};

use chart::CHARTS;

use crate::{
    content::{Content, LessonSource},
    fault::{Faults, Place, listed},
};

/// How many questions a lesson ends with.
const QUESTIONS: usize = 2;

/// Tells which references of lessons and terms lead nowhere.
pub fn check(content: &Content<'_>, faults: &mut Faults) {
    for source in &content.lessons {
        lesson(content, source, faults);
    }
    terms(content, faults);
    for (id, source) in &content.sources {
        let Some(place) = content.source_places.get(id) else {
            continue;
        };
        let is_there =
            source.address.starts_with("https://") && !source.address.contains(char::is_whitespace);
        if !is_there {
            faults.add(
                place,
                format!("`{}` is no address", source.address),
                "https:// and so on",
            );
        }
        if source.read.parse::<scenario::time::LocalDate>().is_err() {
            faults.add(
                place,
                format!("`{}` is no day", source.read),
                "the day when it was read, such as 2026-11-30",
            );
        }
    }
}

fn lesson(content: &Content<'_>, source: &LessonSource<'_>, faults: &mut Faults) {
    let lesson = &source.lesson;
    let mut each = |field: &str, ids: &[String], known: &dyn Fn(&str) -> bool, right: &str| {
        for (index, id) in ids.iter().enumerate() {
            let place = source.place(&[field, &index.to_string()]);
            if !known(id) {
                faults.add(
                    &place,
                    format!("there is no `{id}` among the {field}"),
                    right,
                );
            }
            if ids.iter().take(index).any(|before| before == id) {
                faults.add(&place, format!("`{id}` stands twice"), "one of them");
            }
        }
    };
    let charts = listed(CHARTS.iter().map(|chart| chart.id()));
    each(
        "charts",
        &lesson.charts,
        &|id| CHARTS.iter().any(|it| it.id() == id),
        &charts,
    );
    each(
        "sources",
        &lesson.sources,
        &|id| content.sources.contains_key(id),
        "an id of sources.toml",
    );
    let is_term = |id: &str| content.terms.iter().any(|it| it.id == id);
    each("terms", &lesson.terms, &is_term, "an id of terms.toml");
    let is_question = |id: &str| content.questions().any(|(_, it)| it.question.id == id);
    each(
        "questions",
        &lesson.questions,
        &is_question,
        "the id of a question that can be read",
    );
    let mut few = |field: &str, is_wrong: bool, right: &str| {
        if is_wrong {
            faults.add(
                &source.place(&[field]),
                format!("not enough {field}, or too many"),
                right,
            );
        }
    };
    few(
        "tasks",
        lesson.tasks.is_empty(),
        "at least one task of an exam",
    );
    few("charts", lesson.charts.is_empty(), "at least one chart");
    few(
        "sources",
        lesson.sources.is_empty(),
        "at least the page of AWS that the rule stands on",
    );
    few(
        "claims",
        lesson.claims.is_empty(),
        "at least one claim that the sentences rest on",
    );
    few(
        "questions",
        lesson.questions.len() != QUESTIONS,
        "the ids of two questions",
    );
    if let Some(next) = lesson.next.as_ref().filter(|id| !content.has_lesson(id)) {
        faults.add(
            &source.place(&["next"]),
            format!("there is no lesson `{next}`"),
            "the id of a lesson, or no `next`",
        );
    }
    let mut ids = BTreeSet::new();
    for (index, variant) in lesson.variants.iter().enumerate() {
        // A number would be a value of a control that sets one, too.
        let is_value = lesson.control.number(&variant.id).is_some();
        if !ids.insert(&variant.id) || is_value {
            let place = source.place(&["variants", &index.to_string()]);
            faults.add(
                &place,
                format!("`{}` cannot be told from other settings", variant.id),
                "an id of its own that is no value of the control",
            );
        }
    }
}

/// Tells which terms no lesson introduces, or several do.
fn terms(content: &Content<'_>, faults: &mut Faults) {
    let mut ids: BTreeMap<&str, &Place> = BTreeMap::new();
    for term in &content.terms {
        if ids.insert(&term.id, &term.place).is_some() {
            faults.add(
                &term.place,
                format!("`{}` stands twice", term.id),
                "one of them",
            );
        }
        let introduces = content
            .lessons
            .iter()
            .filter(|it| it.lesson.terms.contains(&term.id));
        let lessons: Vec<&str> = introduces.map(|it| it.lesson.id.as_str()).collect();
        match lessons.as_slice() {
            [_] => {}
            [] => faults.add(
                &term.place,
                format!("no lesson introduces `{}`", term.id),
                "its id among the `terms` of one lesson",
            ),
            several => faults.add(
                &term.place,
                format!(
                    "`{}` is introduced by {}",
                    term.id,
                    listed(several.iter().copied()).replace(" or ", " and ")
                ),
                "one of them",
            ),
        }
    }
}
