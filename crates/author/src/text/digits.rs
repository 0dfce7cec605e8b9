//! Digits in prose: a number that somebody typed is one that nobody recomputes. Names may have them.

use scenario::catalogue;

/// Names with digits, beside those of instance types.
const NAMES: &[&str] = &[
    "EC2", "S3", "RPS", "p50", "p90", "p95", "p99", "MLA-C01", "MLS-C01", "T2", "T3", "T3a", "T4g",
    "C5", "C6i", "M5", "Inf1", "Inf2", "t2", "t3", "t3a", "t4g", "c5", "m5", "inf1", "inf2",
    "H100", "A10G", "HTTP/2", "SHA-256",
];

/// Returns the first piece of prose with a digit that is no name; nothing where there is none.
#[must_use]
pub fn first(prose: &str) -> Option<&str> {
    let is_of_name =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '_' | ',');
    prose
        .split(|c: char| !is_of_name(c) && !c.is_numeric())
        .map(|word| word.trim_matches(|c| matches!(c, '.' | '-' | '/' | ',')))
        .find(|word| word.contains(char::is_numeric) && !is_name(word))
}

fn is_name(word: &str) -> bool {
    NAMES.contains(&word.trim_start_matches("ml."))
        || catalogue::find(word).is_some()
        || catalogue::find(&format!("ml.{word}")).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_and_names_are_not() {
        for (prose, found) in [
            ("On EC2, S3 and ml.c5.xlarge.", None),
            ("c5.xlarge는 p95가 낮습니다.", None),
            ("EC2의 인스턴스", None),
            ("It takes 5 minutes.", Some("5")),
            ("5분이 걸립니다", Some("5")),
            ("about 1,200.", Some("1,200")),
            ("½ of it", Some("½")),
            ("in EC3", Some("EC3")),
            ("x2", Some("x2")),
        ] {
            assert_eq!(first(prose), found, "{prose}");
        }
    }
}
