//! What a person has entered of a question so far, and the answer that it makes.
//!
//! A question is seen as its parts: a case has two or three, any other question is one. Nothing here is shown.

use std::collections::BTreeMap;

use study::{
    draw::{seed_for, shuffled},
    grade::{Answer, set},
    pack::Asked,
    question::{Ask, Proof, QuestionText},
};
use words::{AskAgain, Words};

/// A question that is answered at once.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    /// What it asks.
    pub ask: &'a Ask,
    /// What it says.
    pub text: &'a QuestionText,
    /// Its run.
    pub run: Option<&'a Proof>,
    /// What shuffles its options.
    pub seed: u32,
}

/// Returns the parts of a question.
pub fn parts(asked: &Asked, seed: u32) -> Vec<Part<'_>> {
    let Asked { question, text, .. } = asked;
    match &question.ask {
        Ask::Case { parts } => (parts.iter().zip(&text.parts))
            .map(|(part, text)| Part {
                ask: &part.ask,
                text,
                run: part.run.as_ref(),
                seed: seed_for(seed, &part.id, 0),
            })
            .collect(),
        ask => vec![Part {
            ask,
            text,
            run: question.run.as_ref(),
            seed,
        }],
    }
}

/// What a person has entered of a part.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Draft {
    /// Of options those that are chosen; of an order all items; of pairs, for each left side in its order, the right one, or nothing.
    pub ids: Vec<String>,
    /// What is typed as a number.
    pub typed: String,
}

impl Part<'_> {
    /// Returns the ids of its options or items as they are shown.
    pub fn options(&self) -> Vec<&str> {
        match self.ask {
            Ask::Order { items } => {
                let mut ids: Vec<&str> = shuffled(
                    &items.iter().map(String::as_str).collect::<Vec<_>>(),
                    self.seed,
                );
                // It asks for something in any case.
                if ids.iter().eq(items) {
                    ids.rotate_left(1);
                }
                ids
            }
            ask => shuffled(&ask.options(), self.seed),
        }
    }

    /// Returns the ids of the right side of pairs as they are shown.
    pub fn right_side(&self) -> Vec<&str> {
        let Ask::Match { pairs, more } = self.ask else {
            return Vec::new();
        };
        let mut ids: Vec<&str> = Vec::new();
        for id in pairs.values().chain(more) {
            if !ids.contains(&id.as_str()) {
                ids.push(id);
            }
        }
        shuffled(&ids, self.seed)
    }

    /// Returns what stands there first.
    pub fn blank(&self) -> Draft {
        let ids = match self.ask {
            Ask::Order { .. } => self.options().into_iter().map(str::to_owned).collect(),
            Ask::Match { pairs, .. } => vec![String::new(); pairs.len()],
            _ => Vec::new(),
        };
        Draft {
            ids,
            typed: String::new(),
        }
    }

    /// Returns what was entered as an answer; what stands there first where it is an answer to something else.
    pub fn draft_of(&self, words: Words, answer: &Answer) -> Draft {
        let ids = match (self.ask, answer) {
            (Ask::Number(number), Answer::Number(value)) => {
                return Draft {
                    ids: Vec::new(),
                    typed: words.quantity(*value, number.unit, None),
                };
            }
            (_, Answer::One(id)) => vec![id.clone()],
            (_, Answer::Several(ids)) => ids.iter().cloned().collect(),
            (Ask::Order { .. }, Answer::Order(ids)) => ids.clone(),
            (Ask::Match { pairs, .. }, Answer::Match(given)) => (pairs.keys())
                .map(|left| given.get(left).cloned().unwrap_or_default())
                .collect(),
            _ => return self.blank(),
        };
        Draft {
            ids,
            typed: String::new(),
        }
    }

    /// Reads an answer.
    ///
    /// # Errors
    /// Why it is none yet: it is asked for again.
    pub fn answer(&self, words: Words, draft: &Draft) -> Result<Answer, AskAgain> {
        let ids = || draft.ids.iter().cloned();
        let all = |answer: Answer| {
            let is_whole = !draft.ids.is_empty() && draft.ids.iter().all(|id| !id.is_empty());
            is_whole.then_some(answer).ok_or(AskAgain::Nothing)
        };
        match self.ask {
            Ask::One(_) | Ask::Next { .. } => {
                let id = draft.ids.first().ok_or(AskAgain::Nothing)?;
                Ok(Answer::One(id.clone()))
            }
            Ask::Several(_) => all(Answer::Several(set(&mut ids()))),
            Ask::Number(number) => {
                let value = words.read_quantity(&draft.typed, number.unit)?;
                Ok(Answer::Number(value))
            }
            Ask::Order { .. } => all(Answer::Order(ids().collect())),
            Ask::Match { pairs, .. } => {
                let mut given = BTreeMap::new();
                for (left, right) in pairs.keys().zip(ids()) {
                    given.insert(left.clone(), right);
                }
                all(Answer::Match(given))
            }
            // A part is no case.
            Ask::Case { .. } => Err(AskAgain::Nothing),
        }
    }
}

/// Returns what stands first in each part, or what was answered.
pub fn drafts(words: Words, asked: &Asked, seed: u32, given: Option<&Answer>) -> Vec<Draft> {
    let is_case = matches!(asked.question.ask, Ask::Case { .. });
    let parts = parts(asked, seed);
    let draft = |(number, part): (usize, &Part<'_>)| {
        let answer = match given {
            Some(Answer::Parts(answers)) if is_case => answers.get(number),
            given => given,
        };
        answer.map_or_else(|| part.blank(), |answer| part.draft_of(words, answer))
    };
    parts.iter().enumerate().map(draft).collect()
}

