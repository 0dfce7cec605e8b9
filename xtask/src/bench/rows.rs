//! What `cargo xtask bench` prints, and what the project promises of it.

/// A line of the table.
pub struct Row {
    /// As the table says it.
    pub what: &'static str,
    /// As each part's output names it.
    pub key: &'static str,
    /// Of the figure.
    pub unit: &'static str,
    /// The promise, which holds in the browser.
    pub most: Option<f64>,
    /// Metric periods that a run goes through.
    pub periods: Option<Periods>,
}

/// The metric periods of a run, and the promise for each: nanoseconds, natively and in the browser.
pub struct Periods {
    /// How many.
    pub count: f64,
    /// The promise.
    pub most_ns: [Option<f64>; 2],
}

const fn minutes(days: u32) -> Option<Periods> {
    Some(Periods {
        count: days as f64 * 1440.0,
        most_ns: [None; 2],
    })
}

pub const ROWS: &[Row] = &[
    Row {
        what: "30 days at 60 s, all series kept",
        key: "30_days/run",
        unit: "ms",
        most: Some(1.5),
        periods: minutes(30),
    },
    Row {
        what: "the same, every minute noisy",
        key: "30_days_noise/run",
        unit: "ms",
        most: Some(1.5),
        periods: minutes(30),
    },
    Row {
        what: "the same, with the key figures",
        key: "30_days_noise/run+report",
        unit: "ms",
        most: None,
        periods: None,
    },
    Row {
        what: "the same, compiling the scenario",
        key: "30_days_noise/compile",
        unit: "ms",
        most: None,
        periods: None,
    },
    Row {
        what: "7 days at 60 s, noisy",
        key: "7_days/run",
        unit: "ms",
        most: None,
        periods: minutes(7),
    },
    Row {
        what: "the same, after another run",
        key: "7_days/run again",
        unit: "ms",
        most: None,
        periods: minutes(7),
    },
    Row {
        what: "30 days, office hours, all policies",
        key: "30_days_all/run",
        unit: "ms",
        most: None,
        periods: Some(Periods {
            count: 43_200.0,
            most_ns: [None, Some(30.0)],
        }),
    },
    Row {
        what: "the same, in the memory of another run",
        key: "30_days_all/run again",
        unit: "ms",
        most: None,
        periods: Some(Periods {
            count: 43_200.0,
            most_ns: [Some(15.0), None],
        }),
    },
    Row {
        what: "365 days, office hours, all policies",
        key: "365_days_all/run",
        unit: "ms",
        most: Some(16.0),
        periods: minutes(365),
    },
    Row {
        what: "the same, after another run",
        key: "365_days_all/run again",
        unit: "ms",
        most: None,
        periods: minutes(365),
    },
    Row {
        what: "365 days at 60 s, noisy",
        key: "365_days/run",
        unit: "ms",
        most: Some(30.0),
        periods: minutes(365),
    },
    Row {
        what: "the same, memory",
        key: "365_days/memory",
        unit: "MB",
        most: Some(60.0),
        periods: None,
    },
    Row {
        what: "typing to pixels, 7 days, script",
        key: "page/typing",
        unit: "ms",
        most: Some(8.0),
        periods: None,
    },
    Row {
        what: "the same, until the page rests",
        key: "page/typing_rest",
        unit: "ms",
        most: None,
        periods: None,
    },
    Row {
        what: "the program, brotli",
        key: "page/program",
        unit: "KB",
        most: Some(400.0),
        periods: None,
    },
    Row {
        what: "first view, brotli",
        key: "page/transfer",
        unit: "KB",
        most: None,
        periods: None,
    },
    Row {
        what: "navigation to first chart",
        key: "page/first_chart",
        unit: "ms",
        most: Some(200.0),
        periods: None,
    },
    Row {
        what: "a first trace, 4 million rows",
        key: "page/trace",
        unit: "ms",
        most: Some(2000.0),
        periods: None,
    },
];
