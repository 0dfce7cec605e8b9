//! A field of the scenario as a person edits it: what its input shows, and what is made of a text that is typed there.
//!
//! Which fields there are, and what each takes, is declared with the scenario ([`scenario::field`]).

use scenario::{
    catalogue,
    document::{MetricName, Scenario, TargetTracking},
    field::{self, Field, Kind, List, Place, Value},
    time::{UtcDateTime, Weekday},
};
use words::NumberFormat;

use super::{
    number::{self, Unit, Wrong},
    usual::{self, Piece},
};

/// A field that a scenario has.
#[derive(Clone, Copy, Debug)]
pub struct Editable {
    field: Field,
    /// How it is edited.
    pub kind: Kind,
    /// Whether it may be empty.
    pub is_optional: bool,
    /// What its number counts.
    pub unit: Unit,
    /// The piece of a usual schedule that it is.
    piece: Option<Piece>,
    /// Cores or GPUs over which AWS sums up what is shown as percent of the machine.
    units: f64,
}

impl Editable {
    /// Returns how a field is edited; `None` where the scenario has no such field.
    pub fn of(field: Field, scenario: &Scenario) -> Option<Self> {
        if let Some(piece) = Piece::of(field) {
            usual::text(expression(field, scenario)?, piece)?;
            return Some(Self {
                field,
                kind: piece.kind(),
                is_optional: false,
                unit: Unit::None,
                piece: Some(piece),
                units: 1.0,
            });
        }
        let spec = field.spec(scenario)?;
        field.read(scenario)?;
        has_its_alarm(field, scenario).then(|| Self {
            field,
            kind: spec.kind,
            is_optional: spec.is_optional,
            unit: field.unit(scenario),
            piece: None,
            units: summed_over(field, scenario),
        })
    }

    /// Returns what its input shows, in a person's way of writing numbers.
    pub fn text(&self, scenario: &Scenario, format: NumberFormat) -> String {
        if let Some(piece) = self.piece {
            let expression = expression(self.field, scenario);
            let text = expression.and_then(|expression| usual::text(expression, piece));
            return text.unwrap_or_default();
        }
        match self.field.read(scenario).unwrap_or(Value::Absent) {
            Value::Absent => String::new(),
            Value::Number(value) => format.typed(share(value, self.units)),
            Value::Whole(value) => value.to_string(),
            Value::Seed(value) => value.to_string(),
            Value::Text(value) => value,
            Value::Choice(value) => value.to_owned(),
            Value::Switch(value) => if value { "on" } else { "" }.to_owned(),
            Value::Date(value) => value.to_string(),
            Value::Time(value) => value.to_string(),
            Value::DateTime(value) => value.to_string(),
            Value::Moment(value) => value.utc().to_string(),
            Value::Days(value) => named_days(&value),
        }
    }

    /// Puts in what `text` says, in a person's way of writing numbers; leaves the old value where it says nothing.
    ///
    /// # Errors
    /// Where the text is none that the field takes.
    pub fn set(
        &self,
        scenario: &mut Scenario,
        text: &str,
        format: NumberFormat,
    ) -> Result<(), Wrong> {
        if let (Some(piece), Place::Item(_, id)) = (self.piece, self.field.place) {
            let first_day = scenario.start;
            return match scenario.scheduled_actions.of_mut(id) {
                Some(action) => usual::set(&mut action.schedule, piece, text, (first_day, format)),
                None => Ok(()),
            };
        }
        let value = self.value(text, format)?;
        self.field
            .write(scenario, &value)
            .map_err(|wrong| match wrong {
                field::Wrong::OutOfBounds => Wrong::NotWhole,
                _ => Wrong::Empty,
            })
    }

