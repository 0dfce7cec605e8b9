//! What the safety factor buys, in sentences: how fast demand may grow, and what the time to react is made of.

use scenario::compile::Compiled;

use crate::Words;

/// Whether what is scaled is provisioned concurrency, not instances.
#[must_use]
pub fn is_serverless(compiled: &Compiled) -> bool {
    compiled.plan.overflow.on_demand().is_some()
}

impl Words {
    /// How fast demand may grow before requests wait: `Demand may double in 8 min before requests wait.`
    #[must_use]
    pub fn growth(self, compiled: &Compiled) -> String {
        let sizing = &compiled.sizing;
        if is_serverless(compiled) {
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
    #[inline(never)]
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
        if is_serverless(compiled) && compiled.resolved.max == 0 {
            return String::new();
        }
        let assumed = &plan.assumptions;
        let datapoints = assumed.alarm_high_datapoints;
        let launch_s = sizing.reaction_s - assumed.metric_delay_s - 60.0 * f64::from(datapoints);
        self.sizing_growth_why(
            u64::from(datapoints),
            &datapoints.to_string(),
            &self.duration_short(assumed.metric_delay_s),
            &self.duration_short(launch_s),
        )
    }
}
