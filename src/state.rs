//! All that the page remembers, and the one pure function that changes it: scenario, undo history, view, language, theme.
//!
//! What a scenario results in is not here: that is computed from it ([`crate::outcome`]) and never kept.

use std::{collections::BTreeMap, rc::Rc};

use scenario::{
    document::{Failure, Layer, PolicyType, ScalingPolicy, Scenario, ScheduledAction, StepScaling},
    presets,
};
use words::{Lang, Words};
use yew::{Callback, MouseEvent};

use crate::{
    page::{Panel, notice::Notice, trace::Recording},
    typed::{
        List, Slot, Unit, Wrong,
        number::{nudged, nudged_difference, parse},
        slot::{place, split},
    },
};

/// Steps of undo that are kept.
const MOST_STEPS: usize = 200;

/// A text that could not be read, kept until it can.
#[derive(Clone, Debug, PartialEq)]
pub struct Unread {
    /// What the person typed.
    pub text: String,
    /// Why it could not be read.
    pub wrong: Wrong,
}

/// What undo brings back.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The document, with the last good value wherever a text could not be read.
    pub scenario: Rc<Scenario>,
    /// Texts that could not be read, by path.
    pub unread: Rc<BTreeMap<String, Unread>>,
    /// A name for each list item that stays with it when the list changes.
    pub ids: Rc<Ids>,
}

/// Ids of the items of the scenario's lists, in the same order.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Ids {
    lists: [Vec<u32>; 4],
    /// The first id given after the scenario was opened.
    added_from: u32,
}

impl Ids {
    /// The ids of one list.
    pub fn of(&self, list: List) -> &[u32] {
        let [demand, policies, actions, failures] = &self.lists;
        match list {
            List::Demand => demand,
            List::Policies => policies,
            List::Actions => actions,
            List::Failures => failures,
        }
    }

    /// Whether a person added this item to a scenario that was open.
    pub fn is_added(&self, id: u32) -> bool {
        id >= self.added_from
    }

    fn of_mut(&mut self, list: List) -> &mut Vec<u32> {
        let [demand, policies, actions, failures] = &mut self.lists;
        match list {
            List::Demand => demand,
            List::Policies => policies,
            List::Actions => actions,
            List::Failures => failures,
        }
    }
}

/// Which colours the page wears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system does.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Its name in storage.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The style sheet's name of the colours, where the system is `dark` or not.
    pub fn colours(self, dark: bool) -> &'static str {
        match (self, dark) {
            (Self::Dark, _) | (Self::Auto, true) => "dark",
            _ => "light",
        }
    }

    /// The theme of that name; `Auto` for one that is none.
    pub fn from_name(name: &str) -> Self {
        [Self::Light, Self::Dark]
            .into_iter()
            .find(|theme| theme.name() == name)
            .unwrap_or_default()
    }
}

/// All that the page remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The present.
    pub now: Snapshot,
    past: Rc<Vec<Snapshot>>,
    future: Rc<Vec<Snapshot>>,
    /// Field whose further edits belong to the step of undo already taken.
    typing: Option<String>,
    next_id: u32,
    /// Where the cross-hair stands, seconds from the start.
    pub cursor_s: Option<f64>,
    /// Stretch of time shown; `None`: the whole run.
    pub window_s: Option<(f64, f64)>,
    /// Language of the page.
    pub lang: Lang,
    /// Colours of the page.
    pub theme: Theme,
    /// The dialog that is open.
    pub panel: Option<Panel>,
    /// A trace that was dropped on the page, for its dialog.
    pub dropped: Option<Recording>,
    /// What there is to say about something that did not open.
    pub notice: Option<Notice>,
    /// Whether the kinds of layers to add are offered.
    pub offers_layers: bool,
    /// The person's own spelling of what is in the fields, by path.
    pub drafts: Rc<BTreeMap<String, String>>,
    /// Fields whose explanation is open.
    pub explained: Rc<Vec<String>>,
}

/// Something to put into a list.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A layer of demand.
    Layer(Layer),
    /// A policy.
    Policy(Box<ScalingPolicy>),
    /// A scheduled action.
    Action(ScheduledAction),
    /// Something that fails.
    Failure(Failure),
}

