//! The schema of dates and times: texts of ISO 8601.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{LocalDate, LocalDateTime, LocalTime, UtcDateTime};

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
text_schema!(
    UtcDateTime,
    "UtcDateTime",
    r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|\+00:00)$",
    "2026-11-28T20:00:00Z"
);
