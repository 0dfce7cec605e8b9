//! Card: the sizing calculator beyond the target value: what is expected, and the instances and bounds that follow.

use yew::prelude::*;

use super::{
    card::{Card, Fold, count},
    fields::Fields,
};

/// The card.
pub fn card(fields: &Fields) -> Html {
    let words = fields.words();
    let compiled = fields
        .shown
        .outcome
        .as_deref()
        .map(|outcome| &outcome.compiled);
    let rps = |rate: f64| words.significant(rate);
    let resolved = |value: fn(&scenario::compile::Resolved) -> f64| {
        compiled
            .map(|compiled| rps(value(&compiled.resolved)))
            .unwrap_or_default()
    };
    let fewest = compiled.map(|compiled| compiled.resolved.fewest_instances.to_string());
    let expected = fields.problems(&["expected"]);
    let note = compiled.map(|compiled| {
        let resolved = &compiled.resolved;
        words.sizing_expected_note(&rps(resolved.quiet_rps), &rps(resolved.peak_rps))
    });
    let inputs = html! {
        <Fold colour="--line2" title={words.sizing_expected()} note={note.unwrap_or_default()} mark={count(fields, expected)}>
        { fields.optional("expected.peak_rps", words.field_peak_rps(), words.field_peak_rps_about(), resolved(|r| r.peak_rps)) }
        { fields.optional("expected.quiet_rps", words.field_quiet_rps(), words.field_quiet_rps_about(), resolved(|r| r.quiet_rps)) }
        { fields.optional("expected.fewest_instances", words.field_fewest_instances(), words.field_fewest_instances_about(), fewest.unwrap_or_default()) }
        </Fold>
    };
    let Some(compiled) = compiled else {
        return Card {
            title: words.sizing_title(),
            note: String::new(),
            open: true,
            paths: &["expected"],
        }
        .around(fields, inputs);
    };
    let sizing = &compiled.sizing;
    let count = |n: u32| words.integer(f64::from(n));
    let rate = |rate: f64| words.value_rps(&rps(rate));
    let rows = [
        (
            "at_peak",
            words.sizing_at_peak(),
            count(sizing.at_peak),
            false,
        ),
        (
            "at_quiet",
            words.sizing_at_quiet(),
            count(sizing.at_quiet),
            false,
        ),
        (
            "min_capacity",
            words.sizing_min(),
            count(sizing.min_capacity),
            false,
        ),
        (
            "max_capacity",
            words.sizing_max(),
            count(sizing.max_capacity),
            false,
        ),
        (
            "headroom",
            words.sizing_headroom(),
            rate(sizing.headroom_rps),
            sizing.headroom_rps < 0.0,
        ),
        (
            "headroom_one_lost",
            words.sizing_headroom_one_lost(),
            rate(sizing.headroom_one_lost_rps),
            sizing.headroom_one_lost_rps < 0.0,
        ),
    ];
    let rows = rows.into_iter().map(|(name, label, value, bad)| {
        html! { <div key={name}><dt>{ label }</dt><dd class={classes!(bad.then_some("worse"))} data-name={name}>{ value }</dd></div> }
    });
    let assumptions = &compiled.plan.assumptions;
    let launch_s = sizing.reaction_s
        - assumptions.metric_delay_s
        - 60.0 * f64::from(assumptions.alarm_high_datapoints);
    let why = words.sizing_growth_why(
        &assumptions.alarm_high_datapoints.to_string(),
        &words.duration_short(assumptions.metric_delay_s),
        &words.duration_short(launch_s),
    );
    let note = words.sizing_note(&count(sizing.at_quiet), &count(sizing.at_peak));
    let card = Card {
        title: words.sizing_title(),
        note,
        open: true,
        paths: &["expected"],
    };
    card.around(
        fields,
        html! {<>
            { inputs }
            <dl class="sums">{ for rows }</dl>
            <p class="says">{ why }</p>
        </>},
    )
}
