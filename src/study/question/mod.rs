//! A question: asked, answered, and told why each answer is right or wrong, with the run that proves it.
//!
//! Whoever asks it says by which seed, and is told the answer; when it comes again, and what is kept of it, is theirs.

mod asks;
mod draft;
mod facts;
mod run;
mod told;
mod worded;

use std::rc::Rc;

use study::{
    draw::Drawn,
    grade::{Answer, Grade, grade},
    pack::{Asked, TopicPack},
    question::Ask,
};
use words::{AskAgain, Words};
use yew::prelude::*;

pub use self::worded::{Sheet, worded};
use self::{
    draft::{Draft, Part, answer, drafts, parts},
    facts::{QuestionFacts, needs_run},
    run::Run,
};
use super::{load::Shared, parts::button, text::Speaker};
use crate::{browser::dom, outcome::Outcome, state::Action};

/// How a question is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// It is answered, and told at once.
    Practice,
    /// Answers can be changed, and nothing is told.
    Exam,
    /// It was answered, and is told.
    Told,
}

/// What a question is made from.
#[derive(Clone, PartialEq, Properties)]
pub struct QuestionProps {
    /// Its topic.
    pub pack: Shared<TopicPack>,
    /// Its id.
    pub id: String,
    /// What draws its numbers and the order of its options.
    pub seed: u32,
    /// Language.
    pub words: Words,
    /// The style sheet's name of the colours that the page wears.
    pub colours: &'static str,
    /// How it is shown.
    #[prop_or(Manner::Practice)]
    pub manner: Manner,
    /// Whether it stands in its own lesson, to which it need not lead then.
    #[prop_or_default]
    pub is_in_lesson: bool,
    /// What was answered before.
    #[prop_or_default]
    pub given: Option<Answer>,
    /// Told the answer, and whether it is right; nothing where it was taken back.
    #[prop_or_default]
    pub on_answer: Callback<Option<(Answer, bool)>>,
    /// Opens a scenario.
    pub on_open: Callback<Action>,
}

/// What happens to a question.
#[derive(Debug)]
pub enum QuestionMsg {
    /// Something is entered into a part.
    Enter(usize, Draft),
    /// The answer is to be told.
    Check,
    /// The run of a part has ended.
    Ran(usize, Rc<Outcome>),
    /// The run of a part is to be shown.
    Run(usize),
}

/// The question.
pub struct QuestionCard {
    drawn: Drawn,
    drafts: Vec<Draft>,
    /// Which part has no answer yet, and why, once one asked to be told.
    again: Option<(usize, AskAgain)>,
    /// How the answer compares, once it is told; nothing where none was given.
    told: Option<Option<Grade>>,
    /// The parts whose runs are shown.
    shown: Vec<usize>,
    outcomes: Vec<(usize, Rc<Outcome>)>,
}

/// What parts are shown from.
#[derive(Clone, Copy)]
struct View<'a> {
    words: Words,
    /// The question's id, which begins those of its elements.
    id: &'a str,
    facts: &'a QuestionFacts<'a>,
    speaker: Speaker<'a>,
    drawn: &'a Drawn,
}

