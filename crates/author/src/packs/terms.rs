//! `[[cooldown]]`: a term by its own name, which stands in the terms; in Korean with its English name where it comes up first.

use std::collections::BTreeSet;

use study::text::{Inline, Line, Marked};

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
