//! Wording that misleads: options whose order would matter ("the above"), options that read the same, a "not" that is easily missed.

use std::collections::BTreeMap;

use study::{
    question::QuestionText,
    text::{Block, Inline, Line, Marked},
};

use crate::{
    content::Content,
    fault::{Faults, Place},
    language::Language,
    text::plain,
};

/// What options cannot say, as they stand in no order and each by itself.
const OF_OTHERS: [&[&str]; 2] = [
    &[
        "the above",
        "of above",
        "above options",
        "above answers",
        "the below",
        "of below",
        "options below",
        "answers below",
        "all of these",
        "none of these",
        "all of them are right",
        "all are correct",
        "none is correct",
        "both of these",
        "both of the",
        "any of these",
        "other options",
        "other answers",
        "option a",
        "option b",
        "answer a",
        "answer b",
    ],
    &[
        "위의",
        "위 보기",
        "위에 있는",
        "위 모두",
        "아래의",
        "아래 보기",
        "보기 모두",
        "모두 정답",
        "모두 맞",
        "모두 옳",
        "모두 해당",
        "정답 없음",
        "정답이 없",
        "해당 없음",
        "해당 사항 없음",
        "답 없음",
        "다른 보기",
        "다른 선택지",
        "이 중에 없",
        "둘 다 맞",
    ],
];

/// What turns a question around, and is to be strong where it does.
const NEGATIONS: [&[&str]; 2] = [
    &[
        "not",
        "never",
        "except",
        "isn't",
        "doesn't",
        "don't",
        "aren't",
        "won't",
        "cannot",
        "can't",
        "false",
        "incorrect",
    ],
    &[
        "아닌 것",
        "않은 것",
        "않는 것",
        "없는 것",
        "틀린 것",
        "잘못된 것",
        "거짓인 것",
        "옳지 않",
        "맞지 않",
        "해당하지 않",
    ],
];

/// Tells which questions mislead by how they are worded.
pub fn check(content: &Content<'_>, faults: &mut Faults) {
    for (_, source) in content.questions() {
        for language in Language::ALL {
            let Some(said) = source.said.get(language) else {
                continue;
            };
            text(&said.text, language, &said.place, faults);
            for part in &said.text.parts {
                text(part, language, &said.place, faults);
            }
        }
    }
}

fn text(text: &QuestionText, language: Language, place: &Place, faults: &mut Faults) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (id, line) in &text.options {
        let said = folded(line);
        let of_others = OF_OTHERS
            .get(language as usize)
            .copied()
            .unwrap_or_default();
        if let Some(words) = of_others.iter().find(|words| said.contains(*words)) {
            faults.add(
                place,
                format!("the option `{id}` says “{words}”: options stand in no order, and each by itself"),
                "what it means, in its own words",
            );
        }
        if said.ends_with(" above") || said.ends_with(" below") {
            faults.add(
                place,
                format!("the option `{id}` refers to another option"),
                "what it means, in its own words",
            );
        }
        if let Some(other) = seen.insert(said, id) {
            faults.add(
                place,
                format!("the options `{other}` and `{id}` read the same"),
                "options that differ",
            );
        }
    }
    for block in &text.prompt {
        let lines: &[Line] = match block {
            Block::Paragraph(line) => std::slice::from_ref(line),
            Block::List(lines) | Block::Steps(lines) => lines,
            Block::Code(_) | Block::When(..) => &[],
        };
        for line in lines {
            if let Some(word) = negation(line, language) {
                faults.add(
                    place,
                    format!("“{word}” turns the question around and is easily missed"),
                    format!("**{word}**, or a question without it"),
                );
            }
        }
    }
}

/// Returns a line as it is compared.
fn folded(line: &[Inline]) -> String {
    let text = plain(line).to_lowercase().replace('’', "'");
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_end_matches(['.', '!']).to_owned()
}

/// Returns what turns a question around in its last sentence and is not strong.
fn negation(line: &[Inline], language: Language) -> Option<&'static str> {
    let weak: Line = (line.iter())
        .filter(|inline| !matches!(inline, Inline::Marked(Marked::Strong(_) | Marked::Code(_))))
        .cloned()
        .collect();
    let text = folded(&weak);
    let asked = text
        .split_inclusive(['.', '!', '?'])
        .find(|sentence| sentence.ends_with('?'))?;
    let words = NEGATIONS.get(language as usize)?;
    words.iter().copied().find(|negation| match language {
        Language::English => asked
            .split(|c: char| !c.is_alphanumeric() && c != '\'')
            .any(|word| word == *negation),
        Language::Korean => asked.contains(negation),
    })
}
