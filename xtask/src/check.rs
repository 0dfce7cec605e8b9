//! Every check and test, in the order that finds a mistake soonest.
//!
//! A step that fails does not stop the ones that do not need it: one run tells
//! a developer all there is to mend. The site is built beside the steps before it,
//! in a target folder of its own: for most of that time the compiler works on one core.

use crate::paths;
use crate::proc::{self, Failure, Outcome};
use crate::setup;
use crate::site;
use std::thread;
use std::time::Instant;

type Work = fn() -> Outcome;

struct Step {
    name: &'static str,
    what: &'static str,
    work: Work,
    /// The step whose failure leaves this one nothing to test.
    needs: Option<&'static str>,
}

/// The step that begins with the first and goes on beside those before it.
const BUILD: &str = "build";

/// The step whose set-up is the longest.
const AWS: &str = "aws";

const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        what: "the code is formatted",
        work: fmt,
        needs: None,
    },
    Step {
        name: "clippy",
        what: "lints, as errors, in every crate and the app",
        work: clippy,
        needs: None,
    },
    Step {
        name: "doc",
        what: "the docs build without a warning",
        work: doc,
        needs: None,
    },
    Step {
        name: "unit",
        what: "unit, property and snapshot tests",
        work: unit,
        needs: None,
    },
    Step {
        name: AWS,
        what: "AWS's documents on AWS's own models",
        work: aws,
        needs: None,
    },
    Step {
        name: BUILD,
        what: "the release site",
        work: site::build,
        needs: None,
    },
    Step {
        name: "wasm",
        what: "the same bytes in Chromium",
        work: wasm,
        needs: None,
    },
    Step {
        name: "e2e",
        what: "the release site in Chromium, as a visitor; its core in Firefox and WebKit",
        work: e2e,
        needs: Some(BUILD),
    },
    Step {
        name: "budgets",
        what: "what a visit transfers, how long links are",
        work: budgets,
        needs: Some(BUILD),
    },
];

/// The steps that a run was asked for.
pub struct Selection(Vec<String>);

impl Selection {
    pub fn parse(args: &[String]) -> Result<Self, Failure> {
        let names: Vec<String> = match args {
            [] => return Ok(Self(Vec::new())),
            [flag, names] if flag == "--only" => names.split(',').map(str::to_owned).collect(),
            [other, ..] => {
                return Err(Failure::new(
                    format!("`cargo xtask test` does not understand `{other}`"),
                    "it takes --only STEP[,STEP], as in `cargo xtask test --only unit,e2e`",
                ));
            }
        };
        match names
            .iter()
            .find(|name| STEPS.iter().all(|step| step.name != *name))
        {
            None => Ok(Self(names)),
            Some(unknown) => Err(Failure::new(
                format!("there is no step `{unknown}`"),
                format!(
                    "the steps are {}",
                    STEPS
                        .iter()
                        .map(|step| step.name)
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            )),
        }
    }

    fn holds(&self, step: &Step) -> bool {
        self.0.is_empty() || self.0.iter().any(|name| name == step.name)
    }
}

/// Runs the selected steps and sums up.
pub fn run(selection: &Selection) -> Outcome {
    let begun = Instant::now();
    // All set-up comes first: it is what may ask for a password or the network.
    setup::for_build()?;
    setup::for_browser()?;
    let holds = |name| (STEPS.iter()).any(|step| step.name == name && selection.holds(step));
    if holds("e2e") {
        setup::for_other_browsers();
    }
    if holds(AWS) {
        setup::for_aws()?;
    }
    let mut passed = 0;
    let mut failed: Vec<&str> = Vec::new();
    let mut skipped: Vec<&str> = Vec::new();
    let mut building = (STEPS.iter())
        .find(|step| step.name == BUILD && selection.holds(step))
        .map(|step| thread::spawn(step.work));
    for step in STEPS.iter().filter(|step| selection.holds(step)) {
        println!("\n=== {}: {}", step.name, step.what);
        if step.needs.is_some_and(|needed| failed.contains(&needed)) {
            println!("--- {}: skipped, the build failed", step.name);
            skipped.push(step.name);
            continue;
        }
        let start = Instant::now();
        let built = building.take_if(|_| step.name == BUILD);
        let outcome = match built.map(thread::JoinHandle::join) {
            Some(Ok(outcome)) => outcome,
            Some(Err(_)) | None => (step.work)(),
        };
        let seconds = start.elapsed().as_secs_f64();
        match outcome {
            Ok(()) => {
                passed += 1;
                println!("--- {}: passed in {seconds:.1} s", step.name);
            }
            Err(failure) => {
                failed.push(step.name);
                println!("{failure}\n--- {}: FAILED after {seconds:.1} s", step.name);
            }
        }
    }
    println!("\nall steps took {:.0} s", begun.elapsed().as_secs_f64());
    println!(
        "steps: {passed} passed, {} failed, {} skipped",
        failed.len(),
        skipped.len()
    );
    let Some(first) = failed.first() else {
        return Ok(());
    };
    Err(Failure::new(
        format!("{} did not pass", failed.join(", ")),
        format!("mend it, then `cargo xtask test --only {first}` repeats that step alone"),
    ))
}

fn fmt() -> Outcome {
    proc::cargo(&["fmt", "--all", "--check"])
        .run()
        .map_err(|failure| failure.advise("`cargo xtask fmt` formats the code"))
}

fn clippy() -> Outcome {
    proc::cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--all-features",
        "--",
        "-D",
        "warnings",
    ])
    .run()
}

fn doc() -> Outcome {
    proc::cargo(&["doc", "--workspace", "--no-deps"])
        .env("RUSTDOCFLAGS", "-D warnings")
        .run()
}

