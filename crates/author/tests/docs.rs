//! `docs/content.md` lists what there is: `UPDATE_DOCS=1 cargo test -p author --test docs` writes its tables anew.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{env, fs, path::Path};

use study::{
    constant::CONSTANTS,
    measure::{MEASURES, Takes},
    unit::Unit,
};

#[test]
fn the_guide_lists_what_there_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/content.md");
    let guide = fs::read_to_string(&path).unwrap();
    let mut now = guide.clone();
    for (name, table) in [
        ("measures", measures()),
        ("constants", constants()),
        ("units", units()),
    ] {
        let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let (before, rest) = now.split_once(&start).unwrap();
        let (_, after) = rest.split_once(&end).unwrap();
        now = format!("{before}{start}{table}{end}{after}");
    }
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &now).unwrap();
        return;
    }
    assert!(
        guide == now,
        "docs/content.md is not of this code: UPDATE_DOCS=1 cargo test -p author --test docs"
    );
}

fn measures() -> String {
    let mut table = "| measure | unit |\n|---|---|\n".to_owned();
    for measure in MEASURES {
        let argument = match measure.argument() {
            Takes::Nothing => "",
            Takes::Change => "(0)",
            Takes::Time => "(20:05)",
            Takes::Place => "(/place)",
        };
        table += &format!(
            "| `{}{argument}` | `{}` |\n",
            measure.name,
            id(measure.unit)
        );
    }
    table
}

fn constants() -> String {
    let mut table = "| constant | unit | value |\n|---|---|---|\n".to_owned();
    for constant in CONSTANTS {
        table += &format!(
            "| `default.{}` | `{}` | {} |\n",
            constant.name,
            id(constant.unit),
            constant.value()
        );
    }
    table
}

fn units() -> String {
    let units = Unit::ALL.map(|unit| format!("`{}`", id(unit)));
    format!("{}.\n", units.join(", "))
}

/// Returns how content writes a unit.
fn id(unit: Unit) -> String {
    let json = serde_json::to_string(&unit).unwrap();
    json.trim_matches('"').to_owned()
}
