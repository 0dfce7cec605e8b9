//! What can be read from a run by name: `failed_requests`, `change_to(0)`, `p95_ms(20:05)`, `setting(/hours)`.
//!
//! One table says of each name what it takes in parentheses, its unit, and where it stands. Nothing is computed here that the
//! engine or its report could.

use engine::run::Activity;
use scenario::time::{LocalDateTime, LocalTime};

use crate::{expression::Name, subject::Subject, unit::Unit};

/// What a name takes in parentheses, and how it is read with that; nothing where a run has none.
enum Read {
    /// Nothing: a figure of the whole run.
    Whole(fn(&Subject) -> Option<f64>),
    /// The index of a change of desired capacity, from 0 on, `change_to(0)`; or a time as below: the first change decided then or
    /// later.
    Change(fn(&Activity) -> Option<f64>),
    /// A time of day, `20:05`, or a date and time, `2026-11-30T20:05`: the value of the minute that begins then.
    Minute(fn(&Subject, usize) -> Option<f64>),
    /// A time as above: seconds from the start.
    Time,
    /// A place in the scenario's document, as a JSON pointer (RFC 6901): `/scalable_target/MaxCapacity`.
    Place,
}

/// What a measure takes in parentheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// The index of a change, or a time.
    Change,
    /// A time.
    Time,
    /// A place in the document.
    Place,
}

/// Something that can be read from a run.
pub struct Measure {
    /// How content names it.
    pub name: &'static str,
    /// What its number is a number of.
    pub unit: Unit,
    read: Read,
}

/// Returns a measure of the whole run.
const fn whole(name: &'static str, unit: Unit, read: fn(&Subject) -> Option<f64>) -> Measure {
    let read = Read::Whole(read);
    Measure { name, unit, read }
}

/// Returns a measure of a change of desired capacity.
const fn change(name: &'static str, unit: Unit, read: fn(&Activity) -> Option<f64>) -> Measure {
    let read = Read::Change(read);
    Measure { name, unit, read }
}

/// Returns a measure of a minute.
const fn minute(
    name: &'static str,
    unit: Unit,
    read: fn(&Subject, usize) -> Option<f64>,
) -> Measure {
    let read = Read::Minute(read);
    Measure { name, unit, read }
}

/// Returns the value of a column of the series in a minute; nothing where it has no datapoint.
fn at(column: &[f32], minute: usize) -> Option<f64> {
    let value = column.get(minute).copied().map(f64::from)?;
    value.is_finite().then_some(value)
}

