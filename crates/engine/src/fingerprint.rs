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
            // What it is worked out from, not what happened.
            latency: _,
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
mod tests;
