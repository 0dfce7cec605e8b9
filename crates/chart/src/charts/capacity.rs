//! Demand against capacity, in requests per second. The distance between the two lines is the headroom.

use engine::digest::Extremes;

use super::labels_for;
use crate::{
    chart::{Chart, Column, LegendEntry, Room, Subject, TooltipRow},
    decimate::{exact, line, steps},
    moment::Moment,
    pen::Drawn,
    picture::Picture,
    plot::{Plot, highest},
    scale::Scale,
    span::{excess, failing, pending},
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

    fn legend(&self, subject: Subject<'_>) -> Vec<LegendEntry> {
        let (words, report) = (subject.words, subject.report);
        let mut entries = vec![
            LegendEntry::new("line demand", words.legend_demand()),
            LegendEntry::new("box cap", words.legend_in_service()),
            LegendEntry::new("box pend", words.legend_pending()),
        ];
        // A calm run has neither of these to show.
        if is_short(subject) {
            entries.push(if report.on_demand.is_some() {
                LegendEntry::new("box low", words.key_on_demand())
            } else {
                LegendEntry::new("box waiting", words.legend_waiting())
            });
        }
        if report.failed > 0.0 {
            entries.push(LegendEntry::new("box fail", words.legend_failing()));
        }
        if report.credits.is_some_and(|it| it.throttled_s > 0.0) {
            entries.push(LegendEntry::new("line p95", words.legend_held()));
        }
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
        subject.of_stretch(stretch, &sentence)
    }

    fn reading(&self, subject: Subject<'_>, moment: &Moment<'_>) -> String {
        let (words, series) = (subject.words, &subject.run.series);
        let capacity = |instances| subject.rate(subject.capacity_rps(instances));
        format!(
            "{} {}, {} {}, {} {}, {} {}",
            words.legend_demand(),
            subject.rate(moment.value(&series.demand_rps)),
            words.legend_in_service(),
            capacity(moment.fleet.in_service),
            words.legend_pending(),
            capacity(moment.fleet.pending),
            words.legend_failing(),
            subject.rate(moment.value(&series.failed_rps)),
        )
    }

    fn tooltip(&self, subject: Subject<'_>, moment: &Moment<'_>) -> Vec<TooltipRow> {
        let (words, series) = (subject.words, &subject.run.series);
        let row = |name, value| TooltipRow {
            name,
            value,
            count: None,
        };
        let instances = |name, count| TooltipRow {
            name,
            value: subject.rate(subject.capacity_rps(count)),
            count: Some(subject.count(count)),
        };
        let demand_rps = moment.value(&series.demand_rps);
        let mut rows = vec![
            row(words.legend_demand(), subject.rate(demand_rps)),
            instances(words.legend_in_service(), moment.fleet.in_service),
            instances(words.legend_pending(), moment.fleet.pending),
        ];
        let failed_rps = moment.value(&series.failed_rps);
        if failed_rps > 0.0 {
            rows.push(row(words.legend_failing(), subject.rate(failed_rps)));
        }
        let queue = moment.value(&series.queue);
        if queue >= 0.5 {
            rows.push(row(words.legend_queue(), words.compact(queue)));
        }
        rows
    }

    fn columns(&self, subject: Subject<'_>) -> Vec<Column> {
        let words = subject.words;
        vec![
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
        ]
    }

    fn draw(&self, picture: &Picture<'_>, mut plot: Plot<'_>) -> Drawn {
        let (subject, palette) = (picture.subject, picture.palette);
        let (run, series, digest) = (subject.run, &subject.run.series, subject.digest);
        let (columns, period_s) = (plot.columns(), subject.period_s());
        let max_rps = subject.plan().service.max_rps;
        let in_service = steps(&run.fleet, |c| c.in_service, max_rps, columns);
        let with_pending = steps(&run.fleet, |c| c.in_service + c.pending, max_rps, columns);
        let nodes = subject.plan().demand.nodes();
        let demand = (!nodes.is_empty())
            .then(|| exact(nodes, columns))
            .flatten()
            .unwrap_or_else(|| line(&series.demand_rps, &digest.demand_rps, period_s, columns));
        let (demand_rps, capacity_rps) = (&series.demand_rps, &series.capacity_rps);
        let waiting = excess(demand_rps, capacity_rps, &digest.short, period_s, columns);
        let failed_rps = &series.failed_rps;
        let failing = failing(demand_rps, failed_rps, &digest.failing, period_s, columns);
        let failing_top = failing.iter().map(|s| s.high).fold(0.0, f64::max);
        let top = highest(&[&in_service, &with_pending, &demand]).max(failing_top);
        plot.scale = Scale::linear(top * 1.02, labels_for(&plot.layout), 0.0);

        plot.area(&in_service, palette.capacity_fill)?;
        picture.axes(self, &plot, labels_for(&plot.layout))?;
        plot.hatched(&pending(&run.fleet, max_rps, columns), palette.pending)?;
        // What a serverless endpoint has no provisioned concurrency for does not wait: it is served on demand.
        let waits = series.on_demand.is_empty();
        let fill = if waits {
            palette.fail_fill
        } else {
            palette.low_fill
        };
        plot.filled(&waiting, fill, 0.0)?;
        plot.filled(&failing, palette.fail, 1.5)?;
        plot.curve(&in_service, palette.capacity, 1.6)?;
        held_capacity(picture, &plot)?;
        plot.curve(&demand, palette.demand, 1.5)?;
        plot.rug(&failing, palette.fail)
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

/// Draws the capacity of instances that are held to their baseline for want of CPU credits, while they are.
fn held_capacity(picture: &Picture<'_>, plot: &Plot<'_>) -> Drawn {
    let run = picture.subject.run;
    let Some(credits) = &run.credits else {
        return Ok(());
    };
    let (period_s, capacity) = (picture.subject.period_s(), &run.series.capacity_rps);
    let mut held = vec![f32::NAN; capacity.len()];
    for stretch in &credits.throttled {
        let periods = (stretch.from_s / period_s) as usize..(stretch.until_s / period_s) as usize;
        let places = held.get_mut(periods.clone()).into_iter().flatten();
        for (place, rps) in places.zip(capacity.get(periods).into_iter().flatten()) {
            *place = *rps;
        }
    }
    let points = line(&held, &Extremes::of(&held, 0.0), period_s, plot.columns());
    plot.curve(&points, picture.palette.warn, 1.4)
}
