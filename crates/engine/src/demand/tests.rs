use super::*;

fn curve(points: &[(f64, f64)]) -> Layer {
    Layer::Curve(
        points
            .iter()
            .map(|&(at_s, rps)| Node { at_s, rps })
            .collect(),
    )
}

fn nodes(layers: &[Layer], length_s: u32) -> Vec<(f64, f64)> {
    Timeline::compile(layers, length_s)
        .nodes()
        .iter()
        .map(|node| (node.at_s, node.rps))
        .collect()
}

#[test]
fn layers_add_up() {
    let steps = |start_s, counts: &[u32]| Layer::Steps {
        start_s,
        step_s: 60.0,
        counts: counts.into(),
        requests_per_count: 60.0,
    };
    type Case<'a> = (&'a [Layer], &'a [(f64, f64)]);
    let cases: &[Case] = &[
        (&[], &[(0.0, 0.0), (240.0, 0.0)]),
        (&[curve(&[])], &[(0.0, 0.0), (240.0, 0.0)]),
        (&[curve(&[(50.0, 3.0)])], &[(0.0, 3.0), (240.0, 3.0)]),
        (
            &[curve(&[(-60.0, 0.0), (60.0, 12.0)]), curve(&[(0.0, 1.0)])],
            &[(0.0, 7.0), (60.0, 13.0), (240.0, 13.0)],
        ),
        (
            &[curve(&[(0.0, 1.0), (60.0, 1.0), (60.0, 5.0), (300.0, 5.0)])],
            &[(0.0, 1.0), (60.0, 1.0), (60.0, 5.0), (240.0, 5.0)],
        ),
        (
            &[steps(-60.0, &[9, 1, 2]), curve(&[(0.0, 1.0)])],
            &[
                (0.0, 2.0),
                (60.0, 2.0),
                (60.0, 3.0),
                (120.0, 3.0),
                (120.0, 1.0),
                (240.0, 1.0),
            ],
        ),
        (
            &[steps(60.0, &[4]), curve(&[(0.0, -1.0)])],
            &[
                (0.0, 0.0),
                (60.0, 0.0),
                (60.0, 3.0),
                (120.0, 3.0),
                (120.0, 0.0),
                (240.0, 0.0),
            ],
        ),
        // Each bends and jumps while the other rises.
        (
            &[
                curve(&[(60.0, 0.0), (180.0, 120.0)]),
                curve(&[(0.0, 1.0), (120.0, 1.0), (120.0, 3.0)]),
            ],
            &[
                (0.0, 1.0),
                (60.0, 1.0),
                (120.0, 61.0),
                (120.0, 63.0),
                (180.0, 123.0),
                (240.0, 123.0),
            ],
        ),
        // What jumps at the end is over.
        (
            &[curve(&[(0.0, 1.0), (240.0, 1.0), (240.0, 5.0)])],
            &[(0.0, 1.0), (240.0, 1.0)],
        ),
    ];
    for (layers, expected) in cases {
        assert_eq!(nodes(layers, 240), *expected, "{layers:?}");
    }
}

#[test]
fn growth_multiplies_the_sum() {
    let growth = Layer::Growth {
        share: 0.5,
        per_s: 86_400.0,
    };
    let timeline = Timeline::compile(&[growth, curve(&[(0.0, 100.0)])], 2 * 86_400);
    let at = |t: f64| {
        let node = timeline.nodes().iter().find(|node| node.at_s >= t).unwrap();
        node.rps / libm::pow(1.5, node.at_s / 86_400.0)
    };
    for t in [0.0, 3_600.0, 86_400.0, 172_800.0] {
        assert!((at(t) - 100.0).abs() < 1e-9);
    }
}

#[test]
fn growth_is_sampled_by_whole_minutes_as_it_grows_by_a_thousandth() {
    for (share, per_s, every_s) in [
        // A thousandth of a day ÷ ln 2 is 125 s.
        (1.0, 86_400.0, 120.0),
        (-0.5, 86_400.0, 120.0),
        (1.0, 30.0 * 86_400.0, 3720.0),
        (1.0, 3600.0, 60.0),
        (1e-6, 86_400.0, 86_400.0),
    ] {
        let growth = Layer::Growth { share, per_s };
        let timeline = Timeline::compile(&[growth, curve(&[(0.0, 100.0)])], 2 * 86_400);
        assert_eq!(timeline.nodes()[1].at_s, every_s, "{share} in {per_s} s");
    }
}

