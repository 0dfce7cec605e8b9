//! Puts lists in the order of a number.

/// Sorts `items` by the number that `number` finds in each, the smallest first. Equal ones stay in the order that they are in.
///
/// The library makes its sort anew for each type, 4.5 KB of the page's program each time; here it is made once.
pub fn sort_by_number<T>(items: &mut Vec<T>, number: impl Fn(&T) -> f64) {
    let mut order: Vec<(f64, usize)> = items.iter().map(number).zip(0..).collect();
    sort(&mut order);
    let mut unsorted: Vec<Option<T>> = items.drain(..).map(Some).collect();
    let next = |(_, index): (f64, usize)| unsorted.get_mut(index)?.take();
    items.extend(order.into_iter().filter_map(next));
}

/// No part of the function above, which is made for each type.
fn sort(order: &mut [(f64, usize)]) {
    order.sort_by(|(a, _), (b, _)| a.total_cmp(b));
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
