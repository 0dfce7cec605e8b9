//! Why it scaled: every activity and every alarm that led to none, filtered, and tied to the cross-hair both ways.

mod list;
mod shown;

use std::rc::Rc;

use chart::cursor::nearest;
use engine::run::{Activity, Outcome as Ending};
use scenario::document::Scenario;
use words::Words;
use yew::prelude::*;

use self::list::LogList;
use crate::outcome::Outcome;

#[derive(Properties, PartialEq)]
pub struct LogProps {
    pub outcome: Rc<Outcome>,
    pub words: Words,
    pub scenario: Rc<Scenario>,
    pub cursor_s: Option<f64>,
    pub on_choose: Callback<f64>,
}

/// Which activities are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filter {
    All,
    Changes,
    NotScaled,
}

impl Filter {
    const ALL: [Self; 3] = [Self::All, Self::Changes, Self::NotScaled];

    fn name(self, words: Words) -> &'static str {
        match self {
            Self::All => words.log_all(),
            Self::Changes => words.log_changes(),
            Self::NotScaled => words.log_not_scaled(),
        }
    }

    fn takes(self, activity: &Activity) -> bool {
        let not_scaled = matches!(activity.outcome, Ending::NotScaled(_));
        match self {
            Self::All => true,
            Self::Changes => !not_scaled,
            Self::NotScaled => not_scaled,
        }
    }
}

#[function_component]
pub fn Log(props: &LogProps) -> Html {
    let LogProps {
        outcome,
        words,
        scenario,
        cursor_s,
        on_choose,
    } = props;
    let words = *words;
    let filter = use_state_eq(|| Filter::All);
    let chosen = use_state_eq(|| None::<usize>);
    let listed = use_memo((Rc::clone(outcome), *filter), |(outcome, filter)| {
        let activities = outcome.run.activities.iter().enumerate();
        activities
            .filter(|(_, a)| filter.takes(a))
            .map(|(i, _)| i)
            .collect::<Vec<usize>>()
    });
    let start_s = |place: usize| {
        let activity = listed
            .get(place)
            .and_then(|i| outcome.run.activities.get(*i));
        activity.map_or(f64::NAN, |a| a.start_s)
    };
    // Of several at one moment, the one that was chosen.
    let selected = cursor_s.and_then(|at_s| {
        let kept = chosen.filter(|place| start_s(*place) == at_s);
        kept.or_else(|| nearest(listed.len(), start_s, at_s))
    });
    let choose = use_callback(
        (Rc::clone(&listed), Rc::clone(outcome), on_choose.clone()),
        {
            let chosen = chosen.setter();
            move |place: usize, (listed, outcome, on_choose)| {
                chosen.set(Some(place));
                let index = listed.get(place);
                if let Some(activity) = index.and_then(|i| outcome.run.activities.get(*i)) {
                    on_choose.emit(activity.start_s);
                }
            }
        },
    );
    let total = outcome.run.activities.len();
    let filters = Filter::ALL.into_iter().map(|kind| {
        let pressed = kind == *filter;
        let onclick = {
            let (filter, chosen) = (filter.setter(), chosen.setter());
            Callback::from(move |_: MouseEvent| {
                chosen.set(None);
                filter.set(kind);
            })
        };
        html! {
            <button key={kind as u8} type="button" aria-pressed={pressed.to_string()} {onclick}>{ kind.name(words) }</button>
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
                <LogList {outcome} {words} {scenario} listed={Rc::clone(&listed)} {selected} on_choose={choose} />
                <p key="empty" class="empty" hidden={!listed.is_empty()}>
                    { if total == 0 { words.log_empty() } else { words.log_none_of_kind() } }
                </p>
            </div>
        </aside>
    }
}
