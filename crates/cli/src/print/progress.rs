//! How far a batch is, on standard error, where a person watches and nothing else writes to the terminal.

use std::{
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

/// Time between two lines.
const PAUSE: Duration = Duration::from_millis(100);

/// A line that is written over and over.
pub struct Progress {
    is_seen: bool,
    total: Option<usize>,
    done: usize,
    begun: Instant,
    printed: Instant,
}

impl Progress {
    /// Begins to count. `total`: how many there will be, if that is known; `prints_meanwhile`: whether results are printed one
    /// by one, which on the same terminal is progress enough.
    pub fn new(total: Option<usize>, prints_meanwhile: bool) -> Self {
        let now = Instant::now();
        Self {
            is_seen: io::stderr().is_terminal()
                && !(prints_meanwhile && io::stdout().is_terminal()),
            total,
            done: 0,
            begun: now,
            printed: now,
        }
    }

    /// One more is done.
    pub fn step(&mut self) {
        self.done += 1;
        if self.is_seen && self.printed.elapsed() >= PAUSE {
            self.printed = Instant::now();
            let a_second = self.done as f64 / self.begun.elapsed().as_secs_f64();
            let of = self
                .total
                .map_or(String::new(), |total| format!(" of {total}"));
            // Progress that cannot be written stops nothing.
            let _ = write!(
                io::stderr(),
                "\r\x1b[K{}{of}, {a_second:.0} a second",
                self.done
            );
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.is_seen {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