/// Everything that can be read.
pub static MEASURES: &[Measure] = &[
    whole("requests", Unit::Requests, |it| Some(it.report.requests)),
    whole("failed_requests", Unit::Requests, |it| {
        Some(it.report.failed)
    }),
    whole("late_requests", Unit::Requests, |it| Some(it.report.late)),
    whole("waiting_requests", Unit::Requests, |it| {
        Some(it.report.waiting)
    }),
    whole("availability", Unit::Share, |it| {
        Some(it.report.availability)
    }),
    whole("mean_latency_ms", Unit::Milliseconds, |it| {
        Some(it.report.mean_ms)
    }),
    whole("median_latency_ms", Unit::Milliseconds, |it| {
        Some(it.report.p50_ms)
    }),
    whole("p95_latency_ms", Unit::Milliseconds, |it| {
        Some(it.report.p95_ms)
    }),
    whole("p99_latency_ms", Unit::Milliseconds, |it| {
        Some(it.report.p99_ms)
    }),
    whole("worst_p95_ms", Unit::Milliseconds, |it| {
        Some(it.report.worst_minute.p95_ms)
    }),
    whole("worst_minute", Unit::Moment, |it| {
        Some(it.report.worst_minute.at_s)
    }),
    whole("peak_demand_rps", Unit::RequestsPerSecond, |it| {
        Some(it.report.peak_demand_rps)
    }),
    whole("peak_served_rps", Unit::RequestsPerSecond, |it| {
        let served = it.run.series.served_rps.iter().copied().map(f64::from);
        Some(served.fold(0.0, f64::max))
    }),
    whole("longest_queue", Unit::Requests, |it| {
        let queue = it.run.series.queue.iter().copied().map(f64::from);
        Some(queue.fold(0.0, f64::max))
    }),
    whole("fewest_instances", Unit::Instances, |it| {
        Some(it.report.fewest_instances.into())
    }),
    whole("most_instances", Unit::Instances, |it| {
        Some(it.report.most_instances.into())
    }),
    whole("mean_instances", Unit::Instances, |it| {
        Some(it.report.mean_instances)
    }),
    whole("initial_instances", Unit::Instances, |it| {
        it.run.fleet.first().map(|first| first.desired.into())
    }),
    whole("utilisation", Unit::Share, |it| Some(it.report.utilisation)),
    whole(
        "changes",
        Unit::Times,
        |it| Some(changes(it).count() as f64),
    ),
    whole("cost_usd", Unit::Usd, |it| Some(it.report.cost_usd)),
    whole("cost_usd_per_month", Unit::Usd, |it| {
        Some(it.report.usd_per_month)
    }),
    whole("cost_usd_per_day", Unit::Usd, |it| {
        let length_s = f64::from(it.compiled.plan.length_s);
        Some(it.report.cost_usd * 86_400.0 / length_s)
    }),
    whole("fixed_fleet_usd_per_month", Unit::Usd, |it| {
        Some(it.report.fixed_fleet.usd_per_month)
    }),
    whole("fixed_fleet_instances", Unit::Instances, |it| {
        Some(it.report.fixed_fleet.instances.into())
    }),
    whole("foresight_usd_per_month", Unit::Usd, |it| {
        Some(it.report.foresight.usd_per_month)
    }),
    whole("target", Unit::RequestsPerMinute, |it| {
        Some(it.compiled.resolved.target)
    }),
    whole("alarm_low_threshold", Unit::RequestsPerMinute, |it| {
        let plan = &it.compiled.plan;
        let [_, low] = plan.target_tracking.first()?.alarms(&plan.assumptions);
        Some(low.threshold)
    }),
    whole("first_failure", Unit::Moment, |it| {
        let mut distress = it.run.distress.iter();
        distress.find(|it| it.failed > 0.0).map(|it| it.start_s)
    }),
    whole("first_late", Unit::Moment, |it| {
        let mut distress = it.run.distress.iter();
        distress.find(|it| it.late > 0.0).map(|it| it.start_s)
    }),
    whole("credits_used_up", Unit::Moment, |it| {
        it.report.credits.and_then(|credits| credits.used_up_s)
    }),
    whole("cold_starts", Unit::Requests, |it| {
        it.report.on_demand.map(|on_demand| on_demand.cold_starts)
    }),
    change("change_decided", Unit::Moment, |it| Some(it.start_s)),
    change("change_ended", Unit::Moment, |it| it.end_s),
    change("change_from", Unit::Instances, |it| Some(it.from.into())),
    change("change_to", Unit::Instances, |it| Some(it.to.into())),
    minute("demand_rps", Unit::RequestsPerSecond, |it, i| {
        at(&it.run.series.demand_rps, i)
    }),
    minute("capacity_rps", Unit::RequestsPerSecond, |it, i| {
        at(&it.run.series.capacity_rps, i)
    }),
    minute("served_rps", Unit::RequestsPerSecond, |it, i| {
        at(&it.run.series.served_rps, i)
    }),
    minute("failed_rps", Unit::RequestsPerSecond, |it, i| {
        at(&it.run.series.failed_rps, i)
    }),
    minute("queue", Unit::Requests, |it, i| at(&it.run.series.queue, i)),
    minute("p95_ms", Unit::Milliseconds, |it, i| {
        at(&it.run.series.p95_ms, i)
    }),
    minute("metric", Unit::Number, |it, i| {
        at(it.run.series.metric(), i)
    }),
    minute("in_service", Unit::Instances, |it, i| {
        it.run.series.in_service.get(i).map(|it| (*it).into())
    }),
    minute("desired", Unit::Instances, |it, i| {
        it.run.series.desired.get(i).map(|it| (*it).into())
    }),
    minute("credit_balance", Unit::Credits, |it, i| {
        at(&it.run.series.credits, i)
    }),
    Measure {
        name: "time",
        unit: Unit::Moment,
        read: Read::Time,
    },
    Measure {
        name: "setting",
        unit: Unit::Number,
        read: Read::Place,
    },
];

impl Measure {
    /// Returns the measure that a name names.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        MEASURES.iter().find(|measure| measure.name == name)
    }

    /// Returns what it takes in parentheses.
    #[must_use]
    pub fn argument(&self) -> Takes {
        match self.read {
            Read::Whole(_) => Takes::Nothing,
            Read::Change(_) => Takes::Change,
            Read::Minute(_) | Read::Time => Takes::Time,
            Read::Place => Takes::Place,
        }
    }

    /// Returns whether a name has in its parentheses what the measure takes.
    #[must_use]
    pub fn takes(&self, argument: Option<&str>) -> bool {
        match (&self.read, argument) {
            (Read::Whole(_), argument) => argument.is_none(),
            (Read::Change(_), Some(which)) => {
                which.parse::<usize>().is_ok() || Time::of(which).is_some()
            }
            (Read::Minute(_) | Read::Time, Some(time)) => Time::of(time).is_some(),
            (Read::Place, Some(place)) => place.starts_with('/'),
            (_, None) => false,
        }
    }
}

