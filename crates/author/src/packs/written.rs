//! Texts whose numbers are the same for every reader, with the numbers written out: a page needs no facts to show them.

use scenario::{compile::compile, document::Scenario, time::Clock};
use study::{
    constant::Constant,
    pack::Quantity,
    setting::Unset,
    text::{Block, Inline, Line, Marked},
};
use words::{Lang, Words};

use crate::{language::Language, snapshot::Facts};

/// What writes numbers.
pub struct Written<'a> {
    words: Words,
    facts: Option<&'a Facts>,
    /// The clock of the run, for moments.
    clock: Option<Clock>,
}

/// Returns the words of a language.
pub fn words(language: Language) -> Words {
    Words::new(match language {
        Language::English => Lang::En,
        Language::Korean => Lang::Ko,
    })
}

/// Returns the clock of a scenario.
pub fn clock(scenario: Option<Result<Scenario, Unset>>) -> Option<Clock> {
    let compiled = compile(&scenario?.ok()?).ok()?;
    Some(compiled.clock)
}

impl<'a> Written<'a> {
    /// Returns one for these facts, those of a run with this clock.
    pub fn new(language: Language, facts: Option<&'a Facts>, clock: Option<Clock>) -> Self {
        Self {
            words: words(language),
            facts,
            clock,
        }
    }

    /// Returns a fact or a constant by its name, as a text says it.
    pub fn value(&self, name: &str) -> Option<String> {
        if let Some(constant) = name.strip_prefix("default.") {
            let constant = Constant::find(constant)?;
            return Some(self.quantity(Quantity(constant.value(), constant.unit)));
        }
        let quantity = self.facts?.get(name)?;
        Some(self.quantity(*quantity))
    }

    fn quantity(&self, Quantity(value, unit): Quantity) -> String {
        self.words.quantity(value, unit, self.clock.as_ref())
    }

    /// Returns blocks with their numbers written out.
    pub fn blocks(&self, blocks: impl IntoIterator<Item = Block>) -> Vec<Block> {
        let lines = |lines: Vec<Line>| lines.into_iter().map(|line| self.line(line)).collect();
        let written = blocks.into_iter().map(|block| match block {
            Block::Paragraph(line) => Block::Paragraph(self.line(line)),
            Block::List(all) => Block::List(lines(all)),
            Block::Steps(all) => Block::Steps(lines(all)),
            Block::Code(code) => Block::Code(code),
            Block::When(claim, line) => Block::When(claim, self.line(line)),
        });
        written.collect()
    }

    /// Returns a line with its numbers written out.
    pub fn line(&self, line: Line) -> Line {
        line.into_iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&self, inline: Inline) -> Inline {
        let Inline::Marked(marked) = inline else {
            return inline;
        };
        Inline::Marked(match marked {
            Marked::Value(name) => {
                return Inline::Text(self.value(&name).unwrap_or_else(|| "–".to_owned()));
            }
            Marked::Strong(line) => Marked::Strong(self.line(line)),
            Marked::Emphasis(line) => Marked::Emphasis(self.line(line)),
            Marked::Term(id, line) => Marked::Term(id, self.line(line)),
            Marked::Moment(id, line) => Marked::Moment(id, self.line(line)),
            Marked::Lesson(id, line) => Marked::Lesson(id, self.line(line)),
            Marked::Source(id, line) => Marked::Source(id, self.line(line)),
            other => other,
        })
    }
}
