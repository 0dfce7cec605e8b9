//! Why nothing scaled out, from a scenario to the sentence; and the warnings that could have been read before.

use engine::{Report, report::Unanswered, run::NotScaledReason};
use scenario::{
    compile::{Load, Sum, Warning, compile},
    document::MetricName,
    file,
};

use crate::{EN, KO, is_whole};

/// The verdict's reason, in both languages, with plain spaces.
fn whys(json: &str) -> [String; 2] {
    let scenario = file::from_json(json).unwrap();
    let compiled = compile(&scenario).unwrap();
    let report = Report::new(&compiled.plan, &engine::run(&compiled.plan));
    [EN, KO].map(|words| {
        let verdict = words.verdict(&report, &compiled, &scenario, None);
        is_whole(&verdict.why);
        verdict.why.replace('\u{a0}', " ")
    })
}

/// A real-time endpoint of 2 to 8 instances, under so many requests per second all the time.
fn endpoint(load_test: &str, rps: f64, rest: &str) -> String {
    format!(
        r#"{{"start":"2026-06-01","hours":4,"time_zone":"UTC","load_test":{{{load_test}}},
        "instance":{{"type":"ml.g5.xlarge","initial":2}},"scalable_target":{{"MinCapacity":2,"MaxCapacity":8}},
        "demand":[{{"shape":{{"steady":{{"rps":{rps}}}}}}}],{rest}}}"#
    )
}

fn tracked(metric: &str, target: f64) -> String {
    format!(
        r#""policies":[{{"PolicyName":"p","PolicyType":"TargetTrackingScaling","TargetTrackingScalingPolicyConfiguration":{{
        "TargetValue":{target}{metric}}}}}]"#
    )
}

fn stepped(metric: &str, threshold: f64, adjustment: i32) -> String {
    format!(
        r#""policies":[{{"PolicyName":"p","PolicyType":"StepScaling","StepScalingPolicyConfiguration":{{"StepAdjustments":[
        {{"MetricIntervalLowerBound":0,"ScalingAdjustment":{adjustment}}}]}},"Alarm":{{"MetricName":"{metric}","Threshold":{threshold}}}}}]"#
    )
}

const CPU: &str = r#","CustomizedMetricSpecification":{"MetricName":"CPUUtilization"}"#;
const COST: &str = r#""max_rps":50,"cpu_ms_per_request":8"#;

