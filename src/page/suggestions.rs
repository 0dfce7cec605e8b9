//! What the browser offers while a time zone or an instance type is typed: two data lists, long and without a change.

use yew::prelude::*;

/// The data lists `time-zones` and `instance-types`.
#[function_component]
pub fn Suggestions() -> Html {
    html! {
        <>
            <datalist id="time-zones">
                for zone in scenario::time::zone_names() {
                    <option value={zone} />
                }
            </datalist>
            <datalist id="instance-types">
                for known in scenario::catalogue::sagemaker() {
                    <option value={known.name.to_string()} />
                }
            </datalist>
        </>
    }
}
