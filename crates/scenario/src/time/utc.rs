//! A moment in UTC, as AWS's requests hold it: `2026-11-28T00:00:00Z`. It is the same everywhere, so it needs no zone.

use std::{fmt, str::FromStr};

use super::{LocalDateTime, NotIso};

/// A moment, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct UtcDateTime {
    /// What a clock in UTC shows.
    utc: LocalDateTime,
}

impl UtcDateTime {
    /// Returns the moment at which a clock in UTC shows this.
    #[must_use]
    pub fn new(utc: LocalDateTime) -> Self {
        Self { utc }
    }

    /// Returns what a clock in UTC shows.
    #[must_use]
    pub fn utc(self) -> LocalDateTime {
        self.utc
    }

    /// Returns the seconds since 1970 in UTC.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.utc.seconds()
    }
}

impl fmt::Display for UtcDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zero = if self.utc.second() == 0 { ":00" } else { "" };
        write!(f, "{}{zero}Z", self.utc)
    }
}

impl FromStr for UtcDateTime {
    type Err = NotIso;

    /// `Z` or an offset of zero must stand there: without one it would not be clear whose clock is meant.
    fn from_str(text: &str) -> Result<Self, NotIso> {
        let local = text
            .strip_suffix('Z')
            .or_else(|| text.strip_suffix("+00:00"))
            .ok_or(NotIso)?;
        local.parse().map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_clearly_utc_is_read() {
        for (text, written) in [
            ("2026-11-28T00:00:00Z", Some("2026-11-28T00:00:00Z")),
            ("2026-11-28T00:00Z", Some("2026-11-28T00:00:00Z")),
            ("2026-11-28T23:59:58+00:00", Some("2026-11-28T23:59:58Z")),
            ("2026-11-28T00:00:00", None),
            ("2026-11-28T00:00:00+09:00", None),
            ("2026-11-28T00:00:00z", None),
            ("2026-11-28", None),
            ("1795824000", None),
            ("", None),
        ] {
            let read = text.parse::<UtcDateTime>().ok();
            assert_eq!(
                read.map(|moment| moment.to_string()).as_deref(),
                written,
                "{text}"
            );
        }
    }
}
