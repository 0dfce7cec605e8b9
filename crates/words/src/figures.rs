//! The key figures of a run: what each is called, how its value is written, what it means, and the number by which it is compared with
//! another run's. Whoever lists figures lists these; a new one is a line here.

use engine::{
    Report, Run,
    report::{Baseline, OnDemand},
};
use scenario::compile::Compiled;

use crate::{Words, number::is_zero, paid_instances, scales_copies};

/// What a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureGroup {
    /// Requests and how long they took.
    Requests,
    /// What it costs.
    Cost,
    /// Instances, or what takes their place.
    Fleet,
    /// How closely supply followed demand.
    Elasticity,
}

/// A figure of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is about.
    pub group: FigureGroup,
    /// Its name, by which it is found among another run's.
    pub name: &'static str,
    /// Its value, with its unit.
    pub value: String,
    /// What it means; it may be empty.
    pub about: &'static str,
    /// The number by which it is compared; none where it has none.
    pub amount: Option<Amount>,
}

/// A number and what it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// The number.
    pub number: f64,
    /// What it counts.
    pub of: Counted,
}

/// What the number of a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Requests.
    Requests,
    /// Requests per second.
    Rps,
    /// Milliseconds of a latency.
    Millis,
    /// Instances, copies or units of provisioned concurrency.
    Instances,
    /// US dollars.
    Usd,
    /// A share, of 1.
    Share,
    /// Seconds.
    Seconds,
}

impl Figure {
    const fn of_fleet(
        name: &'static str,
        value: String,
        about: &'static str,
        amount: Option<Amount>,
    ) -> Self {
        Self {
            group: FigureGroup::Fleet,
            name,
            value,
            about,
            amount,
        }
    }
}

impl Counted {
    fn amount(self, number: f64) -> Option<Amount> {
        Some(Amount { number, of: self })
    }
}

impl Words {
    /// Returns every figure of a run, group by group. What provisioned concurrency cannot take is served all the same: it need not
    /// follow demand, and there is no figure of how well it does.
    #[must_use]
    pub fn figures(self, compiled: &Compiled, run: &Run, report: &Report) -> Vec<Figure> {
        let mut figures = self.requests_figures(compiled, report);
        figures.extend(self.cost_figures(report));
        figures.extend(self.fleet_figures(compiled, run, report));
        if report.on_demand.is_none() {
            figures.extend(self.elasticity_figures(report));
        }
        figures
    }

    /// Returns what a group of figures is called, and where its measures come from; the second may be empty.
    #[must_use]
    pub fn figure_group(
        self,
        group: FigureGroup,
        compiled: &Compiled,
        report: &Report,
    ) -> (&'static str, &'static str) {
        match group {
            FigureGroup::Requests => (self.figures_requests(), ""),
            FigureGroup::Cost => (self.figures_cost(), ""),
            FigureGroup::Fleet if report.on_demand.is_some() => (self.figures_units(), ""),
            FigureGroup::Fleet if scales_copies(&compiled.plan) => (self.figures_copies(), ""),
            FigureGroup::Fleet => (self.figures_instances(), ""),
            FigureGroup::Elasticity => (self.elasticity_title(), self.elasticity_source()),
        }
    }

    /// Returns by how much a figure differs from another run's, with its sign: `+$120`, `−0.4 points`; the same where both are written
    /// alike, and nothing where there is no number.
    #[must_use]
    pub fn figure_difference(self, of: &Figure, than: &Figure) -> String {
        let Some((from, to)) = of.amount.zip(than.amount) else {
            return String::new();
        };
        let difference = to.number - from.number;
        let size = difference.abs();
        let written = match to.of {
            Counted::Requests => self.compact(size),
            Counted::Rps => self.value_rps(&self.significant(size)),
            Counted::Millis => self.latency(size),
            Counted::Instances => self.number(size, 2),
            Counted::Usd => self.usd(size),
            Counted::Share => self.figure_points(&self.significant(size * 100.0)),
            Counted::Seconds => self.duration(size),
        };
        if difference == 0.0 || of.value == than.value {
            self.figure_same().to_owned()
        } else if is_zero(&written) {
            self.figure_nearly().to_owned()
        } else if difference < 0.0 {
            format!("−{written}")
        } else {
            format!("+{written}")
        }
    }

    /// A count, and the share of all requests that it is.
    fn count_and_share(self, count: f64, requests: f64) -> String {
        let share = count / requests.max(f64::MIN_POSITIVE);
        self.figure_share(&self.compact(count), &self.percent(share, 3))
    }

