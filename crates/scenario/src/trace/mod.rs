//! Recorded traffic: so many requests in each step of time, its compact written form, and the reader of files as people have
//! them.
//!
//! The reader is a pipeline, a file a stage. What is known at a stage never depends on a later one:
//!
//! ```text
//! bytes ──source──▶ text ──json, log, wide──▶ table ──layout──▶ separator, names, where rows begin
//!   ──columns (name)──▶ which columns are the time and the demand ──survey──▶ how their cells are written (times, number)
//!   ──rows──▶ times and values ──steps──▶ instants, order, gaps ──▶ Trace
//! ```
//!
//! [`Source`] is a file that came in, [`Choices`] what a person answered so far, and a [`Reading`] what comes of both: what is in
//! force, [`Question`]s that are open, each with the first rows as its choices read them, and what was [`TraceSummary`]. The page and
//! the prompt use the same three. It says nothing in words: that is the `words` crate's.

mod apply;
mod choices;
mod columns;
mod json;
mod ladder;
mod layout;
mod letters;
mod log;
mod moment;
mod name;
mod notes;
mod number;
mod pack;
mod points;
mod reading;
mod rows;
mod source;
mod steps;
mod table;
#[cfg(test)]
mod tests;
mod times;
mod wide;
mod work;

use std::{fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser::SerializeStruct};

use crate::{
    base64,
    field::{Content, ContentMut, FieldType},
    time::LocalDateTime,
};

pub use apply::with_trace;
pub use choices::{
    Answer, Choices, DateOrder, DecimalMark, GapFilling, SameTime, TimeForm, ValueKind,
};
pub use columns::Column;
pub(crate) use ladder::Ladder;
pub use ladder::WITHIN;
pub use name::ColumnClass;
pub use notes::{BadReason, BadRow, Note, Shape, TraceProblem};
pub use points::{PointsSummary, of_points};
pub use reading::{
    Choice, Question, QuestionTopic, Reading, RowPreview, Span, TraceDestination, TraceSummary,
};
pub use rows::MOST_COLUMNS;
pub use source::{MOST_BYTES, MOST_JSON_BYTES, Source, SourceReader, is_recording};
pub use work::{TraceReader, read};

/// Most rows of a file.
pub const MOST_ROWS: u64 = 5_000_000;
/// Most steps of a trace: 366 days of seconds.
pub const MOST_STEPS: usize = 31_622_400;
/// Longest step, seconds.
pub const LONGEST_STEP_S: u32 = 3600;
/// Most digits after the point of a count.
const MOST_DECIMALS: u8 = 3;

/// A recording. Its counts are shared: a clone costs nothing.
#[derive(Clone)]
pub struct Trace {
    /// Local time at which its first step begins.
    pub start: LocalDateTime,
    step_s: u32,
    decimals: u8,
    counts: Arc<[u32]>,
    is_rounded: bool,
}

impl Trace {
    /// Returns a recording of `counts` × 10^−`decimals` requests in each step. `None` where a step is not 1 to 3,600 seconds
    /// long, there are no steps or too many ([`MOST_STEPS`]), or more than three decimals.
    #[must_use]
    pub fn new(
        start: LocalDateTime,
        step_s: u32,
        decimals: u8,
        counts: impl Into<Arc<[u32]>>,
    ) -> Option<Self> {
        let counts = counts.into();
        if !(1..=LONGEST_STEP_S).contains(&step_s)
            || !(1..=MOST_STEPS).contains(&counts.len())
            || decimals > MOST_DECIMALS
        {
            return None;
        }
        Some(Self {
            start,
            step_s,
            decimals,
            counts,
            is_rounded: false,
        })
    }

    /// Returns the recording as a link keeps it that must be short: each count within 1 % ([`WITHIN`]) of what it was. One that has
    /// been rounded stays as it is.
    #[must_use]
    pub(crate) fn rounded(&self, ladder: &Ladder) -> Self {
        let counts: Arc<[u32]> = (self.counts.iter())
            .map(|count| ladder.round(*count))
            .collect();
        if counts == self.counts {
            return self.clone();
        }
        Self {
            counts,
            is_rounded: true,
            ..self.clone()
        }
    }

    /// Whether a link has rounded its counts, so that each is within 1 % ([`WITHIN`]) of what was recorded.
    #[must_use]
    pub fn is_rounded(&self) -> bool {
        self.is_rounded
    }

