//! What CloudWatch does: it publishes datapoints some time after their period, and evaluates alarms over them. What a policy
//! makes of an alarm is decided in `scaling`.

pub(crate) mod alarm;
pub(crate) mod breach;
pub(crate) mod judge;
pub(crate) mod metric;
mod states;
mod window;
