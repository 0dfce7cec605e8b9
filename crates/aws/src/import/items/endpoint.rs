//! SageMaker's endpoints, their configurations and variants, inference components, and what Inference Recommender says.

use scenario::document::CustomizedMetricSpecification;
use scenario::document::{
    ComputeResourceRequirements, ManagedInstanceScaling, MetricName, PlacementStrategy,
    PredefinedMetricSpecification, PredefinedMetricType, ScaleInPolicy, ScaleInStrategy,
    ScalingStatus, Statistic, TargetTracking,
};

use crate::{
    account::{Component, Endpoint, EndpointConfig, Recommendation, ServerlessConfig, Variant},
    fields::Fields,
    finding::{Finding, FindingKind},
    import::Gathering,
};

/// Reads an endpoint as DescribeEndpoint answers it.
pub(in crate::import) fn endpoint(mut fields: Fields, gathering: &mut Gathering) {
    let findings = &mut gathering.findings;
    let at = fields.at;
    let name = fields.text("EndpointName", findings).unwrap_or_default();
    let config = fields.text("EndpointConfigName", findings);
    let variants = variants(&mut fields, findings);
    let asynchronous = asynchronous(&mut fields, findings);
    // How it was made and is deployed, what is recorded of its answers and explained.
    fields.pass_over(&[
        "EndpointArn",
        "DataCaptureConfig",
        "EndpointStatus",
        "FailureReason",
        "CreationTime",
        "LastModifiedTime",
        "LastDeploymentConfig",
        "ExplainerConfig",
        "MetricsConfig",
        "Tags",
    ]);
    fields.finish(findings);
    gathering.account.endpoints.push(Endpoint {
        name,
        config,
        variants,
        asynchronous,
        at,
    });
}

/// Reads a configuration as CreateEndpointConfig takes it and DescribeEndpointConfig answers it.
pub(in crate::import) fn endpoint_config(mut fields: Fields, gathering: &mut Gathering) {
    let findings = &mut gathering.findings;
    let at = fields.at;
    let name = fields.text("EndpointConfigName", findings);
    let variants = variants(&mut fields, findings);
    let asynchronous = asynchronous(&mut fields, findings);
    fields.pass_over(&[
        "EndpointConfigArn",
        "DataCaptureConfig",
        "KmsKeyId",
        "CreationTime",
        "ExplainerConfig",
        "ExecutionRoleArn",
        "VpcConfig",
        "EnableNetworkIsolation",
        "MetricsConfig",
        "Tags",
    ]);
    fields.finish(findings);
    gathering.account.endpoint_configs.push(EndpointConfig {
        name: name.unwrap_or_default(),
        variants,
        asynchronous,
        at,
    });
}

fn variants(fields: &mut Fields, findings: &mut Vec<Finding>) -> Vec<Variant> {
    let variants = fields.objects("ProductionVariants", findings);
    let several = variants.len() > 1;
    variants
        .into_iter()
        .map(|fields| variant(fields, several, findings))
        .collect()
}

/// Reads a variant as an endpoint's configuration has it, or as an endpoint that is there.
pub(in crate::import) fn variant(
    mut fields: Fields,
    several: bool,
    findings: &mut Vec<Finding>,
) -> Variant {
    let name = fields.text("VariantName", findings).unwrap_or_default();
    let instance_type = fields.text("InstanceType", findings);
    let mut initial = fields.whole("InitialInstanceCount", findings);
    for count in ["DesiredInstanceCount", "CurrentInstanceCount"] {
        let said = fields.whole(count, findings);
        initial = initial.or(said);
    }
    let mut serverless = None;
    for config in [
        "ServerlessConfig",
        "DesiredServerlessConfig",
        "CurrentServerlessConfig",
    ] {
        if let Some(mut config) = fields.object(config, findings) {
            let said = ServerlessConfig {
                memory_mb: config.whole("MemorySizeInMB", findings),
                max_concurrency: config.whole("MaxConcurrency", findings),
                provisioned: config.whole("ProvisionedConcurrency", findings),
            };
            config.finish(findings);
            serverless = serverless.or(Some(said));
        }
    }
    let managed = fields.object("ManagedInstanceScaling", findings);
    let managed = managed.map(|managed| managed_scaling(managed, findings));
    fields.pass_over(&[
        "ModelName",
        "DeployedImages",
        "VariantStatus",
        "VolumeSizeInGB",
        "CoreDumpConfig",
        "EnableSSMAccess",
        "InferenceAmiVersion",
    ]);
    if !several {
        // With one variant all traffic goes there, whatever its weight.
        fields.pass_over(&["InitialVariantWeight", "CurrentWeight", "DesiredWeight"]);
    }
    fields.finish(findings);
    Variant {
        name,
        instance_type,
        initial,
        serverless,
        managed,
    }
}

