//! What fails, who notices, and what is said of it.

use engine::{Report, run::Cause};
use scenario::{compile::compile, file};
use words::Words;

use crate::{EN, KO, is_whole};

/// The lines of replacements in the log, and the verdict's reason, of a scenario with this beside a machine and steady demand.
fn told(words: Words, beside: &str) -> (Vec<String>, String) {
    let text = format!(
        r#"{{ "hours": 4, "instance": {{ "type": "c5.xlarge", "usd_per_hour": 0.17, "initial": 6 }},
            "scalable_target": {{ "MinCapacity": 6, "MaxCapacity": 6 }}, "policies": [],
            "demand": [{{ "shape": {{ "steady": {{ "rps": 90 }} }} }}], {beside} }}"#
    );
    let scenario = file::from_json(&text).unwrap();
    let compiled = compile(&scenario).unwrap();
    let run = engine::run(&compiled.plan);
    let report = Report::new(&compiled.plan, &run);
    let replaced =
        |activity: &&engine::run::Activity| matches!(activity.cause, Cause::Replacement(_));
    let lines = run.activities.iter().filter(replaced).map(|activity| {
        let line = words.activity(activity, &compiled, &scenario);
        is_whole(&line.text);
        [&line.title, " | ", line.tag, " | ", &line.text]
            .concat()
            .replace('\u{a0}', " ")
    });
    let why = words.verdict(&report, &compiled, &scenario, None).why;
    is_whole(&why);
    (lines.collect(), why.replace('\u{a0}', " "))
}

const GROUP: &str = r#""platform": "ec2_auto_scaling_group""#;

