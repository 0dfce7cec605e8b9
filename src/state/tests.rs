//! What a person does, and what the page then remembers.

use documents::Past;
use scenario::{
    document::{LoadTest, MetricName, ScalableTarget, Shape},
    presets,
};
use words::Words;

use super::*;

fn start() -> State {
    let steady = |rps| Layer {
        shape: Shape::Steady { rps },
        ..Layer::default()
    };
    let scenario = Scenario {
        demand: vec![steady(1.0), steady(2.0), steady(3.0)].into(),
        ..Scenario::default()
    };
    State::new(Rc::new(scenario), Whose::Other, Lang::En, Theme::Auto)
}

/// The page as a first visit finds it.
fn shipped() -> State {
    let whose = Whose::Shipped(&presets::all()[0]);
    State::new(Rc::default(), whose, Lang::En, Theme::Auto)
}

fn play(state: State, actions: impl IntoIterator<Item = Action>) -> State {
    actions
        .into_iter()
        .fold(state, |state, action| state.after(action))
}

fn field(path: &str) -> Field {
    path.parse().unwrap()
}

fn typed(field: Field, text: &str) -> Action {
    Action::Type {
        field,
        text: text.to_owned(),
    }
}

fn rates(state: &State) -> Vec<f64> {
    let rate = |layer: &Layer| match layer.shape {
        Shape::Steady { rps } => rps,
        _ => f64::NAN,
    };
    state.scenario().demand.iter().map(rate).collect()
}

const MAX: Field = LoadTest::max_rps;
const FACTOR: Field = LoadTest::safety_factor;

#[test]
fn edits_of_one_field_are_one_step_of_undo() {
    let first = start();
    let before = first.scenario().load_test.max_rps;
    let state = play(
        first,
        [typed(MAX, "4"), typed(MAX, "45"), typed(MAX, "45.")],
    );
    assert_eq!(state.scenario().load_test.max_rps, 45.0);
    let state = state.after(Action::Undo);
    assert_eq!(state.scenario().load_test.max_rps, before);
    assert!(!state.history.can_undo() && state.history.can_redo());
    assert_eq!(state.after(Action::Redo).scenario().load_test.max_rps, 45.0);
}

#[test]
fn another_field_or_leaving_a_field_begins_a_new_step() {
    let state = play(
        start(),
        [
            typed(MAX, "40"),
            typed(FACTOR, "0.7"),
            typed(MAX, "41"),
            Action::EndTyping,
            typed(MAX, "42"),
        ],
    );
    let state = state.after(Action::Undo);
    assert_eq!(state.scenario().load_test.max_rps, 41.0);
    let state = play(state, [Action::Undo, Action::Undo]);
    assert_eq!(state.scenario().load_test.max_rps, 40.0);
    let state = play(state, [typed(MAX, "9")]);
    assert!(
        !state.history.can_redo(),
        "a new edit ends what could be redone"
    );
}

#[test]
fn what_cannot_be_read_is_kept_beside_the_last_good_value() {
    let first = start();
    let good = Rc::clone(first.scenario());
    let state = first.after(typed(MAX, "about 20"));
    assert!(
        Rc::ptr_eq(&good, state.scenario()),
        "nothing is computed anew"
    );
    let unread = state.now().unread.get(&MAX).unwrap();
    assert_eq!(
        (&*unread.text, unread.wrong),
        ("about 20", Wrong::NotANumber)
    );
    let state = state.after(typed(MAX, "20"));
    assert!(state.now().unread.is_empty());
}

#[test]
fn an_empty_optional_field_is_automatic_and_a_needed_one_is_not() {
    let min = ScalableTarget::min_capacity;
    let state = play(start(), [typed(min, "3"), typed(min, ""), typed(MAX, " ")]);
    assert_eq!(state.scenario().scalable_target.min_capacity, None);
    assert_eq!(state.now().unread.get(&MAX).unwrap().wrong, Wrong::Empty);
}

