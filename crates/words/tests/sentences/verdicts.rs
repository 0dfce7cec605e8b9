//! Verdicts and advice.

use engine::{
    Report,
    advice::{Advice, Change, Effect},
    report::{Bottleneck, Incident, MetricWhileThrottled, RetryStorm, Rise, Standing},
};
use scenario::{
    compile::{Compiled, compile},
    document::{Platform, Scenario},
    presets,
};
use words::Tone;

use crate::{EN, KO, at_s, is_whole, scene};

const INCIDENT: Incident = Incident {
    start_s: 72_120.0,
    end_s: 72_540.0,
    failed: 3120.0,
    late: 0.0,
    worst_wait_s: 60.0,
    overload_s: 72_060.0,
    backlog: None,
    rise: Rise {
        from_rps: 37.0,
        to_rps: 148.0,
        over_s: 360.0,
    },
    bottleneck: Bottleneck::TooLate {
        detection_s: 240.0,
        launch_s: 240.0,
    },
    unanswered: None,
    storm: None,
};

fn report(compiled: &Compiled, standing: Standing, incidents: &[Incident]) -> Report {
    let report = Report::new(&compiled.plan, &engine::run(&compiled.plan));
    let (failed, late) = incidents
        .first()
        .map_or((0.0, 0.0), |incident| (incident.failed, incident.late));
    Report {
        requests: 1_640_000.0,
        failed,
        late,
        cost_usd: 20.0,
        usd_per_month: 20.0 * 730.0 / 24.0,
        standing,
        incidents: incidents.to_vec(),
        ..report
    }
}

#[test]
fn verdict_says_what_why_and_what_would_have_held() {
    let (scenario, compiled) = scene();
    let short = report(&compiled, Standing::Short, &[INCIDENT]);
    let change = Change::ScheduledMin {
        min: 6,
        from_s: at_s(19, 45),
        until_s: at_s(22, 45),
    };
    let advice = [Advice {
        change,
        effect: Effect::KeepsObjective,
        cost_usd: 22.5,
        usd_per_month: 22.5 * 730.0 / 24.0,
        availability: 1.0,
    }];
    let told = EN.verdict(&short, &compiled, &scenario, Some(&advice));
    let plain = |text: &str| text.replace('\u{a0}', " ");
    assert_eq!(
        plain(&told.headline),
        "Short for 7 minutes at “kick-off”: 3,120 requests fail."
    );
    assert_eq!(
        told.remedy,
        "6 instances from 19:45 to 22:45 would have been enough: $2.50 more for this day, about $76.04 a month."
    );
    assert_eq!(
        plain(&told.why),
        "The alarm took 4 minutes and the launch 4 minutes more; meanwhile demand rose fourfold in 6 minutes."
    );
    let told = KO.verdict(&short, &compiled, &scenario, Some(&advice));
    assert_eq!(
        told.headline,
        "“kick-off” 구간에서 7분 동안 용량이 부족합니다. 요청 3,120건 실패."
    );
    assert_eq!(
        told.remedy,
        "19:45부터 22:45까지 인스턴스가 6개였다면 충분했습니다(이 하루 기준 $2.50 추가, 월 약 $76.04)."
    );
    assert_eq!(
        told.why,
        "경보가 울리기까지 4분, 새 인스턴스가 뜨기까지 4분 더 걸렸는데, 그 사이 수요가 6분 만에 4배로 늘었습니다."
    );
    let morning = Incident {
        start_s: at_s(9, 0),
        end_s: at_s(9, 1),
        failed: 1.0,
        late: 2.0,
        ..INCIDENT
    };
    let told = EN.verdict(
        &report(&compiled, Standing::Short, &[morning]),
        &compiled,
        &scenario,
        None,
    );
    assert_eq!(
        plain(&told.headline),
        "Short for 60 seconds on Sat 28 Nov 09:00: 1 request fails and 2 are too slow."
    );
}

/// A serverless endpoint with policies, and one that serves all on demand.
fn serverless(provisioned: bool) -> (Scenario, Compiled) {
    let (mut scenario, _) = scene();
    scenario.scheduled_actions.clear();
    if !provisioned {
        scenario.policies.clear();
    }
    scenario.move_to(Platform::SagemakerServerless);
    let compiled = compile(&scenario).unwrap();
    (scenario, compiled)
}

