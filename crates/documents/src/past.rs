//! What an account's own scaling did, as it is shown beside what is simulated: what it desired, from its activities, and when its
//! alarms were in ALARM, from their history.

use std::collections::{BTreeMap, HashMap};

use aws::{Account, Activity, Alarm, AlarmChange, Policy, Subject};
use scenario::{
    compile::Compiled,
    document::{PolicyType, ScalingPolicy, Scenario},
};

use crate::{InAlarm, Past};

/// What ends the names of the alarms that target tracking keeps, before what tells one policy's from another's.
const MANAGED: [(&str, bool); 2] = [("-AlarmHigh-", true), ("-AlarmLow-", false)];

/// Returns what the scaling of a subject did. `scenario`: what the account came to, and the same `compiled` where nothing is wrong
/// with it.
pub(crate) fn past(
    account: &Account,
    subject: Option<&Subject>,
    scenario: &Scenario,
    compiled: Option<&Compiled>,
) -> Past {
    // Where nothing but activities is known, they are of what the first is of.
    let first = account.activities.first();
    let subject = subject.or(first.and_then(|it| it.subject.as_ref()));
    let shown = Shown::new(scenario, compiled);
    Past {
        steps: steps(account, subject),
        alarms: alarms(account, &Triggers::new(account, subject, scenario), &shown),
    }
}

/// Returns what was desired; of an activity that changed nothing, the capacity that it found.
fn steps(account: &Account, subject: Option<&Subject>) -> Vec<(f64, u32)> {
    let is_its = |it: &&Activity| it.subject.is_none() || it.subject.as_ref() == subject;
    let mut steps: Vec<(f64, u32)> = (account.activities.iter().filter(is_its))
        .filter_map(|it| {
            let found = it.not_scaled.first().and_then(|reason| reason.current);
            let set = it.desired.filter(|_| it.status != "Failed");
            Some((it.start_s, set.or(found)?))
        })
        .collect();
    steps.sort_by(|a, b| a.0.total_cmp(&b.0));
    steps.dedup_by_key(|(_, desired)| *desired);
    steps
}

/// Returns when alarms were in ALARM. One that has not left ALARM is in it for as long as the account tells of anything.
fn alarms(account: &Account, triggers: &Triggers<'_>, shown: &Shown<'_>) -> Vec<InAlarm> {
    let mut changes: BTreeMap<&str, Vec<&AlarmChange>> = BTreeMap::new();
    for change in &account.alarm_history {
        changes.entry(&change.alarm).or_default().push(change);
    }
    let activities = account.activities.iter();
    let activities = activities.map(|it| it.end_s.unwrap_or(it.start_s));
    let history = account.alarm_history.iter().map(|it| it.at_s);
    let end_s = activities.chain(history).fold(f64::NEG_INFINITY, f64::max);
    let mut alarms = Vec::new();
    for (alarm, mut changes) in changes {
        let triggered = triggers.of(alarm);
        let Some((name, is_high)) =
            triggered.and_then(|(policy, is_high)| Some((shown.name(policy, is_high)?, is_high)))
        else {
            continue;
        };
        let mut tell = |from_s, to_s| {
            alarms.push(InAlarm {
                from_s,
                to_s,
                is_high,
                name: name.to_owned(),
            });
        };
        changes.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
        let mut since_s = None;
        for change in changes {
            match (&*change.state, since_s) {
                ("ALARM", None) => since_s = Some(change.at_s),
                ("ALARM", Some(_)) | (_, None) => {}
                (_, Some(from_s)) => {
                    since_s = None;
                    tell(from_s, change.at_s);
                }
            }
        }
        if let Some(from_s) = since_s {
            tell(from_s, end_s);
        }
    }
    alarms.sort_by(|a, b| a.from_s.total_cmp(&b.from_s));
    alarms
}

/// The policies whose alarms are shown: those on the metric of the first.
struct Shown<'a> {
    /// The first of target tracking.
    tracking: Option<&'a str>,
    /// Those with an alarm of a person's own.
    own: Vec<&'a str>,
}

