//! An instance that slows down without failing: no health check sees it.

use crate::{
    field::{Field, Fixed, section},
    time::LocalDateTime,
};

section! {
    /// An instance that slows down without failing.
    pub struct SlowInstance at Fixed::SlowInstance => Field {
        /// When it begins; absent: none slows down.
        at: Option<LocalDateTime> = None, text("slow_at");
        /// How many times as long as usual requests take at it.
        times: f64 = 4.0, range(1.0..=1000.0), later, text("slow_times");
        /// For how many minutes.
        for_min: f64 = 60.0, range(0.1..=527_040.0), minutes, later, text("slow_for");
    }
}
