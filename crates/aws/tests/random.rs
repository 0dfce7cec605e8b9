#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]
//! The shipped and 1,000 random scenarios: what is exported comes back as it was, and what changed between two of them leads from the
//! one to the other.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use aws::{
    Change, Deployment, ExportFormat, Imported, Object, Operation, Remark, Remarks, Term, changes,
    import::{Document, Params, gather},
};
use engine::{demand::Timeline, plan::Plan};
use proptest::prelude::*;
use scenario::{
    compile::compile,
    document::{
        AutoScalingGroup, MetricAggregationType, Platform, ScalingPolicy, Scenario, ScheduledAction,
    },
    field::{Field, Fixed, Kind, List, Place, Spec, Value},
    file, link, presets,
    time::{LocalDate, LocalTime, UtcDateTime},
};

/// Scenarios that a run draws.
const CASES: u32 = 1000;

/// What people type as names, and what schedules may be.
const TEXTS: [&str; 12] = [
    "keep-600",
    "it's \"so\"",
    "킥오프 🚀",
    "${x} %{y} {{resolve:ssm:/x}}",
    "file:///etc/hostname",
    "cron(30 8 ? * MON-FRI *)",
    "cron(0/15 9-17 1 * ? *)",
    "rate(3 hours)",
    "at(2026-11-28T19:30:00)",
    "30 8 * * 1-5",
    "Asia/Seoul",
    "America/New_York",
];

/// A change that is drawn: what, and three numbers to choose by.
type Draw = (u8, u32, u32, u32);

fn draws() -> impl Strategy<Value = (u32, u32, Vec<Draw>)> {
    let draw = (0_u8..16, any::<u32>(), any::<u32>(), any::<u32>());
    let draws = prop::collection::vec(draw, 0..16);
    (any::<u32>(), any::<u32>(), draws)
}

fn pick<T>(of: &[T], by: u32) -> &T {
    &of[by as usize % of.len()]
}

/// The scenarios of `tests/data/scenarios`, which have all that exports write.
fn own() -> &'static [Scenario] {
    static OWN: LazyLock<Vec<Scenario>> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/scenarios");
        let mut paths: Vec<PathBuf> = fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        paths.sort();
        let read = |path: &PathBuf| file::from_json(&fs::read_to_string(path).unwrap()).unwrap();
        paths.iter().map(read).collect()
    });
    &OWN
}

/// Returns a scenario that compiles: a shipped one or one of `tests/data/scenarios`, with each change that leaves it so.
fn scenario((base, platform, draws): &(u32, u32, Vec<Draw>)) -> Scenario {
    let mut scenario = match base % 3 {
        0 => pick(own(), base / 3).clone(),
        _ => pick(presets::all(), base / 3).scenario(),
    };
    // No request says anything of demand, and recorded traffic takes long to compile. Nor of what the account may run, which may be
    // too little for this demand.
    scenario.demand = Scenario::default().demand;
    scenario.launch_capacity.quota = None;
    let before = scenario.clone();
    if platform.is_multiple_of(2) {
        scenario.move_to(*pick(Platform::ALL, platform / 2));
    }
    if compile(&scenario).is_err() {
        scenario = before;
    }
    for draw in draws {
        scenario = changed(scenario, *draw);
    }
    scenario
}

/// Returns a scenario with a change, as a file has it; where it would not compile, as it was.
fn changed(scenario: Scenario, draw: Draw) -> Scenario {
    let mut changed = scenario.clone();
    change(&mut changed, draw);
    match file::from_json(&file::to_json(&changed)) {
        Ok(changed) if compile(&changed).is_ok() => changed,
        _ => scenario,
    }
}

