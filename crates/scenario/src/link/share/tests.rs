use std::f64::consts::TAU;

use proptest::prelude::*;

use super::*;
use crate::{
    link::{decode, encode},
    presets,
    trace::WITHIN,
};

/// A day with this recording.
fn recorded(step_s: u32, decimals: u8, counts: &[u32]) -> Scenario {
    let start = "2026-11-28T00:00".parse().unwrap();
    let trace = Trace::new(start, step_s, decimals, counts).unwrap();
    with_recording(trace)
}

fn with_recording(trace: Trace) -> Scenario {
    Scenario {
        demand: vec![Layer {
            shape: Shape::Trace { trace, scale: 1.0 },
            ..Layer::default()
        }]
        .into(),
        ..Scenario::default()
    }
}

/// A curve over the day with a quarter of its peak at night, and noise of this share.
fn curve(steps: u32, a_day: u32, peak: f64, noise: f64) -> Vec<u32> {
    let mut random = Random(1);
    let mut normal = || (0..12).map(|_| random.share()).sum::<f64>() - 6.0;
    let height = |step: u32| 0.625 - 0.375 * (TAU * f64::from(step) / f64::from(a_day)).cos();
    (0..steps)
        .map(|step| (peak * height(step) * (1.0 + noise * normal())).max(0.0) as u32)
        .collect()
}

fn random(steps: u32) -> Vec<u32> {
    let mut random = Random(2);
    (0..steps).map(|_| random.next()).collect()
}

/// Nothing in most minutes.
fn bursts() -> Vec<u32> {
    let mut random = Random(3);
    (0..1440)
        .map(|_| {
            if random.share() < 0.03 {
                random.next() % 20_000
            } else {
                0
            }
        })
        .collect()
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed >> 32) as u32
    }

    fn share(&mut self) -> f64 {
        f64::from(self.next()) / f64::from(u32::MAX)
    }
}

/// How long links of recordings are, and what they lose.
#[test]
fn recordings_fit_in_a_link() {
    const DAY: u32 = 1440;
    const WEEK: u32 = 672;
    let cases = [
        ("nothing", recorded(60, 0, &[0; 1440]), 390, false),
        ("always the same", recorded(60, 0, &[600; 1440]), 420, false),
        (
            "a day, 10 RPS",
            recorded(60, 0, &curve(DAY, DAY, 600.0, 0.05)),
            1580,
            false,
        ),
        (
            "a day, 1,000 RPS",
            recorded(60, 0, &curve(DAY, DAY, 6e4, 0.05)),
            920,
            true,
        ),
        (
            "a day, wild",
            recorded(60, 0, &curve(DAY, DAY, 6e4, 0.3)),
            1580,
            true,
        ),
        (
            "a day, smooth",
            recorded(60, 0, &curve(DAY, DAY, 6e6, 0.0)),
            200,
            true,
        ),
        (
            "a day of 10^9",
            recorded(60, 0, &curve(DAY, DAY, 1e9, 0.05)),
            920,
            true,
        ),
        (
            "a day of thousandths",
            recorded(60, 3, &curve(DAY, DAY, 6e4, 0.05)),
            920,
            true,
        ),
        ("bursts", recorded(60, 0, &bursts()), 360, false),
        ("random counts", recorded(60, 0, &random(DAY)), 1910, true),
        (
            "a week of quarters",
            recorded(900, 0, &curve(WEEK, 96, 18_000.0, 0.05)),
            1850,
            false,
        ),
        (
            "a week of large quarters",
            recorded(900, 0, &curve(WEEK, 96, 9e6, 0.05)),
            530,
            true,
        ),
        (
            "a week of random quarters",
            recorded(900, 0, &random(WEEK)),
            930,
            true,
        ),
        (
            "a week of minutes",
            recorded(60, 0, &curve(10_080, DAY, 6000.0, 0.03)),
            4840,
            true,
        ),
        (
            "two days of the World Cup",
            presets::find("world_cup_semi_final").unwrap().scenario(),
            1750,
            true,
        ),
    ];
    for (name, scenario, most, is_rounded) in cases {
        let shared = share(&scenario).unwrap();
        let length = shared.payload.len();
        assert!(
            length <= most && length + 20 > most,
            "{name}: {length} characters"
        );
        assert_eq!(shared.rounding.is_some(), is_rounded, "{name}");
        holds(&scenario);
    }
}

/// What a person is told is lost.
#[test]
fn what_is_lost_is_said() {
    let recording = recorded(60, 0, &curve(1440, 1440, 6e4, 0.05));
    let shared = share(&recording).unwrap();
    let told = shared.rounding.unwrap();
    assert_eq!(told.values, 1440);
    assert!(told.largest > 0.0099 && told.largest < 0.01, "{told:?}");
    assert!(told.sum > 0.0 && told.sum < 1e-4, "{told:?}");
    // A second one that has nothing to lose.
    let mut both = recording;
    both.demand = (both.demand.iter().cloned())
        .chain(recorded(60, 0, &[7; 100]).demand.iter().cloned())
        .collect();
    let told = share(&both).unwrap().rounding.unwrap();
    assert_eq!(Some(told), shared.rounding);
    holds(&both);
}