/// What a person does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Types into a field; nothing, in a field that may be empty, makes it automatic.
    Type {
        /// The field.
        path: String,
        /// All of its text.
        text: String,
    },
    /// Types half of a date or time, which reads as nothing yet.
    Half(String),
    /// Counts the number in a field up or down.
    Nudge {
        /// The field.
        path: String,
        /// All of its text.
        text: String,
        /// Whether up.
        up: bool,
    },
    /// Opens or closes the explanation of a field.
    Explain(String),
    /// Leaves the field of a date or time.
    Leave {
        /// The field.
        path: String,
        /// Whether what stands there is half of a date or time: that is a value still to come, even in a field that may
        /// be empty.
        half: bool,
    },
    /// Leaves a field: what is typed next is a new step of undo.
    Settle,
    /// Adds an item at the end of its list.
    Insert(Rc<Item>),
    /// Takes an item out of a list.
    Remove(List, usize),
    /// Adds a step, so wide, to a step scaling policy.
    AddStep {
        /// Index of the policy.
        policy: usize,
        /// In the metric's unit.
        width: f64,
        /// Whether above the others.
        above: bool,
    },
    /// Gives a policy the alarm that it lacks, by its index.
    AddAlarm(usize),
    /// Takes a step out of a policy.
    RemoveStep {
        /// Index of the policy.
        policy: usize,
        /// Index of the step.
        step: usize,
    },
    /// Exchanges an item with the one after it.
    SwapWithNext(List, usize),
    /// Opens another scenario.
    Open(Rc<Scenario>),
    /// Changes the scenario as a whole and goes on looking at the same time.
    Change(Rc<Scenario>),
    /// One step back.
    Undo,
    /// One step forward again.
    Redo,
    /// Moves the cross-hair.
    Cursor(Option<f64>),
    /// Zooms.
    Window(Option<(f64, f64)>),
    /// Speaks another language.
    Lang(Lang),
    /// Wears other colours.
    Theme(Theme),
    /// Opens a dialog, or closes the one that is open.
    Panel(Option<Panel>),
    /// Drops a trace on the page.
    Drop(Recording),
    /// Says what did not open, or has heard it.
    Notice(Option<Notice>),
    /// Offers the kinds of layers to add, or no longer.
    OfferLayers(bool),
}

impl Action {
    /// Does this whenever it is clicked.
    #[inline(never)]
    pub fn on_click(self, on: &Callback<Self>) -> Callback<MouseEvent> {
        on.reform(move |_: MouseEvent| self.clone())
    }

    /// Types whatever text it is told into the field of this path.
    #[inline(never)]
    pub fn typed_at(path: &'static str, on: &Callback<Self>) -> Callback<String> {
        on.reform(move |text: String| Self::Type {
            path: path.to_owned(),
            text,
        })
    }
}

impl State {
    /// A page that shows `scenario`.
    pub fn new(scenario: Rc<Scenario>, lang: Lang, theme: Theme) -> Self {
        let mut next_id = 0;
        Self {
            now: Snapshot::new(scenario, &mut next_id),
            past: Rc::default(),
            future: Rc::default(),
            typing: None,
            next_id,
            cursor_s: None,
            window_s: None,
            lang,
            theme,
            panel: None,
            dropped: None,
            notice: None,
            offers_layers: false,
            drafts: Rc::default(),
            explained: Rc::default(),
        }
    }

