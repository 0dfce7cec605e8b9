//! An exam under way: a question at a time, and the list of all of them before it is handed in.

use std::rc::Rc;

use yew::prelude::*;

use super::seat::{Seat, SeatMsg, SeatProps};
use crate::{
    page::check_box::check_box,
    study::{
        load::Shared,
        parts::button,
        practice::topic_of,
        question::{Manner, QuestionCard},
    },
};

/// Returns the question that is shown, with the ways to the others.
pub fn question(seat: &Seat, ctx: &Context<Seat>) -> Html {
    let SeatProps { exam, packs } = ctx.props();
    let words = exam.words;
    let number = seat.sitting.at();
    let Some(place) = seat.sitting.place(number) else {
        return Html::default();
    };
    let topic = topic_of(&exam.home.0, place.item);
    let pack = packs.0.iter().find(|pack| Some(&*pack.id) == topic);
    let on_answer = ctx
        .link()
        .callback(|answer: Option<(_, bool)>| SeatMsg::Answer(answer.map(|(answer, _)| answer)));
    let count = |n: usize| words.integer(n as f64);
    let goes = |to: usize| ctx.link().callback(move |_: MouseEvent| SeatMsg::Go(to));
    let last = seat.sitting.questions().len().saturating_sub(1);
    html! {
        <>
            <h2>{ words.study_e_of(&count(number + 1), &count(last + 1)) }</h2>
            if let Some(pack) = pack {
                <QuestionCard key={number} pack={Shared(Rc::clone(pack))} id={place.item.id().to_owned()} seed={place.seed} {words}
                    colours={exam.colours} manner={Manner::Exam} given={place.answer.cloned()} {on_answer} on_open={&exam.on_open} />
            }
            { check_box("exam-mark", words.study_e_mark(), place.is_marked, ctx.link().callback(SeatMsg::Mark)) }
            <p class="ways">
                if number > 0 {
                    { button("b", words.study_e_back(), goes(number - 1)) }
                }
                if number < last {
                    { button("b p", words.study_p_next(), goes(number + 1)) }
                }
                { button("b", words.study_e_look(), ctx.link().callback(|_| SeatMsg::Look)) }
            </p>
        </>
    }
}

/// Returns all questions, and the way to hand it in.
pub fn list(seat: &Seat, ctx: &Context<Seat>) -> Html {
    let words = ctx.props().exam.words;
    let count = |n: usize| words.integer(n as f64);
    let item = |number: usize| {
        let place = seat.sitting.place(number);
        let is_answered = place.is_some_and(|place| place.answer.is_some());
        let is_marked = place.is_some_and(|place| place.is_marked);
        let says = if is_answered {
            words.study_e_answered()
        } else {
            words.study_e_unanswered()
        };
        let goes = ctx
            .link()
            .callback(move |_: MouseEvent| SeatMsg::Go(number));
        html! {
            <li key={number}><button type="button" class="b" onclick={goes}>
                { words.study_question(&count(number + 1)) }
                <small class={classes!((!is_answered).then_some("err"))}>{ says }</small>
                if is_marked {
                    <small>{ "⚑ " }{ words.study_e_marked() }</small>
                }
            </button></li>
        }
    };
    let open = seat.sitting.unanswered().count();
    html! {
        <>
            <h2>{ words.study_e_look() }</h2>
            <p>{ words.study_e_open(&count(open), &count(seat.sitting.marked().count())) }</p>
            <ol class="places">{ for (0..seat.sitting.questions().len()).map(item) }</ol>
            <p class="ways">{ button("b p", words.study_e_hand_in(), ctx.link().callback(|_| SeatMsg::HandIn)) }</p>
        </>
    }
}