#[test]
fn ids_and_texts_stay_with_their_items() {
    let state = play(start(), [typed(field("demand[1].steady.rps"), "x")]);
    let ids_of = |state: &State| state.scenario().demand.ids().to_vec();
    let unread_of = |state: &State| {
        let fields = state.now().unread.keys();
        fields
            .map(|field| field.path(state.scenario()))
            .collect::<Vec<_>>()
    };
    let ids = ids_of(&state);

    let swapped = state.after(Action::SwapWithNext(List::Demand, 1));
    assert_eq!(rates(&swapped), [1.0, 3.0, 2.0]);
    assert_eq!(ids_of(&swapped), [ids[0], ids[2], ids[1]]);
    assert_eq!(unread_of(&swapped), ["demand[2].steady.rps"]);

    let removed = state.after(Action::Remove(List::Demand, ids[0]));
    assert_eq!(rates(&removed), [2.0, 3.0]);
    assert_eq!(ids_of(&removed), &ids[1..]);
    assert_eq!(unread_of(&removed), ["demand[0].steady.rps"]);

    let gone = state.after(Action::Remove(List::Demand, ids[1]));
    assert!(gone.now().unread.is_empty());
    let back = gone.after(Action::Undo);
    assert_eq!(
        back.now(),
        state.now(),
        "undo brings back layer, id and text"
    );
    assert_eq!(ids_of(&back), ids);

    let added = state.after(Action::Insert(Rc::new(Item::Layer(Layer::default()))));
    assert!(!ids.contains(&ids_of(&added)[3]));
}

#[test]
fn a_policy_gets_the_alarm_that_it_lacks() {
    let mut policy = ScalingPolicy::step("wake");
    policy.alarm = None;
    let lacking = start().after(Action::Insert(Rc::new(Item::Policy(Box::new(policy)))));
    let id = *lacking.scenario().policies.ids().last().unwrap();
    let alarm = |state: &State| state.scenario().policies.of(id).unwrap().alarm.clone();
    assert_eq!(alarm(&lacking), None);
    let whole = lacking.after(Action::AddAlarm(id));
    assert_eq!(alarm(&whole), ScalingPolicy::step("").alarm);
    assert_eq!(whole.after(Action::Undo).now(), lacking.now());
}

#[test]
fn what_is_not_there_changes_nothing() {
    let first = start();
    let (policy, step, none) = (ItemId(0), ItemId(0), ItemId(9));
    for action in [
        Action::Remove(List::Demand, none),
        Action::SwapWithNext(List::Demand, 2),
        Action::SwapWithNext(List::Demand, usize::MAX),
        Action::Remove(List::Actions, ItemId(0)),
        Action::RemoveStep { policy, step },
        Action::AddAlarm(policy),
        Action::AddAlarm(none),
        Action::AddStep {
            policy: none,
            width: 1.0,
            above: true,
        },
        typed(field("demand[9].steady.rps"), "1"),
        typed(field("demand[0].event.rps"), "1"),
        Action::Undo,
        Action::Redo,
    ] {
        let state = first.after(action.clone());
        assert_eq!(state.now(), first.now(), "{action:?}");
        assert!(!state.history.can_undo(), "{action:?}");
    }
}

#[test]
fn another_scenario_or_length_shows_the_whole_run() {
    let window = Window {
        from_s: 60.0,
        to_s: 120.0,
    };
    let looking = start().after(Action::Show(window));
    let other = Rc::clone(looking.scenario());
    for (action, shown) in [
        (typed(MAX, "5"), Some(window)),
        (typed(Scenario::hours, "48"), None),
        (Action::Change(Rc::clone(&other)), Some(window)),
        (Action::Open(other, Whose::Other), None),
    ] {
        let after = looking.after(action.clone());
        assert_eq!(after.view.sight.window, shown, "{action:?}");
    }
    assert_eq!(looking.view.sight.window_of(3600.0), window);
    assert_eq!(looking.view.sight.window_of(90.0), Window::whole(90.0));
}

#[test]
fn the_cross_hair_goes_back_to_where_it_was_pinned() {
    let cursor_s = |actions: &[Action]| play(start(), actions.to_vec()).view.sight.cursor_s;
    let (pin, hover) = (Action::Pin(Some(60.0)), Action::Hover(Some(90.0)));
    let leave = Action::Hover(None);
    assert_eq!(cursor_s(&[pin.clone(), hover.clone()]), Some(90.0));
    assert_eq!(
        cursor_s(&[pin.clone(), hover.clone(), leave.clone()]),
        Some(60.0)
    );
    assert_eq!(cursor_s(&[hover.clone(), leave.clone()]), None);
    assert_eq!(cursor_s(&[pin, Action::Pin(None), hover, leave]), None);
}

