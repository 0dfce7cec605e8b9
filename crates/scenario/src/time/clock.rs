//! From the seconds of a run to what the clock on the wall shows, and back.

use super::{LocalDate, LocalDateTime, LocalTime, Zone};

/// A run's wall clock: the instant at which the run starts, and the zone in which it is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    start_utc_s: i64,
    zone: Zone,
}

impl Clock {
    /// Returns the clock of a run that starts at 00:00 of a day, or at the first moment that the day has.
    #[must_use]
    pub fn new(start: LocalDate, zone: Zone) -> Self {
        Self {
            start_utc_s: zone.utc_s(start.at(LocalTime::MIDNIGHT).seconds()),
            zone,
        }
    }

    /// Returns what the clock shows `at_s` seconds after the start, to the second.
    #[must_use]
    pub fn local(&self, at_s: f64) -> LocalDateTime {
        self.zone.local(self.utc_s(at_s))
    }

    /// Returns the seconds from the start to the moment at which the clock shows `local`, negative before the start. A time that a
    /// change of the clock skips moves forward; of one that comes twice the first is taken.
    #[must_use]
    pub fn at_s(&self, local: LocalDateTime) -> f64 {
        (self.zone.utc_s(local.seconds()) - self.start_utc_s) as f64
    }

    /// Returns the offset from UTC in seconds, east positive, `at_s` seconds after the start.
    #[must_use]
    pub fn utc_offset_s(&self, at_s: f64) -> i32 {
        self.zone.offset_s(self.utc_s(at_s))
    }

    /// Returns the start, in seconds since 1970 in UTC.
    #[must_use]
    pub fn start_utc_s(&self) -> i64 {
        self.start_utc_s
    }

    /// Returns the zone.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    fn utc_s(&self, at_s: f64) -> i64 {
        self.start_utc_s.saturating_add(at_s.floor() as i64)
    }
}
