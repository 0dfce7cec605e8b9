//! What has to be done where one deployment is in force and another is wanted: only the requests that differ.

use crate::deployment::{Change, Deployment, Entry, Object, Operation, Resource, Term};

/// Returns the requests that make of one deployment another. What is gone is taken away first, what is the same is left out.
#[must_use]
pub fn changes(before: &Deployment, after: &Deployment) -> Deployment {
    let same = |a: &Resource, b: &Resource| a.operation == b.operation && a.name == b.name;
    let gone = before.resources.iter().filter(|old| {
        let is_kept = after.resources.iter().any(|new| same(old, new));
        !is_kept && old.operation.delete().is_some()
    });
    let mut resources: Vec<Resource> = gone
        .map(|old| Resource {
            change: Change::Delete,
            ..old.clone()
        })
        .collect();
    // What is made last is taken away first.
    resources.reverse();
    for new in &after.resources {
        let old = before.resources.iter().find(|old| same(old, new));
        if old.is_some_and(|old| says_the_same(&old.body, &new.body)) {
            continue;
        }
        let mut new = new.clone();
        if let Some(old) = old {
            keep_saying(&old.body, &mut new);
        }
        resources.push(new);
    }
    // An alarm is told the policy's ARN, which only the policy's request answers with.
    for alarm in after
        .resources
        .iter()
        .filter(|it| it.operation == Operation::PutMetricAlarm)
    {
        let is_there =
            |it: &Resource| it.operation == Operation::PutMetricAlarm && it.name == alarm.name;
        let renewed = resources
            .iter()
            .any(|it| is_policy_of(it, alarm) && it.change == Change::Put);
        if renewed && !resources.iter().any(is_there) {
            resources.push(alarm.clone());
        }
    }
    let missing: Vec<Resource> = (after.resources.iter())
        .filter(|policy| {
            let asked = |it: &Resource| {
                it.operation == Operation::PutMetricAlarm && is_policy_of(policy, it)
            };
            resources.iter().any(asked) && !resources.iter().any(|it| same(it, policy))
        })
        .cloned()
        .collect();
    for policy in missing {
        let first = resources
            .iter()
            .position(|it| it.operation == Operation::PutMetricAlarm);
        resources.insert(first.unwrap_or(resources.len()), policy);
    }
    Deployment {
        resources,
        ..after.clone()
    }
}

/// Whether an alarm triggers this policy.
fn is_policy_of(policy: &Resource, alarm: &Resource) -> bool {
    let triggers = |term: &Term| matches!(term, Term::PolicyArn(name) if *name == policy.name);
    let is_policy = matches!(
        policy.operation,
        Operation::PutScalingPolicy | Operation::PutGroupScalingPolicy
    );
    let actions = alarm.body.get("AlarmActions");
    is_policy && matches!(actions, Some(Term::List(actions)) if actions.iter().any(triggers))
}

/// Whether two bodies say the same, whatever is remarked of it.
fn says_the_same(a: &Object, b: &Object) -> bool {
    let pairs = a.0.iter().zip(&b.0);
    a.0.len() == b.0.len()
        && pairs
            .into_iter()
            .all(|(a, b)| a.name == b.name && term_says_the_same(&a.term, &b.term))
}

fn term_says_the_same(a: &Term, b: &Term) -> bool {
    match (a, b) {
        (Term::Object(a), Term::Object(b)) => says_the_same(a, b),
        (Term::List(a), Term::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| term_says_the_same(a, b))
        }
        _ => a == b,
    }
}

/// AWS leaves as it is what a request does not say: what was suspended has to be said not to be.
fn keep_saying(old: &Object, new: &mut Resource) {
    const SUSPENDED: &str = "SuspendedState";
    if new.operation != Operation::RegisterScalableTarget || new.body.get(SUSPENDED).is_some() {
        return;
    }
    let Some(Term::Object(old)) = old.get(SUSPENDED) else {
        return;
    };
    let entries = old.0.iter().map(|it| Entry {
        term: Term::Switch(false),
        ..it.clone()
    });
    new.body.0.push(Entry {
        name: SUSPENDED,
        term: Term::Object(Object(entries.collect())),
        remark: None,
    });
}