fn change(scenario: &mut Scenario, (what, a, b, c): Draw) {
    match what {
        0 => {
            let name = format!("{} {b}", pick(&TEXTS, a));
            let mut policy = match c % 4 {
                0 => ScalingPolicy::step(&name).on(scenario.platform),
                1 => ScalingPolicy::simple(&name),
                2 => ScalingPolicy::predictive(&name),
                _ => ScalingPolicy {
                    policy_name: name,
                    ..ScalingPolicy::default()
                },
            };
            if let Some(steps) = &mut policy.step_scaling {
                // One of them, or none.
                let aggregations = MetricAggregationType::ALL;
                let by = a as usize % (aggregations.len() + 1);
                steps.metric_aggregation_type = aggregations.get(by).copied();
            }
            scenario.policies.push(policy);
        }
        1 | 2 => {
            let mut action = ScheduledAction {
                name: format!("{} {b}", pick(&TEXTS, a)),
                ..ScheduledAction::default()
            };
            action.action.min_capacity = Some(c % 5);
            match b % 6 {
                0 => action.schedule = "at(2026-11-28T19:30:00)".to_owned(),
                1 => action.schedule = "rate(2 hours)".to_owned(),
                2 => action.recurrence = Some("30 8 * * 1-5".to_owned()),
                3 => action.end_time = Some(moment(c)),
                4 => action.start_time = Some(moment(c)),
                _ => action.schedule = "cron(0 9 ? * 2-6 *)".to_owned(),
            }
            scenario.scheduled_actions.push(action);
        }
        3 => {
            let ids = scenario.policies.ids().to_vec();
            if !ids.is_empty() {
                scenario.policies.remove(*pick(&ids, a));
            }
        }
        4 => {
            // Where one step ends, the next begins.
            let bound = Some(f64::from(b % 400) / 4.0);
            for steps in (scenario.policies.iter_mut()).filter_map(|it| it.step_scaling.as_mut()) {
                let mut steps = steps.steps.iter_mut();
                if let (Some(first), Some(second)) = (steps.next(), steps.next()) {
                    (first.upper, second.lower) = (bound, bound);
                }
            }
        }
        _ => {
            let (place, specs) = place(scenario, a);
            if specs.is_empty() {
                return;
            }
            let spec = *pick(&specs, b);
            let value = value(spec, c);
            let _ = field(place, spec).write(scenario, &value);
        }
    }
}

fn field(place: Place, spec: &Spec) -> Field {
    place.field(spec.name)
}

/// Returns a place whose fields scaling is made of, and what is known of them.
fn place(scenario: &Scenario, by: u32) -> (Place, Vec<&'static Spec>) {
    let sections = [
        Fixed::ScalableTarget,
        Fixed::SuspendedState,
        Fixed::AutoScalingGroup,
        Fixed::WarmPool,
        Fixed::LoadTest,
    ];
    let mut places: Vec<Place> = sections.into_iter().map(Place::Section).collect();
    if scenario.platform.rules().scales.is_of_ec2() {
        // A group has most to say.
        places.extend([Place::Section(Fixed::AutoScalingGroup); 4]);
        places.extend([Place::Section(Fixed::WarmPool); 2]);
    }
    for list in [List::Policies, List::Actions] {
        let ids = list.ids(scenario).iter();
        // Items have more to say than sections.
        places.extend(ids.flat_map(|id| [Place::Item(list, *id); 3]));
    }
    for (id, policy) in scenario.policies.numbered() {
        let steps = policy.step_scaling.iter().flat_map(|it| it.steps.ids());
        places.extend(steps.map(|step| Place::Step(id, *step)));
    }
    let place = *pick(&places, by);
    // A policy has not the fields of other kinds.
    let has = |spec: &&Spec| field(place, spec).read(scenario).is_some();
    (place, place.specs().filter(has).collect())
}

fn moment(by: u32) -> UtcDateTime {
    let date = LocalDate::new(2026, 11, 1 + by % 30).unwrap();
    UtcDateTime::new(date.at(LocalTime::new(by % 24, by % 60, by % 7).unwrap()))
}

