//! Writes the code, a function of a few bytes for each text, and the texts as a page loads them.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{LANGUAGES, agree::Text, fnv::fnv1a};

/// All texts of a language in one string, for each language: their fingerprint, then the texts, U+001F between them.
pub fn together(texts: &[Text]) -> Vec<(u32, String)> {
    let of = |number: usize| {
        let all: Vec<&str> = texts
            .iter()
            .filter_map(|text| text.forms.get(number))
            .flatten()
            .map(String::as_str)
            .collect();
        let all = all.join("\u{1f}");
        let fingerprint = fnv1a(all.as_bytes());
        (fingerprint, format!("{fingerprint}\u{1f}{all}"))
    };
    (0..LANGUAGES.len()).map(of).collect()
}

/// Writes the functions, and what [`together`] made of the texts.
pub fn generate(texts: &[Text], together: &[(u32, String)]) -> String {
    let (fingerprints, embedded): (Vec<u32>, Vec<&str>) = together
        .iter()
        .map(|(fingerprint, all)| (*fingerprint, all.as_str()))
        .unzip();
    let count = LANGUAGES.len();
    let mut code = String::new();
    let _ = writeln!(
        code,
        "/// What the texts of each language must be.\nconst FINGERPRINTS: [u32; {count}] = {fingerprints:?};\n\
         /// The texts themselves; a page loads those that it needs.\n#[cfg(not(target_arch = \"wasm32\"))]\n\
         const EMBEDDED: [&str; {count}] = {embedded:?};"
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
        "}}\n/// How many texts there are, forms counted.\n#[cfg(test)]\nconst COUNT: usize = {index};"
    );
    code.push_str(&fields(texts));
    code
}

/// The tables of fields' texts (for each `field_<name>` its name, and the numbers of its label and of `field_<name>_about`) and of
/// choices' (for each `choice_<name>` its name without underscores, and its number).
fn fields(texts: &[Text]) -> String {
    let mut numbers = BTreeMap::new();
    let mut index = 0;
    for text in texts {
        if !text.plural && text.arguments.is_empty() {
            numbers.insert(text.key.as_str(), index);
        }
        index += if text.plural { 2 } else { 1 };
    }
    let entries: Vec<String> = (numbers.iter())
        .filter_map(|(key, label)| {
            let name = key.strip_prefix("field_")?;
            let about = numbers.get(format!("{key}_about").as_str());
            Some(format!("({name:?}, {label}, {about:?}),"))
        })
        .collect();
    let choices: Vec<String> = (numbers.iter())
        .filter_map(|(key, text)| {
            let name = key.strip_prefix("choice_")?.replace('_', "");
            Some(format!("({name:?}, {text}),"))
        })
        .collect();
    format!(
        "/// Names of fields, the text of each one's label, and of its explanation; in order of the names.\n\
         pub(crate) static FIELDS: [(&str, usize, Option<usize>); {}] = [{}];\n\
         /// Names of choices, and the text of each.\n\
         pub(crate) static CHOICES: [(&str, usize); {}] = [{}];\n",
        entries.len(),
        entries.concat(),
        choices.len(),
        choices.concat()
    )
}