impl Component for QuestionCard {
    type Message = QuestionMsg;
    type Properties = QuestionProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut card = Self {
            drawn: Drawn::new(),
            drafts: Vec::new(),
            again: None,
            told: None,
            shown: Vec::new(),
            outcomes: Vec::new(),
        };
        card.begin(ctx.props());
        card
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &QuestionProps) -> bool {
        let props = ctx.props();
        if props.id != old.id || props.seed != old.seed {
            self.begin(props);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: QuestionMsg) -> bool {
        let props = ctx.props();
        match msg {
            QuestionMsg::Enter(part, draft) => {
                if let Some(place) = self.drafts.get_mut(part) {
                    *place = draft;
                }
                self.again = None;
                if props.manner == Manner::Exam {
                    let answer = self.answer(props).ok();
                    props.on_answer.emit(answer.map(|answer| (answer, false)));
                }
            }
            QuestionMsg::Check => self.check(props),
            QuestionMsg::Ran(part, outcome) => {
                self.outcomes.retain(|(number, _)| *number != part);
                self.outcomes.push((part, outcome));
            }
            QuestionMsg::Run(part) => self.shown.push(part),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let (words, id) = (props.words, &*props.id);
        let Some(asked) = asked(&props.pack.0, id) else {
            return html! { <p class="warn">{ words.study_nowhere() }</p> };
        };
        let parts = parts(asked, props.seed);
        let ran = self.outcomes.iter().filter_map(|(number, outcome)| {
            let proof = parts.get(*number)?.run?;
            Some((proof, &**outcome))
        });
        let facts = QuestionFacts {
            words,
            asked,
            drawn: &self.drawn,
            ran: ran.collect(),
        };
        let speaker = Speaker {
            facts: &facts,
            sources: &props.pack.0.sources,
            on_go: None,
            frame: None,
        };
        let view = View {
            words,
            id,
            facts: &facts,
            speaker,
            drawn: &self.drawn,
        };
        let is_case = matches!(asked.question.ask, Ask::Case { .. });
        let assumes = asked.question.assumes;
        // Of the button, as Enter is, too: a sandboxed frame submits no form, and tells none that it would have been. An exam has no
        // button, and Enter there is to lead nowhere.
        let onsubmit = |event: SubmitEvent| event.prevent_default();
        let check = ctx.link().callback(|event: MouseEvent| {
            event.prevent_default();
            QuestionMsg::Check
        });
        let each = parts
            .iter()
            .enumerate()
            .map(|(number, part)| self.part(ctx, view, asked, *part, (number, is_case)));
        html! {
            <form class="question" {onsubmit} autocomplete="off">
                if is_case {
                    <div class="prompt">{ speaker.blocks(&asked.text.prompt) }</div>
                }
                if assumes {
                    <p class="assumes"><span class="badge assumed">{ words.study_q_assumes() }</span></p>
                }
                { for each }
                if self.told.is_none() && props.manner == Manner::Practice {
                    <p class="ways"><button type="submit" class="b p" onclick={check}>{ words.study_q_check() }</button></p>
                }
                if self.told.is_some() {
                    { told::rest(view, asked, props, is_case) }
                }
            </form>
        }
    }
}

impl QuestionCard {
    fn begin(&mut self, props: &QuestionProps) {
        self.again = None;
        self.told = None;
        self.shown.clear();
        self.outcomes.clear();
        let Some(asked) = asked(&props.pack.0, &props.id) else {
            self.drafts.clear();
            return;
        };
        self.drawn = asked.question.drawn(props.seed);
        self.drafts = drafts(props.words, asked, props.seed, props.given.as_ref());
        if props.manner == Manner::Told {
            let given = props.given.as_ref();
            self.told = Some(given.and_then(|it| grade(&asked.question.ask, it, &self.drawn)));
        }
    }

    fn answer(&self, props: &QuestionProps) -> Result<Answer, (usize, AskAgain)> {
        let asked = asked(&props.pack.0, &props.id).ok_or((0, AskAgain::Nothing))?;
        answer(props.words, asked, props.seed, &self.drafts)
    }

    /// Tells how the answer compares, or asks for it again.
    fn check(&mut self, props: &QuestionProps) {
        if props.manner != Manner::Practice || self.told.is_some() {
            return;
        }
        let answer = match self.answer(props) {
            Ok(answer) => answer,
            Err(again) => {
                dom::focus(&field(&props.id, again.0));
                self.again = Some(again);
                return;
            }
        };
        let asked = asked(&props.pack.0, &props.id);
        let grade = asked.and_then(|asked| grade(&asked.question.ask, &answer, &self.drawn));
        let is_right = grade.as_ref().is_some_and(|grade| grade.is_right);
        self.told = Some(grade);
        dom::focus_soon(&told::heading(&props.id, 0));
        props.on_answer.emit(Some((answer, is_right)));
    }

    /// Returns a part: what it asks, what is entered, how that compares, its run.
    fn part(
        &self,
        ctx: &Context<Self>,
        view: View<'_>,
        asked: &Asked,
        part: Part<'_>,
        (number, is_case): (usize, bool),
    ) -> Html {
        let props = ctx.props();
        let words = view.words;
        let draft = self.drafts.get(number).cloned().unwrap_or_default();
        let whole = self.told.as_ref();
        let is_told = whole.is_some();
        let grade = whole.and_then(Option::as_ref).and_then(|grade| {
            if is_case {
                grade.parts.get(number)
            } else {
                Some(grade)
            }
        });
        let again = self.again.filter(|(part, _)| *part == number);
        let on_enter = ctx
            .link()
            .callback(move |draft| QuestionMsg::Enter(number, draft));
        let is_paused = matches!(part.ask, Ask::Next { .. });
        let is_shown = is_paused || self.shown.contains(&number);
        let mounts = part
            .run
            .is_some_and(|proof| is_shown || needs_run(asked, proof));
        let run = html! {
            <>
                if part.run.is_some() && is_told && !is_shown {
                    <p class="ways">{ button("b", words.study_q_run(), ctx.link().callback(move |_| QuestionMsg::Run(number))) }</p>
                }
                if mounts {
                    <Run pack={&props.pack} of={(props.id.clone(), number)} seed={props.seed} goes_on={is_told} {is_shown} {words}
                        colours={props.colours} on_ran={ctx.link().callback(move |outcome| QuestionMsg::Ran(number, outcome))} on_open={&props.on_open} />
                }
            </>
        };
        let (before, after) = if is_paused {
            (run, Html::default())
        } else {
            (Html::default(), run)
        };
        let asks = asks::Asks {
            view,
            part,
            number,
            draft: &draft,
            told: is_told.then_some(grade),
            again: again.map(|(_, why)| why),
        };
        html! {
            <div class="part" key={number}>
                <div class="prompt" id={asks::prompt(view.id, number)}>{ view.speaker.blocks(&part.text.prompt) }</div>
                { before }
                { asks.fields(&on_enter) }
                if is_told {
                    { told::part(view, part, number, &draft, grade) }
                }
                { after }
            </div>
        }
    }
}

/// Returns the question of an id.
pub fn asked<'a>(pack: &'a TopicPack, id: &str) -> Option<&'a Asked> {
    pack.questions.iter().find(|asked| asked.question.id == id)
}

/// Returns the id of the first field of a part.
fn field(id: &str, number: usize) -> String {
    format!("{id}-{number}")
}
