//! One entry of the log: a button that says when something scaled, what, and why.
//!
//! It is a component so that its sentences are made once: the cross-hair moves far more often than they change.

use std::rc::Rc;

use engine::run::Outcome as Ending;
use yew::prelude::*;

use crate::{language::use_words, outcome::Outcome};

/// What an entry is made from.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LogEntryProps {
    /// The outcome that the activity belongs to.
    pub outcome: Rc<Outcome>,
    /// Index of the activity in the run.
    pub index: usize,
    /// Place of the entry in the list.
    pub place: usize,
    /// Whether it is the one nearest to the cross-hair.
    pub selected: bool,
    /// Whether the Tab key comes to it.
    pub tab_stop: bool,
    /// Told the entry's place when it is clicked.
    pub on_choose: Callback<usize>,
}

/// The entry.
#[function_component]
pub fn LogEntry(props: &LogEntryProps) -> Html {
    let words = use_words();
    let sentence = use_memo(
        (props.outcome.clone(), words, props.index),
        |(outcome, words, index)| {
            let activity = outcome.run.activities.get(*index)?;
            Some(words.activity(activity, &outcome.compiled, &outcome.scenario))
        },
    );
    let activity = props.outcome.run.activities.get(props.index);
    let Some((sentence, activity)) = sentence.as_ref().as_ref().zip(activity) else {
        return Html::default();
    };
    let changed = !matches!(activity.outcome, Ending::NotScaled(_));
    let begun = props.outcome.compiled.clock.local(activity.start_s.round());
    let place = props.place;
    html! {
        <li>
            <button type="button" class={classes!("e", props.selected.then_some("on"), changed.then_some("changed"))}
                tabindex={if props.tab_stop { "0" } else { "-1" }} aria-current={props.selected.then_some("true")}
                onclick={props.on_choose.reform(move |_| place)}>
                <span class="at">{ words.time(begun.time()) }</span>
                <span class="did"><b>{ &sentence.title }</b><span class="tag">{ sentence.tag }</span></span>
                <span class="text">{ &sentence.text }</span>
            </button>
        </li>
    }
}
