//! Whether paths lead somewhere: their steps, and the sentence that says where to.

use std::collections::BTreeSet;

use study::{path::Step, text::Block};

use crate::{
    content::{Content, PathSource},
    fault::{Faults, Place},
};

/// Tells what paths lack, and which of their steps lead nowhere.
pub fn check(content: &Content<'_>, faults: &mut Faults) {
    let mut ids = BTreeSet::new();
    for path in &content.paths {
        super::reference::id(&path.id, &mut ids, &path.place, faults);
        if path.task.is_some() != path.steps.is_empty() {
            faults.add(
                &path.place,
                "the path has no steps, or both a task and steps",
                "`task`, whose lessons and questions are its steps, or `steps`",
            );
        }
        for (index, (step, place)) in path.steps.iter().zip(&path.step_places).enumerate() {
            if path.steps.iter().take(index).any(|before| before == step) {
                let address = step.address();
                faults.add(place, format!("`{address}` stands twice"), "one of them");
            }
            leads_somewhere(content, step, place, faults);
        }
        sentence(path, faults);
    }
}

fn leads_somewhere(content: &Content<'_>, step: &Step, place: &Place, faults: &mut Faults) {
    let (is_there, what, right) = match step {
        Step::Lesson(id) => (content.has_lesson(id), "lesson", "an id of order.toml"),
        Step::Topic(id) => (
            content.topics.iter().any(|topic| topic.id == *id),
            "topic",
            "an id of order.toml, or a task such as `mla-3-2`",
        ),
        Step::Question(id) => (
            content.questions().any(|(_, it)| it.question.id == *id),
            "question",
            "the id of a question that can be read",
        ),
        Step::Task(_) => return,
    };
    if !is_there {
        let wrong = format!("there is no {what} at `{}`", step.address());
        faults.add(place, wrong, right);
    }
}

/// Tells where not one sentence says where a path leads.
fn sentence(path: &PathSource, faults: &mut Faults) {
    for said in [&path.said.english, &path.said.korean]
        .into_iter()
        .flatten()
    {
        if !matches!(said.text.about.as_slice(), [Block::Paragraph(_)]) {
            faults.add(
                &said.place,
                "not one paragraph says where the path leads",
                "one under the heading",
            );
        }
    }
}
