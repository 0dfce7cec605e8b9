//! The log in the page: its filters, and its entries, each a button; arrow keys go from one to the next.

use std::rc::Rc;

use engine::run::Outcome as Ending;
use scenario::{document::Scenario, time::LocalDate};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use words::Words;
use yew::prelude::*;

use super::{Choice, Filter, shown::Shown};
use crate::{
    outcome::Outcome,
    parts::{button, el, of},
};

#[derive(Properties, PartialEq)]
pub struct LogProps {
    pub outcome: Rc<Outcome>,
    pub words: Words,
    pub scenario: Rc<Scenario>,
    pub shown: Choice,
    /// Chooses a place in the list.
    pub on_choose: Callback<usize>,
    /// Chooses a filter.
    pub on_filter: Callback<Filter>,
}

#[function_component]
pub fn Log(props: &LogProps) -> Html {
    let LogProps {
        outcome,
        words,
        scenario,
        shown,
        on_choose,
        on_filter,
    } = props;
    let Choice {
        filter,
        listed,
        selected,
    } = shown;
    let (words, selected, len) = (*words, *selected, listed.len());
    let list = use_node_ref();
    let kept = use_state_eq(|| Shown::around(selected, len));
    let shown = kept.holding(selected, len);
    {
        let (kept, list) = (kept.setter(), list.clone());
        use_effect_with(
            (selected, shown, Rc::clone(outcome)),
            move |(_, shown, _)| {
                kept.set(*shown);
                if let Some(list) = list.cast::<Element>() {
                    reveal(&list);
                }
            },
        );
    }
    let onkeydown = {
        let on_choose = on_choose.clone();
        let tab_stop = selected.unwrap_or(shown.from);
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowDown" => (tab_stop + 1).min(len.saturating_sub(1)),
                "ArrowUp" => tab_stop.saturating_sub(1),
                "Home" => 0,
                "End" => len.saturating_sub(1),
                _ => return,
            };
            event.prevent_default();
            on_choose.emit(to);
        })
    };
    let more = |to: Shown| {
        let kept = kept.setter();
        Callback::from(move |_: MouseEvent| kept.set(to))
    };
    let clock = &outcome.compiled.clock;
    let mut day: Option<LocalDate> = None;
    let one_day = f64::from(outcome.compiled.plan.length_s) <= 86_400.0;
    let mut rows: Vec<Html> = Vec::with_capacity(shown.to - shown.from);
    for (place, index) in listed
        .iter()
        .copied()
        .enumerate()
        .take(shown.to)
        .skip(shown.from)
    {
        let Some(activity) = outcome.run.activities.get(index) else {
            continue;
        };
        let date = clock.local(activity.start_s.round()).date();
        if !one_day && day != Some(date) {
            let heading = of("li", "day").key(&format!("day {}", date.days()));
            rows.push(heading.says(words.date(date).into()).html());
            day = Some(date);
        }
        let tab_stop = place == selected.unwrap_or(shown.from);
        rows.push(html! {
            <Entry key={index} {outcome} {words} {scenario} {index} {place} selected={selected == Some(place)} {tab_stop} {on_choose} />
        });
    }
    let total = outcome.run.activities.len();
    let filters = Filter::ALL.map(|kind| {
        let name = AttrValue::Static(kind.name(words));
        let pressed = if kind == *filter { "true" } else { "false" };
        button("", name, on_filter.reform(move |_: MouseEvent| kind))
            .set("aria-pressed", pressed)
            .html()
    });
    let head = of("div", "log-head")
        .with(
            el("h2")
                .set("id", "log-title")
                .tells(words.log_title())
                .html(),
        )
        .with(
            el("small")
                .says(
                    words
                        .log_count(total as u64, &words.integer(total as f64))
                        .into(),
                )
                .html(),
        )
        .with(
            of("div", "filter")
                .set("role", "group")
                .set("aria-label", words.log_filter())
                .each(filters.to_vec())
                .html(),
        );
    let page = |says: &'static str, none: bool, to: Shown| {
        button("log-more", AttrValue::Static(says), more(to))
            .flag("hidden", none)
            .html()
    };
    let entries = of("div", "log-list")
        .node(&list)
        .keys(onkeydown)
        .with(page(words.log_earlier(), shown.from == 0, shown.earlier()))
        .with(el("ol").each(rows).html())
        .with(page(words.log_later(), shown.to >= len, shown.later(len)));
    let empty = if total == 0 {
        words.log_empty()
    } else {
        words.log_none_of_kind()
    };
    let inner = of("div", "log-in")
        .with(head.html())
        .with(entries.html())
        .with(of("p", "empty").flag("hidden", len > 0).tells(empty).html());
    of("aside", "card log")
        .set("aria-labelledby", "log-title")
        .with(inner.html())
        .html()
}

/// Scrolls the list, and nothing around it, so that the selected entry is in sight; moves the focus if the list has it.
fn reveal(list: &Element) {
    let entry = list.query_selector("[aria-current]").ok().flatten();
    let Some(entry) = entry.and_then(|entry| entry.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let (frame, row) = (
        list.get_bounding_client_rect(),
        entry.get_bounding_client_rect(),
    );
    let above = frame.top() + 28.0 - row.top();
    let below = row.bottom() - frame.bottom();
    if above > 0.0 {
        list.set_scroll_top(list.scroll_top() - above.ceil() as i32);
    } else if below > 0.0 {
        list.set_scroll_top(list.scroll_top() + below.ceil() as i32);
    }
    let focused = web_sys::window()
        .and_then(|w| w.document())
        .and_then(|d| d.active_element());
    if focused.is_some_and(|focused| {
        list.contains(Some(&focused)) && focused.matches(".e").unwrap_or(false)
    }) {
        // An entry that cannot take the focus leaves it where it is.
        let _ = entry.focus();
    }
}

#[derive(Properties, PartialEq)]
struct EntryProps {
    outcome: Rc<Outcome>,
    words: Words,
    scenario: Rc<Scenario>,
    index: usize,
    place: usize,
    selected: bool,
    tab_stop: bool,
    on_choose: Callback<usize>,
}

/// One activity.
#[function_component]
fn Entry(props: &EntryProps) -> Html {
    let EntryProps {
        outcome,
        words,
        scenario,
        index,
        place,
        selected,
        ..
    } = props;
    let Some(activity) = outcome.run.activities.get(*index) else {
        return html! { <li hidden=true /> };
    };
    let sentence = words.activity(activity, &outcome.compiled, scenario);
    let local = outcome.compiled.clock.local(activity.start_s.round());
    let place = *place;
    let onclick = props.on_choose.reform(move |_: MouseEvent| place);
    let changed = !matches!(activity.outcome, Ending::NotScaled(_));
    let class = match (*selected, changed) {
        (true, true) => "e on changed",
        (true, false) => "e on",
        (false, true) => "e changed",
        (false, false) => "e",
    };
    let did = of("span", "did")
        .with(el("b").says(sentence.title.into()).html())
        .with(of("span", "tag").tells(sentence.tag).html());
    let mut entry = of("button", class)
        .set("type", "button")
        .set("tabindex", if props.tab_stop { "0" } else { "-1" })
        .click(onclick);
    if *selected {
        entry = entry.set("aria-current", "true");
    }
    let entry = entry
        .with(
            of("span", "at")
                .says(words.time(local.time()).into())
                .html(),
        )
        .with(did.html())
        .with(of("span", "text").says(sentence.text.into()).html());
    el("li").with(entry.html()).html()
}
