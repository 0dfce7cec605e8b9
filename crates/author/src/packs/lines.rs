//! Texts with each of their lines made anew, in the order in which a page shows them.

use std::collections::BTreeMap;

use study::{
    lesson::LessonText,
    question::QuestionText,
    text::{Block, Line},
};

/// What makes a line anew.
type Make<'a> = &'a mut dyn FnMut(Line) -> Line;

/// Returns a lesson's text with its lines made anew.
pub fn lesson(text: LessonText, make: Make<'_>) -> LessonText {
    LessonText {
        title: make(text.title),
        question: blocks(text.question, make),
        predict: blocks(text.predict, make),
        options: lines(text.options, make),
        control: make(text.control),
        variants: lines(text.variants, make),
        happened: blocks(text.happened, make),
        happened_in: (text.happened_in.into_iter())
            .map(|(id, said)| (id, blocks(said, make)))
            .collect(),
        off: blocks(text.off, make),
        rule: blocks(text.rule, make),
        wrong: blocks(text.wrong, make),
    }
}

/// Returns a question's text with its lines made anew.
pub fn question(text: QuestionText, make: Make<'_>) -> QuestionText {
    QuestionText {
        prompt: blocks(text.prompt, make),
        options: lines(text.options, make),
        reasons: lines(text.reasons, make),
        explanation: blocks(text.explanation, make),
        parts: (text.parts.into_iter())
            .map(|part| question(part, make))
            .collect(),
    }
}

/// Returns blocks with their lines made anew.
pub fn blocks(blocks: impl IntoIterator<Item = Block>, make: Make<'_>) -> Vec<Block> {
    let made = blocks.into_iter().map(|block| match block {
        Block::Paragraph(line) => Block::Paragraph(make(line)),
        Block::List(lines) => Block::List(lines.into_iter().map(&mut *make).collect()),
        Block::Steps(lines) => Block::Steps(lines.into_iter().map(&mut *make).collect()),
        Block::Code(code) => Block::Code(code),
        Block::When(claim, line) => Block::When(claim, make(line)),
    });
    made.collect()
}

fn lines(lines: BTreeMap<String, Line>, make: Make<'_>) -> BTreeMap<String, Line> {
    let made = lines.into_iter().map(|(id, line)| (id, make(line)));
    made.collect()
}
