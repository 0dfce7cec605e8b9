//! What must not leave an account: its number, and ARNs, which hold it. Texts go into a scenario without them.

/// What stands in place of an ARN.
const ARN: &str = "ARN";
/// What stands in place of an account's number.
const ACCOUNT: &str = "ACCOUNT";
/// Digits of an account's number.
const DIGITS: usize = 12;

/// Returns a text without ARNs and account numbers.
#[must_use]
pub(crate) fn without_account(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let word = rest
            .find(|it: char| !it.is_alphanumeric())
            .unwrap_or(rest.len());
        let is_arn = rest
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case("arn:"));
        let length = if is_arn {
            kept.push_str(ARN);
            let ends = |it: char| it.is_whitespace() || "\"',;()<>[]{}".contains(it);
            rest.find(ends).unwrap_or(rest.len())
        } else if word > 0 {
            push_without_numbers(&mut kept, rest.get(..word).unwrap_or_default());
            word
        } else {
            kept.push(letter);
            letter.len_utf8()
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    kept
}

/// Adds letters and digits without a number of as many digits as an account's.
fn push_without_numbers(kept: &mut String, word: &str) {
    let mut rest = word;
    while !rest.is_empty() {
        let is_digit = |it: char| it.is_ascii_digit();
        let digits = rest.find(|it| !is_digit(it)).unwrap_or(rest.len());
        if digits == 0 {
            let letters = rest.find(is_digit).unwrap_or(rest.len());
            kept.push_str(rest.get(..letters).unwrap_or_default());
            rest = rest.get(letters..).unwrap_or_default();
            continue;
        }
        let number = rest.get(..digits).unwrap_or_default();
        kept.push_str(if digits == DIGITS { ACCOUNT } else { number });
        rest = rest.get(digits..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_and_account_numbers_are_taken_out() {
        for (text, kept) in [
            ("keep-600", "keep-600"),
            ("keep-123456789012", "keep-ACCOUNT"),
            ("a123456789012b 1234567890123", "aACCOUNTb 1234567890123"),
            (
                "policy arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:x:policyName/y, then",
                "policy ARN, then",
            ),
            ("(ARN:aws-cn:iam::123456789012:root)", "(ARN)"),
            ("킥오프 123456789012명", "킥오프 ACCOUNT명"),
            ("barn: 12", "barn: 12"),
            ("", ""),
        ] {
            assert_eq!(without_account(text), kept);
        }
    }
}