#[test]
fn who_goes_to_a_moment_sees_it() {
    let window = Window {
        from_s: 0.0,
        to_s: 600.0,
    };
    let go = |at_s| Action::Go {
        at_s,
        length_s: 3600.0,
    };
    let looking = start().after(Action::Show(window));
    let inside = looking.after(go(300.0)).view;
    assert_eq!(
        (inside.sight.cursor_s, inside.sight.window),
        (Some(300.0), Some(window))
    );
    let beyond = looking.after(go(1800.0)).view;
    assert!(
        beyond
            .sight
            .window
            .is_some_and(|window| window.contains(1800.0))
    );
    assert_eq!(start().after(go(1800.0)).view.sight.window, None);
}

fn title(state: &State) -> &str {
    &state.scenario().name
}

fn named(name: &str) -> Rc<Scenario> {
    Rc::new(Scenario {
        name: name.to_owned(),
        ..Scenario::default()
    })
}

#[test]
fn the_first_edit_makes_a_copy_of_ones_own_whatever_it_is() {
    let first = shipped();
    for actions in [
        vec![typed(MAX, "30")],
        vec![typed(MAX, ""), typed(MAX, "3"), typed(MAX, "30")],
        vec![Action::Remove(List::Demand, ItemId(0))],
        vec![Action::Insert(Rc::new(Item::Layer(Layer::default())))],
        vec![Action::Change(Rc::clone(start().scenario()))],
        vec![typed(MAX, "30"), Action::Undo, typed(FACTOR, "0.7")],
        vec![
            typed(MAX, "30"),
            typed(FACTOR, "0.7"),
            Action::Undo,
            Action::Redo,
        ],
    ] {
        let changed = play(first.clone(), actions.clone());
        assert_eq!(title(&changed), "Finals night, changed", "{actions:?}");
        assert_eq!(changed.now().whose, Whose::Own(0), "{actions:?}");
        assert_eq!(
            *changed.own.titles,
            [(0, "Finals night, changed".to_owned())]
        );
        let back = play(changed, [Action::Undo, Action::Undo, Action::Undo]);
        assert_eq!(back.now(), first.now());
        assert!(back.own.titles.is_empty(), "{actions:?}: nothing is left");
        assert_eq!(back.undone().map(|(number, _)| number), Some(0));
        assert!(!back.after(Action::Redo).own.titles.is_empty());
    }
    for actions in [
        vec![typed(MAX, "what")],
        vec![typed(MAX, "20")],
        vec![Action::Panel(None)],
    ] {
        let same = play(first.clone(), actions.clone());
        assert_eq!((title(&same), same.now().whose), ("", first.now().whose));
        assert!(same.own.titles.is_empty(), "{actions:?}");
    }
    let titled = first.after(typed(Scenario::name, "Mine"));
    assert_eq!(title(&titled.after(typed(MAX, "30"))), "Mine");
}

#[test]
fn a_copy_has_a_title_that_no_other_has() {
    let mut state = shipped();
    state.own.titles = Rc::new(vec![
        (70, "Quiz".to_owned()),
        (71, "Quiz 2".to_owned()),
        (72, "Finals night, changed".to_owned()),
        (73, "Untitled scenario".to_owned()),
    ]);
    state.own.first = 100;
    let open = |name: &str| Action::Open(named(name), Whose::Other);
    for (actions, expected, number) in [
        (vec![typed(MAX, "30")], "Finals night, changed 2", 100),
        (vec![open("Quiz"), typed(MAX, "30")], "Quiz 3", 101),
        (vec![open("Quiz 2"), typed(MAX, "30")], "Quiz 3", 101),
        (vec![open("Test"), typed(MAX, "30")], "Test", 101),
        (vec![open("Quiz"), Action::KeepCopy], "Quiz 3", 102),
        (vec![open(""), Action::KeepCopy], "Untitled scenario 2", 102),
        (vec![Action::Begin(named("Quiz"))], "Quiz 3", 101),
        (vec![typed(Scenario::name, "Quiz")], "Quiz", 100),
    ] {
        let state = play(state.clone(), actions.clone());
        assert_eq!(title(&state), expected, "{actions:?}");
        assert_eq!(state.now().whose, Whose::Own(number), "{actions:?}");
        assert!(state.own.has(state.now().whose));
    }
    let own = Action::Open(named("Quiz"), Whose::Own(70));
    let edited = play(state.clone(), [own.clone(), typed(MAX, "30")]);
    assert_eq!(
        (title(&edited), edited.now().whose),
        ("Quiz", Whose::Own(70))
    );
    let deleted = play(state, [own, Action::Kept(Vec::new())]);
    assert!(!deleted.own.has(deleted.now().whose));
    let again = deleted.after(typed(MAX, "30"));
    assert!(again.own.has(again.now().whose), "an edit keeps it again");
}

