#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]
//! What an account's answers come to as a scenario: the machine, bounds, policies, times, demand.

use aws::{
    Account, FindingKind, Imported, LearnedTime, Subject,
    import::{Document, Gathering, Params, gather},
};
use scenario::{
    compile::compile,
    document::{MetricName, Platform, PolicyType, Scenario, Shape},
};

macro_rules! sample {
    ($name:literal) => {
        include_str!(concat!("data/answers/", $name, ".json"))
    };
}

fn gathered(texts: &[&str]) -> Gathering {
    let documents: Vec<Document<'_>> = texts
        .iter()
        .map(|text| Document { name: "", text })
        .collect();
    gather(&documents, &Params::default())
}

fn named(account: &Account, name: &str) -> Subject {
    let mut subjects = account.subjects().into_iter();
    let is_it = |it: &Subject| format!("{it:?}").contains(name);
    subjects.find(is_it).unwrap()
}

/// The scenario that texts come to: of the thing that scales of this name, or where the name is empty of nobody's.
fn imported_over(texts: &[&str], name: &str, base: &Scenario) -> Imported {
    let gathering = gathered(texts);
    assert_eq!(gathering.findings, []);
    let subject = (!name.is_empty()).then(|| named(&gathering.account, name));
    aws::scenario(&gathering.account, subject.as_ref(), base)
}

fn imported(texts: &[&str], name: &str) -> Imported {
    imported_over(texts, name, &Scenario::default())
}

fn kinds(imported: &Imported) -> Vec<&FindingKind> {
    imported.findings.iter().map(|it| &it.kind).collect()
}

#[test]
fn an_endpoint_becomes_a_scenario() {
    let imported = imported(
        &[
            sample!("aas-describe-scalable-targets"),
            sample!("aas-describe-scaling-policies"),
            sample!("aas-describe-scheduled-actions"),
            sample!("cw-describe-alarms"),
            sample!("sm-describe-endpoint"),
            sample!("sm-describe-endpoint-config"),
        ],
        "endpoint/recommender/",
    );
    let scenario = &imported.scenario;
    assert_eq!(scenario.platform, Platform::SagemakerRealTime);
    assert_eq!(scenario.name, "recommender");
    let target = &scenario.scalable_target;
    assert_eq!(
        (target.min_capacity, target.max_capacity),
        (Some(2), Some(12))
    );
    assert_eq!(scenario.instance.instance_type, "ml.c5.xlarge");
    assert_eq!(scenario.instance.initial, Some(2));
    let names: Vec<_> = scenario
        .policies
        .iter()
        .map(|it| &*it.policy_name)
        .collect();
    assert_eq!(names, ["keep-600", "rush"]);
    let rush = scenario.policies.get(1).unwrap();
    assert_eq!(rush.policy_type, PolicyType::StepScaling);
    let alarm = rush.alarm.as_ref().unwrap();
    assert_eq!(
        (alarm.metric_name, alarm.threshold, alarm.evaluation_periods),
        (MetricName::CpuUtilization, Some(280.0), 2)
    );
    assert_eq!(scenario.scheduled_actions.len(), 2);
    compile(scenario).unwrap();
    // The other endpoint of the same account, and an alarm of a group whose policies are not given.
    let found = kinds(&imported);
    assert!(matches!(
        found[..],
        [
            FindingKind::NotChosen { .. },
            FindingKind::AlarmWithoutPolicy { .. },
            ..
        ]
    ));
    let alarms = found.iter().skip(1).map(|kind| match kind {
        FindingKind::AlarmWithoutPolicy { alarm } => &**alarm,
        other => unreachable!("{other:?}"),
    });
    assert_eq!(alarms.collect::<Vec<_>>(), ["web-steps"]);
}

#[test]
fn a_group_becomes_a_scenario() {
    let imported = imported(
        &[
            sample!("asg-describe-auto-scaling-groups"),
            sample!("asg-describe-policies"),
            sample!("asg-describe-scheduled-actions"),
            sample!("asg-describe-warm-pool"),
            sample!("cw-describe-alarms"),
        ],
        "web",
    );
    let scenario = &imported.scenario;
    assert_eq!(scenario.platform, Platform::Ec2AutoScalingGroup);
    assert_eq!(scenario.instance.instance_type, "c5.xlarge");
    assert_eq!(scenario.availability_zones, 3);
    let pool = scenario.auto_scaling_group.warm_pool.as_ref().unwrap();
    assert_eq!(
        (pool.min_size, pool.max_group_prepared_capacity),
        (1, Some(8))
    );
    assert_eq!(scenario.auto_scaling_group.health_check_grace_period, 90);
    assert_eq!(scenario.policies.len(), 3);
    // The alarms of endpoints whose policies are not given.
    let is_other = |kind: &&FindingKind| matches!(kind, FindingKind::AlarmWithoutPolicy { alarm } if alarm.starts_with("endpoint/"));
    assert!(kinds(&imported).iter().all(is_other));
    compile(scenario).unwrap();
    // DesiredCapacity is of the moment: the run does not begin there.
    assert_eq!(
        scenario.instance.initial,
        Scenario::default().instance.initial
    );
}

