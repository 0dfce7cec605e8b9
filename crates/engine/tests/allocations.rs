//! The loop allocates its columns before it begins and nothing minute by minute: ten times the minutes take no more
//! allocations, but for lists of what happened, which double when they are full.

#![allow(
    unsafe_code,
    reason = "an allocator that counts can be written in no other way"
)]

mod common;

use common::{curve, plan};
use engine::demand::Layer;
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

fn allocations(layer: &Layer, days: u32) -> usize {
    let plan = plan(std::slice::from_ref(layer), days * DAY_S);
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
    for (layer, doublings) in [
        (curve(&[(0.0, 9.0)]), 0),
        (tides(5.0, 90.0), 12),
        (tides(100.0, 400.0), 12),
    ] {
        let (few, many) = (allocations(&layer, 5), allocations(&layer, 50));
        assert!(few > 0 && many <= few + doublings, "{few} {many} {layer:?}");
    }
}
