//! How much of each thing is read, that more is refused in words and at once, and that recordings come through whole.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{
    document::{Scenario, Shape},
    file::{from_json, to_json},
    link, presets,
};

fn kind(text: &str) -> FileErrorKind {
    from_json(text).unwrap_err().kind
}

fn too_many(path: &str, max: u32) -> FileErrorKind {
    FileErrorKind::TooMany {
        path: path.to_owned(),
        max,
    }
}

fn too_long(path: &str) -> FileErrorKind {
    FileErrorKind::TooLong {
        path: path.to_owned(),
        max: MOST_CHARACTERS,
    }
}

fn list(entry: &str, count: u32) -> String {
    format!("[{}]", vec![entry; count as usize].join(","))
}

#[test]
fn a_list_is_read_up_to_its_most() {
    let step = |steps: &str| {
        format!(
            r#"{{"policies":[{{}},{{"StepScalingPolicyConfiguration":{{"StepAdjustments":{steps}}}}}]}}"#
        )
    };
    let dimensions = |list: &str| {
        format!(
            r#"{{"policies":[{{"Alarm":{{"MetricName":"CPUUtilization","Dimensions":{list}}}}}]}}"#
        )
    };
    let days = |list: &str| {
        format!(
            r#"{{"demand":[{{"shape":{{"office_hours":{{"days":{list},"from":"08:00","to":"17:00","rps":1,"ramp_min":5}}}}}}]}}"#
        )
    };
    let beside = |field: &'static str| move |list: &str| format!(r#"{{"{field}":{list}}}"#);
    type Write<'a> = &'a dyn Fn(&str) -> String;
    let cases: [(Write, &str, u32, &str); 7] = [
        (&beside("policies"), "{}", 50, "policies"),
        (&beside("scheduled_actions"), "{}", 200, "scheduled_actions"),
        (
            &beside("failures"),
            r#"{"at":"2026-11-28T20:00","what":{"instances":1}}"#,
            100,
            "failures",
        ),
        (&beside("demand"), "{}", 100, "demand"),
        (
            &step,
            "{}",
            20,
            "policies[1].StepScalingPolicyConfiguration.StepAdjustments",
        ),
        (&dimensions, "{}", 30, "policies[0].Alarm.Dimensions"),
        (&days, "\"mon\"", 7, "demand[0].shape.office_hours.days"),
    ];
    for (write, entry, max, path) in cases {
        let fits = from_json(&write(&list(entry, max)));
        assert!(fits.is_ok(), "{path}: {fits:?}");
        assert_eq!(kind(&write(&list(entry, max + 1))), too_many(path, max));
    }
    // What no scenario has is bounded, too, and so are lists of lists.
    assert_eq!(
        kind(&format!(r#"{{"x":{}}}"#, list("1", 201))),
        too_many("x", 200)
    );
    let lists = list(&list("1", 200), 200);
    assert_eq!(
        kind(&format!(r#"{{"demand":{lists}}}"#)),
        too_many("demand", 100)
    );
    // 300 KB of empty objects, and where the first is that is too many.
    let error = from_json(&format!("{{\n  \"demand\": {}\n}}", list("{}", 100_000))).unwrap_err();
    assert_eq!((error.line, error.column), (2, 14 + 300));
    assert_eq!(error.kind, too_many("demand", 100));
}

#[test]
fn a_text_is_read_up_to_its_most() {
    for (write, path) in [
        (r#"{"name":"@"}"#, "name"),
        (r#"{"time_zone":"@"}"#, "time_zone"),
        (
            r#"{"policies":[{"PolicyName":"@"}]}"#,
            "policies[0].PolicyName",
        ),
        (
            r#"{"scheduled_actions":[{},{"Schedule":"@"}]}"#,
            "scheduled_actions[1].Schedule",
        ),
        (
            r#"{"scheduled_actions":[{"Recurrence":"@"}]}"#,
            "scheduled_actions[0].Recurrence",
        ),
        (r#"{"demand":[{"name":"@"}]}"#, "demand[0].name"),
    ] {
        for letter in ["a", "가", "𝄞", "\\n"] {
            let text = |count: usize| write.replace('@', &letter.repeat(count));
            assert!(from_json(&text(1600)).is_ok(), "{path} {letter}");
            assert_eq!(kind(&text(1601)), too_long(path), "{letter}");
        }
    }
    // Names of fields, too.
    assert_eq!(
        kind(&format!(r#"{{"{}":1}}"#, "a".repeat(2000))),
        too_long("")
    );
}

#[test]
fn a_file_is_read_up_to_its_most() {
    let padded = |bytes: usize| format!("{{{}}}", " ".repeat(bytes - 2));
    assert!(from_json(&padded(MOST_BYTES_WITHOUT_RECORDINGS)).is_ok());
    assert_eq!(
        kind(&padded(MOST_BYTES_WITHOUT_RECORDINGS + 1)),
        FileErrorKind::TooLarge
    );
    let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
    let deep = |depth: usize| kind(&format!(r#"{{"x":{}}}"#, nested(depth)));
    let too_deep = FileErrorKind::Syntax(Syntax::TooDeep);
    assert!(matches!(deep(31), FileErrorKind::UnknownField { .. }));
    assert_eq!(deep(32), too_deep);
    assert_eq!(deep(400_000), too_deep);
    // A recording may be long; what only looks like one may not.
    let recorded = |counts: &str| {
        format!(
            r#"{{"demand":[{{"shape":{{"trace":{{"trace":{{"start":"2026-11-28T00:00","step_s":1,"counts":{counts}}},"scale":1}}}}}}]}}"#
        )
    };
    assert!(from_json(&recorded(&list("12", 600_000))).is_ok());
    let trace = "demand[0].shape.trace.trace.counts";
    for (counts, expected) in [
        (list("{}", 600_000), too_many(trace, 200)),
        (list("[]", 600_000), too_many(trace, 200)),
        (list("\"1\"", 600_000), too_many(trace, 200)),
        (
            format!("\"\\u0041{}\"", "A".repeat(2_000_000)),
            too_long(trace),
        ),
        (
            format!("[1{}", " ".repeat(1_000_000)),
            FileErrorKind::TooLarge,
        ),
    ] {
        assert_eq!(kind(&recorded(&counts)), expected, "{}", &counts[..9]);
    }
}

#[test]
fn recordings_come_through_whole() {
    for counts in ["[1,2,3]", "[ 1 ,\n2\n,\t3 ]", "[1,2,3,0]", r#""A____w""#] {
        let trace =
            format!(r#"{{ "start": "2026-11-28T00:00", "step_s": 60, "counts" : {counts} }}"#);
        let Ok(expected) = serde_json::from_str::<crate::trace::Trace>(&trace) else {
            continue;
        };
        let text = format!(
            r#"{{ "demand": [{{}}, {{ "shape": {{ "trace": {{ "trace": {trace}, "scale": 2 }} }} }}] }}"#
        );
        let scenario = from_json(&text).unwrap();
        let shape = Shape::Trace {
            trace: expected,
            scale: 2.0,
        };
        assert_eq!(scenario.demand[1].shape, shape, "{counts}");
        assert_eq!(from_json(&to_json(&scenario)), Ok(scenario));
    }
    // What is wrong behind a recording has its own line.
    let file = "{ \"demand\": [{ \"shape\": { \"trace\": { \"scale\": 1, \"trace\": { \"start\": \"2026-11-28T00:00\",\n\"step_s\": 60, \"counts\": [1,\n2,\n3] } } } }],\n";
    let syntax = from_json(&format!("{file}hours }}")).unwrap_err();
    assert!(matches!(syntax.kind, FileErrorKind::Syntax(_)));
    let field = from_json(&format!("{file}\"hour\": 1 }}")).unwrap_err();
    assert!(matches!(field.kind, FileErrorKind::UnknownField { .. }));
    assert_eq!((syntax.line, field.line), (5, 5));
}

/// Links hold no more than files.
#[test]
fn a_link_is_read_up_to_the_same() {
    use link::LinkError::{TooLong, TooMany};
    let layers = |count: u32| Scenario {
        demand: vec![crate::document::Layer::default(); count as usize].into(),
        ..Scenario::default()
    };
    let payload = |scenario: &Scenario| link::encode(scenario).unwrap();
    assert!(link::decode(&payload(&layers(100))).is_ok());
    let path = "demand".to_owned();
    assert_eq!(
        link::decode(&payload(&layers(101))),
        Err(TooMany { path, max: 100 })
    );
    let named = |count: usize| Scenario {
        name: "a".repeat(count),
        ..Scenario::default()
    };
    assert!(link::encode(&named(1600)).is_err() || link::decode(&payload(&named(1600))).is_ok());
    if let Ok(payload) = link::encode(&named(1601)) {
        let path = "name".to_owned();
        assert_eq!(link::decode(&payload), Err(TooLong { path, max: 1600 }));
    }
}

/// One that is far too long for a link is found so without packing all of it again and again.
#[test]
fn what_is_too_long_for_a_link_is_told_at_once() {
    let mut scenario = Scenario::default();
    let action = |index: usize| crate::document::ScheduledAction {
        name: format!("{index:0>256}"),
        schedule: format!("{index:0>1600}"),
        ..Default::default()
    };
    scenario.scheduled_actions = (0..200).map(action).collect();
    assert_eq!(link::encode(&scenario), Err(link::TooLong { values: 0 }));
}

/// Texts as a file never has them: signs and pieces of a scenario in any order.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => proptest::sample::select(&["{", "}", "[", "]", ",", ":", "\"", "\\", " ", "\n", "\u{feff}"][..]).prop_map(str::to_owned),
        3 => proptest::sample::select(&["\"counts\":", "\"demand\":", "\"policies\":[", "\"name\":\"", "\"days\":[", "\"hours\":1"][..]).prop_map(str::to_owned),
        1 => "[0-9.eE+-]{0,4}",
        1 => ".{0,4}",
        1 => (1usize..3000).prop_map(|count| "[".repeat(count)),
        1 => (1usize..3000).prop_map(|count| "{},".repeat(count)),
        1 => (1usize..3000).prop_map(|count| "가".repeat(count)),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn whatever_a_file_holds_it_is_read_or_refused(text in hostile()) {
        if let Ok(recordings) = recordings(&text) {
            let kept: usize = recordings.iter().map(Range::len).sum();
            prop_assert_eq!(without(&text, &recordings).len(), text.len() - kept + 3 * recordings.len());
        }
        let _ = from_json(&text);
        let _ = from_json(&format!("{{{text}"));
        let _ = from_json(&format!("{{\"demand\":[{text}"));
    }

    #[test]
    fn a_damaged_scenario_is_read_or_refused(
        preset in 0usize..8,
        at in 0usize..4000,
        piece in proptest::sample::select(&["", "\"", "[", "]", "{", "}", ":", ",", "\\", "null", "-1", "\u{1b}"][..]),
    ) {
        let presets = presets::all();
        let preset = &presets[preset % presets.len()];
        let mut text = to_json(&preset.scenario());
        if text.len() < 100_000 {
            let at = (0..=at % text.len()).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            text.insert_str(at, piece);
            let _ = from_json(&text);
        }
    }
}

/// Does something to each value of a document in turn, and gives the document to `look` each time.
fn at_each(document: &mut Value, root: &Value, pointer: &str, look: &mut dyn FnMut(&Value, &str)) {
    look(root, pointer);
    let keys: Vec<String> = match document {
        Value::Object(fields) => fields.keys().cloned().collect(),
        Value::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
        _ => Vec::new(),
    };
    for key in keys {
        let pointer = format!("{pointer}/{key}");
        let mut inside = root.pointer(&pointer).cloned().unwrap();
        at_each(&mut inside, root, &pointer, look);
    }
}

#[test]
fn the_path_to_what_is_wrong_is_the_one_that_a_tracking_parser_finds() {
    let wrong = [
        json!(null),
        json!("x"),
        json!(-1),
        json!(1.5),
        json!(true),
        json!([]),
        json!([[]]),
        json!({}),
        json!({ "unknown": [{}] }),
    ];
    let mut count = 0;
    for preset in presets::all() {
        let mut whole = serde_json::to_value(preset.scenario()).unwrap();
        let root = whole.clone();
        at_each(&mut whole, &root, "", &mut |root, pointer| {
            for value in &wrong {
                let mut changed = root.clone();
                *changed.pointer_mut(pointer).unwrap() = value.clone();
                for text in [changed.to_string(), format!("{changed:#}")] {
                    let mut json = serde_json::Deserializer::from_str(&text);
                    let Err(error) = serde_path_to_error::deserialize::<_, Scenario>(&mut json)
                    else {
                        continue;
                    };
                    // What is no JSON has a line and a column, and no path.
                    if !error.inner().is_data() {
                        continue;
                    }
                    let tracked = error.path().to_string();
                    let error = error.into_inner();
                    let found = path_at(&text, error.line(), error.column());
                    let tracked = if tracked == "." { "" } else { &tracked };
                    let kinds = [&found, tracked].map(|path| reason(&error, path).kind);
                    assert_eq!(kinds[0], kinds[1], "{pointer} is {value}: {error}");
                    count += 1;
                }
            }
        });
    }
    assert!(count > 5000, "{count}");
}
