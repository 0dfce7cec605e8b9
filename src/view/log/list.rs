//! The log in the page: its filters, and its entries, each a button; arrow keys go from one to the next.

use std::rc::Rc;

use scenario::{document::Scenario, time::LocalDate};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use words::Words;
use yew::prelude::*;

use super::{
    Filter, Shown,
    reveal::{keyed, scrolled},
    told::Entry,
};
use crate::{
    outcome::Outcome,
    parts::{El, Part, button, el, of},
    same::Same,
    view::desk::{Ask, Desk, asks},
};

/// What the log is made from.
#[derive(PartialEq)]
pub struct Log {
    pub outcome: Rc<Outcome>,
    pub words: Words,
    pub scenario: Same<Scenario>,
    pub filter: Filter,
    /// Indices of the activities that the filter lets through.
    pub listed: Same<Vec<usize>>,
    /// Place in `listed` of the entry nearest to the cross-hair.
    pub selected: Option<usize>,
    /// Which places are in the page.
    pub shown: Shown,
    pub desk: Rc<Desk>,
}

impl Part for Log {
    fn view(&self) -> Html {
        let inner = of("div", "log-in")
            .with(self.head())
            .with(self.list())
            .with(self.empty());
        of("aside", "card log")
            .set("aria-labelledby", "log-title")
            .with(inner)
            .html()
    }
}

impl Log {
    fn head(&self) -> El {
        let words = self.words;
        let total = self.outcome.run.activities.len();
        let count = words.log_count(total as u64, &words.integer(total as f64));
        let mut filters = of("div", "filter")
            .set("role", "group")
            .set("aria-label", words.log_filter());
        for filter in Filter::ALL {
            let name = AttrValue::Static(filter.name(words));
            let pressed = if filter == self.filter {
                "true"
            } else {
                "false"
            };
            let on_click = asks(&self.desk, Ask::List(filter));
            filters = filters.with(button("", name, on_click).set("aria-pressed", pressed));
        }
        of("div", "log-head")
            .with(el("h2").set("id", "log-title").tells(words.log_title()))
            .with(el("small").says(count.into()))
            .with(filters)
    }

    fn list(&self) -> El {
        let (words, shown, len) = (self.words, self.shown, self.listed.0.len());
        let page = |says: &'static str, none: bool, to: Shown| {
            let on_click = asks(&self.desk, Ask::Entries(to));
            button("log-more", AttrValue::Static(says), on_click).flag("hidden", none)
        };
        let heard = hears(&self.desk);
        of("div", "log-list")
            .node(&self.desk.list)
            .on("keydown", &heard)
            .on("scroll", &heard)
            .with(page(words.log_earlier(), shown.from == 0, shown.earlier()))
            .with(el("ol").each(self.rows()))
            .with(page(words.log_later(), shown.to >= len, shown.later(len)))
    }

    /// Entries that are in the page, under the days of a longer run.
    fn rows(&self) -> Vec<Html> {
        let compiled = &self.outcome.compiled;
        let one_day = f64::from(compiled.plan.length_s) <= 86_400.0;
        let mut day: Option<LocalDate> = None;
        let mut rows = Vec::new();
        let listed = self.listed.0.get(self.shown.from..self.shown.to);
        let mut told = self.desk.told.borrow_mut();
        let entries = told.entries(
            listed.unwrap_or_default(),
            &self.outcome,
            self.words,
            &self.scenario,
        );
        for (place, entry) in (self.shown.from..).zip(entries) {
            if !one_day && let Some(activity) = self.outcome.run.activities.get(entry.index) {
                let date = compiled.clock.local(activity.start_s.round()).date();
                if day != Some(date) {
                    rows.push(heading(self.words, date));
                    day = Some(date);
                }
            }
            rows.push(self.entry(place, entry));
        }
        rows
    }

    /// One activity.
    #[inline(never)]
    fn entry(&self, place: usize, entry: Entry) -> Html {
        let selected = self.selected == Some(place);
        let tab_stop = place == self.selected.unwrap_or(self.shown.from);
        let class = match (selected, entry.changed) {
            (true, true) => "e on changed",
            (true, false) => "e on",
            (false, true) => "e changed",
            (false, false) => "e",
        };
        let did = of("span", "did")
            .with(el("b").says(entry.title))
            .with(of("span", "tag").tells(entry.tag));
        let button = of("button", class)
            .set("type", "button")
            .set("tabindex", if tab_stop { "0" } else { "-1" })
            .maybe("aria-current", selected.then_some("true".into()))
            .click(asks(&self.desk, Ask::Entry(place)))
            .with(of("span", "at").says(entry.at))
            .with(did)
            .with(of("span", "text").says(entry.text));
        el("li").key(&entry.index.to_string()).with(button).html()
    }

    fn empty(&self) -> El {
        let words = self.words;
        let Outcome { run, compiled, .. } = &*self.outcome;
        let says = if run.activities.is_empty() {
            words.empty_log(run, compiled, &self.scenario.0)
        } else {
            words.log_none_of_kind().to_owned()
        };
        of("p", "empty")
            .flag("hidden", !self.listed.0.is_empty())
            .says(says.into())
    }
}

/// A day's name above its entries.
#[inline(never)]
fn heading(words: Words, date: LocalDate) -> Html {
    of("li", "day")
        .key(&format!("day {}", date.days()))
        .says(words.date(date).into())
        .html()
}

/// What happens to the list.
fn hears(desk: &Rc<Desk>) -> Callback<Event> {
    let desk = Rc::clone(desk);
    Callback::from(move |event: Event| match event.dyn_ref::<KeyboardEvent>() {
        Some(event) => keyed(&desk, event),
        None => scrolled(&desk),
    })
}
