//! Where a field's path (`load_test.max_rps`, `demand[2].event.at`) leads in the scenario, and its text there.
//!
//! The fields are the scenario's ([`scenario::field`]); here are their texts, and the paths by which the page names items: by their
//! indexes.

use scenario::{
    catalogue,
    document::{MetricName, Scenario, ScheduledAction, TargetTracking},
    field::{self, Field, ItemId, Kind, Place, Value},
    time::{LocalDateTime, UtcDateTime, Weekday},
};

use super::{
    number::{self, Unit, Wrong},
    usual::{self, Piece},
};

/// The scenario's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Layers of demand.
    Demand,
    /// Scaling policies.
    Policies,
    /// Scheduled actions.
    Actions,
    /// What fails.
    Failures,
}

impl List {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Demand, Self::Policies, Self::Actions, Self::Failures];

    /// The name that paths begin with.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Demand => "demand",
            Self::Policies => "policies",
            Self::Actions => "scheduled_actions",
            Self::Failures => "failures",
        }
    }

    /// Path of item `index`.
    pub fn item(self, index: usize) -> String {
        format!("{}[{index}]", self.name())
    }
}

/// Splits `demand[2].event.at` into list, index and rest.
pub fn split(path: &str) -> Option<(List, usize, &str)> {
    let (name, rest) = path.split_once('[')?;
    let (index, rest) = rest.split_once(']')?;
    let list = List::ALL.into_iter().find(|list| list.name() == name)?;
    Some((
        list,
        index.parse().ok()?,
        rest.strip_prefix('.').unwrap_or(rest),
    ))
}

/// A field of a scenario.
#[derive(Debug)]
pub struct Slot<'a> {
    scenario: &'a mut Scenario,
    field: Field,
    /// How it is edited.
    pub kind: Kind,
    /// The piece of a usual schedule that it is.
    pub piece: Option<Piece>,
    is_optional: bool,
    unit: Unit,
    /// Cores or GPUs over which AWS sums up what is shown as percent of the machine.
    units: f64,
}

/// Days of the week, Monday first, with their names in files.
pub const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "mon"),
    (Weekday::Tue, "tue"),
    (Weekday::Wed, "wed"),
    (Weekday::Thu, "thu"),
    (Weekday::Fri, "fri"),
    (Weekday::Sat, "sat"),
    (Weekday::Sun, "sun"),
];

/// The field that `path` leads to, an item by its index; `None` where the scenario has no such field.
pub fn place<'a>(scenario: &'a mut Scenario, path: &str) -> Option<Slot<'a>> {
    let field = by_number(path.parse().ok()?, scenario);
    let piece = piece(field, scenario);
    let spec = field.spec(scenario)?;
    if piece.is_none() {
        field.read(scenario)?;
    }
    if !has_its_alarm(field, scenario) {
        return None;
    }
    Some(Slot {
        kind: spec.kind,
        piece,
        is_optional: spec.is_optional,
        unit: field.unit(scenario),
        units: summed_over(field, scenario),
        field,
        scenario,
    })
}

/// The same field of an item that is told by its index.
fn by_number(field: Field, scenario: &Scenario) -> Field {
    let numbered = |ids: &[ItemId], index: ItemId| {
        let known = usize::try_from(index.0)
            .ok()
            .and_then(|index| ids.get(index));
        known.copied().unwrap_or(ItemId(u32::MAX))
    };
    let place = match field.place {
        Place::Section(_) => return field,
        Place::Item(list, index) => Place::Item(list, numbered(list.ids(scenario), index)),
        Place::Step(policy, step) => {
            let policy = numbered(scenario.policies.ids(), policy);
            let steps = scenario
                .policies
                .of(policy)
                .and_then(|it| it.step_scaling.as_ref());
            let step = steps.map(|steps| numbered(steps.steps.ids(), step));
            Place::Step(policy, step.unwrap_or(ItemId(u32::MAX)))
        }
    };
    place.field(field.name)
}

/// The piece of a usual schedule that a field is, where its expression has it.
fn piece(field: Field, scenario: &Scenario) -> Option<Piece> {
    let action = action_of(field, scenario)?;
    let name = field.name.strip_prefix("Schedule.")?;
    let (_, piece) = Piece::ALL.into_iter().find(|(known, _)| *known == name)?;
    usual::text(&action.schedule, piece).map(|_| piece)
}

fn action_of(field: Field, scenario: &Scenario) -> Option<&ScheduledAction> {
    match field.place {
        Place::Item(field::List::Actions, id) => scenario.scheduled_actions.of(id),
        _ => None,
    }
}

