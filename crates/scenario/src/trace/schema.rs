//! What the schema of the document needs of a trace, and how serde would write it: the referee of `crate::fields`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser::SerializeStruct};

use super::{LONGEST_STEP_S, MOST_DECIMALS, MOST_STEPS, Trace};
use crate::time::LocalDateTime;

impl Serialize for Trace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Trace", 4)?;
        fields.serialize_field("start", &self.start)?;
        fields.serialize_field("step_s", &self.step_s)?;
        fields.serialize_field("decimals", &self.decimals)?;
        fields.serialize_field("counts", &self.packed())?;
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
        }
        let written = Written::deserialize(deserializer)?;
        Self::new(
            written.start,
            written.step_s,
            written.decimals,
            written.counts.0,
        )
        .ok_or_else(|| {
            de::Error::custom(
                "a trace has 1 to 31622400 steps of 1 to 3600 seconds, and at most 3 decimals",
            )
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
                Trace::unpack(text)
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
                }
            }
        })
    }
}
