//! CPU credits, instance by instance: each has balances of its own. They are counted whenever instances have come or gone, and
//! at each minute's end, when it is decided who is held back in the next one.

use engine::plan::{CpuCredits, CreditMode};

/// A minute's credits that are missing by less than this share are rounding.
const ROUNDING: f64 = 1e-9;

/// What one instance has.
struct Account {
    id: usize,
    /// Launch credits that are left, credits earned, and credits spent ahead of earning them.
    launch: f64,
    balance: f64,
    surplus: f64,
    /// Spent in this minute so far.
    spent: f64,
    is_held: bool,
    /// As a share of full speed.
    speed: f64,
}

/// What became of all credits.
#[derive(Clone, Default)]
pub struct Sums {
    pub given: f64,
    pub earned: f64,
    pub spent: f64,
    /// What went with an instance, and what one could not keep.
    pub gone: f64,
    pub beyond: f64,
    pub lent: f64,
    pub charged: f64,
    /// Surplus beyond the most, which the end of the hour charges.
    pub due: f64,
    /// Instance-seconds held back, and the stretches in which any was.
    pub held_instance_s: f64,
    pub held: Vec<(u32, u32)>,
}

/// What a minute's end shows.
#[derive(Clone, Copy)]
pub struct Shown {
    /// Credits and surplus of an instance, as a mean.
    pub balance: f64,
    pub surplus: f64,
    /// All that has been charged so far.
    pub charged: f64,
}

pub struct Credits {
    plan: CpuCredits,
    max_rps: f64,
    /// Those in service.
    list: Vec<Account>,
    is_begun: bool,
    /// Up to when, and up to how many requests served, all is counted.
    counted_s: u32,
    counted: f64,
    pub sums: Sums,
}

impl Credits {
    pub fn new(plan: CpuCredits, max_rps: f64) -> Self {
        Self {
            plan,
            max_rps,
            list: Vec::new(),
            is_begun: false,
            counted_s: 0,
            counted: 0.0,
            sums: Sums::default(),
        }
    }

    /// A credit is a minute of a vCPU; a request costs no more than keeps all of them busy at full speed.
    fn per_request(&self) -> f64 {
        let most_s = self.plan.vcpu / self.max_rps;
        self.plan.cpu_s_per_request.min(most_s) / 60.0
    }

    /// Credits of a minute at full speed, and those earned in it.
    fn full(&self) -> f64 {
        60.0 * self.max_rps * self.per_request()
    }

    fn earned(&self) -> f64 {
        self.plan.earned_per_hour / 60.0
    }

    /// These are in service from now on, so many requests having been served in all; gives the sum of their speeds.
    pub fn look(&mut self, now_s: u32, served: f64, serving: &[usize]) -> f64 {
        let is_new = |list: &[Account], id: usize| list.iter().all(|account| account.id != id);
        let comes = serving.iter().any(|id| is_new(&self.list, *id));
        let goes = (self.list.iter()).any(|account| !serving.contains(&account.id));
        if comes || goes {
            self.count(now_s, served);
        }
        let sums = &mut self.sums;
        self.list.retain(|account| {
            let stays = serving.contains(&account.id);
            if !stays {
                // What it has goes with it, what it owes is charged.
                sums.gone += account.launch + account.balance;
                sums.charged += account.surplus;
            }
            stays
        });
        for id in serving {
            if is_new(&self.list, *id) {
                let (launch, balance) = match self.plan.initial {
                    Some(balance) if !self.is_begun => (0.0, balance.min(self.plan.most)),
                    _ => (self.plan.launch, 0.0),
                };
                self.sums.given += launch + balance;
                self.list.push(Account {
                    id: *id,
                    launch,
                    balance,
                    surplus: 0.0,
                    spent: 0.0,
                    is_held: false,
                    speed: 1.0,
                });
            }
        }
        self.is_begun = true;
        self.list.iter().map(|account| account.speed).sum()
    }

    /// All that has been served since the last time is shared evenly: what one cannot do the faster ones do.
    fn count(&mut self, now_s: u32, served: f64) {
        let seconds = f64::from(now_s - self.counted_s);
        let mut left = served - self.counted;
        (self.counted_s, self.counted) = (now_s, served);
        let (per_request, earned) = (self.per_request(), self.earned() * seconds / 60.0);
        let mut slowest_first: Vec<&mut Account> = self.list.iter_mut().collect();
        slowest_first.sort_by(|a, b| a.speed.total_cmp(&b.speed));
        let all = slowest_first.len();
        for (place, account) in slowest_first.into_iter().enumerate() {
            let share = left / (all - place) as f64;
            let done = share.min(account.speed * self.max_rps * seconds);
            left -= done;
            account.book(&self.plan, earned, done * per_request, &mut self.sums);
        }
        let held = self.list.iter().filter(|account| account.is_held).count();
        if held > 0 && seconds > 0.0 {
            self.sums.held_instance_s += held as f64 * seconds;
            let from_s = now_s - seconds as u32;
            match self.sums.held.last_mut() {
                Some(last) if last.1 == from_s => last.1 = now_s,
                _ => self.sums.held.push((from_s, now_s)),
            }
        }
    }

    /// A minute ends, by when so many requests have been served in all.
    pub fn end_minute(&mut self, now_s: u32, served: f64) -> Shown {
        self.count(now_s, served);
        let (full, earned) = (self.full(), self.earned());
        for account in &mut self.list {
            // What it can spend in the next minute, and what it is to afford: a minute like this one, or at full speed before
            // it is let go.
            let budget = account.launch + account.balance + earned;
            let needed = if account.is_held { full } else { account.spent };
            account.spent = 0.0;
            account.is_held =
                self.plan.mode == CreditMode::Standard && budget < needed * (1.0 - ROUNDING);
            account.speed = if account.is_held { budget / full } else { 1.0 };
        }
        if now_s.is_multiple_of(3600) {
            self.sums.charged += std::mem::take(&mut self.sums.due);
        }
        let instances = self.list.len().max(1) as f64;
        Shown {
            balance: self.balance() / instances,
            surplus: self.surplus() / instances,
            charged: self.sums.charged,
        }
    }

    /// All that instances in service have, and all that they owe.
    pub fn balance(&self) -> f64 {
        let list = self.list.iter();
        list.map(|account| account.launch + account.balance).sum()
    }

    pub fn surplus(&self) -> f64 {
        self.list.iter().map(|account| account.surplus).sum()
    }
}

impl Account {
    /// Launch credits are spent first, then what is earned, then what was kept; what is missing is lent, or surplus. Of what
    /// is earned surplus is paid down first, then it is kept.
    fn book(&mut self, plan: &CpuCredits, earned: f64, spent: f64, sums: &mut Sums) {
        self.spent += spent;
        sums.earned += earned;
        sums.spent += spent;
        let from_launch = spent.min(self.launch);
        self.launch -= from_launch;
        let mut change = earned - (spent - from_launch);
        if change > 0.0 {
            let paid = change.min(self.surplus);
            self.surplus -= paid;
            change -= paid;
        }
        self.balance += change;
        if self.balance > plan.most {
            sums.beyond += self.balance - plan.most;
            self.balance = plan.most;
        }
        let missing = (-self.balance).max(0.0);
        self.balance += missing;
        match plan.mode {
            CreditMode::Standard => sums.lent += missing,
            CreditMode::Unlimited => {
                self.surplus += missing;
                let beyond = (self.surplus - plan.most).max(0.0);
                self.surplus -= beyond;
                sums.due += beyond;
            }
        }
    }
}
