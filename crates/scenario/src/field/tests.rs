//! Names, values and the tables: each field by each way to it.

use super::*;
use crate::{
    document::{
        Assumptions, Failure, Layer, MetricAlarm, Retries, ScalingPolicy, Scenario,
        ScheduledAction, Shape, StepAdjustment, TargetTracking, WarmPool, shape,
    },
    file, link, presets,
    time::Weekday,
};

/// Scenarios that have every section between them: the presets, and one of policies of all kinds.
fn scenarios() -> Vec<Scenario> {
    let mut all: Vec<Scenario> = presets::all()
        .iter()
        .map(|preset| preset.scenario())
        .collect();
    all.push(Scenario {
        policies: Items::from([
            ScalingPolicy::default(),
            ScalingPolicy::step("step"),
            ScalingPolicy::simple("simple"),
            ScalingPolicy::predictive("predictive"),
        ]),
        scheduled_actions: Items::from([ScheduledAction::default()]),
        retries: Some(Retries::default()),
        ..Scenario::default()
    });
    all
}

#[test]
fn what_a_field_holds_can_be_written_back() {
    for scenario in scenarios() {
        for place in places(&scenario) {
            for spec in place.specs() {
                let field = place.field(spec.name);
                let mut changed = scenario.clone();
                if let Some(value) = field.read(&scenario) {
                    assert_eq!(
                        field.write(&mut changed, &value),
                        Ok(()),
                        "{field}: {value:?}"
                    );
                    let spec = field.spec(&scenario).unwrap();
                    let fits = match (spec.kind, &value) {
                        (Kind::Choice(names), Value::Choice(name)) => names.contains(name),
                        (_, Value::Absent) => spec.is_optional,
                        _ => true,
                    };
                    assert!(fits, "{field}: {value:?}");
                }
                assert_eq!(changed, scenario, "{field}");
            }
        }
    }
}

#[test]
fn a_name_is_read_from_what_it_prints() {
    for scenario in scenarios() {
        for place in places(&scenario) {
            for spec in place.specs() {
                let field = place.field(spec.name);
                assert_eq!(field.to_string().parse(), Ok(field));
            }
            if let Place::Item(..) | Place::Step(..) = place {
                assert_eq!(place.to_string().parse(), Ok(place.field("")));
            }
        }
    }
    for (path, field) in [
        ("assumptions.status_check_s", Assumptions::status_check_s),
        ("hours", Scenario::hours),
        ("demand", List::Demand.whole()),
        ("demand[2].event.at", shape::event::at.of(ItemId(2))),
        (
            "policies[0].TargetValue",
            TargetTracking::target_value.of(ItemId(0)),
        ),
        (
            "policies[1].StepAdjustments[2].ScalingAdjustment",
            StepAdjustment::adjustment.of(ItemId(1), ItemId(2)),
        ),
        (
            "auto_scaling_group.WarmPool.PoolState",
            WarmPool::pool_state,
        ),
        ("failures[0].what.zone_min", Failure::zone_min.of(ItemId(0))),
    ] {
        assert_eq!(path.parse(), Ok(field), "{path}");
        assert_eq!(field.to_string(), path);
    }
    for path in [
        "",
        "load_test",
        "assumptions",
        "demand[x].name",
        "demand[0]name",
        "other[0].name",
        "demand[0].event.other",
        "policies[0].StepAdjustments[0].other",
        "asynchronous.other",
        "hours.",
    ] {
        let parsed = path.parse::<Field>();
        let is_part = ["load_test", "assumptions"].contains(&path);
        assert_eq!(parsed.is_ok(), is_part, "{path}: {parsed:?}");
    }
}

/// Another value than a field holds, of its kind.
fn another(spec: &Spec, held: &Value) -> Option<Value> {
    let values = match spec.kind {
        Kind::Number | Kind::Whole => {
            let (least, most) = spec.range.unwrap_or((1.0, 7.0));
            match spec.kind {
                Kind::Number => [least, most].map(Value::Number).to_vec(),
                _ => [least, most].map(|it| Value::Whole(it as i64)).to_vec(),
            }
        }
        Kind::Seed => vec![Value::Seed(u64::MAX)],
        Kind::Text => vec![Value::Text("다른 words".to_owned())],
        Kind::Choice(names) => names.iter().map(|name| Value::Choice(name)).collect(),
        Kind::Switch => [true, false].map(Value::Switch).to_vec(),
        Kind::Date => vec![Value::Date("2027-03-01".parse().unwrap())],
        Kind::Time => vec![Value::Time("07:30".parse().unwrap())],
        Kind::DateTime => vec![Value::DateTime("2027-03-01T07:30".parse().unwrap())],
        Kind::Moment => vec![Value::Moment("2027-03-01T07:30:00Z".parse().unwrap())],
        Kind::Days => vec![Value::Days(vec![Weekday::Sun])],
        Kind::Part => Vec::new(),
    };
    values.into_iter().rev().find(|value| value != held)
}

