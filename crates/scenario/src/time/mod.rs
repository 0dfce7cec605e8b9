//! Wall clocks: dates and times as people write them, time zones with daylight saving, and the way from both to seconds of a run.
//!
//! The time-zone data is embedded, so that every browser computes with the same bytes; the machine's own clock is never read.

mod calendar;
mod clock;
#[cfg(feature = "schema")]
mod schema;
mod text;
mod utc;
mod zone;

pub use calendar::{LocalDate, LocalDateTime, LocalTime, Weekday};
pub use clock::Clock;
pub use text::NotIso;
pub use utc::UtcDateTime;
pub(crate) use zone::YEARS;
pub use zone::{ZONES_VERSION, Zone, zone_names};

#[cfg(test)]
mod tests;
