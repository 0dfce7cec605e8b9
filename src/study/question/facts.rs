//! The numbers of a question's texts: what was drawn, and what its run gives.

use scenario::time::Clock;
use study::{
    draw::Drawn,
    expression::Name,
    lesson::Fact,
    measure::read,
    pack::Asked,
    question::{Ask, Choice, Proof},
    unit::Unit,
};
use words::Words;

use crate::{
    outcome::Outcome,
    study::{lesson::facts::subject, text::Facts},
};

/// The numbers of a question.
pub struct QuestionFacts<'a> {
    /// Language.
    pub words: Words,
    /// The question.
    pub asked: &'a Asked,
    /// What was drawn.
    pub drawn: &'a Drawn,
    /// The runs that are there, each with the proof that they are of.
    pub ran: Vec<(&'a Proof, &'a Outcome)>,
}

impl QuestionFacts<'_> {
    /// Returns what a sum of numbers comes to, in words.
    fn says(&self, fact: &Fact) -> Option<String> {
        let value = fact.value().value(|name| self.number(name))?;
        Some(self.words.quantity(value, fact.unit(), self.clock()))
    }

    /// Returns what an option comes to that is a number.
    pub fn option(&self, ask: &Ask, id: &str) -> String {
        let value = match ask {
            Ask::One(Choice { values, .. }) => values.get(id),
            _ => None,
        };
        value.and_then(|fact| self.says(fact)).unwrap_or_default()
    }

    fn clock(&self) -> Option<&Clock> {
        let (_, outcome) = self.ran.first()?;
        Some(&outcome.compiled.clock)
    }

    fn number(&self, name: &Name) -> Option<f64> {
        let own = || self.asked.facts.get(&name.name).map(|own| own.0);
        self.drawn.get(&name.name).copied().or_else(own)
    }
}

impl Facts for QuestionFacts<'_> {
    fn value(&self, name: &str) -> Option<String> {
        if let Some(value) = self.drawn.get(name) {
            return Some(self.words.quantity(*value, Unit::Number, None));
        }
        if let Some(own) = self.asked.facts.get(name) {
            return Some(self.words.quantity(own.0, own.1, self.clock()));
        }
        self.ran.iter().find_map(|(proof, outcome)| {
            let fact = proof.facts.get(name)?;
            let subject = subject(outcome);
            let value = fact
                .value()
                .value(|name| self.number(name).or_else(|| read(name, &subject)))?;
            let clock = Some(&outcome.compiled.clock);
            Some(self.words.quantity(value, fact.unit(), clock))
        })
    }
}

/// Whether a run has to be there before texts can name its facts: where they depend on what is drawn, or are moments of its clock.
pub fn needs_run(asked: &Asked, proof: &Proof) -> bool {
    (proof.facts.keys()).any(|name| match asked.facts.get(name) {
        Some(own) => own.1 == Unit::Moment,
        None => true,
    })
}
