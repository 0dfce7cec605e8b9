//! The comparisons that are shipped, a file each in `comparisons/`: a scenario, and those beside it as what they say differently. Names
//! and explanations are found by their `id`, in `words`; the scenarios' own names are AWS's terms, the same in every language.

use serde_json::Value;

use crate::{beside, file, link::Together};

/// A shipped comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Its name among them: that of its file.
    pub id: &'static str,
    json: &'static str,
}

/// The comparison of a file in `comparisons/`.
macro_rules! comparison {
    ($id:literal) => {
        Comparison {
            id: $id,
            json: include_str!(concat!("../../../comparisons/", $id, ".json")),
        }
    };
}

static ALL: [Comparison; 3] = [
    comparison!("policies_of_a_day"),
    comparison!("one_big_or_many_small"),
    comparison!("burstable_or_compute_optimised"),
];

/// Returns all of them, in the order in which they are offered.
#[must_use]
pub fn all() -> &'static [Comparison] {
    &ALL
}

/// Returns the comparison of that name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Comparison> {
    ALL.iter().find(|comparison| comparison.id == id)
}

impl Comparison {
    /// Returns its scenarios.
    #[must_use]
    pub fn together(&self) -> Together {
        // A test reads every one of them; this cannot fail for what is shipped.
        self.read().unwrap_or_default()
    }

    fn read(&self) -> Option<Together> {
        let mut parts: Value = serde_json::from_str(self.json).ok()?;
        let scenario = file::from_json(&parts.get("scenario")?.to_string()).ok()?;
        let pinned = beside::applied(&scenario, parts.get_mut("beside")?.take())?;
        Some(Together { scenario, pinned })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compile::compile,
        differences::differences,
        link::{decode_together, share_together},
        presets::assert_is_folder,
    };

    #[test]
    fn every_comparison_is_read_compiles_and_has_a_link() {
        for comparison in all() {
            let together = comparison.read().unwrap();
            assert!(together.pinned.len() > 1, "{}", comparison.id);
            let shared = share_together(&together.scenario, &together.pinned).unwrap();
            assert!(shared.payload.len() < 2000, "{}", comparison.id);
            assert_eq!(decode_together(&shared.payload), Ok(together.clone()));
            compile(&together.scenario).unwrap();
            for pinned in &together.pinned {
                compile(pinned).unwrap();
                assert!(!differences(&together.scenario, pinned).is_empty());
            }
        }
    }

    #[test]
    fn every_file_of_the_folder_is_a_comparison() {
        assert_is_folder("comparisons", all().iter().map(|comparison| comparison.id));
    }
}
