//! What one result looks like to a program, and that it is the page's.

use serde_json::Value;

use crate::{ROOT, json, run, text};

#[test]
fn runs_are_those_of_the_page() {
    let known = std::fs::read_to_string(format!("{ROOT}/crates/bench/tests/fingerprints.txt"));
    let known = known.unwrap();
    assert!(known.lines().count() > 10);
    for line in known.lines() {
        let (fingerprint, id) = line.split_once(' ').unwrap();
        let workload = format!("crates/bench/workloads/{id}.json");
        let is_workload = std::path::Path::new(ROOT).join(&workload).exists();
        let scenario = if is_workload { &workload } else { id };
        let result = json(
            &["simulate", scenario, "--json", "--include", "summary"],
            "",
        );
        assert_eq!(result["summary"]["fingerprint"], fingerprint, "{id}");
    }
}

#[test]
fn a_result_has_its_parts_in_order_and_columns_of_one_length() {
    let output = run(&["simulate", "retail_weekend", "--json"], b"");
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut at = 0;
    let printed = text(&output.stdout);
    for name in [
        "{\"summary\":{\"fingerprint\":",
        "\"standing\":",
        "\"sizing_growth_factor\":",
        "},\"series\":{\"t_s\":[0,60,",
        "\"demand_rps\":",
        "\"capacity_rps\":",
        "\"desired\":",
        "\"in_service\":",
        "\"pending\":",
        "\"served_rps\":",
        "\"failed_rps\":",
        "\"queue\":",
        "\"p50_ms\":",
        "\"p95_ms\":",
        "\"p99_ms\":",
        "\"invocations_per_instance\":",
        "\"alarm_high\":[\"INSUFFICIENT_DATA\"",
        "\"alarm_low\":",
        "\"cost_usd\":",
        "},\"activities\":[{\"t_s\":",
        "],\"incidents\":[",
    ] {
        let found = printed[at..].find(name);
        at += found.unwrap_or_else(|| panic!("{name} is not there, or not in its place"));
    }
    let series = result["series"].as_object().unwrap();
    for (name, column) in series {
        assert_eq!(column.as_array().unwrap().len(), 96 * 60, "{name}");
    }
    // Numbers of four bytes have the digits of four bytes.
    let long = |value: &Value| value.to_string().len() > 14;
    let demand = result["series"]["demand_rps"].as_array().unwrap();
    assert!(!demand.iter().any(long));
    let csv = run(&["simulate", "retail_weekend", "--csv"], b"");
    let mut lines = text(&csv.stdout).lines();
    assert_eq!(lines.next().unwrap().split(',').count(), series.len());
    let second: Vec<&str> = lines.nth(1).unwrap().split(',').collect();
    assert_eq!((second[0], second[1]), ("60", &*demand[1].to_string()));
    assert_eq!(lines.count(), 96 * 60 - 2);
}

#[test]
fn instances_under_copies_are_a_column_of_their_own() {
    let column = |scenario: &str| {
        let result = json(&["simulate", scenario, "--json"], "");
        let incident = result["incidents"][0]["bottleneck"].clone();
        (result["series"]["instances"].clone(), incident)
    };
    assert_eq!(column("finals_game").0, Value::Null);
    let (instances, bottleneck) = column("office_assistant");
    let most = instances.as_array().unwrap().iter().map(Value::as_u64);
    assert_eq!(most.max().flatten(), Some(2));
    assert_eq!(bottleneck, "FromZero");
    let printed = run(&["simulate", "office_assistant"], b"");
    let printed = text(&printed.stdout);
    for said in ["Copies ", "0 – 8", "Instances paid for", "0 – 2"] {
        assert!(printed.contains(said), "{said}");
    }
    let sized = run(&["size", "office_assistant"], b"");
    assert!(text(&sized.stdout).contains("Copies asked for, at peak"));
}

