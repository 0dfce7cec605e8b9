//! What there is to learn: `crates/author` reads, checks and packs it.

use crate::proc::{self, Outcome};

/// Runs the author's program.
pub fn run(args: &[String]) -> Outcome {
    proc::cargo(&["run", "--quiet", "--package", "author", "--"])
        .args(args)
        .run()
        .map_err(|failure| failure.advise("what is to mend stands above"))
}

/// Writes what the page loads of it to `target/packs/`.
pub fn packs() -> Outcome {
    run(&["packs".to_owned()])
}
