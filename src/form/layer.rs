//! One layer of demand: its fields by its kind, and its line of values.

use scenario::{
    compile::Warning,
    document::{GrowthBy, GrowthPer, Layer, NoiseFactor, Scenario, Shape, shape},
    field::{ItemField, ItemId, List},
    time::{LocalTime, Weekday},
};
use words::Words;
use yew::prelude::*;

use super::{FormProps, choices};

/// A kind of layer: its name in paths, its colour, a layer to begin with.
pub struct KindOfLayer {
    /// Name in paths and files.
    pub name: &'static str,
    /// A variable of the style sheet.
    pub colour: &'static str,
    /// What its menu entry adds.
    pub shape: fn(&Scenario, f64) -> Shape,
}

fn clock(hour: u32, minute: u32) -> LocalTime {
    LocalTime::new(hour, minute, 0).unwrap_or_default()
}

/// The kinds that the menu offers; rates begin at the size of the demand there is.
pub const KINDS: [KindOfLayer; 7] = [
    KindOfLayer {
        name: "steady",
        colour: "--cap",
        shape: |_, rps| Shape::Steady { rps },
    },
    KindOfLayer {
        name: "daily_curve",
        colour: "--cap",
        shape: |_, rps| Shape::DailyCurve {
            quiet_rps: (rps / 4.0).round(),
            peak_rps: rps,
            peak_at: clock(20, 0),
        },
    },
    KindOfLayer {
        name: "office_hours",
        colour: "--accent",
        shape: |_, rps| Shape::OfficeHours {
            days: Weekday::WORKDAYS.to_vec(),
            from: clock(8, 0),
            to: clock(18, 0),
            rps,
            ramp_min: 60.0,
        },
    },
    KindOfLayer {
        name: "month_start",
        colour: "--warn",
        shape: |_, rps| Shape::MonthStart {
            days: 3,
            from: clock(8, 0),
            to: clock(18, 0),
            rps,
            ramp_min: 60.0,
        },
    },
    KindOfLayer {
        name: "event",
        colour: "--fail",
        shape: |scenario, rps| Shape::Event {
            at: scenario.start.at(clock(20, 0)),
            rps: rps * 2.0,
            ramp_up_min: 10.0,
            hold_min: 60.0,
            decay_min: 30.0,
        },
    },
    KindOfLayer {
        name: "growth",
        colour: "--good",
        shape: |_, _| Shape::Growth {
            by: GrowthBy::Percent(10.0),
            per: GrowthPer::Month,
        },
    },
    KindOfLayer {
        name: "noise",
        colour: "--ink3",
        shape: |_, _| Shape::Noise {
            percent: 5.0,
            factor: NoiseFactor::default(),
        },
    },
];

/// Returns the colour of a kind.
pub fn colour(kind: &str) -> &'static str {
    KINDS
        .iter()
        .find(|known| known.name == kind)
        .map_or("--target", |known| known.colour)
}

/// Returns a layer's title: `Event: kick-off`.
pub fn title(words: Words, layer: &Layer) -> String {
    let kind = words.layer_kind(layer.shape.kind());
    if layer.name.trim().is_empty() {
        kind.to_owned()
    } else {
        words.layer_named(kind, &layer.name)
    }
}

/// Returns a layer's values in one line.
pub fn summary(words: Words, id: ItemId, layer: &Layer) -> String {
    if layer.off {
        return words.layer_off().to_owned();
    }
    let rps = |rate: &f64| words.number(*rate, 2);
    let minutes = |min: &f64| words.duration_short(min * 60.0);
    match &layer.shape {
        Shape::DailyCurve {
            quiet_rps,
            peak_rps,
            peak_at,
        } => {
            words.layer_daily_curve_summary(&rps(quiet_rps), &rps(peak_rps), &words.time(*peak_at))
        }
        Shape::Event {
            at,
            rps: rate,
            ramp_up_min,
            hold_min,
            ..
        } => words.layer_event_summary(
            &rps(rate),
            &minutes(ramp_up_min),
            &minutes(hold_min),
            &words.date_time(*at),
        ),
        Shape::Steady { rps: rate } => words.layer_steady_summary(&rps(rate)),
        Shape::OfficeHours {
            days,
            from,
            to,
            rps: rate,
            ..
        } => words.layer_office_hours_summary(
            &rps(rate),
            &words.weekdays(days),
            &words.time(*from),
            &words.time(*to),
        ),
        Shape::MonthStart {
            days, rps: rate, ..
        } => words.layer_month_start_summary(u64::from(*days), &rps(rate), &days.to_string()),
        Shape::Growth { by, per } => {
            let amount = match by {
                GrowthBy::Rps(rate) => words.value_rps(&rps(rate)),
                GrowthBy::Percent(percent) => words.percent(percent / 100.0, 2),
            };
            let period = choices::called(words, shape::growth::per.of(id), per.name());
            words.layer_growth_summary(&amount, period)
        }
        Shape::Noise { percent, .. } => {
            words.layer_noise_summary(&words.percent(percent / 100.0, 2))
        }
        Shape::Trace { trace, scale } => words.layer_trace_summary(
            &words.duration_short(trace.length_s()),
            &words.date_time(trace.start),
            &words.significant(trace.peak().1 / f64::from(trace.step_s()) * scale),
        ),
    }
}

/// Returns a layer's fields.
pub fn of_layer(form: &FormProps, index: usize, id: ItemId, layer: &Layer) -> Html {
    let outside = |warning: &Warning| matches!(warning, Warning::LayerOutsideRun { layer } if *layer == index);
    html! {
        <>
            { form.warnings(outside) }
            { form.rows(of_kind(&layer.shape).iter().map(|field| field.of(id))) }
            if let Shape::Trace { trace, .. } = &layer.shape && trace.is_rounded() {
                <p class="says">{ form.words.came_rounded() }</p>
            }
            if let Shape::Noise { factor, .. } = layer.shape {
                // It is shown where it is as in links of version 1: nobody needs to choose that anew.
                if !factor.is_usual() {
                    { form.wide(shape::noise::factor.of(id)) }
                }
            }
            { form.wide(Layer::name.of(id)) }
            { form.row(Layer::off.of(id)) }
        </>
    }
}

/// Returns the fields of a kind of layer.
fn of_kind(shape: &Shape) -> &'static [ItemField] {
    use shape::{daily_curve, event, growth, month_start, noise, office_hours, steady, trace};
    match shape {
        Shape::Steady { .. } => &[steady::rps],
        Shape::DailyCurve { .. } => &[
            daily_curve::quiet_rps,
            daily_curve::peak_rps,
            daily_curve::peak_at,
        ],
        Shape::OfficeHours { .. } => &[
            office_hours::rps,
            office_hours::days,
            office_hours::from,
            office_hours::to,
            office_hours::ramp_min,
        ],
        Shape::MonthStart { .. } => &[
            month_start::rps,
            month_start::days,
            month_start::from,
            month_start::to,
            month_start::ramp_min,
        ],
        Shape::Event { .. } => &[
            event::at,
            event::rps,
            event::ramp_up_min,
            event::hold_min,
            event::decay_min,
        ],
        Shape::Growth { .. } => &[GROWTH_KIND, growth::by, growth::per],
        Shape::Noise { .. } => &[noise::percent],
        Shape::Trace { .. } => &[trace::scale],
    }
}

/// By what demand grows: requests or percent.
const GROWTH_KIND: ItemField = List::Demand.field("growth.kind");
