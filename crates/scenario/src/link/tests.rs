//! Links that must open for ever, and texts that must never do harm.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{
    document::*,
    file,
    time::{LocalDate, LocalDateTime, LocalTime, Weekday},
    trace::Trace,
};

/// A file and the link that was made of it when version 1 was frozen. Add cases; never change one. All that the program made
/// then are in `tests/links_of_version_1.json`.
#[test]
fn old_links_open_for_ever() {
    let cases = [
        ("1.X94A", json!({})),
        (
            "1.fN4EIn8pIFBUd28gbmFtZXMgwrcg65GYJGgh4GA",
            json!({ "hours": 72, "start": "2027-02-18", "seed": 8, "name": "Two names · 둘" }),
        ),
        (
            "1.vN4CJdWBggaBDCjQAA",
            json!({
                "load_test": { "max_rps": 38.5, "safety_factor": 0.6 },
                "scalable_target": { "MaxCapacity": null }
            }),
        ),
        (
            "1.t94CIn-JASqh3gY_nQFUMjAyNy0wMS0zMVQwMDowMDowMFo_ItFkdD8gWGNyb24oMzAgOCA_ICogTU9OLUZSSSAqKT8fP44BP5wBVDIwMjYtMTEtMDFUMDA6MDA6MDBaPyE_Wg",
            json!({ "hours": 168, "scheduled_actions": [
                {
                    "ScheduledActionName": "office hours",
                    "Schedule": "cron(30 8 ? * MON-FRI *)",
                    "Timezone": "Asia/Seoul",
                    "StartTime": "2026-11-01T00:00:00Z",
                    "EndTime": "2027-01-31T00:00:00Z",
                    "ScalableTargetAction": { "MinCapacity": 4, "MaxCapacity": 20 }
                }
            ] }),
        ),
    ];
    for (payload, patch) in cases {
        let expected = file::from_json(&patch.to_string()).unwrap();
        assert_eq!(decode(payload), Ok(expected.clone()), "{payload}");
        assert_eq!(encode(&expected), Ok(now(payload)), "{patch}");
    }
    assert_eq!(
        payload_of(&patch::of(&Scenario::default()), &[]),
        DEFAULT_LINK
    );
    assert_eq!(decode(DEFAULT_LINK_1), Ok(Scenario::default()));
}

/// A link of version 1 that says all it means, as version 2 makes it.
fn now(payload: &str) -> String {
    format!("2{}", payload.strip_prefix('1').unwrap())
}

/// The link of version 1 that a patch had.
fn link_1(patch: &serde_json::Value) -> String {
    let payload = payload_of(patch, &[]);
    format!("1{}", payload.strip_prefix('2').unwrap())
}

/// What version 1 left unsaid in lists means what it meant, though version 2 would take it otherwise.
#[test]
fn what_version_1_left_unsaid_keeps_its_meaning() {
    let tracking = |configuration: serde_json::Value| {
        json!({ "policies": [
            { "PolicyName": "p", "PolicyType": "TargetTrackingScaling", "TargetTrackingScalingPolicyConfiguration": configuration }
        ] })
    };
    let alarm =
        json!({ "MetricName": "InvocationsPerInstance", "Period": 60, "EvaluationPeriods": 2 });
    let with_alarm = |kind: &str, alarm: &serde_json::Value| json!({ "policies": [{ "PolicyName": "p", "PolicyType": kind, "Alarm": alarm }] });
    let noise = |noise: serde_json::Value| json!({ "demand": [{ "shape": { "noise": noise } }] });
    let straight = json!({ "percent": 5, "factor": "straight_between_minutes" });
    let cases = [
        (
            json!({ "policies": [{ "PolicyName": "p" }] }),
            tracking(json!({ "ScaleOutCooldown": 60 })),
        ),
        (
            tracking(json!({})),
            tracking(json!({ "ScaleOutCooldown": 60 })),
        ),
        (
            tracking(json!({ "ScaleOutCooldown": 7 })),
            tracking(json!({ "ScaleOutCooldown": 7 })),
        ),
        (
            json!({ "policies": [{ "PolicyName": "p", "TargetTrackingConfiguration": { "TargetValue": 9 } }] }),
            tracking(json!({ "TargetValue": 9, "ScaleOutCooldown": 60 })),
        ),
        (
            json!({ "policies": [{ "PolicyName": "p", "PolicyType": "StepScaling" }] }),
            with_alarm("StepScaling", &alarm),
        ),
        (
            with_alarm("SimpleScaling", &json!({ "Period": 300 })),
            with_alarm(
                "SimpleScaling",
                &json!({ "MetricName": "InvocationsPerInstance", "Period": 300 }),
            ),
        ),
        (noise(json!({ "percent": 5 })), noise(straight.clone())),
        (noise(straight.clone()), noise(straight)),
    ];
    for (patch, said) in cases {
        let expected = file::from_json(&said.to_string()).unwrap();
        assert_eq!(decode(&link_1(&patch)), Ok(expected), "{patch}");
    }
}

