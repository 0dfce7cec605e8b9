//! What failures kept back: instances that were lost, or that never got to answer.

use crate::{common::let_fail, given::Given};
use engine::{
    plan::{Failing, Health},
    report::Bottleneck,
    run::{Cause, Loss, Replacement, ReplacementReason},
};

fn checked(mut given: Given, start_within_s: Option<f64>) -> Given {
    let_fail(
        &mut given.plan,
        Health {
            failures: Vec::new(),
            zones: 3,
            rebalances: false,
            unrouted_s: 60.0,
            status_check_s: 180.0,
            load_balancer_s: None,
            start_within_s,
        },
    );
    given
}

/// Two of three instances, at 400 s, found by 2,100 s: requests go to them until 460 s.
const LOSS: Loss = Loss {
    at_s: 400.0,
    index: 0,
    what: Failing::Instances(2),
    instances: 2,
    of: 3,
    unrouted_s: 460.0,
    noticed_s: 2100.0,
};

#[test]
fn a_loss_is_the_cause_where_requests_went_to_it_or_what_was_there_would_have_done() {
    let told = |loss: Loss, detection_s| Bottleneck::InstancesLost {
        at_s: loss.at_s,
        instances: loss.instances,
        of: loss.of,
        is_zone: matches!(loss.what, Failing::Zone { .. }),
        detection_s,
        launch_s: 240.0,
    };
    let zone = |for_s| Failing::Zone { for_s };
    let found = Some(1700.0);
    let not = Bottleneck::NoScaleOut;
    let of = |of| Loss { of, ..LOSS };
    let noticed = |noticed_s| Loss { noticed_s, ..LOSS };
    let routed = |unrouted_s| Loss {
        of: 2,
        unrouted_s,
        ..LOSS
    };
    let begun = |at_s| Loss {
        at_s,
        unrouted_s: at_s + 60.0,
        noticed_s: at_s + 180.0,
        ..LOSS
    };
    let gone = |for_s| Loss {
        what: zone(for_s),
        ..LOSS
    };
    let big = Loss {
        instances: 3,
        of: 4,
        ..LOSS
    };
    // From 2,040 s on three instances are needed, and until 2,640 s requests are late.
    for (losses, expected) in [
        (vec![LOSS], told(LOSS, found)),
        // There were not enough before; but requests went to them.
        (vec![of(2)], not),
        (vec![routed(2040.0)], not),
        (vec![routed(2041.0)], told(routed(2041.0), found)),
        // None was in service, or it was over already.
        (
            vec![Loss {
                instances: 0,
                ..LOSS
            }],
            not,
        ),
        (vec![begun(2640.0)], told(begun(2640.0), Some(180.0))),
        (vec![begun(2641.0)], not),
        // Replaced before: found by 1,800 s they are in service again at 2,040 s.
        (vec![noticed(1799.0)], not),
        (vec![noticed(1800.0)], told(noticed(1800.0), Some(1400.0))),
        (vec![noticed(f64::INFINITY)], told(LOSS, None)),
        // A zone that is back at 1,799 s, at 1,800 s.
        (vec![gone(1399.0)], not),
        (vec![gone(1400.0)], told(gone(1400.0), found)),
        (
            vec![Loss {
                noticed_s: 1000.0,
                ..gone(3000.0)
            }],
            not,
        ),
        // The greatest of them.
        (vec![LOSS, big, LOSS], told(big, found)),
    ] {
        let given = Given::new(&[(2040.0, 5.0), (2040.0, 60.0)], 2040.0, 2640.0);
        let mut given = checked(given, None);
        given.run.losses.clone_from(&losses);
        assert_eq!(given.incident().bottleneck, expected, "{losses:?}");
    }
}

#[test]
fn instances_that_start_longer_than_they_are_given_are_counted_while_it_lasts() {
    let starting = ReplacementReason::StillStarting;
    // When they were replaced, until when, how many and why; how many count.
    let cases = [
        (700.0, Some(880.0), 2, starting, Some(2)),
        (100.0, None, 3, starting, Some(3)),
        (900.0, None, 1, starting, Some(1)),
        (901.0, None, 1, starting, None),
        (100.0, Some(600.0), 1, starting, Some(1)),
        (100.0, Some(599.0), 1, starting, None),
        (700.0, None, 0, starting, None),
        (700.0, None, 2, ReplacementReason::StatusCheck, None),
    ];
    let given = Given::new(&[(600.0, 5.0), (600.0, 60.0)], 600.0, 900.0);
    let replaced = |given: Given, (start_s, end_s, instances, reason, _): (_, _, _, _, _)| {
        let replacement = Replacement { instances, reason };
        given.activity(start_s, end_s, (1, 1), Cause::Replacement(replacement))
    };
    let too_long = |instances| Bottleneck::StartsTooLong {
        launch_s: 240.0,
        within_s: 200.0,
        instances,
    };
    for case in cases {
        let given = replaced(given.clone(), case);
        let told = checked(given.clone(), Some(200.0)).incident().bottleneck;
        let expected = case.4.map_or(Bottleneck::NoScaleOut, too_long);
        assert_eq!(told, expected, "{case:?}");
        // Who is given all the time cannot take too long.
        let patient = checked(given, None).incident().bottleneck;
        assert_eq!(patient, Bottleneck::NoScaleOut);
    }
    let all = cases.into_iter().fold(given, replaced);
    let told = checked(all, Some(200.0)).incident().bottleneck;
    assert_eq!(told, too_long(2 + 3 + 1 + 1));
}
