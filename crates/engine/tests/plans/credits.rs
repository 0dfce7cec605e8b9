//! Random fleets of burstable instances: credits that are soon used up, few that can be kept, and much to do.

use super::{
    super::common::{give_credits, let_fail},
    Corners, corners, demand, failing, group, variant,
};
use engine::plan::{CpuCredits, CreditMode, Failing, Failure, Health, Plan};
use proptest::prelude::*;

/// None, or as many as so many minutes at full speed cost.
fn minutes(most: f64) -> impl Strategy<Value = f64> {
    prop_oneof![1 => Just(0.0), 3 => 0.0..most]
}

prop_compose! {
    /// Credits of a machine, which at full speed is more or less busy.
    fn credits()(
        (vcpu, baseline, busy) in (1_u32..9, 0.02..0.4_f64, 0.4..1.3_f64),
        initial in prop::option::of(minutes(30.0)),
        launch in minutes(15.0),
        most in prop_oneof![1 => Just(None), 4 => (0.5..10.0_f64).prop_map(Some)],
        is_standard in any::<bool>(),
    ) -> CpuCredits {
        let vcpu = f64::from(vcpu);
        let (earned_per_hour, full) = (60.0 * vcpu * baseline, vcpu * busy.min(1.0));
        CpuCredits {
            vcpu,
            earned_per_hour,
            most: most.map_or(24.0 * earned_per_hour, |minutes| minutes * full),
            launch: if is_standard { launch * full } else { 0.0 },
            initial: initial.map(|minutes| minutes * full),
            mode: if is_standard { CreditMode::Standard } else { CreditMode::Unlimited },
            is_choice: true,
            usd_per_vcpu_hour: 0.05,
            cpu_s_per_request: busy * vcpu,
        }
    }
}

/// Returns the plan on machines with these credits, with as much to do as so many times what the most of them can.
fn with_credits(
    mut plan: Plan,
    credits: CpuCredits,
    corners: Corners,
    times_capacity: f64,
) -> Plan {
    let most_rps = times_capacity * f64::from(plan.scalable_target.max) * plan.service.max_rps;
    plan.demand = demand(corners, most_rps, plan.length_s);
    let cpu_s_per_request = credits.cpu_s_per_request / plan.service.max_rps;
    give_credits(
        &mut plan,
        CpuCredits {
            cpu_s_per_request,
            ..credits
        },
    );
    plan
}

prop_compose! {
    /// A variant or a group on such machines, from an hour to three.
    pub fn on_credits()(
        plan in prop_oneof![variant().boxed(), group().boxed()],
        credits in credits(),
        (corners, times_capacity) in (corners(), 0.3..2.0_f64),
    ) -> Plan {
        with_credits(plan, credits, corners, times_capacity)
    }
}

/// Failures of one instance at least, of which every one is replaced: a zone is gone for longer than that takes, and none moves when it is back.
fn all_replaced(health: &Health) -> Health {
    let long = |failure: &Failure| Failure {
        what: match failure.what {
            Failing::Zone { for_s } => Failing::Zone {
                for_s: for_s + 1200.0,
            },
            Failing::Instances(count) => Failing::Instances(count.max(1)),
            Failing::Applications(count) => Failing::Applications(count.max(1)),
        },
        ..*failure
    };
    Health {
        failures: health.failures.iter().map(long).collect(),
        rebalances: false,
        ..health.clone()
    }
}

prop_compose! {
    /// A variant or a group on such machines, of which some fail and are replaced.
    pub fn failing_on_credits()(
        plan in failing(),
        credits in credits(),
        (corners, times_capacity) in (corners(), 0.3..2.0_f64),
    ) -> Plan {
        let mut plan = with_credits(plan, credits, corners, times_capacity);
        if let Some(health) = plan.resource.health().cloned() {
            let_fail(&mut plan, all_replaced(&health));
        }
        plan
    }
}
