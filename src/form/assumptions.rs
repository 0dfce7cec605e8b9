//! Card: what AWS does not publish, each with the default that the engine argues for.

use words::Words;
use yew::prelude::*;

use super::{
    card::Card,
    fields::{Fields, Line, More},
    quiet::Quiet,
};
use crate::parts::El;

const BEFORE: [Line; 3] = [
    (
        "assumptions.metric_delay_s",
        Words::field_metric_delay_s,
        Words::field_metric_delay_s_about,
    ),
    (
        "assumptions.alarm_high_datapoints",
        Words::field_alarm_high_datapoints,
        Words::field_alarm_high_datapoints_about,
    ),
    (
        "assumptions.alarm_low_datapoints",
        Words::field_alarm_low_datapoints,
        Words::field_alarm_low_datapoints_about,
    ),
];

const RANGE: Line = (
    "assumptions.extra_evaluation_range",
    Words::field_extra_evaluation_range,
    Words::field_extra_evaluation_range_about,
);

/// Only an endpoint is `Updating`.
const UPDATING: Line = (
    "assumptions.updating_blocks",
    Words::field_updating_blocks,
    Words::field_updating_blocks_about,
);

/// A group has warm-up against it.
const FROM_BEFORE: Line = (
    "assumptions.datapoints_from_before_act",
    Words::field_datapoints_from_before_act,
    Words::field_datapoints_from_before_act_about,
);

const SEED: Line = ("seed", Words::field_seed, Words::field_seed_about);

/// The card.
pub const QUIET: Quiet = Quiet {
    card,
    paths: &["assumptions", "seed"],
    same: |a, b| a.assumptions == b.assumptions && a.seed == b.seed && a.platform == b.platform,
};

#[inline(never)]
fn card(fields: &Fields) -> El {
    let words = fields.words();
    let card = Card {
        title: words.card_assumptions(),
        note: AttrValue::Static(words.card_assumptions_note()),
        open: false,
        paths: QUIET.paths,
    };
    card.around(fields, inside)
}

#[inline(never)]
fn inside(fields: &Fields, card: El) -> El {
    let missing = More {
        about: Words::field_treat_missing_data_about,
        choices: ["missing", "ignore", "breaching", "notBreaching"]
            .map(|name| (name, name))
            .to_vec(),
        ..More::default()
    };
    let platform = fields.scenario().platform;
    let card = fields.optional(
        fields.lines(card, &BEFORE),
        AttrValue::Static("assumptions.alarm_low_factor"),
        Words::field_alarm_low_factor,
        Words::field_alarm_low_factor_about,
        fields.words().number(platform.alarm_low_factor(), 1).into(),
    );
    let card = fields.lines(card, &[RANGE]);
    let card = fields.field(
        card,
        AttrValue::Static("assumptions.treat_missing_data"),
        Words::field_treat_missing_data,
        missing,
    );
    let card = fields.optional(
        card,
        AttrValue::Static("assumptions.max_scale_in_step"),
        Words::field_max_scale_in_step,
        Words::field_max_scale_in_step_about,
        AttrValue::Static(fields.words().field_none()),
    );
    // Copies come and go whatever else does.
    if platform.is_sagemaker() && !platform.is_component() {
        fields.lines(card, &[FROM_BEFORE, UPDATING, SEED])
    } else if platform.is_sagemaker() {
        fields.lines(card, &[FROM_BEFORE, SEED])
    } else {
        fields.lines(card, &[SEED])
    }
}