/// Returns what a name reads from a run, whatever setting it names; nothing where the run has no such value.
#[must_use]
pub fn read(name: &Name, subject: &Subject) -> Option<f64> {
    let measure = Measure::find(&name.name)?;
    let argument = name.argument.as_deref();
    match (&measure.read, argument) {
        (Read::Whole(read), None) => read(subject),
        (Read::Change(read), Some(which)) => match which.parse() {
            Ok(index) => read(changes(subject).nth(index)?),
            Err(_) => {
                let from_s = Time::of(which)?.at_s(subject)?;
                read(changes(subject).find(|change| change.start_s >= from_s)?)
            }
        },
        (Read::Minute(read), Some(time)) => {
            let at_s = Time::of(time)?.at_s(subject)?;
            read(subject, (at_s / f64::from(subject.run.period_s)) as usize)
        }
        (Read::Time, Some(time)) => Time::of(time)?.at_s(subject),
        (Read::Place, Some(place)) => {
            let document = serde_json::to_value(subject.scenario).ok()?;
            document.pointer(place)?.as_f64()
        }
        _ => None,
    }
}

/// Returns the activities that changed desired capacity, in order.
fn changes<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a Activity> + use<'a> {
    let activities = subject.run.activities.iter();
    activities.filter(|activity| activity.from != activity.to)
}

/// A time as content writes it.
enum Time {
    /// On the first day of the run.
    OfDay(LocalTime),
    /// With its date.
    Dated(LocalDateTime),
}

impl Time {
    fn of(text: &str) -> Option<Self> {
        let dated = || text.parse().ok().map(Self::Dated);
        text.parse().ok().map(Self::OfDay).or_else(dated)
    }

    /// Returns the seconds from the start of the run; nothing outside of it.
    fn at_s(&self, subject: &Subject) -> Option<f64> {
        let local = match self {
            Self::OfDay(time) => subject.scenario.start.at(*time),
            Self::Dated(local) => *local,
        };
        let at_s = subject.compiled.clock.at_s(local);
        (0.0..=f64::from(subject.compiled.plan.length_s))
            .contains(&at_s)
            .then_some(at_s)
    }
}

#[cfg(test)]
mod tests {
    use scenario::document::Scenario;

    use super::*;
    use crate::{expression::Expression, subject::Ran};

    #[test]
    fn finals_night_reads_as_it_happened() {
        let ran = Ran::of(Scenario::default()).unwrap();
        let subject = ran.subject();
        let value = |text| {
            let expression = Expression::parse(text).unwrap();
            expression.value(|name| read(name, &subject))
        };
        for (text, found) in [
            ("setting(/scalable_target/MaxCapacity)", Some(12.0)),
            ("change_from(0)", Some(4.0)),
            ("change_to(0)", Some(3.0)),
            ("change_from(20:00)", Some(4.0)),
            ("change_to(20:04)", Some(9.0)),
            ("change_decided(20:00) - time(20:04)", Some(0.0)),
            ("change_ended(20:00) - time(20:08)", Some(0.0)),
            ("change_to(2026-11-29T00:00)", None),
            ("in_service(19:00)", Some(4.0)),
            ("in_service(2026-11-28T20:12)", Some(12.0)),
            ("most_instances", Some(12.0)),
            ("round(failed_requests)", Some(10_809.0)),
            ("time(2026-11-30T20:00)", None),
            ("change_to(99)", None),
            ("cold_starts", None),
            ("setting(/nothing)", None),
        ] {
            assert_eq!(value(text), found, "{text}");
        }
        for measure in MEASURES {
            assert_eq!(
                MEASURES.iter().filter(|it| it.name == measure.name).count(),
                1,
                "{}",
                measure.name
            );
        }
    }

    #[test]
    fn names_take_what_they_say() {
        for (name, argument, takes) in [
            ("requests", None, true),
            ("requests", Some("1"), false),
            ("change_to", Some("0"), true),
            ("change_to", None, false),
            ("queue", Some("20:05"), true),
            ("queue", Some("soon"), false),
            ("setting", Some("/hours"), true),
            ("setting", Some("hours"), false),
        ] {
            let measure = Measure::find(name).unwrap();
            assert_eq!(measure.takes(argument), takes, "{name}({argument:?})");
        }
    }
}
