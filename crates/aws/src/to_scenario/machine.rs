//! The machine and the platform's own settings: an endpoint's configuration, an inference component, and what Inference Recommender
//! says of them.

use scenario::{
    document::{Platform, PolicyType, ScalingPolicy, Scenario, TargetTracking},
    field::Items,
};

use super::reading::Reading;
use crate::{
    account::{Component, Endpoint, EndpointConfig, Subject, Variant},
    finding::{Finding, FindingKind},
};

/// How the policy is called that a recommendation comes to.
const RECOMMENDED: &str = "recommended";

/// What documents say of an endpoint.
#[derive(Default)]
struct Found<'a> {
    endpoint: Option<&'a Endpoint>,
    config: Option<&'a EndpointConfig>,
    /// The variant, as the endpoint is now and as its configuration says.
    variants: [Option<&'a Variant>; 2],
    /// Whether the configuration is taken for the endpoint's only because there is no other.
    is_assumed: bool,
}

impl<'a> Reading<'a> {
    /// Returns whether the platform of a variant's instances is asynchronous or not, as far as documents say.
    pub(super) fn of_variants(&self, platform: Platform) -> Platform {
        let found = self.found();
        let is_asynchronous = match (found.endpoint, found.config) {
            (Some(endpoint), Some(config)) => {
                Some(endpoint.asynchronous.is_some() || config.asynchronous.is_some())
            }
            (Some(endpoint), None) => Some(endpoint.asynchronous.is_some()),
            (None, Some(config)) => Some(config.asynchronous.is_some()),
            (None, None) => None,
        };
        let mut variants = found.variants.into_iter().flatten();
        let is_serverless = variants.any(|it| it.serverless.is_some());
        match (platform, is_asynchronous) {
            (Platform::SagemakerRealTime | Platform::SagemakerAsynchronous, Some(_))
                if is_serverless =>
            {
                Platform::SagemakerServerless
            }
            (Platform::SagemakerRealTime, Some(true)) => Platform::SagemakerAsynchronous,
            (Platform::SagemakerAsynchronous, Some(false)) => Platform::SagemakerRealTime,
            _ => platform,
        }
    }

    /// Brings an endpoint's settings into the scenario.
    pub(super) fn machine(&mut self, scenario: &mut Scenario) {
        let found = self.found();
        if found.is_assumed
            && let Some(config) = found.config
        {
            let name = config.name.clone();
            self.note(config.at, FindingKind::ConfigAssumed { config: name });
        }
        for variant in found.variants.into_iter().flatten() {
            of_variant(variant, scenario);
        }
        if let Some(initial) = found.variants[1].and_then(|it| it.initial)
            && !scenario.platform.rules().scales.is_of_ec2()
            && scenario.platform != Platform::SagemakerInferenceComponent
        {
            scenario.instance.initial = Some(initial);
        }
        let asynchronous = [
            found.endpoint.and_then(|it| it.asynchronous),
            found.config.and_then(|it| it.asynchronous),
        ];
        if let Some(Some(at_once)) = asynchronous.into_iter().flatten().next() {
            let settings = &mut scenario.asynchronous;
            settings.max_concurrent_invocations_per_instance = Some(at_once);
        }
        if let Some(component) = self.component() {
            let settings = &mut scenario.inference_component;
            settings.requirements = component.requirements.clone();
            if let Some(placement) = component.placement {
                settings.scheduling.placement = placement;
            }
            if let Some(instance_type) = &component.instance_type {
                scenario.instance.instance_type.clone_from(instance_type);
            }
        }
        // What is described and is of no use here is said.
        let unused = self.account.endpoint_configs.iter().filter(|it| {
            let is_found = found.config.is_some_and(|config| std::ptr::eq(*it, config));
            !is_found
        });
        for config in unused {
            self.findings.push(Finding {
                at: config.at,
                path: config.name.clone(),
                kind: FindingKind::NotUsed,
            });
        }
    }

