//! Instances that came into service together, and so have the same credits.

use crate::{
    exact,
    plan::{CpuCredits, CreditMode},
    run::CreditSums,
};

/// A shortage below this share of what is needed is rounding.
const ROUNDING: f64 = 1e-9;

/// Instances that came into service together. Quantities are those of one instance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cohort {
    /// The arrival that they belong to; of merged ones the first.
    pub arrival: u32,
    pub instances: u32,
    /// Launch credits that are left, earned credits, and surplus credits: those spent before they are earned.
    launch: f64,
    balance: f64,
    pub surplus: f64,
    /// Whether it is throttled in this minute, and its speed as a share of full speed.
    is_throttled: bool,
    pub speed: f64,
    /// Credits spent in this minute so far.
    pub spent: f64,
}

impl Cohort {
    /// Returns a cohort: new instances with launch credits, or instances with the given balance.
    // rule: credits.launch-credits-of-new-instances
    pub(super) fn new(
        plan: &CpuCredits,
        arrival: u32,
        instances: u32,
        balance: Option<f64>,
    ) -> Self {
        Self {
            arrival,
            instances,
            launch: if balance.is_none() { plan.launch } else { 0.0 },
            balance: balance.unwrap_or(0.0).min(plan.most),
            surplus: 0.0,
            is_throttled: false,
            speed: 1.0,
            spent: 0.0,
        }
    }

    /// Returns CPUCreditBalance, which includes launch credits.
    pub(super) fn credits(&self) -> f64 {
        self.launch + self.balance
    }

    /// Books what an instance has earned and spent. Returns the surplus credits of the whole cohort that are charged.
    ///
    /// Launch credits are spent first; earned ones pay surplus down before they are kept (Amazon EC2 user guide, "Launch
    /// credits", "Surplus credits can incur charges").
    // rule: credits.earned
    // rule: credits.launch-credits
    // rule: credits.surplus-paid-down
    pub(super) fn account(
        &mut self,
        plan: &CpuCredits,
        earned: f64,
        spent: f64,
        sums: &mut CreditSums,
    ) -> f64 {
        let all = f64::from(self.instances);
        self.spent += spent;
        sums.earned += all * earned;
        sums.spent += all * spent;
        let launch = spent.min(self.launch);
        self.launch -= launch;
        let spent = spent - launch;
        if earned >= spent {
            let kept = earned - spent;
            let paid = kept.min(self.surplus);
            self.surplus -= paid;
            // An instance that has nothing and spends what it earns still has nothing.
            let balance = exact::number_of(self.balance + kept - paid, earned);
            self.balance = balance.min(plan.most);
            sums.lost += all * (balance - self.balance);
            return 0.0;
        }
        let missing = spent - earned - self.balance;
        self.balance = (-missing).max(0.0);
        if missing <= 0.0 {
            return 0.0;
        }
        match plan.mode {
            CreditMode::Standard => {
                sums.lent += all * missing;
                0.0
            }
            CreditMode::Unlimited => {
                let surplus = self.surplus + missing;
                self.surplus = surplus.min(plan.most);
                all * (surplus - self.surplus)
            }
        }
    }

    /// Decides whether the cohort is throttled in the next minute, in which an instance can spend its balance and what it earns.
    ///
    /// An instance is throttled once it cannot pay for another minute like the last, until it could pay for one at full speed.
    // rule: credits.held-to-baseline
    pub(super) fn throttle(&mut self, earned_a_minute: f64, full: f64) {
        let budget = self.credits() + earned_a_minute;
        let needed = if self.is_throttled { full } else { self.spent };
        self.is_throttled = budget < needed * (1.0 - ROUNDING);
        self.speed = if self.is_throttled {
            (budget / full).min(1.0)
        } else {
            1.0
        };
    }

    /// Removes instances, whose credits are lost and whose surplus is charged immediately.
    pub(super) fn remove(&mut self, instances: u32, sums: &mut CreditSums) {
        let gone = self.instances.min(instances);
        self.instances -= gone;
        sums.lost += f64::from(gone) * self.credits();
        sums.charged += f64::from(gone) * self.surplus;
    }

    /// Merges another cohort into this one. Each instance then has the mean of both. They are throttled if either was, at the
    /// mean speed, until the next minute.
    pub(super) fn merge(&mut self, others: &Self) {
        let (mine, theirs) = (f64::from(self.instances), f64::from(others.instances));
        let mean = |a: f64, b: f64| (a * mine + b * theirs) / (mine + theirs);
        *self = Self {
            arrival: self.arrival,
            instances: self.instances + others.instances,
            launch: mean(self.launch, others.launch),
            balance: mean(self.balance, others.balance),
            surplus: mean(self.surplus, others.surplus),
            is_throttled: self.is_throttled || others.is_throttled,
            speed: mean(self.speed, others.speed),
            spent: mean(self.spent, others.spent),
        };
    }
}
