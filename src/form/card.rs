//! The frames of the form: a card that can be closed, and a fold within one. Both are native `details`.

use yew::prelude::*;

use super::fields::Fields;
use crate::parts::{El, el, of};

/// A card: its title, what a closed one says of its values, its fields.
#[derive(Debug)]
pub struct Card<'a> {
    /// Title.
    pub title: &'static str,
    /// Its values in a few words.
    pub note: AttrValue,
    /// Whether it starts open.
    pub open: bool,
    /// Paths of its fields begin with one of these; their problems are counted on the title.
    pub paths: &'a [&'a str],
}

impl Card<'_> {
    /// The card, to be filled with its fields.
    #[inline(never)]
    pub fn begin(self, fields: &Fields) -> El {
        let title = el("h2").tells(self.title).with(el("small").says(self.note));
        let summary = el("summary").with(title).with(count(fields, self.paths));
        of("details", "card")
            .key(self.title)
            .flag("open", self.open)
            .with(summary)
    }

    /// The card with the fields that `fill` puts in.
    #[inline(never)]
    pub fn around(self, fields: &Fields, fill: fn(&Fields, El) -> El) -> El {
        fill(fields, self.begin(fields))
    }
}

/// How many fields inside are wrong.
#[inline(never)]
fn count(fields: &Fields, paths: &[&str]) -> El {
    let problems = fields.problems(paths);
    let number = problems.to_string();
    let text = AttrValue::from(fields.words().problems_count(problems as u64, &number));
    of("span", "count")
        .flag("hidden", problems == 0)
        .attr("title", text.clone())
        .attr("aria-label", text)
        .set("role", "img")
        .says(number.into())
}

/// How much inside is odd, on a fold: closed, it hides its warnings.
fn odd(fields: &Fields, paths: &[&str]) -> El {
    let warnings = fields.odd(paths);
    let number = warnings.to_string();
    let text = AttrValue::from(fields.words().warnings_count(warnings as u64, &number));
    of("span", "count odd")
        .flag("hidden", warnings == 0)
        .attr("title", text.clone())
        .attr("aria-label", text)
        .set("role", "img")
        .tells(if warnings == 0 { "" } else { "!" })
}

/// A fold within a card: a dot, a title, a line of its values; open, its fields.
#[derive(Debug)]
pub struct Fold<'a> {
    /// Its name among its siblings.
    pub key: &'a str,
    /// Colour of its dot, a variable of the style sheet.
    pub colour: &'static str,
    /// Title.
    pub title: AttrValue,
    /// What a closed one says.
    pub note: AttrValue,
    /// Whether it starts open; the same for as long as it stands, since from then on the person opens and closes it.
    pub open: bool,
    /// Whether it counts for nothing now.
    pub off: bool,
    /// Paths of its fields, as of a card.
    pub paths: &'a [&'a str],
}

impl Fold<'_> {
    /// The fold, around the fields that `fill` puts in.
    #[inline(never)]
    pub fn around(self, fields: &Fields, fill: &dyn Fn(El) -> El) -> El {
        let body = fill(of("div", "in")).html();
        let colour = ["background:var(", self.colour, ")"].concat();
        let dot = el("i").attr("style", colour.into());
        let title = el("span")
            .with(of("span", "t").says(self.title))
            .with(el("small").says(self.note));
        let summary = el("summary")
            .with(dot)
            .with(title)
            .with(odd(fields, self.paths))
            .with(count(fields, self.paths));
        of("details", if self.off { "pol off" } else { "pol" })
            .key(self.key)
            .flag("open", self.open)
            .with(summary)
            .with(body)
    }
}
