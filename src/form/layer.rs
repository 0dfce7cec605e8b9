//! One layer of demand: its fields by its kind, its line of values, and what can be done with any item of a list.

use scenario::{
    compile::Warning,
    document::{GrowthBy, GrowthPer, Layer, NoiseFactor, Scenario, Shape},
    time::{LocalTime, Weekday},
};
use words::Words;
use yew::prelude::*;

use super::fields::{Fields, Line, More, Say, at, nothing};
use crate::{state::Action, typed::List};

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

const WORKDAYS: [Weekday; 5] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
];

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
            days: WORKDAYS.to_vec(),
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

/// The name of a shape's kind in paths and files.
pub fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Steady { .. } => "steady",
        Shape::DailyCurve { .. } => "daily_curve",
        Shape::OfficeHours { .. } => "office_hours",
        Shape::MonthStart { .. } => "month_start",
        Shape::Event { .. } => "event",
        Shape::Growth { .. } => "growth",
        Shape::Noise { .. } => "noise",
        Shape::Trace { .. } => "trace",
    }
}

/// Colour of a kind.
pub fn colour(kind: &str) -> &'static str {
    KINDS
        .iter()
        .find(|known| known.name == kind)
        .map_or("--target", |known| known.colour)
}

/// What a kind is called.
pub fn kind_name(words: Words, kind: &str) -> &'static str {
    match kind {
        "steady" => words.layer_steady(),
        "daily_curve" => words.layer_daily_curve(),
        "office_hours" => words.layer_office_hours(),
        "month_start" => words.layer_month_start(),
        "event" => words.layer_event(),
        "growth" => words.layer_growth(),
        "noise" => words.layer_noise(),
        _ => words.layer_trace(),
    }
}

/// "Event: kick-off".
pub fn title(words: Words, layer: &Layer) -> String {
    let kind = kind_name(words, kind(&layer.shape));
    if layer.name.trim().is_empty() {
        kind.to_owned()
    } else {
        words.layer_named(kind, &layer.name)
    }
}

/// A layer's values in one line.
pub fn summary(words: Words, layer: &Layer) -> String {
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
        shape => other_summary(words, shape),
    }
}

/// The same of shapes that the default scenario has not.
fn other_summary(words: Words, shape: &Shape) -> String {
    let rps = |rate: &f64| words.number(*rate, 2);
    match shape {
        // Said already.
        Shape::DailyCurve { .. } | Shape::Event { .. } => String::new(),
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
            words.layer_growth_summary(&amount, period(words, *per))
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

fn period(words: Words, per: GrowthPer) -> &'static str {
    match per {
        GrowthPer::Day => words.per_day(),
        GrowthPer::Week => words.per_week(),
        GrowthPer::Month => words.per_month_unit(),
        GrowthPer::Year => words.per_year(),
    }
}

/// A layer's fields.
pub fn of_layer(fields: &Fields, index: usize, layer: &Layer) -> Html {
    let item = List::Demand.item(index);
    let outside = |warning: &Warning| matches!(warning, Warning::LayerOutsideRun { layer } if *layer == index);
    html! {
        <>
            { fields.warnings(outside) }
            { of_kind(fields, &at(&item, kind(&layer.shape)), &layer.shape) }
            { fields.wide(at(&item, "name"), Words::layer_name) }
            { fields.leaves(&item, &[("off", Words::layer_leave_out, nothing)]) }
            { moves(fields, List::Demand, index) }
        </>
    }
}

const STEADY: [Line; 1] = [("rps", Words::field_rps, nothing)];

const DAILY_CURVE: [Line; 3] = [
    ("quiet_rps", Words::field_layer_quiet_rps, nothing),
    ("peak_rps", Words::field_layer_peak_rps, nothing),
    ("peak_at", Words::field_peak_at, nothing),
];

const fn on_days(days: Say) -> [Line; 5] {
    [
        ("rps", Words::field_rps, nothing),
        ("days", days, nothing),
        ("from", Words::field_from, nothing),
        ("to", Words::field_to, nothing),
        ("ramp_min", Words::field_ramp_min, nothing),
    ]
}
const OFFICE_HOURS: [Line; 5] = on_days(Words::field_days);
const MONTH_START: [Line; 5] = on_days(Words::field_first_days);

const EVENT: [Line; 5] = [
    ("at", Words::field_at, nothing),
    ("rps", Words::field_rps, nothing),
    ("ramp_up_min", Words::field_ramp_up_min, nothing),
    ("hold_min", Words::field_hold_min, nothing),
    ("decay_min", Words::field_decay_min, nothing),
];

const NOISE: [Line; 1] = [(
    "percent",
    Words::field_noise_percent,
    Words::field_noise_percent_about,
)];

const TRACE: [Line; 1] = [("scale", Words::field_scale, Words::field_scale_about)];

/// The fields of a kind of layer.
fn of_kind(fields: &Fields, stem: &str, shape: &Shape) -> Html {
    let lines: &[Line] = match shape {
        Shape::Steady { .. } => &STEADY,
        Shape::DailyCurve { .. } => &DAILY_CURVE,
        Shape::OfficeHours { .. } => &OFFICE_HOURS,
        Shape::MonthStart { .. } => &MONTH_START,
        Shape::Event { .. } => &EVENT,
        Shape::Growth { .. } => return growth(fields, stem),
        Shape::Noise { factor, .. } => return noise(fields, stem, *factor),
        Shape::Trace { .. } => &TRACE,
    };
    fields.leaves(stem, lines)
}

/// How the factor goes on is shown where it is as in links of version 1: nobody needs to choose that anew.
fn noise(fields: &Fields, stem: &str, factor: NoiseFactor) -> Html {
    if factor.is_usual() {
        return fields.leaves(stem, &NOISE);
    }
    let words = fields.words();
    let factors = More {
        about: Words::field_noise_factor_about,
        choices: vec![
            ("constant_within_minutes", words.noise_constant()),
            ("straight_between_minutes", words.noise_straight()),
        ],
        wide: true,
        ..More::default()
    };
    html! {
        <>
            { fields.leaves(stem, &NOISE) }
            { fields.field(at(stem, "factor"), Words::field_noise_factor, factors) }
        </>
    }
}

fn growth(fields: &Fields, stem: &str) -> Html {
    let words = fields.words();
    let kinds = More {
        choices: vec![
            ("percent", words.growth_percent()),
            ("rps", words.growth_rps()),
        ],
        ..More::default()
    };
    let periods = More {
        choices: vec![
            ("day", words.per_day()),
            ("week", words.per_week()),
            ("month", words.per_month_unit()),
            ("year", words.per_year()),
        ],
        ..More::default()
    };
    html! {
        <>
            { fields.field(at(stem, "kind"), Words::field_growth_kind, kinds) }
            { fields.leaves(stem, &[("by", Words::field_growth_by, nothing)]) }
            { fields.field(at(stem, "per"), Words::field_growth_per, periods) }
        </>
    }
}

/// Move up, move down, remove.
pub fn moves(fields: &Fields, list: List, index: usize) -> Html {
    let words = fields.words();
    let count = fields.items(list).count();
    let does = |says, action: Action, disabled| {
        let onclick = action.on_click(&fields.shown.on);
        html! { <button class="add" type="button" {disabled} {onclick}>{ says }</button> }
    };
    let up = Action::SwapWithNext(list, index.wrapping_sub(1));
    let down = Action::SwapWithNext(list, index);
    html! {
        <p class="moves">
            { does(words.move_up(), up, index == 0) }
            { does(words.move_down(), down, index + 1 >= count) }
            { does(words.remove(), Action::Remove(list, index), false) }
        </p>
    }
}
