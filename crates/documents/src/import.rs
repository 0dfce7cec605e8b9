//! Documents as a scenario: what each was recognised as, what is to be said of it, and what of a scenario it changes.

use std::{collections::BTreeSet, rc::Rc};

use aws::{
    AlarmChange, Finding, FindingKind, Place,
    commands::{Of, script},
    import::{Document, Params, gather},
};
use scenario::{
    compile::compile,
    document::Scenario,
    file, link,
    time::{Clock, LocalDateTime, UtcDateTime, Zone},
};
use words::Words;

use crate::{
    Blank, Listed, Past, Wrong,
    export::wrong,
    listed::shortened,
    past::past,
    preview::{Changed, preview},
};

/// Most things that scale of which one is chosen: an account has hundreds.
const MOST_TARGETS: usize = 500;

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
    pub recognised: Listed<Said>,
    /// What scales, by its name in AWS.
    pub targets: Listed<String>,
    /// What the documents leave open.
    pub blanks: Listed<Blank>,
    /// What is to be said of them. Where there is more than is shown, what is merely not used goes first.
    pub findings: Listed<Said>,
    /// Whether they hold the link of the scenario that they were written from.
    pub is_linked: bool,
    /// Where they say something else than that scenario.
    pub differences: Listed<Changed>,
    /// What they change of the scenario that the question names.
    pub changes: Listed<Changed>,
    /// The scenario that they come to, as a file holds it; empty where they say nothing of scaling.
    pub scenario: String,
    /// What the account's own scaling did.
    pub past: Past,
    /// How much of that is shown beside the scenario.
    pub beside: Beside,
    /// How alarms changed their states, in the order of time: when, which, and to what.
    pub alarm_history: Listed<Said>,
    /// What has to be put right in that scenario before it can be simulated.
    pub wrong: Listed<Wrong>,
}

/// How much of what an account did is shown beside a scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Beside {
    /// Documents tell nothing of it.
    #[default]
    Nothing,
    /// Something.
    Shown {
        /// Its capacity.
        capacity: bool,
        /// Its alarms.
        alarms: bool,
    },
    /// It is of another time than the scenario: from when to when each is, in words.
    OtherTime {
        /// What the account did.
        account: (String, String),
        /// What is simulated.
        scenario: (String, String),
    },
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
    let recognised = gathering.recognised.iter().map(|(kind, at)| Said {
        place: place(*at),
        sentence: (*kind).to_owned(),
    });
    let mut history: Vec<&AlarmChange> = gathering.account.alarm_history.iter().collect();
    history.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
    let subjects = gathering.account.subjects();
    let targets = subjects.iter().map(|it| shortened(&words.subject(it)));
    let mut imported = Imported {
        recognised: Listed::of(recognised),
        targets: Listed::up_to(MOST_TARGETS, targets),
        blanks,
        alarm_history: Listed::of(history.into_iter().map(|it| Said {
            place: moment(it.at_s).to_string(),
            sentence: words.import_alarm_changed(&shortened(&it.alarm), &shortened(&it.state)),
        })),
        ..Imported::default()
    };
    let base = file::from_json(&question.base).unwrap_or_default();
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
        imported.differences = Listed::of(made.differences.iter().map(|it| Changed {
            what: shortened(&it.path),
            before: shortened(&it.before),
            after: shortened(&it.after),
        }));
        imported.changes = Listed::of(preview(&base, &made.scenario, words).into_iter());
        let compiled = compile(&made.scenario);
        if let Err(problems) = &compiled {
            imported.wrong = wrong(problems, &made.scenario, words);
        }
        let compiled = compiled.as_ref().ok();
        imported.past = past(&gathering.account, chosen, &made.scenario, compiled);
        imported.beside = beside(&imported.past, &made.scenario, words);
        imported.scenario = file::to_json(&made.scenario);
    }
    imported.findings = said(findings, place, words);
    imported
}

/// Returns what is found in the order of its places. Of more than is shown, what is merely not used is left out first.
fn said(mut findings: Vec<Finding>, place: impl Fn(Place) -> String, words: Words) -> Listed<Said> {
    let is_merely_unused = |it: &Finding| {
        use FindingKind::{NotUsed, OtherResources};
        matches!(it.kind, NotUsed | OtherResources { .. })
    };
    findings.sort_by_key(|it| (is_merely_unused(it), it.at));
    let mut shown = Listed::of(findings.into_iter());
    shown.first.sort_by_key(|it| it.at);
    let said = shown.first.iter().map(|it| Said {
        place: place(it.at),
        sentence: shortened(&match &*it.path {
            "" => words.finding(&it.kind),
            path => words.import_says(path, &words.finding(&it.kind)),
        }),
    });
    Listed {
        first: said.collect(),
        more: shown.more,
    }
}

/// Returns how much of what an account did falls into what is simulated.
fn beside(past: &Past, scenario: &Scenario, words: Words) -> Beside {
    let starts = past.steps.iter().map(|(at_s, _)| *at_s);
    let starts = starts.chain(past.alarms.iter().map(|it| it.from_s));
    let ends = past.alarms.iter().map(|it| it.to_s).chain(starts.clone());
    let (first_s, last_s) = (
        starts.fold(f64::INFINITY, f64::min),
        ends.fold(f64::NEG_INFINITY, f64::max),
    );
    if first_s > last_s {
        return Beside::Nothing;
    }
    let zone = Zone::find(&scenario.time_zone).unwrap_or_else(Zone::utc);
    let clock = Clock::new(scenario.start, zone);
    let start_s = clock.start_utc_s() as f64;
    let run = start_s..start_s + f64::from(scenario.hours) * 3600.0;
    // What was desired before holds until the next step.
    let ends = past.steps.first().zip(past.steps.last());
    let capacity = ends.is_some_and(|(first, last)| first.0 < run.end && last.0 >= run.start);
    let alarms = (past.alarms.iter()).any(|it| it.from_s < run.end && it.to_s > run.start);
    if capacity || alarms {
        return Beside::Shown { capacity, alarms };
    }
    let said = |utc_s: f64| words.date_time_with_year(clock.local(utc_s - start_s));
    Beside::OtherTime {
        account: (said(first_s), said(last_s)),
        scenario: (said(run.start), said(run.end)),
    }
}

/// Returns a moment as AWS writes it.
fn moment(utc_s: f64) -> UtcDateTime {
    UtcDateTime::new(LocalDateTime::from_seconds(utc_s as i64))
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
fn blanks(findings: &[Finding], given: &Params) -> Listed<Blank> {
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
    Listed::of(names.into_iter().map(|name| Blank {
        name: name.to_owned(),
        ..Blank::default()
    }))
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
