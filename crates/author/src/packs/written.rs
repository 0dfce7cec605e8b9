//! Texts whose numbers are the same for every reader, with the numbers written out: a page needs no facts to show them.

use scenario::{compile::compile, document::Scenario, time::Clock};
use study::{
    constant::Constant,
    pack::Quantity,
    setting::Unset,
    text::{Inline, Line, Marked},
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

    /// Returns a line with its numbers written out; one that is not known stays a name.
    pub fn line(&self, line: Line) -> Line {
        self.line_of(line, None)
    }

    /// Returns the same of a line that is tied to a moment: naming the moment's own value says which run's it is, so that stays.
    fn line_of(&self, line: Line, moment: Option<&str>) -> Line {
        let mut written = Line::new();
        for inline in line {
            let is_moment =
                matches!(&inline, Inline::Marked(Marked::Value(name)) if Some(&**name) == moment);
            let inline = if is_moment {
                inline
            } else {
                self.inline(inline)
            };
            match (written.last_mut(), inline) {
                (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
                (_, inline) => written.push(inline),
            }
        }
        written
    }

    fn inline(&self, inline: Inline) -> Inline {
        let Inline::Marked(marked) = inline else {
            return inline;
        };
        Inline::Marked(match marked {
            Marked::Value(name) => match self.value(&name) {
                Some(value) => return Inline::Text(value),
                None => Marked::Value(name),
            },
            Marked::Strong(line) => Marked::Strong(self.line(line)),
            Marked::Emphasis(line) => Marked::Emphasis(self.line(line)),
            Marked::Term(id, line) => Marked::Term(id, self.line(line)),
            Marked::Lesson(id, line) => Marked::Lesson(id, self.line(line)),
            Marked::Source(id, line) => Marked::Source(id, self.line(line)),
            Marked::Moment(id, line) => {
                let line = self.line_of(line, Some(&id));
                Marked::Moment(id, line)
            }
            other => other,
        })
    }
}