    /// Whether there is a step back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step forward.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// The state after `action`.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let mut state = self.clone();
        match action {
            Action::Type { path, text } => state.type_in(path, text),
            Action::Half(path) => {
                Rc::make_mut(&mut state.drafts).insert(path, String::new());
            }
            Action::Nudge { path, text, up } => {
                if let Some(text) = state.nudged(&path, &text, up) {
                    state.type_in(path, text);
                }
            }
            Action::Explain(path) => {
                let explained = Rc::make_mut(&mut state.explained);
                match explained.iter().position(|open| *open == path) {
                    Some(open) => drop(explained.swap_remove(open)),
                    None => explained.push(path),
                }
            }
            Action::Leave { path, half } => {
                if state.drafts.get(&path).is_some_and(String::is_empty) {
                    if half {
                        let now = state.now.with_unread(&path, "", Wrong::Empty);
                        state.step(now, state.typing.as_deref() == Some(&*path));
                    } else {
                        state.type_in(path.clone(), String::new());
                    }
                    Rc::make_mut(&mut state.drafts).remove(&path);
                }
                state.typing = None;
            }
            Action::Settle => state.typing = None,
            Action::Insert(item) => {
                let mut now = state.now.clone();
                let scenario = Rc::make_mut(&mut now.scenario);
                let list = match Rc::unwrap_or_clone(item) {
                    Item::Layer(layer) => {
                        state.offers_layers = false;
                        scenario.demand.push(layer);
                        List::Demand
                    }
                    Item::Policy(policy) => {
                        scenario.policies.push(*policy);
                        List::Policies
                    }
                    Item::Action(action) => {
                        scenario.scheduled_actions.push(action);
                        List::Actions
                    }
                    Item::Failure(failure) => {
                        scenario.failures.push(failure);
                        List::Failures
                    }
                };
                Rc::make_mut(&mut now.ids).of_mut(list).push(state.next_id);
                state.next_id += 1;
                state.step(state.named(now), false);
            }
            Action::Remove(list, index) => {
                if index < state.now.ids.of(list).len() {
                    let now = state.now.without(list, index);
                    state.step(state.named(now), false);
                }
            }
            Action::AddStep { .. } | Action::RemoveStep { .. } | Action::AddAlarm(_) => {
                state.change_steps(&action);
            }
            Action::SwapWithNext(list, index) => {
                if index + 1 < state.now.ids.of(list).len() {
                    let now = state.now.swapped(list, index);
                    state.step(state.named(now), false);
                }
            }
            Action::Open(scenario) => {
                let now = Snapshot::new(scenario, &mut state.next_id);
                state.step(now, false);
                state.cursor_s = None;
                state.window_s = None;
                state.notice = None;
            }
            Action::Change(scenario) => {
                let now = Snapshot::new(scenario, &mut state.next_id);
                state.step(state.named(now), false);
            }
            Action::Undo => state.travel(true),
            Action::Redo => state.travel(false),
            Action::Cursor(cursor_s) => state.cursor_s = cursor_s,
            Action::Window(window_s) => state.window_s = window_s,
            Action::Lang(lang) => state.lang = lang,
            Action::Theme(theme) => state.theme = theme,
            Action::Panel(panel) => {
                state.panel = panel;
                state.dropped = None;
            }
            Action::Drop(source) => {
                state.panel = Some(Panel::Trace);
                state.dropped = Some(source);
            }
            Action::Notice(notice) => state.notice = notice,
            Action::OfferLayers(offers) => state.offers_layers = offers,
        }
        let (old, new) = (&self.now.scenario, &state.now.scenario);
        if !Rc::ptr_eq(old, new) && (old.hours, old.start) != (new.hours, new.start) {
            state.cursor_s = None;
            state.window_s = None;
        }
        state
    }

    #[inline(never)]
    fn change_steps(&mut self, action: &Action) {
        let now = self.now.stepped(action);
        self.step(self.named(now), false);
    }

    fn type_in(&mut self, path: String, text: String) {
        let now = self.now.typed(&path, &text);
        let continues = self.typing.as_deref() == Some(&*path);
        let now = if continues { now } else { self.named(now) };
        self.step(now, continues);
        Rc::make_mut(&mut self.drafts).insert(path.clone(), text);
        self.typing = Some(path);
    }

    /// The text one step up or down from `text`, where the field holds numbers and this is one.
    fn nudged(&self, path: &str, text: &str, up: bool) -> Option<String> {
        let mut scenario = (*self.now.scenario).clone();
        let slot = place(&mut scenario, path)?;
        let whole = match slot {
            Slot::Real(..) | Slot::MaybeReal(..) | Slot::Share(..) => false,
            Slot::Count(..) | Slot::MaybeCount(..) | Slot::Seed(_) | Slot::Change(_) => true,
            _ => return None,
        };
        let value = parse(text, slot.unit()).ok()?;
        let next = match slot.unit() {
            Unit::Difference => nudged_difference,
            _ => nudged,
        };
        Some(next(value, up, whole).to_string())
    }

    /// Goes on from a shipped scenario under its name, so that it keeps one in links and files.
    fn named(&self, mut now: Snapshot) -> Snapshot {
        let (old, new) = (&self.now.scenario, &now.scenario);
        if new.name.is_empty()
            && old.name.is_empty()
            && old != new
            && let Some(preset) = presets::of(old)
        {
            Rc::make_mut(&mut now.scenario).name =
                Words::new(self.lang).preset_name(preset.id).to_owned();
        }
        now
    }

    /// Makes `now` the present; the old present becomes a step of undo unless this edit goes on with the last.
    fn step(&mut self, now: Snapshot, continues: bool) {
        if now == self.now {
            return;
        }
        let before = std::mem::replace(&mut self.now, now);
        if !(continues && self.can_undo()) {
            let past = Rc::make_mut(&mut self.past);
            past.push(before);
            if past.len() > MOST_STEPS {
                past.remove(0);
            }
        }
        self.future = Rc::default();
        self.typing = None;
    }

    fn travel(&mut self, back: bool) {
        let (from, to) = if back {
            (&mut self.past, &mut self.future)
        } else {
            (&mut self.future, &mut self.past)
        };
        if from.is_empty() {
            return;
        }
        if let Some(then) = Rc::make_mut(from).pop() {
            Rc::make_mut(to).push(std::mem::replace(&mut self.now, then));
        }
        self.typing = None;
    }
}

