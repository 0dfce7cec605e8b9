//! Advice in words: what to change, what it costs, what the button says.
//!
//! Which change holds was found by running it; nothing is judged here.

use engine::advice::{Advice, Change};
use scenario::compile::Compiled;

use crate::{Words, copies::scales_copies, moment::wall};

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

    /// What would have held, and what it would have cost more or less than `cost_usd`, the run as it is.
    #[must_use]
    pub fn advice(self, advice: &Advice, cost_usd: f64, compiled: &Compiled) -> String {
        let cost = self.cost_difference(advice.cost_usd - cost_usd);
        match advice.change {
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
                let (count, n) = (u64::from(min), self.count_word(min));
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
        (self.date_time(from), self.time_beside(until, from))
    }

    fn cost_difference(self, more_usd: f64) -> String {
        if more_usd.abs() < 0.005 {
            self.costs_the_same().to_owned()
        } else if more_usd > 0.0 {
            self.costs_more(&self.usd(more_usd))
        } else {
            self.costs_less(&self.usd(-more_usd))
        }
    }

    /// A count that begins a sentence: small ones as a word where the language has it so.
    fn count_word(self, count: u32) -> String {
        let word = usize::try_from(count)
            .ok()
            .and_then(|count| self.number_words().split(' ').nth(count));
        word.map_or_else(|| self.count(count), str::to_owned)
    }
}
