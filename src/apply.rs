//! A piece of advice, carried out on the document.

use engine::advice::Change;
use scenario::{
    compile::Compiled,
    document::{CpuCredits, CreditSpecification, ScalableTargetAction, Scenario, ScheduledAction},
    schedule::Schedule,
};

/// Returns `scenario` with `change` made. `name` is what a scheduled change is called in the log.
pub fn apply(scenario: &Scenario, compiled: &Compiled, change: Change, name: &str) -> Scenario {
    let mut changed = scenario.clone();
    match change {
        Change::MinCapacity(min) => changed.scalable_target.min_capacity = Some(min),
        Change::MaxCapacity(max) => changed.scalable_target.max_capacity = Some(max),
        Change::MaxConcurrency(max) => changed.serverless.max_concurrency = max,
        Change::ProvisionedConcurrency(units) => {
            changed.serverless.provisioned_concurrency = Some(units);
            changed.scalable_target.min_capacity = Some(units);
            changed.scalable_target.max_capacity = Some(units);
        }
        Change::MinAndMax { min, max } => {
            changed.scalable_target.min_capacity = Some(min);
            changed.scalable_target.max_capacity = Some(max);
            // Of a fleet that cannot scale, the number at the start is that of all the run.
            let has_credits = compiled.plan.resource.cpu_credits().is_some();
            if has_credits && !changed.platform.rules().burstable_scales {
                changed.instance.initial = changed.instance.initial.map(|it| it.max(min));
            }
        }
        Change::UnlimitedCredits => {
            let cpu_credits = CpuCredits::Unlimited;
            changed.instance.credit_specification = Some(CreditSpecification { cpu_credits });
        }
        Change::Target(target) => {
            // Bounds that follow from sizing would move with the target; the search left them where they were.
            let bounds = &mut changed.scalable_target;
            bounds.min_capacity.get_or_insert(compiled.resolved.min);
            bounds.max_capacity.get_or_insert(compiled.resolved.max);
            let mut tracking = changed.policies.iter_mut();
            let first = tracking.find_map(|policy| policy.target_tracking.as_mut());
            if let Some(tracking) = first {
                tracking.target_value = Some(target);
            }
        }
        Change::MaxAttempts(max_attempts) => {
            if let Some(retries) = &mut changed.retries {
                retries.max_attempts = max_attempts;
            }
        }
        Change::RetryBudget(share) => {
            if let Some(retries) = &mut changed.retries {
                retries.budget_pct = Some(100.0 * share);
            }
        }
        Change::QueueLimit(limit) => changed.service.queue_limit_per_instance = Some(limit),
        Change::ScheduledMin {
            min,
            from_s,
            until_s,
        } => {
            let mut add = |at_s: f64, min: u32| {
                let actions = &mut changed.scheduled_actions;
                let taken: Vec<&str> = actions.iter().map(|action| &*action.name).collect();
                let name = unused(name, &taken);
                actions.push(ScheduledAction {
                    name,
                    schedule: Schedule::once(compiled.clock.local(at_s)),
                    time_zone: Some(scenario.time_zone.clone()),
                    action: ScalableTargetAction {
                        min_capacity: Some(min),
                        max_capacity: None,
                    },
                    ..ScheduledAction::default()
                });
            };
            add(from_s, min);
            if until_s < f64::from(compiled.plan.length_s) {
                add(until_s, compiled.resolved.min);
            }
        }
    }
    changed
}

/// Returns `name`, numbered where it is taken: AWS wants names that differ.
pub fn unused(name: &str, taken: &[&str]) -> String {
    let mut free = name.to_owned();
    let mut number = 1;
    while taken.contains(&&*free) {
        number += 1;
        free = format!("{name} {number}");
    }
    free
}

#[cfg(test)]
mod tests {
    use scenario::{
        compile::compile,
        document::{Platform, Retries},
    };

    use super::*;

    fn applied(change: Change) -> (Scenario, Compiled) {
        let scenario = Scenario::default();
        let changed = apply(
            &scenario,
            &compile(&scenario).unwrap(),
            change,
            "For the peak",
        );
        let compiled = compile(&changed).unwrap();
        (changed, compiled)
    }

