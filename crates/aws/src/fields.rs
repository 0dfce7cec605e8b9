//! Reading an object field by field. Whatever nobody takes becomes a finding, so that nothing is dropped in silence.

use std::str::FromStr;

use scenario::time::{LocalDateTime, UtcDateTime};

use crate::{
    finding::{Expected, Finding, FindingKind},
    node::{Member, Node, Place, Value},
};

/// Most characters of a value that a finding quotes.
const MOST_QUOTED: usize = 60;

/// An object whose fields are taken one by one.
#[derive(Debug)]
pub struct Fields {
    members: Vec<Member>,
    /// Fields that are there, and of which a finding says why they have no value.
    unread: Vec<String>,
    /// The object, from the document on.
    path: String,
    /// Where it stands.
    pub at: Place,
}

impl Fields {
    /// Returns the fields of an object; where it is none, that is a finding, and there are no fields.
    pub fn of(node: Node, path: impl Into<String>, findings: &mut Vec<Finding>) -> Self {
        let (at, path) = (node.at, path.into());
        let members = match node.value {
            Value::Object(members) => members,
            Value::Null => Vec::new(),
            _ => {
                findings.push(wrong(&node, &path, Expected::Object));
                Vec::new()
            }
        };
        Self {
            members,
            unread: Vec::new(),
            path,
            at,
        }
    }

