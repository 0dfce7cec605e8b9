//! CPU credits in words: what a type earns, when credits were used up, what surplus cost, why instances slowed down.
//!
//! All of that was found by the engine; the table of types is the catalogue's.

use engine::{
    plan::{CpuCredits, CreditMode},
    report::{Bottleneck, CreditFigures, MetricWhileThrottled},
};
use scenario::{catalogue::Burstable, compile::Compiled};

use crate::{Amount, Counted, Words, activity::push, moment::wall};

impl Words {
    /// Why there was too little capacity, where CPU credits were used up.
    pub(crate) fn why_of_credits(
        self,
        bottleneck: Bottleneck,
        moment: &dyn Fn(f64) -> String,
    ) -> String {
        let Bottleneck::CpuCredits { at_s, speed, seen } = bottleneck else {
            return String::new();
        };
        let (at, speed) = (moment(at_s), self.percent(speed, 0));
        let mut why = match seen {
            Some(MetricWhileThrottled {
                metric,
                target,
                scaled_in,
            }) if metric < target => {
                let [metric, target] = self
                    .apart(metric, target, 0)
                    .map(|number| self.percent_sign(&number));
                if scaled_in {
                    self.why_credits_scaled_in(&at, &speed, &metric, &target)
                } else {
                    self.why_credits_unseen(&at, &speed, &metric, &target)
                }
            }
            _ => self.why_credits(&at, &speed),
        };
        push(&mut why, self.why_credits_other_type());
        why
    }

    /// Key figures of a run whose instances have credits, each a name, a value and the number by which it is compared.
    pub(crate) fn credit_figures(
        self,
        credits: Option<&CreditFigures>,
        compiled: &Compiled,
    ) -> Vec<(&'static str, String, Option<Amount>)> {
        let unlimited = |credits: &CpuCredits| credits.mode == CreditMode::Unlimited;
        let Some(credits) = credits else {
            return Vec::new();
        };
        if (compiled.plan.resource.cpu_credits()).is_some_and(unlimited) {
            let (all, owed) = (
                self.usd(credits.surplus_usd),
                self.usd(credits.outstanding_usd),
            );
            let amount = Amount {
                number: credits.surplus_usd,
                of: Counted::Usd,
            };
            let value = self.figure_surplus(&all, &owed);
            return vec![(self.key_surplus(), value, Some(amount))];
        }
        let used_up = match credits.used_up_s {
            None => self.figure_never().to_owned(),
            Some(at_s) => self.date_time(wall(&compiled.clock, at_s)),
        };
        let throttled = self.duration(credits.throttled_s);
        let amount = Amount {
            number: credits.throttled_s,
            of: Counted::Seconds,
        };
        vec![
            (self.key_used_up(), used_up, None),
            (self.key_throttled(), throttled, Some(amount)),
        ]
    }

    /// What a type earns, and what that lasts for: `Earns 36 credits an hour: 30 % of each of 2 vCPUs for ever. Keeps 864 at most.`
    #[must_use]
    pub fn burstable(self, known: &Burstable) -> String {
        self.burstable_about(
            &self.number(known.earned_per_hour, 1),
            &self.percent(known.baseline_pct / 100.0, 1),
            &self.count(known.vcpu),
            &self.number(known.most, 1),
        )
    }
}