/// What lacks its alarm shows its name, and how to add one.
fn has_its_alarm(field: Field, scenario: &Scenario) -> bool {
    let (Place::Item(field::List::Policies, id) | Place::Step(id, _)) = field.place else {
        return true;
    };
    ["PolicyName", "EstimatedInstanceWarmup"].contains(&field.name)
        || scenario.policies.of(id).is_none_or(|policy| {
            let needs_one = policy.step_scaling.is_some() || policy.simple_scaling.is_some();
            policy.alarm.is_some() || !needs_one
        })
}

/// Cores or GPUs over which a field's value is summed up.
fn summed_over(field: Field, scenario: &Scenario) -> f64 {
    let Place::Item(field::List::Policies, id) = field.place else {
        return 1.0;
    };
    let policy = scenario.policies.of(id);
    let tracking = policy.and_then(|policy| policy.target_tracking.as_ref());
    let of_target = tracking.filter(|_| field == TargetTracking::target_value.of(id));
    let units = of_target
        .and_then(|tracking| units(&scenario.instance.instance_type, tracking.metric_name()));
    f64::from(units.unwrap_or(1))
}

/// How many cores or GPUs a type has, over which SageMaker sums up their utilisation.
#[inline(never)]
pub fn units(instance_type: &str, metric: MetricName) -> Option<u32> {
    let instance = catalogue::find(instance_type)?;
    match metric {
        MetricName::CpuUtilization => instance.vcpu,
        MetricName::GpuUtilization => instance.gpu.as_ref().map(|gpu| gpu.count),
        _ => None,
    }
}

/// `at(…)` around a moment.
pub fn at_schedule(moment: LocalDateTime) -> String {
    let text = moment.to_string();
    let seconds = if text.len() == 16 { ":00" } else { "" };
    format!("at({text}{seconds})")
}

