//! A sitting that is put aside as a text, with the time that went by and how the person takes it, and read again.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Sitting;
use crate::{
    candidate::Candidate, exam::Length, exam_clock::ExamClock, grade::Answer, unpack::Unpack,
};

/// Most bytes of a text that was put aside.
const MOST_BYTES: usize = 64 << 10;

/// What was put aside.
#[derive(Clone, Debug, PartialEq)]
pub struct Aside {
    /// The exam, as far as it was answered.
    pub sitting: Sitting,
    /// The seconds that had gone by.
    pub elapsed_s: u32,
    /// How the person takes the time.
    pub clock: ExamClock,
}

impl Sitting {
    /// Returns it as a text to go on from, with the seconds that went by and how the time is taken.
    #[must_use]
    pub fn put_aside(&self, length: Length, elapsed_s: u32, clock: ExamClock) -> String {
        let numbers = |numbers: &mut dyn Iterator<Item = usize>| -> Value {
            numbers.map(Value::from).collect()
        };
        let ids = self.questions.iter().map(|it| Value::from(it.item.id()));
        let answers = self.answers.iter();
        let answers = answers
            .map(|(number, answer)| Value::from(vec![Value::from(*number), answer.to_value()]));
        let aside: [Value; 7] = [
            vec![Value::from(length.questions()), Value::from(self.seed)].into(),
            ids.collect(),
            self.at.into(),
            answers.collect(),
            numbers(&mut self.marked.iter().copied()),
            elapsed_s.into(),
            vec![Value::from(clock.stretch()), clock.is_shown.into()].into(),
        ];
        Value::from(aside.to_vec()).to_string()
    }
}

impl Aside {
    /// Returns what was put aside of this exam; nothing where the text is of another exam, or of one that has other questions by now.
    #[must_use]
    pub fn read(text: &str, candidates: &[Candidate], length: Length, seed: u32) -> Option<Self> {
        let text = (text.len() <= MOST_BYTES).then_some(text)?;
        let aside: Value = serde_json::from_str(text).ok()?;
        let list = |place: usize| aside.get(place)?.as_array();
        let number = |value: &Value| usize::try_from(value.as_u64()?).ok();
        let begun = Sitting::start(candidates, length, seed);
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
        fits.then_some(Self {
            sitting: Sitting {
                at,
                answers,
                marked,
                ..begun
            },
            elapsed_s,
            clock: clock_of(aside.get(6)),
        })
    }
}

/// Reads how the time is taken; the usual way where the text does not say.
fn clock_of(taken: Option<&Value>) -> ExamClock {
    let usual = ExamClock::default();
    let Some([stretch, is_shown]) = taken.and_then(Value::as_array).map(Vec::as_slice) else {
        return usual;
    };
    let mut clock = usual.stretched(stretch.as_f64());
    clock.is_shown = is_shown.as_bool().unwrap_or(usual.is_shown);
    clock
}

#[cfg(test)]
mod tests {
    use super::{super::tests::candidates, *};

    #[test]
    fn an_exam_goes_on_where_it_was_put_aside() {
        let all = candidates(40);
        let mut sitting = Sitting::start(&all, Length::Ten, 5);
        sitting.go(9);
        sitting.answer(Some(Answer::Number(600.0)));
        sitting.mark(true);
        let usual = ExamClock::default();
        let mut clock = usual.stretched(Some(1.5));
        clock.is_shown = false;
        let text = sitting.put_aside(Length::Ten, 77, clock);
        let of = |text: &str, count, seed| Aside::read(text, &candidates(count), Length::Ten, seed);
        let aside = |clock| {
            Some(Aside {
                sitting: sitting.clone(),
                elapsed_s: 77,
                clock,
            })
        };
        assert_eq!(of(&text, 40, 5), aside(clock));
        let unlimited = usual.stretched(None);
        for (taken, clock) in [
            ("[null,true]", unlimited),
            ("[1e9,true]", usual.stretched(Some(10.0))),
            ("[1.0,7]", usual),
            ("[]", usual),
            ("7", usual),
        ] {
            let taken = text.replace("[1.5,false]", taken);
            assert_ne!(taken, text);
            assert_eq!(of(&taken, 40, 5), aside(clock), "{taken}");
        }
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
            Aside::read(&text, &changed, Length::Ten, 5),
            None,
            "other questions by now"
        );
        let other = Aside::read(&text, &all, Length::Twenty, 5);
        assert_eq!(other, None);
    }
}
