//! The frames of the form: a card that can be closed, and a fold within one. Both are native `details`.

use yew::prelude::*;

use super::fields::Fields;

/// A card: its title, what a closed one says of its values, its fields.
pub struct Card<'a> {
    /// Title.
    pub title: &'static str,
    /// Its values in a few words.
    pub note: String,
    /// Whether it starts open.
    pub open: bool,
    /// Paths of its fields begin with one of these; their problems are counted on the title.
    pub paths: &'a [&'a str],
}

impl Card<'_> {
    /// The card around `body`.
    pub fn around(self, fields: &Fields, body: Html) -> Html {
        let problems = fields.problems(self.paths);
        html! {
            <details class="card" key={self.title} open={self.open}>
                <summary>
                    <h2>{ self.title }<small>{ self.note }</small></h2>
                    { count(fields, problems) }
                </summary>
                { body }
            </details>
        }
    }
}

/// How many fields inside are wrong.
pub fn count(fields: &Fields, problems: usize) -> Html {
    let text = fields
        .words()
        .problems_count(problems as u64, &problems.to_string());
    html! { <span class="count" hidden={problems == 0} title={text.clone()} aria-label={text} role="img">{ problems }</span> }
}

/// A fold within a card.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct FoldProps {
    /// Colour of its dot, a variable of the style sheet.
    pub colour: &'static str,
    /// Title.
    pub title: AttrValue,
    /// What a closed one says.
    pub note: AttrValue,
    /// Whether it starts open.
    #[prop_or_default]
    pub open: bool,
    /// Whether it counts for nothing now.
    #[prop_or_default]
    pub off: bool,
    /// Mark on its title.
    #[prop_or_default]
    pub mark: Html,
    /// What it holds.
    pub children: Html,
}

/// A fold: a dot, a title, a line of its values; open, its fields.
#[function_component]
pub fn Fold(props: &FoldProps) -> Html {
    // Only how it starts: from then on the person opens and closes it.
    let open = *use_state(|| props.open);
    html! {
        <details class={classes!("pol", props.off.then_some("off"))} {open}>
            <summary>
                <i style={format!("background:var({})", props.colour)}></i>
                <span><span class="t">{ props.title.clone() }</span><small>{ props.note.clone() }</small></span>
                { props.mark.clone() }
            </summary>
            <div class="in">{ props.children.clone() }</div>
        </details>
    }
}
