//! What the schema of an object says beside what is derived: which fields must be there.

use schemars::Schema;
use serde_json::{Value, json};

use super::{Presence, Table};

/// Returns what makes the fields required that a document must have: a field that is, has no default.
pub fn require(table: &Table) -> impl FnMut(&mut Schema) {
    let fields = table.names.iter().zip(table.presence);
    let required = fields.filter(|(_, presence)| **presence == Presence::Required);
    let names: Vec<&str> = required.map(|(name, _)| *name).collect();
    move |schema| {
        if !names.is_empty() {
            schema.insert("required".to_owned(), json!(names));
        }
        for name in &names {
            let field = schema.pointer_mut(&format!("/properties/{name}"));
            if let Some(field) = field.and_then(Value::as_object_mut) {
                field.remove("default");
            }
        }
    }
}
