//! Dialog: documents of AWS's as a scenario. Files are chosen or dropped, or text is pasted; what they are and what of them is
//! used is shown, what they leave open is a field, and nothing is opened before a person has seen what it changes.
//!
//! [`intake`] takes documents in, [`texts`] holds them, [`report`] tells what they came to. What a document means is decided by
//! the program of documents alone.

mod intake;
mod report;
mod texts;

use std::rc::Rc;

use documents::{ImportQuestion, Imported, Listed, Opening, Told, import, shortened, with_past};
use scenario::{file, platform::ScalableDimension};
use widgets::{dom, given::GivenFile, use_words};
use words::Words;
use yew::prelude::*;

use self::{
    intake::{Commands, INTAKE, Intake},
    texts::{Act, Texts, Why, add},
};
use super::more;

/// Most refused files that are named: each is read out.
const MOST_REFUSALS: usize = 5;

/// What the dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ImportProps {
    /// What it opens with.
    pub opening: Rc<Opening>,
    /// Files that were given elsewhere on the page.
    pub files: Rc<Vec<GivenFile>>,
    /// Tells the page something.
    pub on_told: Callback<(Told, String)>,
}

/// The dialog.
#[function_component]
pub fn Import(props: &ImportProps) -> Html {
    let words = use_words();
    let opening = &props.opening;
    let texts = use_reducer_eq(Texts::default);
    let given = use_state_eq(Vec::<(String, String)>::new);
    let target = use_state_eq(|| 0_u32);
    let is_over_open = use_state_eq(|| true);
    {
        let texts = texts.dispatcher();
        use_effect_with(Rc::clone(&props.files), move |files| {
            if !files.is_empty() {
                add(files.to_vec(), texts);
            }
        });
    }
    let question = ImportQuestion {
        texts: Rc::clone(&texts.all),
        given: (*given).clone(),
        target: *target,
        base: match *is_over_open {
            true => opening.scenario.clone(),
            false => opening.fresh.clone(),
        },
    };
    let imported = use_memo((question, words), |(question, words)| {
        import(question, *words)
    });
    let is_group = use_memo(Rc::clone(opening), |opening| {
        let scenario = file::from_json(&opening.scenario).unwrap_or_default();
        scenario.platform.rules().scales == ScalableDimension::GroupInstances
    });
    let on_take = {
        let texts = texts.dispatcher();
        Callback::from(move |files| add(files, texts.clone()))
    };
    let imported = &*imported;
    let result = if texts.all.is_empty() {
        Html::default()
    } else {
        let on_use = uses(props, imported);
        html! {
            <div class="read">
                { report::recognised(words, imported) }
                { targets(words, imported, &target) }
                { blanks(words, imported, &given) }
                { report::findings(words, imported) }
                { report::changes(words, words.importing_differences(), &imported.differences) }
                if let Some(onclick) = on_use {
                    if imported.is_linked {
                        <p class="says">{ words.importing_linked() }</p>
                    } else {
                        { bases(words, &opening.title, &is_over_open) }
                    }
                    { report::changes(words, words.importing_changes(), &imported.changes) }
                    <p class="says" hidden={!imported.changes.is_empty()}>{ words.importing_nothing_changes() }</p>
                    { report::past(words, imported) }
                    if !imported.wrong.is_empty() {
                        <div class="warn">
                            <p>{ words.importing_wrong() }</p>
                            <ul class="notes">{ for imported.wrong.first.iter().map(|it| html! { <li>if !it.label.is_empty() { <b>{ &it.label }</b>{ ": " } }{ &it.sentence }</li> }) }</ul>
                            { more(words, &imported.wrong) }
                        </div>
                    }
                    <p class="row"><button type="button" class="b p" {onclick}>{ words.importing_use() }</button></p>
                }
            </div>
        }
    };
    html! {
        <>
            <p>{ words.importing_about() }</p>
            <Commands is_group={*is_group} />
            <Intake {on_take} />
            { held(words, &texts) }
            <p class="heard" role="status">{ report::heard(words, imported) }</p>
            { result }
        </>
    }
}

/// Returns the id of the button that takes a document out.
fn remove_button(index: usize) -> String {
    ["import-remove-", &index.to_string()].concat()
}

