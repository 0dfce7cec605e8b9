#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
//! Templates and the CDK's sources: kept beside the tests (`UPDATE_SNAPSHOTS=1 cargo test -p aws` writes them anew; look at the
//! difference before it goes in), and what holds whatever is typed.

use std::{env, fs, path::Path};

use aws::{Deployment, EXPORT_FORMATS, ExportFormat, Remark, Remarks, export};
use proptest::prelude::*;
use scenario::{
    compile::compile,
    document::{Dimension, Scenario},
    field::Items,
    file, link, presets,
};
use serde_json::Value;

/// Remarks without a language.
struct Short;

impl Remarks for Short {
    fn remark(&self, remark: &Remark) -> String {
        match remark {
            Remark::Field { origin, .. } => format!("{origin:?}"),
            other => format!("{other:?}"),
        }
    }

    fn head(&self, deployment: &Deployment) -> Vec<String> {
        vec![deployment.title.clone()]
    }
}

/// The formats that this file is about.
const TEMPLATES: [&str; 5] = [
    "cloudformation-yaml",
    "cloudformation-json",
    "terraform",
    "cdk-typescript",
    "cdk-python",
];

fn templates() -> impl Iterator<Item = &'static dyn ExportFormat> {
    TEMPLATES.iter().map(|id| export::find(id).unwrap())
}

fn deployment(scenario: &Scenario) -> Deployment {
    let compiled = compile(scenario).unwrap();
    let link = link::encode(scenario).unwrap();
    Deployment::of(scenario, &compiled, "Two lines\nof a title", &link)
}

/// A scenario of `tests/data/scenarios`: `target` of an endpoint, `group` of an Auto Scaling group, each with all that it can have.
fn data(name: &str) -> Scenario {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/scenarios/{name}.json"));
    file::from_json(&fs::read_to_string(path).unwrap()).unwrap()
}

fn all_scenarios() -> Vec<Scenario> {
    let shipped = presets::all().iter().map(|preset| preset.scenario());
    shipped.chain([data("target"), data("group")]).collect()
}

#[test]
fn exports_are_as_kept() {
    let component = presets::find("office_assistant").unwrap().scenario();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports");
    let cases = [
        ("target", data("target")),
        ("group", data("group")),
        ("component", component),
    ];
    for (name, scenario) in cases {
        let deployment = deployment(&scenario);
        for format in templates() {
            let text = format.write(&deployment, &Short);
            let path = kept.join(name).join(format.file_name());
            if env::var_os("UPDATE_SNAPSHOTS").is_some() {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, text).unwrap();
                continue;
            }
            let before = fs::read_to_string(&path).unwrap_or_default();
            assert!(
                before == text,
                "{} has changed; if meant so, run again with UPDATE_SNAPSHOTS=1:\n{text}",
                path.display()
            );
        }
    }
}

#[test]
fn terraform_has_the_providers_arguments() {
    let arguments: Value =
        serde_json::from_str(include_str!("data/terraform_arguments.json")).unwrap();
    let terraform = export::find("terraform").unwrap();
    let mut checked = 0;
    for scenario in all_scenarios() {
        let text = terraform.write(&deployment(&scenario), &Short);
        // What is known at each level of blocks; nothing of what Terraform itself or a map has.
        let mut levels: Vec<Option<&Value>> = Vec::new();
        for line in text.lines().map(str::trim) {
            let mut words = line.split_whitespace();
            let name = words.next().unwrap_or_default();
            let known = levels.last().copied().flatten();
            if line == "}" {
                levels.pop();
            } else if line.ends_with('{') {
                levels.push(match name {
                    "resource" => {
                        let kind = words.next().unwrap().trim_matches('"');
                        Some(&arguments["resources"][kind])
                    }
                    "variable" | "lifecycle" => None,
                    _ if line.ends_with("= {") => None,
                    name => known.map(|known| &known[name]["block"]),
                });
                assert!(levels.last() != Some(&Some(&Value::Null)), "{line}\n{text}");
            } else if let Some(known) = known
                && !name.starts_with('#')
                && !name.is_empty()
            {
                assert!(known[name].is_object(), "{line}\n{text}");
                checked += 1;
            }
        }
        assert!(levels.is_empty(), "{text}");
    }
    assert!(checked > 300, "{checked}");
}

