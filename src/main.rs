//! The web app.
use yew::prelude::*;

#[function_component]
fn App() -> Html {
    html! { <p>{ "Headroom" }</p> }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
