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

#[test]
fn noise_goes_in_a_straight_line_from_minute_to_minute() {
    let noise = Layer::Noise {
        share: 0.3,
        seed: 5,
    };
    let bends = [(0.0, 10.0), (75.0, 10.0), (90.0, 9.0), (105.0, 10.0)];
    let timeline = Timeline::compile(&[noise, curve(&bends)], 180);
    let rps: Vec<f64> = timeline.nodes().iter().map(|node| node.rps).collect();
    let times = [0.0, 60.0, 75.0, 90.0, 105.0, 120.0, 180.0];
    assert!(timeline.nodes().iter().map(|node| node.at_s).eq(times));
    let (from, to) = (rps[1], rps[5]);
    for (place, share, of) in [(2, 0.25, 1.0), (3, 0.5, 0.9), (4, 0.75, 1.0)] {
        let want = of * (from + share * (to - from));
        assert!((rps[place] - want).abs() < 1e-9, "{rps:?}");
    }
}

#[test]
fn noise_has_mean_one_and_the_spread_asked_for() {
    let noise = Layer::Noise {
        share: 0.3,
        seed: 5,
    };
    let timeline = Timeline::compile(&[noise, curve(&[(0.0, 10.0)])], 14 * 86_400);
    let values: Vec<f64> = timeline
        .nodes()
        .iter()
        .map(|node| node.rps / 10.0)
        .collect();
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let spread = (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n).sqrt();
    assert!((mean - 1.0).abs() < 0.01, "{mean}");
    assert!((spread - 0.3).abs() < 0.02, "{spread}");
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
