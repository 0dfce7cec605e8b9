//! What the dialogs that share have to give: the scenario's link, and what it does not keep; or why there is none.

use scenario::{
    document::Scenario,
    link::{LongerSteps, Shared, TooLong, share_together, with_longer_steps},
};
use words::Words;
use yew::prelude::*;

use crate::{browser::dom, state::Pinned};

/// Moves the focus to the text with this id where a person has asked for a link of longer steps: the button they pressed is gone.
#[hook]
pub fn use_focus_on_longer(packed: &Packed, id: &'static str) {
    use_effect_with(matches!(packed, Packed::Longer(_)), move |is_longer| {
        if *is_longer {
            dom::focus(id);
        }
    });
}

/// A scenario's link, if there is one.
#[derive(Clone, Debug, PartialEq)]
pub enum Packed {
    /// There is.
    Whole(Shared),
    /// It is too long for one; perhaps not with longer steps.
    TooLong(TooLong, Option<LongerSteps>),
    /// It is one of longer steps, because a person asked for that.
    Longer(LongerSteps),
}

impl Packed {
    /// Packs a scenario and those pinned beside it; where it is too long for a link, alone and with longer steps if a person `wants`
    /// these.
    pub fn of(scenario: &Scenario, pinned: &Pinned, wants_longer_steps: bool) -> Self {
        match share_together(scenario, pinned) {
            Ok(shared) => Self::Whole(shared),
            Err(too_long) => match with_longer_steps(scenario) {
                Some(longer) if wants_longer_steps => Self::Longer(longer),
                longer => Self::TooLong(too_long, longer),
            },
        }
    }

    /// Returns what stands behind `#`, if there is a link.
    pub fn payload(&self) -> Option<&str> {
        let (Self::Whole(shared) | Self::Longer(LongerSteps { shared, .. })) = self else {
            return None;
        };
        Some(&shared.payload)
    }

    /// Returns what a person should know before copying: what the link does not keep, or why there is none.
    pub fn says(&self, words: Words, on_longer: &Callback<()>) -> Html {
        let lines = |longer: Option<String>, shared: &Shared| {
            let rounding = shared.rounding.as_ref().map(|lost| words.rounding(lost));
            let line = |text| html! { <p>{ text }</p> };
            html! { <>{ for longer.map(line) }{ for rounding.map(line) }</> }
        };
        match self {
            Self::Whole(shared) => lines(None, shared),
            Self::Longer(longer) => lines(Some(words.longer_steps_done(longer)), &longer.shared),
            Self::TooLong(too_long, longer) => html! {
                <>
                    <p>{ words.too_long(*too_long) }</p>
                    if let Some(longer) = longer {
                        <p>{ words.longer_steps(longer) }</p>
                        <p class="row">
                            <button type="button" class="b" onclick={on_longer.reform(|_| ())}>
                                { words.share_longer_steps_do(&words.duration(f64::from(longer.step_s))) }
                            </button>
                        </p>
                    }
                </>
            },
        }
    }
}
