//! A mock exam being taken: free order, marks, answers that can be changed until it is handed in.
//!
//! It holds no text and no clock, and can be put aside (`aside`), so that a page that is loaded anew goes on where it was.

mod aside;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    candidate::Candidate,
    draw::seed_for,
    exam::{Length, choose},
    grade::Answer,
    item::Item,
};
pub use aside::Aside;

/// An exam under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Sitting {
    seed: u32,
    questions: Vec<Candidate>,
    at: usize,
    answers: BTreeMap<usize, Answer>,
    marked: BTreeSet<usize>,
}

/// One question of an exam.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place<'a> {
    /// The question.
    pub item: &'a Item,
    /// What draws its numbers and the order of its options.
    pub seed: u32,
    /// What was answered so far.
    pub answer: Option<&'a Answer>,
    /// Whether the person wants to look at it again.
    pub is_marked: bool,
}

impl Sitting {
    /// Begins the exam of this length and seed.
    #[must_use]
    pub fn start(candidates: &[Candidate], length: Length, seed: u32) -> Self {
        let questions = choose(candidates, length, seed);
        Self {
            seed,
            questions: questions.into_iter().cloned().collect(),
            at: 0,
            answers: BTreeMap::new(),
            marked: BTreeSet::new(),
        }
    }

    /// Returns the questions, in order.
    #[must_use]
    pub fn questions(&self) -> &[Candidate] {
        &self.questions
    }

    /// Returns which question is shown, from 0.
    #[must_use]
    pub const fn at(&self) -> usize {
        self.at
    }

    /// Returns what there is of the n-th question, from 0.
    #[must_use]
    pub fn place(&self, number: usize) -> Option<Place<'_>> {
        let question = self.questions.get(number)?;
        Some(Place {
            item: &question.item,
            seed: seed_for(self.seed, question.item.id(), 0),
            answer: self.answers.get(&number),
            is_marked: self.marked.contains(&number),
        })
    }

    /// Goes to the n-th question, from 0; where there is none, nothing changes.
    pub fn go(&mut self, number: usize) {
        if number < self.questions.len() {
            self.at = number;
        }
    }

    /// Answers the question that is shown; none: takes the answer back.
    pub fn answer(&mut self, answer: Option<Answer>) {
        match answer {
            Some(answer) if self.at < self.questions.len() => {
                self.answers.insert(self.at, answer);
            }
            _ => {
                self.answers.remove(&self.at);
            }
        }
    }

    /// Marks the question that is shown, or takes its mark away.
    pub fn mark(&mut self, is_marked: bool) {
        if is_marked && self.at < self.questions.len() {
            self.marked.insert(self.at);
        } else {
            self.marked.remove(&self.at);
        }
    }

    /// Returns the numbers of the questions that have no answer.
    pub fn unanswered(&self) -> impl Iterator<Item = usize> {
        (0..self.questions.len()).filter(|number| !self.answers.contains_key(number))
    }

    /// Returns the numbers of the questions that are marked.
    pub fn marked(&self) -> impl Iterator<Item = usize> {
        self.marked.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lesson::Task, question::Format};

    pub(super) fn candidates(count: usize) -> Vec<Candidate> {
        let of = |number: usize| Candidate {
            item: Item::Question(format!("q{number}")),
            revision: 1,
            topic: "t".to_owned(),
            tasks: vec![Task::Mla32],
            format: Some(Format::One),
        };
        (0..count).map(of).collect()
    }

    fn one(id: &str) -> Option<Answer> {
        Some(Answer::One(id.to_owned()))
    }

    #[test]
    fn answers_come_in_any_order_and_change() {
        let all = candidates(40);
        let mut sitting = Sitting::start(&all, Length::Ten, 5);
        assert_eq!(sitting.questions().len(), 10);
        sitting.go(7);
        sitting.answer(one("a"));
        sitting.mark(true);
        sitting.go(2);
        sitting.answer(one("b"));
        sitting.answer(one("c"));
        sitting.go(99);
        assert_eq!(sitting.at(), 2);
        sitting.go(4);
        sitting.answer(one("d"));
        sitting.answer(None);
        sitting.mark(true);
        sitting.mark(false);
        let answer = |number| sitting.place(number).unwrap().answer.cloned();
        assert_eq!([2, 4, 7].map(answer), [one("c"), None, one("a")]);
        assert_eq!(
            sitting.unanswered().collect::<Vec<_>>(),
            [0, 1, 3, 4, 5, 6, 8, 9]
        );
        assert_eq!(sitting.marked().collect::<Vec<_>>(), [7]);
        assert!(sitting.place(10).is_none());
        assert_ne!(
            sitting.place(0).unwrap().seed,
            sitting.place(1).unwrap().seed
        );
    }

    #[test]
    fn an_exam_without_questions_does_nothing() {
        let mut sitting = Sitting::start(&[], Length::Ten, 1);
        sitting.answer(one("a"));
        sitting.mark(true);
        assert_eq!(sitting, Sitting::start(&[], Length::Ten, 1));
        assert_eq!(
            (sitting.unanswered().count(), sitting.marked().count()),
            (0, 0)
        );
        assert!(sitting.place(0).is_none());
    }
}
