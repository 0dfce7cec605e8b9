//! Sums over stretches of demand: requests, squared rates and the highest rate.

/// A minute, seconds.
pub(super) const MINUTE_S: f64 = 60.0;

/// The sums over a stretch of demand.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Walk {
    /// Integral of the rate.
    pub requests: f64,
    /// Integral of the squared rate.
    pub squares: f64,
    /// Highest rate, requests per second.
    pub highest_rps: f64,
}

impl Walk {
    /// Returns the sums over a minute of a straight line.
    #[inline]
    pub(super) fn over_a_minute(from_rps: f64, to_rps: f64) -> Self {
        Self {
            requests: 0.5 * (from_rps + to_rps) * MINUTE_S,
            squares: square(from_rps, to_rps, MINUTE_S),
            highest_rps: larger(from_rps, to_rps),
        }
    }
}

/// The sums over minutes: a column for each field of a [`Walk`], all of one length.
pub(crate) struct Walks<'a> {
    pub requests: &'a mut [f64],
    pub squares: &'a mut [f64],
    pub highest_rps: &'a mut [f64],
}

impl<'a> Walks<'a> {
    /// Splits off the first `minutes` minutes.
    #[inline]
    pub(super) fn split_at(self, minutes: usize) -> (Walks<'a>, Walks<'a>) {
        let (requests, later_requests) = split_at(self.requests, minutes);
        let (squares, later_squares) = split_at(self.squares, minutes);
        let (highest_rps, later_highest_rps) = split_at(self.highest_rps, minutes);
        let now = Walks {
            requests,
            squares,
            highest_rps,
        };
        let later = Walks {
            requests: later_requests,
            squares: later_squares,
            highest_rps: later_highest_rps,
        };
        (now, later)
    }

    /// Sets all minutes to one value.
    pub(super) fn fill(self, walk: Walk) {
        self.requests.fill(walk.requests);
        self.squares.fill(walk.squares);
        self.highest_rps.fill(walk.highest_rps);
    }
}

/// Splits a column, which must be long enough, after `minutes` elements.
#[inline]
pub(super) fn split_at(column: &mut [f64], minutes: usize) -> (&mut [f64], &mut [f64]) {
    column.split_at_mut_checked(minutes).unwrap_or_default()
}

/// Returns the integral of the square of a rate that goes in a straight line.
#[inline]
pub(crate) fn square(from_rps: f64, to_rps: f64, seconds: f64) -> f64 {
    (from_rps * from_rps + from_rps * to_rps + to_rps * to_rps) * seconds * (1.0 / 3.0)
}

/// Returns the larger of two numbers, at least one of which is not negative. Such numbers sort like their bits. Comparing bits
/// needs neither a call in wasm, as `max` does, nor a branch that noise makes unpredictable.
#[inline]
pub(crate) fn larger(a: f64, b: f64) -> f64 {
    f64::from_bits(
        a.to_bits()
            .cast_signed()
            .max(b.to_bits().cast_signed())
            .cast_unsigned(),
    )
}