fn value(spec: &Spec, by: u32) -> Value {
    if spec.is_optional && by.is_multiple_of(5) {
        return Value::Absent;
    }
    let (least, most) = spec.range.unwrap_or((0.0, 2000.0));
    let share = f64::from(by % 1000) / 1000.0;
    // Small numbers are what people type.
    let number = match by % 7 {
        // Where 0 may be, it is what is said otherwise than anything else.
        0 => least.max(0.0),
        _ => least.max(0.0) + (most.min(1000.0) - least.max(0.0)) * share.powi(3),
    };
    match spec.kind {
        Kind::Number => Value::Number((number * 100.0).round() / 100.0),
        Kind::Whole if spec.name == "Period" => Value::Whole(*pick(&[10, 30, 60, 120, 300], by)),
        Kind::Whole => Value::Whole(number.round() as i64),
        Kind::Text => {
            let texts: &[&str] = match spec.name {
                "Unit" => &["Percent", "Count", "None"],
                "ResourceLabel" => &["app/a/1/targetgroup/b/2", "app/x/3/targetgroup/y/4"],
                "Timezone" => &["Asia/Seoul", "America/New_York", "UTC"],
                _ => &TEXTS,
            };
            Value::Text((*pick(texts, by)).to_owned())
        }
        Kind::Choice(names) => {
            let name: &&str = pick(names, by);
            Value::Choice(name)
        }
        Kind::Switch => Value::Switch(by.is_multiple_of(2)),
        Kind::Moment => Value::Moment(moment(by)),
        _ => Value::Absent,
    }
}

/// Remarks as a program writes them: what is said does not matter here.
struct Plain;

impl Remarks for Plain {
    fn remark(&self, remark: &Remark) -> String {
        format!("{remark:?}")
    }

    fn head(&self, deployment: &Deployment) -> Vec<String> {
        vec![deployment.title.clone()]
    }
}

fn import(text: &str) -> Imported {
    let documents = [Document { name: "", text }];
    let gathering = gather(&documents, &Params::new());
    assert_eq!(gathering.findings, [], "{text}");
    let subjects = gathering.account.subjects();
    assert_eq!(subjects.len(), 1, "{subjects:?}");
    // What a document does not say stays: here nothing that would be in the way.
    let mut base = Scenario::default();
    base.policies.clear();
    base.scheduled_actions.clear();
    aws::scenario(&gathering.account, &subjects[0], &base)
}

fn deployment(scenario: &Scenario, link: &str) -> Deployment {
    Deployment::of(scenario, &compile(scenario).unwrap(), "Title", link)
}

/// The formats that are read back as they are written, and can say a scenario at all: Terraform's provider does not send a
/// DefaultInstanceWarmup of 0, and a group then has none.
fn formats(scenario: &Scenario) -> impl Iterator<Item = &'static dyn ExportFormat> {
    let warm_up = scenario.auto_scaling_group.default_instance_warmup;
    let is_unsent = scenario.platform.rules().scales.is_of_ec2() && warm_up == Some(0);
    let formats = aws::EXPORT_FORMATS.iter().copied();
    formats.filter(move |it| it.is_read_back() && !(is_unsent && it.id() == "terraform"))
}

fn comes_back(format: &dyn ExportFormat, scenario: &Scenario) {
    if !compile(scenario).unwrap().resolved.scales {
        // Nothing is deployed.
        return;
    }
    let payload = link::encode(scenario).unwrap_or_default();
    // A recording is rounded in a link: what it holds is what comes back.
    let linked = link::decode(&payload).unwrap_or_default();
    let text = format.write(&deployment(&linked, &payload), &Plain);
    let imported = import(&text);
    assert_eq!(imported.differences, [], "{}:\n{text}", format.id());
    assert_eq!(imported.scenario, linked, "{}:\n{text}", format.id());
}

/// Without the link a document says all that it was written from, down to the last request.
fn scales_the_same_without_link(format: &dyn ExportFormat, scenario: &Scenario) {
    let compiled = compile(scenario).unwrap();
    let deployed = Deployment::of(scenario, &compiled, "Title", "");
    if !deployed.left_out.is_empty() {
        // Nothing says it, and so nothing can be read.
        return;
    }
    let text = format.write(&deployed, &Plain);
    let imported = import(&text).scenario;
    let what = format!("{}:\n{text}", format.id());
    // What no document says: demand, the machine, the load test, and this of a group.
    let known = &scenario.auto_scaling_group;
    let whole = Scenario {
        scalable_target: imported.scalable_target,
        policies: imported.policies,
        scheduled_actions: imported.scheduled_actions,
        auto_scaling_group: AutoScalingGroup {
            warm_pool_launch_s: known.warm_pool_launch_s,
            health_check_interval: known.health_check_interval,
            unhealthy_threshold: known.unhealthy_threshold,
            boot_s: known.boot_s,
            history: known.history,
            ..imported.auto_scaling_group
        },
        ..scenario.clone()
    };
    let after = compile(&whole).unwrap_or_else(|problems| panic!("{problems:?}\n{what}"));
    let again = Deployment::of(&whole, &after, "Title", "");
    let differ = changes(&without_names(deployed), &without_names(again));
    assert_eq!(differ.resources, [], "{what}");
    let (before, after) = (
        scaling(scenario, compiled.plan),
        scaling(scenario, after.plan),
    );
    assert_eq!(before, after, "{what}");
}