    /// Returns the value that a text says.
    fn value(&self, text: &str, format: NumberFormat) -> Result<Value, Wrong> {
        let trimmed = text.trim();
        if trimmed.is_empty() && self.is_optional {
            return Ok(Value::Absent);
        }
        Ok(match self.kind {
            Kind::Number => Value::Number(number::parse(text, self.unit, format)? * self.units),
            Kind::Whole if self.unit == Unit::Difference => {
                Value::Whole(number::parse_change(text, format)?.into())
            }
            Kind::Whole => Value::Whole(number::parse_whole(text, self.unit, format)?.into()),
            Kind::Seed => Value::Seed(trimmed.parse().map_err(|_| Wrong::NotWhole)?),
            Kind::Text if self.is_optional => Value::Text(trimmed.to_owned()),
            Kind::Text => Value::Text(text.to_owned()),
            Kind::Choice(names) => {
                let known = names.iter().find(|name| **name == text);
                Value::Choice(known.ok_or(Wrong::Empty)?)
            }
            Kind::Switch => Value::Switch(!trimmed.is_empty()),
            Kind::Date => Value::Date(time(text)?),
            Kind::Time => Value::Time(time(text)?),
            Kind::DateTime => Value::DateTime(time(text)?),
            Kind::Moment => Value::Moment(UtcDateTime::new(time(text)?)),
            Kind::Days => Value::Days(days_named(text)),
            Kind::Part => return Err(Wrong::Empty),
        })
    }
}

/// Returns the expression of the scheduled action that a field is of.
fn expression(field: Field, scenario: &Scenario) -> Option<&str> {
    match field.place {
        Place::Item(List::Actions, id) => Some(&scenario.scheduled_actions.of(id)?.schedule),
        _ => None,
    }
}

/// Whether a field of a policy is shown: a policy that lacks its alarm has only its name, and the warm-up.
fn has_its_alarm(field: Field, scenario: &Scenario) -> bool {
    let (Place::Item(List::Policies, id) | Place::Step(id, _)) = field.place else {
        return true;
    };
    ["PolicyName", "EstimatedInstanceWarmup"].contains(&field.name)
        || scenario.policies.of(id).is_none_or(|policy| {
            let needs_one = policy.step_scaling.is_some() || policy.simple_scaling.is_some();
            policy.alarm.is_some() || !needs_one
        })
}

/// Returns the number of cores or GPUs over which a field's value is summed up.
fn summed_over(field: Field, scenario: &Scenario) -> f64 {
    let Place::Item(List::Policies, id) = field.place else {
        return 1.0;
    };
    let policy = scenario.policies.of(id);
    let tracking = policy.and_then(|policy| policy.target_tracking.as_ref());
    let of_target = tracking.filter(|_| field == TargetTracking::target_value.of(id));
    let units = of_target
        .and_then(|tracking| units(&scenario.instance.instance_type, tracking.metric_name()));
    f64::from(units.unwrap_or(1))
}

/// Returns how many cores or GPUs a type has, over which SageMaker sums up their utilisation.
pub fn units(instance_type: &str, metric: MetricName) -> Option<u32> {
    metric.units(catalogue::find(instance_type)?)
}

/// Returns a number; of `units` cores or GPUs, the share of the machine, rounded to nine decimals.
fn share(value: f64, units: f64) -> f64 {
    if units > 1.0 {
        (value / units * 1e9).round() / 1e9
    } else {
        value
    }
}

/// Returns days of the week by their names, Monday first: `mon,wed`.
pub fn named_days(days: &[Weekday]) -> String {
    let named = Weekday::ALL.iter().filter(|day| days.contains(day));
    named.map(|day| day.name()).collect::<Vec<_>>().join(",")
}

/// Returns the days of the week that a text names: `mon,wed`.
pub fn days_named(text: &str) -> Vec<Weekday> {
    let named = |day: &&Weekday| text.split(',').any(|part| part == day.name());
    Weekday::ALL.iter().filter(named).copied().collect()
}

/// Reads a date, a time of day, or both.
pub(super) fn time<T: std::str::FromStr>(text: &str) -> Result<T, Wrong> {
    text.trim().parse().map_err(|_| {
        if text.trim().is_empty() {
            Wrong::Empty
        } else {
            Wrong::NotATime
        }
    })
}

#[cfg(test)]
mod tests {
    use scenario::{
        document::{GrowthBy, GrowthPer, Layer, ScalingPolicy, ScheduledAction, Shape},
        field::Fixed,
        presets,
    };

    use super::*;

    fn field(path: &str) -> Field {
        path.parse().unwrap()
    }

    fn shown(scenario: &Scenario, path: &str) -> Option<String> {
        let field = path.parse().ok()?;
        Some(Editable::of(field, scenario)?.text(scenario, NumberFormat::default()))
    }

