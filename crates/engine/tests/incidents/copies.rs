//! What only copies of an inference component can lack: instances with room, or any copy at all.

use crate::given::Given;
use engine::{
    plan::{Hosts, Placement, ScalableResource},
    report::Bottleneck,
};

/// Two copies on an instance, and so many instances at most.
pub fn hosts(max: u32) -> Hosts {
    Hosts {
        copies_per_instance: 2,
        copy_start_s: 120.0,
        min: 0,
        max,
        placement: Placement::Spread,
        idle_s: 720.0,
        consolidation: None,
    }
}

fn of_copies(mut given: Given, max_instances: u32) -> Bottleneck {
    given.plan.resource = ScalableResource::ComponentCopies(hosts(max_instances));
    given.incident().bottleneck
}

#[test]
fn instances_without_room_are_the_cause_while_a_copy_waits_for_them() {
    // Two instances have room for four copies of 20 requests per second; a hundred of these need five.
    let lacks = Bottleneck::MaxInstances {
        max: 2,
        room: 4,
        needed: 5,
    };
    type Change = (f64, u32, u32, u32);
    let cases: [(&str, f64, &[Change], Bottleneck); 6] = [
        (
            "a copy waits",
            100.0,
            &[(0.0, 4, 4, 0), (600.0, 5, 4, 1)],
            lacks,
        ),
        (
            "no copy waits",
            100.0,
            &[(0.0, 4, 4, 0)],
            Bottleneck::NoScaleOut,
        ),
        (
            "one starts, with room",
            100.0,
            &[(0.0, 3, 3, 0), (600.0, 4, 3, 1)],
            Bottleneck::NoScaleOut,
        ),
        (
            "there is no room for it, for a while",
            100.0,
            &[
                (0.0, 3, 3, 0),
                (600.0, 4, 3, 1),
                (700.0, 5, 4, 1),
                (760.0, 4, 4, 0),
            ],
            lacks,
        ),
        (
            "it waits once all is over",
            100.0,
            &[(0.0, 4, 4, 0), (901.0, 5, 4, 1)],
            Bottleneck::NoScaleOut,
        ),
        (
            "the room would have been enough",
            80.0,
            &[(0.0, 4, 3, 0), (600.0, 5, 4, 1)],
            Bottleneck::NoScaleOut,
        ),
    ];
    for (why, rps, fleet, expected) in cases {
        let given = Given::new(&[(600.0, 5.0), (600.0, rps)], 600.0, 900.0);
        assert_eq!(of_copies(given.fleet_of(10, fleet), 2), expected, "{why}");
    }
}

#[test]
fn from_zero_it_is_told_how_long_the_first_copy_took() {
    let from_zero = |detection_s, launch_s| Bottleneck::FromZero {
        detection_s,
        launch_s,
    };
    type Scaled = (f64, Option<f64>, u32, u32);
    let cases: [(&str, &[Scaled], Bottleneck); 6] = [
        (
            "it is decided 130 s after the first request, and there 360 s later",
            &[(730.0, Some(1090.0), 0, 1), (800.0, Some(1200.0), 1, 2)],
            from_zero(Some(130.0), 360.0),
        ),
        (
            "what was decided before, or changed nothing, or removed, did not wake it",
            &[
                (400.0, Some(500.0), 0, 1),
                (610.0, Some(610.0), 0, 0),
                (615.0, Some(620.0), 1, 0),
                (730.0, Some(1090.0), 0, 1),
            ],
            from_zero(Some(130.0), 360.0),
        ),
        (
            "with the first request",
            &[(600.0, Some(960.0), 0, 1)],
            from_zero(Some(0.0), 360.0),
        ),
        (
            "too late to help, and on its way as it ends",
            &[(900.0, None, 0, 1)],
            from_zero(Some(300.0), 0.0),
        ),
        (
            "on its way as it ends",
            &[(730.0, None, 0, 1)],
            from_zero(Some(130.0), 170.0),
        ),
        (
            "after it has ended",
            &[(901.0, Some(1300.0), 0, 1)],
            from_zero(None, 0.0),
        ),
    ];
    for (why, activities, expected) in cases {
        let given = Given::new(&[(600.0, 0.0), (600.0, 5.0)], 600.0, 900.0);
        let given = given.scaled(activities);
        assert_eq!(
            of_copies(given.clone().fleet(&[(0.0, 0)]), 4),
            expected,
            "{why}"
        );
        // Copies that went just before are none either; where one is in service when demand begins, there is none to wake.
        let gone = given.clone().fleet(&[(0.0, 1), (600.0, 0)]);
        assert_eq!(of_copies(gone, 4), expected, "{why}");
        let there = of_copies(given.fleet(&[(0.0, 1)]), 4);
        assert!(!matches!(there, Bottleneck::FromZero { .. }), "{there:?}");
    }
}