    /// Returns a field's path from the document on.
    #[must_use]
    pub fn path(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            [&*self.path, ".", name].concat()
        }
    }

    /// Returns the object's own path from the document on.
    #[must_use]
    pub fn own_path(&self) -> &str {
        &self.path
    }

    /// Returns whether a field is there and says something.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        let mut members = self.members.iter();
        members.any(|member| member.name == name && !member.node.is_nothing())
    }

    /// Returns whether a switch is there and is off.
    #[must_use]
    pub fn is_off(&self, name: &str) -> bool {
        let mut members = self.members.iter();
        members.any(|member| member.name == name && member.node.value == Value::Switch(false))
    }

    /// Takes a field as it is; `None` where it is absent or says nothing.
    pub fn take(&mut self, name: &str) -> Option<Node> {
        let index = self.members.iter().position(|it| it.name == name)?;
        let node = self.members.remove(index).node;
        (!node.is_nothing()).then_some(node)
    }

    /// Returns a field, which stays.
    #[must_use]
    pub fn look(&self, name: &str) -> Option<&Node> {
        let mut members = self.members.iter();
        members.find(|it| it.name == name).map(|it| &it.node)
    }

    /// Adds a field, in place of one of that name.
    pub fn put(&mut self, member: Member) {
        self.members.retain(|it| it.name != member.name);
        self.members.push(member);
    }

    /// Takes a text. A number or a switch is read as it would be written.
    pub fn text(&mut self, name: &str, findings: &mut Vec<Finding>) -> Option<String> {
        self.read(name, Expected::Text, findings, as_text)
    }

    /// Takes a number, which may be written as a text.
    pub fn number(&mut self, name: &str, findings: &mut Vec<Finding>) -> Option<f64> {
        self.read(name, Expected::Number, findings, as_number)
    }

    /// Takes a whole number from 0 on.
    pub fn whole(&mut self, name: &str, findings: &mut Vec<Finding>) -> Option<u32> {
        self.read(name, Expected::Whole, findings, |node| {
            let number = as_number(node)?;
            let is_whole = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
            is_whole.then_some(number as u32)
        })
    }

    /// Takes a switch.
    pub fn switch(&mut self, name: &str, findings: &mut Vec<Finding>) -> Option<bool> {
        self.read(name, Expected::Switch, findings, |node| match &node.value {
            Value::Switch(is) => Some(*is),
            Value::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        })
    }

    /// Takes a moment, as seconds since 1970 in UTC: ISO 8601 with `Z` or an offset, or seconds since 1970.
    pub fn moment(&mut self, name: &str, findings: &mut Vec<Finding>) -> Option<f64> {
        self.read(name, Expected::Moment, findings, as_moment)
    }

    /// Takes a moment to the second.
    pub fn utc(&mut self, name: &str, findings: &mut Vec<Finding>) -> Option<UtcDateTime> {
        let seconds = self.moment(name, findings)?;
        Some(UtcDateTime::new(LocalDateTime::from_seconds(
            seconds.floor() as i64,
        )))
    }

    /// Takes one of several words.
    pub fn choice<T>(
        &mut self,
        name: &str,
        names: &[&'static str],
        named: fn(&str) -> Option<T>,
        findings: &mut Vec<Finding>,
    ) -> Option<T> {
        let expected = Expected::OneOf(names.to_vec());
        self.read(name, expected, findings, |node| {
            node.as_text().and_then(named)
        })
    }

    /// Takes an object's fields; `None` where it is absent.
    pub fn object(&mut self, name: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        let node = self.take(name)?;
        self.unless_open(&node, name, findings)
            .then(|| Self::of(node, self.path(name), findings))
    }

    /// Takes the objects of a list. An object in place of a list is one of it.
    pub fn objects(&mut self, name: &str, findings: &mut Vec<Finding>) -> Vec<Self> {
        let entries = self.list(name, findings).into_iter().enumerate();
        let mut objects = Vec::with_capacity(entries.len());
        for (index, node) in entries {
            let path = self.path(name) + "[" + &index.to_string() + "]";
            objects.push(Self::of(node, path, findings));
        }
        objects
    }

    /// Takes the entries of a list; an object is one of it.
    pub fn list(&mut self, name: &str, findings: &mut Vec<Finding>) -> Vec<Node> {
        let Some(node) = self.take(name) else {
            return Vec::new();
        };
        match node.value {
            Value::List(entries) => entries,
            Value::Object(_) => vec![node],
            _ => {
                if self.unless_open(&node, name, findings) {
                    findings.push(wrong(&node, &self.path(name), Expected::List));
                }
                Vec::new()
            }
        }
    }

    /// Takes the texts of a list.
    pub fn texts(&mut self, name: &str, findings: &mut Vec<Finding>) -> Vec<String> {
        let entries = self.list(name, findings);
        entries.iter().filter_map(as_text).collect()
    }

    /// Takes fields that say nothing about scaling: who made it, when, under which account's name.
    pub fn pass_over(&mut self, names: &[&str]) {
        self.members.retain(|it| !names.contains(&&*it.name));
    }

    /// Notes every field that nobody took.
    pub fn finish(self, findings: &mut Vec<Finding>) {
        let left = self.members.iter().filter(|it| !it.node.is_nothing());
        findings.extend(left.map(|member| Finding {
            at: member.at,
            path: self.path(&member.name),
            kind: FindingKind::NotUsed,
        }));
    }

    /// Notes what must be there and is not; of what is there and has no value something was said before.
    pub fn missing(&self, name: &str, findings: &mut Vec<Finding>) {
        if self.unread.iter().any(|it| it == name) {
            return;
        }
        findings.push(Finding {
            at: self.at,
            path: self.path(name),
            kind: FindingKind::Missing,
        });
    }

    fn read<T>(
        &mut self,
        name: &str,
        expected: Expected,
        findings: &mut Vec<Finding>,
        read: impl FnOnce(&Node) -> Option<T>,
    ) -> Option<T> {
        let node = self.take(name)?;
        let is_known = self.unless_open(&node, name, findings);
        let value = if is_known { read(&node) } else { None };
        if value.is_none() {
            self.unread.push(name.to_owned());
            if is_known {
                findings.push(wrong(&node, &self.path(name), expected));
            }
        }
        value
    }

    /// Notes a field that is open; returns whether it is not.
    fn unless_open(&self, node: &Node, name: &str, findings: &mut Vec<Finding>) -> bool {
        let Value::Open { expression, lacks } = &node.value else {
            return true;
        };
        findings.push(Finding {
            at: node.at,
            path: self.path(name),
            kind: FindingKind::Open {
                expression: expression.clone(),
                lacks: lacks.clone(),
            },
        });
        false
    }
}

/// Returns the finding that something else stands somewhere than can.
fn wrong(node: &Node, path: &str, expected: Expected) -> Finding {
    Finding {
        at: node.at,
        path: path.to_owned(),
        kind: FindingKind::Wrong {
            found: quoted(node),
            expected,
        },
    }
}

