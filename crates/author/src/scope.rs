//! Which names a sum may have: what is drawn, facts, constants, and what can be read from a run.

use study::{
    constant::Constant,
    expression::{Expression, Name},
    measure::Measure,
};

use crate::fault::{Faults, Place, listed};

/// What names mean somewhere.
pub struct Scope<'a> {
    /// Names of numbers: of what is drawn, of facts, `answer`.
    pub numbers: Vec<&'a str>,
    /// Whether constants of the code may be named.
    pub constants: bool,
    /// Which settings of a run there are; nothing: there is no run to read from.
    pub run: Option<&'a dyn Fn(&str) -> bool>,
}

impl Scope<'_> {
    /// Tells which names of a sum mean nothing; returns whether all mean something.
    pub fn check(&self, sum: &Expression, place: &Place, faults: &mut Faults) -> bool {
        let wrong: Vec<(String, String)> = (sum.names().into_iter())
            .filter_map(|name| self.wrong(name))
            .collect();
        for (wrong, right) in &wrong {
            faults.add(place, format!("in `{}` {wrong}", sum.text()), right);
        }
        wrong.is_empty()
    }

    /// Returns what is wrong with a name, and what would be right.
    fn wrong(&self, name: &Name) -> Option<(String, String)> {
        let is_bare = name.is_bare();
        let Name {
            name,
            argument,
            setting,
        } = name;
        if is_bare && self.numbers.contains(&name.as_str()) {
            return None;
        }
        if let Some(constant) = name.strip_prefix("default.") {
            let is_known = self.constants && is_bare && Constant::find(constant).is_some();
            return (!is_known).then(|| {
                let wrong = format!("`{name}` is no constant that can be named here");
                (wrong, "one of the constants in docs/content.md".to_owned())
            });
        }
        let numbers = || listed(self.numbers.iter().copied());
        let Some(is_setting) = self.run else {
            return Some((format!("`{name}` is no number that there is"), numbers()));
        };
        let Some(measure) = Measure::find(name) else {
            return Some((
                format!("`{name}` is neither a measure nor a number of this name"),
                format!("a measure of docs/content.md, or {}", numbers()),
            ));
        };
        if !measure.takes(argument.as_deref()) {
            return Some((
                format!(
                    "`{name}` does not take `{}`",
                    argument.as_deref().unwrap_or("")
                ),
                "what docs/content.md says of this measure".to_owned(),
            ));
        }
        let setting = setting.as_deref()?;
        (!is_setting(setting)).then(|| {
            (
                format!("`@{setting}` is none of its settings"),
                "the id of a variant, or a value of the control".to_owned(),
            )
        })
    }
}
