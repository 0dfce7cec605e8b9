//! How the page is looked at: language, colours, what is zoomed, open and being typed. None of it is in a link or undone.

use std::{collections::BTreeMap, rc::Rc};

use words::Lang;

use crate::page::{Panel, notice::Notice, trace::Recording};

/// Which colours the page wears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system does.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Returns its name in storage.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Returns the style sheet's name of the colours, where the system is `dark` or not.
    pub fn colours(self, dark: bool) -> &'static str {
        match (self, dark) {
            (Self::Dark, _) | (Self::Auto, true) => "dark",
            _ => "light",
        }
    }

    /// Returns the theme of that name; `Auto` for one that is none.
    pub fn from_name(name: &str) -> Self {
        [Self::Light, Self::Dark]
            .into_iter()
            .find(|theme| theme.name() == name)
            .unwrap_or_default()
    }
}

/// How the page is looked at.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct View {
    /// Where the cross-hair stands, seconds from the start.
    pub cursor_s: Option<f64>,
    /// Stretch of time shown; `None`: the whole run.
    pub window_s: Option<(f64, f64)>,
    /// Language of the page.
    pub lang: Lang,
    /// Colours of the page.
    pub theme: Theme,
    /// The dialog that is open.
    pub panel: Option<Panel>,
    /// A trace that was dropped on the page, for its dialog.
    pub dropped: Option<Recording>,
    /// What there is to say about something that did not open.
    pub notice: Option<Notice>,
    /// Whether the kinds of layers to add are offered.
    pub offers_layers: bool,
    /// Whether a field that suggests something has had the focus: its suggestions are long, and are made only then.
    pub suggests: bool,
    /// The person's own spelling of what is in the fields, by path.
    pub drafts: Rc<BTreeMap<String, String>>,
    /// Fields whose explanation is open.
    pub explained: Rc<Vec<String>>,
}

impl View {
    /// Shows the whole run, without a cross-hair.
    pub(super) fn show_all(&mut self) {
        self.cursor_s = None;
        self.window_s = None;
    }

    /// Opens or closes the explanation of a field.
    pub(super) fn explain(&mut self, path: String) {
        let explained = Rc::make_mut(&mut self.explained);
        match explained.iter().position(|open| *open == path) {
            Some(open) => drop(explained.swap_remove(open)),
            None => explained.push(path),
        }
    }

    /// Keeps how a person spelled what is in a field.
    pub(super) fn keep_draft(&mut self, path: String, text: String) {
        Rc::make_mut(&mut self.drafts).insert(path, text);
    }
}
