use super::*;

#[test]
fn erlangs_formula() {
    // Tables of Erlang's B: 1 erlang on 1 server loses a half, 2 on 3 4/19, 10 on 10 0.21458.
    for (at_once, servers, lost) in [
        (1.0, 1, 0.5),
        (2.0, 3, 4.0 / 19.0),
        (10.0, 10, 0.214_582_343),
        (5.0, 15, 0.000_157_2),
    ] {
        let shares = shares(at_once, 0, servers, 100.0);
        assert!(
            (shares.throttled / at_once - lost).abs() < 1e-6,
            "{shares:?}"
        );
        assert_eq!(shares.spilled, at_once);
    }
}

#[test]
fn as_many_as_the_objective_asks_for() {
    for (at_once, lost, environments) in [
        (10.0, 0.214_583, 10),
        (10.0, 0.214_582, 11),
        (5.0, 0.001, 14),
        (0.0, 0.001, 1),
    ] {
        assert_eq!(
            environments_for(at_once, lost),
            environments,
            "{at_once} {lost}"
        );
    }
    assert_eq!(environments_for(50.0, 0.0), environments_for(50.0, 1e-9));
}

#[test]
fn there_is_an_end_to_how_many_are_looked_for() {
    assert_eq!(environments_for(1e7, 1e-9), 10_010_000);
}

#[test]
fn a_point_of_the_table_begins_its_interval() {
    for index in 1..=INTERVALS {
        let at = grid(index);
        assert_eq!(interval(at), index, "{at}");
        assert_eq!(interval(at.next_down()), index - 1, "{at}");
        assert_eq!(interval(0.5 * (at + grid(index - 1))), index - 1, "{at}");
    }
    assert_eq!(
        (interval(0.0), interval(-1.0), interval(1e9)),
        (0, 0, INTERVALS)
    );
}

#[test]
fn beyond_the_table_all_that_is_more_fails() {
    let table = Table::new(5, 200, 1500.0);
    let (last, beyond) = (table.at(MAX_AT_ONCE), table.at(MAX_AT_ONCE + 88.0));
    assert_eq!(beyond.spilled, last.spilled + 88.0);
    assert_eq!(beyond.throttled, last.throttled + 88.0);
    assert_eq!((beyond.started, beyond.warm), (last.started, last.warm));
}

#[test]
fn rare_requests_find_their_environment_gone() {
    // One request in `1 / rate` durations: the chance that none came while an environment was kept.
    let table = Table::new(0, 10, 300.0);
    for (at_once, cold) in [
        (1e-5, 0.997),
        (0.001, 0.741),
        (0.0033, 0.37),
        (0.02, 0.0025),
    ] {
        let shares = table.at(at_once);
        let share = shares.started / at_once;
        assert!((share - cold).abs() < 0.02, "{at_once}: {share}");
    }
}

#[test]
fn the_table_is_close_and_its_means_do_not_depend_on_cuts() {
    for (provisioned, max) in [(0, 1), (0, 20), (5, 20), (20, 20), (50, 200), (0, 200)] {
        let table = Table::new(provisioned, max, 1500.0);
        for at_once in [0.0, 0.01, 0.5, 3.0, 4.9, 18.0, 40.0, 199.0, 230.0, 511.9] {
            let (near, exact) = (table.at(at_once), shares(at_once, provisioned, max, 1500.0));
            for (a, b) in [
                (near.spilled, exact.spilled),
                (near.throttled, exact.throttled),
                (near.warm, exact.warm),
            ] {
                assert!(
                    (a - b).abs() < 0.01 + 0.02 * b,
                    "{at_once}: {near:?} {exact:?}"
                );
            }
        }
        for (from, to) in [
            (0.0, 3.0),
            (10.0, 0.2),
            (4.0, 4.0),
            (190.0, 700.0),
            (0.0, 9000.0),
        ] {
            let whole = table.mean(from, to);
            for share in [0.001, 0.3, 0.9] {
                let middle = from + (to - from) * share;
                let (a, b) = (table.mean(from, middle), table.mean(middle, to));
                for (whole, a, b) in [
                    (whole.spilled, a.spilled, b.spilled),
                    (whole.throttled, a.throttled, b.throttled),
                    (whole.started, a.started, b.started),
                ] {
                    let parts = a * share + b * (1.0 - share);
                    assert!(
                        (whole - parts).abs() <= 1e-9 * whole.max(1e-3),
                        "{from} {to}"
                    );
                }
            }
        }
    }
}

#[test]
fn more_environments_never_take_less() {
    for at_once in (0..300).map(|i| f64::from(i) * 0.9) {
        let mut last = f64::INFINITY;
        for max in 1..=200 {
            let throttled = shares(at_once, 0, max, 1.0).throttled;
            assert!(throttled <= last);
            last = throttled;
        }
    }
}
