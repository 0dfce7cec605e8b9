//! From `content/` to what a page loads: reads lessons, questions and terms in their languages, tells all that is wrong with them at
//! once, computes the facts that they name, and writes packs. Natively only; the page has nothing of it.

pub mod check;
pub mod content;
pub mod data;
pub mod fault;
pub mod files;
pub mod language;
pub mod packs;
pub mod runs;
pub mod said;
pub mod scope;
pub mod skeleton;
pub mod snapshot;
pub mod text;
