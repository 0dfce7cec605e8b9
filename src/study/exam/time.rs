//! The clock of an exam on its page: shown or not, and the way to make it stand still.

use yew::prelude::*;

use super::seat::{Seat, SeatMsg};
use crate::{page::check_box::check_box, study::parts::button};

/// Returns the clock, where it runs and is shown.
pub fn time(seat: &Seat, ctx: &Context<Seat>) -> Html {
    let words = ctx.props().exam.words;
    if !seat.is_under_way() {
        return Html::default();
    }
    let left_s = seat
        .clock
        .left_s(seat.sitting.questions().len(), seat.elapsed_s());
    let says = left_s.map_or_else(
        || words.study_e_spent(&clock_of(seat.elapsed_s())),
        |left_s| words.study_e_left(&clock_of(left_s)),
    );
    let on_clock = ctx.link().callback(SeatMsg::Clock);
    html! {
        <p class="so-far">
            if seat.clock.is_shown {
                <span role="timer" class="clock">{ says }</span>{ " " }
            }
            { check_box("exam-clock", words.study_e_clock(), seat.clock.is_shown, on_clock) }
            { button("b", words.study_e_pause(), ctx.link().callback(|_| SeatMsg::Pause)) }
        </p>
    }
}

/// Returns seconds as a clock shows them: `12:05`.
pub fn clock_of(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
