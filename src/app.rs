//! The shell: what was typed on one side, what follows on the other, and the dialogs. It decides nothing itself.

mod follows;
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

pub use self::follows::Stage;
use self::follows::{Follows, Tell};
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
    /// Whether the first frame has been seen; until then the page is what that shows.
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
        let tell = Tell {
            progress: link.callback(|(number, share)| Msg::Progress(number, share)),
            ended: link.callback(|(number, ended)| Msg::Ended(number, ended)),
        };
        let follows = Follows::new(state.now(), words, is_framed(mode), tell);
        let mut adviser =
            Adviser::new(link.callback(|()| Msg::Advise), link.callback(Msg::Advised));
        if let Some(outcome) = &follows.outcome {
            adviser.search(Rc::clone(outcome));
        }
        let on = link.callback(Msg::Do);
        let app = Self {
            mode,
            words,
            follows,
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
        app.entitle();
        app.sync.later(app.state.scenario(), app.mode);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Advise => {
                self.adviser.begin();
                false
            }
            Msg::Advised(advice) => {
                self.adviser.take(advice);
                true
            }
            Msg::Progress(number, share) => self.follows.went_on(number, share),
            msg => self.answer(ctx, msg),
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        match self.mode {
            Mode::Page => self.page(ctx.link()),
            Mode::Embed { charts_only } => self.embed(charts_only),
        }
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
            Msg::Do(Action::Suggest) if self.state.view.suggests => return false,
            Msg::Do(Action::Lang(lang)) if !words::is_installed(lang) => {
                load::learn(ctx.link().clone(), lang);
                return false;
            }
            Msg::Do(action) => self.act(action),
            // Answered before.
            Msg::Advise | Msg::Advised(_) | Msg::Progress(..) => return false,
            Msg::Simulate(true) => {
                let computed = self.follows.begin();
                self.follow(computed);
            }
            Msg::Simulate(false) => self.follows.stop(),
            Msg::Ended(number, ended) => {
                // The button goes, and must not take the focus along.
                let focused = dom::has_focus(work::BUTTON);
                let computed = self.follows.ended(number, ended);
                self.follow(computed);
                if focused && self.follows.stage == Stage::Rests {
                    dom::focus("result");
                }
            }
            Msg::Dark(dark) => {
                self.dark = dark;
                self.dress();
            }
            Msg::Open(scenario) => {
                self.sync.enter();
                self.act(Action::Open(scenario));
            }
            Msg::Apply(change) => self.apply(change),
            Msg::Chosen(file) => self.taken(ctx, file),
            Msg::Dropped(file) => self.taken(ctx, file),
            Msg::Save => self.save(),
            Msg::Address => self.address(),
        }
        self.sync.later(self.state.scenario(), self.mode);
        true
    }

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
            self.dress();
        }
        let computed = self.follows.update(self.state.now(), self.words);
        self.follow(computed);
        self.entitle();
    }

    /// Searches for advice about another outcome.
    fn follow(&mut self, computed: bool) {
        if computed && let Some(outcome) = &self.follows.outcome {
            self.adviser.search(Rc::clone(outcome));
        }
    }

    /// Changes the language.
    #[inline(never)]
    fn speak(&mut self) {
        let tag = self.state.view.lang.tag();
        self.words = words(&self.state);
        dom::set_root("lang", tag);
        // Refused: the choice holds until the page goes.
        let _ = storage::write(storage::LANG, tag);
    }

    /// Puts on the colours; charts take theirs from the page.
    #[inline(never)]
    fn dress(&mut self) {
        if dom::set_root("data-theme", self.state.view.theme.colours(self.dark)) {
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
        // Advice is about the scenario that it was found for.
        if let Some(outcome) = &self.follows.outcome
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

    /// A file came in: a scenario is opened, recorded traffic goes to its dialog.
    #[inline(never)]
    fn taken(&mut self, ctx: &Context<Self>, file: File) {
        if file.name().ends_with(".json") {
            load::read(ctx.link().clone(), file);
        } else if self.mode == Mode::Page {
            self.act(Action::Drop(Recording::of(file)));
        }
    }

    #[inline(never)]
    fn save(&mut self) {
        let name = format!("{}.headroom.json", files::safe_name(self.follows.title()));
        let content = file::to_json(self.state.scenario());
        if files::download(&name, "application/json", &content).is_err() {
            self.act(Action::Notice(Some(Notice::Refused)));
        }
    }

    #[inline(never)]
    fn address(&mut self) {
        let hash = location::hash();
        self.sync.look(&hash);
        let (mode, opened) = open(&hash);
        self.follows.framed = is_framed(mode);
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
