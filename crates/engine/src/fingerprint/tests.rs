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

#[test]
fn runs_that_differ_anywhere_have_other_fingerprints() {
    let differ: [fn(&mut Run); 12] = [
        |_| {},
        |run| run.period_s = 60,
        |run| run.series.demand_rps.push(0.0),
        |run| run.series.demand_rps.push(1.0),
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
    ];
    let mut fingerprints = differ.map(|differ| {
        let mut run = Run::default();
        differ(&mut run);
        run.fingerprint()
    });
    fingerprints.sort_unstable();
    assert!(fingerprints.windows(2).all(|pair| pair[0] != pair[1]));
}
