//! Every sentence, number and date that a person reads, in English and Korean.
//!
//! Texts live in `locales/*.toml`; the build turns each into a function of [`Words`]. In a browser the texts of a language are
//! loaded before it is spoken ([`install`]); elsewhere they are built in. Sentences here put the engine's
//! numbers into words, and decide nothing: what a number means stands in the engine and the scenario.

mod activity;
mod advice;
mod answer;
mod backlog;
mod copies;
mod credits;
mod diagram;
mod differences;
mod duration;
mod export;
mod failures;
mod field;
mod figures;
mod format;
mod guide;
mod import;
mod machines;
mod moment;
mod number;
mod opening;
mod platform;
mod policies;
mod policy;
mod problem;
mod quantity;
mod reading;
mod refused;
mod rounded;
mod schedule;
mod schedule_problem;
mod served;
mod sharing;
mod sizing;
mod storm;
mod text;
mod trace;
mod unanswered;
mod verdict;

pub use activity::Sentence;
pub use answer::AskAgain;
pub use copies::{paid_instances, scales_copies};
pub use diagram::{DiagramNode, DiagramWords};
pub use figures::{Amount, Counted, Figure, FigureGroup};
pub use format::{NumberFormat, Samples};
pub use guide::Entry;
pub use machines::MachineFigure;
pub use platform::{PlatformTexts, platform_texts, target_about};
pub use policy::sign;
pub use reading::{split_number, with_plain_signs};
pub use sizing::InstancesSum;
pub use text::{Lang, Unfit, Words, install, is_installed};
pub use verdict::{Tone, Verdict};
