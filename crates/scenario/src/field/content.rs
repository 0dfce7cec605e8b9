//! What fields hold, as JSON sees it: values, objects, lists, and objects of one field that says of which kind they are. Each is
//! told by an index or a name, so that one function ([`super::json`]) reads and writes all of them.

use super::{FieldType, Slot, Spec, Value, Wrong};
use crate::trace::Trace;

/// What a field holds, to be written.
pub enum Content<'a> {
    /// A value; none where it is absent.
    Value(Value),
    /// Fields.
    Object(&'a dyn Object),
    /// One field, which says of which kind it is.
    OneOf(&'a dyn OneOf),
    /// Items.
    List(&'a dyn ListOf),
    /// A recording.
    Trace(&'a Trace),
    /// What was read but not kept.
    Ignored,
}

/// What a field holds, to be read into.
pub enum ContentMut<'a> {
    /// A value.
    Value(&'a mut dyn Slot),
    /// Whatever may be absent.
    Optional(&'a mut dyn Slot),
    /// Fields.
    Object(&'a mut dyn Object),
    /// What is written in another shape than it is kept in.
    Rewritten(&'a mut dyn Rewritten),
    /// One field, which says of which kind it is.
    OneOf(&'a mut dyn OneOf),
    /// Items.
    List(&'a mut dyn ListOf),
    /// A recording.
    Trace(&'a mut Trace),
    /// What is read but not kept.
    Ignored,
}

/// Whether a field must be in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is written; where it is not there, it is as by default.
    Written,
    /// It is not written while it is as by default.
    Later,
    /// It must be there.
    Required,
}

/// The fields of an object.
#[derive(Debug)]
pub struct Table {
    /// Their names.
    pub names: &'static [&'static str],
    /// Whether each must be there.
    pub presence: &'static [Presence],
    /// What their names begin with in the section's own table.
    pub prefix: &'static str,
    /// Whether they stand in the object that this one is in.
    pub is_flat: bool,
}

/// What JSON has as an object. Its fields are told by their indexes in its table.
pub trait Object {
    fn table(&self) -> &'static Table;
    fn slot(&self, index: usize) -> Option<&dyn Slot>;
    fn slot_mut(&mut self, index: usize) -> Option<&mut dyn Slot>;
    /// Returns one that is as by default.
    fn usual(&self) -> Box<dyn Object>;
}

impl dyn Object + '_ {
    /// Returns what a field holds.
    pub fn content(&self, index: usize) -> Option<Content<'_>> {
        self.slot(index).map(Slot::content)
    }

    /// Returns the index of the field that an entry of the section's table is of; `None` where this very one has no such.
    fn index_of(&self, entry: &Spec) -> Option<usize> {
        let table = self.table();
        let name = entry.name.strip_prefix(table.prefix)?;
        table.names.iter().position(|known| *known == name)
    }

    /// Returns the value of a field of the section's table.
    pub fn read(&self, entry: &Spec) -> Option<Value> {
        self.slot(self.index_of(entry)?)?.read()
    }

    /// Gives a field of the section's table its value.
    ///
    /// # Errors
    /// Where it does not take it.
    pub fn write(&mut self, entry: &Spec, value: &Value) -> Result<(), Wrong> {
        let index = self.index_of(entry).ok_or(Wrong::NoField)?;
        self.slot_mut(index).ok_or(Wrong::NoField)?.write(value)
    }
}

/// What JSON has as an object of one field, whose name says of which kind it is.
pub trait OneOf {
    /// Returns the names of all kinds.
    fn names(&self) -> &'static [&'static str];
    /// Returns the name of its kind, and what it holds.
    fn held(&self) -> (&'static str, Content<'_>);
    /// Makes it one of another kind, and returns what is read into that.
    fn choose(&mut self, index: usize) -> ContentMut<'_>;
}

/// A list, whatever its items are.
pub trait ListOf {
    fn count(&self) -> usize;
    fn get(&self, index: usize) -> Option<&dyn Slot>;
    /// Adds an item, and returns it.
    fn add(&mut self) -> Option<&mut dyn Slot>;
}

/// What is written in another shape than it is kept in.
pub trait Rewritten {
    /// Has `read` read the other shape, and makes itself of it.
    fn read_as(&mut self, read: &mut dyn FnMut(&mut dyn Object));
}

impl<T: FieldType> ListOf for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> Option<&dyn Slot> {
        self.as_slice().get(index).map(|item| item as &dyn Slot)
    }

    fn add(&mut self) -> Option<&mut dyn Slot> {
        self.push(T::default());
        self.last_mut().map(|item| item as &mut dyn Slot)
    }
}

impl PartialEq for Content<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Value(a), Self::Value(b)) => a == b,
            (Self::Trace(a), Self::Trace(b)) => a == b,
            (Self::OneOf(a), Self::OneOf(b)) => a.held() == b.held(),
            (Self::Object(a), Self::Object(b)) => {
                let names = a.table().names;
                let mut fields = 0..names.len();
                names == b.table().names && fields.all(|at| a.content(at) == b.content(at))
            }
            (Self::List(a), Self::List(b)) => {
                let mut items = (0..a.count()).map(|at| (a.get(at), b.get(at)));
                let alike = |(a, b): (Option<&dyn Slot>, Option<&dyn Slot>)| {
                    a.map(Slot::content) == b.map(Slot::content)
                };
                a.count() == b.count() && items.all(alike)
            }
            _ => false,
        }
    }
}