#[test]
fn undo_forgets_what_it_has_unmade_and_nothing_that_was_there() {
    let first = shipped();
    let begun = first.after(Action::Begin(named("Mine")));
    let opened = |state: &State| {
        let open = Action::Open(Rc::clone(state.scenario()), state.now().whose);
        play(
            state.clone(),
            [Action::Open(named("Other"), Whose::Other), open],
        )
    };
    let copy = first.after(typed(MAX, "30"));
    for (state, unmade) in [
        (copy.clone(), Some(0)),
        (begun.clone(), Some(1)),
        (opened(&copy), None),
        (opened(&begun), None),
        (begun.after(typed(MAX, "30")), None),
    ] {
        let whose = state.now().whose;
        let back = state.after(Action::Undo);
        assert_eq!(back.undone().map(|(number, _)| number), unmade);
        assert_eq!(back.own.has(whose), unmade.is_none());
    }
}

#[test]
fn what_an_account_did_and_what_was_opened_go_with_the_document() {
    let past = Rc::new(Past {
        steps: vec![(0.0, 2), (60.0, 3)],
        alarms: Vec::new(),
    });
    let first = shipped();
    let brought = first.after(Action::Bring(named("Mine"), Rc::clone(&past)));
    let opened = Rc::clone(&brought.now().as_opened.0);
    let other = Rc::new(Scenario {
        hours: 3,
        ..Scenario::clone(brought.scenario())
    });
    for (actions, keeps) in [
        (vec![], true),
        (vec![typed(MAX, "30")], true),
        (vec![typed(MAX, "what")], true),
        (vec![Action::Change(Rc::clone(&other))], true),
        (vec![typed(MAX, "30"), Action::Undo], true),
        (vec![Action::Undo, Action::Redo], true),
        (vec![Action::Undo], false),
        (vec![Action::Begin(named("Quiz"))], false),
        (vec![Action::Open(other, Whose::Other)], false),
    ] {
        let state = play(brought.clone(), actions);
        let Snapshot {
            account, as_opened, ..
        } = state.now();
        assert_eq!(*account == past, keeps);
        assert_eq!(Rc::ptr_eq(&as_opened.0, &opened), keeps);
    }
    assert!(matches!(brought.now().whose, Whose::Own(_)));
}

#[test]
fn a_copy_keeps_what_could_not_be_read_and_can_be_undone() {
    let state = start().after(typed(MAX, "what"));
    let copy = state.after(Action::KeepCopy);
    assert_eq!(copy.now().unread, state.now().unread);
    assert_eq!(copy.after(Action::Undo).now(), state.now());
}

#[test]
fn titles_that_the_page_has_given_are_told_from_a_persons() {
    let words = Words::new(Lang::En);
    for (title, expected) in [
        ("", true),
        ("Untitled scenario", true),
        ("Untitled scenario 12", true),
        ("Flash sale", true),
        ("Flash sale, changed 3", true),
        ("Flash sale 1", false),
        ("Flash sale of ours", false),
        ("2026", false),
    ] {
        assert_eq!(is_automatic(words, title), expected, "{title}");
    }
}

