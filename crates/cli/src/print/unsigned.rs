//! Numbers as programs read them: a zero has no sign, in JSON as in CSV. A sum of nothing, or nothing times −1, is −0 in floating point.

use std::io;

use serde::Serialize;
use serde_json::ser::Formatter;

/// JSON in one line.
struct Unsigned;

impl Formatter for Unsigned {
    fn write_f32<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        serde_json::ser::CompactFormatter.write_f32(writer, value + 0.0)
    }

    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        serde_json::ser::CompactFormatter.write_f64(writer, value + 0.0)
    }
}

/// Writes JSON in one line.
///
/// # Errors
/// If it cannot be written.
pub fn json(out: impl io::Write, value: &impl Serialize) -> serde_json::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(out, Unsigned);
    value.serialize(&mut serializer)
}

/// A cell of CSV.
pub fn cell(text: &str) -> &str {
    match text {
        "-0.0" => "0.0",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_has_no_sign() {
        let mut text = Vec::new();
        json(&mut text, &(-0.0_f64, [-0.0_f32, 0.5], -1.0, "-0.0")).unwrap();
        assert_eq!(text, br#"[0.0,[0.0,0.5],-1.0,"-0.0"]"#);
        assert_eq!(["-0.0", "-0.01", "0.0"].map(cell), ["0.0", "-0.01", "0.0"]);
    }
}
