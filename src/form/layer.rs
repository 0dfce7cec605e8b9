//! One layer of demand: its fields by its kind, its line of values, and what can be done with any item of a list.

use scenario::{
    compile::Warning,
    document::{GrowthBy, GrowthPer, Layer, Scenario, Shape},
    time::{LocalTime, Weekday},
};
use words::Words;
use yew::prelude::*;

use super::fields::{Fields, More};
use crate::{
    parts::{button, list, of},
    state::Action,
    typed::List,
};

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
        shape: |_, _| Shape::Noise { percent: 5.0 },
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
        Shape::Steady { rps: rate } => words.layer_steady_summary(&rps(rate)),
        Shape::DailyCurve {
            quiet_rps,
            peak_rps,
            peak_at,
        } => {
            words.layer_daily_curve_summary(&rps(quiet_rps), &rps(peak_rps), &words.time(*peak_at))
        }
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
        Shape::Growth { by, per } => {
            let amount = match by {
                GrowthBy::Rps(rate) => words.value_rps(&rps(rate)),
                GrowthBy::Percent(percent) => words.percent(percent / 100.0, 2),
            };
            words.layer_growth_summary(&amount, period(words, *per))
        }
        Shape::Noise { percent } => words.layer_noise_summary(&words.percent(percent / 100.0, 2)),
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

/// Path of a field of an item.
#[inline(never)]
pub fn at(item: &str, leaf: &str) -> AttrValue {
    [item, ".", leaf].concat().into()
}

/// A layer's fields.
#[inline(never)]
pub fn body(fields: &Fields, index: usize, layer: &Layer) -> Vec<Html> {
    let words = fields.words();
    let item = List::Demand.item(index);
    let outside = |warning: &Warning| matches!(warning, Warning::LayerOutsideRun { layer } if *layer == index);
    vec![
        fields.warnings(&outside),
        of_kind(fields, &at(&item, kind(&layer.shape)), &layer.shape),
        fields.wide(at(&item, "name"), words.layer_name()),
        fields.plain(at(&item, "off"), words.layer_leave_out(), ""),
        moves(fields, List::Demand, index),
    ]
}

/// The fields of a kind of layer.
fn of_kind(fields: &Fields, stem: &str, shape: &Shape) -> Html {
    let words = fields.words();
    let plain = |leaf: &str, label: &'static str| fields.plain(at(stem, leaf), label, "");
    let shown = match shape {
        Shape::Steady { .. } => vec![plain("rps", words.field_rps())],
        Shape::DailyCurve { .. } => vec![
            plain("quiet_rps", words.field_layer_quiet_rps()),
            plain("peak_rps", words.field_layer_peak_rps()),
            plain("peak_at", words.field_peak_at()),
        ],
        Shape::OfficeHours { .. } => on_days(fields, stem, words.field_days()),
        Shape::MonthStart { .. } => on_days(fields, stem, words.field_first_days()),
        Shape::Event { .. } => vec![
            plain("at", words.field_at()),
            plain("rps", words.field_rps()),
            plain("ramp_up_min", words.field_ramp_up_min()),
            plain("hold_min", words.field_hold_min()),
            plain("decay_min", words.field_decay_min()),
        ],
        Shape::Growth { .. } => growth(fields, stem),
        Shape::Noise { .. } => {
            let about = words.field_noise_percent_about();
            vec![fields.plain(at(stem, "percent"), words.field_noise_percent(), about)]
        }
        Shape::Trace { .. } => {
            let about = words.field_scale_about();
            vec![fields.plain(at(stem, "scale"), words.field_scale(), about)]
        }
    };
    list(shown)
}

#[inline(never)]
fn on_days(fields: &Fields, stem: &str, days: &'static str) -> Vec<Html> {
    let words = fields.words();
    let plain = |leaf: &str, label: &'static str| fields.plain(at(stem, leaf), label, "");
    vec![
        plain("rps", words.field_rps()),
        plain("days", days),
        plain("from", words.field_from()),
        plain("to", words.field_to()),
        plain("ramp_min", words.field_ramp_min()),
    ]
}

#[inline(never)]
fn growth(fields: &Fields, stem: &str) -> Vec<Html> {
    let words = fields.words();
    let choose = |leaf: &str, label: &'static str, choices| {
        let more = More {
            choices,
            ..More::default()
        };
        fields.field(at(stem, leaf), label, more)
    };
    let kinds = vec![
        ("percent", words.growth_percent()),
        ("rps", words.growth_rps()),
    ];
    let periods = vec![
        ("day", words.per_day()),
        ("week", words.per_week()),
        ("month", words.per_month_unit()),
        ("year", words.per_year()),
    ];
    vec![
        choose("kind", words.field_growth_kind(), kinds),
        fields.plain(at(stem, "by"), words.field_growth_by(), ""),
        choose("per", words.field_growth_per(), periods),
    ]
}

/// Move up, move down, remove.
#[inline(never)]
pub fn moves(fields: &Fields, list: List, index: usize) -> Html {
    let words = fields.words();
    let count = fields.shown.now.ids.of(list).len();
    let does = |says: &'static str, action: Action| {
        let on_click = action.on_click(&fields.shown.on);
        button("add", AttrValue::Static(says), on_click)
    };
    let up = does(
        words.move_up(),
        Action::SwapWithNext(list, index.wrapping_sub(1)),
    );
    let down = does(words.move_down(), Action::SwapWithNext(list, index));
    of("p", "moves")
        .with(up.flag("disabled", index == 0).html())
        .with(down.flag("disabled", index + 1 >= count).html())
        .with(does(words.remove(), Action::Remove(list, index)).html())
        .html()
}
