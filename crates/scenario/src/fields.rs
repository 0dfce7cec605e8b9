//! The document as a tree of JSON, and back: which field has which name, in one table for both ways.
//!
//! What a tree does not say stays as it is in the value that it is read into.

use crate::{
    document::{
        Assumptions, Expected, GrowthBy, GrowthPer, Instance, Layer, LoadTest, Objective,
        PolicyType, PredefinedMetricSpecification, PredefinedMetricType, ScalableTarget,
        ScalingPolicy, Scenario, ScheduledAction, Service, Shape, TargetTracking, TreatMissingData,
    },
    json::{Entry, Is, Value},
    time::{LocalDate, LocalDateTime, LocalTime, Weekday},
    trace::Trace,
};

/// What is wrong with a value, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wrong {
    pub at: usize,
    pub why: Why,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Why {
    /// A name that the object has not.
    Unknown(String),
    /// Another kind of value than this.
    Expected(&'static str),
    /// A field is not there.
    Missing(&'static str),
}

/// A part of the document.
pub(crate) trait Node {
    /// Its tree; `None`: left out.
    fn write(&self) -> Option<Is>;

    /// Reads a tree into it.
    fn read(&mut self, value: &Value) -> Result<(), Wrong>;
}

fn expected<T>(value: &Value, what: &'static str) -> Result<T, Wrong> {
    Err(Wrong {
        at: value.at,
        why: Why::Expected(what),
    })
}

/// Writes an object.
fn write_object(fields: &[(&'static str, &dyn Node)]) -> Is {
    let entries = fields.iter().filter_map(|(key, field)| {
        Some(Entry {
            key: (*key).into(),
            value: field.write()?.into(),
        })
    });
    Is::Object(entries.collect())
}

/// Reads an object into its fields.
fn read_object(value: &Value, fields: &mut [(&'static str, &mut dyn Node)]) -> Result<(), Wrong> {
    let Is::Object(entries) = &value.is else {
        return expected(value, "an object");
    };
    for entry in entries {
        match fields.iter_mut().find(|(key, _)| *key == entry.key) {
            Some((_, field)) => field.read(&entry.value)?,
            None => {
                return Err(Wrong {
                    at: entry.value.at,
                    why: Why::Unknown(entry.key.clone().into_owned()),
                });
            }
        }
    }
    Ok(())
}

/// The same where every field has to be there.
fn read_whole(value: &Value, fields: &mut [(&'static str, &mut dyn Node)]) -> Result<(), Wrong> {
    read_object(value, fields)?;
    let missing = fields.iter().find(|(key, _)| value.get(key).is_none());
    missing.map_or(Ok(()), |(key, _)| {
        Err(Wrong {
            at: value.at,
            why: Why::Missing(key),
        })
    })
}

/// An object and its fields.
macro_rules! object {
    ($type:ty { $($field:ident = $key:literal),* $(,)? }) => {
        impl Node for $type {
            fn write(&self) -> Option<Is> {
                Some(write_object(&[$(($key, &self.$field)),*]))
            }

            fn read(&mut self, value: &Value) -> Result<(), Wrong> {
                read_object(value, &mut [$(($key, &mut self.$field)),*])
            }
        }
    };
}

object!(Scenario {
    headroom = "headroom",
    name = "name",
    start = "start",
    hours = "hours",
    time_zone = "time_zone",
    seed = "seed",
    load_test = "load_test",
    expected = "expected",
    instance = "instance",
    scalable_target = "scalable_target",
    policies = "policies",
    scheduled_actions = "scheduled_actions",
    demand = "demand",
    service = "service",
    objective = "objective",
    assumptions = "assumptions",
});

object!(LoadTest {
    max_rps = "max_rps",
    safety_factor = "safety_factor",
    p50_ms = "p50_ms",
    p95_ms = "p95_ms",
});

object!(Expected {
    peak_rps = "peak_rps",
    quiet_rps = "quiet_rps",
    fewest_instances = "fewest_instances",
});

object!(Instance {
    instance_type = "type",
    usd_per_hour = "usd_per_hour",
    launch_s = "launch_s",
    launch_to_s = "launch_to_s",
    removal_s = "removal_s",
    initial = "initial",
});

object!(ScalableTarget {
    min_capacity = "MinCapacity",
    max_capacity = "MaxCapacity",
});

object!(ScalingPolicy {
    policy_name = "PolicyName",
    policy_type = "PolicyType",
    target_tracking = "TargetTrackingScalingPolicyConfiguration",
});

object!(TargetTracking {
    target_value = "TargetValue",
    metric = "PredefinedMetricSpecification",
    scale_out_cooldown = "ScaleOutCooldown",
    scale_in_cooldown = "ScaleInCooldown",
    disable_scale_in = "DisableScaleIn",
});

object!(PredefinedMetricSpecification {
    metric_type = "PredefinedMetricType",
});

object!(ScheduledAction {
    name = "ScheduledActionName",
    schedule = "Schedule",
    time_zone = "Timezone",
    action = "ScalableTargetAction",
});

object!(Service {
    timeout_s = "timeout_s",
    queue_limit_per_instance = "queue_limit_per_instance",
});

object!(Objective {
    availability_pct = "availability_pct",
    late_ms = "late_ms",
});

object!(Assumptions {
    metric_delay_s = "metric_delay_s",
    alarm_high_datapoints = "alarm_high_datapoints",
    alarm_low_datapoints = "alarm_low_datapoints",
    alarm_low_factor = "alarm_low_factor",
    extra_evaluation_range = "extra_evaluation_range",
    treat_missing_data = "treat_missing_data",
    max_scale_in_step = "max_scale_in_step",
    updating_blocks = "updating_blocks",
});

impl Node for Layer {
    fn write(&self) -> Option<Is> {
        let mut fields: Vec<(&'static str, &dyn Node)> = Vec::new();
        if !self.name.is_empty() {
            fields.push(("name", &self.name));
        }
        if self.off {
            fields.push(("off", &self.off));
        }
        fields.push(("shape", &self.shape));
        Some(write_object(&fields))
    }

    fn read(&mut self, value: &Value) -> Result<(), Wrong> {
        read_object(
            value,
            &mut [
                ("name", &mut self.name),
                ("off", &mut self.off),
                ("shape", &mut self.shape),
            ],
        )
    }
}

/// The one entry of an object that stands for a choice.
fn choice(value: &Value) -> Option<(&str, &Value)> {
    match &value.is {
        Is::Object(entries) => match &entries[..] {
            [entry] => Some((&*entry.key, &entry.value)),
            _ => None,
        },
        _ => None,
    }
}

/// An object of one entry.
fn one(key: &'static str, is: Is) -> Option<Is> {
    Some(Is::Object(vec![Entry {
        key: key.into(),
        value: is.into(),
    }]))
}

const SHAPES: &str = "an object with one of steady, daily_curve, office_hours, month_start, event, growth, noise and trace";

/// Shapes with their fields, all of which have to be there.
macro_rules! shapes {
    ($($variant:ident = $key:literal { $($field:ident),* })*) => {
        impl Node for Shape {
            fn write(&self) -> Option<Is> {
                match self {
                    $(Self::$variant { $($field),* } => {
                        one($key, write_object(&[$((stringify!($field), $field)),*]))
                    })*
                }
            }

            fn read(&mut self, value: &Value) -> Result<(), Wrong> {
                match choice(value) {
                    $(Some(($key, value)) => {
                        *self = Self::$variant { $($field: Blank::blank()),* };
                        match self {
                            Self::$variant { $($field),* } => {
                                read_whole(value, &mut [$((stringify!($field), $field)),*])
                            }
                            _ => Ok(()),
                        }
                    })*
                    _ => expected(value, SHAPES),
                }
            }
        }
    };
}

shapes! {
    Steady = "steady" { rps }
    DailyCurve = "daily_curve" { quiet_rps, peak_rps, peak_at }
    OfficeHours = "office_hours" { days, from, to, rps, ramp_min }
    MonthStart = "month_start" { days, from, to, rps, ramp_min }
    Event = "event" { at, rps, ramp_up_min, hold_min, decay_min }
    Growth = "growth" { by, per }
    Noise = "noise" { percent }
    Trace = "trace" { trace, scale }
}

impl Node for GrowthBy {
    fn write(&self) -> Option<Is> {
        match self {
            Self::Rps(rps) => one("rps", rps.write()?),
            Self::Percent(percent) => one("percent", percent.write()?),
        }
    }

    fn read(&mut self, value: &Value) -> Result<(), Wrong> {
        let mut number = 0.0;
        *self = match choice(value) {
            Some(("rps", value)) => {
                number.read(value)?;
                Self::Rps(number)
            }
            Some(("percent", value)) => {
                number.read(value)?;
                Self::Percent(number)
            }
            _ => return expected(value, "an object with rps or percent"),
        };
        Ok(())
    }
}

impl Node for Trace {
    fn write(&self) -> Option<Is> {
        let decimals = u32::from(self.decimals());
        Some(write_object(&[
            ("start", &self.start),
            ("step_s", &self.step_s()),
            ("decimals", &decimals),
            ("counts", &self.packed()),
        ]))
    }

    fn read(&mut self, value: &Value) -> Result<(), Wrong> {
        let (mut start, mut step_s, mut decimals, mut counts) =
            (self.start, 0, 0_u32, Counts(Vec::new()));
        read_object(
            value,
            &mut [
                ("start", &mut start),
                ("step_s", &mut step_s),
                ("decimals", &mut decimals),
                ("counts", &mut counts),
            ],
        )?;
        for key in ["start", "step_s", "counts"] {
            if value.get(key).is_none() {
                return Err(Wrong {
                    at: value.at,
                    why: Why::Missing(key),
                });
            }
        }
        let decimals = u8::try_from(decimals).unwrap_or(u8::MAX);
        match Self::new(start, step_s, decimals, counts.0) {
            Some(trace) => *self = trace,
            None => {
                let limits = "a trace of 1 to 31622400 steps, each 1 to 3600 seconds long, with at most 3 decimals";
                return expected(value, limits);
            }
        }
        Ok(())
    }
}

/// Counts of a trace: packed into a text, or a plain list.
struct Counts(Vec<u32>);

impl Node for Counts {
    fn write(&self) -> Option<Is> {
        None
    }

    fn read(&mut self, value: &Value) -> Result<(), Wrong> {
        match &value.is {
            Is::Text(text) => match Trace::unpack(text) {
                Some(counts) => self.0 = counts,
                None => return expected(value, "counts as this page packs them"),
            },
            _ => self.0.read(value)?,
        }
        Ok(())
    }
}

impl Node for f64 {
    fn write(&self) -> Option<Is> {
        // JSON has no word for what is no number. It becomes -1, which is found wrong where it is read.
        let value = if self.is_finite() { *self } else { -1.0 };
        let is_whole = value == value.floor() && (0.0..9e15).contains(&value);
        Some(if is_whole {
            Is::Whole(value as u64)
        } else {
            Is::Real(value)
        })
    }

    fn read(&mut self, value: &Value) -> Result<(), Wrong> {
        match value.is {
            Is::Whole(whole) => *self = whole as Self,
            Is::Real(real) => *self = real,
            _ => return expected(value, "a number"),
        }
        Ok(())
    }
}

impl Node for u32 {
    fn write(&self) -> Option<Is> {
        Some(Is::Whole(u64::from(*self)))
    }

    fn read(&mut self, value: &Value) -> Result<(), Wrong> {
        match value.is {
            Is::Whole(whole) if whole <= u64::from(Self::MAX) => *self = whole as Self,
            _ => return expected(value, "a whole number up to 4294967295"),
        }
        Ok(())
    }
}

impl Node for u64 {
    fn write(&self) -> Option<Is> {
        Some(Is::Whole(*self))
    }

    fn read(&mut self, value: &Value) -> Result<(), Wrong> {
        match value.is {
            Is::Whole(whole) => *self = whole,
            _ => return expected(value, "a whole number"),
        }
        Ok(())
    }
}

impl Node for bool {
    fn write(&self) -> Option<Is> {
        Some(Is::Bool(*self))
    }

    fn read(&mut self, value: &Value) -> Result<(), Wrong> {
        match value.is {
            Is::Bool(is) => *self = is,
            _ => return expected(value, "true or false"),
        }
        Ok(())
    }
}

impl Node for String {
    fn write(&self) -> Option<Is> {
        Some(Is::Text(self.clone()))
    }

    fn read(&mut self, value: &Value) -> Result<(), Wrong> {
        match &value.is {
            Is::Text(text) => self.clone_from(text),
            _ => return expected(value, "a text"),
        }
        Ok(())
    }
}

impl<T: Node + Blank> Node for Option<T> {
    fn write(&self) -> Option<Is> {
        self.as_ref()?.write()
    }

    fn read(&mut self, value: &Value) -> Result<(), Wrong> {
        if value.is == Is::Null {
            *self = None;
            return Ok(());
        }
        self.insert(T::blank()).read(value)
    }
}

impl<T: Node + Blank> Node for Vec<T> {
    fn write(&self) -> Option<Is> {
        let values = self.iter().filter_map(|item| Some(item.write()?.into()));
        Some(Is::List(values.collect()))
    }

    fn read(&mut self, value: &Value) -> Result<(), Wrong> {
        let Is::List(values) = &value.is else {
            return expected(value, "a list");
        };
        self.clear();
        for value in values {
            let mut item = T::blank();
            item.read(value)?;
            self.push(item);
        }
        Ok(())
    }
}

/// Dates and times are texts.
macro_rules! texts {
    ($($type:ty, $example:literal);*) => {
        $(impl Node for $type {
            fn write(&self) -> Option<Is> {
                Some(Is::Text(self.to_string()))
            }

            fn read(&mut self, value: &Value) -> Result<(), Wrong> {
                if let Is::Text(text) = &value.is
                    && let Ok(read) = text.parse()
                {
                    *self = read;
                    return Ok(());
                }
                expected(value, $example)
            }
        })*
    };
}

texts!(
    LocalDate, "a date such as \"2026-11-28\"";
    LocalTime, "a time such as \"20:00\"";
    LocalDateTime, "a date and time such as \"2026-11-28T20:00\""
);

/// Choices among names.
macro_rules! names {
    ($($type:ty, $what:literal { $($variant:ident = $name:literal),* })*) => {
        $(impl Node for $type {
            fn write(&self) -> Option<Is> {
                let name = match self {
                    $(Self::$variant => $name),*
                };
                Some(Is::Text(name.to_owned()))
            }

            fn read(&mut self, value: &Value) -> Result<(), Wrong> {
                *self = match &value.is {
                    $(Is::Text(name) if name == $name => Self::$variant,)*
                    _ => return expected(value, $what),
                };
                Ok(())
            }
        })*
    };
}

names! {
    Weekday, "a day: mon, tue, wed, thu, fri, sat or sun" {
        Mon = "mon", Tue = "tue", Wed = "wed", Thu = "thu", Fri = "fri", Sat = "sat", Sun = "sun"
    }
    GrowthPer, "day, week, month or year" {
        Day = "day", Week = "week", Month = "month", Year = "year"
    }
    TreatMissingData, "missing, ignore, breaching or notBreaching" {
        Missing = "missing", Ignore = "ignore", Breaching = "breaching", NotBreaching = "notBreaching"
    }
    PolicyType, "TargetTrackingScaling" { TargetTrackingScaling = "TargetTrackingScaling" }
    PredefinedMetricType, "SageMakerVariantInvocationsPerInstance" {
        SageMakerVariantInvocationsPerInstance = "SageMakerVariantInvocationsPerInstance"
    }
}

/// What a value is before it is read.
pub(crate) trait Blank {
    fn blank() -> Self;
}

/// The default, or the value given.
macro_rules! blank {
    ($($type:ty $(= $value:expr)?),* $(,)?) => {
        $(blank!(@ $type $(, $value)?);)*
    };
    (@ $type:ty) => {
        impl Blank for $type {
            fn blank() -> Self {
                Self::default()
            }
        }
    };
    (@ $type:ty, $value:expr) => {
        impl Blank for $type {
            fn blank() -> Self {
                $value
            }
        }
    };
}

blank!(
    f64,
    u32,
    String,
    LocalTime,
    LocalDateTime = Self::from_seconds(0),
    Weekday = Self::Mon,
    Vec<Weekday>,
    GrowthBy = Self::Rps(0.0),
    GrowthPer,
    Trace = Self::nothing(),
    Layer,
    ScalingPolicy,
    ScheduledAction,
);
