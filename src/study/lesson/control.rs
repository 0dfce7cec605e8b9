//! The one control of a lesson: a few choices, a list, or a slider with its field. It tells a setting, as links and facts name it.

use study::{
    lesson::LessonText,
    setting::Control,
    text::{Inline, plain},
    unit::Unit,
};
use words::Words;
use yew::prelude::*;

use crate::{browser::dom, study::text::Speaker};

/// Most variants that all stand there at once: more are a list, which takes one line.
const MOST_BUTTONS: usize = 9;

/// Returns the setting that a text in the control's field means; nothing where it means none that can be set.
pub fn setting_of(words: Words, control: &Control, typed: &str) -> Option<String> {
    let Control::Number { unit, .. } = control else {
        return None;
    };
    let setting = words.read_quantity(typed, *unit).ok()?.to_string();
    control.number(&setting).map(|_| setting)
}

/// Returns the control, put to a setting. `typed`: what was typed into its field, as long as nothing else moves it. `on_set` is told settings,
/// `on_type` what is typed.
pub fn control(
    words: Words,
    control: &Control,
    text: &LessonText,
    setting: &str,
    typed: Option<&str>,
    on_set: &Callback<String>,
    on_type: &Callback<String>,
) -> Html {
    let speaker = Speaker::plain();
    let label = speaker.line(&text.control);
    match control {
        Control::Variants { ids, .. } if ids.len() > MOST_BUTTONS => {
            list(label, ids, text, setting, on_set)
        }
        Control::Variants { ids, .. } => {
            let empty: &[Inline] = &[];
            let called = |id: &String| {
                let line = text.variants.get(id).map_or(empty, Vec::as_slice);
                (id.clone(), speaker.line(line))
            };
            choices(label, ids.iter().map(called), setting, on_set)
        }
        Control::Values { values, unit, .. } => {
            let called = |value: &f64| {
                let says = words.quantity(*value, *unit, None);
                (value.to_string(), html! { says })
            };
            choices(label, values.iter().map(called), setting, on_set)
        }
        Control::Number {
            from,
            to,
            step,
            unit,
            ..
        } => {
            let says = |value: f64| words.quantity(value, *unit, None);
            let value = control.number(setting).unwrap_or(*from);
            let is_bad = typed.is_some_and(|typed| setting_of(words, control, typed).is_none());
            let shown = typed.map_or_else(|| written(words, value, *unit), str::to_owned);
            html! {
                <div class="set">
                    <label class="l" for="control">{ label }</label>
                    <div class={classes!("slide", is_bad.then_some("bad"))}>
                        <input type="range" min={from.to_string()} max={to.to_string()} step={step.to_string()} value={value.to_string()}
                            aria-labelledby="control-label" aria-valuetext={says(value)} oninput={dom::on_text(on_set)} />
                        <span class="heard" id="control-label">{ speaker.line(&text.control) }</span>
                        <span class="i">
                            <input id="control" inputmode="decimal" autocomplete="off" value={shown} aria-invalid={is_bad.then_some("true")}
                                aria-describedby="control-range" oninput={dom::on_text(on_type)} />
                        </span>
                    </div>
                    <small id="control-range" class={classes!(is_bad.then_some("err"))}>{ words.study_control_range(&says(*from), &says(*to)) }</small>
                </div>
            }
        }
    }
}

/// Returns a number as it stands in the field: as [`Words::read_quantity`] reads it.
fn written(words: Words, value: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => words.number(value * 100.0, 2),
        _ => words.number(value, 3),
    }
}

/// Returns a list of variants, one of which is chosen.
fn list(
    label: Html,
    ids: &[String],
    text: &LessonText,
    setting: &str,
    on_set: &Callback<String>,
) -> Html {
    let on_change = on_set.clone();
    let onchange = move |event: Event| {
        if let Some(setting) = dom::value(&event) {
            on_change.emit(setting);
        }
    };
    let says = |id: &String| {
        let line = text.variants.get(id).map(Vec::as_slice);
        line.map_or_else(String::new, |line| plain(line, &mut |_| String::new()))
    };
    html! {
        <div class="set">
            <label class="l" for="control">{ label }</label>
            <div class="i"><select id="control" {onchange}>
                for id in ids {
                    <option key={&**id} value={id.clone()} selected={id == setting}>{ says(id) }</option>
                }
            </select></div>
        </div>
    }
}

fn choices(
    label: Html,
    offered: impl Iterator<Item = (String, Html)>,
    setting: &str,
    on_set: &Callback<String>,
) -> Html {
    let on_change = on_set.clone();
    let onchange = move |event: Event| {
        if let Some(setting) = dom::value(&event) {
            on_change.emit(setting);
        }
    };
    html! {
        <fieldset class="set choices" {onchange}>
            <legend>{ label }</legend>
            <div>
                for (id, says) in offered {
                    <label key={&*id} class="option">
                        <input type="radio" name="control" value={id.clone()} checked={id == setting} />
                        <span>{ says }</span>
                    </label>
                }
            </div>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use words::Lang;

    use super::*;

    #[test]
    fn what_is_typed_is_a_setting_where_the_control_has_it() {
        let words = Words::new(Lang::En);
        let number = Control::Number {
            places: vec!["/hours".to_owned()],
            from: 0.0,
            to: 600.0,
            step: 10.0,
            first: 60.0,
            unit: Unit::Seconds,
        };
        for (typed, setting) in [
            ("60", Some("60")),
            ("2 min", Some("120")),
            ("0", Some("0")),
            ("600.5", None),
            ("-1", None),
            ("", None),
            ("soon", None),
        ] {
            assert_eq!(
                setting_of(words, &number, typed).as_deref(),
                setting,
                "{typed}"
            );
        }
        let variants = Control::Variants {
            ids: vec!["1".to_owned()],
            first: "1".to_owned(),
        };
        assert_eq!(setting_of(words, &variants, "1"), None);
    }
}
