//! JSON (RFC 8259) as a tree that remembers where in the text each value stands; nothing of any one document.
//!
//! A reader of its own, because `serde` and `serde_json` would be a third of all that the page transfers.

use std::borrow::Cow;

use crate::number;

/// Deepest nesting that is read.
const DEEPEST: u32 = 64;

/// A value, and at which byte of the text it begins (0 for one that was made).
#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub at: usize,
    pub is: Is,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Is {
    Null,
    Bool(bool),
    /// A number without sign, point and exponent.
    Whole(u64),
    /// Any other number.
    Real(f64),
    Text(String),
    List(Vec<Value>),
    Object(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub key: Cow<'static, str>,
    pub value: Value,
}

/// Where a text is no JSON, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotJson {
    pub at: usize,
    /// In English; `None`: the text ends too early.
    pub why: Option<&'static str>,
}

impl From<Is> for Value {
    fn from(is: Is) -> Self {
        Self { at: 0, is }
    }
}

/// Values are equal wherever they stand.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.is == other.is
    }
}

impl Value {
    /// The value of a key, in an object that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.is {
            Is::Object(entries) => find(entries, key),
            _ => None,
        }
    }
}

/// The value of a key.
pub(crate) fn find<'a>(entries: &'a [Entry], key: &str) -> Option<&'a Value> {
    let entry = entries.iter().find(|entry| entry.key == key);
    entry.map(|entry| &entry.value)
}

/// Reads a text.
pub(crate) fn parse(text: &str) -> Result<Value, NotJson> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.value(0)?;
    match parser.peek() {
        None => Ok(value),
        Some(_) => parser.fail("nothing may follow the end"),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn fail<T>(&self, why: &'static str) -> Result<T, NotJson> {
        let why = (self.at < self.text.len()).then_some(why);
        Err(NotJson { at: self.at, why })
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    /// Goes past a byte if it is the next.
    fn take(&mut self, byte: u8) -> bool {
        let is = self.peek() == Some(byte);
        self.at += usize::from(is);
        is
    }

    fn value(&mut self, depth: u32) -> Result<Value, NotJson> {
        if depth > DEEPEST {
            return self.fail("nested too deeply");
        }
        let next = self.peek();
        let at = self.at;
        let is = match next {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Is::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => {
                let words = [
                    ("null", Is::Null),
                    ("true", Is::Bool(true)),
                    ("false", Is::Bool(false)),
                ];
                let rest = self.text.get(self.at..).unwrap_or_default();
                match words.into_iter().find(|(word, _)| rest.starts_with(word)) {
                    Some((word, is)) => {
                        self.at += word.len();
                        is
                    }
                    None => return self.fail("expected a value"),
                }
            }
        };
        Ok(Value { at, is })
    }

    fn object(&mut self, depth: u32) -> Result<Is, NotJson> {
        self.at += 1;
        let mut entries: Vec<Entry> = Vec::new();
        if self.take(b'}') {
            return Ok(Is::Object(entries));
        }
        loop {
            if self.peek() != Some(b'"') {
                return self.fail("expected a name in double quotes");
            }
            let key_at = self.at;
            let key = self.string()?;
            if find(&entries, &key).is_some() {
                self.at = key_at;
                return self.fail("this name is there twice");
            }
            if !self.take(b':') {
                return self.fail("expected a colon");
            }
            let mut value = self.value(depth + 1)?;
            // What is wrong with a value is shown where its name is.
            value.at = key_at;
            entries.push(Entry {
                key: key.into(),
                value,
            });
            if self.take(b'}') {
                return Ok(Is::Object(entries));
            }
            if !self.take(b',') {
                return self.fail("expected a comma or a closing brace");
            }
        }
    }

    fn list(&mut self, depth: u32) -> Result<Is, NotJson> {
        self.at += 1;
        let mut values = Vec::new();
        if self.take(b']') {
            return Ok(Is::List(values));
        }
        loop {
            values.push(self.value(depth + 1)?);
            if self.take(b']') {
                return Ok(Is::List(values));
            }
            if !self.take(b',') {
                return self.fail("expected a comma or a closing bracket");
            }
        }
    }

    fn number(&mut self) -> Result<Is, NotJson> {
        let start = self.at;
        while let Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        let digits = text.strip_prefix('-').unwrap_or(text);
        // JSON allows no leading zeros, and no point without digits on both sides.
        let formed = match digits.as_bytes() {
            [b'0', b'0'..=b'9', ..] | [b'.', ..] => false,
            _ => {
                let point = digits.split_once('.').map(|(_, rest)| rest);
                point.is_none_or(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
            }
        };
        if formed {
            if let Ok(whole) = text.parse() {
                return Ok(Is::Whole(whole));
            }
            if let Some(real) = number::parse(text) {
                return Ok(Is::Real(real));
            }
        }
        self.at = start;
        self.fail("not a number, or too large a one")
    }

    fn string(&mut self) -> Result<String, NotJson> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let plain = rest
                .bytes()
                .position(|byte| byte < 0x20 || byte == b'"' || byte == b'\\');
            let plain = plain.unwrap_or(rest.len());
            text.push_str(rest.get(..plain).unwrap_or_default());
            self.at += plain;
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.at += 1;
                    text.push(self.escaped()?);
                }
                _ => return self.fail("a line break in a text has to be written \\n"),
            }
        }
    }

    /// What follows a backslash.
    fn escaped(&mut self) -> Result<char, NotJson> {
        let letter = match self.byte() {
            Some(letter @ (b'"' | b'\\' | b'/')) => char::from(letter),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return self.fail("unknown escape"),
        };
        self.at += 1;
        Ok(letter)
    }

    /// `uXXXX`, or two of them where a character needs a pair.
    fn unicode(&mut self) -> Result<char, NotJson> {
        let mut code = self.hex()?;
        if (0xd800..0xdc00).contains(&code) && self.byte() == Some(b'\\') {
            self.at += 1;
            let low = self.hex()?;
            if (0xdc00..0xe000).contains(&low) {
                code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            }
        }
        match char::from_u32(code) {
            Some(letter) => Ok(letter),
            None => self.fail("half a character"),
        }
    }

    fn hex(&mut self) -> Result<u32, NotJson> {
        let digits = self.text.get(self.at + 1..self.at + 5).unwrap_or_default();
        let is_hex = digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        match u32::from_str_radix(digits, 16) {
            Ok(code) if is_hex && self.byte() == Some(b'u') => {
                self.at += 5;
                Ok(code)
            }
            _ => self.fail("expected four hexadecimal digits"),
        }
    }
}

