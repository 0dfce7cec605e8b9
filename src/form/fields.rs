//! From a path to its field: value, unit, and problem are looked up, a card says only label and explanation.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use scenario::{compile::Warning, document::Scenario, time::Weekday};
use words::Words;
use yew::{AttrValue, Callback, Html, html};

use super::field::{Field, Kind};
use crate::{
    outcome::Outcome,
    state::{Action, Snapshot},
    typed::{
        Slot, Unit,
        slot::{DAYS, place},
    },
};

/// What is wrong with which field, by path.
pub type Errors = BTreeMap<String, String>;

/// What the form shows. Compared by pointer: whatever changed was made anew.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The document and what could not be read.
    pub now: Snapshot,
    /// The last good result.
    pub outcome: Option<Rc<Outcome>>,
    /// What is wrong.
    pub errors: Rc<Errors>,
    /// Language.
    pub words: Words,
    /// Tells the reducer.
    pub on: Callback<Action>,
}

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        let outcomes = match (&self.outcome, &other.outcome) {
            (Some(a), Some(b)) => Rc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        outcomes
            && Rc::ptr_eq(&self.now.scenario, &other.now.scenario)
            && Rc::ptr_eq(&self.now.unread, &other.now.unread)
            && Rc::ptr_eq(&self.now.ids, &other.now.ids)
            && Rc::ptr_eq(&self.errors, &other.errors)
            && self.words == other.words
            && self.on == other.on
    }
}

/// Makes fields.
#[derive(Debug)]
pub struct Fields<'a> {
    /// What the form shows.
    pub shown: &'a Shown,
    /// A copy to look values up in: slots are for writing too.
    copy: RefCell<Scenario>,
}

/// What a card says about a field beyond its path and label.
#[derive(Debug, Default)]
pub struct More {
    /// Explanation.
    pub about: &'static str,
    /// What an empty field stands for.
    pub automatic: Option<String>,
    /// The choices.
    pub choices: Vec<(&'static str, &'static str)>,
    /// Id of the data list with suggestions.
    pub suggestions: Option<&'static str>,
    /// Over the whole width.
    pub wide: bool,
}

impl<'a> Fields<'a> {
    /// Fields of what is shown.
    pub fn new(shown: &'a Shown) -> Self {
        Self {
            shown,
            copy: RefCell::new((*shown.now.scenario).clone()),
        }
    }

    /// The document.
    pub fn scenario(&self) -> &'a Scenario {
        &self.shown.now.scenario
    }

    /// Language.
    pub fn words(&self) -> Words {
        self.shown.words
    }

    /// A field with a label and an explanation.
    pub fn plain(&self, path: &str, label: &'static str, about: &'static str) -> Html {
        self.field(
            path,
            label,
            More {
                about,
                ..More::default()
            },
        )
    }

    /// A field that may be empty, and what that stands for.
    pub fn optional(
        &self,
        path: &str,
        label: &'static str,
        about: &'static str,
        automatic: String,
    ) -> Html {
        self.field(
            path,
            label,
            More {
                about,
                automatic: Some(automatic),
                ..More::default()
            },
        )
    }

    /// A field.
    pub fn field(&self, path: &str, label: &'static str, more: More) -> Html {
        let Self { shown, copy } = self;
        let mut copy = copy.borrow_mut();
        let Some(slot) = place(&mut copy, path) else {
            return Html::default();
        };
        let unit = slot.unit();
        let text = match shown.now.unread.get(path) {
            Some(unread) => unread.text.clone(),
            None => slot.text(),
        };
        let kind = match slot {
            Slot::Real(..) | Slot::MaybeReal(..) => Kind::Number { unit, whole: false },
            Slot::Count(..) | Slot::MaybeCount(..) | Slot::Seed(_) => {
                Kind::Number { unit, whole: true }
            }
            Slot::Text(_) | Slot::MaybeText(_) => Kind::Text(more.suggestions),
            Slot::Date(_) => Kind::Moment("date"),
            Slot::Time(_) => Kind::Moment("time"),
            Slot::Schedule(ref schedule)
                if !schedule.is_empty() && crate::typed::slot::moment(schedule).is_none() =>
            {
                Kind::Text(None)
            }
            Slot::DateTime(_) | Slot::Schedule(_) => Kind::Moment("datetime-local"),
            Slot::Switch(_) => Kind::Switch,
            Slot::Days(_) => Kind::Days(DAYS.map(|(day, name)| (name, self.day(day))).to_vec()),
            Slot::Per(_) | Slot::By(_) | Slot::Missing(_) => Kind::Choice(more.choices),
        };
        let wide = more.wide || matches!(kind, Kind::Moment("datetime-local"));
        let error = shown.errors.get(path).cloned().unwrap_or_default();
        html! {
            <Field key={path.to_owned()} path={path.to_owned()} label={label} about={more.about} unit={self.unit(unit)} {kind} {text}
                automatic={more.automatic.map(AttrValue::from)} {error} {wide} words={shown.words} on={&shown.on} />
        }
    }

    /// What is odd about the last good result, as far as `concerns` says so.
    pub fn warnings(&self, concerns: impl Fn(&Warning) -> bool) -> Html {
        let outcome = self.shown.outcome.as_deref();
        let warnings = outcome
            .map(|outcome| &*outcome.compiled.warnings)
            .unwrap_or_default();
        let shown = warnings.iter().filter(|warning| concerns(warning));
        html! { <>{ for shown.map(|warning| html! { <p class="warn">{ self.words().warning(warning) }</p> }) }</> }
    }

    /// How many problems are in fields whose paths begin with one of these.
    pub fn problems(&self, prefixes: &[&str]) -> usize {
        let errors = self.shown.errors.keys();
        errors
            .filter(|path| prefixes.iter().any(|prefix| path.starts_with(prefix)))
            .count()
    }

    fn day(&self, day: Weekday) -> String {
        self.words().weekday(day).to_owned()
    }

    fn unit(&self, unit: Unit) -> &'static str {
        let words = self.words();
        match unit {
            Unit::Rps => words.unit_rps(),
            Unit::Seconds => words.unit_s(),
            Unit::Minutes | Unit::Datapoints => words.unit_min(),
            Unit::Millis => words.unit_ms(),
            Unit::Hours => words.unit_h(),
            Unit::Percent => words.unit_percent(),
            Unit::UsdPerHour => words.unit_usd_per_hour(),
            Unit::Days => words.unit_days(),
            Unit::PerMinute => words.unit_per_minute(),
            Unit::Requests | Unit::Instances | Unit::None => "",
        }
    }
}
