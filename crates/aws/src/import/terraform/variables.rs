//! What variables come to: as they were given, by a file of values, or their defaults.
//!
//! Source: Terraform, "Input variables".

use hcl_edit::expr::Expression;

use super::evaluate::{Declared, Files};
use crate::{
    import::open::open,
    node::{Node, Place, Value},
};

impl<'a> Files<'a> {
    pub(super) fn variable(&mut self, name: &str, at: Place) -> Node {
        if let Some(value) = self.gathering.param(name) {
            return Node::text(value, at);
        }
        let default = || -> Option<Declared<'a, Expression>> {
            let variable = self.variables.get(name)?;
            let default = variable.what.body.get_attribute("default")?;
            Some(Declared {
                file: variable.file,
                what: &default.value,
            })
        };
        let value = self.given.get(name).copied().or_else(default);
        let value = value.and_then(|it| self.declared(it.file, it.what, at));
        value
            .filter(|it| it.value != Value::Null)
            .unwrap_or_else(|| open(&format!("${{var.{name}}}"), name, at))
    }
}
