//! From an account to a scenario: what one thing that scales has, over a scenario that says the rest (demand, load test).
//!
//! Where a document holds the link of the scenario that it was written from, that is the base, and what the document says just as
//! it was written stays as the person typed it: an empty TargetValue stays empty. What was edited since is taken from the
//! document, and told.

mod activities;
mod demand;
mod keep;
mod machine;
mod reading;
mod scrub;

use std::collections::HashSet;

use scenario::{compile::compile, document::Scenario, link};

use crate::{
    account::{Account, Alarm, Subject},
    finding::{Finding, FindingKind},
    node::Place,
    resolved::resolved,
};
pub use keep::Difference;
use reading::Reading;

/// A scenario that documents came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The scenario.
    pub scenario: Scenario,
    /// Whether it came from a link in the documents.
    pub is_linked: bool,
    /// Where the documents say something else than the scenario that their link holds; empty without a link.
    pub differences: Vec<Difference>,
    /// What is to be said of what was read.
    pub findings: Vec<Finding>,
}

/// Returns the scenario that an account comes to. `subject`: which of the account's; `None` where only a policy or a metric is known,
/// and not whose. `base`: what documents do not say is taken from there, unless they hold a link.
#[must_use]
pub fn scenario<'a>(
    account: &'a Account,
    subject: impl Into<Option<&'a Subject>>,
    base: &Scenario,
) -> Imported {
    let subject = subject.into();
    let mut findings = not_chosen(account, subject);
    findings.extend(alarms_without_policies(account));
    let mut links = account.links.iter();
    let Some(linked) = links.find_map(|link| link::decode(&link.payload).ok()) else {
        let mut scenario = base.clone();
        Reading {
            account,
            subject,
            findings: &mut findings,
        }
        .apply(&mut scenario);
        if scenario.name.is_empty() {
            scenario.name = title(subject);
        }
        scrub::scrub(&mut scenario, base, &mut findings);
        scrub::note_kept(&scenario, &mut findings);
        return Imported {
            scenario,
            is_linked: false,
            differences: Vec::new(),
            findings,
        };
    };
    // What it comes to is what a document says that nobody touched.
    let whole = match compile(&linked) {
        Ok(compiled) => resolved(&linked, &compiled).0,
        Err(_) => linked.clone(),
    };
    let mut said = whole.clone();
    Reading {
        account,
        subject,
        findings: &mut findings,
    }
    .apply(&mut said);
    scrub::scrub(&mut said, &whole, &mut findings);
    let (scenario, differences) = keep::merge(&linked, &whole, said);
    scrub::note_kept(&scenario, &mut findings);
    Imported {
        scenario,
        is_linked: true,
        differences,
        findings,
    }
}

/// Returns what a scenario is called that has no title: as what scales.
fn title(subject: Option<&Subject>) -> String {
    /// Most characters of a title.
    const MOST: usize = 80;
    let name = match subject {
        None => "",
        Some(Subject::Group { name }) => name,
        Some(Subject::Target { resource_id, .. }) => {
            resource_id.split('/').nth(1).unwrap_or_default()
        }
    };
    name.chars().take(MOST).collect()
}

/// Notes the alarms that trigger policies which no document holds. Where a policy does not say its ARN, nobody can tell.
fn alarms_without_policies(account: &Account) -> Vec<Finding> {
    /// What stands in the ARN of every scaling policy.
    const POLICY: &str = ":scalingPolicy:";
    let arns: Option<HashSet<&String>> =
        account.policies.iter().map(|it| it.arn.as_ref()).collect();
    let Some(arns) = arns else {
        return Vec::new();
    };
    let named = account.policies.iter().flat_map(|it| &it.alarm_names);
    let named: HashSet<&String> = named.collect();
    let lacks_policy = |alarm: &&Alarm| {
        let triggers = alarm.actions.iter().any(|it| it.contains(POLICY));
        let is_known = alarm.actions.iter().any(|it| arns.contains(it));
        triggers && !alarm.is_managed && !is_known && !named.contains(&alarm.name)
    };
    let finding = |alarm: &Alarm| Finding {
        at: alarm.at,
        path: String::new(),
        kind: FindingKind::AlarmWithoutPolicy {
            alarm: alarm.name.clone(),
        },
    };
    let alarms = account.alarms.iter().filter(lacks_policy);
    alarms.map(finding).collect()
}

/// Notes what else scales.
fn not_chosen(account: &Account, subject: Option<&Subject>) -> Vec<Finding> {
    let others = account
        .subjects()
        .into_iter()
        .filter(|other| Some(other) != subject);
    let finding = |other| Finding {
        at: Place::default(),
        path: String::new(),
        kind: FindingKind::NotChosen { subject: other },
    };
    others.map(finding).collect()
}
