//! From the document to its result: compiled, run, reported; or everything that is wrong with it. As fast as possible, yet with
//! a pause wherever the [`Pace`] asks for one.

use std::{future::pending, mem, rc::Rc};

use chart::AccountAlarm;
use engine::{Digest, Plan, Report, Run, Simulation, run::FleetChange, runner::Runner};
use scenario::{
    compile::{Compiled, Compiling, Problem},
    document::Scenario,
};

use crate::pace::{Admission, Pace};

/// Times at which demand may bend that are compiled between two looks at the clock, and steps of a run that are simulated: either
/// takes well below a millisecond.
const TIMES_PER_SLICE: usize = 8_192;
const STEPS_PER_SLICE: f64 = 10_000.0;

/// What a scenario results in.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The scenario.
    pub scenario: Rc<Scenario>,
    /// The scenario in numbers.
    pub compiled: Compiled,
    /// What happened.
    pub run: Run,
    /// What its columns come to, for whoever shows them.
    pub digest: Digest,
    /// The key figures.
    pub report: Report,
    /// Steps of [`engine::effort`] that the run took.
    pub steps: f64,
    /// What an account's own scaling desired over the same time, where documents told.
    pub account: Vec<FleetChange>,
    /// When the account's alarms on the first policy's metric were in ALARM.
    pub account_alarms: Vec<AccountAlarm>,
}

/// Two outcomes are the same if they are one: comparing a year of series would cost more than the run.
impl PartialEq for Outcome {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// How the way to a result ends.
#[derive(Clone, Debug)]
pub enum Ended {
    /// With one.
    Done(Rc<Outcome>),
    /// With everything that is wrong.
    Wrong(Vec<Problem>),
    /// Before it began: it takes about so many seconds, and nobody has asked for it.
    Waits(f64),
    /// Somewhere, as nobody waits for it any more.
    Dropped,
}

/// Compiles and runs `scenario`, in the memory of a run that nobody needs any more (`recycled`). It takes from the last outcome
/// what has not changed: demand, and the latency table of the load test.
///
/// `until_s`: a moment, to the minute and an hour from the start at the earliest, at which the run ends, so that nothing that shows it can
/// tell what came later; none: where the scenario says.
pub async fn of(
    scenario: Rc<Scenario>,
    until_s: Option<f64>,
    last: Option<Rc<Outcome>>,
    mut recycled: Run,
    pace: impl Pace,
) -> Ended {
    let known = last.as_ref().map(|last| &last.compiled);
    let mut compiling = match Compiling::new(&scenario, known) {
        Ok(compiling) => compiling,
        Err(problems) => return Ended::Wrong(problems),
    };
    let effort = compiling.effort();
    let all = effort.demand + effort.run;
    match pace.begin(all).await {
        Admission::Begins => {}
        Admission::Waits(seconds) => return Ended::Waits(seconds),
        Admission::Dropped => return Ended::Dropped,
    }
    while !compiling.advance(TIMES_PER_SLICE) {
        let done = compiling.progress() * effort.demand;
        if pace.is_due() && !pace.pause(done / all).await {
            return Ended::Dropped;
        }
    }
    let mut compiled = match compiling.finish() {
        Ok(compiled) => compiled,
        Err(problems) => return Ended::Wrong(problems),
    };
    if let Some(until_s) = until_s {
        let cut_s = (until_s / 60.0) as u32 * 60;
        let plan = &mut compiled.plan;
        plan.length_s = cut_s.max(3_600).min(plan.length_s);
    }
    if let Some(last) = last {
        recycled.latency = last.run.latency.clone();
    }
    let periods = periods_per_slice(&compiled.plan, effort.run);
    let mut simulation = Simulation::new(&compiled.plan, recycled);
    let mut digest = Digest::new(simulation.written().0.demand_rps.len());
    while !simulation.advance(periods) {
        let (series, written) = simulation.written();
        digest.go_on(series, written);
        let done = effort.demand + simulation.progress() * effort.run;
        if pace.is_due() && !pace.pause(done / all).await {
            return Ended::Dropped;
        }
    }
    let steps = simulation.steps();
    let run = simulation.finish();
    let digest = digest.finish(&run.series);
    if pace.is_due() && !pace.pause(1.0).await {
        return Ended::Dropped;
    }
    let report = Report::with(&compiled.plan, &run, &mut Paced(&pace)).await;
    pace.record_work(effort.demand + steps + engine::effort::of_report(&compiled.plan));
    Ended::Done(Rc::new(Outcome {
        scenario,
        compiled,
        digest,
        run,
        report,
        steps,
        account: Vec::new(),
        account_alarms: Vec::new(),
    }))
}

/// Runs plans with pauses.
struct Paced<'a, P>(&'a P);

impl<P: Pace> Runner for Paced<'_, P> {
    async fn run(&mut self, plan: &Plan, run: &mut Run) {
        let periods = periods_per_slice(plan, engine::effort::of_run(plan));
        let mut simulation = Simulation::new(plan, mem::take(run));
        while !simulation.advance(periods) {
            if self.0.is_due() && !self.0.pause(1.0).await {
                // Nobody waits for it: nobody goes on with it, either.
                pending::<()>().await;
            }
        }
        *run = simulation.finish();
    }
}