impl<'a> Shown<'a> {
    fn new(scenario: &'a Scenario, compiled: Option<&Compiled>) -> Self {
        let plan = compiled.map(|it| &it.plan);
        let own = plan.into_iter().flat_map(|plan| {
            let policies = plan.step_scaling.iter();
            policies.filter(|it| it.alarm.metric == plan.first_metric())
        });
        let own = own.filter_map(|it| scenario.policies.get(it.index));
        let mut policies = scenario.policies.iter();
        Self {
            tracking: policies
                .find(|it| is_tracking(it))
                .map(|it| &*it.policy_name),
            own: own.map(|it| &*it.policy_name).collect(),
        }
    }

    /// Returns what a policy's alarm is called; `None`: it is not shown.
    fn name(&self, policy: &'a str, is_high: bool) -> Option<&'a str> {
        if self.tracking == Some(policy) {
            return Some(if is_high { "AlarmHigh" } else { "AlarmLow" });
        }
        self.own.contains(&policy).then_some(policy)
    }
}

fn is_tracking(policy: &ScalingPolicy) -> bool {
    policy.policy_type == PolicyType::TargetTrackingScaling
}

/// Which alarm triggers which policy of the scenario.
struct Triggers<'a> {
    alarms: HashMap<&'a str, &'a Alarm>,
    /// By the names of alarms, and by their own ARNs.
    policies: HashMap<&'a str, &'a str>,
    /// Target tracking's policy, where the scenario has one of it alone.
    tracking: Option<&'a str>,
    /// What the names of the alarms of target tracking begin with.
    managed: Option<String>,
}

impl<'a> Triggers<'a> {
    fn new(account: &'a Account, subject: Option<&Subject>, scenario: &'a Scenario) -> Self {
        let is_own = |it: &&Policy| {
            let of = it.subject.as_ref();
            let is_its = of.is_none() || subject.is_none() || of == subject;
            let mut policies = scenario.policies.iter();
            is_its && policies.any(|its| its.policy_name == it.policy.policy_name)
        };
        let mut policies = HashMap::new();
        for it in account.policies.iter().filter(is_own) {
            let named = it.alarm_names.iter().chain(&it.arn);
            policies.extend(named.map(|named| (&**named, &*it.policy.policy_name)));
        }
        let mut tracking = scenario.policies.iter().filter(|it| is_tracking(it));
        let tracking = match (tracking.next(), tracking.next()) {
            (Some(one), None) => Some(&*one.policy_name),
            _ => None,
        };
        let resource = subject.map(|it| match it {
            Subject::Target { resource_id, .. } => resource_id,
            Subject::Group { name } => name,
        });
        Self {
            alarms: account.alarms.iter().map(|it| (&*it.name, it)).collect(),
            policies,
            tracking,
            managed: resource.map(|it| ["TargetTracking-", it].concat()),
        }
    }

    /// Returns the policy that the alarm of this name triggers, and whether above its threshold; `None` where no document says.
    fn of(&self, name: &str) -> Option<(&'a str, bool)> {
        let managed = MANAGED.iter().find_map(|(role, is_high)| {
            let (resource, _) = name.split_once(role)?;
            Some((resource, *is_high))
        });
        let alarm = self.alarms.get(name);
        let by_arn = alarm.and_then(|it| it.actions.iter().find_map(|it| self.policies.get(&**it)));
        let policy = self.policies.get(name).or(by_arn).copied();
        let policy = policy.or_else(|| {
            let (resource, _) = managed?;
            self.tracking
                .filter(|_| self.managed.as_deref().is_none_or(|its| its == resource))
        })?;
        let is_high = match (alarm, managed) {
            (Some(it), _) => it.alarm.comparison.is_above(),
            (None, Some((_, is_high))) => is_high,
            (None, None) => return None,
        };
        Some((policy, is_high))
    }
}
