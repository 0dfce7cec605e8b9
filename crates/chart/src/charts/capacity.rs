//! Demand against capacity, in requests per second. The distance between the two lines is the headroom.

use engine::{digest::Extremes, plan::Shortage};
use words::scales_copies;

use super::labels_for;
use crate::{
    bands::Curve,
    chart::{Chart, Column, LegendEntry, Room, Subject, TooltipRow},
    decimate::{exact, line},
    distress::{self, stretches},
    marks,
    moment::Moment,
    palette::Palette,
    pen::Drawn,
    picture::Picture,
    plot::{Plot, highest},
    scale::Scale,
    span::{Span, excess, failing, pending},
    stretch::Stretch,
};

/// See the top of the file.
pub(super) struct Capacity;

impl Chart for Capacity {
    fn id(&self) -> &'static str {
        "capacity"
    }

    fn height_px(&self, room: Room) -> f64 {
        match room {
            Room::Page => 264.0,
            Room::Narrow => 220.0,
            Room::Frame => 150.0,
        }
    }

    fn has_time_labels(&self) -> bool {
        true
    }

    fn title(&self, subject: Subject<'_>) -> &'static str {
        subject.words.chart_capacity()
    }

    fn unit(&self, subject: Subject<'_>) -> &'static str {
        subject.words.chart_unit_rps()
    }

    fn has_marks(&self) -> bool {
        true
    }

    fn legend(&self, subject: Subject<'_>) -> Vec<LegendEntry> {
        let (words, report) = (subject.words, subject.report);
        let mut entries = vec![
            LegendEntry::new("line demand", words.legend_demand()),
            LegendEntry::new("box cap", words.legend_in_service()),
            LegendEntry::new("box pend", words.legend_pending()),
        ];
        if attempts(subject).is_some() {
            entries.insert(
                1,
                LegendEntry::new("line attempts", words.legend_attempts()),
            );
        }
        // A calm run has neither of these to show.
        if is_short(subject) {
            entries.push(if report.on_demand.is_some() {
                LegendEntry::new("box low", words.legend_on_demand())
            } else {
                LegendEntry::new("box queued", words.legend_waiting())
            });
        }
        if report.failed > 0.0 {
            entries.push(LegendEntry::new("box fail", words.legend_failing()));
        }
        if !report.incidents.is_empty() {
            entries.push(if subject.plan().resource.has_shared_queue() {
                LegendEntry::new("box short", words.legend_behind())
            } else {
                LegendEntry::new("box short", words.legend_short())
            });
        }
        if report.credits.is_some_and(|it| it.throttled_s > 0.0) {
            entries.push(LegendEntry::new("line credit", words.legend_held()));
        }
        if subject.plan().resource.slow_instance().is_some() {
            entries.push(LegendEntry::new("line credit", words.legend_slowed()));
        }
        entries.extend(marks::kinds(subject).map(|(mark, name)| LegendEntry::new(mark, name)));
        entries
    }

    fn summary(&self, subject: Subject<'_>, stretch: &Stretch<'_>) -> String {
        let series = &subject.run.series;
        let (demand_rps, extremes) = (&series.demand_rps, &subject.digest.demand_rps);
        let (low, high) = stretch.range_of(demand_rps, extremes).unwrap_or_default();
        let (fewest, most) = stretch.in_service();
        let sentence = subject.words.chart_summary_capacity(
            &subject.rate(low),
            &subject.rate(high),
            &subject.rate(subject.capacity_rps(fewest)),
            &subject.rate(subject.capacity_rps(most)),
            &subject
                .words
                .compact(stretch.total_of(&series.failed_rps, &subject.digest.failing)),
        );
        let tried = attempts(subject).and_then(|attempts_rps| {
            let extremes = Extremes::of(attempts_rps, 0.0);
            let (_, high) = stretch.range_of(attempts_rps, &extremes)?;
            Some(subject.words.chart_summary_attempts(&subject.rate(high)))
        });
        let marked = marks::summary(subject, stretch);
        let sentences: Vec<String> = [Some(sentence), tried, marked]
            .into_iter()
            .flatten()
            .collect();
        subject.of_stretch(stretch, &sentences.join(" "))
    }

    fn reading(&self, subject: Subject<'_>, moment: &Moment<'_>) -> String {
        let (words, series) = (subject.words, &subject.run.series);
        let capacity = |instances| subject.rate(subject.capacity_rps(instances));
        let values = [
            (
                words.legend_demand(),
                subject.rate(moment.value(&series.demand_rps)),
            ),
            (words.legend_in_service(), capacity(moment.fleet.in_service)),
            (words.legend_pending(), capacity(moment.fleet.pending)),
            (
                words.legend_failing(),
                subject.rate(moment.value(&series.failed_rps)),
            ),
        ];
        let tried =
            attempts(subject).map(|it| (words.legend_attempts(), subject.rate(moment.value(it))));
        let all = (values.into_iter().chain(tried)).chain(marks::near(subject, moment));
        let all = all.map(|(name, value)| [name, " ", &value].concat());
        all.collect::<Vec<String>>().join(", ")
    }

    fn tooltip(&self, subject: Subject<'_>, moment: &Moment<'_>) -> Vec<TooltipRow> {
        let (words, series) = (subject.words, &subject.run.series);
        let row = |name, value| TooltipRow { name, value };
        let rate = |rps| words.value_rps(&subject.rate(rps));
        let instances = |name, count| {
            let rps = rate(subject.capacity_rps(count));
            row(name, [&*rps, " · ", &counted(subject, count)].concat())
        };
        let demand_rps = moment.value(&series.demand_rps);
        let mut rows = vec![
            row(words.legend_demand(), rate(demand_rps)),
            instances(words.legend_in_service(), moment.fleet.in_service),
            instances(words.legend_pending(), moment.fleet.pending),
        ];
        if let Some(attempts_rps) = attempts(subject) {
            let attempts = rate(moment.value(attempts_rps));
            rows.insert(1, row(words.legend_attempts(), attempts));
        }
        let failed_rps = moment.value(&series.failed_rps);
        if failed_rps > 0.0 {
            rows.push(row(words.legend_failing(), rate(failed_rps)));
        }
        let queue = moment.value(&series.queue);
        if queue >= 0.5 {
            let waiting = words.requests(queue.round() as u64, &words.compact(queue));
            rows.push(row(words.legend_queue(), waiting));
        }
        rows.extend(
            marks::near(subject, moment)
                .into_iter()
                .map(|(name, value)| row(name, value)),
        );
        rows
    }

    fn columns(&self, subject: Subject<'_>) -> Vec<Column> {
        let words = subject.words;
        let mut columns = vec![
            Column::new(words.table_demand_mean(), |subject, row| {
                subject.rate(row.mean(&row.run.series.demand_rps))
            }),
            Column::new(words.table_demand_peak(), |subject, row| {
                subject.rate(row.highest(&row.run.series.demand_rps))
            }),
            Column::new(words.table_in_service(), in_service),
            Column::new(words.table_failed(), |subject, row| {
                let failed = row.total(&row.run.series.failed_rps);
                subject.words.compact(failed)
            }),
        ];
        if attempts(subject).is_some() {
            columns.push(Column::new(words.table_attempts(), |subject, row| {
                subject.rate(attempts(subject).map_or(f64::NAN, |it| row.mean(it)))
            }));
        }
        if subject.plan().resource.slow_instance().is_some() {
            columns.push(Column::new(words.mark_slow(), |subject, row| {
                let slow = subject.plan().resource.slow_instance();
                let slow = slow.filter(|it| it.at_s < row.to_s && it.at_s + it.for_s > row.from_s);
                slow.map_or_else(String::new, |_| {
                    let slow = &subject.scenario.slow_instance;
                    subject.words.slow_instance(slow)
                })
            }));
        }
        if marks::shortage(subject).is_some() {
            columns.push(Column::new(words.mark_shortage(), |subject, row| {
                let lasts = |it: &Shortage| it.at_s < row.to_s && it.at_s + it.for_s > row.from_s;
                let shortage = marks::shortage(subject).filter(lasts);
                shortage.map_or_else(String::new, |_| {
                    subject.words.shortage(&subject.scenario.launch_capacity)
                })
            }));
        }
        columns
    }

    fn draw(&self, picture: &Picture<'_>, mut plot: Plot<'_>) -> Drawn {
        let (subject, palette) = (picture.subject, picture.palette);
        let (run, series, digest) = (subject.run, &subject.run.series, subject.digest);
        let (columns, period_s) = (plot.columns(), subject.period_s());
        let max_rps = subject.plan().service.max_rps;
        let of_fleet = |value| {
            let run_s = (period_s, f64::from(subject.plan().length_s));
            Curve::of_fleet(&run.fleet, value, max_rps, run_s, columns)
        };
        let in_service = of_fleet(|c| c.in_service);
        let with_pending = of_fleet(|c| c.in_service + c.pending);
        let is_banded = !in_service.band.is_empty();
        let nodes = subject.plan().demand.nodes();
        let demand = (!nodes.is_empty())
            .then(|| exact(nodes, columns))
            .flatten()
            .map(Curve::from)
            .unwrap_or_else(|| {
                Curve::of(&series.demand_rps, &digest.demand_rps, period_s, columns)
            });
        let attempts = attempts(subject).map(|attempts_rps| {
            Curve::of(
                attempts_rps,
                &Extremes::of(attempts_rps, 0.0),
                period_s,
                columns,
            )
        });
        let (demand_rps, capacity_rps) = (&series.demand_rps, &series.capacity_rps);
        let waiting = excess(demand_rps, capacity_rps, &digest.short, period_s, columns);
        let failed_rps = &series.failed_rps;
        let failing = failing(demand_rps, failed_rps, &digest.failing, period_s, columns);
        let failing_top = failing.iter().map(|s| s.high).fold(0.0, f64::max);
        let tops = [&in_service, &with_pending, &demand].map(Curve::highs);
        let beside = picture.lines_beside(|it| {
            let each_rps = it.compiled.plan.service.max_rps;
            Some(it.fleet(|c| c.in_service, each_rps, columns))
        });
        let tried = attempts.iter().map(Curve::highs);
        let all: Vec<_> = (tops.iter().cloned().chain(tried))
            .chain(beside.highs())
            .collect();
        let top = highest(&all).max(failing_top);
        plot.scale = Scale::linear(top * 1.02, labels_for(&plot.layout), 0.0);

        let distress = stretches(&run.distress, period_s, columns);
        plot.area(&in_service.lows(), palette.capacity_fill)?;
        plot.band(&in_service, palette.capacity_fill.faded(0.6))?;
        shade(&plot, &distress, palette)?;
        picture.axes(self, &plot, labels_for(&plot.layout))?;
        if is_banded {
            let [in_service, with_pending, _] = &tops;
            plot.between(in_service, with_pending, palette.pending.faded(0.5))?;
            plot.filled(&failing, palette.fail.faded(WAITING), 1.5)?;
        } else {
            plot.hatched(&pending(&run.fleet, max_rps, columns), palette.pending)?;
            // What a serverless endpoint has no provisioned concurrency for does not wait: it is served on demand.
            let waits = series.on_demand.is_empty();
            let fill = if waits {
                palette.fail.faded(WAITING)
            } else {
                palette.low_fill
            };
            plot.filled(&waiting, fill, 0.0)?;
            plot.filled(&failing, palette.fail, 1.5)?;
        }
        plot.curve(&in_service.line, palette.capacity, 1.6)?;
        slowed_capacity(picture, &plot)?;
        if let Some(attempts) = &attempts {
            plot.band(attempts, palette.demand.faded(0.2))?;
            plot.dashed(&attempts.line, palette.demand, 1.4)?;
        }
        plot.series(&demand, palette.demand, 1.5)?;
        beside.draw(&plot, true)?;
        plot.rug(&distress, palette.fail)?;
        let marks = marks::placed(subject, columns);
        let labels = distress::places(&subject.report.incidents, columns).map(|place| {
            let lasts = subject.words.duration_short(place.lasts_s);
            let text = if subject.plan().resource.has_shared_queue() {
                subject.words.chart_behind(&lasts)
            } else {
                subject.words.chart_short(&lasts)
            };
            ((place.from_px, place.to_px), text)
        });
        let written = plot.strip_labels(labels, &marks, palette.fail)?;
        plot.marks(&marks, &written, palette)
    }
}

/// Below this width a stretch of distress is stronger, CSS pixels: what is pale has to be wide to be seen.
const NARROW_PX: f64 = 12.0;
/// Stretches are few where they have this much room each, CSS pixels. Many are seen without being strong.
const FEW_PX: f64 = 40.0;
/// How opaque distress is where it is wide, so that capacity is seen through it.
const DISTRESS: f64 = 0.15;
/// How opaque what waits is, in front of distress.
const WAITING: f64 = 0.35;

/// Shades stretches of distress.
fn shade(plot: &Plot<'_>, distress: &[Span], palette: &Palette) -> Drawn {
    let few = plot.layout.plot_width_px() / FEW_PX;
    let is_few = (distress.len() as f64) < few;
    let is_narrow = |span: &Span| is_few && span.to_px - span.from_px < NARROW_PX;
    let (narrow, wide): (Vec<Span>, Vec<Span>) = distress.iter().copied().partition(is_narrow);
    plot.shaded(&narrow, palette.fail_fill)?;
    plot.shaded(&narrow, palette.fail.faded(WAITING))?;
    plot.shaded(&wide, palette.fail.faded(DISTRESS))
}

/// Returns the rate of attempts in each period, where any request is tried again.
fn attempts(subject: Subject<'_>) -> Option<&[f32]> {
    let is_tried_again = (subject.report.retries).is_some_and(|it| it.retries >= 0.5);
    let retried = subject.run.retried.as_ref().filter(|_| is_tried_again)?;
    Some(&retried.attempts_rps)
}

/// Returns so many of what scales, with what they are.
fn counted(subject: Subject<'_>, count: u32) -> String {
    let (words, n) = (subject.words, subject.count(count));
    let many = u64::from(count);
    if scales_copies(subject.plan()) {
        words.copies(many, &n)
    } else if subject.compiled.platform.rules().has_instances {
        words.instances(many, &n)
    } else {
        words.units(many, &n)
    }
}

/// Returns whether demand exceeds capacity at any time of the run.
fn is_short(subject: Subject<'_>) -> bool {
    let (demand, capacity) = (
        &subject.run.series.demand_rps,
        &subject.run.series.capacity_rps,
    );
    let mut periods = subject.digest.short.within(0..demand.len()).flatten();
    periods.any(|period| {
        let both = demand.get(period).zip(capacity.get(period));
        both.is_some_and(|(demand, capacity)| *demand > capacity * 1.001)
    })
}

/// Returns the fewest to the most instances in service.
pub(super) fn in_service(subject: Subject<'_>, stretch: &Stretch<'_>) -> String {
    let (fewest, most) = stretch.in_service();
    if fewest == most {
        subject.count(most)
    } else {
        let words = subject.words;
        words.value_range(&subject.count(fewest), &subject.count(most))
    }
}

/// Draws the capacity of instances that are held to their baseline for want of CPU credits, or of which one is slow, while they are.
fn slowed_capacity(picture: &Picture<'_>, plot: &Plot<'_>) -> Drawn {
    let (run, plan) = (picture.subject.run, picture.subject.plan());
    let held = run.credits.iter().flat_map(|it| &it.throttled);
    let held = held.map(|stretch| (stretch.from_s, stretch.until_s));
    let slow = plan.resource.slow_instance();
    let slow = slow.map(|slow| (slow.at_s, slow.at_s + slow.for_s));
    let mut stretches = held.chain(slow).peekable();
    if stretches.peek().is_none() {
        return Ok(());
    }
    let (period_s, capacity) = (picture.subject.period_s(), &run.series.capacity_rps);
    let mut slowed = vec![f32::NAN; capacity.len()];
    for (from_s, until_s) in stretches {
        let from = (from_s / period_s) as usize;
        let until = ((until_s / period_s).ceil() as usize).min(capacity.len());
        let places = slowed.get_mut(from..until).into_iter().flatten();
        for (place, rps) in places.zip(capacity.get(from..until).into_iter().flatten()) {
            *place = *rps;
        }
    }
    let points = line(
        &slowed,
        &Extremes::of(&slowed, 0.0),
        period_s,
        plot.columns(),
    );
    plot.curve(&points, picture.palette.warn, 1.4)
}
