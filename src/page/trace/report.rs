//! What a file makes, what was odd about it, and every row that could not be used.

use std::rc::Rc;

use scenario::{time::Zone, trace::Reading};
use web_sys::HtmlElement;
use words::Words;
use yew::prelude::*;

use crate::{browser::dom, language::use_words};

/// Rows and notes that are listed.
const LISTED: usize = 50;

/// What the report needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ReportProps {
    /// The file as it was read.
    pub reading: Rc<Reading>,
    /// Zone of the scenario, on whose wall clock times are told.
    pub zone: Zone,
}

/// What came of a file.
#[function_component]
pub fn Report(ReportProps { reading, zone }: &ReportProps) -> Html {
    let words = use_words();
    let node = use_node_ref();
    // Where a question was answered and is gone, keys go on from what came of it.
    use_effect_with((Rc::clone(reading), node.clone()), |(_, node)| {
        if dom::is_lost()
            && let Some(found) = node.cast::<HtmlElement>()
        {
            // Refused only where it is not shown.
            let _ = found.focus();
        }
    });
    let found = [
        (reading.span.is_some()).then(|| words.trace_spans(reading, zone)),
        reading
            .summary
            .as_ref()
            .map(|summary| words.trace_made(summary, zone)),
    ];
    let notes = reading
        .notes
        .iter()
        .take(LISTED)
        .map(|note| words.trace_note(note));
    let notes = words.trace_read_as(reading).into_iter().chain(notes);
    html! {<>
        if let Some(problem) = &reading.problem {
            <p class="errs" role="alert">{ words.trace_problem(problem) }</p>
        }
        <p class="found" role="status" tabindex="-1" ref={node}>{ for found.into_iter().flatten().map(|text| html! { <span>{ text }{ " " }</span> }) }</p>
        <ul class="notes">{ for notes.map(|note| html! { <li>{ note }</li> }) }</ul>
        { bad_rows(words, reading) }
    </>}
}

fn bad_rows(words: Words, reading: &Reading) -> Html {
    let count = reading.rejected_count;
    if count == 0 {
        return Html::default();
    }
    let listed = reading.rejected.iter().take(LISTED);
    let more = count.saturating_sub(reading.rejected.len().min(LISTED) as u64);
    html! {
        <details class="bads" open=true>
            <summary>{ words.trace_bad_rows(count, &words.integer(count as f64)) }</summary>
            <ul>{ for listed.map(|row| html! { <li>{ words.bad_row_of(row) }</li> }) }</ul>
            <p class="says" hidden={more == 0}>{ words.log_more(more, &words.integer(more as f64)) }</p>
        </details>
    }
}