/// Version 1 took `*` beside days for `?`: its links still mean that.
#[test]
fn a_star_beside_days_of_an_old_link_means_what_it_did() {
    for (old, now) in [
        ("cron(0 16 * * MON-FRI *)", "cron(0 16 ? * MON-FRI *)"),
        ("cron(0 8 1 * * *)", "cron(0 8 1 * ? *)"),
        ("cron(5 0 8 * * 2#1 2026)", "cron(5 0 8 ? * 2#1 2026)"),
        // What was refused stays as it was written.
        ("cron(0 8 * * * *)", "cron(0 8 * * * *)"),
        ("cron(0 8 1 * MON *)", "cron(0 8 1 * MON *)"),
    ] {
        let patch =
            json!({ "scheduled_actions": [{ "ScheduledActionName": "a", "Schedule": old }] });
        let scenario = decode(&link_1(&patch)).unwrap();
        assert_eq!(scenario.scheduled_actions[0].schedule, now, "{old}");
        // A link of version 2 says what its file said.
        let scenario = decode(&payload_of(&patch, &[])).unwrap();
        assert_eq!(scenario.scheduled_actions[0].schedule, old);
    }
}

/// Presets may change; what links to them said when version 1 was frozen may not.
#[test]
fn old_links_to_presets_open_for_ever() {
    let cases = [
        "1.o94JK6TBSm5pZ2h0IG93bHPDxGPBP44Bx8ilODk6OzzhIOFIfx1_HcE_jwHJyGPhIOFIfx1_HcDNzmIif4kBJ9I_bCXWeYEMfw5_OymhBNndf5UBf7kEKM9iJGsh4D8jP1o",
        "1.nN4JK6PAxcZ0f3fhUME_kwHKy-SvHn-lBHR_iRl_jQLAzc5iIn9BJ9I_cSXfC35_BH8nKNFifxMqotdOd2Vla2VuZCBiZWdpbnPnsx4_Us94A9hMd2Vla2VuZCBlbmRz588az2IkbCHgKSM_Ug",
        "1.Zt4HK6jBTWNhcmQgcGF5bWVudHPDxHjBP5UBysvlkJwGeoEKYYEKA8DKwuW4ngYDwMrC5eKfBgPAysLloKMGA8DKwuTcNQPAysLlrKcGwM3OYifSP28l3wt-eX8YKNFiaCRwIeBGIz9X",
        "1.gN4IK6LAxcaB1AGBygLhNMDNzmEm3wRhIn8RJ98VYijRYWQkcyHgkgIjP2Q",
    ];
    let sums = cases.map(|payload| {
        let scenario = decode(payload).unwrap();
        assert_eq!(decode(&encode(&scenario).unwrap()), Ok(scenario.clone()));
        file::to_json(&scenario)
    });
    assert!(sums[0].contains("night owls") && sums[0].contains("Asia/Seoul"));
    assert!(sums[1].contains("at(2026-12-11T17:30:00)"));
    assert!(sums[2].contains("2027-02-05T21:10"));
    assert!(sums[3].contains("10.6"));
}

