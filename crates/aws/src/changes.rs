//! What has to be done where one deployment is in force and another is wanted: only the requests that differ.

use crate::deployment::{Change, Deployment, Entry, Object, Operation, Resource, Term};

/// Returns the requests that make of one deployment another. What is gone is taken away first, what is the same is left out.
#[must_use]
pub fn changes(before: &Deployment, after: &Deployment) -> Deployment {
    let mut gone: Vec<Resource> = Vec::new();
    let mut wanted: Vec<Resource> = Vec::new();
    for old in &before.resources {
        let is_kept = after.resources.iter().any(|new| is_same(old, new));
        if !is_kept && old.operation.delete().is_some() {
            gone.push(taken_away(old));
        }
    }
    for new in &after.resources {
        let old = before.resources.iter().find(|old| is_same(old, new));
        match old {
            Some(old) if says_the_same(&old.body, &new.body) => {}
            Some(old) => {
                gone.extend(taken_away_first(old, new));
                wanted.push(saying_all(old, new));
            }
            None => wanted.push(new.clone()),
        }
    }
    wanted.retain(|it| !is_nothing(it));
    with_their_alarms(&mut wanted, after);
    // What is made last is taken away first.
    gone.reverse();
    gone.append(&mut wanted);
    Deployment {
        resources: gone,
        ..after.clone()
    }
}

/// Whether two requests are about the same thing.
fn is_same(a: &Resource, b: &Resource) -> bool {
    let names = a.operation.delete().map_or(&[][..], |(_, names)| names);
    // Alarms are taken away by a list of the names that they are made by one by one.
    let single = |name: &&'static str| match *name {
        "AlarmNames" => "AlarmName",
        name => name,
    };
    let mut names = names.iter().map(single).filter(|name| *name != PROCESSES);
    a.operation == b.operation
        && a.name == b.name
        && names.all(|name| match (a.body.get(name), b.body.get(name)) {
            (Some(a), Some(b)) => term_says_the_same(a, b),
            (a, b) => a.is_none() == b.is_none(),
        })
}

const PROCESSES: &str = "ScalingProcesses";

fn taken_away(old: &Resource) -> Resource {
    Resource {
        change: Change::Delete,
        ..old.clone()
    }
}

/// AWS leaves as it is what a request does not say. What has no value for "not set" is taken away before it is made anew.
fn taken_away_first(old: &Resource, new: &Resource) -> Option<Resource> {
    match new.operation {
        Operation::SuspendProcesses => {
            let resumed = difference(processes(old), processes(new));
            (!resumed.is_empty()).then(|| taken_away(&with_processes(old, &resumed)))
        }
        Operation::PutScalingPolicy
        | Operation::PutGroupScalingPolicy
        | Operation::PutScheduledAction
        | Operation::PutScheduledUpdateGroupAction => {
            lacks(&old.body, &new.body).then(|| taken_away(old))
        }
        Operation::RegisterScalableTarget
        | Operation::UpdateAutoScalingGroup
        | Operation::PutWarmPool
        // Its request replaces the whole alarm.
        | Operation::PutMetricAlarm => None,
    }
}

/// Whether a body has something that another lacks, at any level.
fn lacks(old: &Object, new: &Object) -> bool {
    old.0
        .iter()
        .any(|entry| match (&entry.term, new.get(entry.name)) {
            (_, None) => true,
            (Term::Object(old), Some(Term::Object(new))) => lacks(old, new),
            _ => false,
        })
}

/// Returns a request that also says what is to be no more, in AWS's values for that.
fn saying_all(old: &Resource, new: &Resource) -> Resource {
    let mut new = new.clone();
    match new.operation {
        Operation::SuspendProcesses => {
            let suspended = difference(processes(&new), processes(old));
            return with_processes(&new, &suspended);
        }
        Operation::RegisterScalableTarget => {
            let suspended = old.body.get("SuspendedState");
            if let (Some(Term::Object(suspended)), None) =
                (suspended, new.body.get("SuspendedState"))
            {
                let entries = suspended.0.iter().map(|it| Entry {
                    term: Term::Switch(false),
                    ..it.clone()
                });
                let none = Term::Object(Object(entries.collect()));
                new.body.0.push(Entry::new("SuspendedState", none));
            }
        }
        // "To remove a value that you previously set, include the property but specify -1" (API reference of Amazon EC2 Auto
        // Scaling, UpdateAutoScalingGroup and PutWarmPool).
        Operation::UpdateAutoScalingGroup | Operation::PutWarmPool => {
            for name in ["DefaultInstanceWarmup", "MaxGroupPreparedCapacity"] {
                if old.body.get(name).is_some() && new.body.get(name).is_none() {
                    new.body.0.push(Entry::new(name, Term::Whole(-1)));
                }
            }
        }
        _ => {}
    }
    new
}

fn processes(resource: &Resource) -> &[Term] {
    match resource.body.get(PROCESSES) {
        Some(Term::List(processes)) => processes,
        _ => &[],
    }
}

/// Returns what the one list has and the other has not.
fn difference(of: &[Term], without: &[Term]) -> Vec<Term> {
    let others = of.iter().filter(|it| !without.contains(it));
    others.cloned().collect()
}

fn with_processes(resource: &Resource, processes: &[Term]) -> Resource {
    let mut resource = resource.clone();
    for entry in &mut resource.body.0 {
        if entry.name == PROCESSES {
            entry.term = Term::List(processes.to_vec());
        }
    }
    resource
}

/// Whether a request would suspend no process: AWS would take that for all.
fn is_nothing(resource: &Resource) -> bool {
    resource.operation == Operation::SuspendProcesses && processes(resource).is_empty()
}

/// An alarm is told the policy's ARN, which only the policy's request answers with: neither is asked for without the other.
fn with_their_alarms(wanted: &mut Vec<Resource>, after: &Deployment) {
    let alarms = (after.resources.iter()).filter(|it| it.operation == Operation::PutMetricAlarm);
    for alarm in alarms {
        let policy = after.resources.iter().find(|it| is_policy_of(it, alarm));
        let is_there = |one: &Resource| wanted.iter().any(|it| is_same(it, one));
        let missing: Vec<&Resource> = match policy {
            Some(policy) => match (is_there(policy), is_there(alarm)) {
                (true, false) => vec![alarm],
                (false, true) => vec![policy],
                _ => Vec::new(),
            },
            None => Vec::new(),
        };
        wanted.extend(missing.into_iter().cloned());
    }
    // In the order in which they can be made.
    let place = |it: &Resource| after.resources.iter().position(|new| is_same(it, new));
    wanted.sort_by_key(place);
}

/// Whether an alarm triggers this policy.
fn is_policy_of(policy: &Resource, alarm: &Resource) -> bool {
    let triggers = |term: &Term| matches!(term, Term::PolicyArn(name) if *name == policy.name);
    let actions = alarm.body.get("AlarmActions");
    policy.makes_policy()
        && matches!(actions, Some(Term::List(actions)) if actions.iter().any(triggers))
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
