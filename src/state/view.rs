//! How the page is looked at: language, colours, what is zoomed, open and being typed. None of it is in a link or undone.

use std::rc::Rc;

use scenario::{field::Field, presets::Preset};
use words::{Lang, NumberFormat};

use super::Sight;
use crate::{
    few::Few,
    page::{Panel, given::GivenFile, notice::Notice},
};

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
    /// What of the run is looked at.
    pub sight: Sight,
    /// Language of the page.
    pub lang: Lang,
    /// How the person writes numbers.
    pub format: NumberFormat,
    /// Colours of the page.
    pub theme: Theme,
    /// The dialog that is open.
    pub panel: Option<Panel>,
    /// A trace that was dropped on the page, for its dialog.
    pub dropped: Option<GivenFile>,
    /// Files that may be AWS's documents, for their dialog.
    pub documents: Rc<Vec<GivenFile>>,
    /// What there is to say about something that did not open.
    pub notice: Option<Notice>,
    /// How many scenarios of one's own have been begun.
    pub begun: u32,
    /// Whether the person has once dismissed what the page says of itself.
    pub is_greeted: bool,
    /// Whether the line that says whose this scenario is has been dismissed.
    pub hides_line: bool,
    /// Whether that line says that the scenario has become one's own: it does in the place of what it said before, so that
    /// nothing moves at the first key.
    pub tells_kept: bool,
    /// The shipped scenario that was opened, unless what it teaches has been dismissed.
    pub lesson: Option<&'static Preset>,
    /// Whether the kinds of layers to add are offered.
    pub offers_layers: bool,
    /// Whether a field that suggests something has had the focus: its suggestions are long, and are made only then.
    pub suggests: bool,
    /// The person's own spelling of what is in the fields, by path: what goes to another place in a list is spelled as usual there.
    pub drafts: Rc<Few<String, String>>,
    /// Fields whose explanation is open.
    pub explained: Rc<Vec<Field>>,
}

impl View {
    /// Opens or closes the explanation of a field.
    pub(super) fn explain(&mut self, field: Field) {
        let explained = Rc::make_mut(&mut self.explained);
        match explained.iter().position(|open| *open == field) {
            Some(open) => {
                explained.swap_remove(open);
            }
            None => explained.push(field),
        }
    }

    /// Keeps how a person spelled what is in the field of this path.
    pub(super) fn keep_draft(&mut self, path: String, text: String) {
        Rc::make_mut(&mut self.drafts).insert(path, text);
    }
}
