//! Instances: desired, in service and pending, the bounds in force, what is forecast and what failed. Where copies are what
//! scales, they stand in place of instances, and the instances under them are a line more.

use engine::{
    forecast::{Forecast, HOUR_S},
    run::FleetChange,
};
use words::scales_copies;

use super::{capacity::in_service, labels_for};
use crate::{
    chart::{Chart, Column, LegendEntry, Room, Subject},
    decimate::{Columns, Point, steps},
    moment::Moment,
    pen::Drawn,
    picture::Picture,
    plot::{Plot, highest},
    scale::Scale,
    span::{losses, pending},
    stretch::Stretch,
};

/// See the top of the file.
pub(super) struct Instances;

impl Chart for Instances {
    fn id(&self) -> &'static str {
        "instances"
    }

    fn height_px(&self, _room: Room) -> f64 {
        104.0
    }

    fn title(&self, subject: Subject<'_>) -> &'static str {
        let words = subject.words;
        if !subject.compiled.platform.rules().has_instances {
            words.chart_units()
        } else if scales_copies(subject.plan()) {
            words.chart_copies()
        } else {
            words.chart_instances()
        }
    }

    fn value_label(&self, subject: Subject<'_>, value: f64) -> String {
        subject.words.integer(value)
    }

    fn legend(&self, subject: Subject<'_>) -> Vec<LegendEntry> {
        let (words, run) = (subject.words, subject.run);
        let mut entries = vec![
            LegendEntry::new("line target", words.legend_desired())
                .valued(|subject, moment| Some(subject.count(moment.fleet.desired))),
            LegendEntry::new("box cap", words.legend_in_service())
                .valued(|subject, moment| Some(subject.count(moment.fleet.in_service))),
            LegendEntry::new("box pend", words.legend_pending())
                .valued(|subject, moment| Some(subject.count(moment.fleet.pending))),
            LegendEntry::new("line bound", words.legend_bounds()).valued(|subject, moment| {
                let [min, max] =
                    [moment.fleet.min, moment.fleet.max].map(|bound| subject.count(bound));
                Some(subject.words.value_range(&min, &max))
            }),
        ];
        if !run.forecasts.is_empty() {
            entries.push(
                LegendEntry::new("line demand", words.legend_forecast()).valued(
                    |subject, moment| {
                        let forecast = moment.run.forecast()?.at(moment.at_s)?;
                        Some(subject.count(forecast))
                    },
                ),
            );
        }
        if !run.losses.is_empty() {
            entries.push(LegendEntry::new("box lost", words.legend_lost()));
        }
        if scales_copies(subject.plan()) {
            entries.push(
                LegendEntry::new("line host", words.legend_instances())
                    .valued(|subject, moment| Some(subject.count(under_copies(moment)?))),
            );
        }
        entries
    }

    fn summary(&self, subject: Subject<'_>, stretch: &Stretch<'_>) -> String {
        let words = subject.words;
        let (fewest, most) = stretch.in_service();
        let (low, high) = (subject.count(fewest), subject.count(most));
        let mean = words.number(stretch.mean_in_service(), 1);
        let sentence = if scales_copies(subject.plan()) {
            let hosts = stretch.part(&subject.run.series.instances);
            let (fewest, most) = (hosts.iter().min(), hosts.iter().max());
            let [fewest, most] =
                [fewest, most].map(|count| subject.count(count.copied().unwrap_or(0)));
            words.chart_summary_copies(&low, &high, &mean, &fewest, &most)
        } else if !subject.compiled.platform.rules().has_instances {
            words.chart_summary_units(&low, &high, &mean)
        } else {
            words.chart_summary_instances(&low, &high, &mean)
        };
        subject.of_stretch(stretch, &sentence)
    }

    fn reading(&self, subject: Subject<'_>, moment: &Moment<'_>) -> String {
        let (words, fleet) = (subject.words, moment.fleet);
        let mut parts = vec![
            (words.legend_desired(), fleet.desired),
            (words.legend_in_service(), fleet.in_service),
            (words.legend_pending(), fleet.pending),
        ];
        let hosts = under_copies(moment);
        parts.extend(hosts.map(|count| (words.legend_instances(), count)));
        let parts = parts.into_iter();
        let parts = parts.map(|(name, count)| format!("{name} {}", subject.count(count)));
        parts.collect::<Vec<String>>().join(", ")
    }

    fn columns(&self, subject: Subject<'_>) -> Vec<Column> {
        let words = subject.words;
        let mut columns = vec![
            Column::new(words.legend_desired(), |subject, row| {
                let last = row.fleet().last();
                subject.count(last.map_or(0, |change| change.desired))
            }),
            Column::new(words.table_in_service(), in_service),
            Column::new(words.legend_pending(), |subject, row| {
                let most = row.fleet().map(|change| change.pending).max();
                subject.count(most.unwrap_or(0))
            }),
        ];
        if scales_copies(subject.plan()) {
            columns.push(Column::new(words.legend_instances(), |subject, row| {
                let most = row.part(&row.run.series.instances).iter().max();
                subject.count(most.copied().unwrap_or(0))
            }));
        }
        if !subject.run.forecasts.is_empty() {
            columns.push(Column::new(words.legend_forecast(), |subject, row| {
                let forecast = row.run.forecast();
                let most = forecast.and_then(|forecast| most_forecast(forecast, row));
                most.map_or_else(String::new, |most| subject.count(most))
            }));
        }
        columns
    }

    fn draw(&self, picture: &Picture<'_>, mut plot: Plot<'_>) -> Drawn {
        let (run, palette) = (picture.subject.run, picture.palette);
        let fleet = &run.fleet;
        let columns = plot.columns();
        let desired = steps(fleet, |c| c.desired, 1.0, columns);
        let in_service = steps(fleet, |c| c.in_service, 1.0, columns);
        let with_pending = steps(fleet, |c| c.in_service + c.pending, 1.0, columns);
        let min = steps(fleet, |c| c.min, 1.0, columns);
        let max = steps(fleet, |c| c.max, 1.0, columns);
        let forecast = run.forecast();
        let forecast = forecast.map_or(Vec::new(), |it| forecast_steps(it, columns));
        let used = highest(&[&desired, &with_pending, &min, &forecast]);
        let bound = highest(&[&max]);
        // A maximum far above everything that happened would flatten the chart; it is then out of the picture.
        let top = if bound <= 2.0 * used { bound } else { used };
        plot.scale = Scale::linear(top * 1.04, labels_for(&plot.layout), 1.0);

        plot.area(&in_service, palette.capacity_fill)?;
        if !run.losses.is_empty() {
            plot.shaded(&losses(&run.losses, columns), palette.fail_fill)?;
        }
        picture.axes(self, &plot, labels_for(&plot.layout))?;
        plot.hatched(&pending(fleet, 1.0, columns), palette.pending)?;
        plot.curve(&in_service, palette.capacity, 1.6)?;
        plot.curve(&min, palette.label.faded(0.55), 1.0)?;
        if top >= bound {
            plot.curve(&max, palette.label.faded(0.55), 1.0)?;
        }
        if !forecast.is_empty() {
            plot.curve(&forecast, palette.demand, 1.2)?;
        }
        plot.curve(&desired, palette.target, 1.3)?;
        draw_under_copies(picture, &plot)
    }
}

