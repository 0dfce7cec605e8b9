//! The first policy's metric as its alarms see it: the target, the thresholds of alarms, and the time spent in ALARM, also that of an
//! account's own alarms.

use engine::{
    plan::{Comparison, TargetTracking},
    run::{AlarmColumn, AlarmRole, AlarmState, Series},
};
use scenario::metrics::MetricUnit;

use super::labels_for;
use crate::{
    bands::{Curve, in_alarm_shares},
    chart::{Chart, Column, LegendEntry, ReadValue, Room, Subject},
    moment::Moment,
    palette::Colour,
    pen::Drawn,
    picture::Picture,
    plot::Plot,
    scale::{Scale, robust_top},
    span::{Span, in_alarm, stretches},
    stretch::Stretch,
};

/// See the top of the file.
pub(super) struct Metric;

impl Chart for Metric {
    fn id(&self) -> &'static str {
        "metric"
    }

    fn height_px(&self, _room: Room) -> f64 {
        124.0
    }

    fn title(&self, subject: Subject<'_>) -> &'static str {
        subject.compiled.resolved.metric.name()
    }

    fn unit(&self, subject: Subject<'_>) -> &'static str {
        let words = subject.words;
        match subject.compiled.resolved.metric.spec().unit {
            MetricUnit::RequestsPerMinute => words.chart_unit_per_minute(),
            MetricUnit::RequestsInFlight => words.chart_unit_concurrent(),
            MetricUnit::RequestsInQueue => words.chart_unit_requests(),
            MetricUnit::Percent => "%",
            MetricUnit::Share => words.chart_unit_share(),
            MetricUnit::Flag => "",
        }
    }

    fn legend(&self, subject: Subject<'_>) -> Vec<LegendEntry> {
        let words = subject.words;
        let metric = LegendEntry::new("line demand", words.legend_metric());
        let mut entries = vec![metric.valued(|subject, moment| {
            let value = moment.value(moment.run.series.metric());
            Some(subject.words.metric(value))
        })];
        if let Some(Thresholds { high, low }) = thresholds(subject) {
            let target = words.legend_target(&words.threshold(high));
            let low = words.legend_low_alarm(&words.threshold(low));
            entries.push(LegendEntry::new("line target", target));
            entries.push(LegendEntry::new("dash", low));
            // Beside its state an alarm's name is enough; alone, the mark stands for being in ALARM.
            let alarm = |mark, name, short_name, state: ReadValue, role| LegendEntry {
                short_name: Some(short_name),
                usual: state_without_data(&subject.run.series, role),
                ..LegendEntry::new(mark, name).valued(state)
            };
            let high = alarm(
                "box waiting",
                words.legend_alarm_high(),
                "AlarmHigh",
                |_, moment| Some(state_at(moment, AlarmRole::High)),
                AlarmRole::High,
            );
            entries.push(LegendEntry {
                begins_line: true,
                ..high
            });
            entries.push(alarm(
                "box low",
                words.legend_alarm_low(),
                "AlarmLow",
                |_, moment| Some(state_at(moment, AlarmRole::Low)),
                AlarmRole::Low,
            ));
        }
        for own in own_alarms(subject) {
            let threshold = words.number(own.threshold, 1);
            let name = words.legend_own_alarm(sign(own.comparison), &threshold);
            let mark = if own.is_above() { "above" } else { "below" };
            entries.push(LegendEntry {
                usual: state_without_data(&subject.run.series, AlarmRole::Own),
                ..LegendEntry::new(mark, name)
            });
        }
        if subject.plan().missing_metric.is_some() {
            entries.push(LegendEntry::new("box missing", words.legend_missing()));
        }
        if !subject.account_alarms.is_empty() {
            let account = LegendEntry::new("box account", words.legend_account_alarms());
            entries.push(LegendEntry {
                short_name: Some(words.legend_account()),
                ..account.valued(|subject, moment| in_account(subject, moment.at_s, moment.at_s))
            });
        }
        entries
    }

    fn summary(&self, subject: Subject<'_>, stretch: &Stretch<'_>) -> String {
        let (words, name) = (subject.words, self.title(subject));
        let (column, extremes) = (subject.run.series.metric(), &subject.digest.metric);
        let mut sentence = match (stretch.range_of(column, extremes), tracked(subject)) {
            (None, _) => words.chart_summary_metric_none(name),
            (Some((low, high)), None) => {
                words.chart_summary_metric_alone(name, &words.metric(low), &words.metric(high))
            }
            (Some((low, high)), Some(policy)) => {
                let above = stretch.count_above(column, extremes, policy.target);
                words.chart_summary_metric(
                    name,
                    &words.metric(low),
                    &words.metric(high),
                    &words.threshold(policy.target),
                    &words.duration(stretch.periods_s(above)),
                )
            }
        };
        if let Some((from_s, to_s)) = missing(subject) {
            let lasts_s = to_s.min(stretch.to_s) - from_s.max(stretch.from_s);
            if lasts_s > 0.0 {
                sentence += " ";
                sentence += &words.chart_summary_missing(&words.duration(lasts_s));
            }
        }
        subject.of_stretch(stretch, &sentence)
    }

    fn reading(&self, subject: Subject<'_>, moment: &Moment<'_>) -> String {
        let words = subject.words;
        let value = words.metric(moment.value(subject.run.series.metric()));
        match in_account(subject, moment.at_s, moment.at_s) {
            None => value,
            Some(alarms) => [&value, ", ", words.legend_account_alarms(), " ", &alarms].concat(),
        }
    }

    fn columns(&self, subject: Subject<'_>) -> Vec<Column> {
        let mut columns = vec![Column::new(self.title(subject), |subject, row| {
            let range = row.range(row.run.series.metric());
            let highest = range.map_or(f64::NAN, |(_, high)| high);
            subject.words.metric(highest)
        })];
        if !subject.account_alarms.is_empty() {
            columns.push(Column::new(
                subject.words.legend_account_alarms(),
                |subject, row| in_account(subject, row.from_s, row.to_s).unwrap_or_default(),
            ));
        }
        columns
    }

    fn draw(&self, picture: &Picture<'_>, mut plot: Plot<'_>) -> Drawn {
        let (subject, palette) = (picture.subject, picture.palette);
        let series = &subject.run.series;
        let (columns, period_s) = (plot.columns(), subject.period_s());
        let metric = Curve::of(series.metric(), &subject.digest.metric, period_s, columns);
        let highs = metric.highs();
        let (thresholds, own) = (thresholds(subject), own_alarms(subject));
        // The axis reaches every alarm's threshold at least.
        let floor = thresholds.map_or(0.0, |t| t.high * 1.2);
        let floor = own
            .iter()
            .map(|own| own.threshold * 1.2)
            .fold(floor, f64::max);
        // Another metric would be another axis.
        let beside = picture.lines_beside(|it| {
            let is_same = it.compiled.plan.first_metric() == subject.plan().first_metric();
            let (series, digest) = (&it.run.series, it.digest);
            is_same.then(|| it.column(series.metric(), &digest.metric, columns))
        });
        let all = beside.highs().flatten().chain(highs.iter().copied());
        let top = robust_top(&all.map(|p| p.value).collect::<Vec<f64>>(), floor);
        plot.scale = Scale::linear(top, labels_for(&plot.layout), 0.0);

        // Each alarm is shaded on its own side of its threshold.
        let (above, below) = thresholds.map_or((0.0, 0.0), |t| (t.high, t.low.min(top)));
        let low = series.alarm(AlarmRole::Low);
        draw_in_alarm(&plot, low, period_s, (0.0, below), palette.low_fill)?;
        let (high, top) = (series.alarm(AlarmRole::High), plot.scale.max());
        draw_in_alarm(&plot, high, period_s, (above, top), palette.fail_fill)?;
        draw_own_alarms(picture, &plot, &own)?;
        let missing = stretches(&mut missing(subject).into_iter(), columns);
        let all_the_way = |span: Span| Span {
            low: 0.0,
            high: top,
            ..span
        };
        let missing: Vec<Span> = missing.into_iter().map(all_the_way).collect();
        plot.hatched(&missing, palette.label.faded(0.5))?;
        picture.axes(self, &plot, labels_for(&plot.layout))?;
        if let Some(thresholds) = thresholds {
            plot.threshold(thresholds.high, palette.target, 1.5, false)?;
            plot.threshold(thresholds.low, palette.label, 1.0, true)?;
        }
        for is_high in [false, true] {
            let alarms = subject.account_alarms.iter();
            let alarms = alarms.filter(|it| it.is_high == is_high);
            let spans = stretches(&mut alarms.map(|it| (it.from_s, it.to_s)), columns);
            plot.along_edge(&spans, is_high, palette.label)?;
        }
        plot.series(&metric, palette.demand, 1.3)?;
        beside.draw(&plot, false)?;
        let value_label = |value: f64| self.value_label(subject, value);
        plot.cut_off(&highs, palette.demand, &value_label)
    }
}

/// Returns from when to when metrics are missing, seconds from the start of the run.
fn missing(subject: Subject<'_>) -> Option<(f64, f64)> {
    let missing = subject.plan().missing_metric?;
    let length_s = f64::from(subject.plan().length_s);
    Some((missing.at_s, missing.end_s().min(length_s)))
}

/// Returns which of the account's alarms were in ALARM at some moment from one to another; `None`: none was.
fn in_account(subject: Subject<'_>, from_s: f64, to_s: f64) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for it in subject.account_alarms {
        if it.from_s <= to_s && it.to_s > from_s && !names.contains(&&*it.name) {
            names.push(&it.name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// Thresholds of the first target-tracking policy's alarms.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Thresholds {
    /// AlarmHigh: the target.
    high: f64,
    /// AlarmLow.
    low: f64,
}

fn tracked(subject: Subject<'_>) -> Option<&TargetTracking> {
    subject.plan().target_tracking.first()
}

fn thresholds(subject: Subject<'_>) -> Option<Thresholds> {
    let alarms = tracked(subject)?.alarms(&subject.plan().assumptions);
    let [high, low] = alarms.map(|alarm| alarm.threshold);
    Some(Thresholds { high, low })
}

/// The alarm of a step scaling policy on the metric that the chart shows.
#[derive(Clone, Copy, Debug, PartialEq)]
struct OwnAlarm {
    /// Index of the policy in the scenario.
    policy: usize,
    threshold: f64,
    comparison: Comparison,
}

impl OwnAlarm {
    /// Returns whether it fires above its threshold.
    fn is_above(self) -> bool {
        match self.comparison {
            Comparison::GreaterThanThreshold | Comparison::GreaterThanOrEqualToThreshold => true,
            Comparison::LessThanThreshold | Comparison::LessThanOrEqualToThreshold => false,
        }
    }
}

fn own_alarms(subject: Subject<'_>) -> Vec<OwnAlarm> {
    let plan = subject.plan();
    let policies = plan.step_scaling.iter();
    let shown = policies.filter(|policy| policy.alarm.metric == plan.first_metric());
    let alarm = shown.map(|policy| OwnAlarm {
        policy: policy.index,
        threshold: policy.alarm.threshold,
        comparison: policy.alarm.comparison,
    });
    alarm.collect()
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::GreaterThanThreshold => ">",
        Comparison::GreaterThanOrEqualToThreshold => "≥",
        Comparison::LessThanThreshold => "<",
        Comparison::LessThanOrEqualToThreshold => "≤",
    }
}

/// Returns an alarm's state as CloudWatch spells it.
fn state_name(state: AlarmState) -> String {
    let name = match state {
        AlarmState::Alarm => "ALARM",
        AlarmState::Ok => "OK",
        AlarmState::InsufficientData => "INSUFFICIENT_DATA",
    };
    name.to_owned()
}

fn state_at(moment: &Moment<'_>, role: AlarmRole) -> String {
    state_name(moment.alarm(moment.run.series.alarm(role)))
}

/// Returns the last state of an alarm whose metric has no datapoint in the run: there is nothing else to see.
fn state_without_data(series: &Series, role: AlarmRole) -> Option<String> {
    if !series.metric().iter().all(|value| value.is_nan()) {
        return None;
    }
    series.alarm(role).last().copied().map(state_name)
}

/// Grades of how much of a band's part an alarm is in ALARM.
const GRADES: usize = 5;

/// Shades the time that an alarm is in ALARM between two values. Where a pixel covers much time, the shade is as strong as much of
/// the time it is.
fn draw_in_alarm(
    plot: &Plot<'_>,
    states: &[AlarmState],
    period_s: f64,
    (low, high): (f64, f64),
    colour: Colour,
) -> Drawn {
    let columns = plot.columns();
    let limited = |(from_px, to_px)| Span {
        from_px,
        to_px,
        low,
        high,
    };
    let Some(shares) = in_alarm_shares(states, period_s, columns) else {
        let spans = in_alarm(states, period_s, columns).into_iter();
        let spans: Vec<Span> = spans
            .map(|span| limited((span.from_px, span.to_px)))
            .collect();
        return plot.filled(&spans, colour, 0.0);
    };
    for grade in 1..=GRADES {
        let of_grade = |share: f64| (share * GRADES as f64).ceil() as usize == grade;
        let spans = shares.iter().filter(|part| of_grade(part.2));
        let spans: Vec<Span> = spans.map(|part| limited((part.0, part.1))).collect();
        let shade = colour.faded(grade as f64 / GRADES as f64);
        plot.filled(&spans, shade, 0.0)?;
    }
    Ok(())
}

/// Draws the alarms of step scaling policies: their thresholds, and the time that they are in ALARM.
fn draw_own_alarms(picture: &Picture<'_>, plot: &Plot<'_>, all: &[OwnAlarm]) -> Drawn {
    let (most, palette) = (plot.scale.max(), picture.palette);
    for own in all {
        let mut alarms = picture.subject.run.series.alarms.iter();
        let is_it =
            |alarm: &&AlarmColumn| alarm.role == AlarmRole::Own && alarm.policy == own.policy;
        let states = alarms.find(is_it).map_or(&[][..], |alarm| &alarm.states);
        let threshold = own.threshold.clamp(0.0, most);
        let (low, high, colour) = if own.is_above() {
            (threshold, most, palette.fail_fill)
        } else {
            (0.0, threshold, palette.low_fill)
        };
        let period_s = picture.subject.period_s();
        draw_in_alarm(plot, states, period_s, (low, high), colour)?;
    }
    for own in all {
        plot.threshold(own.threshold, palette.target, 1.0, true)?;
    }
    Ok(())
}