/// Links of version 3 as the program made them when it was frozen. Add cases; never change one.
#[test]
fn links_of_version_3_open_for_ever() {
    let seldom: Vec<u32> = (0..10_000_u32).map(|step| step % 1000 / 997).collect();
    let large: Vec<u32> = (0..1440_u32)
        .map(|step| 1_000_000 * (1 + step / 500) + step * 7919 % 9973)
        .collect();
    for (scenario, link) in [
        (
            recorded(60, 0, &seldom),
            "3.ft4BK6HA3wXfBt8H5P8yfx1g6pBOG_lZA6n41VMj7-1DQKXH194FcN7-ffUkQqigxGE",
        ),
        (
            recorded(60, 2, &large),
            "3.5d4BK6HA3wXfBt4FPzvroAtlAD0qAzL2wRYAbK1uE-1pBffcKvjORSyapQEJwOhklQ3S4vzKOZtlt9OMZJV3IzynSWNqfnk5ZaNeWCsKyDou1LLR-xlta1JalmvzjmVpOj6vCJLW-ve6lXZ1TEf_____xpkmNM8_OmJHcm91bmRlZAIh5P8yPzl_HWE",
        ),
    ] {
        assert_eq!(encode(&scenario).as_deref(), Ok(link));
        holds(&scenario);
    }
}

/// What has no room in a link is said to have none, and the shortest longer steps for which there is some are found.
#[test]
fn a_recording_without_room_is_added_up() {
    let month = curve(43_200, 1440, 6e4, 0.1);
    let cases = [
        (recorded(60, 0, &month), Some((300, 8640))),
        (
            recorded(1, 0, &curve(90_000, 86_400, 1e4, 0.1)),
            Some((60, 1500)),
        ),
        (recorded(1, 0, &vec![5; 1_000_000]), Some((60, 16_667))),
        // By the minute there is no room, and 7 seconds do not go into more.
        (recorded(7, 0, &random(40_000)), None),
        (recorded(3600, 0, &random(8760)), None),
        // More in an hour than can be kept.
        (recorded(60, 0, &vec![u32::MAX; 65_537]), None),
    ];
    for (scenario, expected) in cases {
        let values = values(&scenario);
        assert_eq!(share(&scenario), Err(TooLong { values }));
        let found = with_longer_steps(&scenario).map(|longer| {
            let opened = decode(&longer.shared.payload).unwrap();
            let requests = |scenario| traces(scenario).map(Trace::requests).sum::<f64>();
            let (was, is) = (requests(&scenario), requests(&opened));
            assert!((is - was).abs() <= was * 0.01, "{was}: {is}");
            assert_eq!(self::values(&opened), longer.values);
            (longer.step_s, longer.values)
        });
        assert_eq!(found, expected, "{values} values");
    }
}

#[test]
fn a_scenario_without_recordings_may_be_as_long() {
    let action = |index: usize| crate::document::ScheduledAction {
        name: format!("{index:0>256}"),
        ..Default::default()
    };
    let with = |actions| Scenario {
        scheduled_actions: (0..actions).map(action).collect(),
        ..Scenario::default()
    };
    assert!(encode(&with(20)).unwrap().len() > MOST_CHARACTERS_UNROUNDED);
    holds(&with(20));
    assert_eq!(share(&with(40)), Err(TooLong { values: 0 }));
}

/// Any recording: all kinds of sizes, and of changes from step to step.
fn any_recording() -> impl Strategy<Value = Trace> {
    let count = prop_oneof![
        3 => any::<u32>(),
        3 => 0_u32..300,
        1 => Just(0),
        2 => (0_u32..32).prop_map(|bits| 1 << bits),
    ];
    let counts = prop_oneof![
        prop::collection::vec(count, 1..700),
        (any::<u32>(), prop::collection::vec(0_u32..50, 1..700))
            .prop_map(|(base, up)| up.iter().map(|up| base.saturating_add(*up)).collect()),
    ];
    (counts, 1_u32..=3600, 0_u8..=3).prop_map(|(counts, step_s, decimals)| {
        Trace::new(
            "2026-11-28T00:00".parse().unwrap(),
            step_s,
            decimals,
            counts,
        )
        .unwrap()
    })
}

proptest! {
    #[test]
    fn any_recording_comes_back_as_it_is_said_to(recordings in prop::collection::vec(any_recording(), 1..3)) {
        let layers = recordings.into_iter().map(|trace| Layer {
            shape: Shape::Trace { trace, scale: 1.0 },
            ..Layer::default()
        });
        let scenario = Scenario { demand: layers.collect(), ..Scenario::default() };
        if share(&scenario).is_ok() {
            holds(&scenario);
        }
    }
}

/// What a link opens as is what was shared, each value within 1 % or exact, and sharing it again gives the same link.
fn holds(scenario: &Scenario) {
    let shared = share(scenario).unwrap();
    let opened = decode(&shared.payload).unwrap();
    match shared.rounding {
        None => assert_eq!(opened, *scenario),
        Some(rounding) => {
            assert_eq!(opened, rounded(scenario, &Ladder::new()));
            assert!(rounding.largest > 0.0 && rounding.largest <= WITHIN);
            assert!(rounding.sum <= rounding.largest);
        }
    }
    for (was, is) in traces(scenario).zip(traces(&opened)) {
        for (was, is) in was.counts().iter().zip(is.counts().iter()) {
            assert!(
                u64::from(is.abs_diff(*was)) * 100 <= u64::from(*was),
                "{was}: {is}"
            );
        }
        assert!((is.requests() - was.requests()).abs() <= was.requests() * WITHIN);
    }
    let again = share(&opened).unwrap();
    assert_eq!(again.rounding, None);
    assert_eq!(decode(&again.payload), Ok(opened));
}
