//! When demand first exceeded capacity, how it had risen until it was highest, and how many requests waited.

use crate::given::{Given, near};
use engine::{plan::ScalableResource, report::Bottleneck};

/// Five requests per second, for this long from a moment on another rate, then five again.
fn burst(at_s: f64, for_s: f64, rps: f64) -> Vec<(f64, f64)> {
    let end_s = at_s + for_s;
    vec![(at_s, 5.0), (at_s, rps), (end_s, rps), (end_s, 5.0)]
}

#[test]
fn an_overload_begins_after_the_last_minute_that_ended_without_a_queue() {
    let ramp = [(600.0, 10.0), (660.0, 30.0)];
    let level_first = [(600.0, 20.0), (630.0, 20.0), (630.0, 50.0)];
    let falling = [(630.0, 5.0), (630.0, 50.0), (650.0, 5.0)];
    // Thirty requests per second for some seconds of this minute, which its end sees nothing of.
    let blip_first = [burst(1140.0, 5.0, 30.0), burst(1210.0, 600.0, 50.0)].concat();
    let cases = [
        (
            "20 requests per second are crossed halfway up",
            Given::new(&ramp, 720.0, 780.0).queue(&[(10, 150.0), (11, 750.0)]),
            630.0,
        ),
        (
            "who gets just what one can do is not overloaded",
            Given::new(&level_first, 660.0, 720.0).queue(&[(10, 900.0)]),
            630.0,
        ),
        (
            "a jump counts from its first moment, though demand falls from there",
            Given::new(&falling, 600.0, 660.0),
            630.0,
        ),
        (
            "what a minute has worked off is over",
            Given::new(&blip_first, 1200.0, 1320.0),
            1210.0,
        ),
        (
            "an instance leaves, and the others are not enough",
            Given::new(&[(0.0, 30.0)], 660.0, 720.0)
                .fleet(&[(0.0, 3), (300.0, 2), (630.0, 1), (690.0, 2)])
                .queue(&[(10, 300.0)]),
            630.0,
        ),
        (
            "nobody is there from the start",
            Given::new(&[(0.0, 50.0)], 120.0, 180.0).queue(&[(0, 1800.0), (1, 3600.0)]),
            0.0,
        ),
        (
            "demand never exceeded capacity: from the first minute that was noticed",
            Given::new(&[(0.0, 15.0)], 1200.0, 1260.0),
            1200.0,
        ),
    ];
    for (why, given, overload_s) in cases {
        let incident = given.incident();
        assert!(near(incident.overload_s, overload_s), "{why}: {incident:?}");
    }
}

#[test]
fn a_rise_is_told_over_the_time_that_answering_it_takes() {
    // Three minutes that breach, one until they are seen, four of launch.
    let reaction_s = 480.0;
    let hill = [
        (0.0, 6.0),
        (600.0, 12.0),
        (800.0, 22.0),
        (1000.0, 52.0),
        (1100.0, 51.5),
        (1200.0, 52.0),
        (1300.0, 12.0),
    ];
    let jump = [(0.0, 6.0), (600.0, 12.0), (630.0, 12.0), (630.0, 50.0)];
    let early = [(0.0, 6.0), (300.0, 12.0), (300.0, 50.0)];
    let slow_copies = |mut given: Given| {
        given.plan.resource = ScalableResource::ComponentCopies(crate::copies::hosts(4));
        given
    };
    let cases = [
        // It is at its top at 1,000 s; that it gets there once more does not count. At 520 s it was 6 + 0.01 × 520.
        (
            Given::new(&hill, 960.0, 1260.0).queue(&[(12, 9.0), (13, 9.0), (14, 9.0), (15, 9.0)]),
            (11.2, 52.0, reaction_s),
        ),
        // A jump is the top: at 150 s it was 6 + 0.01 × 150.
        (
            Given::new(&jump, 660.0, 900.0).queue(&[(10, 9.0)]),
            (7.5, 50.0, reaction_s),
        ),
        // No further back than the start.
        (Given::new(&early, 300.0, 900.0), (6.0, 50.0, 300.0)),
        // A copy takes two minutes more, once its instance is there: at 30 s it was 6.3.
        (
            slow_copies(Given::new(&jump, 660.0, 900.0).queue(&[(10, 9.0)])),
            (6.3, 50.0, reaction_s + 120.0),
        ),
    ];
    for (given, (from_rps, to_rps, over_s)) in cases {
        let rise = given.incident().rise;
        let is_right = near(rise.from_rps, from_rps) && rise.to_rps == to_rps;
        assert!(is_right && near(rise.over_s, over_s), "{rise:?}");
    }
}

#[test]
fn a_backlog_is_the_most_that_waited_from_the_overload_to_the_end() {
    // An asynchronous endpoint whose requests may wait for ten seconds, at one instance of three at most.
    let queue = [(9, 0.0), (10, 100.0), (11, 700.0), (12, 50.0), (13, 9999.0)];
    for (end_s, backlog, needed) in [
        // 700 requests in ten seconds take four instances of 20 requests per second.
        (780.0, 700.0, Some(4)),
        // 100 take one.
        (660.0, 100.0, None),
        // 9,999 would take fifty, but five serve the peak of demand.
        (840.0, 9999.0, Some(5)),
    ] {
        let given = Given::new(&burst(600.0, 3600.0, 100.0), 600.0, end_s).queue(&queue);
        let mut given = given.fleet_of(3, &[(0.0, 3, 1, 2)]);
        assert_eq!(given.incident().backlog, None);
        given.plan.resource = ScalableResource::AsynchronousInstances { cpu_credits: None };
        given.plan.objective.late_s = 10.0;
        let incident = given.incident();
        assert_eq!(incident.backlog, Some(backlog), "{incident:?}");
        let told = match incident.bottleneck {
            Bottleneck::MaxCapacity { max: 3, needed } => Some(needed),
            _ => None,
        };
        assert_eq!(told, needed, "{incident:?}");
        // Where they expire sooner than they are late, that is how long they may wait.
        given.plan.service.timeout_s = 5.0;
        let hurried = given.incident().bottleneck;
        let twice = needed.map(|needed| (2 * needed).min(5));
        let is_right = |needed| hurried == Bottleneck::MaxCapacity { max: 3, needed };
        assert!(twice.is_none_or(is_right), "{hurried:?}");
    }
}