/// Returns the instances under copies at a moment; `None` where instances are what scales.
fn under_copies(moment: &Moment<'_>) -> Option<u32> {
    moment.of(&moment.run.series.instances)
}

/// Draws the instances under copies as a line of their own.
fn draw_under_copies(picture: &Picture<'_>, plot: &Plot<'_>) -> Drawn {
    let run = picture.subject.run;
    if run.series.instances.is_empty() {
        return Ok(());
    }
    // One change a minute at most, at its end.
    let mut changes: Vec<FleetChange> = Vec::new();
    for (minute, &instances) in run.series.instances.iter().enumerate() {
        if changes
            .last()
            .is_none_or(|last| last.in_service != instances)
        {
            changes.push(FleetChange {
                at_s: f64::from(run.period_s) * minute as f64,
                desired: instances,
                in_service: instances,
                pending: 0,
                min: 0,
                max: 0,
            });
        }
    }
    let line = steps(&changes, |c| c.in_service, 1.0, plot.columns());
    plot.curve(&line, picture.palette.label, 1.6)
}

/// Returns the highest forecast of the hours that a stretch touches.
fn most_forecast(forecast: &Forecast, stretch: &Stretch<'_>) -> Option<u32> {
    let begun = forecast.hours.iter().filter(|hour| {
        let over_s = hour.at_s + f64::from(HOUR_S);
        hour.at_s < stretch.to_s && over_s > stretch.from_s
    });
    begun.map(|hour| hour.capacity).max()
}

/// Returns the line of instances forecast hour by hour; none before the first forecast.
fn forecast_steps(forecast: &Forecast, columns: Columns) -> Vec<Point> {
    let change = |at_s, desired| FleetChange {
        at_s,
        desired,
        in_service: 0,
        pending: 0,
        min: 0,
        max: 0,
    };
    let hours = forecast.hours.iter();
    let hours = hours.map(|hour| change(hour.at_s, hour.capacity));
    let first = forecast.hours.first().filter(|hour| hour.at_s > 0.0);
    let none = first.map(|_| change(0.0, 0));
    let all: Vec<FleetChange> = none.into_iter().chain(hours).collect();
    steps(&all, |c| c.desired, 1.0, columns)
}
