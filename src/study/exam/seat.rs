//! A seat in an exam: the sitting with its clock, and what happens in it.
//!
//! An exam under way is put aside in the tab, so that a page that is loaded anew goes on.

use std::rc::Rc;

use gloo::timers::callback::Interval;
use study::{
    candidate::questions,
    exam_clock::ExamClock,
    exam_result::ExamResult,
    pack::TopicPack,
    question::Question,
    sitting::{Aside, Sitting},
};
use yew::prelude::*;

use super::{
    ExamProps,
    before::before,
    result::over,
    time::time,
    under_way::{list, question},
};
use crate::{
    browser::{clock, dom, storage::Device},
    kept::Store as _,
    study::{load::Shared, parts::button, question::asked},
};

/// Where an exam under way is put aside.
const ASIDE: &str = "headroom.exam";
/// Seconds between two times at which it is put aside though nothing is done.
const ASIDE_S: u32 = 10;

/// What a seat in an exam is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct SeatProps {
    /// The exam.
    pub exam: ExamProps,
    /// The topics of its questions.
    pub packs: Shared<Vec<Rc<TopicPack>>>,
}

/// How far an exam is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// It has not begun.
    Before,
    /// A question is shown.
    Sits,
    /// All questions are listed, before it is handed in.
    Looks,
    /// Its clock stands still.
    Paused,
    /// It was handed in; whether that was because the time was over.
    Over(Rc<ExamResult>, bool),
}

/// What happens in an exam.
#[derive(Debug)]
pub enum SeatMsg {
    /// It takes so many times the usual time; none: no limit.
    Stretch(Option<f64>),
    /// Its clock is shown, or not.
    Clock(bool),
    /// It begins, or goes on.
    Begin,
    /// Its clock is to stand still.
    Pause,
    /// A question is to be shown.
    Go(usize),
    /// The question is answered.
    Answer(Option<study::grade::Answer>),
    /// The question is marked, or not.
    Mark(bool),
    /// All questions are to be listed.
    Look,
    /// It is handed in.
    HandIn,
    /// A question that was handed in is looked at.
    Open(usize),
    /// A second went by, or about one.
    Tick,
}

/// A seat in an exam.
pub struct Seat {
    /// The exam, as far as it is answered.
    pub sitting: Sitting,
    /// How the person takes the time.
    pub clock: ExamClock,
    /// How far it is.
    pub stage: Stage,
    /// Milliseconds that went by, and when that was so.
    elapsed_ms: u64,
    at_ms: u64,
    /// The second at which it was put aside last.
    aside_s: u32,
    ticks: Option<Interval>,
    /// The questions whose answers were looked at.
    pub opened: Vec<usize>,
}

impl Component for Seat {
    type Message = SeatMsg;
    type Properties = SeatProps;