    #[test]
    fn what_the_document_says_is_what_the_engine_tried() {
        let plan = compile(&Scenario::default()).unwrap().plan;
        for change in [
            Change::MinCapacity(6),
            Change::MaxCapacity(20),
            Change::MinAndMax { min: 5, max: 20 },
            Change::Target(420.0),
            Change::ScheduledMin {
                min: 6,
                from_s: 70_200.0,
                until_s: 79_200.0,
            },
        ] {
            let tried = engine::advice::apply(&plan, change);
            let (_, compiled) = applied(change);
            assert_eq!(
                compiled.plan.scalable_target, tried.scalable_target,
                "{change:?}"
            );
            assert_eq!(
                compiled.plan.target_tracking, tried.target_tracking,
                "{change:?}"
            );
            let moments = |plan: &engine::Plan| -> Vec<_> {
                plan.scheduled_actions
                    .iter()
                    .map(|action| (action.at_s, action.min, action.max))
                    .collect()
            };
            assert_eq!(moments(&compiled.plan), moments(&tried), "{change:?}");
        }
    }

    #[test]
    fn so_it_is_of_a_serverless_endpoint() {
        let mut scenario = Scenario {
            policies: Vec::new().into(),
            ..Scenario::default()
        };
        scenario.move_to(Platform::SagemakerServerless);
        let before = compile(&scenario).unwrap();
        for change in [
            Change::MaxConcurrency(60),
            Change::ProvisionedConcurrency(7),
        ] {
            let tried = engine::advice::apply(&before.plan, change);
            let changed = apply(&scenario, &before, change, "");
            let plan = compile(&changed).unwrap().plan;
            assert_eq!(plan.resource, tried.resource, "{change:?}");
            assert_eq!(plan.scalable_target, tried.scalable_target, "{change:?}");
            assert_eq!(plan.fleet, tried.fleet, "{change:?}");
        }
    }

    #[test]
    fn so_it_is_of_a_burstable_type() {
        let mut scenario = Scenario {
            policies: Vec::new().into(),
            ..Scenario::default()
        };
        scenario.instance.instance_type = "ml.t2.medium".to_owned();
        scenario.instance.initial = Some(2);
        let before = compile(&scenario).unwrap();
        for change in [
            Change::UnlimitedCredits,
            Change::MinAndMax { min: 5, max: 12 },
        ] {
            let tried = engine::advice::apply(&before.plan, change);
            let plan = compile(&apply(&scenario, &before, change, ""))
                .unwrap()
                .plan;
            assert_eq!(plan.resource, tried.resource, "{change:?}");
            assert_eq!(
                engine::run(&plan).fleet.last().unwrap().in_service,
                engine::run(&tried).fleet.last().unwrap().in_service,
                "{change:?}"
            );
        }
    }

    #[test]
    fn so_it_is_of_clients_that_try_again() {
        let scenario = Scenario {
            retries: Some(Retries::default()),
            ..Scenario::default()
        };
        let before = compile(&scenario).unwrap();
        for change in [
            Change::MaxAttempts(2),
            Change::RetryBudget(0.1),
            Change::QueueLimit(12.0),
        ] {
            let tried = engine::advice::apply(&before.plan, change);
            let plan = compile(&apply(&scenario, &before, change, ""))
                .unwrap()
                .plan;
            assert_eq!(plan.resource, tried.resource, "{change:?}");
            assert_eq!(plan.service, tried.service, "{change:?}");
            assert_ne!(tried, before.plan, "{change:?}");
        }
    }

    #[test]
    fn scheduled_changes_have_names_of_their_own() {
        let (changed, _) = applied(Change::ScheduledMin {
            min: 6,
            from_s: 70_200.0,
            until_s: 79_200.0,
        });
        let names: Vec<_> = changed
            .scheduled_actions
            .iter()
            .map(|action| &*action.name)
            .collect();
        assert_eq!(names, ["For the peak", "For the peak 2"]);
    }
}
