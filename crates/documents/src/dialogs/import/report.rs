//! What documents came to: what each is, what is to be said of it and where, and what of the scenario changes.

use documents::{Changed, Imported, Said};
use words::Words;
use yew::prelude::*;

/// Returns what the documents were recognised as.
pub fn recognised(words: Words, imported: &Imported) -> Html {
    html! {
        if !imported.recognised.is_empty() {
            <h3>{ words.importing_recognised() }</h3>
            { said(&imported.recognised) }
        }
    }
}

/// Returns what is to be said of them.
pub fn findings(words: Words, imported: &Imported) -> Html {
    let count = imported.findings.len() as u64 + u64::from(imported.more_findings);
    let more = u64::from(imported.more_findings);
    html! {
        if count > 0 {
            <details class="several" open=true>
                <summary>{ words.importing_findings(count, &words.integer(count as f64)) }</summary>
                { said(&imported.findings) }
                <p class="says" hidden={more == 0}>{ words.log_more(more, &words.integer(more as f64)) }</p>
            </details>
        }
    }
}

/// Returns changes as a table: what, before, after.
pub fn changes(words: Words, title: &'static str, changes: &[Changed]) -> Html {
    html! {
        if !changes.is_empty() {
            <h3>{ title }</h3>
            <div class="scrolls" tabindex="0" role="region" aria-label={title}>
                <table class="changes">
                    <thead><tr><td></td><th scope="col">{ words.importing_before() }</th><th scope="col">{ words.importing_after() }</th></tr></thead>
                    <tbody>
                        for it in changes {
                            <tr><th scope="row">{ &it.what }</th><td>{ shown(&it.before) }</td><td>{ shown(&it.after) }</td></tr>
                        }
                    </tbody>
                </table>
            </div>
        }
    }
}

/// Returns a value; a dash where there is none.
fn shown(value: &str) -> AttrValue {
    match value {
        "" => "–".into(),
        value => value.to_owned().into(),
    }
}

fn said(all: &[Said]) -> Html {
    html! {
        <ul class="notes">
            for it in all {
                <li>
                    if !it.place.is_empty() { <code>{ &it.place }</code>{ " " } }
                    { &it.sentence }
                </li>
            }
        </ul>
    }
}
