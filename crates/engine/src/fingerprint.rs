//! A number that two equal runs share, to compare machines and browsers by.

use crate::run::{FleetChange, Run};

/// FNV-1a (Fowler, Noll, Vo), over 64-bit words instead of bytes.
struct Hash(u64);

impl Hash {
    fn word(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x0000_0100_0000_01b3);
        // Bits of a float sit high; bring them where the next multiplication spreads them.
        self.0 ^= self.0 >> 32;
    }

    fn floats(&mut self, column: &[f32]) {
        for value in column {
            self.word(u64::from(value.to_bits()));
        }
    }

    fn counts(&mut self, column: &[u32]) {
        for &value in column {
            self.word(u64::from(value));
        }
    }
}

impl Run {
    /// A hash over all series, the fleet, the activities' times and sizes, and the totals, bit by bit.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hash = Hash(0xcbf2_9ce4_8422_2325);
        let series = &self.series;
        for column in [
            &series.demand_rps,
            &series.capacity_rps,
            &series.served_rps,
            &series.failed_rps,
            &series.queue,
            &series.mean_ms,
            &series.p50_ms,
            &series.p95_ms,
            &series.p99_ms,
            &series.invocations_per_instance,
            &series.cost_usd,
            &series.on_demand,
            &series.cold_starts,
            &series.credits,
            &series.surplus_credits,
        ] {
            hash.floats(column);
        }
        for column in [
            &series.desired,
            &series.in_service,
            &series.pending,
            &series.instances,
        ] {
            hash.counts(column);
        }
        for alarm in &series.alarms {
            for &state in &alarm.states {
                hash.word(state as u64);
            }
        }
        for change in &self.fleet {
            let FleetChange {
                at_s,
                desired,
                in_service,
                pending,
                min,
                max,
            } = *change;
            hash.word(at_s.to_bits());
            hash.counts(&[desired, in_service, pending, min, max]);
        }
        for activity in &self.activities {
            hash.word(activity.start_s.to_bits());
            hash.word(activity.end_s.map_or(u64::MAX, f64::to_bits));
            hash.counts(&[activity.from, activity.to, activity.evaluations]);
        }
        let totals = &self.totals;
        for value in [
            totals.requests,
            totals.served,
            totals.failed,
            totals.late,
            totals.queued_at_end,
            totals.instance_s,
            totals.in_service_s,
            totals.cost_usd,
            totals.mean_ms,
            totals.p50_ms,
            totals.p95_ms,
            totals.p99_ms,
        ] {
            hash.word(value.to_bits());
        }
        hash.0
    }
}
