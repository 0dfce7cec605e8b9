//! A list of a scenario whose items keep a number of their own: what is said of an item stays with it when the list changes.

use std::ops::{Deref, DerefMut};

use super::{Content, ContentMut, FieldType, ListOf, Slot};

/// The number of an item of a list: its index when the list was read, a new one when it was added later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId(pub u32);

/// A list and the numbers of its items. As JSON, and compared, it is its values alone.
#[derive(Clone, Debug)]
pub struct Items<T> {
    values: Vec<T>,
    /// In the order of the values.
    ids: Vec<ItemId>,
    /// How many items it was read with: theirs are the numbers below.
    read: u32,
    /// The number of the next one that is added.
    next: u32,
}

impl<T> Items<T> {
    /// Whether an item was added after the list was read.
    #[must_use]
    pub fn is_added(&self, id: ItemId) -> bool {
        id.0 >= self.read
    }

    /// Returns the values.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.values
    }

    /// Returns the numbers, in the order of the items.
    #[must_use]
    pub fn ids(&self) -> &[ItemId] {
        &self.ids
    }

    /// Returns the number of the item at an index; of one that is not there the index itself.
    #[must_use]
    pub fn id(&self, index: usize) -> ItemId {
        let none = || ItemId(u32::try_from(index).unwrap_or(u32::MAX));
        self.ids.get(index).copied().unwrap_or_else(none)
    }

    /// Returns the index that an item has now.
    #[must_use]
    pub fn index(&self, id: ItemId) -> Option<usize> {
        self.ids.iter().position(|known| *known == id)
    }

    /// Returns the item of a number.
    #[must_use]
    pub fn of(&self, id: ItemId) -> Option<&T> {
        self.values.get(self.index(id)?)
    }

    /// Returns the item of a number, to change it.
    pub fn of_mut(&mut self, id: ItemId) -> Option<&mut T> {
        let index = self.index(id)?;
        self.values.get_mut(index)
    }

    /// Returns the items with their numbers.
    pub fn numbered(&self) -> impl Iterator<Item = (ItemId, &T)> {
        self.ids.iter().copied().zip(&self.values)
    }

    /// Adds an item at the end, and returns its number.
    pub fn push(&mut self, value: T) -> ItemId {
        let id = ItemId(self.next);
        self.next = self.next.saturating_add(1);
        self.values.push(value);
        self.ids.push(id);
        id
    }

    /// Takes out the item of a number, and returns it.
    pub fn remove(&mut self, id: ItemId) -> Option<T> {
        let index = self.index(id)?;
        self.ids.remove(index);
        Some(self.values.remove(index))
    }

    /// Exchanges two items, as far as both are there.
    pub fn swap(&mut self, a: usize, b: usize) {
        if a.max(b) < self.values.len() {
            self.values.swap(a, b);
            self.ids.swap(a, b);
        }
    }

    /// Takes out the items that `fits` does not take.
    pub fn retain(&mut self, fits: impl FnMut(&T) -> bool) {
        let kept: Vec<bool> = self.values.iter().map(fits).collect();
        let mut of_ids = kept.iter();
        self.ids.retain(|_| of_ids.next() == Some(&true));
        let mut of_values = kept.iter();
        self.values.retain(|_| of_values.next() == Some(&true));
    }

    /// Takes out all items.
    pub fn clear(&mut self) {
        self.values.clear();
        self.ids.clear();
    }
}

impl<T> From<Vec<T>> for Items<T> {
    fn from(values: Vec<T>) -> Self {
        let count = u32::try_from(values.len()).unwrap_or(u32::MAX);
        Self {
            ids: (0..count).map(ItemId).collect(),
            values,
            read: count,
            next: count,
        }
    }
}

impl<T> Default for Items<T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<T, const N: usize> From<[T; N]> for Items<T> {
    fn from(values: [T; N]) -> Self {
        Self::from(Vec::from(values))
    }
}

impl<T> FromIterator<T> for Items<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::from(Vec::from_iter(values))
    }
}

impl<T> Extend<T> for Items<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        for value in values {
            self.push(value);
        }
    }
}

impl<T> Deref for Items<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.values
    }
}

impl<T> DerefMut for Items<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.values
    }
}

impl<T> IntoIterator for Items<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Items<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut Items<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.iter_mut()
    }
}

impl<T: PartialEq> PartialEq for Items<T> {
    fn eq(&self, other: &Self) -> bool {
        self.values == other.values
    }
}

impl<T: FieldType> ListOf for Items<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> Option<&dyn Slot> {
        self.values.get(index).map(|item| item as &dyn Slot)
    }

    fn add(&mut self) -> Option<&mut dyn Slot> {
        self.push(T::default());
        self.read = self.next;
        self.values.last_mut().map(|item| item as &mut dyn Slot)
    }
}

impl<T: FieldType> FieldType for Items<T> {
    fn content(&self) -> Content<'_> {
        Content::List(self)
    }

    fn content_mut(&mut self) -> ContentMut<'_> {
        *self = Self::default();
        ContentMut::List(self)
    }
}

impl<T: FieldType> serde::Serialize for Items<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        FieldType::content(self).serialize(serializer)
    }
}

impl<'de, T: FieldType> serde::Deserialize<'de> for Items<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::read(deserializer)
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Items<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        <Vec<T>>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <Vec<T>>::json_schema(generator)
    }
}
