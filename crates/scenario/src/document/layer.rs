//! What demand is made of: layers, each with a shape that has fields of its own.

use crate::{
    field::{Entry, ItemField, List, Unit, Value, Wrong, amounts, choices, section, variants},
    limits::MOST_RPS,
};

section! {
    /// One thing that demand is made of.
    pub struct Layer at List::Demand => ItemField {
        /// The person's own name for it; empty: named by its kind.
        name: String = String::new(), characters(80), later, text("layer_name");
        /// Left out of demand while set.
        off: bool = false, later;
        /// What it does.
        shape: Shape = Shape::default();
    }
}

pub use shape::Shape;

impl Default for Shape {
    fn default() -> Self {
        Self::Steady { rps: 10.0 }
    }
}

/// What a layer does, and the names of its fields by its kind: `shape::event::rps`.
pub mod shape {
    use super::{
        Entry, GrowthBy, GrowthPer, MOST_MIN, MOST_RAMP_MIN, MOST_RPS, NoiseFactor, growth_by,
        growth_kind, variants,
    };
    use crate::{
        time::{LocalDateTime, LocalTime, Weekday},
        trace::Trace,
    };

    variants! {
        /// What a layer does. All but growth and noise add requests per second.
        pub enum Shape at List::Demand {
            /// Always the same.
            Steady as steady {
                /// Requests per second.
                rps: f64, range(0.0..=MOST_RPS), rps;
            }
            /// A wave over the day: highest at `peak_at`, lowest twelve hours away.
            DailyCurve as daily_curve {
                /// Lowest rate.
                quiet_rps: f64, range(0.0..=MOST_RPS), rps, text("layer_quiet_rps");
                /// Highest rate.
                peak_rps: f64, range(0.0..=MOST_RPS), rps, text("layer_peak_rps");
                /// Local time of the highest rate.
                peak_at: LocalTime;
            }
            /// A plateau on some weekdays.
            OfficeHours as office_hours {
                /// On which days it begins.
                days: Vec<Weekday>;
                /// Local time at which it begins to rise.
                from: LocalTime;
                /// Local time at which it is back at nothing; before `from`: on the next day.
                to: LocalTime;
                /// Rate of the plateau.
                rps: f64, range(0.0..=MOST_RPS), rps;
                /// Minutes to rise, and to fall.
                ramp_min: f64, range(0.0..=MOST_RAMP_MIN), minutes;
            }
            /// A plateau on the first days of each month.
            MonthStart as month_start {
                /// How many days, 1 to 28.
                days: u32, range(1.0..=28.0), days, text("first_days");
                /// Local time at which it begins each day.
                from: LocalTime;
                /// Local time at which it ends each day; equal to `from`: all day.
                to: LocalTime;
                /// Rate of the plateau.
                rps: f64, range(0.0..=MOST_RPS), rps;
                /// Minutes to rise, and to fall.
                ramp_min: f64, range(0.0..=MOST_RAMP_MIN), minutes;
            }
            /// A single surge: a game, a sale, breaking news.
            Event as event {
                /// When it begins to rise.
                at: LocalDateTime;
                /// Rate at its height.
                rps: f64, range(0.0..=MOST_RPS), rps;
                /// Minutes to rise.
                ramp_up_min: f64, range(0.0..=MOST_MIN), minutes;
                /// Minutes at its height.
                hold_min: f64, range(0.0..=MOST_MIN), minutes;
                /// Minutes to fall back.
                decay_min: f64, range(0.0..=MOST_MIN), minutes;
            }
            /// Growth from the start of the run on.
            Growth as growth {
                /// How much per period.
                by: GrowthBy, by(growth_by::read, growth_by::write), counts(growth_by::unit), text("growth_by");
                /// The period.
                per: GrowthPer, text("growth_per");
            }
            /// Random ups and downs, seeded.
            Noise as noise {
                /// Standard deviation of a minute's requests in percent of demand, 0 to 100.
                percent: f64, range(0.0..=100.0), percent, text("noise_percent");
                /// How its factor goes on within a minute.
                #[schemars(default, skip_serializing_if = "NoiseFactor::is_usual")]
                factor: NoiseFactor, later, text("noise_factor");
            }
            /// Recorded traffic.
            Trace as trace {
                /// The recording.
                trace: Trace;
                /// Factor on its rates.
                scale: f64, range(0.0..=1000.0);
            }
        }
        beside [
            Entry::of::<GrowthBy>("growth.kind", "growth_kind", "Kind of growth")
                .by(growth_kind::read, growth_kind::write)
                .choice_of(growth_kind::NAMES),
        ]
    }
}