/// Returns a deployment without the names of what its metrics are of: without the link they are taken for the account's own.
fn without_names(mut deployment: Deployment) -> Deployment {
    fn strip(object: &mut Object) {
        let is_name = |name: &str| matches!(name, "Dimensions" | "ResourceLabel");
        object.0.retain(|it| !is_name(it.name));
        for entry in &mut object.0 {
            match &mut entry.term {
                Term::Object(object) => strip(object),
                Term::List(terms) => terms.iter_mut().for_each(|it| {
                    if let Term::Object(object) = it {
                        strip(object);
                    }
                }),
                _ => {}
            }
        }
    }
    for resource in &mut deployment.resources {
        strip(&mut resource.body);
    }
    deployment
}

/// Returns a plan without its demand, and without what does nothing there: a group has warm-up in place of cooldowns, and AWS is told
/// of none.
fn scaling(scenario: &Scenario, mut plan: Plan) -> Plan {
    plan.demand = Timeline::default();
    if scenario.platform.rules().scales.is_of_ec2() {
        for policy in &mut plan.target_tracking {
            (policy.scale_out_cooldown_s, policy.scale_in_cooldown_s) = (0.0, 0.0);
        }
        for policy in plan.step_scaling.iter_mut().filter(|it| !it.is_simple) {
            policy.cooldown_s = 0.0;
        }
    }
    plan
}

/// What an account has after some requests: by what made it and its name, each field that was ever said.
type State = BTreeMap<(String, String), BTreeMap<&'static str, String>>;

/// Which policies an alarm may name: an ARN is another one once its policy was taken away.
fn apply(state: &mut State, deployment: &Deployment) {
    for resource in &deployment.resources {
        let operation = resource.operation;
        let subject = [
            "ResourceId",
            "ScalableDimension",
            "AutoScalingGroupName",
            "AlarmName",
        ]
        .map(|name| said(resource.body.get(name)));
        let key = (
            format!("{operation:?} {subject:?}"),
            said(resource.body.get("PolicyName")) + &said(resource.body.get("ScheduledActionName")),
        );
        if operation == Operation::SuspendProcesses {
            let is_resumed = resource.change == Change::Delete;
            for process in list(&resource.body, "ScalingProcesses") {
                let state = state.entry(key.clone()).or_default();
                let name: &'static str = if process.contains("Alarm") {
                    "Alarm"
                } else {
                    "Actions"
                };
                match is_resumed {
                    true => state.remove(name),
                    false => state.insert(name, process),
                };
            }
            if state.get(&key).is_some_and(BTreeMap::is_empty) {
                state.remove(&key);
            }
            continue;
        }
        if resource.change == Change::Delete {
            assert!(
                operation.delete().is_some(),
                "{operation:?} cannot be taken away"
            );
            assert!(state.remove(&key).is_some(), "{key:?} is not there");
            continue;
        }
        let replaces = operation == Operation::PutMetricAlarm;
        let fields = state.entry(key).or_default();
        if replaces {
            fields.clear();
        }
        for entry in &resource.body.0 {
            let says_none = match &entry.term {
                Term::Whole(number) => *number == -1,
                Term::Object(object) => {
                    !object.0.is_empty() && object.0.iter().all(|it| it.term == Term::Switch(false))
                }
                _ => false,
            };
            match says_none {
                true => fields.remove(entry.name),
                false => fields.insert(entry.name, said(Some(&entry.term))),
            };
        }
    }
}

fn list(body: &Object, name: &str) -> Vec<String> {
    match body.get(name) {
        Some(Term::List(terms)) => terms.iter().map(|it| said(Some(it))).collect(),
        _ => Vec::new(),
    }
}

