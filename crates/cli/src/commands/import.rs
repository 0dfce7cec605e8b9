//! `headroom import`: the scaling that an account or a repository has, as a scenario. What was found beside it is said on standard
//! error.

use std::{fs, io::Write};

use aws::{
    Account, Difference, Finding, Imported, Subject,
    commands::{self, Of},
    import::{Document, Gathering, gather},
};
use scenario::{document::Scenario, file};
use serde::Serialize;
use words::Words;

use super::{display_name, note, scenario};
use crate::{
    args::{CommandsOf, ImportArgs},
    failure::Failure,
    input::{open, read_all},
    plain::{escaped, plain},
    print::{json, output},
};

/// Most bytes of a file that are read; more than this no reader takes.
const MOST_BYTES: u64 = 64 << 20;

/// What came of the documents, for programs.
#[derive(Serialize)]
struct ImportReport {
    /// What scales, where several do and none was chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    targets: Vec<String>,
    target: Option<String>,
    recognised: Vec<Recognised>,
    findings: Vec<Found>,
    differences: Vec<Differs>,
    scenario: Option<Scenario>,
}

/// A document, and what it was recognised as.
#[derive(Serialize)]
struct Recognised {
    file: String,
    line: u32,
    kind: &'static str,
}

/// Something that was found.
#[derive(Serialize)]
struct Found {
    file: String,
    /// From 1; 0: of the whole file, or of all.
    line: u32,
    column: u32,
    field: String,
    message: String,
}

/// Where a document says something else than the scenario of its link.
#[derive(Serialize)]
struct Differs {
    field: String,
    linked: String,
    document: String,
}

/// Runs the command.
///
/// # Errors
/// [`Failure::Asked`] where several things scale, [`Failure::Scenario`] where a document could not be used; both after all was
/// printed.
pub fn run(args: &ImportArgs) -> Result<(), Failure> {
    if let Some(of) = args.commands {
        return print_commands(of);
    }
    let words = args.lang.words();
    let base = match &args.over {
        Some(over) => scenario(over, &[], words)?,
        None => Scenario::default(),
    };
    let texts: Vec<String> = args
        .files
        .iter()
        .map(|file| read_all(open(file)?, file, MOST_BYTES, words))
        .collect::<Result<_, _>>()?;
    let names: Vec<&str> = args.files.iter().map(|it| display_name(it)).collect();
    let documents: Vec<Document<'_>> = names
        .iter()
        .zip(&texts)
        .map(|(name, text)| Document { name, text })
        .collect();
    let gathering = gather(&documents, &args.param.iter().cloned().collect());
    let subjects = gathering.account.subjects();
    let subject = match choose(&subjects, args.target.as_deref()) {
        Ok(subject) => subject,
        Err(candidates) if candidates.is_empty() => return Err(no_such(args, &subjects)),
        Err(candidates) => return ask(args, &gathering, &names, &candidates, words),
    };
    let says_something = subject.is_some() || says_something(&gathering.account);
    let imported = says_something.then(|| aws::scenario(&gathering.account, subject, &base));
    report(args, &gathering, &names, subject, imported, words)
}

/// Returns what is chosen of what scales: the only one, or the one that is named.
///
/// # Errors
/// What there is to choose from; nothing where none has this name.
fn choose<'a>(
    subjects: &'a [Subject],
    name: Option<&str>,
) -> Result<Option<&'a Subject>, Vec<&'a Subject>> {
    let candidates: Vec<&Subject> = match name {
        None => subjects.iter().collect(),
        Some(name) => {
            let exact = subjects.iter().filter(|it| id(it) == name);
            let exact: Vec<&Subject> = exact.collect();
            match exact.is_empty() {
                false => exact,
                true => subjects
                    .iter()
                    .filter(|it| id(it).split('/').nth(1) == Some(name))
                    .collect(),
            }
        }
    };
    match (candidates.as_slice(), name) {
        ([], None) => Ok(None),
        ([one], _) => Ok(Some(one)),
        _ => Err(candidates),
    }
}

/// Returns what names something that scales.
fn id(subject: &Subject) -> &str {
    match subject {
        Subject::Target { resource_id, .. } => resource_id,
        Subject::Group { name } => name,
    }
}

