//! What is remarked in exports.

use aws::{Deployment, Origin, Remark, Remarks as _};
use scenario::{
    document::{MetricAlarm, ScalableTarget, SuspendedState, TargetTracking},
    field::ItemId,
};

use super::{EN, KO};

const FORMULA: Origin = Origin::Formula {
    max_rps: 20.0,
    safety_factor: 0.5,
};
const LOAD_TEST: Origin = Origin::LoadTest {
    max_rps: 1.25,
    safety_factor: 0.7,
};

#[test]
fn each_number_says_what_it_is_and_whence() {
    let id = ItemId(0);
    for (field, origin, en, ko) in [
        (
            TargetTracking::target_value.of(id),
            FORMULA,
            "per minute · the load test's formula, 20\u{a0}RPS × 0.5 × 60",
            "대상 값 · 분당 · 부하 테스트 공식 20\u{a0}RPS × 0.5 × 60",
        ),
        (
            MetricAlarm::threshold.of(id),
            LOAD_TEST,
            "from the load test, 1.25\u{a0}RPS × 0.7",
            "임계값 · 부하 테스트 결과 1.25\u{a0}RPS × 0.7 기준",
        ),
        (
            TargetTracking::scale_in_cooldown.of(id),
            Origin::Usual,
            "seconds · default",
            "스케일 인 휴지 기간 · 초 단위 · 기본값",
        ),
        (
            ScalableTarget::min_capacity,
            Origin::Sizing,
            "by sizing, for the quietest time",
            "크기 산정 결과, 가장 한산할 때 기준",
        ),
        (
            ScalableTarget::max_capacity,
            Origin::Sizing,
            "by sizing, for the peak",
            "크기 산정 결과, 피크 기준",
        ),
        (
            ScalableTarget::max_capacity,
            Origin::Typed,
            "set in the scenario",
            "시나리오에서 지정",
        ),
    ] {
        let remark = Remark::Field { field, origin };
        assert_eq!(EN.remark(&remark), en);
        assert_eq!(KO.remark(&remark), ko);
    }
}

#[test]
fn the_head_says_of_which_scenario_it_is_and_what_is_left_out() {
    let field = SuspendedState::dynamic_scaling_in;
    let deployment = |title: &str| Deployment {
        title: title.to_owned(),
        left_out: vec![Remark::CannotSay { field }],
        ..Deployment::default()
    };
    assert_eq!(
        EN.head(&deployment("Finals night")),
        [
            "Scaling of “Finals night”, as simulated in Headroom.",
            "Left out, as AWS has no way to say it: scalable_target.SuspendedState.DynamicScalingInSuspended"
        ]
    );
    let untitled = KO.head(&deployment(""));
    assert!(untitled[0].contains("제목 없는 시나리오"), "{untitled:?}");
}