#[test]
fn an_empty_answer_says_that_there_are_none() {
    let targets = sample!("aas-describe-scalable-targets");
    let base = Scenario::default();
    assert!(!base.policies.is_empty());
    let policies = |texts: &[&str]| {
        imported(texts, "endpoint/recommender/")
            .scenario
            .policies
            .len()
    };
    assert_eq!(
        policies(&[targets]),
        base.policies.len(),
        "nothing is said of policies"
    );
    assert_eq!(policies(&[targets, "{\"ScalingPolicies\": []}"]), 0);
    let asked = |resource: &str| {
        format!(
            "$ aws application-autoscaling describe-scaling-policies --service-namespace sagemaker --resource-id {resource} --scalable-dimension sagemaker:variant:DesiredInstanceCount\n{{\"ScalingPolicies\": []}}"
        )
    };
    let other = asked("endpoint/recommender2/variant/AllTraffic");
    let own = asked("endpoint/recommender/variant/AllTraffic");
    assert_eq!(policies(&[targets, &other]), base.policies.len());
    assert_eq!(policies(&[targets, &own]), 0);
    let groups = sample!("asg-describe-auto-scaling-groups");
    let of_group = "$ aws autoscaling describe-policies --auto-scaling-group-name web\n{\"ScalingPolicies\": []}";
    assert_eq!(
        imported(&[groups, of_group], "web").scenario.policies.len(),
        0
    );
    // An answer for targets says nothing of a group.
    let of_targets = "$ aws application-autoscaling describe-scaling-policies --service-namespace sagemaker\n{\"ScalingPolicies\": []}";
    assert!(
        !imported(&[groups, of_targets], "web")
            .scenario
            .policies
            .is_empty()
    );
}

#[test]
fn activities_tell_times() {
    let imported = imported(
        &[
            sample!("aas-describe-scalable-targets"),
            sample!("aas-describe-scaling-activities.made"),
        ],
        "endpoint/recommender/",
    );
    let learned: Vec<_> = kinds(&imported)
        .into_iter()
        .filter_map(|kind| match kind {
            FindingKind::Learned {
                time, activities, ..
            } => Some((*time, *activities)),
            _ => None,
        })
        .collect();
    let instance = &imported.scenario.instance;
    assert_eq!(
        (instance.launch_s, instance.launch_to_s, instance.removal_s),
        (242.0, None, 62.0)
    );
    assert_eq!(
        learned,
        [(LearnedTime::Launch, 6), (LearnedTime::Removal, 7)]
    );
}

#[test]
fn activities_of_a_group_are_of_one_instance_each() {
    let activity = |description: &str, start: u32, seconds: u32| {
        format!(
            r#"{{"ActivityId": "x", "AutoScalingGroupName": "web", "Description": "{description}", "Cause": "x", "StartTime": {}, "EndTime": {}, "StatusCode": "Successful"}}"#,
            1_795_979_532 + start,
            1_795_979_532 + start + seconds
        )
    };
    let launch = "Launching a new EC2 instance: i-0a";
    let activities: Vec<String> = [100, 140, 180, 220, 260]
        .into_iter()
        .enumerate()
        .map(|(nth, seconds)| activity(launch, nth as u32 * 1000, seconds))
        .chain([
            activity(
                "Launching a new EC2 instance from warm pool: i-0b",
                9000,
                35,
            ),
            activity(
                "Launching a new EC2 instance into warm pool: i-0c",
                9100,
                900,
            ),
            activity("Terminating EC2 instance: i-0d", 9200, 75),
        ])
        .collect();
    let text = format!("{{\"Activities\": [{}]}}", activities.join(","));
    let imported = imported(&[sample!("asg-describe-auto-scaling-groups"), &text], "web");
    let instance = &imported.scenario.instance;
    assert_eq!(
        (instance.launch_s, instance.launch_to_s, instance.removal_s),
        (116.0, Some(244.0), 75.0)
    );
    assert_eq!(
        imported.scenario.auto_scaling_group.warm_pool_launch_s,
        35.0
    );
}

