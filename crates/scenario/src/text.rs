//! From a file's bytes to its text: in which encoding it is, as far as its first bytes tell. Windows PowerShell 5 writes UTF-16 by `>`.
//! What the text says is not looked at.

/// Bytes that are looked at to tell whether a file is text.
const LOOKED_AT: usize = 1 << 16;
/// How zipped spreadsheets, gzip, old spreadsheets and PDF begin.
const BINARY: [&[u8]; 4] = [b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"%PDF"];

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextProblem {
    /// A spreadsheet, an archive or the like.
    Binary,
    /// It begins as UTF-16 does, and has half a character in it.
    BrokenUtf16,
    /// It is in some other encoding than UTF-8 and UTF-16.
    UnknownEncoding,
}

impl TextProblem {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Binary, Self::BrokenUtf16, Self::UnknownEncoding];
}

/// A file's bytes without byte order mark, UTF-16 as UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// UTF-8, unless the file is in an encoding that it does not name.
    pub bytes: Vec<u8>,
    /// Whether there was half a character in UTF-16: U+FFFD stands for it.
    pub is_broken: bool,
}

/// Returns a file's bytes as UTF-8, as far as they tell their encoding.
///
/// # Errors
/// They are no text at all.
pub fn decoded(mut bytes: Vec<u8>) -> Result<Decoded, TextProblem> {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Ok(from_utf16(rest, u16::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Ok(from_utf16(rest, u16::from_be_bytes));
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    let head = bytes.get(..LOOKED_AT).unwrap_or(&bytes);
    if head.contains(&0) || BINARY.iter().any(|magic| head.starts_with(magic)) {
        return Err(TextProblem::Binary);
    }
    Ok(Decoded {
        bytes,
        is_broken: false,
    })
}

/// Returns the text of a whole file.
///
/// # Errors
/// Why it has none that can be relied on.
pub fn of(bytes: Vec<u8>) -> Result<String, TextProblem> {
    let decoded = decoded(bytes)?;
    if decoded.is_broken {
        return Err(TextProblem::BrokenUtf16);
    }
    String::from_utf8(decoded.bytes).map_err(|_| TextProblem::UnknownEncoding)
}

/// Returns the text of a file's first bytes, which may end within a character; nothing of what is no text.
#[must_use]
pub fn of_beginning(bytes: &[u8]) -> String {
    let decoded = decoded(bytes.to_vec());
    decoded.map_or_else(|_| String::new(), |it| lossy(&it.bytes))
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Returns UTF-16 as UTF-8. `unit`: how two bytes are put together.
fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut is_broken = !rest.is_empty();
    let letters = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    let text: String = letters
        .map(|letter| {
            is_broken |= letter.is_err();
            letter.unwrap_or(char::REPLACEMENT_CHARACTER)
        })
        .collect();
    Decoded {
        bytes: text.into_bytes(),
        is_broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_tells_its_encoding() {
        use TextProblem::{Binary, BrokenUtf16, UnknownEncoding};
        let text = "{\r\n \"한\": \"🚀\" }";
        let wide = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let units = text.encode_utf16().flat_map(bytes);
            mark.into_iter().chain(units).collect()
        };
        let little = wide([0xFF, 0xFE], u16::to_le_bytes);
        let big = wide([0xFE, 0xFF], u16::to_be_bytes);
        let cut = |bytes: &[u8], by: usize| bytes[..bytes.len() - by].to_vec();
        for (case, bytes, expected) in [
            ("UTF-8", text.as_bytes().to_vec(), Ok(text)),
            (
                "UTF-8 with its mark",
                [b"\xef\xbb\xbf", text.as_bytes()].concat(),
                Ok(text),
            ),
            ("UTF-16, little end first", little.clone(), Ok(text)),
            ("UTF-16, big end first", big.clone(), Ok(text)),
            ("a mark alone", vec![0xFF, 0xFE], Ok("")),
            ("nothing", vec![], Ok("")),
            ("an odd number of bytes", cut(&little, 1), Err(BrokenUtf16)),
            // The text ends with four characters behind the rocket's second half.
            ("half a rocket", cut(&big, 8), Err(BrokenUtf16)),
            (
                "the wrong half",
                vec![0xFE, 0xFF, 0xDE, 0x80],
                Err(BrokenUtf16),
            ),
            ("Latin-1", b"caf\xe9".to_vec(), Err(UnknownEncoding)),
            (
                "a letter cut",
                "한".as_bytes()[..2].to_vec(),
                Err(UnknownEncoding),
            ),
            ("UTF-16 without its mark", cut(&little[2..], 0), Err(Binary)),
            ("a spreadsheet", b"PK\x03\x04x".to_vec(), Err(Binary)),
            ("a zero", b"a\0b".to_vec(), Err(Binary)),
        ] {
            let expected = expected.map(str::to_owned);
            assert_eq!(of(bytes), expected, "{case}");
        }
        assert_eq!(of_beginning(&cut(&little, 5)), "{\r\n \"한\": \"🚀");
        assert_eq!(
            of_beginning("ab한".as_bytes().get(..4).unwrap()),
            "ab\u{fffd}"
        );
        assert_eq!(of_beginning(b"\0"), "");
    }
}
