//! The verdict: whether it holds, what happens where it does not and why, and the smallest change that would have held.
//!
//! It reads the report; it measures nothing.

use engine::{
    Report,
    advice::{Advice, Effect},
    plan::MAX_CONCURRENCY,
    report::{Bottleneck, Incident, Rise, Standing, Unanswered},
};
use scenario::{
    compile::Compiled,
    document::{Layer, Scenario, Shape},
};

use crate::{Words, activity::push, copies::scales_copies, moment::wall};

/// One or two sentences on top of the page, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Colour and icon.
    pub tone: Tone,
    /// What happens.
    pub headline: String,
    /// What would have held; empty where nothing needs to change.
    pub remedy: String,
    /// Why, in smaller type.
    pub why: String,
}

/// How good the news is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nobody notices.
    Good,
    /// Some do, within the objective; or there is nobody.
    Fair,
    /// The objective is missed.
    Bad,
}

/// The most incidents that a report lists.
const MOST_INCIDENTS: usize = 20;

impl Words {
    /// Judges a run. `advice`: what a finished search found, cheapest first; `None` while it still runs.
    #[must_use]
    pub fn verdict(
        self,
        report: &Report,
        compiled: &Compiled,
        scenario: &Scenario,
        advice: Option<&[Advice]>,
    ) -> Verdict {
        let requests = self.in_prose(report.requests);
        let queues = compiled.plan.resource.has_shared_queue();
        let harm = |failed, late| self.harm(failed, late, queues);
        let incident = report.incidents.first();
        let at = |incident: &Incident| self.place(incident, compiled, scenario);
        let (tone, headline) = match (report.standing, incident) {
            (Standing::Holds, _) if report.is_idle() => {
                (Tone::Fair, self.verdict_no_requests().to_owned())
            }
            (Standing::Holds, _) if report.waiting >= 0.5 => (
                Tone::Good,
                self.verdict_holds_so_far(
                    report.waiting.round() as u64,
                    &self.requests(report.requests.round() as u64, &requests),
                    &self.in_prose(report.waiting),
                ),
            ),
            (Standing::Holds, _) => (
                Tone::Good,
                self.verdict_holds(report.requests.round() as u64, &requests),
            ),
            (Standing::WithinObjective, None) => (
                Tone::Fair,
                self.verdict_within_no_incident(&harm(report.failed, report.late), &requests),
            ),
            (Standing::WithinObjective, Some(incident)) => {
                let harm = harm(report.failed, report.late);
                (
                    Tone::Fair,
                    self.verdict_within(&harm, &requests, &at(incident)),
                )
            }
            (Standing::Short, None) => (
                Tone::Bad,
                self.verdict_short_no_incident(&harm(report.failed, report.late)),
            ),
            (Standing::Short, Some(incident)) => {
                let harm = harm(incident.failed, incident.late);
                let time = self.duration(incident.end_s - incident.start_s);
                let place = at(incident);
                let headline = if queues {
                    self.verdict_behind(&time, &place, &harm)
                } else {
                    self.verdict_short(&time, &place, &harm)
                };
                (Tone::Bad, headline)
            }
        };
        let remedy = match (tone, advice) {
            (Tone::Good, _) => String::new(),
            // Chance alone makes a few late, and nothing has to change.
            (Tone::Fair, _) if incident.is_none() => String::new(),
            (_, None) => self.remedy_searching().to_owned(),
            (_, Some(found)) => self.remedy(found, report, compiled),
        };
        let mut why = match incident {
            None if report.is_idle() => self.warning_no_demand().to_owned(),
            None => self.cost_of_holding(report, compiled),
            Some(incident) => {
                let mut why = self.bottleneck(incident, compiled, scenario);
                if let Some(storm) = &incident.storm {
                    let begins = wall(&compiled.clock, incident.start_s);
                    let over = wall(&compiled.clock, storm.cause_over_s);
                    push(
                        &mut why,
                        &self.why_storm(storm, &self.time_beside(over, begins)),
                    );
                    let found = advice.unwrap_or_default();
                    // Where it comes first, it stands above.
                    if found.first().is_some_and(keeps_objective)
                        && let Some(ends) = found.iter().find(|it| !keeps_objective(it))
                    {
                        push(&mut why, &self.advice(ends, report, compiled));
                    }
                }
                why
            }
        };
        let others = report.incidents.len().saturating_sub(1);
        if tone != Tone::Good && others > 0 {
            let count = self.integer(others as f64);
            let sentence = match report.incidents.len() >= MOST_INCIDENTS {
                true if queues => self.other_backlogs_many(&count),
                true => self.other_incidents_many(&count),
                false if queues => self.other_backlogs(others as u64, &count),
                false => self.other_incidents(others as u64, &count),
            };
            push(&mut why, &sentence);
        }
        Verdict {
            tone,
            headline,
            remedy,
            why,
        }
    }

