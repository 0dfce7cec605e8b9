//! Why it scaled: every activity and every alarm that led to none, filtered, and tied to the cross-hair both ways.
//!
//! The log keeps which entries it lists, and which part of them is in the page. Where the cross-hair stands it is told, and it
//! tells where that is to go; what an entry says is the entry's own ([`entry`]).

mod entry;
mod filter;
mod scroll;
mod visible;

use std::rc::Rc;

use chart::nearest;
use scenario::time::LocalDate;
use wasm_bindgen::JsCast as _;
use web_sys::Element;
use words::Words;
use yew::prelude::*;

use self::{entry::LogEntry, filter::Filter, visible::VisibleRange};
use crate::outcome::Outcome;

/// What the log is made from.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LogProps {
    /// The outcome whose activities are listed.
    pub outcome: Rc<Outcome>,
    /// Language.
    pub words: Words,
    /// Where the cross-hair stands, seconds from the start.
    pub cursor_s: Option<f64>,
    /// Moves the cross-hair to a moment, and brings that into the charts' window.
    pub on_go: Callback<f64>,
}

/// What happens to the log.
#[derive(Debug)]
pub enum LogMsg {
    /// Other activities are to be listed.
    List(Filter),
    /// Another part of the list is to be in the page.
    Show(VisibleRange),
    /// The entry at this place of the list is chosen.
    Choose(usize),
    /// A key was pressed in the list.
    Key(KeyboardEvent),
    /// The list was scrolled.
    Scroll,
}

/// The log. The selection follows the cross-hair, and the part in the page follows the selection: both are settled whenever
/// the properties change, which is why this is no function.
#[derive(Debug)]
pub struct Log {
    filter: Filter,
    /// Whether a person has chosen the filter: it holds for other runs, too.
    is_chosen: bool,
    /// Indices of the activities that the filter lets through.
    listed: Vec<usize>,
    /// The place in the list that was chosen last.
    chosen: Option<usize>,
    /// The place in the list that is nearest to the cross-hair.
    selected: Option<usize>,
    /// Which places of the list are in the page.
    shown: VisibleRange,
    list: NodeRef,
    on_choose: Callback<usize>,
    /// The place and the part for which the list was last scrolled.
    revealed: Option<(usize, VisibleRange)>,
    /// Whether the selected entry is to be scrolled into sight.
    reveals: bool,
    /// Whether a key has just selected another entry, which is then to have the focus.
    focuses: bool,
}

impl Component for Log {
    type Message = LogMsg;
    type Properties = LogProps;

    fn create(ctx: &Context<Self>) -> Self {
        let run = &ctx.props().outcome.run;
        let filter = Filter::usual(run);
        let mut log = Self {
            filter,
            is_chosen: false,
            listed: filter.indices(run),
            chosen: None,
            selected: None,
            shown: VisibleRange::default(),
            list: NodeRef::default(),
            on_choose: ctx.link().callback(LogMsg::Choose),
            revealed: None,
            reveals: false,
            focuses: false,
        };
        log.settle(ctx.props(), true);
        log
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &LogProps) -> bool {
        let props = ctx.props();
        let is_another = props.outcome != old.outcome;
        if is_another {
            if !self.is_chosen {
                self.filter = Filter::usual(&props.outcome.run);
            }
            self.listed = self.filter.indices(&props.outcome.run);
        }
        self.settle(props, is_another);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: LogMsg) -> bool {
        let props = ctx.props();
        match msg {
            LogMsg::List(filter) => {
                self.filter = filter;
                self.is_chosen = true;
                self.listed = filter.indices(&props.outcome.run);
                self.chosen = None;
                self.shown = VisibleRange::default();
            }
            LogMsg::Show(shown) => self.shown = shown,
            LogMsg::Choose(place) => self.choose(props, place),
            LogMsg::Key(event) => {
                let Some(place) = self.place_after(&event.key()) else {
                    return false;
                };
                event.prevent_default();
                self.focuses = self.selected != Some(place);
                self.choose(props, place);
            }
            LogMsg::Scroll => {
                let list = self.list.cast::<Element>();
                let ends = list.is_some_and(|list| scroll::is_near_end(&list));
                if !ends || self.shown.to >= self.listed.len() {
                    return false;
                }
                self.shown = self.shown.later(self.listed.len());
            }
        }
        self.settle(props, false);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! {
            <aside class="card log" aria-labelledby="log-title">
                <div class="log-in">
                    { self.head(ctx) }
                    { self.list(ctx) }
                    <p class="empty" hidden={!self.listed.is_empty()}>{ empty(ctx.props()) }</p>
                </div>
            </aside>
        }
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        if std::mem::take(&mut self.reveals)
            && let Some(list) = self.list.cast::<Element>()
        {
            scroll::reveal(&list, std::mem::take(&mut self.focuses));
        }
    }
}

