//! One chart's place in the page: heading, legend, canvas, and the layers above it that move without a new drawing.

use std::rc::Rc;

use chart::{Kind, LEFT_PX, RIGHT_PX, cursor::Reading};
use scenario::document::MetricName;
use words::scales_copies;
use yew::prelude::*;

use super::{legend, speech, table, thresholds, tooltip};
use crate::{
    parts::{El, el, of},
    view::charts::desk::{Desk, Now},
};

/// What one chart is shown from.
pub struct Figure<'a> {
    pub desk: &'a Rc<Desk>,
    pub now: &'a Now,
    /// Which of the charts it is, from the top.
    pub place: usize,
    pub kind: Kind,
    pub canvas: &'a NodeRef,
    pub summary: &'a AttrValue,
    /// What stands under the cross-hair.
    pub reading: Option<&'a Reading>,
    /// Whether requests wait at any time of the run.
    pub waits: bool,
    pub height_px: f64,
    /// The stretch being selected, seconds.
    pub band: Option<(f64, f64)>,
    /// Whether its table is open.
    pub open: bool,
}

/// A share of the plot's width in CSS, between two texts.
#[inline(never)]
pub fn share(before: &str, share: f64, after: &str) -> AttrValue {
    let thousandths = (share.clamp(0.0, 1.0) * 100_000.0).round() as u32;
    let (whole, part) = (thousandths / 1000, thousandths % 1000 + 1000);
    let part = part.to_string();
    let part = part.get(1..).unwrap_or_default();
    [before, &whole.to_string(), ".", part, "%", after]
        .concat()
        .into()
}

/// Whole pixels in CSS.
#[inline(never)]
pub fn px(before: &str, px: f64) -> AttrValue {
    [before, &(px.round() as i32).to_string(), "px"]
        .concat()
        .into()
}

/// A whole number as text.
#[inline(never)]
pub fn whole(value: f64) -> AttrValue {
    (value.round() as i64).to_string().into()
}

/// The part of a figure that pointers act on, as wide as every other.
#[inline(never)]
pub fn pad() -> El {
    let (left, right) = (px("left:", LEFT_PX), px(";right:", RIGHT_PX));
    of("div", "pad").attr("style", [&*left, &*right].concat().into())
}

