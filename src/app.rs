//! The shell: what was typed on one side, what follows on the other, and the dialogs. It decides nothing itself.

mod follows;

use std::{cell::Cell, rc::Rc};

use engine::advice::Change;
use gloo::events::{EventListener, EventListenerOptions};
use scenario::{document::Scenario, file};
use wasm_bindgen::JsCast as _;
use web_sys::{Blob, DragEvent, File, HtmlInputElement, KeyboardEvent};
use words::{Lang, Words};
use yew::prelude::*;

use self::follows::Follows;
use crate::{
    advice::Adviser,
    apply::apply,
    boot::{boot, open},
    browser::{dom, file as files, intl, location, media, storage, texts},
    form::{Shown, heard, hears, suggests},
    link::Mode,
    page::{
        dialogs::Dialogs,
        header::{Header, logo},
        notice::{Notice, notice},
        problems::problems,
        suggestions,
        trace::Source,
    },
    parts::{El, component, el, list, of, part},
    same::Same,
    state::{Action, State},
    sync::{NewEntry, use_sync},
    view::{ResultProps, ResultView},
};

/// What happens to the page.
#[derive(Debug)]
pub enum Msg {
    /// A person does something.
    Do(Action),
    /// A person opens another scenario: a new entry of the history.
    Open(Rc<Scenario>),
    /// A person takes a piece of advice.
    Apply(Change),
    /// A file was chosen.
    Chosen(Blob),
    /// A file was dropped on the page.
    Dropped(File),
    /// A person saves the scenario as a file.
    Save,
    /// The system became dark, or light.
    Dark(bool),
    /// The address bar says something else: back, forward, a link pasted.
    Address,
    /// It is time to go on searching for advice.
    Advise,
    /// The focus is on a field that suggests something.
    Suggest,
}

/// The whole page.
#[derive(Debug)]
pub struct App {
    state: State,
    mode: Mode,
    words: Words,
    follows: Follows,
    adviser: Adviser,
    dark: bool,
    theme_epoch: u32,
    suggested: Option<AttrValue>,
    new_entry: NewEntry,
    file: NodeRef,
    on: Callback<Action>,
    on_field: Callback<Event>,
    on_cursor: Callback<Option<f64>>,
    on_window: Callback<(f64, f64)>,
    on_apply: Callback<Change>,
    /// Heard as long as the page stands.
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        let begun = boot();
        let mut state = begun.state;
        state.notice = begun.notice;
        let words = words(&state);
        let follows = Follows::new(&state.now, words);
        let mut adviser = Adviser::new(link.callback(|()| Msg::Advise));
        if let Some(outcome) = &follows.outcome {
            adviser.search(Rc::clone(outcome));
        }
        let on = link.callback(Msg::Do);
        let app = Self {
            mode: begun.mode,
            words,
            follows,
            adviser,
            dark: media::prefers_dark(),
            theme_epoch: 0,
            suggested: None,
            new_entry: Rc::default(),
            file: NodeRef::default(),
            on_field: link.batch_callback(|event: Event| field(&event)),
            on_cursor: on.reform(Action::Cursor),
            on_window: on.reform(|window_s| Action::Window(Some(window_s))),
            on_apply: link.callback(Msg::Apply),
            on,
            state,
            _listeners: listeners(link),
        };
        app.entitle();
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Advise => self.adviser.go_on(),
            msg => self.answer(ctx, msg),
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let keep = component::<Keep>(KeepProps {
            scenario: Same::of(&self.state.now.scenario),
            mode: self.mode,
            new_entry: Same::of(&self.new_entry),
        });
        let page = match self.mode {
            Mode::Page => self.page(ctx.link()),
            Mode::Embed { charts_only } => self.embed(charts_only),
        };
        list(vec![keep, page])
    }
}