    fn requests_figures(self, compiled: &Compiled, report: &Report) -> Vec<Figure> {
        let group = FigureGroup::Requests;
        let plain = |name, value, amount| Figure {
            group,
            name,
            value,
            about: "",
            amount,
        };
        let count = |name, count, about| Figure {
            about,
            ..plain(
                name,
                self.count_and_share(count, report.requests),
                Counted::Requests.amount(count),
            )
        };
        let latency = |name, latency_ms| {
            let written = self.served_after(report, latency_ms);
            let amount = Counted::Millis.amount(latency_ms);
            plain(name, written, amount.filter(|_| !report.is_idle()))
        };
        let worst = report.worst_minute;
        let worst_at = self.date_time(compiled.clock.local(worst.at_s.round()));
        let worst_p95 = self.served_after(report, worst.p95_ms);
        let tried = self.retry_figures(report).into_iter();
        let tried = tried.map(|(name, value, about, number)| Figure {
            about,
            ..plain(name, value, Counted::Requests.amount(number))
        });
        let mut figures = vec![
            plain(
                self.key_availability(),
                self.served_in_time(report),
                Counted::Share
                    .amount(report.availability)
                    .filter(|_| !report.is_idle()),
            ),
            plain(
                self.key_requests(),
                self.compact(report.requests),
                Counted::Requests.amount(report.requests),
            ),
        ];
        figures.extend(tried);
        figures.extend([
            count(
                self.key_failed(),
                report.failed,
                match report.on_demand {
                    None => self.about_failed(),
                    Some(_) => self.about_throttled(),
                },
            ),
            count(self.key_late(), report.late, self.about_late()),
            plain(
                self.key_peak_demand(),
                self.value_rps(&self.significant(report.peak_demand_rps)),
                Counted::Rps.amount(report.peak_demand_rps),
            ),
            latency(self.key_mean_latency(), report.mean_ms),
            latency(self.key_p50(), report.p50_ms),
            latency(self.key_p95(), report.p95_ms),
            latency(self.key_p99(), report.p99_ms),
            Figure {
                value: self.figure_worst_minute(&worst_p95, &worst_at),
                ..latency(self.key_worst_minute(), worst.p95_ms)
            },
        ]);
        figures
    }

    fn cost_figures(self, report: &Report) -> Vec<Figure> {
        let usd = |name, usd: Option<f64>| Figure {
            group: FigureGroup::Cost,
            name,
            value: usd.map_or_else(|| "–".to_owned(), |usd| self.usd(usd)),
            about: "",
            amount: usd.and_then(|usd| Counted::Usd.amount(usd)),
        };
        let baseline = |name, baseline: &Baseline, about| Figure {
            value: self.figure_baseline(
                &self.usd(baseline.usd_per_month),
                &self.integer(f64::from(baseline.instances)),
                &self.number(baseline.mean_instances, 2),
            ),
            about,
            ..usd(name, Some(baseline.usd_per_month))
        };
        let (about_fixed, about_foresight) = match report.on_demand {
            None => (self.about_fixed_fleet(), self.about_foresight()),
            Some(_) => (self.about_fixed_units(), self.about_foresight_units()),
        };
        vec![
            usd(self.key_cost_of_run(), Some(report.cost_usd)),
            usd(self.key_cost_per_month(), Some(report.usd_per_month)),
            usd(self.key_per_million(), report.usd_per_million),
            baseline(self.key_fixed_fleet(), &report.fixed_fleet, about_fixed),
            baseline(self.key_foresight(), &report.foresight, about_foresight),
        ]
    }

