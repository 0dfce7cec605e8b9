//! Each field of the scenario has its texts. A field that is new says here which it lacks.

use scenario::field::{Fixed, ItemId, Kind, List, Place, Spec};
use words::{Lang, Words};

/// Fields that no card of the form has: a document says them, or the header does.
const UNSEEN: [&str; 8] = [
    "headroom",
    "name",
    "PolicyType",
    "Status",
    "ResourceLabel",
    "Namespace",
    "Unit",
    "MetricAggregationType",
];

/// Fields whose label says all that there is to say.
const PLAIN: [&str; 2] = ["start", "hours"];

fn all() -> impl Iterator<Item = (Place, &'static Spec)> {
    let none = ItemId(0);
    let sections = Fixed::ALL.iter().copied().map(Place::Section);
    let items = List::ALL.map(|list| Place::Item(list, none));
    let places = sections.chain(items).chain([Place::Step(none, none)]);
    let of_place = |place: Place| place.specs().map(move |spec| (place, spec));
    places
        .flat_map(of_place)
        .filter(|(_, spec)| spec.kind != Kind::Part && !UNSEEN.contains(&spec.name))
}

/// What is no name of AWS's is said in the person's language.
#[test]
fn each_choice_of_its_own_has_a_name() {
    let aws = ["missing", "ignore", "breaching", "notBreaching"];
    let mut count = 0;
    for (place, spec) in all() {
        let Kind::Choice(names) = spec.kind else {
            continue;
        };
        let own = |name: &&&str| name.starts_with(|c: char| c.is_ascii_lowercase());
        for name in names.iter().filter(own).filter(|name| !aws.contains(name)) {
            let field = place.field(spec.name);
            assert_ne!(
                Words::new(Lang::Ko).choice_of(spec.name, name),
                *name,
                "{field}: choice_{name}"
            );
            count += 1;
        }
    }
    assert!(count > 15, "{count} choices");
}

#[test]
fn each_field_has_a_label_and_those_of_sections_an_explanation() {
    let mut without = Vec::new();
    for lang in Lang::ALL {
        let words = Words::new(lang);
        for (place, spec) in all() {
            let field = place.field(spec.name);
            if words.label_of(spec).is_empty() {
                without.push(format!("{}: field_{} ({field})", lang.tag(), spec.text));
            }
            let needs_more = matches!(place, Place::Section(_)) && !PLAIN.contains(&spec.name);
            if needs_more && words.about_of(spec).is_empty() {
                without.push(format!(
                    "{}: field_{}_about ({field})",
                    lang.tag(),
                    spec.text
                ));
            }
        }
    }
    assert!(without.is_empty(), "locales/ lacks {without:#?}");
}

#[test]
fn a_choice_may_be_called_otherwise_in_another_field() {
    let words = Words::new(Lang::En);
    for (field, name, called) in [
        ("jitter", "none", "none"),
        ("history", "none", "None: the group is new"),
        ("HealthCheckType", "EC2", "EC2's status checks"),
        ("treat_missing_data", "ignore", "ignore"),
    ] {
        assert_eq!(words.choice_of(field, name), called, "{field}");
    }
}