fn trace(imported: &Imported) -> (String, u32, Vec<u32>) {
    let layers: Vec<_> = imported.scenario.demand.iter().collect();
    let [layer] = &layers[..] else {
        unreachable!("{layers:?}")
    };
    match &layer.shape {
        Shape::Trace { trace, .. } => (
            trace.start.to_string(),
            trace.step_s(),
            trace.counts().to_vec(),
        ),
        other => unreachable!("{other:?}"),
    }
}

#[test]
fn metrics_become_demand() {
    for (text, begins, points, unordered) in [
        // moto does not align what it answers to the minute.
        (
            sample!("cw-get-metric-data"),
            "2026-11-29T16:13:13",
            178,
            true,
        ),
        (
            sample!("cw-get-metric-statistics"),
            "2026-11-29T16:14",
            178,
            false,
        ),
    ] {
        let imported = imported(&[text], "");
        let (start, step_s, counts) = trace(&imported);
        assert_eq!((&*start, step_s), (begins, 60));
        assert!(counts.len() >= points, "{}", counts.len());
        assert_eq!(imported.scenario.start.to_string(), "2026-11-29");
        let found = kinds(&imported);
        assert!(
            matches!(found[0], FindingKind::DemandOf { metric, period_s: 60, is_unordered, .. } if metric == "Invocations" && *is_unordered == unordered),
            "{found:?}"
        );
    }
    let data = |label: &str, values: &str| {
        format!(
            r#"{{"MetricDataResults": [{{"Id": "m1", "Label": "{label}", "Timestamps": ["2026-11-28T10:10:00Z", "2026-11-28T10:00:00+00:00", 1795859700], "Values": {values}, "StatusCode": "Complete"}}]}}"#
        )
    };
    let five = data("Invocations", "[30, 10, 20]");
    // 10:00, 09:55 and 10:10.
    let made = trace(&imported(&[&five], ""));
    assert_eq!(
        made,
        ("2026-11-28T09:55".to_owned(), 300, vec![20, 10, 0, 30])
    );
    // Per instance it takes the number of instances.
    let each = data("InvocationsPerInstance", "[30, 10, 20]");
    let alone = imported(&[&each], "");
    assert!(matches!(
        kinds(&alone)[..],
        [FindingKind::PerInstanceOnly { .. }]
    ));
    assert_eq!(alone.scenario.demand, Scenario::default().demand);
    let counts = data("GroupInServiceInstances", "[4, 3, 2]");
    let made = trace(&imported(&[&each, &counts], ""));
    assert_eq!(made.2, [40, 30, 0, 120]);
    // Others are listed, and so is what is no demand.
    let errors = data("Invocation5XXErrors", "[1, 2, 3]");
    let both = imported(&[&errors, &five], "");
    assert!(kinds(&both).iter().any(
        |kind| matches!(kind, FindingKind::MetricNotUsed { metric } if metric == "Invocation5XXErrors")
    ));
    let average = "$ aws cloudwatch get-metric-statistics --metric-name Invocations\n{\"Label\": \"x\", \"Datapoints\": [{\"Timestamp\": 0, \"Average\": 1.0}]}";
    let of_average = imported(&[average], "");
    assert!(matches!(
        kinds(&of_average)[..],
        [FindingKind::MetricNotUsed { .. }]
    ));
    let single = r#"{"Label": "Invocations", "Datapoints": [{"Timestamp": 0, "Sum": 1.0}]}"#;
    assert!(matches!(
        kinds(&imported(&[single], ""))[..],
        [FindingKind::NoDemand { .. }]
    ));
}

