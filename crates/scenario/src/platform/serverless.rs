//! Serverless endpoints: what AWS takes for them, what of a scenario does not go with them, and how they become numbers.
//!
//! Source: SageMaker API reference, ProductionVariantServerlessConfig; SageMaker developer guide, "Automatically scale Provisioned
//! Concurrency for a serverless endpoint".

use engine::plan::{self, ScalableResource};

use super::{Card, Platform, PlatformRules, ScalableDimension};
use crate::{
    catalogue::{Price, PriceKind},
    compile::{Compiled, ProblemKind, Resolved, Warning, check::Checks, never_scales},
    document::{
        Instance, LoadTest, MetricName, ScalableTarget, ScalableTargetAction, Scenario, Serverless,
        Service,
    },
    field::List,
    metrics::{Measure, Source},
};

/// What AWS does there.
pub static RULES: PlatformRules = PlatformRules {
    platform: Platform::SagemakerServerless,
    scales: ScalableDimension::ProvisionedConcurrency,
    sources: &[Source::ProvisionedConcurrency],
    silent: &[],
    otherwise: Some(MetricName::ServerlessProvisionedConcurrencyUtilization),
    // Environments need no other in another Availability Zone.
    fewest_instances: 1,
    has_instances: false,
    burns_credits: false,
    // There is no machine to be held to its baseline.
    burstable_scales: true,
    cards: &[
        Card::RequestTest,
        Card::Sizing,
        Card::Serverless,
        Card::Scaling,
        Card::Demand,
        Card::Retries,
        Card::Service,
        Card::Assumptions,
    ],
    check,
    price: |scenario, _, _| (Some(price(&scenario.serverless)), None),
    max_rps,
    resource,
    initial: |scenario| scenario.serverless.provisioned_concurrency,
    limit: |scenario, max| max.min(u64::from(scenario.serverless.max_concurrency)),
    resolve,
    warn_of_machine,
    leave: |scenario, _| leave(scenario),
    enter,
    ..PlatformRules::ENDPOINT
};

/// Checks what is a serverless endpoint's, and what is not.
// rule: serverless.memory-size
fn check(scenario: &Scenario, checks: &mut Checks) {
    let given = &scenario.serverless;
    if !Serverless::MEMORY_MB.contains(&&*given.memory_size_in_mb.to_string()) {
        checks.problem(Serverless::memory_size_in_mb, ProblemKind::MemorySize);
    }
    checks.stays_below(
        Serverless::provisioned_concurrency,
        given.provisioned_concurrency.map(f64::from),
        Serverless::max_concurrency,
        Some(f64::from(given.max_concurrency)),
    );
    checks.stays_below(
        Serverless::model_setup_s,
        Some(given.model_setup_s),
        Service::timeout_s,
        Some(scenario.service.timeout_s),
    );
    elsewhere(scenario, checks);
    bounds(scenario, checks);
}

/// Fields of instances, which have no meaning here.
fn elsewhere(scenario: &Scenario, checks: &mut Checks) {
    let instance = &scenario.instance;
    for (field, is_given, right) in [
        (
            Instance::initial,
            instance.initial.is_some(),
            Serverless::provisioned_concurrency,
        ),
        (
            Instance::usd_per_hour,
            instance.usd_per_hour.is_some(),
            Serverless::usd_per_gb_s,
        ),
        (
            Service::queue_limit_per_instance,
            scenario.service.queue_limit_per_instance.is_some(),
            Serverless::max_concurrency,
        ),
    ] {
        if is_given {
            checks.problem(field, ProblemKind::NotServerless { right });
        }
    }
}

/// Bounds of provisioned concurrency, and whatever changes it.
// rule: serverless.scheduled-down-to-zero
fn bounds(scenario: &Scenario, checks: &mut Checks) {
    let given = &scenario.serverless;
    if given.provisioned().is_none() {
        for (list, is_given) in [
            (List::Policies, !scenario.policies.is_empty()),
            (List::Actions, !scenario.scheduled_actions.is_empty()),
        ] {
            if is_given {
                checks.problem(list.whole(), ProblemKind::NothingToScale);
            }
        }
        return;
    }
    let limit = Some(f64::from(given.max_concurrency));
    let target = &scenario.scalable_target;
    let of_target = [
        (ScalableTarget::min_capacity, target.min_capacity),
        (ScalableTarget::max_capacity, target.max_capacity),
    ];
    let of_actions = scenario
        .scheduled_actions
        .numbered()
        .flat_map(|(id, action)| {
            let bounds = &action.action;
            [
                (
                    ScalableTargetAction::min_capacity.of(id),
                    bounds.min_capacity,
                ),
                (
                    ScalableTargetAction::max_capacity.of(id),
                    bounds.max_capacity,
                ),
            ]
        });
    for (field, bound) in of_target.into_iter().chain(of_actions) {
        checks.stays_below(
            field,
            bound.map(f64::from),
            Serverless::max_concurrency,
            limit,
        );
        if bound == Some(0) && !scenario.policies.is_empty() {
            checks.problem(field, ProblemKind::NothingToMeasure);
        }
    }
}

/// Returns requests per second that one environment serves, one after the other.
fn max_rps(load_test: &LoadTest) -> f64 {
    1.0 / engine::idle_s(load_test.p50_ms, load_test.p95_ms)
}

