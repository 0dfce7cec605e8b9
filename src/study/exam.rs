//! A mock exam: how to take it, its questions in any order with marks, handing it in, and what came of it by topic and task.
//!
//! Which questions it has and how it is graded, `study` says. An exam under way is put aside in the tab, so that a page that is loaded
//! anew goes on.

use std::rc::Rc;

use gloo::timers::callback::Interval;
use study::{
    address::Address,
    candidate::questions,
    exam::{Length, choose},
    exam_clock::ExamClock,
    exam_result::{ExamResult, Tally},
    memory::Recall,
    pack::{Home, PackName, TopicPack},
    question::Question,
    sitting::Sitting,
};
use words::Words;
use yew::prelude::*;

use super::{
    keeping::Kept,
    load::{Shared, lacking, use_packs},
    pack_of,
    parts::{button, missed, way},
    practice::{task_name, topic_of, topic_title},
    question::{Manner, QuestionCard, asked},
    review::taken,
};
use crate::{
    browser::{clock, dom, storage::Device},
    kept::Store as _,
    page::check_box::check_box,
    state::Action,
};

/// Where an exam under way is put aside.
const ASIDE: &str = "headroom.exam";
/// How the time can be stretched; none: no limit.
const STRETCHES: [Option<f64>; 6] = [Some(1.0), Some(1.5), Some(2.0), Some(4.0), Some(10.0), None];
/// Seconds between two times at which it is put aside though nothing is done.
const ASIDE_S: u32 = 10;

/// What an exam is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct ExamProps {
    /// What there is.
    pub home: Shared<Home>,
    /// How long it is.
    pub length: Length,
    /// What chooses its questions.
    pub seed: u32,
    /// Language.
    pub words: Words,
    /// The style sheet's name of the colours that the page wears.
    pub colours: &'static str,
    /// What is kept of the person.
    pub kept: Kept,
    /// Opens a scenario.
    pub on_open: Callback<Action>,
}

/// The exam, once its questions are there.
#[function_component]
pub fn Exam(props: &ExamProps) -> Html {
    let ExamProps {
        home,
        length,
        seed,
        words,
        ..
    } = props;
    let candidates = questions(&home.0);
    let mut names: Vec<PackName> = Vec::new();
    for chosen in choose(&candidates, *length, *seed) {
        let name = pack_of(*words, &format!("topic-{}", chosen.topic));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let loaded = use_packs::<TopicPack>(&names);
    match loaded.pack {
        Some(packs) => html! { <Seat exam={props.clone()} packs={Shared(packs)} /> },
        None => lacking(*words, loaded.lack, &loaded.again),
    }
}

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
enum Stage {
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
    sitting: Sitting,
    clock: ExamClock,
    stage: Stage,
    /// Milliseconds that went by, and when that was so.
    elapsed_ms: u64,
    at_ms: u64,
    /// The second at which it was put aside last.
    aside_s: u32,
    ticks: Option<Interval>,
    /// The questions whose answers were looked at.
    opened: Vec<usize>,
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
        let aside = aside.and_then(|text| Sitting::go_on(&text, &candidates, *length, *seed));
        let (sitting, elapsed_s, stage) = match aside {
            Some((sitting, elapsed_s)) => (sitting, elapsed_s, Stage::Paused),
            None => (
                Sitting::start(&candidates, *length, *seed),
                0,
                Stage::Before,
            ),
        };
        Self {
            sitting,
            clock: ExamClock::default(),
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
            Stage::Before => self.before(ctx),
            Stage::Sits => self.question(ctx),
            Stage::Looks => self.list(ctx),
            Stage::Paused => html! {
                <>
                    <p class="lead">{ words.study_e_paused() }</p>
                    <p class="ways">{ button("b p", words.study_e_go_on(), ctx.link().callback(|_| SeatMsg::Begin)) }</p>
                </>
            },
            Stage::Over(result, was_time) => self.over(ctx, result, *was_time),
        };
        let count = words.integer(self.sitting.questions().len() as f64);
        html! {
            <article class="exam">
                <header>
                    <h1 id="asks" tabindex="-1">{ words.study_exam() }{ " · " }{ words.study_questions(self.sitting.questions().len() as u64, &count) }</h1>
                    { self.time(ctx) }
                </header>
                { body }
            </article>
        }
    }
}

impl Seat {
    fn is_under_way(&self) -> bool {
        matches!(self.stage, Stage::Sits | Stage::Looks)
    }

