//! From a field to its row: value, unit, choices, label and what is wrong are looked up; a card says only which fields it shows,
//! and what differs from the usual.

use std::rc::Rc;

use engine::demand::Timeline;
use scenario::{
    compile::Warning,
    document::{Instance, Scenario, ScheduledAction},
    field::{Field, ItemId, Kind, List, Place},
    platform::{Machines, PlatformRules},
};
use words::Words;
use yew::prelude::*;

use super::{
    card::FieldsCardProps,
    choices, labels,
    row::{Control, FieldRow, FieldRowProps, spelled},
};
use crate::{
    browser::dom,
    few::Few,
    outcome::Outcome,
    state::{Action, Snapshot},
    typed::{Editable, Unit},
};

/// What is wrong with which field.
pub type Errors = Few<Field, String>;

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
    pub drafts: Rc<Few<String, String>>,
    /// Fields whose explanation is open.
    pub explained: Rc<Vec<Field>>,
    /// Whether the kinds of layers to add are offered.
    pub offers_layers: bool,
    /// Tells the reducer.
    pub on: Callback<Action>,
}

/// What a card says about a field beyond what is known of it anyway.
#[derive(Debug, Default)]
pub struct RowOptions {
    /// Label, where it is not the usual one.
    pub label: Option<&'static str>,
    /// Explanation, where it is not the usual one.
    pub about: Option<&'static str>,
    /// What an empty field stands for; `None`: it must not be empty.
    pub automatic: Option<AttrValue>,
    /// The choices, where they are not the usual ones: names in files, and what a person reads.
    pub choices: Option<Vec<(&'static str, &'static str)>>,
    /// Whether the input takes the whole width.
    pub wide: bool,
}

impl FormProps {
    /// Returns the document.
    pub fn scenario(&self) -> &Scenario {
        &self.now.scenario
    }

