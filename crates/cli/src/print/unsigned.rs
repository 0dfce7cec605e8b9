//! Numbers as programs read them in CSV: a zero has no sign, as in JSON (`json.rs`).

/// Returns a cell of CSV, its zero without a sign.
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
        assert_eq!(["-0.0", "-0.01", "0.0"].map(cell), ["0.0", "-0.01", "0.0"]);
    }
}
