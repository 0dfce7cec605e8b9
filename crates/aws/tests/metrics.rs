#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
//! What GetMetricData answers is of: its queries, in the command or in a file, name the metric, its statistic and its period.

use aws::{
    FindingKind, Imported,
    import::{Document, Gathering, Params, gather},
};
use scenario::document::{Scenario, Shape};

fn gathered(texts: &[(&str, &str)], params: &[(&str, &str)]) -> Gathering {
    let documents: Vec<_> = (texts.iter())
        .map(|(name, text)| Document { name, text })
        .collect();
    let given = params.iter();
    let given: Params = given
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    gather(&documents, &given)
}

fn made(gathering: &Gathering) -> Imported {
    let subjects = gathering.account.subjects();
    aws::scenario(&gathering.account, subjects.first(), &Scenario::default())
}

/// Writes what came of texts: each series, what is found with its line, and the demand.
fn told(texts: &[(&str, &str)], params: &[(&str, &str)]) -> String {
    let gathering = gathered(texts, params);
    let imported = made(&gathering);
    let series = gathering.account.series.iter().map(|it| {
        let of: Vec<String> = (it.dimensions.iter())
            .map(|(name, value)| format!(" {name}={value}"))
            .collect();
        let statistic = it.statistic.as_deref().unwrap_or("-");
        let period = it.period_s.map_or("-".to_owned(), |it| it.to_string());
        format!("{} {statistic} {period}{}", it.metric, of.concat())
    });
    let found = gathering.findings.iter().chain(&imported.findings);
    let found = found.map(|it| {
        let what = match &it.kind {
            FindingKind::DemandOf {
                metric,
                period_s,
                datapoints,
                missing,
                ..
            } => format!("demand of {metric}: {datapoints} by {period_s}, {missing} missing"),
            FindingKind::MetricNotUsed { metric } => format!("unused {metric}"),
            FindingKind::UnnamedMetric { id, label } => format!("unnamed {id} {label}"),
            other => format!("{other:?}"),
        };
        format!("{}: {what}", it.at.line)
    });
    let demand = imported.scenario.demand.iter().filter_map(|layer| {
        let Shape::Trace { trace, .. } = &layer.shape else {
            return None;
        };
        let requests = trace.counts().to_vec();
        let requests = requests.iter().map(u32::to_string).collect::<Vec<_>>();
        Some(format!("counts {}", requests.join(" ")))
    });
    let all: Vec<String> = series.chain(found).chain(demand).collect();
    all.join("\n")
}

/// An answer with results of these Ids and labels, three datapoints each, ten minutes apart.
fn answer(results: &[(&str, &str)]) -> String {
    let results = results.iter().map(|(id, label)| {
        format!(
            "    {{\n      \"Id\": \"{id}\",\n      \"Label\": \"{label}\",\n      \"Timestamps\": [\"2026-11-28T10:20:00+00:00\", \"2026-11-28T10:10:00+00:00\", \"2026-11-28T10:00:00+00:00\"],\n      \"Values\": [30.0, 20.0, 10.0],\n      \"StatusCode\": \"Complete\"\n    }}"
        )
    });
    let results = results.collect::<Vec<_>>().join(",\n");
    format!("{{\n  \"MetricDataResults\": [\n{results}\n  ],\n  \"Messages\": []\n}}\n")
}

/// A query in JSON.
fn query(id: &str, name: &str, period_s: u32, stat: &str) -> String {
    format!(
        r#"{{"Id": "{id}", "MetricStat": {{"Metric": {{"Namespace": "AWS/SageMaker", "MetricName": "{name}", "Dimensions": [{{"Name": "EndpointName", "Value": "recommender"}}, {{"Name": "VariantName", "Value": "AllTraffic"}}]}}, "Period": {period_s}, "Stat": "{stat}"}}, "ReturnData": true}}"#
    )
}

const OF: &str = "EndpointName=recommender VariantName=AllTraffic";