/// The frozen words and records, by a sum over what version 1 began with, and over what there was when they became files.
#[test]
fn words_are_only_added() {
    let sum = |texts: &mut dyn Iterator<Item = &str>| {
        texts
            .flat_map(|text| text.bytes().chain([0]))
            .fold(0_u64, |sum, byte| {
                (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            })
    };
    for (words, records, expected) in [
        (
            187,
            52,
            (3_035_055_973_211_460_888, 10_339_825_653_315_839_324),
        ),
        (
            347,
            79,
            (12_825_866_248_706_452_032, 10_326_974_485_429_314_599),
        ),
    ] {
        let keys = |record: &'static Vec<&str>| record.iter().copied().chain([""]);
        let records = sum(&mut words::RECORDS[..records].iter().flat_map(keys));
        let words = sum(&mut words::WORDS[..words].iter().copied());
        assert_eq!((words, records), expected);
    }
}

#[test]
fn every_key_of_the_document_is_a_word() {
    let mut scenario = everything();
    scenario.name.clear();
    let value = serde_json::to_value(&scenario).unwrap();
    let mut keys = Vec::new();
    collect_keys(&value, &mut keys);
    for key in keys {
        assert!(words::word_index(&key).is_some(), "{key}");
    }
}

fn collect_keys(value: &serde_json::Value, keys: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                keys.push(key.clone());
                collect_keys(value, keys);
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| collect_keys(value, keys)),
        _ => {}
    }
}

/// A policy with everything that a predictive one may say, right or not.
fn predictive() -> ScalingPolicy {
    let mut policy = ScalingPolicy::predictive("forecast");
    policy.predictive_scaling = Some(PredictiveScaling {
        metrics: vec![PredictiveMetricSpecification {
            target_value: Some(40.0),
            pair: Some(PredefinedMetricPair {
                metric_type: PredictivePairType::AsgCpuUtilization,
                resource_label: Some("app/a/b/targetgroup/c/d".to_owned()),
            }),
            scaling_metric: Some(Unsupported),
            load_metric: Some(Unsupported),
            customized_scaling_metric: Some(Unsupported),
            customized_load_metric: Some(Unsupported),
            customized_capacity_metric: Some(Unsupported),
        }],
        mode: PredictiveScalingMode::ForecastAndScale,
        scheduling_buffer_time: 600,
        max_capacity_breach_behavior: MaxCapacityBreachBehavior::IncreaseMaxCapacity,
        max_capacity_buffer: Some(10),
    });
    policy
}

/// A policy whose numbers are negative, whole and not.
fn steps_down() -> ScalingPolicy {
    let step = |lower, upper, adjustment| StepAdjustment {
        lower,
        upper,
        adjustment,
    };
    ScalingPolicy {
        step_scaling: Some(StepScaling {
            adjustment_type: AdjustmentType::PercentChangeInCapacity,
            steps: vec![
                step(None, Some(-40.0), -30),
                step(Some(-40.0), Some(-7.5), -10),
                step(Some(-7.5), Some(0.0), -1),
            ]
            .into(),
            cooldown: 120,
            min_adjustment_magnitude: Some(2),
            ..StepScaling::default()
        }),
        alarm: Some(MetricAlarm {
            comparison: ComparisonOperator::LessThanThreshold,
            threshold: Some(70.0),
            datapoints_to_alarm: Some(2),
            ..MetricAlarm::default()
        }),
        ..ScalingPolicy::step("c")
    }
}