#[test]
fn the_line_says_whose_the_scenario_is_and_does_not_go_at_the_first_key() {
    let own = |titles: &[(u64, &str)]| {
        let titles = titles
            .iter()
            .map(|(number, title)| (*number, (*title).to_owned()));
        Action::Kept(titles.collect())
    };
    let link = || Action::Open(named("Quiz"), Whose::Other);
    let mine = || Action::Open(named("Mine"), Whose::Own(70));
    let have = || own(&[(70, "Mine")]);
    let refused = Action::Notice(Some(Notice::NotKept));
    for (actions, expected) in [
        (vec![], Some(Line::Sample)),
        (vec![typed(MAX, "30")], Some(Line::Kept)),
        (
            vec![typed(MAX, "30"), typed(FACTOR, "0.7")],
            Some(Line::Kept),
        ),
        (vec![typed(MAX, "30"), Action::HideLine], None),
        (vec![typed(MAX, "30"), refused], None),
        (vec![have()], None),
        (vec![have(), typed(MAX, "30")], None),
        (vec![have(), mine()], None),
        (vec![have(), mine(), own(&[])], Some(Line::Deleted)),
        (
            vec![have(), mine(), own(&[]), Action::KeepCopy],
            Some(Line::Kept),
        ),
        (vec![have(), link()], Some(Line::Link)),
        (vec![have(), link(), typed(MAX, "30")], Some(Line::Kept)),
        (vec![have(), link(), typed(MAX, "30"), mine()], None),
        (vec![Action::Begin(named("Quiz"))], None),
    ] {
        let state = play(shipped(), actions.clone());
        assert_eq!(state.line(), expected, "{actions:?}");
    }
}

#[test]
fn a_lesson_stays_while_the_title_is_the_samples() {
    let lesson = |actions: Vec<Action>| play(shipped(), actions).lesson().is_some();
    let name = |name: &str| typed(Scenario::name, name);
    assert!(lesson(vec![]));
    assert!(lesson(vec![typed(MAX, "30")]));
    assert!(!lesson(vec![typed(MAX, "30"), name("Mine")]));
    assert!(!lesson(vec![name("Mine")]));
    assert!(!lesson(vec![Action::Open(named(""), Whose::Other)]));
    assert!(!lesson(vec![Action::Change(named("our-endpoint"))]));
}

#[test]
fn where_the_address_does_not_open_nothing_of_the_document_changes() {
    let before = shipped().after(typed(MAX, "30"));
    let unopened = before.after(Action::Unopened(Some(LinkError::Broken)));
    for action in [Action::Undo, Action::Redo] {
        let after = unopened.after(action);
        assert_eq!(after.now(), before.now());
        assert_eq!(after.unopened, Some(LinkError::Broken));
    }
    for action in [
        Action::Unopened(None),
        Action::Open(named("Quiz"), Whose::Other),
        Action::Begin(named("Quiz")),
    ] {
        assert_eq!(unopened.after(action).unopened, None);
    }
}

#[test]
fn what_is_dismissed_is_back_with_another_scenario_except_the_greeting() {
    let hidden = play(shipped(), [Action::HideLine, Action::HideLesson]);
    assert_eq!((hidden.line(), hidden.lesson()), (None, None));
    let quiz = Action::Open(named("Quiz"), Whose::Other);
    let other = hidden.after(quiz);
    assert_eq!((other.line(), other.is_first()), (Some(Line::Link), false));
    let preset = &presets::all()[4];
    let flash = Action::Open(preset.scenario().into(), Whose::Shipped(preset));
    let sample = hidden.after(flash);
    assert_eq!(sample.line(), None);
    assert!(sample.lesson().unwrap().starts_with("A sale"));
}

#[test]
fn history_has_an_end() {
    let state = (0..history::MAX_STEPS + 5).fold(start(), |state, i| {
        play(state, [typed(MAX, &(i + 1).to_string()), Action::EndTyping])
    });
    assert_eq!(state.history.steps_back(), history::MAX_STEPS);
}

#[test]
fn half_a_date_counts_as_nothing_once_it_is_left() {
    let state = play(start(), [Action::TypeHalf(Scenario::start)]);
    assert!(state.now().unread.is_empty(), "it may still become a date");
    let leave = |field, half| Action::Leave { field, half };
    let left = state.after(leave(Scenario::start, true));
    assert_eq!(
        left.now().unread.get(&Scenario::start).unwrap().wrong,
        Wrong::Empty
    );
    assert_eq!(left.view.drafts.get(&"start".to_owned()), None);
    let whole = state.after(typed(Scenario::start, "2026-11-28"));
    let left = whole.after(leave(Scenario::start, false));
    assert_eq!(left.now(), whole.now());
    // A field that may be empty is, once all is wiped, and not while half of it stands there.
    let start_time = ScheduledAction::start_time.of(ItemId(0));
    let action = Item::Action(ScheduledAction::default());
    let set = play(
        start(),
        [
            Action::Insert(Rc::new(action)),
            typed(start_time, "2026-11-28T06:00"),
        ],
    );
    let begun = set.after(Action::TypeHalf(start_time));
    let start_of = |state: &State| state.scenario().scheduled_actions[0].start_time;
    let half = begun.after(leave(start_time, true));
    assert_eq!(start_of(&half), start_of(&set));
    assert_eq!(
        half.now().unread.get(&start_time).unwrap().wrong,
        Wrong::Empty
    );
    let none = play(
        half,
        [Action::TypeHalf(start_time), leave(start_time, false)],
    );
    assert_eq!(start_of(&none), None);
    assert!(none.now().unread.is_empty());
}