#[test]
fn what_failed_and_who_noticed_is_told() {
    let failure =
        |what: &str| format!(r#", "failures": [{{ "at": "2026-11-28T01:00", "what": {what} }}]"#);
    let elb =
        r#", "auto_scaling_group": { "HealthCheckType": "ELB", "HealthCheckGracePeriod": 300 }"#;
    for (beside, lines, why) in [
        (
            [GROUP, &failure(r#"{ "instances": 1 }"#)].concat(),
            vec![
                "replaces 1 | health check | Taken out of service in response to an EC2 status check failure: 1 instance. Another launches.",
            ],
            "At 01:00 1 of 6 instances failed. It took 3 minutes to notice, and 4 minutes more to launch others.",
        ),
        (
            [GROUP, elb, &failure(r#"{ "applications": 2 }"#)].concat(),
            vec![
                "replaces 2 | health check | Taken out of service in response to an ELB health check failure: 2 instances. As many launch.",
            ],
            "At 01:00 2 of 6 instances failed. It took 60 seconds to notice, and 4 minutes more to launch others.",
        ),
        (
            [GROUP, &failure(r#"{ "applications": 2 }"#)].concat(),
            vec![],
            "At 01:00 2 of 6 instances failed. Nobody noticed: EC2's status checks do not see an application. HealthCheckType ELB would.",
        ),
        (
            [GROUP, elb, &failure(r#"{ "zone_min": 60 }"#)].concat(),
            vec![
                "replaces 2 | health check | Taken out of service in response to an ELB health check failure: 2 instances. As many launch.",
                "moves 1 | zone balance | An Availability Zone is back. To be balanced, the group launches 1 instance there and removes another elsewhere.",
                "moves 1 | zone balance | An Availability Zone is back. To be balanced, the group launches 1 instance there and removes another elsewhere.",
            ],
            "At 01:00 an Availability Zone failed, and 2 of 6 instances with it. It took 60 seconds to notice, and 4 minutes more to launch others.",
        ),
        (
            [GROUP, &failure(r#"{ "zone_min": 2 }"#)].concat(),
            vec![],
            "At 01:00 an Availability Zone failed, and 2 of 6 instances with it. It was back before anybody noticed.",
        ),
        (
            [
                r#""platform": "sagemaker_real_time", "load_test": { "max_rps": 20 }"#,
                &failure(r#"{ "instances": 3 }"#),
            ]
            .concat(),
            vec![
                "replaces 3 | health check | SageMaker finds that 3 instances no longer answer, and launches as many.",
            ],
            "At 01:00 3 of 6 instances failed. It took 3 minutes to notice, and 4 minutes more to launch others.",
        ),
    ] {
        let (said, because) = told(EN, &beside);
        assert_eq!(said, lines, "{beside}");
        assert!(because.starts_with(why), "{because}");
        assert_eq!(told(KO, &beside).0.len(), lines.len());
    }
}

#[test]
fn a_group_that_never_gets_to_answer_is_told_why() {
    let beside = [
        GROUP,
        r#", "auto_scaling_group": { "HealthCheckType": "ELB", "HealthCheckGracePeriod": 60 },
            "scheduled_actions": [
                { "ScheduledActionName": "fewer", "Schedule": "at(2026-11-28T00:10:00)", "ScalableTargetAction": { "MinCapacity": 1, "MaxCapacity": 3 } },
                { "ScheduledActionName": "more", "Schedule": "at(2026-11-28T01:00:00)", "ScalableTargetAction": { "MinCapacity": 6, "MaxCapacity": 6 } }]"#,
    ]
    .concat();
    // Half a minute until it is in service, a minute for the checks, and the group looks every minute.
    let (said, because) = told(EN, &beside);
    assert_eq!(
        said,
        [
            "replaces 270 | health check | Taken out of service in response to an ELB health check failure before they answered: 270 instances. Start-up takes 4 minutes, with 90 seconds given. As many launch, and will fare alike. Again and again, 90 times until 04:00. Still in progress when the run ends."
        ]
    );
    assert!(
        because.starts_with("An instance takes 4 minutes to answer, but the load balancer's health check has it replaced 90 seconds after its launch (HealthCheckGracePeriod 1 min), and so on for ever: 270 instances in all."),
        "{because}"
    );
    assert_eq!(told(KO, &beside).0.len(), 1);
}

#[test]
fn a_slow_instance_is_named_and_what_ends_it() {
    let slow = r#", "slow_instance": { "at": "2026-11-28T01:00", "times": 7.5, "for_min": 30 }, "load_test": { "max_rps": 20 }"#;
    let endpoint = r#""platform": "sagemaker_real_time""#;
    for (words, platform, why) in [
        (
            EN,
            GROUP,
            "From 01:00 on requests took 7.5× as long at 1 of 6 instances. It still answered its health checks, so nobody replaced it. Terminate it, and the group launches another. An alarm on the p99 of TargetResponseTime shows it.",
        ),
        (
            EN,
            endpoint,
            "From 01:00 on requests took 7.5× as long at 1 of 6 instances. It still answered its health checks, so nobody replaced it. UpdateEndpoint launches others in its place. An alarm on the p99 of ModelLatency shows it.",
        ),
        (
            KO,
            GROUP,
            "01:00부터 인스턴스 6개 중 1개에서 요청이 평소의 7.5배 걸렸습니다. 상태 확인에는 응답했으므로 아무도 교체하지 않았습니다. 그 인스턴스를 종료하면 그룹이 새로 시작합니다. TargetResponseTime의 p99에 경보를 걸면 드러납니다.",
        ),
        (
            KO,
            endpoint,
            "01:00부터 인스턴스 6개 중 1개에서 요청이 평소의 7.5배 걸렸습니다. 상태 확인에는 응답했으므로 아무도 교체하지 않았습니다. UpdateEndpoint를 하면 새 인스턴스로 바뀝니다. ModelLatency의 p99에 경보를 걸면 드러납니다.",
        ),
    ] {
        assert_eq!(
            told(words, &[platform, slow].concat()),
            (Vec::new(), why.to_owned())
        );
    }
}

#[test]
fn missing_metrics_are_named_and_when_they_were_answered() {
    for (words, until, why) in [
        (
            EN,
            "23:00",
            "Metrics were missing from 20:10 to 20:40: alarms had no data, and nothing scaled. Once data was back, capacity was scaled out at 20:44.",
        ),
        (
            EN,
            "20:35",
            "Metrics were missing from 20:10 to 20:40: alarms had no data, and nothing scaled. It was over before they could answer.",
        ),
        (
            KO,
            "23:00",
            "20:10부터 20:40까지 지표가 끊겼습니다. 경보에 데이터가 없어 용량이 조정되지 않았습니다. 데이터가 돌아온 뒤 20:44에 확장했습니다.",
        ),
    ] {
        let text = format!(
            r#"{{ "headroom": 2, "start": "2026-11-28", "scalable_target": {{ "MinCapacity": 1, "MaxCapacity": 40 }},
                "load_test": {{ "max_rps": 20 }}, "missing_metric": {{ "at": "2026-11-28T20:10" }},
                "demand": [{{ "shape": {{ "steady": {{ "rps": 5 }} }} }},
                    {{ "shape": {{ "office_hours": {{ "days": ["sat"], "from": "20:20", "to": "{until}", "rps": 60, "ramp_min": 0 }} }} }}] }}"#
        );
        let scenario = file::from_json(&text).unwrap();
        let compiled = compile(&scenario).unwrap();
        let run = engine::run(&compiled.plan);
        let report = Report::new(&compiled.plan, &run);
        let told = words.verdict(&report, &compiled, &scenario, None).why;
        is_whole(&told);
        assert_eq!(told.replace('\u{a0}', " "), why);
    }
}
