//! Writes the code: a function of a few bytes for each text, and all texts of a language put together, their fingerprint before them.

use std::fmt::Write as _;

use crate::{LANGUAGES, agree::Text, fnv::fnv1a};

/// Writes the functions, and per language all texts in one string, U+001F between them.
pub fn generate(texts: &[Text]) -> String {
    let mut code = String::new();
    let mut embedded = String::new();
    let mut fingerprints = Vec::new();
    for number in 0..LANGUAGES.len() {
        let all: Vec<&str> = texts
            .iter()
            .filter_map(|text| text.forms.get(number))
            .flatten()
            .map(String::as_str)
            .collect();
        let all = all.join("\u{1f}");
        let fingerprint = fnv1a(all.as_bytes());
        fingerprints.push(fingerprint);
        let _ = writeln!(embedded, "{:?},", format!("{fingerprint}\u{1f}{all}"));
    }
    let count = LANGUAGES.len();
    let _ = writeln!(
        code,
        "/// What the texts of each language must be.\nconst FINGERPRINTS: [u32; {count}] = {fingerprints:?};\n\
         /// The texts themselves; a page loads those that it needs.\n#[cfg(not(target_arch = \"wasm32\"))]\n\
         const EMBEDDED: [&str; {count}] = [{embedded}];"
    );
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
    let _ = writeln!(
        code,
        "}}\n/// How many texts there are, forms counted.\nconst COUNT: usize = {index};"
    );
    code
}