impl Log {
    /// Selects the entry nearest to the cross-hair, and sees to it that it is in the page.
    fn settle(&mut self, props: &LogProps, is_another: bool) {
        self.selected = self.nearest(props);
        self.shown = self
            .shown
            .holding(self.selected, self.listed.len(), is_another);
        let revealed = self.selected.map(|place| (place, self.shown));
        self.reveals |= is_another || revealed != self.revealed;
        self.revealed = revealed;
    }

    /// Returns the place of the entry nearest to the cross-hair; of several at one moment, of the one that was chosen.
    fn nearest(&self, props: &LogProps) -> Option<usize> {
        let at_s = props.cursor_s?;
        let start_s = |place| self.start_s(props, place).unwrap_or(f64::NAN);
        self.chosen
            .filter(|place| start_s(*place) == at_s)
            .or_else(|| nearest(self.listed.len(), start_s, at_s))
    }

    /// Returns when the activity at a place of the list began.
    fn start_s(&self, props: &LogProps, place: usize) -> Option<f64> {
        let index = *self.listed.get(place)?;
        Some(props.outcome.run.activities.get(index)?.start_s)
    }

    fn choose(&mut self, props: &LogProps, place: usize) {
        self.chosen = Some(place);
        if let Some(at_s) = self.start_s(props, place) {
            props.on_go.emit(at_s);
        }
    }

    /// Returns the place of the entry that the Tab key comes to.
    fn tab_stop(&self) -> usize {
        self.selected.unwrap_or(self.shown.from)
    }

    /// Returns where a key, by its DOM name, moves the selection; `None`: the key is not the list's.
    fn place_after(&self, key: &str) -> Option<usize> {
        let last = self.listed.len().saturating_sub(1);
        match key {
            "ArrowDown" => Some((self.tab_stop() + 1).min(last)),
            "ArrowUp" => Some(self.tab_stop().saturating_sub(1)),
            "Home" => Some(0),
            "End" => Some(last),
            _ => None,
        }
    }

    fn head(&self, ctx: &Context<Self>) -> Html {
        let words = ctx.props().words;
        let count = self.listed.len();
        html! {
            <div class="log-head">
                <h2 id="log-title">{ words.log_title() }</h2>
                <small>{ words.log_count(count as u64, &words.integer(count as f64)) }</small>
                <div class="filter" role="group" aria-label={words.log_filter()}>
                    for filter in Filter::ALL {
                        <button type="button" aria-pressed={(filter == self.filter).to_string()}
                            onclick={ctx.link().callback(move |_| LogMsg::List(filter))}>{ filter.name(words) }</button>
                    }
                </div>
            </div>
        }
    }

    fn list(&self, ctx: &Context<Self>) -> Html {
        let (link, words) = (ctx.link(), ctx.props().words);
        let (shown, len) = (self.shown, self.listed.len());
        let (earlier, later) = (shown.earlier(), shown.later(len));
        // What fills a form by itself sends events of that name that are of no key.
        let onkeydown = link.batch_callback(|event: KeyboardEvent| {
            let is_key = event.is_instance_of::<KeyboardEvent>();
            is_key.then_some(LogMsg::Key(event))
        });
        html! {
            <div class="log-list" ref={self.list.clone()} {onkeydown}
                onscroll={link.callback(|_| LogMsg::Scroll)}>
                <button type="button" class="log-more" hidden={shown.from == 0}
                    onclick={link.callback(move |_| LogMsg::Show(earlier))}>{ words.log_earlier() }</button>
                <ol>{ for self.rows(ctx) }</ol>
                <button type="button" class="log-more" hidden={shown.to >= len}
                    onclick={link.callback(move |_| LogMsg::Show(later))}>{ words.log_later() }</button>
            </div>
        }
    }

