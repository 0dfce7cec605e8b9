use super::*;

pub(in crate::latency) fn service(max_rps: f64, p50_ms: f64, p95_ms: f64) -> Service {
    Service {
        max_rps,
        safety_factor: 0.5,
        p50_ms,
        p95_ms,
        timeout_s: 60.0,
        shared_queue: false,
        queue_limit_per_instance: None,
    }
}

#[test]
fn an_idle_instance_gives_back_the_percentiles_it_was_given() {
    for (p50_ms, p95_ms) in [(40.0, 95.0), (10.0, 11.0), (100.0, 100.0)] {
        let row = Station::new(&service(20.0, p50_ms, p95_ms), 0.0)
            .figures(None)
            .map(|s| 1000.0 * s);
        assert!((row[1] / p50_ms - 1.0).abs() < 1e-4, "{row:?}");
        assert!((row[2] / p95_ms - 1.0).abs() < 1e-4, "{row:?}");
    }
    // A spread that no shifted exponential has keeps its 95th percentile.
    let row = Station::new(&service(20.0, 10.0, 300.0), 0.0)
        .figures(None)
        .map(|s| 1000.0 * s);
    assert!((row[2] / 300.0 - 1.0).abs() < 1e-4, "{row:?}");
}

#[test]
fn a_logarithm_near_one_is_that_of_the_library() {
    for i in -400..=400 {
        let x = (f64::from(i) / 2000.0).exp();
        assert!((log(x) - libm::log(x)).abs() < 1e-12, "{x}");
    }
    assert!(log(f64::NAN).is_nan() && log(-1.0).is_nan());
    assert_eq!(log(f64::INFINITY), f64::INFINITY);
    assert_eq!(log(0.0), f64::NEG_INFINITY);
}

#[test]
fn one_exponential_server_is_the_textbook_queue() {
    // M/M/1: time in system is exponential with mean 1 / (mu − lambda).
    let mean_ms = 1000.0 * core::f64::consts::LOG2_E;
    let one = service(
        1.0,
        mean_ms * core::f64::consts::LN_2 * core::f64::consts::LN_2,
        1000.0 * 20f64.ln(),
    );
    let row = Station::new(&one, 0.5).figures(None);
    let mean = row[0];
    assert!((mean / 2.0 - 1.0).abs() < 0.01, "{mean}");
    let p95 = row[2];
    assert!((p95 / (2.0 * 20f64.ln()) - 1.0).abs() < 0.01, "{p95}");
}

#[test]
fn latency_rises_with_utilisation() {
    for max_rps in [0.2, 3.0, 20.0, 900.0] {
        let service = service(max_rps, 120.0, 400.0);
        let mut last = Station::new(&service, 0.0).figures(None);
        for i in 1..=100 {
            let row = Station::new(&service, f64::from(i) / 100.0).figures(Some(last));
            for (now, before) in row.iter().zip(last) {
                assert!(
                    now.is_finite() && *now >= before * 0.995,
                    "{max_rps} {i} {row:?} {last:?}"
                );
            }
            last = row;
        }
    }
}

/// Idle, in between, nearly full, full; one request at once and many; fixed times and random ones.
fn stations() -> Vec<Station> {
    let services = [
        service(20.0, 40.0, 95.0),
        service(0.5, 900.0, 2000.0),
        service(400.0, 100.0, 101.0),
    ];
    let loads = [0.0, 0.3, 0.7, 0.95, 1.0];
    let of = |service: &Service| loads.map(|load| Station::new(service, load));
    let mut stations = services.iter().map(of).collect::<Vec<_>>().concat();
    // Waits as long as service is random.
    stations.push(Station {
        shift_s: 0.02,
        scale_s: 0.03,
        wait_probability: 0.6,
        wait_s: 0.03,
    });
    stations
}

