//! Identifiers made of names that people type: valid in every language that exports are written in, and unique.

/// Most characters of an identifier.
const MOST_CHARACTERS: usize = 60;

/// Returns a name as words of letters and digits of ASCII, which an identifier can be made of; where it has none, `otherwise`.
#[must_use]
pub fn words<'a>(name: &'a str, otherwise: &'a str) -> Vec<&'a str> {
    let parts = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = parts.filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        vec![otherwise]
    } else {
        words
    }
}

/// Returns an identifier in `UpperCamelCase` that begins with a letter, such as a logical id of CloudFormation.
#[must_use]
pub fn identifier(name: &str, otherwise: &str) -> String {
    let mut identifier = String::new();
    for word in words(name, otherwise) {
        let mut letters = word.chars();
        identifier.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        identifier.push_str(letters.as_str());
    }
    bounded(identifier, otherwise)
}

/// Returns an identifier in `snake_case` that begins with a letter, such as a name of Terraform's.
#[must_use]
pub fn snake_identifier(name: &str, otherwise: &str) -> String {
    let words = words(name, otherwise);
    let words: Vec<String> = words.iter().map(|word| word.to_ascii_lowercase()).collect();
    bounded(words.join("_"), otherwise)
}

fn bounded(mut identifier: String, otherwise: &str) -> String {
    if identifier.starts_with(|first: char| first.is_ascii_digit()) {
        identifier.insert_str(0, otherwise);
    }
    identifier.truncate(MOST_CHARACTERS);
    identifier
}

/// Returns names of which no two are the same, whatever their letters' case: what is taken gets a number.
#[must_use]
pub fn unique(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut unique: Vec<String> = Vec::new();
    for name in names {
        let is_taken = |name: &str| unique.iter().any(|it| it.eq_ignore_ascii_case(name));
        let mut candidate = name.clone();
        let mut number = 2;
        while is_taken(&candidate) {
            candidate = format!("{name}{number}");
            number += 1;
        }
        unique.push(candidate);
    }
    unique
}

/// Returns a name of AWS's as Terraform and Python spell it: `MinCapacity` as `min_capacity`.
#[must_use]
pub fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    let letters: Vec<char> = name.chars().collect();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(index + 1);
        let begins_word = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                !before.is_ascii_uppercase() || after.is_some_and(char::is_ascii_lowercase)
            });
        if begins_word {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// Returns a name of AWS's as constants and the environment's variables are spelled: `EndpointName` as `ENDPOINT_NAME`.
#[must_use]
pub fn constant_case(name: &str) -> String {
    snake_case(name).to_ascii_uppercase()
}

/// Returns a name of AWS's as TypeScript spells it: `MinCapacity` as `minCapacity`.
#[must_use]
pub fn camel_case(name: &str) -> String {
    let leading = name.bytes().take_while(u8::is_ascii_uppercase).count();
    // Of several capitals the last begins the next word: `SNSTopic` is `snsTopic`.
    let lower = if leading > 1 && leading < name.len() {
        leading - 1
    } else {
        leading
    };
    let (first, rest) = name.split_at_checked(lower).unwrap_or((name, ""));
    first.to_ascii_lowercase() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_identifiers() {
        for (name, camel, snake) in [
            ("keep-600", "Keep600", "keep_600"),
            ("office hours", "OfficeHours", "office_hours"),
            ("킥오프", "Policy", "policy"),
            (
                "600 per minute",
                "Policy600PerMinute",
                "policy600_per_minute",
            ),
            ("${x}\"'\n", "X", "x"),
            ("", "Policy", "policy"),
        ] {
            assert_eq!(identifier(name, "Policy"), camel, "{name}");
            assert_eq!(snake_identifier(name, "policy"), snake, "{name}");
        }
        let names = ["Rush", "rush", "Rush", "Rush2"].map(str::to_owned);
        assert_eq!(unique(names), ["Rush", "rush2", "Rush3", "Rush22"]);
    }

    #[test]
    fn aws_names_are_respelled() {
        for (name, snake, camel) in [
            ("MinCapacity", "min_capacity", "minCapacity"),
            ("TargetGroupARNs", "target_group_ar_ns", "targetGroupARNs"),
            (
                "VPCZoneIdentifier",
                "vpc_zone_identifier",
                "vpcZoneIdentifier",
            ),
            ("TreatMissingData", "treat_missing_data", "treatMissingData"),
        ] {
            assert_eq!((&*snake_case(name), &*camel_case(name)), (snake, camel));
        }
    }
}
