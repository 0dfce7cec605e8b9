//! A moment of a run, as a slider and as a field: a time of day, or, of a run that is longer than a day, with its date.

use std::rc::Rc;

use scenario::time::{Clock, LocalDateTime, LocalTime};
use study::unit::Unit;
use words::Words;
use yew::prelude::*;

use crate::{browser::dom, outcome::Outcome};

/// What it is made from.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct MomentProps {
    /// Id of the field; the others begin with it.
    pub id: &'static str,
    /// The outcome of the run.
    pub outcome: Rc<Outcome>,
    /// Language.
    pub words: Words,
    /// The least and the most, seconds from the start.
    pub range: (f64, f64),
    /// The moment, seconds from the start; none: none is chosen yet.
    pub at_s: Option<f64>,
    /// What slider and field are called.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// Id of what they are called, where that stands elsewhere.
    #[prop_or_default]
    pub labelled_by: Option<&'static str>,
    /// Id of what else is said of them.
    #[prop_or_default]
    pub described_by: Option<&'static str>,
    /// What the slider says of its moment; none: the moment itself.
    #[prop_or_default]
    pub says: Option<String>,
    /// Told another moment, seconds from the start.
    pub on_go: Callback<f64>,
    /// Told that somebody begins to type.
    #[prop_or_default]
    pub on_focus: Callback<()>,
}

/// The slider and the field. What is typed and lies outside of the range is said, and told nobody.
#[function_component]
pub fn Moment(props: &MomentProps) -> Html {
    let MomentProps {
        id,
        words,
        range: (from_s, to_s),
        at_s,
        label,
        labelled_by,
        described_by,
        ..
    } = props;
    let (from_s, to_s) = (*from_s, *to_s);
    let clock = &props.outcome.compiled.clock;
    let said = |at_s: f64| words.quantity(at_s, Unit::Moment, Some(clock));
    // What lies outside was typed where the moment stood.
    let outside_at = use_state_eq(|| None::<Option<f64>>);
    let is_outside = *outside_at == Some(*at_s);
    let is_one_day = wall(clock, from_s).date() == wall(clock, (to_s - 60.0).max(from_s)).date();
    let on_slide = {
        let on_go = props.on_go.clone();
        move |event: InputEvent| {
            if let Some(at_s) = dom::value(&event).and_then(|value| value.parse().ok()) {
                on_go.emit(at_s);
            }
        }
    };
    let on_type = {
        let (on_go, outside_at) = (props.on_go.clone(), outside_at.setter());
        let (clock, stood_s) = (clock.clone(), *at_s);
        move |event: InputEvent| {
            // As long as a part of it is missing, the field has no value.
            let typed = dom::value(&event);
            let Some(at_s) = typed.and_then(|typed| read(&clock, from_s, &typed)) else {
                return;
            };
            let is_within = (from_s..=to_s).contains(&at_s);
            outside_at.set((!is_within).then_some(stood_s));
            if is_within {
                on_go.emit(at_s);
            }
        }
    };
    let value = at_s.map_or_else(String::new, |at_s| written(clock, at_s, is_one_day));
    let range_id = format!("{id}-range");
    let described = match described_by {
        Some(other) => format!("{range_id} {other}"),
        None => range_id.clone(),
    };
    let (from, to) = (said(from_s), said(to_s));
    let valuetext = props
        .says
        .clone()
        .unwrap_or_else(|| said(at_s.unwrap_or(from_s)));
    let (kind, says) = (
        if is_one_day { "time" } else { "datetime-local" },
        if is_outside {
            words.moment_outside(&from, &to)
        } else {
            words.moment_range(&from, &to)
        },
    );
    html! {
        <>
            <div class={classes!("slide", is_outside.then_some("bad"))}>
                <input type="range" min={from_s.to_string()} max={to_s.to_string()} step="60" value={at_s.unwrap_or(from_s).to_string()}
                    oninput={on_slide} aria-label={label.clone()} aria-labelledby={*labelled_by} aria-valuetext={valuetext}
                    aria-describedby={described.clone()} />
                <span class="i">
                    <input id={*id} type={kind} {value} oninput={on_type} onfocus={props.on_focus.reform(|_: FocusEvent| ())}
                        aria-label={label.clone()} aria-labelledby={*labelled_by} aria-invalid={is_outside.then_some("true")}
                        aria-describedby={described} />
                </span>
            </div>
            <small id={range_id} class={classes!("reach", is_outside.then_some("err"))} role={is_outside.then_some("alert")}>{ says }</small>
        </>
    }
}

/// Returns a moment as its field has it.
fn written(clock: &Clock, at_s: f64, is_one_day: bool) -> String {
    let local = wall(clock, at_s);
    let length = "00:00".len();
    let time: String = local.time().to_string().chars().take(length).collect();
    if is_one_day {
        time
    } else {
        format!("{}T{time}", local.date())
    }
}

/// Reads what a field says, seconds from the start; a time of day is one of the day on which the range begins.
fn read(clock: &Clock, from_s: f64, typed: &str) -> Option<f64> {
    let of_day = |time: LocalTime| wall(clock, from_s).date().at(time);
    let local = typed.parse().map(of_day);
    let local = local.or_else(|_| typed.parse::<LocalDateTime>()).ok()?;
    Some(clock.at_s(local))
}

fn wall(clock: &Clock, at_s: f64) -> LocalDateTime {
    clock.local(at_s)
}

#[cfg(test)]
mod tests {
    use scenario::{compile::compile, document::Scenario};

    use super::*;

    #[test]
    fn what_a_field_says_is_read_as_it_is_written() {
        let clock = compile(&Scenario::default()).unwrap().clock;
        for (at_s, is_one_day, says) in [
            (0.0, true, "00:00"),
            (72_300.0, true, "20:05"),
            (72_300.0, false, "T20:05"),
            (90_000.0, false, "T01:00"),
        ] {
            let text = written(&clock, at_s, is_one_day);
            assert!(text.ends_with(says), "{text}");
            assert_eq!(read(&clock, 0.0, &text), Some(at_s), "{text}");
        }
        for nothing in ["", "20:0", "25:00", "soon"] {
            assert_eq!(read(&clock, 0.0, nothing), None, "{nothing}");
        }
    }
}
