//! The language of the page: a context, which every component that says something asks for.

use words::{Lang, Words};
use yew::prelude::*;

/// Returns the language of the page, and how the person writes numbers.
#[hook]
pub fn use_words() -> Words {
    use_context().unwrap_or_else(|| Words::new(Lang::default()))
}
