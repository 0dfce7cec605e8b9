//! A question as plain text, what it asks apart from its answer: for paper and for cards of other programs.

use std::cell::Cell;

use study::{
    grade::{Answer, right_answer},
    pack::Asked,
    question::Ask,
    text::{Block, Inline, Marked, plain},
};
use words::Words;

use super::{
    draft::{Part, parts},
    facts::QuestionFacts,
};
use crate::study::text::Facts;

/// A question in lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What it asks, with its options.
    pub asks: Vec<String>,
    /// What is right, and why.
    pub answers: Vec<String>,
}

/// Returns a question in lines. What it says of a run's moments is left out: nothing is run for it.
pub fn worded(words: Words, asked: &Asked, seed: u32) -> Sheet {
    let drawn = asked.question.drawn(seed);
    let facts = QuestionFacts {
        words,
        asked,
        drawn: &drawn,
        ran: Vec::new(),
    };
    let said = |line: &[Inline]| said(&facts, line);
    let lines = |blocks: &[Block]| lines(blocks, &said);
    let mut sheet = Sheet {
        asks: Vec::new(),
        answers: Vec::new(),
    };
    let is_case = matches!(asked.question.ask, Ask::Case { .. });
    if is_case {
        sheet.asks = lines(&asked.text.prompt);
    }
    for part in parts(asked, seed) {
        sheet.asks.extend(lines(&part.text.prompt));
        let option = |id: &str| {
            let text = part.text.options.get(id).and_then(|line| said(line));
            text.unwrap_or_else(|| facts.option(part.ask, id))
        };
        let bullet = |id: &&str| format!("– {}", option(id));
        sheet.asks.extend(part.options().iter().map(bullet));
        let rights = part.right_side();
        if !rights.is_empty() {
            let rights: Vec<String> = rights.into_iter().map(option).collect();
            sheet.asks.push(format!("→ {}", rights.join(" / ")));
        }
        let Some(answer) = right_answer(part.ask, &drawn) else {
            continue;
        };
        let (right, ids) = right(words, part, &answer, &option);
        sheet.answers.push(right);
        let reasons = ids.iter().filter_map(|id| part.text.reasons.get(id));
        sheet.answers.extend(reasons.filter_map(|line| said(line)));
        sheet.answers.extend(lines(&part.text.explanation));
    }
    if is_case {
        sheet.answers.extend(lines(&asked.text.explanation));
    }
    sheet
}

/// Returns the right answer, and the ids of the reasons why it is.
fn right(
    words: Words,
    part: Part<'_>,
    answer: &Answer,
    option: &dyn Fn(&str) -> String,
) -> (String, Vec<String>) {
    match (part.ask, answer) {
        (Ask::Number(number), Answer::Number(value)) => (
            words.quantity(*value, number.unit, None),
            vec!["right".to_owned()],
        ),
        (_, Answer::One(id)) => (option(id), vec![id.clone()]),
        (_, Answer::Several(ids)) => {
            let all: Vec<String> = ids.iter().map(|id| option(id)).collect();
            (all.join(" / "), ids.iter().cloned().collect())
        }
        (_, Answer::Order(ids)) => {
            let all: Vec<String> = ids.iter().map(|id| option(id)).collect();
            (all.join(" → "), ids.clone())
        }
        (_, Answer::Match(pairs)) => {
            let pair =
                |(left, right): (&String, &String)| format!("{} → {}", option(left), option(right));
            let all: Vec<String> = pairs.iter().map(pair).collect();
            (all.join(" / "), pairs.keys().cloned().collect())
        }
        _ => (String::new(), Vec::new()),
    }
}

/// Returns a line's text; nothing where it has a number that is not known.
fn said(facts: &QuestionFacts<'_>, line: &[Inline]) -> Option<String> {
    let is_known = Cell::new(true);
    let text = plain(line, &mut |marked| match marked {
        Marked::Value(name) => facts.value(name).unwrap_or_else(|| {
            is_known.set(false);
            String::new()
        }),
        _ => String::new(),
    });
    is_known.get().then_some(text)
}

fn lines(blocks: &[Block], said: &dyn Fn(&[Inline]) -> Option<String>) -> Vec<String> {
    let mut all = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(line) | Block::When(_, line) => all.extend(said(line)),
            Block::List(lines) | Block::Steps(lines) => {
                all.extend(lines.iter().filter_map(|line| said(line)));
            }
            Block::Code(text) => all.push(text.clone()),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use words::Lang;

    use super::*;

    #[test]
    fn what_is_asked_stands_apart_from_what_is_right() {
        let asked = json!({
            "question": { "id": "q", "draw": { "r": 20.0 }, "ask": { "number": { "answer": "r * 60", "unit": "requests", "slips": {} } } },
            "text": {
                "prompt": [{ "p": ["At ", { "v": "r" }, " a second?"] }],
                "reasons": { "right": ["Times sixty."] },
                "explanation": [{ "p": ["It ends at ", { "v": "ended" }, "."] }, { "p": [{ "v": "kept" }, " are kept."] }, { "p": [{ "v": "drawn" }, " are drawn."] }]
            },
            "facts": { "ended": [60.0, "moment"], "kept": [3.0, "times"] }
        });
        let asked: Asked = serde_json::from_value(asked).unwrap();
        let sheet = worded(Words::new(Lang::En), &asked, 1);
        assert_eq!(sheet.asks, ["At 20 a second?"]);
        assert_eq!(
            sheet.answers,
            [
                "1,200 requests",
                "Times sixty.",
                "It ends at 00:01.",
                "3 are kept."
            ]
        );
    }
}
