//! What the schema of the document needs of dates and times, which are texts of ISO 8601 in it.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{LocalDate, LocalDateTime, LocalTime, NotIso};

/// A text with a pattern, described inline.
macro_rules! text_schema {
    ($type:ty, $name:literal, $pattern:literal, $example:literal) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern, "examples": [$example] })
            }
        }
    };
}

text_schema!(LocalDate, "LocalDate", r"^\d{4}-\d{2}-\d{2}$", "2026-11-28");
text_schema!(LocalTime, "LocalTime", r"^\d{2}:\d{2}(:\d{2})?$", "20:00");
text_schema!(
    LocalDateTime,
    "LocalDateTime",
    r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$",
    "2026-11-28T20:00"
);

/// Writes and reads a type as its text.
macro_rules! as_text {
    ($type:ty, $form:literal) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl de::Visitor<'_> for Text {
                    type Value = $type;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($form)
                    }

                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$type, E> {
                        text.parse()
                            .map_err(|NotIso| E::invalid_value(de::Unexpected::Str(text), &self))
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }
    };
}

as_text!(LocalDate, "a date such as \"2026-11-28\"");
as_text!(LocalTime, "a time such as \"20:00\"");
as_text!(
    LocalDateTime,
    "a date and time such as \"2026-11-28T20:00\""
);
