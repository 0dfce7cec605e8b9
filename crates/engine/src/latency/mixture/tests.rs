use super::*;
use crate::latency::wait_bins::WAIT_BINS;

fn table() -> Table {
    Table::new(&station::tests::service(20.0, 40.0, 95.0))
}

/// Requests, how long they waited, how many times as long as at full speed they took, and the grid point of what they met.
type Met = (f64, f64, f64, usize);

/// Figures of them by their definition: where the share of those that take longer falls to a half, and so on.
fn by_definition(table: &Table, met: &[Met]) -> Figures {
    let requests: f64 = met.iter().map(|met| met.0).sum();
    let station = |&(_, _, _, point): &Met| &table.stations[point];
    let mean = |met: &Met| met.0 * (met.1 + met.2 * station(met).mean_s());
    let tail = |t_s: f64| {
        let tail = |met: &Met| met.0 * station(met).tail((t_s - met.1) / met.2);
        met.iter().map(tail).sum::<f64>() / requests
    };
    let percentile = |beyond: f64| {
        let (mut low, mut high) = (0.0, 1000.0);
        for _ in 0..80 {
            let middle = 0.5 * (low + high);
            if tail(middle) > beyond {
                low = middle;
            } else {
                high = middle;
            }
        }
        1000.0 * low
    };
    Figures {
        mean_ms: 1000.0 * met.iter().map(mean).sum::<f64>() / requests,
        p50_ms: percentile(0.5),
        p95_ms: percentile(0.05),
        p99_ms: percentile(0.01),
    }
}

#[track_caller]
fn check(mixture: &Mixture, table: &Table, met: &[Met]) {
    let (got, want) = (mixture.figures(table), by_definition(table, met));
    for (got, want) in [
        (got.mean_ms, want.mean_ms),
        (got.p50_ms, want.p50_ms),
        (got.p95_ms, want.p95_ms),
        (got.p99_ms, want.p99_ms),
    ] {
        assert!((got / want - 1.0).abs() < 1e-5, "{got} {want} {met:?}");
    }
}

/// The utilisation of a grid point.
fn load(point: usize) -> f64 {
    let left = 1.0 - point as f64 / INTERVALS as f64;
    1.0 - left * left
}

fn waits(requests: f64, wait_s: f64, point: usize) -> Waits {
    Waits {
        from_s: wait_s,
        to_s: wait_s,
        requests,
        load: requests * load(point),
    }
}

#[test]
fn every_request_counts_alike() {
    let table = table();
    let mut mixture = Mixture::new();
    assert_eq!(mixture.figures(&table), Figures::default());
    let at = |index, share| TablePosition { index, share };
    mixture.add_free(1000.0, at(64, 0.25));
    let free = [(750.0, 0.0, 1.0, 64), (250.0, 0.0, 1.0, 65)];
    check(&mixture, &table, &free);
    mixture.add_free(400.0, at(65, 0.5));
    mixture.add_free(600.0, at(127, 1.0));
    let free = [
        free[0],
        (450.0, 0.0, 1.0, 65),
        (200.0, 0.0, 1.0, 66),
        (600.0, 0.0, 1.0, 128),
    ];
    check(&mixture, &table, &free);
    // Followed: three in four met one station, the others another; some a queue before.
    let met = [(0.75, table.stations[100]), (0.25, table.stations[40])];
    let queued = [waits(80.0, 1.0, 0), waits(8.0, 30.0, 0)];
    mixture.add_followed(20.0, &queued, 320.0, &met);
    let followed = [
        (15.0, 0.0, 1.0, 100),
        (5.0, 0.0, 1.0, 40),
        (60.0, 1.0, 1.0, 100),
        (20.0, 1.0, 1.0, 40),
        (6.0, 30.0, 1.0, 100),
        (2.0, 30.0, 1.0, 40),
    ];
    let all = [&free[..], &followed].concat();
    check(&mixture, &table, &all);
    // The same again falls where the first ones did.
    mixture.add_followed(20.0, &queued, 320.0, &met);
    let twice = followed.map(|(n, wait_s, slowness, point)| (2.0 * n, wait_s, slowness, point));
    check(&mixture, &table, &[&free[..], &twice].concat());
    // Late are those that were not followed, each by what it met.
    let late_s = 0.05;
    let late: f64 = free
        .iter()
        .map(|met| met.0 * table.stations[met.3].waits_longer(late_s))
        .sum();
    assert!(late > 100.0 && (mixture.late(&table, late_s) / late - 1.0).abs() < 1e-12);
}

