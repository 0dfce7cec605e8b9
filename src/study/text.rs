//! Texts of the study aid as nodes of the page: blocks and lines, with their numbers, terms, moments and links.
//!
//! What a number is, whoever says a text knows ([`Facts`]); nothing here reads a run. No text becomes HTML.

use std::collections::BTreeMap;

use study::{
    address::{Address, LessonAddress},
    pack::Source,
    text::{Block, Inline, Marked},
};
use yew::prelude::*;

use super::terms::Term;

/// What a text's numbers are, in words.
pub trait Facts {
    /// Returns a fact of the lesson's own runs, or a number that a question has drawn.
    fn value(&self, name: &str) -> Option<String>;
    /// Returns the same fact of the run that the reader sees.
    fn now(&self, _name: &str) -> Option<String> {
        None
    }
    /// Returns whether a sentence for some runs alone is for this one.
    fn holds(&self, _claim: &study::claim::Claim) -> bool {
        false
    }
    /// Returns the moment that a piece of text is tied to, seconds from the start, and whether the cross-hair stands there.
    fn moment(&self, _name: &str, _line: &[Inline]) -> Option<(f64, bool)> {
        None
    }
}

/// The facts of a text that has none.
#[derive(Debug)]
pub struct NoFacts;

impl Facts for NoFacts {
    fn value(&self, _name: &str) -> Option<String> {
        None
    }
}

/// Says texts.
#[derive(Clone, Copy)]
pub struct Speaker<'a> {
    /// The numbers of the texts.
    pub facts: &'a dyn Facts,
    /// The sources that they name, by id.
    pub sources: &'a BTreeMap<String, Source>,
    /// Moves the cross-hair to a moment, seconds from the start; none: there is no chart.
    pub on_go: Option<&'a Callback<f64>>,
    /// In a frame, the words of its address: links to lessons stay in it.
    pub frame: Option<&'a str>,
}

/// No sources.
static NO_SOURCES: BTreeMap<String, Source> = BTreeMap::new();

impl Speaker<'static> {
    /// Returns one for texts without numbers and sources.
    pub fn plain() -> Self {
        Self {
            facts: &NoFacts,
            sources: &NO_SOURCES,
            on_go: None,
            frame: None,
        }
    }
}

impl Speaker<'_> {
    /// Returns blocks as elements.
    pub fn blocks(self, blocks: &[Block]) -> Html {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(self, block: &Block) -> Html {
        let items = |lines: &[Vec<Inline>]| -> Html {
            let item = |line: &Vec<Inline>| html! { <li>{ self.line(line) }</li> };
            lines.iter().map(item).collect()
        };
        match block {
            Block::Paragraph(line) => html! { <p>{ self.line(line) }</p> },
            Block::List(lines) => html! { <ul>{ items(lines) }</ul> },
            Block::Steps(lines) => html! { <ol>{ items(lines) }</ol> },
            // It scrolls sideways, by keys too.
            Block::Code(text) => html! { <pre tabindex="0" translate="no">{ text.clone() }</pre> },
            Block::When(claim, line) if self.facts.holds(claim) && self.has_all(line) => {
                html! { <p>{ self.line(line) }</p> }
            }
            Block::When(..) => Html::default(),
        }
    }

    /// Whether every number of a line is there.
    fn has_all(self, line: &[Inline]) -> bool {
        line.iter().all(|inline| match inline {
            Inline::Text(_) => true,
            Inline::Marked(marked) => match marked {
                Marked::Value(name) => self.facts.value(name).is_some(),
                Marked::Now(name) => self.facts.now(name).is_some(),
                Marked::Strong(line)
                | Marked::Emphasis(line)
                | Marked::Term(_, line)
                | Marked::Lesson(_, line)
                | Marked::Source(_, line) => self.has_all(line),
                Marked::Moment(name, line) => {
                    self.facts.moment(name, line).is_some() && self.has_all(line)
                }
                Marked::English(_) | Marked::Code(_) => true,
            },
        })
    }

    /// Returns a line as elements and texts.
    pub fn line(self, line: &[Inline]) -> Html {
        line.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(self, inline: &Inline) -> Html {
        let marked = match inline {
            Inline::Text(text) => return html! { text.clone() },
            Inline::Marked(marked) => marked,
        };
        let number = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
        match marked {
            Marked::English(text) => html! { <span lang="en">{ text.clone() }</span> },
            Marked::Strong(line) => html! { <strong>{ self.line(line) }</strong> },
            Marked::Emphasis(line) => html! { <em>{ self.line(line) }</em> },
            Marked::Code(text) => html! { <code translate="no">{ text.clone() }</code> },
            Marked::Value(name) => html! { number(self.facts.value(name)) },
            Marked::Now(name) => {
                html! { <span class="now">{ number(self.facts.now(name)) }</span> }
            }
            Marked::Term(id, line) => {
                html! { <Term id={id.clone()} says={self.line(line)} /> }
            }
            Marked::Moment(name, line) => self.moment(name, line),
            Marked::Lesson(id, line) => {
                html! { <a href={self.to_lesson(id)}>{ self.line(line) }</a> }
            }
            Marked::Source(id, line) => match self.sources.get(id) {
                Some(source) => to_source(source, self.line(line)),
                None => self.line(line),
            },
        }
    }

    /// Returns a sentence that moves the cross-hair to its moment, or the sentence alone where the run has no such moment.
    fn moment(self, name: &str, line: &[Inline]) -> Html {
        let says = self.line(line);
        let (Some((at_s, is_there)), Some(on_go)) = (self.facts.moment(name, line), self.on_go)
        else {
            return says;
        };
        let goes = || on_go.reform(move |_| at_s);
        html! {
            <button type="button" class={classes!("moment", is_there.then_some("on"))} aria-pressed={is_there.to_string()}
                onclick={on_go.reform(move |_: MouseEvent| at_s)} onfocus={goes()}>{ says }</button>
        }
    }

    /// Returns the way to a lesson.
    pub fn to_lesson(self, id: &str) -> String {
        let lesson = LessonAddress {
            id: id.to_owned(),
            setting: None,
        };
        let address = match self.frame {
            Some(words) => Address::Frame {
                lesson,
                words: words.to_owned(),
            },
            None => Address::Lesson(lesson),
        };
        format!("#{address}")
    }
}

/// Returns a link to a source.
pub fn to_source(source: &Source, says: Html) -> Html {
    // Whatever the pack says, it leads to a page.
    if !source.address.starts_with("https://") {
        return says;
    }
    html! { <a href={source.address.clone()} target="_blank" rel="noopener">{ says }</a> }
}
