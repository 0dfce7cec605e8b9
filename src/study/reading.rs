//! What a person types as an answer, as a number in its unit: what cannot be read is asked again, never marked wrong.

use study::unit::Unit;

use crate::typed::{
    self, Wrong,
    number::{parse, parse_whole},
};

/// Reads a number of a unit: `600`, `600/min`, `1,200`, `30 %`.
///
/// # Errors
/// Why it is none.
pub fn read(text: &str, unit: Unit) -> Result<f64, Wrong> {
    let typed = match unit {
        Unit::Number | Unit::Times | Unit::Usd | Unit::Credits | Unit::Moment => typed::Unit::None,
        Unit::Requests => typed::Unit::Requests,
        Unit::RequestsPerSecond => typed::Unit::Rps,
        Unit::RequestsPerMinute => typed::Unit::PerMinute,
        Unit::Instances => return parse_whole(text, typed::Unit::Instances).map(f64::from),
        Unit::Share | Unit::Percent => typed::Unit::Percent,
        Unit::Minutes => typed::Unit::Minutes,
        Unit::Seconds => typed::Unit::Seconds,
        Unit::Milliseconds => typed::Unit::Millis,
    };
    let value = parse(text, typed)?;
    Ok(if unit == Unit::Share {
        value / 100.0
    } else {
        value
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, unit, read_as) in [
            ("600", Unit::RequestsPerMinute, Ok(600.0)),
            ("600/min", Unit::RequestsPerMinute, Ok(600.0)),
            ("1,200", Unit::Requests, Ok(1_200.0)),
            ("１２００", Unit::Number, Ok(1_200.0)),
            ("$1,787", Unit::Usd, Ok(1_787.0)),
            ("20 rps", Unit::RequestsPerSecond, Ok(20.0)),
            ("30 %", Unit::Share, Ok(0.3)),
            ("30", Unit::Percent, Ok(30.0)),
            ("5 min", Unit::Seconds, Ok(300.0)),
            ("3", Unit::Instances, Ok(3.0)),
            ("3.5", Unit::Instances, Err(Wrong::NotWhole)),
            ("", Unit::Number, Err(Wrong::Empty)),
            ("many", Unit::Number, Err(Wrong::NotANumber)),
        ] {
            assert_eq!(read(text, unit), read_as, "{text}");
        }
    }
}