    /// Returns the entries that are in the page, under the days of a longer run.
    fn rows(&self, ctx: &Context<Self>) -> Vec<Html> {
        let LogProps { outcome, words, .. } = ctx.props();
        let one_day = f64::from(outcome.compiled.plan.length_s) <= 86_400.0;
        let mut day: Option<LocalDate> = None;
        let mut rows = Vec::new();
        let listed = self.listed.get(self.shown.from..self.shown.to);
        for (place, &index) in (self.shown.from..).zip(listed.unwrap_or_default()) {
            let Some(activity) = outcome.run.activities.get(index) else {
                continue;
            };
            let date = outcome
                .compiled
                .clock
                .local(activity.start_s.round())
                .date();
            if !one_day && day != Some(date) {
                day = Some(date);
                rows.push(html! { <li key={format!("day {}", date.days())} class="day">{ words.date(date) }</li> });
            }
            rows.push(html! {
                <LogEntry key={index} {outcome} {index} {place} selected={self.selected == Some(place)}
                    tab_stop={self.tab_stop() == place} on_choose={&self.on_choose} />
            });
        }
        rows
    }
}

/// Returns what stands in place of a list without entries.
fn empty(LogProps { outcome, words, .. }: &LogProps) -> String {
    if outcome.run.activities.is_empty() {
        words.empty_log(&outcome.run, &outcome.compiled, &outcome.scenario)
    } else {
        words.log_none_of_kind().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::tests::at_once;

    fn log_of(props: &LogProps) -> Log {
        Log {
            filter: Filter::All,
            is_chosen: false,
            listed: Filter::All.indices(&props.outcome.run),
            chosen: None,
            selected: None,
            shown: VisibleRange::default(),
            list: NodeRef::default(),
            on_choose: Callback::noop(),
            revealed: None,
            reveals: false,
            focuses: false,
        }
    }

    fn props(cursor_s: Option<f64>) -> LogProps {
        LogProps {
            outcome: at_once(&Rc::default()).unwrap(),
            words: Words::new(words::Lang::En),
            cursor_s,
            on_go: Callback::noop(),
        }
    }

    #[test]
    fn it_opens_on_changes_where_there_are_any() {
        let run = &props(None).outcome.run;
        assert_eq!(Filter::usual(run), Filter::Changes);
        let mut refused = run.clone();
        refused
            .activities
            .retain(|it| matches!(it.outcome, engine::run::Outcome::NotScaled(_)));
        assert!(!refused.activities.is_empty());
        assert_eq!(Filter::usual(&refused), Filter::All);
        refused.activities.clear();
        assert_eq!(Filter::usual(&refused), Filter::All);
    }

    #[test]
    fn the_selection_follows_the_cross_hair_and_keys_go_on_from_it() {
        let away = props(None);
        let mut log = log_of(&away);
        log.settle(&away, true);
        assert_eq!((log.selected, log.tab_stop()), (None, 0));
        let third_s = log.start_s(&away, 2).unwrap();
        let there = LogProps {
            cursor_s: Some(third_s + 1.0),
            ..away
        };
        log.reveals = false;
        log.settle(&there, false);
        assert_eq!((log.selected, log.reveals), (Some(2), true));
        let last = log.listed.len() - 1;
        for (key, place) in [
            ("ArrowDown", Some(3)),
            ("ArrowUp", Some(1)),
            ("Home", Some(0)),
            ("End", Some(last)),
            ("Tab", None),
        ] {
            assert_eq!(log.place_after(key), place, "{key}");
        }
        log.reveals = false;
        log.settle(&there, false);
        assert!(!log.reveals, "nothing moved");
    }

    #[test]
    fn of_several_at_one_moment_the_one_chosen_is_selected() {
        let away = props(None);
        let mut log = log_of(&away);
        let first = log.listed[0];
        log.listed = vec![first, first, first];
        let there = LogProps {
            cursor_s: log.start_s(&away, 0),
            ..away
        };
        for place in 0..3 {
            log.choose(&there, place);
            log.settle(&there, false);
            assert_eq!(log.selected, Some(place));
        }
    }
}
