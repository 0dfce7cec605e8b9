//! Random numbers that are the same everywhere: one small seeded generator, and the two distributions the engine draws from.

/// SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
#[derive(Clone, Debug)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number uniform in `[0, 1)`, from the upper 53 bits.
    pub(crate) fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// Returns an exponential draw with mean 1.
    fn exponential(&mut self) -> f64 {
        -libm::log(1.0 - self.uniform())
    }

    /// Returns two independent standard normal draws (Box and Muller, 1958).
    pub(crate) fn normal_pair(&mut self) -> (f64, f64) {
        let radius = (2.0 * self.exponential()).sqrt();
        let (sin, cos) = libm::sincos(core::f64::consts::TAU * self.uniform());
        (radius * cos, radius * sin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_numbers_are_those_of_the_published_generator() {
        // Reference output of Vigna's splitmix64.c for the seed 1234567.
        let mut random = Random::new(1_234_567);
        assert_eq!(random.next(), 6_457_827_717_110_365_317);
        assert_eq!(random.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn draws_have_the_moments_of_their_distributions() {
        let mut random = Random::new(7);
        let (mut sum, mut squares, mut uniform) = (0.0, 0.0, 0.0);
        let (mut together, mut far) = (0.0, 0);
        let pairs = 20_000;
        for _ in 0..pairs {
            let (a, b) = random.normal_pair();
            sum += a + b;
            squares += a * a + b * b;
            uniform += random.uniform();
            together += a * b;
            far += u32::from(a.abs() > 1.96) + u32::from(b.abs() > 1.96);
        }
        let n = f64::from(2 * pairs);
        assert!((sum / n).abs() < 0.02);
        assert!((squares / n - 1.0).abs() < 0.03);
        assert!((uniform / f64::from(pairs) - 0.5).abs() < 0.01);
        assert!((together / f64::from(pairs)).abs() < 0.02, "independent");
        assert!((f64::from(far) / n - 0.05).abs() < 0.004, "one in twenty");
    }
}
