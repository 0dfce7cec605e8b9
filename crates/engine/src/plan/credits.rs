//! CPU credits of burstable instance types: what an instance earns, keeps and spends.
//!
//! Source: Amazon EC2 user guide, "Key concepts for burstable performance instances", "Standard mode for burstable performance
//! instances", "Unlimited mode for burstable performance instances". A credit is one vCPU at 100 % for one minute.

/// CPU credits of a burstable type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CpuCredits {
    /// Virtual processors (> 0).
    pub vcpu: f64,
    /// Credits that an instance earns in an hour (> 0): its baseline is `earned_per_hour / 60 / vcpu` of each vCPU.
    pub earned_per_hour: f64,
    /// Most credits that an instance keeps, launch credits aside: those of 24 hours.
    pub most: f64,
    /// Launch credits of a new instance. They are spent first and do not count towards `most` (T2 in standard mode).
    pub launch: f64,
    /// Credits of the instances in service when the run starts; `None`: those of new instances.
    pub initial: Option<f64>,
    /// What happens when they are used up.
    pub mode: CreditMode,
    /// Whether the mode can be chosen: by EC2's CreditSpecification; not on SageMaker.
    pub is_choice: bool,
    /// Price of surplus credits in unlimited mode, US dollars for 60 of them (one vCPU-hour).
    pub usd_per_vcpu_hour: f64,
    /// Seconds of one vCPU that a request costs (> 0), at most as many as keep all vCPUs busy at the load test's maximum.
    pub cpu_s_per_request: f64,
}

/// What an instance without credits does (`CpuCredits` of a CreditSpecification).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditMode {
    /// `standard`: it is throttled to what it earns.
    Standard,
    /// `unlimited`: it goes on with surplus credits.
    Unlimited,
}

impl CpuCredits {
    /// Returns the share of all vCPUs that an instance can use for ever, 0 to 1.
    // rule: credits.baseline
    #[must_use]
    pub fn baseline(&self) -> f64 {
        self.earned_per_hour / 60.0 / self.vcpu
    }

    /// Returns the credits that an instance spends in a minute at the load test's maximum.
    #[must_use]
    pub fn full_per_minute(&self, max_rps: f64) -> f64 {
        (max_rps * self.cpu_s_per_request).min(self.vcpu)
    }

    /// Returns the speed of a throttled instance as a share of the load test's, above 0 to 1.
    #[must_use]
    pub fn held_speed(&self, max_rps: f64) -> f64 {
        (self.earned_per_hour / 60.0 / self.full_per_minute(max_rps)).min(1.0)
    }

    /// Returns the same type in unlimited mode, in which new instances have no launch credits.
    #[must_use]
    pub fn unlimited(self) -> Self {
        Self {
            mode: CreditMode::Unlimited,
            launch: 0.0,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_without_credits_is_held_to_what_it_earns() {
        // Of two vCPUs, at 20 requests per second at most: vCPU-seconds of a request, credits earned an hour; the share of CPU
        // that is for ever, credits of a minute at full speed, the speed that is left.
        for (cpu_s_per_request, earned_per_hour, baseline, full, speed) in [
            (0.1, 36.0, 0.3, 2.0, 0.3),
            (0.05, 36.0, 0.3, 1.0, 0.6),
            // More than both vCPUs can do counts as both.
            (0.4, 36.0, 0.3, 2.0, 0.3),
            // What is earned pays for all that it does.
            (0.01, 36.0, 0.3, 0.2, 1.0),
        ] {
            let credits = CpuCredits {
                vcpu: 2.0,
                earned_per_hour,
                most: 864.0,
                launch: 60.0,
                initial: None,
                mode: CreditMode::Standard,
                is_choice: true,
                usd_per_vcpu_hour: 0.05,
                cpu_s_per_request,
            };
            let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
            assert!(near(credits.baseline(), baseline));
            assert!(
                near(credits.full_per_minute(20.0), full),
                "{cpu_s_per_request}"
            );
            assert!(near(credits.held_speed(20.0), speed), "{cpu_s_per_request}");
            let unlimited = credits.unlimited();
            assert_eq!(
                (unlimited.mode, unlimited.launch),
                (CreditMode::Unlimited, 0.0)
            );
        }
    }
}
