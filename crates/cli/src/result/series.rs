//! The series of a run as columns with a name each.

use std::borrow::Cow;

use engine::{
    forecast::Forecast,
    run::{AlarmColumn, AlarmRole, AlarmState},
};
use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::outcome::Outcome;

/// All columns, equally long: a value per metric period.
#[derive(Debug)]
pub struct Series<'a>(pub Vec<Column<'a>>);

/// A column.
#[derive(Debug)]
pub struct Column<'a> {
    /// Its name, with the unit.
    pub name: Cow<'static, str>,
    values: Values<'a>,
}

#[derive(Debug)]
enum Values<'a> {
    /// Starts of the periods, seconds from the start of the run.
    Starts {
        count: usize,
        period_s: u32,
    },
    Floats(&'a [f32]),
    Counts(&'a [u32]),
    States(&'a [AlarmState]),
    /// Instances forecast for the hour of each period.
    Forecast {
        forecast: &'a Forecast,
        count: usize,
        period_s: u32,
    },
}

/// A value.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Cell {
    Whole(u64),
    /// Four bytes, as the engine keeps it: written with the digits that these have. A zero has no sign.
    Float(f32),
    State(&'static str),
    /// There is none.
    Nothing,
}

impl<'a> Series<'a> {
    /// Returns the columns of a run.
    pub fn of(outcome: &'a Outcome) -> Self {
        let run = &outcome.run;
        let series = &run.series;
        let starts = Values::Starts {
            count: series.demand_rps.len(),
            period_s: run.period_s,
        };
        let columns = [
            ("t_s", starts),
            ("demand_rps", Values::Floats(&series.demand_rps)),
            ("capacity_rps", Values::Floats(&series.capacity_rps)),
            ("desired", Values::Counts(&series.desired)),
            ("in_service", Values::Counts(&series.in_service)),
            ("pending", Values::Counts(&series.pending)),
            ("served_rps", Values::Floats(&series.served_rps)),
            ("failed_rps", Values::Floats(&series.failed_rps)),
            ("queue", Values::Floats(&series.queue)),
            ("mean_ms", Values::Floats(&series.mean_ms)),
            ("p50_ms", Values::Floats(&series.p50_ms)),
            ("p95_ms", Values::Floats(&series.p95_ms)),
            ("p99_ms", Values::Floats(&series.p99_ms)),
            (
                "invocations_per_instance",
                Values::Floats(&series.invocations_per_instance),
            ),
        ];
        let named = |(name, values): (&'static str, _)| Column {
            name: name.into(),
            values,
        };
        let columns = columns.into_iter().map(named);
        let cost = named(("cost_usd", Values::Floats(&series.cost_usd)));
        let instances = (!series.instances.is_empty()).then(|| Column {
            name: "instances".into(),
            values: Values::Counts(&series.instances),
        });
        let metric = (!series.other_metric.is_empty()).then(|| Column {
            name: outcome.compiled.resolved.metric.name().into(),
            values: Values::Floats(&series.other_metric),
        });
        let alarms = series.alarms.iter().map(|alarm| Column {
            name: alarm_name(outcome, alarm).into(),
            values: Values::States(&alarm.states),
        });
        let attempts = run.retried.as_ref().map(|retried| &*retried.attempts_rps);
        let of_some = [
            ("attempts_rps", attempts.unwrap_or_default()),
            ("on_demand_requests", &*series.on_demand),
            ("cold_start_requests", &series.cold_starts),
            ("credits", &series.credits),
            ("surplus_credits", &series.surplus_credits),
        ];
        let of_some = of_some
            .into_iter()
            .filter(|(_, values)| !values.is_empty())
            .map(|(name, values)| named((name, Values::Floats(values))));
        let forecasts = run.forecasts.iter().map(|forecast| Column {
            name: numbered("forecast", outcome, forecast.policy).into(),
            values: Values::Forecast {
                forecast,
                count: series.demand_rps.len(),
                period_s: run.period_s,
            },
        });
        let columns = columns
            .chain(instances)
            .chain(metric)
            .chain(of_some)
            .chain(alarms)
            .chain(forecasts);
        Self(columns.chain([cost]).collect())
    }

    /// Returns how many values each column has.
    pub fn len(&self) -> usize {
        self.0.first().map_or(0, |column| column.values.len())
    }
}

impl Column<'_> {
    /// Returns the value of a period.
    pub fn cell(&self, period: usize) -> Option<Cell> {
        match self.values {
            Values::Starts { count, period_s } => {
                (period < count).then(|| Cell::Whole(period as u64 * u64::from(period_s)))
            }
            // A metric without a datapoint.
            Values::Floats(values) => values.get(period).map(|value| match value.is_nan() {
                true => Cell::Nothing,
                false => Cell::Float(*value + 0.0),
            }),
            Values::Counts(values) => values.get(period).map(|value| Cell::Whole((*value).into())),
            Values::States(values) => values.get(period).map(|state| Cell::State(name(*state))),
            Values::Forecast {
                forecast,
                count,
                period_s,
            } => (period < count).then(|| {
                let capacity = forecast.at(period as f64 * f64::from(period_s));
                capacity.map_or(Cell::Nothing, |capacity| Cell::Whole(capacity.into()))
            }),
        }
    }
}

impl Values<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Starts { count, .. } | Self::Forecast { count, .. } => *count,
            Self::Floats(values) => values.len(),
            Self::Counts(values) => values.len(),
            Self::States(values) => values.len(),
        }
    }
}

/// Returns the name of an alarm: `alarm_high`, and with several policies `alarm_high[1]`, with the policy's index.
fn alarm_name(outcome: &Outcome, alarm: &AlarmColumn) -> String {
    let role = match alarm.role {
        AlarmRole::High => "alarm_high",
        AlarmRole::Low => "alarm_low",
        AlarmRole::Own => "alarm",
    };
    numbered(role, outcome, alarm.policy)
}

/// Returns the name of a policy's column, with the policy's index where there are several.
fn numbered(name: &str, outcome: &Outcome, policy: usize) -> String {
    match outcome.scenario.policies.len() {
        0 | 1 => name.to_owned(),
        _ => format!("{name}[{policy}]"),
    }
}

/// Returns CloudWatch's name of a state.
fn name(state: AlarmState) -> &'static str {
    match state {
        AlarmState::InsufficientData => "INSUFFICIENT_DATA",
        AlarmState::Ok => "OK",
        AlarmState::Alarm => "ALARM",
    }
}

impl Serialize for Series<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for column in &self.0 {
            map.serialize_entry(&column.name, column)?;
        }
        map.end()
    }
}

impl Serialize for Column<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((0..self.values.len()).filter_map(|period| self.cell(period)))
    }
}
