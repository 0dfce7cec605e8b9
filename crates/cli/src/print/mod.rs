//! How results look: for people a table and a chart, for programs JSON and CSV.

pub mod chart;
pub mod figures;
pub mod json;
pub mod progress;
pub mod rows;
pub mod table;
pub mod unsigned;

use std::io::{self, BufWriter, IsTerminal, Stdout};

use terminal_size::{Width, terminal_size};

/// Returns standard output, written in large pieces. Flush it at the end, so that a failure is reported.
pub fn output() -> BufWriter<Stdout> {
    BufWriter::with_capacity(1 << 16, io::stdout())
}

/// Returns how many columns a person sees: the terminal's, or 80.
pub fn width() -> usize {
    let is_seen = io::stdout().is_terminal();
    let seen = is_seen.then(terminal_size).flatten();
    seen.map_or(80, |(Width(columns), _)| usize::from(columns).max(40))
}

/// Returns whether to print in colours: on a terminal, unless its owner set `NO_COLOR`.
pub fn is_coloured() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty())
}
