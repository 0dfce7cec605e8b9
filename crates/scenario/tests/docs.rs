//! The documentation of the scenario against the code: the schema is generated, the examples are read.

#![allow(
    clippy::indexing_slicing,
    reason = "a test stops where the schema is not as it should be"
)]

use scenario::{
    compile::compile,
    document::{Retries, Scenario},
    field::{Field, Fixed, Kind, Place, Spec, Value},
    file, limits, presets,
};

const SCHEMA: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../docs/scenario.schema.json"
);
const GUIDE_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/scenario.md");
const GUIDE: &str = include_str!("../../../docs/scenario.md");

/// The schema is made from the document's types. With `UPDATE_SCHEMA=1` in the environment this writes it anew.
#[test]
fn the_schema_is_the_code_s() {
    let schema = schemars::generate::SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Scenario>();
    let mut schema = serde_json::to_value(schema).unwrap();
    without_null(&mut schema);
    // What a file may leave out is what the default scenario has.
    schema["default"] = serde_json::to_value(Scenario::default()).unwrap();
    let made = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(SCHEMA, &made).unwrap();
    }
    let written = std::fs::read_to_string(SCHEMA).unwrap();
    assert_eq!(
        written, made,
        "run `UPDATE_SCHEMA=1 cargo test -p scenario --test docs`"
    );
}

