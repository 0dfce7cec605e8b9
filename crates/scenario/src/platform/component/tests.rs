//! What inference components take and refuse, and what the engine is given for them.

use engine::plan::Consolidation;

use super::*;
use crate::compile::{Compiled, Problem, compile};
use crate::{
    document::{MetricName, Platform},
    file,
};

/// A component on four GPUs and 192 GiB, with a merge patch on it.
fn with(patch: &str) -> Result<Compiled, Vec<Problem>> {
    let mut scenario = file::from_json(patch).unwrap_or_else(|error| panic!("{patch}: {error:?}"));
    if scenario.platform == Platform::SagemakerRealTime {
        scenario.move_to(Platform::SagemakerInferenceComponent);
    }
    if scenario.instance.instance_type == "ml.c5.xlarge" {
        scenario.instance.instance_type = "ml.g5.12xlarge".to_owned();
    }
    compile(&scenario)
}

fn component(fields: &str) -> String {
    format!(r#"{{"inference_component":{{{fields}}}}}"#)
}

#[test]
fn every_field_has_its_range() {
    use ProblemKind::*;
    let needs = "ComputeResourceRequirements";
    let scaling = "ManagedInstanceScaling";
    let policy = "ManagedInstanceScaling.ScaleInPolicy";
    for (place, field, value, kind) in [
        (
            needs,
            "MinMemoryRequiredInMb",
            "127",
            TooSmall { min: 128.0 },
        ),
        // What AWS keeps of it is not published.
        (
            needs,
            "MinMemoryRequiredInMb",
            "196609",
            TooLarge { max: 196_608.0 },
        ),
        (
            needs,
            "NumberOfAcceleratorDevicesRequired",
            "0.5",
            TooSmall { min: 1.0 },
        ),
        (
            needs,
            "NumberOfAcceleratorDevicesRequired",
            "5",
            TooLarge { max: 4.0 },
        ),
        (
            needs,
            "NumberOfCpuCoresRequired",
            "0.2",
            TooSmall { min: 0.25 },
        ),
        (
            needs,
            "NumberOfCpuCoresRequired",
            "49",
            TooLarge { max: 48.0 },
        ),
        ("", "copies_per_instance", "0", TooSmall { min: 1.0 }),
        ("", "copy_start_s", "3601", TooLarge { max: 3600.0 }),
        ("", "idle_release_s", "-1", TooSmall { min: 0.0 }),
        (
            scaling,
            "MinInstanceCount",
            "10001",
            TooLarge { max: 10_000.0 },
        ),
        (scaling, "MaxInstanceCount", "0", TooSmall { min: 1.0 }),
        (
            scaling,
            "Status",
            r#""DISABLED""#,
            OtherThan { right: "ENABLED" },
        ),
        (policy, "CooldownInMinutes", "4", TooSmall { min: 5.0 }),
        (
            policy,
            "CooldownInMinutes",
            "1441",
            TooLarge { max: 1440.0 },
        ),
        (policy, "MaximumStepSize", "0", TooSmall { min: 1.0 }),
        (policy, "MaximumStepSize", "101", TooLarge { max: 100.0 }),
    ] {
        let mut patch = format!(r#"{{"{field}":{value}}}"#);
        let mut path = "inference_component.".to_owned();
        for part in place.split('.').rev().filter(|part| !part.is_empty()) {
            patch = format!(r#"{{"{part}":{patch}}}"#);
        }
        for part in place.split('.').filter(|part| !part.is_empty()) {
            path += part;
            path.push('.');
        }
        let patch = format!(r#"{{"inference_component":{patch}}}"#);
        let expected = Problem {
            field: (path + field).parse().unwrap(),
            kind,
        };
        assert_eq!(with(&patch).unwrap_err(), [expected], "{patch}");
    }
}

#[test]
fn copies_on_an_instance_follow_from_what_they_need() {
    for (fields, copies) in [
        ("", 1),
        (r#""copies_per_instance":7"#, 7),
        (
            r#""ComputeResourceRequirements":{"MinMemoryRequiredInMb":40960}"#,
            4,
        ),
        (
            r#""ComputeResourceRequirements":{"MinMemoryRequiredInMb":1024,"NumberOfAcceleratorDevicesRequired":2}"#,
            2,
        ),
        (
            r#""ComputeResourceRequirements":{"MinMemoryRequiredInMb":1024,"NumberOfCpuCoresRequired":0.25}"#,
            192,
        ),
        (
            r#""copies_per_instance":3,"ComputeResourceRequirements":{"NumberOfAcceleratorDevicesRequired":4}"#,
            3,
        ),
    ] {
        let resource = with(&component(fields)).unwrap().plan.resource;
        let hosts = resource.hosts();
        assert_eq!(
            hosts.map(|hosts| hosts.copies_per_instance),
            Some(copies),
            "{fields}"
        );
    }
    // Of a type that nobody knows, the person has to say.
    let unknown = |own: &str| {
        with(&format!(
            r#"{{"instance":{{"type":"ml.made.up","usd_per_hour":1}},"inference_component":{{{own}"ComputeResourceRequirements":{{"MinMemoryRequiredInMb":1024}}}}}}"#
        ))
    };
    let expected = Problem {
        field: "inference_component.copies_per_instance".parse().unwrap(),
        kind: ProblemKind::Missing,
    };
    assert_eq!(unknown("").unwrap_err(), [expected]);
    assert!(unknown(r#""copies_per_instance":2,"#).is_ok());
}

#[test]
fn instances_follow_copies_as_managed_instance_scaling_says() {
    let hosts = |fields: &str| {
        let plan = with(&component(fields)).unwrap().plan;
        *plan.resource.hosts().unwrap()
    };
    // Twelve copies at most.
    let usual = hosts(r#""copies_per_instance":5"#);
    assert_eq!((usual.min, usual.max, usual.idle_s), (0, 3, 720.0));
    assert_eq!(usual.placement, Placement::Spread);
    assert_eq!(usual.consolidation, None);
    let given = hosts(
        r#""copies_per_instance":5,"SchedulingConfig":{"PlacementStrategy":"BINPACK"},
           "ManagedInstanceScaling":{"MinInstanceCount":2,"MaxInstanceCount":9,
             "ScaleInPolicy":{"Strategy":"CONSOLIDATION","MaximumStepSize":3}}"#,
    );
    assert_eq!(
        (given.min, given.max, given.placement),
        (2, 9, Placement::BinPack)
    );
    let consolidation = Consolidation {
        cooldown_s: 1200.0,
        step: 3,
    };
    assert_eq!(given.consolidation, Some(consolidation));
}

#[test]
fn the_fewest_copies_must_fit() {
    let patch = |min: u32| {
        format!(
            r#"{{"scalable_target":{{"MinCapacity":{min}}},"inference_component":{{"copies_per_instance":2,"ManagedInstanceScaling":{{"MaxInstanceCount":3}}}}}}"#
        )
    };
    let expected = Problem {
        field: "inference_component.ManagedInstanceScaling.MaxInstanceCount"
            .parse()
            .unwrap(),
        kind: ProblemKind::TooSmall { min: 4.0 },
    };
    assert_eq!(with(&patch(7)).unwrap_err(), [expected]);
    let compiled = with(&patch(6)).unwrap();
    let odd = Warning::NoRoomForCopies {
        copies: 6,
        instances: 3,
        max: 12,
    };
    assert!(compiled.warnings.contains(&odd));
}

const WAKE: &str = r#"{"PolicyName":"wake","PolicyType":"StepScaling","StepScalingPolicyConfiguration":{"Cooldown":60},"Alarm":{"MetricName":"NoCapacityInvocationFailures","EvaluationPeriods":1}}"#;

#[test]
fn without_copies_somebody_must_wake_it() {
    let patch = |policies: &str, min_instances: u32| {
        format!(
            r#"{{"platform":"sagemaker_inference_component","scalable_target":{{"MinCapacity":0}},"policies":[{policies}],
            "inference_component":{{"ManagedInstanceScaling":{{"MinInstanceCount":{min_instances}}}}}}}"#
        )
    };
    for (policies, min_instances, wakes) in [("", 0, false), (WAKE, 0, true), (WAKE, 2, true)] {
        let compiled = with(&patch(policies, min_instances)).unwrap();
        let never = compiled.warnings.contains(&Warning::NoCopyWakes);
        assert_eq!(never, !wakes, "{policies}");
        let stay = Warning::InstancesStay {
            instances: min_instances,
        };
        assert_eq!(compiled.warnings.contains(&stay), min_instances > 0);
        if let Some(policy) = compiled.plan.step_scaling.first() {
            // One failure is enough, whatever the period.
            assert_eq!(policy.alarm.threshold, 1.0);
            assert_eq!(policy.alarm.statistic, plan::Statistic::Sum);
        }
    }
}

#[test]
fn metrics_go_by_copies() {
    let tracked = |platform: &str, predefined: &str| {
        with(&format!(
            r#"{{"platform":"{platform}","policies":[{{"PolicyName":"p","PolicyType":"TargetTrackingScaling","TargetTrackingScalingPolicyConfiguration":{{"PredefinedMetricSpecification":{{"PredefinedMetricType":"{predefined}"}}}}}}]}}"#
        ))
    };
    let component = "sagemaker_inference_component";
    for (predefined, is_right, is_high_resolution) in [
        ("SageMakerInferenceComponentInvocationsPerCopy", true, false),
        (
            "SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution",
            true,
            true,
        ),
        ("SageMakerVariantInvocationsPerInstance", false, false),
        ("ALBRequestCountPerTarget", false, false),
    ] {
        match tracked(component, predefined) {
            Ok(compiled) => {
                assert!(is_right, "{predefined}");
                let metric = compiled.plan.target_tracking.first().unwrap().metric;
                assert_eq!(metric.is_high_resolution(), is_high_resolution);
            }
            Err(problems) => {
                let right = "SageMakerInferenceComponentInvocationsPerCopy";
                let kind = ProblemKind::OtherThan { right };
                assert_eq!(problems.first().map(|p| &p.kind), Some(&kind));
                assert!(!is_right, "{predefined}");
            }
        }
    }
    let of_copies = "SageMakerInferenceComponentInvocationsPerCopy";
    for platform in ["sagemaker_asynchronous", "ec2_auto_scaling_group"] {
        assert!(tracked(platform, of_copies).is_err(), "{platform}");
    }
    let alarm = |metric: &str, statistic: &str| {
        with(&format!(
            r#"{{"platform":"{component}","policies":[{{"PolicyName":"p","PolicyType":"StepScaling","Alarm":{{"MetricName":"{metric}"{statistic}}}}}]}}"#
        ))
    };
    for (metric, statistic, right) in [
        ("InvocationsPerCopy", "", None),
        ("ConcurrentRequestsPerCopy", r#","Period":10"#, None),
        ("NoCapacityInvocationFailures", "", None),
        (
            "NoCapacityInvocationFailures",
            r#","Statistic":"Average""#,
            Some("Sum"),
        ),
        ("CPUUtilization", "", Some("InvocationsPerCopy")),
        ("InvocationsPerInstance", "", Some("InvocationsPerCopy")),
        ("ApproximateBacklogSize", "", Some("InvocationsPerCopy")),
    ] {
        let given = alarm(metric, statistic).map_err(|problems| problems.first().cloned());
        let kind = given.err().flatten().map(|problem| problem.kind);
        let expected = right.map(|right| ProblemKind::OtherThan { right });
        assert_eq!(kind, expected, "{metric}");
    }
}

#[test]
fn a_scenario_moves_to_copies_and_back() {
    let scenario = crate::presets::find("office_assistant").unwrap().scenario();
    for platform in [
        Platform::SagemakerRealTime,
        Platform::SagemakerAsynchronous,
        Platform::Ec2AutoScalingGroup,
    ] {
        let mut moved = scenario.clone();
        moved.move_to(platform);
        let problems = compile(&moved).err();
        assert_eq!(problems, None, "{platform:?}");
        assert!(
            moved
                .policies
                .iter()
                .all(|policy| { policy.metric() != MetricName::NoCapacityInvocationFailures })
        );
        moved.move_to(Platform::SagemakerInferenceComponent);
        assert_eq!(compile(&moved).err(), None, "{platform:?}");
        assert_eq!(moved.inference_component, scenario.inference_component);
    }
    for preset in crate::presets::all() {
        let mut moved = preset.scenario();
        moved.move_to(Platform::SagemakerInferenceComponent);
        assert_eq!(compile(&moved).err(), None, "{}", preset.id);
    }
}
