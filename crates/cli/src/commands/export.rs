//! `headroom export`: a scenario's scaling as AWS takes it, to be deployed by whoever has the account.

use std::{fs, io::Write};

use aws::{
    Deployment, EXPORT_FORMATS, ExportFormat, LOAD_TESTS, LoadTest, LoadTestFormat, Told, changes,
    export,
};
use scenario::{document::Scenario, link, presets};
use words::Words;

use super::{note, scenario, unusable};
use crate::{
    args::ExportArgs,
    failure::Failure,
    given::Given,
    outcome::{Outcome, compiled},
    plain::plain,
    print::{
        output,
        table::{self, Align},
    },
    set::Setting,
};

/// The form that tells a run, as an account would.
const ACCOUNT: &str = "account";

/// Runs the command.
///
/// # Errors
/// Why nothing is written.
pub fn run(args: &ExportArgs) -> Result<(), Failure> {
    let (Some(argument), Some(format)) = (&args.scenario, &args.format) else {
        return list();
    };
    let words = args.lang.words();
    if format == ACCOUNT {
        return account(args, argument, words);
    }
    if let Some(form) = LOAD_TESTS.iter().find(|it| it.id() == format) {
        return load_test(args, argument, *form, words);
    }
    let format = export::find(format).ok_or_else(|| no_such(format))?;
    let wanted = deployment(argument, &args.set, words)?;
    let mut deployment = match &args.changes_from {
        None => wanted,
        Some(_) if !format.says_changes() => return Err(says_no_changes(format)),
        Some(before) => changes(&deployment(before, &[], words)?, &wanted),
    };
    if deployment.resources.is_empty() {
        // What is written then asks for nothing: CI can run it all the same.
        note("Nothing has to be done: both scenarios say the same of scaling.");
    }
    for given in &args.param {
        fill_in(&mut deployment, format, given, words)?;
    }
    write(args, &format.write(&deployment, &words))
}

/// Runs the scenario and writes what an account would tell of it.
///
/// # Errors
/// Where the scenario does not run, or something is given that this has no use for.
fn account(args: &ExportArgs, argument: &str, words: Words) -> Result<(), Failure> {
    if args.changes_from.is_some() {
        let why = "An account tells what was, not what changes. Leave --changes-from out.";
        return Err(Failure::Usage(why.to_owned()));
    }
    let scenario = scenario(argument, &args.set, words)?;
    let outcome = Outcome::of(scenario, words).map_err(|faults| unusable(argument, &faults))?;
    let Outcome {
        scenario,
        compiled,
        run,
        ..
    } = &outcome;
    let mut deployment = Deployment::of(scenario, compiled, "", "");
    for given in &args.param {
        if !deployment.parameters().contains(&given.parameter) {
            return Err(not_asked_for(given));
        }
        deployment
            .given
            .insert(0, (given.parameter, given.value.clone()));
    }
    let told = Told {
        deployment: &deployment,
        scenario,
        compiled,
        run,
    };
    write(args, &told.text())
}

/// Writes a load test.
///
/// # Errors
/// Where the scenario has none, or something is given that a load test has no use for.
fn load_test(
    args: &ExportArgs,
    argument: &str,
    form: &dyn LoadTestFormat,
    words: Words,
) -> Result<(), Failure> {
    let scenario = scenario(argument, &args.set, words)?;
    compiled(&scenario, words).map_err(|faults| unusable(argument, &faults))?;
    let mut test = LoadTest::of(&scenario, title(&scenario, words)).ok_or_else(|| {
        let why = "Serverless endpoints serve one request at a time in each environment: the duration of one request is all there is to measure.";
        Failure::Usage(why.to_owned())
    })?;
    if args.changes_from.is_some() {
        let why = "A load test changes nothing. Leave --changes-from out.";
        return Err(Failure::Usage(why.to_owned()));
    }
    for given in &args.param {
        if !test.names.contains(&given.parameter) {
            return Err(not_asked_for(given));
        }
        test.given.insert(0, (given.parameter, given.value.clone()));
    }
    write(args, &form.write(&test, &words))
}