/// A scenario in which every field differs from the default and every optional one is there.
fn everything() -> Scenario {
    let clock = |text: &str| text.parse::<LocalTime>().unwrap();
    let at: LocalDateTime = "2031-02-03T04:05:06".parse().unwrap();
    let shapes = [
        Shape::Steady { rps: 0.1 },
        Shape::DailyCurve {
            quiet_rps: 1e-7,
            peak_rps: 123_456.789,
            peak_at: clock("23:59:59"),
        },
        Shape::OfficeHours {
            days: Weekday::ALL.to_vec(),
            from: clock("08:00"),
            to: clock("17:31"),
            rps: 60.0,
            ramp_min: 12.5,
        },
        Shape::MonthStart {
            days: 3,
            from: clock("00:00"),
            to: clock("00:00"),
            rps: 1e7,
            ramp_min: 0.0,
        },
        Shape::Event {
            at,
            rps: 110.0,
            ramp_up_min: 6.0,
            hold_min: 120.0,
            decay_min: 45.0,
        },
        Shape::Growth {
            by: GrowthBy::Rps(-1.5),
            per: GrowthPer::Year,
        },
        Shape::Growth {
            by: GrowthBy::Percent(5.0),
            per: GrowthPer::Week,
        },
        Shape::Noise {
            percent: 3.0,
            factor: NoiseFactor::StraightBetweenMinutes,
        },
        Shape::Trace {
            trace: Trace::new(at, 60, 1, vec![1, 70, 65, 3000]).unwrap(),
            scale: 1.5,
        },
    ];
    let bounds = |min, max| ScalableTargetAction {
        min_capacity: min,
        max_capacity: max,
    };
    Scenario {
        headroom: 2,
        name: "모두 everything 🚀".to_owned(),
        start: LocalDate::new(2031, 2, 3).unwrap(),
        hours: 8784,
        time_zone: "Antarctica/Troll".to_owned(),
        seed: u64::MAX,
        platform: Platform::Ec2AutoScalingGroup,
        asynchronous: Asynchronous {
            request_ttl_seconds: 3600,
            invocation_timeout_seconds: 60,
            max_concurrent_invocations_per_instance: Some(4),
        },
        inference_component: InferenceComponent {
            requirements: ComputeResourceRequirements {
                min_memory_mb: Some(24_576),
                accelerators: Some(1.0),
                cpu_cores: Some(2.5),
            },
            copies_per_instance: Some(3),
            copy_start_s: 90.0,
            scheduling: SchedulingConfig {
                placement: PlacementStrategy::Binpack,
            },
            scaling: ManagedInstanceScaling {
                status: ScalingStatus::Disabled,
                min_instances: 1,
                max_instances: Some(6),
                scale_in: ScaleInPolicy {
                    strategy: ScaleInStrategy::Consolidation,
                    cooldown_min: 30,
                    step: 2,
                },
            },
            idle_release_s: 600.0,
        },
        load_test: LoadTest {
            max_rps: 33.3,
            safety_factor: 0.7,
            p50_ms: 1.0,
            p95_ms: 2.5,
            cpu_ms_per_request: Some(150.0),
            gpu_ms_per_request: None,
        },
        expected: Expected {
            peak_rps: Some(100.0),
            quiet_rps: Some(0.5),
            fewest_instances: Some(3),
        },
        instance: Instance {
            instance_type: "ml.made.up".to_owned(),
            usd_per_hour: Some(0.123),
            launch_s: 100.0,
            launch_to_s: Some(200.0),
            removal_s: 30.0,
            initial: Some(7),
            credit_specification: Some(CreditSpecification {
                cpu_credits: CpuCredits::Unlimited,
            }),
            initial_cpu_credits: Some(12.5),
        },
        scalable_target: ScalableTarget {
            min_capacity: Some(1),
            max_capacity: None,
            suspended: SuspendedState {
                dynamic_scaling_in: true,
                dynamic_scaling_out: false,
                scheduled_scaling: true,
            },
        },
        auto_scaling_group: AutoScalingGroup {
            default_instance_warmup: Some(0),
            default_cooldown: 60,
            warm_pool: Some(WarmPool {
                max_group_prepared_capacity: Some(8),
                min_size: 1,
                pool_state: PoolState::Hibernated,
            }),
            warm_pool_launch_s: 20.0,
            health_check_type: HealthCheckType::Elb,
            health_check_grace_period: 300,
            health_check_interval: 10,
            unhealthy_threshold: 3,
            boot_s: 45.0,
            history: History::None,
        },
        serverless: Serverless {
            memory_size_in_mb: 6144,
            max_concurrency: 150,
            provisioned_concurrency: Some(12),
            model_setup_s: 7.5,
            keep_s: 420.0,
            usd_per_gb_s: Some(0.000_021),
            provisioned_served_usd_per_gb_s: Some(0.000_012),
            provisioned_usd_per_gb_s: Some(0.000_006),
        },
        policies: ["a", "b"]
            .map(|name| ScalingPolicy {
                policy_name: name.to_owned(),
                target_tracking: Some(TargetTracking {
                    target_value: Some(77.7),
                    disable_scale_in: name == "b",
                    ..TargetTracking::default()
                }),
                ..ScalingPolicy::default()
            })
            .into_iter()
            .chain([steps_down(), predictive()])
            .collect(),
        scheduled_actions: vec![ScheduledAction {
            recurrence: Some("0 8 1 * 1".to_owned()),
            name: "on".to_owned(),
            schedule: "at(2031-02-03T04:05:06)".to_owned(),
            time_zone: Some("UTC".to_owned()),
            start_time: Some("2031-01-01T00:00:00Z".parse().unwrap()),
            end_time: Some("2031-12-31T23:59:59Z".parse().unwrap()),
            action: bounds(Some(2), Some(9)),
            desired_capacity: Some(3),
        }]
        .into(),
        failures: [
            Failing::Instances(2),
            Failing::Applications(1),
            Failing::ZoneMin(47.5),
        ]
        .map(|what| Failure { at, what })
        .into(),
        slow_instance: SlowInstance {
            at: Some(at),
            times: 8.0,
            for_min: 30.0,
        },
        launch_capacity: LaunchCapacity {
            at: Some(at),
            for_min: 30.0,
            available: 1,
            zones: Some(1),
            quota: Some(40),
            provision_timeout: 900.0,
        },
        missing_metric: MissingMetric {
            at: Some(at),
            for_min: 45.0,
        },
        availability_zones: 2,
        demand: shapes
            .map(|shape| Layer {
                name: "layer".to_owned(),
                off: true,
                shape,
            })
            .into(),
        retries: Some(Retries {
            max_attempts: 4,
            share_pct: 90.0,
            timeout_s: Some(2.5),
            backoff: BackoffStrategy::Linear,
            base_delay_s: 0.2,
            max_backoff_s: 7.0,
            jitter: Jitter::Equal,
            budget_pct: Some(12.5),
        }),
        other_machines: vec![OtherMachine {
            name: "Neo".to_owned(),
            instance_type: "ml.g5.xlarge".to_owned(),
            times: 6.5,
            p50_ms: Some(9.0),
            p95_ms: Some(15.5),
            usd_per_hour: Some(1.25),
            launch_s: Some(500.0),
        }]
        .into(),
        service: Service {
            timeout_s: 10.0,
            queue_limit_per_instance: Some(100.0),
        },
        objective: Objective {
            availability_pct: 99.99,
            late_ms: 250.0,
        },
        assumptions: Assumptions {
            metric_delay_s: 120.0,
            alarm_low_factor: Some(0.85),
            treat_missing_data: TreatMissingData::NotBreaching,
            updating_blocks: false,
            ..Assumptions::default()
        },
    }
}

