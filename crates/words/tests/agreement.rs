//! Nouns and verbs agree with the counts before them, in English; Korean has no such forms.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

/// What is counted, one and more.
const NOUNS: [(&str, &str); 21] = [
    ("instance", "instances"),
    ("copy", "copies"),
    ("unit", "units"),
    ("request", "requests"),
    ("type", "types"),
    ("second", "seconds"),
    ("minute", "minutes"),
    ("hour", "hours"),
    ("day", "days"),
    ("period", "periods"),
    ("step", "steps"),
    ("row", "rows"),
    ("line", "lines"),
    ("field", "fields"),
    ("note", "notes"),
    ("entry", "entries"),
    ("activity", "activities"),
    ("application", "applications"),
    ("character", "characters"),
    ("time", "times"),
    ("change", "changes"),
];

/// What one does, and what more do.
const VERBS: [(&str, &str); 16] = [
    ("is", "are"),
    ("has", "have"),
    ("was", "were"),
    ("needs", "need"),
    ("waits", "wait"),
    ("fails", "fail"),
    ("costs", "cost"),
    ("answers", "answer"),
    ("expires", "expire"),
    ("launches", "launch"),
    ("comes", "come"),
    ("stands", "stand"),
    ("reads", "read"),
    ("serves", "serve"),
    ("starts", "start"),
    ("goes", "go"),
];

/// Texts without forms that say a noun after a number which is never one, and why.
const NEVER_ONE: [(&str, &str); 17] = [
    ("study_in_days", "one day is tomorrow"),
    ("warning_wakes_at_datapoints", "said from two on"),
    ("other_incidents_many", "a list that is cut at twenty"),
    ("other_backlogs_many", "a list that is cut at twenty"),
    ("replaced_again", "said from the second time on"),
    ("activity_asked_again", "said from the second time on"),
    ("failed_again", "said from the second time on"),
    ("expects_trace", "a bound of the format"),
    ("trace_span_too_long", "more than the format holds"),
    ("trace_span", "a trace has two rows at least"),
    ("trace_span_open", "a trace has two rows at least"),
    ("share_too_long", "a bound of links"),
    ("share_values_too_long", "a bound of links"),
    ("problem_too_long", "a bound of names"),
    ("problem_too_often", "a bound of schedules"),
    ("problem_instances", "more than can be simulated"),
    (
        "warning_max_concurrency",
        "more than MaxConcurrency, which is one at least",
    ),
];

/// Keys and texts.
fn texts(locale: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = locale.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let (key, text) = line.split_once(" = ")?;
        Some((key, text.trim_matches('"')))
    })
}

/// The words of a text; a placeholder is `#`.
fn words(text: &str) -> Vec<String> {
    let mut filled = String::new();
    let mut is_open = false;
    for c in text.replace("\\u00a0", " ").chars() {
        match c {
            '{' => {
                is_open = true;
                filled.push('#');
            }
            '}' => is_open = false,
            _ if is_open => {}
            c => filled.push(c),
        }
    }
    let ends = |c: char| !(c.is_alphanumeric() || c == '#');
    filled
        .split(' ')
        .map(|word| word.trim_end_matches(ends).to_owned())
        .collect()
}

/// Nouns right behind a number, and what they do: each as it stands, and whether that is of many.
fn counted(text: &str) -> Vec<(String, bool)> {
    let words = words(text);
    let mut found = Vec::new();
    for (place, _) in words.iter().enumerate().filter(|(_, word)| *word == "#") {
        let after = |places: usize| words.get(place + places).map_or("", String::as_str);
        // “{n} other times”, “{n} breaching minutes”.
        let at = if ["other", "more", "breaching"].contains(&after(1)) {
            2
        } else {
            1
        };
        let noun = NOUNS
            .iter()
            .find(|(one, many)| [*one, *many].contains(&after(at)));
        let noun = noun.map(|(one, _)| (at, after(at) != *one));
        let Some((at, is_many)) = noun else { continue };
        found.push((after(at).to_owned(), is_many));
        let verb = [at + 1, at + 3].into_iter().find_map(|at| {
            let word = after(at);
            let (one, _) = VERBS
                .iter()
                .find(|(one, many)| [*one, *many].contains(&word))?;
            Some((word.to_owned(), word != *one))
        });
        found.extend(verb);
    }
    found
}

#[test]
fn nouns_and_verbs_agree_with_their_counts() {
    let locale = include_str!("../../../locales/en.toml");
    let mut forms = 0;
    for (key, text) in texts(locale) {
        let (base, is_many) = match key.rsplit_once('.') {
            Some((base, "one")) => (base, Some(false)),
            Some((base, _)) => (base, Some(true)),
            None => (key, None),
        };
        let never_one = NEVER_ONE.iter().any(|(known, _)| *known == base);
        for (word, of_many) in counted(text) {
            match is_many {
                Some(is_many) => {
                    forms += 1;
                    assert_eq!(of_many, is_many, "{key}: “{word}” in “{text}”");
                }
                None => assert!(never_one, "{key} needs forms: “{word}” in “{text}”"),
            }
        }
    }
    assert!(forms > 80, "the locale is not read: {forms}");
}

#[test]
fn what_is_known_to_be_never_one_has_no_forms() {
    let locale = include_str!("../../../locales/en.toml");
    for (known, why) in NEVER_ONE {
        let text = texts(locale).find(|(key, _)| *key == known);
        let says_one = text.is_some_and(|(_, text)| !counted(text).is_empty());
        assert!(says_one && !why.is_empty(), "{known} need not be known");
    }
}

#[test]
fn disagreement_is_found() {
    for (text, found) in [
        (
            "{n} instances no longer answer",
            vec![("instances", true), ("answer", true)],
        ),
        (
            "{n} instance fails",
            vec![("instance", false), ("fails", false)],
        ),
        (
            "of {datapoints} breaching minutes, and",
            vec![("minutes", true)],
        ),
        ("MaxCapacity {max} would have been enough", vec![]),
    ] {
        let told = counted(text);
        let told: Vec<(&str, bool)> = told
            .iter()
            .map(|(word, many)| (word.as_str(), *many))
            .collect();
        assert_eq!(told, found, "{text}");
    }
}
