//! The card on top: the verdict, the six key figures, and a fold with all of them; on a phone also the bar at the foot.
//!
//! It is made again when the outcome or the advice changes, and not when the cross-hair moves.

use std::rc::Rc;

use engine::advice::Advice;
use scenario::document::Scenario;
use words::Words;
use yew::prelude::*;

use super::{
    all_figures::all_figures,
    desk::{Desk, Fold, folds},
    figures::key_figures,
    sight::sight,
    verdict::verdict,
};
use crate::{
    advice::Searched,
    outcome::Outcome,
    parts::{Part, el, of},
    same::Same,
};

/// What the card is made from.
#[derive(PartialEq)]
pub struct Summary {
    pub outcome: Rc<Outcome>,
    pub words: Words,
    pub scenario: Same<Scenario>,
    pub advice: Same<Vec<Advice>>,
    pub searched: Searched,
    /// Key figures alone.
    pub embed: bool,
    /// Whether every figure shows.
    pub open: bool,
    pub desk: Rc<Desk>,
}

impl Part for Summary {
    fn view(&self) -> Html {
        let (outcome, words) = (&*self.outcome, self.words);
        let card = of("section", "card summary");
        let figures = key_figures(outcome, words);
        if self.embed {
            return card
                .set("aria-label", words.key_figures())
                .with(figures)
                .html();
        }
        let mut groups = of("div", "groups");
        if self.open {
            groups = groups.each(all_figures(outcome, words));
        }
        let fold = of("details", "all")
            .on("toggle", &folds(&self.desk, Fold::Figures))
            .with(el("summary").tells(words.key_more()))
            .with(groups);
        card.set("aria-label", words.verdict_label())
            .with(verdict(self))
            .with(figures)
            .with(fold)
            .with(sight(outcome, words))
            .html()
    }
}
