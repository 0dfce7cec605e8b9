//! Turns `locales/*.toml` into one function per text, so that a missing key or argument is a compile error.
//!
//! A locale is flat: `key = "text with {placeholders}"`, comments, blank lines. A text that depends on a count has the
//! forms `key.one` and `key.other`; a language without plurals writes `key.other` alone. It knows no words of its own.

use std::{
    collections::BTreeMap,
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Languages in the order of `Lang`; the first says which keys exist and in which order arguments come.
const LANGUAGES: [&str; 2] = ["en", "ko"];
/// More would make calls unreadable; it also keeps the marks of arguments clear of `\t` and `\n`.
const MOST_ARGUMENTS: usize = 5;

/// One line of a locale.
struct Entry {
    line: usize,
    text: String,
}

/// A locale: its file's name for messages, its keys in order, its texts by key.
struct Locale {
    name: String,
    order: Vec<String>,
    entries: BTreeMap<String, Entry>,
}

/// One generated function.
struct Text {
    key: String,
    plural: bool,
    arguments: Vec<String>,
    /// Texts by language and form; the form `one` first where there is one.
    forms: Vec<Vec<String>>,
}

fn main() -> ExitCode {
    let root: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "..", "locales"]
        .iter()
        .collect();
    println!("cargo::rerun-if-changed={}", root.display());
    match build(&root) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            for problem in problems {
                eprintln!("{problem}");
            }
            ExitCode::FAILURE
        }
    }
}

fn build(root: &Path) -> Result<(), Vec<String>> {
    let mut problems = Vec::new();
    let mut locales = Vec::new();
    for language in LANGUAGES {
        let path = root.join(format!("{language}.toml"));
        let source = fs::read_to_string(&path)
            .map_err(|error| vec![format!("{}: {error}", path.display())])?;
        locales.push(parse(
            &format!("locales/{language}.toml"),
            &source,
            &mut problems,
        ));
    }
    let texts = agree(&locales, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let code = generate(&texts).map_err(|error| vec![error])?;
    let out = env::var("OUT_DIR").map_err(|error| vec![error.to_string()])?;
    fs::write(Path::new(&out).join("texts.rs"), code).map_err(|error| vec![error.to_string()])
}

/// Reads one locale.
fn parse(name: &str, source: &str, problems: &mut Vec<String>) -> Locale {
    let mut locale = Locale {
        name: name.to_owned(),
        order: Vec::new(),
        entries: BTreeMap::new(),
    };
    for (line, content) in (1..).zip(source.lines()) {
        let content = content.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        match parse_line(content) {
            Ok((key, text)) => {
                if locale
                    .entries
                    .insert(key.clone(), Entry { line, text })
                    .is_some()
                {
                    problems.push(format!("{name}:{line}: `{key}` stands here a second time"));
                }
                locale.order.push(key);
            }
            Err(problem) => problems.push(format!("{name}:{line}: {problem}")),
        }
    }
    locale
}

/// Reads `key = "text"`, with `\"`, `\\`, `\n` and `\u00a0` in the text.
fn parse_line(content: &str) -> Result<(String, String), String> {
    let (key, quoted) = content.split_once('=').ok_or("expected `key = \"text\"`")?;
    let key = key.trim();
    let base = key
        .strip_suffix(".one")
        .or_else(|| key.strip_suffix(".other"))
        .unwrap_or(key);
    if !base.starts_with(|c: char| c.is_ascii_lowercase())
        || !base
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    {
        return Err(format!(
            "`{key}` is no key: lower case letters, digits and `_`, then perhaps `.one` or `.other`"
        ));
    }
    let quoted = quoted.trim();
    let inner = quoted
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .ok_or_else(|| {
            format!("the text of `{key}` must stand in double quotes, nothing after them")
        })?;
    let mut text = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        text.push(match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n') => '\n',
                Some('u') => {
                    unicode(&chars.by_ref().take(4).collect::<String>()).ok_or_else(|| {
                        format!("`{key}`: \\u needs the four hexadecimal digits of a character")
                    })?
                }
                Some(escaped @ ('"' | '\\')) => escaped,
                _ => {
                    return Err(format!(
                        "`{key}`: only \\\", \\\\, \\n and \\uXXXX can be escaped"
                    ));
                }
            },
            ('"', _) => {
                return Err(format!(
                    "`{key}`: a double quote inside the text needs a backslash"
                ));
            }
            _ => c,
        });
    }
    Ok((key.to_owned(), text))
}

fn unicode(digits: &str) -> Option<char> {
    u32::from_str_radix(digits, 16)
        .ok()
        .and_then(char::from_u32)
}

/// Matches the languages with each other, and finds every disagreement.
fn agree(locales: &[Locale], problems: &mut Vec<String>) -> Vec<Text> {
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

/// Writes the functions, and per language one string of all texts with the places where each begins.
fn generate(texts: &[Text]) -> Result<String, String> {
    let mut code = String::new();
    for (number, language) in LANGUAGES.iter().enumerate() {
        let (mut all, mut starts) = (String::new(), vec![0]);
        for text in texts
            .iter()
            .filter_map(|text| text.forms.get(number))
            .flatten()
        {
            all.push_str(text);
            starts.push(
                u16::try_from(all.len())
                    .map_err(|_| format!("{language}: more than 64 KiB of text"))?,
            );
        }
        let name = language.to_uppercase();
        let _ = writeln!(
            code,
            "static {name}: Table = Table {{ all: {all:?}, starts: &{starts:?} }};"
        );
    }
    code.push_str("impl Words {\n");
    let mut index = 0;
    for Text {
        key,
        plural,
        arguments,
        forms,
    } in texts
    {
        let english = forms
            .first()
            .and_then(|texts| texts.last())
            .map_or("", String::as_str);
        let mut doc = english.replace('`', "'");
        for (mark, name) in ('\u{1}'..).zip(arguments) {
            doc = doc.replace(mark, &format!("{{{name}}}"));
        }
        let count = if *plural { ", count: u64" } else { "" };
        let typed: String = arguments
            .iter()
            .map(|name| format!(", {name}: &str"))
            .collect();
        let (result, body) = match (plural, arguments.is_empty()) {
            (false, true) => ("&'static str", format!("self.text({index})")),
            (true, true) => (
                "&'static str",
                format!("self.text(self.plural({index}, count))"),
            ),
            (false, false) => (
                "String",
                format!("self.fill({index}, &[{}])", arguments.join(", ")),
            ),
            (true, false) => (
                "String",
                format!(
                    "self.fill(self.plural({index}, count), &[{}])",
                    arguments.join(", ")
                ),
            ),
        };
        let _ = writeln!(
            code,
            "#[doc = {:?}]\n#[must_use]\npub fn {key}(self{count}{typed}) -> {result} {{ {body} }}",
            format!("`{doc}`")
        );
        index += if *plural { 2 } else { 1 };
    }
    code.push_str("}\n");
    Ok(code)
}
