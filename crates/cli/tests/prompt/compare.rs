//! Scenarios side by side: how many, by link, and what is refused.

use crate::{json, run, text};

#[test]
fn what_differs_is_named_by_its_field() {
    let link = run(
        &[
            "link",
            "encode",
            "finals_game",
            "--pin",
            "flash_sale",
            "--pin",
            "online_shop",
        ],
        b"",
    );
    let link = text(&link.stdout).trim();
    let by_link = json(&["compare", "--json", link], "");
    let by_name = json(
        &[
            "compare",
            "--json",
            "finals_game",
            "flash_sale",
            "online_shop",
        ],
        "",
    );
    for (index, name) in ["finals_game", "flash_sale", "online_shop"]
        .iter()
        .enumerate()
    {
        assert_eq!(by_name[index]["scenario"], *name);
        assert_eq!(by_link[index]["summary"], by_name[index]["summary"]);
        assert_eq!(by_link[index]["differs"], by_name[index]["differs"]);
        let differs = by_name[index]["differs"].as_array().unwrap();
        assert_eq!(differs.is_empty(), index == 0);
    }
}

#[test]
fn runs_of_other_days_or_lengths_say_so() {
    let says = [
        "First day, length",
        "24 Dec 2026",
        "The runs differ in length",
    ];
    for (other, said) in [
        (r#"{"load_test":{"max_rps":30}}"#, [false; 3]),
        (r#"{"start":"2026-12-24"}"#, [true, true, false]),
        (r#"{"hours":48}"#, [true, false, true]),
    ] {
        let output = run(&["compare", "finals_game", "-"], other.as_bytes());
        let told = text(&output.stdout);
        let figures = told.split("What differs").next().unwrap();
        assert_eq!(says.map(|text| figures.contains(text)), said, "{told}");
    }
}

#[test]
fn what_cannot_be_compared_is_said() {
    for (args, why) in [
        (vec!["finals_game"], "There is nothing to compare with."),
        (vec!["finals_game"; 6], "These are 6 scenarios; at most 5"),
        (vec!["finals_game", "no_such"], "There is no file “no_such”"),
        (vec!["2.X94A~X94"], "This link is damaged"),
    ] {
        let output = run(&[&["compare"][..], &args].concat(), b"");
        assert_ne!(output.status.code(), Some(0));
        assert!(
            text(&output.stderr).contains(why),
            "{args:?}: {}",
            text(&output.stderr)
        );
        assert!(output.stdout.is_empty());
    }
}

/// What the texts of the shipped comparisons say, held to their runs.
#[test]
fn shipped_comparisons_show_what_they_say() {
    let of = |name: &str, figure: &str| -> Vec<f64> {
        let all = json(&["compare", name, "--json"], "");
        let all = all.as_array().unwrap().iter();
        all.map(|it| it["summary"][figure].as_f64().unwrap())
            .collect()
    };
    let burstable = "burstable_or_compute_optimised";
    let (cost, failed) = (of(burstable, "cost_usd"), of(burstable, "failed_requests"));
    let percent = |share: f64| (share * 100.0).round();
    assert_eq!(percent(1.0 - cost[2] / cost[0]), 70.0, "{cost:?}");
    assert!((cost[2] / cost[1] - 0.5).abs() < 0.01, "{cost:?}");
    assert!(failed[..3] == [0.0; 3] && failed[3] > 1e6, "{failed:?}");
    let [one, two, nine, scaled] = of("one_big_or_many_small", "failed_requests")[..] else {
        panic!("four");
    };
    assert!(
        one > 3.0 * two && two > 3.0 * nine && nine >= scaled,
        "{one} {two} {nine} {scaled}"
    );
    let failed = of("policies_of_a_day", "failed_requests");
    assert!(
        failed[0] > 0.0 && failed[2] > 1e5 && failed[3] == 0.0,
        "{failed:?}"
    );
}
