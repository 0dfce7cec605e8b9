//! What the browser offers while a time zone or an instance type is typed. Made once the page stands: it is long.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// Milliseconds after which the lists are made.
const LATER_MS: u32 = 700;

/// The data lists `time-zones` and `instance-types`.
#[function_component]
pub fn Suggestions() -> Html {
    let ready = use_state(|| false);
    {
        let ready = ready.clone();
        use_effect_with((), move |()| {
            let timer = Timeout::new(LATER_MS, move || ready.set(true));
            move || drop(timer)
        });
    }
    if !*ready {
        return html! { <div hidden=true></div> };
    }
    let zones = scenario::time::zone_names()
        .map(|name| html! { <option key={name} value={name}></option> });
    let types = scenario::catalogue::sagemaker().iter();
    let types = types
        .map(|known| html! { <option key={&*known.name} value={known.name.to_string()}></option> });
    html! {
        <div hidden=true>
            <datalist id="time-zones">{ for zones }</datalist>
            <datalist id="instance-types">{ for types }</datalist>
        </div>
    }
}
