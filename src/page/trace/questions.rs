//! What a file does not say: each question with its answers, and under each answer the first rows as it reads them.

use std::rc::Rc;

use scenario::trace::{Answer, Choices, Question, QuestionTopic, Reading};
use words::Words;
use yew::prelude::*;

use crate::{browser::dom, language::use_words};

/// Answers that are shown one by one; beyond it the lists below have all columns.
const SHOWN: usize = 12;

/// What the questions need.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct QuestionsProps {
    /// The file as it was read.
    pub reading: Rc<Reading>,
    /// What was answered so far.
    pub choices: Choices,
    /// Called with the answers, and one more.
    pub on_choices: Callback<Choices>,
}

/// The questions that are open.
#[function_component]
pub fn Questions(props: &QuestionsProps) -> Html {
    let words = use_words();
    let QuestionsProps {
        reading,
        choices,
        on_choices,
    } = props;
    if reading.questions.is_empty() || reading.problem.is_some() {
        return Html::default();
    }
    let answer = |answer: &Answer| {
        let (mut next, on_choices) = (choices.clone(), on_choices.clone());
        next.answer(answer);
        Callback::from(move |_: Event| on_choices.emit(next.clone()))
    };
    let count = reading.questions.len() as u64;
    let all = reading.questions.iter().enumerate().map(|(number, question)| {
        let says = words.trace_question(question, reading);
        let body = if question.about == QuestionTopic::Instances {
            html! { <input type="number" id="trace-instances" min="1" step="any" aria-label={says.clone()} onchange={instances_typed(choices, on_choices)} /> }
        } else {
            offered(words, number, question, reading, &answer)
        };
        html! { <fieldset key={format!("{:?}", question.about)} class="ask"><legend>{ says }</legend>{ body }</fieldset> }
    });
    html! {
        <section class="asks" aria-label={words.trace_asks(count, &words.integer(count as f64))}>
            <h3>{ words.trace_asks(count, &words.integer(count as f64)) }</h3>
            { for all }
        </section>
    }
}

/// Returns a listener that answers how many instances a file is of with the number that a field holds.
pub fn instances_typed(choices: &Choices, on_choices: &Callback<Choices>) -> Callback<Event> {
    let (choices, on_choices) = (choices.clone(), on_choices.clone());
    Callback::from(move |event: Event| {
        let typed = dom::value(&event).and_then(|text| text.trim().parse::<f64>().ok());
        if let Some(number) = typed.filter(|number| *number > 0.0 && *number <= 1e6) {
            let mut next = choices.clone();
            next.answer(&Answer::Instances(number));
            on_choices.emit(next);
        }
    })
}

/// Returns the answers to a question.
fn offered(
    words: Words,
    number: usize,
    question: &Question,
    reading: &Reading,
    answer: &impl Fn(&Answer) -> Callback<Event>,
) -> Html {
    let choices = question.choices.iter().enumerate().take(SHOWN).map(|(place, choice)| {
        let id = format!("trace-ask-{number}-{place}");
        let taken = question.default == Some(place);
        html! {
            <div class="choice">
                <input type="radio" id={id.clone()} name={format!("trace-ask-{number}")} checked={taken} onclick={answer(&choice.answer).reform(Into::into)} />
                <label for={id}>
                    <span>{ words.trace_answer(&choice.answer, &reading.columns) }</span>
                    if taken {
                        <small>{ words.trace_taken() }</small>
                    }
                    { for choice.rows.iter().map(|row| html! { <code>{ words.trace_row(row) }</code> }) }
                </label>
            </div>
        }
    });
    let more = question.choices.len().saturating_sub(SHOWN) as u64;
    html! {<>
        { for choices }
        if more > 0 {
            <p class="says">{ words.trace_more_columns(more, &words.integer(more as f64)) }</p>
        }
    </>}
}
