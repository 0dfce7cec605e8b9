//! Parts of the page that are made anew only when what they are made from changes. One component serves them all:
//! every component of its own weighs kilobytes.

use std::{any::Any, rc::Rc};

use yew::{
    prelude::*,
    virtual_dom::{Key, VComp},
};

/// What a part of the page is made from. Equal means: it looks the same.
pub trait Part: PartialEq + 'static {
    /// The part as elements.
    fn view(&self) -> Html;
}

trait AnyPart {
    fn view(&self) -> Html;
    fn any(&self) -> &dyn Any;
    fn same(&self, other: &dyn Any) -> bool;
}

impl<P: Part> AnyPart for P {
    fn view(&self) -> Html {
        Part::view(self)
    }

    fn any(&self) -> &dyn Any {
        self
    }

    fn same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<P>().is_some_and(|other| self == other)
    }
}

#[derive(Properties)]
struct Props {
    part: Rc<dyn AnyPart>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        self.part.same(other.part.any())
    }
}

#[function_component]
fn Kept(props: &Props) -> Html {
    props.part.view()
}

/// Puts a part into the page, under a key where its siblings come and go.
pub fn part(key: Option<&'static str>, part: impl Part) -> Html {
    keep(key.map(Key::from), Rc::new(part))
}

#[inline(never)]
fn keep(key: Option<Key>, part: Rc<dyn AnyPart>) -> Html {
    VComp::new::<Kept>(Rc::new(Props { part }), key).into()
}