    /// Returns the recording with its steps added up to longer ones; `None` where they are no shorter, do not go into one, or more
    /// requests are in one than can be kept.
    #[must_use]
    pub fn by_steps_of(&self, step_s: u32) -> Option<Self> {
        let each = usize::try_from(step_s / self.step_s)
            .ok()
            .filter(|each| *each > 1)?;
        if !step_s.is_multiple_of(self.step_s) {
            return None;
        }
        let sum = |steps: &[u32]| {
            u32::try_from(steps.iter().map(|count| u64::from(*count)).sum::<u64>()).ok()
        };
        let counts: Option<Vec<u32>> = self.counts.chunks(each).map(sum).collect();
        let added = Self::new(self.start, step_s, self.decimals, counts?)?;
        Some(Self {
            is_rounded: self.is_rounded,
            ..added
        })
    }

    /// Returns the length of a step, seconds.
    #[must_use]
    pub fn step_s(&self) -> u32 {
        self.step_s
    }

    /// Returns the counts of its steps, of 10^−`decimals` requests each.
    #[must_use]
    pub fn counts(&self) -> Arc<[u32]> {
        Arc::clone(&self.counts)
    }

    /// Returns the requests that one of a count stands for.
    #[must_use]
    pub fn requests_per_count(&self) -> f64 {
        1.0 / unit(self.decimals)
    }

    /// Returns how many steps it has (never none).
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a trace is never empty")]
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Returns the length of the whole, seconds.
    #[must_use]
    pub fn length_s(&self) -> f64 {
        self.len() as f64 * f64::from(self.step_s)
    }

    /// Returns the first step with the most requests, and how many.
    #[must_use]
    pub fn peak(&self) -> (usize, f64) {
        let mut peak = (0, 0);
        for (step, count) in self.counts.iter().enumerate() {
            if *count > peak.1 {
                peak = (step, *count);
            }
        }
        (peak.0, f64::from(peak.1) / unit(self.decimals))
    }

    /// Returns the requests of the whole.
    #[must_use]
    pub fn requests(&self) -> f64 {
        let sum: u64 = self.counts.iter().map(|count| u64::from(*count)).sum();
        sum as f64 / unit(self.decimals)
    }
}

/// 10^`decimals`.
fn unit(decimals: u8) -> f64 {
    [1.0, 10.0, 100.0, 1000.0]
        .get(usize::from(decimals))
        .copied()
        .unwrap_or(1.0)
}

/// Returns counts as the text into which they are packed.
pub(crate) fn written(counts: &[u32]) -> String {
    base64::encode(&pack::pack(counts))
}

impl PartialEq for Trace {
    fn eq(&self, other: &Self) -> bool {
        let head = |trace: &Self| (trace.start, trace.step_s, trace.decimals, trace.is_rounded);
        head(self) == head(other)
            && (Arc::ptr_eq(&self.counts, &other.counts) || self.counts == other.counts)
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trace")
            .field("start", &self.start)
            .field("step_s", &self.step_s)
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}

/// What a recording is read into: a minute without requests.
impl Default for Trace {
    fn default() -> Self {
        Self {
            start: LocalDateTime::default(),
            step_s: 60,
            decimals: 0,
            counts: Arc::new([0]),
            is_rounded: false,
        }
    }
}

impl FieldType for Trace {
    fn content(&self) -> Content<'_> {
        Content::Trace(self)
    }

    fn content_mut(&mut self) -> ContentMut<'_> {
        ContentMut::Trace(self)
    }
}

impl Serialize for Trace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let length = if self.is_rounded { 5 } else { 4 };
        let mut fields = serializer.serialize_struct("Trace", length)?;
        fields.serialize_field("start", &self.start)?;
        fields.serialize_field("step_s", &self.step_s)?;
        fields.serialize_field("decimals", &self.decimals)?;
        fields.serialize_field("counts", &written(&self.counts))?;
        if self.is_rounded {
            fields.serialize_field("rounded", &true)?;
        }
        fields.end()
    }
}

impl<'de> Deserialize<'de> for Trace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            start: LocalDateTime,
            step_s: u32,
            #[serde(default)]
            decimals: u8,
            counts: Counts,
            #[serde(default)]
            rounded: bool,
        }
        let written = Written::deserialize(deserializer)?;
        let trace = Self::new(
            written.start,
            written.step_s,
            written.decimals,
            written.counts.0,
        )
        .ok_or_else(|| {
            de::Error::custom(
                "a trace has 1 to 31622400 steps of 1 to 3600 seconds, and at most 3 decimals",
            )
        })?;
        Ok(Self {
            is_rounded: written.rounded,
            ..trace
        })
    }
}

/// Counts as they stand in a file: packed into a text, or a plain list.
struct Counts(Vec<u32>);

