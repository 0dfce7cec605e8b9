//! What there is to ask, as lists say it: enough to choose from before any text is loaded.

use crate::{
    item::Item,
    lesson::Task,
    pack::{Home, QuestionEntry, Term, Terms, TopicEntry},
    question::Format,
};

/// A question or a term that may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What it is.
    pub item: Item,
    /// Its revision.
    pub revision: u32,
    /// Id of its topic; of a term none.
    pub topic: String,
    /// Tasks of exams that it is about.
    pub tasks: Vec<Task>,
    /// The format of a question.
    pub format: Option<Format>,
}

/// Returns the questions of the list.
#[must_use]
pub fn questions(home: &Home) -> Vec<Candidate> {
    let of_topic = |topic: &TopicEntry| {
        let id = topic.id.clone();
        let question = |entry: &QuestionEntry| Candidate {
            item: Item::Question(entry.id.clone()),
            revision: entry.revision,
            topic: id.clone(),
            tasks: entry.tasks.clone(),
            format: Some(entry.format),
        };
        topic.questions.iter().map(question).collect::<Vec<_>>()
    };
    home.topics.iter().flat_map(of_topic).collect()
}

/// Returns the terms as cards. They have no revisions: a term stays the same term.
#[must_use]
pub fn cards(terms: &Terms) -> Vec<Candidate> {
    let card = |term: &Term| Candidate {
        item: Item::Term(term.id.clone()),
        revision: 1,
        topic: String::new(),
        tasks: Vec::new(),
        format: None,
    };
    terms.terms.iter().map(card).collect()
}