fn noise(factor: NoiseFactor) -> Layer {
    Layer::Noise {
        share: 0.3,
        seed: 5,
        factor,
    }
}

/// Two minutes whose factors are known, of demand that bends within them.
#[test]
fn noise_goes_on_within_a_minute_as_it_is_told() {
    let bends = [(0.0, 10.0), (75.0, 10.0), (90.0, 9.0), (105.0, 10.0)];
    let rates = |factor| nodes(&[noise(factor), curve(&bends)], 180);
    let straight = rates(NoiseFactor::StraightBetweenMinutes);
    let times = [0.0, 60.0, 75.0, 90.0, 105.0, 120.0, 180.0];
    assert!(straight.iter().map(|node| node.0).eq(times));
    let drawn = [straight[0].1, straight[1].1, straight[5].1];
    let [_, from, to] = drawn;
    for (place, share, of) in [(2, 0.25, 1.0), (3, 0.5, 0.9), (4, 0.75, 1.0)] {
        let want = of * (from + share * (to - from));
        assert!((straight[place].1 - want).abs() < 1e-9, "{straight:?}");
    }
    let [first, second, third] = drawn;
    let constant = rates(NoiseFactor::ConstantWithinMinutes);
    let expected = [
        (0.0, first),
        (60.0, first),
        (60.0, second),
        (75.0, second),
        (90.0, 0.9 * second),
        (105.0, second),
        (120.0, second),
        (120.0, third),
        (180.0, third),
    ];
    assert_eq!(constant.len(), expected.len(), "{constant:?}");
    for (node, expected) in constant.iter().zip(expected) {
        assert_eq!(node.0, expected.0, "{constant:?}");
        assert!((node.1 - expected.1).abs() < 1e-9, "{constant:?}");
    }
}

/// The rule, worked out apart from what the engine does: SplitMix64, Box and Muller's normal draws, and of each minute one
/// log-normal factor with mean 1.
fn factors(share: f64, seed: u64) -> impl Iterator<Item = f64> {
    let mut state = seed;
    let mut uniform = move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 * 2.0_f64.powi(-53)
    };
    let variance = (1.0 + share * share).ln();
    std::iter::from_fn(move || {
        let (radius, angle) = ((-2.0 * (1.0 - uniform()).ln()).sqrt(), uniform());
        Some([0.25, 0.0].map(|turn| radius * (std::f64::consts::TAU * (angle + turn)).sin()))
    })
    .flatten()
    .map(move |normal| (variance.sqrt() * normal - 0.5 * variance).exp())
}

/// Whatever else demand is made of: at every bend and on both sides of each minute's bound it is its minute's factor times
/// what it is without noise.
#[test]
fn noise_multiplies_each_minute_by_a_factor_of_its_own() {
    let layers = [
        curve(&[(0.0, 3.0), (75.0, 40.0), (75.0, 20.0), (400.0, 31.0)]),
        curve(&[(30.0, 1.0), (600.0, 7.0)]),
        Layer::Steps {
            start_s: 45.0,
            step_s: 90.0,
            counts: vec![360, 720, 90].into(),
            requests_per_count: 1.0,
        },
    ];
    let noisy = [&layers[..], &[noise(NoiseFactor::ConstantWithinMinutes)]].concat();
    let (quiet, noisy) = (nodes(&layers, 900), nodes(&noisy, 900));
    // The rate of a curve just after a time, or just before it.
    let rate = |nodes: &[(f64, f64)], at_s: f64, after: bool| {
        let line = nodes.windows(2).find(|line| {
            let (from_s, to_s) = (line[0].0, line[1].0);
            from_s < to_s
                && if after {
                    from_s <= at_s && at_s < to_s
                } else {
                    from_s < at_s && at_s <= to_s
                }
        });
        let line = line.unwrap();
        line[0].1 + (line[1].1 - line[0].1) * (at_s - line[0].0) / (line[1].0 - line[0].0)
    };
    let factors: Vec<f64> = factors(0.3, 5).take(15).collect();
    for second in (0_u32..900).step_by(15) {
        let at_s = f64::from(second);
        for after in [true, false] {
            if second == 0 && !after {
                continue;
            }
            let minute = if after {
                second / 60
            } else {
                (second - 1) / 60
            };
            let expected = factors[minute as usize] * rate(&quiet, at_s, after);
            let found = rate(&noisy, at_s, after);
            assert!(
                (found / expected - 1.0).abs() < 1e-9,
                "{at_s} {after}: {found}, {expected}"
            );
        }
    }
}

