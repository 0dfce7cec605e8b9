//! The scenario that the page opens with, as far as it is not what each of its sections is by default: a night of sports
//! betting, whose kick-off outruns scaling.
//!
//! These values are frozen: files and links hold only what differs from them (`data/baseline_v2.json`, `crate::link`).

use crate::{
    document::{Layer, ScalableTarget, ScalingPolicy, Shape, TargetTracking},
    field::Items,
    time::{LocalDate, LocalTime},
};

/// Returns the first day of the run.
pub(crate) fn start() -> LocalDate {
    LocalDate::new(2026, 11, 28).unwrap_or(LocalDate::from_days(0))
}

pub(crate) fn scalable_target() -> ScalableTarget {
    ScalableTarget {
        max_capacity: Some(12),
        ..ScalableTarget::default()
    }
}

pub(crate) fn policies() -> Items<ScalingPolicy> {
    Items::from([ScalingPolicy {
        target_tracking: Some(TargetTracking {
            scale_out_cooldown: 60,
            ..TargetTracking::default()
        }),
        ..ScalingPolicy::default()
    }])
}

pub(crate) fn demand() -> Items<Layer> {
    Items::from([
        Layer {
            shape: Shape::DailyCurve {
                quiet_rps: 14.0,
                peak_rps: 38.0,
                peak_at: clock(21),
            },
            ..Layer::default()
        },
        Layer {
            name: "kick-off".to_owned(),
            shape: Shape::Event {
                at: start().at(clock(20)),
                rps: 110.0,
                ramp_up_min: 6.0,
                hold_min: 120.0,
                decay_min: 45.0,
            },
            ..Layer::default()
        },
    ])
}

/// Returns what the engine assumes unless it is told.
pub(crate) fn engine() -> engine::plan::Assumptions {
    engine::plan::Assumptions::default()
}

/// Returns a full hour of the day.
fn clock(hour: u32) -> LocalTime {
    LocalTime::new(hour, 0, 0).unwrap_or_default()
}
