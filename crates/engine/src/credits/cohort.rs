//! Instances that came into service together, and so have the same credits.

use crate::{
    exact,
    plan::{CpuCredits, CreditMode},
    run::CreditSums,
};

/// Credits that are missing by less than this share are rounding.
const ROUNDING: f64 = 1e-9;

/// Instances that came together; quantities are those of one of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cohort {
    pub since_s: f64,
    pub instances: u32,
    /// Launch credits that are left, credits earned, and credits spent ahead of earning them.
    launch: f64,
    balance: f64,
    pub surplus: f64,
    /// Held back in this minute, and the speed that this leaves, as a share of full speed.
    is_throttled: bool,
    pub speed: f64,
    /// Credits spent in this minute so far.
    pub spent: f64,
}

impl Cohort {
    /// New instances, unless they have a balance.
    // rule: credits.launch-credits-of-new-instances
    pub(super) fn new(
        plan: &CpuCredits,
        since_s: f64,
        instances: u32,
        balance: Option<f64>,
    ) -> Self {
        Self {
            since_s,
            instances,
            launch: if balance.is_none() { plan.launch } else { 0.0 },
            balance: balance.unwrap_or(0.0).min(plan.most),
            surplus: 0.0,
            is_throttled: false,
            speed: 1.0,
            spent: 0.0,
        }
    }

    /// CPUCreditBalance, which launch credits are part of.
    pub(super) fn credits(&self) -> f64 {
        self.launch + self.balance
    }

    /// Books what an instance has earned and spent; gives the surplus of all of them that is to be charged.
    ///
    /// Launch credits are spent first; earned ones pay surplus down before they are kept (Amazon EC2 user guide, "Launch credits",
    /// "Surplus credits can incur charges").
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
            // Who has nothing, and spends what is earned, still has nothing.
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

    /// Decides on the next minute, in which an instance can spend what it has and what it earns.
    ///
    /// One is held back that cannot afford another minute like the last, until it could afford one at full speed.
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

    /// At most `left` of them are gone, with all they have. Surplus is charged at once.
    pub(super) fn remove(&mut self, left: &mut u32, sums: &mut CreditSums) {
        let gone = self.instances.min(*left);
        self.instances -= gone;
        *left -= gone;
        sums.lost += f64::from(gone) * self.credits();
        sums.charged += f64::from(gone) * self.surplus;
    }

    /// Takes others in: each then has the mean of all. They are held if any were, until the next minute at the mean speed.
    pub(super) fn merge(&mut self, others: &Self) {
        let (mine, theirs) = (f64::from(self.instances), f64::from(others.instances));
        let mean = |a: f64, b: f64| (a * mine + b * theirs) / (mine + theirs);
        *self = Self {
            since_s: self.since_s,
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
