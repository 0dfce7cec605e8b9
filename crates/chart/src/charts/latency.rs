//! Latency of the requests served: three percentiles on a logarithmic axis, told apart by colour, width and dashes. Its axis
//! counts time as people do: from milliseconds to hours.

use engine::run::Series;

use super::labels_for;
use crate::{
    bands::Curve,
    chart::{Chart, Column, LegendEntry, Room, Subject},
    moment::Moment,
    pen::Drawn,
    picture::Picture,
    plot::{Plot, highest},
    scale::Scale,
    stretch::Stretch,
};

/// See the top of the file.
pub(super) struct Latency;

impl Chart for Latency {
    fn id(&self) -> &'static str {
        "latency"
    }

    fn height_px(&self, _room: Room) -> f64 {
        116.0
    }

    fn has_time_labels(&self) -> bool {
        true
    }

    fn title(&self, subject: Subject<'_>) -> &'static str {
        subject.words.chart_latency()
    }

    fn unit(&self, subject: Subject<'_>) -> &'static str {
        subject.words.chart_unit_log()
    }

    fn value_label(&self, subject: Subject<'_>, value_ms: f64) -> String {
        subject.words.latency_label(value_ms)
    }

    fn legend(&self, subject: Subject<'_>) -> Vec<LegendEntry> {
        let words = subject.words;
        vec![
            LegendEntry::new("line thin fail", words.legend_p99())
                .valued(|subject, moment| value(subject, moment, p99_ms)),
            LegendEntry::new("line p95", words.legend_p95())
                .valued(|subject, moment| value(subject, moment, p95_ms)),
            LegendEntry::new("line thick cap", words.legend_p50())
                .valued(|subject, moment| value(subject, moment, p50_ms)),
        ]
    }

    /// Returns percentiles of the whole run: those of a part cannot be had from its minutes.
    fn summary(&self, subject: Subject<'_>, _stretch: &Stretch<'_>) -> String {
        let (words, report) = (subject.words, subject.report);
        let worst = report.worst_minute;
        words.chart_summary_latency(
            &words.latency(report.p50_ms),
            &words.latency(report.p95_ms),
            &words.latency(report.p99_ms),
            &words.latency(worst.p95_ms),
            &subject.moment(worst.at_s),
        )
    }

    fn reading(&self, subject: Subject<'_>, moment: &Moment<'_>) -> String {
        let series = &subject.run.series;
        let latency = |column: &[f32]| subject.words.latency(moment.value(column));
        format!(
            "p50 {}, p95 {}, p99 {}",
            latency(&series.p50_ms),
            latency(&series.p95_ms),
            latency(&series.p99_ms),
        )
    }

    fn columns(&self, subject: Subject<'_>) -> Vec<Column> {
        let words = subject.words;
        let head = |percentile: &str| words.table_highest_ms(percentile);
        vec![
            Column::new(head(words.legend_p50()), |subject, row| {
                cell(subject, row, p50_ms)
            }),
            Column::new(head(words.legend_p95()), |subject, row| {
                cell(subject, row, p95_ms)
            }),
            Column::new(head(words.legend_p99()), |subject, row| {
                cell(subject, row, p99_ms)
            }),
        ]
    }

    fn draw(&self, picture: &Picture<'_>, mut plot: Plot<'_>) -> Drawn {
        let (series, digest) = (&picture.subject.run.series, picture.subject.digest);
        let palette = picture.palette;
        let (columns, period_s) = (plot.columns(), picture.subject.period_s());
        let p50 = Curve::of(&series.p50_ms, &digest.p50_ms, period_s, columns);
        let p95 = Curve::of(&series.p95_ms, &digest.p95_ms, period_s, columns);
        let p99 = Curve::of(&series.p99_ms, &digest.p99_ms, period_s, columns);
        let lowest = p50
            .lows()
            .iter()
            .map(|p| p.value)
            .filter(|v| v.is_finite())
            .fold(f64::INFINITY, f64::min);
        let beside = picture.lines_beside(|it| {
            let (series, digest) = (&it.run.series, it.digest);
            Some(it.column(&series.p95_ms, &digest.p95_ms, columns))
        });
        let own = [&p50, &p95, &p99].map(Curve::highs);
        let all: Vec<_> = own.into_iter().chain(beside.highs()).collect();
        let top = highest(&all);
        plot.scale = Scale::log(lowest * 0.8, top * 1.1);
        picture.axes(self, &plot, labels_for(&plot.layout) + 2)?;
        plot.series(&p99, palette.fail, 1.0)?;
        plot.band(&p95, palette.target.faded(0.2))?;
        plot.dashed(&p95.line, palette.target, 1.6)?;
        plot.series(&p50, palette.capacity, 2.0)?;
        beside.draw(&plot, false)
    }
}

/// A column of percentiles.
type Percentile = fn(&Series) -> &[f32];

fn p50_ms(series: &Series) -> &[f32] {
    &series.p50_ms
}

fn p95_ms(series: &Series) -> &[f32] {
    &series.p95_ms
}

fn p99_ms(series: &Series) -> &[f32] {
    &series.p99_ms
}

/// Returns a percentile at a moment, unless nothing was served.
fn value(subject: Subject<'_>, moment: &Moment<'_>, of: Percentile) -> Option<String> {
    let ms = moment.value(of(&moment.run.series));
    (ms > 0.0).then(|| subject.words.latency(ms))
}

/// Returns the highest percentile of a stretch.
fn cell(subject: Subject<'_>, stretch: &Stretch<'_>, of: Percentile) -> String {
    let ms = stretch.highest(of(&stretch.run.series));
    subject.words.latency(ms)
}
