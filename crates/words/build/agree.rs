//! Matches the languages with each other: same keys, same placeholders. Every disagreement is found at once.

use crate::locale::{Entry, Locale};

/// More would make calls unreadable; it also keeps the marks of arguments clear of `\t` and `\n`.
const MOST_ARGUMENTS: usize = 5;

/// One generated function.
pub struct Text {
    pub key: String,
    pub plural: bool,
    pub arguments: Vec<String>,
    /// Texts by language and form; the form `one` first where there is one.
    pub forms: Vec<Vec<String>>,
}

/// Matches the languages with each other, and finds every disagreement.
pub fn agree(locales: &[Locale], problems: &mut Vec<String>) -> Vec<Text> {
    let Some((first, rest)) = locales.split_first() else {
        return Vec::new();
    };
    let mut texts = Vec::new();
    for key in &first.order {
        let base = match key.rsplit_once('.') {
            Some((_, "one")) => continue,
            Some((base, _)) => base,
            None => key,
        };
        let plural = base != key;
        let arguments = first
            .entries
            .get(key)
            .map_or_else(Vec::new, |entry| placeholders(&entry.text));
        if arguments.len() > MOST_ARGUMENTS {
            problems.push(format!(
                "{}: `{key}` has more than {MOST_ARGUMENTS} placeholders",
                first.name
            ));
        }
        let one = format!("{base}.one");
        let mut forms = Vec::new();
        for locale in locales {
            let mut texts = Vec::new();
            if plural {
                texts.push(form(locale, &one, &arguments, false, problems));
            }
            texts.push(form(locale, key, &arguments, true, problems));
            forms.push(texts);
        }
        if plural && !first.entries.contains_key(&one) {
            problems.push(format!("{}: `{key}` lacks `{one}`", first.name));
        }
        texts.push(Text {
            key: base.to_owned(),
            plural,
            arguments,
            forms,
        });
    }
    for locale in rest {
        for key in locale
            .order
            .iter()
            .filter(|key| !first.entries.contains_key(*key))
        {
            let line = locale.entries.get(key).map_or(0, |entry| entry.line);
            problems.push(format!(
                "{}:{line}: `{key}` is not in {}",
                locale.name, first.name
            ));
        }
    }
    texts
}

/// A text with its placeholders replaced by marks: `\u{1}` for the first argument, `\u{2}` for the second, …
fn form(
    locale: &Locale,
    key: &str,
    arguments: &[String],
    required: bool,
    problems: &mut Vec<String>,
) -> String {
    let Some(Entry { line, text }) = locale.entries.get(key) else {
        if required {
            problems.push(format!("{}: `{key}` is missing", locale.name));
        }
        return String::new();
    };
    let at = format!("{}:{line}: `{key}`", locale.name);
    let mut found = placeholders(text);
    let mut marked = text.clone();
    for (mark, name) in ('\u{1}'..).zip(arguments) {
        marked = marked.replace(&format!("{{{name}}}"), &mark.to_string());
    }
    if marked.contains(['{', '}']) {
        problems.push(format!(
            "{at}: a brace is left over; its placeholders are {arguments:?}"
        ));
    }
    if text.trim() != text || text.is_empty() {
        problems.push(format!("{at}: the text is empty or has a blank at an end"));
    }
    let mut wanted = arguments.to_vec();
    found.sort();
    wanted.sort();
    if required && found != wanted {
        problems.push(format!(
            "{at}: its placeholders are {found:?}, but should be {wanted:?}"
        ));
    }
    marked
}

/// Names in braces, in order of first appearance.
fn placeholders(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in text.split('{').skip(1) {
        if let Some((name, _)) = piece.split_once('}')
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names
}
