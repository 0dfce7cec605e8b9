//! Whether questions are whole: references, ids, enough to choose from.

use std::collections::BTreeSet;

use study::question::{Ask, Choice, Choices, Question};

use crate::{
    content::{Content, QuestionSource, TopicSource},
    fault::{Faults, Place},
};

/// Tells what questions lack.
pub fn check(content: &Content<'_>, faults: &mut Faults) {
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    for (topic, source) in content.questions() {
        let question = &source.question;
        let at = |path: &[&str]| topic.place(source, path);
        if !ids.insert(&question.id) {
            faults.add(
                &at(&["id"]),
                format!("there is another question `{}`", question.id),
                "an id of its own among all topics",
            );
        }
        let is_id = |id: &str| {
            !id.is_empty()
                && id
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        };
        if !is_id(&question.id) {
            faults.add(
                &at(&["id"]),
                format!("`{}` is no id", question.id),
                "small letters, digits and hyphens",
            );
        }
        if !content.has_lesson(&question.lesson) {
            faults.add(
                &at(&["lesson"]),
                format!("there is no lesson `{}`", question.lesson),
                "the lesson that teaches it",
            );
        }
        if question.tasks.is_empty() {
            faults.add(
                &at(&["tasks"]),
                "the question is of no task",
                "at least one task of an exam",
            );
        }
        if question.sources.is_empty() {
            faults.add(
                &at(&["sources"]),
                "the answer stands on no source",
                "at least one id of sources.toml",
            );
        }
        for id in question
            .sources
            .iter()
            .filter(|id| !content.sources.contains_key(*id))
        {
            faults.add(
                &at(&["sources"]),
                format!("there is no source `{id}`"),
                "an id of sources.toml",
            );
        }
        ask(question, &at(&["ask"]), faults);
        parts(topic, source, faults);
    }
}

/// Checks the parts of a case: their numbers are the case's.
fn parts(topic: &TopicSource<'_>, source: &QuestionSource, faults: &mut Faults) {
    let Ask::Case { parts } = &source.question.ask else {
        return;
    };
    let mut ids = BTreeSet::new();
    for (index, part) in parts.iter().enumerate() {
        let place = topic.place(source, &["ask", "case", "parts", &index.to_string()]);
        if !ids.insert(&part.id) {
            faults.add(
                &place,
                format!("part `{}` stands twice", part.id),
                "an id of its own",
            );
        }
        if !part.draw.is_empty() || !part.only.is_empty() {
            faults.add(
                &place,
                "a part draws numbers of its own",
                "`draw` and `only` of the whole case",
            );
        }
        let has_more =
            !part.lesson.is_empty() || !part.tasks.is_empty() || !part.sources.is_empty();
        if has_more || matches!(part.ask, Ask::Case { .. }) {
            faults.add(
                &place,
                "a part has what the whole case has",
                "`id`, `ask` and `run` alone",
            );
        }
        ask(part, &place, faults);
    }
}

fn ask(question: &Question, place: &Place, faults: &mut Faults) {
    let (is_enough, right) = match &question.ask {
        Ask::One(Choice { wrong, values, .. }) => {
            let options = question.ask.options();
            for id in values.keys().filter(|id| !options.contains(&id.as_str())) {
                faults.add(
                    place,
                    format!("`{id}` has a value and is no option"),
                    "`right` or one of `wrong`",
                );
            }
            (wrong.len() >= 2, "three options or more")
        }
        Ask::Next { wrong, .. } => (wrong.len() >= 2, "three options or more"),
        Ask::Several(Choices { right, wrong }) => (
            !right.is_empty() && !wrong.is_empty() && right.len() + wrong.len() >= 4,
            "four options or more, at least one of them right and one wrong",
        ),
        Ask::Number(number) => (!number.slips.is_empty(), "at least one slip"),
        Ask::Order { items } => (items.len() >= 3, "three items or more"),
        Ask::Match { pairs, .. } => (pairs.len() >= 3, "three pairs or more"),
        Ask::Case { parts } => ((2..=3).contains(&parts.len()), "two parts or three"),
    };
    if !is_enough {
        faults.add(place, "there is too little to choose from", right);
    }
    let mut ids = BTreeSet::new();
    for id in question.ask.options() {
        if !ids.insert(id) {
            faults.add(
                place,
                format!("the option `{id}` stands twice"),
                "one of them",
            );
        }
    }
}
