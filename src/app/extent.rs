//! How much of the page is made. What is seen first is made first, and what nobody has opened last.

/// Each holds what those before it hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// The first frame: header, verdict, key figures and charts.
    Result,
    /// With the form and the log, once that frame has been seen.
    Open,
    /// With what is closed, once somebody is there to open it.
    Whole,
}
