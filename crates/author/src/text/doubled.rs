//! Words that a number's unit writes by itself: beside a placeholder they would stand twice, "534 requests requests fail".

use study::unit::Unit;

/// Of a unit, what the text before its number must not end with, and what the text behind it must not begin with.
const WRITTEN: [(Unit, &[&str], &[&str]); 3] = [
    (
        Unit::Requests,
        &["요청 ", "요청은 ", "요청이 "],
        &[" requests", " request", "건"],
    ),
    (
        Unit::Instances,
        &["인스턴스 ", "인스턴스는 ", "인스턴스가 "],
        &[" instances", " instance", "개"],
    ),
    (
        Unit::RequestsPerSecond,
        &[],
        &[" RPS", " requests a second"],
    ),
];

/// Returns the units whose words stand beside a placeholder already.
#[must_use]
pub fn units(before: &str, after: &str) -> Vec<Unit> {
    let is_written = |(_, ends, begins): &&(Unit, &[&str], &[&str])| {
        ends.iter().any(|end| before.ends_with(end))
            || begins.iter().any(|begin| {
                let rest = after.strip_prefix(begin);
                rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
            })
    };
    WRITTEN
        .iter()
        .filter(is_written)
        .map(|(unit, ..)| *unit)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_unit_are_found_beside_a_number() {
        for (before, after, found) in [
            ("Then ", " requests fail.", vec![Unit::Requests]),
            ("Then ", " fail.", vec![]),
            ("늦은 요청은 ", "입니다", vec![Unit::Requests]),
            ("모두 ", "이 실패합니다", vec![]),
            ("", "건이 실패합니다", vec![Unit::Requests]),
            ("At the end ", " instances serve", vec![Unit::Instances]),
            ("By ", " instanced", vec![]),
            ("인스턴스 ", "개", vec![Unit::Instances]),
            (
                "",
                " requests a second",
                vec![Unit::Requests, Unit::RequestsPerSecond],
            ),
        ] {
            assert_eq!(units(before, after), found, "{before}…{after}");
        }
    }
}
