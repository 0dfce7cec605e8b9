//! The figures the project promises, measured and printed as one table.
//!
//! Each part runs a program that prints `name<tab>value<tab>unit` lines, and
//! where it told disturbed samples apart also the median of all, how many were
//! undisturbed, and how many there were; a figure that none of them printed stays `n/a`. Nothing
//! here measures.

use crate::paths;
use crate::proc::{self, Failure, Outcome};
use crate::setup;
use crate::site;
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

/// A line of the table: `key` names the figure in each part's output.
struct Row {
    what: &'static str,
    key: &'static str,
    unit: &'static str,
    /// The promise, which holds in the browser.
    most: Option<f64>,
}

const ROWS: &[Row] = &[
    Row {
        what: "30 days at 60 s, all series kept",
        key: "30_days/run",
        unit: "ms",
        most: Some(1.5),
    },
    Row {
        what: "the same, every minute noisy",
        key: "30_days_noise/run",
        unit: "ms",
        most: Some(1.5),
    },
    Row {
        what: "the same, with the key figures",
        key: "30_days_noise/run+report",
        unit: "ms",
        most: None,
    },
    Row {
        what: "the same, compiling the scenario",
        key: "30_days_noise/compile",
        unit: "ms",
        most: None,
    },
    Row {
        what: "7 days at 60 s, noisy",
        key: "7_days/run",
        unit: "ms",
        most: None,
    },
    Row {
        what: "365 days at 60 s, noisy",
        key: "365_days/run",
        unit: "ms",
        most: Some(30.0),
    },
    Row {
        what: "the same, memory",
        key: "365_days/memory",
        unit: "MB",
        most: Some(60.0),
    },
    Row {
        what: "typing to pixels, 7 days, script",
        key: "page/typing",
        unit: "ms",
        most: Some(8.0),
    },
    Row {
        what: "the same, until the page rests",
        key: "page/typing_rest",
        unit: "ms",
        most: None,
    },
    Row {
        what: "first view, brotli",
        key: "page/transfer",
        unit: "KB",
        most: Some(160.0),
    },
    Row {
        what: "navigation to first chart",
        key: "page/first_chart",
        unit: "ms",
        most: Some(200.0),
    },
    Row {
        what: "a first trace, 4 million rows",
        key: "page/trace",
        unit: "ms",
        most: Some(2000.0),
    },
];

type Figures = BTreeMap<String, Figure>;

/// A measured value.
struct Figure {
    value: f64,
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
        let value = columns.next()?.parse().ok()?;
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
        "| {:<34} | {:>8} | {:>8} | {:>8} | {:>11} | {:>7} | unit | holds |",
        "what", "native", "Chromium", "all", "undisturbed", "at most"
    );
    println!(
        "|{:-<36}|{:->9}:|{:->9}:|{:->9}:|{:->12}:|{:->8}:|------|-------|",
        "", "", "", "", "", ""
    );
    let mut broken = 0;
    for row in ROWS {
        let measured = browser.get(row.key);
        let sampled = measured.and_then(|figure| figure.sampled.as_ref());
        let holds = match (measured, row.most) {
            (Some(figure), Some(most)) if figure.value <= most => "yes",
            (Some(_), Some(_)) => {
                broken += 1;
                "NO"
            }
            _ => "",
        };
        println!(
            "| {:<34} | {:>8} | {:>8} | {:>8} | {:>11} | {:>7} | {:<4} | {holds:<5} |",
            row.what,
            cell(native.get(row.key).map(|figure| figure.value)),
            cell(measured.map(|figure| figure.value)),
            cell(sampled.map(|sampled| sampled.all)),
            sampled.map_or(String::new(), |sampled| {
                format!("{} of {}", sampled.undisturbed, sampled.samples)
            }),
            row.most.map_or(String::new(), |most| most.to_string()),
            row.unit,
        );
    }
    broken
}

fn native() -> Result<Figures, Failure> {
    println!("measuring natively");
    proc::cargo(&["run", "--release", "-p", "bench", "--bin", "bench-native"])
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
