//! Before an exam: how long it is, how much time there is for it, and whether its clock is shown.

use study::{address::Address, exam::Length};
use yew::prelude::*;

use super::{
    ExamProps,
    seat::{Seat, SeatMsg},
};
use crate::{browser::dom, page::check_box::check_box, study::review::taken};

/// How the time can be stretched; none: no limit.
const STRETCHES: [Option<f64>; 6] = [Some(1.0), Some(1.5), Some(2.0), Some(4.0), Some(10.0), None];

/// Returns how to take it.
pub fn before(seat: &Seat, ctx: &Context<Seat>) -> Html {
    let ExamProps {
        words,
        length,
        seed,
        kept,
        ..
    } = &ctx.props().exam;
    let words = *words;
    let other = |other: Length| {
        let address = Address::Exam {
            length: other,
            seed: *seed,
        };
        let is_this = (other == *length).then_some("page");
        let n = other.questions();
        let says = words.study_questions(u64::from(n), &words.integer(f64::from(n)));
        html! { <a class="b" href={format!("#{address}")} aria-current={is_this}>{ says }</a> }
    };
    let on_stretch = ctx.link().callback(|event: Event| {
        let chosen = dom::value(&event).and_then(|text| text.parse::<usize>().ok());
        SeatMsg::Stretch(chosen.and_then(|place| *STRETCHES.get(place)?))
    });
    let questions = seat.sitting.questions().len();
    let stretch = |(place, factor): (usize, &Option<f64>)| {
        let says = match seat.clock.stretched(*factor).allowed_s(questions) {
            Some(allowed_s) => words.duration(f64::from(allowed_s)),
            None => words.study_e_no_limit().to_owned(),
        };
        html! { <option value={place.to_string()} selected={seat.clock.stretch() == *factor}>{ says }</option> }
    };
    let on_clock = ctx.link().callback(SeatMsg::Clock);
    html! {
        <>
            <p class="lead">{ words.study_e_lead() }</p>
            <nav class="ways" aria-label={words.study_exam()}>{ for Length::ALL.into_iter().map(other) }</nav>
            <div class="card setup">
                <p>
                    <label for="exam-time">{ words.study_e_time() }</label>{ " " }
                    <select id="exam-time" onchange={on_stretch}>{ for STRETCHES.iter().enumerate().map(stretch) }</select>
                </p>
                { check_box("exam-clock", words.study_e_clock(), seat.clock.is_shown, on_clock) }
                <p class="ways"><button type="button" class="b p" disabled={questions == 0}
                    onclick={ctx.link().callback(|_: MouseEvent| SeatMsg::Begin)}>{ words.study_e_begin() }</button></p>
            </div>
            <p class="says">{ words.study_e_share() }</p>
            { taken(words, &kept.progress) }
        </>
    }
}