fn managed_scaling(mut fields: Fields, findings: &mut Vec<Finding>) -> ManagedInstanceScaling {
    let default = ManagedInstanceScaling::default();
    let mut managed = ManagedInstanceScaling {
        status: fields
            .choice(
                "Status",
                ScalingStatus::NAMES,
                ScalingStatus::named,
                findings,
            )
            .unwrap_or_default(),
        min_instances: fields
            .whole("MinInstanceCount", findings)
            .unwrap_or(default.min_instances),
        max_instances: fields.whole("MaxInstanceCount", findings),
        ..default
    };
    if let Some(mut policy) = fields.object("ScaleInPolicy", findings) {
        let default = ScaleInPolicy::default();
        managed.scale_in = ScaleInPolicy {
            strategy: policy
                .choice(
                    "Strategy",
                    ScaleInStrategy::NAMES,
                    ScaleInStrategy::named,
                    findings,
                )
                .unwrap_or_default(),
            cooldown_min: policy
                .whole("CooldownInMinutes", findings)
                .unwrap_or(default.cooldown_min),
            step: policy
                .whole("MaximumStepSize", findings)
                .unwrap_or(default.step),
        };
        policy.finish(findings);
    }
    fields.finish(findings);
    managed
}

/// Takes what makes an endpoint asynchronous.
fn asynchronous(fields: &mut Fields, findings: &mut Vec<Finding>) -> Option<Option<u32>> {
    let mut config = fields.object("AsyncInferenceConfig", findings)?;
    let mut at_once = None;
    if let Some(mut client) = config.object("ClientConfig", findings) {
        at_once = client.whole("MaxConcurrentInvocationsPerInstance", findings);
        client.finish(findings);
    }
    // Where answers go.
    config.pass_over(&["OutputConfig"]);
    config.finish(findings);
    Some(at_once)
}

/// Reads a component as CreateInferenceComponent takes it and DescribeInferenceComponent answers it.
pub(in crate::import) fn component(mut fields: Fields, gathering: &mut Gathering) {
    let findings = &mut gathering.findings;
    let at = fields.at;
    let mut component = Component {
        name: fields
            .text("InferenceComponentName", findings)
            .unwrap_or_default(),
        endpoint: fields.text("EndpointName", findings),
        variant: fields.text("VariantName", findings),
        instance_type: None,
        placement: None,
        requirements: ComputeResourceRequirements::default(),
        copies: None,
        at,
    };
    if let Some(mut spec) = fields.object("Specification", findings) {
        component.instance_type = spec.text("InstanceType", findings);
        if let Some(mut needs) = spec.object("ComputeResourceRequirements", findings) {
            component.requirements = ComputeResourceRequirements {
                min_memory_mb: needs.whole("MinMemoryRequiredInMb", findings),
                accelerators: needs.number("NumberOfAcceleratorDevicesRequired", findings),
                cpu_cores: needs.number("NumberOfCpuCoresRequired", findings),
            };
            needs.finish(findings);
        }
        if let Some(mut scheduling) = spec.object("SchedulingConfig", findings) {
            component.placement = scheduling.choice(
                "PlacementStrategy",
                PlacementStrategy::NAMES,
                PlacementStrategy::named,
                findings,
            );
            scheduling.finish(findings);
        }
        spec.pass_over(&["ModelName", "Container", "BaseInferenceComponentName"]);
        spec.finish(findings);
    }
    if let Some(mut runtime) = fields.object("RuntimeConfig", findings) {
        for name in ["CopyCount", "DesiredCopyCount", "CurrentCopyCount"] {
            let said = runtime.whole(name, findings);
            component.copies = component.copies.or(said);
        }
        // On which types its copies are at the moment.
        runtime.pass_over(&["PlacementStatus"]);
        runtime.finish(findings);
    }
    fields.pass_over(&[
        "InferenceComponentArn",
        "EndpointArn",
        "FailureReason",
        "CreationTime",
        "LastModifiedTime",
        "InferenceComponentStatus",
        "LastDeploymentConfig",
        "Tags",
    ]);
    fields.finish(findings);
    gathering.account.components.push(component);
}

