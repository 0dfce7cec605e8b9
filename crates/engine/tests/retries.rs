//! Clients that try again: requests add up, and a simulation of single requests is the referee.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{curve, instances, plan};
use engine::{
    Plan, Report, Run,
    advice::{Change, Effect, Search},
    plan::{Backoff, ClientRetries, Jitter},
    report::Bottleneck,
    run::Retried,
};
use std::{cmp::Reverse, collections::BinaryHeap};

const LENGTH_S: u32 = 3600;

/// Requests per second that the fleet of [`peak`] serves.
const CAPACITY_RPS: f64 = 100.0;

/// Clients that try again up to twice, at once or nearly so.
const EAGER: ClientRetries = ClientRetries {
    share: 1.0,
    max_attempts: 3,
    timeout_s: None,
    backoff: Backoff::Fixed(1.0),
    max_backoff_s: 60.0,
    jitter: Jitter::Full,
    budget: None,
};

/// Ten instances that serve 10 requests a second each, over an hour; demand is `low`, and for ten minutes `high`.
fn peak(low: f64, high: f64, retries: ClientRetries, queue_limit: Option<f64>) -> Plan {
    let points = [
        (0.0, low),
        (1200.0, low),
        (1200.0, high),
        (1800.0, high),
        (1800.0, low),
    ];
    let mut plan = plan(&[curve(&points)], LENGTH_S);
    plan.target_tracking.clear();
    plan.service.max_rps = 10.0;
    plan.service.queue_limit_per_instance = queue_limit;
    plan.fleet.initial = 10;
    (plan.scalable_target.min, plan.scalable_target.max) = (10, 10);
    instances(&mut plan).retries = Some(retries);
    plan
}

fn retried(run: &Run) -> &Retried {
    run.retried.as_ref().unwrap()
}

fn near(a: f64, b: f64, relative: f64, what: &str) {
    assert!(
        (a - b).abs() <= relative * a.abs().max(b.abs()),
        "{what}: {a} {b}"
    );
}

/// What single requests come to.
#[derive(Debug, Default)]
struct Counted {
    requests: f64,
    attempts: f64,
    served: f64,
    given_up: f64,
    wasted: f64,
    /// Waits in the queue of attempts that were not refused: how many, and their sum.
    accepted: f64,
    wait_s: f64,
}

/// Numbers between 0 and 1, the same each time.
struct Drawn(u64);