/// Writes a value over several lines, as people read it.
pub(crate) fn write(value: &Value) -> String {
    let mut out = String::new();
    put(&mut out, value, 0);
    out
}

fn put(out: &mut String, value: &Value, depth: usize) {
    match &value.is {
        Is::Null => out.push_str("null"),
        Is::Bool(true) => out.push_str("true"),
        Is::Bool(false) => out.push_str("false"),
        Is::Whole(whole) => out.push_str(&whole.to_string()),
        // The shortest digits that are read back as the same number; very large or small ones with an exponent.
        Is::Real(real) if *real == 0.0 || (1e-7..1e16).contains(&real.abs()) => {
            out.push_str(&real.to_string());
        }
        Is::Real(real) => out.push_str(&format!("{real:e}")),
        Is::Text(text) => put_text(out, text),
        Is::List(values) => {
            let items = values.iter().map(|value| (None, value));
            put_items(out, items, ['[', ']'], depth);
        }
        Is::Object(entries) => {
            let items = &mut entries
                .iter()
                .map(|entry| (Some(&*entry.key), &entry.value));
            put_items(out, items, ['{', '}'], depth);
        }
    }
}

fn put_items<'a>(
    out: &mut String,
    items: impl Iterator<Item = (Option<&'a str>, &'a Value)>,
    [open, close]: [char; 2],
    depth: usize,
) {
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        (0..depth).for_each(|_| out.push_str("  "));
    };
    out.push(open);
    let mut is_empty = true;
    for (key, value) in items {
        if !is_empty {
            out.push(',');
        }
        is_empty = false;
        line(out, depth + 1);
        if let Some(key) = key {
            put_text(out, key);
            out.push_str(": ");
        }
        put(out, value, depth + 1);
    }
    if !is_empty {
        line(out, depth);
    }
    out.push(close);
}

