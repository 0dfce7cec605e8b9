//! A mock exam being taken: free order, marks, answers that can be changed until it is handed in.
//!
//! It holds no text and no clock, and can be put aside as a text, so that a page that is loaded anew goes on where it was.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    candidate::Candidate,
    draw::seed_for,
    exam::{Length, choose},
    grade::Answer,
    item::Item,
    unpack::Unpack,
};

/// Most bytes of a text that was put aside.
const MOST_BYTES: usize = 64 << 10;

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

    /// Returns it as a text to go on from, with the seconds that went by.
    #[must_use]
    pub fn put_aside(&self, length: Length, elapsed_s: u32) -> String {
        let numbers = |numbers: &mut dyn Iterator<Item = usize>| -> Value {
            numbers.map(Value::from).collect()
        };
        let ids = self.questions.iter().map(|it| Value::from(it.item.id()));
        let answers = self.answers.iter();
        let answers = answers
            .map(|(number, answer)| Value::from(vec![Value::from(*number), answer.to_value()]));
        let aside: [Value; 6] = [
            vec![Value::from(length.questions()), Value::from(self.seed)].into(),
            ids.collect(),
            self.at.into(),
            answers.collect(),
            numbers(&mut self.marked.iter().copied()),
            elapsed_s.into(),
        ];
        Value::from(aside.to_vec()).to_string()
    }

    /// Returns the sitting of this exam that was put aside, and the seconds that had gone by; nothing where the text is of another exam,
    /// or of one that has other questions by now.
    #[must_use]
    pub fn go_on(
        text: &str,
        candidates: &[Candidate],
        length: Length,
        seed: u32,
    ) -> Option<(Self, u32)> {
        let text = (text.len() <= MOST_BYTES).then_some(text)?;
        let aside: Value = serde_json::from_str(text).ok()?;
        let list = |place: usize| aside.get(place)?.as_array();
        let number = |value: &Value| usize::try_from(value.as_u64()?).ok();
        let begun = Self::start(candidates, length, seed);
        let ids = begun.questions.iter().map(|it| Some(it.item.id()));
        let mut answers = BTreeMap::new();
        for given in list(3)? {
            answers.insert(number(given.get(0)?)?, Answer::unpack(given.get(1)?)?);
        }
        let mut marked = BTreeSet::new();
        for place in list(4)? {
            marked.insert(number(place)?);
        }
        let at = number(aside.get(2)?)?;
        let [questions, its_seed] = list(0)?.as_slice() else {
            return None;
        };
        let mut numbers = [at].into_iter().chain(answers.keys().copied());
        let fits = number(questions)? == length.questions() as usize
            && its_seed.as_u64() == Some(seed.into())
            && ids.eq(list(1)?.iter().map(Value::as_str))
            && numbers.all(|number| number < begun.questions.len())
            && marked.iter().all(|number| *number < begun.questions.len());
        let elapsed_s = u32::unpack(aside.get(5)?)?;
        fits.then_some((
            Self {
                at,
                answers,
                marked,
                ..begun
            },
            elapsed_s,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lesson::Task, question::Format};

    fn candidates(count: usize) -> Vec<Candidate> {
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
    fn an_exam_goes_on_where_it_was_put_aside() {
        let all = candidates(40);
        let mut sitting = Sitting::start(&all, Length::Ten, 5);
        sitting.go(9);
        sitting.answer(Some(Answer::Number(600.0)));
        sitting.mark(true);
        let text = sitting.put_aside(Length::Ten, 77);
        let of =
            |text: &str, count, seed| Sitting::go_on(text, &candidates(count), Length::Ten, seed);
        assert_eq!(of(&text, 40, 5), Some((sitting, 77)));
        let large = format!("{text}{}", " ".repeat(MOST_BYTES));
        let answers = text.replace("[[9,", "[[10,");
        let at = text.replace("],9,[", "],10,[");
        let marks = text.replace("[9],77", "[10],77");
        assert!(
            [&answers, &at, &marks]
                .iter()
                .all(|changed| **changed != text)
        );
        for (wrong, count, seed) in [
            (text.as_str(), 40, 6),
            (&text, 9, 5),
            (&large, 40, 5),
            (&answers, 40, 5),
            (&at, 40, 5),
            (&marks, 40, 5),
            (&text[..text.len() - 1], 40, 5),
            ("", 40, 5),
            ("{}", 40, 5),
        ] {
            assert_eq!(of(wrong, count, seed), None, "{wrong:.200}");
        }
        let first = Sitting::start(&all, Length::Ten, 5).questions()[0].clone();
        let changed: Vec<Candidate> = (all.iter()).filter(|it| **it != first).cloned().collect();
        assert_eq!(
            Sitting::go_on(&text, &changed, Length::Ten, 5),
            None,
            "other questions by now"
        );
        let other = Sitting::go_on(&text, &all, Length::Twenty, 5);
        assert_eq!(other, None);
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