#[test]
fn a_serverless_endpoint_has_no_instances() {
    for provisioned in [true, false] {
        let (scenario, compiled) = serverless(provisioned);
        let incidents = [
            Bottleneck::MaxCapacity {
                max: 12,
                needed: 15,
            },
            Bottleneck::ScaledInTooFar { at_s: at_s(19, 0) },
            Bottleneck::MaxConcurrency {
                max: 20,
                needed: 31,
            },
            Bottleneck::MaxConcurrency {
                max: 200,
                needed: 231,
            },
            Bottleneck::ColdStarts { setup_s: 5.0 },
        ]
        .map(|bottleneck| Incident {
            bottleneck,
            ..INCIDENT
        });
        let advice = [
            Change::MaxConcurrency(40),
            Change::ProvisionedConcurrency(3),
            Change::ScheduledMin {
                min: 6,
                from_s: at_s(19, 45),
                until_s: at_s(22, 45),
            },
        ]
        .map(|change| Advice {
            change,
            effect: Effect::KeepsObjective,
            cost_usd: 21.0,
            usd_per_month: 21.0 * 730.0 / 24.0,
            availability: 1.0,
        });
        let paid = report(&compiled, Standing::Short, &[]);
        for (words, instance) in [(EN, "instance"), (KO, "인스턴스")] {
            let mut said = vec![words.growth(&compiled), words.reaction(&compiled)];
            for advice in &advice {
                said.push(words.change(advice.change, &compiled));
                said.push(words.advice(advice, &paid, &compiled));
            }
            for incident in incidents {
                let report = report(&compiled, Standing::Short, &[incident]);
                said.push(words.verdict(&report, &compiled, &scenario, None).why);
            }
            for cost_usd in [0.01, 20.0, 900.0] {
                let report = Report {
                    cost_usd,
                    ..report(&compiled, Standing::Holds, &[])
                };
                said.push(words.verdict(&report, &compiled, &scenario, None).why);
            }
            for sentence in &said {
                assert!(!sentence.contains(instance), "{sentence}");
                assert!(!sentence.contains(['{', '}']), "{sentence}");
            }
        }
    }
    let (scenario, compiled) = serverless(false);
    let throttled = Incident {
        bottleneck: Bottleneck::MaxConcurrency {
            max: 200,
            needed: 231,
        },
        ..INCIDENT
    };
    let report = report(&compiled, Standing::Short, &[throttled]);
    let why = EN.verdict(&report, &compiled, &scenario, None).why;
    assert_eq!(
        why,
        "MaxConcurrency is 200; 231 would be needed, more than the 200 that AWS allows."
    );
}

#[test]
fn credits_that_are_used_up_are_told() {
    let plain = |text: &str| text.replace('\u{a0}', " ");
    let (scenario, compiled) = scene();
    for (seen, english, korean) in [
        (
            None,
            "CPU credits were used up at 19:00: from then on instances ran at 20% of their speed, their baseline.",
            "19:00에 CPU 크레딧이 바닥났습니다. 그 뒤로 인스턴스는 기준 성능인 20% 속도로만 동작했습니다.",
        ),
        (
            Some(MetricWhileThrottled {
                metric: 20.0,
                target: 50.0,
                scaled_in: false,
            }),
            "CPUUtilization then showed 20% at most, below the target of 50%, so nothing scaled out.",
            "이때 CPUUtilization(최대 20%)이 목표(50%)보다 낮아 스케일 아웃이 일어나지 않았습니다.",
        ),
        (
            Some(MetricWhileThrottled {
                metric: 20.0,
                target: 50.0,
                scaled_in: true,
            }),
            "below the target of 50%: they looked idle, and were scaled in.",
            "목표(50%)보다 낮아, 한가해 보이는 인스턴스를 스케일 인으로 줄이기까지 했습니다.",
        ),
        // A target that the baseline reaches hides nothing.
        (
            Some(MetricWhileThrottled {
                metric: 20.0,
                target: 15.0,
                scaled_in: true,
            }),
            "from then on instances ran at 20% of their speed, their baseline.",
            "그 뒤로 인스턴스는 기준 성능인 20% 속도로만 동작했습니다.",
        ),
    ] {
        let bottleneck = Bottleneck::CpuCredits {
            at_s: at_s(19, 0),
            speed: 0.2,
            seen,
        };
        let incident = Incident {
            bottleneck,
            ..INCIDENT
        };
        let report = report(&compiled, Standing::Short, &[incident]);
        for (words, expected) in [(EN, english), (KO, korean)] {
            let why = plain(&words.verdict(&report, &compiled, &scenario, None).why);
            assert!(why.contains(expected), "{why}");
        }
    }
}