#[test]
fn every_overload_without_a_scale_out_is_told_by_its_cause() {
    let ten = r#""max_rps":10"#;
    let surge = |minutes: u32| {
        let json = endpoint(ten, 5.0, &tracked("", 300.0));
        let event = format!(
            r#""demand":[{{"shape":{{"event":{{"at":"2026-06-01T01:00","rps":60,"ramp_up_min":0,"hold_min":{minutes},"decay_min":0}}}}}},"#
        );
        json.replace(r#""demand":["#, &event)
    };
    let suspended = endpoint(ten, 26.0, &tracked("", 300.0)).replace(
        r#""MaxCapacity":8"#,
        r#""MaxCapacity":8,"SuspendedState":{"DynamicScalingOutSuspended":true}"#,
    );
    let flicker: String = "2000,1,".repeat(8);
    let flicker = endpoint(ten, 0.0, &tracked("", 800.0)).replace(
        r#""demand":["#,
        &format!(
            r#""demand":[{{"shape":{{"trace":{{"scale":1,"trace":{{"start":"2026-06-01T00:30","step_s":60,"counts":[{}]}}}}}}}},"#,
            flicker.trim_end_matches(',')
        ),
    );
    for (json, english, korean) in [
        (
            endpoint(COST, 150.0, &tracked(CPU, 70.0)),
            "CPUUtilization was 40 at most (50 × 8 ms); the target is 70: it can never act.",
            "CPUUtilization 최대 40(50 × 8 ms), 대상 값은 70입니다. 이 정책은 결코 작동하지 않습니다.",
        ),
        (
            endpoint(COST, 150.0, &stepped("CPUUtilization", 70.0, 1)),
            "CPUUtilization was 40 at most (50 × 8 ms); the alarm's threshold is 70: it can never fire.",
            "CPUUtilization 최대 40(50 × 8 ms), 경보의 임계값은 70입니다. 이 경보는 결코 울리지 않습니다.",
        ),
        (
            endpoint(ten, 26.0, &tracked("", 900.0)),
            "InvocationsPerInstance was 780 at most; the target is 900.",
            "InvocationsPerInstance 최대 780, 대상 값은 900입니다.",
        ),
        (
            endpoint(ten, 26.0, &stepped("InvocationsPerInstance", 900.0, 1)),
            "InvocationsPerInstance was 780 at most; the alarm's threshold is 900.",
            "InvocationsPerInstance 최대 780, 경보의 임계값은 900입니다.",
        ),
        (
            suspended,
            "Scaling out is suspended (DynamicScalingOutSuspended): the alarm fired, and nothing was done.",
            "스케일 아웃이 일시 중단되어 있습니다(DynamicScalingOutSuspended). 경보가 울렸지만 아무것도 하지 않았습니다.",
        ),
        (
            endpoint(ten, 26.0, &stepped("InvocationsPerInstance", 300.0, -1)),
            "No policy adds capacity by what a metric shows.",
            "지표를 보고 용량을 늘리는 정책이 없습니다.",
        ),
        (
            endpoint(ten, 26.0, r#""policies":[]"#),
            "No policy scales this endpoint.",
            "이 엔드포인트를 조정하는 정책이 없습니다.",
        ),
        (
            endpoint(
                ten,
                26.0,
                &tracked(
                    r#","CustomizedMetricSpecification":{"MetricName":"ApproximateBacklogSizePerInstance"}"#,
                    5.0,
                ),
            ),
            "SageMaker publishes no ApproximateBacklogSizePerInstance for this kind of endpoint: the alarm stayed INSUFFICIENT_DATA. InvocationsPerInstance has data.",
            "이 종류의 엔드포인트에서는 SageMaker가 ApproximateBacklogSizePerInstance 지표를 게시하지 않습니다. 경보는 계속 INSUFFICIENT_DATA였습니다. InvocationsPerInstance 지표에는 데이터가 있습니다.",
        ),
        (
            flicker,
            "InvocationsPerInstance breached in at most 2 of 3 datapoints in a row; the alarm needs 3.",
            "InvocationsPerInstance 데이터가 연속 3개 중 최대 2개만 임계값을 벗어났습니다. 경보에는 3개가 필요합니다.",
        ),
        (
            surge(2),
            "It was over before a scale-out was decided: the alarm needs 3 minutes above the target and 60 seconds of metric delay, while demand rose from 5 to 65 RPS in 8 minutes.",
            "스케일 아웃이 결정되기 전에 끝났습니다. 경보가 울리려면 대상 값을 3분 동안 넘어야 하고 지표가 60초 늦게 도착하는데, 수요가 8분 만에 5 RPS에서 65 RPS로 늘었습니다.",
        ),
    ] {
        // g5.xlarge launches in six minutes there.
        let told = whys(&json.replace(r#""initial":2"#, r#""initial":2,"launch_s":240"#));
        assert_eq!(told, [english, korean], "{json}");
    }
    // Of one that lasts it is not told, nor is any cause of these.
    let [lasts, _] = whys(&surge(20).replace(r#""MaxCapacity":8"#, r#""MaxCapacity":20"#));
    assert!(lasts.starts_with("The alarm took "), "{lasts}");
}

#[test]
fn a_queue_that_grows_and_copies_that_nobody_wakes_have_their_cause() {
    let asynchronous = r#"{"platform":"sagemaker_asynchronous","demand":[{"shape":{"steady":{"rps":100}}}],"instance":{"initial":2},
        "scalable_target":{"MinCapacity":2,"MaxCapacity":8},"hours":4"#;
    let [english, korean] = whys(&[asynchronous, "}"].concat());
    let cause = ", and nothing scaled out. SageMaker publishes no InvocationsPerInstance for this kind of endpoint: the alarm stayed INSUFFICIENT_DATA. ApproximateBacklogSizePerInstance has data.";
    assert!(
        english.starts_with("The backlog grew to ") && english.ends_with(cause),
        "{english}"
    );
    assert!(korean.contains("INSUFFICIENT_DATA"), "{korean}");
    // Where missing data breaches, the alarm fires, but there is nothing to act on.
    let treated = r#","assumptions":{"treat_missing_data":"breaching"}}"#;
    let [english, korean] = whys(&[asynchronous, treated].concat());
    assert!(
        english.contains("the policy had no datapoint to act on")
            && !korean.contains("INSUFFICIENT_DATA"),
        "{english}"
    );
    let copies = r#"{"platform":"sagemaker_inference_component","hours":3,"scalable_target":{"MinCapacity":0,"MaxCapacity":4},
        "instance":{"initial":0},"inference_component":{"copies_per_instance":1},"demand":[{"shape":{"steady":{"rps":5}}}],
        "policies":[{"PolicyName":"p","PolicyType":"TargetTrackingScaling","TargetTrackingScalingPolicyConfiguration":{
        "PredefinedMetricSpecification":{"PredefinedMetricType":"SageMakerInferenceComponentInvocationsPerCopy"}}}]}"#;
    let [english, _] = whys(copies);
    assert_eq!(
        english,
        "No copy was in service, and nothing asked for one: every request failed. With nothing in service InvocationsPerCopy has no datapoints: no alarm could tell."
    );
}

#[test]
fn a_log_without_entries_says_which_alarm_has_no_data() {
    let empty = |json: &str| {
        let scenario = file::from_json(json).unwrap();
        let compiled = compile(&scenario).unwrap();
        let run = engine::run(&compiled.plan);
        assert!(run.activities.is_empty());
        [EN, KO].map(|words| words.empty_log(&run, &compiled, &scenario))
    };
    let [english, korean] = empty(r#"{"platform":"sagemaker_asynchronous"}"#);
    assert_eq!(
        english,
        "Nothing scaled: AlarmHigh, AlarmLow stayed INSUFFICIENT_DATA. SageMaker publishes no InvocationsPerInstance for this kind of endpoint."
    );
    assert!(korean.contains("AlarmHigh, AlarmLow"), "{korean}");
    // An alarm with data that never fires is none of these.
    let steady = r#"{"demand":[{"shape":{"steady":{"rps":37}}}],"instance":{"initial":4},"scalable_target":{"MinCapacity":4}}"#;
    assert_eq!(empty(steady)[0], EN.log_empty());
}

#[test]
fn every_reason_and_every_warning_of_policies_is_whole() {
    let (scenario, compiled) = crate::scene();
    let report = Report::new(&compiled.plan, &engine::run(&compiled.plan));
    let reasons = [
        NotScaledReason::AlreadyAtMaxCapacity,
        NotScaledReason::TargetServicePutResourceAsUnscalable { until_s: 1.0 },
        NotScaledReason::ScaleOutCooldown { until_s: None },
        NotScaledReason::SimpleScalingCooldown { until_s: None },
        NotScaledReason::InstancesWarmingUp { until_s: None },
        NotScaledReason::NoMatchingStep,
        NotScaledReason::Suspended,
        NotScaledReason::AlreadyAtDesiredCapacity,
    ];
    let mut told = Vec::new();
    for reason in reasons {
        let mut incident = report.incidents[0];
        incident.bottleneck = engine::report::Bottleneck::NoScaleOut;
        incident.unanswered = Some(Unanswered::Refused { policy: 0, reason });
        let report = Report {
            incidents: vec![incident],
            ..report.clone()
        };
        for words in [EN, KO] {
            let why = words.verdict(&report, &compiled, &scenario, None).why;
            is_whole(&why);
            assert!(!told.contains(&why), "{why}");
            told.push(why);
        }
    }
    let metric = MetricName::CpuUtilization;
    let load = |sum| Load {
        metric,
        most: 40.0,
        sum,
    };
    let busy = |cores| {
        Some(Sum::Busy {
            max_rps: 50.0,
            ms: 8.0,
            cores,
        })
    };
    let out = |sum, is_target| Warning::OutOfReach {
        policy: 0,
        load: load(sum),
        threshold: 70.0,
        is_target,
    };
    let beyond = |is_target| Warning::BeyondMaximum {
        policy: 0,
        load: load(Some(Sum::Minute { max_rps: 10.0 })),
        threshold: 70.0,
        is_target,
    };
    let always = |most| Warning::AlwaysInAlarm {
        policy: 0,
        metric,
        threshold: 70.0,
        most,
    };
    let wakes = |requests, datapoints| Warning::WakesAtSeveral {
        policy: 0,
        requests,
        datapoints,
    };
    let crosses = |sets_min| Warning::ActionBoundsCross {
        action: 0,
        min: 20,
        max: 8,
        sets_min,
    };
    let flag = Warning::OutOfReach {
        policy: 0,
        load: Load {
            metric: MetricName::HasBacklogWithoutCapacity,
            most: 1.0,
            sum: None,
        },
        threshold: 1.0,
        is_target: false,
    };
    let both = |warning: fn(bool) -> Warning| [warning(true), warning(false)];
    let mut warnings = vec![
        out(busy(1), true),
        out(busy(4), true),
        out(None, true),
        out(busy(1), false),
        flag,
        beyond(true),
        beyond(false),
        Warning::NeverFires {
            policy: 0,
            metric,
            threshold: 0.0,
        },
        always(None),
        always(Some(40.0)),
        Warning::StaysAtMax {
            policy: 0,
            metric,
            quiet: 90.0,
            threshold: 70.0,
            max: 8,
            is_target: true,
        },
        Warning::ThresholdsCross {
            policy: 0,
            other: "out".to_owned(),
            metric,
            scale_in: 400.0,
            scale_out: 300.0,
        },
        Warning::StepOutOfReach {
            policy: 0,
            step: 1,
            load: load(busy(1)),
            from: 50.0,
        },
        wakes(None, 1),
        wakes(Some(1), 2),
        wakes(Some(2), 1),
        crosses(true),
        crosses(false),
        Warning::ActionInUtc {
            action: 0,
            zone: "Asia/Seoul".to_owned(),
        },
    ];
    warnings.extend(both(|above| Warning::StepNotThere {
        policy: 0,
        step: 0,
        above,
    }));
    warnings.extend(both(|above| Warning::ScalesTheWrongWay {
        policy: 0,
        metric: MetricName::CpuUtilization,
        above,
    }));
    for words in [EN, KO] {
        let mut told = Vec::new();
        for warning in &warnings {
            let says = words.warning(warning);
            is_whole(&says);
            assert!(
                !says.is_empty() && !told.contains(&says),
                "{warning:?}: {says}"
            );
            told.push(says);
        }
    }
    assert_eq!(
        EN.warning(&out(busy(1), true)),
        "CPUUtilization is 40 at most (50 × 8 ms); the target is 70: it can never act. Choose one below 40."
    );
    assert_eq!(
        EN.warning(&crosses(true)),
        "MinCapacity 20 is above MaxCapacity 8, which is in force when it is due: AWS refuses the action. Give it a MaxCapacity, too."
    );
}