/// Returns the documents that are held, each with a way to take it out again, and what was refused.
fn held(words: Words, texts: &UseReducerHandle<Texts>) -> Html {
    let name = |name: &str| match name {
        "" => words.importing_pasted().to_owned(),
        name => name.to_owned(),
    };
    let why = |file: &str, why: Why| match why {
        Why::TooLarge => words.importing_too_large(&name(file)),
        Why::Refused => words.file_refused().to_owned(),
        Why::NoText(problem) => words.import_says(&name(file), words.text_problem(problem)),
    };
    let count = texts.all.len();
    let removes = |index: usize| {
        let texts = texts.dispatcher();
        Callback::from(move |_: MouseEvent| {
            // The button that was pressed goes on for the next document; that of the last one goes.
            match index.checked_sub(1) {
                _ if index + 1 < count => {}
                Some(before) => dom::focus(&remove_button(before)),
                None => dom::focus(INTAKE),
            }
            texts.dispatch(Act::Remove(index));
        })
    };
    let refused = Listed::up_to(MOST_REFUSALS, texts.refused.iter());
    html! {<>
        <ul class="held" aria-label={words.importing_held()}>
            for (index, it) in texts.all.iter().enumerate() {
                <li key={index}>
                    <span>{ name(&it.name) }</span>
                    <button type="button" class="b q" id={remove_button(index)} aria-label={words.importing_remove(&name(&it.name))} onclick={removes(index)}>{ "✕" }</button>
                </li>
            }
        </ul>
        <div role="alert">
            for it in &refused.first {
                <p class="err">{ why(&it.name, it.why) }</p>
            }
            { more(words, &refused) }
        </div>
    </>}
}

/// Returns a choice of what scales, where there are several.
fn targets(words: Words, imported: &Imported, target: &UseStateHandle<u32>) -> Html {
    let onchange = {
        let target = target.setter();
        Callback::from(move |event: Event| {
            if let Some(index) = dom::value(&event).and_then(|value| value.parse().ok()) {
                target.set(index);
            }
        })
    };
    html! {
        if imported.targets.count() > 1 {
            <div class="filters">
                <label for="import-target">{ words.importing_target() }<select id="import-target" {onchange}>
                    for (index, name) in imported.targets.first.iter().enumerate() {
                        <option value={index.to_string()} selected={index == **target as usize}>{ name }</option>
                    }
                </select></label>
            </div>
            { more(words, &imported.targets) }
        }
    }
}

/// Returns fields for what the documents leave open.
fn blanks(
    words: Words,
    imported: &Imported,
    given: &UseStateHandle<Vec<(String, String)>>,
) -> Html {
    let fills = |name: &str| {
        let (name, given) = (name.to_owned(), given.clone());
        Callback::from(move |event: Event| {
            let mut filled = (*given).clone();
            filled.retain(|(other, _)| *other != name);
            filled.extend(dom::value(&event).map(|value| (name.clone(), value)));
            given.set(filled);
        })
    };
    let value = |name: &str| {
        let found = given.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    html! {
        if !imported.blanks.is_empty() {
            <h3>{ words.importing_open() }</h3>
            <div class="blanks">
                for it in &imported.blanks.first {
                    <label key={it.name.clone()}>{ shortened(&it.name) }
                        <input maxlength="300" autocomplete="off" spellcheck="false" value={value(&it.name)} onchange={fills(&it.name)} />
                    </label>
                }
            </div>
            { more(words, &imported.blanks) }
        }
    }
}

/// Returns the choice of what says the rest.
fn bases(words: Words, title: &str, is_over_open: &UseStateHandle<bool>) -> Html {
    let choice = |id: &'static str, label: AttrValue, over: bool| {
        let is_over_open = is_over_open.clone();
        html! {
            <div class="choice">
                <input type="radio" {id} name="import-base" checked={*is_over_open == over} onchange={move |_: Event| is_over_open.set(over)} />
                <label for={id}>{ label }</label>
            </div>
        }
    };
    html! {
        <fieldset class="ask">
            <legend>{ words.importing_base() }</legend>
            { choice("import-base-open", words.importing_base_open(title).into(), true) }
            { choice("import-base-new", words.importing_base_new().into(), false) }
        </fieldset>
    }
}

/// Returns what opens the scenario that documents come to, where they come to any.
fn uses(props: &ImportProps, imported: &Imported) -> Option<Callback<MouseEvent>> {
    if imported.scenario.is_empty() {
        return None;
    }
    let text = with_past(&imported.scenario, &imported.past);
    let on_use = (props.on_told).reform(move |_: MouseEvent| (Told::Use, text.clone()));
    Some(on_use)
}
