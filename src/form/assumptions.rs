//! Card: what AWS does not publish, each with the default that the engine argues for.

use yew::prelude::*;

use super::{
    card::Card,
    fields::{Fields, More},
};

/// The card.
#[inline(never)]
pub fn card(fields: &Fields) -> Html {
    let words = fields.words();
    let plain =
        |path: &'static str, label, about| fields.plain(AttrValue::Static(path), label, about);
    let missing = More {
        about: words.field_treat_missing_data_about(),
        choices: ["missing", "ignore", "breaching", "notBreaching"]
            .map(|name| (name, name))
            .to_vec(),
        ..More::default()
    };
    let body = vec![
        plain(
            "assumptions.metric_delay_s",
            words.field_metric_delay_s(),
            words.field_metric_delay_s_about(),
        ),
        plain(
            "assumptions.alarm_high_datapoints",
            words.field_alarm_high_datapoints(),
            words.field_alarm_high_datapoints_about(),
        ),
        plain(
            "assumptions.alarm_low_datapoints",
            words.field_alarm_low_datapoints(),
            words.field_alarm_low_datapoints_about(),
        ),
        plain(
            "assumptions.alarm_low_factor",
            words.field_alarm_low_factor(),
            words.field_alarm_low_factor_about(),
        ),
        plain(
            "assumptions.extra_evaluation_range",
            words.field_extra_evaluation_range(),
            words.field_extra_evaluation_range_about(),
        ),
        fields.field(
            AttrValue::Static("assumptions.treat_missing_data"),
            words.field_treat_missing_data(),
            missing,
        ),
        fields.optional(
            AttrValue::Static("assumptions.max_scale_in_step"),
            words.field_max_scale_in_step(),
            words.field_max_scale_in_step_about(),
            AttrValue::Static(words.field_none()),
        ),
        plain(
            "assumptions.updating_blocks",
            words.field_updating_blocks(),
            words.field_updating_blocks_about(),
        ),
        plain("seed", words.field_seed(), words.field_seed_about()),
    ];
    let card = Card {
        title: words.card_assumptions(),
        note: AttrValue::Static(words.card_assumptions_note()),
        open: false,
        paths: &["assumptions", "seed"],
    };
    card.around(fields, body)
}
