//! From a path to its field: value, unit, and problem are looked up, a card says only label and explanation.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use engine::demand::Timeline;
use scenario::{compile::Warning, document::Scenario, field, platform::PlatformRules};
use words::Words;
use yew::prelude::*;

use super::row::{FieldRow, FieldRowProps, Kind, spelled};
use crate::{
    outcome::Outcome,
    state::{Action, Snapshot},
    typed::{
        List, Unit,
        slot::{DAYS, place},
        usual::Piece,
    },
};

/// What is wrong with which field, by path.
pub type Errors = BTreeMap<String, String>;

/// What the form shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct FormProps {
    /// The document and what could not be read.
    pub now: Snapshot,
    /// The last good result.
    pub outcome: Option<Rc<Outcome>>,
    /// What is wrong.
    pub errors: Rc<Errors>,
    /// Language.
    pub words: Words,
    /// The person's own spelling, by path.
    pub drafts: Rc<BTreeMap<String, String>>,
    /// Fields whose explanation is open.
    pub explained: Rc<Vec<String>>,
    /// Whether the kinds of layers to add are offered.
    pub offers_layers: bool,
    /// Tells the reducer.
    pub on: Callback<Action>,
}

impl FormProps {
    /// Demand as the result has it, where the result is of this very document.
    pub fn compiled_demand(&self) -> Option<&Timeline> {
        let outcome = self.outcome.as_deref()?;
        let is_of_this = Rc::ptr_eq(&outcome.scenario, &self.now.scenario);
        (self.errors.is_empty() && is_of_this).then_some(&outcome.compiled.plan.demand)
    }
}

/// Makes fields.
#[derive(Debug)]
pub struct Fields<'a> {
    /// What the form shows.
    pub shown: &'a FormProps,
    /// A copy to look values up in: slots are for writing too.
    copy: RefCell<Scenario>,
}

/// A text of the locales.
pub type Say = fn(Words) -> &'static str;

/// A field that takes no more than this: its path, label, and explanation.
pub type Line = (&'static str, Say, Say);

/// What is said where there is nothing to say.
pub fn nothing(_: Words) -> &'static str {
    ""
}

/// What a card says about a field beyond its path and label.
#[derive(Debug)]
pub struct More {
    /// Explanation.
    pub about: Say,
    /// What an empty field stands for.
    pub automatic: Option<AttrValue>,
    /// The choices.
    pub choices: Vec<(&'static str, &'static str)>,
    /// Id of the data list with suggestions.
    pub suggestions: Option<&'static str>,
    /// Over the whole width.
    pub wide: bool,
}

impl Default for More {
    fn default() -> Self {
        Self {
            about: nothing,
            automatic: None,
            choices: Vec::new(),
            suggestions: None,
            wide: false,
        }
    }
}

impl<'a> Fields<'a> {
    /// Fields of what is shown.
    pub fn new(shown: &'a FormProps) -> Self {
        Self {
            shown,
            copy: RefCell::new((*shown.now.scenario).clone()),
        }
    }

