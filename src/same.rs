//! Shared values compared by what they are, not by what they hold: what hooks remember a result by.

use std::rc::Rc;

/// Equal where both are one value. It keeps that value alive: a bare address could be another value's by the time it
/// is compared.
#[derive(Clone, Debug)]
pub struct Same<T>(pub Rc<T>);

impl<T> Same<T> {
    /// Of a shared value.
    pub fn of(value: &Rc<T>) -> Self {
        Self(Rc::clone(value))
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_is_the_same_and_nothing_else() {
        let value = Rc::new(1);
        assert_eq!(Same::of(&value), Same::of(&value));
        assert_ne!(Same::of(&value), Same(Rc::new(1)));
    }
}
