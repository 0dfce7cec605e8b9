//! Everything that is wrong, in one place: each sentence leads to its field, whatever is folded around it.

use scenario::document::Scenario;
use words::Words;
use yew::prelude::*;

use crate::{browser::dom, form::Errors};

/// Returns the list; hidden where nothing is wrong.
pub fn problems(words: Words, errors: &Errors, scenario: &Scenario) -> Html {
    let count = errors.len();
    let mut by_path: Vec<(String, &String)> = Vec::new();
    for (field, sentence) in errors.iter() {
        let path = field.path(scenario);
        let place = by_path.partition_point(|(other, _)| *other < path);
        by_path.insert(place, (path, sentence));
    }
    html! {
        <div class="at-end">
            <div class="card problems" role="status" hidden={count == 0}>
                <h2>{ words.problems_count(count as u64, &count.to_string()) }</h2>
                <ul>
                    for (path, sentence) in by_path {
                        <li key={path.clone()}>
                            <button type="button" onclick={focuses(path.clone())}>{ sentence }</button>
                        </li>
                    }
                </ul>
            </div>
        </div>
    }
}

/// Returns a listener of clicks that moves the focus to a field.
fn focuses(path: String) -> Callback<MouseEvent> {
    Callback::from(move |_| dom::focus_field(&path))
}
