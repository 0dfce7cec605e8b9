//! Places that a skeleton leaves to be filled in.

use crate::{
    fault::{Faults, Place},
    files::Files,
};

/// What marks such a place.
pub const MARK: &str = "TODO";

/// Tells where something is to be filled in.
pub fn check(files: &Files, faults: &mut Faults) {
    for (file, text) in &files.0 {
        for (number, line) in text.lines().enumerate() {
            let Some((_, what)) = line.split_once(MARK) else {
                continue;
            };
            let place = Place {
                file: file.clone(),
                line: number + 1,
            };
            let what = what.replace(MARK, "");
            let what = what.trim_matches(|c: char| !c.is_alphanumeric());
            faults.add(&place, format!("{MARK}: to be filled in"), what);
        }
    }
}
