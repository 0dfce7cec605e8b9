//! The page as a whole: what was typed on one side, what follows from it on the other, and the dialogs. It decides nothing itself.

mod evaluation;
mod frame;
mod listen;
mod load;
mod look;

use std::rc::Rc;

use engine::advice::{Advice, Change};
use gloo::events::EventListener;
use scenario::{document::Scenario, file};
use web_sys::File;
use words::Words;
use yew::prelude::*;

pub use self::evaluation::Stage;
use self::evaluation::{Evaluation, Listeners};
use crate::{
    advice::Adviser,
    apply::apply,
    boot::{Boot, boot, open},
    browser::{dom, file as files, intl, location, media, storage},
    link::Mode,
    outcome::Ended,
    page::{notice::Notice, trace::Recording, work},
    state::{Action, State},
    sync::Sync,
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
    Chosen(File),
    /// A file was dropped on the page.
    Dropped(File),
    /// A person saves the scenario as a file.
    Save,
    /// The system became dark, or light.
    Dark(bool),
    /// The address bar says something else: back, forward, a link pasted.
    Address,
    /// It is time to search for advice.
    Advise,
    /// Advice was found.
    Advised(Vec<Advice>),
    /// A person asks for the result, or wants it no longer.
    Simulate(bool),
    /// So much of the work of this number is done.
    Progress(u32, f64),
    /// The work of this number has ended.
    Ended(u32, Ended),
}

/// The whole page. Messages reach it from the person, the browser and the work that goes on in slices; a message changes the state
/// and evaluates it, and one rendering shows both. This, and owning what is evaluated, is why it is a component with messages.
#[derive(Debug)]
pub struct App {
    state: State,
    mode: Mode,
    words: Words,
    evaluation: Evaluation,
    adviser: Adviser,
    dark: bool,
    theme_epoch: u32,
    sync: Sync,
    on: Callback<Action>,
    on_file: Callback<File>,
    on_save: Callback<()>,
    on_apply: Callback<Change>,
    on_work: Callback<bool>,
    /// Heard as long as the page stands.
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        let Boot { state, mode } = boot();
        let words = words(&state);
        let listeners = Listeners {
            progress: link.callback(|(number, share)| Msg::Progress(number, share)),
            ended: link.callback(|(number, ended)| Msg::Ended(number, ended)),
        };
        let evaluation = Evaluation::new(state.now(), words, is_framed(mode), listeners);
        let mut adviser =
            Adviser::new(link.callback(|()| Msg::Advise), link.callback(Msg::Advised));
        if let Some(outcome) = &evaluation.outcome {
            adviser.search(Rc::clone(outcome));
        }
        let on = link.callback(Msg::Do);
        let app = Self {
            mode,
            words,
            evaluation,
            adviser,
            dark: media::prefers_dark(),
            theme_epoch: 0,
            sync: Sync::new(),
            on_file: link.callback(Msg::Chosen),
            on_save: link.callback(|()| Msg::Save),
            on_apply: link.callback(Msg::Apply),
            on_work: link.callback(Msg::Simulate),
            on,
            state,
            _listeners: listen::listeners(link),
        };
        app.write_title();
        app.sync.later(app.state.scenario(), app.mode);
        app
    }

    /// Answers a message. Returns whether there is something to see of it.
    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Do(Action::Settle) => {
                // What is typed next is a new step of undo.
                self.state = self.state.after(Action::Settle);
                return false;
            }
            Msg::Do(Action::Suggest) if self.state.view.suggests => return false,
            Msg::Do(Action::Lang(lang)) if !words::is_installed(lang) => {
                load::learn(ctx.link().clone(), lang);
                return false;
            }
            Msg::Do(action) => self.act(action),
            Msg::Open(scenario) => {
                self.sync.enter();
                self.act(Action::Open(scenario));
            }
            Msg::Apply(change) => self.apply(change),
            Msg::Chosen(file) | Msg::Dropped(file) => self.take_in(ctx, file),
            Msg::Save => self.save(),
            Msg::Dark(dark) => {
                self.dark = dark;
                self.put_on_colours();
            }
            Msg::Address => self.read_address(),
            Msg::Advise => {
                self.adviser.begin();
                return false;
            }
            Msg::Advised(advice) => self.adviser.take(advice),
            Msg::Simulate(true) => {
                let computed = self.evaluation.begin();
                self.advise(computed);
            }
            Msg::Simulate(false) => self.evaluation.stop(),
            Msg::Progress(number, share) => return self.evaluation.progressed(number, share),
            Msg::Ended(number, ended) => self.end(number, ended),
        }
        self.sync.later(self.state.scenario(), self.mode);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! {
            <ContextProvider<Words> context={self.words}>
                { match self.mode {
                    Mode::Page => self.page(ctx.link()),
                    Mode::Embed { charts_only } => self.embed(charts_only),
                } }
            </ContextProvider<Words>>
        }
    }
}

