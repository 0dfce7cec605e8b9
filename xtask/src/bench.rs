//! Bench.
use crate::proc::{Failure, Outcome};
pub struct Options;
impl Options {
    pub fn parse(_: &[String]) -> Result<Self, Failure> {
        Ok(Self)
    }
}
pub fn run(_: &Options) -> Outcome {
    Ok(())
}
