//! What the log says adds up: every number of every sentence is read back and worked out anew, in both languages, from the
//! sentence alone and from what the run did.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod read;

use engine::run::{
    Activity, Cause, Decision, LaunchFailure, LaunchFailureReason, Outcome, ReplacementReason,
    Rule, Run, Step,
};
use proptest::prelude::*;
use read::{Number, Sentence};
use scenario::{
    compile::{Compiled, compile},
    document::{
        AdjustmentType, ComparisonOperator, MetricAlarm, MetricName, ScalingPolicy, Scenario,
        Shape, StepAdjustment, StepScaling,
    },
    presets,
};
use words::{Lang, Words};

/// A run and what is said of it.
struct Told {
    scenario: Scenario,
    compiled: Compiled,
    run: Run,
}

impl Told {
    /// `None` where nothing can be run.
    fn of(scenario: Scenario) -> Option<Self> {
        let compiled = compile(&scenario).ok()?;
        let run = engine::run(&compiled.plan);
        Some(Self {
            scenario,
            compiled,
            run,
        })
    }

    /// Says every activity, and checks all that is said; gives how many sentences that were.
    fn check(&self) -> usize {
        let mut sentences = 0;
        for activity in &self.run.activities {
            for lang in Lang::ALL {
                self.check_one(lang, activity);
                sentences += 1;
            }
        }
        sentences
    }

    #[track_caller]
    fn check_one(&self, lang: Lang, activity: &Activity) {
        let said = Words::new(lang).activity(activity, &self.compiled, &self.scenario);
        // “g5.xlarge” is no number.
        let text = (said.text).replace(&self.scenario.instance.instance_type, "machine");
        let mut sentence = Sentence::of(lang, &text, &said.title);
        if let Outcome::Failed(failure) = activity.outcome {
            check_failure(&mut sentence, failure, activity);
        }
        match &activity.cause {
            Cause::Policy(decision) => self.check_decision(&mut sentence, decision, activity),
            Cause::Scheduled {
                min, max, desired, ..
            } => {
                sentence.is_whole("DesiredCapacity #", *desired);
                if let Outcome::NotScaled(_) = activity.outcome {
                    sentence.may_be("AlreadyAtMaxCapacity: MaxCapacity is #", "");
                }
                sentence.is_whole("MinCapacity #", *min);
                sentence.is_whole("MaxCapacity #", *max);
            }
            Cause::Predictive(prediction) => {
                let sum = sentence.take("ceil(# ÷ #) = #").unwrap();
                sentence.holds(ceiling(sum[0].value / sum[1].value) == sum[2].value);
                sentence.is_same(sum[2], prediction.capacity);
                let load = sentence.take("ALBRequestCount #");
                let load = load.or_else(|| sentence.take("ASGCPUUtilization #"));
                sentence.holds(load.unwrap()[0] == sum[0]);
                for (en, ko) in [
                    ("capped by MaxCapacity #", "MaxCapacity(#)로 제한"),
                    ("MaxCapacity is raised to #", "MaxCapacity를 #까지"),
                    ("MaxCapacity is #", "이미 MaxCapacity #"),
                ] {
                    if let Some(max) = sentence.may_be(en, ko) {
                        sentence.is_same(max, prediction.max);
                    }
                }
                sentence.may_be("scale out to #", "#대까지 늘렸을");
            }
            Cause::Replacement(replacement) if replacement.reason == ReplacementReason::Refused => {
            }
            Cause::Replacement(replacement) => {
                let lone = match replacement.instances {
                    1 => "# instance",
                    _ => "# instances",
                };
                let count = sentence.may_be(lone, "인스턴스 #개");
                sentence.is_same(count.unwrap(), replacement.instances);
            }
        }
        for (en, ko) in [("# times", "#회")] {
            if let Some(times) = sentence.may_be(en, ko) {
                sentence.is_same(times, activity.evaluations);
            }
        }
        sentence.nothing_is_left();
    }