/// Reads the answer to a whole question.
///
/// # Errors
/// Which part has none, and why.
pub fn answer(
    words: Words,
    asked: &Asked,
    seed: u32,
    drafts: &[Draft],
) -> Result<Answer, (usize, AskAgain)> {
    let parts = parts(asked, seed);
    let answers = parts.iter().zip(drafts).enumerate();
    let mut answers: Vec<Answer> = answers
        .map(|(number, (part, draft))| part.answer(words, draft).map_err(|why| (number, why)))
        .collect::<Result<_, _>>()?;
    match (&asked.question.ask, answers.pop()) {
        (Ask::Case { .. }, Some(last)) => {
            answers.push(last);
            Ok(Answer::Parts(answers))
        }
        (_, Some(answer)) => Ok(answer),
        (_, None) => Err((0, AskAgain::Nothing)),
    }
}

/// Moves an item of an order one place up or down, where there is one.
pub fn moved(ids: &[String], place: usize, is_up: bool) -> Vec<String> {
    let mut ids = ids.to_vec();
    let other = if is_up {
        place.checked_sub(1)
    } else {
        Some(place + 1)
    };
    if let Some(other) = other.filter(|other| (*other).max(place) < ids.len()) {
        ids.swap(place, other);
    }
    ids
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use study::grade::{grade, right_answer};
    use words::Lang;

    use super::*;

    fn asked(ask: &Value) -> Asked {
        let parts = json!([{ "prompt": [] }, { "prompt": [] }]);
        let text = json!({ "prompt": [], "parts": parts });
        let asked =
            json!({ "question": { "id": "q", "draw": { "r": 20.0 }, "ask": ask }, "text": text });
        serde_json::from_value(asked).unwrap()
    }

    fn asks() -> Vec<Value> {
        let one = json!({ "one": { "right": "a", "wrong": ["b", "c"] } });
        let number = json!({ "number": { "answer": "r * 60", "unit": "requests_per_minute", "slips": { "minute": "r" } } });
        let part = |id: &str, ask: &Value| json!({ "id": id, "ask": ask });
        let case = json!({ "case": { "parts": [part("1", &one), part("2", &number)] } });
        vec![
            one,
            json!({ "several": { "right": ["a", "b"], "wrong": ["c"] } }),
            json!({ "next": { "at": "20:00", "right": "a", "wrong": ["b"] } }),
            number,
            json!({ "order": { "items": ["a", "b", "c", "d"] } }),
            json!({ "match": { "pairs": { "a": "x", "b": "y", "c": "x" }, "more": ["z"] } }),
            case,
        ]
    }

    #[test]
    fn what_is_shown_first_is_never_right_and_what_is_right_is_read_again() {
        for lang in [Lang::En, Lang::Ko] {
            let words = Words::new(lang);
            for ask in asks() {
                let asked = asked(&ask);
                for seed in 0..50 {
                    let drawn = asked.question.drawn(seed);
                    let grade = |answer: &Answer| grade(&asked.question.ask, answer, &drawn);
                    let blank = drafts(words, &asked, seed, None);
                    let first = answer(words, &asked, seed, &blank);
                    assert!(
                        first.is_err() || !grade(&first.unwrap()).unwrap().is_right,
                        "{ask}"
                    );
                    let right = right_answer(&asked.question.ask, &drawn).unwrap();
                    let entered = drafts(words, &asked, seed, Some(&right));
                    let again = answer(words, &asked, seed, &entered);
                    assert_eq!(again, Ok(right), "{ask}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_answer_is_asked_again() {
        let words = Words::new(Lang::En);
        for (ask, ids, typed, why) in [
            (0, vec![], "", AskAgain::Nothing),
            (1, vec![], "", AskAgain::Nothing),
            (3, vec![], "", AskAgain::Nothing),
            (3, vec![], "12 13", AskAgain::NoNumber),
            (5, vec!["x", "", "x"], "", AskAgain::Nothing),
        ] {
            let asked = asked(&asks()[ask]);
            let draft = Draft {
                ids: ids.into_iter().map(str::to_owned).collect(),
                typed: typed.to_owned(),
            };
            assert_eq!(answer(words, &asked, 1, &[draft]), Err((0, why)), "{ask}");
        }
        let case = asked(&asks()[6]);
        let chosen = Draft {
            ids: vec!["b".to_owned()],
            typed: String::new(),
        };
        let none = answer(words, &case, 1, &[chosen, Draft::default()]);
        assert_eq!(none, Err((1, AskAgain::Nothing)));
    }

    #[test]
    fn options_stand_in_an_order_that_the_seed_gives() {
        let asked = asked(&asks()[0]);
        let shown = |seed| parts(&asked, seed)[0].options().join("");
        let mut orders: Vec<String> = (0..200).map(shown).collect();
        assert_eq!(shown(7), shown(7));
        orders.sort();
        orders.dedup();
        assert_eq!(orders.len(), 6);
    }

    #[test]
    fn items_move_within_their_list() {
        let ids: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        for (place, is_up, after) in [
            (0, true, "abc"),
            (1, true, "bac"),
            (1, false, "acb"),
            (2, false, "abc"),
            (9, true, "abc"),
        ] {
            assert_eq!(moved(&ids, place, is_up).join(""), after);
        }
    }
}