/// Reads what GetScalingConfigurationRecommendation answers.
pub(in crate::import) fn recommendation(mut fields: Fields, gathering: &mut Gathering) {
    let findings = &mut gathering.findings;
    let mut said = Recommendation {
        endpoint: fields.text("EndpointName", findings),
        tracking: None,
        target: None,
        objective: (None, None),
        bounds: (None, None),
        cooldowns: (None, None),
        at: fields.at,
    };
    // What the job and its answer are called, and what CPU utilization was asked for.
    fields.pass_over(&["InferenceRecommendationsJobName", "RecommendationId"]);
    if let Some(mut objective) = fields.object("ScalingPolicyObjective", findings) {
        said.objective = (
            objective.number("MinInvocationsPerMinute", findings),
            objective.number("MaxInvocationsPerMinute", findings),
        );
        objective.finish(findings);
    }
    if let Some(mut metric) = fields.object("Metric", findings) {
        said.target = metric.number("InvocationsPerInstance", findings);
        metric.finish(findings);
    }
    if let Some(mut scaling) = fields.object("DynamicScalingConfiguration", findings) {
        said.bounds = (
            scaling.whole("MinCapacity", findings),
            scaling.whole("MaxCapacity", findings),
        );
        said.cooldowns = (
            scaling.whole("ScaleInCooldown", findings),
            scaling.whole("ScaleOutCooldown", findings),
        );
        for mut policy in scaling.objects("ScalingPolicies", findings) {
            if let Some(tracking) = policy.object("TargetTracking", findings) {
                let tracking = recommended(tracking, findings);
                said.tracking = said.tracking.or(tracking);
            }
            policy.finish(findings);
        }
        scaling.finish(findings);
    }
    fields.finish(findings);
    gathering.account.recommendations.push(said);
}

/// Reads a target tracking configuration as a recommendation has it.
fn recommended(mut fields: Fields, findings: &mut Vec<Finding>) -> Option<TargetTracking> {
    let mut tracking = TargetTracking {
        target_value: fields.number("TargetValue", findings),
        ..TargetTracking::default()
    };
    let mut is_known = true;
    if let Some(mut metric) = fields.object("MetricSpecification", findings) {
        if let Some(mut predefined) = metric.object("Predefined", findings) {
            let name = predefined.text("PredefinedMetricType", findings);
            match name.as_deref().map(PredefinedMetricType::named) {
                Some(Some(metric_type)) => {
                    tracking.metric = PredefinedMetricSpecification {
                        metric_type,
                        resource_label: None,
                    };
                }
                Some(None) => {
                    is_known = unknown(&predefined, "PredefinedMetricType", name, findings)
                }
                None => {}
            }
            predefined.finish(findings);
        }
        if let Some(mut customized) = metric.object("Customized", findings) {
            let name = customized.text("MetricName", findings);
            let namespace = customized.text("Namespace", findings);
            let statistic =
                customized.choice("Statistic", Statistic::NAMES, Statistic::named, findings);
            match name.as_deref().map(MetricName::named) {
                Some(Some(metric_name)) => {
                    tracking.customized_metric = Some(CustomizedMetricSpecification {
                        metric_name,
                        namespace,
                        dimensions: Vec::new(),
                        statistic,
                        unit: None,
                    });
                }
                _ => is_known = unknown(&customized, "MetricName", name, findings),
            }
            customized.finish(findings);
        }
        metric.finish(findings);
    }
    fields.finish(findings);
    is_known.then_some(tracking)
}

/// Notes a metric that is not modelled; returns whether it is known, which it is not.
fn unknown(
    fields: &Fields,
    field: &str,
    name: Option<String>,
    findings: &mut Vec<Finding>,
) -> bool {
    findings.push(Finding {
        at: fields.at,
        path: fields.path(field),
        kind: FindingKind::UnknownMetric {
            name: name.unwrap_or_default(),
        },
    });
    false
}
