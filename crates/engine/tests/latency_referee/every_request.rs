//! Single-request simulation of instances: random arrivals, random routing, one request after the other. It knows no formula
//! of queueing theory, and nothing of the engine.
//!
//! An instance does the work of `k = max_rps × mean service` requests at once. Where k is a fraction, it takes one more than
//! the whole number below: while all of these places are taken, they share the work that the instance can do, so that it
//! sustains exactly `max_rps`; with a place free, each request takes as long as on an idle instance. Others wait, first come,
//! first served.

use std::collections::VecDeque;

/// xorshift64* (Vigna, 2016): another generator than the engine's own.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        // Seeds that are close to each other begin alike without a few steps.
        let mut random = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..8 {
            random.uniform();
        }
        random
    }

    /// Uniform, 0 or more and below 1.
    pub fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.uniform()).ln()
    }
}

/// What a request needs on an idle instance: a fixed time, and the mean of an exponential one, seconds.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    pub shift_s: f64,
    pub scale_s: f64,
}

impl Work {
    /// So many seconds on average, of which the share `exponential` is exponential.
    pub fn new(mean_s: f64, exponential: f64) -> Self {
        Self {
            shift_s: mean_s * (1.0 - exponential),
            scale_s: mean_s * exponential,
        }
    }

    pub fn mean_s(self) -> f64 {
        self.shift_s + self.scale_s
    }

    /// What is exceeded with probability `beyond`, seconds.
    pub fn exceeded_s(self, beyond: f64) -> f64 {
        self.shift_s - self.scale_s * beyond.ln()
    }

    pub fn draw(self, random: &mut Random) -> f64 {
        self.shift_s + random.exponential(self.scale_s)
    }
}

/// A request that has been served.
#[derive(Clone, Copy, Debug)]
pub struct Served {
    pub came_s: f64,
    /// From its coming to its beginning, and to its end, seconds.
    pub waited_s: f64,
    pub latency_s: f64,
}

/// One instance. While `places` are all taken each request gets `shared` of its full speed.
pub struct Instance {
    places: usize,
    shared: f64,
    now_s: f64,
    /// Work that each request has been given which has been here all along, seconds.
    given_s: f64,
    /// By place taken: up to where the request needs `given_s`, when it came, and when it began.
    inside: Vec<(f64, f64, f64)>,
    /// When each came, and what it needs.
    waiting: VecDeque<(f64, f64)>,
    /// When each place is free again, where places do not share.
    free_s: Vec<f64>,
}

impl Instance {
    /// Works on `k` requests at once.
    pub fn new(k: f64) -> Self {
        let places = (k - 1e-9).ceil().max(1.0);
        Self {
            places: places as usize,
            shared: (k / places).min(1.0),
            now_s: 0.0,
            given_s: 0.0,
            inside: Vec::new(),
            waiting: VecDeque::new(),
            free_s: vec![0.0; places as usize],
        }
    }

    fn speed(&self) -> f64 {
        if self.inside.len() < self.places {
            1.0
        } else {
            self.shared
        }
    }

    /// Works up to a moment.
    pub fn work_until(&mut self, until_s: f64, mut served: impl FnMut(Served)) {
        loop {
            let next = (self.inside.iter().enumerate()).min_by(|a, b| a.1.0.total_cmp(&b.1.0));
            let Some((place, &(needed_s, came_s, began_s))) = next else {
                self.now_s = until_s;
                return;
            };
            let speed = self.speed();
            let ends_s = self.now_s + (needed_s - self.given_s).max(0.0) / speed;
            if ends_s > until_s {
                self.given_s += (until_s - self.now_s) * speed;
                self.now_s = until_s;
                return;
            }
            (self.now_s, self.given_s) = (ends_s, needed_s);
            self.inside.swap_remove(place);
            served(Served {
                came_s,
                waited_s: began_s - came_s,
                latency_s: ends_s - came_s,
            });
            if let Some((came_s, needs_s)) = self.waiting.pop_front() {
                self.inside.push((self.given_s + needs_s, came_s, ends_s));
            }
        }
    }

    /// A request comes now, at the moment up to which it has worked.
    pub fn take(&mut self, needs_s: f64) {
        let now_s = self.now_s;
        if let Some(first) = self.free_s.iter_mut().min_by(|a, b| a.total_cmp(b)) {
            *first = first.max(now_s) + needs_s;
        }
        if self.inside.len() < self.places {
            self.inside.push((self.given_s + needs_s, now_s, now_s));
        } else {
            self.waiting.push_back((now_s, needs_s));
        }
    }

    /// How long a request that comes now will have to wait: known beforehand where places do not share.
    pub fn will_wait_s(&self) -> f64 {
        let first = self.free_s.iter().copied().fold(f64::INFINITY, f64::min);
        (first - self.now_s).max(0.0)
    }
}

/// Latencies, told apart to a thousandth.
pub struct Figures {
    count: f64,
    late: f64,
    sum_s: f64,
    bins: Vec<u64>,
}

const PER_OCTAVE: f64 = 512.0;
const LOWEST_S: f64 = 1e-6;

impl Figures {
    pub fn new() -> Self {
        Self {
            count: 0.0,
            late: 0.0,
            sum_s: 0.0,
            bins: vec![0; 40 * PER_OCTAVE as usize],
        }
    }

    pub fn add(&mut self, served: Served, late_s: f64) {
        self.count += 1.0;
        self.late += f64::from(u8::from(served.waited_s > late_s));
        self.sum_s += served.latency_s;
        let bin = (served.latency_s.max(LOWEST_S) / LOWEST_S).log2() * PER_OCTAVE;
        let bin = (bin as usize).min(self.bins.len() - 1);
        self.bins[bin] += 1;
    }

    fn within(&self, share: f64) -> f64 {
        let mut left = share * self.count;
        for (bin, &count) in self.bins.iter().enumerate() {
            left -= count as f64;
            if left <= 0.0 {
                return LOWEST_S * ((bin as f64 + 0.5) / PER_OCTAVE).exp2();
            }
        }
        f64::INFINITY
    }

    /// Mean, median, 95th and 99th percentile in milliseconds, and the share of those that waited too long.
    pub fn told(&self) -> [f64; 5] {
        [
            1000.0 * self.sum_s / self.count,
            1000.0 * self.within(0.5),
            1000.0 * self.within(0.95),
            1000.0 * self.within(0.99),
            self.late / self.count,
        ]
    }
}

/// A steady rate at `instances` of them, `load` of what they sustain: what the requests of `length_s` seconds meet that come after
/// the first `skipped_s`. All that came are worked on to their end.
pub fn steady(
    figures: &mut Figures,
    random: &mut Random,
    (instances, k, work, load): (usize, f64, Work, f64),
    (skipped_s, length_s, late_s): (f64, f64, f64),
) {
    let mut all: Vec<Instance> = (0..instances).map(|_| Instance::new(k)).collect();
    let rate = load * k / work.mean_s() * instances as f64;
    let until_s = skipped_s + length_s;
    let mut count = |served: Served| {
        if served.came_s >= skipped_s {
            figures.add(served, late_s);
        }
    };
    let mut now_s = random.exponential(1.0 / rate);
    while now_s < until_s {
        let chosen = (random.uniform() * instances as f64) as usize;
        let needs_s = work.draw(random);
        if let Some(instance) = all.get_mut(chosen) {
            instance.work_until(now_s, &mut count);
            instance.take(needs_s);
        }
        now_s += random.exponential(1.0 / rate);
    }
    for mut instance in all {
        instance.work_until(f64::INFINITY, &mut count);
    }
}
