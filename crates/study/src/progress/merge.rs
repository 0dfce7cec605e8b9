//! One person's progress from two devices, or from a file: in either order the same.

use std::collections::BTreeMap;

use super::Progress;

/// Returns what two say together: of each item and lesson the newest, all exams, the exam date that was said last.
///
/// It commutes and is associative and idempotent: each part is the greatest of an order in which no two that differ are equal.
#[must_use]
pub fn merge(a: Progress, b: Progress) -> Progress {
    let mut exams = a.exams;
    for exam in b.exams {
        exams.insert(exam);
    }
    let mut merged = Progress {
        items: greatest(a.items, b.items),
        lessons: greatest(a.lessons, b.lessons),
        exams,
        exam_date: a.exam_date.max(b.exam_date),
    };
    merged.bound();
    merged
}

fn greatest<K: Ord, V: Ord>(mut a: BTreeMap<K, V>, b: BTreeMap<K, V>) -> BTreeMap<K, V> {
    for (key, value) in b {
        if a.get(&key).is_none_or(|before| *before < value) {
            a.insert(key, value);
        }
    }
    a
}
