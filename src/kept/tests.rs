//! What is kept, what has no room, and what earlier versions left.

use std::{cell::RefCell, collections::BTreeMap};

use scenario::link::decode_together;

use super::*;

/// A browser that keeps so many characters.
struct Browser {
    kept: RefCell<BTreeMap<String, String>>,
    room: usize,
}

impl Browser {
    fn new(room: usize) -> Self {
        Self {
            kept: RefCell::default(),
            room,
        }
    }
}

impl Store for Browser {
    fn keys(&self) -> Vec<String> {
        self.kept.borrow().keys().cloned().collect()
    }
    fn read(&self, key: &str) -> Option<String> {
        self.kept.borrow().get(key).cloned()
    }
    fn first_line(&self, key: &str) -> Option<String> {
        Some(
            self.read(key)?
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned(),
        )
    }
    fn length(&self, key: &str) -> usize {
        self.read(key).map_or(0, |value| value.chars().count())
    }
    fn write(&self, key: &str, value: &str) -> Result<(), Refused> {
        if value.len() > self.room {
            return Err(Refused);
        }
        (self.kept.borrow_mut()).insert(key.to_owned(), value.to_owned());
        Ok(())
    }
    fn remove(&self, key: &str) {
        self.kept.borrow_mut().remove(key);
    }
    fn read_of_tab(&self, key: &str) -> Option<String> {
        self.read(key)
    }
    fn write_of_tab(&self, key: &str, value: &str) {
        let _ = self.write(key, value);
    }
}

fn named(name: &str) -> Scenario {
    Scenario {
        name: name.to_owned(),
        ..Scenario::default()
    }
}

fn titles_of(store: &Browser) -> Vec<String> {
    titles(store).into_iter().map(|(_, title)| title).collect()
}

#[test]
fn what_was_changed_last_comes_first_and_what_is_as_it_was_is_not_changed() {
    let browser = Browser::new(10_000);
    for (number, changed_ms, name) in [(7, 10, "A"), (8, 30, "B\nb"), (9, 20, ""), (7, 40, "A")] {
        keep(&browser, number, changed_ms, &named(name), &[]).unwrap();
    }
    assert_eq!(titles_of(&browser), ["B b", "", "A"]);
    keep(&browser, 7, 50, &named("A2"), &[]).unwrap();
    assert_eq!(titles_of(&browser), ["A2", "B b", ""]);
    remove(&browser, 8);
    assert_eq!(titles_of(&browser), ["A2", ""]);
    let kept = find(&browser, 9).unwrap();
    assert_eq!(file::from_json(&kept.text).unwrap(), named(""));
}

#[test]
fn a_title_is_changed_where_the_scenario_can_be_read() {
    let browser = Browser::new(10_000);
    keep(&browser, 7, 10, &named("A"), &[]).unwrap();
    keep(&browser, 8, 20, &named("B"), &[]).unwrap();
    rename(&browser, &find(&browser, 7).unwrap(), 30, "C").unwrap();
    assert_eq!(titles_of(&browser), ["C", "B"]);
    let kept = find(&browser, 7).unwrap();
    assert_eq!(file::from_json(&kept.text).unwrap(), named("C"));
    let damaged = Kept {
        text: "{".to_owned(),
        ..kept
    };
    assert_eq!(rename(&browser, &damaged, 40, "D"), Err(Refused));
    assert_eq!(titles_of(&browser), ["C", "B"]);
}

#[test]
fn what_was_undone_goes_unless_another_page_has_changed_it() {
    let browser = Browser::new(10_000);
    keep(&browser, 7, 10, &named("A"), &[]).unwrap();
    for (number, name, left) in [(8, "A", 1), (7, "B", 1), (7, "A", 0), (7, "A", 0)] {
        remove_undone(&browser, number, &named(name));
        assert_eq!(titles_of(&browser).len(), left, "{number}, {name}");
    }
}

