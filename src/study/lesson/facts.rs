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

/// How far from a moment the cross-hair stands at it, where no other is nearer: a share of what the charts show, and at least so
/// many seconds.
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
    /// Returns what a fact is a number of.
    fn unit(&self, name: &str) -> Unit {
        let fact = self.pack.lesson.facts.get(name);
        fact.map(Fact::unit).unwrap_or_default()
    }

    /// Returns all moments among the facts of the run that the reader sees.
    fn moments(&self) -> impl Iterator<Item = f64> {
        let facts = self.now.iter();
        let moments = facts.filter(|(name, _)| self.unit(name) == Unit::Moment);
        moments.map(|(_, at_s)| *at_s)
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
            let off_s = (cursor_s - at_s).abs();
            let is_nearest = self
                .moments()
                .all(|other_s| off_s <= (cursor_s - other_s).abs());
            is_nearest && off_s <= (window.span_s() * NEAR_SHARE).max(NEAR_S)
        };
        Some((at_s, self.sight.is_some_and(is_near)))
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use scenario::document::Scenario;
    use serde_json::json;
    use study::unpack::Unpack as _;
    use words::Lang;

    use super::*;
    use crate::outcome::tests::at_once;

    /// A lesson on the default scenario, whose own run decided three minutes later.
    fn pack() -> LessonPack {
        let pack = json!({
            "lesson": {
                "id": "a", "tasks": [], "scenario": {}, "control": { "kind": "variants", "ids": [], "first": "" },
                "prediction": { "kind": "choice", "options": [], "answer": "" }, "charts": [],
                "facts": {
                    "decided": "change_decided(20:00)", "serves": "change_ended(20:00)", "failed": "failed_requests",
                    "never": "change_to(99)"
                },
                "certainty": "assumed", "sources": [], "questions": []
            },
            "text": { "title": [], "control": [] },
            "facts": { "decided": [36420.0, "moment"], "serves": [36480.0, "moment"], "failed": [1.0, "requests"] },
            "sources": {}, "topics": []
        });
        LessonPack::unpack(&pack).unwrap()
    }

    #[test]
    fn facts_are_of_the_readers_run_and_of_the_lessons_own() {
        let pack = pack();
        let outcome = at_once(&Rc::new(Scenario::default())).unwrap();
        let now = facts_of(&pack.lesson, &outcome);
        assert_eq!(
            now.keys().collect::<Vec<_>>(),
            ["decided", "failed", "serves"]
        );
        let at = |cursor_s| LessonFacts {
            words: Words::new(Lang::En),
            pack: &pack,
            now: &now,
            clock: Some(&outcome.compiled.clock),
            sight: cursor_s,
        };
        let facts = at(None);
        assert_eq!(facts.value("failed").as_deref(), Some("1 request"));
        assert_eq!(facts.now("failed").as_deref(), Some("10,809 requests"));
        assert_eq!(facts.now("never"), None);
        for (claim, holds) in [
            ("failed > 1", true),
            ("failed == 1", false),
            ("never > 0", false),
        ] {
            assert_eq!(facts.holds(&Claim::parse(claim).unwrap()), holds, "{claim}");
        }
        // Where its text says the lesson's own, it is there; else where the run has it.
        let own = [Inline::Marked(Marked::Value("decided".to_owned()))];
        let (decided_s, serves_s) = (now["decided"], now["serves"]);
        assert_eq!(facts.moment("decided", &own), Some((36_420.0, false)));
        assert_eq!(facts.moment("decided", &[]), Some((decided_s, false)));
        assert_eq!(facts.moment("never", &[]), None);
        // Of two that are near, the nearer one is marked.
        let window = Window::whole(86_400.0);
        for (cursor_s, marked) in [
            (decided_s, (true, false)),
            (serves_s - 10.0, (false, true)),
            (serves_s + 3_600.0, (false, false)),
        ] {
            let facts = at(Some((cursor_s, window)));
            let is_marked = |name| {
                facts
                    .moment(name, &[])
                    .is_some_and(|(_, is_there)| is_there)
            };
            let found = (is_marked("decided"), is_marked("serves"));
            assert_eq!(found, marked, "{cursor_s}");
        }
    }
}