impl Figure<'_> {
    /// The chart as elements.
    #[inline(never)]
    pub fn view(&self) -> El {
        let words = self.now.words;
        let (key, id, unit) = match self.kind {
            Kind::Capacity => ("capacity", "chart-capacity", words.chart_unit_rps()),
            Kind::Instances => ("instances", "chart-instances", ""),
            Kind::Metric => ("metric", "chart-metric", self.metric_unit()),
            Kind::Latency => ("latency", "chart-latency", words.chart_unit_ms_log()),
            Kind::Overview => ("overview", "chart-overview", ""),
        };
        let head = of("div", "ch-head")
            .with(el("h3").tells(self.title()))
            .with(self.legend())
            .with(of("span", "unit").tells(unit));
        let canvas = el("canvas")
            .node(self.canvas)
            .set("role", "img")
            .attr("aria-label", self.summary.clone());
        let body = of("div", "ch-body")
            .attr("style", px("height:", self.height_px))
            .with(canvas)
            .with(self.pad());
        of("figure", "ch")
            .key(key)
            .set("id", id)
            .with(head)
            .with(body)
            .with(table::fold(self))
    }

    fn legend(&self) -> El {
        let outcome = &self.now.outcome;
        let mut items = legend::items(self.kind, self.now.words, thresholds(outcome), self.reading);
        if self.kind == Kind::Metric && !outcome.compiled.plan.step_scaling.is_empty() {
            legend::own_alarms(&mut items, self.now.words, outcome);
        }
        if self.kind == Kind::Metric {
            legend::without_data(&mut items, &outcome.run);
        }
        if self.kind == Kind::Instances && !outcome.run.forecasts.is_empty() {
            legend::forecast(&mut items, self.now.words, self.reading);
        }
        if self.kind == Kind::Instances && !outcome.run.losses.is_empty() {
            legend::lost(&mut items, self.now.words);
        }
        if self.kind == Kind::Instances && scales_copies(&outcome.compiled.plan) {
            legend::instances(&mut items, self.now.words, self.reading);
        }
        if self.kind == Kind::Metric && !outcome.run.series.credits.is_empty() {
            legend::credits(&mut items, self.now.words, &outcome.run, self.reading);
        }
        if self.kind == Kind::Capacity {
            if outcome
                .report
                .credits
                .is_some_and(|it| it.throttled_s > 0.0)
            {
                legend::held(&mut items, self.now.words);
            }
            legend::keep(&mut items, self.waits, outcome.report.failed > 0.0);
            if outcome.report.on_demand.is_some() {
                legend::on_demand(&mut items, self.now.words);
            }
        }
        legend::legend(items)
    }

    fn title(&self) -> &'static str {
        speech::title(self.kind, self.now.words, &self.now.outcome)
    }

    fn metric_unit(&self) -> &'static str {
        match self.now.outcome.compiled.resolved.metric {
            name if name.counts_requests() => self.now.words.chart_unit_per_minute(),
            MetricName::CpuUtilization | MetricName::GpuUtilization => "%",
            name if name.is_high_resolution() => self.now.words.chart_unit_concurrent(),
            MetricName::ApproximateBacklogSize | MetricName::ApproximateBacklogSizePerInstance => {
                self.now.words.chart_unit_requests()
            }
            MetricName::ServerlessProvisionedConcurrencyUtilization => {
                self.now.words.chart_unit_share()
            }
            MetricName::NoCapacityInvocationFailures => self.now.words.chart_unit_per_minute(),
            _ => "",
        }
    }

    fn share(&self, at_s: f64) -> f64 {
        let window = self.now.window;
        (at_s - window.from_s) / window.span_s()
    }

    /// The plot: for assistive technology a slider over time.
    fn pad(&self) -> El {
        let (now, words) = (self.now, self.now.words);
        let cross_s = now.cursor_s.filter(|at_s| now.window.contains(*at_s));
        let title = self.title();
        let mut pad = pad()
            .set("tabindex", "0")
            .set("role", "slider")
            .attr("aria-label", words.chart_cursor(title).into())
            .set("aria-valuemin", "0")
            .attr("aria-valuemax", whole(now.length_s))
            .attr(
                "aria-valuenow",
                whole(now.cursor_s.unwrap_or(now.window.from_s)),
            )
            .attr("aria-valuetext", self.said())
            .with(layer(
                "cross",
                cross_s.map(|at_s| share("left:", self.share(at_s), "")),
            ))
            .with(layer("band", self.band.map(|band| self.stretch(band))));
        if self.kind == Kind::Capacity
            && let Some((at_s, reading)) = cross_s.zip(self.reading)
        {
            pad = pad.with(self.tip(at_s, reading));
        }
        pad
    }

    /// What stands under the cross-hair, in words.
    fn said(&self) -> AttrValue {
        match self.now.cursor_s.zip(self.reading) {
            Some((at_s, reading)) => self.read(at_s, reading),
            None => AttrValue::Static(self.now.words.chart_no_cursor()),
        }
    }

    #[inline(never)]
    fn read(&self, at_s: f64, reading: &Reading) -> AttrValue {
        let compiled = &self.now.outcome.compiled;
        let max_rps = compiled.plan.service.max_rps;
        let words = self.now.words;
        speech::reading(self.kind, words, &compiled.clock, at_s, max_rps, reading).into()
    }

    #[inline(never)]
    fn tip(&self, at_s: f64, reading: &Reading) -> El {
        let (words, compiled) = (self.now.words, &self.now.outcome.compiled);
        let time = speech::moment(words, &compiled.clock, at_s);
        let max_rps = compiled.plan.service.max_rps;
        tooltip::tooltip(words, time, self.share(at_s), max_rps, reading)
    }

    #[inline(never)]
    fn stretch(&self, (from_s, to_s): (f64, f64)) -> AttrValue {
        let (from, to) = (self.share(from_s), self.share(to_s));
        let left = share("left:", from.min(to), ";");
        share(&[&*left, "width:"].concat(), (to - from).abs(), "")
    }
}

/// A mark above the canvas, where it has a place.
#[inline(never)]
fn layer(name: &'static str, style: Option<AttrValue>) -> El {
    of("i", name)
        .key(name)
        .flag("hidden", style.is_none())
        .maybe("style", style)
}
