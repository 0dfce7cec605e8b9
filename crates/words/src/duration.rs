//! Spans of time and latencies in words: `7 minutes`, `4 min 30 s`, `142 ms`.
//!
//! Moments, with their calendar and time zone, are another matter (`moment`).

use crate::Words;

/// A span in its two largest units, the second 0 where it does not matter.
struct Parts {
    /// Index into seconds, minutes, hours, days.
    unit: usize,
    large: u64,
    small: u64,
}

/// Units with the number of the next smaller one that they hold.
const UNITS: [f64; 4] = [1.0, 60.0, 3_600.0, 86_400.0];

impl Parts {
    /// Splits a span; up to `keep` of a larger unit are said in the smaller one (90 seconds rather than 1.5 minutes).
    fn of(span_s: f64, keep: f64) -> Self {
        let span_s = span_s.max(0.0).round();
        let unit = UNITS
            .iter()
            .rposition(|unit| span_s >= unit * keep)
            .unwrap_or(0);
        let size = UNITS.get(unit).copied().unwrap_or(1.0);
        let below = unit
            .checked_sub(1)
            .and_then(|below| UNITS.get(below))
            .copied()
            .unwrap_or(size);
        let smalls = (span_s / below).round();
        let per = size / below;
        let large = (smalls / per).floor();
        Self {
            unit,
            large: large as u64,
            small: (smalls - large * per) as u64,
        }
    }
}

impl Words {
    /// A span in prose: `45 seconds`, `7 minutes`, `2 hours 15 minutes`, `2 days`.
    #[must_use]
    pub fn duration(self, span_s: f64) -> String {
        let Parts { unit, large, small } =
            Parts::of(span_s, if span_s < 7_200.0 { 2.0 } else { 1.0 });
        // Seconds beside minutes are more than prose needs.
        let (large, small) = if unit == 1 {
            (large + u64::from(small >= 30), 0)
        } else {
            (large, small)
        };
        let say = |unit: usize, count: u64| {
            let n = self.integer(count as f64);
            match unit {
                0 => self.seconds(count, &n),
                1 => self.minutes(count, &n),
                2 => self.hours(count, &n),
                _ => self.days(count, &n),
            }
        };
        self.join(
            say(unit, large),
            unit.checked_sub(1)
                .filter(|_| small > 0)
                .map(|unit| say(unit, small)),
        )
    }

    /// The same where room is short: `45 s`, `4 min 30 s`, `2 h 15 min`, `2 d`.
    #[must_use]
    pub fn duration_short(self, span_s: f64) -> String {
        let Parts { unit, large, small } = Parts::of(span_s, 1.0);
        let say = |unit: usize, count: u64| {
            let n = self.integer(count as f64);
            match unit {
                0 => self.short_seconds(&n),
                1 => self.short_minutes(&n),
                2 => self.short_hours(&n),
                _ => self.short_days(&n),
            }
        };
        self.join(
            say(unit, large),
            unit.checked_sub(1)
                .filter(|_| small > 0)
                .map(|unit| say(unit, small)),
        )
    }

    fn join(self, large: String, small: Option<String>) -> String {
        match small {
            Some(small) => self.joined_units(&large, &small),
            None => large,
        }
    }

    /// A latency as an axis labels it, of round ones the roundest: `200 ms`, `10 s`, `1 min`, `1 h`.
    #[must_use]
    pub fn latency_label(self, latency_ms: f64) -> String {
        if latency_ms < 999.5 {
            self.value_ms(&self.significant(latency_ms))
        } else {
            self.duration_short(latency_ms / 1_000.0)
        }
    }

    /// A latency in three digits: `4.2 ms`, `142 ms`, `31 s`; from two minutes on as a span: `58 min`.
    #[must_use]
    pub fn latency(self, latency_ms: f64) -> String {
        let seconds = latency_ms / 1_000.0;
        if seconds >= 119.5 {
            self.duration_short(seconds)
        } else if latency_ms >= 999.5 {
            let text = if seconds >= 9.95 {
                self.integer(seconds)
            } else {
                self.number(seconds, 1)
            };
            self.value_s(&text)
        } else {
            self.value_ms(&self.significant(latency_ms))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Lang, Words};

    #[test]
    fn says_spans() {
        let (en, ko) = (Words::new(Lang::En), Words::new(Lang::Ko));
        for (span_s, long, short, korean) in [
            (0.0, "0 seconds", "0 s", "0초"),
            (1.0, "1 second", "1 s", "1초"),
            (60.0, "60 seconds", "1 min", "60초"),
            (90.0, "90 seconds", "1 min 30 s", "90초"),
            (270.0, "5 minutes", "4 min 30 s", "5분"),
            (420.0, "7 minutes", "7 min", "7분"),
            (3_600.0, "60 minutes", "1 h", "60분"),
            (7_200.0, "2 hours", "2 h", "2시간"),
            (8_100.0, "2 hours 15 minutes", "2 h 15 min", "2시간 15분"),
            (86_400.0, "1 day", "1 d", "1일"),
            (90_000.0, "1 day 1 hour", "1 d 1 h", "1일 1시간"),
            (2_592_000.0, "30 days", "30 d", "30일"),
        ] {
            let plain = |text: String| text.replace('\u{a0}', " ");
            assert_eq!(plain(en.duration(span_s)), long, "{span_s}");
            assert_eq!(plain(en.duration_short(span_s)), short, "{span_s}");
            assert_eq!(plain(ko.duration(span_s)), korean, "{span_s}");
        }
    }

    #[test]
    fn says_latencies() {
        let (en, ko) = (Words::new(Lang::En), Words::new(Lang::Ko));
        for (latency_ms, english, korean) in [
            (4.23, "4.23 ms", "4.23 ms"),
            (142.4, "142 ms", "142 ms"),
            (999.7, "1 s", "1초"),
            (1_240.0, "1.2 s", "1.2초"),
            (31_400.0, "31 s", "31초"),
        ] {
            assert_eq!(en.latency(latency_ms).replace('\u{a0}', " "), english);
            assert_eq!(ko.latency(latency_ms).replace('\u{a0}', " "), korean);
        }
        for (latency_ms, english, korean) in [
            (0.001, "0.001 ms", "0.001 ms"),
            (200.0, "200 ms", "200 ms"),
            (1e3, "1 s", "1초"),
            (3e4, "30 s", "30초"),
            (6e4, "1 min", "1분"),
            (3.6e6, "1 h", "1시간"),
            (8.64e8, "10 d", "10일"),
        ] {
            assert_eq!(en.latency_label(latency_ms).replace('\u{a0}', " "), english);
            assert_eq!(ko.latency_label(latency_ms).replace('\u{a0}', " "), korean);
        }
    }
}
