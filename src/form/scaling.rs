//! Card: the bounds, the policies, and what the clock changes, in AWS's own terms.

use std::rc::Rc;

use engine::plan::Metric;
use scenario::{
    compile::{Compiled, Warning, usual},
    document::{
        MetricName, ScalableTarget, ScalingPolicy, Scenario, SuspendedState, TargetTracking,
    },
    field::{Field, Fixed, ItemId, List, Place},
    metrics::{Measure, MetricUnit},
    platform::ScalableDimension,
};
use words::target_about;
use yew::prelude::*;

use super::{
    FormProps, action,
    card::Card,
    fields::{RowOptions, is_in, is_of_list},
    group,
    item::ItemFold,
    missing_metric, predictive, serverless, step, suspended,
};
use crate::{
    apply::unused,
    outcome::Outcome,
    state::{Action, Item},
    typed::editable::units,
};

/// Sections whose fields the card shows.
const SECTIONS: [Fixed; 5] = [
    Fixed::ScalableTarget,
    Fixed::SuspendedState,
    Fixed::AutoScalingGroup,
    Fixed::WarmPool,
    Fixed::MissingMetric,
];

/// Returns the card.
pub fn card(form: &FormProps) -> Html {
    let words = form.words;
    let scenario = form.scenario();
    let (mut min, mut max, mut most) = (String::new(), String::new(), 0);
    if let Some(outcome) = form.outcome() {
        most = u64::from(outcome.compiled.resolved.max);
        min = outcome.compiled.resolved.min.to_string();
        max = most.to_string();
    }
    let rules = form.rules();
    let note = match rules.scales {
        ScalableDimension::ProvisionedConcurrency => serverless::bounds_note(form, &min, most),
        ScalableDimension::ComponentCopies => words.card_scaling_note_copies(most, &min, &max),
        _ => words.card_scaling_note(most, &min, &max),
    };
    let nothing = !rules.has_instances && scenario.serverless.provisioned().is_none();
    // An Auto Scaling group has no such state; what a file says of one is shown.
    let suspends = !rules.scales.is_of_ec2()
        || scenario.scalable_target.suspended != SuspendedState::default();
    let title = words.card_scaling();
    let problems = form.problems(|field| {
        matches!(field.place, Place::Section(section) if SECTIONS.contains(&section))
            || is_of_list(field, List::Policies)
            || is_of_list(field, List::Actions)
    });
    html! {
        <Card key={title} {title} {note} {problems}>
            if nothing {
                <p class="says">{ words.scaling_nothing() }</p>
            } else {
                { bounds(form, min, max) }
            }
            <div class="list">
                for (index, (id, policy)) in scenario.policies.numbered().enumerate() {
                    { policy_fold(form, index, id, policy) }
                }
            </div>
            <div class="list">
                for (index, (id, action)) in scenario.scheduled_actions.numbered().enumerate() {
                    { action::fold(form, index, id, action) }
                }
            </div>
            if !nothing {
                { missing_metric::settings(form) }
                { add_buttons(form) }
                if suspends {
                    <div class="list">{ suspended::fold(form) }</div>
                }
            }
        </Card>
    }
}

/// Returns the bounds of capacity, and what a group has beside them.
fn bounds(form: &FormProps, min: String, max: String) -> Html {
    let standing = form.outcome().map(|outcome| outcome.report.standing);
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
        ) && standing.is_none_or(|standing| warning.remains(standing))
    };
    html! {
        <>
            <div class="pair">
                { form.automatic(ScalableTarget::min_capacity, min) }
                { form.automatic(ScalableTarget::max_capacity, max) }
            </div>
            { group::settings(form) }
            { form.warnings(of_bounds) }
        </>
    }
}

/// Returns the buttons that add a policy or a scheduled action.
fn add_buttons(form: &FormProps) -> Html {
    let (words, scenario, rules) = (form.words, form.scenario(), form.rules());
    let add = |says: &'static str, item| form.button(says, Action::Insert(Rc::new(item)));
    let add_policy = |says, policy: ScalingPolicy| {
        let taken = scenario.policies.iter().map(|it| &*it.policy_name);
        let policy_name = unused(&policy.policy_name, &taken.collect::<Vec<&str>>());
        let policy = ScalingPolicy {
            policy_name,
            ..policy
        };
        add(says, Item::Policy(Box::new(policy)))
    };
    let tracking = rules.new_tracking();
    let tracking = ScalingPolicy {
        policy_name: tracking.metric().name().to_owned(),
        ..tracking
    };
    html! {
        <p class="adds">
            { add_policy(words.add_policy(), tracking) }
            { add_policy(words.add_step_scaling(), rules.new_step(words.policy_step_scaling())) }
            if rules.scales.is_of_ec2() {
                { add_policy(words.add_simple_scaling(), ScalingPolicy::simple(words.policy_simple_scaling()).on(scenario.platform)) }
                { add_policy(words.add_predictive_scaling(), ScalingPolicy::predictive(words.policy_predictive_scaling())) }
            }
            { add(words.add_schedule(), Item::Action(action::new(form))) }
            { missing_metric::button(form) }
        </p>
    }
}