#[test]
fn copies_are_called_copies() {
    let plain = |text: &str| text.replace('\u{a0}', " ");
    let scenario = presets::find("office_assistant").unwrap().scenario();
    let compiled = compile(&scenario).unwrap();
    for (bottleneck, english, korean) in [
        (
            Bottleneck::MaxCapacity { max: 8, needed: 24 },
            "MaxCapacity is 8; demand needed 24 copies.",
            "MaxCapacity 8까지 늘었지만, 수요에는 복사본 24개가 필요했습니다.",
        ),
        (
            Bottleneck::MaxInstances {
                max: 2,
                room: 8,
                needed: 9,
            },
            "MaxInstanceCount is 2, room for 8 copies; demand needed 9 copies.",
            "MaxInstanceCount 2에는 복사본 8개까지만 들어갑니다. 수요에는 복사본 9개 필요했습니다.",
        ),
        (
            Bottleneck::FromZero {
                detection_s: Some(120.0),
                launch_s: 360.0,
            },
            "No copy was in service, so every request failed: 2 minutes until one was asked for, 6 minutes more until it served.",
            "서비스 중인 복사본이 없어 요청이 모두 실패했습니다. 복사본을 요청하기까지 2분, 서비스에 들어가기까지 6분 더 걸렸습니다.",
        ),
        (
            Bottleneck::FromZero {
                detection_s: None,
                launch_s: 0.0,
            },
            "No copy was in service, and nothing asked for one: every request failed.",
            "서비스 중인 복사본이 없고 복사본을 요청한 정책도 없어 요청이 모두 실패했습니다.",
        ),
    ] {
        let incident = Incident {
            bottleneck,
            ..INCIDENT
        };
        let report = report(&compiled, Standing::Short, &[incident]);
        for (words, expected) in [(EN, english), (KO, korean)] {
            let why = words.verdict(&report, &compiled, &scenario, None).why;
            assert_eq!(plain(&why), expected);
        }
    }
    let holds = EN.verdict(
        &report(&compiled, Standing::Holds, &[]),
        &compiled,
        &scenario,
        None,
    );
    assert!(holds.why.contains(" copies on average") && holds.why.contains("instance"));
    let needs = scenario::platform::all_needs(
        &scenario.inference_component.requirements,
        compiled.resolved.instance,
    );
    assert_eq!(
        EN.room(&needs, 4).map(|sum| plain(&sum)).as_deref(),
        Some("memory 196,608 ÷ 40,960 MB, accelerators 4 ÷ 1: an instance has room for 4 copies.")
    );
}