/// Returns a value as it may be quoted.
#[must_use]
pub(crate) fn quoted(node: &Node) -> String {
    match &node.value {
        Value::List(_) => "[…]".to_owned(),
        Value::Object(_) => "{…}".to_owned(),
        Value::Open { expression, .. } => shortened(expression),
        Value::Null => "null".to_owned(),
        _ => shortened(&as_text(node).unwrap_or_default()),
    }
}

/// Returns a text without what is beyond the characters that a finding quotes.
#[must_use]
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST_QUOTED) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

/// Returns a scalar as it would be written.
pub(crate) fn as_text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Switch(is) => Some(is.to_string()),
        _ => None,
    }
}

/// Returns a finite number, which may be written as a text.
pub(crate) fn as_number(node: &Node) -> Option<f64> {
    let number = match &node.value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => f64::from_str(text.trim()).ok(),
        _ => None,
    };
    number.filter(|number| number.is_finite())
}

/// Returns seconds since 1970 in UTC.
pub(crate) fn as_moment(node: &Node) -> Option<f64> {
    /// The year 9999.
    const LATEST_S: f64 = 253_402_300_800.0;
    if let Some(seconds) = as_number(node) {
        // CloudWatch and some tools write milliseconds.
        let seconds = if seconds > LATEST_S / 100.0 {
            seconds / 1000.0
        } else {
            seconds
        };
        return (0.0..LATEST_S).contains(&seconds).then_some(seconds);
    }
    moment_of_text(node.as_text()?)
}

/// Returns the moment that a text of ISO 8601 names, with `Z` or an offset: seconds since 1970 in UTC.
pub(crate) fn moment_of_text(text: &str) -> Option<f64> {
    let (local, offset_s) = match text.strip_suffix('Z') {
        Some(local) => (local, 0),
        None => {
            let sign_at = text.rfind(['+', '-']).filter(|at| *at > 10)?;
            let (local, offset) = text.split_at_checked(sign_at)?;
            let (hours, minutes) = match offset.get(1..)?.split_once(':') {
                Some(parts) => parts,
                None => offset.get(1..)?.split_at_checked(2)?,
            };
            let parsed = |text: &str| text.parse::<i64>().ok().filter(|it| (0..60).contains(it));
            let seconds = parsed(hours)? * 3600 + parsed(minutes)? * 60;
            (
                local,
                if offset.starts_with('-') {
                    -seconds
                } else {
                    seconds
                },
            )
        }
    };
    let (whole, fraction) = match local.split_once('.') {
        Some((whole, digits)) if digits.bytes().all(|it| it.is_ascii_digit()) => {
            (whole, format!("0.{digits}").parse::<f64>().ok()?)
        }
        Some(_) => return None,
        None => (local, 0.0),
    };
    let whole = whole.replacen(' ', "T", 1);
    let local: LocalDateTime = whole.parse().ok()?;
    Some((local.seconds() - offset_s) as f64 + fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_the_same_however_they_are_written() {
        let at = 1_795_979_532.0;
        let text = |text: &str| as_moment(&Node::text(text, Place::default()));
        for written in [
            "2026-11-29T19:12:12Z",
            "2026-11-29T19:12:12.000000+00:00",
            "2026-11-30T04:12:12+09:00",
            "2026-11-29T12:12:12-0700",
            "1795979532",
            "1795979532000",
        ] {
            assert_eq!(text(written), Some(at), "{written}");
        }
        for refused in [
            "2026-11-29T19:12:12",
            "yesterday",
            "2026-11-29",
            "-5",
            "1e300",
            "",
        ] {
            assert_eq!(text(refused), None, "{refused}");
        }
    }

    #[test]
    fn what_nobody_takes_is_found() {
        let text = r#"{ "MinCapacity": "2", "Max": 4, "Role": "r", "None": null }"#;
        let node = crate::read::json::read(text, 0).unwrap();
        let mut findings = Vec::new();
        let mut fields = Fields::of(node, "Target", &mut findings);
        assert_eq!(fields.whole("MinCapacity", &mut findings), Some(2));
        fields.pass_over(&["Role"]);
        fields.finish(&mut findings);
        let found: Vec<_> = findings
            .iter()
            .map(|it| (&*it.path, it.at.column))
            .collect();
        assert_eq!(found, [("Target.Max", 23)]);
    }
}
