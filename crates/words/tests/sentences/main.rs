//! Every sentence there is, in both languages: what the numbers say, and that nothing is left half said.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod activities;
mod causes;
mod exports;
mod failures;
mod forecasts;
mod imports;
mod problems;
mod schedules;
mod traces;
mod verdicts;

use scenario::{
    compile::{Compiled, compile},
    document::{Scenario, ScheduledAction},
};
use words::{Lang, Words};

const EN: Words = Words {
    lang: Lang::En,
    format: words::NumberFormat::of(Lang::En),
};
const KO: Words = Words {
    lang: Lang::Ko,
    format: words::NumberFormat::of(Lang::Ko),
};

/// The default scenario (Saturday 28 November 2026, an event “kick-off” at 20:00) with a scheduled action.
fn scene() -> (Scenario, Compiled) {
    let mut scenario = Scenario::default();
    scenario.scheduled_actions.push(ScheduledAction {
        name: "doors".to_owned(),
        ..ScheduledAction::default()
    });
    let compiled = compile(&Scenario::default()).unwrap();
    (scenario, compiled)
}

fn at_s(hour: u32, minute: u32) -> f64 {
    f64::from(hour * 3600 + minute * 60)
}

/// A whole sentence: nothing to fill in is left, no particle is left open, and it ends.
fn is_whole(text: &str) {
    let marks = |c: char| c == '{' || c == '}' || (c < ' ' && c != '\n');
    assert!(
        !text.contains(marks)
            && !text.contains("  ")
            && !text.contains("(으)")
            && !text.contains("NaN"),
        "{text:?}"
    );
    assert!(text.ends_with(['.', '…']), "{text:?}");
}

#[test]
fn every_explanation_is_whole() {
    for words in [EN, KO] {
        for preset in scenario::presets::all() {
            assert!(!words.preset_name(preset.id).is_empty(), "{}", preset.id);
            assert_eq!(
                words.preset_teaches(preset.id).matches(". ").count(),
                1,
                "{}: two sentences",
                preset.id
            );
            is_whole(words.preset_teaches(preset.id));
        }
    }
}

/// A Korean particle depends on the sound before it, which a placeholder does not tell.
#[test]
fn no_particle_follows_a_placeholder() {
    const KNOWN_SOUNDS: [&str; 4] = [
        "rise_whole",
        "holding_cheaper",
        "holding_same",
        "holding_dearer",
    ];
    let korean = include_str!("../../../../locales/ko.toml");
    for line in korean.lines().filter(|line| !line.starts_with('#')) {
        let particle = line.split('}').skip(1).any(|after| {
            let after = after.trim_start_matches('”');
            let word = after
                .split([' ', '.', ',', '"', ':'])
                .next()
                .unwrap_or_default();
            // “을(를)” leaves the choice to the reader.
            let either = [
                "을(", "를(", "은(", "는(", "이(", "가(", "과(", "와(", "(으",
            ];
            either.iter().any(|start| after.starts_with(start))
                || ["을", "를", "이", "가", "은", "는", "과", "와", "로", "으로"].contains(&word)
        });
        let known = KNOWN_SOUNDS
            .iter()
            .any(|key| line.starts_with(&format!("{key} =")));
        assert!(!particle || known, "{line}");
    }
}