    fn check_decision(&self, sentence: &mut Sentence, decision: &Decision, activity: &Activity) {
        let metric = self.check_alarm(sentence, decision);
        match decision.rule {
            Rule::TargetTracking { target } => {
                let sum = sentence.take("ceil(# × # ÷ #) = #").unwrap();
                let [base, shown, by, wanted] = sum[..] else {
                    unreachable!()
                };
                sentence.holds(shown == metric);
                sentence.is_same(base, decision.base);
                sentence.is_same(wanted, decision.wanted);
                sentence.rounds(target, by);
                sentence.holds(ceiling(base.value * shown.value / by.value) == wanted.value);
                let flapping = sentence
                    .take(
                        "Kept #: with # the metric would be #, above the target of # (# × # ÷ # = #",
                    )
                    .map(|all| {
                        [
                            all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7], all[3],
                        ]
                    })
                    .or_else(|| {
                        let all = sentence.take(
                            "#개 유지: #개로 줄이면 지표가 대상 값을 넘습니다(# × # ÷ # = # > #",
                        )?;
                        Some([
                            all[0], all[1], all[5], all[6], all[2], all[3], all[4], all[5], all[6],
                        ])
                    });
                if let Some(
                    [
                        kept,
                        fewer,
                        then,
                        over,
                        base,
                        of,
                        by_fewer,
                        result,
                        over_too,
                    ],
                ) = flapping
                {
                    sentence.is_same(kept, activity.from);
                    sentence.is_same(base, decision.base);
                    sentence.is_same(fewer, activity.from - 1);
                    sentence.holds(
                        (of, by_fewer, result, over, over_too) == (metric, fewer, then, by, by),
                    );
                    sentence.rounds(base.value * of.value / fewer.value, then);
                    sentence.holds(then.value > over.value);
                }
            }
            Rule::StepScaling(Some(step)) => self.check_step(sentence, decision, &step),
            Rule::StepScaling(None) => {}
        }
        let before = self.run.fleet.iter();
        let fleet = before.rev().find(|now| now.at_s <= activity.start_s);
        for (en, ko, bound, counts) in [
            (
                "capped by MaxCapacity #",
                "MaxCapacity(#)로 제한",
                decision.max,
                true,
            ),
            (
                "held by MinCapacity #",
                "MinCapacity(#)로 제한",
                decision.min,
                true,
            ),
            (
                "held by the forecast of #",
                "예측(#)으로 제한",
                decision.min,
                true,
            ),
            (
                "at most # at a time",
                "한 번에 최대 #개",
                activity.from.abs_diff(activity.to),
                false,
            ),
            ("Counted from #,", "대의 #대에서", decision.base, false),
            ("Counted from #,", "#대에서 계산", decision.base, false),
            ("Counted from #,", "용량 #에서 계산", decision.base, false),
            (
                "MaxCapacity is #",
                "이미 MaxCapacity #",
                decision.max,
                false,
            ),
            (
                "MinCapacity is #",
                "이미 MinCapacity #",
                decision.min,
                false,
            ),
            (
                "that is the # there are",
                "이미 원하는 용량 #",
                activity.to,
                false,
            ),
            ("that is the # there is", "", activity.to, false),
        ] {
            let Some(told) = sentence.may_be(en, ko) else {
                continue;
            };
            sentence.is_same(told, bound);
            if counts {
                sentence.is_same(told, activity.to);
                let beyond = if bound == decision.max {
                    decision.wanted > bound
                } else {
                    decision.wanted < bound
                };
                sentence.holds(beyond);
            }
            if let Some(fleet) = fleet.filter(|_| en.starts_with("MaxCapacity is")) {
                sentence.is_same(told, fleet.max);
                sentence.holds(decision.wanted >= fleet.max);
            }
            if let Some(fleet) = fleet.filter(|_| en.starts_with("MinCapacity is")) {
                sentence.is_same(told, fleet.min);
            }
        }
        if let Some(from_zero) = sentence.take("인스턴스가 #개일 때는 #개로") {
            sentence.is_same(from_zero[0], activity.from);
            sentence.is_same(from_zero[1], decision.base);
        }
        sentence.may_be("has forecast # for", "#대를 예측");
    }

    /// The comparison, and that so many datapoints breach; gives the metric as it is written.
    fn check_alarm(&self, sentence: &mut Sentence, decision: &Decision) -> Number {
        let mut counts = sentence.take("for # of # minutes");
        for length in ["s", "min", "h"] {
            for periods in ["periods", "period"] {
                let form = ["for # of # ", periods, " of # ", length].concat();
                counts = counts.or_else(|| sentence.take(&form));
            }
        }
        let counts = counts.or_else(|| sentence.take("for # of # minute"));
        let reversed = |mut all: Vec<Number>| {
            all.reverse();
            all
        };
        let counts = counts
            .or_else(|| sentence.take(", #분 중 #분").map(reversed))
            .or_else(|| sentence.take("단위 #개 구간 중 #개").map(reversed))
            .unwrap();
        let (breaching, datapoints) = (counts[0], counts[1]);
        sentence.is_same(breaching, decision.breaching);
        sentence.is_same(datapoints, decision.datapoints);
        sentence.holds(breaching.value <= datapoints.value);
        for unit in ["초", "분", "시간", " s", " min"] {
            if sentence.take(&[", #", unit].concat()).is_some() {
                break;
            }
        }
        type Holds = fn(f64, f64) -> bool;
        let signs: [(&str, Holds); 4] = [
            (">", |a, b| a > b),
            ("≥", |a, b| a >= b),
            ("<", |a, b| a < b),
            ("≤", |a, b| a <= b),
        ];
        for (sign, holds) in signs {
            if let Some(all) = sentence.take_first(&["# ", sign, " #"].concat()) {
                sentence.holds(holds(all[0].value, all[1].value));
                sentence.rounds(decision.metric, all[0]);
                sentence.rounds(decision.threshold, all[1]);
                return all[0];
            }
            // The newest datapoint is none of those that breach.
            let apart = sentence
                .take(&["is # now, and was ", sign, " #"].concat())
                .or_else(|| sentence.take(&["현재 #, 기준 ", sign, " #"].concat()));
            if let Some(all) = apart {
                sentence.holds(!holds(all[0].value, all[1].value));
                sentence.rounds(decision.metric, all[0]);
                sentence.rounds(decision.threshold, all[1]);
                return all[0];
            }
        }
        unreachable!("no comparison: {sentence:?}");
    }

    fn check_step(&self, sentence: &mut Sentence, decision: &Decision, step: &Step) {
        let distance = decision.metric - decision.threshold;
        let range = [
            ("step # and more:", "단계 # 이상:"),
            ("step # and less:", "단계 # 이하:"),
        ];
        let mut is_told = step.is_simple();
        for ((en, ko), is_lower) in range.into_iter().zip([true, false]) {
            if let Some(bound) = sentence.may_be(en, ko) {
                sentence.rounds(
                    if is_lower {
                        step.step.lower
                    } else {
                        step.step.upper
                    },
                    bound,
                );
                is_told = true;
            }
        }
        let both = sentence.take("step # to #:");
        if let Some(all) = both.or_else(|| sentence.take("단계 # ~ #:")) {
            sentence.rounds(step.step.lower, all[0]);
            sentence.rounds(step.step.upper, all[1]);
            is_told = true;
        }
        sentence.holds(is_told && step.step.lower <= distance && distance <= step.step.upper);
        let (base, change) = (f64::from(decision.base), f64::from(step.change));
        let of = |sentence: &Sentence, a: Number, b: Number, wanted: Number, sign: f64| {
            sentence.holds((a.value, sign * b.value) == (base, change));
            sentence.holds(wanted.value == (base + change).max(0.0));
        };
        if let Some(all) = sentence.take("max(0, # − #) = #") {
            of(sentence, all[0], all[1], all[2], -1.0);
            sentence.holds(all[0].value < all[1].value);
        } else if let Some(all) = sentence.take("# + # = #") {
            of(sentence, all[0], all[1], all[2], 1.0);
            sentence.holds(all[0].value + all[1].value == all[2].value);
        } else if let Some(all) = sentence.take("# − # = #") {
            of(sentence, all[0], all[1], all[2], -1.0);
            sentence.holds(all[0].value - all[1].value == all[2].value);
        } else if let Some(wanted) = sentence.may_be("exactly #", "정확히 #") {
            sentence.is_same(wanted, decision.wanted);
        } else {
            let forms = [
                ("#% of # is #, so #", [0, 1, 2, 3]),
                (
                    "#% of #, but # by MinAdjustmentMagnitude, so #",
                    [0, 1, 2, 3],
                ),
                ("#의 #% = #, 따라서 #", [1, 0, 2, 3]),
                (
                    "#의 #%이지만 MinAdjustmentMagnitude에 따라 #, 따라서 #",
                    [1, 0, 2, 3],
                ),
            ];
            let found = forms
                .into_iter()
                .find_map(|(form, order)| sentence.take(form).map(|all| order.map(|at| all[at])));
            let [percent, shown, by, wanted] = found.unwrap();
            sentence.is_same(shown, decision.base);
            sentence.is_same(wanted, decision.wanted);
            sentence.holds(by.value == change && wanted.value == (base + change).max(0.0));
            sentence.holds(percent.value == f64::from(step.step.adjustment));
        }
    }
}