    fn set(scenario: &mut Scenario, path: &str, text: &str) {
        let editable = Editable::of(field(path), scenario).unwrap();
        editable
            .set(scenario, text, NumberFormat::default())
            .unwrap();
    }

    /// Every field that a scenario has or might have.
    fn all(scenario: &Scenario) -> Vec<Field> {
        let sections = Fixed::ALL.iter().map(|section| Place::Section(*section));
        let items = List::ALL.into_iter().flat_map(|list| {
            let ids = list.ids(scenario).iter();
            ids.map(move |id| Place::Item(list, *id))
        });
        let fields = |place: Place| place.specs().map(move |spec| place.field(spec.name));
        sections.chain(items).flat_map(fields).collect()
    }

    #[test]
    fn a_share_of_the_machine_is_kept_as_aws_sums_it_up() {
        let mut scenario = Scenario::default();
        let target = "policies[0].TargetValue";
        set(&mut scenario, "policies[0].MetricName", "CPUUtilization");
        // ml.c5.xlarge has four cores.
        for (typed, kept) in [("50", 200.0), ("33.3 %", 133.2), ("0.1", 0.4)] {
            set(&mut scenario, target, typed);
            let tracking = &scenario.policies[0].target_tracking;
            let kept_value = tracking.as_ref().unwrap().target_value.unwrap();
            assert!((kept_value - kept).abs() < 1e-9, "{typed}: {kept_value}");
            let expected = typed.trim_end_matches(" %");
            assert_eq!(shown(&scenario, target).as_deref(), Some(expected));
        }
        set(&mut scenario, target, "");
        let tracking = &scenario.policies[0].target_tracking;
        assert_eq!(tracking.as_ref().unwrap().target_value, None);
        assert_eq!(units("ml.g5.12xlarge", MetricName::GpuUtilization), Some(4));
        assert_eq!(units("ml.made.up", MetricName::CpuUtilization), None);
    }

    #[test]
    fn writing_back_what_a_field_shows_changes_nothing() {
        let german = NumberFormat {
            decimal: ',',
            group: Some('.'),
            ..NumberFormat::default()
        };
        for (preset, format) in
            (presets::all().iter()).flat_map(|it| [(it, german), (it, NumberFormat::default())])
        {
            let scenario = preset.scenario();
            let mut changed = scenario.clone();
            let mut count = 0;
            for field in all(&scenario) {
                if let Some(editable) = Editable::of(field, &changed) {
                    let text = editable.text(&changed, format);
                    let set = editable.set(&mut changed, &text, format);
                    assert_eq!(set, Ok(()), "{field} {text:?}");
                    count += 1;
                }
            }
            assert_eq!(changed, scenario, "{}", preset.id);
            assert!(count > 70, "{}: {count} fields", preset.id);
        }
    }

    #[test]
    fn a_path_that_leads_nowhere_is_no_field() {
        let scenario = Scenario::default();
        for path in [
            "",
            "load_test",
            "demand[0]",
            "demand[9].name",
            "demand[x].name",
            "other[0].name",
            "demand[0].event.at",
            "asynchronous.other",
            "scalable_target.SuspendedState.other",
        ] {
            assert_eq!(shown(&scenario, path), None, "{path}");
        }
    }

    #[test]
    fn texts_become_values() {
        let mut scenario = Scenario::default();
        for (path, text, expected) in [
            ("load_test.max_rps", "1,200", "1200"),
            ("instance.launch_s", "4 min", "240"),
            ("policies[0].TargetValue", "", ""),
            ("policies[0].TargetValue", "600", "600"),
            ("policies[0].DisableScaleIn", "on", "on"),
            ("demand[1].event.at", "2026-11-29T01:30", "2026-11-29T01:30"),
            (
                "assumptions.treat_missing_data",
                "notBreaching",
                "notBreaching",
            ),
        ] {
            set(&mut scenario, path, text);
            assert_eq!(shown(&scenario, path).as_deref(), Some(expected), "{path}");
        }
    }