impl<'de> Deserialize<'de> for Counts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Counts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of whole numbers, or counts as this page packs them")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Counts, E> {
                base64::decode(text)
                    .and_then(|bytes| pack::unpack(&bytes))
                    .map(Counts)
                    .ok_or_else(|| E::custom("these packed counts are damaged"))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Counts, A::Error> {
                let mut counts = Vec::new();
                while let Some(count) = list.next_element()? {
                    if counts.len() == MOST_STEPS {
                        return Err(de::Error::invalid_length(MOST_STEPS + 1, &self));
                    }
                    counts.push(count);
                }
                Ok(Counts(counts))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Trace {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Trace".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let start = generator.subschema_for::<LocalDateTime>();
        schemars::json_schema!({
            "description": "A recording: so many requests in each step of time.",
            "type": "object",
            "required": ["start", "step_s", "counts"],
            "additionalProperties": false,
            "properties": {
                "start": start,
                "step_s": {
                    "description": "Length of a step, seconds.",
                    "type": "integer", "minimum": 1, "maximum": LONGEST_STEP_S
                },
                "decimals": {
                    "description": "Counts are in units of 10^-decimals requests.",
                    "type": "integer", "minimum": 0, "maximum": MOST_DECIMALS, "default": 0
                },
                "counts": {
                    "description": "Requests in each step: a list of whole numbers, or the text into which the page packs them.",
                    "oneOf": [
                        { "type": "array", "minItems": 1, "maxItems": MOST_STEPS,
                          "items": { "type": "integer", "minimum": 0, "maximum": u32::MAX } },
                        { "type": "string", "pattern": "^[A-Za-z0-9_-]+$" }
                    ]
                },
                "rounded": {
                    "description": "Whether a link has rounded the counts, each to within 1 % of what was recorded.",
                    "type": "boolean", "default": false
                }
            }
        })
    }
}

#[cfg(test)]
mod written_tests {
    use super::*;

    fn trace(step_s: u32, decimals: u8, counts: &[u32]) -> Trace {
        let start = "2026-11-28T20:00".parse().unwrap();
        Trace::new(start, step_s, decimals, counts).unwrap()
    }

    #[test]
    fn a_trace_tells_its_counts_and_peak() {
        let minutes = trace(60, 0, &[600, 0, 1200, 1200]);
        assert_eq!(*minutes.counts(), [600, 0, 1200, 1200]);
        assert_eq!(minutes.peak(), (2, 1200.0));
        assert_eq!((minutes.requests(), minutes.length_s()), (3000.0, 240.0));
        let fractions = trace(1, 2, &[1234]);
        assert_eq!(
            (fractions.requests_per_count(), fractions.peak().1),
            (0.01, 12.34)
        );
    }

    #[test]
    fn a_trace_is_written_and_read_back() {
        for (decimals, counts) in [(0, vec![1, 2, 3]), (3, vec![u32::MAX, 0, 7, u32::MAX])] {
            let trace = trace(60, decimals, &counts);
            let text = serde_json::to_string(&trace).unwrap();
            assert_eq!(serde_json::from_str::<Trace>(&text).unwrap(), trace);
        }
        let list = r#"{"start":"2026-11-28T20:00","step_s":60,"counts":[1,2,3]}"#;
        assert_eq!(
            serde_json::from_str::<Trace>(list).unwrap(),
            trace(60, 0, &[1, 2, 3])
        );
    }

    #[test]
    fn what_is_no_trace_is_refused() {
        let cases = [
            r#"{"start":"2026-11-28T20:00","step_s":60,"counts":[]}"#,
            r#"{"start":"2026-11-28T20:00","step_s":0,"counts":[1]}"#,
            r#"{"start":"2026-11-28T20:00","step_s":3601,"counts":[1]}"#,
            r#"{"start":"2026-11-28T20:00","step_s":60,"decimals":4,"counts":[1]}"#,
            r#"{"start":"2026-11-28T20:00","step_s":60,"counts":[-1]}"#,
            r#"{"start":"2026-11-28T20:00","step_s":60,"counts":[1.5]}"#,
            r#"{"start":"2026-11-28T20:00","step_s":60,"counts":"____"}"#,
            r#"{"start":"2026-11-28T20:00","step_s":60,"counts":"no base64!"}"#,
            r#"{"start":"2026-11-28T20:00","step_s":60}"#,
            r#"{"start":"2026-11-28T20:00","step_s":60,"counts":[1],"more":1}"#,
        ];
        for text in cases {
            assert!(serde_json::from_str::<Trace>(text).is_err(), "{text}");
        }
    }
}
