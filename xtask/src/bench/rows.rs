//! What `cargo xtask bench` prints, and what the project promises of it.

/// A line of the table.
pub struct Row {
    /// As the table says it.
    pub what: &'static str,
    /// As each part's output names it.
    pub key: &'static str,
    /// Of the figure.
    pub unit: &'static str,
    /// The promise natively.
    pub native: Option<Most>,
    /// The promise in Chromium.
    pub browser: Option<Most>,
}

/// A promise. How long work takes, a machine says; how much longer than other work, the program: that is promised, in floors. A time is
/// promised alone where it leaves any machine room.
#[derive(Clone, Copy)]
pub enum Most {
    /// So many times as long as the floor.
    Floors(f64),
    /// So many of the row's unit.
    Units(f64),
}

const fn told(what: &'static str, key: &'static str) -> Row {
    Row {
        what,
        key,
        unit: "ms",
        native: None,
        browser: None,
    }
}

/// Promised in the browser alone.
const fn promised(what: &'static str, key: &'static str, unit: &'static str, most: Most) -> Row {
    Row {
        browser: Some(most),
        unit,
        ..told(what, key)
    }
}

/// A run, which is promised natively as in the browser.
const fn run(what: &'static str, key: &'static str, floors: f64) -> Row {
    Row {
        native: Some(Most::Floors(floors)),
        browser: Some(Most::Floors(floors)),
        ..told(what, key)
    }
}

/// A document of AWS's: 50 ms of a machine at rest.
const fn document(what: &'static str, key: &'static str) -> Row {
    promised(what, key, "ms", Most::Floors(15.0))
}

/// What the content takes, promised natively; the author's program tells it, unoptimised as authors run it.
const fn authored(what: &'static str, key: &'static str, unit: &'static str, most: f64) -> Row {
    Row {
        native: Some(Most::Units(most)),
        unit,
        ..told(what, key)
    }
}

pub const ROWS: &[Row] = &[
    run(
        "30 days, office hours, all policies",
        "30_days_all/run again",
        3.0,
    ),
    told("the same, in memory of its own", "30_days_all/run"),
    told("the same, with the key figures", "30_days_all/run+report"),
    run(
        "365 days, office hours, all policies",
        "365_days_all/run again",
        3.0,
    ),
    told("the same, in memory of its own", "365_days_all/run"),
    told("the same, with the key figures", "365_days_all/run+report"),
    told("the same, compiling the scenario", "365_days_all/compile"),
    run(
        "30 days, every minute noisy",
        "30_days_noise/run again",
        4.0,
    ),
    told("the same, in memory of its own", "30_days_noise/run"),
    told("the same, with the key figures", "30_days_noise/run+report"),
    told("the same, compiling the scenario", "30_days_noise/compile"),
    told("30 days, a daily curve", "30_days/run again"),
    told("7 days, every minute noisy", "7_days/run again"),
    told("365 days, every minute noisy", "365_days/run again"),
    told("30 days on CPU credits", "30_days_credits/run again"),
    told("30 days with failures", "30_days_failures/run again"),
    told("30 days, asynchronous", "30_days_asynchronous/run again"),
    told("30 days, serverless", "30_days_serverless/run again"),
    promised(
        "365 days, every minute noisy, memory",
        "365_days/memory",
        "MB",
        Most::Units(60.0),
    ),
    promised(
        "a key to its pixels, 7 days, script",
        "page/typing",
        "ms",
        Most::Floors(2.0),
    ),
    told("the same, until the page rests", "page/typing_rest"),
    promised(
        "a key to its pixels, 365 days, script",
        "page/typing_year",
        "ms",
        Most::Floors(6.0),
    ),
    told("the same, until the page rests", "page/typing_year_rest"),
    document("1 MB of JSON, recognised and read", "page/documents_json"),
    document("1 MB of YAML, recognised and read", "page/documents_yaml"),
    document("1 MB of HCL, recognised and read", "page/documents_hcl"),
    promised(
        "the program, brotli",
        "page/program",
        "KB",
        Most::Units(400.0),
    ),
    Row {
        unit: "KB",
        ..told("first view, brotli", "page/transfer")
    },
    told("first chart of a first visit", "page/first_chart"),
    told(
        "the same, 9 Mbit/s and 165 ms away",
        "page/first_chart_slow",
    ),
    told(
        "first chart of a shared link, as far",
        "page/first_chart_link_slow",
    ),
    told("a first trace, 4 million rows", "page/trace"),
    authored("a key of the study aid's search", "study/search", "ms", 5.0),
    authored(
        "all its facts and claims, computed",
        "study/facts",
        "s",
        20.0,
    ),
];