#[test]
fn every_template_has_its_link_and_what_to_fill_in() {
    for scenario in all_scenarios() {
        let open = deployment(&scenario);
        let link = link::encode(&scenario).unwrap();
        for format in templates() {
            let text = format.write(&open, &Short);
            assert_eq!(text.matches(&*link).count(), 1, "{text}");
            assert!(text.contains("FillIn"), "{text}");
            assert!(text.ends_with('\n') && !text.contains("\n\n\n\n"), "{text}");
            let parameters = format.parameters(&open);
            let mut filled = open.clone();
            filled.given = (parameters.iter())
                .map(|it| (*it, it.example().to_owned()))
                .collect();
            let filled = format.write(&filled, &Short);
            assert!(!filled.contains("FillIn"), "{filled}");
            for parameter in parameters {
                let quoted = |value: &str| format!("\"{}\"", value.split(',').next().unwrap());
                let (before, after) = (parameter.placeholder(), parameter.example());
                // CloudFormation's own lists are one text.
                let is_list = after.contains(',') && filled.contains(after);
                assert!(text.contains(&quoted(before)), "{text}");
                assert!(is_list || filled.contains(&quoted(after)), "{filled}");
            }
        }
    }
}

/// Returns a text without what stands between quotation marks or behind a comment's beginning.
fn skeleton(text: &str) -> String {
    let mut skeleton = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        skeleton.push(letter);
        if matches!(letter, '"' | '`') {
            while let Some(inside) = letters.next() {
                match inside {
                    '\\' => {
                        letters.next();
                    }
                    '\n' => skeleton.push_str("BROKEN"),
                    _ if inside == letter => break,
                    _ => {}
                }
            }
        }
    }
    skeleton
}

/// Returns a scenario whose policies, actions and dimensions are called so; `rush` goes before, so that identifiers stay.
fn called(name: &str, scenario: &Scenario) -> Scenario {
    let mut called = scenario.clone();
    let step = scenario.policies.iter().find(|it| it.alarm.is_some());
    let mut step = step.unwrap().clone();
    step.policy_name = format!("rush{name}");
    if let Some(alarm) = &mut step.alarm {
        alarm.dimensions = vec![Dimension {
            name: name.to_owned(),
            value: name.to_owned(),
        }];
    }
    called.policies = Items::default();
    called.policies.push(step);
    let action = scenario.scheduled_actions.iter().next().unwrap();
    called.scheduled_actions = Items::default();
    let mut action = action.clone();
    // AWS refuses others, and so does a scenario.
    let fits = |letter: &char| !letter.is_control() && !":/|\u{2028}\u{2029}".contains(*letter);
    action.name = format!("rush{}", name.chars().filter(fits).collect::<String>());
    called.scheduled_actions.push(action);
    called
}

/// Holds that a name changes nothing of an export but the name.
fn breaks_out_of_nothing(name: &str) {
    for scenario in [data("target"), data("group")] {
        let (plain, typed) = (called("-", &scenario), called(name, &scenario));
        let Ok(compiled) = compile(&typed) else {
            // A name that no scenario may have.
            continue;
        };
        let typed = Deployment::of(&typed, &compiled, name, "");
        let compiled = compile(&plain).unwrap();
        let plain = Deployment::of(&plain, &compiled, "-", "");
        for format in templates() {
            let written = |deployment| code(&format.write(deployment, &Short));
            let (typed, plain) = (written(&typed), written(&plain));
            assert!(!skeleton(&typed).contains("BROKEN"), "{typed}");
            let (is_terraform, is_cdk) = match format.id() {
                "terraform" => (true, false),
                id => (false, id.starts_with("cdk")),
            };
            // In a formatted text of Python's two braces are one.
            let said = |line: &str| match line.contains("=f\"") {
                true => line.replace("{{", "{"),
                false => line.to_owned(),
            };
            let is_resolved = typed.lines().any(|it| said(it).contains("{{resolve:"));
            assert!(is_terraform || !is_resolved, "{typed}");
            let is_token = typed.contains("${Token[") || typed.contains("#{Token[");
            assert!(!is_cdk || !is_token, "{typed}");
            // A remark says that a text was taken apart, and the CDK joins such texts by a function.
            let is_joined = is_cdk && name.contains("{Token[");
            if !is_joined && !name.contains("resolve:") {
                assert_eq!(skeleton(&typed), skeleton(&plain), "{name:?}");
            }
        }
    }
}

/// Returns a text without its lines that are comments, of which a title may be one, and with all identifiers made of `rush…` the
/// same.
fn code(text: &str) -> String {
    let mut code = String::new();
    for line in text.split('\n') {
        if line.trim_start().starts_with(['#', '/']) {
            continue;
        }
        let is_of_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        for piece in line.split_inclusive(|letter| !is_of_word(letter)) {
            let word = piece.trim_end_matches(|letter| !is_of_word(letter));
            let is_made = word.to_ascii_lowercase().starts_with("rush");
            code.push_str(if is_made { "rush" } else { word });
            code.push_str(piece.strip_prefix(word).unwrap_or_default());
        }
        code.push('\n');
    }
    code
}

