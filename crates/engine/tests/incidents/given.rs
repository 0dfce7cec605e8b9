//! Runs put down by hand, as far as incidents are told from them.

use crate::common::{curve, plan};
use engine::{
    Report,
    plan::Plan,
    report::{Bottleneck, Incident},
    run::{Activity, Cause, Distress, FleetChange, Outcome, PERIOD_S, Run},
};

/// A run of two hours, and the plan that it is told to come from.
#[derive(Clone, Debug)]
pub struct Given {
    pub plan: Plan,
    pub run: Run,
}

/// Minutes of the run.
const MINUTES: usize = 120;

/// What a minute is like: demand and capacity, requests per second, and how many instances are in service.
pub type Minute = (f32, f32, u32);

impl Given {
    /// One instance of 20 requests per second all the time, of ten at most, under demand through these points; in each minute
    /// between two moments one request fails and two are late. Nothing waits at a minute's end, no metric is above its target.
    pub fn new(points: &[(f64, f64)], start_s: f64, end_s: f64) -> Self {
        let mut given = Self {
            plan: plan(&[curve(points)], MINUTES as u32 * PERIOD_S),
            run: Run {
                period_s: PERIOD_S,
                ..Run::default()
            },
        };
        let series = &mut given.run.series;
        series.demand_rps = vec![0.0; MINUTES];
        series.queue = vec![0.0; MINUTES];
        series.invocations_per_instance = vec![0.0; MINUTES];
        given.noticed(start_s, end_s, 1.0, 2.0).fleet(&[(0.0, 1)])
    }

    /// So many failed and were late in each minute between two moments.
    pub fn noticed(mut self, start_s: f64, end_s: f64, failed: f64, late: f64) -> Self {
        let minutes = (start_s / 60.0) as u32..(end_s / 60.0) as u32;
        let distress = |minute| Distress {
            start_s: 60.0 * f64::from(minute),
            failed,
            late,
            longest_wait_s: 3.0,
        };
        self.run.distress = minutes.map(distress).collect();
        self
    }

    /// From ten minutes on each is like this; what lies before and after is none of it.
    pub fn minutes(mut self, minutes: &[Minute]) -> Self {
        let series = &mut self.run.series;
        (series.capacity_rps, series.in_service) = (vec![0.0; MINUTES], vec![0; MINUTES]);
        series.demand_rps.fill(1e6);
        for (minute, &(demand, capacity, in_service)) in minutes.iter().enumerate() {
            series.demand_rps[10 + minute] = demand;
            series.capacity_rps[10 + minute] = capacity;
            series.in_service[10 + minute] = in_service;
        }
        self
    }

    /// From when on how many were in service, as desired; of ten at most.
    pub fn fleet(self, changes: &[(f64, u32)]) -> Self {
        let changes = changes.iter();
        let changes: Vec<_> = changes
            .map(|&(at_s, instances)| (at_s, instances, instances, 0))
            .collect();
        self.fleet_of(10, &changes)
    }

    /// From when on how many were desired, in service and pending, of so many at most.
    pub fn fleet_of(mut self, max: u32, changes: &[(f64, u32, u32, u32)]) -> Self {
        let changes = changes.iter();
        self.run.fleet = changes
            .map(|&(at_s, desired, in_service, pending)| FleetChange {
                at_s,
                desired,
                in_service,
                pending,
                min: 0,
                max,
            })
            .collect();
        self
    }

    /// What was scaled: when, until when, from how many to how many.
    pub fn scaled(self, activities: &[(f64, Option<f64>, u32, u32)]) -> Self {
        let by_clock = Cause::Scheduled {
            action: 0,
            min: None,
            max: None,
            desired: None,
        };
        let activities = activities.iter();
        activities.fold(self, |given, &(start_s, end_s, from, to)| {
            given.activity(start_s, end_s, (from, to), by_clock)
        })
    }

    pub fn activity(
        mut self,
        start_s: f64,
        end_s: Option<f64>,
        (from, to): (u32, u32),
        cause: Cause,
    ) -> Self {
        self.run.activities.push(Activity {
            start_s,
            end_s,
            from,
            to,
            cause,
            outcome: Outcome::Successful,
            evaluations: 1,
        });
        self
    }

    /// Requests that waited at the end of these minutes (by their number).
    pub fn queue(mut self, minutes: &[(usize, f32)]) -> Self {
        for &(minute, requests) in minutes {
            self.run.series.queue[minute] = requests;
        }
        self
    }

    /// InvocationsPerInstance of minutes from this one on (by its number).
    pub fn metric(mut self, first: usize, minutes: &[f32]) -> Self {
        let column = &mut self.run.series.invocations_per_instance;
        column[first..first + minutes.len()].copy_from_slice(minutes);
        self
    }

    /// The one incident.
    pub fn incident(&self) -> Incident {
        let incidents = Report::new(&self.plan, &self.run).incidents;
        assert_eq!(incidents.len(), 1, "{incidents:?}");
        incidents[0]
    }
}

/// Equal but for what the margin of a billionth over capacity makes of it.
pub fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-4
}

/// The same cause, its numbers equal in the same way.
pub fn is_cause(told: Bottleneck, expected: Bottleneck) -> bool {
    match (told, expected) {
        (
            Bottleneck::TooLate {
                detection_s,
                launch_s,
            },
            Bottleneck::TooLate {
                detection_s: detection,
                launch_s: launch,
            },
        ) => near(detection_s, detection) && near(launch_s, launch),
        (
            Bottleneck::CpuCredits { at_s, speed, seen },
            Bottleneck::CpuCredits {
                at_s: at,
                speed: held,
                seen: sees,
            },
        ) => at_s == at && near(speed, held) && seen == sees,
        _ => told == expected,
    }
}