    /// The change that comes first, which a button beside it makes: what would have kept the objective, or where nothing would have,
    /// what would at least have ended a retry storm.
    fn remedy(self, found: &[Advice], report: &Report, compiled: &Compiled) -> String {
        let Some(first) = found.first() else {
            return self.remedy_none().to_owned();
        };
        let says = self.advice(first, report, compiled);
        if keeps_objective(first) {
            return says;
        }
        let mut remedy = self.remedy_none().to_owned();
        push(&mut remedy, &says);
        remedy
    }

    /// `3,120 requests fail`, `412 requests are late`, or both. In an asynchronous endpoint's queue they expire.
    fn harm(self, failed: f64, late: f64, queues: bool) -> String {
        let (fail, delay) = (failed.round() as u64, late.round() as u64);
        let failing = if queues {
            self.requests_expire(fail, &self.in_prose(failed))
        } else {
            self.requests_fail(fail, &self.in_prose(failed))
        };
        match (fail, delay) {
            (0, 0) => self.less_than_one_request().to_owned(),
            (_, 0) => failing,
            (0, _) => self.requests_late(delay, &self.in_prose(late)),
            (_, _) => self.fail_and_late(&failing, &self.also_late(delay, &self.in_prose(late))),
        }
    }

    /// A count of requests: every digit below a million.
    pub(crate) fn in_prose(self, requests: f64) -> String {
        if requests < 999_999.5 {
            self.integer(requests)
        } else {
            self.compact(requests)
        }
    }

    /// Where an incident falls: at an event of the scenario, or at its date and time.
    fn place(self, incident: &Incident, compiled: &Compiled, scenario: &Scenario) -> String {
        let during = |layer: &&Layer| match layer.shape {
            Shape::Event {
                at,
                ramp_up_min,
                hold_min,
                decay_min,
                ..
            } if !layer.off && !layer.name.is_empty() => {
                let from_s = compiled.clock.at_s(at);
                let until_s = from_s + 60.0 * (ramp_up_min + hold_min + decay_min);
                from_s < incident.end_s && incident.start_s < until_s
            }
            _ => false,
        };
        match scenario.demand.iter().rfind(during) {
            Some(layer) => self.at_event(&layer.name),
            None => self.at_moment(&self.date_time(wall(&compiled.clock, incident.start_s))),
        }
    }

    /// Why capacity was not there.
    fn bottleneck(self, incident: &Incident, compiled: &Compiled, scenario: &Scenario) -> String {
        if let Some(backlog) = incident.backlog
            && !scenario.policies.is_empty()
            && let Some(mut why) = self.why_behind(incident.bottleneck, backlog, compiled)
        {
            let rise = self.rise(incident.rise);
            let reason = self.why_nothing_scaled_out(incident, compiled, scenario, &rise);
            push(&mut why, &reason);
            return why;
        }
        let rise = self.rise(incident.rise);
        let moment = |at_s: f64| {
            let beside = wall(&compiled.clock, incident.start_s);
            self.time_beside(wall(&compiled.clock, at_s), beside)
        };
        if scales_copies(&compiled.plan)
            && !scenario.policies.is_empty()
            && let Some(mut why) = self.why_of_copies(incident.bottleneck, &moment, &rise)
        {
            let reason = self.why_nothing_scaled_out(incident, compiled, scenario, &rise);
            push(&mut why, &reason);
            return why;
        }
        let has_instances = compiled.platform.rules().has_instances;
        match incident.bottleneck {
            Bottleneck::MaxConcurrency { .. } | Bottleneck::ColdStarts { .. } => {
                self.on_demand_bottleneck(incident.bottleneck)
            }
            Bottleneck::CpuCredits { .. } => self.why_of_credits(incident.bottleneck, &moment),
            Bottleneck::MaxCapacity { max, needed } if !has_instances => {
                self.why_max_units(needed.into(), &self.count(max), &self.count(needed))
            }
            Bottleneck::MaxCapacity { max, needed } => {
                self.why_max(needed.into(), &self.count(max), &self.count(needed))
            }
            Bottleneck::TooLate {
                detection_s,
                launch_s,
            } => self.why_too_late(&self.duration(detection_s), &self.duration(launch_s), &rise),
            Bottleneck::NoScaleOut => {
                // An incident that does not say why was over too soon.
                let unanswered =
                    (incident.unanswered).unwrap_or(Unanswered::TooShort { policy: 0 });
                self.why_unanswered(unanswered, compiled, scenario, &rise)
            }
            Bottleneck::ScaledInTooFar { at_s } if !has_instances => {
                self.why_scaled_in_units(&moment(at_s), &rise)
            }
            Bottleneck::ScaledInTooFar { at_s } => self.why_scaled_in(&moment(at_s), &rise),
            lost @ (Bottleneck::InstancesLost { .. }
            | Bottleneck::SlowInstance { .. }
            | Bottleneck::StartsTooLong { .. }) => self.why_lost(lost, &moment, scenario),
            refused @ Bottleneck::LaunchesRefused { .. } => {
                self.why_refused(refused, &moment, compiled, scenario)
            }
            Bottleneck::MissingMetric {
                from_s,
                until_s,
                scaled_out_s,
            } => {
                let mut text = self.why_missing_metric(&moment(from_s), &moment(until_s));
                let then = match scaled_out_s {
                    Some(at_s) => self.why_missing_answered(&moment(at_s)),
                    None => self.why_missing_over().to_owned(),
                };
                push(&mut text, &then);
                text
            }
            // Only copies can lack these.
            Bottleneck::MaxInstances { .. } | Bottleneck::FromZero { .. } => {
                self.why_no_policy().to_owned()
            }
        }
    }

