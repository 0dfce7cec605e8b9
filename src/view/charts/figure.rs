//! One chart's place in the page: heading, legend, canvas, and the layers above it that move without a new drawing.

use chart::{Kind, LEFT_PX, RIGHT_PX};
use yew::prelude::*;

/// What the pointer and the keys do on every chart.
#[derive(Clone, PartialEq)]
pub struct Handlers {
    pub down: Callback<PointerEvent>,
    pub moved: Callback<PointerEvent>,
    pub up: Callback<PointerEvent>,
    pub cancel: Callback<PointerEvent>,
    pub leave: Callback<PointerEvent>,
    pub double: Callback<MouseEvent>,
    pub key: Callback<KeyboardEvent>,
}

/// The cross-hair as assistive technology sees it: a slider over time.
pub struct Slider {
    pub name: String,
    pub now_s: f64,
    pub length_s: f64,
    pub said: String,
}

/// Everything that one chart shows.
pub struct Figure<'a> {
    pub kind: Kind,
    pub title: &'a str,
    pub unit: &'a str,
    pub legend: Html,
    pub summary: AttrValue,
    pub canvas: &'a NodeRef,
    pub height_px: f64,
    /// Where the cross-hair stands on the plot, 0 to 1, if it is in the window.
    pub cursor_share: Option<f64>,
    /// The stretch being selected, 0 to 1.
    pub band: Option<(f64, f64)>,
    pub slider: Slider,
    pub tip: Html,
    pub handlers: &'a Handlers,
    pub table: Html,
}

/// A share of the plot's width in CSS.
pub fn percent(share: f64) -> String {
    format!("{:.3}%", share.clamp(0.0, 1.0) * 100.0)
}

/// The sides of the plot in CSS: the same for every chart.
pub fn plot_sides() -> String {
    format!("left:{LEFT_PX}px;right:{RIGHT_PX}px")
}

impl Figure<'_> {
    /// The chart as elements.
    pub fn view(self) -> Html {
        let id = match self.kind {
            Kind::Capacity => "capacity",
            Kind::Instances => "instances",
            Kind::Metric => "metric",
            Kind::Latency => "latency",
            Kind::Overview => "overview",
        };
        let Handlers {
            down,
            moved,
            up,
            cancel,
            leave,
            double,
            key,
        } = self.handlers.clone();
        let cross = self
            .cursor_share
            .map(|share| AttrValue::from(format!("left:{}", percent(share))));
        let band = self.band.map(|(from, to)| {
            let (from, to) = if from <= to { (from, to) } else { (to, from) };
            AttrValue::from(format!(
                "left:{};width:{}",
                percent(from),
                percent(to - from)
            ))
        });
        html! {
            <figure key={id} class="ch" id={format!("chart-{id}")}>
                <div class="ch-head">
                    <h3>{ self.title }</h3>
                    { self.legend }
                    <span class="unit">{ self.unit }</span>
                </div>
                <div class="ch-body" style={format!("height:{}px", self.height_px)}>
                    <canvas ref={self.canvas.clone()} role="img" aria-label={self.summary} />
                    <div
                        class="pad"
                        style={plot_sides()}
                        tabindex="0"
                        role="slider"
                        aria-label={self.slider.name}
                        aria-valuemin="0"
                        aria-valuemax={format!("{:.0}", self.slider.length_s)}
                        aria-valuenow={format!("{:.0}", self.slider.now_s)}
                        aria-valuetext={self.slider.said}
                        onpointerdown={down}
                        onpointermove={moved}
                        onpointerup={up}
                        onpointercancel={cancel}
                        onpointerleave={leave}
                        ondblclick={double}
                        onkeydown={key}
                    >
                        <i key="cross" class="cross" hidden={cross.is_none()} style={cross.clone()} />
                        <i key="band" class="band" hidden={band.is_none()} style={band.clone()} />
                        { self.tip }
                    </div>
                </div>
                { self.table }
            </figure>
        }
    }
}