/// What links of version 1 mean: these numbers are for ever.
#[test]
fn straight_noise_stays_what_it_was() {
    let layers = [
        noise(NoiseFactor::StraightBetweenMinutes),
        curve(&[(0.0, 10.0)]),
    ];
    let rates: Vec<u64> = (nodes(&layers, 300).iter())
        .map(|node| node.1.to_bits())
        .collect();
    assert_eq!(rates, STRAIGHT);
}

const STRAIGHT: [u64; 6] = [
    4_621_604_438_985_931_385,
    4_619_753_106_246_883_094,
    4_622_602_537_439_402_265,
    4_622_298_877_358_664_691,
    4_620_883_898_402_215_764,
    4_622_325_042_070_301_816,
];

#[test]
fn a_minute_s_requests_have_the_spread_asked_for_and_neighbours_do_not_correlate() {
    use NoiseFactor::{ConstantWithinMinutes, StraightBetweenMinutes};
    // The mean of a line is that of two factors, one of which it shares with its neighbour.
    for (factor, spread, correlation) in [
        (ConstantWithinMinutes, 0.3, 0.0),
        (StraightBetweenMinutes, 0.3 * 0.5_f64.sqrt(), 0.5),
    ] {
        let layers = [noise(factor), curve(&[(0.0, 10.0)])];
        let timeline = Timeline::compile(&layers, 14 * 86_400);
        let mut values: Vec<f64> = Vec::new();
        timeline.for_each_minute(|minute| values.push(minute.mean_rps / 10.0));
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let apart = |by: usize| {
            let pairs = values.iter().zip(values.iter().skip(by));
            pairs.map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>() / n
        };
        let found = (apart(0).sqrt(), apart(1) / apart(0));
        assert!((mean - 1.0).abs() < 0.005, "{factor:?}: {mean}");
        assert!((found.0 - spread).abs() < 0.005, "{factor:?}: {found:?}");
        assert!(
            (found.1 - correlation).abs() < 0.02,
            "{factor:?}: {found:?}"
        );
    }
}

#[test]
fn peak_is_a_whole_minute_and_quiet_a_tenth_of_the_time() {
    let timeline = Timeline::compile(
        &[
            curve(&[(0.0, 2.0), (600.0, 2.0), (600.0, 5.0)]),
            curve(&[(630.0, 0.0), (630.0, 60.0), (645.0, 60.0), (645.0, 0.0)]),
        ],
        6_000,
    );
    // 15 s at 60 rps on top of 5 rps.
    let (peak, quiet) = timeline.peak_and_quiet_rps();
    assert!((peak - 20.0).abs() < 1e-9, "{peak}");
    assert!((quiet - 5.0).abs() < 1e-9, "{quiet}");
}

#[test]
fn a_number_in_place_is_that_of_a_sort() {
    let mut random = crate::random::Random::new(3);
    for count in [0, 1, 2, 7, 300] {
        // Small and large ones, and many that are equal.
        let numbers: Vec<f64> = (0..count)
            .map(|nth| (10.0 * random.uniform()).floor() * [1e-300, 0.1, 1e9][nth % 3])
            .collect();
        let mut sorted = numbers.clone();
        sorted.sort_by(f64::total_cmp);
        for place in 0..count + 2 {
            let expected = sorted.get(place).copied().unwrap_or(0.0);
            assert_eq!(in_place(numbers.clone(), place), expected, "{place}");
        }
    }
}
