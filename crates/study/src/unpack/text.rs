//! What a text is: blocks, lines, and what is marked in them.

use serde_json::Value;

use super::{Unpack, entry, kind};
use crate::text::{Block, Inline, Marked};

impl Unpack for Block {
    fn unpack(value: &Value) -> Option<Self> {
        let (kind, value) = kind(value)?;
        Some(match kind {
            "p" => Self::Paragraph(Unpack::unpack(value)?),
            "ul" => Self::List(Unpack::unpack(value)?),
            "ol" => Self::Steps(Unpack::unpack(value)?),
            "pre" => Self::Code(Unpack::unpack(value)?),
            "when" => Self::When(entry(value, 0)?, entry(value, 1)?),
            _ => return None,
        })
    }
}

impl Unpack for Inline {
    fn unpack(value: &Value) -> Option<Self> {
        match value.as_str() {
            Some(text) => Some(Self::Text(text.to_owned())),
            None => Marked::unpack(value).map(Self::Marked),
        }
    }
}

impl Unpack for Marked {
    fn unpack(value: &Value) -> Option<Self> {
        let (kind, value) = kind(value)?;
        let of_line = |made: fn(Vec<Inline>) -> Self| Some(made(Unpack::unpack(value)?));
        let of_text = |made: fn(String) -> Self| Some(made(Unpack::unpack(value)?));
        let of_both =
            |made: fn(String, Vec<Inline>) -> Self| Some(made(entry(value, 0)?, entry(value, 1)?));
        match kind {
            "en" => of_text(Self::English),
            "b" => of_line(Self::Strong),
            "i" => of_line(Self::Emphasis),
            "c" => of_text(Self::Code),
            "v" => of_text(Self::Value),
            "now" => of_text(Self::Now),
            "t" => of_both(Self::Term),
            "m" => of_both(Self::Moment),
            "l" => of_both(Self::Lesson),
            "s" => of_both(Self::Source),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::unpack::tests::check;

    #[test]
    fn texts_are_unpacked_as_serde_reads_them() {
        let line = json!([
            "a", { "en": "b" }, { "b": ["c"] }, { "i": ["d"] }, { "c": "e" }, { "v": "f" }, { "now": "g" },
            { "t": ["h", ["i"]] }, { "m": ["j", [{ "v": "j" }]] }, { "l": ["k", ["l"]] }, { "s": ["m", ["n"]] }
        ]);
        let blocks = json!([{ "p": line }, { "ul": [line] }, { "ol": [line, []] }, { "pre": "a" }, { "when": ["a > 1", line] }]);
        check::<Vec<Block>>(&blocks);
        assert_eq!(Inline::unpack(&json!({ "html": "<b>" })), None);
    }
}