impl Snapshot {
    fn new(scenario: Rc<Scenario>, next_id: &mut u32) -> Self {
        let mut name = |count: usize| -> Vec<u32> {
            (0..count)
                .map(|_| {
                    *next_id += 1;
                    *next_id - 1
                })
                .collect()
        };
        let lists = [
            name(scenario.demand.len()),
            name(scenario.policies.len()),
            name(scenario.scheduled_actions.len()),
            name(scenario.failures.len()),
        ];
        let ids = Ids {
            lists,
            added_from: *next_id,
        };
        Self {
            scenario,
            unread: Rc::default(),
            ids: Rc::new(ids),
        }
    }

    /// After a field's text became `text`.
    fn typed(&self, path: &str, text: &str) -> Self {
        let mut now = self.clone();
        let scenario = Rc::make_mut(&mut now.scenario);
        let platform = scenario.platform;
        let Some(slot) = place(scenario, path) else {
            return self.clone();
        };
        match slot.set(text) {
            Ok(()) => {
                let to = std::mem::replace(&mut scenario.platform, platform);
                if to != platform {
                    scenario.move_to(to);
                }
                let read = |other: &str| other == path || is_piece_beside(other, path);
                if now.unread.keys().any(|other| read(other)) {
                    Rc::make_mut(&mut now.unread).retain(|other, _| !read(other));
                }
            }
            Err(wrong) => now = self.with_unread(path, text, wrong),
        }
        now
    }

    /// With a text that could not be read.
    fn with_unread(&self, path: &str, text: &str, wrong: Wrong) -> Self {
        let mut now = self.clone();
        let text = text.to_owned();
        Rc::make_mut(&mut now.unread).insert(path.to_owned(), Unread { text, wrong });
        now
    }

    fn without(&self, list: List, index: usize) -> Self {
        let mut now = self.clone();
        let scenario = Rc::make_mut(&mut now.scenario);
        match list {
            List::Demand => drop(scenario.demand.remove(index)),
            List::Policies => drop(scenario.policies.remove(index)),
            List::Actions => drop(scenario.scheduled_actions.remove(index)),
            List::Failures => drop(scenario.failures.remove(index)),
        }
        Rc::make_mut(&mut now.ids).of_mut(list).remove(index);
        now.renumber(list, |at| match at {
            at if at == index => None,
            at if at > index => Some(at - 1),
            at => Some(at),
        });
        now
    }

    /// With a step more or less.
    #[inline(never)]
    fn stepped(&self, action: &Action) -> Self {
        match *action {
            Action::AddStep {
                policy,
                width,
                above,
            } => self.with_steps(policy, |steps| steps.add(width, above)),
            Action::RemoveStep { policy, step } => self.without_step(policy, step),
            Action::AddAlarm(policy) => self.with_alarm(policy),
            _ => self.clone(),
        }
    }

