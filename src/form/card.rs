//! The frames of the form: a card that can be closed, and a fold within one. Both are native `details`.

use words::Words;
use yew::prelude::*;

use super::row::{FieldRow, FieldRowProps};
use crate::language::use_words;

/// A card: its title, what a closed one says of its values, its fields.
#[derive(Debug, PartialEq, Properties)]
pub struct CardProps {
    /// Title.
    pub title: &'static str,
    /// Its values in a few words.
    pub note: AttrValue,
    /// Whether it starts open.
    #[prop_or(true)]
    pub open: bool,
    /// How many of its fields are wrong.
    pub problems: usize,
    /// Its fields.
    pub children: Html,
}

/// See [`CardProps`].
#[function_component]
pub fn Card(props: &CardProps) -> Html {
    let words = use_words();
    html! {
        <details class="card" open={props.open}>
            <summary>
                <h2>{ props.title }<small>{ &props.note }</small></h2>
                { problem_count(words, props.problems) }
            </summary>
            { props.children.clone() }
        </details>
    }
}

/// A card that shows fields and nothing else. It starts closed, and is made anew only where one of these changes: a key press
/// elsewhere does not concern it.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct FieldsCardProps {
    /// Title.
    pub title: &'static str,
    /// Its values in a few words.
    pub note: AttrValue,
    /// How many of its fields are wrong.
    pub problems: usize,
    /// Its fields.
    pub rows: Vec<FieldRowProps>,
}

/// See [`FieldsCardProps`].
#[function_component]
pub fn FieldsCard(props: &FieldsCardProps) -> Html {
    html! {
        <Card title={props.title} note={&props.note} open=false problems={props.problems}>
            for row in &props.rows {
                <FieldRow key={&*row.path} ..row.clone() />
            }
        </Card>
    }
}

/// A fold within a card: a dot, a title, a line of its values; open, its fields.
#[derive(Debug, PartialEq, Properties)]
pub struct FoldProps {
    /// Colour of its dot, a variable of the style sheet.
    #[prop_or("--line2")]
    pub colour: &'static str,
    /// Title.
    pub title: AttrValue,
    /// What a closed one says.
    #[prop_or_default]
    pub note: AttrValue,
    /// Whether it starts open; the same for as long as it stands, since from then on the person opens and closes it.
    #[prop_or_default]
    pub open: bool,
    /// Whether it counts for nothing now.
    #[prop_or_default]
    pub off: bool,
    /// How many of its fields are wrong.
    pub problems: usize,
    /// How much inside is odd: closed, it hides its warnings.
    #[prop_or_default]
    pub warnings: usize,
    /// Its fields.
    pub children: Html,
}

/// See [`FoldProps`].
#[function_component]
pub fn Fold(props: &FoldProps) -> Html {
    let words = use_words();
    html! {
        <details class={classes!("pol", props.off.then_some("off"))} open={props.open}>
            <summary>
                <i style={format!("background:var({})", props.colour)} />
                <span><span class="t">{ &props.title }</span><small>{ &props.note }</small></span>
                { warning_count(words, props.warnings) }
                { problem_count(words, props.problems) }
            </summary>
            <div class="in">{ props.children.clone() }</div>
        </details>
    }
}

fn problem_count(words: Words, problems: usize) -> Html {
    let number = problems.to_string();
    let text = AttrValue::from(words.problems_count(problems as u64, &number));
    html! {
        <span class="count" hidden={problems == 0} title={&text} aria-label={&text} role="img">{ number }</span>
    }
}

fn warning_count(words: Words, warnings: usize) -> Html {
    let text = AttrValue::from(words.warnings_count(warnings as u64, &warnings.to_string()));
    html! {
        <span class="count odd" hidden={warnings == 0} title={&text} aria-label={&text} role="img">
            { if warnings == 0 { "" } else { "!" } }
        </span>
    }
}