impl App {
    /// Answers what no page does by itself. Answers whether there is something to see.
    #[inline(never)]
    fn answer(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Do(Action::Settle) => {
                // What is typed next is a new step; there is nothing to see of it.
                self.state = self.state.after(Action::Settle);
                return false;
            }
            Msg::Do(Action::Lang(lang)) if !words::is_installed(lang) => {
                learn(ctx.link().clone(), lang);
                return false;
            }
            Msg::Do(action) => self.act(action),
            Msg::Advise => return self.adviser.go_on(),
            Msg::Suggest if self.suggested.is_some() => return false,
            Msg::Suggest => self.suggested = Some(suggestions::lists()),
            Msg::Dark(dark) => {
                self.dark = dark;
                self.dress();
            }
            Msg::Open(scenario) => {
                self.new_entry.set(true);
                self.act(Action::Open(scenario));
            }
            Msg::Apply(change) => self.apply(change),
            Msg::Chosen(blob) => read(ctx.link().clone(), blob),
            Msg::Dropped(file) => self.dropped(ctx, file),
            Msg::Save => self.save(),
            Msg::Address => self.address(),
        }
        true
    }

    /// Does what a person does, and what follows from it.
    fn act(&mut self, action: Action) {
        let (lang, theme) = (self.state.lang, self.state.theme);
        self.state = self.state.after(action);
        if self.state.lang != lang {
            self.speak();
        }
        if self.state.theme != theme {
            // Refused: the choice holds until the page goes.
            let _ = storage::write(storage::THEME, self.state.theme.name());
            self.dress();
        }
        if self.follows.update(&self.state.now, self.words)
            && let Some(outcome) = &self.follows.outcome
        {
            self.adviser.search(Rc::clone(outcome));
        }
        self.entitle();
    }

    /// Changes the language.
    #[inline(never)]
    fn speak(&mut self) {
        let tag = self.state.lang.tag();
        self.words = words(&self.state);
        dom::set_root("lang", tag);
        // Refused: the choice holds until the page goes.
        let _ = storage::write(storage::LANG, tag);
    }

    /// Puts on the colours; charts take theirs from the page.
    #[inline(never)]
    fn dress(&mut self) {
        if dom::set_root("data-theme", self.state.theme.colours(self.dark)) {
            self.theme_epoch += 1;
        }
    }

    /// Gives the tab its title.
    #[inline(never)]
    fn entitle(&self) {
        dom::set_title(&[self.follows.title(), " · ", self.words.app_name()].concat());
    }

    #[inline(never)]
    fn apply(&mut self, change: Change) {
        if let Some(outcome) = &self.follows.outcome {
            let changed = apply(
                &self.state.now.scenario,
                &outcome.compiled,
                change,
                self.words.schedule_title(),
            );
            self.act(Action::Change(Rc::new(changed)));
        }
    }

    #[inline(never)]
    fn dropped(&mut self, ctx: &Context<Self>, file: File) {
        if file.name().ends_with(".json") {
            read(ctx.link().clone(), file.into());
        } else if self.mode == Mode::Page {
            self.act(Action::Drop(Source::of(file)));
        }
    }

    #[inline(never)]
    fn save(&mut self) {
        let name = format!("{}.headroom.json", files::safe_name(self.follows.title()));
        let content = file::to_json(&self.state.now.scenario);
        if files::download(&name, "application/json", &content).is_err() {
            self.act(Action::Notice(Some(Notice::Refused)));
        }
    }

    #[inline(never)]
    fn address(&mut self) {
        let (mode, opened) = open(&location::hash());
        match opened {
            Some(Ok(scenario)) => {
                self.mode = mode;
                self.act(Action::Open(Rc::new(scenario)));
            }
            Some(Err(error)) => self.act(Action::Notice(Some(Notice::Link(error)))),
            None => self.mode = mode,
        }
    }

    #[inline(never)]
    fn page(&self, link: &html::Scope<Self>) -> Html {
        let (state, words) = (&self.state, self.words);
        let header = Header {
            words,
            state,
            unnamed: self.follows.unnamed,
            on: &self.on,
            file: &self.file,
            on_file: link.batch_callback(|event: Event| {
                let input: HtmlInputElement = event.target_unchecked_into();
                files::chosen(&input).map(|file| Msg::Chosen(file.into()))
            }),
            on_save: link.callback(|_: MouseEvent| Msg::Save),
        };
        let form = el("form")
            .set("aria-label", words.form_label())
            .with(problems(words, &self.follows.errors))
            .with(self.form());
        let form = hears(form, &self.on_field);
        let result = el("section")
            .set("id", "result")
            .set("tabindex", "-1")
            .set("aria-label", words.result_label())
            .with(self.result(false));
        let dialog = match state.panel {
            None => Html::default(),
            Some(panel) => Dialogs {
                words,
                state,
                title: self.follows.title(),
                on: &self.on,
                on_open: link.callback(Msg::Open),
                on_save: link.callback(|()| Msg::Save),
            }
            .html(panel),
        };
        of("div", "page")
            .with(header.el())
            .with(notice(words, state.notice.as_ref(), &self.on))
            .with(el("main").with(form).with(result))
            .with(of("div", "dialogs").with(dialog))
            .with(suggestions::suggestions(self.suggested.as_ref()))
            .html()
    }

    fn form(&self) -> Html {
        let shown = Shown {
            now: self.state.now.clone(),
            outcome: self.follows.outcome.clone(),
            errors: Rc::clone(&self.follows.errors),
            words: self.words,
            drafts: Rc::clone(&self.state.drafts),
            explained: Rc::clone(&self.state.explained),
            offers_layers: self.state.offers_layers,
            on: self.on.clone(),
        };
        part(None, shown)
    }

    fn result(&self, embed: bool) -> Html {
        let Some(outcome) = &self.follows.outcome else {
            return self.nothing();
        };
        let whole_s = (0.0, f64::from(outcome.compiled.plan.length_s));
        let props = ResultProps {
            outcome: Rc::clone(outcome),
            stale: !self.follows.errors.is_empty(),
            words: self.words,
            scenario: Rc::clone(&self.state.now.scenario),
            advice: Rc::clone(&self.adviser.advice),
            advice_done: self.adviser.done,
            cursor_s: self.state.cursor_s,
            on_cursor: self.on_cursor.clone(),
            window_s: self.state.window_s.unwrap_or(whole_s),
            on_window: self.on_window.clone(),
            on_apply: self.on_apply.clone(),
            theme_epoch: self.theme_epoch,
            embed,
        };
        component::<ResultView>(props)
    }

    /// What stands where there has never been a result.
    #[inline(never)]
    fn nothing(&self) -> Html {
        let says = el("p").tells(self.words.result_nothing());
        of("div", "card nothing").with(says).html()
    }

    /// Charts and key figures for a frame.
    #[inline(never)]
    fn embed(&self, charts_only: bool) -> Html {
        let words = self.words;
        let class = if charts_only {
            "embed charts-only"
        } else {
            "embed"
        };
        let result = el("section")
            .set("id", "result")
            .set("aria-label", words.result_label())
            .with(self.result(true));
        of("main", class)
            .with(notice(words, self.state.notice.as_ref(), &self.on))
            .with(result)
            .with(full_page(words, self.follows.title()))
            .html()
    }
}