fn unit() -> Outcome {
    proc::cargo(&["test", "--workspace"])
        // What fails is then the change, not the draw; `cargo xtask soak` draws anew each time.
        .env_by_default("PROPTEST_RNG_SEED", "1")
        .run()
}

/// Tries many more random cases of the tests with such names, or of all, and then what a monkey does on the page and in the study
/// aid; `monkey` alone with its flags.
pub fn soak(args: &[String]) -> Outcome {
    match args.split_first() {
        None => {
            let cases = cases(&[]);
            cases.and(monkeys(&[&[], &["--study".to_owned()]]))
        }
        Some((name, flags)) if name == "monkey" => monkeys(&[flags]),
        Some(_) => cases(args),
    }
}

fn cases(names: &[String]) -> Outcome {
    proc::cargo(&["test", "--release", "-p", "engine", "-p", "scenario"])
        .args(["--no-fail-fast", "--"])
        .args(names)
        .env_by_default("PROPTEST_CASES", "8000")
        .env_by_default("PROPTEST_MAX_SHRINK_ITERS", "4000")
        .run()
}

/// Does thousands of things on the built page, once with each of these flags, and compares its figures with the program at a prompt.
fn monkeys(runs: &[&[String]]) -> Outcome {
    site::build()?;
    proc::cargo(&["build", "--release", "-p", "headroom-cli"]).run()?;
    let browser = setup::for_browser()?;
    let program = paths::target().join("release").join("headroom");
    runs.iter().try_for_each(|flags| {
        proc::program("node", &["tests/soak/monkey.mjs"])
            .args(*flags)
            .env("CHROMIUM", &browser.chromium)
            .env("HEADROOM_DIST", paths::dist())
            .env("HEADROOM", &program)
            .run()
            .map_err(|failure| {
                failure.advise("the same --seed does the same again; what it last did stands above")
            })
    })
}

/// Exports on AWS's own models and tools; `tests/aws/prove.py` says what it proves.
fn aws() -> Outcome {
    let tools = setup::for_aws()?;
    proc::cargo(&["build", "--quiet", "-p", "headroom-cli"]).run()?;
    let program = paths::target().join("debug").join("headroom");
    proc::program(&tools.python, &["tests/aws/prove.py"])
        .env("HEADROOM", program)
        // No account, no region and no configuration of the person's own has a say in it.
        .env("AWS_ACCESS_KEY_ID", "testing")
        .env("AWS_SECRET_ACCESS_KEY", "testing")
        .env("AWS_DEFAULT_REGION", "us-east-1")
        .env("AWS_CONFIG_FILE", "/dev/null")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .run()
}

fn wasm() -> Outcome {
    let tools = setup::for_build()?;
    let browser = setup::for_browser()?;
    proc::cargo(&[
        "test",
        "--target",
        "wasm32-unknown-unknown",
        "-p",
        "bench",
        "--no-default-features",
        "--test",
        "same_bytes",
    ])
    .envs(tools.env())
    .env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        tools.test_runner(),
    )
    .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
    .env(
        "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
        paths::root().join("webdriver.json"),
    )
    .env("CHROMEDRIVER", &browser.driver)
    .run()
}

fn e2e() -> Outcome {
    let browser = setup::for_browser()?;
    let tests = paths::named(&paths::tests().join("e2e"), ".test.mjs")?;
    proc::program(
        "node",
        &[
            "--test",
            "--test-reporter=spec",
            "--test-timeout=480000",
            // A browser for each of two files: most of a test is waiting.
            "--test-concurrency=2",
        ],
    )
    .args(&tests)
    .env("CHROMIUM", &browser.chromium)
    .env("HEADROOM_DIST", paths::dist())
    .run()
}

/// All budgets are held even when the first is exceeded, to tell all at once.
fn budgets() -> Outcome {
    let transfer = transfer_budget();
    let packs = pack_budget();
    let links = link_budget();
    transfer.and(packs).and(links)
}

fn pack_budget() -> Outcome {
    proc::program("node", &["tests/budgets/packs.mjs", "--check"])
        .env("HEADROOM_DIST", paths::dist())
        .run()
        .map_err(|failure| {
            failure.advise("make the texts shorter: the table names what weighs most")
        })
}

fn transfer_budget() -> Outcome {
    let browser = setup::for_browser()?;
    proc::program("node", &["tests/budgets/transfer.mjs", "--check"])
        .env("CHROMIUM", &browser.chromium)
        .env("HEADROOM_DIST", paths::dist())
        .run()
        .map_err(|failure| {
            failure.advise("make the page smaller: the table names what weighs most")
        })
}

/// Most characters of a link that holds a typical scenario, the `#` included, and of one with recorded traffic.
const LINK_CHARACTERS: usize = 200;
const RECORDING_CHARACTERS: usize = 2000;

/// The shipped scenario with recorded traffic.
const RECORDING: &str = "world_cup_semi_final";

fn link_budget() -> Outcome {
    let table = proc::cargo(&["run", "--quiet", "-p", "bench", "--", "links"]).read()?;
    println!("\nlinks of the shipped scenarios, at most {LINK_CHARACTERS} characters");
    let mut long = Vec::new();
    for line in table.lines() {
        let mut columns = line.split('\t');
        let (Some(name), Some(length)) = (columns.next(), columns.next()) else {
            continue;
        };
        println!("  {length:>6}  {name}");
        let most = if name == RECORDING {
            RECORDING_CHARACTERS
        } else {
            LINK_CHARACTERS
        };
        if length.parse::<usize>().is_ok_and(|length| length >= most) {
            long.push(name);
        }
    }
    if long.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        format!("too long a link: {}", long.join(", ")),
        "see the link's packing in crates/scenario/src/link",
    ))
}
