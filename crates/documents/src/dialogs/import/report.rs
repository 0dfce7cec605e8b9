//! What documents came to: what each is, what is to be said of it and where, what of the scenario changes, and what the account did.

use documents::{Beside, Changed, Imported, Listed, Said};
use words::Words;
use yew::prelude::*;

use crate::dialogs::more;

/// Returns in a few words what documents came to, for who does not see it appear; nothing as long as there are none.
pub fn heard(words: Words, imported: &Imported) -> String {
    let findings = imported.findings.count();
    let recognised = imported.recognised.count();
    if findings + recognised == 0 {
        return String::new();
    }
    let n = |count: usize| words.integer(count as f64);
    let found = words.importing_findings(findings as u64, &n(findings));
    [
        words.importing_recognised(),
        ": ",
        &n(recognised),
        ". ",
        &found,
    ]
    .concat()
}

/// Returns what the documents were recognised as.
pub fn recognised(words: Words, imported: &Imported) -> Html {
    html! {
        if !imported.recognised.is_empty() {
            <h3>{ words.importing_recognised() }</h3>
            { said(words, &imported.recognised) }
        }
    }
}

/// Returns what is to be said of them.
pub fn findings(words: Words, imported: &Imported) -> Html {
    let count = imported.findings.count();
    let n = words.integer(count as f64);
    folded(
        words,
        &words.importing_findings(count as u64, &n),
        true,
        &imported.findings,
    )
}

/// Returns what the account did, as far as it is shown beside what is simulated, and how its alarms changed.
pub fn past(words: Words, imported: &Imported) -> Html {
    let shown = match &imported.beside {
        Beside::Nothing => None,
        Beside::Shown { capacity, alarms } => Some(match (capacity, alarms) {
            (true, true) => words.importing_past_both().to_owned(),
            (false, true) => words.importing_past_alarms().to_owned(),
            _ => words.importing_steps().to_owned(),
        }),
        Beside::OtherTime { account, scenario } => {
            let (from, to) = (&account.0, &account.1);
            let (begins, ends) = (&scenario.0, &scenario.1);
            Some(words.importing_past_elsewhere(from, to, begins, ends))
        }
    };
    let count = imported.alarm_history.count();
    let n = words.integer(count as f64);
    let history = words.importing_alarm_history(count as u64, &n);
    html! {<>
        if let Some(shown) = shown {
            <p class="says">{ shown }</p>
        }
        { folded(words, &history, false, &imported.alarm_history) }
    </>}
}

/// Returns changes as a table: what, before, after.
pub fn changes(words: Words, title: &'static str, changes: &Listed<Changed>) -> Html {
    html! {
        if !changes.is_empty() {
            <h3>{ title }</h3>
            <div class="scrolls" tabindex="0" role="region" aria-label={title}>
                <table class="changes">
                    <thead><tr><td></td><th scope="col">{ words.importing_before() }</th><th scope="col">{ words.importing_after() }</th></tr></thead>
                    <tbody>
                        for it in &changes.first {
                            <tr><th scope="row">{ &it.what }</th><td>{ shown(&it.before) }</td><td>{ shown(&it.after) }</td></tr>
                        }
                    </tbody>
                </table>
            </div>
            { more(words, changes) }
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

/// Returns a list under a line that folds it; nothing where it is empty.
fn folded(words: Words, title: &str, is_open: bool, all: &Listed<Said>) -> Html {
    html! {
        if !all.is_empty() {
            <details class="several" open={is_open}>
                <summary>{ title }</summary>
                { said(words, all) }
            </details>
        }
    }
}

fn said(words: Words, all: &Listed<Said>) -> Html {
    html! {<>
        <ul class="notes">
            for it in &all.first {
                <li>
                    if !it.place.is_empty() { <code>{ &it.place }</code>{ " " } }
                    { &it.sentence }
                </li>
            }
        </ul>
        { more(words, all) }
    </>}
}