/// The language, and how this person writes numbers.
fn words(state: &State) -> Words {
    Words {
        lang: state.lang,
        format: intl::number_format(state.lang),
    }
}

/// The way from a frame to the whole page: a new tab, or, where the frame may open none, here.
fn full_page(words: Words, title: &str) -> El {
    let hash = location::hash();
    let payload = crate::link::split(&hash).1.to_owned();
    let href = [&*location::base(), "#", &payload].concat();
    let on_click = {
        let href = href.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            if location::open_tab(&href).is_err() {
                // Where even this is refused, nothing can be opened at all.
                let _ = location::go(&payload);
            }
        })
    };
    let way = el("a")
        .attr("href", href.into())
        .set("target", "_blank")
        .click(on_click)
        .with(logo())
        .with(el("b").says(title.to_owned().into()))
        .tells(words.embed_open_full());
    of("footer", "full").with(way)
}

/// Reads a scenario's file, and opens it or says why not.
#[inline(never)]
fn read(link: html::Scope<App>, blob: Blob) {
    wasm_bindgen_futures::spawn_local(async move {
        let wrong = |notice| Msg::Do(Action::Notice(Some(notice)));
        let text = files::text(&blob).await;
        link.send_message(match text.map(|text| file::from_json(&text)) {
            Ok(Ok(scenario)) => Msg::Open(Rc::new(scenario)),
            Ok(Err(error)) => wrong(Notice::File(error)),
            Err(_) => wrong(Notice::Refused),
        });
    });
}

/// Loads the texts of a language, then speaks it.
fn learn(link: html::Scope<App>, lang: Lang) {
    wasm_bindgen_futures::spawn_local(async move {
        link.send_message(Msg::Do(match texts::load(lang).await {
            Ok(()) => Action::Lang(lang),
            Err(_) => Action::Notice(Some(Notice::Refused)),
        }));
    });
}

/// What is heard beyond the page's own elements: keys, files, the address bar, the system's colours.
fn listeners(link: &html::Scope<App>) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let hear = |name: &'static str, heard: Callback<Event>| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&window, name, options, move |event| {
            heard.emit(event.clone());
        })
    };
    let stays = Callback::from(|event: Event| event.prevent_default());
    let mut listeners = vec![
        hear("keydown", link.batch_callback(|event: Event| step(&event))),
        hear("drop", link.batch_callback(|event: Event| drop(&event))),
        hear("dragover", stays.clone()),
        hear("submit", stays),
        hear("hashchange", link.callback(|_: Event| Msg::Address)),
    ];
    let dark = link.callback(Msg::Dark);
    listeners.extend(media::watch_dark(move |is| dark.emit(is)));
    listeners
}

/// What happens to a field of the form.
fn field(event: &Event) -> Option<Msg> {
    if event.type_() == "focusin" {
        suggests(event).then_some(Msg::Suggest)
    } else {
        heard(event).map(Msg::Do)
    }
}

/// Undo and redo by keys, outside of texts.
fn step(event: &Event) -> Option<Msg> {
    let key = event.dyn_ref::<KeyboardEvent>()?;
    if !(key.ctrl_key() || key.meta_key()) || key.alt_key() {
        return None;
    }
    let action = match (&*key.key().to_lowercase(), key.shift_key()) {
        ("z", false) => Action::Undo,
        ("z", true) | ("y", false) => Action::Redo,
        _ => return None,
    };
    if dom::is_typing() {
        return None;
    }
    event.prevent_default();
    Some(Msg::Do(action))
}

/// The file that is dropped, if it is one.
fn drop(event: &Event) -> Option<Msg> {
    let file = files::dropped(event.dyn_ref::<DragEvent>()?)?;
    event.prevent_default();
    Some(Msg::Dropped(file))
}

#[derive(PartialEq, Properties)]
struct KeepProps {
    scenario: Same<Scenario>,
    mode: Mode,
    new_entry: Same<Cell<bool>>,
}

/// Shows nothing: keeps address bar and storage in step.
#[function_component]
fn Keep(props: &KeepProps) -> Html {
    use_sync(&props.scenario.0, props.mode, &props.new_entry.0);
    Html::default()
}