/// Returns a value without what is remarked of it.
fn said(term: Option<&Term>) -> String {
    match term {
        None => String::new(),
        Some(Term::Object(object)) => {
            let entries = object.0.iter();
            let entries = entries.map(|it| format!("{}={}", it.name, said(Some(&it.term))));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Some(Term::List(terms)) => {
            let terms: Vec<String> = terms.iter().map(|it| said(Some(it))).collect();
            format!("[{}]", terms.join(", "))
        }
        Some(term) => format!("{term:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_exported_comes_back(drawn in draws()) {
        let scenario = scenario(&drawn);
        for format in formats(&scenario) {
            comes_back(format, &scenario);
            scales_the_same_without_link(format, &scenario);
        }
    }

    #[test]
    fn what_changed_leads_from_one_to_the_other(drawn in draws(), more in draws()) {
        let before = scenario(&drawn);
        // Mostly a few edits, sometimes another scenario altogether.
        let mut after = match more.0 % 8 {
            0 => scenario(&more),
            _ => before.clone(),
        };
        for draw in &more.2 {
            after = changed(after, *draw);
        }
        let (before, after) = (deployment(&before, ""), deployment(&after, ""));
        let (mut state, mut expect) = (State::new(), State::new());
        apply(&mut state, &before);
        apply(&mut expect, &after);
        let requests = changes(&before, &after);
        apply(&mut state, &requests);
        // A group stays, whatever scales in its place.
        let group = format!("{:?}", Operation::UpdateAutoScalingGroup);
        state.retain(|key, _| !key.0.starts_with(&group) || expect.contains_key(key));
        prop_assert_eq!(&state, &expect);
        prop_assert!(changes(&after, &after).resources.is_empty());
        // Each policy whose ARN an alarm is told is made before it.
        let mut made: Vec<&str> = Vec::new();
        for resource in &requests.resources {
            if resource.makes_policy() {
                made.push(&resource.name);
            }
            if resource.change == Change::Put && let Some(Term::List(arns)) = resource.body.get("AlarmActions") {
                for arn in arns {
                    prop_assert!(matches!(arn, Term::PolicyArn(name) if made.contains(&name.as_str())));
                }
            }
        }
    }
}

#[test]
fn every_kept_scenario_scales_the_same_without_link() {
    let shipped = presets::all().iter().map(|preset| preset.scenario());
    for scenario in shipped.chain(own().iter().cloned()) {
        for format in formats(&scenario) {
            scales_the_same_without_link(format, &scenario);
        }
    }
}

/// Notes the members of a body by their paths, each with its values.
fn note(object: &Object, path: &str, seen: &mut BTreeMap<String, BTreeSet<String>>) {
    for entry in &object.0 {
        let path = format!("{path}.{}", entry.name);
        let terms = match &entry.term {
            Term::List(terms) => terms.as_slice(),
            term => std::slice::from_ref(term),
        };
        for term in terms {
            match term {
                Term::Object(object) => note(object, &path, seen),
                // What scales has one name.
                _ if ["ServiceNamespace", "AutoScalingGroupName"].contains(&entry.name) => {}
                term => {
                    let values = seen.entry(path.clone()).or_default();
                    values.insert(said(Some(term)));
                }
            }
        }
    }
}

/// Returns what all members of these scenarios' requests hold.
fn members(scenarios: impl Iterator<Item = Scenario>) -> BTreeMap<String, BTreeSet<String>> {
    let mut seen = BTreeMap::new();
    for scenario in scenarios {
        for resource in deployment(&scenario, "").resources {
            note(&resource.body, resource.operation.name(), &mut seen);
        }
    }
    seen
}

#[test]
fn all_that_exports_write_is_drawn() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let drawn =
        members((0..CASES).map(|_| scenario(&draws().new_tree(&mut runner).unwrap().current())));
    let written = members(own().iter().cloned());
    let is_constant = |path: &&String| drawn.get(*path).is_none_or(|values| values.len() < 2);
    let constant: Vec<&String> = written.keys().filter(is_constant).collect();
    assert_eq!(
        constant,
        Vec::<&String>::new(),
        "always the same, or never there"
    );
}