/// Rounded up, but for what floating point adds.
fn ceiling(instances: f64) -> f64 {
    (instances - 1e-9).ceil().max(0.0)
}

#[test]
fn every_shipped_log_adds_up() {
    let mut sentences = 0;
    for preset in presets::all() {
        sentences += Told::of(preset.scenario()).unwrap().check();
    }
    assert!(sentences > 1000, "{sentences}");
}

/// A shipped scenario with other numbers: round ones, and such as nobody can count in their head.
fn changed() -> impl Strategy<Value = Scenario> {
    let number = |from: f64, to: f64| {
        prop_oneof![
            (from..to).prop_map(|value| value.round().max(1.0)),
            (from..to).prop_map(|value| (value * 1000.0).round() / 1000.0),
            from..to,
        ]
    };
    (
        0..presets::all().len(),
        number(0.5, 60.0),
        number(0.3, 1.0),
        any::<u32>(),
        1.0_f64..3.0,
        proptest::collection::vec(-12_i32..13, 0..9),
        (1_u32..6, 0.5..1.5),
    )
        .prop_map(
            |(preset, max_rps, factor, seed, scale, steps, (minutes, share))| {
                let mut scenario = presets::all()[preset].scenario();
                scenario.seed = u64::from(seed);
                scenario.load_test.max_rps *= max_rps / 20.0;
                scenario.load_test.safety_factor = factor.min(1.0);
                scenario.hours = scenario.hours.min(48);
                for layer in &mut scenario.demand {
                    if let Shape::Noise { percent, .. } = &mut layer.shape {
                        *percent *= scale;
                    }
                }
                let metric = (scenario.policies.first())
                    .map_or(MetricName::InvocationsPerInstance, |policy| policy.metric());
                let (low, high) = (scale, 2.0 * scale + f64::from(minutes));
                for (place, adjustments) in steps.chunks(3).enumerate() {
                    let mut policy = ScalingPolicy::step(&format!("steps {place}"));
                    let is_out = place == 0;
                    policy.alarm = Some(MetricAlarm {
                        metric_name: metric,
                        evaluation_periods: minutes,
                        datapoints_to_alarm: Some(minutes.div_ceil(2)),
                        period: 60 * (1 + minutes % 2),
                        comparison: match is_out {
                            true => ComparisonOperator::GreaterThanThreshold,
                            false => ComparisonOperator::LessThanOrEqualToThreshold,
                        },
                        ..MetricAlarm::default()
                    });
                    let [from, by, to] = adjustments else {
                        continue;
                    };
                    let step = |lower, upper, adjustment: i32| StepAdjustment {
                        lower,
                        upper,
                        adjustment,
                    };
                    policy.step_scaling = Some(StepScaling {
                        adjustment_type: match seed % 3 {
                            0 => AdjustmentType::ChangeInCapacity,
                            1 => AdjustmentType::PercentChangeInCapacity,
                            _ => AdjustmentType::ExactCapacity,
                        },
                        steps: match is_out {
                            true => vec![
                                step(Some(0.0), Some(low), from.abs()),
                                step(Some(low), Some(high), by.abs()),
                                step(Some(high), None, to.abs()),
                            ]
                            .into(),
                            false => vec![
                                step(Some(-low), Some(0.0), *from),
                                step(None, Some(-low), *to),
                            ]
                            .into(),
                        },
                        min_adjustment_magnitude: (seed % 3 == 1).then_some(seed % 4),
                        ..StepScaling::default()
                    });
                    scenario.policies.push(policy);
                }
                for policy in &mut scenario.policies {
                    if let Some(alarm) = &mut policy.alarm {
                        alarm.threshold = alarm.threshold.map(|threshold| threshold * share);
                    }
                    if let Some(tracking) = &mut policy.target_tracking {
                        tracking.target_value = tracking.target_value.map(|target| target * share);
                    }
                }
                scenario
            },
        )
}