#[test]
fn a_session_says_what_its_answers_are_of() {
    let answer = answer(&[("m1", "m1"), ("m2", "latency"), ("e1", "m1/m2")]);
    let json = format!(
        "[\n>   {},\n>   {},\n>   {{\"Id\": \"e1\", \"Expression\": \"m1/m2\", \"Label\": \"m1/m2\"}}\n> ]",
        query("m1", "Invocations", 60, "Sum"),
        query("m2", "ModelLatency", 60, "p95")
    );
    let begin = "[ec2-user@ip-10-0-0-1 ~]$ aws cloudwatch get-metric-data \\\n>   --start-time 2026-11-28T10:00:00Z --end-time 2026-11-28T11:00:00Z \\\n>   --metric-data-queries ";
    let expected = |line: usize| {
        format!(
            "Invocations Sum 60 {OF}\nModelLatency p95 60 {OF}\n{}: MetricMath\n{line}: demand of Invocations: 3 by 60, 18 missing\n{}: unused ModelLatency (latency) p95\ncounts 10 0 0 0 0 0 0 0 0 0 20 0 0 0 0 0 0 0 0 0 30",
            line + 14,
            line + 7
        )
    };
    // A POSIX shell, and one line of it.
    let session = format!("{begin}'{json}'\n{answer}[ec2-user@ip-10-0-0-1 ~]$ \n");
    assert_eq!(told(&[("", &session)], &[]), expected(10));
    let line = json.replace("\n>", "");
    assert_eq!(
        told(
            &[(
                "",
                &format!(
                    "$ aws cloudwatch get-metric-data --metric-data-queries '{line}' --start-time x\n{answer}"
                )
            )],
            &[]
        ),
        expected(4)
    );
    // PowerShell and the command prompt of Windows.
    let escaped = line.replace('"', "\\\"");
    for session in [
        format!(
            "PS C:\\Users\\me> aws cloudwatch get-metric-data `\r\n>> --metric-data-queries '{escaped}'\r\n{answer}"
        ),
        format!(
            "C:\\Users\\me>aws cloudwatch get-metric-data ^\r\nMore? --metric-data-queries \"{escaped}\"\r\n{answer}"
        ),
    ] {
        assert_eq!(told(&[("", &session)], &[]), expected(5), "{session}");
    }
    // The shorthand.
    let stat = |id: &str, name: &str, stat: &str| {
        format!(
            "Id={id},MetricStat={{Metric={{Namespace=AWS/SageMaker,MetricName={name},Dimensions=[{{Name=EndpointName,Value=recommender}},{{Name=VariantName,Value=AllTraffic}}]}},Period=60,Stat={stat}}}"
        )
    };
    let shorthand = format!(
        "$ aws cloudwatch get-metric-data --metric-data-queries '{}' \"{}\" Id=e1,Expression=m1/m2 --start-time x\n{answer}",
        stat("m1", "Invocations", "Sum"),
        stat("m2", "ModelLatency", "p95")
    );
    assert_eq!(told(&[("", &shorthand)], &[]), expected(4));
}

#[test]
fn a_file_says_what_answers_are_of() {
    let answered = format!(
        "$ aws cloudwatch get-metric-data --metric-data-queries file://queries.json\n{}",
        answer(&[("m1", "requests"), ("e1", "rate")])
    );
    let list = format!(
        "[{},\n {{\"Id\": \"e1\", \"Expression\": \"m1/60\"}}]",
        query("m1", "Invocations", 600, "Sum")
    );
    let body = format!("{{\"StartTime\": 1, \"MetricDataQueries\": {list}}}");
    let expected = format!(
        "Invocations Sum 600 {OF}\n11: MetricMath\n4: demand of Invocations: 3 by 600, 0 missing\ncounts 10 20 30"
    );
    for kept in [&list, &body] {
        for texts in [
            [("queries.json", &**kept), ("", &answered)],
            [("", &answered), ("queries.json", kept)],
        ] {
            assert_eq!(told(&texts, &[]), expected, "{kept}");
        }
        // As a terminal shows a file.
        let session = format!("$ cat queries.json\n{kept}\n{answered}");
        let shown = told(&[("", &session)], &[]);
        assert!(
            shown.starts_with(&format!("Invocations Sum 600 {OF}\n")),
            "{shown}"
        );
    }
    // Two files that call different things the same say nothing.
    let other = list.replace("Invocations", "ModelLatency");
    let both = told(
        &[("a.json", &list), ("b.json", &other), ("", &answered)],
        &[],
    );
    assert!(both.contains("4: unnamed m1 requests"), "{both}");
    // What of a query is not known is listed.
    let odd = list.replace("\"ReturnData\"", "\"Return\"");
    let odd = told(&[("a.json", &odd), ("", &answered)], &[]);
    assert!(odd.contains("1: NotUsed"), "{odd}");
}