    fn create(ctx: &Context<Self>) -> Self {
        let ExamProps {
            home, length, seed, ..
        } = &ctx.props().exam;
        let candidates = questions(&home.0);
        let aside = Device.read_of_tab(ASIDE);
        let aside = aside.and_then(|text| Aside::read(&text, &candidates, *length, *seed));
        let stage = match aside {
            Some(_) => Stage::Paused,
            None => Stage::Before,
        };
        let Aside {
            sitting,
            elapsed_s,
            clock,
        } = aside.unwrap_or_else(|| Aside {
            sitting: Sitting::start(&candidates, *length, *seed),
            elapsed_s: 0,
            clock: ExamClock::default(),
        });
        Self {
            sitting,
            clock,
            stage,
            elapsed_ms: u64::from(elapsed_s) * 1_000,
            at_ms: clock::now_ms(),
            aside_s: elapsed_s,
            ticks: None,
            opened: Vec::new(),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: SeatMsg) -> bool {
        self.advance();
        match msg {
            SeatMsg::Stretch(factor) => self.clock = self.clock.stretched(factor),
            SeatMsg::Clock(is_shown) => self.clock.is_shown = is_shown,
            SeatMsg::Begin => {
                self.stage = Stage::Sits;
                self.at_ms = clock::now_ms();
                let link = ctx.link().clone();
                self.ticks = Some(Interval::new(1_000, move || {
                    link.send_message(SeatMsg::Tick);
                }));
                dom::focus_soon("asks");
            }
            SeatMsg::Pause => {
                self.stage = Stage::Paused;
                self.ticks = None;
                dom::focus_soon("asks");
            }
            SeatMsg::Go(number) => {
                self.sitting.go(number);
                self.stage = Stage::Sits;
                dom::focus_soon("asks");
                dom::scroll_to_top();
            }
            SeatMsg::Answer(answer) => self.sitting.answer(answer),
            SeatMsg::Mark(is_marked) => self.sitting.mark(is_marked),
            SeatMsg::Look => {
                self.stage = Stage::Looks;
                dom::focus_soon("asks");
                dom::scroll_to_top();
            }
            // What is in it is made once it is open: the runs in it take their time.
            SeatMsg::Open(number) => self.opened.push(number),
            SeatMsg::HandIn => self.hand_in(ctx, false),
            SeatMsg::Tick => {
                let questions = self.sitting.questions().len();
                if self.is_under_way() && self.clock.is_over(questions, self.elapsed_s()) {
                    self.hand_in(ctx, true);
                } else if self.elapsed_s() < self.aside_s + ASIDE_S {
                    return self.clock.is_shown;
                }
            }
        }
        self.put_aside(ctx);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let words = ctx.props().exam.words;
        let body = match &self.stage {
            Stage::Before => before(self, ctx),
            Stage::Sits => question(self, ctx),
            Stage::Looks => list(self, ctx),
            Stage::Paused => html! {
                <>
                    <p class="lead">{ words.study_e_paused() }</p>
                    <p class="ways">{ button("b p", words.study_e_go_on(), ctx.link().callback(|_| SeatMsg::Begin)) }</p>
                </>
            },
            Stage::Over(result, was_time) => over(self, ctx, result, *was_time),
        };
        let count = words.integer(self.sitting.questions().len() as f64);
        html! {
            <article class="exam">
                <header>
                    <h1 id="asks" tabindex="-1">{ words.study_exam() }{ " · " }{ words.study_questions(self.sitting.questions().len() as u64, &count) }</h1>
                    { time(self, ctx) }
                </header>
                { body }
            </article>
        }
    }
}

impl Seat {
    /// Returns whether its time goes by.
    pub fn is_under_way(&self) -> bool {
        matches!(self.stage, Stage::Sits | Stage::Looks)
    }

    /// Returns the seconds that went by.
    pub fn elapsed_s(&self) -> u32 {
        (self.elapsed_ms / 1_000) as u32
    }

    /// Counts the time that went by since it was counted last, where the clock runs.
    fn advance(&mut self) {
        let now_ms = clock::now_ms();
        if self.is_under_way() {
            self.elapsed_ms += now_ms.saturating_sub(self.at_ms);
        }
        self.at_ms = now_ms;
    }

    fn put_aside(&mut self, ctx: &Context<Self>) {
        if matches!(self.stage, Stage::Before | Stage::Over(..)) {
            return;
        }
        self.aside_s = self.elapsed_s();
        let text = self
            .sitting
            .put_aside(ctx.props().exam.length, self.aside_s, self.clock);
        Device.write_of_tab(ASIDE, &text);
    }

    fn hand_in(&mut self, ctx: &Context<Self>, was_time: bool) {
        let SeatProps { exam, packs } = ctx.props();
        let find = |id: &str| -> Option<&Question> {
            let asked = packs.0.iter().find_map(|pack| asked(pack, id))?;
            Some(&asked.question)
        };
        let result = Rc::new(ExamResult::of(&self.sitting, find));
        let (seed, elapsed_s) = (exam.seed, self.elapsed_s());
        let kept = Rc::clone(&result);
        exam.kept.change(move |progress, today| {
            for graded in &kept.questions {
                if let Some(recall) = graded.recall {
                    progress.answered(&graded.item, graded.revision, recall, today);
                }
            }
            progress.exam_taken(kept.kept(seed, elapsed_s, today));
        });
        self.stage = Stage::Over(result, was_time);
        self.ticks = None;
        Device.write_of_tab(ASIDE, "");
        dom::focus_soon("asks");
        dom::scroll_to_top();
    }
}
