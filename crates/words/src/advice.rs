//! Advice in words: what to change, what it costs, what the button says.
//!
//! Which change holds was found by running it; nothing is judged here.

use engine::{
    Report,
    advice::{Advice, Change, Effect},
};
use scenario::compile::Compiled;

use crate::{Words, copies::scales_copies, moment::wall};

/// A day, and runs that are about as long as a month, seconds.
const DAY_S: f64 = 86_400.0;
const MONTH_LEAST_S: f64 = 28.0 * DAY_S;
const MONTH_MOST_S: f64 = 31.0 * DAY_S;

impl Words {
    /// The change alone, for a button: `Set MinCapacity 6`.
    #[must_use]
    pub fn change(self, change: Change, compiled: &Compiled) -> String {
        match change {
            Change::MinCapacity(min) => self.change_min(&self.count(min)),
            Change::MaxCapacity(max) => self.change_max(&self.count(max)),
            Change::MaxConcurrency(max) => self.change_max_concurrency(&self.count(max)),
            Change::ProvisionedConcurrency(n) => self.change_provisioned(&self.count(n)),
            Change::UnlimitedCredits => self.change_unlimited_credits().to_owned(),
            Change::MinAndMax { min, max } => self.change_both(&self.count(min), &self.count(max)),
            Change::Target(target) => self.change_target(&self.number(target, 2)),
            Change::MaxAttempts(attempts) => self.change_max_attempts(&self.count(attempts)),
            Change::RetryBudget(share) => self.change_retry_budget(&self.percent(share, 0)),
            Change::QueueLimit(limit) => self.change_queue_limit(&self.integer(limit)),
            Change::ScheduledMin {
                min,
                from_s,
                until_s,
            } => {
                let (from, until) = self.span(from_s, until_s, compiled);
                self.change_scheduled(&self.count(min), &from, &until)
            }
        }
    }

    /// What would have been enough, and what it would have cost more or less than the run as it is.
    #[must_use]
    pub fn advice(self, advice: &Advice, report: &Report, compiled: &Compiled) -> String {
        let cost = self.cost_difference(advice, report, f64::from(compiled.plan.length_s));
        if let Effect::EndsStorm { at_s } = advice.effect {
            let what = self.change_that_ends(advice.change).unwrap_or_default();
            let begins_s = report.incidents.first().map_or(0.0, |worst| worst.start_s);
            let at = self.time_beside(wall(&compiled.clock, at_s), wall(&compiled.clock, begins_s));
            return self.advice_ends_storm(&what, &at, &cost);
        }
        match advice.change {
            Change::MaxAttempts(_) | Change::RetryBudget(_) | Change::QueueLimit(_) => {
                let what = self.change_that_ends(advice.change).unwrap_or_default();
                self.advice_enough(&what, &cost)
            }
            Change::MinCapacity(min) => self.advice_min(&self.count(min), &cost),
            Change::MaxCapacity(max) => self.advice_max(&self.count(max), &cost),
            Change::MaxConcurrency(max) => self.advice_max_concurrency(&self.count(max), &cost),
            Change::ProvisionedConcurrency(n) => self.advice_provisioned(&self.count(n), &cost),
            Change::UnlimitedCredits => self.advice_unlimited_credits(&cost),
            Change::MinAndMax { min, max } => {
                self.advice_both(&self.count(min), &self.count(max), &cost)
            }
            Change::Target(target) => self.advice_target(&self.number(target, 2), &cost),
            Change::ScheduledMin {
                min,
                from_s,
                until_s,
            } => {
                let (from, until) = self.span(from_s, until_s, compiled);
                let (count, n) = (u64::from(min), self.count(min));
                if !compiled.platform.rules().has_instances {
                    self.advice_scheduled_units(count, &n, &from, &until, &cost)
                } else if scales_copies(&compiled.plan) {
                    self.advice_scheduled_copies(count, &n, &from, &until, &cost)
                } else {
                    self.advice_scheduled(count, &n, &from, &until, &cost)
                }
            }
        }
    }

    fn span(self, from_s: f64, until_s: f64, compiled: &Compiled) -> (String, String) {
        let (from, until) = (
            wall(&compiled.clock, from_s),
            wall(&compiled.clock, until_s),
        );
        // A run of one day need not name it.
        let begins = if f64::from(compiled.plan.length_s) <= DAY_S {
            self.time_beside(from, from)
        } else {
            self.date_time(from)
        };
        (begins, self.time_beside(until, from))
    }

    /// `$0.37 more for this day, about $11 a month`. The month is left out where the run is about as long.
    fn cost_difference(self, advice: &Advice, report: &Report, length_s: f64) -> String {
        let more_usd = advice.cost_usd - report.cost_usd;
        let more_usd_per_month = advice.usd_per_month - report.usd_per_month;
        let (usd, month) = (self.usd(more_usd.abs()), self.usd(more_usd_per_month.abs()));
        let is_a_month = (MONTH_LEAST_S..=MONTH_MOST_S).contains(&length_s);
        let run = || {
            if length_s == DAY_S {
                self.this_day().to_owned()
            } else {
                self.this_run(&self.duration(length_s))
            }
        };
        if more_usd.abs() < 0.005 {
            self.costs_the_same().to_owned()
        } else if more_usd > 0.0 {
            if is_a_month {
                self.costs_more_monthly(&month)
            } else {
                self.costs_more(&usd, &run(), &month)
            }
        } else if is_a_month {
            self.costs_less_monthly(&month)
        } else {
            self.costs_less(&usd, &run(), &month)
        }
    }
}
