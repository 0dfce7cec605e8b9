//! The study aid without a page: lessons that are runs, questions whose answers are computed, what is asked again and when.
//!
//! Numbers that a text names are facts, read from runs; answers are expressions, and claims keep sentences true. Nothing here knows a
//! browser, a clock (a day is an argument) or a sentence of the page: texts come with the packs that `author` writes of `content/`.

pub mod address;
pub mod anki;
pub mod candidate;
pub mod claim;
pub mod constant;
pub mod diagram;
pub mod draw;
pub mod english;
pub mod exam;
pub mod exam_clock;
pub mod exam_result;
pub mod expression;
pub mod grade;
pub mod item;
pub mod lesson;
pub mod measure;
pub mod memory;
pub mod pack;
pub mod path;
pub mod progress;
pub mod question;
pub mod search;
pub mod session;
pub mod setting;
pub mod sitting;
pub mod subject;
pub mod table;
pub mod text;
pub mod unit;
pub mod unpack;
