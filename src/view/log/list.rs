//! The log in the page: its filters, and its entries, each a button; arrow keys go from one to the next.

use std::rc::Rc;

use engine::run::Outcome as Ending;
use scenario::{document::Scenario, time::LocalDate};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use words::Words;
use yew::prelude::*;

use super::{Choice, Filter, shown::Shown};
use crate::outcome::Outcome;

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
            rows.push(html! { <li key={format!("day {}", date.days())} class="day">{ words.date(date) }</li> });
            day = Some(date);
        }
        let tab_stop = place == selected.unwrap_or(shown.from);
        rows.push(html! {
            <Entry key={index} {outcome} {words} {scenario} {index} {place} selected={selected == Some(place)} {tab_stop} {on_choose} />
        });
    }
    let total = outcome.run.activities.len();
    let filters = Filter::ALL.into_iter().map(|kind| {
        let pressed = (kind == *filter).to_string();
        let onclick = on_filter.reform(move |_: MouseEvent| kind);
        html! {
            <button key={kind as u8} type="button" aria-pressed={pressed} {onclick}>{ kind.name(words) }</button>
        }
    });
    html! {
        <aside class="card log" aria-labelledby="log-title">
            <div class="log-in">
                <div class="log-head">
                    <h2 id="log-title">{ words.log_title() }</h2>
                    <small>{ words.log_count(total as u64, &words.integer(total as f64)) }</small>
                    <div class="filter" role="group" aria-label={words.log_filter()}>{ for filters }</div>
                </div>
                <div key="list" class="log-list" ref={list} {onkeydown}>
                    <button key="earlier" type="button" class="log-more" hidden={shown.from == 0} onclick={more(shown.earlier())}>{ words.log_earlier() }</button>
                    <ol key="list">{ rows }</ol>
                    <button key="later" type="button" class="log-more" hidden={shown.to >= len} onclick={more(shown.later(len))}>{ words.log_later() }</button>
                </div>
                <p key="empty" class="empty" hidden={len > 0}>
                    { if total == 0 { words.log_empty() } else { words.log_none_of_kind() } }
                </p>
            </div>
        </aside>
    }
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
    let class = classes!("e", selected.then_some("on"), changed.then_some("changed"));
    html! {
        <li>
            <button
                type="button" {class} {onclick} tabindex={if props.tab_stop { "0" } else { "-1" }}
                aria-current={selected.then_some("true")}
            >
                <span class="at">{ words.time(local.time()) }</span>
                <span class="did"><b>{ sentence.title }</b><span class="tag">{ sentence.tag }</span></span>
                <span class="text">{ sentence.text }</span>
            </button>
        </li>
    }
}
