//! What a file does not say: each question with its answers, and under each answer the first rows as it reads them.

use scenario::trace::{Answer, Choices, Question, QuestionTopic, Reading};
use words::Words;
use yew::prelude::*;

use crate::browser::dom;

/// Answers that are shown one by one; beyond it the lists below have all columns.
const SHOWN: usize = 12;

/// Returns the questions that are open; `on_choices` is told the answers so far, and one more.
pub fn questions(
    words: Words,
    reading: &Reading,
    choices: &Choices,
    on_choices: &Callback<Choices>,
) -> Html {
    if reading.questions.is_empty() || reading.problem.is_some() {
        return Html::default();
    }
    let answer = |answer: &Answer| {
        let answer = answer.clone();
        answers(choices, on_choices, move |_: &MouseEvent| {
            Some(answer.clone())
        })
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

/// Returns a listener that adds to the answers so far what an event answers, if anything.
pub fn answers<E: 'static>(
    choices: &Choices,
    on_choices: &Callback<Choices>,
    answer: impl Fn(&E) -> Option<Answer> + 'static,
) -> Callback<E> {
    let (choices, on_choices) = (choices.clone(), on_choices.clone());
    Callback::from(move |event| {
        if let Some(answer) = answer(&event) {
            let mut next = choices.clone();
            next.answer(&answer);
            on_choices.emit(next);
        }
    })
}

/// Returns a listener that answers how many instances a file is of with the number that a field holds.
pub fn instances_typed(choices: &Choices, on_choices: &Callback<Choices>) -> Callback<Event> {
    answers(choices, on_choices, |event: &Event| {
        let number = dom::value(event)?.trim().parse::<f64>().ok()?;
        (number > 0.0 && number <= 1e6).then_some(Answer::Instances(number))
    })
}

/// Returns the answers to a question.
fn offered(
    words: Words,
    number: usize,
    question: &Question,
    reading: &Reading,
    answer: &impl Fn(&Answer) -> Callback<MouseEvent>,
) -> Html {
    let choices = question.choices.iter().enumerate().take(SHOWN).map(|(place, choice)| {
        let id = format!("trace-ask-{number}-{place}");
        let taken = question.default == Some(place);
        html! {
            <div class="choice">
                <input type="radio" id={id.clone()} name={format!("trace-ask-{number}")} checked={taken} onclick={answer(&choice.answer)} />
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