#[test]
fn two_kinds_of_requests_have_their_common_percentiles() {
    let table = table();
    for (share, points) in [(1.0, [100, 0]), (0.7, [128, 60]), (0.02, [128, 5])] {
        let parts = [
            (share, table.stations[points[0]]),
            (1.0 - share, table.stations[points[1]]),
        ];
        let met = [
            (share, 0.0, 1.0, points[0]),
            (1.0 - share, 0.0, 1.0, points[1]),
        ];
        let want = by_definition(&table, &met);
        for guess in [0.05, 0.5, 5.0] {
            let got = figures_of(&parts, [guess; 4]).map(|seconds| 1000.0 * seconds);
            let want = [want.mean_ms, want.p50_ms, want.p95_ms, want.p99_ms];
            for (got, want) in got.into_iter().zip(want) {
                assert!(
                    (got / want - 1.0).abs() < 1e-5,
                    "{share} {guess}: {got} {want}"
                );
            }
        }
    }
}

#[test]
fn what_is_slowed_takes_as_many_times_as_long() {
    let table = table();
    let mut mixture = Mixture::new();
    mixture.add_free(
        500.0,
        TablePosition {
            index: 64,
            share: 0.0,
        },
    );
    let flow = Flow {
        free: 300.0,
        free_load: 300.0 * load(90),
        waits: vec![waits(60.0, 2.0, 110)],
        wait_s: 120.0,
        ..Flow::default()
    };
    mixture.add_slowed(&flow, 3.0);
    let all = [
        (500.0, 0.0, 1.0, 64),
        (300.0, 0.0, 3.0, 90),
        (60.0, 2.0, 3.0, 110),
    ];
    check(&mixture, &table, &all);
    mixture.add_slowed(&flow, 3.0);
    let twice = [all[0], (600.0, 0.0, 3.0, 90), (120.0, 2.0, 3.0, 110)];
    check(&mixture, &table, &twice);
    // Others, alike in all but how long they waited, or how slow they were.
    let mut all = twice.to_vec();
    for (wait_s, slowness, point) in [
        (4.0, 3.0, 110),
        (2.0, 3.7, 110),
        (2.25, 3.0, 100),
        (2.0, 9.0, 20),
    ] {
        let flow = Flow {
            waits: vec![waits(40.0, wait_s, point)],
            wait_s: 40.0 * wait_s,
            ..Flow::default()
        };
        mixture.add_slowed(&flow, slowness);
        all.push((40.0, wait_s, slowness, point));
        check(&mixture, &table, &all);
    }
}

#[test]
fn waits_are_told_apart_by_eighths_of_their_size() {
    assert_eq!((wait_bin(-1.0), wait_bin(0.0), wait_bin(1e-9)), (0, 0, 0));
    let from = wait_bin(1.0);
    assert_eq!(
        [1.124, 1.125, 1.999, 2.0].map(|wait_s| wait_bin(wait_s) - from),
        [0, 1, 7, 8]
    );
    assert_eq!((from, wait_bin(1e300)), (12 * 8, WAIT_BINS - 1));
}

#[test]
fn a_period_waits_as_long_as_most_of_its_requests_do() {
    let spread = |from_s, to_s, requests| Waits {
        from_s,
        to_s,
        requests,
        load: 0.0,
    };
    for (waits, free, expected) in [
        (vec![spread(0.0, 10.0, 100.0)], 0.0, [5.0, 9.5, 9.9]),
        (vec![spread(10.0, 0.0, 100.0)], 100.0, [0.0, 9.0, 9.8]),
        (vec![spread(0.0, 10.0, 100.0)], 60.0, [2.0, 9.2, 9.84]),
        (
            vec![spread(2.0, 4.0, 50.0), spread(8.0, 6.0, 50.0)],
            0.0,
            [4.0, 7.8, 7.96],
        ),
        (vec![], 10.0, [0.0; 3]),
    ] {
        let got = wait_percentiles(&waits, free);
        for (got, want) in got.into_iter().zip(expected) {
            assert!((got - want).abs() <= 2e-3, "{got} {want}: {waits:?}");
            assert_eq!(got == 0.0, want == 0.0);
        }
    }
}
