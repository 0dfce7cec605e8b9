use super::*;
use crate::plan::Service;

pub(in crate::latency) fn service(max_rps: f64, p50_ms: f64, p95_ms: f64) -> Service {
    Service {
        max_rps,
        safety_factor: 0.5,
        p50_ms,
        p95_ms,
        timeout_s: 60.0,
        queue_limit_per_instance: None,
    }
}

/// The station of a service as nobody follows it.
fn usual(service: &Service, load: f64) -> Station {
    Steady::new(&LoadTest::of(service), load).as_usual(service.mean_service_s())
}

#[test]
fn an_idle_instance_gives_back_the_percentiles_it_was_given() {
    for (p50_ms, p95_ms) in [(40.0, 95.0), (10.0, 11.0), (100.0, 100.0)] {
        let row = usual(&service(20.0, p50_ms, p95_ms), 0.0)
            .figures(None)
            .map(|s| 1000.0 * s);
        assert!((row[1] / p50_ms - 1.0).abs() < 1e-4, "{row:?}");
        assert!((row[2] / p95_ms - 1.0).abs() < 1e-4, "{row:?}");
    }
    // A spread that no shifted exponential has keeps its 95th percentile.
    let row = usual(&service(20.0, 10.0, 300.0), 0.0)
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
    let row = usual(&one, 0.5).figures(None);
    let mean = row[0];
    assert!((mean / 2.0 - 1.0).abs() < 0.01, "{mean}");
    let p95 = row[2];
    assert!((p95 / (2.0 * 20f64.ln()) - 1.0).abs() < 0.01, "{p95}");
}