    /// `rose fourfold in 6 minutes`, as a clause.
    fn rise(self, rise: Rise) -> String {
        let time = self.duration(rise.over_s);
        let factor = rise.to_rps / rise.from_rps;
        let (from, to) = (
            self.significant(rise.from_rps),
            self.significant(rise.to_rps),
        );
        let whole = factor.round();
        if !factor.is_finite() || factor >= 10.5 {
            self.rise_from_to(&from, &to, &time)
        } else if factor >= 1.9 && (factor - whole).abs() <= 0.1 * whole {
            let word = self
                .fold_words()
                .split(' ')
                .nth(whole as usize - 2)
                .unwrap_or_default();
            self.rise_whole(word, &time)
        } else if factor >= 1.9 {
            self.rise_factor(&self.number(factor, 1), &time)
        } else if factor >= 1.01 {
            self.rise_percent(&self.percent(factor - 1.0, 0), &time)
        } else {
            self.rise_none(&to)
        }
    }

    /// Why environments on demand did not do.
    fn on_demand_bottleneck(self, bottleneck: Bottleneck) -> String {
        match bottleneck {
            Bottleneck::MaxConcurrency { max, needed } if needed > MAX_CONCURRENCY => {
                self.why_max_concurrency_beyond(&self.count(max), &self.count(needed))
            }
            Bottleneck::MaxConcurrency { max, needed } => {
                self.why_max_concurrency(&self.count(max), &self.count(needed))
            }
            Bottleneck::ColdStarts { setup_s } => self.why_cold_starts(&self.duration(setup_s)),
            _ => String::new(),
        }
    }

    /// What holding costs, beside a fleet that never changes.
    fn cost_of_holding(self, report: &Report, compiled: &Compiled) -> String {
        let units = !compiled.platform.rules().has_instances;
        let copies = scales_copies(&compiled.plan);
        let count = |mean: f64, copies: bool| {
            let n = self.number(mean, 1);
            // Any fraction takes the plural.
            let plural = if n == "1" { 1 } else { 2 };
            if copies {
                self.copies(plural, &n)
            } else if units {
                self.units(plural, &n)
            } else {
                self.instances(plural, &n)
            }
        };
        let mean = count(report.mean_instances, copies);
        let fixed = count(f64::from(report.fixed_fleet.instances), false);
        let less = 1.0 - report.cost_usd / report.fixed_fleet.cost_usd;
        if units && report.most_instances == 0 {
            return self.cost_on_demand(less, &fixed);
        }
        if !less.is_finite() || less.abs() < 0.005 {
            self.holding_same(&mean, &fixed)
        } else if less > 0.0 {
            self.holding_cheaper(&mean, &self.percent(less, 0), &fixed)
        } else {
            self.holding_dearer(&mean, &self.percent(-less, 0), &fixed)
        }
    }

    fn cost_on_demand(self, less: f64, fixed: &str) -> String {
        if less.is_finite() && less >= 0.005 {
            self.holding_on_demand(&self.percent(less, 0), fixed)
        } else {
            self.holding_on_demand_dearer(fixed)
        }
    }
}

/// Whether a change would have kept the objective.
fn keeps_objective(advice: &Advice) -> bool {
    advice.effect == Effect::KeepsObjective
}
