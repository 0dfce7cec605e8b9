//! Whether a template's conditions hold. One that cannot be decided says what it lacks.
//!
//! Source: AWS CloudFormation, "Condition functions".

use super::evaluate::Template;
use crate::{
    fields::as_text,
    import::open::{DEEPEST_EXPRESSION, MOST_STEPS, lacks},
    node::{Member, Node, Value},
};

impl<'a> Template<'a> {
    /// Returns whether a condition holds. `Err`: what it lacks.
    pub(super) fn condition(&mut self, name: &str) -> Result<bool, String> {
        let Some(condition) = self.conditions.get(name).copied() else {
            return Err(String::new());
        };
        if let Some(known) = self.decided.get(name) {
            return known.clone();
        }
        let Some(()) = self.enter(&condition.name) else {
            return Err(String::new());
        };
        let decided = self.decides(&condition.node);
        self.leave();
        self.decided.insert(&condition.name, decided.clone());
        decided
    }

    /// Returns whether an expression of conditions holds. `Err`: what it lacks.
    pub(super) fn decides(&mut self, node: &'a Node) -> Result<bool, String> {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.depth > DEEPEST_EXPRESSION {
            return Err(String::new());
        }
        self.depth += 1;
        let decided = self.decision(node);
        self.depth -= 1;
        decided
    }

    fn decision(&mut self, node: &'a Node) -> Result<bool, String> {
        let [
            Member {
                name,
                node: argument,
                ..
            },
        ] = node.members()
        else {
            return match self.evaluate(node) {
                Node {
                    value: Value::Switch(is),
                    ..
                } => Ok(is),
                value => match as_text(&value).as_deref() {
                    Some("true") => Ok(true),
                    Some("false") => Ok(false),
                    _ => Err(lacks(&value).unwrap_or_default().to_owned()),
                },
            };
        };
        match (&**name, argument.entries()) {
            ("Condition", _) => self.condition(argument.as_text().unwrap_or_default()),
            ("Fn::Equals", [one, other]) => {
                let (one, other) = (self.evaluate(one), self.evaluate(other));
                match lacks(&one).or(lacks(&other)) {
                    Some(lacks) => Err(lacks.to_owned()),
                    None => Ok(match (as_text(&one), as_text(&other)) {
                        (Some(one), Some(other)) => one == other,
                        _ => one.value == other.value,
                    }),
                }
            }
            ("Fn::Not", [negated]) => self.decides(negated).map(|is| !is),
            ("Fn::And", parts) => self.all_are(true, parts),
            ("Fn::Or", parts) => self.all_are(false, parts).map(|is| !is),
            _ => Err(String::new()),
        }
    }

    /// Returns whether all parts are so; one that is not decides it, whatever the others lack.
    fn all_are(&mut self, so: bool, parts: &'a [Node]) -> Result<bool, String> {
        let mut all = Ok(true);
        for part in parts {
            match self.decides(part) {
                Ok(is) if is != so => return Ok(false),
                Ok(_) => {}
                Err(lacks) => all = Err(lacks),
            }
        }
        all
    }
}