#[test]
fn latency_rises_with_utilisation() {
    for max_rps in [0.2, 3.0, 20.0, 900.0] {
        let service = service(max_rps, 120.0, 400.0);
        let mut last = usual(&service, 0.0).figures(None);
        for i in 1..=100 {
            let row = usual(&service, f64::from(i) / 100.0).figures(Some(last));
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
    let of = |service: &Service| loads.map(|load| usual(service, load));
    let mut stations = services.iter().map(of).collect::<Vec<_>>().concat();
    // Stages as long as service is random, or nearly so; as even as waits can be.
    for stage_s in [0.03, 0.030_02, 0.030_1, 0.0299] {
        stations.push(Station {
            shift_s: 0.02,
            scale_s: 0.03,
            wait_probability: 0.6,
            stage_s,
            stages: brownian::stages(1.0),
        });
    }
    stations
}

#[test]
fn the_tail_adds_up_to_the_mean_and_falls_as_its_density_says() {
    for station in stations() {
        let longest_s = station.scale_s.max(station.wait_s());
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
            let (tail, density) = station.tail_and_density(t_s);
            assert_eq!(tail, station.tail(t_s));
            let fallen = station.tail(t_s - step_s) - station.tail(t_s + step_s);
            let wanted = fallen / (2.0 * step_s);
            assert!(
                (density - wanted).abs() <= 1e-4 * wanted + 1e-9,
                "{station:?} {share}"
            );
        }
        assert_eq!(station.tail_and_density(station.shift_s), (1.0, 0.0));
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
fn at_full_use_a_wait_is_what_builds_up_meanwhile() {
    // Half of 0.05 s is fixed: variability 1 + 0.5².
    let half = service(
        20.0,
        1000.0 * 0.025 * (1.0 + core::f64::consts::LN_2),
        1000.0 * 0.025 * (1.0 + 20f64.ln()),
    );
    let full = Steady::new(&LoadTest::of(&half), 1.0);
    for age_s in [60.0, 300.0, 3600.0] {
        // Reflected Brownian motion started empty: mean σ√(2T/π) after time T (Harrison, 1985).
        let built_up_s = (1.25 * 2.0 * age_s / (core::f64::consts::PI * 20.0)).sqrt();
        let station = full.after(age_s);
        assert!(station.wait_probability > 0.97, "{station:?}");
        let wait_s = station.wait_probability * station.wait_s();
        // A server that is not taken lets nobody wait: half of 1.25 × 0.05 s less, as a mean.
        let off = built_up_s - wait_s;
        assert!((0.0..0.04).contains(&off), "{age_s}: {off}");
        let half_normal = |x: f64| libm::erfc(x / (built_up_s * core::f64::consts::PI.sqrt()));
        for x in [0.3, 1.0, 2.0, 3.0] {
            let (got, want) = (
                station.waits_longer(x * built_up_s),
                half_normal(x * built_up_s),
            );
            assert!((got - want).abs() < 0.02, "{age_s} {x}: {got} {want}");
        }
    }
    // One server at 0.9: 0.9 × 1.25 / (2 × 20 × 0.1), for which 300 s leave time.
    let busy = usual(&half, 0.9);
    let stationary_s = 0.9 * 1.25 / 4.0;
    assert!((busy.wait_probability - 0.9).abs() < 1e-9);
    assert!(
        (busy.mean_s() - 0.05 - stationary_s).abs() < 1e-6,
        "{busy:?}"
    );
}

#[test]
fn a_backlog_that_falls_back_ends_as_the_long_run() {
    let steady = Steady::new(&LoadTest::of(&service(20.0, 40.0, 95.0)), 0.8);
    let long_run = steady.in_the_long_run();
    let near = steady.falling_back(steady.backlog_s() * (1.0 + 1e-9));
    assert!((near.mean_s() / long_run.mean_s() - 1.0).abs() < 1e-6);
    let far = steady.falling_back(100.0 * steady.backlog_s());
    assert!(far.wait_probability > 0.99 && far.wait_s() > 99.0 * steady.backlog_s());
}

#[test]
fn who_waits_longer_is_counted_by_the_stages_of_the_wait() {
    let station = Station {
        shift_s: 0.02,
        scale_s: 0.03,
        wait_probability: 0.6,
        stage_s: 0.5,
        stages: [0.5, 0.25, 0.125],
    };
    assert_eq!(station.waits_longer(-1.0), 1.0);
    assert_eq!(station.waits_longer(0.0), 0.6);
    // Two stages long: 1 + 2 × 0.5 + 2 × 0.25 + 4/3 × 0.125.
    let expected = 0.6 * (-2.0_f64).exp() * (2.5 + 0.5 / 3.0);
    assert!((station.waits_longer(1.0) - expected).abs() < 1e-12);
    // Its mean is the integral.
    let sum: f64 = (0..40_000)
        .map(|i| station.waits_longer((f64::from(i) + 0.5) * 1e-3))
        .sum();
    let mean_s = station.wait_probability * station.wait_s();
    assert!((1e-3 * sum / mean_s - 1.0).abs() < 1e-5);
    assert!((station.waits_beyond_s(0.0) / mean_s - 1.0).abs() < 1e-12);
    for t_s in [0.0, 0.3, 2.0] {
        let fallen = station.waits_beyond_s(t_s) - station.waits_beyond_s(t_s + 1e-5);
        let mean = station.waits_longer(t_s + 0.5e-5);
        assert!((fallen / 1e-5 / mean - 1.0).abs() < 1e-6, "{t_s}");
    }
    // Of 1,000 requests one waits as long as the longest.
    let longest_s = station.longest_wait_s(1000.0);
    let expected = 1000.0 * station.waits_longer(longest_s);
    assert!((expected - 1.0).abs() < 0.05, "{longest_s} {expected}");
    assert_eq!(station.longest_wait_s(1.0), 0.0);
    assert_eq!(Station::default().longest_wait_s(1e6), 0.0);
    assert_eq!(Station::default().waits_longer(0.0), 0.0);
}

#[test]
fn nobody_waits_long_for_stages_of_next_to_nothing() {
    let station = Station {
        wait_probability: 0.5,
        stage_s: 1e-300,
        stages: [1.0, 1.0, 1.0],
        ..Station::default()
    };
    for t_s in [1e-280, 1.0, 3600.0, 1e9] {
        assert_eq!(
            (station.waits_longer(t_s), station.waits_beyond_s(t_s)),
            (0.0, 0.0),
            "{t_s}"
        );
    }
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