/// What environments are started on demand, and what a request costs.
// rule: serverless.price-of-requests
fn resource(scenario: &Scenario, _: plan::Instances) -> ScalableResource {
    let given = &scenario.serverless;
    let gb_s = given.memory_gb() / max_rps(&scenario.load_test);
    ScalableResource::ProvisionedConcurrency(plan::OnDemand {
        max_concurrency: given.max_concurrency,
        setup_s: given.model_setup_s,
        keep_s: given.keep_s,
        usd_per_request: gb_s * given.on_demand_usd_per_gb_s(),
        provisioned_usd_per_request: gb_s * given.served_usd_per_gb_s(),
    })
}

/// What a unit of provisioned concurrency costs in an hour.
// rule: serverless.price-of-provisioned
fn price(given: &Serverless) -> Price {
    let own = given.provisioned_usd_per_gb_s.is_some();
    Price {
        usd_per_hour: given.memory_gb() * given.ready_usd_per_gb_s() * 3600.0,
        kind: if own {
            PriceKind::Own
        } else {
            PriceKind::Estimate
        },
        as_of: if own { "" } else { "2026-09" }.into(),
    }
}

/// Fills in what only a serverless endpoint has: its metric, and its provisioned concurrency at the start.
fn resolve(scenario: &Scenario, plan: &mut plan::Plan, resolved: &mut Resolved) {
    resolved.metric = MetricName::ServerlessProvisionedConcurrencyUtilization;
    let provisioned = scenario.serverless.provisioned();
    if provisioned.is_none() {
        never_scales(plan, resolved, 0);
    }
}

/// Warns of what is odd about a serverless endpoint.
fn warn_of_machine(scenario: &Scenario, resolved: &Resolved, warnings: &mut Vec<Warning>) {
    let given = &scenario.serverless;
    let estimated =
        given.provisioned_usd_per_gb_s.is_none() || given.provisioned_served_usd_per_gb_s.is_none();
    if given.provisioned().is_some() && estimated {
        warnings.push(Warning::ProvisionedPriceIsEstimate {
            usd_per_hour: resolved.price.usd_per_hour,
        });
    }
    let rate = resolved.peak_rps;
    let at_once = rate / max_rps(&scenario.load_test);
    if at_once > f64::from(given.max_concurrency) {
        warnings.push(Warning::MaxConcurrencyBelowPeak {
            max: given.max_concurrency,
            needed: at_once.ceil() as u64,
        });
    }
}

/// Instances become provisioned concurrency. Numbers that count instances, or their requests, are left to sizing.
fn enter(scenario: &mut Scenario) {
    let instance = &mut scenario.instance;
    (instance.initial, instance.usd_per_hour) = (None, None);
    (instance.credit_specification, instance.initial_cpu_credits) = (None, None);
    scenario.service.queue_limit_per_instance = None;
    let duration_s = duration_s(scenario);
    for policy in &mut scenario.policies {
        policy.scale_steps(match policy.metric().spec().measures {
            Measure::Requests | Measure::FailedWithoutCapacity => duration_s / 60.0,
            Measure::Cpu | Measure::Gpu => 0.01,
            _ => 1.0,
        });
        policy.forget_numbers();
    }
    let scales = !scenario.policies.is_empty() || !scenario.scheduled_actions.is_empty();
    let serverless = &mut scenario.serverless;
    let most = serverless.max_concurrency;
    if scales && serverless.provisioned().is_none() {
        serverless.provisioned_concurrency = Some(1);
    } else if !scales {
        serverless.provisioned_concurrency = None;
    }
    let setup_s = serverless.model_setup_s;
    serverless.model_setup_s = setup_s.min(scenario.service.timeout_s);
    scenario.scalable_target = Default::default();
    for action in &mut scenario.scheduled_actions {
        let bounds = &mut action.action;
        bounds.min_capacity = bounds.min_capacity.map(|min| min.min(most));
        bounds.max_capacity = bounds.max_capacity.map(|max| max.min(most));
    }
}

/// Makes provisioned concurrency instances, and has policies look at their requests.
fn leave(scenario: &mut Scenario) {
    let duration_s = duration_s(scenario);
    for policy in &mut scenario.policies {
        policy.scale_steps(60.0 / duration_s);
        policy.forget_numbers();
        policy.look_at(MetricName::InvocationsPerInstance, &super::real_time::RULES);
    }
    scenario.scalable_target = Default::default();
    for action in &mut scenario.scheduled_actions {
        let bounds = &mut action.action;
        bounds.min_capacity = bounds.min_capacity.map(|min| min.max(1));
        bounds.max_capacity = bounds.max_capacity.map(|max| max.max(1));
    }
}

/// Returns seconds that one request keeps an environment busy.
fn duration_s(scenario: &Scenario) -> f64 {
    engine::idle_s(scenario.load_test.p50_ms, scenario.load_test.p95_ms)
}

impl Compiled {
    /// Returns requests at once when demand is highest: its rate times what one takes.
    #[must_use]
    pub fn peak_at_once(&self) -> f64 {
        self.resolved.peak_rps / self.plan.service.max_rps
    }
}

#[cfg(test)]
mod tests;
