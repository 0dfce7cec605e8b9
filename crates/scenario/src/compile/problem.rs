//! What can be wrong with a scenario: where, what, and what would be right. The sentences are made elsewhere.

use crate::field::Field;
pub use crate::schedule::ScheduleProblem;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The field.
    pub field: Field,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What is wrong with a field, and what would be right.
#[derive(Clone, Debug, PartialEq)]
pub enum ProblemKind {
    /// It has to be given.
    Missing,
    /// Not a number, or infinite.
    NotANumber,
    /// Less than it may be.
    TooSmall {
        /// Least.
        min: f64,
    },
    /// More than it may be.
    TooLarge {
        /// Most.
        max: f64,
    },
    /// More than another field, which it must not exceed.
    AboveOther {
        /// The other field.
        other: Field,
        /// Its value.
        value: f64,
    },
    /// Less than another field, which it must reach.
    BelowOther {
        /// The other field.
        other: Field,
        /// Its value.
        value: f64,
    },
    /// A field that has no place beside another one.
    NotBeside {
        /// The other field.
        other: Field,
    },
    /// Not later than another field, which it must be.
    NotAfter {
        /// The other field.
        other: Field,
    },
    /// A text with more characters than it may have.
    TooLong {
        /// Most characters.
        max: u32,
    },
    /// A list with more entries than it may have.
    TooMany {
        /// Most entries.
        max: u32,
    },
    /// A name that another entry of the list has already.
    NotUnique {
        /// Index of the other entry.
        other: usize,
    },
    /// A name with characters that AWS refuses in it: `:`, `/`, `|`, control characters, or a space at either end.
    BadCharacters,
    /// Zero instances, which an endpoint that answers at once cannot have (Application Auto Scaling takes it for asynchronous
    /// ones and inference components alone).
    NoneInService,
    /// Not a version of the document that this page knows.
    UnknownVersion {
        /// The newest it knows.
        newest: u32,
    },
    /// Not the IANA name of a time zone.
    UnknownTimeZone,
    /// Not in the catalogue; and without a price of one's own nothing is known of it.
    UnknownInstanceType,
    /// A date outside the years for which time zones are known.
    YearOutOfRange {
        /// First year.
        from: i32,
        /// Last year.
        to: i32,
    },
    /// Another value than the only one that makes sense there.
    OtherThan {
        /// That one.
        right: &'static str,
    },
    /// A period that is no whole number of minutes: these metrics are published by the minute.
    NotWholeMinutes,
    /// A MinAdjustmentMagnitude where nothing is adjusted by percent.
    OnlyForPercent,
    /// A kind of policy that only EC2 Auto Scaling groups have.
    OnlyOfGroups,
    /// A predictive scaling policy that scales, as another one does.
    AnotherScales {
        /// Index of the other policy.
        other: usize,
    },
    /// A MaxCapacityBuffer where MaxCapacity is honoured.
    OnlyForIncrease,
    /// A metric to forecast by that is no predefined pair.
    OnlyAsPair,
    /// Failures of a platform that has no instances of its own to lose, or whose losses are not known here.
    NothingFails,
    /// An instance that slows down, of a type whose speed CPU credits decide on.
    SlowWithCredits,
    /// Clients that retry, on a platform where that is not simulated.
    NobodyRetries,
    /// Capacity for launches where no instances are launched.
    NothingLaunches,
    /// A quota of fewer instances than there are at the start.
    QuotaBelowStart {
        /// Instances at the start.
        instances: u32,
    },
    /// Machines are compared on platforms alone on which instances serve, each by itself.
    NothingToCompare,
    /// A metric of the machine's cores, whose number is not known.
    UnknownVcpu,
    /// A metric of GPUs, of which the machine has none.
    NoGpu,
    /// CPU credits of a machine that has none: its type is not burstable, or what serves is not instances of it.
    NoCpuCredits,
    /// A metric of bytes: a scenario says nothing of the size of requests.
    NoTrafficVolume,
    /// An instance type of SageMaker where EC2's are meant.
    OtherInstanceType {
        /// How EC2 calls that machine.
        right: String,
    },
    /// A step or simple scaling policy that no alarm triggers.
    NoAlarm {
        /// Whether it is of simple scaling.
        is_simple: bool,
    },
    /// A step adjustment that AWS refuses.
    Step(StepProblem),
    /// A schedule that cannot be read.
    Schedule(ScheduleProblem),
    /// Rise and fall together are longer than what they belong to.
    RampTooLong {
        /// Longest, minutes.
        max_min: f64,
    },
    /// A memory size that no serverless endpoint has.
    MemorySize,
    /// A field of instances, of which a serverless endpoint has none.
    NotServerless {
        /// What says it there.
        right: Field,
    },
    /// Policies or scheduled actions of a serverless endpoint without provisioned concurrency.
    NothingToScale,
    /// No provisioned concurrency at all, beside policies that look at how much of it is in use.
    NothingToMeasure,
    /// Demand needs more instances than can be simulated.
    TooManyInstances {
        /// How many it needs.
        needed: u64,
        /// Most.
        max: u32,
    },
}

/// Why AWS refuses a step adjustment, by itself or beside the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepProblem {
    /// Neither a lower nor an upper bound.
    NoBounds,
    /// The upper bound is not above the lower one.
    NotAboveLower,
    /// It begins before the one below it ends.
    Overlaps,
    /// It begins after the one below it ends.
    LeavesGap,
    /// Another one has no lower bound either.
    TwoWithoutLower,
    /// Another one has no upper bound either.
    TwoWithoutUpper,
    /// The lowest bound is negative: one step must have no lower bound.
    OpenBelowNeeded,
    /// The highest bound is positive: one step must have no upper bound.
    OpenAboveNeeded,
}
