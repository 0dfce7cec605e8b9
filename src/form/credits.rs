//! What only burstable types have on the instance's card: the credit mode, credits at the start, and what the type earns.

use scenario::{
    catalogue::{self, Burstable},
    compile::credit_mode,
    document::{CpuCredits, CreditSpecification, Instance, Scenario},
};
use words::Words;
use yew::prelude::*;

use super::{FormProps, fields::RowOptions};

/// Returns the settings of CPU credits, where the type is burstable or the scenario says something of credits.
pub fn settings(form: &FormProps) -> Html {
    let scenario = form.scenario();
    let instance = &scenario.instance;
    let says = instance.credit_specification.is_some() || instance.initial_cpu_credits.is_some();
    let is_burstable =
        catalogue::is_burstable(&instance.instance_type) && form.rules().burns_credits;
    if !(says || is_burstable) {
        return Html::default();
    }
    let words = form.words;
    let known = catalogue::burstable(&instance.instance_type);
    let default = known.map_or(CpuCredits::Standard, |known| known.default_mode);
    let mode = RowOptions {
        about: (!form.rules().burstable_scales).then(|| words.field_credit_mode_hosted_about()),
        choices: Some(vec![
            ("", default_mode(words, default)),
            ("standard", words.choice_standard()),
            ("unlimited", words.choice_unlimited()),
        ]),
        wide: true,
        ..RowOptions::default()
    };
    html! {
        <>
            if let Some(known) = known {
                <p class="says">{ words.burstable(known) }</p>
            }
            { form.row_with(CreditSpecification::cpu_credits, mode) }
            { form.automatic(Instance::initial_cpu_credits, new_ones(scenario, known)) }
        </>
    }
}

fn default_mode(words: Words, mode: CpuCredits) -> &'static str {
    match mode {
        CpuCredits::Standard => words.credit_mode_default_standard(),
        CpuCredits::Unlimited => words.credit_mode_default_unlimited(),
    }
}

/// Returns the credits that a new instance has.
fn new_ones(scenario: &Scenario, known: Option<&Burstable>) -> String {
    let standard = |known: &&Burstable| credit_mode(scenario, known) == CpuCredits::Standard;
    let launch = known.filter(standard).map_or(0.0, |known| known.launch);
    launch.to_string()
}
