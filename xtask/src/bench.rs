//! The figures the project promises, measured and printed as one table.
//!
//! Each part runs a program that prints `name<tab>value<tab>unit` lines, where it took turns with the floor followed by how many
//! floors that is, and where it took turns with the commit before by how many times as long it takes as there. A figure that
//! none of them printed stays empty. Nothing here measures.

mod rows;

use crate::content;
use crate::paths;
use crate::proc::{self, Failure, Outcome};
use crate::setup;
use crate::site;
use rows::{Most, ROWS, Row};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What `bench` was asked for.
pub struct Options {
    check: bool,
    parts: Vec<String>,
    /// A checkout of the commit before.
    against: Option<PathBuf>,
}

const PARTS: [&str; 3] = ["native", "wasm", "page"];

impl Options {
    pub fn parse(args: &[String]) -> Result<Self, Failure> {
        let mut options = Self {
            check: false,
            parts: PARTS.map(str::to_owned).to_vec(),
            against: None,
        };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--check" => options.check = true,
                "--only" => {
                    let names = args.next().map_or("", String::as_str);
                    options.parts = names.split(',').map(str::to_owned).collect();
                }
                "--against" => options.against = args.next().map(PathBuf::from),
                other => {
                    return Err(Failure::new(
                        format!("`cargo xtask bench` takes no `{other}`"),
                        "it takes --check, --only PART[,PART] and --against CHECKOUT",
                    ));
                }
            }
        }
        match options
            .parts
            .iter()
            .find(|part| !PARTS.contains(&part.as_str()))
        {
            None => Ok(options),
            Some(unknown) => Err(Failure::new(
                format!("there is no part `{unknown}`"),
                format!("the parts are {}", PARTS.join(", ")),
            )),
        }
    }

    fn wants(&self, part: &str) -> bool {
        self.parts.iter().any(|wanted| wanted == part)
    }
}

type Figures = BTreeMap<String, Figure>;

/// A measured value.
#[derive(Clone, Copy)]
struct Figure {
    value: f64,
    /// The same in floors.
    floors: Option<f64>,
    /// How many times as long it takes as in the commit before.
    against: Option<f64>,
}

impl Figure {
    fn parse<'a>(mut columns: impl Iterator<Item = &'a str>) -> Option<Self> {
        let value = columns.next()?.parse().ok()?;
        let _unit = columns.next()?;
        let mut ratio = || columns.next()?.parse().ok();
        Some(Self {
            value,
            floors: ratio(),
            against: ratio(),
        })
    }
}

/// Where something was measured.
struct Place<'a> {
    figures: &'a Figures,
    most: fn(&Row) -> Option<Most>,
}

impl Place<'_> {
    fn figure(&self, row: &Row) -> Option<Figure> {
        self.figures.get(row.key).copied()
    }

    /// Whether the promise is kept, where there is one and it was measured.
    fn holds(&self, row: &Row) -> Option<bool> {
        let figure = self.figure(row)?;
        match (self.most)(row)? {
            Most::Floors(most) => Some(figure.floors? <= most),
            Most::Units(most) => Some(figure.value <= most),
        }
    }

    /// Value, floors, and what is promised.
    fn cells(&self, row: &Row) -> [String; 3] {
        let figure = self.figure(row);
        let most = match (self.most)(row) {
            None => String::new(),
            Some(Most::Floors(most)) => format!("{most} floors"),
            Some(Most::Units(most)) => format!("{most} {}", row.unit),
        };
        [
            cell(figure.map(|figure| figure.value)),
            cell(figure.and_then(|figure| figure.floors)),
            most,
        ]
    }
}

fn cell(value: Option<f64>) -> String {
    value.map_or(String::new(), |value| format!("{value:.2}"))
}

