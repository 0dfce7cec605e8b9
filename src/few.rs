//! A map of few entries, in the order of their keys: what is typed, unread or wrong in a form. A tree, which is for many, takes kilobytes
//! of the program for each kind of entry.

/// The map.
#[derive(Clone, Debug, PartialEq)]
pub struct Few<K, V>(Vec<(K, V)>);

impl<K, V> Default for Few<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> Few<K, V> {
    /// Returns the value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        let (_, value) = self.0.get(self.place(key).ok()?)?;
        Some(value)
    }

    /// Puts in a value, in the place of the one that the key had.
    pub fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(at) => {
                if let Some(entry) = self.0.get_mut(at) {
                    entry.1 = value;
                }
            }
            Err(at) => self.0.insert(at, (key, value)),
        }
    }

    /// Keeps the entries of those keys alone.
    pub fn retain(&mut self, is_kept: impl Fn(&K) -> bool) {
        self.0.retain(|(key, _)| is_kept(key));
    }

    /// Returns the entries, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// Returns the keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }

    /// Returns how many entries there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn place(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.cmp(key))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn it_holds_what_a_tree_holds() {
        // Every row of so many steps: each puts in a key or takes it away.
        const STEPS: u32 = 5;
        for row in 0..6_u32.pow(STEPS) {
            let (mut few, mut tree) = (Few::default(), BTreeMap::new());
            for step in 0..STEPS {
                let what = row / 6_u32.pow(step) % 6;
                let key = what / 2;
                if what % 2 == 0 {
                    few.insert(key, step);
                    tree.insert(key, step);
                } else {
                    few.retain(|other| *other != key);
                    tree.remove(&key);
                }
                assert!(few.iter().eq(tree.iter()) && few.keys().eq(tree.keys()));
                assert_eq!(few.get(&key), tree.get(&key));
                assert_eq!((few.len(), few.is_empty()), (tree.len(), tree.is_empty()));
            }
        }
    }
}
