//! Account numbers and ARNs stay out of scenarios, wherever a document has them: in the name of a policy, a label, a dimension. Those
//! that a scenario had before are its author's and stay, which is said: they are in its link.

use scenario::document::Scenario;
use serde_json::Value;

use crate::{
    finding::{Finding, FindingKind},
    node::Place,
    private::without_account,
};

/// The text of a recording, which is packed: digits in it are none.
const COUNTS: &str = "counts";

/// Takes account numbers and ARNs out of a scenario's texts, except those that it had before: what a person typed is theirs.
pub(super) fn scrub(scenario: &mut Scenario, before: &Scenario, findings: &mut Vec<Finding>) {
    let Ok(mut value) = serde_json::to_value(&*scenario) else {
        return;
    };
    let mut found = Vec::new();
    texts(&value, &mut found);
    if found.is_empty() {
        return;
    }
    let mut typed = Vec::new();
    if let Ok(before) = serde_json::to_value(before) {
        texts(&before, &mut typed);
    }
    if !clean(&mut value, &typed) {
        return;
    }
    let Ok(mut cleaned) = serde_json::from_value::<Scenario>(value) else {
        return;
    };
    let mut taken: Vec<String> = Vec::new();
    for policy in cleaned.policies.iter_mut() {
        policy.policy_name = free(&policy.policy_name, &mut taken);
    }
    taken.clear();
    for action in cleaned.scheduled_actions.iter_mut() {
        action.name = free(&action.name, &mut taken);
    }
    *scenario = cleaned;
    findings.push(of_all(FindingKind::AccountLeftOut));
}

/// Notes whether a scenario holds account numbers or ARNs, which it then had before.
pub(super) fn note_kept(scenario: &Scenario, findings: &mut Vec<Finding>) {
    let mut kept = Vec::new();
    if let Ok(value) = serde_json::to_value(scenario) {
        texts(&value, &mut kept);
    }
    if !kept.is_empty() {
        findings.push(of_all(FindingKind::AccountKept));
    }
}

fn of_all(kind: FindingKind) -> Finding {
    Finding {
        at: Place::default(),
        path: String::new(),
        kind,
    }
}

/// Returns a name that none before has: two names that differed in a number only are the same by now.
fn free(name: &str, taken: &mut Vec<String>) -> String {
    let mut free = name.to_owned();
    let mut number = 2;
    while !free.is_empty() && taken.contains(&free) {
        free = format!("{name}-{number}");
        number += 1;
    }
    taken.push(free.clone());
    free
}

fn texts(value: &Value, all: &mut Vec<String>) {
    match value {
        Value::String(text) if without_account(text) != *text => all.push(text.clone()),
        Value::Array(entries) => entries.iter().for_each(|it| texts(it, all)),
        Value::Object(members) => {
            let members = members.iter().filter(|(name, _)| *name != COUNTS);
            members.for_each(|(_, it)| texts(it, all));
        }
        _ => {}
    }
}

/// Returns whether something was taken out.
fn clean(value: &mut Value, typed: &[String]) -> bool {
    let mut is_changed = false;
    match value {
        Value::String(text) => {
            let cleaned = without_account(text);
            if cleaned != *text && !typed.contains(text) {
                *text = cleaned;
                is_changed = true;
            }
        }
        Value::Array(entries) => {
            for entry in entries {
                is_changed |= clean(entry, typed);
            }
        }
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                if name != COUNTS {
                    is_changed |= clean(member, typed);
                }
            }
        }
        _ => {}
    }
    is_changed
}
