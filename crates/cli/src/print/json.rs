//! JSON that means the same to a program and does nothing to a terminal.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::plain::escaped;

/// Writes a value and a line feed.
///
/// # Errors
/// If it cannot be written.
pub fn print(mut out: impl Write, value: &impl Serialize) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut out, Harmless))?;
    out.write_all(b"\n").map_err(serde_json::Error::io)
}

/// Compact, with what a terminal would act on escaped.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        writer.write_all(escaped(fragment).as_bytes())
    }
}
