//! A native list of choices that always shows the one that is in force, whatever was picked before.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::browser::dom;

/// What a list of choices needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SelectProps {
    /// Its id.
    pub id: AttrValue,
    /// Its label.
    pub label: AttrValue,
    /// The value in force.
    pub value: AttrValue,
    /// Values and their names.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// Called with the value that was picked.
    pub on_pick: Callback<String>,
}

/// A list of choices.
#[function_component]
pub fn Select(props: &SelectProps) -> Html {
    let SelectProps {
        id,
        label,
        value,
        options,
        on_pick,
    } = props;
    let node = use_node_ref();
    // What the browser shows follows the person's hand; after each reading it has to show what is in force again.
    {
        let (node, value) = (node.clone(), value.clone());
        use_effect(move || {
            if let Some(select) = node.cast::<HtmlSelectElement>()
                && select.value() != *value
            {
                select.set_value(&value);
            }
        });
    }
    let onchange = {
        let on_pick = on_pick.clone();
        Callback::from(move |event: Event| {
            if let Some(picked) = dom::value(&event) {
                on_pick.emit(picked);
            }
        })
    };
    let shown = options.iter().map(|(of, name)| {
        html! { <option key={of.to_string()} value={of.clone()} selected={of == value}>{ name.clone() }</option> }
    });
    html! {
        <label for={id.clone()}>{ label.clone() }<select id={id.clone()} ref={node} {onchange}>{ for shown }</select></label>
    }
}
