//! The figures the project promises, measured and printed as one table.
//!
//! Each part runs a program that prints `name<tab>value<tab>unit` lines, and
//! where it told disturbed samples apart also the median of all, how many were
//! undisturbed, and how many there were; a figure that none of them printed stays `n/a`. Nothing
//! here measures.

mod rows;

use crate::paths;
use crate::proc::{self, Failure, Outcome};
use crate::setup;
use crate::site;
use rows::ROWS;
use std::collections::BTreeMap;

/// What `bench` was asked for.
pub struct Options {
    check: bool,
    parts: Vec<String>,
}

const PARTS: [&str; 3] = ["native", "wasm", "page"];

impl Options {
    pub fn parse(args: &[String]) -> Result<Self, Failure> {
        let mut options = Self {
            check: false,
            parts: PARTS.map(str::to_owned).to_vec(),
        };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--check" => options.check = true,
                "--only" => {
                    let names = args.next().map_or("", String::as_str);
                    options.parts = names.split(',').map(str::to_owned).collect();
                }
                other => {
                    return Err(Failure::new(
                        format!("`cargo xtask bench` takes no `{other}`"),
                        "it takes --check and --only PART[,PART]",
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
struct Figure {
    /// Nothing where no sample was undisturbed.
    value: Option<f64>,
    sampled: Option<Sampled>,
}

struct Sampled {
    /// Median of all samples.
    all: f64,
    undisturbed: u32,
    samples: u32,
}

impl Figure {
    fn parse<'a>(mut columns: impl Iterator<Item = &'a str>) -> Option<Self> {
        // Without an undisturbed sample there is no median.
        let value = Some(columns.next()?.parse().ok()?).filter(|value: &f64| !value.is_nan());
        let _unit = columns.next()?;
        let sampled = columns.next().and_then(|all| {
            Some(Sampled {
                all: all.parse().ok()?,
                undisturbed: columns.next()?.parse().ok()?,
                samples: columns.next()?.parse().ok()?,
            })
        });
        Some(Self { value, sampled })
    }
}

/// Measures, prints the table, and with `--check` fails where a promise is broken.
pub fn run(options: &Options) -> Outcome {
    let native = if options.wants("native") {
        native()?
    } else {
        Figures::new()
    };
    let mut browser = Figures::new();
    if options.wants("wasm") {
        browser.extend(wasm()?);
    }
    if options.wants("page") {
        browser.extend(page()?);
    }
    let broken = print(&native, &browser);
    if options.check && broken > 0 {
        return Err(Failure::new(
            format!("{broken} of the promised figures not met"),
            "close other programs and measure again, or make it faster",
        ));
    }
    Ok(())
}

/// Prints the table; returns how many promises are broken.
fn print(native: &Figures, browser: &Figures) -> usize {
    let cell = |value: Option<f64>| value.map_or("n/a".to_owned(), |value| format!("{value:.2}"));
    println!(
        "
medians; those of the engine are of the samples that nothing else on the machine
disturbed, and beside them stands that of all; `at most` is for Chromium
"
    );
    println!(
        "| {:<38} | {:>8} | {:>8} | {:>8} | {:>11} | {:>7} | unit | holds |",
        "what", "native", "Chromium", "all", "undisturbed", "at most"
    );
    println!(
        "|{:-<40}|{:->9}:|{:->9}:|{:->9}:|{:->12}:|{:->8}:|------|-------|",
        "", "", "", "", "", ""
    );
    let mut broken = 0;
    for row in ROWS {
        let measured = browser.get(row.key);
        let sampled = measured.and_then(|figure| figure.sampled.as_ref());
        let kept: Vec<bool> = holds(measured.and_then(|figure| figure.value), row.most)
            .into_iter()
            .collect();
        broken += kept.iter().filter(|holds| !**holds).count();
        println!(
            "| {:<38} | {:>8} | {:>8} | {:>8} | {:>11} | {:>7} | {:<4} | {:<5} |",
            row.what,
            cell(native.get(row.key).and_then(|figure| figure.value)),
            cell(measured.and_then(|figure| figure.value)),
            cell(sampled.map(|sampled| sampled.all)),
            sampled.map_or(String::new(), |sampled| {
                format!("{} of {}", sampled.undisturbed, sampled.samples)
            }),
            row.most.map_or(String::new(), |most| most.to_string()),
            row.unit,
            verdict(&kept),
        );
    }
    broken + print_periods(native, browser)
}

/// Whether a promise is kept, where there is one and it was measured.
fn holds(took: Option<f64>, most: Option<f64>) -> Option<bool> {
    Some(took? <= most?)
}

/// The last column: nothing where nothing was measured that is promised.
fn verdict(kept: &[bool]) -> &'static str {
    match kept {
        [] => "",
        kept if kept.iter().all(|holds| *holds) => "yes",
        _ => "NO",
    }
}

/// Prints what a metric period takes; returns how many promises are broken.
fn print_periods(native: &Figures, browser: &Figures) -> usize {
    println!(
        "
nanoseconds for each metric period
"
    );
    println!(
        "| {:<38} | {:>6} | {:>7} | {:>8} | {:>7} | holds |",
        "what", "native", "at most", "Chromium", "at most"
    );
    println!(
        "|{:-<40}|{:->7}:|{:->8}:|{:->9}:|{:->8}:|-------|",
        "", "", "", "", ""
    );
    let mut broken = 0;
    for row in ROWS {
        let Some(periods) = &row.periods else {
            continue;
        };
        let took = |figures: &Figures| {
            let figure = figures.get(row.key)?;
            Some(figure.value? * 1e6 / periods.count)
        };
        let took = [took(native), took(browser)];
        let most = periods.most_ns;
        let kept: Vec<bool> = (took.iter().zip(&most))
            .filter_map(|(took, most)| holds(*took, *most))
            .collect();
        broken += kept.iter().filter(|holds| !**holds).count();
        let cell = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.1}"));
        println!(
            "| {:<38} | {:>6} | {:>7} | {:>8} | {:>7} | {:<5} |",
            row.what,
            cell(took[0]),
            cell(most[0]),
            cell(took[1]),
            cell(most[1]),
            verdict(&kept),
        );
    }
    broken
}

fn native() -> Result<Figures, Failure> {
    println!("measuring natively");
    proc::cargo(&[
        "run",
        "--profile",
        "native",
        "-p",
        "bench",
        "--bin",
        "bench-native",
    ])
    .read()
    .map(|text| figures(&text))
}

fn wasm() -> Result<Figures, Failure> {
    let tools = setup::for_build()?;
    let browser = setup::for_browser()?;
    println!("measuring wasm in Chromium");
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
    let folder = paths::target().join("bench");
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
    proc::program("node", &["tests/bench/wasm.mjs"])
        .arg(&folder)
        .env("CHROMIUM", &browser.chromium)
        .read()
        .map(|text| figures(&text))
}

fn page() -> Result<Figures, Failure> {
    site::build()?;
    let browser = setup::for_browser()?;
    println!("measuring the release page in Chromium");
    let link = proc::cargo(&["run", "--quiet", "-p", "bench", "--", "link", "7_days"]).read()?;
    let scripts: [&[&str]; 2] = [
        &["tests/bench/page.mjs", link.trim()],
        &["tests/budgets/transfer.mjs", "--tsv"],
    ];
    let mut all = Figures::new();
    for script in scripts {
        let said = proc::program("node", script)
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
