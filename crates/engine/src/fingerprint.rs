//! A number that two equal runs share, to compare machines and browsers by.
//!
//! What is hashed is taken apart field by field, so that a new column can not be left out unseen.

use crate::{
    forecast::Hour,
    run::{Activity, AlarmColumn, CreditSums, Distress, FleetChange, Loss, Run, Series, Totals},
};

/// FNV-1a (Fowler, Noll, Vo), over 64-bit words instead of bytes.
struct Hash(u64);

impl Hash {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn word(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x0000_0100_0000_01b3);
        // Bits of a float sit high; bring them where the next multiplication spreads them.
        self.0 ^= self.0 >> 32;
    }

    fn columns<const N: usize>(&mut self, columns: [&[f32]; N]) {
        for value in columns.into_iter().flatten() {
            self.word(u64::from(value.to_bits()));
        }
    }

    fn counts(&mut self, column: &[u32]) {
        for &value in column {
            self.word(u64::from(value));
        }
    }

    fn numbers<const N: usize>(&mut self, numbers: [f64; N]) {
        for value in numbers {
            self.word(value.to_bits());
        }
    }

    fn series(&mut self, series: &Series) {
        let Series {
            demand_rps,
            capacity_rps,
            desired,
            in_service,
            pending,
            served_rps,
            failed_rps,
            queue,
            mean_ms,
            p50_ms,
            p95_ms,
            p99_ms,
            invocations_per_instance,
            other_metric,
            on_demand,
            cold_starts,
            instances,
            credits,
            surplus_credits,
            alarms,
            cost_usd,
        } = series;
        self.columns([demand_rps, capacity_rps, served_rps, failed_rps, queue]);
        self.columns([mean_ms, p50_ms, p95_ms, p99_ms]);
        self.columns([invocations_per_instance, other_metric, cost_usd]);
        self.columns([on_demand, cold_starts, credits, surplus_credits]);
        for column in [desired, in_service, pending, instances] {
            self.counts(column);
        }
        for AlarmColumn {
            policy,
            role,
            states,
        } in alarms
        {
            self.counts(&[*policy as u32, *role as u32]);
            for &state in states {
                self.word(state as u64);
            }
        }
    }

    fn totals(&mut self, totals: &Totals) {
        let Totals {
            requests,
            served,
            failed,
            late,
            queued_at_end,
            instance_s,
            in_service_s,
            cost_usd,
            requests_usd,
            surplus_usd,
            on_demand,
            cold_starts,
            mean_ms,
            p50_ms,
            p95_ms,
            p99_ms,
        } = *totals;
        self.numbers([requests, served, failed, late, queued_at_end]);
        self.numbers([instance_s, in_service_s]);
        self.numbers([cost_usd, requests_usd, surplus_usd]);
        self.numbers([on_demand, cold_starts]);
        self.numbers([mean_ms, p50_ms, p95_ms, p99_ms]);
    }

    fn credits(&mut self, sums: &CreditSums) {
        let CreditSums {
            given,
            earned,
            spent,
            lost,
            lent,
            balance,
            charged,
            outstanding,
            charged_usd,
            outstanding_usd,
            throttled,
            throttled_instance_s,
        } = sums;
        self.numbers([*given, *earned, *spent, *lost, *lent, *balance]);
        self.numbers([*charged, *outstanding, *charged_usd, *outstanding_usd]);
        for stretch in throttled {
            self.numbers([stretch.from_s, stretch.until_s]);
        }
        self.numbers([*throttled_instance_s]);
    }
}

impl Run {
    /// A hash over all series, the fleet, forecasts, losses, distress and sums, and over when activities were and their sizes, bit
    /// by bit.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let Self {
            period_s,
            series,
            fleet,
            activities,
            distress,
            forecasts,
            credits,
            losses,
            totals,
        } = self;
        let mut hash = Hash::new();
        hash.counts(&[*period_s]);
        hash.series(series);
        for change in fleet {
            let FleetChange {
                at_s,
                desired,
                in_service,
                pending,
                min,
                max,
            } = *change;
            hash.numbers([at_s]);
            hash.counts(&[desired, in_service, pending, min, max]);
        }
        for activity in activities {
            let &Activity {
                start_s,
                end_s,
                from,
                to,
                evaluations,
                ..
            } = activity;
            hash.numbers([start_s, end_s.unwrap_or(f64::INFINITY)]);
            hash.counts(&[from, to, evaluations]);
        }
        for period in distress {
            let Distress {
                start_s,
                failed,
                late,
                longest_wait_s,
            } = *period;
            hash.numbers([start_s, failed, late, longest_wait_s]);
        }
        for hour in forecasts.iter().flat_map(|forecast| &forecast.hours) {
            let Hour {
                at_s,
                made_s,
                rps,
                capacity,
            } = *hour;
            hash.numbers([at_s, made_s, rps]);
            hash.counts(&[capacity]);
        }
        for loss in losses {
            let &Loss {
                at_s,
                instances,
                of,
                unrouted_s,
                noticed_s,
                ..
            } = loss;
            hash.numbers([at_s, unrouted_s, noticed_s]);
            hash.counts(&[instances, of]);
        }
        if let Some(sums) = credits {
            hash.credits(sums);
        }
        hash.totals(totals);
        hash.0
    }
}

#[cfg(test)]
mod tests {
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
}