/// Measures, prints the tables, and with `--check` fails where a promise is broken.
pub fn run(options: &Options) -> Outcome {
    let against = options.against.as_deref();
    let native = match options.wants("native") {
        true => native(against)?,
        false => Figures::new(),
    };
    let mut browser = Figures::new();
    let bench = (options.wants("wasm") || options.wants("page"))
        .then(wasm_bench)
        .transpose()?;
    if let Some(bench) = &bench {
        if options.wants("wasm") {
            browser.extend(wasm(bench, against)?);
        }
        if options.wants("page") {
            browser.extend(page(bench, against)?);
        }
    }
    let broken = print(&native, &browser);
    if against.is_some() {
        print_against(&native, &browser);
    }
    if options.check && broken > 0 {
        return Err(Failure::new(
            format!("{broken} of the promised figures not met"),
            "make it faster or smaller: docs/performance.md tells where the time goes",
        ));
    }
    Ok(())
}

/// Prints the table; returns how many promises are broken.
fn print(native: &Figures, browser: &Figures) -> usize {
    println!(
        "
medians; a floor is the least work that a run of the same length can take, done by
turns with it (of a key: of a year). Milliseconds of a processor are of this machine
and promise nothing, but those of the study aid, which leave any machine room.
"
    );
    println!(
        "| {:<38} | {:<4} | {:>8} | {:>6} | {:>10} | {:>8} | {:>6} | {:>10} | holds |",
        "what", "unit", "native", "floors", "at most", "Chromium", "floors", "at most"
    );
    println!(
        "|{:-<40}|------|{:->9}:|{:->7}:|{:->11}:|{:->9}:|{:->7}:|{:->11}:|-------|",
        "", "", "", "", "", "", ""
    );
    let places = [
        Place {
            figures: native,
            most: |row| row.native,
        },
        Place {
            figures: browser,
            most: |row| row.browser,
        },
    ];
    let mut broken = 0;
    for row in ROWS {
        let kept: Vec<bool> = places.iter().filter_map(|place| place.holds(row)).collect();
        broken += kept.iter().filter(|holds| !**holds).count();
        let [native, browser] = places.each_ref().map(|place| place.cells(row));
        println!(
            "| {:<38} | {:<4} | {:>8} | {:>6} | {:>10} | {:>8} | {:>6} | {:>10} | {:<5} |",
            row.what,
            row.unit,
            native[0],
            native[1],
            native[2],
            browser[0],
            browser[1],
            browser[2],
            verdict(&kept),
        );
    }
    broken
}

/// The last column: nothing where nothing was measured that is promised.
fn verdict(kept: &[bool]) -> &'static str {
    match kept {
        [] => "",
        kept if kept.iter().all(|holds| *holds) => "yes",
        _ => "NO",
    }
}

/// Prints what everything takes beside the commit before.
fn print_against(native: &Figures, browser: &Figures) {
    println!(
        "
milliseconds beside those of the commit before, by turns in this run, and how many times as long
"
    );
    println!(
        "| {:<38} | {:>8} | {:>8} | {:>6} | {:>8} | {:>8} | {:>6} |",
        "what", "native", "before", "times", "Chromium", "before", "times"
    );
    println!(
        "|{:-<40}|{:->9}:|{:->9}:|{:->7}:|{:->9}:|{:->9}:|{:->7}:|",
        "", "", "", "", "", "", ""
    );
    let cells = |figures: &Figures, row: &Row| {
        let figure = figures.get(row.key)?;
        let times = figure.against?;
        Some([figure.value, figure.value / times, times].map(|value| cell(Some(value))))
    };
    for row in ROWS {
        let found = [native, browser].map(|figures| cells(figures, row));
        if found.iter().any(Option::is_some) {
            let [native, browser] = found.map(Option::unwrap_or_default);
            println!(
                "| {:<38} | {:>8} | {:>8} | {:>6} | {:>8} | {:>8} | {:>6} |",
                row.what, native[0], native[1], native[2], browser[0], browser[1], browser[2]
            );
        }
    }
}

/// The native bench program under a target folder.
fn native_program(target: &Path) -> PathBuf {
    let program = format!("bench-native{}", std::env::consts::EXE_SUFFIX);
    target.join("native").join(program)
}