fn put_text(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\u{0}'..='\u{1f}' => {
                let digit = |nibble: u32| char::from_digit(nibble, 16).unwrap_or('0');
                out.push_str("\\u00");
                out.extend([digit(letter as u32 >> 4), digit(letter as u32 & 15)]);
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// serde_json's tree of one of ours.
    fn theirs(value: &Value) -> serde_json::Value {
        match &value.is {
            Is::Null => serde_json::Value::Null,
            Is::Bool(is) => (*is).into(),
            Is::Whole(whole) => (*whole).into(),
            Is::Real(real) => (*real).into(),
            Is::Text(text) => text.clone().into(),
            Is::List(values) => values.iter().map(theirs).collect(),
            Is::Object(entries) => (entries.iter())
                .map(|entry| (entry.key.to_string(), theirs(&entry.value)))
                .collect(),
        }
    }

    #[test]
    fn texts_are_read_as_serde_json_reads_them() {
        let cases = [
            "null",
            " true ",
            "false",
            "0",
            "-0.0",
            "-1",
            "18446744073709551615",
            "1.5e-3",
            "1E5",
            "0.1",
            "\"\"",
            r#""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude80 é 🚀""#,
            "[]",
            "[ ]",
            "[1,[2,[3]]]",
            "{}",
            "{ }",
            "\n{\"a\" : {\"b\":[null]} }\t",
            "",
            " ",
            "nul",
            "tru",
            "True",
            "01",
            "1.",
            ".5",
            "+1",
            "-",
            "1e",
            "1e999",
            "0x1",
            "--1",
            "1-1",
            "\"",
            "\"a",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u+123\"",
            "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
            "\"\\udc00\"",
            "\"a\nb\"",
            "\"\u{1}\"",
            "[",
            "[1",
            "[1,",
            "[1,]",
            "[1 2]",
            "]",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{a:1}",
            "{'a':1}",
            "{1:1}",
            "{\"a\" 1}",
            "1 2",
            "{} x",
            "[1]]",
            "NaN",
            "Infinity",
            "// no\n1",
            "\u{feff}1",
            "é",
        ];
        for text in cases {
            // A number with a sign is a real one here.
            let expected = match serde_json::from_str::<serde_json::Value>(text).ok() {
                Some(serde_json::Value::Number(number)) if !number.is_u64() => {
                    Some(number.as_f64().into())
                }
                other => other,
            };
            let ours = parse(text).ok().as_ref().map(theirs);
            assert_eq!(ours, expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_wrong_has_its_place_and_reason() {
        for (text, at, why) in [
            ("{\"a\":1,\"a\":2}", 7, Some("this name is there twice")),
            ("{\"a\":1,", 7, None),
            ("", 0, None),
            ("[1,\n x]", 5, Some("expected a value")),
        ] {
            assert_eq!(parse(text), Err(NotJson { at, why }), "{text}");
        }
        assert!(parse(&"[".repeat(1_000_000)).is_err());
        assert!(parse(&format!("{}{}", "[".repeat(60), "]".repeat(60))).is_ok());
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Is::Null),
            any::<bool>().prop_map(Is::Bool),
            any::<u64>().prop_map(Is::Whole),
            (0_u64..1 << 52, -30_i32..0).prop_map(|(digits, exponent)| {
                Is::Real(-(digits as f64) * libm::exp10(f64::from(exponent)))
            }),
            any::<String>().prop_map(Is::Text),
        ];
        leaf.prop_map(Value::from)
            .prop_recursive(4, 40, 5, |inner| {
                prop_oneof![
                    prop::collection::vec(inner.clone(), 0..5).prop_map(Is::List),
                    prop::collection::btree_map(any::<String>(), inner, 0..5).prop_map(|map| {
                        let entry = |(key, value): (String, Value)| Entry {
                            key: key.into(),
                            value,
                        };
                        Is::Object(map.into_iter().map(entry).collect())
                    }),
                ]
                .prop_map(Value::from)
            })
    }

    proptest! {
        #[test]
        fn values_are_written_and_read_back(value in any_value()) {
            let text = write(&value);
            prop_assert_eq!(parse(&text), Ok(value));
            prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
        }

        #[test]
        fn any_text_is_survived(text in "[\\[\\]{}\",:0-9eE.+a-z\\\\u \n-]{0,40}") {
            let expected = serde_json::from_str::<serde_json::Value>(&text);
            // serde_json takes the last of two equal names.
            if parse(&text).err().and_then(|error| error.why) != Some("this name is there twice") {
                prop_assert_eq!(parse(&text).is_ok(), expected.is_ok(), "{}", text);
            }
        }
    }
}
