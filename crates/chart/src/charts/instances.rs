//! Instances: desired, in service and pending, the bounds in force, what is forecast and what failed. Where copies are what
//! scales, they stand in place of instances, and the instances under them are a line more.

use engine::{
    forecast::{Forecast, HOUR_S},
    run::FleetChange,
};
use words::scales_copies;

use super::{capacity::in_service, labels_for};
use crate::{
    bands::Curve,
    chart::{Chart, Column, LegendEntry, Room, Subject},
    marks,
    moment::Moment,
    pen::Drawn,
    picture::Picture,
    plot::{Plot, highest},
    scale::Scale,
    span::{losses, pending, stretches},
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
        if !subject.account.is_empty() {
            entries.push(
                LegendEntry::new("dash", words.legend_account()).valued(|subject, moment| {
                    Some(subject.count(in_account(subject, moment.at_s)?))
                }),
            );
        }
        if !run.losses.is_empty() {
            entries.push(LegendEntry::new("box lost", words.legend_lost()));
        }
        if marks::shortage(subject).is_some() {
            entries.push(LegendEntry::new("mark shortage", words.mark_shortage()));
        }
        if quota(subject).is_some() {
            entries.push(
                LegendEntry::new("line credit", words.legend_quota())
                    .valued(|subject, _| Some(subject.count(quota(subject)?))),
            );
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
        let account = in_account(subject, moment.at_s);
        parts.extend(account.map(|count| (words.legend_account(), count)));
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
        if !subject.account.is_empty() {
            columns.push(Column::new(words.legend_account(), |subject, row| {
                let last = in_account(subject, row.to_s);
                last.map_or_else(String::new, |count| subject.count(count))
            }));
        }
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
        let subject = picture.subject;
        let run_s = (subject.period_s(), f64::from(subject.plan().length_s));
        let of = |value| Curve::of_fleet(fleet, value, 1.0, run_s, columns);
        let (desired, in_service) = (of(|c| c.desired), of(|c| c.in_service));
        let with_pending = of(|c| c.in_service + c.pending);
        let (min, max) = (of(|c| c.min), of(|c| c.max));
        let forecast = run.forecast().map_or_else(Curve::default, |forecast| {
            let changes = forecast_changes(forecast);
            Curve::of_fleet(&changes, |c| c.desired, 1.0, run_s, columns)
        });
        let account = Curve::of_fleet(subject.account, |c| c.desired, 1.0, run_s, columns);
        let tops = [
            &in_service,
            &with_pending,
            &desired,
            &min,
            &forecast,
            &account,
        ]
        .map(Curve::highs);
        let beside = picture.lines_beside(|it| Some(it.fleet(|c| c.in_service, 1.0, columns)));
        let all: Vec<_> = tops.iter().cloned().chain(beside.highs()).collect();
        let used = highest(&all);
        let bound = highest(&[max.highs()]);
        let top = top(used, bound);
        plot.scale = Scale::linear(top * 1.04, labels_for(&plot.layout), 1.0);

        plot.area(&in_service.lows(), palette.capacity_fill)?;
        plot.band(&in_service, palette.capacity_fill.faded(0.6))?;
        if !run.losses.is_empty() {
            plot.shaded(&losses(&run.losses, columns), palette.fail_fill)?;
        }
        picture.axes(self, &plot, labels_for(&plot.layout))?;
        if in_service.band.is_empty() {
            plot.hatched(&pending(fleet, 1.0, columns), palette.pending)?;
        } else {
            let [in_service, with_pending, ..] = &tops;
            plot.between(in_service, with_pending, palette.pending.faded(0.5))?;
        }
        plot.curve(&in_service.line, palette.capacity, 1.6)?;
        plot.curve(&min.line, palette.label.faded(0.55), 1.0)?;
        if top >= bound {
            plot.curve(&max.line, palette.label.faded(0.55), 1.0)?;
        }
        plot.curve(&forecast.line, palette.demand, 1.2)?;
        plot.curve(&desired.line, palette.target, 1.3)?;
        plot.dashed(&account.line, palette.label, 1.6)?;
        if let Some(quota) = quota(subject).map(f64::from).filter(|quota| *quota <= top) {
            let all_along = [FleetChange {
                at_s: 0.0,
                desired: quota as u32,
                ..NOTHING
            }];
            let line = Curve::of_fleet(&all_along, |c| c.desired, 1.0, run_s, columns).line;
            plot.curve(&line, palette.warn, 1.2)?;
        }
        if let Some(shortage) = marks::shortage(subject) {
            let lasts = (shortage.at_s, shortage.at_s + shortage.for_s);
            let spans = stretches(&mut core::iter::once(lasts), columns);
            plot.rug(&spans, palette.warn)?;
        }
        beside.draw(&plot, false)?;
        draw_under_copies(picture, &plot)
    }
}

/// A fleet of nothing.
const NOTHING: FleetChange = FleetChange {
    at_s: 0.0,
    desired: 0,
    in_service: 0,
    pending: 0,
    min: 0,
    max: 0,
};

/// Returns how many instances the account may run, where they are what scales.
fn quota(subject: Subject<'_>) -> Option<u32> {
    let capacity = subject.plan().fleet.capacity?;
    capacity.quota.filter(|_| !scales_copies(subject.plan()))
}

/// Returns what the axis reaches: all that happened, and MaxCapacity, unless that is so far above that it would flatten the chart.
fn top(used: f64, bound: f64) -> f64 {
    if bound <= 2.0 * used {
        bound.max(used)
    } else {
        used
    }
}

/// Returns what the account desired at a moment; `None` before it tells.
fn in_account(subject: Subject<'_>, at_s: f64) -> Option<u32> {
    let begun = (subject.account).partition_point(|change| change.at_s <= at_s);
    Some(subject.account.get(begun.checked_sub(1)?)?.desired)
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
                ..NOTHING
            });
        }
    }
    let run_s = (
        f64::from(run.period_s),
        f64::from(picture.subject.plan().length_s),
    );
    let hosts = Curve::of_fleet(&changes, |c| c.in_service, 1.0, run_s, plot.columns());
    plot.curve(&hosts.line, picture.palette.label, 1.6)
}

/// Returns the highest forecast of the hours that a stretch touches.
fn most_forecast(forecast: &Forecast, stretch: &Stretch<'_>) -> Option<u32> {
    let begun = forecast.hours.iter().filter(|hour| {
        let over_s = hour.at_s + f64::from(HOUR_S);
        hour.at_s < stretch.to_s && over_s > stretch.from_s
    });
    begun.map(|hour| hour.capacity).max()
}

/// Returns the instances forecast hour by hour, as if they were a fleet's; none before the first forecast.
fn forecast_changes(forecast: &Forecast) -> Vec<FleetChange> {
    let change = |at_s, desired| FleetChange {
        at_s,
        desired,
        ..NOTHING
    };
    let hours = forecast.hours.iter();
    let hours = hours.map(|hour| change(hour.at_s, hour.capacity));
    let first = forecast.hours.first().filter(|hour| hour.at_s > 0.0);
    let none = first.map(|_| change(0.0, 0));
    none.into_iter().chain(hours).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_reaches_what_happened_beside_a_lower_maximum() {
        for (used, bound, expected) in [
            (7.0, 12.0, 12.0),
            (7.0, 100.0, 7.0),
            (12.0, 12.0, 12.0),
            (56.0, 1.0, 56.0),
        ] {
            assert_eq!(top(used, bound), expected, "{used}, {bound}");
        }
    }
}
