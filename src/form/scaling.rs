//! Card: the bounds, the policies, and what the clock changes, in AWS's own terms.

use std::rc::Rc;

use engine::plan::Metric;
use scenario::{
    compile::{Compiled, Warning, usual},
    document::{MetricName, ScalingPolicy, Scenario},
    metrics::MetricUnit,
    platform::ScalableDimension,
};
use words::{Words, target_about};
use yew::prelude::*;

use super::{
    action,
    card::{Card, Fold},
    fields::{Fields, Line, at},
    group,
    layer::moves,
    predictive, serverless, step, suspended,
};
use crate::{
    apply::unused,
    outcome::Outcome,
    state::{Action, Item},
    typed::{List, slot::units},
};

const OF_POLICY: [Line; 3] = [
    (
        "ScaleOutCooldown",
        Words::field_scale_out_cooldown,
        Words::field_scale_out_cooldown_about,
    ),
    (
        "ScaleInCooldown",
        Words::field_scale_in_cooldown,
        Words::field_scale_in_cooldown_about,
    ),
    (
        "DisableScaleIn",
        Words::field_disable_scale_in,
        Words::field_disable_scale_in_about,
    ),
];

/// The card.
pub fn card(fields: &Fields) -> Html {
    let words = fields.words();
    let scenario = fields.scenario();
    let (mut min, mut max, mut most) = (String::new(), String::new(), 0);
    if let Some(outcome) = fields.outcome() {
        most = u64::from(outcome.compiled.resolved.max);
        min = outcome.compiled.resolved.min.to_string();
        max = most.to_string();
    }
    let rules = fields.rules();
    let note = match rules.scales {
        ScalableDimension::ProvisionedConcurrency => serverless::bounds_note(fields, &min, most),
        ScalableDimension::ComponentCopies => words.card_scaling_note_copies(most, &min, &max),
        _ => words.card_scaling_note(most, &min, &max),
    };
    let nothing = !rules.has_instances && scenario.serverless.provisioned().is_none();
    // An Auto Scaling group has no such state; what a file says of one is shown.
    let suspends = !rules.scales.is_of_ec2() || !scenario.scalable_target.suspended.is_default();
    let title = words.card_scaling();
    let problems = fields.problems(&[
        "scalable_target",
        "auto_scaling_group",
        "policies",
        "scheduled_actions",
    ]);
    html! {
        <Card key={title} {words} {title} {note} {problems}>
            if nothing {
                <p class="says">{ words.scaling_nothing() }</p>
            } else {
                { bounds(fields, min, max) }
            }
            <div class="list">
                for (index, (id, policy)) in fields.items(List::Policies).zip(&scenario.policies).enumerate() {
                    { policy_fold(fields, index, id, policy) }
                }
            </div>
            <div class="list">
                for (index, (id, action)) in fields.items(List::Actions).zip(&scenario.scheduled_actions).enumerate() {
                    { action::fold(fields, index, id, action) }
                }
            </div>
            if !nothing {
                { adds(fields) }
                if suspends {
                    <div class="list">{ suspended::fold(fields) }</div>
                }
            }
        </Card>
    }
}

/// The bounds of capacity, and what a group has beside them.
fn bounds(fields: &Fields, min: String, max: String) -> Html {
    let min = fields.optional(
        AttrValue::Static("scalable_target.MinCapacity"),
        Words::field_min_capacity,
        Words::field_min_capacity_about,
        min.into(),
    );
    let max = fields.optional(
        AttrValue::Static("scalable_target.MaxCapacity"),
        Words::field_max_capacity,
        Words::field_max_capacity_about,
        max.into(),
    );
    let of_bounds = |warning: &Warning| {
        matches!(
            warning,
            Warning::MaxBelowPeak { .. }
                | Warning::StaysAtTwo { .. }
                | Warning::NoPolicy
                | Warning::WakesLate { .. }
                | Warning::NoCopyWakes
                | Warning::MaxBelowPeakOfCopies { .. }
                | Warning::NothingWakesGroup { .. }
        )
    };
    html! {
        <>
            <div class="pair">{ min }{ max }</div>
            { group::settings(fields) }
            { fields.warnings(of_bounds) }
        </>
    }
}