/// Returns how many periods of a run of `steps` steps are simulated between two looks at the clock.
pub fn periods_per_slice(plan: &Plan, steps: f64) -> usize {
    let periods = f64::from(plan.length_s) / f64::from(engine::run::PERIOD_S);
    (STEPS_PER_SLICE * periods / steps.max(1.0)).max(1.0) as usize
}

#[cfg(test)]
pub mod tests {
    use std::{
        cell::Cell,
        future::{Future, ready},
        pin::pin,
        task::{Context, Poll, Waker},
    };

    use scenario::presets;

    use super::*;

    /// A pace that asks for a pause at every look, and drops the work after so many.
    struct Steady<'a> {
        due: bool,
        most: usize,
        breaths: &'a Cell<usize>,
        waits: bool,
    }

    /// Pending once.
    struct Once(bool);

    impl Future for Once {
        type Output = ();
        fn poll(mut self: std::pin::Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
            if mem::replace(&mut self.0, true) {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        }
    }

    impl Pace for Steady<'_> {
        fn begin(&self, steps: f64) -> impl Future<Output = Admission> {
            ready(if self.waits {
                Admission::Waits(steps)
            } else {
                Admission::Begins
            })
        }
        fn is_due(&self) -> bool {
            self.due
        }
        async fn pause(&self, progress: f64) -> bool {
            assert!((0.0..=1.0).contains(&progress), "{progress}");
            self.breaths.set(self.breaths.get() + 1);
            Once(false).await;
            self.breaths.get() < self.most
        }
        fn record_work(&self, steps: f64) {
            assert!(steps > 0.0);
        }
    }

    fn driven(future: impl Future<Output = Ended>) -> Ended {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(ended) = future.as_mut().poll(&mut context) {
                return ended;
            }
        }
    }

    fn steady(breaths: &Cell<usize>, due: bool, most: usize) -> Steady<'_> {
        Steady {
            due,
            most,
            breaths,
            waits: false,
        }
    }

    /// Returns the outcome of a scenario, without any pause.
    pub fn at_once(scenario: &Rc<Scenario>) -> Option<Rc<Outcome>> {
        cut(scenario, None)
    }

    fn cut(scenario: &Rc<Scenario>, until_s: Option<f64>) -> Option<Rc<Outcome>> {
        let breaths = Cell::new(0);
        let pace = steady(&breaths, false, 0);
        match driven(of(Rc::clone(scenario), until_s, None, Run::default(), pace)) {
            Ended::Done(outcome) => Some(outcome),
            _ => None,
        }
    }

    #[test]
    fn with_pauses_the_result_is_the_same() {
        let mut last = None;
        let mut pauses = 0;
        for preset in presets::all() {
            let scenario = Rc::new(preset.scenario());
            let whole = at_once(&scenario).unwrap();
            let breaths = Cell::new(0);
            let ended = driven(of(
                Rc::clone(&scenario),
                None,
                last.take(),
                Run::default(),
                steady(&breaths, true, usize::MAX),
            ));
            let Ended::Done(outcome) = ended else {
                panic!("{}: {ended:?}", preset.id);
            };
            assert_eq!(outcome.run.fingerprint(), whole.run.fingerprint());
            assert_eq!(outcome.report, whole.report);
            assert_eq!(outcome.digest, Digest::of(&whole.run.series));
            assert_eq!(outcome.compiled, whole.compiled);
            pauses += breaths.get();
            last = Some(outcome);
        }
        assert!(pauses > 2 * presets::all().len(), "{pauses} pauses");
    }

    #[test]
    fn a_run_that_is_cut_is_the_same_up_to_there_and_knows_nothing_of_later() {
        for preset in presets::all() {
            let scenario = Rc::new(preset.scenario());
            let whole = at_once(&scenario).unwrap();
            for at_s in [3_600.0, 20.05 * 3_600.0, 72_180.0] {
                let cut = cut(&scenario, Some(at_s)).unwrap();
                let length_s = f64::from(cut.compiled.plan.length_s);
                assert!(length_s <= at_s);
                let series = [&cut, &whole].map(|outcome| &outcome.run.series);
                let shorter = series[0].demand_rps.len();
                assert_eq!(shorter as f64 * f64::from(cut.run.period_s), length_s);
                assert_eq!(series[0].demand_rps, series[1].demand_rps[..shorter]);
                let served = [&cut, &whole].map(|outcome| outcome.run.fleet.clone());
                let before = served[1].iter().filter(|change| change.at_s < length_s);
                let is_before = |change: &&FleetChange| change.at_s < length_s;
                assert!(
                    served[0].iter().filter(is_before).eq(before),
                    "{}",
                    preset.id
                );
                assert!(served[0].iter().all(|change| change.at_s <= length_s));
            }
        }
    }

    #[test]
    fn work_that_nobody_waits_for_ends_and_work_that_waits_does_not_begin() {
        let breaths = Cell::new(0);
        let scenario = Rc::new(Scenario::default());
        let ended = driven(of(
            Rc::clone(&scenario),
            None,
            None,
            Run::default(),
            steady(&breaths, true, 1),
        ));
        assert!(matches!(ended, Ended::Dropped));
        assert_eq!(breaths.get(), 1);
        let waits = Steady {
            waits: true,
            ..steady(&breaths, true, 9)
        };
        let ended = driven(of(scenario, None, None, Run::default(), waits));
        assert!(matches!(ended, Ended::Waits(steps) if steps > 1000.0));
        assert_eq!(breaths.get(), 1);
    }
}
