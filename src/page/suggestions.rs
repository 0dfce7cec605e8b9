//! What the browser offers while a time zone or an instance type is typed. Made once a field wants it: it is long.

use yew::prelude::*;

use crate::parts::{El, el};

/// The data lists `time-zones` and `instance-types` as markup. The names need no escaping: they are the page's own.
#[inline(never)]
pub fn lists() -> AttrValue {
    let mut markup = String::new();
    let mut add = |parts: [&str; 3]| parts.map(|part| markup.push_str(part));
    add(["<datalist id=\"time-zones\">", "", ""]);
    for name in scenario::time::zone_names() {
        add(["<option value=\"", name, "\"></option>"]);
    }
    add(["</datalist><datalist id=\"instance-types\">", "", ""]);
    for known in scenario::catalogue::sagemaker() {
        add(["<option value=\"", &known.name, "\"></option>"]);
    }
    add(["</datalist>", "", ""]);
    markup.into()
}

/// The lists, out of sight; nothing before they are made.
#[inline(never)]
pub fn suggestions(lists: Option<&AttrValue>) -> El {
    let around = el("div").flag("hidden", true);
    match lists {
        Some(lists) => around.with(Html::from_html_unchecked(lists.clone())),
        None => around,
    }
}
