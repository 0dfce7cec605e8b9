//! The charts themselves: which layers of a run each one shows, from back to front.

mod capacity;
mod credits;
mod instances;
mod latency;
mod metric;
mod overview;

use engine::{demand::Node, run::Run};
use plotters_backend::DrawingBackend;

pub use credits::most_credits;

use crate::{
    layout::Layout,
    palette::Palette,
    pen::{Drawn, Pen},
    plot::Plot,
    scale::Scale,
    time::TimeTick,
    window::Window,
};

/// Which chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Demand against capacity in service and pending, requests per second.
    Capacity,
    /// Desired, in service and pending instances within their bounds.
    Instances,
    /// InvocationsPerInstance against the target and both alarm thresholds.
    Metric,
    /// p50, p95 and p99 on a logarithmic axis, milliseconds.
    Latency,
    /// The whole run in one strip, for choosing a window.
    Overview,
}

/// What every chart is drawn from.
pub struct Picture<'a> {
    /// The run.
    pub run: &'a Run,
    /// Demand between the samples, for close looks ([`engine::demand::Timeline::nodes`]); may be empty.
    pub demand: &'a [Node],
    /// Requests per second that one instance sustains.
    pub max_rps: f64,
    /// TargetValue and the low alarm's threshold, where there is a policy.
    pub thresholds: Option<Thresholds>,
    /// The alarms of step scaling policies on the metric.
    pub own_alarms: &'a [OwnAlarm],
    /// What is shown.
    pub window: Window,
    /// Colours.
    pub palette: &'a Palette,
    /// Labels of the time axis.
    pub times: &'a [TimeTick],
    /// Writes a value for an axis.
    pub value_label: &'a dyn Fn(f64) -> String,
}

/// Thresholds of the first policy's alarms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// AlarmHigh: the target.
    pub high: f64,
    /// AlarmLow.
    pub low: f64,
}

/// A step scaling policy's alarm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OwnAlarm {
    /// Index of the policy in the scenario.
    pub policy: usize,
    /// Its threshold.
    pub threshold: f64,
    /// Whether it fires above the threshold.
    pub above: bool,
}

impl Picture<'_> {
    /// Draws one chart onto a backend that counts `units_per_px` units to a CSS pixel.
    ///
    /// # Errors
    /// Those of the backend.
    pub fn draw<DB: DrawingBackend>(
        &self,
        kind: Kind,
        backend: &mut DB,
        layout: Layout,
        units_per_px: f64,
    ) -> Drawn<DB> {
        let plot = Plot {
            pen: Pen::new(
                backend,
                units_per_px,
                layout.device_ratio,
                &self.palette.font,
            ),
            layout,
            window: self.window,
            scale: Scale::linear(1.0, 1, 0.0),
        };
        match kind {
            Kind::Capacity => capacity::draw(self, plot),
            Kind::Instances => instances::draw(self, plot),
            Kind::Metric => metric::draw(self, plot),
            Kind::Latency => latency::draw(self, plot),
            Kind::Overview => overview::draw(self, plot),
        }
    }

    fn period_s(&self) -> f64 {
        f64::from(self.run.period_s.max(1))
    }
}

/// Labels that fit one above another on a value axis of this height.
fn labels_for(layout: &Layout) -> usize {
    (layout.plot_height_px() / 29.0).floor().clamp(2.0, 8.0) as usize
}
