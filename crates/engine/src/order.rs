//! Puts lists in order.
//!
//! The library makes its sort anew for each type, up to 6 KB of the page's program each time; here it is made once.

/// Sorts `items` by the number that `number` finds in each, the smallest first. Equal ones stay in the order that they are in.
pub fn sort_by_number<T>(items: &mut Vec<T>, number: impl Fn(&T) -> f64) {
    sort_by_integer(items, |item| rank(number(item)));
}

/// Sorts `items` by the integer that `integer` finds in each, as above.
pub fn sort_by_integer<T>(items: &mut Vec<T>, integer: impl Fn(&T) -> i64) {
    let mut order: Vec<(i64, usize)> = items.iter().map(integer).zip(0..).collect();
    sort_pairs(&mut order);
    let mut unsorted: Vec<Option<T>> = items.drain(..).map(Some).collect();
    let next = |(_, index): (i64, usize)| unsorted.get_mut(index)?.take();
    items.extend(order.into_iter().filter_map(next));
}

/// Sorts pairs, the smallest first: keys, for example, with the indices of what they belong to.
#[inline(never)]
pub fn sort_pairs(pairs: &mut [(i64, usize)]) {
    pairs.sort_unstable();
}

/// Returns an integer that is the larger, the larger the number: where `f64::total_cmp` puts it.
fn rank(number: f64) -> i64 {
    let bits = number.to_bits() as i64;
    bits ^ ((bits >> 63) as u64 >> 1) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_by_number_and_keeps_the_order_of_equals() {
        for (given, expected) in [
            (vec![], vec![]),
            (
                vec![
                    (2.0, 'a'),
                    (f64::NEG_INFINITY, 'b'),
                    (2.0, 'c'),
                    (-1.0, 'd'),
                ],
                vec!['b', 'd', 'a', 'c'],
            ),
            (vec![(0.0, 'a'), (-0.0, 'b')], vec!['b', 'a']),
        ] {
            let mut items = given.clone();
            sort_by_number(&mut items, |item| item.0);
            let names: Vec<char> = items.iter().map(|item| item.1).collect();
            assert_eq!(names, expected, "{given:?}");
        }
    }
}