#[test]
fn the_same_id_is_of_each_command_s_own_query() {
    let command = |name: &str, stat: &str| {
        format!(
            "$ aws cloudwatch get-metric-data --metric-data-queries '[{}]'\n{}",
            query("m1", name, 600, stat),
            answer(&[("m1", "m1")])
        )
    };
    let session = command("InvocationsPerInstance", "Sum")
        + &command("GroupInServiceInstances", "Average").replace("[30.0, 20.0, 10.0]", "[3, 2, 1]");
    let told = told(&[("", &session)], &[]);
    assert!(told.ends_with("counts 10 40 90"), "{told}");
}

#[test]
fn what_nothing_names_is_asked_for() {
    let unnamed = answer(&[("m1", "m1"), ("m2", "prod")]);
    let asked = told(&[("", &unnamed)], &[]);
    assert!(
        asked.starts_with("m1 - -\nprod - -\n3: unnamed m1 m1\n10: unnamed m2 prod"),
        "{asked}"
    );
    let given = told(&[("", &unnamed)], &[("m1", "Invocations")]);
    assert_eq!(
        given,
        "Invocations - -\nprod - -\n3: demand of Invocations: 3 by 600, 0 missing\n10: unused prod\ncounts 10 20 30"
    );
    for (label, expected) in [
        // A label may name it,
        ("recommender Invocations", "demand of Invocations"),
        // or another metric, of which demand is not made,
        ("ModelLatency", "unused ModelLatency"),
        (
            "HTTPCode_Target_5XX_Count",
            "unused HTTPCode_Target_5XX_Count",
        ),
        // or nothing.
        ("AllTraffic", "unnamed m1 AllTraffic"),
    ] {
        let told = told(&[("", &answer(&[("m1", label)]))], &[]);
        assert!(told.contains(expected), "{label}: {told}");
    }
    // Another service's invocations are no demand of an endpoint.
    let lambda = query("m1", "Invocations", 60, "Sum").replace("AWS/SageMaker", "AWS/Lambda");
    let session = format!(
        "$ aws cloudwatch get-metric-data --metric-data-queries '[{lambda}]'\n{}",
        answer(&[("m1", "m1")])
    );
    let told = told(&[("", &session)], &[]);
    assert!(
        told.contains("unused AWS/Lambda Invocations (m1) Sum"),
        "{told}"
    );
}

#[test]
fn of_several_variants_the_one_that_scales_is_meant() {
    let variant =
        |id: &str, name: &str| query(id, "Invocations", 600, "Sum").replace("AllTraffic", name);
    let results = answer(&[("m1", "Invocations"), ("m2", "Invocations")]);
    let results = results.replacen("[30.0, 20.0, 10.0]", "[1, 1, 1]", 1);
    let session = format!(
        "$ aws cloudwatch get-metric-data --metric-data-queries '[{}, {}]'\n{results}{}",
        variant("m1", "green"),
        variant("m2", "blue"),
        r#"{"ScalableTargets": [{"ServiceNamespace": "sagemaker", "ResourceId": "endpoint/recommender/variant/blue", "ScalableDimension": "sagemaker:variant:DesiredInstanceCount", "MinCapacity": 1, "MaxCapacity": 2}]}"#
    );
    let told = told(&[("", &session)], &[]);
    assert!(
        told.ends_with("4: unused Invocations Sum\ncounts 10 20 30"),
        "{told}"
    );
}

#[test]
fn get_metric_statistics_is_of_what_its_command_says() {
    let session = "$ aws cloudwatch get-metric-statistics --namespace AWS/SageMaker --metric-name Invocations --dimensions Name=EndpointName,Value=recommender Name=VariantName,Value=AllTraffic --period 60 --statistics Sum\n{\"Label\": \"x\", \"Datapoints\": [{\"Timestamp\": \"2026-11-28T10:00:00Z\", \"Sum\": 1.0}, {\"Timestamp\": \"2026-11-28T10:03:00Z\", \"Sum\": 2.0}]}\n";
    assert_eq!(
        told(&[("", session)], &[]),
        format!(
            "Invocations Sum 60 {OF}\n2: demand of Invocations: 2 by 60, 2 missing\ncounts 1 0 0 2"
        )
    );
}
