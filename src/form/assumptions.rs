//! Card: what AWS does not publish, each with the default that the engine argues for.

use yew::prelude::*;

use super::{
    card::Card,
    fields::{Fields, More},
};

/// The card.
pub fn card(fields: &Fields) -> Html {
    let words = fields.words();
    let path = |leaf: &str| format!("assumptions.{leaf}");
    let missing = More {
        about: words.field_treat_missing_data_about(),
        choices: vec![
            ("missing", "missing"),
            ("ignore", "ignore"),
            ("breaching", "breaching"),
            ("notBreaching", "notBreaching"),
        ],
        ..More::default()
    };
    let body = html! {<>
        { fields.plain(&path("metric_delay_s"), words.field_metric_delay_s(), words.field_metric_delay_s_about()) }
        { fields.plain(&path("alarm_high_datapoints"), words.field_alarm_high_datapoints(), words.field_alarm_high_datapoints_about()) }
        { fields.plain(&path("alarm_low_datapoints"), words.field_alarm_low_datapoints(), words.field_alarm_low_datapoints_about()) }
        { fields.plain(&path("alarm_low_factor"), words.field_alarm_low_factor(), words.field_alarm_low_factor_about()) }
        { fields.plain(&path("extra_evaluation_range"), words.field_extra_evaluation_range(), words.field_extra_evaluation_range_about()) }
        { fields.field(&path("treat_missing_data"), words.field_treat_missing_data(), missing) }
        { fields.optional(&path("max_scale_in_step"), words.field_max_scale_in_step(), words.field_max_scale_in_step_about(), words.field_none().to_owned()) }
        { fields.plain(&path("updating_blocks"), words.field_updating_blocks(), words.field_updating_blocks_about()) }
        { fields.plain("seed", words.field_seed(), words.field_seed_about()) }
    </>};
    let card = Card {
        title: words.card_assumptions(),
        note: words.card_assumptions_note().to_owned(),
        open: false,
        paths: &["assumptions", "seed"],
    };
    card.around(fields, body)
}
