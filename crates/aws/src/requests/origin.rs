//! What is remarked of a value that a request holds: which field it is, and where it comes from.

use scenario::{
    document::MetricName,
    field::{Field, Value},
    metrics::Usual,
};

use super::Writing;
use crate::deployment::{Origin, Remark};

impl Writing<'_> {
    /// Returns a field with where its value comes from: `usual` where the person left it open.
    pub(super) fn remark(&self, field: Field, usual: Origin) -> Remark {
        let typed = field.read(self.scenario);
        let is_typed = typed.is_some_and(|value| value != Value::Absent);
        Remark::Field {
            field,
            origin: if is_typed { Origin::Typed } else { usual },
        }
    }

    /// Returns a field that always holds something with where its value comes from.
    pub(super) fn unless_usual(field: Field, is_usual: bool) -> Remark {
        let origin = match is_usual {
            true => Origin::Usual,
            false => Origin::Typed,
        };
        Remark::Field { field, origin }
    }

    /// Returns the target or threshold of a metric with where its value comes from.
    pub(super) fn aim(&self, field: Field, metric: MetricName, value: f64) -> Remark {
        let engine::plan::Service {
            max_rps,
            safety_factor,
            ..
        } = *self.service;
        let formula = engine::sizing::target(max_rps, safety_factor);
        let is_formula = metric.counts_requests() && (value - formula).abs() <= formula * 1e-9;
        let usual = match metric.spec().usual {
            Usual::Value(usual) if usual == value => Origin::Usual,
            _ if is_formula => Origin::Formula {
                max_rps,
                safety_factor,
            },
            _ => Origin::LoadTest {
                max_rps,
                safety_factor,
            },
        };
        self.remark(field, usual)
    }
}
