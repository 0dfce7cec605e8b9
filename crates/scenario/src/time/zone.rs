//! Time zones by IANA name: when which offset from UTC holds, for the years 1996 to 2100.
//!
//! `data/zones.bin`, `data/zones.txt` and `data/zones_version.txt` are packed by `examples/pack_zones.rs` from the IANA time zone database.
//! Before 1996 and after 2100 the nearest offset known is taken.

use std::sync::Arc;

use super::{
    LocalDateTime,
    calendar::{DAY_S, days_from_civil, days_in_month},
};

static PACKED: &[u8] = include_bytes!("../../data/zones.bin");
static NAMES: &str = include_str!("../../data/zones.txt");

/// Release of the IANA time zone database that is packed: `2026f`. `cargo xtask zones` renews it.
pub static ZONES_VERSION: &str = include_str!("../../data/zones_version.txt");

/// The zone of the default scenario, as it is packed: a page that opens with it need not read the others.
static DEFAULT_ZONE: (&str, &[u8]) = (
    "Europe/London",
    &[0, 0, 2, 3, 5, 0, 120, 4, 10, 5, 0, 240, 1, 0],
);

/// First and last year of the data.
pub(crate) const YEARS: std::ops::RangeInclusive<i32> = 1996..=2100;

/// A time zone: its offsets from UTC.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// From when on (seconds since 1970 in UTC) which offset (seconds) holds; in order, the first for all time before.
    offsets: Arc<[(i64, i32)]>,
}

/// Returns the names of all time zones known, in alphabetical order, links such as `Asia/Calcutta` included.
pub fn zone_names() -> impl Iterator<Item = &'static str> {
    NAMES.lines().filter_map(|line| line.split('\t').next())
}

impl Zone {
    /// Returns coordinated universal time.
    #[must_use]
    pub fn utc() -> Self {
        Self {
            offsets: Arc::new([(i64::MIN, 0)]),
        }
    }

    /// Returns the zone of that name, spelled as IANA does.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        if name == DEFAULT_ZONE.0 {
            return Self::read(&mut PackedReader(DEFAULT_ZONE.1.iter()));
        }
        Self::listed(name)
    }

    fn listed(name: &str) -> Option<Self> {
        let index = NAMES.lines().find_map(|line| {
            let (known, index) = line.split_once('\t')?;
            (known == name).then_some(index)
        })?;
        let index: usize = index.parse().ok()?;
        let mut packed = PackedReader(PACKED.iter());
        for _ in 0..index {
            packed.zone()?;
        }
        Self::read(&mut packed)
    }

    fn read(packed: &mut PackedReader) -> Option<Self> {
        Some(Self {
            offsets: packed.zone()?.offsets().into(),
        })
    }

    /// Returns the offset from UTC in seconds, east positive, at an instant (seconds since 1970 in UTC).
    #[must_use]
    pub fn offset_s(&self, utc_s: i64) -> i32 {
        self.span(utc_s).2
    }

    /// Returns what the clock on the wall shows at a moment (seconds since 1970 in UTC).
    #[must_use]
    pub fn local(&self, utc_s: i64) -> LocalDateTime {
        LocalDateTime::from_seconds(utc_s.saturating_add(i64::from(self.offset_s(utc_s))))
    }

    /// Returns the stretch of time around an instant in which one offset holds: from, until, offset.
    #[must_use]
    pub fn span(&self, utc_s: i64) -> (i64, i64, i32) {
        let next = self.offsets.partition_point(|&(from, _)| from <= utc_s);
        let (from, offset) = next
            .checked_sub(1)
            .and_then(|index| self.offsets.get(index))
            .copied()
            .unwrap_or((i64::MIN, 0));
        let until = self.offsets.get(next).map_or(i64::MAX, |&(from, _)| from);
        (from, until, offset)
    }

    /// Returns the instant at which this wall clock shows `local_s` (seconds since 1970-01-01T00:00 local).
    /// A time that a change of the clock skips moves forward by what is skipped; of one that comes twice the first is taken.
    #[must_use]
    pub fn utc_s(&self, local_s: i64) -> i64 {
        // A change of offset is at most a day and a half away (Samoa skipped a whole day in 2011).
        let before = self.offset_s(local_s.saturating_sub(DAY_S * 3 / 2));
        let after = self.offset_s(local_s.saturating_add(DAY_S * 3 / 2));
        let early = local_s.saturating_sub(i64::from(before));
        let late = local_s.saturating_sub(i64::from(after));
        if before == after || self.offset_s(early) == before || self.offset_s(late) != after {
            early
        } else {
            late
        }
    }
}

