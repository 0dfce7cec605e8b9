//! How the person's browser writes numbers.

use std::cell::Cell;

use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use words::{Lang, NumberFormat, Samples};

thread_local! {
    /// The format that was asked for last: asking the browser takes it milliseconds.
    static LAST: Cell<Option<(Lang, NumberFormat)>> = const { Cell::new(None) };
}

/// Returns how this person writes numbers: the way of the browser's first language.
pub fn number_format(lang: Lang) -> NumberFormat {
    if let Some((_, format)) = LAST.get().filter(|(last, _)| *last == lang) {
        return format;
    }
    let tag = web_sys::window().and_then(|window| window.navigator().language());
    let tag = tag.unwrap_or_else(|| lang.tag().to_owned());
    let format = NumberFormat::known(&tag).unwrap_or_else(|| learnt(lang, &tag));
    LAST.set(Some((lang, format)));
    format
}

/// Returns the IANA name of the zone that the person's clock shows, where the browser tells it.
pub fn time_zone() -> Option<String> {
    let format = js_sys::Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    Reflect::get(&format.resolved_options(), &"timeZone".into())
        .ok()?
        .as_string()
}

/// Returns how this browser writes numbers, learnt from samples; the language's usual way where it writes none.
fn learnt(lang: Lang, tag: &str) -> NumberFormat {
    let locales = Array::of1(&tag.into());
    let write = |value: &JsValue, options: &[(&str, &str)]| {
        let given = Object::new();
        for (key, option) in options {
            Reflect::set(&given, &(*key).into(), &(*option).into()).ok()?;
        }
        // Of a number itself, which is no object, nothing can be asked.
        let prototype = Object::get_prototype_of(value);
        let method: Function = Reflect::get(&prototype, &"toLocaleString".into())
            .ok()?
            .dyn_into()
            .ok()?;
        method.call2(value, &locales, &given).ok()?.as_string()
    };
    let number = write(&12_345_678.5.into(), &[]);
    let thousands = write(&1234.into(), &[]);
    let percent = write(&0.5.into(), &[("style", "percent")]);
    let dollars = write(
        &5.into(),
        &[
            ("style", "currency"),
            ("currency", "USD"),
            ("currencyDisplay", "narrowSymbol"),
        ],
    );
    let day = Date::new_with_year_month_day(2026, 10, 28);
    let date = write(&day, &[("month", "2-digit"), ("day", "2-digit")]);
    let text = |sample: &Option<String>| sample.clone().unwrap_or_default();
    NumberFormat::learn(
        lang,
        &Samples {
            number: &text(&number),
            thousands: &text(&thousands),
            percent: &text(&percent),
            dollars: &text(&dollars),
            date: &text(&date),
        },
    )
}