/// Returns what deploys a scenario.
fn deployment(argument: &str, settings: &[Setting], words: Words) -> Result<Deployment, Failure> {
    let scenario = scenario(argument, settings, words)?;
    let compiled = compiled(&scenario, words).map_err(|faults| unusable(argument, &faults))?;
    let title = title(&scenario, words);
    // Everything else is as good without a link.
    let payload = match link::share(&scenario) {
        Ok(shared) => {
            if let Some(rounding) = &shared.rounding {
                note(&words.rounding(rounding));
            }
            shared.payload
        }
        Err(_) => {
            note("The scenario is too long for a link, so what is written holds none.");
            String::new()
        }
    };
    Ok(Deployment::of(&scenario, &compiled, title, &payload))
}

fn title(scenario: &Scenario, words: Words) -> &str {
    let preset = presets::of(scenario).map(|preset| words.preset_name(preset.id));
    match preset {
        Some(name) if scenario.name.is_empty() => name,
        _ => &scenario.name,
    }
}

/// Fills in a parameter.
///
/// # Errors
/// Where nothing of what is written depends on it.
fn fill_in(
    deployment: &mut Deployment,
    format: &dyn ExportFormat,
    given: &Given,
    words: Words,
) -> Result<(), Failure> {
    deployment.given.retain(|(of, _)| *of != given.parameter);
    let without = format.write(deployment, &words);
    // What stands for it anyway would be no difference.
    let example = given.parameter.example().to_owned();
    deployment.given.push((given.parameter, example));
    let is_used = format.write(deployment, &words) != without;
    deployment.given.pop();
    if !is_used {
        return Err(not_asked_for(given));
    }
    deployment
        .given
        .push((given.parameter, given.value.clone()));
    Ok(())
}

fn not_asked_for(given: &Given) -> Failure {
    let name = given.parameter.name();
    Failure::Usage(format!("{name} is not asked for here. Leave it out."))
}

fn write(args: &ExportArgs, text: &str) -> Result<(), Failure> {
    if let Some(file) = &args.output {
        return fs::write(file, text).map_err(|error| {
            let name = file.to_string_lossy();
            Failure::Usage(format!("{} cannot be written: {error}.", plain(&name)))
        });
    }
    let mut out = output();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Prints what there is to choose from.
fn list() -> Result<(), Failure> {
    let row = |format: &&dyn ExportFormat| {
        let mut row = vec![format.id(), format.file_name(), format.name()];
        if format.says_changes() {
            row.push("--changes-from");
        }
        row.into_iter().map(str::to_owned).collect()
    };
    let test = |form: &&dyn LoadTestFormat| {
        let row = [form.id(), form.file_name(), form.name()];
        row.map(str::to_owned).to_vec()
    };
    let formats = EXPORT_FORMATS.iter().map(row);
    let account = [ACCOUNT, "account.jsonl", "describe-…, get-metric-data"];
    let rows: Vec<Vec<String>> = formats
        .chain(LOAD_TESTS.iter().map(test))
        .chain([account.map(str::to_owned).to_vec()])
        .collect();
    let mut out = output();
    table::print(&mut out, &[Align::Left], &rows)?;
    Ok(out.flush()?)
}

fn no_such(format: &str) -> Failure {
    let formats = EXPORT_FORMATS.iter().map(|it| it.id());
    let ids: Vec<&str> = formats
        .chain(LOAD_TESTS.iter().map(|it| it.id()))
        .chain([ACCOUNT])
        .collect();
    Failure::Usage(format!(
        "There is no format “{}”. There are {}.",
        plain(format),
        ids.join(", ")
    ))
}

fn says_no_changes(format: &dyn ExportFormat) -> Failure {
    let able = EXPORT_FORMATS.iter().filter(|it| it.says_changes());
    let ids: Vec<&str> = able.map(|it| it.id()).collect();
    Failure::Usage(format!(
        "{} says what is to be there, and its own tool finds what changed. --changes-from is for {}.",
        format.id(),
        ids.join(", ")
    ))
}
