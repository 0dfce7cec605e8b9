//! The browser, one thin wrapper a thing; those that the program of documents has, too, are [`widgets`]'. Whatever a browser or a frame refuses comes back as a value; nothing here panics.

pub mod clock;
pub mod documents;
pub mod fetch;
pub mod intl;
pub mod location;
pub mod media;
pub mod parts;
pub mod storage;
pub mod texts;

pub use widgets::{Refused, dom, file};