#[test]
fn a_scenario_with_everything_comes_back() {
    let scenario = everything();
    assert_eq!(decode(&encode(&scenario).unwrap()), Ok(scenario.clone()));
    assert_eq!(file::from_json(&file::to_json(&scenario)), Ok(scenario));
}

#[test]
fn odd_texts_and_numbers_come_back() {
    for name in [
        "20:00",
        "2026-11-28",
        "at(2026-11-28T20:00:00)",
        "at(2026-11-28T20:00)",
        "seed",
        "null",
        "1e5",
        "",
        "2026-11-28T20:00:00",
        "0001-01-01",
        "9999-12-31T23:59:59",
    ] {
        let scenario = Scenario {
            name: name.to_owned(),
            time_zone: name.to_owned(),
            ..Scenario::default()
        };
        assert_eq!(decode(&encode(&scenario).unwrap()), Ok(scenario), "{name}");
    }
    for number in [
        0.1,
        1e308,
        5e-324,
        1.0 / 3.0,
        123_456_789.123,
        f64::MIN_POSITIVE,
        9_007_199_254_740_993.0,
        1e19,
        -1.5,
        1e22,
    ] {
        let mut scenario = Scenario::default();
        scenario.load_test.max_rps = number;
        assert_eq!(
            decode(&encode(&scenario).unwrap()),
            Ok(scenario),
            "{number}"
        );
    }
}

