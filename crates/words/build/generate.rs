//! Writes the code: one string of all texts per language, and a function of a few bytes for each text.

use std::fmt::Write as _;

use crate::{LANGUAGES, agree::Text};

/// Writes the functions, and per language one string of all texts with the places where each begins.
pub fn generate(texts: &[Text]) -> Result<String, String> {
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
