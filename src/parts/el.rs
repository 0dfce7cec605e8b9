//! One element under way: its attributes, listeners and children are given one by one, then [`El::html`] makes it.

use std::rc::Rc;

use yew::{
    html::onclick,
    prelude::*,
    virtual_dom::{
        AttributeOrProperty, Attributes, Key, Listener, ListenerKind, VList, VNode, VTag,
    },
};

use super::{
    names::{NONE, Names},
    text,
};

struct Made {
    tag: &'static str,
    key: Option<Key>,
    node: Option<NodeRef>,
    names: &'static Names,
    values: Vec<Option<AttributeOrProperty>>,
    listeners: Vec<Option<Rc<dyn Listener>>>,
    children: Vec<Html>,
    value: Option<AttrValue>,
    checked: Option<bool>,
}

/// An element under way. An attribute is given once; one that comes and goes is given always, at times without a value
/// ([`El::maybe`], [`El::flag`]), so that an element's names stay the same.
pub struct El(Box<Made>);

/// Begins an element.
#[inline(never)]
pub fn el(tag: &'static str) -> El {
    El(Box::new(Made {
        tag,
        key: None,
        node: None,
        names: &NONE,
        values: Vec::new(),
        listeners: Vec::new(),
        children: Vec::new(),
        value: None,
        checked: None,
    }))
}

/// Begins an element of a class.
#[inline(never)]
pub fn of(tag: &'static str, class: &'static str) -> El {
    el(tag).set("class", class)
}

/// What an element can be given as a child.
pub trait Child {
    /// Gives it to `parent`.
    fn join(self, parent: El) -> El;
}

impl Child for Html {
    #[inline(never)]
    fn join(self, mut parent: El) -> El {
        parent.0.children.push(self);
        parent
    }
}

impl Child for El {
    #[inline(never)]
    fn join(self, parent: El) -> El {
        self.html().join(parent)
    }
}

/// A listener of any event.
struct On {
    name: &'static str,
    told: Callback<Event>,
}

impl Listener for On {
    fn kind(&self) -> ListenerKind {
        ListenerKind::other(self.name.into())
    }

    fn handle(&self, event: Event) {
        self.told.emit(event);
    }

    fn passive(&self) -> bool {
        false
    }
}

impl El {
    #[inline(never)]
    fn give(mut self, name: &'static str, value: Option<AttrValue>) -> Self {
        let made = &mut *self.0;
        made.names = made.names.and(name);
        made.values.push(value.map(AttributeOrProperty::Attribute));
        self
    }

    /// Gives it a fixed attribute.
    #[inline(never)]
    pub fn set(self, name: &'static str, value: &'static str) -> Self {
        self.give(name, Some(AttrValue::Static(value)))
    }

    /// Gives it an attribute.
    #[inline(never)]
    pub fn attr(self, name: &'static str, value: AttrValue) -> Self {
        self.give(name, Some(value))
    }

    /// Gives it an attribute or, for now, none.
    #[inline(never)]
    pub fn maybe(self, name: &'static str, value: Option<AttrValue>) -> Self {
        self.give(name, value)
    }

    /// Gives it an attribute without a value, or not.
    #[inline(never)]
    pub fn flag(self, name: &'static str, on: bool) -> Self {
        self.give(name, on.then_some(AttrValue::Static(name)))
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
        self.0.node = Some(node.clone());
        self
    }

    /// Adds a child: an element under way, or anything made.
    #[inline(always)]
    pub fn with(self, child: impl Child) -> Self {
        child.join(self)
    }

    /// Adds a text.
    #[inline(never)]
    pub fn says(self, says: AttrValue) -> Self {
        text(says).join(self)
    }

    /// Adds a text of the locales.
    #[inline(never)]
    pub fn tells(self, says: &'static str) -> Self {
        self.says(AttrValue::Static(says))
    }

    #[inline(never)]
    fn listen(mut self, listener: Rc<dyn Listener>) -> Self {
        self.0.listeners.push(Some(listener));
        self
    }

    /// Told of any event, by its DOM name.
    #[inline(never)]
    pub fn on(self, name: &'static str, told: &Callback<Event>) -> Self {
        let told = told.clone();
        self.listen(Rc::new(On { name, told }))
    }

    /// Told of clicks.
    #[inline(never)]
    pub fn click(self, told: Callback<MouseEvent>) -> Self {
        self.listen(Rc::new(onclick::Wrapper::new(told)))
    }

    /// The element.
    #[inline(never)]
    pub fn html(self) -> Html {
        let made = *self.0;
        let mut tag = VTag::new(made.tag);
        tag.key = made.key;
        tag.attributes = Attributes::Dynamic {
            keys: made.names.all(),
            values: made.values.into_boxed_slice(),
        };
        if let Some(node) = made.node {
            tag.node_ref = node;
        }
        if !made.listeners.is_empty() {
            tag.set_listeners(made.listeners.into_boxed_slice());
        }
        if let Some(value) = made.value {
            tag.set_value(value);
        }
        if let Some(checked) = made.checked {
            tag.set_checked(checked);
        }
        if let Some(children) = tag.children_mut() {
            *children = list(made.children);
        }
        tag.into()
    }
}

/// Children as one node. A text alone needs no list around it.
fn list(mut children: Vec<Html>) -> Html {
    match children.as_slice() {
        [VNode::VText(_)] => children.pop().unwrap_or_default(),
        _ => VList::from(children).into(),
    }
}