#[test]
fn every_error_has_its_cause() {
    let good = encode(&everything()).unwrap();
    assert_eq!(decode(&good[..good.len() - 1]), Err(LinkError::Broken));
    let cases = [
        ("", LinkError::Foreign),
        ("section-2", LinkError::Foreign),
        ("v1.X94A", LinkError::Foreign),
        ("01.X94A", LinkError::Foreign),
        (".X94A", LinkError::Foreign),
        ("99999999999.X94A", LinkError::Foreign),
        ("4.X94A", LinkError::Newer { version: 4 }),
        ("17.anything at all", LinkError::Newer { version: 17 }),
        ("1.", LinkError::Broken),
        ("1.X94", LinkError::Broken),
        ("1.X94B", LinkError::Broken),
        ("1.Y94A", LinkError::Broken),
        ("1.X94A=", LinkError::Broken),
        ("1.X9 4A", LinkError::Broken),
        ("1.한국", LinkError::Broken),
        ("2.", LinkError::Broken),
        ("2.X94", LinkError::Broken),
        ("2.X94B", LinkError::Broken),
    ];
    for (payload, error) in cases {
        assert_eq!(decode(payload), Err(error), "{payload}");
    }
    let long = format!("1.{}", "A".repeat(MOST_TO_READ));
    assert_eq!(decode(&long), Err(LinkError::TooLarge));
}

/// A payload whose checksum is right, whatever else it is.
fn payload(packed: &[u8]) -> String {
    let bytes = [&[checksum(packed)], packed].concat();
    format!("{VERSION}.{}", base64::encode(&bytes))
}