/// A field that may be absent has no default: absent, it says what its description says.
fn without_null(schema: &mut serde_json::Value) {
    match schema {
        serde_json::Value::Object(map) => {
            map.retain(|name, value| name != "default" || !value.is_null());
            map.values_mut().for_each(without_null);
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(without_null),
        _ => {}
    }
}

#[test]
fn every_example_of_the_guide_is_a_scenario() {
    let examples: Vec<&str> = (GUIDE.split("```json\n").skip(1))
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    assert!(examples.len() >= 3);
    for example in examples {
        let scenario =
            file::from_json(example).unwrap_or_else(|error| panic!("{error:?}{example}"));
        compile(&scenario).unwrap_or_else(|problems| panic!("{problems:?}{example}"));
    }
}

/// Every field of a section has a line in the guide, and every default there is the code's. With `UPDATE_SCHEMA=1` in the
/// environment a field that has none gets one, of its declaration, behind the field before it.
#[test]
fn the_guide_names_every_field_with_its_default() {
    let is_renewed = std::env::var_os("UPDATE_SCHEMA").is_some();
    let mut guide = std::fs::read_to_string(GUIDE_FILE).unwrap();
    let mut count = 0;
    for section in Fixed::ALL {
        let place = Place::Section(*section);
        let mut before = String::new();
        for spec in place.specs() {
            let field = place.field(spec.name);
            let Some(default) = default_of(field, spec) else {
                continue;
            };
            let start = format!("| `{field}` |");
            if is_renewed && !guide.contains(&start) {
                let row = guide.lines().find(|line| line.starts_with(&before));
                let row = row
                    .unwrap_or_else(|| panic!("`{field}` has no table"))
                    .to_owned();
                let new = format!("{row}\n{start} {default} | {} |", said(spec));
                guide = guide.replacen(&row, &new, 1);
            }
            let row = guide.lines().find(|line| line.starts_with(&start));
            let row = row.unwrap_or_else(|| {
                panic!("`{field}` is not in the guide: run `UPDATE_SCHEMA=1 cargo test -p scenario --test docs`")
            });
            let shown = row.split('|').nth(2).unwrap().trim();
            assert_eq!(
                shown.replace(['`', '"'], ""),
                default.replace(['`', '"'], ""),
                "{field}"
            );
            before = start;
            count += 1;
        }
    }
    assert!(count > 75, "{count}");
    if is_renewed {
        std::fs::write(GUIDE_FILE, guide).unwrap();
    }
}

/// A field's default as the guide has it; `None` for what has no line of its own: parts with fields, and what belongs to a part
/// that is absent. Those of retries are what is usual once clients retry.
fn default_of(field: Field, spec: &Spec) -> Option<String> {
    let absent = || "absent".to_owned();
    if spec.kind == Kind::Part {
        return spec.is_optional.then(absent);
    }
    if let Place::Section(Fixed::WarmPool | Fixed::CreditSpecification) = field.place {
        return None;
    }
    let scenario = Scenario {
        retries: Some(Retries::default()),
        ..Scenario::default()
    };
    Some(match field.read(&scenario)? {
        Value::Absent => absent(),
        Value::Number(number) => number.to_string(),
        Value::Whole(number) => number.to_string(),
        Value::Seed(number) => number.to_string(),
        Value::Switch(is) => is.to_string(),
        Value::Choice(name) => format!("`{name}`"),
        Value::Text(text) if text.is_empty() => "`\"\"`".to_owned(),
        Value::Text(text) => format!("`{text}`"),
        Value::Date(day) => format!("`{day}`"),
        other => format!("{other:?}"),
    })
}

/// What a declaration says of a field, and its range.
fn said(spec: &Spec) -> String {
    let doc: Vec<&str> = spec.doc.lines().map(str::trim).collect();
    let doc = doc.join(" ");
    match spec.range {
        Some((least, most)) if spec.kind != Kind::Text => {
            format!("{}, {least} to {most}.", doc.trim_end_matches('.'))
        }
        _ => doc,
    }
}

/// The table of what is bounded says what the reader holds to.
#[test]
fn the_guide_says_how_much_there_may_be() {
    let row = |start: &str| {
        let found = GUIDE.lines().find(|line| line.starts_with(start));
        found.unwrap_or_else(|| panic!("{start}")).replace(',', "")
    };
    for (list, max) in limits::LISTS {
        assert_eq!(
            row(&format!("| `{list}` | {max} e")),
            format!("| `{list}` | {max} entries |")
        );
    }
    for (start, number) in [
        ("| A file |", limits::MOST_BYTES >> 20),
        ("| A file |", limits::MOST_BYTES_WITHOUT_RECORDINGS),
        ("| A text |", limits::MOST_CHARACTERS as usize),
        ("| Any other list |", limits::MOST_ENTRIES as usize),
        ("| Lists and objects", limits::DEEPEST),
        ("| `counts` |", scenario::trace::MOST_STEPS),
        ("| A link |", scenario::link::MOST_CHARACTERS),
    ] {
        let row = row(start);
        assert!(row.contains(&number.to_string()), "{row}: {number}");
    }
}

/// Fields within lists stand in the text.
#[test]
fn the_guide_names_the_fields_of_lists() {
    let schema = std::fs::read_to_string(SCHEMA).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let mut names = Vec::new();
    for definition in schema["$defs"].as_object().unwrap().values() {
        properties(definition, &mut names);
    }
    assert!(names.len() > 60, "{names:?}");
    for name in names {
        let (alone, last) = (format!("`{name}`"), format!(".{name}`"));
        let (key, value) = (format!("\"{name}\""), format!("`{name}:"));
        assert!(
            [alone, last, key, value]
                .iter()
                .any(|form| GUIDE.contains(form)),
            "`{name}` is not in the guide"
        );
    }
}

/// Names of all properties, however deep.
fn properties(schema: &serde_json::Value, names: &mut Vec<String>) {
    if let Some(properties) = schema["properties"].as_object() {
        names.extend(properties.keys().cloned());
    }
    match schema {
        serde_json::Value::Object(map) => map.values().for_each(|inner| properties(inner, names)),
        serde_json::Value::Array(list) => list.iter().for_each(|inner| properties(inner, names)),
        _ => {}
    }
}

/// Presets are documents that the schema's required fields and names allow: they are read back as they were written.
#[test]
fn presets_are_written_and_read_back() {
    for preset in presets::all() {
        let scenario = preset.scenario();
        assert_eq!(
            file::from_json(&file::to_json(&scenario)).unwrap(),
            scenario,
            "{}",
            preset.id
        );
    }
}