    fn elapsed_s(&self) -> u32 {
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
            .put_aside(ctx.props().exam.length, self.aside_s);
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

    /// Returns the clock, where it runs and is shown.
    fn time(&self, ctx: &Context<Self>) -> Html {
        let words = ctx.props().exam.words;
        if !self.is_under_way() {
            return Html::default();
        }
        let left_s = self
            .clock
            .left_s(self.sitting.questions().len(), self.elapsed_s());
        let says = left_s.map_or_else(
            || words.study_e_spent(&clock_of(self.elapsed_s())),
            |left_s| words.study_e_left(&clock_of(left_s)),
        );
        let on_clock = ctx.link().callback(SeatMsg::Clock);
        html! {
            <p class="so-far">
                if self.clock.is_shown {
                    <span role="timer" class="clock">{ says }</span>{ " " }
                }
                { check_box("exam-clock", words.study_e_clock(), self.clock.is_shown, on_clock) }
                { button("b", words.study_e_pause(), ctx.link().callback(|_| SeatMsg::Pause)) }
            </p>
        }
    }

    /// Returns how to take it.
    fn before(&self, ctx: &Context<Self>) -> Html {
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
        let questions = self.sitting.questions().len();
        let stretch = |(place, factor): (usize, &Option<f64>)| {
            let says = match self.clock.stretched(*factor).allowed_s(questions) {
                Some(allowed_s) => words.duration(f64::from(allowed_s)),
                None => words.study_e_no_limit().to_owned(),
            };
            html! { <option value={place.to_string()} selected={self.clock.stretch() == *factor}>{ says }</option> }
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
                    { check_box("exam-clock", words.study_e_clock(), self.clock.is_shown, on_clock) }
                    <p class="ways"><button type="button" class="b p" disabled={questions == 0}
                        onclick={ctx.link().callback(|_: MouseEvent| SeatMsg::Begin)}>{ words.study_e_begin() }</button></p>
                </div>
                <p class="says">{ words.study_e_share() }</p>
                { taken(words, &kept.progress) }
            </>
        }
    }

    fn question(&self, ctx: &Context<Self>) -> Html {
        let SeatProps { exam, packs } = ctx.props();
        let words = exam.words;
        let number = self.sitting.at();
        let Some(place) = self.sitting.place(number) else {
            return Html::default();
        };
        let topic = topic_of(&exam.home.0, place.item);
        let pack = packs.0.iter().find(|pack| Some(&*pack.id) == topic);
        let on_answer = ctx.link().callback(|answer: Option<(_, bool)>| {
            SeatMsg::Answer(answer.map(|(answer, _)| answer))
        });
        let count = |n: usize| words.integer(n as f64);
        let goes = |to: usize| ctx.link().callback(move |_: MouseEvent| SeatMsg::Go(to));
        let last = self.sitting.questions().len().saturating_sub(1);
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
    fn list(&self, ctx: &Context<Self>) -> Html {
        let words = ctx.props().exam.words;
        let count = |n: usize| words.integer(n as f64);
        let item = |number: usize| {
            let place = self.sitting.place(number);
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
        let open = self.sitting.unanswered().count();
        html! {
            <>
                <h2>{ words.study_e_look() }</h2>
                <p>{ words.study_e_open(&count(open), &count(self.sitting.marked().count())) }</p>
                <ol class="places">{ for (0..self.sitting.questions().len()).map(item) }</ol>
                <p class="ways">{ button("b p", words.study_e_hand_in(), ctx.link().callback(|_| SeatMsg::HandIn)) }</p>
            </>
        }
    }

    /// Returns what came of it, and each question with its answer.
    fn over(&self, ctx: &Context<Self>, result: &ExamResult, was_time: bool) -> Html {
        let SeatProps { exam, packs } = ctx.props();
        let ExamProps { words, home, .. } = exam;
        let words = *words;
        let count = |n: u32| words.integer(f64::from(n));
        let of = |tally: &Tally| words.study_e_right(&count(tally.right), &count(tally.of));
        let row = |name: Html, tally: &Tally| html! { <tr><th scope="row">{ name }</th><td>{ of(tally) }</td></tr> };
        let topics = result
            .topics
            .iter()
            .map(|(id, tally)| row(topic_title(&home.0, id), tally));
        let tasks = result
            .tasks
            .iter()
            .map(|(task, tally)| row(html! { <span lang="en">{ task_name(*task) }</span> }, tally));
        let each = result.questions.iter().enumerate().map(|(number, graded)| {
            let place = self.sitting.place(number);
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
                    if let (Some(place), Some(pack)) = (place.filter(|_| self.opened.contains(&number)), pack) {
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
                <p class="lead"><b>{ of(&result.total) }</b>{ " " }{ words.study_e_spent(&clock_of(self.elapsed_s())) }</p>
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
}

/// Returns seconds as a clock shows them: `12:05`.
fn clock_of(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