#[test]
fn a_typed_name_stays_within_its_quotation_marks() {
    for name in [
        "'\"\\`",
        "\\",
        "${EndpointName}",
        "%{ if true }x%{ endif }",
        "{{resolve:ssm:/x:1}}",
        "${Token[TOKEN.1]} #{Token[TOKEN.2]}",
        "\n- a: b\r\u{85}\u{2028}\u{2029}c",
        "킥오프 🚀",
        "*/ // # --",
        "$${x} $$${y} %%{z}",
        "\"\"\" '''{x}{{y}}",
        "!Ref X: - y",
        "\0\u{8}\u{c}\u{7f}\u{feff}\u{202e}",
        "__proto__",
    ] {
        breaks_out_of_nothing(name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_name_breaks_out(name in "[\"'`\\\\${}%#\\[\\]\n\r\t :\u{2028}!&*<>|@가🚀-]{1,24}") {
        breaks_out_of_nothing(&name);
    }
}

#[test]
fn what_is_typed_comes_out_of_json_as_it_went_in() {
    let json = export::find("cloudformation-json").unwrap();
    for (name, is_apart) in [
        ("킥오프 \"\\ ${x}", false),
        ("-{{resolve:ssm:/x:1}}", true),
        ("-{ {resolve:ssm:/x:1}}", true),
    ] {
        let scenario = called(name, &data("target"));
        let text = json.write(&deployment(&scenario), &Short);
        let template: Value = serde_json::from_str(&text).unwrap();
        let resources = template["Resources"].as_object().unwrap();
        let policies = resources
            .values()
            .filter_map(|it| it["Properties"]["PolicyName"].as_str());
        let written: Vec<&str> = policies.collect();
        let typed = format!("rush{name}");
        assert_eq!(written.len(), 1, "{text}");
        assert_eq!(written[0] != typed, is_apart, "{text}");
        assert_eq!(export::together(written[0]), typed);
    }
}

#[test]
fn what_terraform_does_not_send_is_said() {
    let terraform = export::find("terraform").unwrap();
    for (warm_up, cooldown, expected) in [
        (Some(0), 0, vec!["# ZeroIsNotSent", "# ZeroIsSentLater"]),
        (Some(1), 0, vec!["# ZeroIsSentLater"]),
        (None, 300, vec![]),
    ] {
        let mut scenario = data("group");
        scenario.auto_scaling_group.default_instance_warmup = warm_up;
        scenario.auto_scaling_group.default_cooldown = cooldown;
        let text = terraform.write(&deployment(&scenario), &Short);
        let lines = text.lines().map(str::trim);
        let mut said: Vec<&str> = lines.filter(|it| it.starts_with("# Zero")).collect();
        said.sort_unstable();
        assert_eq!(said, expected, "{text}");
    }
}

#[test]
fn a_magnitude_of_nothing_is_said_nowhere() {
    let mut scenario = data("group");
    for policy in scenario.policies.iter_mut() {
        if let Some(steps) = &mut policy.step_scaling {
            steps.min_adjustment_magnitude = Some(0);
        }
        if let Some(simple) = &mut policy.simple_scaling {
            simple.min_adjustment_magnitude = Some(0);
        }
    }
    for format in EXPORT_FORMATS {
        let text = format.write(&deployment(&scenario), &Short);
        let text = text.to_lowercase().replace('_', "");
        assert!(!text.contains("minadjustmentmagnitude"), "{}", format.id());
    }
}

/// A format is a file that one reads at a sitting, called as its id, and its line in the list.
#[test]
fn a_format_is_a_file_and_a_line() {
    const MOST_LINES: usize = 250;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/export");
    let list = fs::read_to_string(folder.join("mod.rs")).unwrap();
    for format in EXPORT_FORMATS {
        let module = format.id().replace('-', "_");
        let text = fs::read_to_string(folder.join(format!("{module}.rs"))).unwrap();
        let lines = text.lines().count();
        assert!(lines <= MOST_LINES, "{module}: {lines}");
        let registered = list.matches(&format!("&{module}::")).count();
        assert_eq!(registered, 1, "{module}");
    }
}

#[test]
fn every_format_has_an_id_of_its_own() {
    let mut ids: Vec<&str> = EXPORT_FORMATS.iter().map(|it| it.id()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}
