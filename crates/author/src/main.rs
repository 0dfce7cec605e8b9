//! The author's program: `cargo xtask content` runs it.

mod timed;

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use author::{
    check,
    content::Content,
    fault::{Fault, Faults},
    files::Files,
    packs::packs,
    skeleton,
    snapshot::{self, Snapshot},
};

const HELP: &str = "\
cargo xtask content check
    Tell all that is wrong with content/: file, line, what would be right.
cargo xtask content facts
    Write content/facts.json and content/ids.txt anew, from runs.
cargo xtask content packs
    Write what the page loads to target/packs/, from content/ and its facts.
cargo xtask content new lesson ID
cargo xtask content new question TOPIC ID
    Write a skeleton that names what is to be filled in.
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let folder = Path::new("content");
    let done = match args.as_slice() {
        ["check"] => check(folder),
        ["facts"] => facts(folder),
        ["packs"] => write_packs(folder, &PathBuf::from("target").join("packs")),
        // `cargo xtask bench` asks.
        ["bench"] => bench(folder),
        ["new", "lesson", id] => new(folder, |files| skeleton::lesson(files, id)),
        ["new", "question", topic, id] => new(folder, |files| skeleton::question(files, topic, id)),
        _ => {
            eprint!("{HELP}");
            return ExitCode::FAILURE;
        }
    };
    match done {
        Ok(exit) => exit,
        Err(error) => {
            eprintln!("content/: {error}");
            ExitCode::FAILURE
        }
    }
}

fn check(folder: &Path) -> io::Result<ExitCode> {
    let begun = Instant::now();
    let faults = check::check(&Files::of_folder(folder)?);
    let exit = told(&faults);
    eprintln!("checked in {:.1} s", begun.elapsed().as_secs_f64());
    Ok(exit)
}

/// Tells faults.
fn told(faults: &[Fault]) -> ExitCode {
    for fault in faults {
        eprintln!("{fault}");
    }
    if faults.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!(
        "{} to mend; docs/content.md explains the files",
        faults.len()
    );
    ExitCode::FAILURE
}

fn facts(folder: &Path) -> io::Result<ExitCode> {
    let settled = check::settle(&Files::of_folder(folder)?);
    for (file, text) in &settled.files.0 {
        fs::write(folder.join(file), text)?;
    }
    for change in settled.changed {
        writeln!(io::stdout(), "{}", change.wrong)?;
    }
    Ok(told(&settled.faults))
}

fn bench(folder: &Path) -> io::Result<ExitCode> {
    timed::tell(&Files::of_folder(folder)?)?;
    Ok(ExitCode::SUCCESS)
}

fn write_packs(folder: &Path, to: &Path) -> io::Result<ExitCode> {
    let files = Files::of_folder(folder)?;
    let mut faults = Faults::default();
    let content = Content::read(&files, &mut faults);
    check::texts(&files, &content, &mut faults);
    let snapshot = Snapshot::read(files.text(snapshot::FILE), &mut faults);
    let faults = faults.sorted();
    if !faults.is_empty() {
        return Ok(told(&faults));
    }
    write_anew(to, &packs(&content, &snapshot))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes files into a folder that has no others then; those that stay the same are left alone.
fn write_anew(to: &Path, files: &BTreeMap<String, String>) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        if !files.contains_key(entry.file_name().to_string_lossy().as_ref()) {
            fs::remove_file(entry.path())?;
        }
    }
    for (name, text) in files {
        let path = to.join(name);
        if fs::read_to_string(&path).ok().as_ref() != Some(text) {
            fs::write(path, text)?;
        }
    }
    Ok(())
}

fn new(folder: &Path, write: impl Fn(&Files) -> Result<Files, String>) -> io::Result<ExitCode> {
    match write(&Files::of_folder(folder)?) {
        Ok(written) => {
            for (path, text) in written.0 {
                let path = folder.join(path);
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder)?;
                }
                fs::write(&path, text)?;
                writeln!(io::stdout(), "{}", path.display())?;
            }
            writeln!(
                io::stdout(),
                "fill in what TODO names, then: cargo xtask content facts, cargo xtask content check"
            )?;
            Ok(ExitCode::SUCCESS)
        }
        Err(wrong) => {
            eprintln!("{wrong}");
            Ok(ExitCode::FAILURE)
        }
    }
}
