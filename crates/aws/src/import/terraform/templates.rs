//! Texts that stand in quotes or behind `<<`, with values in them.

use hcl_edit::{expr::Expression, template::Element};

use super::evaluate::Files;
use crate::{
    import::open::Pieces,
    node::{Node, Place},
};

impl<'a> Files<'a> {
    pub(super) fn template(
        &mut self,
        file: usize,
        whole: &'a Expression,
        elements: impl Iterator<Item = &'a Element>,
        at: Place,
    ) -> Node {
        let mut pieces = Pieces::default();
        for element in elements {
            self.steps += 1;
            match element {
                Element::Literal(text) => {
                    self.steps += text.len() / 16;
                    pieces.text(text.as_str());
                }
                Element::Interpolation(interpolation) => {
                    let value = self.evaluate(file, &interpolation.expr);
                    pieces.node(&value);
                }
                Element::Directive(_) => return self.open(file, whole, "", at),
            }
        }
        pieces.finish(at)
    }
}
