//! Card: how clients retry.

use scenario::{
    compile::Warning,
    document::Retries,
    field::{Fixed, Place},
};
use yew::prelude::*;

use super::{FormProps, card::Card, fields::RowOptions};

/// Returns the card.
pub fn card(form: &FormProps) -> Html {
    let retries = form.scenario().retries.as_ref();
    let words = form.words;
    let title = words.card_retries();
    let note = retries.map_or_else(
        || words.retries_none().to_owned(),
        |it| words.card_retries_note(it.max_attempts.into(), &it.max_attempts.to_string()),
    );
    let problems = form.problems(|field| field.place == Place::Section(Fixed::Retries));
    html! {
        <Card key={title} {title} {note} open=false {problems}>
            { backoff(form) }
            if retries.is_some() {
                { fields(form) }
            }
        </Card>
    }
}

/// Returns the choice of a backoff, or of none: nobody retries.
fn backoff(form: &FormProps) -> Html {
    let mut choices = vec![("", form.words.retries_none())];
    choices.extend(form.choices(Retries::backoff, ["exponential", "linear", "fixed"]));
    let strategies = RowOptions {
        choices: Some(choices),
        wide: true,
        ..RowOptions::default()
    };
    form.row_with(Retries::backoff, strategies)
}

/// Returns what is said of those who retry.
fn fields(form: &FormProps) -> Html {
    let of_timeout = |warning: &Warning| {
        matches!(
            warning,
            Warning::ClientTimeoutTooLong { .. } | Warning::ClientTimeoutTooShort { .. }
        )
    };
    html! {
        <>
            <div class="pair">{ form.rows([Retries::base_delay_s, Retries::max_backoff_s]) }</div>
            { form.wide(Retries::jitter) }
            <div class="pair">{ form.rows([Retries::max_attempts, Retries::share_pct]) }</div>
            <div class="pair">{ form.rows([Retries::timeout_s, Retries::budget_pct]) }</div>
            { form.warnings(of_timeout) }
        </>
    }
}
