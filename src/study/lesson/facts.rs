//! The numbers of a lesson: those of its own runs, which its pack brings, and the same of the run that the reader sees.

use std::collections::BTreeMap;

use chart::Window;
use scenario::time::Clock;
use study::{
    claim::Claim,
    lesson::{Fact, Lesson},
    measure::read,
    pack::LessonPack,
    subject::Subject,
    text::{Inline, Marked},
    unit::Unit,
};
use words::Words;

use crate::{outcome::Outcome, study::text::Facts};

/// How far from a moment the cross-hair stands at it: a share of what the charts show, and at least so many seconds.
const NEAR_SHARE: f64 = 0.006;
const NEAR_S: f64 = 30.0;

/// Facts by name.
pub type Values = BTreeMap<String, f64>;

/// Returns what an outcome is to whoever reads facts from it.
pub fn subject(outcome: &Outcome) -> Subject<'_> {
    Subject {
        scenario: &outcome.scenario,
        compiled: &outcome.compiled,
        run: &outcome.run,
        report: &outcome.report,
    }
}

/// Returns a lesson's facts of a run, whatever setting each of them names.
pub fn facts_of(lesson: &Lesson, outcome: &Outcome) -> Values {
    let subject = subject(outcome);
    let mut values = Values::new();
    for (name, fact) in &lesson.facts {
        if let Some(value) = fact.value().value(|name| read(name, &subject)) {
            values.insert(name.clone(), value);
        }
    }
    values
}

/// The numbers of a lesson's texts.
pub struct LessonFacts<'a> {
    /// Language.
    pub words: Words,
    /// The lesson, with the facts of its own runs.
    pub pack: &'a LessonPack,
    /// The facts of the run that the reader sees.
    pub now: &'a Values,
    /// The clock of that run.
    pub clock: Option<&'a Clock>,
    /// Where the cross-hair stands, and what the charts show.
    pub sight: Option<(f64, Window)>,
}

impl LessonFacts<'_> {
    /// Returns what a fact is a number of; one that the lesson's own run does not have says it itself.
    fn unit(&self, name: &str) -> Unit {
        match (self.pack.facts.get(name), self.pack.lesson.facts.get(name)) {
            (Some(own), _) => own.1,
            (None, Some(Fact::As { unit, .. })) => *unit,
            _ => Unit::Number,
        }
    }
}

impl Facts for LessonFacts<'_> {
    fn value(&self, name: &str) -> Option<String> {
        let quantity = self.pack.facts.get(name)?;
        Some(self.words.quantity(quantity.0, quantity.1, self.clock))
    }

    fn now(&self, name: &str) -> Option<String> {
        let value = self.now.get(name)?;
        Some(self.words.quantity(*value, self.unit(name), self.clock))
    }

    fn holds(&self, claim: &Claim) -> bool {
        let holds = claim.holds(|name| self.now.get(&name.name).copied());
        holds == Some(true)
    }

    fn moment(&self, name: &str, line: &[Inline]) -> Option<(f64, bool)> {
        // It is where its text says that it is: of the lesson's own run, where that is what it names.
        let own = || self.pack.facts.get(name).map(|quantity| quantity.0);
        let is_own = |inline: &Inline| matches!(inline, Inline::Marked(Marked::Value(named)) if named == name);
        let at_s = if line.iter().any(is_own) {
            own()?
        } else {
            self.now.get(name).copied().or_else(own)?
        };
        let is_near = |(cursor_s, window): (f64, Window)| {
            (cursor_s - at_s).abs() <= (window.span_s() * NEAR_SHARE).max(NEAR_S)
        };
        Some((at_s, self.sight.is_some_and(is_near)))
    }
}
