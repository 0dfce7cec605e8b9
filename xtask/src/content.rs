//! What there is to learn: `crates/author` reads, checks and packs it.

use crate::paths;
use crate::proc::{self, Outcome};

/// Runs the author's program.
pub fn run(args: &[String]) -> Outcome {
    proc::cargo(&["run", "--quiet", "--package", "author", "--"])
        .args(args)
        .run()
        .map_err(|failure| failure.advise("what is to mend stands above"))
}

/// Where a build of the page finds the author's program: `xtask/hooks/build.mjs` runs it each time.
pub const PROGRAM: &str = "HEADROOM_AUTHOR";

/// Builds the author's program, and returns its path.
pub fn program() -> Result<std::path::PathBuf, proc::Failure> {
    proc::cargo(&["build", "--quiet", "--package", "author"]).run()?;
    let name = format!("author{}", std::env::consts::EXE_SUFFIX);
    Ok(paths::target().join("debug").join(name))
}