/// Reads `zones.bin`. A zone is: its offset at the start of 1996 in quarter hours (one signed byte); how many changes
/// follow, each as minutes since the one before (the first since 1996 began, UTC) and the new offset; and how many
/// yearly rules go on from there (0 or 2), each as month, week (5: the last), weekday (0: Sunday), minute of that day on
/// the wall clock before the change, and the offset after it. Numbers are variable-length, the minute of a rule zigzag.
struct PackedReader<'a>(std::slice::Iter<'a, u8>);

/// A yearly change of the clock: `week`-th `weekday` of `month`.
#[derive(Clone, Copy)]
struct Rule {
    month: u32,
    week: u32,
    weekday: i32,
    minute: i64,
    offset: i32,
}

impl Rule {
    /// Returns the day of the change in a year, since 1970-01-01.
    fn day(self, year: i32) -> i32 {
        let first = days_from_civil(year, self.month, 1);
        // 1970-01-01 was a Thursday, the fifth day of a week that begins on Sunday with 0.
        let until_weekday = (self.weekday - (first + 4)).rem_euclid(7);
        let mut day = until_weekday + 7 * (self.week as i32 - 1);
        while day >= days_in_month(year, self.month) as i32 {
            day -= 7;
        }
        first + day
    }
}

impl PackedReader<'_> {
    fn byte(&mut self) -> Option<u8> {
        self.0.next().copied()
    }

    fn number(&mut self) -> Option<i64> {
        let mut value = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            value |= i64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn offset(&mut self) -> Option<i32> {
        Some(i32::from(self.byte()? as i8) * 900)
    }

    fn rule(&mut self) -> Option<Rule> {
        Some(Rule {
            month: u32::from(self.byte()?),
            week: u32::from(self.byte()?),
            weekday: i32::from(self.byte()?),
            minute: {
                let zigzag = self.number()?;
                (zigzag >> 1) ^ -(zigzag & 1)
            },
            offset: self.offset()?,
        })
    }

    /// Returns the next zone, as it is written.
    fn zone(&mut self) -> Option<PackedZone> {
        let mut zone = PackedZone {
            offset: self.offset()?,
            changes: Vec::new(),
            rules: Vec::new(),
        };
        let mut at = i64::from(days_from_civil(*YEARS.start(), 1, 1)) * DAY_S;
        for _ in 0..self.number()? {
            at += self.number()? * 60;
            zone.changes.push((at, self.offset()?));
        }
        for _ in 0..self.number()? {
            zone.rules.push(self.rule()?);
        }
        Some(zone)
    }
}

/// A zone as it is written.
struct PackedZone {
    offset: i32,
    changes: Vec<(i64, i32)>,
    rules: Vec<Rule>,
}

impl PackedZone {
    /// Returns its offsets; rules begin after the last change that is listed.
    fn offsets(self) -> Vec<(i64, i32)> {
        let mut all = self.changes;
        let listed_until = all.last().map_or(i64::MIN, |(at, _)| *at);
        if let [summer, winter] = self.rules[..] {
            for year in YEARS {
                let change = |rule: Rule, before: Rule| {
                    let local = i64::from(rule.day(year)) * DAY_S + rule.minute * 60;
                    (local - i64::from(before.offset), rule.offset)
                };
                let mut pair = [change(summer, winter), change(winter, summer)];
                pair.sort_unstable();
                all.extend(pair.iter().filter(|(at, _)| *at > listed_until));
            }
        }
        let mut offset = self.offset;
        // Some changes listed are of the abbreviation alone.
        all.retain(|(_, next)| std::mem::replace(&mut offset, *next) != *next);
        all.insert(0, (i64::MIN, self.offset));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_zone_is_as_it_is_listed() {
        let (name, packed) = DEFAULT_ZONE;
        assert_eq!(Zone::find(name), Zone::listed(name));
        assert!(PACKED.windows(packed.len()).any(|piece| piece == packed));
        assert_eq!(name, crate::document::Scenario::default().time_zone);
    }
}