    fn with_steps(&self, policy: usize, change: impl FnOnce(&mut StepScaling)) -> Self {
        let mut now = self.clone();
        let scenario = Rc::make_mut(&mut now.scenario);
        let policy = scenario.policies.get_mut(policy);
        if let Some(steps) = policy.and_then(|policy| policy.step_scaling.as_deref_mut()) {
            change(steps);
        }
        now
    }

    /// With an alarm as a policy that is added has it.
    fn with_alarm(&self, policy: usize) -> Self {
        let mut now = self.clone();
        let scenario = Rc::make_mut(&mut now.scenario);
        let added = ScalingPolicy::step("").on(scenario.platform);
        if let Some(policy) = scenario.policies.get_mut(policy)
            && matches!(
                policy.policy_type,
                PolicyType::StepScaling | PolicyType::SimpleScaling
            )
            && policy.alarm.is_none()
        {
            policy.alarm = added.alarm;
        }
        now
    }

    fn without_step(&self, policy: usize, step: usize) -> Self {
        let mut now = self.with_steps(policy, |steps| steps.remove(step));
        let stem = [&List::Policies.item(policy), ".StepAdjustments["].concat();
        let moved = |path: &str| -> Option<String> {
            let Some((index, leaf)) = path.strip_prefix(&stem).and_then(|at| at.split_once(']'))
            else {
                return Some(path.to_owned());
            };
            match index.parse::<usize>() {
                Ok(index) if index > step => Some(format!("{stem}{}]{leaf}", index - 1)),
                Ok(index) if index == step => None,
                _ => Some(path.to_owned()),
            }
        };
        let unread = now.unread.iter();
        let unread = unread.filter_map(|(path, unread)| Some((moved(path)?, unread.clone())));
        now.unread = Rc::new(unread.collect());
        now
    }

    fn swapped(&self, list: List, index: usize) -> Self {
        let mut now = self.clone();
        let scenario = Rc::make_mut(&mut now.scenario);
        match list {
            List::Demand => scenario.demand.swap(index, index + 1),
            List::Policies => scenario.policies.swap(index, index + 1),
            List::Actions => scenario.scheduled_actions.swap(index, index + 1),
            List::Failures => scenario.failures.swap(index, index + 1),
        }
        Rc::make_mut(&mut now.ids)
            .of_mut(list)
            .swap(index, index + 1);
        now.renumber(list, |at| match at {
            at if at == index => Some(index + 1),
            at if at == index + 1 => Some(index),
            at => Some(at),
        });
        now
    }

    /// Keeps texts that could not be read with their items.
    fn renumber(&mut self, list: List, to: impl Fn(usize) -> Option<usize>) {
        if self.unread.is_empty() {
            return;
        }
        let moved = self.unread.iter().filter_map(|(path, unread)| {
            let path = match split(path) {
                Some((of, at, rest)) if of == list => format!("{}.{rest}", list.item(to(at)?)),
                _ => path.clone(),
            };
            Some((path, unread.clone()))
        });
        self.unread = Rc::new(moved.collect());
    }
}

