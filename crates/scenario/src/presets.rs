//! The scenarios that are shipped, each to teach one thing. Names and explanations are found by their `id`, in `words`.

use std::sync::OnceLock;

use crate::{document::Scenario, file};

/// What a shipped scenario is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Demand rises faster than it can be answered.
    Sudden,
    /// Demand comes and goes by the clock.
    Rhythm,
    /// Something fails, or runs out.
    Limits,
    /// Nothing should scale, or nothing does.
    Still,
    /// Capacity goes to zero.
    ToZero,
}

impl Topic {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Sudden,
        Self::Rhythm,
        Self::Limits,
        Self::Still,
        Self::ToZero,
    ];
}

/// A shipped scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its name among the presets: that of its file in `scenarios/`.
    pub id: &'static str,
    /// What it is about.
    pub topic: Topic,
    json: &'static str,
}

/// The preset of a file in `scenarios/`.
macro_rules! preset {
    ($id:literal, $topic:ident) => {
        Preset {
            id: $id,
            topic: Topic::$topic,
            json: include_str!(concat!("../../../scenarios/", $id, ".json")),
        }
    };
}

static ALL: [Preset; 20] = [
    preset!("finals_game", Sudden),
    preset!("online_shop", Rhythm),
    preset!("retail_weekend", Rhythm),
    preset!("black_friday", Limits),
    preset!("flash_sale", Sudden),
    preset!("breaking_news", Sudden),
    preset!("fraud_scoring", Sudden),
    preset!("bulk_jobs", Sudden),
    preset!("morning_rush", Rhythm),
    preset!("burst_then_baseline", Limits),
    preset!("zone_lost_at_the_peak", Limits),
    preset!("retry_storm", Limits),
    preset!("no_capacity_in_the_zone", Limits),
    preset!("quota_ends_growth", Limits),
    preset!("document_queue", ToZero),
    preset!("document_desk", ToZero),
    preset!("office_assistant", ToZero),
    preset!("steady_noise", Still),
    preset!("never_scales_in", Still),
    preset!("world_cup_semi_final", Rhythm),
];

/// All presets, in the order in which they are offered. The first is the default scenario.
#[must_use]
pub fn all() -> &'static [Preset] {
    &ALL
}

/// The preset of that name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Preset> {
    ALL.iter().find(|preset| preset.id == id)
}

/// The preset that `scenario` is, if it is one as it was shipped.
#[must_use]
pub fn of(scenario: &Scenario) -> Option<&'static Preset> {
    // The others need not be read as long as a page shows what it opens with.
    if scenario.is_default() {
        return ALL.first();
    }
    let index = scenarios().iter().position(|shipped| shipped == scenario)?;
    ALL.get(index)
}

/// The scenarios of all presets, in their order; read once.
pub fn scenarios() -> &'static [Scenario] {
    static READ: OnceLock<Vec<Scenario>> = OnceLock::new();
    READ.get_or_init(|| ALL.iter().map(Preset::scenario).collect())
}

impl Preset {
    /// The scenario.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        // A test reads every one of them; this cannot fail for what is shipped.
        file::from_json(self.json).unwrap_or_default()
    }
}

/// Holds a folder of what is shipped to the ids of it: a file each, and no other.
#[cfg(test)]
pub(crate) fn assert_is_folder<'a>(folder: &str, ids: impl Iterator<Item = &'a str>) {
    let path = format!("{}/../../{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = std::fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let mut ids: Vec<_> = ids.map(|id| format!("{id}.json")).collect();
    files.sort();
    ids.sort();
    assert_eq!(files, ids);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{compile::compile, link};

    #[test]
    fn every_preset_is_read_and_compiles() {
        for preset in all() {
            let scenario = file::from_json(preset.json)
                .unwrap_or_else(|error| panic!("{}: {error:?}", preset.id));
            let compiled =
                compile(&scenario).unwrap_or_else(|problems| panic!("{}: {problems:?}", preset.id));
            assert!(compiled.resolved.peak_rps > 0.0, "{}", preset.id);
            assert_eq!(of(&scenario), Some(preset), "{}", preset.id);
        }
        let changed = Scenario {
            seed: 2,
            ..Scenario::default()
        };
        assert_eq!(of(&changed), None);
        assert_eq!(find("finals_game").unwrap().scenario(), Scenario::default());
        assert_eq!(find("nothing"), None);
        for topic in Topic::ALL {
            assert!(all().iter().any(|preset| preset.topic == topic));
        }
    }

    #[test]
    fn every_file_of_the_folder_is_a_preset() {
        assert_is_folder("scenarios", all().iter().map(|preset| preset.id));
    }

    #[test]
    fn a_link_to_a_preset_is_short() {
        for preset in all() {
            let scenario = preset.scenario();
            let shared = link::share(&scenario).unwrap();
            let (length, opened) = (shared.payload.len(), link::decode(&shared.payload).unwrap());
            if preset.id == "world_cup_semi_final" {
                assert!(
                    shared.rounding.is_some() && length < 2000,
                    "{length} characters"
                );
                continue;
            }
            // Policies of its own take some room.
            let own = scenario.policies != Scenario::default().policies;
            let most = if own { 200 } else { 150 };
            assert!(length <= most, "{}: {length} characters", preset.id);
            assert_eq!(opened, scenario, "{}", preset.id);
        }
    }
}