#[test]
fn another_platform_takes_machine_and_metrics_along_in_one_step() {
    let before = start();
    let moved = play(
        before.clone(),
        [typed(Scenario::platform, "ec2_auto_scaling_group")],
    );
    let scenario = moved.scenario();
    assert_eq!(scenario.instance.instance_type, "c5.xlarge");
    assert_eq!(
        scenario.policies[0].metric(),
        MetricName::RequestCountPerTarget
    );
    let back = play(moved, [Action::Undo]);
    assert_eq!(back.now(), before.now());
}

#[test]
fn who_comes_back_to_a_platform_finds_the_bounds_that_were_given_there() {
    let max = ScalableTarget::max_capacity;
    let to = |name: &str| typed(Scenario::platform, name);
    let max_of = |state: &State| state.scenario().scalable_target.max_capacity;
    let first = play(start(), [typed(max, "17")]);
    for (actions, expected) in [
        (vec![to("sagemaker_serverless")], None),
        (
            vec![to("sagemaker_serverless"), to("sagemaker_real_time")],
            Some(17),
        ),
        (
            vec![
                to("sagemaker_serverless"),
                typed(max, "5"),
                to("ec2_auto_scaling_group"),
                to("sagemaker_real_time"),
            ],
            Some(17),
        ),
        (
            vec![
                to("sagemaker_serverless"),
                typed(max, "5"),
                to("sagemaker_real_time"),
                to("sagemaker_serverless"),
            ],
            Some(5),
        ),
        (
            vec![
                to("sagemaker_serverless"),
                Action::Open(named("Other"), Whose::Other),
                typed(max, ""),
                to("sagemaker_serverless"),
                to("sagemaker_real_time"),
            ],
            None,
        ),
    ] {
        let state = play(first.clone(), actions.clone());
        assert_eq!(max_of(&state), expected, "{actions:?}");
    }
}

#[test]
fn what_a_piece_of_a_schedule_could_not_read_goes_with_its_expression() {
    let of_action = |name: &str| field(&format!("scheduled_actions[0].{name}"));
    let action = Item::Action(ScheduledAction {
        schedule: "cron(0 9 ? * MON,TUE *)".to_owned(),
        ..ScheduledAction::default()
    });
    let bad = play(
        start(),
        [
            Action::Insert(Rc::new(action)),
            typed(of_action("Schedule.days"), ""),
            typed(of_action("MinCapacity"), "few"),
        ],
    );
    assert_eq!(bad.now().unread.len(), 2);
    for (leaf, text) in [
        ("Schedule.kind", "daily"),
        ("Schedule", "rate(1 hour)"),
        ("Schedule.time", "10:00"),
        ("Schedule.days", "wed"),
    ] {
        let state = bad.after(typed(of_action(leaf), text));
        let left: Vec<Field> = state.now().unread.keys().copied().collect();
        assert_eq!(left, [of_action("MinCapacity")], "{leaf}");
    }
}

#[test]
fn arrow_keys_count_what_stands_in_the_field() {
    let nudge = |field, text: &str, up| Action::Nudge {
        field,
        text: text.to_owned(),
        up,
    };
    let hours = |text, up| {
        start()
            .after(nudge(Scenario::hours, text, up))
            .scenario()
            .hours
    };
    assert_eq!((hours("24", true), hours("24", false)), (25, 23));
    let factor = start().after(nudge(FACTOR, "0.5", true));
    let raised = factor.scenario().load_test.safety_factor;
    assert!(raised > 0.5 && raised < 1.0, "{raised}");
    for (field, text) in [(MAX, "much"), (Scenario::time_zone, "1")] {
        assert_eq!(start().after(nudge(field, text, true)).now(), start().now());
    }
}