/// Whether a field is another piece of the schedule that `path` is about: whatever it could not read is gone with the
/// expression that it was a piece of.
fn is_piece_beside(other: &str, path: &str) -> bool {
    const SCHEDULE: &str = ".Schedule";
    let ends = |path: &str| path.find(SCHEDULE).map(|at| at + SCHEDULE.len());
    match (ends(other), ends(path)) {
        (Some(a), Some(b)) => {
            other.get(..a) == path.get(..b)
                && [other.get(a..), path.get(b..)]
                    .iter()
                    .all(|rest| rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use scenario::document::{MetricName, Shape};

    use super::*;

    fn start() -> State {
        let steady = |rps| Layer {
            shape: Shape::Steady { rps },
            ..Layer::default()
        };
        let scenario = Scenario {
            demand: vec![steady(1.0), steady(2.0), steady(3.0)],
            ..Scenario::default()
        };
        State::new(Rc::new(scenario), Lang::En, Theme::Auto)
    }

    fn play(state: State, actions: impl IntoIterator<Item = Action>) -> State {
        actions
            .into_iter()
            .fold(state, |state, action| state.after(action))
    }

    fn typed(path: &str, text: &str) -> Action {
        Action::Type {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    fn rates(state: &State) -> Vec<f64> {
        let rate = |layer: &Layer| match layer.shape {
            Shape::Steady { rps } => rps,
            _ => f64::NAN,
        };
        state.now.scenario.demand.iter().map(rate).collect()
    }

    const MAX: &str = "load_test.max_rps";
    const FACTOR: &str = "load_test.safety_factor";

    #[test]
    fn edits_of_one_field_are_one_step_of_undo() {
        let first = start();
        let before = first.now.scenario.load_test.max_rps;
        let state = play(
            first,
            [typed(MAX, "4"), typed(MAX, "45"), typed(MAX, "45.")],
        );
        assert_eq!(state.now.scenario.load_test.max_rps, 45.0);
        let state = state.after(Action::Undo);
        assert_eq!(state.now.scenario.load_test.max_rps, before);
        assert!(!state.can_undo() && state.can_redo());
        assert_eq!(
            state.after(Action::Redo).now.scenario.load_test.max_rps,
            45.0
        );
    }

    #[test]
    fn another_field_or_leaving_a_field_begins_a_new_step() {
        let state = play(
            start(),
            [
                typed(MAX, "40"),
                typed(FACTOR, "0.7"),
                typed(MAX, "41"),
                Action::Settle,
                typed(MAX, "42"),
            ],
        );
        let state = state.after(Action::Undo);
        assert_eq!(state.now.scenario.load_test.max_rps, 41.0);
        let state = play(state, [Action::Undo, Action::Undo]);
        assert_eq!(state.now.scenario.load_test.max_rps, 40.0);
        let state = play(state, [typed(MAX, "9")]);
        assert!(!state.can_redo(), "a new edit ends what could be redone");
    }

    #[test]
    fn what_cannot_be_read_is_kept_beside_the_last_good_value() {
        let first = start();
        let good = Rc::clone(&first.now.scenario);
        let state = first.after(typed(MAX, "about 20"));
        assert!(
            Rc::ptr_eq(&good, &state.now.scenario),
            "nothing is computed anew"
        );
        let unread = &state.now.unread[MAX];
        assert_eq!(
            (&*unread.text, unread.wrong),
            ("about 20", Wrong::NotANumber)
        );
        let state = state.after(typed(MAX, "20"));
        assert!(state.now.unread.is_empty());
    }

    #[test]
    fn an_empty_optional_field_is_automatic_and_a_needed_one_is_not() {
        let path = "scalable_target.MinCapacity";
        let state = play(
            start(),
            [typed(path, "3"), typed(path, ""), typed(MAX, " ")],
        );
        assert_eq!(state.now.scenario.scalable_target.min_capacity, None);
        assert_eq!(state.now.unread[MAX].wrong, Wrong::Empty);
    }

    #[test]
    fn ids_and_texts_stay_with_their_items() {
        let rate = |index: usize| format!("demand[{index}].steady.rps");
        let state = play(start(), [typed(&rate(1), "x")]);
        let ids = state.now.ids.of(List::Demand).to_vec();

        let swapped = state.after(Action::SwapWithNext(List::Demand, 1));
        assert_eq!(rates(&swapped), [1.0, 3.0, 2.0]);
        assert_eq!(swapped.now.ids.of(List::Demand), [ids[0], ids[2], ids[1]]);
        assert!(swapped.now.unread.contains_key(&rate(2)));

        let removed = state.after(Action::Remove(List::Demand, 0));
        assert_eq!(rates(&removed), [2.0, 3.0]);
        assert_eq!(removed.now.ids.of(List::Demand), &ids[1..]);
        assert!(removed.now.unread.contains_key(&rate(0)));

        let gone = state.after(Action::Remove(List::Demand, 1));
        assert!(gone.now.unread.is_empty());
        let back = gone.after(Action::Undo);
        assert_eq!(back.now, state.now, "undo brings back layer, id and text");

        let added = state.after(Action::Insert(Rc::new(Item::Layer(Layer::default()))));
        let fresh = added.now.ids.of(List::Demand)[3];
        assert!(!ids.contains(&fresh));
    }

    #[test]
    fn a_policy_gets_the_alarm_that_it_lacks() {
        let mut policy = ScalingPolicy::step("wake");
        policy.alarm = None;
        let lacking = start().after(Action::Insert(Rc::new(Item::Policy(Box::new(policy)))));
        let place = lacking.now.scenario.policies.len() - 1;
        let alarm = |state: &State| state.now.scenario.policies[place].alarm.clone();
        assert_eq!(alarm(&lacking), None);
        let whole = lacking.after(Action::AddAlarm(place));
        assert_eq!(alarm(&whole), ScalingPolicy::step("").alarm);
        assert_eq!(whole.after(Action::Undo).now, lacking.now);
    }

    #[test]
    fn indices_out_of_range_change_nothing() {
        let first = start();
        for action in [
            Action::Remove(List::Demand, 3),
            Action::SwapWithNext(List::Demand, 2),
            Action::Remove(List::Actions, 0),
            Action::RemoveStep { policy: 0, step: 0 },
            Action::AddAlarm(0),
            Action::AddAlarm(9),
            Action::AddStep {
                policy: 7,
                width: 1.0,
                above: true,
            },
            typed("demand[9].steady.rps", "1"),
            typed("no.such.field", "1"),
            Action::Undo,
            Action::Redo,
        ] {
            let state = first.after(action.clone());
            assert_eq!(state.now, first.now, "{action:?}");
            assert!(!state.can_undo(), "{action:?}");
        }
    }

    #[test]
    fn another_scenario_or_length_shows_the_whole_run() {
        let looking = start().after(Action::Window(Some((60.0, 120.0))));
        assert_eq!(looking.after(typed(MAX, "5")).window_s, Some((60.0, 120.0)));
        assert_eq!(looking.after(typed("hours", "48")).window_s, None);
        let other = Rc::clone(&looking.now.scenario);
        assert_eq!(
            looking.after(Action::Change(Rc::clone(&other))).window_s,
            Some((60.0, 120.0))
        );
        assert_eq!(looking.after(Action::Open(other)).window_s, None);
    }

    #[test]
    fn a_shipped_scenario_keeps_its_name_once_it_is_changed() {
        let shipped = State::new(Rc::default(), Lang::En, Theme::Auto);
        for action in [
            typed(MAX, "30"),
            Action::Remove(List::Demand, 0),
            Action::Insert(Rc::new(Item::Layer(Layer::default()))),
        ] {
            let changed = shipped.after(action.clone());
            assert_eq!(changed.now.scenario.name, "Finals night", "{action:?}");
            assert_eq!(changed.after(Action::Undo).now, shipped.now);
        }
        assert_eq!(shipped.after(typed(MAX, "what")).now.scenario.name, "");
        assert_eq!(
            shipped.after(typed("name", "Mine")).now.scenario.name,
            "Mine"
        );
        assert_eq!(start().after(typed(MAX, "30")).now.scenario.name, "");
        let other = Rc::new(presets::all()[3].scenario());
        assert_eq!(shipped.after(Action::Open(other)).now.scenario.name, "");
    }

    #[test]
    fn history_has_an_end() {
        let state = (0..MOST_STEPS + 5).fold(start(), |state, i| {
            play(state, [typed(MAX, &(i + 1).to_string()), Action::Settle])
        });
        assert_eq!(state.past.len(), MOST_STEPS);
    }

    #[test]
    fn half_a_date_counts_as_nothing_once_it_is_left() {
        let state = play(start(), [Action::Half("start".to_owned())]);
        assert!(state.now.unread.is_empty(), "it may still become a date");
        let leave = |path: &str, half| Action::Leave {
            path: path.to_owned(),
            half,
        };
        let left = state.after(leave("start", true));
        assert_eq!(left.now.unread["start"].wrong, Wrong::Empty);
        assert!(!left.drafts.contains_key("start"));
        let whole = state.after(typed("start", "2026-11-28"));
        let left = whole.after(leave("start", false));
        assert_eq!(left.now, whole.now);
        // A field that may be empty is, once all is wiped, and not while half of it stands there.
        let path = "scheduled_actions[0].StartTime";
        let action = Item::Action(ScheduledAction::default());
        let set = play(
            start(),
            [
                Action::Insert(Rc::new(action)),
                typed(path, "2026-11-28T06:00"),
            ],
        );
        let begun = set.after(Action::Half(path.to_owned()));
        let start_of = |state: &State| state.now.scenario.scheduled_actions[0].start_time;
        let half = begun.after(leave(path, true));
        assert_eq!(start_of(&half), start_of(&set));
        assert_eq!(half.now.unread[path].wrong, Wrong::Empty);
        let none = play(half, [Action::Half(path.to_owned()), leave(path, false)]);
        assert_eq!(start_of(&none), None);
        assert!(none.now.unread.is_empty());
    }

    #[test]
    fn another_platform_takes_machine_and_metrics_along_in_one_step() {
        let before = start();
        let moved = play(
            before.clone(),
            [typed("platform", "ec2_auto_scaling_group")],
        );
        let scenario = &moved.now.scenario;
        assert_eq!(scenario.instance.instance_type, "c5.xlarge");
        assert_eq!(
            scenario.policies[0].metric(),
            MetricName::RequestCountPerTarget
        );
        let back = play(moved, [Action::Undo]);
        assert_eq!(back.now, before.now);
    }

    #[test]
    fn what_a_piece_of_a_schedule_could_not_read_goes_with_its_expression() {
        let path = |leaf: &str| format!("scheduled_actions[0].{leaf}");
        let action = Item::Action(ScheduledAction {
            schedule: "cron(0 9 ? * MON,TUE *)".to_owned(),
            ..ScheduledAction::default()
        });
        let bad = play(
            start(),
            [
                Action::Insert(Rc::new(action)),
                typed(&path("Schedule.days"), ""),
                typed(&path("MinCapacity"), "few"),
            ],
        );
        assert_eq!(bad.now.unread.len(), 2);
        for (leaf, text) in [
            ("Schedule.kind", "daily"),
            ("Schedule", "rate(1 hour)"),
            ("Schedule.time", "10:00"),
            ("Schedule.days", "wed"),
        ] {
            let state = bad.after(typed(&path(leaf), text));
            let left: Vec<&String> = state.now.unread.keys().collect();
            assert_eq!(left, [&path("MinCapacity")], "{leaf}");
        }
    }

    #[test]
    fn arrow_keys_count_what_stands_in_the_field() {
        let nudge = |path: &str, text: &str, up| Action::Nudge {
            path: path.to_owned(),
            text: text.to_owned(),
            up,
        };
        let hours = |text, up| start().after(nudge("hours", text, up)).now.scenario.hours;
        assert_eq!((hours("24", true), hours("24", false)), (25, 23));
        let factor = start().after(nudge(FACTOR, "0.5", true));
        let raised = factor.now.scenario.load_test.safety_factor;
        assert!(raised > 0.5 && raised < 1.0, "{raised}");
        for (path, text) in [(MAX, "much"), ("time_zone", "1"), ("no.such.field", "1")] {
            assert_eq!(start().after(nudge(path, text, true)).now, start().now);
        }
    }

    #[test]
    fn what_is_added_by_hand_is_known_from_what_was_there() {
        let added = start().after(Action::Insert(Rc::new(Item::Layer(Layer::default()))));
        let ids = &added.now.ids;
        let new: Vec<bool> = ids
            .of(List::Demand)
            .iter()
            .map(|id| ids.is_added(*id))
            .collect();
        assert_eq!(new, [false, false, false, true]);
        let scenario = Rc::clone(&added.now.scenario);
        let ids = added.after(Action::Open(scenario)).now.ids;
        assert!(!ids.of(List::Demand).iter().any(|id| ids.is_added(*id)));
    }

    #[test]
    fn explanations_open_and_close_each_for_itself() {
        let explain = |path: &str| Action::Explain(path.to_owned());
        let state = play(start(), [explain(MAX), explain(FACTOR), explain(MAX)]);
        assert_eq!(*state.explained, [FACTOR]);
    }
}
