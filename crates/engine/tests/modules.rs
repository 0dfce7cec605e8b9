//! The engine's modules use each other one way: no two of the topmost ones need each other, nor do several in a circle.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The topmost modules, and those that each uses.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// Adds what a file, or each file of a folder, of a topmost module uses.
fn add(uses: &mut Uses, module: &str, path: &Path) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            add(uses, module, &entry.unwrap().path());
        }
        return;
    }
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().take_while(|line| *line != "#[cfg(test)]");
    let code: String = lines.map(|line| line.split("//").next().unwrap()).collect();
    let used = uses.entry(module.to_owned()).or_default();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            None => used.extend(first_name(after)),
            Some(list) => used.extend(names_of_list(list)),
        }
    }
}

fn first_name(code: &str) -> Option<String> {
    let name: String = code
        .trim_start()
        .chars()
        .take_while(|it| it.is_alphanumeric() || *it == '_')
        .collect();
    (!name.is_empty()).then_some(name)
}

/// The first name of each item of a list, up to the brace that ends it.
fn names_of_list(list: &str) -> Vec<String> {
    let (mut depth, mut item, mut names) = (0, String::new(), Vec::new());
    for character in list.chars() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.extend(first_name(&std::mem::take(&mut item))),
            _ => item.push(character),
        }
    }
    names.extend(first_name(&item));
    names
}

fn uses() -> Uses {
    let mut uses = Uses::new();
    for entry in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if module != "lib" {
            add(&mut uses, &module, &path);
        }
    }
    uses
}

#[test]
fn no_modules_use_each_other_in_a_circle() {
    let mut uses = uses();
    assert!(uses["simulate"].contains("scaling") && uses["cloudwatch"].contains("run"));
    // What needs no other module that is left is taken away, until nothing is.
    loop {
        let is_left = |name: &String| uses.contains_key(name);
        let needs_none = |(module, used): (&String, &BTreeSet<String>)| {
            let mut others = used.iter().filter(|name| *name != module);
            (!others.any(is_left)).then(|| module.clone())
        };
        let Some(free) = uses.iter().find_map(needs_none) else {
            break;
        };
        uses.remove(&free);
    }
    assert!(uses.is_empty(), "{uses:#?}");
}