#[test]
fn an_asynchronous_endpoint_falls_behind() {
    let scenario = presets::find("document_queue").unwrap().scenario();
    let compiled = compile(&scenario).unwrap();
    let too_late = INCIDENT.bottleneck;
    let max = Bottleneck::MaxCapacity { max: 8, needed: 24 };
    let scaled_in = Bottleneck::ScaledInTooFar { at_s: at_s(19, 0) };
    for (bottleneck, english, korean) in [
        (
            too_late,
            "The backlog grew to 7,200 requests: the first scale-out was decided 4 minutes after it began to form, and the launch took 4 minutes.",
            "대기열에 요청이 7,200건까지 쌓였습니다. 쌓이기 시작한 지 4분 만에 첫 스케일 아웃이 결정되었고, 시작에 4분 걸렸습니다.",
        ),
        (
            max,
            "The backlog grew to 7,200 requests; at MaxCapacity 8 it takes 30 minutes to work them off.",
            "대기열에 요청이 7,200건까지 쌓였고, MaxCapacity 8개로는 이를 처리하는 데 30분 걸립니다.",
        ),
        (
            Bottleneck::NoScaleOut,
            "The backlog grew to 7,200 requests, and nothing scaled out.",
            "대기열에 요청이 7,200건까지 쌓였지만 스케일 아웃이 없었습니다.",
        ),
        (
            scaled_in,
            "A scale-in at 19:00 had removed instances that were needed soon after: demand rose fourfold in 6 minutes.",
            "19:00의 스케일 인으로 곧 필요해질 인스턴스가 제거되어 있었습니다. 수요가 6분 만에 4배로 늘었습니다.",
        ),
    ] {
        let incident = Incident {
            backlog: Some(7200.0),
            bottleneck,
            late: 41.0,
            ..INCIDENT
        };
        let short = report(&compiled, Standing::Short, &[incident, incident]);
        let plain = |text: &str| text.replace('\u{a0}', " ");
        let told = EN.verdict(&short, &compiled, &scenario, None);
        assert_eq!(
            plain(&told.headline),
            "Behind for 7 minutes on Mon 12 Apr 20:02: 3,120 requests expire and 41 are too slow."
        );
        let again = "It fell behind 1 other time.";
        assert_eq!(plain(&told.why), format!("{english} {again}"));
        let told = KO.verdict(&short, &compiled, &scenario, None);
        assert_eq!(
            plain(&told.headline),
            "4월 12일(월) 20:02에 7분 동안 처리가 밀립니다. 요청 3,120건 만료, 41건은 제때 처리되지 못함."
        );
        let again = "이 밖에 1번 더 밀렸습니다.";
        assert_eq!(plain(&told.why), format!("{korean} {again}"));
    }
    let waits = Report {
        waiting: 12.0,
        ..report(&compiled, Standing::Holds, &[])
    };
    let told = EN.verdict(&waits, &compiled, &scenario, None);
    let expected = "It holds: of 1.64 M requests 12 still wait at the end, and none is too slow.";
    assert_eq!(told.headline.replace('\u{a0}', " "), expected);
}

#[test]
fn without_requests_nothing_is_said_of_how_they_are_served() {
    let scenario = Scenario {
        demand: Vec::new().into(),
        ..Scenario::default()
    };
    let compiled = compile(&scenario).unwrap();
    let idle = Report::new(&compiled.plan, &engine::run(&compiled.plan));
    let told = EN.verdict(&idle, &compiled, &scenario, Some(&[]));
    assert_eq!(
        (told.tone, &*told.headline, &*told.remedy, &*told.why),
        (
            Tone::Fair,
            "No requests arrive.",
            "",
            "There is no traffic. Add a daily curve, an event or your CSV."
        )
    );
    let one = Report {
        requests: 1.0,
        ..idle.clone()
    };
    for (report, share, latency) in [(idle, "–", "–"), (one, "100%", "241 ms")] {
        assert_eq!(EN.served_in_time(&report), share);
        let told = EN.served_after(&report, 241.0).replace('\u{a0}', " ");
        assert_eq!(told, latency);
    }
}

#[test]
fn which_number_means_what_is_said_where_they_differ() {
    let with = |change: &dyn Fn(&mut Scenario)| {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        compile(&scenario).unwrap()
    };
    let max = |max| move |it: &mut Scenario| it.scalable_target.max_capacity = max;
    let queue = presets::find("document_queue").unwrap().scenario();
    let full = "At the peak 8 are at full load; 15 keep your safety factor.";
    let set = "Set MaxCapacity 15: now it is 12.";
    let verdict = "The verdict names the least that this one run would have needed.";
    for (compiled, standing, expected) in [
        (
            with(&max(Some(12))),
            Standing::Short,
            format!("{full} {set} {verdict}"),
        ),
        (
            with(&max(Some(12))),
            Standing::Holds,
            format!("{full} {set}"),
        ),
        (
            with(&max(None)),
            Standing::Short,
            format!("{full} {verdict}"),
        ),
        (
            with(&max(Some(20))),
            Standing::Short,
            format!("{full} {verdict}"),
        ),
        (with(&max(None)), Standing::Holds, String::new()),
        (with(&max(Some(20))), Standing::Holds, String::new()),
        (
            with(&|it| it.load_test.safety_factor = 1.0),
            Standing::Short,
            String::new(),
        ),
        (
            with(&|it| it.move_to(Platform::SagemakerServerless)),
            Standing::Short,
            String::new(),
        ),
        (
            compile(&queue).unwrap(),
            Standing::Holds,
            "30 would serve the peak with no waiting. Work can wait here: 3 always on keep the objective.".to_owned(),
        ),
    ] {
        let mut report = report(&compiled, standing, &[]);
        assert_eq!(EN.which_number(&compiled, &report), expected);
        if !expected.is_empty() {
            is_whole(&KO.which_number(&compiled, &report));
        }
        report.requests = 0.0;
        assert_eq!(EN.which_number(&compiled, &report), "");
    }
}