impl Drawn {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Goes through single requests that come at random, wait in one line, and try again as clients do. `rps`: demand.
fn single_requests(plan: &Plan, rps: impl Fn(f64) -> f64) -> Counted {
    let retries = plan.resource.retries().unwrap();
    let served_s = plan.service.mean_service_s();
    let patience_s = retries
        .timeout_s
        .map_or(f64::INFINITY, |seconds| (seconds - served_s).max(0.0));
    let refused_s = match plan.service.queue_limit_per_instance {
        Some(limit) => (10.0 * limit / CAPACITY_RPS).min(plan.service.timeout_s),
        None => plan.service.timeout_s,
    };
    let mut drawn = Drawn(7);
    let mut counted = Counted::default();
    // Times in millionths of a second, and how many attempts have been made before.
    let mut again: BinaryHeap<Reverse<(u64, u32)>> = BinaryHeap::new();
    let micros = |at_s: f64| (at_s * 1e6) as u64;
    let (mut next_s, mut free_s) = (0.0, 0.0_f64);
    loop {
        let first = micros(next_s);
        let (at, made) = match again.peek() {
            Some(Reverse((at, made))) if *at <= first => {
                let next = (*at, *made);
                again.pop();
                next
            }
            _ => {
                next_s += -drawn.next().max(1e-9).ln() / rps(next_s);
                counted.requests += 1.0;
                (first, 0)
            }
        };
        let at_s = at as f64 / 1e6;
        if at_s >= f64::from(LENGTH_S) {
            counted.requests -= f64::from(u32::from(made == 0));
            break;
        }
        counted.attempts += 1.0;
        let wait_s = (free_s - at_s).max(0.0);
        let failed_s = if wait_s >= refused_s {
            Some(at_s)
        } else {
            free_s = free_s.max(at_s) - drawn.next().max(1e-9).ln() / CAPACITY_RPS;
            counted.accepted += 1.0;
            counted.wait_s += wait_s;
            (wait_s > patience_s).then_some(at_s + patience_s)
        };
        match failed_s {
            None => counted.served += 1.0,
            Some(failed_s) => {
                let is_served = wait_s < refused_s && at_s + wait_s < f64::from(LENGTH_S);
                counted.wasted += f64::from(u32::from(is_served));
                let tries_again = made > 0 || drawn.next() < retries.share;
                if tries_again && made + 1 < retries.max_attempts {
                    let (shortest_s, longest_s) = retries.backoff_s(made + 1);
                    let waits_s = shortest_s + (longest_s - shortest_s) * drawn.next();
                    again.push(Reverse((micros(failed_s + waits_s), made + 1)));
                } else {
                    counted.given_up += 1.0;
                }
            }
        }
    }
    counted
}

/// Of twelve kinds of clients the shares of requests that are served and of attempts that come again are within one in a hundred,
/// and the mean wait of attempts within one in twenty.
#[test]
fn single_requests_are_the_referee() {
    let slow = Backoff::Exponential(2.0);
    for (low, high, queue_limit, retries) in [
        (60.0, 150.0, Some(20.0), EAGER),
        (60.0, 150.0, None, EAGER),
        (80.0, 300.0, Some(20.0), EAGER),
        (
            60.0,
            150.0,
            Some(20.0),
            ClientRetries {
                share: 0.5,
                ..EAGER
            },
        ),
        (
            60.0,
            150.0,
            Some(50.0),
            ClientRetries {
                backoff: slow,
                ..EAGER
            },
        ),
        (
            60.0,
            150.0,
            Some(50.0),
            ClientRetries {
                backoff: slow,
                jitter: Jitter::None,
                ..EAGER
            },
        ),
        (
            60.0,
            150.0,
            Some(50.0),
            ClientRetries {
                backoff: Backoff::Linear(5.0),
                jitter: Jitter::Equal,
                ..EAGER
            },
        ),
        (
            60.0,
            150.0,
            None,
            ClientRetries {
                timeout_s: Some(5.0),
                ..EAGER
            },
        ),
        (
            60.0,
            150.0,
            None,
            ClientRetries {
                timeout_s: Some(5.0),
                max_attempts: 1,
                ..EAGER
            },
        ),
        (
            40.0,
            120.0,
            None,
            ClientRetries {
                timeout_s: Some(3.0),
                backoff: slow,
                ..EAGER
            },
        ),
        (
            60.0,
            200.0,
            Some(100.0),
            ClientRetries {
                timeout_s: Some(8.0),
                max_attempts: 6,
                backoff: slow,
                ..EAGER
            },
        ),
        (
            90.0,
            130.0,
            Some(30.0),
            ClientRetries {
                max_attempts: 10,
                backoff: slow,
                max_backoff_s: 20.0,
                ..EAGER
            },
        ),
    ] {
        let plan = peak(low, high, retries, queue_limit);
        let run = engine::run(&plan);
        let Retried { sums, .. } = retried(&run);
        let rps = |at_s: f64| {
            if (1200.0..1800.0).contains(&at_s) {
                high
            } else {
                low
            }
        };
        let counted = single_requests(&plan, rps);
        let name = format!("{low} {high} {queue_limit:?} {retries:?}");
        near(sums.requests, counted.requests, 1e-2, &name);
        let close = |a: f64, b: f64, what: &str| {
            let (a, b) = (a / sums.requests, b / counted.requests);
            assert!((a - b).abs() < 0.01, "{what}: {a} {b}: {name}");
        };
        close(sums.served, counted.served, "served");
        close(sums.attempts, counted.attempts, "attempts");
        close(sums.given_up, counted.given_up, "given up");
        close(sums.wasted, counted.wasted, "wasted");
        let wait_s = run.totals.mean_ms / 1000.0 - plan.service.mean_service_s();
        // The single line of the referee knows no random wait at an instance, which is less than half a second.
        let counted_s = counted.wait_s / counted.accepted;
        let is_close = (wait_s - counted_s).abs() < 0.05 * counted_s + 0.4;
        assert!(is_close, "wait: {wait_s} {counted_s}: {name}");
    }
}

/// `requests = served + given up + still waiting`, `attempts = requests + retries`.
#[test]
fn requests_add_up() {
    for timeout_s in [None, Some(2.0), Some(10.0)] {
        for (queue_limit, budget) in [(None, None), (Some(20.0), Some(0.1)), (Some(0.0), None)] {
            let retries = ClientRetries {
                timeout_s,
                budget,
                ..EAGER
            };
            let plan = peak(60.0, 250.0, retries, queue_limit);
            let run = engine::run(&plan);
            let Retried {
                sums,
                waiting,
                attempts_rps,
            } = retried(&run);
            near(
                sums.requests,
                sums.served + sums.given_up + waiting,
                1e-9,
                "requests",
            );
            near(sums.requests, run.totals.requests, 1e-9, "totals");
            near(sums.served, run.totals.served, 1e-9, "served");
            near(sums.given_up, run.totals.failed, 1e-9, "failed");
            let attempts: f64 = attempts_rps.iter().map(|rps| 60.0 * f64::from(*rps)).sum();
            near(attempts, sums.attempts, 1e-6, "attempts");
            assert!(sums.attempts > sums.requests);
        }
    }
}

#[test]
fn nobody_tries_again_more_often_than_the_plan_says() {
    for (retries, most) in [
        (
            ClientRetries {
                max_attempts: 1,
                ..EAGER
            },
            0.0,
        ),
        (
            ClientRetries {
                share: 0.0,
                ..EAGER
            },
            0.0,
        ),
        (
            ClientRetries {
                budget: Some(0.0),
                ..EAGER
            },
            0.0,
        ),
        (
            ClientRetries {
                budget: Some(0.1),
                ..EAGER
            },
            0.1,
        ),
        (
            ClientRetries {
                share: 0.25,
                ..EAGER
            },
            0.5,
        ),
        (EAGER, 2.0),
    ] {
        let run = engine::run(&peak(60.0, 400.0, retries, Some(20.0)));
        let sums = retried(&run).sums;
        let again = (sums.attempts - sums.requests) / sums.requests;
        assert!(again <= most + 1e-9, "{again}: {retries:?}");
        assert!(again >= 0.3 * most, "{again}: {retries:?}");
    }
}

/// Ten minutes of half as much again as the fleet serves. Clients that wait for five seconds and try three times keep it busy with
/// what nobody waits for, for as long as anybody looks; without trying again it is over within minutes.
#[test]
fn a_storm_outlasts_its_cause() {
    let impatient = ClientRetries {
        timeout_s: Some(5.0),
        ..EAGER
    };
    for (retries, outlasts) in [
        (impatient, true),
        (
            ClientRetries {
                max_attempts: 1,
                ..impatient
            },
            false,
        ),
        (
            ClientRetries {
                budget: Some(0.1),
                ..impatient
            },
            false,
        ),
    ] {
        let run = engine::run(&peak(60.0, 150.0, retries, None));
        // From a quarter of an hour after the peak on.
        let (served, asked): (f64, f64) = (45..60)
            .map(|minute| (run.series.served_rps[minute], run.series.demand_rps[minute]))
            .fold((0.0, 0.0), |sums, (served, asked)| {
                (sums.0 + f64::from(served), sums.1 + f64::from(asked))
            });
        assert_eq!(
            served < 0.5 * asked,
            outlasts,
            "{served} {asked}: {retries:?}"
        );
    }
}

/// The stretch in which a storm's requests fail is told with its cause, and with when that was over.
#[test]
fn a_storm_is_told_from_what_began_it() {
    let impatient = ClientRetries {
        timeout_s: Some(5.0),
        ..EAGER
    };
    let once = ClientRetries {
        max_attempts: 1,
        ..impatient
    };
    let patient = ClientRetries {
        timeout_s: None,
        ..EAGER
    };
    for (high, retries, queue_limit, is_storm) in [
        (150.0, impatient, None, true),
        (110.0, impatient, None, true),
        (150.0, once, None, false),
        // What a full queue refuses at once costs nothing: it is over as the peak is.
        (150.0, patient, Some(20.0), false),
        (150.0, impatient, Some(20.0), false),
        // Nothing fails.
        (90.0, impatient, None, false),
    ] {
        let plan = peak(60.0, high, retries, queue_limit);
        let report = Report::new(&plan, &engine::run(&plan));
        let name = format!("{high} {retries:?} {queue_limit:?}");
        let worst = report.incidents.first();
        let storm = worst.and_then(|worst| worst.storm);
        assert_eq!(storm.is_some(), is_storm, "{name}: {worst:?}");
        let Some(storm) = storm else { continue };
        // The peak is over after half an hour, and what it has left in the queue of requests alone a few minutes later.
        assert!(
            (1800.0..=2400.0).contains(&storm.cause_over_s),
            "{name}: {storm:?}"
        );
        assert!(storm.goes_on, "{name}");
        assert!(storm.attempts_per_request > 2.0, "{name}: {storm:?}");
        let bottleneck = worst.unwrap().bottleneck;
        let is_max = matches!(bottleneck, Bottleneck::MaxCapacity { max: 10, .. });
        assert!(is_max, "{name}: {bottleneck:?}");
    }
}

/// What ends it is found by running it; each change that is found does so, and a smaller one does not.
#[test]
fn what_ends_a_storm_is_found() {
    let retries = ClientRetries {
        timeout_s: Some(5.0),
        ..EAGER
    };
    let plan = peak(60.0, 150.0, retries, None);
    let mut search = Search::new(plan.clone(), &engine::run(&plan));
    while search.step() {}
    let found = search.found();
    let is_storm = |change: Change| {
        let plan = engine::advice::apply(&plan, change);
        let report = Report::new(&plan, &engine::run(&plan));
        report.incidents.iter().any(|it| it.storm.is_some())
    };
    let ends: Vec<Change> = (found.iter())
        .filter(|advice| matches!(advice.effect, Effect::EndsStorm { at_s } if (1800.0..=2700.0).contains(&at_s)))
        .map(|advice| advice.change)
        .collect();
    assert!(
        ends.iter().any(|it| matches!(it, Change::MaxAttempts(_))),
        "{found:?}"
    );
    assert!(
        ends.iter().any(|it| matches!(it, Change::RetryBudget(_))),
        "{found:?}"
    );
    assert!(
        ends.iter().any(|it| matches!(it, Change::QueueLimit(_))),
        "{found:?}"
    );
    for change in ends {
        assert!(!is_storm(change), "{change:?}");
        let smaller = match change {
            Change::MaxAttempts(attempts) => Change::MaxAttempts(attempts + 1),
            Change::QueueLimit(limit) => Change::QueueLimit(2.0 * limit),
            _ => continue,
        };
        assert!(is_storm(smaller), "{smaller:?}");
    }
    // What costs nothing comes before what does.
    assert!(found.windows(2).all(|pair| {
        pair[0].effect == Effect::KeepsObjective || pair[0].cost_usd <= pair[1].cost_usd
    }));
    // More instances from the start keep the objective.
    let keeps = |advice: &&engine::advice::Advice| advice.effect == Effect::KeepsObjective;
    assert!(found.iter().any(|advice| keeps(&advice)), "{found:?}");
}
