//! The loop of auto scaling at the moment of the cross-hair, as a picture and in words, and ways to move that moment: play, a
//! minute, the next event, a slider, a time. It is folded until asked for, and never plays by itself.

use std::rc::Rc;

use gloo::timers::callback::Interval;
use study::diagram::{Phase, at, next_event};
use words::{DiagramNode, Words};
use yew::prelude::*;

use super::moment::Moment;
use crate::{
    browser::{dom, media},
    outcome::Outcome,
};

/// Minutes of the run a second at which it plays, each with how often a second it moves.
const SPEEDS: [(u32, u32); 3] = [(1, 1), (10, 10), (60, 10)];

/// Where nodes stand where there is room, px, in the order of the loop.
const PLACES: [(u32, u32); 7] = [
    (0, 0),
    (170, 0),
    (340, 0),
    (510, 0),
    (510, 124),
    (340, 124),
    (170, 124),
];

/// The arrows there, and where nodes stand one above another.
const ACROSS: &str = "M157 42h11m-4-4l4 4-4 4M327 42h11m-4-4l4 4-4 4M497 42h11m-4-4l4 4-4 4M588 86v35m-4-5l4 5 4-5M509 166h-11m4-4l-4 4 4 4M339 166h-11m4-4l-4 4 4 4M248 122v-18h170v-17m-4 5l4-5 4 5";
const DOWN: &str = "M78 85v12m-4-5l4 5 4-5M78 185v12m-4-5l4 5 4-5M78 285v12m-4-5l4 5 4-5M78 385v12m-4-5l4 5 4-5M78 485v12m-4-5l4 5 4-5M78 585v12m-4-5l4 5 4-5M158 642h16V242h-15m5-4l-5 4 5 4";

/// What the loop is shown from, and whom it tells.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LoopProps {
    /// The outcome.
    pub outcome: Rc<Outcome>,
    /// Language.
    pub words: Words,
    /// Where the cross-hair stands, seconds from the start.
    pub cursor_s: Option<f64>,
    /// Moves it.
    pub on_go: Callback<f64>,
}

/// What happens to it.
#[derive(Debug)]
pub enum LoopMsg {
    /// It is unfolded, or folded.
    Open(bool),
    /// It is to begin to play, or to stop.
    Play,
    /// It is to play at the next speed.
    Speed,
    /// It plays on.
    Tick,
    /// It is to stop where it is.
    Stop,
    /// One goes on by a minute.
    Minute,
    /// One goes to the next event.
    Next,
    /// One goes to a moment, seconds from the start.
    Go(f64),
}

/// The loop. It keeps whether it plays.
#[derive(Debug)]
pub struct Loop {
    is_open: bool,
    plays: Option<Interval>,
    /// Index in [`SPEEDS`].
    speed: usize,
    /// The moment that was last gone to by a step, which is announced.
    stepped_s: Option<f64>,
}

impl Component for Loop {
    type Message = LoopMsg;
    type Properties = LoopProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self {
            is_open: false,
            plays: None,
            speed: 0,
            stepped_s: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: LoopMsg) -> bool {
        let (at_s, length_s) = (at_of(ctx), length_of(ctx));
        match msg {
            LoopMsg::Open(is_open) => {
                self.is_open = is_open;
                self.plays = None;
            }
            LoopMsg::Play => {
                let begins = self.plays.is_none();
                self.plays = begins.then(|| self.interval(ctx));
                self.stepped_s = None;
                if begins && at_s >= length_s {
                    ctx.props().on_go.emit(0.0);
                }
            }
            LoopMsg::Speed => {
                self.speed = (self.speed + 1) % SPEEDS.len();
                if self.plays.is_some() {
                    self.plays = Some(self.interval(ctx));
                }
            }
            LoopMsg::Tick => {
                let (minutes, often) = self.speed();
                let next_s = (at_s + f64::from(minutes * 60 / often)).min(length_s);
                if next_s >= length_s || media::prefers_stillness() {
                    self.plays = None;
                }
                ctx.props().on_go.emit(next_s);
            }
            LoopMsg::Stop => return self.plays.take().is_some(),
            LoopMsg::Minute => self.step(ctx, ((at_s / 60.0).floor() + 1.0) * 60.0),
            LoopMsg::Next => {
                let Outcome { compiled, run, .. } = &*ctx.props().outcome;
                let next_s = next_event(&compiled.plan, run, at_s);
                self.step(ctx, next_s.unwrap_or(length_s));
            }
            LoopMsg::Go(at_s) => self.step(ctx, at_s),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let words = ctx.props().words;
        let ontoggle = ctx
            .link()
            .callback(|event: Event| LoopMsg::Open(dom::is_open(&event)));
        html! {
            <details class="card living" {ontoggle}>
                <summary><h2>{ words.diagram_title() }</h2></summary>
                if self.is_open {
                    { self.body(ctx) }
                }
            </details>
        }
    }
}

impl Loop {
    fn speed(&self) -> (u32, u32) {
        SPEEDS.get(self.speed).copied().unwrap_or((1, 1))
    }