#[test]
fn a_retry_storm_is_told_with_what_would_have_ended_it() {
    let (scenario, compiled) = scene();
    let storm = RetryStorm {
        cause_over_s: at_s(20, 10),
        lasts_s: 5400.0,
        attempts_per_request: 2.94,
        goes_on: false,
    };
    let goes_on = RetryStorm {
        goes_on: true,
        ..storm
    };
    let told = |words: words::Words, storm, advice: &[Advice]| {
        let incident = Incident {
            storm: Some(storm),
            ..INCIDENT
        };
        let report = report(&compiled, Standing::Short, &[incident]);
        let told = words.verdict(&report, &compiled, &scenario, Some(advice));
        let last = |text: &str| {
            let plain = text.replace('\u{a0}', " ");
            let (_, last) = plain.rsplit_once(". ").unwrap_or(("", &plain));
            last.to_owned()
        };
        (last(&told.why), last(&told.remedy))
    };
    let advice = |change, effect| Advice {
        change,
        effect,
        cost_usd: 20.0,
        usd_per_month: 20.0 * 730.0 / 24.0,
        availability: 0.9,
    };
    let at_s = at_s(20, 14);
    let ends = |change| advice(change, Effect::EndsStorm { at_s });
    let enough = |change| advice(change, Effect::KeepsObjective);
    let outlasted = "From 20:10 on instances would have served all that came, but each request was tried 2.9× on average: this retry storm outlasted its cause by 90 minutes.";
    for (words, storm, advice, why, remedy) in [
        (
            EN,
            storm,
            vec![ends(Change::MaxAttempts(2))],
            outlasted,
            "At most 2 attempts would have ended the retry storm by 20:14: at the same cost.",
        ),
        (
            EN,
            storm,
            vec![
                enough(Change::MaxCapacity(20)),
                ends(Change::MaxAttempts(1)),
            ],
            "A single attempt would have ended the retry storm by 20:14: at the same cost.",
            "MaxCapacity 20 would have been enough: at the same cost.",
        ),
        (
            EN,
            goes_on,
            vec![ends(Change::RetryBudget(0.1))],
            "From 20:10 on instances would have served all that came, but each request is tried 2.9× on average: this retry storm has outlasted its cause by 90 minutes, and goes on.",
            "A retry budget of 10% would have ended the retry storm by 20:14: at the same cost.",
        ),
        (
            EN,
            storm,
            vec![ends(Change::QueueLimit(12.0))],
            outlasted,
            "A queue limit of 12 per instance would have ended the retry storm by 20:14: at the same cost.",
        ),
        (
            EN,
            storm,
            vec![ends(Change::MinAndMax { min: 9, max: 12 })],
            outlasted,
            "MinCapacity 9 with MaxCapacity 12 would have ended the retry storm by 20:14: at the same cost.",
        ),
        (
            EN,
            storm,
            vec![enough(Change::RetryBudget(0.1))],
            outlasted,
            "A retry budget of 10% would have been enough: at the same cost.",
        ),
        (
            KO,
            storm,
            vec![ends(Change::MaxAttempts(2))],
            "이 재시도 폭풍은 원인이 사라진 뒤에도 90분 더 이어졌습니다.",
            "최대 시도 횟수 2 설정이면 재시도 폭풍이 20:14까지는 끝났습니다(비용은 같음).",
        ),
        (
            KO,
            goes_on,
            vec![ends(Change::QueueLimit(12.0))],
            "이 재시도 폭풍은 원인이 사라지고 90분 지나도록 계속됩니다.",
            "인스턴스당 대기열 한도 12 설정이면 재시도 폭풍이 20:14까지는 끝났습니다(비용은 같음).",
        ),
    ] {
        let (last_why, last_remedy) = told(words, storm, &advice);
        assert_eq!((&*last_why, &*last_remedy), (why, remedy));
    }
}

