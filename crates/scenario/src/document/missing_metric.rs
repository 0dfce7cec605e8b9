//! A time in which CloudWatch has no datapoints of the metrics that policies look at.

use crate::{
    field::{Field, Fixed, section},
    time::LocalDateTime,
};

section! {
    /// A time in which CloudWatch has no datapoints of the metrics that policies look at.
    pub struct MissingMetric at Fixed::MissingMetric => Field {
        /// When it begins; absent: none goes missing.
        at: Option<LocalDateTime> = None, text("missing_at");
        /// For how many minutes.
        for_min: f64 = 30.0, range(0.1..=527_040.0), minutes, later, text("missing_for");
    }
}