    /// Returns what AWS does on its platform.
    pub fn rules(&self) -> &'static PlatformRules {
        self.scenario().platform.rules()
    }

    /// Returns the last good result.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_deref()
    }

    /// Returns demand as the last good result has it, where it is this document's, whatever else has changed.
    pub fn compiled_demand(&self) -> Option<&Timeline> {
        let compiled = &self.outcome.as_deref()?.compiled;
        let is_of_this = compiled.has_demand_of(self.scenario());
        is_of_this.then_some(&compiled.plan.demand)
    }

    /// Returns a field; an empty one stands for none.
    pub fn row(&self, field: Field) -> Html {
        self.row_with(field, self.usual_options(field))
    }

    /// Returns fields in this order.
    pub fn rows(&self, fields: impl IntoIterator<Item = Field>) -> Html {
        fields.into_iter().map(|field| self.row(field)).collect()
    }

    /// Returns a field over the whole width.
    pub fn wide(&self, field: Field) -> Html {
        let more = RowOptions {
            wide: true,
            ..self.usual_options(field)
        };
        self.row_with(field, more)
    }

    /// Returns a field that may be empty, and what that stands for.
    pub fn automatic(&self, field: Field, automatic: impl Into<AttrValue>) -> Html {
        let more = RowOptions {
            automatic: Some(automatic.into()),
            ..RowOptions::default()
        };
        self.row_with(field, more)
    }

    /// Returns what is said of a field of which a card says nothing.
    pub fn usual_options(&self, field: Field) -> RowOptions {
        let is_none = (field.spec(self.scenario()))
            .is_some_and(|spec| spec.is_optional && !matches!(spec.kind, Kind::Choice(_)));
        RowOptions {
            automatic: is_none.then_some(AttrValue::Static(self.words.field_none())),
            ..RowOptions::default()
        }
    }

    /// Returns a field as a card wants it; nothing where the scenario has no such field.
    pub fn row_with(&self, field: Field, more: RowOptions) -> Html {
        let Some(row) = self.row_props(field, more) else {
            return Html::default();
        };
        let key = row.path.to_string();
        html! { <FieldRow {key} ..row /> }
    }

    /// Returns all that the row of a field shows; `None` where the scenario has no such field.
    pub fn row_props(&self, field: Field, more: RowOptions) -> Option<FieldRowProps> {
        let scenario = self.scenario();
        let editable = Editable::of(field, scenario)?;
        let (words, unit) = (self.words, editable.unit);
        let control = match editable.kind {
            Kind::Number | Kind::Whole | Kind::Seed => Control::Number(unit),
            Kind::Text | Kind::Part => Control::Text(suggestions(field, scenario)),
            Kind::Choice(names) => Control::Choice((more.choices).unwrap_or_else(|| {
                self.choices(field, choices::offered(field, names).iter().copied())
            })),
            Kind::Switch => Control::Switch,
            Kind::Date => Control::Moment("date"),
            Kind::Time => Control::Moment("time"),
            Kind::DateTime | Kind::Moment => Control::Moment("datetime-local"),
            Kind::Days => Control::Days,
        };
        let path = field.path(scenario);
        let text = match self.now.unread.get(&field) {
            Some(unread) => unread.text.clone(),
            None => editable.text(scenario, words.format),
        };
        let text = match self.drafts.get(&path) {
            Some(draft) if *draft != text => {
                spelled(draft, &text, &control, words.format).to_owned()
            }
            _ => text,
        };
        let (label, about) = labels::texts(words, scenario, field);
        Some(FieldRowProps {
            field,
            path: path.into(),
            label: more.label.unwrap_or(label),
            about: more.about.unwrap_or(about),
            explained: self.explained.contains(&field),
            unit: unit_name(words, unit),
            wide: more.wide || matches!(control, Control::Moment("datetime-local")),
            control,
            text: text.into(),
            automatic: more.automatic,
            error: self.errors.get(&field).cloned().unwrap_or_default().into(),
            on: self.on.clone(),
        })
    }

    /// Returns choices of a field: names in files, and what a person reads.
    pub fn choices(
        &self,
        field: Field,
        names: impl IntoIterator<Item = &'static str>,
    ) -> Vec<(&'static str, &'static str)> {
        let choice = |name| (name, choices::called(self.words, field, name));
        names.into_iter().map(choice).collect()
    }

    /// Returns a button that does what `action` says.
    pub fn button(&self, says: impl Into<AttrValue>, action: Action) -> Html {
        let onclick = action.on_click(&self.on);
        html! { <button class="add" type="button" {onclick}>{ says.into() }</button> }
    }

    /// Returns a button that is no longer there once it has done what `action` says: the focus goes to the fold around it.
    pub fn button_that_goes(&self, says: impl Into<AttrValue>, action: Action) -> Html {
        let onclick = self.on.reform(move |event: MouseEvent| {
            dom::focus_fold(&event);
            action.clone()
        });
        html! { <button class="add" type="button" {onclick}>{ says.into() }</button> }
    }

    /// Returns what is odd about the last good result, as far as `concerns` says so.
    pub fn warnings(&self, concerns: impl Fn(&Warning) -> bool) -> Html {
        let warnings = (self.outcome().into_iter()).flat_map(|outcome| &outcome.compiled.warnings);
        let shown = warnings.filter(|warning| concerns(warning));
        shown
            .map(|warning| html! { <p class="warn">{ self.words.warning(warning) }</p> })
            .collect()
    }

    /// Returns what is odd about such fields.
    pub fn warnings_of(&self, concerns: impl Fn(Field) -> bool) -> Html {
        self.warnings(|warning| self.field_of(warning).is_some_and(&concerns))
    }

    /// Returns all that a card shows which shows these fields and nothing else; `more` says what it says of each.
    pub fn fields_card(
        &self,
        title: &'static str,
        note: AttrValue,
        fields: &[Field],
        more: impl Fn(Field) -> RowOptions,
    ) -> FieldsCardProps {
        let rows = fields
            .iter()
            .filter_map(|field| self.row_props(*field, more(*field)));
        FieldsCardProps {
            title,
            note,
            problems: self.problems(|field| fields.contains(&field)),
            rows: rows.collect(),
        }
    }

    fn field_of(&self, warning: &Warning) -> Option<Field> {
        warning.field(&self.outcome()?.scenario)
    }

    /// Returns how much is odd about an item's fields.
    pub fn warnings_in(&self, list: List, id: ItemId) -> usize {
        let warnings = (self.outcome().into_iter()).flat_map(|outcome| &outcome.compiled.warnings);
        let fields = warnings.filter_map(|warning| self.field_of(warning));
        fields.filter(|field| is_in(*field, list, id)).count()
    }

    /// Returns how many of such fields are wrong.
    pub fn problems(&self, is_shown: impl Fn(Field) -> bool) -> usize {
        self.errors.keys().filter(|field| is_shown(**field)).count()
    }

    /// Returns how many of an item's fields are wrong.
    pub fn problems_in(&self, list: List, id: ItemId) -> usize {
        self.problems(|field| is_in(field, list, id))
    }

    /// Returns the key of an item's fold: items of two scenarios are never the same.
    pub fn key_of(&self, id: ItemId) -> String {
        format!("{}.{}", self.now.opened, id.0)
    }
}

/// Whether a field is an item's.
pub fn is_in(field: Field, list: List, id: ItemId) -> bool {
    match field.place {
        Place::Section(_) => false,
        Place::Item(other, item) => other == list && item == id,
        Place::Step(policy, _) => list == List::Policies && policy == id,
    }
}

/// Whether a field belongs to the items of a list, or is the list itself.
pub fn is_of_list(field: Field, list: List) -> bool {
    match field.place {
        Place::Section(_) => field == list.whole(),
        Place::Item(other, _) => other == list,
        Place::Step(..) => list == List::Policies,
    }
}

/// Returns the id of the data list with suggestions for a field.
fn suggestions(field: Field, scenario: &Scenario) -> Option<&'static str> {
    let is_zone = field == Scenario::time_zone || field.name == ScheduledAction::time_zone.name;
    if is_zone {
        Some("time-zones")
    } else {
        let has_list = scenario.platform.rules().machines == Machines::SageMaker;
        let is_type = field == Instance::instance_type && has_list;
        is_type.then_some("instance-types")
    }
}

fn unit_name(words: Words, unit: Unit) -> &'static str {
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