fn policy_fold(form: &FormProps, index: usize, id: ItemId, policy: &ScalingPolicy) -> Html {
    let Some(config) = &policy.target_tracking else {
        return match (&policy.simple_scaling, &policy.predictive_scaling) {
            (Some(simple), _) => group::simple_fold(form, index, id, policy, simple),
            (_, Some(predictive)) => predictive::fold(form, index, id, policy, predictive),
            _ => step::fold(form, index, id, policy),
        };
    };
    let words = form.words;
    let metric = policy.metric();
    let target = (config.target_value)
        .map_or_else(|| formula(form, index), |target| words.number(target, 2));
    let seconds = |s: u32| words.duration_short(f64::from(s));
    let out = seconds(config.scale_out_cooldown);
    let note = if form.rules().scales.is_of_ec2() {
        group::summary(form, policy, metric.name(), &target)
    } else if config.disable_scale_in {
        words.policy_summary_no_in(metric.name(), &target, &out)
    } else {
        let scale_in = seconds(config.scale_in_cooldown);
        words.policy_summary(metric.name(), &target, &out, &scale_in)
    };
    let item = ItemFold {
        list: List::Policies,
        id,
        colour: "--target",
        title: words.policy_target_tracking().into(),
        note,
    };
    item.around(form, false, of_tracking(form, index, id, metric))
}

/// Returns a target-tracking policy's fields.
fn of_tracking(form: &FormProps, index: usize, id: ItemId, metric: MetricName) -> Html {
    let names = form.rules().tracked_names();
    let cooldown = TargetTracking::scale_out_cooldown.of(id);
    let of_target = |field: Field| is_in(field, List::Policies, id) && field != cooldown;
    html! {
        <>
            { step::metric_field(form, id, metric, names) }
            { target(form, index, id, metric) }
            { form.warnings_of(of_target) }
            { use_published(form, index) }
            if !form.rules().scales.is_of_ec2() {
                { form.row(cooldown) }
                { form.warnings_of(|field| field == cooldown) }
                { form.row(TargetTracking::scale_in_cooldown.of(id)) }
            } else {
                { group::policy_warm_up(form, id) }
            }
            { form.row(TargetTracking::disable_scale_in.of(id)) }
            { form.wide(ScalingPolicy::policy_name.of(id)) }
        </>
    }
}

/// Returns the target, in the unit of its metric.
fn target(form: &FormProps, index: usize, id: ItemId, metric: MetricName) -> Html {
    if metric.spec().unit == MetricUnit::Percent {
        return share_of_machine(form, index, id, metric);
    }
    let more = RowOptions {
        about: Some(target_about(metric)(form.words)),
        automatic: Some(formula(form, index).into()),
        ..RowOptions::default()
    };
    form.row_with(TargetTracking::target_value.of(id), more)
}

/// Returns a button that has the policy look at a metric with datapoints, where its own has none.
pub fn use_published(form: &FormProps, index: usize) -> Html {
    let warnings = (form.outcome().into_iter()).flat_map(|outcome| &outcome.compiled.warnings);
    let mut published = warnings.filter_map(|warning| match warning {
        Warning::NotPublished { policy, right, .. } if *policy == index => Some(*right),
        _ => None,
    });
    let Some(right) = published.next() else {
        return html! { <p key="use published" class="adds" hidden=true /> };
    };
    let mut scenario = Scenario::clone(form.scenario());
    scenario.use_published(index);
    let says = form.words.use_metric(right.name());
    let button = form.button_that_goes(says, Action::Change(Rc::new(scenario)));
    html! { <p key="use published" class="adds">{ button }</p> }
}

/// Returns what an empty TargetValue stands for, as text.
fn formula(form: &FormProps, index: usize) -> String {
    form.outcome()
        .map(|outcome| formula_target(form, outcome, index))
        .map(|target| form.words.number(target, 2))
        .unwrap_or_default()
}

/// Returns what an empty TargetValue stands for.
fn formula_target(form: &FormProps, outcome: &Outcome, policy: usize) -> f64 {
    let Compiled { plan, resolved, .. } = &outcome.compiled;
    let tracked = plan.target_tracking.iter().find(|p| p.index == policy);
    let metric = tracked.map_or(Metric::InvocationsPerInstance, |policy| policy.metric);
    let given = form.scenario().policies.get(policy);
    let name = given.map_or(MetricName::InvocationsPerInstance, ScalingPolicy::metric);
    usual(name, &metric, resolved.formula_target)
}

/// Returns the target as a share of the machine, and what AWS makes of it: the metric is summed over cores or GPUs.
fn share_of_machine(form: &FormProps, index: usize, id: ItemId, metric: MetricName) -> Html {
    let words = form.words;
    let units = units(&form.scenario().instance.instance_type, metric);
    let formula = form
        .outcome()
        .map(|outcome| formula_target(form, outcome, index));
    // EC2's metric is percent of the machine as it is.
    let automatic = formula.map_or(String::new(), |formula| {
        words.number(formula / f64::from(units.unwrap_or(1)), 1)
    });
    let share = RowOptions {
        about: Some(words.field_target_share_about()),
        automatic: Some(automatic.into()),
        ..RowOptions::default()
    };
    let policy = form.scenario().policies.get(index);
    let typed = policy.and_then(|policy| policy.target_tracking.as_ref()?.target_value);
    let sum = |target: f64, units: u32| {
        let share = words.number(target / f64::from(units), 2);
        let machine = match metric.spec().measures {
            Measure::Gpu => words.machine_gpus(&units.to_string()),
            _ => words.machine_vcpus(&units.to_string()),
        };
        words.target_sum(&share, &machine, &words.number(target, 2))
    };
    html! {
        <>
            { form.row_with(TargetTracking::target_value.of(id), share) }
            if let Some((target, units)) = typed.or(formula).zip(units) {
                <p class="says">{ sum(target, units) }</p>
            }
        </>
    }
}
