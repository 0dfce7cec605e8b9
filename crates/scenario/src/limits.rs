//! How much a scenario can have of what it has many of: held while a text is read, and once more where a plan is made.

/// Most bytes of a file.
pub const MOST_BYTES: usize = 64 << 20;
/// Most bytes of a file besides its recordings (`counts`).
pub const MOST_BYTES_WITHOUT_RECORDINGS: usize = 1_000_000;
/// Most characters of a text: what AWS takes of the longest, a schedule.
pub const MOST_CHARACTERS: u32 = 1600;
/// Most lists and objects within each other: more than any scenario has.
pub const DEEPEST: usize = 32;
/// Most scaling policies (Application Auto Scaling, "Quotas").
pub const MOST_POLICIES: u32 = 50;
/// Most steps of a policy (Application Auto Scaling, "Quotas").
pub const MOST_STEP_ADJUSTMENTS: u32 = 20;
/// Most dimensions of a metric (CloudWatch, PutMetricData).
pub const MOST_DIMENSIONS: u32 = 30;
/// Most scheduled actions (Application Auto Scaling, "Quotas").
pub const MOST_SCHEDULED_ACTIONS: u32 = 200;
/// Most failures.
pub const MOST_FAILURES: u32 = 100;
/// Most machines to compare with.
pub const MOST_OTHER_MACHINES: u32 = 8;
/// Most layers of demand.
pub const MOST_LAYERS: u32 = 100;
/// Most entries of a list of which nothing else is said.
pub const MOST_ENTRIES: u32 = 200;
/// Most days of the week.
pub const MOST_DAYS: u32 = 7;

/// Most entries of the lists of a scenario, by their fields.
pub const LISTS: [(&str, u32); 8] = [
    ("policies", MOST_POLICIES),
    ("StepAdjustments", MOST_STEP_ADJUSTMENTS),
    ("Dimensions", MOST_DIMENSIONS),
    ("scheduled_actions", MOST_SCHEDULED_ACTIONS),
    ("failures", MOST_FAILURES),
    ("demand", MOST_LAYERS),
    ("other_machines", MOST_OTHER_MACHINES),
    ("days", MOST_DAYS),
];

/// Most instances of a variant that are simulated.
pub(crate) const MOST_INSTANCES: f64 = 10_000.0;
/// Most requests per second of a layer, and of all that is sized by one number.
pub(crate) const MOST_RPS: f64 = 1e7;
