//! Reads a locale: flat `key = "text with {placeholders}"`, comments, blank lines.

use std::collections::BTreeMap;

/// One line of a locale.
pub struct Entry {
    pub line: usize,
    pub text: String,
}

/// A locale: its file's name for messages, its keys in order, its texts by key.
pub struct Locale {
    pub name: String,
    pub order: Vec<String>,
    pub entries: BTreeMap<String, Entry>,
}

/// Reads one locale.
pub fn parse(name: &str, source: &str, problems: &mut Vec<String>) -> Locale {
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