/// The folder of the wasm bench under a target folder.
fn wasm_folder(target: &Path) -> PathBuf {
    target.join("bench")
}

/// What the commit before has built, under its checkout.
fn built(found: PathBuf, part: &str) -> Result<PathBuf, Failure> {
    if found.exists() {
        return Ok(found);
    }
    Err(Failure::new(
        format!("there is no {}", found.display()),
        format!("run `cargo xtask bench --only {part}` in that checkout first"),
    ))
}

fn native(against: Option<&Path>) -> Result<Figures, Failure> {
    println!("measuring natively");
    let profile = ["--profile", "native", "-p", "bench", "--bin"];
    proc::cargo(&["build"])
        .args(profile)
        .arg("bench-native")
        .run()?;
    let before = against
        .map(|checkout| built(native_program(&checkout.join("target")), "native"))
        .transpose()?;
    let timed = proc::program("node", &["tests/bench/engine.mjs", "native"])
        .arg(native_program(&paths::target()))
        .args(before)
        .read()?;
    let authored = proc::program(content::program()?, &["bench"]).read()?;
    Ok(figures(&(timed + &authored)))
}

/// Builds the wasm bench; its folder.
fn wasm_bench() -> Result<PathBuf, Failure> {
    let tools = setup::for_build()?;
    let target = "wasm32-unknown-unknown";
    proc::cargo(&[
        "build",
        "--release",
        "--lib",
        "-p",
        "bench",
        "--target",
        target,
    ])
    .envs(tools.env())
    .run()?;
    let folder = wasm_folder(&paths::target());
    proc::program("wasm-bindgen", &["--target", "web", "--out-dir"])
        .arg(&folder)
        .arg(
            paths::wasm_target()
                .join(target)
                .join("release")
                .join("bench.wasm"),
        )
        .envs(tools.env())
        .run()?;
    site::shrink(&folder.join("bench_bg.wasm"), &tools)?;
    Ok(folder)
}

fn wasm(bench: &Path, against: Option<&Path>) -> Result<Figures, Failure> {
    let browser = setup::for_browser()?;
    println!("measuring wasm in Chromium");
    let before = against
        .map(|checkout| built(wasm_folder(&checkout.join("target")), "wasm"))
        .transpose()?;
    proc::program("node", &["tests/bench/engine.mjs", "wasm"])
        .arg(bench)
        .args(before)
        .env("CHROMIUM", &browser.chromium)
        .read()
        .map(|text| figures(&text))
}

fn page(bench: &Path, against: Option<&Path>) -> Result<Figures, Failure> {
    site::build()?;
    let browser = setup::for_browser()?;
    println!("measuring the release page in Chromium");
    let link = |workload: &str| {
        proc::cargo(&["run", "--quiet", "-p", "bench", "--", "link", workload])
            .read()
            .map(|link| link.trim().to_owned())
    };
    let before = against
        .map(|checkout| built(checkout.join("dist"), "page"))
        .transpose()?;
    let timed = proc::program("node", &["tests/bench/page.mjs"])
        .arg(bench)
        .args([link("7_days")?, link("365_days_all")?])
        .args(&before);
    let documents = proc::program("node", &["tests/bench/documents.mjs"])
        .arg(bench)
        .args(&before);
    let transferred = proc::program("node", &["tests/budgets/transfer.mjs", "--tsv"]);
    let mut all = Figures::new();
    for program in [timed, documents, transferred] {
        let said = program
            .env("CHROMIUM", &browser.chromium)
            .env("HEADROOM_DIST", paths::dist())
            .read()?;
        all.extend(figures(&said));
    }
    Ok(all)
}

fn figures(text: &str) -> Figures {
    text.lines()
        .filter_map(|line| {
            let mut columns = line.split('\t');
            Some((columns.next()?.to_owned(), Figure::parse(columns)?))
        })
        .collect()
}