/// Buttons that add a policy or a scheduled action.
fn adds(fields: &Fields) -> Html {
    let words = fields.words();
    let add = |says: &'static str, item: fn(&Scenario, Words) -> Item| {
        let scenario = Rc::clone(&fields.shown.now.scenario);
        let onclick = (fields.shown.on)
            .reform(move |_: MouseEvent| Action::Insert(Rc::new(item(&scenario, words))));
        html! { <button class="add" type="button" {onclick}>{ says }</button> }
    };
    html! {
        <p class="adds">
            { add(words.add_policy(), new_tracking) }
            { add(words.add_step_scaling(), new_step_scaling) }
            if fields.rules().scales.is_of_ec2() {
                { add(words.add_simple_scaling(), new_simple_scaling) }
                { add(words.add_predictive_scaling(), new_predictive_scaling) }
            }
            { add(words.add_schedule(), |scenario, words| Item::Action(action::new(scenario, words))) }
        </p>
    }
}

fn new_tracking(scenario: &Scenario, _: Words) -> Item {
    let policy = scenario.platform.rules().new_tracking();
    let policy_name = unused_name(scenario, policy.metric().name());
    Item::Policy(Box::new(ScalingPolicy {
        policy_name,
        ..policy
    }))
}

fn new_step_scaling(scenario: &Scenario, words: Words) -> Item {
    let name = unused_name(scenario, words.policy_step_scaling());
    Item::Policy(Box::new(scenario.platform.rules().new_step(&name)))
}

fn new_simple_scaling(scenario: &Scenario, words: Words) -> Item {
    let name = unused_name(scenario, words.policy_simple_scaling());
    Item::Policy(Box::new(ScalingPolicy::simple(&name).on(scenario.platform)))
}

fn new_predictive_scaling(scenario: &Scenario, words: Words) -> Item {
    let name = unused_name(scenario, words.policy_predictive_scaling());
    Item::Policy(Box::new(ScalingPolicy::predictive(&name)))
}

fn policy_fold(fields: &Fields, index: usize, id: u32, policy: &ScalingPolicy) -> Html {
    let Some(config) = &policy.target_tracking else {
        return match (&policy.simple_scaling, &policy.predictive_scaling) {
            (Some(simple), _) => group::simple_fold(fields, index, id, policy, simple),
            (_, Some(predictive)) => predictive::fold(fields, index, id, policy, predictive),
            _ => step::fold(fields, index, id, policy),
        };
    };
    let words = fields.words();
    let metric = policy.metric();
    let target = (config.target_value)
        .map_or_else(|| formula(fields, index), |target| words.number(target, 2));
    let seconds = |s: u32| words.duration_short(f64::from(s));
    let out = seconds(config.scale_out_cooldown);
    let note = if fields.rules().scales.is_of_ec2() {
        group::summary(fields, policy, metric.name(), &target)
    } else if config.disable_scale_in {
        words.policy_summary_no_in(metric.name(), &target, &out)
    } else {
        let scale_in = seconds(config.scale_in_cooldown);
        words.policy_summary(metric.name(), &target, &out, &scale_in)
    };
    let item = List::Policies.item(index);
    html! {
        <Fold key={id} {words} colour="--target" title={words.policy_target_tracking()} {note} open={fields.is_added(id)}
            problems={fields.problems(&[&item])} warnings={fields.odd(&item)}>
            { of_tracking(fields, index, metric) }
        </Fold>
    }
}

/// A target-tracking policy's fields.
fn of_tracking(fields: &Fields, index: usize, metric: MetricName) -> Html {
    let item = List::Policies.item(index);
    let names = fields.rules().tracked_names();
    let cooldown = at(&item, "ScaleOutCooldown");
    let of_target = |warning: &Warning| {
        let field = fields.path_of(warning);
        field.starts_with(&*item) && field != cooldown.as_str()
    };
    let [scale_out, scale_in, disable_scale_in] = OF_POLICY;
    html! {
        <>
            { step::metric_field(fields, &item, metric, names) }
            { target(fields, index, metric) }
            { fields.warnings(of_target) }
            { use_published(fields, index) }
            if !fields.rules().scales.is_of_ec2() {
                { fields.leaves(&item, &[scale_out]) }
                { fields.warnings_at(&cooldown) }
                { fields.leaves(&item, &[scale_in]) }
            } else {
                { group::policy_warm_up(fields, &item) }
            }
            { fields.leaves(&item, &[disable_scale_in]) }
            { fields.wide(at(&item, "PolicyName"), Words::field_policy_name) }
            { moves(fields, List::Policies, index) }
        </>
    }
}

