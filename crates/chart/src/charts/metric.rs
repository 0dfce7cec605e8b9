//! The first policy's metric as its alarms see it: the target, both thresholds, and the time spent in ALARM.

use engine::run::{AlarmColumn, AlarmRole};
use plotters_backend::DrawingBackend;

use super::{OwnAlarm, Picture, credits, labels_for};
use crate::{
    decimate::line,
    pen::Drawn,
    plot::Plot,
    scale::{Scale, robust_top},
    span::{Span, in_alarm},
};

pub(super) fn draw<DB: DrawingBackend>(picture: &Picture<'_>, mut plot: Plot<'_, DB>) -> Drawn<DB> {
    let (series, palette) = (&picture.run.series, picture.palette);
    let (columns, period_s) = (plot.columns(), picture.period_s());
    let metric = line(series.metric(), period_s, columns, false);
    let own = picture.own_alarms;
    let floor = picture.thresholds.map_or(0.0, |t| t.high * 1.2);
    let floor = if own.is_empty() {
        floor
    } else {
        floor_above(own, floor)
    };
    let top = robust_top(&metric.iter().map(|p| p.value).collect::<Vec<f64>>(), floor);
    plot.scale = Scale::linear(top, labels_for(&plot.layout), 0.0);

    let low = in_alarm(series.alarm(AlarmRole::Low), period_s, columns);
    let high = in_alarm(series.alarm(AlarmRole::High), period_s, columns);
    // Each alarm is shaded on its own side of its threshold.
    let (above, below) = picture
        .thresholds
        .map_or((0.0, 0.0), |t| (t.high, t.low.min(top)));
    let limited = |spans: Vec<Span>, low: f64, high: f64| -> Vec<Span> {
        spans
            .into_iter()
            .map(|span| Span { low, high, ..span })
            .collect()
    };
    plot.filled(&limited(low, 0.0, below), palette.low_fill, 0.0)?;
    let top = plot.scale.max();
    plot.filled(&limited(high, above, top), palette.fail_fill, 0.0)?;
    if !own.is_empty() {
        own_alarms(picture, &plot)?;
    }
    plot.axes(
        palette,
        &plot.scale.ticks(labels_for(&plot.layout)),
        picture.value_label,
        picture.times,
    )?;
    if let Some(thresholds) = picture.thresholds {
        plot.threshold(thresholds.high, palette.target, 1.5, false)?;
        plot.threshold(thresholds.low, palette.label, 1.0, true)?;
    }
    plot.curve(&metric, palette.demand, 1.3)?;
    if !series.credits.is_empty() {
        credits::beside_metric(picture, &mut plot)?;
    }
    plot.cut_off(&metric, palette.demand, picture.value_label)
}

/// The top that the axis reaches at least, to show every alarm's threshold.
#[inline(never)]
fn floor_above(own: &[OwnAlarm], floor: f64) -> f64 {
    let thresholds = own.iter().map(|own| own.threshold * 1.2);
    thresholds.fold(floor, f64::max)
}

/// The alarms of step scaling policies: their thresholds, and the time that they are in ALARM.
#[inline(never)]
fn own_alarms<DB: DrawingBackend>(picture: &Picture<'_>, plot: &Plot<'_, DB>) -> Drawn<DB> {
    let (most, palette) = (plot.scale.max(), picture.palette);
    for own in picture.own_alarms {
        let mut alarms = picture.run.series.alarms.iter();
        let is_it =
            |alarm: &&AlarmColumn| alarm.role == AlarmRole::Own && alarm.policy == own.policy;
        let states = alarms.find(is_it).map_or(&[][..], |alarm| &alarm.states);
        let threshold = own.threshold.clamp(0.0, most);
        let (low, high, colour) = if own.above {
            (threshold, most, palette.fail_fill)
        } else {
            (0.0, threshold, palette.low_fill)
        };
        let spans = in_alarm(states, picture.period_s(), plot.columns());
        let limited = spans.into_iter().map(|span| Span { low, high, ..span });
        plot.filled(&limited.collect::<Vec<Span>>(), colour, 0.0)?;
    }
    for own in picture.own_alarms {
        plot.threshold(own.threshold, palette.target, 1.0, true)?;
    }
    Ok(())
}
