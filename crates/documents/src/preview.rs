//! What becomes of a scenario, field by field, before somebody says yes to it.

use scenario::{
    document::Scenario,
    field::{Fixed, List, Place, Unit, Value},
};
use words::Words;

use crate::shortened;

/// Something that changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changed {
    /// What it is.
    pub what: String,
    /// What it was; empty: it was not there.
    pub before: String,
    /// What it becomes; empty: it is gone.
    pub after: String,
}

/// Returns what is different in another scenario.
pub(crate) fn preview(before: &Scenario, after: &Scenario, words: Words) -> Vec<Changed> {
    let mut preview = Preview {
        before,
        after,
        words,
        changes: Vec::new(),
    };
    for fixed in Fixed::ALL {
        let place = Place::Section(*fixed);
        preview.fields("", place, place);
    }
    preview.items(List::Policies, |scenario| {
        let all = scenario.policies.numbered();
        all.map(|(id, it)| (Place::Item(List::Policies, id), it.policy_name.clone()))
            .collect()
    });
    preview.items(List::Actions, |scenario| {
        let all = scenario.scheduled_actions.numbered();
        all.map(|(id, it)| (Place::Item(List::Actions, id), it.name.clone()))
            .collect()
    });
    if before.demand != after.demand {
        let count = |scenario: &Scenario| {
            words.importing_layers(
                scenario.demand.len() as u64,
                &scenario.demand.len().to_string(),
            )
        };
        preview.note(words.card_demand(), &count(before), &count(after));
    }
    preview.changes
}

struct Preview<'a> {
    before: &'a Scenario,
    after: &'a Scenario,
    words: Words,
    changes: Vec<Changed>,
}

impl Preview<'_> {
    fn note(&mut self, what: &str, before: &str, after: &str) {
        self.changes.push(Changed {
            what: shortened(what),
            before: shortened(before),
            after: shortened(after),
        });
    }

    /// Notes the fields of a place that hold something else in the other scenario.
    fn fields(&mut self, of: &str, before: Place, after: Place) {
        for spec in after.specs() {
            let (old, new) = (before.field(spec.name), after.field(spec.name));
            let values = (old.read(self.before), new.read(self.after));
            if values.0 == values.1 || new == Scenario::name {
                continue;
            }
            let label = match self.words.label_of(spec) {
                "" => spec.name,
                label => label,
            };
            let what = match of {
                "" => label.to_owned(),
                of => self.words.importing_of(of, label),
            };
            let old = self.said(values.0, old.unit(self.before));
            let new = self.said(values.1, new.unit(self.after));
            self.note(&what, &old, &new);
        }
    }

    /// Notes what comes and goes of a list, and what changes of what stays, by their names.
    fn items(&mut self, list: List, named: fn(&Scenario) -> Vec<(Place, String)>) {
        let kind = match list {
            List::Policies => self.words.importing_policy(),
            _ => self.words.importing_action(),
        };
        let (before, after) = (named(self.before), named(self.after));
        for (place, name) in &after {
            match before.iter().find(|(_, other)| other == name) {
                Some((other, _)) => self.fields(name, *other, *place),
                None => self.note(kind, "", name),
            }
        }
        for (_, name) in before {
            if !after.iter().any(|(_, other)| *other == name) {
                self.note(kind, &name, "");
            }
        }
    }

    fn said(&self, value: Option<Value>, unit: Unit) -> String {
        let words = self.words;
        match value {
            None => String::new(),
            Some(Value::Absent) => words.auto_short().to_owned(),
            Some(Value::Number(value)) => self.with_unit(value, unit),
            Some(Value::Whole(value)) => self.with_unit(value as f64, unit),
            Some(Value::Seed(value)) => value.to_string(),
            Some(Value::Text(value)) => value,
            Some(Value::Choice(value)) => words.choice(value).to_owned(),
            Some(Value::Switch(true)) => words.importing_on().to_owned(),
            Some(Value::Switch(false)) => words.importing_off().to_owned(),
            Some(Value::Date(value)) => words.date_with_year(value),
            Some(Value::Time(value)) => words.time(value),
            Some(Value::DateTime(value)) => value.to_string(),
            Some(Value::Moment(value)) => value.to_string(),
            Some(Value::Days(days)) => words.weekdays(&days),
        }
    }

    fn with_unit(&self, value: f64, unit: Unit) -> String {
        let words = self.words;
        let number = words.number(value, 4);
        match unit {
            Unit::Seconds => words.value_s(&number),
            Unit::Millis => words.value_ms(&number),
            Unit::Rps => words.value_rps(&number),
            Unit::Minutes => words.short_minutes(&number),
            Unit::Hours => words.short_hours(&number),
            Unit::Days => words.short_days(&number),
            _ => number,
        }
    }
}
