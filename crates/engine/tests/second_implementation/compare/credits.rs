//! CPU credits: what each minute shows of them, and what became of all.

use super::{super::second::Second, Checked, near};
use engine::{
    plan::{CreditMode, Plan},
    run::Run,
};
use proptest::prelude::*;

pub fn check(plan: &Plan, run: &Run, second: &Second) -> Checked {
    let (Some(credits), Some(of)) = (&second.credits, plan.resource.cpu_credits()) else {
        prop_assert!(run.credits.is_none() && run.series.credits.is_empty());
        return Ok(());
    };
    let (s, full) = (&run.series, of.vcpu);
    let is_unlimited = of.mode == CreditMode::Unlimited;
    prop_assert_eq!(s.credits.len(), second.shown.len());
    prop_assert_eq!(!s.surplus_credits.is_empty(), is_unlimited);
    for (minute, shown) in second.shown.iter().enumerate() {
        let surplus = s.surplus_credits.get(minute);
        for (name, got, want) in [
            ("credits", Some(&s.credits[minute]), shown.balance),
            ("surplus credits", surplus, shown.surplus),
        ] {
            let got = got.map_or(0.0, |got| f64::from(*got));
            let told = format!("{name} of minute {minute}: {got}, and should be {want}");
            prop_assert!(near(got, want, want.max(full)), "{told}");
        }
    }
    let (got, want) = (run.credits.as_ref().unwrap(), &credits.sums);
    let usd = |credits: f64| credits / 60.0 * of.usd_per_vcpu_hour;
    let outstanding = credits.surplus() + want.due;
    // Of all that there was to spend.
    let all = want.given + want.earned + want.spent;
    let held_s = want.held_instance_s;
    for (name, got, want, of) in [
        ("credits given", got.given, want.given, all),
        ("earned", got.earned, want.earned, all),
        ("spent", got.spent, want.spent, all),
        ("lost", got.lost, want.gone + want.beyond, all),
        ("lent", got.lent, want.lent, all),
        ("charged", got.charged, want.charged, all),
        ("outstanding", got.outstanding, outstanding, all),
        ("balance", got.balance, credits.balance(), all),
        ("cost", got.charged_usd, usd(want.charged), usd(all)),
        ("cost yet", got.outstanding_usd, usd(outstanding), usd(all)),
        ("throttled", got.throttled_instance_s, held_s, held_s),
    ] {
        prop_assert!(near(got, want, of), "{name}: {got}, and should be {want}");
    }
    let stretches = got.throttled.iter();
    let stretches: Vec<(u32, u32)> = stretches
        .map(|it| (it.from_s as u32, it.until_s as u32))
        .collect();
    prop_assert_eq!(&stretches, &want.held, "throttled");
    Ok(())
}
