//! The names of an element's attributes. Yew compares elements fastest where both have one list of names, in one place
//! of memory; so each list that the page ever uses is kept here, once, for as long as the page lives.

use std::sync::{Mutex, PoisonError};

/// A list of names, and the lists that go on from it.
#[derive(Debug)]
pub struct Names {
    all: &'static [&'static str],
    longer: Mutex<Vec<&'static Self>>,
}

/// The list without names.
pub static NONE: Names = Names {
    all: &[],
    longer: Mutex::new(Vec::new()),
};

impl Names {
    /// The names, in the order in which they were given.
    pub fn all(&self) -> &'static [&'static str] {
        self.all
    }

    /// The list that has one name more. There are as many lists as the code of the page spells out.
    #[inline(never)]
    pub fn and(&self, name: &'static str) -> &'static Self {
        debug_assert!(!self.all.contains(&name), "two attributes `{name}`");
        let mut longer = self.longer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = longer.iter().find(|list| list.all.last() == Some(&name)) {
            return found;
        }
        let list: &'static Self = Box::leak(Box::new(Self {
            all: [self.all, &[name]].concat().leak(),
            longer: Mutex::default(),
        }));
        longer.push(list);
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_names_are_one_list() {
        let list = NONE.and("class").and("id");
        assert_eq!(list.all(), ["class", "id"]);
        assert!(std::ptr::eq(list, NONE.and("class").and("id")));
        assert_eq!(NONE.and("id").and("class").all(), ["id", "class"]);
    }
}
