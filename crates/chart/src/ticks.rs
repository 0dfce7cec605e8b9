//! Labels of the time axis: on whole hours, days and months of the scenario's own time zone, daylight saving included.

use scenario::time::{Clock, LocalDate, LocalDateTime};
use words::Words;

use crate::{
    time::{TickStep, TimeTick, tick_step},
    window::Window,
};

/// Width that one label needs, CSS pixels.
const LABEL_PX: f64 = 72.0;

/// Returns the labels of a window that fit into a plot of `width_px`.
#[must_use]
pub fn ticks(clock: &Clock, words: Words, window: Window, width_px: f64) -> Vec<TimeTick> {
    let most = (width_px / LABEL_PX).floor().max(1.0) as usize;
    let first = clock.local(window.from_s).date();
    // A day is labelled with its year where that is another than before.
    let mut year = first.year();
    let mut day = |date: LocalDate| {
        if date.year() == std::mem::replace(&mut year, date.year()) {
            words.day(date)
        } else {
            words.date_with_year(date)
        }
    };
    let mut out = Vec::with_capacity(most + 2);
    // Returns whether the axis goes on after this moment.
    let mut add = |local: LocalDateTime, label: &mut dyn FnMut() -> (String, bool)| {
        let at_s = clock.at_s(local);
        let last_s = out.last().map_or(f64::NEG_INFINITY, |t: &TimeTick| t.at_s);
        // An hour that the clock skips has no place; a day that begins late still begins.
        let exists = local.time().second_of_day() == 0 || clock.local(at_s) == local;
        if exists && window.contains(at_s) && at_s > last_s {
            let (label, major) = label();
            out.push(TimeTick { at_s, label, major });
        }
        at_s <= window.to_s
    };
    match tick_step(window, most) {
        TickStep::Seconds(step) => {
            let step = i64::from(step.max(1));
            let start = clock.local(window.from_s).seconds() / step * step;
            for i in 0.. {
                let local = LocalDateTime::from_seconds(start + i * step);
                let mut label = || {
                    let midnight = local.time().second_of_day() == 0;
                    if midnight {
                        (day(local.date()), true)
                    } else {
                        (words.time(local.time()), false)
                    }
                };
                if !add(local, &mut label) {
                    break;
                }
            }
        }
        TickStep::Days(step) => {
            let step = i64::from(step.max(1));
            // 1970-01-05 was a Monday: weeks begin there.
            let start = (first.days() + 3) / step * step - 3;
            for i in 0.. {
                let date = LocalDate::from_days(start + i * step);
                if !add(midnight(date), &mut || (day(date), date.day() == 1)) {
                    break;
                }
            }
        }
        TickStep::Months(step) => {
            let step = step.max(1);
            for i in 0.. {
                let months = (first.month() - 1) / step * step + i * step;
                let year = first.year() + (months / 12) as i32;
                let Some(date) = LocalDate::new(year, months % 12 + 1, 1) else {
                    break;
                };
                let mut label = || {
                    if date.month() == 1 {
                        (date.year().to_string(), true)
                    } else {
                        (words.month(date).to_owned(), false)
                    }
                };
                if !add(midnight(date), &mut label) {
                    break;
                }
            }
        }
    }
    out
}

fn midnight(date: LocalDate) -> LocalDateTime {
    LocalDateTime::from_seconds(date.days() * 86_400)
}

#[cfg(test)]
mod tests {
    use scenario::time::Zone;
    use words::Lang;

    use super::*;

    fn labels(zone: &str, start: (i32, u32, u32), hours: (f64, f64), width_px: f64) -> Vec<String> {
        let start = LocalDate::new(start.0, start.1, start.2).unwrap();
        let clock = Clock::new(start, Zone::find(zone).unwrap());
        let window = Window {
            from_s: hours.0 * 3600.0,
            to_s: hours.1 * 3600.0,
        };
        ticks(&clock, Words::new(Lang::Ko), window, width_px)
            .into_iter()
            .map(|t| t.label)
            .collect()
    }

    #[test]
    fn labels_stand_on_whole_hours_days_and_months() {
        for (start, hours, width_px, expected) in [
            (
                (2026, 11, 28),
                (19.1, 21.1),
                300.0,
                &["19:30", "20:00", "20:30", "21:00"][..],
            ),
            (
                (2026, 11, 28),
                (12.0, 40.0),
                320.0,
                &["12:00", "11월 29일", "12:00"],
            ),
            (
                (2026, 11, 28),
                (0.0, 168.0),
                320.0,
                &["11월 28일", "11월 30일", "12월 2일", "12월 4일"],
            ),
            (
                (2026, 9, 15),
                (0.0, 24.0 * 200.0),
                400.0,
                &["11월", "2027", "3월"],
            ),
            (
                (2026, 12, 30),
                (0.0, 96.0),
                400.0,
                &[
                    "12월 30일",
                    "12월 31일",
                    "2027년 1월 1일",
                    "1월 2일",
                    "1월 3일",
                ],
            ),
            (
                (2026, 12, 31),
                (12.0, 36.0),
                200.0,
                &["12:00", "2027년 1월 1일", "12:00"],
            ),
        ] {
            let found = labels("Europe/London", start, hours, width_px);
            assert_eq!(found, expected, "{start:?}, {hours:?}");
        }
    }

    #[test]
    fn the_clock_may_skip_or_repeat_an_hour() {
        let spring = labels("Europe/London", (2026, 3, 29), (0.0, 6.0), 600.0);
        assert_eq!(spring.iter().filter(|l| *l == "02:00").count(), 1);
        let autumn = labels("Europe/London", (2026, 10, 25), (0.0, 6.0), 600.0);
        assert_eq!(autumn.iter().filter(|l| *l == "01:00").count(), 1);
    }
}