#[test]
fn credits_are_columns_and_figures_of_burstable_types_alone() {
    let of = |scenario: &str, mode: &str| {
        let set = format!("instance.credit_specification={mode}");
        json(&["simulate", scenario, "--json", "--set", &set], "")
    };
    let none = of("finals_game", "null");
    assert_eq!(none["series"]["credits"], Value::Null);
    assert_eq!(none["summary"]["throttled_s"], Value::Null);
    let standard = of("burst_then_baseline", "null");
    let credits = standard["series"]["credits"].as_array().unwrap();
    assert!(credits.iter().any(|it| it.as_f64() == Some(0.0)));
    assert_eq!(standard["series"]["surplus_credits"], Value::Null);
    assert_eq!(standard["incidents"][0]["bottleneck"], "CpuCredits");
    let summary = |result: &Value, name: &str| result["summary"][name].as_f64();
    assert!(summary(&standard, "credits_used_up_t_s").is_some_and(|at_s| at_s > 28_800.0));
    assert!(summary(&standard, "throttled_s").is_some_and(|seconds| seconds > 18_000.0));
    assert_eq!(summary(&standard, "surplus_credits_cost_usd"), Some(0.0));
    let unlimited = of("burst_then_baseline", r#"{"CpuCredits":"unlimited"}"#);
    let surplus = unlimited["series"]["surplus_credits"].as_array().unwrap();
    assert!(surplus.iter().any(|it| it.as_f64() > Some(1.0)));
    assert_eq!(summary(&unlimited, "credits_used_up_t_s"), None);
    // What is outstanding is cost, but in no column yet.
    let cost = unlimited["series"]["cost_usd"].as_array().unwrap();
    let last = cost.last().and_then(Value::as_f64).unwrap();
    let owed = summary(&unlimited, "surplus_credits_outstanding_usd").unwrap();
    let all = summary(&unlimited, "cost_usd").unwrap();
    assert!(
        owed > 0.01 && (all - last - owed).abs() < 1e-5,
        "{all} {last} {owed}"
    );
    let printed = run(&["simulate", "burst_then_baseline"], b"");
    for said in ["CPU credits used up", "Held to the baseline"] {
        assert!(text(&printed.stdout).contains(said), "{said}");
    }
}

#[test]
fn activities_have_local_time_and_aws_s_codes() {
    let result = json(&["simulate", "retail_weekend", "--json"], "");
    let activities = result["activities"].as_array().unwrap();
    let find = |kind: &str, value: &str| {
        let found = activities.iter().find(|activity| activity[kind] == value);
        found.unwrap_or_else(|| panic!("no activity has {kind} {value}"))
    };
    let scheduled = find("kind", "ScheduledAction");
    assert!(!scheduled["policy"].as_str().unwrap().is_empty());
    assert!(scheduled["cause"].as_str().unwrap().contains("MinCapacity"));
    let refused = find("not_scaled_reason", "ScaleInCooldown");
    assert_eq!(
        (&refused["status"], &refused["from"]),
        (&Value::from("Failed"), &refused["to"])
    );
    assert_eq!(
        find("status", "Successful")["not_scaled_reason"],
        Value::Null
    );
    let time = |zone: &str| {
        let set = format!("time_zone={zone}");
        let changed = ["simulate", "finals_game", "--json", "--set", &set];
        json(&changed, "")["activities"][0]["time"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    for (zone, offset) in [
        ("Europe/London", "+00:00"),
        ("Asia/Seoul", "+09:00"),
        ("America/St_Johns", "-03:30"),
    ] {
        assert_eq!(time(zone), format!("2026-11-28T00:16:00{offset}"), "{zone}");
    }
}

#[test]
fn forecasts_are_a_column_and_have_codes_of_their_own() {
    let set = |policies: &str, history: &str| {
        let policies = format!("policies={policies}");
        let history = format!("auto_scaling_group.history=\"{history}\"");
        let args = [
            "simulate",
            "morning_rush",
            "--json",
            "--set",
            &policies,
            "--set",
            &history,
        ];
        json(&args, "")
    };
    let policy = |name: &str, mode: &str| {
        format!(
            r#"{{"PolicyName":"{name}","PolicyType":"PredictiveScaling","PredictiveScalingConfiguration":{{"Mode":"{mode}"}}}}"#
        )
    };
    let both = [policy("a", "ForecastOnly"), policy("b", "ForecastAndScale")].join(",");
    let result = set(&format!("[{both}]"), "repeats");
    // From nine on: 12 and 190 requests per second, 20 for an instance.
    let forecast = |name: &str| result["series"][name].as_array().unwrap().clone();
    assert_eq!(forecast("forecast[0]"), forecast("forecast[1]"));
    assert_eq!(forecast("forecast[1]")[9 * 60], 11);
    let activities = result["activities"].as_array().unwrap();
    let told = |policy: &str| {
        let first = activities.iter().find(|it| it["policy"] == policy).unwrap();
        let text = |key: &str| first[key].as_str().map(str::to_owned);
        (text("kind"), text("status"), text("not_scaled_reason"))
    };
    let kind = Some("PredictiveScaling".to_owned());
    let said = |text: &str| Some(text.to_owned());
    assert_eq!(
        told("a"),
        (kind.clone(), said("Failed"), said("ForecastOnly"))
    );
    assert_eq!(told("b"), (kind, said("Successful"), None));
    // A new group knows nothing of its first day.
    let result = set(&format!("[{}]", policy("a", "ForecastOnly")), "none");
    let column = result["series"]["forecast"].as_array().unwrap();
    assert_eq!(
        (&column[1439], &column[1440]),
        (&Value::Null, &Value::from(1))
    );
}

#[test]
fn a_link_made_here_is_read_here() {
    let base = [
        "link",
        "encode",
        "black_friday",
        "--base",
        "https://example.org/h/",
    ];
    let link = run(&base, b"");
    let link = text(&link.stdout).trim();
    assert!(link.starts_with("https://example.org/h/#2."), "{link}");
    let file = run(&["link", "decode", link], b"");
    let result = |scenario: &str, input: &str| {
        json(
            &["simulate", scenario, "--json", "--include", "summary"],
            input,
        )
    };
    assert_eq!(result("-", text(&file.stdout)), result("black_friday", ""));
}

/// A recording that a link rounds, and one that has no room in any, are said to be so beside what is printed.
#[test]
fn a_link_says_what_it_does_not_keep() {
    let link = run(&["link", "encode", "world_cup_semi_final"], b"");
    let told = text(&link.stderr);
    assert!(told.contains("each of 2,880 values to within 1%"), "{told}");
    let link = text(&link.stdout).trim();
    assert!(link.starts_with("#3.") && link.len() < 2000, "{link}");
    let file = run(&["link", "decode", link], b"");
    let told = text(&file.stderr);
    assert!(told.contains("came by a link"), "{told}");
    // What came so is not rounded again.
    let again = run(&["link", "encode", "-"], &file.stdout);
    assert_eq!(
        (text(&again.stdout).trim(), text(&again.stderr)),
        (link, "")
    );

    let counts: Vec<u64> = (0..43_200_u64)
        .map(|step| step * step * 7919 % 99_991)
        .collect();
    let trace = serde_json::json!({ "start": "2026-11-28T00:00", "step_s": 60, "counts": counts });
    let long =
        serde_json::json!({ "demand": [{ "shape": { "trace": { "trace": trace, "scale": 1 } } }] });
    let refused = run(&["link", "encode", "-"], long.to_string().as_bytes());
    let told = text(&refused.stderr);
    assert_eq!(refused.status.code(), Some(1));
    assert!(told.contains("has 43,200 values"), "{told}");
    assert!(
        told.contains("Added up to steps of 10 minutes there is room for it: 4,320 values."),
        "{told}"
    );
}

#[test]
fn people_are_told_in_their_language_and_without_control_characters() {
    for (lang, availability) in [("en", "Availability  "), ("ko", "가용성  ")] {
        let told = run(&["simulate", "finals_game", "--lang", lang], b"");
        let told = text(&told.stdout);
        assert!(told.contains(availability), "{told}");
        let is_plain = |c: char| c == '\n' || c != '\u{a0}' && !c.is_control();
        assert!(told.chars().all(is_plain), "{told:?}");
    }
}
