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