    fn fleet_figures(self, compiled: &Compiled, run: &Run, report: &Report) -> Vec<Figure> {
        let range = |fewest: u32, most: u32, mean: f64| {
            let count = |n: u32| self.integer(f64::from(n));
            if fewest == most {
                count(most)
            } else {
                self.figure_instances_range(&count(fewest), &count(most), &self.number(mean, 2))
            }
        };
        let count = range(
            report.fewest_instances,
            report.most_instances,
            report.mean_instances,
        );
        let count = |name, about| {
            let amount = Counted::Instances.amount(report.mean_instances);
            Figure::of_fleet(name, count.clone(), about, amount)
        };
        let used = |about| {
            Figure::of_fleet(
                self.key_utilisation(),
                self.percent(report.utilisation, 1),
                about,
                Counted::Share.amount(report.utilisation),
            )
        };
        if let Some(served) = &report.on_demand {
            let mut figures = vec![
                count(self.key_units(), self.about_provisioned()),
                used(self.about_utilisation_units()),
            ];
            figures.extend(self.on_demand_figures(served, report.requests));
            return figures;
        }
        if scales_copies(&compiled.plan) {
            let (low, high, mean) = paid_instances(&run.series).unwrap_or_default();
            return vec![
                count(self.key_copies(), ""),
                Figure::of_fleet(
                    self.key_paid_instances(),
                    range(low, high, mean),
                    "",
                    Counted::Instances.amount(mean),
                ),
                used(self.about_utilisation()),
            ];
        }
        let mut figures = vec![
            count(self.key_instances(), ""),
            used(self.about_utilisation()),
        ];
        let mut about = self.about_credits();
        for (name, value, amount) in self.credit_figures(report.credits.as_ref(), compiled) {
            figures.push(Figure::of_fleet(
                name,
                value,
                std::mem::take(&mut about),
                amount,
            ));
        }
        figures
    }

    fn on_demand_figures(self, served: &OnDemand, requests: f64) -> Vec<Figure> {
        let count = |name, count: f64, about| {
            let value = self.count_and_share(count, requests);
            Figure::of_fleet(name, value, about, Counted::Requests.amount(count))
        };
        let usd = |name, usd| Figure::of_fleet(name, self.usd(usd), "", Counted::Usd.amount(usd));
        vec![
            count(self.key_on_demand(), served.on_demand, ""),
            count(
                self.key_cold_starts(),
                served.cold_starts,
                self.about_cold_start(),
            ),
            usd(self.key_usd_provisioned(), served.provisioned_usd),
            usd(self.key_usd_requests(), served.requests_usd),
        ]
    }

    fn elasticity_figures(self, report: &Report) -> Vec<Figure> {
        let measured = &report.elasticity;
        let percent = |name, about, pct: f64| Figure {
            group: FigureGroup::Elasticity,
            name,
            value: self.percent(pct / 100.0, 1),
            about,
            amount: Counted::Share.amount(pct / 100.0),
        };
        vec![
            percent(
                self.elasticity_under_accuracy(),
                self.elasticity_under_accuracy_about(),
                measured.under_accuracy_pct,
            ),
            percent(
                self.elasticity_over_accuracy(),
                self.elasticity_over_accuracy_about(),
                measured.over_accuracy_pct,
            ),
            percent(
                self.elasticity_under_time(),
                self.elasticity_under_time_about(),
                measured.under_time_pct,
            ),
            percent(
                self.elasticity_over_time(),
                self.elasticity_over_time_about(),
                measured.over_time_pct,
            ),
            percent(
                self.elasticity_instability(),
                self.elasticity_instability_about(),
                measured.instability_pct,
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    #[test]
    fn a_difference_is_never_the_same_where_the_values_are_not() {
        let figure = |value: &str, amount| Figure {
            group: FigureGroup::Cost,
            name: "",
            value: value.to_owned(),
            about: "",
            amount,
        };
        for (of, from, than, to, english, korean) in [
            (
                "$38.34",
                Counted::Usd.amount(38.34),
                "$47.98",
                Counted::Usd.amount(47.98),
                "+$9.64",
                "+$9.64",
            ),
            (
                "100%",
                Counted::Share.amount(1.0),
                "99.81%",
                Counted::Share.amount(0.9981),
                "−0.19 points",
                "−0.19%p",
            ),
            (
                "100%",
                Counted::Share.amount(1.0),
                "99.999%",
                Counted::Share.amount(1.0 - 1e-9),
                "nearly the same",
                "거의 같음",
            ),
            (
                "91.6 ms",
                Counted::Millis.amount(91.61),
                "91.6 ms",
                Counted::Millis.amount(91.64),
                "same",
                "같음",
            ),
            (
                "p95 9 ms, 20:00",
                Counted::Millis.amount(9.0),
                "p95 9 ms, 21:00",
                Counted::Millis.amount(9.0),
                "same",
                "같음",
            ),
            ("–", None, "$1", Counted::Usd.amount(1.0), "", ""),
        ] {
            let told =
                |lang| Words::new(lang).figure_difference(&figure(of, from), &figure(than, to));
            assert_eq!(
                (&*told(Lang::En), &*told(Lang::Ko)),
                (english, korean),
                "{of}, {than}"
            );
        }
    }
}
