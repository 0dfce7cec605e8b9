//! Medians on a machine that others share: what a neighbour slows down does not count.
//!
//! A processor's unit is often half of a core whose other half belongs to somebody else, and then everything takes up to
//! twice as long, for milliseconds or minutes. A short piece of fixed work stands before and after each sample; where
//! either took longer than it can, the sample was disturbed. What it cannot see: a neighbour of the whole measurement.

use std::hint::black_box;

/// Undisturbed samples that a figure is the median of, at best.
const WANTED: usize = 41;
/// After this long, what was found has to do.
const PATIENCE_MS: f64 = 6_000.0;
/// A browser compiles its wasm a second time, for speed, beside its work; until then neither is itself.
const WARM_MS: f64 = 1_000.0;
/// A sample repeats its work until it has lasted this long: many steps of the clock, few chances to be disturbed.
const SAMPLE_MS: f64 = 3.0;
/// How much longer than ever the reference may take beside an undisturbed sample.
const TOLERANCE: f64 = 1.1;

/// What one piece of work takes, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// Median of the undisturbed samples.
    pub undisturbed_ms: f64,
    /// Median of all samples.
    pub all_ms: f64,
    /// How many samples were undisturbed.
    pub undisturbed: usize,
    /// How many samples there were.
    pub samples: usize,
}

#[derive(Clone, Copy)]
struct Sample {
    work_ms: f64,
    reference_ms: f64,
}

/// Words that the reference walks over: 4 MB.
const MEMORY: usize = 500_000;

/// Measures `work` by a clock of milliseconds that never goes back.
pub fn measure(now_ms: &dyn Fn() -> f64, work: &mut dyn FnMut()) -> Measured {
    let timed = |work: &mut dyn FnMut()| {
        let begun = now_ms();
        work();
        now_ms() - begun
    };
    let times_within = |ms: f64, work: &mut dyn FnMut()| {
        let begun = now_ms();
        let mut times: u32 = 0;
        while times == 0 || now_ms() - begun < ms {
            work();
            times += 1;
        }
        times
    };
    let mut memory = vec![0; MEMORY];
    let mut reference = || reference(&mut memory);
    times_within(WARM_MS / 4.0, &mut reference);
    times_within(WARM_MS, work);
    let repeats = times_within(SAMPLE_MS, work);
    let begun = now_ms();
    let mut samples: Vec<Sample> = Vec::new();
    let mut fastest = f64::INFINITY;
    let mut before = timed(&mut reference);
    while undisturbed(&samples, fastest).count() < WANTED && now_ms() - begun < PATIENCE_MS {
        let work_ms = timed(&mut || (0..repeats).for_each(|_| work())) / f64::from(repeats);
        let after = timed(&mut reference);
        fastest = fastest.min(after);
        samples.push(Sample {
            work_ms,
            reference_ms: before.max(after),
        });
        before = after;
    }
    let calm: Vec<f64> = undisturbed(&samples, fastest).collect();
    Measured {
        undisturbed: calm.len(),
        samples: samples.len(),
        undisturbed_ms: median(calm),
        all_ms: median(samples.iter().map(|sample| sample.work_ms).collect()),
    }
}

fn undisturbed(samples: &[Sample], fastest: f64) -> impl Iterator<Item = f64> {
    samples
        .iter()
        .filter(move |sample| sample.reference_ms <= fastest * TOLERANCE)
        .map(|sample| sample.work_ms)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Work that takes longer as soon as anybody else uses the core or the memory: chains of xorshift (Marsaglia, 2003) that
/// do not wait for each other, and a walk over as much as a run of 30 days writes.
fn reference(memory: &mut [u64]) {
    let mut chains = [1_u32, 2, 3, 4, 5, 6];
    for _ in 0..50_000 {
        for x in &mut chains {
            *x ^= *x << 13;
            *x ^= *x >> 17;
            *x ^= *x << 5;
        }
    }
    black_box(chains);
    for word in memory.iter_mut() {
        *word = word.wrapping_add(1);
    }
    black_box(memory);
}
