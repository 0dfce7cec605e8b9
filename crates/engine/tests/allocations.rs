//! The loop allocates its columns before it begins and nothing minute by minute: ten times the minutes take no more
//! allocations, but for lists of what happened, which double when they are full.

#![allow(
    unsafe_code,
    reason = "an allocator that counts can be written in no other way"
)]

mod common;

use common::{curve, give_credits, plan};
use engine::{
    demand::Layer,
    plan::{
        AdjustmentType, Comparison, CpuCredits, CreditMode, Metric, MetricAlarm, Plan,
        ScheduledAction, Service, Statistic, StepAdjustment, StepScaling, TreatMissingData,
    },
};
use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

/// The system's allocator, counting for each thread what it asks for.
struct Counting;

fn count() {
    ALLOCATIONS.with(|allocations| allocations.set(allocations.get() + 1));
}

// SAFETY: everything is passed on to the system's allocator as it came; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller keeps the contract that this function has in common with the system's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: as above; `at` came from the system's allocator.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: as above; `at` came from the system's allocator.
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

const DAY_S: u32 = 86_400;

/// Target tracking alone, or beside it a step scaling policy on another metric, and bounds that change each day.
fn experiment(layer: &Layer, days: u32, all: bool) -> Plan {
    let mut plan = plan(std::slice::from_ref(layer), days * DAY_S);
    if !all {
        return plan;
    }
    plan.step_scaling = vec![StepScaling {
        index: 1,
        alarm: MetricAlarm {
            metric: Metric::Utilization {
                percent_s_per_request: 20.0,
                most_percent: 400.0,
            },
            statistic: Statistic::Average,
            period_s: 60,
            evaluation_periods: 1,
            datapoints_to_alarm: 1,
            threshold: 240.0,
            comparison: Comparison::GreaterThanThreshold,
            treat_missing_data: TreatMissingData::Missing,
        },
        adjustment_type: AdjustmentType::PercentChangeInCapacity,
        steps: vec![StepAdjustment {
            lower: 0.0,
            upper: f64::INFINITY,
            adjustment: 50,
        }],
        min_adjustment_magnitude: 2,
        cooldown_s: 120.0,
        is_simple: false,
    }];
    plan.scheduled_actions = (0..days)
        .flat_map(|day| [(day, 8, 4), (day, 18, 1)])
        .map(|(day, hour, min)| ScheduledAction {
            at_s: f64::from(day * DAY_S + hour * 3600),
            index: 0,
            min: Some(min),
            max: None,
            desired: None,
        })
        .collect();
    plan
}

fn allocations(layer: &Layer, days: u32, all: bool) -> usize {
    let plan = experiment(layer, days, all);
    let before = ALLOCATIONS.get();
    let run = engine::run(&plan);
    let allocations = ALLOCATIONS.get() - before;
    assert_eq!(run.series.demand_rps.len(), (days * DAY_S / 60) as usize);
    allocations
}

#[test]
fn minutes_allocate_nothing() {
    // Level; up and down every two hours, so that scaling never rests; far more than ten instances serve.
    let tides = |low: f64, high: f64| {
        let points: Vec<_> = (0..=1200)
            .map(|i| (f64::from(i) * 3600.0, if i % 2 == 0 { low } else { high }))
            .collect();
        curve(&points)
    };
    // Lists of changes, of activities and of distress grow tenfold: four doublings each, at most.
    for all in [false, true] {
        for (layer, doublings) in [
            (curve(&[(0.0, 9.0)]), if all { 12 } else { 0 }),
            (tides(5.0, 90.0), 12),
            (tides(100.0, 400.0), 12),
        ] {
            let (few, many) = (allocations(&layer, 5, all), allocations(&layer, 50, all));
            assert!(few > 0 && many <= few + doublings, "{few} {many} {layer:?}");
        }
    }
}

/// Nor do CPU credits: beyond columns there is a list of when they were used up, and a table once they are.
#[test]
fn credits_allocate_nothing_by_the_minute() {
    for (high, more) in [(4.0, 0), (30.0, 12)] {
        let allocations = |days: u32| {
            let day = |day: u32| f64::from(day * DAY_S);
            let noons = (0..days).flat_map(|it| [(day(it), 2.0), (day(it) + 43_200.0, high)]);
            let mut plan = plan(&[curve(&noons.collect::<Vec<_>>())], days * DAY_S);
            let credits = CpuCredits {
                vcpu: 2.0,
                earned_per_hour: 24.0,
                most: 576.0,
                launch: 60.0,
                initial: None,
                mode: CreditMode::Standard,
                is_choice: true,
                usd_per_vcpu_hour: 0.05,
                cpu_s_per_request: 0.1,
            };
            give_credits(&mut plan, credits);
            let before = ALLOCATIONS.get();
            let run = engine::run(&plan);
            let allocations = ALLOCATIONS.get() - before;
            assert_eq!(run.credits.unwrap().throttled.is_empty(), more == 0);
            allocations
        };
        let (few, many) = (allocations(5), allocations(50));
        assert!(few > 0 && many <= few + more, "{few} {many}");
    }
}

/// A run in the memory of another is the same run, and asks for next to nothing.
#[test]
fn a_run_again_takes_what_there_is() {
    let layer = curve(&[(0.0, 9.0), (40_000.0, 90.0), (86_400.0, 9.0)]);
    let (plan, shorter) = (experiment(&layer, 5, true), experiment(&layer, 2, false));
    let run = engine::run(&plan);
    let mut again = run.clone();
    engine::run_again(&shorter, &mut again);
    assert_eq!(again, engine::run(&shorter));
    let fresh = allocations(&layer, 5, true);
    let before = ALLOCATIONS.get();
    engine::run_again(&plan, &mut again);
    let asked = ALLOCATIONS.get() - before;
    assert_eq!(again, run);
    assert!(asked + 14 <= fresh, "{asked} {fresh}");
}

/// What another run has worked out of its load test is not taken for this one's.
#[test]
fn a_run_again_knows_its_own_load_test() {
    let layer = curve(&[(0.0, 9.0), (40_000.0, 90.0), (86_400.0, 9.0)]);
    let plan = experiment(&layer, 1, true);
    let changes: [fn(&mut Service); 4] = [
        |service| service.max_rps *= 1.1,
        |service| service.p50_ms *= 1.1,
        |service| service.p95_ms *= 1.1,
        |service| service.timeout_s *= 1.1,
    ];
    for change in changes {
        let mut other = plan.clone();
        change(&mut other.service);
        let mut again = engine::run(&plan);
        engine::run_again(&other, &mut again);
        assert_eq!(again, engine::run(&other));
    }
}
