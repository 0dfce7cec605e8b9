//! Clients that try again, second by second: requests of one second that have made as many attempts are one group, and a group that
//! comes again is spread evenly over the seconds that jitter allows.

use engine::plan::{ClientRetries, Plan};

/// Requests that have made so many attempts.
#[derive(Clone, Copy)]
struct Group {
    count: f64,
    made: u32,
}

/// Attempts that came in one second and wait.
struct Line {
    came_s: f64,
    groups: Vec<Group>,
    /// Nobody waits for them any more.
    is_left: bool,
}

impl Line {
    fn count(&self) -> f64 {
        self.groups.iter().map(|group| group.count).sum()
    }

    fn take(&mut self, share: f64) -> Vec<Group> {
        let taken = self.groups.iter_mut().map(|group| {
            let count = group.count * share;
            group.count -= count;
            Group { count, ..*group }
        });
        taken.collect()
    }
}

/// What a second comes to: attempts that came for the first time, that failed as they came, that failed while they were served.
#[derive(Clone, Copy, Default)]
pub struct Second {
    pub first: f64,
    pub refused: f64,
    pub lost: f64,
}

/// What requests have come to.
#[derive(Clone, Copy, Default)]
pub struct Told {
    pub requests: f64,
    pub answered: f64,
    pub given_up: f64,
}

pub struct Clients {
    plan: ClientRetries,
    patience_s: f64,
    /// Of each second to come, the next first.
    again: Vec<Vec<Group>>,
    lines: Vec<Line>,
    allowed: f64,
    pub told: Told,
}

impl Clients {
    pub fn of(plan: &Plan) -> Option<Self> {
        let retries = *plan.resource.retries()?;
        let patience_s = retries.timeout_s.map_or(f64::INFINITY, |timeout_s| {
            (timeout_s - super::second::mean_s(plan)).max(0.0)
        });
        Some(Self {
            plan: retries,
            patience_s,
            again: Vec::new(),
            lines: Vec::new(),
            allowed: 0.0,
            told: Told::default(),
        })
    }

    pub fn waiting(&self) -> f64 {
        let lines = self.lines.iter().filter(|line| !line.is_left);
        let again = self.again.iter().flatten().map(|group| group.count);
        lines.map(Line::count).sum::<f64>() + again.sum::<f64>()
    }

    /// A second begins, with so many in the queue. Gives how many come again in it.
    pub fn begin(&mut self, now_s: f64, queue: f64) -> f64 {
        let all: f64 = self.lines.iter().map(Line::count).sum();
        if all - queue > 1e-9 {
            let mut failed = Vec::new();
            for line in &mut self.lines {
                let gone = line.take((all - queue) / all);
                if !line.is_left {
                    failed.extend(gone);
                }
            }
            self.fail(&failed, (1, now_s + 1.0), (now_s, now_s));
        }
        let again = self.again.first();
        again.map_or(0.0, |groups| groups.iter().map(|group| group.count).sum())
    }

    /// The second is over, and so many are left in the queue.
    pub fn end(&mut self, now_s: f64, second: Second, queue: f64) {
        self.told.requests += second.first;
        let mut groups = vec![Group {
            count: second.first,
            made: 1,
        }];
        if !self.again.is_empty() {
            groups.extend(self.again.remove(0));
        }
        if let Some(budget) = self.plan.budget {
            self.allowed = (self.allowed + budget * second.first).min(10.0 * budget * second.first);
        }
        let mut line = Line {
            came_s: now_s + 0.5,
            groups,
            is_left: false,
        };
        let came = line.count();
        let (next, during) = ((0, now_s + 1.0), (now_s, now_s + 1.0));
        if came > 0.0 {
            let refused = line.take((second.refused / came).clamp(0.0, 1.0));
            self.fail(&refused, next, during);
        }
        self.lines.push(line);
        let all: f64 = self.lines.iter().map(Line::count).sum();
        let mut leave = if queue > 0.0 {
            (all - queue).max(0.0)
        } else {
            all
        };
        let lost = if leave > 0.0 {
            (second.lost / leave).min(1.0)
        } else {
            0.0
        };
        let mut failed = Vec::new();
        while leave > 0.0 && !self.lines.is_empty() {
            let count = self.lines[0].count();
            let taken = self.lines[0].take((leave / count).min(1.0));
            if !self.lines[0].is_left {
                let sum: f64 = taken.iter().map(|group| group.count).sum();
                self.told.answered += sum * (1.0 - lost);
                failed.extend(taken.iter().map(|group| Group {
                    count: group.count * lost,
                    ..*group
                }));
            }
            leave -= count.min(leave);
            if leave > 0.0 || self.lines[0].count() <= 0.0 {
                self.lines.remove(0);
            }
        }
        self.fail(&failed, next, during);
        let mut left = Vec::new();
        for line in &mut self.lines {
            if !line.is_left && line.came_s + self.patience_s <= now_s + 1.0 {
                line.is_left = true;
                left.extend(line.groups.iter().copied());
            }
        }
        self.fail(&left, next, (now_s + 1.0, now_s + 1.0));
    }

    /// Attempts fail between two moments. Those that come again do so in the second that begins at `next_s` at the earliest, of
    /// which `place` tells where it is.
    fn fail(&mut self, failed: &[Group], (place, next_s): (usize, f64), during: (f64, f64)) {
        for made in 1..=10 {
            let of = failed.iter().filter(|group| group.made == made);
            let all: f64 = of.map(|group| group.count).sum();
            if all <= 0.0 {
                continue;
            }
            let mut count = if made == 1 {
                all * self.plan.share
            } else {
                all
            };
            if made >= self.plan.max_attempts {
                count = 0.0;
            } else if self.plan.budget.is_some() {
                count = count.min(self.allowed);
                self.allowed -= count;
            }
            self.told.given_up += all - count;
            if count > 0.0 {
                let (least_s, most_s) = self.plan.backoff_s(made);
                let from_s = during.0 + least_s;
                let to_s = (during.1 + most_s).max(from_s + 1e-6);
                let again = Group {
                    count,
                    made: made + 1,
                };
                self.come_again(again, (place, next_s), (from_s, to_s));
            }
        }
    }

    fn come_again(
        &mut self,
        again: Group,
        (mut place, next_s): (usize, f64),
        (from_s, to_s): (f64, f64),
    ) {
        // Up to the end of each second.
        let (mut end_s, mut before) = (next_s, 0.0);
        while before < 1.0 {
            end_s += 1.0;
            let by_then = ((end_s - from_s) / (to_s - from_s)).clamp(0.0, 1.0);
            while self.again.len() <= place {
                self.again.push(Vec::new());
            }
            self.again[place].push(Group {
                count: again.count * (by_then - before),
                ..again
            });
            before = by_then;
            place += 1;
        }
    }
}
