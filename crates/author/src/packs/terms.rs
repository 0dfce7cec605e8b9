//! `[[cooldown]]`: a term by its own name, which stands in the terms; in Korean with its English name where it comes up first.

use std::collections::{BTreeMap, BTreeSet};

use study::{
    lesson::LessonText,
    question::QuestionText,
    text::{Block, Inline, Line, Marked},
};

use crate::{content::TermSource, language::Language, text::plain};

/// What terms are called, and which have come up in a text.
pub struct Names<'a> {
    terms: &'a [TermSource],
    language: Language,
    met: BTreeSet<String>,
}

impl<'a> Names<'a> {
    /// Returns the names in a language, none of which has come up.
    pub fn new(terms: &'a [TermSource], language: Language) -> Self {
        Self {
            terms,
            language,
            met: BTreeSet::new(),
        }
    }

    /// Returns a lesson's text with the names of terms in it.
    pub fn lesson(&mut self, text: LessonText) -> LessonText {
        // As the page shows them: what comes first is met first.
        LessonText {
            title: self.named(text.title),
            question: self.blocks(text.question),
            predict: self.blocks(text.predict),
            options: self.lines(text.options),
            control: self.named(text.control),
            variants: self.lines(text.variants),
            happened: self.blocks(text.happened),
            happened_in: (text.happened_in.into_iter())
                .map(|(id, blocks)| (id, self.blocks(blocks)))
                .collect(),
            off: self.blocks(text.off),
            rule: self.blocks(text.rule),
            wrong: self.blocks(text.wrong),
        }
    }

    /// Returns a question's text with the names of terms in it.
    pub fn question(&mut self, text: QuestionText) -> QuestionText {
        QuestionText {
            prompt: self.blocks(text.prompt),
            options: self.lines(text.options),
            reasons: self.lines(text.reasons),
            explanation: self.blocks(text.explanation),
            parts: text
                .parts
                .into_iter()
                .map(|part| self.question(part))
                .collect(),
        }
    }

    fn lines(&mut self, lines: BTreeMap<String, Line>) -> BTreeMap<String, Line> {
        lines
            .into_iter()
            .map(|(id, line)| (id, self.named(line)))
            .collect()
    }

    fn blocks(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        blocks.into_iter().map(|block| self.block(block)).collect()
    }

    /// Returns a block with the names of terms in it.
    pub fn block(&mut self, block: Block) -> Block {
        let mut all = |lines: Vec<Line>| lines.into_iter().map(|line| self.named(line)).collect();
        match block {
            Block::Paragraph(line) => Block::Paragraph(self.named(line)),
            Block::List(lines) => Block::List(all(lines)),
            Block::Steps(lines) => Block::Steps(all(lines)),
            Block::Code(code) => Block::Code(code),
            Block::When(claim, line) => Block::When(claim, self.named(line)),
        }
    }

    /// Returns a line with the names of terms in it.
    pub fn named(&mut self, line: Line) -> Line {
        line.into_iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&mut self, inline: Inline) -> Inline {
        let Inline::Marked(marked) = inline else {
            return inline;
        };
        Inline::Marked(match marked {
            Marked::Term(id, line) => {
                let line = if line.is_empty() {
                    self.name(&id)
                } else {
                    line
                };
                self.met.insert(id.clone());
                Marked::Term(id, line)
            }
            Marked::Strong(line) => Marked::Strong(self.named(line)),
            Marked::Emphasis(line) => Marked::Emphasis(self.named(line)),
            Marked::Moment(id, line) => Marked::Moment(id, self.named(line)),
            Marked::Lesson(id, line) => Marked::Lesson(id, self.named(line)),
            Marked::Source(id, line) => Marked::Source(id, self.named(line)),
            other => other,
        })
    }

    fn name(&self, id: &str) -> Line {
        let said = |language| {
            let term = self.terms.iter().find(|term| term.id == id)?;
            Some(term.said.get(language).as_ref()?.text.name.clone())
        };
        let mut name: Line = said(self.language).unwrap_or_default();
        let english = said(Language::English)
            .map(|english| plain(&english))
            .unwrap_or_default();
        let is_other = self.language != Language::English && plain(&name) != english;
        if is_other && !self.met.contains(id) {
            name.push(Inline::Text("(".to_owned()));
            name.push(Inline::Marked(Marked::English(english)));
            name.push(Inline::Text(")".to_owned()));
        }
        name
    }
}
