//! What the safety factor buys, in sentences: how fast demand may grow, what the time to react is made of, and which of several
//! numbers of instances means what.

use engine::{Report, report::Standing};
use scenario::compile::Compiled;

use crate::{Words, activity::push, number::significant_decimals, rounded::RoundedNumber};

/// The sum that gives instances for a rate: `max(2, ceil(148 × 60 ÷ 600))`.
#[derive(Clone, Debug, PartialEq)]
pub struct InstancesSum {
    /// The sum.
    pub sum: String,
    /// The rate as it is written, requests per second.
    pub rate: String,
    /// What is read of it.
    pub rps: f64,
}

impl Words {
    /// How a rate leads to so many instances at a target value: its digits are three, or as many as the sum holds with.
    #[must_use]
    pub fn instances_sum(self, rps: f64, target: f64, fewest: u32, instances: u64) -> InstancesSum {
        let holds = |rps: f64, target: f64| {
            let wanted = (rps * 60.0 / target - 1e-9).ceil();
            wanted.max(f64::from(fewest)) == instances as f64
        };
        let (rate, target) =
            RoundedNumber::pair((rps, significant_decimals(rps)), (target, 2), &holds);
        let (rps, rate, target) = (rate.value(), self.shown(rate), self.shown(target));
        InstancesSum {
            sum: format!("max({}, ceil({rate} × 60 ÷ {target}))", self.count(fewest)),
            rate,
            rps,
        }
    }

    /// How requests at once lead to so many units of provisioned concurrency: `max(1, ceil(3.2 ÷ 0.5))`.
    #[must_use]
    pub fn units_sum(self, at_once: f64, target: f64, fewest: u32, units: u64) -> String {
        let holds = |at_once: f64, target: f64| {
            let wanted = (at_once / target - 1e-9).ceil();
            wanted.max(f64::from(fewest)) == units as f64
        };
        let least = significant_decimals(at_once);
        let (at_once, target) = RoundedNumber::pair((at_once, least), (target, 2), &holds);
        let (at_once, target) = (self.shown(at_once), self.shown(target));
        format!("max({}, ceil({at_once} ÷ {target}))", self.count(fewest))
    }

    /// How fast demand may grow before requests wait: `If demand no more than doubles within 8 min, no request waits.`
    #[must_use]
    pub fn growth(self, compiled: &Compiled) -> String {
        let sizing = &compiled.sizing;
        if !compiled.platform.rules().has_instances {
            return self.growth_of_units(compiled);
        }
        let time = self.duration_short(sizing.reaction_s);
        let factor = sizing.growth_factor;
        if factor <= 1.0 {
            self.sizing_growth_none().to_owned()
        } else if (factor - 2.0).abs() < 0.005 {
            self.sizing_growth_double(&time)
        } else if factor < 2.0 {
            self.sizing_growth_percent(&self.percent(factor - 1.0, 0), &time)
        } else {
            self.sizing_growth(&self.number(factor, 1), &time)
        }
    }

    /// The same of provisioned concurrency: what it cannot take goes elsewhere.
    fn growth_of_units(self, compiled: &Compiled) -> String {
        let sizing = &compiled.sizing;
        if compiled.resolved.max == 0 {
            return self.sizing_on_demand().to_owned();
        }
        let factor = self.number(sizing.growth_factor, 2);
        self.sizing_growth_serverless(&factor, &self.duration_short(sizing.reaction_s))
    }

    /// What the time to react is made of: detection, the metric's delay, the launch.
    #[must_use]
    pub fn reaction(self, compiled: &Compiled) -> String {
        let Compiled { plan, sizing, .. } = compiled;
        if !compiled.platform.rules().has_instances && compiled.resolved.max == 0 {
            return String::new();
        }
        let assumed = &plan.assumptions;
        let datapoints = assumed.alarm_high_datapoints;
        let launch_s = sizing.reaction_s - assumed.metric_delay_s - 60.0 * f64::from(datapoints);
        let mut text = self.sizing_growth_why(
            u64::from(datapoints),
            &self.duration_short(sizing.reaction_s),
            &datapoints.to_string(),
            &self.duration_short(assumed.metric_delay_s),
            &self.duration_short(launch_s),
        );
        let meanwhile = match plan.resource.has_shared_queue() {
            true => self.sizing_growth_waits(),
            false => self.sizing_growth_covers(),
        };
        push(&mut text, meanwhile);
        text
    }

    /// Which of the numbers that the page shows means what: what the peak needs at full load and with the safety factor, what is set,
    /// and what the verdict names. Empty where they say the same.
    #[must_use]
    pub fn which_number(self, compiled: &Compiled, report: &Report) -> String {
        let Compiled {
            plan,
            sizing,
            resolved,
            ..
        } = compiled;
        let (max, is_short) = (u64::from(resolved.max), report.standing == Standing::Short);
        let always_on = u64::from(report.fixed_fleet.instances);
        // What rounding has lifted a little is what it was.
        let full = (resolved.peak_rps / plan.service.max_rps - 1e-9).ceil() as u64;
        let peak = self.whole(sizing.at_peak);
        if !compiled.platform.rules().has_instances || report.is_idle() {
            return String::new();
        }
        if plan.resource.has_shared_queue() {
            return match always_on < sizing.at_peak {
                true => self.sizing_which_queue(&peak, &self.whole(always_on)),
                false => String::new(),
            };
        }
        if full >= sizing.at_peak || !(is_short || max < sizing.at_peak) {
            return String::new();
        }
        let mut text = self.sizing_which(&self.whole(full), &peak);
        if max < sizing.at_peak {
            push(&mut text, &self.sizing_which_now(&peak, &self.whole(max)));
        }
        if is_short {
            push(&mut text, self.sizing_which_verdict());
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    #[test]
    fn a_sum_is_written_so_that_it_holds() {
        let en = Words::new(Lang::En);
        for (rps, target, fewest, instances, sum) in [
            (147.6, 600.0, 2, 15, "max(2, ceil(148 × 60 ÷ 600))"),
            (4.0, 600.0, 2, 2, "max(2, ceil(4 × 60 ÷ 600))"),
            // 150 would need 15, and 100 × 60 ÷ 857.1 seven and a little.
            (150.4, 600.0, 2, 16, "max(2, ceil(150.4 × 60 ÷ 600))"),
            (
                100.0,
                6000.0 / 7.0,
                1,
                7,
                "max(1, ceil(100 × 60 ÷ 857.143))",
            ),
        ] {
            let told = en.instances_sum(rps, target, fewest, instances);
            assert_eq!(told.sum, sum);
        }
    }
}
