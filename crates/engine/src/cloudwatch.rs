//! What CloudWatch does: keeps a metric's datapoints back for a while, and evaluates alarms over them.

pub(crate) mod alarm;
pub(crate) mod metric;