#[test]
fn hostile_links_are_refused_in_little_time_and_memory() {
    let list = |n: usize| {
        // { demand: [ {shape: …} × n ] }, the first whole and the others like it.
        let word = words::word_index("demand").unwrap() as u8;
        let mut packed = vec![6 << 5 | 30, 1, 1 << 5 | word, 5 << 5 | 31];
        let mut rest = n - 31;
        while rest >= 0x80 {
            packed.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        packed.push(rest as u8);
        packed.extend([6 << 5, 6 << 5 | 3, 6 << 5 | 4, 3 << 5 | 1]);
        for _ in 1..n.min(15_000) {
            packed.extend([3, 6 << 5 | 30, 0]);
        }
        packed
    };
    assert_eq!(decode(&payload(&list(100))).unwrap().demand.len(), 100);
    for n in [101, 3000] {
        let path = "demand".to_owned();
        let refused = decode(&payload(&list(n)));
        assert_eq!(refused, Err(LinkError::TooMany { path, max: 100 }), "{n}");
    }
    for n in [15_000, 1_000_000, 1 << 40] {
        assert_eq!(
            decode(&payload(&list(n))),
            Err(LinkError::Broken),
            "{n} layers"
        );
    }
    // Nesting; a text repeated; lengths beyond the end.
    let deep = vec![5 << 5 | 1; 40_000];
    let mut echo = vec![6 << 5 | 30, 0x90, 0x4e, 2 << 5 | 31, 0xe1, 0x4d];
    echo.resize(echo.len() + 10_000, b'a');
    echo.resize(40_000, 5);
    for packed in [
        deep,
        echo,
        vec![2 << 5 | 31, 0xff, 0xff, 0xff, 0xff, 0x7f],
        vec![
            6 << 5 | 30,
            0xff,
            0xff,
            0xff,
            0xff,
            0xff,
            0xff,
            0xff,
            0xff,
            0xff,
            1,
        ],
        vec![0xff; 48_000],
        vec![3],
        vec![],
    ] {
        assert_eq!(decode(&payload(&packed)), Err(LinkError::Broken));
    }
    // Few bytes for many counts: as many as a link may have, one more, and many times as many.
    for (each, times, is_read) in [
        (65_536, 1, true),
        (65_537, 1, false),
        (32_768, 2, true),
        (32_768, 3, false),
        (65_536, 100, false),
    ] {
        let start = "2026-11-28T00:00".parse().unwrap();
        let traces = (0..times).map(|time| Trace::new(start, 60, 0, vec![time; each]).unwrap());
        let recordings: Vec<_> = (traces.clone())
            .map(|trace| PackedCounts {
                text: crate::trace::written(&trace.counts()),
                form: pack::COUNTS,
                length: each,
                bytes: counts::pack(trace.counts().iter().copied(), 100).unwrap(),
            })
            .collect();
        let layers = traces.map(|trace| json!({ "shape": Shape::Trace { trace, scale: 1.0 } }));
        let patch = json!({ "demand": layers.collect::<Vec<_>>() });
        let link = payload_of(&patch, &recordings);
        assert!(link.len() <= MOST_CHARACTERS, "{}", link.len());
        assert_eq!(decode(&link).is_ok(), is_read, "{times} × {each}");
    }
    // 1e308 and more as a number: a number, or none; what it means is found by `compile`.
    let word = words::word_index("load_test").unwrap() as u8;
    for (exponent, is_number) in [(308_u64, true), (309, false), (u64::MAX >> 2, false)] {
        let mut packed = vec![6 << 5 | 30, 1, 1 << 5 | word, 6 << 5 | 20, 4 << 5 | 30];
        let mut zigzag = exponent << 1;
        while zigzag >= 0x80 {
            packed.push(zigzag as u8 | 0x80);
            zigzag >>= 7;
        }
        packed.extend([zigzag as u8, 2]);
        assert_eq!(decode(&payload(&packed)).is_ok(), is_number, "1e{exponent}");
    }
}

/// A link, and the fields that scenarios pinned beside the default one say differently. Add cases; never change one.
#[test]
fn links_with_pinned_scenarios_open_for_ever() {
    for (payload, pinned) in [
        ("2.X94A", vec![]),
        ("2.X94A~pt4BJdR_Dg", vec![r#"{"load_test":{"max_rps":45}}"#]),
        (
            "2.X94A~FN4CIERub25lKaA~g94CIn8RKNAA",
            vec![
                r#"{"name":"none","policies":[]}"#,
                r#"{"scalable_target":{"MaxCapacity":null},"hours":48}"#,
            ],
        ),
    ] {
        let read = |text: &&str| file::from_json(text).unwrap();
        let pinned: Vec<Scenario> = pinned.iter().map(read).collect();
        let together = Together {
            scenario: Scenario::default(),
            pinned,
        };
        let shared = share_together(&together.scenario, &together.pinned).unwrap();
        assert_eq!(shared.payload, payload);
        assert_eq!(decode_together(payload), Ok(together));
        assert_eq!(decode(payload), Ok(Scenario::default()));
    }
}

#[test]
fn shipped_scenarios_come_back_beside_each_other() {
    let all = crate::presets::scenarios();
    for (index, scenario) in all.iter().enumerate() {
        let others = all.iter().cycle().skip(index + 1).take(MOST_PINNED);
        let pinned: Vec<Scenario> = others.cloned().collect();
        // Recordings of many values have no room beside others.
        if let Ok(shared) = share_together(scenario, &pinned)
            && shared.rounding.is_none()
        {
            let scenario = scenario.clone();
            assert_eq!(
                decode_together(&shared.payload),
                Ok(Together { scenario, pinned })
            );
        }
    }
}

#[test]
fn what_is_pinned_is_as_hostile_as_the_rest() {
    let many = ["2.X94A", &"~X94A".repeat(MOST_PINNED + 1)].concat();
    for (payload, error) in [
        ("2.X94A~", LinkError::Broken),
        ("2.X94A~X94", LinkError::Broken),
        ("2.X94A~~X94A", LinkError::Broken),
        ("~X94A", LinkError::Foreign),
        ("9.X94A~X94A", LinkError::Newer { version: 9 }),
        (
            &*many,
            LinkError::TooMany {
                path: "pinned".to_owned(),
                max: 4,
            },
        ),
        (&*"~".repeat(100_000), LinkError::TooLarge),
    ] {
        assert_eq!(decode_together(payload), Err(error), "{payload}");
    }
}

proptest! {
    #[test]
    fn any_text_is_survived(text in ".{0,300}") {
        let _ = decode_together(&format!("2.X94A~{text}"));
        let _ = decode(&text);
        let _ = decode(&format!("1.{text}"));
        let _ = decode(&format!("2.{text}"));
    }

    #[test]
    fn any_bytes_are_survived(packed in prop::collection::vec(any::<u8>(), 0..600)) {
        let now = payload(&packed);
        let _ = decode(&now);
        let _ = decode(&format!("1{}", now.strip_prefix('2').unwrap()));
        let _ = decode(&format!("3{}", now.strip_prefix('2').unwrap()));
    }

    #[test]
    fn a_changed_link_is_no_panic(index in 0_usize..600, letter in "[A-Za-z0-9_-]") {
        let mut good = encode(&everything()).unwrap();
        let index = 2 + index % (good.len() - 2);
        good.replace_range(index..=index, &letter);
        let _ = decode(&good);
    }

    // Numbers of up to 15 digits: what a person types. serde_json reads longer ones to the last bit but one.
    #[test]
    fn scenarios_come_back(
        name in ".{0,80}",
        hours in any::<u32>(),
        seed in any::<u64>(),
        days in -700_000_i64..2_900_000,
        seconds in -60_000_000_000_i64..250_000_000_000,
        rps in prop::collection::vec((0_u64..900_000_000_000_000, 0_i32..22, any::<bool>()), 0..8),
        min in prop::option::of(any::<u32>()),
        max in prop::option::of(any::<u32>()),
        retries in prop::option::of((any::<u32>(), prop::option::of(0_u64..900_000_000_000_000), 0_usize..3)),
    ) {
        let at = LocalDateTime::from_seconds(seconds);
        let mut scenario = Scenario { name, hours, seed, start: LocalDate::from_days(days), ..Scenario::default() };
        scenario.scalable_target = ScalableTarget { min_capacity: min, max_capacity: max, ..ScalableTarget::default() };
        scenario.retries = retries.map(|(max_attempts, timeout, choice)| Retries {
            max_attempts,
            timeout_s: timeout.map(|mantissa| format!("{mantissa}e-9").parse::<f64>().unwrap()),
            backoff: BackoffStrategy::ALL[choice],
            jitter: Jitter::ALL[choice],
            ..Retries::default()
        });
        scenario.demand = rps.iter().map(|(mantissa, decimals, event)| {
            let rps = &format!("{mantissa}e-{decimals}").parse::<f64>().unwrap();
            Layer {
            shape: if *event {
                Shape::Event { at, rps: *rps, ramp_up_min: *rps, hold_min: 1.0, decay_min: 0.5 }
            } else {
                Shape::DailyCurve { quiet_rps: *rps, peak_rps: 1.0, peak_at: at.time() }
            },
            off: *event,
            ..Layer::default()
        }}).collect();
        prop_assert_eq!(decode(&encode(&scenario).unwrap()), Ok(scenario.clone()));
        prop_assert_eq!(file::from_json(&file::to_json(&scenario)), Ok(scenario));
    }
}