impl App {
    /// Does what a person does, and what follows from it.
    fn act(&mut self, action: Action) {
        let (lang, theme) = (self.state.view.lang, self.state.view.theme);
        self.state = self.state.after(action);
        if self.state.view.lang != lang {
            self.speak();
        }
        if self.state.view.theme != theme {
            // Refused: the choice holds until the page goes.
            let _ = storage::write(storage::THEME, self.state.view.theme.name());
            self.put_on_colours();
        }
        let computed = self.evaluation.update(self.state.now(), self.words);
        self.advise(computed);
        self.write_title();
    }

    /// Searches for advice about the outcome, where it is another one.
    fn advise(&mut self, computed: bool) {
        if computed && let Some(outcome) = &self.evaluation.outcome {
            self.adviser.search(Rc::clone(outcome));
        }
    }

    /// Changes the language.
    fn speak(&mut self) {
        let tag = self.state.view.lang.tag();
        self.words = words(&self.state);
        dom::set_root("lang", tag);
        // Refused: the choice holds until the page goes.
        let _ = storage::write(storage::LANG, tag);
    }

    /// Puts on the colours; charts take theirs from the page.
    fn put_on_colours(&mut self) {
        if dom::set_root("data-theme", self.state.view.theme.colours(self.dark)) {
            self.theme_epoch += 1;
        }
    }

    /// Gives the tab its title.
    fn write_title(&self) {
        let title = self.evaluation.title();
        dom::set_title(&format!("{title} · {}", self.words.app_name()));
    }

    /// Takes the work of a number to its end.
    fn end(&mut self, number: u32, ended: Ended) {
        // The button goes, and must not take the focus along.
        let focused = dom::has_focus(work::BUTTON);
        let computed = self.evaluation.ended(number, ended);
        self.advise(computed);
        if focused && self.evaluation.stage == Stage::Rests {
            dom::focus("result");
        }
    }

    /// Makes a piece of advice part of the scenario that it was found for.
    fn apply(&mut self, change: Change) {
        if let Some(outcome) = &self.evaluation.outcome
            && Rc::ptr_eq(&outcome.scenario, self.state.scenario())
        {
            let changed = apply(
                self.state.scenario(),
                &outcome.compiled,
                change,
                self.words.schedule_title(),
            );
            self.act(Action::Change(Rc::new(changed)));
        }
    }

    /// Takes a file in: a scenario is opened, recorded traffic goes to its dialog.
    fn take_in(&mut self, ctx: &Context<Self>, file: File) {
        if file.name().ends_with(".json") {
            load::read(ctx.link().clone(), file);
        } else if self.mode == Mode::Page {
            self.act(Action::Drop(Recording::of(file)));
        }
    }

    /// Saves the scenario as a file.
    fn save(&mut self) {
        let name = format!(
            "{}.headroom.json",
            files::safe_name(self.evaluation.title())
        );
        let content = file::to_json(self.state.scenario());
        if files::download(&name, "application/json", &content).is_err() {
            self.act(Action::Notice(Some(Notice::Refused)));
        }
    }

    /// Opens what the address bar says.
    fn read_address(&mut self) {
        let hash = location::hash();
        self.sync.look(&hash);
        let (mode, opened) = open(&hash);
        self.evaluation.framed = is_framed(mode);
        match opened {
            Some(Ok(scenario)) => {
                self.mode = mode;
                self.act(Action::Open(Rc::new(scenario)));
            }
            Some(Err(error)) => self.act(Action::Notice(Some(Notice::Link(error)))),
            None => self.mode = mode,
        }
    }
}

/// Whether the page stands in another, which it must not keep busy.
fn is_framed(mode: Mode) -> bool {
    mode != Mode::Page || dom::is_framed()
}

/// The language, and how this person writes numbers.
fn words(state: &State) -> Words {
    Words {
        lang: state.view.lang,
        format: intl::number_format(state.view.lang),
    }
}