    /// Returns what documents say of the endpoint that scales, or of the only one.
    fn found(&self) -> Found<'a> {
        let account = self.account;
        let component = self.component();
        let (name, variant) = match self.subject {
            Some(Subject::Group { .. }) => return Found::default(),
            Some(Subject::Target { resource_id, .. }) => {
                let parts: Vec<&str> = resource_id.split('/').collect();
                match parts.as_slice() {
                    ["endpoint", name, "variant", variant] => (Some(*name), Some(*variant)),
                    _ => (
                        component.and_then(|it| it.endpoint.as_deref()),
                        component.and_then(|it| it.variant.as_deref()),
                    ),
                }
            }
            None => (None, None),
        };
        let mut endpoints = account.endpoints.iter();
        let endpoint = match name {
            Some(name) => endpoints.find(|it| it.name == name),
            None => only(&account.endpoints),
        };
        let named = endpoint.and_then(|it| it.config.as_deref());
        let mut configs = account.endpoint_configs.iter();
        let (config, is_assumed) = match named {
            Some(named) => (configs.find(|it| it.name == named), false),
            None if self.is_only_endpoint() => (only(&account.endpoint_configs), name.is_some()),
            None => (None, false),
        };
        let pick = |variants: &'a [Variant]| match variant {
            Some(name) => variants.iter().find(|it| it.name == name),
            None => only(variants),
        };
        Found {
            endpoint,
            config,
            variants: [
                endpoint.and_then(|it| pick(&it.variants)),
                config.and_then(|it| pick(&it.variants)),
            ],
            is_assumed,
        }
    }

    /// Whether there is no more than one endpoint that a configuration without one could be of.
    fn is_only_endpoint(&self) -> bool {
        let mut names: Vec<String> = Vec::new();
        for subject in self.account.subjects() {
            if let Subject::Target { resource_id, .. } = subject {
                names.extend(resource_id.split('/').nth(1).map(str::to_owned));
            }
        }
        names.dedup();
        names.len() <= 1
    }

    fn component(&self) -> Option<&'a Component> {
        match self.subject {
            Some(Subject::Target { resource_id, .. }) => {
                let name = resource_id.strip_prefix("inference-component/")?;
                let mut components = self.account.components.iter();
                components.find(|it| it.name == name)
            }
            Some(Subject::Group { .. }) => None,
            None => only(&self.account.components),
        }
    }

    /// Brings a recommendation into the scenario: bounds and a policy, where no document says others.
    pub(super) fn recommendation(&mut self, scenario: &mut Scenario) {
        let account = self.account;
        let endpoint = match self.subject {
            Some(Subject::Target { resource_id, .. }) => resource_id.split('/').nth(1),
            Some(Subject::Group { .. }) => Some(""),
            None => None,
        };
        let mut all = account.recommendations.iter();
        let own = all.find(|it| match (&it.endpoint, endpoint) {
            (Some(said), Some(endpoint)) => said == endpoint,
            _ => endpoint != Some(""),
        });
        let Some(said) = own else {
            return;
        };
        let a_minute = |count: Option<f64>| count.map(|count| count / 60.0);
        let expected = &mut scenario.expected;
        expected.quiet_rps = a_minute(said.objective.0).or(expected.quiet_rps);
        expected.peak_rps = a_minute(said.objective.1).or(expected.peak_rps);
        let is_own = |it: Option<&Subject>| it.is_none() || it == self.subject;
        if !account.targets.iter().any(|it| is_own(Some(&it.subject))) {
            let target = &mut scenario.scalable_target;
            target.min_capacity = said.bounds.0.or(target.min_capacity);
            target.max_capacity = said.bounds.1.or(target.max_capacity);
        }
        if account
            .policies
            .iter()
            .any(|it| is_own(it.subject.as_ref()))
        {
            self.findings.push(Finding {
                at: said.at,
                path: "DynamicScalingConfiguration".to_owned(),
                kind: FindingKind::NotUsed,
            });
            return;
        }
        let mut tracking = match &said.tracking {
            Some(tracking) => tracking.clone(),
            None => TargetTracking::default(),
        };
        tracking.target_value = tracking.target_value.or(said.target);
        if tracking.target_value.is_none() {
            return;
        }
        tracking.scale_in_cooldown = said.cooldowns.0.unwrap_or(tracking.scale_in_cooldown);
        tracking.scale_out_cooldown = said.cooldowns.1.unwrap_or(tracking.scale_out_cooldown);
        let mut policies = Items::default();
        policies.push(ScalingPolicy {
            policy_name: RECOMMENDED.to_owned(),
            policy_type: PolicyType::TargetTrackingScaling,
            target_tracking: Some(tracking),
            step_scaling: None,
            simple_scaling: None,
            predictive_scaling: None,
            estimated_instance_warmup: None,
            alarm: None,
        });
        scenario.policies = policies;
    }
}

/// Brings what is said of a variant into a scenario.
fn of_variant(variant: &Variant, scenario: &mut Scenario) {
    if let Some(instance_type) = &variant.instance_type {
        scenario.instance.instance_type.clone_from(instance_type);
    }
    if let Some(said) = &variant.serverless {
        let settings = &mut scenario.serverless;
        settings.memory_size_in_mb = said.memory_mb.unwrap_or(settings.memory_size_in_mb);
        settings.max_concurrency = said.max_concurrency.unwrap_or(settings.max_concurrency);
        settings.provisioned_concurrency = said.provisioned;
    }
    if let Some(managed) = &variant.managed
        && scenario.platform == Platform::SagemakerInferenceComponent
    {
        scenario.inference_component.scaling = managed.clone();
    }
}

/// Returns the only one of a list.
fn only<T>(list: &[T]) -> Option<&T> {
    match list {
        [one] => Some(one),
        _ => None,
    }
}
