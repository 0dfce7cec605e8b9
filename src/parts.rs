//! Elements made by calls. `html!` writes the making of every element out wherever it stands, which is most of what a page
//! of this size weighs; here each step is one function. Components, and the few elements with a shape of their own, stay with `html!`.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{
    html::{onblur, onchange, onclick, oninput, onkeydown},
    prelude::*,
    virtual_dom::{Listener, VTag, VText},
};

/// An element under way.
#[derive(Debug)]
pub struct El(VTag);

/// Begins an element.
#[inline(never)]
pub fn el(tag: &'static str) -> El {
    El(VTag::new(tag))
}

/// Begins an element of a class.
#[inline(never)]
pub fn of(tag: &'static str, class: &'static str) -> El {
    el(tag).set("class", class)
}

/// A text.
#[inline(never)]
pub fn text(text: AttrValue) -> Html {
    VText::new(text).into()
}

/// A button of a class that says something.
#[inline(never)]
pub fn button(class: &'static str, says: AttrValue, on_click: Callback<MouseEvent>) -> El {
    of("button", class)
        .set("type", "button")
        .with(text(says))
        .click(on_click)
}

/// A line with a box to tick.
#[inline(never)]
pub fn tick_box(id: &'static str, on: bool, says: &'static str, on_tick: Callback<bool>) -> Html {
    let input = el("input")
        .set("type", "checkbox")
        .set("id", id)
        .checked(on)
        .change(ticked(&on_tick));
    let line = of("span", "c")
        .with(input.html())
        .with(el("label").set("for", id).tells(says).html());
    of("div", "f").with(line.html()).html()
}

/// What an input or a text area holds whenever it changes.
#[inline(never)]
pub fn typed(on_text: &Callback<String>) -> Callback<InputEvent> {
    on_text.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value())
}

/// What a `select` holds once another option is chosen.
#[inline(never)]
pub fn chosen(on_text: &Callback<String>) -> Callback<Event> {
    on_text.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value())
}

/// Whether a box is ticked, whenever that changes.
#[inline(never)]
pub fn ticked(on_tick: &Callback<bool>) -> Callback<Event> {
    on_tick.reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked())
}

impl El {
    /// Gives it a fixed attribute.
    #[inline(never)]
    pub fn set(self, name: &'static str, value: &'static str) -> Self {
        self.attr(name, AttrValue::Static(value))
    }

    /// Gives it an attribute.
    #[inline(never)]
    pub fn attr(mut self, name: &'static str, value: AttrValue) -> Self {
        self.0.add_attribute(name, value);
        self
    }

    /// Gives it an attribute without a value, or not.
    #[inline(never)]
    pub fn flag(self, name: &'static str, on: bool) -> Self {
        if on { self.set(name, name) } else { self }
    }

    /// Names it among its siblings.
    #[inline(never)]
    pub fn key(mut self, key: &str) -> Self {
        self.0.key = Some(key.into());
        self
    }

    /// Makes it reachable from outside.
    #[inline(never)]
    pub fn node(mut self, node: &NodeRef) -> Self {
        self.0.node_ref = node.clone();
        self
    }

    /// Adds a child.
    #[inline(never)]
    pub fn with(mut self, child: Html) -> Self {
        self.0.add_child(child);
        self
    }

    /// Adds children.
    #[inline(never)]
    pub fn each(mut self, children: Vec<Html>) -> Self {
        self.0.add_children(children);
        self
    }

    /// Adds a text.
    #[inline(never)]
    pub fn says(self, says: AttrValue) -> Self {
        self.with(text(says))
    }

    /// Adds a text of the locales.
    #[inline(never)]
    pub fn tells(self, says: &'static str) -> Self {
        self.says(AttrValue::Static(says))
    }

    /// What an input or a text area holds.
    #[inline(never)]
    pub fn value(mut self, value: AttrValue) -> Self {
        self.0.set_value(value);
        self
    }

    /// Whether a box is ticked.
    #[inline(never)]
    pub fn checked(mut self, checked: bool) -> Self {
        self.0.set_checked(checked);
        self
    }

    #[inline(never)]
    fn listen(mut self, listener: std::rc::Rc<dyn Listener>) -> Self {
        self.0.add_listener(listener);
        self
    }

    /// Told of clicks.
    #[inline(never)]
    pub fn click(self, told: Callback<MouseEvent>) -> Self {
        self.listen(std::rc::Rc::new(onclick::Wrapper::new(told)))
    }

    /// Told of what is typed.
    #[inline(never)]
    pub fn input(self, told: Callback<InputEvent>) -> Self {
        self.listen(std::rc::Rc::new(oninput::Wrapper::new(told)))
    }

    /// Told of what is chosen.
    #[inline(never)]
    pub fn change(self, told: Callback<Event>) -> Self {
        self.listen(std::rc::Rc::new(onchange::Wrapper::new(told)))
    }

    /// Told that the focus leaves.
    #[inline(never)]
    pub fn blur(self, told: Callback<FocusEvent>) -> Self {
        self.listen(std::rc::Rc::new(onblur::Wrapper::new(told)))
    }

    /// Told of keys.
    #[inline(never)]
    pub fn keys(self, told: Callback<KeyboardEvent>) -> Self {
        self.listen(std::rc::Rc::new(onkeydown::Wrapper::new(told)))
    }

    /// The element.
    #[inline(never)]
    pub fn html(self) -> Html {
        self.0.into()
    }
}