    fn interval(&self, ctx: &Context<Self>) -> Interval {
        let link = ctx.link().clone();
        let (_, often) = self.speed();
        Interval::new(1000 / often, move || link.send_message(LoopMsg::Tick))
    }

    /// Goes to a moment, and stops to play.
    fn step(&mut self, ctx: &Context<Self>, at_s: f64) {
        let at_s = at_s.min(length_of(ctx));
        self.plays = None;
        self.stepped_s = Some(at_s);
        ctx.props().on_go.emit(at_s);
    }

    fn body(&self, ctx: &Context<Self>) -> Html {
        let LoopProps { outcome, words, .. } = ctx.props();
        let words = *words;
        let link = ctx.link();
        let (at_s, length_s) = (at_of(ctx), length_of(ctx));
        let Outcome {
            compiled,
            run,
            scenario,
            ..
        } = &**outcome;
        let diagram = at(&compiled.plan, run, at_s);
        let said = words.diagram(&diagram, compiled, scenario);
        let sentence = said.sentence();
        let announced = self.stepped_s == Some(at_s);
        let moves = !media::prefers_stillness();
        let tell = |msg: fn() -> LoopMsg| link.callback(move |_: MouseEvent| msg());
        let press = |label: &'static str, msg: fn() -> LoopMsg| {
            html! { <button type="button" class="b" onclick={tell(msg)}>{ label }</button> }
        };
        let (minutes, _) = self.speed();
        let speed = format!("× {minutes}");
        html! {
            <div class="about">
                <div class="row">
                    if moves {
                        { press(if self.plays.is_some() { words.diagram_pause() } else { words.diagram_play() }, || LoopMsg::Play) }
                    }
                    { press(words.diagram_minute(), || LoopMsg::Minute) }
                    { press(words.diagram_next(), || LoopMsg::Next) }
                    if moves {
                        <button type="button" class="b" aria-label={[words.diagram_speed(), ": ", &*speed].concat()} onclick={tell(|| LoopMsg::Speed)}>{ &speed }</button>
                    }
                </div>
                <Moment id="loop-moment" {outcome} {words} range={(0.0, length_s)} at_s={Some(at_s)} label={words.diagram_moment()}
                    says={sentence.clone()} on_go={link.callback(LoopMsg::Go)} on_focus={link.callback(|()| LoopMsg::Stop)} />
                <p class="state"><span class="at">{ &said.at }</span>{ " " }<b>{ &said.phase }</b>{ " " }{ &said.text }</p>
                <p class="heard" role="status">{ if announced { &*sentence } else { "" } }</p>
                { picture(&said.nodes, lit(diagram.phase)) }
            </div>
        }
    }
}

/// Returns the moment that is shown.
fn at_of(ctx: &Context<Loop>) -> f64 {
    ctx.props().cursor_s.unwrap_or(0.0)
}

fn length_of(ctx: &Context<Loop>) -> f64 {
    f64::from(ctx.props().outcome.compiled.plan.length_s)
}

/// Returns the nodes that a phase is about, as the first and the last of them.
fn lit(phase: Phase) -> (usize, usize) {
    match phase {
        Phase::Quiet => (0, 2),
        Phase::NoData => (3, 3),
        Phase::Counting { .. } => (4, 4),
        Phase::Asked => (5, 6),
        Phase::InProgress | Phase::CoolingDown | Phase::WarmingUp => (6, 6),
        _ => (5, 5),
    }
}

/// Returns the picture, with all that it shows as its name.
fn picture(nodes: &[DiagramNode; 7], (first, last): (usize, usize)) -> Html {
    let shown = nodes.iter().zip(PLACES).enumerate();
    let mut name = String::new();
    for node in nodes {
        name = [&name, node.name, ": ", &*node.lines.join(", "), ". "].concat();
    }
    html! {
        <svg class="loop" role="img" aria-label={name}>
            <path class="across" d={ACROSS} />
            <path class="down" d={DOWN} />
            for (place, (node, (x, y))) in shown {
                <g class={((first..=last).contains(&place)).then_some("lit")} style={format!("--x:{x}px;--y:{y}px;--i:{place}")}>
                    <rect width="156" height="84" rx="8" />
                    <text class="name" x="10" y="18">{ node.name }</text>
                    for (line, text) in node.lines.iter().take(4).enumerate() {
                        <text x="10" y={(34 + 14 * line).to_string()}>{ text }</text>
                    }
                </g>
            }
        </svg>
    }
}