/// Most minutes to rise, and to fall.
pub(crate) const MOST_RAMP_MIN: f64 = 720.0;
/// Most minutes of an event's parts: a year.
const MOST_MIN: f64 = 527_040.0;

choices! {
    /// How the factor of a noise, which is drawn for each minute, goes on within the minute.
    pub enum NoiseFactor {
        /// It stays the same.
        ConstantWithinMinutes = "constant_within_minutes",
        /// It goes in a straight line to that of the next minute, as it did in links of version 1: a minute's requests then have
        /// about 0.7 of the standard deviation, and those of neighbours go together.
        StraightBetweenMinutes = "straight_between_minutes",
    }
}

impl NoiseFactor {
    /// Whether it is what a document says that says nothing.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

amounts! {
    /// How much demand grows.
    pub enum GrowthBy: Number {
        /// Adds this many requests per second each period, evenly.
        Rps(f64) = "rps",
        /// Multiplies all demand: percent each period, compounding.
        Percent(f64) = "percent",
    }
}

/// How much demand grows, as a field: a number whose unit its kind says.
mod growth_by {
    use super::{GrowthBy, Shape, Unit, Value, Wrong};
    use crate::field::FieldType;

    pub fn read(shape: &Shape) -> Option<Value> {
        match shape {
            Shape::Growth {
                by: GrowthBy::Rps(number) | GrowthBy::Percent(number),
                ..
            } => Some(Value::Number(*number)),
            _ => None,
        }
    }

    pub fn write(shape: &mut Shape, value: &Value) -> Result<(), Wrong> {
        match shape {
            Shape::Growth {
                by: GrowthBy::Rps(number) | GrowthBy::Percent(number),
                ..
            } => {
                *number = f64::from_value(value)?;
                Ok(())
            }
            _ => Err(Wrong::NoField),
        }
    }

    pub fn unit(shape: &Shape) -> Unit {
        match shape {
            Shape::Growth {
                by: GrowthBy::Percent(_),
                ..
            } => Unit::Percent,
            _ => Unit::Rps,
        }
    }
}

/// Of which kind growth is, as a field: the number stays.
mod growth_kind {
    use super::{GrowthBy, Shape, Value, Wrong};

    pub const NAMES: &[&str] = &["rps", "percent"];

    pub fn read(shape: &Shape) -> Option<Value> {
        match shape {
            Shape::Growth {
                by: GrowthBy::Rps(_),
                ..
            } => Some(Value::Choice("rps")),
            Shape::Growth {
                by: GrowthBy::Percent(_),
                ..
            } => Some(Value::Choice("percent")),
            _ => None,
        }
    }

    pub fn write(shape: &mut Shape, value: &Value) -> Result<(), Wrong> {
        let Shape::Growth { by, .. } = shape else {
            return Err(Wrong::NoField);
        };
        let (GrowthBy::Rps(number) | GrowthBy::Percent(number)) = *by;
        *by = match value {
            Value::Choice("rps") => GrowthBy::Rps(number),
            Value::Choice("percent") => GrowthBy::Percent(number),
            Value::Choice(_) => return Err(Wrong::NoChoice),
            _ => return Err(Wrong::OtherKind),
        };
        Ok(())
    }
}

choices! {
    /// A period of growth.
    pub enum GrowthPer {
        /// 24 hours.
        Day = "day",
        /// 7 days.
        Week = "week",
        /// 30 days.
        Month = "month",
        /// 365 days.
        Year = "year",
    }
}
