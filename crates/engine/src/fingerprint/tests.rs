use super::*;

fn of(words: &[u64]) -> u64 {
    let mut hash = Hash::new();
    words.iter().for_each(|&word| hash.word(word));
    hash.0
}

#[test]
fn every_bit_of_a_word_counts() {
    let mut hashes: Vec<u64> = (0..64).map(|bit| of(&[1 << bit, 7])).collect();
    hashes.extend([of(&[0, 7]), of(&[7, 0])]);
    hashes.sort_unstable();
    hashes.dedup();
    assert_eq!(hashes.len(), 66);
}

/// Numbers that differ in their high bits only, as those of a column do.
#[test]
fn each_bit_of_a_hash_is_set_for_half_of_the_numbers() {
    let numbers = 4096_u32;
    let hashes: Vec<u64> = (0..numbers)
        .map(|n| of(&[(1.0 + f64::from(n) / 64.0).to_bits(), 1, 1, 1]))
        .collect();
    for bit in 0..64 {
        let set = hashes.iter().filter(|hash| *hash >> bit & 1 == 1).count();
        assert!((1850..=2250).contains(&set), "bit {bit}: {set}");
    }
}

fn scheduled(action: usize, outcome: Outcome) -> Activity {
    Activity {
        start_s: 0.0,
        end_s: None,
        from: 1,
        to: 1,
        cause: Cause::Scheduled {
            action,
            min: Some(1),
            max: None,
            desired: None,
        },
        outcome,
        evaluations: 1,
    }
}

fn loss(index: usize, what: Failing) -> Loss {
    Loss {
        at_s: 0.0,
        index,
        what,
        instances: 1,
        of: 2,
        unrouted_s: 0.0,
        noticed_s: f64::INFINITY,
    }
}

#[test]
fn runs_that_differ_anywhere_have_other_fingerprints() {
    let differ: &[fn(&mut Run)] = &[
        |_| {},
        |run| run.period_s = 60,
        |run| run.series.demand_rps.push(0.0),
        |run| run.series.demand_rps.push(1.0),
        |run| run.series.capacity_rps.push(1.0),
        |run| run.series.demand_rps.push(f32::NAN),
        |run| run.series.desired.push(1),
        |run| run.series.instances.push(2),
        |run| run.totals.failed = 1.0,
        |run| run.totals.p99_ms = 1.0,
        |run| run.credits = Some(CreditSums::default()),
        |run| {
            run.distress.push(Distress {
                start_s: 0.0,
                failed: 1.0,
                late: 0.0,
                longest_wait_s: 0.0,
            });
        },
        |run| {
            run.fleet.push(FleetChange {
                at_s: 0.0,
                desired: 1,
                in_service: 1,
                pending: 0,
                min: 1,
                max: 1,
            });
        },
        |run| run.totals.requests = -0.0,
        |run| run.activities.push(scheduled(0, Outcome::Successful)),
        |run| run.activities.push(scheduled(1, Outcome::Successful)),
        |run| run.activities.push(scheduled(0, Outcome::Overridden)),
        |run| {
            let reason = NotScaledReason::MinAboveMax;
            run.activities
                .push(scheduled(0, Outcome::NotScaled(reason)));
        },
        |run| {
            let reason = NotScaledReason::Suspended;
            run.activities
                .push(scheduled(0, Outcome::NotScaled(reason)));
        },
        |run| run.losses.push(loss(0, Failing::Instances(1))),
        |run| run.losses.push(loss(1, Failing::Instances(1))),
        |run| run.losses.push(loss(0, Failing::Applications(1))),
        |run| run.losses.push(loss(0, Failing::Zone { for_s: 60.0 })),
        |run| {
            run.forecasts.push(Forecast {
                policy: 0,
                scales: false,
                hours: Vec::new(),
            });
        },
        |run| {
            run.forecasts.push(Forecast {
                policy: 0,
                scales: true,
                hours: Vec::new(),
            });
        },
    ];
    let fingerprint = |differ: &fn(&mut Run)| {
        let mut run = Run::default();
        differ(&mut run);
        run.fingerprint()
    };
    let mut fingerprints: Vec<u64> = differ.iter().map(fingerprint).collect();
    fingerprints.sort_unstable();
    assert!(fingerprints.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn what_is_not_a_number_is_one_whatever_its_bits() {
    let of = |bits: u64| {
        let mut run = Run::default();
        run.totals.late = f64::from_bits(bits);
        run.fingerprint()
    };
    assert_eq!(of(0x7ff8_0000_0000_0000), of(0xfff8_0000_0000_0001));
}
