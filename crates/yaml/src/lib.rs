//! saphyr-parser, ready to be called. It is generic over its input, and generic code is compiled as the crate is that calls it: this
//! one for speed, the reader of trees (`crates/aws/src/read/yaml.rs`) for size. What events mean is not decided here.

use std::fmt;

use saphyr_parser::{Parser, StrInput};

pub use saphyr_parser::{Event, Marker, ScalarStyle, ScanError, Span, Tag};

/// What stands in a text, from its beginning on.
pub struct Events<'a>(Parser<'a, StrInput<'a>>);

impl fmt::Debug for Events<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}

impl<'a> Events<'a> {
    /// Begins at the beginning of a text without a byte order mark.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        Self(Parser::new_from_str(text))
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Result<(Event<'a>, Span), ScanError>;

    /// Returns what comes next, with its place; after an error there is nothing that means anything.
    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next_event()
    }
}
