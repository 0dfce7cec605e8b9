//! Every change tried, one after another, and how many runs halving takes to find the same.

use engine::{
    Report,
    advice::{Change, Search, apply},
    plan::{Launch, Plan, ScalableTarget},
    report::{Bottleneck, Incident, Standing},
};

const QUARTER_S: f64 = 900.0;

/// What a search finds, cheapest first, and the runs that it takes.
pub fn search(plan: &Plan) -> (Vec<Change>, u32) {
    let mut search = Search::new(plan.clone(), &engine::run(plan));
    let mut runs = 1;
    while search.next().is_some() {
        search.step();
        runs += 1;
    }
    let found = search.found();
    (found.iter().map(|advice| advice.change).collect(), runs)
}

/// Every change tried: whether it keeps the objective, and nobody notices anything from a quarter of an hour before the worst
/// incident until one after it.
struct Trial<'a> {
    plan: &'a Plan,
    worst: Incident,
    found: Vec<(f64, Change)>,
    runs: u32,
}

impl Trial<'_> {
    fn holds(&self, change: Change) -> Option<f64> {
        let plan = apply(self.plan, change);
        let run = engine::run(&plan);
        let (from_s, until_s) = (
            self.worst.overload_s - QUARTER_S,
            self.worst.end_s + QUARTER_S,
        );
        let mut distress = run.distress.iter().map(|distress| distress.start_s);
        let is_noticed = distress.any(|at_s| from_s <= at_s && at_s < until_s);
        let is_short = Report::new(&plan, &run).standing == Standing::Short;
        (!is_noticed && !is_short).then_some(run.totals.cost_usd)
    }

    /// The smallest of so many changes that holds, if the largest does; and the runs that halving takes to find it.
    fn smallest(&mut self, most: u32, change: impl Fn(u32) -> Change) -> Option<(f64, Change)> {
        if most == 0 {
            return None;
        }
        self.runs += 1;
        self.holds(change(most))?;
        let holds = |number: &u32| self.holds(change(*number)).is_some();
        let smallest = (1..=most).find(holds).unwrap();
        let (mut no, mut yes) = (0, most);
        while yes - no > 1 {
            let middle = no + (yes - no) / 2;
            self.runs += 1;
            if middle >= smallest {
                yes = middle
            } else {
                no = middle
            }
        }
        let change = change(smallest);
        Some((self.holds(change).unwrap(), change))
    }

    fn try_out(&mut self, most: u32, change: impl Fn(u32) -> Change) -> Option<Change> {
        let found = self.smallest(most, change);
        self.found.extend(found);
        found.map(|(_, change)| change)
    }
}

/// All that holds, cheapest first, of a plan without schedule, whose demand is back below what was in service until `until_s`, to
/// the quarter of an hour; and the runs that halving takes.
pub fn by_trial(plan: &Plan, until_s: f64) -> (Vec<Change>, u32) {
    let worst = Report::new(plan, &engine::run(plan)).incidents[0];
    let mut trial = Trial {
        plan,
        worst,
        found: Vec::new(),
        runs: 1,
    };
    let ScalableTarget { min, max } = plan.scalable_target;
    // Target values of 5 %, 10 % … of what an instance does, below the one in force, from 10 % on.
    let policy = plan.target_tracking[0];
    let percent = |percent: u32| {
        policy
            .metric
            .of_requests(20.0 * 60.0 * f64::from(percent) / 100.0)
    };
    let lower = (2..=20).map(|step| 5 * step);
    let mut lower: Vec<u32> = lower
        .filter(|&step| percent(step) < policy.target - 1e-3)
        .collect();
    lower.reverse();
    trial.try_out(lower.len() as u32, |number| {
        Change::Target(percent(lower[number as usize - 1]))
    });
    // A minimum from up to an hour before it must be there, and then from as late as it may be.
    let quarter = |at_s: f64| QUARTER_S * (at_s / QUARTER_S).floor().max(0.0);
    let (Launch::Fixed(launch_s) | Launch::Range { to_s: launch_s, .. }) = plan.fleet.launch;
    let latest_s = quarter(worst.overload_s);
    let earliest_s = quarter(worst.overload_s - launch_s - 3600.0);
    let scheduled = |min, from_s| Change::ScheduledMin {
        min,
        from_s,
        until_s,
    };
    let enough = trial.smallest(max - min, |number| scheduled(min + number, earliest_s));
    if let Some((_, Change::ScheduledMin { min, .. })) = enough {
        let starts = ((latest_s - earliest_s) / QUARTER_S) as u32 + 1;
        trial.try_out(starts, |number| {
            scheduled(min, latest_s - QUARTER_S * f64::from(number - 1))
        });
    }
    trial.try_out(max - min, |number| Change::MinCapacity(min + number));
    if matches!(worst.bottleneck, Bottleneck::MaxCapacity { .. }) {
        // As many as a fixed fleet of the same safety factor would be: at half of 20 requests per second each.
        let enough = (worst.rise.to_rps / 10.0).ceil() as u32;
        let raised = trial.try_out(enough - max, |number| Change::MaxCapacity(max + number));
        if raised.is_none() {
            let both = |min, max| Change::MinAndMax { min, max };
            let lowest = trial.smallest(enough - min, |number| both(min + number, enough));
            if let Some((_, Change::MinAndMax { min, .. })) = lowest {
                trial.try_out(enough - max, |number| both(min, (max + number).max(min)));
            }
        }
    }
    trial.found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let found = trial.found.iter().map(|&(_, change)| change);
    (found.collect(), trial.runs)
}
