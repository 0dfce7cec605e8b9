//! A number of a lesson or a question in words, by what it is a number of.
//!
//! Instances, requests and credits stand with their word (`3 instances`, `요청 120건`), so that a text reads the same for one as for
//! many; how often something is, and what a metric or a field has, stands alone.

use scenario::time::{Clock, LocalDateTime};
use study::unit::Unit;

use crate::{Words, moment::wall};

impl Words {
    /// A number as the page writes such numbers: `1,402`, `3 instances`, `20 RPS`, `$640`, `99.8%`, `5 minutes`, `142 ms`; a moment as
    /// the time of day that `clock` shows, with its date where that is not the run's first. Without a clock it is the time of day of a run
    /// that begins at midnight, as every run does.
    #[must_use]
    pub fn quantity(self, value: f64, unit: Unit, clock: Option<&Clock>) -> String {
        let whole = |value: f64| match value.abs() {
            size if size < 999_999.5 => self.integer(value),
            _ => self.compact(value),
        };
        match unit {
            Unit::Number | Unit::RequestsPerMinute | Unit::Minutes => self.significant(value),
            Unit::Requests => self.requests(count(value.round()), &whole(value)),
            Unit::Times => whole(value),
            Unit::Instances => self.instances(count(value), &self.number(value, 1)),
            Unit::Credits => self.credits(count(value), &self.number(value, 1)),
            Unit::RequestsPerSecond => self.value_rps(&self.significant(value)),
            // From where one decimal would round it up to 99 %.
            Unit::Share if (0.9895..1.0).contains(&value) => self.availability(value),
            Unit::Share => self.percent(value, 1),
            Unit::Percent => self.percent(value / 100.0, 1),
            Unit::Usd => self.usd(value),
            Unit::Seconds => self.duration(value),
            Unit::Milliseconds => self.latency(value),
            Unit::Moment => clock.map_or_else(
                || self.time(LocalDateTime::from_seconds(value as i64).time()),
                |clock| self.time_beside(wall(clock, value), wall(clock, 0.0)),
            ),
        }
    }
}

/// Returns what a number counts as where one is said otherwise than many: what is no whole number is many.
fn count(value: f64) -> u64 {
    if value == 1.0 { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use scenario::{compile::compile, document::Scenario};

    use super::*;
    use crate::Lang;

    #[test]
    fn numbers_are_written_as_what_they_are() {
        let clock = compile(&Scenario::default()).unwrap().clock;
        let (en, ko) = (Words::new(Lang::En), Words::new(Lang::Ko));
        for (value, unit, english, korean) in [
            (200.0 / 3.0, Unit::Number, "66.7", "66.7"),
            (0.5, Unit::Number, "0.5", "0.5"),
            (600.0, Unit::RequestsPerMinute, "600", "600"),
            (20.0, Unit::RequestsPerSecond, "20\u{a0}RPS", "20\u{a0}RPS"),
            (10.0, Unit::Minutes, "10", "10"),
            (
                820_023.7,
                Unit::Requests,
                "820,024 requests",
                "요청 820,024건",
            ),
            (0.8, Unit::Requests, "1 request", "요청 1건"),
            (
                11_900_000.0,
                Unit::Requests,
                "11.9\u{a0}M requests",
                "요청 1,190만건",
            ),
            (576.0, Unit::Times, "576", "576"),
            (1.0, Unit::Instances, "1 instance", "인스턴스 1개"),
            (4.06, Unit::Instances, "4.1 instances", "인스턴스 4.1개"),
            (30.0, Unit::Credits, "30 credits", "크레딧 30개"),
            (0.4731, Unit::Share, "47.3%", "47.3%"),
            (0.9894, Unit::Share, "98.9%", "98.9%"),
            (0.989_908, Unit::Share, "98.99%", "98.99%"),
            (0.99999, Unit::Share, "99.999%", "99.999%"),
            (1.0, Unit::Share, "100%", "100%"),
            (66.666, Unit::Percent, "66.7%", "66.7%"),
            (685.4, Unit::Usd, "$685", "$685"),
            (300.0, Unit::Seconds, "5\u{a0}minutes", "5분"),
            (142.0, Unit::Milliseconds, "142\u{a0}ms", "142\u{a0}ms"),
            (7_440.0, Unit::Moment, "02:04", "02:04"),
            (f64::NAN, Unit::Number, "–", "–"),
        ] {
            assert_eq!(en.quantity(value, unit, Some(&clock)), english, "{unit:?}");
            assert_eq!(ko.quantity(value, unit, Some(&clock)), korean, "{unit:?}");
        }
        assert_eq!(en.quantity(0.0, Unit::Moment, None), "00:00");
        assert_eq!(en.quantity(72_180.0, Unit::Moment, None), "20:03");
        let next_day = en.quantity(86_400.0, Unit::Moment, Some(&clock));
        assert_eq!(next_day, "Sun 29 Nov 00:00");
    }
}
