//! CPU credits of an instance, as a mean over instances, in a run whose instances have any: their balance and, in unlimited
//! mode, the surplus credits spent.

use engine::digest::Extremes;

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
pub(super) struct Credits;

impl Chart for Credits {
    fn id(&self) -> &'static str {
        "credits"
    }

    fn is_shown(&self, subject: Subject<'_>) -> bool {
        !subject.run.series.credits.is_empty()
    }

    fn height_px(&self, _room: Room) -> f64 {
        104.0
    }

    fn title(&self, subject: Subject<'_>) -> &'static str {
        subject.words.chart_credits()
    }

    fn unit(&self, subject: Subject<'_>) -> &'static str {
        subject.words.chart_unit_per_instance()
    }

    fn legend(&self, subject: Subject<'_>) -> Vec<LegendEntry> {
        let words = subject.words;
        let balance = LegendEntry::new("line credit", words.legend_balance());
        let mut entries = vec![balance.valued(|subject, moment| {
            let credits = moment.of(&moment.run.series.credits)?;
            Some(count(subject, f64::from(credits)))
        })];
        if has_surplus(subject) {
            let surplus = LegendEntry::new("line thin fail", words.legend_surplus());
            entries.push(surplus.valued(|subject, moment| {
                let credits = moment.of(&moment.run.series.surplus_credits)?;
                Some(count(subject, f64::from(credits)))
            }));
        }
        entries
    }

    fn summary(&self, subject: Subject<'_>, stretch: &Stretch<'_>) -> String {
        let words = subject.words;
        let range = stretch.range(&subject.run.series.credits);
        let (low, high) = range.unwrap_or_default();
        let between = words.chart_summary_credits(&count(subject, low), &count(subject, high));
        let used_up_s = subject.report.credits.and_then(|credits| credits.used_up_s);
        let used_up = used_up_s.map(|at_s| words.chart_summary_used_up(&subject.moment(at_s)));
        let sentences: Vec<String> = [Some(between), used_up].into_iter().flatten().collect();
        subject.of_stretch(stretch, &sentences.join(" "))
    }

    fn reading(&self, subject: Subject<'_>, moment: &Moment<'_>) -> String {
        let entries = self.legend(subject);
        let entries = entries.iter().filter_map(|entry| {
            let (name, value) = entry.read(subject, Some(moment));
            Some(format!("{name} {}", value?))
        });
        entries.collect::<Vec<String>>().join(", ")
    }

    fn columns(&self, subject: Subject<'_>) -> Vec<Column> {
        let words = subject.words;
        let mut columns = vec![Column::new(words.table_credits(), |subject, row| {
            let range = row.range(&row.run.series.credits);
            count(subject, range.map_or(f64::NAN, |(low, _)| low))
        })];
        if has_surplus(subject) {
            columns.push(Column::new(words.table_surplus(), |subject, row| {
                count(subject, row.highest(&row.run.series.surplus_credits))
            }));
        }
        columns
    }

    fn draw(&self, picture: &Picture<'_>, mut plot: Plot<'_>) -> Drawn {
        let (series, palette) = (&picture.subject.run.series, picture.palette);
        let (columns, period_s) = (plot.columns(), picture.subject.period_s());
        let of = |column: &[f32]| Curve::of(column, &Extremes::of(column, 0.0), period_s, columns);
        let (balance, surplus) = (of(&series.credits), of(&series.surplus_credits));
        let beside = picture.lines_beside(|it| {
            let credits = &it.run.series.credits;
            let extremes = Extremes::of(credits, 0.0);
            (!credits.is_empty()).then(|| it.column(credits, &extremes, columns))
        });
        let own = [&balance, &surplus].map(Curve::highs);
        let all: Vec<_> = own.into_iter().chain(beside.highs()).collect();
        let top = highest(&all);
        plot.scale = Scale::linear(top * 1.02, labels_for(&plot.layout), 0.0);
        picture.axes(self, &plot, labels_for(&plot.layout))?;
        plot.series(&surplus, palette.fail, 1.3)?;
        plot.series(&balance, palette.warn, 1.6)?;
        beside.draw(&plot, false)
    }
}

fn has_surplus(subject: Subject<'_>) -> bool {
    !subject.run.series.surplus_credits.is_empty()
}

/// Returns a number of credits in words.
fn count(subject: Subject<'_>, credits: f64) -> String {
    subject.words.number(credits, 1)
}
