//! What only burstable types have on the instance's card: the credit mode, credits at the start, and what the type earns.

use scenario::{
    catalogue::{self, Burstable},
    compile::credit_mode,
    document::{CpuCredits, Scenario},
};
use words::Words;
use yew::prelude::*;

use super::fields::{Fields, More};

/// Returns them, where the type is burstable or the scenario says something of credits.
pub fn settings(fields: &Fields) -> Html {
    let scenario = fields.scenario();
    let instance = &scenario.instance;
    let says = instance.credit_specification.is_some() || instance.initial_cpu_credits.is_some();
    let is_burstable =
        catalogue::is_burstable(&instance.instance_type) && fields.rules().burns_credits;
    if says || is_burstable {
        of_burstable(fields)
    } else {
        Html::default()
    }
}

fn of_burstable(fields: &Fields) -> Html {
    let words = fields.words();
    let scenario = fields.scenario();
    let known = catalogue::burstable(&scenario.instance.instance_type);
    let default = known.map_or(CpuCredits::Standard, |known| known.default_mode);
    let choices = More {
        about: if !fields.rules().burstable_scales {
            Words::field_credit_mode_hosted_about
        } else {
            Words::field_credit_mode_about
        },
        choices: vec![
            ("", default_mode(words, default)),
            ("standard", words.credit_mode_standard()),
            ("unlimited", words.credit_mode_unlimited()),
        ],
        wide: true,
        ..More::default()
    };
    let path = AttrValue::Static("instance.credit_specification.CpuCredits");
    let initial = fields.optional(
        AttrValue::Static("instance.initial_cpu_credits"),
        Words::field_initial_credits,
        Words::field_initial_credits_about,
        new_ones(scenario, known).into(),
    );
    html! {
        <>
            if let Some(known) = known {
                <p class="says">{ words.burstable(known) }</p>
            }
            { fields.field(path, Words::field_credit_mode, choices) }
            { initial }
        </>
    }
}

fn default_mode(words: Words, mode: CpuCredits) -> &'static str {
    match mode {
        CpuCredits::Standard => words.credit_mode_default_standard(),
        CpuCredits::Unlimited => words.credit_mode_default_unlimited(),
    }
}

/// The credits that a new instance has.
fn new_ones(scenario: &Scenario, known: Option<&Burstable>) -> String {
    let standard = |known: &&Burstable| credit_mode(scenario, known) == CpuCredits::Standard;
    let launch = known.filter(standard).map_or(0.0, |known| known.launch);
    launch.to_string()
}
