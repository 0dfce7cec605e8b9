//! What is computed in slices is what is computed in one go, and what it takes is what was reckoned.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{
    curve, plan as usual,
    random::{any_plan, extreme_plan},
};
use engine::{
    Plan, Run, Simulation,
    demand::{Layer, NoiseFactor, Timeline, TimelineBuilder},
    effort,
    plan::{Metric, ScalableTarget, TargetTracking},
    run,
};
use proptest::prelude::*;

fn in_slices(plan: &Plan, slices: &[usize], spent: Run) -> Run {
    let mut simulation = Simulation::new(plan, spent);
    let mut last = 0.0;
    for slice in slices.iter().cycle() {
        let over = simulation.advance(*slice);
        assert!(simulation.progress() >= last && simulation.progress() <= 1.0);
        last = simulation.progress();
        if over {
            break;
        }
    }
    assert_eq!(last, 1.0);
    simulation.finish()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn a_run_in_slices_of_any_length_is_the_run(
        plan in prop_oneof![4 => any_plan(), 1 => extreme_plan()],
        slices in prop::collection::vec(1_usize..200, 1..9),
    ) {
        let whole = run(&plan);
        let sliced = in_slices(&plan, &slices, Run::default());
        prop_assert_eq!(sliced.fingerprint(), whole.fingerprint());
        let again = in_slices(&plan, &[1], sliced);
        prop_assert_eq!(again.fingerprint(), whole.fingerprint());
    }

    #[test]
    fn demand_added_up_in_slices_is_the_demand(
        noises in prop::collection::vec((0.0..0.5_f64, any::<u64>(), any::<bool>()), 0..4),
        rates in prop::collection::vec(0.0..300.0_f64, 1..12),
        slices in prop::collection::vec(1_usize..400, 1..9),
    ) {
        let mut layers: Vec<Layer> = noises
            .iter()
            .map(|&(share, seed, steps)| Layer::Noise {
                share,
                seed,
                factor: if steps {
                    NoiseFactor::ConstantWithinMinutes
                } else {
                    NoiseFactor::StraightBetweenMinutes
                },
            })
            .collect();
        let points: Vec<_> = rates.iter().zip(0..).map(|(rps, i)| (500.0 * f64::from(i), *rps)).collect();
        layers.push(curve(&points));
        layers.push(Layer::Growth { share: 0.3, per_s: 3600.0 });
        let mut compiling = TimelineBuilder::new(layers.clone(), 7200);
        for slice in slices.iter().cycle() {
            if compiling.advance(*slice) {
                break;
            }
        }
        prop_assert_eq!(compiling.progress(), 1.0);
        let whole = Timeline::compile(&layers, 7200);
        prop_assert_eq!(compiling.finish(), whole);
    }

    #[test]
    fn what_a_run_takes_is_reckoned_within_a_factor_of_four(
        plan in prop_oneof![4 => any_plan(), 1 => extreme_plan()],
    ) {
        near(&plan);
    }
}

/// That a run takes no more than four times what was reckoned, and no less than a quarter.
fn near(plan: &Plan) {
    let mut simulation = Simulation::new(plan, Run::default());
    assert!(simulation.advance(usize::MAX));
    let (was, reckoned) = (simulation.steps(), effort::of_run(plan));
    assert!(
        reckoned <= 4.0 * was && was <= 4.0 * reckoned,
        "{reckoned:.0} steps were reckoned, {was:.0} it took"
    );
}

#[test]
fn the_calmest_and_the_busiest_runs_take_what_was_reckoned() {
    let mut plan = usual(&[curve(&[(0.0, 10.0)])], 48 * 3600);
    near(&plan);
    plan.target_tracking.clear();
    near(&plan);
    // Nothing but overload.
    let mut short = usual(&[curve(&[(0.0, 500.0)])], 48 * 3600);
    short.scalable_target = ScalableTarget { min: 1, max: 1 };
    near(&short);
    for policies in [1, 10, 50] {
        for metric in [
            Metric::InvocationsPerInstance,
            Metric::ConcurrentRequests { idle_s: 0.05 },
        ] {
            let policy = TargetTracking {
                metric,
                ..*short.target_tracking.first().unwrap()
            };
            short.target_tracking = vec![policy; policies];
            near(&short);
        }
    }
}

#[test]
fn what_is_reckoned_grows_with_what_makes_it_long() {
    let noise = |count| {
        vec![
            Layer::Noise {
                share: 0.1,
                seed: 1,
                factor: NoiseFactor::ConstantWithinMinutes
            };
            count
        ]
    };
    let year = 365 * 86_400;
    let demand = |count, length_s| effort::of_demand(&noise(count), length_s);
    assert!(demand(99, year) > 25.0 * demand(0, year));
    assert!(demand(99, year) > 300.0 * demand(99, 86_400));
    let mut plan = usual(&[curve(&[(0.0, 10.0)])], 3600);
    let plain = effort::of_run(&plan);
    let policy = TargetTracking {
        metric: Metric::ConcurrentRequests { idle_s: 0.05 },
        ..*plan.target_tracking.first().unwrap()
    };
    plan.target_tracking = vec![policy; 50];
    assert!(effort::of_run(&plan) > 200.0 * plain);
}