proptest! {
    // A case is a run of two days: one for each 16 that are drawn elsewhere.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.div_ceil(16),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_log_that_nobody_has_seen_adds_up(scenario in changed()) {
        if let Some(told) = Told::of(scenario) {
            told.check();
        }
    }
}

/// How many launches failed, what the account may run, and what becomes of capacity.
#[track_caller]
fn check_failure(sentence: &mut Sentence, failure: LaunchFailure, activity: &Activity) {
    let group = sentence
        .take("quota is #, and # run")
        .or_else(|| sentence.take("할당량은 인스턴스 #개인데 #개가 실행"));
    let endpoint = sentence
        .take("quota is # machine; # run, and # more")
        .or_else(|| sentence.take("할당량은 machine #개인데 #개가 실행 중이고 #개를 더"));
    let told = group.or(endpoint.clone());
    match (failure.reason, told) {
        (LaunchFailureReason::Quota { quota, running }, Some(told)) => {
            sentence.is_same(told[0], quota);
            sentence.is_same(told[1], running);
        }
        (reason, told) => sentence.holds(reason == LaunchFailureReason::Shortage && told.is_none()),
    }
    let failed = match endpoint {
        Some(told) => told[2],
        None => sentence
            .may_be("# launches fail", "인스턴스 #개를 시작하지")
            .or_else(|| sentence.may_be("# launch fails", "#개를 시작하지"))
            .unwrap(),
    };
    sentence.is_same(failed, failure.instances);
    if let Some(desired) = sentence.may_be("DesiredCapacity is # all", "DesiredCapacity(#)는") {
        sentence.is_same(desired, activity.to);
    }
    if let Some(stays) = sentence.may_be("endpoint stays at #", "엔드포인트 용량(#)은") {
        sentence.is_same(stays, activity.from);
    }
}