#[test]
fn every_verdict_is_whole() {
    let (scenario, compiled) = scene();
    let base = report(&compiled, Standing::Short, &[]);
    let policies_gone = Scenario {
        policies: Vec::new().into(),
        ..scenario.clone()
    };
    let bottlenecks = [
        INCIDENT.bottleneck,
        Bottleneck::MaxCapacity {
            max: 12,
            needed: 15,
        },
        Bottleneck::NoScaleOut,
        Bottleneck::MaxConcurrency {
            max: 20,
            needed: 31,
        },
        Bottleneck::ColdStarts { setup_s: 5.0 },
        Bottleneck::ScaledInTooFar { at_s: at_s(19, 0) },
        Bottleneck::CpuCredits {
            at_s: at_s(19, 0),
            speed: 0.2,
            seen: None,
        },
        Bottleneck::SlowInstance {
            at_s: at_s(19, 0),
            times: 4.0,
            of: 1,
        },
        Bottleneck::MissingMetric {
            from_s: at_s(18, 30),
            until_s: at_s(19, 0),
            scaled_out_s: None,
        },
    ];
    let rises = [0.0, 1.0, 37.0, 60.0, 120.0, 148.0].map(|from_rps| Rise {
        from_rps,
        ..INCIDENT.rise
    });
    let harms = [(0.0, 0.0), (0.4, 0.0), (5.0, 0.0), (0.0, 1.0), (2e6, 3e6)];
    let changes = [
        Change::MinCapacity(6),
        Change::MaxCapacity(20),
        Change::MaxConcurrency(150),
        Change::MinAndMax { min: 1, max: 2 },
        Change::Target(512.5),
        Change::UnlimitedCredits,
        Change::MaxAttempts(1),
        Change::RetryBudget(0.1),
        Change::QueueLimit(12.0),
        Change::ScheduledMin {
            min: 1,
            from_s: 0.0,
            until_s: at_s(24, 0),
        },
    ];
    let found: Vec<Advice> = changes
        .iter()
        .zip((1..).map(|tens| 10.0 * f64::from(tens)))
        .map(|(change, cost_usd)| Advice {
            change: *change,
            effect: Effect::KeepsObjective,
            cost_usd,
            usd_per_month: cost_usd * 730.0 / 24.0,
            availability: 1.0,
        })
        .collect();
    let paid = report(&compiled, Standing::Short, &[]);
    for words in [EN, KO] {
        for advice in &found {
            is_whole(&words.advice(advice, &paid, &compiled));
            assert!(!words.change(advice.change, &compiled).contains(['{', '}']));
        }
        for standing in [Standing::Holds, Standing::WithinObjective, Standing::Short] {
            for bottleneck in bottlenecks {
                for rise in rises {
                    for (failed, late) in harms {
                        let incident = Incident {
                            bottleneck,
                            rise,
                            failed,
                            late,
                            ..INCIDENT
                        };
                        for incidents in [
                            vec![],
                            vec![incident],
                            vec![incident; 2],
                            vec![incident; 20],
                        ] {
                            for advice in [None, Some(&[][..]), Some(&found[..])] {
                                for scenario in [&scenario, &policies_gone] {
                                    let told = words.verdict(
                                        &Report {
                                            standing,
                                            failed,
                                            late,
                                            incidents: incidents.clone(),
                                            ..base.clone()
                                        },
                                        &compiled,
                                        scenario,
                                        advice,
                                    );
                                    is_whole(&told.headline);
                                    is_whole(&told.why);
                                    if !told.remedy.is_empty() {
                                        is_whole(&told.remedy);
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
