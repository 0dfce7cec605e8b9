//! Chromium, its driver and a font with Korean, for the tests.

use super::apt;
use crate::paths;
use crate::proc::Failure;
use std::env;
use std::path::{Path, PathBuf};

/// The browser and the driver that tests run in.
pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
}

const CHROMIUM: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];
const IN_APPLICATIONS: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
];
/// Where Debian's fonts-noto-cjk puts the face that draws Korean.
const FONT: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

/// Finds both programs, installing them where apt can.
pub fn ensure() -> Result<Browser, Failure> {
    let mut packages = Vec::new();
    if chromium().is_none() {
        packages.push("chromium");
    }
    if driver().is_none() {
        packages.push("chromium-driver");
    }
    if apt::present() {
        if !Path::new(FONT).is_file() {
            packages.push("fonts-noto-cjk");
        }
        if !packages.is_empty() {
            apt::install(
                &packages,
                "the tests open the page in Chromium, in English and in Korean",
            )?;
        }
    }
    match (chromium(), driver()) {
        (Some(chromium), Some(driver)) => Ok(Browser { chromium, driver }),
        (None, _) => Err(Failure::new(
            "no Chromium or Chrome was found",
            "install one, or set CHROMIUM to its program",
        )),
        (_, None) => Err(Failure::new(
            "no chromedriver was found",
            "install the one of your browser's version, or set CHROMEDRIVER to its program",
        )),
    }
}

/// Puts Firefox and WebKit beside it where apt can; the tests that need one are skipped without it.
pub fn ensure_others() {
    const WANTED: [(&str, &[&str]); 3] = [
        ("firefox-esr", &["firefox-esr", "firefox"]),
        ("webkit2gtk-driver", &["WebKitWebDriver"]),
        ("xvfb", &["Xvfb"]),
    ];
    let missing = WANTED
        .iter()
        .filter(|(_, programs)| paths::on_path(programs).is_none());
    let packages: Vec<&str> = missing.map(|(package, _)| *package).collect();
    if packages.is_empty() {
        return;
    }
    let why = "the core of a visit is tested in Firefox and in WebKit, too";
    if !apt::present() || apt::install(&packages, why).is_err() {
        println!("set-up: going on without {}", packages.join(", "));
    }
}

fn chromium() -> Option<PathBuf> {
    named("CHROMIUM")
        .or_else(|| paths::on_path(CHROMIUM))
        .or_else(|| {
            IN_APPLICATIONS
                .iter()
                .map(PathBuf::from)
                .find(|file| file.is_file())
        })
}

fn driver() -> Option<PathBuf> {
    named("CHROMEDRIVER").or_else(|| paths::on_path(&["chromedriver"]))
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|file| file.is_file())
}