impl Slot<'_> {
    /// The value as its field shows it.
    pub fn text(&self) -> String {
        if let Some(piece) = self.piece {
            let action = action_of(self.field, self.scenario);
            return action
                .and_then(|action| usual::text(&action.schedule, piece))
                .unwrap_or_default();
        }
        match self.field.read(self.scenario).unwrap_or(Value::Absent) {
            Value::Absent => String::new(),
            Value::Number(value) => share(value, self.units),
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

    /// Puts in what `text` says; leaves the old value where it says nothing.
    pub fn set(self, text: &str) -> Result<(), Wrong> {
        if let Some(piece) = self.piece {
            let first_day = self.scenario.start;
            return match self.field.place {
                Place::Item(field::List::Actions, id) => self
                    .scenario
                    .scheduled_actions
                    .of_mut(id)
                    .map_or(Ok(()), |action| {
                        usual::set(&mut action.schedule, piece, text, first_day)
                    }),
                _ => Ok(()),
            };
        }
        let value = self.value(text)?;
        self.field
            .write(self.scenario, &value)
            .map_err(|wrong| match wrong {
                field::Wrong::OutOfBounds => Wrong::NotWhole,
                _ => Wrong::Empty,
            })
    }

    /// What a text says.
    fn value(&self, text: &str) -> Result<Value, Wrong> {
        let trimmed = text.trim();
        if trimmed.is_empty() && self.is_optional {
            return Ok(Value::Absent);
        }
        Ok(match self.kind {
            Kind::Number => Value::Number(number::parse(text, self.unit)? * self.units),
            Kind::Whole if self.unit == Unit::Difference => {
                Value::Whole(number::parse_change(text)?.into())
            }
            Kind::Whole => Value::Whole(number::parse_whole(text, self.unit)?.into()),
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

    /// What the value counts.
    pub fn unit(&self) -> Unit {
        self.unit
    }
}

/// A number as it is, or a share of the machine without the dust of a division.
fn share(value: f64, units: f64) -> String {
    if units > 1.0 {
        ((value / units * 1e9).round() / 1e9).to_string()
    } else {
        value.to_string()
    }
}

/// Days of the week by their names, Monday first: `mon,wed`.
pub fn named_days(days: &[Weekday]) -> String {
    let names = DAYS.iter().filter(|(day, _)| days.contains(day));
    let names: Vec<&str> = names.map(|(_, name)| *name).collect();
    names.join(",")
}

/// The days of such names.
pub fn days_named(text: &str) -> Vec<Weekday> {
    let named = |name: &str| text.split(',').any(|part| part == name);
    let days = DAYS.iter().filter(|(_, name)| named(name));
    days.map(|(day, _)| *day).collect()
}

/// A date, a time of day, or both.
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
        document::{GrowthBy, GrowthPer, ScalingPolicy, Shape},
        presets,
    };

    use super::*;

    /// Every field of the form, by path; list items stand at index 0.
    const PATHS: [&str; 74] = [
        "name",
        "start",
        "hours",
        "time_zone",
        "seed",
        "load_test.max_rps",
        "load_test.safety_factor",
        "load_test.p50_ms",
        "load_test.p95_ms",
        "expected.peak_rps",
        "expected.quiet_rps",
        "expected.fewest_instances",
        "instance.type",
        "instance.usd_per_hour",
        "instance.launch_s",
        "instance.launch_to_s",
        "instance.removal_s",
        "instance.initial",
        "instance.credit_specification.CpuCredits",
        "instance.initial_cpu_credits",
        "scalable_target.MinCapacity",
        "scalable_target.MaxCapacity",
        "platform",
        "auto_scaling_group.DefaultInstanceWarmup",
        "auto_scaling_group.DefaultCooldown",
        "auto_scaling_group.WarmPool.PoolState",
        "auto_scaling_group.warm_pool_launch_s",
        "auto_scaling_group.HealthCheckType",
        "auto_scaling_group.HealthCheckGracePeriod",
        "auto_scaling_group.HealthCheckIntervalSeconds",
        "auto_scaling_group.UnhealthyThresholdCount",
        "auto_scaling_group.boot_s",
        "availability_zones",
        "assumptions.status_check_s",
        "service.timeout_s",
        "service.queue_limit_per_instance",
        "objective.availability_pct",
        "objective.late_ms",
        "assumptions.metric_delay_s",
        "assumptions.alarm_high_datapoints",
        "assumptions.alarm_low_datapoints",
        "assumptions.alarm_low_factor",
        "assumptions.extra_evaluation_range",
        "assumptions.treat_missing_data",
        "assumptions.max_scale_in_step",
        "assumptions.updating_blocks",
        "assumptions.datapoints_from_before_act",
        "asynchronous.RequestTTLSeconds",
        "asynchronous.InvocationTimeoutSeconds",
        "asynchronous.MaxConcurrentInvocationsPerInstance",
        "inference_component.ComputeResourceRequirements.MinMemoryRequiredInMb",
        "inference_component.ComputeResourceRequirements.NumberOfAcceleratorDevicesRequired",
        "inference_component.ComputeResourceRequirements.NumberOfCpuCoresRequired",
        "inference_component.copies_per_instance",
        "inference_component.copy_start_s",
        "inference_component.idle_release_s",
        "inference_component.SchedulingConfig.PlacementStrategy",
        "inference_component.ManagedInstanceScaling.MinInstanceCount",
        "inference_component.ManagedInstanceScaling.MaxInstanceCount",
        "inference_component.ManagedInstanceScaling.ScaleInPolicy.Strategy",
        "inference_component.ManagedInstanceScaling.ScaleInPolicy.CooldownInMinutes",
        "inference_component.ManagedInstanceScaling.ScaleInPolicy.MaximumStepSize",
        "scalable_target.SuspendedState.DynamicScalingInSuspended",
        "scalable_target.SuspendedState.DynamicScalingOutSuspended",
        "scalable_target.SuspendedState.ScheduledScalingSuspended",
        "policies[0].PolicyName",
        "policies[0].TargetValue",
        "policies[0].ScaleOutCooldown",
        "policies[0].ScaleInCooldown",
        "policies[0].DisableScaleIn",
        "demand[0].name",
        "demand[0].off",
        "demand[1].event.at",
        "demand[1].event.rps",
    ];

    #[test]
    fn a_share_of_the_machine_is_kept_as_aws_sums_it_up() {
        let mut scenario = Scenario::default();
        let set = |scenario: &mut Scenario, leaf: &str, text: &str| {
            let path = format!("policies[0].{leaf}");
            place(scenario, &path).unwrap().set(text).unwrap();
        };
        set(&mut scenario, "MetricName", "CPUUtilization");
        // ml.c5.xlarge has four cores.
        for (typed, kept) in [("50", 200.0), ("33.3 %", 133.2), ("0.1", 0.4)] {
            set(&mut scenario, "TargetValue", typed);
            let target = &scenario.policies[0].target_tracking;
            let kept_value = target.as_ref().unwrap().target_value.unwrap();
            assert!((kept_value - kept).abs() < 1e-9, "{typed}: {kept_value}");
            let shown = place(&mut scenario, "policies[0].TargetValue")
                .unwrap()
                .text();
            assert_eq!(shown, typed.trim_end_matches(" %"));
        }
        set(&mut scenario, "TargetValue", "");
        let target = &scenario.policies[0].target_tracking;
        assert_eq!(target.as_ref().unwrap().target_value, None);
        assert_eq!(units("ml.g5.12xlarge", MetricName::GpuUtilization), Some(4));
        assert_eq!(units("ml.made.up", MetricName::CpuUtilization), None);
    }

    #[test]
    fn writing_back_what_a_field_shows_changes_nothing() {
        for preset in presets::all() {
            let scenario = preset.scenario();
            let mut paths: Vec<String> = PATHS.map(str::to_owned).to_vec();
            for (index, layer) in scenario.demand.iter().enumerate() {
                let kind = layer.shape.kind();
                let leaves = [
                    "rps",
                    "quiet_rps",
                    "peak_rps",
                    "peak_at",
                    "days",
                    "from",
                    "to",
                    "ramp_min",
                    "at",
                    "ramp_up_min",
                    "hold_min",
                    "decay_min",
                    "by",
                    "kind",
                    "per",
                    "percent",
                    "scale",
                ];
                paths.extend(leaves.map(|leaf| format!("demand[{index}].{kind}.{leaf}")));
            }
            for index in 0..scenario.scheduled_actions.len() {
                let leaves = [
                    "ScheduledActionName",
                    "Schedule",
                    "Schedule.kind",
                    "Schedule.at",
                    "Recurrence",
                    "Timezone",
                    "StartTime",
                    "EndTime",
                    "MinCapacity",
                    "MaxCapacity",
                ];
                paths.extend(leaves.map(|leaf| format!("scheduled_actions[{index}].{leaf}")));
            }
            let mut changed = scenario.clone();
            for path in paths {
                let text = place(&mut changed, &path).map(|slot| slot.text());
                if let Some(text) = text {
                    let slot = place(&mut changed, &path).unwrap();
                    slot.set(&text)
                        .unwrap_or_else(|wrong| panic!("{path} {text:?}: {wrong:?}"));
                }
            }
            assert_eq!(changed, scenario, "{}", preset.id);
        }
    }

    #[test]
    fn every_path_leads_somewhere_and_no_other_does() {
        let mut scenario = Scenario::default();
        for path in PATHS {
            assert!(place(&mut scenario, path).is_some(), "{path}");
        }
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
            assert!(place(&mut scenario, path).is_none(), "{path}");
        }
    }

    #[test]
    fn texts_become_values() {
        let mut scenario = Scenario::default();
        for (path, text, shown) in [
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
            place(&mut scenario, path).unwrap().set(text).unwrap();
            assert_eq!(place(&mut scenario, path).unwrap().text(), shown, "{path}");
        }
    }

    #[test]
    fn a_predictive_policy_has_its_fields() {
        let mut scenario = Scenario {
            policies: vec![ScalingPolicy::predictive("mornings")].into(),
            ..Scenario::default()
        };
        for (leaf, text, shown) in [
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
            place(&mut scenario, &path).unwrap().set(text).unwrap();
            assert_eq!(place(&mut scenario, &path).unwrap().text(), shown, "{path}");
        }
        let path = "auto_scaling_group.history";
        place(&mut scenario, path).unwrap().set("none").unwrap();
        assert_eq!(place(&mut scenario, path).unwrap().text(), "none");
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
            place(&mut scenario, path).unwrap().set(text).unwrap();
            assert_eq!(predictive(&scenario), (None, buffer), "{text}");
        }
        for leaf in ["Cooldown", "MetricName", "Threshold"] {
            let path = format!("policies[0].{leaf}");
            assert!(place(&mut scenario, &path).is_none(), "{path}");
        }
    }

    #[test]
    fn actions_have_the_fields_that_their_schedule_has() {
        let mut scenario = Scenario {
            scheduled_actions: vec![ScheduledAction::default()].into(),
            ..Scenario::default()
        };
        let path = |leaf: &str| format!("scheduled_actions[0].{leaf}");
        for (leaf, text, shown) in [
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
            place(&mut scenario, &path).unwrap().set(text).unwrap();
            assert_eq!(place(&mut scenario, &path).unwrap().text(), shown, "{path}");
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
            assert!(place(&mut scenario, &path(leaf)).is_none(), "{leaf}");
        }
    }

    #[test]
    fn days_and_growth_keep_what_they_can() {
        assert_eq!(days_named("sun,mon"), [Weekday::Mon, Weekday::Sun]);
        let mut scenario = Scenario::default();
        scenario.demand[0].shape = Shape::Growth {
            by: GrowthBy::Rps(10.0),
            per: GrowthPer::Day,
        };
        let kind = place(&mut scenario, "demand[0].growth.kind").unwrap();
        kind.set("percent").unwrap();
        let Shape::Growth { by, .. } = &scenario.demand[0].shape else {
            panic!("{:?}", scenario.demand[0]);
        };
        assert_eq!(*by, GrowthBy::Percent(10.0));
    }
}
