//! The questions of a topic on paper: all of them, and behind them their answers. On a screen it is not seen.

use study::{
    draw::seed_for,
    pack::{Asked, TopicPack},
};
use words::Words;
use yew::prelude::*;

use super::question::{Sheet, worded};

/// Returns the questions, and apart their answers.
pub fn paper(words: Words, pack: &TopicPack, seed: u32) -> Html {
    let each = |asked: &Asked| worded(words, asked, seed_for(seed, &asked.question.id, 0));
    let sheets: Vec<_> = pack.questions.iter().map(each).collect();
    let list = |of: fn(&Sheet) -> &Vec<String>| {
        let item = |sheet: &Sheet| html! { <li>{ for of(sheet).iter().map(|line| html! { <p>{ line.clone() }</p> }) }</li> };
        html! { <ol>{ for sheets.iter().map(item) }</ol> }
    };
    html! {
        <div class="paper">
            { list(|sheet| &sheet.asks) }
            <h2>{ words.study_answers() }</h2>
            { list(|sheet| &sheet.answers) }
        </div>
    }
}
