//! What is told of a lesson's run once it is seen: what happened, how far a prediction was off, the rule, and the ways on.

use study::{
    lesson::{LessonText, Prediction},
    pack::LessonPack,
    progress::Predicted,
    text::{Block, plain},
    unit::Unit,
};
use words::Words;
use yew::prelude::*;

use super::guess::{Off, compare, unit};
use crate::study::{
    reference::{badge, sources},
    text::Speaker,
};

/// What is told from.
pub struct Telling<'a> {
    /// Language.
    pub words: Words,
    /// The lesson.
    pub pack: &'a LessonPack,
    /// Says its texts.
    pub speaker: Speaker<'a>,
    /// The setting of its control.
    pub setting: &'a str,
    /// The prediction; none: one did without.
    pub guess: Option<&'a Predicted>,
    /// Says numbers and moments.
    pub say: &'a dyn Fn(f64, Unit) -> String,
}

impl Telling<'_> {
    /// Returns how the prediction compares, and the way to predict again (`on_again`).
    pub fn compared(&self, on_again: &Callback<MouseEvent>) -> Html {
        html! {
            <div class="compared card">
                <p id="told-guess" tabindex="-1" role="status">{ self.comparison() }</p>
                <button type="button" class="b" onclick={on_again}>{ self.words.study_predict_again() }</button>
            </div>
        }
    }

    /// Returns what happened, why a prediction is off, the rule, and the ways on.
    pub fn sections(&self) -> Html {
        let Self { words, pack, .. } = self;
        let LessonPack { lesson, text, .. } = *pack;
        let told = |id: &'static str, title: &'static str, said: Html| {
            html! {
                <section aria-labelledby={id}>
                    <h2 {id}>{ title }</h2>
                    { said }
                </section>
            }
        };
        let blocks = |blocks: &[Block]| self.speaker.blocks(blocks);
        let of_variant = text.happened_in.get(self.setting);
        let happened = html! {
            <>
                { blocks(&text.happened) }
                { blocks(of_variant.map_or(&[][..], Vec::as_slice)) }
            </>
        };
        let rule = html! {
            <>
                { badge(self.words, lesson.certainty) }
                { blocks(&text.rule) }
                { sources(self.words, &lesson.sources, &pack.sources) }
            </>
        };
        html! {
            <>
                { told("told-happened", words.study_happened(), happened) }
                { told("told-off", words.study_why(), blocks(&text.off)) }
                { told("told-rule", words.study_rule(), rule) }
                { told("told-wrong", words.study_mistakes(), blocks(&text.wrong)) }
            </>
        }
    }

    /// Returns how the prediction compares, in a sentence.
    fn comparison(&self) -> String {
        let Self { words, pack, .. } = self;
        let (prediction, answer) = (&pack.lesson.prediction, pack.answer);
        let right = match prediction {
            Prediction::Choice { answer, .. } => self.option(&pack.text, answer),
            _ => answer.map_or_else(String::new, |answer| self.number(prediction, answer)),
        };
        let Some(guess) = self.guess else {
            return words.study_answer(&right);
        };
        let said = match guess {
            Predicted::Choice(id) => self.option(&pack.text, id),
            Predicted::Number(value) => self.number(prediction, *value),
        };
        let is_moment = matches!(prediction, Prediction::Moment { .. });
        let by = |off: f64| match unit(prediction) {
            Unit::Moment => self.words.duration(off),
            unit => (self.say)(off, unit),
        };
        match compare(prediction, answer, guess) {
            Some(Off::Right) if said == right => words.study_guess_right(&said),
            Some(Off::Right) => words.study_guess_near(&said, &right),
            Some(Off::Below(off)) if is_moment => words.study_guess_early(&said, &right, &by(off)),
            Some(Off::Above(off)) if is_moment => words.study_guess_late(&said, &right, &by(off)),
            Some(Off::Below(off)) => words.study_guess_low(&said, &right, &by(off)),
            Some(Off::Above(off)) => words.study_guess_high(&said, &right, &by(off)),
            Some(Off::Other) | None => words.study_guess_other(&said, &right),
        }
    }

    fn number(&self, prediction: &Prediction, value: f64) -> String {
        (self.say)(value, unit(prediction))
    }

    /// Returns an answer of a choice in words.
    fn option(&self, text: &LessonText, id: &str) -> String {
        let facts = self.speaker.facts;
        let mut word = |marked: &study::text::Marked| match marked {
            study::text::Marked::Value(name) => facts.value(name).unwrap_or_default(),
            study::text::Marked::Now(name) => facts.now(name).unwrap_or_default(),
            _ => String::new(),
        };
        text.options
            .get(id)
            .map_or_else(String::new, |line| plain(line, &mut word))
    }
}