#[test]
fn other_keys_and_what_cannot_be_read_are_left_alone() {
    let browser = Browser::new(10_000);
    for (key, value) in [
        ("headroom.lang", "ko"),
        ("headroom.own.x", "1 a\n{}"),
        ("headroom.own.1", "no line break"),
        ("headroom.own.2", "later a\n{}"),
        ("headroom.own.3", "5 Of a newer one\n{\"headroom\": 99}"),
    ] {
        browser.write(key, value).unwrap();
    }
    assert_eq!(titles_of(&browser), ["Of a newer one"]);
    assert_eq!(last(&browser), None, "it is listed, but does not open");
    assert_eq!(browser.keys().len(), 5);
}

#[test]
fn what_has_no_room_leaves_all_else_as_it_was() {
    let browser = Browser::new(200);
    keep(&browser, 1, 1, &named("short"), &[]).unwrap();
    let long = named(&"long".repeat(60));
    assert_eq!(
        keep(&browser, 1, 2, &long, &[]),
        Err(Refused),
        "the browser"
    );
    assert_eq!(titles_of(&browser), ["short"]);

    let many = Browser::new(usize::MAX);
    for number in 0..MOST as u64 {
        keep(&many, number, number, &named("one"), &[]).unwrap();
    }
    assert_eq!(
        keep(&many, 99, 1, &named("one"), &[]),
        Err(Refused),
        "number"
    );
    assert_eq!(keep(&many, 0, 1, &named("another"), &[]), Ok(()));
    remove(&many, 0);
    let mut kept = find(&many, 1).unwrap();
    kept.text = " ".repeat(MOST_CHARACTERS);
    assert_eq!(put(&many, &kept), Err(Refused), "characters");
    assert_eq!(keep(&many, 99, 1, &named("one"), &[]), Ok(()));
}

#[test]
fn what_earlier_versions_kept_is_taken_over_once() {
    let sample = presets::all()[4].scenario();
    for (former, titles, shown) in [
        (file::to_json(&named("Mine")), vec!["Mine"], "0"),
        (file::to_json(&sample), vec![], presets::all()[4].id),
        ("{\"headroom\": 99}".to_owned(), vec![], "none"),
    ] {
        let browser = Browser::new(10_000);
        browser.write(FORMER, &former).unwrap();
        take_over(&browser, 3);
        take_over(&browser, 4);
        assert_eq!(titles_of(&browser), titles, "{former}");
        let last = browser.read(LAST).unwrap_or_else(|| "none".to_owned());
        assert_eq!(last, shown);
        let is_left = shown == "none";
        assert_eq!(browser.read(FORMER).is_some(), is_left, "{former}");
    }
    let full = Browser::new(30);
    full.write(FORMER, "{\"name\": \"x\"}").unwrap();
    take_over(&full, 3);
    assert!(full.read(FORMER).is_some(), "nothing is lost");
}

#[test]
fn a_page_begins_with_what_was_shown_last() {
    let browser = Browser::new(10_000);
    assert_eq!(last(&browser), None);
    keep(&browser, 1, 1, &named("older"), &[]).unwrap();
    keep(&browser, 2, 2, &named("newer"), &[]).unwrap();
    let name = || last(&browser).map(|last| last.scenario.name.clone());
    assert_eq!(name().as_deref(), Some("newer"));
    remember(&browser, Whose::Own(1));
    assert_eq!(name().as_deref(), Some("older"));
    remember(&browser, Whose::Other);
    assert_eq!(name().as_deref(), Some("older"));
    remove(&browser, 1);
    assert_eq!(name().as_deref(), Some("newer"));
    let preset = &presets::all()[3];
    remember(&browser, Whose::Shipped(preset));
    let shown = last(&browser).unwrap();
    assert_eq!(*shown.scenario, preset.scenario());
    assert_eq!(shown.whose, Whose::Shipped(preset));
}

#[test]
fn a_link_to_what_one_has_is_ones_own() {
    let browser = Browser::new(10_000);
    keep(&browser, 5, 1, &named("Mine"), &[]).unwrap();
    for (scenario, expected) in [
        (named("Mine"), Whose::Own(5)),
        (named("Hers"), Whose::Other),
        (named(""), Whose::Shipped(&presets::all()[0])),
        (
            presets::all()[2].scenario(),
            Whose::Shipped(&presets::all()[2]),
        ),
    ] {
        assert_eq!(opened(&browser, scenario.into()).whose, expected);
    }
}

