//! JSON for programs, in one line: a zero has no sign, and what a terminal would act on is escaped.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use crate::plain::escaped;

/// Writes a value and a line feed.
///
/// # Errors
/// If it cannot be written.
pub fn print(mut out: impl Write, value: &impl Serialize) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut out, TerminalSafe))?;
    out.write_all(b"\n").map_err(serde_json::Error::io)
}

/// Compact JSON, but for what is said above. A sum of nothing, or nothing times −1, is −0 in floating point.
struct TerminalSafe;

impl Formatter for TerminalSafe {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        writer.write_all(escaped(fragment).as_bytes())
    }

    fn write_f32<W: ?Sized + Write>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        CompactFormatter.write_f32(writer, value + 0.0)
    }

    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        CompactFormatter.write_f64(writer, value + 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_has_no_sign_and_a_text_does_nothing() {
        let mut text = Vec::new();
        let value = (
            -0.0_f64,
            [-0.0_f32, 0.5],
            -1.0,
            "-0.0",
            "a\u{9b}\u{1b}b\u{202e}",
        );
        print(&mut text, &value).unwrap();
        let expected = "[0.0,[0.0,0.5],-1.0,\"-0.0\",\"a\\u009b\\u001bb\\u202e\"]\n";
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }
}