    #[test]
    fn a_predictive_policy_has_its_fields() {
        let mut scenario = Scenario {
            policies: vec![ScalingPolicy::predictive("mornings")].into(),
            ..Scenario::default()
        };
        for (leaf, text, expected) in [
            ("PolicyName", "evenings", "evenings"),
            ("Mode", "ForecastAndScale", "ForecastAndScale"),
            ("TargetValue", "900", "900"),
            ("PredefinedMetricType", "ALBRequestCount", "ALBRequestCount"),
            ("TargetValue", "900", "900"),
            (
                "PredefinedMetricType",
                "ASGCPUUtilization",
                "ASGCPUUtilization",
            ),
            ("SchedulingBufferTime", "10 min", "600"),
            (
                "MaxCapacityBreachBehavior",
                "IncreaseMaxCapacity",
                "IncreaseMaxCapacity",
            ),
            ("MaxCapacityBuffer", "10", "10"),
        ] {
            let path = format!("policies[0].{leaf}");
            set(&mut scenario, &path, text);
            assert_eq!(shown(&scenario, &path).as_deref(), Some(expected), "{path}");
        }
        let path = "auto_scaling_group.history";
        set(&mut scenario, path, "none");
        assert_eq!(shown(&scenario, path).as_deref(), Some("none"));
        let predictive = |scenario: &Scenario| {
            let predictive = scenario.policies[0].predictive_scaling.as_ref();
            let predictive = predictive.unwrap();
            let target = predictive.metrics[0].target_value;
            (target, predictive.max_capacity_buffer)
        };
        // A target of requests is none of CPU.
        assert_eq!(predictive(&scenario), (None, Some(10)));
        let path = "policies[0].MaxCapacityBreachBehavior";
        for (text, buffer) in [("HonorMaxCapacity", None), ("IncreaseMaxCapacity", Some(0))] {
            set(&mut scenario, path, text);
            assert_eq!(predictive(&scenario), (None, buffer), "{text}");
        }
        for leaf in ["Cooldown", "MetricName", "Threshold"] {
            let path = format!("policies[0].{leaf}");
            assert_eq!(shown(&scenario, &path), None, "{path}");
        }
    }

    #[test]
    fn actions_have_the_fields_that_their_schedule_has() {
        let mut scenario = Scenario {
            scheduled_actions: vec![ScheduledAction::default()].into(),
            ..Scenario::default()
        };
        let path = |leaf: &str| format!("scheduled_actions[0].{leaf}");
        for (leaf, text, expected) in [
            ("Schedule", "cron(0 9 * * ? *)", "cron(0 9 * * ? *)"),
            ("Schedule.kind", "weekdays", "weekdays"),
            ("Schedule.time", "07:30", "07:30"),
            ("StartTime", "2026-11-28T06:00", "2026-11-28T06:00"),
            ("EndTime", "", ""),
            ("Timezone", "Asia/Seoul", "Asia/Seoul"),
            ("Recurrence", "0 8 * * 1-5", "0 8 * * 1-5"),
            ("Recurrence", "", ""),
        ] {
            let path = path(leaf);
            set(&mut scenario, &path, text);
            assert_eq!(shown(&scenario, &path).as_deref(), Some(expected), "{path}");
        }
        let action = &scenario.scheduled_actions[0];
        assert_eq!(action.schedule, "cron(30 7 ? * MON-FRI *)");
        assert_eq!(action.recurrence, None);
        let start = action.start_time.unwrap();
        assert_eq!(start.to_string(), "2026-11-28T06:00:00Z");
        for leaf in [
            "Schedule.at",
            "Schedule.days",
            "Schedule.every",
            "Schedule.other",
        ] {
            assert_eq!(shown(&scenario, &path(leaf)), None, "{leaf}");
        }
    }

    #[test]
    fn days_and_growth_keep_what_they_can() {
        let growth = Layer {
            shape: Shape::Growth {
                by: GrowthBy::Rps(10.0),
                per: GrowthPer::Week,
            },
            ..Layer::default()
        };
        let mut scenario = Scenario {
            demand: [growth].into(),
            ..Scenario::default()
        };
        let by = "demand[0].growth.by";
        let before = shown(&scenario, by);
        for kind in ["percent", "rps"] {
            set(&mut scenario, "demand[0].growth.kind", kind);
            assert_eq!(shown(&scenario, by), before, "{kind}");
        }
        assert_eq!(named_days(&days_named("sun,mon")), "mon,sun");
    }
}