#[test]
fn what_any_field_is_given_comes_back_from_a_link_and_from_a_file() {
    let mut count = 0;
    for scenario in scenarios()
        .into_iter()
        .rev()
        .take(1)
        .chain([Scenario::default()])
    {
        for place in places(&scenario) {
            for spec in place.specs() {
                let field = place.field(spec.name);
                let held = field.read(&scenario).unwrap_or(Value::Absent);
                // The version is none's to change, and another kind of policy is another policy.
                let is_fixed = field == Scenario::headroom || spec.name == "PolicyType";
                let Some(value) = another(spec, &held).filter(|_| !is_fixed) else {
                    continue;
                };
                let mut changed = scenario.clone();
                if field.write(&mut changed, &value).is_err() {
                    continue;
                }
                count += 1;
                assert_ne!(changed, scenario, "{field}: {value:?}");
                let read = file::from_json(&file::to_json(&changed));
                assert_eq!(read.as_ref(), Ok(&changed), "{field}: {value:?}");
                let opened = link::encode(&changed).map(|link| link::decode(&link));
                assert_eq!(opened, Ok(Ok(changed)), "{field}: {value:?}");
            }
        }
    }
    assert!(count > 150, "{count} fields");
}

#[test]
fn a_value_of_another_kind_changes_nothing() {
    let scenario = Scenario::default();
    for (field, value, wrong) in [
        (Scenario::hours, Value::Number(2.5), Wrong::OtherKind),
        (Scenario::hours, Value::Whole(-1), Wrong::OutOfBounds),
        (Scenario::hours, Value::Absent, Wrong::Absent),
        (
            Scenario::platform,
            Value::Choice("sagemaker"),
            Wrong::NoChoice,
        ),
        (Scenario::demand, Value::Absent, Wrong::OtherKind),
        (WarmPool::min_size, Value::Whole(1), Wrong::NoField),
        (Retries::max_attempts, Value::Whole(4), Wrong::NoField),
        (
            Layer::name.of(ItemId(7)),
            Value::Text(String::new()),
            Wrong::NoField,
        ),
        (
            shape::steady::rps.of(ItemId(0)),
            Value::Number(1.0),
            Wrong::NoField,
        ),
        (
            MetricAlarm::period.of(ItemId(0)),
            Value::Whole(60),
            Wrong::NoField,
        ),
    ] {
        let mut changed = scenario.clone();
        assert_eq!(field.write(&mut changed, &value), Err(wrong), "{field}");
        assert_eq!(changed, scenario);
    }
}

#[test]
fn a_section_that_may_be_absent_is_there_by_its_first_field() {
    let mut scenario = Scenario::default();
    assert_eq!(WarmPool::pool_state.read(&scenario), Some(Value::Absent));
    assert_eq!(WarmPool::min_size.read(&scenario), None);
    let running = Value::Choice("Running");
    assert_eq!(WarmPool::pool_state.write(&mut scenario, &running), Ok(()));
    assert_eq!(
        WarmPool::min_size.write(&mut scenario, &Value::Whole(2)),
        Ok(())
    );
    assert_eq!(WarmPool::pool_state.read(&scenario), Some(running));
    assert_eq!(
        WarmPool::pool_state.write(&mut scenario, &Value::Absent),
        Ok(())
    );
    assert_eq!(scenario, Scenario::default());
}

#[test]
fn an_item_keeps_its_number_when_its_list_changes() {
    let mut items = Items::from(["a", "b", "c"]);
    assert_eq!(items.remove(ItemId(0)), Some("a"));
    assert_eq!(items.push("d"), ItemId(3));
    items.swap(0, 2);
    let numbered: Vec<_> = items.numbered().collect();
    assert_eq!(
        numbered,
        [(ItemId(3), &"d"), (ItemId(2), &"c"), (ItemId(1), &"b")]
    );
    assert_eq!(
        (items.of(ItemId(2)), items.index(ItemId(2))),
        (Some(&"c"), Some(1))
    );
    assert!(items.is_added(ItemId(3)) && !items.is_added(ItemId(2)));
    assert_eq!(items.remove(ItemId(3)), Some("d"));
    assert_eq!(
        (items.push("e"), items.remove(ItemId(3))),
        (ItemId(4), None)
    );
    items.retain(|item| *item != "c");
    assert_eq!(items.ids(), [ItemId(1), ItemId(4)]);
    assert_eq!(items, Items::from(["b", "e"]));
    let items: Items<String> = items.iter().map(|item| (*item).to_owned()).collect();
    let text = serde_json::to_string(&items).unwrap();
    let read: Items<String> = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (text.as_str(), read.ids()),
        (r#"["b","e"]"#, &[ItemId(0), ItemId(1)][..])
    );
}

#[test]
fn a_path_tells_an_item_by_where_it_is_now() {
    let mut scenario = Scenario::default();
    let [first, second] = [ItemId(0), ItemId(1)];
    scenario.demand.remove(first);
    let field = shape::event::rps.of(second);
    assert_eq!(
        (field.to_string(), field.path(&scenario)),
        ("demand[1].event.rps".into(), "demand[0].event.rps".into())
    );
    assert!(matches!(
        scenario.demand.of(second).unwrap().shape,
        Shape::Event { .. }
    ));
}

/// A file says nothing of a field that is later than the baseline, as long as it has its default.
#[test]
fn a_later_field_is_left_out_until_it_says_something() {
    let mut scenario = Scenario::default();
    let status_check = |scenario: &Scenario| file::to_json(scenario).contains("status_check_s");
    assert!(!status_check(&scenario));
    let field = Assumptions::status_check_s;
    field.write(&mut scenario, &Value::Number(90.0)).unwrap();
    assert!(status_check(&scenario));
    assert_eq!(file::from_json(&file::to_json(&scenario)), Ok(scenario));
}
