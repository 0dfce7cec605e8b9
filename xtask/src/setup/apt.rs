//! Debian's packages, as root or through sudo.

use super::announce;
use crate::paths;
use crate::proc::{self, Failure, Outcome};
use std::sync::Once;

/// Whether this system installs with apt.
pub fn present() -> bool {
    paths::on_path(&["apt-get"]).is_some()
}

/// Installs `packages`; the reason is shown first.
pub fn install(packages: &[&str], why: &str) -> Outcome {
    let list = packages.join(" ");
    announce(&format!("Debian packages {list}"), why);
    let remedy = format!("run `apt-get update && apt-get install {list}` as root, then this again");
    refresh().map_err(|failure| failure.advise(&remedy))?;
    let mut args = vec!["install", "--yes", "--no-install-recommends"];
    args.extend(packages);
    apt_get(&args).map_err(|failure| failure.advise(&remedy))
}

/// Fetches the package lists, once in a run; an old list often suffices, so
/// its failure is left to the install to report.
fn refresh() -> Outcome {
    static ONCE: Once = Once::new();
    let mut outcome = Ok(());
    ONCE.call_once(|| outcome = apt_get(&["update"]));
    if let Err(failure) = outcome {
        println!(
            "        {}; going on with the lists that are here",
            failure.what()
        );
    }
    Ok(())
}

fn apt_get(args: &[&str]) -> Outcome {
    let root = proc::program("id", &["-u"])
        .probe()
        .is_some_and(|id| id.trim() == "0");
    let mut line = vec!["-qq", "-o", "Dpkg::Use-Pty=0"];
    line.splice(0..0, args.iter().copied());
    if root {
        proc::program("apt-get", &line)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .run()
    } else if paths::on_path(&["sudo"]).is_some() {
        line.splice(0..0, ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        proc::program("sudo", &line).run()
    } else {
        Err(Failure::new(
            "installing packages needs root or sudo",
            "become root",
        ))
    }
}