fn lasting(hours: u32) -> Rc<Scenario> {
    Rc::new(Scenario {
        hours,
        ..Scenario::default()
    })
}

#[test]
fn what_is_pinned_is_kept_with_a_scenario_and_is_no_change_of_it() {
    let browser = Browser::new(10_000);
    let open = || find(&browser, 7).unwrap().open().unwrap();
    for (now_ms, name, pinned, changed_ms) in [
        (10, "A", vec![], 10),
        (20, "A", vec![lasting(3), named("B").into()], 10),
        (30, "A", vec![lasting(5)], 10),
        (40, "C", vec![lasting(5)], 40),
        (50, "C", vec![], 40),
    ] {
        keep(&browser, 7, now_ms, &named(name), &pinned).unwrap();
        let opened = open();
        assert_eq!(
            (&*opened.scenario, &*opened.pinned),
            (&named(name), &pinned)
        );
        assert_eq!(find(&browser, 7).unwrap().changed_ms, changed_ms);
        // Deleted and brought back, it is as it was.
        let kept = find(&browser, 7).unwrap();
        remove(&browser, 7);
        put(&browser, &kept).unwrap();
        assert_eq!(open(), opened);
    }
    // What is pinned keeps its own title where the scenario is given another.
    let pinned = [named("C").into(), lasting(5)];
    keep(&browser, 7, 60, &named("C"), &pinned).unwrap();
    rename(&browser, &find(&browser, 7).unwrap(), 70, "D").unwrap();
    assert_eq!(*open().pinned, pinned);
}

#[test]
fn what_cannot_be_read_of_what_is_pinned_does_not_open() {
    let browser = Browser::new(100_000);
    let many = format!("[{}]", ["{}"; 5].join(","));
    for pinned in ["[{]", "[1]", r#"[{"hour":1}]"#, &many, "[", "[]["] {
        browser
            .write("headroom.own.7", &format!("5 A\n{pinned}\n{{}}"))
            .unwrap();
        assert_eq!(titles_of(&browser), ["A"], "it is listed: {pinned}");
        let kept = find(&browser, 7).unwrap();
        assert_eq!(kept.open(), None, "{pinned}");
        assert_eq!(rename(&browser, &kept, 9, "B"), Err(Refused));
        assert_eq!(last(&browser), None);
        assert_eq!(opened(&browser, named("A").into()).whose, Whose::Other);
    }
}

#[test]
fn a_link_says_what_is_pinned_unless_it_is_ones_own() {
    let browser = Browser::new(10_000);
    let mine = [lasting(3)];
    keep(&browser, 7, 1, &named("A"), &mine).unwrap();
    keep(&browser, 8, 2, &named("B"), &[]).unwrap();
    let (none, other) = ([], [lasting(5)]);
    let (of_a, of_b, nobody) = (Whose::Own(7), Whose::Own(8), Whose::Other);
    for (name, pinned, is_frame, whose, shown) in [
        ("A", &none[..], false, of_a, &mine[..]),
        ("A", &mine, false, of_a, &mine),
        ("A", &other, false, nobody, &other),
        ("B", &none, false, of_b, &none),
        ("B", &other, false, nobody, &other),
        ("C", &other, false, nobody, &other),
        ("A", &none, true, nobody, &none),
        ("A", &other, true, nobody, &other),
    ] {
        let payload = share_together(&named(name), pinned).unwrap().payload;
        let together = decode_together(&payload).unwrap();
        let opened = linked(&browser, together, &payload, is_frame);
        assert_eq!(opened.whose, whose, "{name} {pinned:?}");
        assert_eq!(*opened.pinned, shown, "{name} {pinned:?}");
    }
    let shipped = presets::all()[2].scenario();
    let payload = share_together(&shipped, &other).unwrap().payload;
    let together = decode_together(&payload).unwrap();
    let opened = linked(&browser, together, &payload, false);
    assert_eq!(opened.whose, Whose::Shipped(&presets::all()[2]));
    assert_eq!(*opened.pinned, other);
}
