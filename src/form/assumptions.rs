//! Card: what AWS does not publish, each with the default that the engine argues for.

use scenario::{
    document::{Assumptions, Scenario},
    field::{Field, Fixed, Place},
    platform::PlatformRules,
};
use yew::prelude::*;

use super::{
    FormProps,
    card::{FieldsCard, FieldsCardProps},
    fields::RowOptions,
};

/// Returns the card.
pub fn card(form: &FormProps) -> Html {
    let title = form.words.card_assumptions();
    html! { <FieldsCard key={title} ..props(form) /> }
}

/// Returns all that the card shows.
fn props(form: &FormProps) -> FieldsCardProps {
    let words = form.words;
    let rules = form.rules();
    let low_factor = words.number(rules.alarm_low_factor, 1);
    let more = |field| match field {
        Assumptions::alarm_low_factor => RowOptions {
            automatic: Some(low_factor.clone().into()),
            ..RowOptions::default()
        },
        field => form.usual_options(field),
    };
    let note = AttrValue::Static(words.card_assumptions_note());
    form.fields_card(words.card_assumptions(), note, &shown(rules), more)
}

/// Returns the section's fields in their order, as far as they say anything on a platform; the seed comes last.
fn shown(rules: &PlatformRules) -> Vec<Field> {
    let section = Place::Section(Fixed::Assumptions);
    let all = section.specs().map(|spec| section.field(spec.name));
    let is_shown = |field: &Field| match *field {
        // It stands with what fails.
        Assumptions::status_check_s => false,
        // A group has warm-up against it.
        Assumptions::datapoints_from_before_act => !rules.scales.is_of_ec2(),
        // Only an endpoint is `Updating`, and copies come and go whatever else does.
        Assumptions::updating_blocks => rules.endpoint_updates,
        _ => true,
    };
    all.filter(is_shown).chain([Scenario::seed]).collect()
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use scenario::document::{LoadTest, Platform};
    use words::{Lang, Words};

    use super::*;
    use crate::{
        few::Few,
        state::{Snapshot, Whose},
    };

    fn one<K: Ord>(key: K, value: String) -> Rc<Few<K, String>> {
        let mut few = Few::default();
        few.insert(key, value);
        few.into()
    }

    fn form() -> FormProps {
        FormProps {
            now: Snapshot::new(Rc::default(), 0, Whose::Other),
            outcome: None,
            errors: Rc::default(),
            words: Words::new(Lang::En),
            drafts: Rc::default(),
            explained: Rc::default(),
            offers_layers: false,
            on: Callback::noop(),
        }
    }

    #[test]
    fn a_card_is_kept_unless_something_that_it_shows_changed() {
        type Change = fn(&mut FormProps);
        let cases: [(&str, bool, Change); 13] = [
            ("nothing", true, |_| ()),
            ("another field", true, |form| {
                Rc::make_mut(&mut form.now.scenario).load_test.max_rps = 99.0;
            }),
            ("its field", false, |form| {
                Rc::make_mut(&mut form.now.scenario).seed = 99;
            }),
            (
                "a field of its section that stands elsewhere",
                true,
                |form| {
                    Rc::make_mut(&mut form.now.scenario)
                        .assumptions
                        .status_check_s = 99.0;
                },
            ),
            ("the language", false, |form| {
                form.words = Words::new(Lang::Ko);
            }),
            ("another's explanation", true, |form| {
                form.explained = Rc::new(vec![Scenario::hours]);
            }),
            ("its explanation", false, |form| {
                form.explained = Rc::new(vec![Scenario::seed]);
            }),
            ("another's spelling", true, |form| {
                form.drafts = one("hours".to_owned(), "24.0".to_owned());
            }),
            ("its spelling", false, |form| {
                form.drafts = one("seed".to_owned(), "1.0".to_owned());
            }),
            ("another's error", true, |form| {
                form.errors = one(LoadTest::max_rps, "!".to_owned());
            }),
            ("its error", false, |form| {
                form.errors = one(Scenario::seed, "!".to_owned());
            }),
            ("the layers on offer", true, |form| {
                form.offers_layers = true;
            }),
            ("demand", true, |form| {
                form.outcome = crate::outcome::tests::at_once(&form.now.scenario);
            }),
        ];
        let before = form();
        for (what, expected, change) in cases {
            let mut after = before.clone();
            change(&mut after);
            assert_eq!(props(&after) == props(&before), expected, "{what}");
        }
    }

    #[test]
    fn every_assumption_is_on_one_card() {
        let shown = shown(Platform::default().rules());
        assert!(!shown.contains(&Assumptions::status_check_s));
        let of_section =
            (shown.iter()).filter(|field| field.place == Place::Section(Fixed::Assumptions));
        let all = Place::Section(Fixed::Assumptions).specs().count();
        assert_eq!(of_section.count(), all - 1);
    }
}