#[test]
fn kept_bodies_are_recognised() {
    let tracking = r#"{"TargetValue": 300, "PredefinedMetricSpecification": {"PredefinedMetricType": "ALBRequestCountPerTarget"}, "ScaleInCooldown": 100}"#;
    let scenario = imported(&[tracking], "").scenario;
    assert_eq!(scenario.platform, Platform::Ec2AutoScalingGroup);
    let policy = scenario.policies.iter().next().unwrap();
    assert_eq!(
        policy.target_tracking.as_ref().unwrap().target_value,
        Some(300.0)
    );
    for (text, kind) in [
        (
            r#"{"AdjustmentType": "ChangeInCapacity", "StepAdjustments": [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 2}]}"#,
            "policy configuration",
        ),
        (
            r#"[{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 2}]"#,
            "policy configuration",
        ),
        (
            r#"{"MetricSpecifications": [{"TargetValue": 40, "PredefinedMetricPairSpecification": {"PredefinedMetricType": "ASGCPUUtilization"}}], "Mode": "ForecastOnly"}"#,
            "policy configuration",
        ),
        (
            r#"[{"VariantName": "a", "InstanceType": "ml.g5.xlarge", "InitialInstanceCount": 3}]"#,
            "production variants",
        ),
        (r#"{"DynamicScalingInSuspended": true}"#, "suspended state"),
        (
            r#"{"ServiceNamespace": "sagemaker", "ResourceId": "endpoint/a/variant/b", "ScalableDimension": "sagemaker:variant:DesiredInstanceCount", "MinCapacity": 1, "MaxCapacity": 3}"#,
            "request",
        ),
        (
            r#"{"AutoScalingGroupName": "g", "PolicyName": "p", "PolicyType": "TargetTrackingScaling", "TargetTrackingConfiguration": {"TargetValue": 50, "PredefinedMetricSpecification": {"PredefinedMetricType": "ASGAverageCPUUtilization"}}}"#,
            "request",
        ),
        (
            r#"{"AutoScalingGroupName": "g", "MinSize": 1, "PoolState": "Stopped"}"#,
            "request",
        ),
    ] {
        let gathering = gathered(&[text]);
        assert_eq!(gathering.findings, [], "{text}");
        assert_eq!(gathering.recognised[0].0, kind, "{text}");
    }
    let action = gathered(&[r#"{"MinCapacity": 1}"#]);
    assert!(
        action
            .findings
            .iter()
            .all(|it| it.kind == FindingKind::Missing)
    );
    assert!(!action.findings.is_empty());
}

#[test]
fn components_serverless_and_recommendations() {
    let component = r#"{"InferenceComponentName": "c", "EndpointName": "e", "VariantName": "v", "Specification": {"ModelName": "m", "ComputeResourceRequirements": {"NumberOfAcceleratorDevicesRequired": 1, "MinMemoryRequiredInMb": 4096}}, "RuntimeConfig": {"DesiredCopyCount": 1, "CurrentCopyCount": 1}}"#;
    let endpoint = r#"{"EndpointName": "e", "EndpointConfigName": "conf", "ProductionVariants": [{"VariantName": "v"}]}"#;
    let config = r#"{"EndpointConfigName": "conf", "ProductionVariants": [{"VariantName": "v", "InstanceType": "ml.g5.12xlarge", "InitialInstanceCount": 1, "ManagedInstanceScaling": {"Status": "ENABLED", "MinInstanceCount": 1, "MaxInstanceCount": 4}}]}"#;
    let target = r#"{"ScalableTargets": [{"ServiceNamespace": "sagemaker", "ResourceId": "inference-component/c", "ScalableDimension": "sagemaker:inference-component:DesiredCopyCount", "MinCapacity": 1, "MaxCapacity": 8}]}"#;
    let scenario = imported(
        &[component, endpoint, config, target],
        "inference-component",
    )
    .scenario;
    assert_eq!(scenario.platform, Platform::SagemakerInferenceComponent);
    let settings = &scenario.inference_component;
    assert_eq!(settings.requirements.accelerators, Some(1.0));
    assert_eq!(settings.scaling.max_instances, Some(4));
    assert_eq!(scenario.instance.instance_type, "ml.g5.12xlarge");

    let serverless = r#"{"EndpointConfigName": "s", "ProductionVariants": [{"VariantName": "v", "ServerlessConfig": {"MemorySizeInMB": 4096, "MaxConcurrency": 50, "ProvisionedConcurrency": 5}}]}"#;
    let scenario = imported(&[serverless], "").scenario;
    assert_eq!(scenario.platform, Platform::SagemakerServerless);
    let settings = &scenario.serverless;
    assert_eq!(
        (
            settings.memory_size_in_mb,
            settings.max_concurrency,
            settings.provisioned_concurrency
        ),
        (4096, 50, Some(5))
    );

    let asynchronous = r#"{"EndpointConfigName": "s", "ProductionVariants": [{"VariantName": "v", "InstanceType": "ml.g5.xlarge"}], "AsyncInferenceConfig": {"ClientConfig": {"MaxConcurrentInvocationsPerInstance": 4}, "OutputConfig": {"S3OutputPath": "s3://b"}}}"#;
    let scenario = imported(&[asynchronous], "").scenario;
    assert_eq!(scenario.platform, Platform::SagemakerAsynchronous);
    assert_eq!(
        scenario
            .asynchronous
            .max_concurrent_invocations_per_instance,
        Some(4)
    );

    let recommendation = r#"{"InferenceRecommendationsJobName": "j", "EndpointName": "e", "ScalingPolicyObjective": {"MinInvocationsPerMinute": 60, "MaxInvocationsPerMinute": 6000}, "Metric": {"InvocationsPerInstance": 900}, "DynamicScalingConfiguration": {"MinCapacity": 1, "MaxCapacity": 9, "ScaleInCooldown": 300, "ScaleOutCooldown": 60, "ScalingPolicies": [{"TargetTracking": {"MetricSpecification": {"Predefined": {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"}}, "TargetValue": 800}}]}}"#;
    let scenario = imported(&[recommendation], "").scenario;
    assert_eq!(scenario.expected.peak_rps, Some(100.0));
    assert_eq!(scenario.scalable_target.max_capacity, Some(9));
    let tracking = scenario
        .policies
        .iter()
        .next()
        .unwrap()
        .target_tracking
        .clone()
        .unwrap();
    assert_eq!(
        (tracking.target_value, tracking.scale_in_cooldown),
        (Some(800.0), 300)
    );

    // A configuration that nobody names is the endpoint's where there is one endpoint only, and that is said.
    let one = r#"{"ScalableTargets": [{"ServiceNamespace": "sagemaker", "ResourceId": "endpoint/e/variant/v", "ScalableDimension": "sagemaker:variant:DesiredInstanceCount", "MinCapacity": 1, "MaxCapacity": 8}]}"#;
    let assumed = imported(&[one, config], "endpoint/e");
    assert_eq!(assumed.scenario.instance.instance_type, "ml.g5.12xlarge");
    assert!(matches!(
        kinds(&assumed)[..],
        [FindingKind::ConfigAssumed { .. }]
    ));
    let several = imported(
        &[sample!("aas-describe-scalable-targets"), config],
        "recommender2",
    );
    assert_ne!(several.scenario.instance.instance_type, "ml.g5.12xlarge");
    assert!(kinds(&several).contains(&&FindingKind::NotUsed));
}

#[test]
fn account_numbers_and_arns_stay_out() {
    let account = "210987654321";
    let arn = "arn:aws:sagemaker:eu-west-1:210987654321:endpoint/x";
    let plant = |text: &str| {
        text.replace("\"keep-600\"", &format!("\"keep-{account}\""))
            .replace("\"rush\"", &format!("\"{arn} rush\""))
            .replace("\"kick-off\"", &format!("\"kick {arn}\""))
            .replace("\"office hours\"", &format!("\"{account}\""))
            .replace("\"Europe/London\"", &format!("\"{arn}\""))
            .replace("\"Invocations Sum\"", &format!("\"Invocations {arn}\""))
            .replace(
                "alarm TargetTracking",
                &format!("{arn} alarm TargetTracking"),
            )
            .replace("\"recommender\"", &format!("\"{account}\""))
            .replace("us-east-1:123456789012", &format!("eu-west-1:{account}"))
            .replace("ml.c5.xlarge", &format!("ml.{account}"))
            .replace("policyName/rush", &format!("policyName/{arn} rush"))
    };
    let texts: Vec<String> = [
        sample!("aas-describe-scalable-targets"),
        sample!("aas-describe-scaling-policies"),
        sample!("aas-describe-scheduled-actions"),
        sample!("aas-describe-scaling-activities.made"),
        sample!("cw-describe-alarms"),
        sample!("cw-get-metric-data"),
        sample!("sm-describe-endpoint"),
        sample!("sm-describe-endpoint-config"),
    ]
    .map(plant)
    .to_vec();
    let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
    // Dimensions that a person typed are kept, those of a document are not.
    let base = scenario::presets::find("finals_game").unwrap().scenario();
    for base in [Scenario::default(), base] {
        let imported = imported_over(&texts, "endpoint/recommender/", &base);
        let file = scenario::file::to_json(&imported.scenario);
        let link = scenario::link::encode(&imported.scenario).unwrap_or_default();
        let linked = scenario::link::decode(&link).map(|it| scenario::file::to_json(&it));
        for text in [&*file, &linked.unwrap()] {
            for planted in [account, "arn:aws", "123456789012"] {
                assert!(!text.contains(planted), "{planted}: {text}");
            }
        }
        assert!(kinds(&imported).contains(&&FindingKind::AccountLeftOut));
        let activities = gathered(&texts).account.activities;
        assert!(activities.iter().all(|it| !it.cause.contains("arn:")));
    }
}