/// Returns whether something of an account can be simulated that says of nothing whose it is.
fn says_something(account: &Account) -> bool {
    !(account.policies.is_empty()
        && account.actions.is_empty()
        && account.series.is_empty()
        && account.endpoints.is_empty()
        && account.endpoint_configs.is_empty()
        && account.components.is_empty()
        && account.recommendations.is_empty()
        && account.warm_pools.is_empty()
        && account.activities.is_empty()
        && account.links.is_empty())
}

fn no_such(args: &ImportArgs, subjects: &[Subject]) -> Failure {
    let names: Vec<&str> = subjects.iter().map(id).collect();
    let name = args.target.as_deref().unwrap_or_default();
    Failure::Usage(format!(
        "Nothing that scales is called “{}”. There are: {}.",
        plain(name),
        plain(&names.join(", "))
    ))
}

/// Asks which of several is meant.
fn ask(
    args: &ImportArgs,
    gathering: &Gathering,
    names: &[&str],
    candidates: &[&Subject],
    words: Words,
) -> Result<(), Failure> {
    let mut out = output();
    if args.json {
        let mut report = report_of(gathering, names, words);
        report.targets = candidates.iter().map(|it| id(it).to_owned()).collect();
        json::print(&mut out, &report)?;
    } else {
        for candidate in candidates {
            writeln!(out, "--target {}", shell_word(&plain(id(candidate))))?;
        }
    }
    out.flush()?;
    Err(Failure::Asked)
}

/// Returns a text as a POSIX shell takes it for one word.
fn shell_word(text: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "/-_.:".contains(it);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn report_of(gathering: &Gathering, names: &[&str], words: Words) -> ImportReport {
    let name = |file: u16| names.get(usize::from(file)).copied().unwrap_or_default();
    ImportReport {
        targets: Vec::new(),
        target: None,
        recognised: gathering
            .recognised
            .iter()
            .map(|(kind, at)| Recognised {
                file: name(at.file).to_owned(),
                line: at.line,
                kind,
            })
            .collect(),
        findings: gathering
            .findings
            .iter()
            .map(|it| found(it, names, words))
            .collect(),
        differences: Vec::new(),
        scenario: None,
    }
}

fn found(finding: &Finding, names: &[&str], words: Words) -> Found {
    let file = names.get(usize::from(finding.at.file)).copied();
    Found {
        file: file.unwrap_or_default().to_owned(),
        line: finding.at.line,
        column: finding.at.column,
        field: finding.path.clone(),
        message: plain(&words.finding(&finding.kind)),
    }
}

fn differs(difference: &Difference) -> Differs {
    Differs {
        field: difference.path.clone(),
        linked: difference.before.clone(),
        document: difference.after.clone(),
    }
}

/// Prints what came of it, and says what was found.
fn report(
    args: &ImportArgs,
    gathering: &Gathering,
    names: &[&str],
    subject: Option<&Subject>,
    imported: Option<Imported>,
    words: Words,
) -> Result<(), Failure> {
    let own = imported.as_ref().map(|it| &*it.findings);
    let all = gathering.findings.iter().chain(own.unwrap_or_default());
    let is_refused = imported.is_none() || all.clone().any(|it| it.kind.is_refusal());
    let mut out = output();
    if args.json {
        let mut report = report_of(gathering, names, words);
        report.target = subject.map(|it| id(it).to_owned());
        if let Some(imported) = imported {
            let own = imported.findings.iter();
            report
                .findings
                .extend(own.map(|it| found(it, names, words)));
            report.differences = imported.differences.iter().map(differs).collect();
            report.scenario = Some(imported.scenario);
        }
        json::print(&mut out, &report)?;
    } else {
        for finding in all {
            note(&words.finding_at(finding, names));
        }
        if let Some(imported) = &imported {
            for difference in &imported.differences {
                note(&words.difference(difference));
            }
            let text = file::to_json(&imported.scenario);
            match &args.output {
                Some(file) => fs::write(file, text).map_err(|error| {
                    let name = file.to_string_lossy();
                    Failure::Usage(format!("{} cannot be written: {error}.", plain(&name)))
                })?,
                None => out.write_all(escaped(&text).as_bytes())?,
            }
        }
    }
    out.flush()?;
    match is_refused {
        true => Err(Failure::Scenario(String::new())),
        false => Ok(()),
    }
}

fn print_commands(of: CommandsOf) -> Result<(), Failure> {
    let script = commands::script(match of {
        CommandsOf::Sagemaker => Of::SageMaker,
        CommandsOf::Group => Of::Group,
    });
    let mut out = output();
    out.write_all(script.as_bytes())?;
    Ok(out.flush()?)
}