#[test]
fn what_is_added_by_hand_is_known_from_what_was_there() {
    let is_added = |state: &State| -> Vec<bool> {
        let demand = &state.scenario().demand;
        demand.ids().iter().map(|id| demand.is_added(*id)).collect()
    };
    let added = start().after(Action::Insert(Rc::new(Item::Layer(Layer::default()))));
    assert_eq!(is_added(&added), [false, false, false, true]);
    let scenario = Rc::clone(added.scenario());
    for action in [
        Action::Open(Rc::clone(&scenario), Whose::Other),
        Action::Change(scenario),
    ] {
        let opened = added.after(action);
        assert_eq!(is_added(&opened), [false; 4]);
        assert_ne!(opened.now().opened, added.now().opened);
    }
}

#[test]
fn explanations_open_and_close_each_for_itself() {
    let explain = Action::Explain;
    let state = play(start(), [explain(MAX), explain(FACTOR), explain(MAX)]);
    assert_eq!(*state.view.explained, [FACTOR]);
}

#[test]
fn runs_are_pinned_once_and_at_most_four_and_outlive_what_is_opened() {
    let max_rps = field("load_test.max_rps");
    let pin = |state: State, text: &str| play(state, [typed(max_rps, text), Action::PinRun]);
    let mut state = play(start(), [Action::PinRun, Action::PinRun]);
    assert_eq!(state.pinned.len(), 1);
    for (text, count) in [("21", 2), ("22", 3), ("22", 3), ("23", 4), ("24", 4)] {
        state = pin(state, text);
        assert_eq!(state.pinned.len(), count, "{text}");
    }
    let first = Rc::clone(&state.pinned[1]);
    state = play(state, [Action::UnpinRun(0), Action::UnpinRun(9)]);
    assert_eq!(state.pinned.len(), 3);
    assert!(Rc::ptr_eq(&state.pinned[0], &first));
    // Another scenario is opened to be compared.
    state = play(
        state,
        [Action::Open(Rc::default(), Whose::Other), Action::Undo],
    );
    assert_eq!(state.pinned.len(), 3);
}

#[test]
fn what_brings_its_own_pinned_runs_is_undone_with_them() {
    let pins =
        |names: &[&str]| all_pinned(names.iter().map(|it| Scenario::clone(&named(it))).collect());
    let together = |name: &str, pinned: &[&str]| {
        Action::OpenTogether(named(name), Whose::Own(70), pins(pinned))
    };
    let pinned =
        |state: &State| -> Vec<String> { state.pinned.iter().map(|it| it.name.clone()).collect() };
    let mut state = start();
    for (action, expected) in [
        (Action::PinRun, vec![""]),
        (typed(MAX, "21"), vec![""]),
        (Action::Undo, vec![""]),
        (Action::Redo, vec![""]),
        (together("A", &["B", "C"]), vec!["B", "C"]),
        (typed(MAX, "22"), vec!["B", "C"]),
        (Action::UnpinRun(0), vec!["C"]),
        (Action::Undo, vec!["C"]),
        (Action::Undo, vec![""]),
        (Action::Undo, vec![""]),
        (Action::Redo, vec![""]),
        (Action::Redo, vec!["C"]),
        // An address says itself what is pinned, also that nothing is.
        (together("D", &[]), vec![]),
        (Action::Undo, vec!["C"]),
        (Action::Redo, vec![]),
        (Action::Open(named("E"), Whose::Other), vec![]),
        (Action::PinRun, vec!["E"]),
        (Action::Undo, vec!["E"]),
        (Action::Undo, vec!["C"]),
        (Action::Redo, vec!["E"]),
    ] {
        state = state.after(action.clone());
        assert_eq!(pinned(&state), expected, "{action:?}");
    }
}

#[test]
fn a_scenario_that_is_chosen_leaves_what_is_pinned_unless_it_brings_its_own() {
    let state = start().after(Action::PinRun);
    for (pinned, count) in [(vec![], 1), (vec![Scenario::default(); 2], 2)] {
        let opened = Opened {
            scenario: named("A"),
            whose: Whose::Own(70),
            pinned: all_pinned(pinned),
        };
        assert_eq!(state.after(Action::opens(opened)).pinned.len(), count);
    }
}
