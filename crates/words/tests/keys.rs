//! Every text is said somewhere. A text that nothing asks for costs each visitor bytes, and each translator work.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{collections::BTreeSet, fs, path::Path};

use scenario::field::{Fixed, ItemId, Kind, List, Place};

/// Adds what may be a call of a text, in all Rust files below `folder`: each name behind `.` or `::`.
fn gather(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, names);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            named(&fs::read_to_string(&path).unwrap(), names);
        }
    }
}

fn named(code: &str, names: &mut BTreeSet<String>) {
    for after in code.split(['.', ':']) {
        let after = after.trim_start();
        let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        names.extend(after.get(..end.unwrap_or(after.len())).map(str::to_owned));
    }
}

/// The keys of a locale, a plural's forms as one.
fn keys(locale: &str) -> impl Iterator<Item = &str> {
    (locale.lines())
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| Some(line.split_once('=')?.0.trim()))
        .map(|key| key.split_once('.').map_or(key, |(base, _)| base))
}

/// Each kind of place that has fields.
fn places() -> impl Iterator<Item = Place> {
    let none = ItemId(0);
    let sections = Fixed::ALL.iter().copied().map(Place::Section);
    let items = List::ALL.map(|list| Place::Item(list, none));
    sections.chain(items).chain([Place::Step(none, none)])
}

#[test]
fn every_text_is_asked_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut names = BTreeSet::new();
    for folder in ["src", "crates"] {
        gather(&root.join(folder), &mut names);
    }
    // Those of fields are asked for by the names of fields, those of choices by theirs; a usual schedule's are the form's own.
    let plain = |name: &str| name.replace('_', "").to_ascii_lowercase();
    let schedules = fs::read_to_string(root.join("src/typed/usual.rs")).unwrap();
    let mut choices: BTreeSet<String> = schedules.split('"').map(plain).collect();
    for place in places() {
        for spec in place.specs() {
            names.insert(format!("field_{}", spec.text));
            names.insert(format!("field_{}_about", spec.text));
            if let Kind::Choice(of_field) = spec.kind {
                choices.extend(of_field.iter().map(|name| plain(name)));
                let own = |name: &&str| plain(&[spec.name, name].concat());
                choices.extend(of_field.iter().map(own));
            }
        }
    }
    let locale = fs::read_to_string(root.join("locales/en.toml")).unwrap();
    let is_choice = |key: &str| {
        let name = key.strip_prefix("choice_");
        name.is_some_and(|name| choices.contains(&plain(name)))
    };
    let unused: Vec<&str> = keys(&locale)
        .filter(|key| !names.contains(*key) && !is_choice(key))
        .collect();
    assert!(keys(&locale).count() > 500, "the locale is not read");
    assert!(unused.is_empty(), "nothing asks for {unused:?}");
}

#[test]
fn a_name_counts_only_where_it_could_be_a_call() {
    let mut names = BTreeSet::new();
    named(
        "words.menu(); (Words::theme_auto, words\n    .close()) // open",
        &mut names,
    );
    for (name, is_asked) in [
        ("menu", true),
        ("theme_auto", true),
        ("close", true),
        ("open", false),
    ] {
        assert_eq!(names.contains(name), is_asked, "{name}");
    }
}
