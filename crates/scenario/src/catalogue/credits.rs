//! What burstable types earn, keep and spend in CPU credits. The table names its source in its first line.

use std::sync::OnceLock;

use crate::document::CpuCredits;

static TABLE: &str = include_str!("../../data/cpu_credits.csv");

/// A burstable type of EC2.
#[derive(Clone, Debug, PartialEq)]
pub struct Burstable {
    /// As EC2 spells it (`t3.large`).
    pub name: &'static str,
    /// Virtual processors.
    pub vcpu: u32,
    /// Share of each that it can use for ever, percent.
    pub baseline_pct: f64,
    /// Credits that it earns in an hour.
    pub earned_per_hour: f64,
    /// Most credits that it keeps, launch credits aside.
    pub most: f64,
    /// Credits that come with a new instance in standard mode (T2).
    pub launch: f64,
    /// The mode of an instance for which none is given.
    pub default_mode: CpuCredits,
    /// Price of surplus credits for a vCPU-hour on Linux, US dollars.
    pub usd_per_vcpu_hour: f64,
}

/// Returns all burstable types.
#[must_use]
pub fn burstable_types() -> &'static [Burstable] {
    static TYPES: OnceLock<Vec<Burstable>> = OnceLock::new();
    TYPES.get_or_init(|| super::rows(TABLE).filter_map(burstable_type).collect())
}

/// What is known of a type's credits, be it EC2's (`t2.medium`) or SageMaker's (`ml.t2.medium`). `None`: it has none.
// rule: credits.types
#[must_use]
pub fn burstable(name: &str) -> Option<&'static Burstable> {
    let name = name.strip_prefix("ml.").unwrap_or(name);
    burstable_types().iter().find(|known| known.name == name)
}

fn burstable_type(row: &'static str) -> Option<Burstable> {
    let mut cells = row.split(',');
    let name = cells.next()?;
    let vcpu = cells.next()?.parse().ok()?;
    let baseline_pct = cells.next()?.parse().ok()?;
    let earned_per_hour = cells.next()?.parse().ok()?;
    let most = cells.next()?.parse().ok()?;
    let launch = cells.next()?.parse().ok()?;
    let default_mode = match cells.next()? {
        "unlimited" => CpuCredits::Unlimited,
        _ => CpuCredits::Standard,
    };
    let usd_per_vcpu_hour = cells.next()?.parse().ok()?;
    Some(Burstable {
        name,
        vcpu,
        baseline_pct,
        earned_per_hour,
        most,
        launch,
        default_mode,
        usd_per_vcpu_hour,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The columns follow from each other, as AWS's formulas have it.
    #[test]
    fn every_row_keeps_awss_formulas() {
        let types = burstable_types();
        assert_eq!(types.len(), 28);
        let near = |a: f64, b: f64| (a - b).abs() < 0.01 * b.max(1.0);
        for known in types {
            let vcpu = f64::from(known.vcpu);
            let earned = vcpu * known.baseline_pct / 100.0 * 60.0;
            assert!(near(known.earned_per_hour, earned), "{known:?}");
            assert!(near(known.most, 24.0 * known.earned_per_hour), "{known:?}");
            let is_t2 = known.name.starts_with("t2.");
            assert_eq!(known.launch, if is_t2 { 30.0 * vcpu } else { 0.0 });
            let mode = if is_t2 {
                CpuCredits::Standard
            } else {
                CpuCredits::Unlimited
            };
            assert_eq!(known.default_mode, mode, "{known:?}");
            let usd = if known.name.starts_with("t4g.") {
                0.04
            } else {
                0.05
            };
            assert_eq!(known.usd_per_vcpu_hour, usd, "{known:?}");
            assert!(super::super::is_burstable(known.name));
        }
    }

    #[test]
    fn sagemakers_types_are_ec2s() {
        let known = burstable("ml.t2.medium").unwrap();
        let listed = super::super::find("ml.t2.medium").unwrap();
        assert_eq!((known.name, Some(known.vcpu)), ("t2.medium", listed.vcpu));
        for name in ["m5.large", "ml.c5.xlarge", "t9.large", ""] {
            assert_eq!(burstable(name), None, "{name}");
        }
        let listed = super::super::sagemaker().iter();
        for known in listed.filter(|known| known.burstable) {
            assert!(burstable(&known.name).is_some(), "{}", known.name);
        }
    }
}