/// The target, in the unit of its metric.
fn target(fields: &Fields, index: usize, metric: MetricName) -> Html {
    if metric.spec().unit == MetricUnit::Percent {
        return share_of_machine(fields, index, metric);
    }
    fields.optional(
        at(&List::Policies.item(index), "TargetValue"),
        Words::field_target_value,
        target_about(metric),
        formula(fields, index).into(),
    )
}

/// A button that has the policy look at a metric with datapoints, where its own has none.
pub fn use_published(fields: &Fields, index: usize) -> Html {
    let warnings = (fields.outcome().into_iter()).flat_map(|outcome| &outcome.compiled.warnings);
    let mut published = warnings.filter_map(|warning| match warning {
        Warning::NotPublished { policy, right, .. } if *policy == index => Some(*right),
        _ => None,
    });
    let Some(right) = published.next() else {
        return html! { <p key="use published" class="adds" hidden=true /> };
    };
    let mut scenario = Scenario::clone(fields.scenario());
    scenario.use_published(index);
    let says = fields.words().use_metric(right.name());
    let onclick = Action::Change(Rc::new(scenario)).on_click(&fields.shown.on);
    html! {
        <p key="use published" class="adds"><button class="add" type="button" {onclick}>{ says }</button></p>
    }
}

/// What an empty TargetValue stands for, in words.
fn formula(fields: &Fields, index: usize) -> String {
    fields
        .outcome()
        .map(|outcome| formula_target(fields, outcome, index))
        .map(|target| fields.words().number(target, 2))
        .unwrap_or_default()
}

/// What an empty TargetValue stands for.
fn formula_target(fields: &Fields, outcome: &Outcome, policy: usize) -> f64 {
    let Compiled { plan, resolved, .. } = &outcome.compiled;
    let tracked = plan.target_tracking.iter().find(|p| p.index == policy);
    let metric = tracked.map_or(Metric::InvocationsPerInstance, |policy| policy.metric);
    let given = fields.scenario().policies.get(policy);
    let name = given.map_or(MetricName::InvocationsPerInstance, ScalingPolicy::metric);
    usual(name, &metric, resolved.formula_target)
}

/// The target as a share of the machine, and what AWS makes of it: the metric is summed over cores or GPUs.
fn share_of_machine(fields: &Fields, index: usize, metric: MetricName) -> Html {
    let words = fields.words();
    let units = units(&fields.scenario().instance.instance_type, metric);
    let formula = fields
        .outcome()
        .map(|outcome| formula_target(fields, outcome, index));
    // EC2's metric is percent of the machine as it is.
    let automatic = formula.map_or(String::new(), |formula| {
        words.number(formula / f64::from(units.unwrap_or(1)), 1)
    });
    let share = fields.optional(
        at(&List::Policies.item(index), "TargetValue"),
        Words::field_target_value,
        Words::field_target_share_about,
        automatic.into(),
    );
    let policy = fields.scenario().policies.get(index);
    let typed = policy.and_then(|policy| policy.target_tracking.as_ref()?.target_value);
    let sum = |target: f64, units: u32| {
        let share = words.number(target / f64::from(units), 2);
        let machine = match metric {
            MetricName::GpuUtilization => words.machine_gpus(&units.to_string()),
            _ => words.machine_vcpus(&units.to_string()),
        };
        words.target_sum(&share, &machine, &words.number(target, 2))
    };
    html! {
        <>
            { share }
            if let Some((target, units)) = typed.or(formula).zip(units) {
                <p class="says">{ sum(target, units) }</p>
            }
        </>
    }
}

/// A name that no other policy has.
fn unused_name(scenario: &Scenario, name: &str) -> String {
    let taken = scenario.policies.iter().map(|policy| &*policy.policy_name);
    unused(name, &taken.collect::<Vec<&str>>())
}