#[test]
fn the_tail_adds_up_to_the_mean_and_falls_as_its_density_says() {
    for station in stations() {
        let longest_s = station.scale_s.max(station.wait_s);
        let step_s = 0.01 * station.scale_s;
        let middle = |i: u32| station.shift_s + (f64::from(i) + 0.5) * step_s;
        let steps = (30.0 * longest_s / step_s) as u32;
        if steps < 100_000 {
            let sum: f64 = (0..steps).map(|i| station.tail(middle(i))).sum();
            let mean_s = station.shift_s + sum * step_s;
            assert!(
                (mean_s / station.mean_s() - 1.0).abs() < 1e-4,
                "{station:?}"
            );
        }
        let step_s = 0.01 * step_s;
        for share in [0.01, 0.5, 2.0, 5.0] {
            let t_s = station.shift_s + share * longest_s;
            let (tail, density) = station.tail_and_density(&station.beyond(t_s));
            assert_eq!(tail, station.tail(t_s));
            let fallen = station.tail(t_s - step_s) - station.tail(t_s + step_s);
            let wanted = fallen / (2.0 * step_s);
            assert!(
                (density - wanted).abs() <= 1e-4 * wanted + 1e-9,
                "{station:?} {share}"
            );
        }
        assert_eq!(
            station.tail_and_density(&station.beyond(station.shift_s)),
            (1.0, 0.0)
        );
    }
}

#[test]
fn all_but_a_share_of_requests_stay_within_a_percentile() {
    for station in stations() {
        let figures = station.figures(None);
        let near = figures.map(|s| 1.1 * s);
        let far = figures.map(|s| 0.01 * s);
        for figures in [
            figures,
            station.figures(Some(near)),
            station.figures(Some(far)),
        ] {
            assert_eq!(figures[0], station.mean_s());
            for (t_s, beyond) in figures.into_iter().skip(1).zip([0.5, 0.05, 0.01]) {
                let tail = station.tail(t_s);
                assert!((tail / beyond - 1.0).abs() < 1e-4, "{station:?} {tail}");
            }
        }
    }
}

#[test]
fn at_full_use_a_wait_is_what_builds_up_in_five_minutes() {
    // Half of 0.05 s is fixed: variability 1 + 0.5².
    let half = service(
        20.0,
        1000.0 * 0.025 * (1.0 + core::f64::consts::LN_2),
        1000.0 * 0.025 * (1.0 + 20f64.ln()),
    );
    let full = Station::new(&half, 1.0);
    let built_up_s = (1.25 * 2.0 * 300.0 / (core::f64::consts::PI * 20.0)).sqrt();
    assert_eq!(full.wait_probability, 1.0);
    assert!((full.wait_s - built_up_s).abs() < 1e-9, "{full:?}");
    // One server at 0.9: 0.9 × 1.25 / (2 × 20 × 0.1), which 300 s leave time for but for a thousandth.
    let busy = Station::new(&half, 0.9);
    let stationary_s = 0.9 * 1.25 / 4.0;
    let ratio = stationary_s / built_up_s;
    let wait_s = stationary_s / (1.0 + ratio * ratio).sqrt();
    assert!((busy.wait_probability - 0.9).abs() < 1e-9);
    assert!(
        (busy.wait_probability * busy.wait_s - wait_s).abs() < 1e-9,
        "{busy:?}"
    );
    assert!((busy.mean_s() - 0.05 - wait_s).abs() < 1e-9);
}

#[test]
fn a_percentile_is_found_from_any_guess() {
    for beyond in [0.5, 0.05, 1e-6] {
        let expected = -f64::ln(beyond);
        for guess in [1e-12, 0.1, expected, 3.0, 1e4] {
            let found = invert(|t| (-t).exp(), beyond, 0.0, guess);
            assert!(
                (found / expected - 1.0).abs() < 2e-6,
                "{beyond} {guess}: {found}"
            );
            // Flat at first, then a step to half and a slope.
            let bent = |t: f64| if t < 2.0 { 1.0 } else { 0.5 * (2.0 - t).exp() };
            let found = invert(bent, beyond, 0.0, guess);
            let expected = 2.0 - f64::ln(2.0 * beyond);
            assert!(
                (found / expected - 1.0).abs() < 2e-6,
                "{beyond} {guess}: {found}"
            );
        }
        assert_eq!(
            invert(|_| 0.0, beyond, 7.0, 9.0),
            7.0,
            "it is below already"
        );
        let newton = |guess| close_to(|t| ((-t).exp(), (-t).exp()), beyond, guess, 1e-3);
        for guess in [0.5 * expected, 2.0 * expected] {
            let found = newton(guess).unwrap();
            assert!(
                (found / expected - 1.0).abs() < 1e-6,
                "{beyond} {guess}: {found}"
            );
        }
    }
    assert_eq!(
        close_to(|_| (1.0, 0.0), 0.5, 1.0, 0.0),
        None,
        "there is no slope"
    );
    assert_eq!(
        close_to(|t| ((-t).exp(), (-t).exp()), 0.9, 1.0, 0.5),
        None,
        "below the least"
    );
}
