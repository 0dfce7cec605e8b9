//! Card: what AWS does not publish, each with the default that the engine argues for.

use words::Words;
use yew::prelude::*;

use super::{
    card::Card,
    fields::{Fields, Line, More},
};

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
pub fn card(fields: &Fields) -> Html {
    let words = fields.words();
    let title = words.card_assumptions();
    html! {
        <Card key={title} {words} {title} note={words.card_assumptions_note()} open=false problems={fields.problems(&["assumptions", "seed"])}>
            { inside(fields) }
        </Card>
    }
}

fn inside(fields: &Fields) -> Html {
    let missing = More {
        about: Words::field_treat_missing_data_about,
        choices: ["missing", "ignore", "breaching", "notBreaching"]
            .map(|name| (name, name))
            .to_vec(),
        ..More::default()
    };
    let rules = fields.rules();
    let low_factor = fields.optional(
        AttrValue::Static("assumptions.alarm_low_factor"),
        Words::field_alarm_low_factor,
        Words::field_alarm_low_factor_about,
        fields.words().number(rules.alarm_low_factor, 1).into(),
    );
    let missing = fields.field(
        AttrValue::Static("assumptions.treat_missing_data"),
        Words::field_treat_missing_data,
        missing,
    );
    let max_scale_in = fields.optional(
        AttrValue::Static("assumptions.max_scale_in_step"),
        Words::field_max_scale_in_step,
        Words::field_max_scale_in_step_about,
        AttrValue::Static(fields.words().field_none()),
    );
    // Copies come and go whatever else does.
    let rest: &[Line] = if rules.endpoint_updates {
        &[FROM_BEFORE, UPDATING, SEED]
    } else if !rules.scales.is_of_ec2() {
        &[FROM_BEFORE, SEED]
    } else {
        &[SEED]
    };
    html! {
        <>
            { fields.lines(&BEFORE) }
            { low_factor }
            { fields.lines(&[RANGE]) }
            { missing }
            { max_scale_in }
            { fields.lines(rest) }
        </>
    }
}
