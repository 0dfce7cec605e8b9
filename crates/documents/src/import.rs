//! Documents as a scenario: what each was recognised as, what is to be said of it, and what of a scenario it changes.

use std::{collections::BTreeSet, rc::Rc};

use aws::{
    Account, Activity, Finding, FindingKind, Place, Subject,
    commands::{Of, script},
    import::{Document, Params, gather},
};
use scenario::{file, link};
use words::Words;

use crate::{
    Blank, Steps, Wrong,
    export::wrong,
    preview::{Changed, preview},
};

/// Sentences of a kind that are listed; how many more there are is said.
const LISTED: usize = 200;

/// A text that was chosen, dropped or pasted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GivenText {
    /// Its file's name; empty: it was pasted.
    pub name: String,
    /// The text.
    pub text: String,
}

/// Asks what documents come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportQuestion {
    /// The documents.
    pub texts: Rc<Vec<GivenText>>,
    /// What was filled in: what documents leave open, and its value.
    pub given: Vec<(String, String)>,
    /// Which of several that scale.
    pub target: u32,
    /// The scenario that says what documents do not, as a file holds it.
    pub base: String,
}

/// What documents come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// Of each piece that was recognised, where it stands and what it is.
    pub recognised: Vec<Said>,
    /// What scales, by its name in AWS.
    pub targets: Vec<String>,
    /// What the documents leave open.
    pub blanks: Vec<Blank>,
    /// What is to be said of them.
    pub findings: Vec<Said>,
    /// How many more findings there are.
    pub more_findings: u32,
    /// Whether they hold the link of the scenario that they were written from.
    pub is_linked: bool,
    /// Where they say something else than that scenario.
    pub differences: Vec<Changed>,
    /// What they change of the scenario that the question names.
    pub changes: Vec<Changed>,
    /// The scenario that they come to, as a file holds it; empty where they say nothing of scaling.
    pub scenario: String,
    /// What the account's own scaling desired, for as long as it tells.
    pub steps: Steps,
    /// What has to be put right in that scenario before it can be simulated.
    pub wrong: Vec<Wrong>,
}

/// Something to be said of a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// File, line and column; empty: it is of no place in particular.
    pub place: String,
    /// What.
    pub sentence: String,
}

/// Reads documents.
#[must_use]
pub fn import(question: &ImportQuestion, words: Words) -> Imported {
    let documents: Vec<Document<'_>> = (question.texts.iter())
        .map(|it| Document {
            name: &it.name,
            text: &it.text,
        })
        .collect();
    let given = question.given.iter();
    let given: Params = given
        .filter(|(_, value)| !value.trim().is_empty())
        .cloned()
        .collect();
    let gathering = gather(&documents, &given);
    let mut findings = gathering.findings;
    let blanks = blanks(&findings, &given);
    findings.retain(|it| !matches!(it.kind, FindingKind::UnknownParameter { .. }));
    let names: Vec<&str> = question.texts.iter().map(|it| &*it.name).collect();
    let place = |at: Place| place(at, &names, words);
    let mut imported = Imported {
        recognised: (gathering.recognised.iter())
            .map(|(kind, at)| Said {
                place: place(*at),
                sentence: (*kind).to_owned(),
            })
            .collect(),
        blanks,
        ..Imported::default()
    };
    let base = file::from_json(&question.base).unwrap_or_default();
    let subjects = gathering.account.subjects();
    imported.targets = subjects.iter().map(|it| words.subject(it)).collect();
    if !gathering.recognised.is_empty() {
        let chosen = subjects.get(question.target as usize).or(subjects.first());
        let mut made = aws::scenario(&gathering.account, chosen, &base);
        // A link rounds recorded traffic: where it is that of the scenario at hand, nothing is rounded.
        let linked = gathering.account.links.first();
        if linked.is_some_and(|it| link::encode(&base).is_ok_and(|own| own == it.payload)) {
            made.scenario.demand = base.demand.clone();
        }
        findings.extend(made.findings);
        // The choice of targets says so.
        findings.retain(|it| !matches!(it.kind, FindingKind::NotChosen { .. }));
        imported.is_linked = made.is_linked;
        imported.differences = (made.differences.into_iter())
            .map(|it| Changed {
                what: it.path,
                before: it.before,
                after: it.after,
            })
            .collect();
        imported.changes = preview(&base, &made.scenario, words);
        imported.wrong = wrong(&made.scenario, words);
        imported.steps = steps(&gathering.account, chosen);
        imported.scenario = file::to_json(&made.scenario);
    }
    findings.sort_by_key(|it| it.at);
    imported.more_findings = findings.len().saturating_sub(LISTED) as u32;
    findings.truncate(LISTED);
    imported.findings = (findings.iter())
        .map(|it| Said {
            place: place(it.at),
            sentence: match &*it.path {
                "" => words.finding(&it.kind),
                path => words.import_says(path, &words.finding(&it.kind)),
            },
        })
        .collect();
    imported
}

/// Returns what the scaling of a subject desired; of an activity that changed nothing, the capacity that it found.
fn steps(account: &Account, subject: Option<&Subject>) -> Steps {
    // Where nothing but activities is known, they are of what the first is of.
    let first = account.activities.first();
    let subject = subject.or(first.and_then(|it| it.subject.as_ref()));
    let is_its = |it: &&Activity| it.subject.is_none() || it.subject.as_ref() == subject;
    let mut steps: Steps = (account.activities.iter().filter(is_its))
        .filter_map(|it| {
            let found = it.not_scaled.first().and_then(|reason| reason.current);
            Some((it.start_s, it.desired.or(found)?))
        })
        .collect();
    steps.sort_by(|a, b| a.0.total_cmp(&b.0));
    steps.dedup_by_key(|(_, desired)| *desired);
    steps
}

/// Returns whether a text is a document of AWS's, or one of several in it is, rather than recorded traffic or a scenario.
#[must_use]
pub fn is_document(text: &str) -> bool {
    let gathering = gather(&[Document { name: "", text }], &Params::new());
    let is_told = |it: &Finding| {
        use FindingKind::{AwsError, OutputForm};
        matches!(it.kind, AwsError { .. } | OutputForm { .. })
    };
    !gathering.recognised.is_empty() || gathering.findings.iter().any(is_told)
}

/// Returns the read-only commands that answer with what is read, for a POSIX shell.
#[must_use]
pub fn commands(is_group: bool) -> String {
    script(if is_group { Of::Group } else { Of::SageMaker })
}

/// Returns what is left open, and what was filled in for what would be.
fn blanks(findings: &[Finding], given: &Params) -> Vec<Blank> {
    let mut names: BTreeSet<&str> = given.keys().map(|name| &**name).collect();
    for finding in findings {
        match &finding.kind {
            FindingKind::Open { lacks, .. } if !lacks.is_empty() => {
                names.insert(lacks);
            }
            FindingKind::UnnamedMetric { id, .. } if !id.is_empty() => {
                names.insert(id);
            }
            FindingKind::UnknownParameter { name } => {
                names.remove(&**name);
            }
            _ => {}
        }
    }
    let blank = |name: &str| Blank {
        name: name.to_owned(),
        ..Blank::default()
    };
    names.into_iter().map(blank).collect()
}

/// Returns a place as editors write it: `policies.json:12:5`.
fn place(at: Place, names: &[&str], words: Words) -> String {
    let name = names.get(usize::from(at.file)).copied();
    let name = match name {
        Some("") | None => words.importing_pasted(),
        Some(name) => name,
    };
    match at.line {
        0 => name.to_owned(),
        line => format!("{name}:{line}:{}", at.column),
    }
}
