//! What came of an exam that was handed in: by topic and by task, and each question with its answer.

use std::rc::Rc;

use study::{
    address::Address,
    exam_result::{ExamResult, Tally},
    memory::Recall,
    session::Chosen,
};
use yew::prelude::*;

use super::{
    ExamProps,
    seat::{Seat, SeatMsg, SeatProps},
    time::clock_of,
};
use crate::study::{
    load::Shared,
    parts::{missed, way},
    practice::{task_name, topic_of, topic_title},
    question::{Manner, QuestionCard},
};

/// Returns what came of it, and each question with its answer.
pub fn over(seat: &Seat, ctx: &Context<Seat>, result: &ExamResult, was_time: bool) -> Html {
    let SeatProps { exam, packs } = ctx.props();
    let ExamProps { words, home, .. } = exam;
    let words = *words;
    let count = |n: u32| words.integer(f64::from(n));
    let of = |tally: &Tally| words.study_e_right(&count(tally.right), &count(tally.of));
    let row = |chosen: Chosen, name: Html, tally: &Tally| {
        let address = Address::Quiz {
            topic: chosen.id().unwrap_or_default(),
            seed: None,
        };
        html! { <tr><th scope="row"><a href={format!("#{address}")}>{ name }</a></th><td>{ of(tally) }</td></tr> }
    };
    let topics = result
        .topics
        .iter()
        .map(|(id, tally)| row(Chosen::Topic(id.clone()), topic_title(&home.0, id), tally));
    let tasks = result.tasks.iter().map(|(task, tally)| {
        row(
            Chosen::Task(*task),
            html! { <span lang="en">{ task_name(*task) }</span> },
            tally,
        )
    });
    let each = result.questions.iter().enumerate().map(|(number, graded)| {
        let place = seat.sitting.place(number);
        let topic = topic_of(&home.0, &graded.item);
        let pack = packs.0.iter().find(|pack| Some(&*pack.id) == topic);
        let (class, says) = match graded.recall {
            Some(Recall::Right) => ("right", words.study_q_right()),
            Some(Recall::Wrong) => ("wrong", words.study_q_wrong()),
            None => ("wrong", words.study_q_none()),
        };
        let n = words.integer((number + 1) as f64);
        html! {
            <details key={number} class="card" ontoggle={ctx.link().callback(move |_: Event| SeatMsg::Open(number))}>
                <summary><span>{ words.study_question(&n) }</span>{ " " }<small {class}>{ says }</small></summary>
                if let (Some(place), Some(pack)) = (place.filter(|_| seat.opened.contains(&number)), pack) {
                    <QuestionCard pack={Shared(Rc::clone(pack))} id={place.item.id().to_owned()} seed={place.seed} {words}
                        colours={exam.colours} manner={Manner::Told} given={place.answer.cloned()} on_open={&exam.on_open} />
                }
            </details>
        }
    });
    html! {
        <>
            if was_time {
                <p class="warn" role="status">{ words.study_e_time_over() }</p>
            }
            <p class="lead"><b>{ of(&result.total) }</b>{ " · " }{ words.study_e_spent(&clock_of(seat.elapsed_s())) }</p>
            <div class="tallies">
                <table><caption>{ words.study_e_by_topic() }</caption><tbody>{ for topics }</tbody></table>
                <table><caption>{ words.study_e_by_task() }</caption><tbody>{ for tasks }</tbody></table>
            </div>
            <p class="says">{ words.study_e_no_score() }</p>
            <p class="ways">
                { way("b p", words.study_p_missed(), &missed()) }
                { way("b", words.study_review(), &Address::Review) }
            </p>
            <h2>{ words.study_answers() }</h2>
            { for each }
        </>
    }
}
