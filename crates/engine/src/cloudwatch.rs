//! What CloudWatch does: keeps a metric's datapoints back for a while, and evaluates alarms over them.

pub(crate) mod alarm;
pub(crate) mod breach;
pub(crate) mod judge;
pub(crate) mod metric;
mod states;
mod window;