    /// The document.
    pub fn scenario(&self) -> &'a Scenario {
        &self.shown.now.scenario
    }

    /// What AWS does on its platform.
    pub fn rules(&self) -> &'static PlatformRules {
        self.scenario().platform.rules()
    }

    /// The last good result.
    pub fn outcome(&self) -> Option<&'a Outcome> {
        self.shown.outcome.as_deref()
    }

    /// Language.
    pub fn words(&self) -> Words {
        self.shown.words
    }

    /// Returns fields that have a label and an explanation.
    pub fn lines(&self, lines: &[Line]) -> Html {
        let line = |(path, label, about): &Line| self.line(AttrValue::Static(path), *label, *about);
        lines.iter().map(line).collect()
    }

    /// Returns such fields of an item of a list; theirs are the leaves of the paths.
    pub fn leaves(&self, item: &str, lines: &[Line]) -> Html {
        let line = |(leaf, label, about): &Line| self.line(at(item, leaf), *label, *about);
        lines.iter().map(line).collect()
    }

    fn line(&self, path: AttrValue, label: Say, about: Say) -> Html {
        let more = More {
            about,
            ..More::default()
        };
        self.field(path, label, more)
    }

    /// Returns a field that may be empty, and what that stands for.
    pub fn optional(&self, path: AttrValue, label: Say, about: Say, automatic: AttrValue) -> Html {
        let more = More {
            about,
            automatic: Some(automatic),
            ..More::default()
        };
        self.field(path, label, more)
    }

    /// Returns a field over the whole width.
    pub fn wide(&self, path: AttrValue, label: Say) -> Html {
        let more = More {
            wide: true,
            ..More::default()
        };
        self.field(path, label, more)
    }

    /// Returns a field; nothing where the scenario has none of this path.
    pub fn field(&self, path: AttrValue, label: Say, more: More) -> Html {
        let Self { shown, copy } = self;
        let mut copy = copy.borrow_mut();
        let Some(slot) = place(&mut copy, &path) else {
            return Html::default();
        };
        let unit = slot.unit();
        let text = match shown.now.unread.get(&*path) {
            Some(unread) => unread.text.clone(),
            None => slot.text(),
        };
        let kind = match (slot.piece, slot.kind) {
            (Some(Piece::At), _) => Kind::Moment("datetime-local"),
            (Some(Piece::Time), _) => Kind::Moment("time"),
            (Some(Piece::Days), _) => self.days(),
            (Some(Piece::Every), _) => Kind::Number(unit),
            (Some(Piece::Kind | Piece::Date | Piece::Unit), _) => Kind::Choice(more.choices),
            (None, field::Kind::Number | field::Kind::Whole | field::Kind::Seed) => {
                Kind::Number(unit)
            }
            (None, field::Kind::Text) => Kind::Text(more.suggestions),
            (None, field::Kind::Date) => Kind::Moment("date"),
            (None, field::Kind::Time) => Kind::Moment("time"),
            (None, field::Kind::DateTime | field::Kind::Moment) => Kind::Moment("datetime-local"),
            (None, field::Kind::Switch) => Kind::Switch,
            (None, field::Kind::Days) => self.days(),
            (None, field::Kind::Choice(_)) => Kind::Choice(more.choices),
            (None, field::Kind::Part) => return Html::default(),
        };
        let wide = more.wide || matches!(kind, Kind::Moment("datetime-local"));
        let error = match shown.errors.get(&*path) {
            Some(error) => error.clone().into(),
            None => AttrValue::Static(""),
        };
        let text = match shown.drafts.get(&*path) {
            Some(draft) if *draft != text => spelled(draft, &text, &kind).to_owned().into(),
            _ => text.into(),
        };
        let key = path.to_string();
        let row = FieldRowProps {
            explained: shown.explained.iter().any(|explained| **explained == *path),
            path,
            label: label(shown.words),
            about: (more.about)(shown.words),
            unit: self.unit(unit),
            kind,
            text,
            automatic: more.automatic,
            error,
            wide,
            words: shown.words,
            on: shown.on.clone(),
        };
        html! { <FieldRow {key} ..row /> }
    }

    /// Returns what is odd about the last good result, as far as `concerns` says so.
    pub fn warnings(&self, concerns: impl Fn(&Warning) -> bool) -> Html {
        let warnings = (self.outcome().into_iter()).flat_map(|outcome| &outcome.compiled.warnings);
        let shown = warnings.filter(|warning| concerns(warning));
        shown
            .map(|warning| html! { <p class="warn">{ self.words().warning(warning) }</p> })
            .collect()
    }

    /// Returns what is odd about a field, or about any whose path begins so.
    pub fn warnings_at(&self, path: &str) -> Html {
        self.warnings(|warning| self.path_of(warning).starts_with(path))
    }

    /// Path of the field that a warning is about; empty: of none alone.
    pub fn path_of(&self, warning: &Warning) -> String {
        let scenario = self.outcome().map(|outcome| &*outcome.scenario);
        let path = scenario.and_then(|it| Some(warning.field(it)?.path(it)));
        path.unwrap_or_default()
    }

    /// Returns how much is odd about an item's fields.
    pub fn odd(&self, item: &str) -> usize {
        self.outcome().map_or(0, |outcome| {
            let warnings = outcome.compiled.warnings.iter();
            warnings
                .filter(|warning| self.path_of(warning).starts_with(item))
                .count()
        })
    }

    /// Returns the ids of a list's items, in their order.
    pub fn items(&self, list: List) -> impl Iterator<Item = u32> {
        self.shown.now.ids.of(list).iter().copied()
    }

    /// Whether a person added this item to a scenario that was open.
    pub fn is_added(&self, id: u32) -> bool {
        self.shown.now.ids.is_added(id)
    }

    /// Returns how many problems are in fields whose paths begin with one of these.
    pub fn problems(&self, prefixes: &[&str]) -> usize {
        let errors = self.shown.errors.keys();
        errors
            .filter(|path| prefixes.iter().any(|prefix| path.starts_with(prefix)))
            .count()
    }

    fn days(&self) -> Kind {
        let words = self.words();
        Kind::Days(DAYS.map(|(day, name)| (name, words.weekday(day))).to_vec())
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
            Unit::UsdPerGbSecond => words.unit_usd_per_gb_s(),
            Unit::Days => words.unit_days(),
            Unit::PerMinute => words.unit_per_minute(),
            Unit::Requests | Unit::Instances | Unit::Difference | Unit::None => "",
        }
    }
}

/// Path of a field of an item.
pub fn at(item: &str, leaf: &str) -> AttrValue {
    [item, ".", leaf].concat().into()
}
