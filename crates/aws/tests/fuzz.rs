//! Whatever stands in a text, reading it ends, and without a panic. Real answers and sessions are mutated: bytes changed, pieces left
//! out, doubled, put elsewhere, numbers and names made odd.
//!
//! `FUZZ_RUNS=10000000 cargo test --release -p aws --test fuzz -- --nocapture` runs as many by hand, and says how long it took.

use std::time::Instant;

use aws::import::{Document, Gathering, Params, gather};
use scenario::document::Scenario;

macro_rules! samples {
    ($($name:literal),*) => { [$(include_str!(concat!("data/answers/", $name))),*] };
}

/// What is put into texts: what readers may trip over.
const ODD: [&str; 32] = [
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\n",
    "\r\n",
    "\u{feff}",
    "null",
    "-1",
    "1e308",
    "1e400",
    "0.5",
    "18446744073709551616",
    "\"\\ud83d\"",
    "\"\\u0000\"",
    "true",
    "NextToken",
    "arn:aws:x:y:123456789012:z",
    "킥오프",
    "🚀",
    "$ aws autoscaling describe-policies --query x \\\n",
    "An error occurred (X) when calling the Y operation: ",
    "headroom#2.X94A",
    "\t",
    "| DescribePolicies |",
    "ScalableTargets:",
    "9999-12-31T23:59:59+14:59",
    "[{\"a\":",
];

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }

    /// A place between characters.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn piece<'a>(&mut self, text: &'a str) -> &'a str {
        let (from, most) = (self.place(text), self.below(200));
        let mut to = (from + most).min(text.len());
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        text.get(from..to).unwrap_or_default()
    }
}

/// Changes a text in a few places.
fn mutated(samples: &[String], dice: &mut Dice) -> String {
    let Some(sample) = samples.get(dice.below(samples.len())) else {
        return String::new();
    };
    let mut text = sample.clone();
    // One change mostly: of more what comes is seldom read.
    for _ in 0..=dice.below(2) * dice.below(4) {
        let at = dice.place(&text);
        match dice.below(7) {
            0 => text.truncate(at),
            1 => text.insert_str(
                at,
                ODD.get(dice.below(ODD.len())).copied().unwrap_or_default(),
            ),
            2 => {
                let piece = dice.piece(&text).to_owned();
                text.insert_str(at, &piece);
            }
            3 => {
                let piece = dice.piece(&text);
                let piece = piece.to_owned();
                text = text.replacen(&piece, "", 1);
            }
            4 => {
                let other = samples.get(dice.below(samples.len()));
                let piece = other.map_or("", |other| dice.piece(other));
                text.insert_str(at, piece);
            }
            5 => {
                // A number becomes another.
                let odd = ["0", "-7", "1e300", "4294967296", "0.1", "\"12\""];
                let digits = |it: char| it.is_ascii_digit();
                let from = text
                    .get(at..)
                    .and_then(|rest| rest.find(digits))
                    .map(|it| at + it);
                if let Some(from) = from {
                    let rest = text.get(from..).unwrap_or_default();
                    let to = from + rest.find(|it| !digits(it)).unwrap_or(rest.len());
                    let other = odd.get(dice.below(odd.len())).copied().unwrap_or_default();
                    text.replace_range(from..to, other);
                }
            }
            _ => {
                let letter = char::from_u32(dice.below(0x3000) as u32).unwrap_or('x');
                text.insert(at, letter);
            }
        }
    }
    text
}

/// The answers, long ones shortened: their beginnings and ends are what matters.
fn samples() -> Vec<String> {
    let texts = samples!(
        "aas-describe-scalable-targets.json",
        "aas-describe-scaling-policies.json",
        "aas-describe-scheduled-actions.json",
        "aas-describe-scaling-activities.made.json",
        "asg-describe-auto-scaling-groups.json",
        "asg-describe-policies.json",
        "asg-describe-scheduled-actions.json",
        "asg-describe-warm-pool.json",
        "cw-describe-alarms.json",
        "cw-get-metric-statistics.json",
        "sm-describe-endpoint.json",
        "sm-describe-endpoint-config.json"
    );
    let mut samples: Vec<String> = texts.iter().map(|text| shortened(text)).collect();
    samples.push(r#"{"MetricDataResults": [{"Id": "i", "Label": "Invocations Sum", "Timestamps": [1795979460, 1795979400, 1795979340], "Values": [1.5, 2, 3], "StatusCode": "Complete"}], "NextToken": "x"}"#.to_owned());
    samples.push(r#"{"AlarmHistoryItems": [{"AlarmName": "a", "Timestamp": "2026-11-28T10:00:00Z", "HistoryItemType": "StateUpdate", "HistoryData": "{\"newState\":{\"stateValue\":\"ALARM\",\"stateReasonData\":{\"period\":60,\"startDate\":\"2026-11-28T10:00:00.000+0000\",\"recentDatapoints\":[1]}}}"}]}"#.to_owned());
    samples.push(r#"[{"Id": "i", "MetricStat": {"Metric": {"Namespace": "AWS/SageMaker", "MetricName": "Invocations", "Dimensions": [{"Name": "EndpointName", "Value": "x"}]}, "Period": 60, "Stat": "Sum"}}, {"Id": "e", "Expression": "i / 2"}]"#.to_owned());
    samples
}

/// Returns the first entries of the list in an answer.
fn shortened(text: &str) -> String {
    const MOST: usize = 2500;
    const ENDS: &str = "\n        },";
    let after = text.get(MOST..).and_then(|rest| rest.find(ENDS));
    match after {
        Some(end) => {
            let head = text.get(..MOST + end).unwrap_or(text);
            format!("{head}\n        }}\n    ]\n}}")
        }
        None => text.to_owned(),
    }
}

/// What a terminal shows of some of them.
fn sessions() -> Vec<String> {
    let samples = samples();
    let commands = [
        "application-autoscaling describe-scaling-policies --service-namespace sagemaker",
        "autoscaling describe-policies --auto-scaling-group-name 'web'",
        "cloudwatch get-metric-statistics --metric-name Invocations",
        "sagemaker describe-endpoint --output text",
        "cloudwatch get-metric-data --metric-data-queries Id=i,MetricStat={Metric={Namespace=AWS/SageMaker,MetricName=Invocations,Dimensions=[{Name=EndpointName,Value='x'}]},Period=60,Stat=Sum} Id=e,Expression=\\\"i/2\\\"",
        r#"cloudwatch get-metric-data --metric-data-queries '[{"Id": "i", "MetricStat": {"Metric": {"MetricName": "Invocations"}, "Period": 60, "Stat": "Sum"}}]'"#,
    ];
    let mut sessions = Vec::new();
    for (index, pair) in samples.chunks(2).enumerate() {
        let mut text = String::new();
        for sample in pair {
            let command = commands
                .get(index % commands.len())
                .copied()
                .unwrap_or_default();
            text.push_str(&format!(
                "[ec2-user@ip ~]$ aws {command} \\\n  --region x\n{sample}\n"
            ));
        }
        text.push_str(
            "\nAn error occurred (AccessDenied) when calling the DescribePolicies operation: x\n",
        );
        sessions.push(text);
    }
    sessions
}

/// Returns how many inputs a reader is given: so many, unless the environment says otherwise.
fn runs(usual: u64) -> u64 {
    let given = std::env::var("FUZZ_RUNS").ok();
    given.and_then(|given| given.parse().ok()).unwrap_or(usual)
}

/// Runs a reader over mutated samples on all cores.
#[allow(clippy::print_stdout, reason = "who runs millions wants the figure")]
fn fuzz(name: &str, runs: u64, samples: &[String], read: fn(&str) -> bool) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let begun = Instant::now();
    let used: u64 = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn(move || {
                    let mut dice = Dice(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(thread + 1));
                    let mine = (0..runs).skip(thread as usize).step_by(threads as usize);
                    mine.filter(|_| read(&mutated(samples, &mut dice))).count() as u64
                })
            })
            .collect();
        let counts = workers.into_iter().map(|worker| worker.join());
        counts.map(|count| count.unwrap_or_default()).sum()
    });
    println!(
        "{name}: {runs} inputs, {used} of use, {:.1} s",
        begun.elapsed().as_secs_f64()
    );
    assert!(
        used > runs / 20,
        "{name}: what is mutated is still read at times: {used}"
    );
}

/// Reads a text, and makes a scenario of whatever it says.
fn whole(text: &str) -> bool {
    let Gathering {
        account, findings, ..
    } = gather(&[Document { name: "", text }], &Params::new());
    let base = Scenario::default();
    let subjects = account.subjects();
    let imported = aws::scenario(&account, subjects.first(), &base);
    let lines = text.matches('\n').count() as u32 + 1;
    for finding in findings.iter().chain(&imported.findings) {
        assert!(finding.at.line <= lines, "{finding:?} in {text}");
    }
    !subjects.is_empty() || imported.scenario != base
}

#[test]
fn what_is_mutated_is_read_as_it_is() {
    for sample in samples() {
        assert!(aws::read::json::read(&sample, 0).is_ok(), "{sample}");
    }
}

#[test]
fn the_json_reader_takes_anything() {
    fuzz("JSON", runs(1000), &samples(), |text| {
        aws::read::json::read(text, 0).is_ok()
    });
}

#[test]
fn a_session_takes_anything() {
    fuzz("sessions", runs(1000), &sessions(), |text| {
        !aws::read::session::read(text, 0).is_empty()
    });
}

#[test]
fn an_account_takes_anything() {
    fuzz("answers", runs(200), &samples(), whole);
}

#[test]
fn what_is_large_or_deep_ends_soon() {
    let text = |text: String| {
        let begun = Instant::now();
        let _ = whole(&text);
        let most_s = 60;
        assert!(begun.elapsed().as_secs() < most_s, "{:?}", text.get(..60));
    };
    let size = if cfg!(debug_assertions) {
        40_000
    } else {
        8_000_000
    };
    for (open, close) in [
        ("[", "]"),
        ("{\"a\":", "}"),
        ("[[", ""),
        ("{\n", ""),
        ("[\n", ""),
    ] {
        text(open.repeat(10_000) + &close.repeat(10_000));
        text(open.repeat(size / open.len()));
    }
    for line in [
        "$ aws sagemaker x\n",
        "$ aws sagemaker '\n",
        "aws aws aws \n",
        "{\"a\": 1,\n",
        "[{\"a\": 1},\n",
        "[{}]x\n",
        "{}\n",
        "An error occurred (X)\n",
        "TAB\t\n",
        "headroom#1.X94A\n",
        "aws",
    ] {
        text(line.repeat(size / line.len()));
    }
    let list = |name: &str, entry: &str, id: bool| {
        let entry = |nth: usize| match id {
            true => entry.replace('#', &nth.to_string()),
            false => entry.to_owned(),
        };
        let entries: Vec<String> = (0..size / 200).map(entry).collect();
        format!("{{\"{name}\": [{}]}}", entries.join(","))
    };
    let name = "{Resolve:".repeat(size / 9);
    text(format!(
        "Resources:\n  A:\n    Type: AWS::CloudWatch::Alarm\n    Properties:\n      AlarmName: '{name}'\n"
    ));
    text(list(
        "ScalableTargets",
        r#"{"ResourceId": "endpoint/#/variant/a", "ScalableDimension": "sagemaker:variant:DesiredInstanceCount", "MinCapacity": 1}"#,
        true,
    ));
    text(list(
        "MetricDataResults",
        r##"{"Label": "Invocations #", "Timestamps": [1], "Values": [2]}"##,
        true,
    ));
    text(list(
        "AutoScalingGroups",
        r##"{"AutoScalingGroupName": "g#", "Instances": [{"InstanceType": "a"}, {"InstanceType": "b"}]}"##,
        true,
    ));
    text(list(
        "ScalingPolicies",
        r##"{"PolicyName": "p-123456789012-#", "AutoScalingGroupName": "g", "PolicyType": "SimpleScaling", "ScalingAdjustment": 1, "AdjustmentType": "ChangeInCapacity"}"##,
        true,
    ));
    text(list(
        "Activities",
        r##"{"AutoScalingGroupName": "g", "Description": "Launching a new EC2 instance: #", "StartTime": 1795979460, "EndTime": 1795979560, "StatusCode": "Successful"}"##,
        true,
    ));
}

/// A resource of a template; `@` is a number.
const TEMPLATE_POLICY: &str = r##"
  Keep@:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyName: "keep @"
      PolicyType: TargetTrackingScaling
      ServiceNamespace: sagemaker
      ResourceId: !Sub endpoint/${AWS::StackName}/variant/AllTraffic
      ScalableDimension: sagemaker:variant:DesiredInstanceCount
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 600 # from the load test
        PredefinedMetricSpecification:
          PredefinedMetricType: SageMakerVariantInvocationsPerInstance
        ScaleInCooldown: 300
"##;

/// The same of Terraform.
const TERRAFORM_POLICY: &str = r##"
resource "aws_appautoscaling_policy" "keep_@" {
  name               = "keep @"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "sagemaker"
  resource_id        = "endpoint/${var.endpoint}/variant/AllTraffic"
  scalable_dimension = "sagemaker:variant:DesiredInstanceCount"

  target_tracking_scaling_policy_configuration {
    target_value      = 600 # from the load test
    scale_in_cooldown = 300

    predefined_metric_specification {
      predefined_metric_type = "SageMakerVariantInvocationsPerInstance"
    }
  }
}
"##;

/// Says how long a document of ten megabytes, and one of one, takes: ten are read in a second by a machine that does nothing else.
#[test]
#[allow(clippy::print_stdout, reason = "who measures wants the figure")]
fn a_large_answer_takes_no_time() {
    let policies = include_str!("data/answers/aas-describe-scaling-policies.json");
    let (from, to) = (
        policies.find('[').unwrap_or(0) + 1,
        policies.rfind(']').unwrap_or(0),
    );
    let entries = policies.get(from..to).unwrap_or_default();
    let points = |most: usize| -> String {
        let point = |nth: usize| {
            let at = 1_700_000_000 + nth * 60;
            format!(
                "        {{\n            \"Timestamp\": {at},\n            \"Sum\": {nth}.5,\n            \"Unit\": \"None\"\n        }}"
            )
        };
        let points: Vec<String> = (0..most / 108).map(point).collect();
        format!(
            "{{\n    \"Label\": \"Invocations\",\n    \"Datapoints\": [\n{}\n    ]\n}}",
            points.join(",\n")
        )
    };
    let resources = |one: &str, most: usize| -> String {
        let numbered = |nth: usize| one.replace('@', &nth.to_string());
        (0..most / one.len()).map(numbered).collect()
    };
    for megabytes in [1, 10] {
        let most = if cfg!(debug_assertions) {
            megabytes << 14
        } else {
            megabytes << 20
        };
        let list = vec![entries; most / entries.len()].join(",");
        for (name, text) in [
            ("policies", format!("{{\"ScalingPolicies\": [{list}]}}")),
            ("datapoints", points(most)),
            (
                "YAML",
                "Resources:\n".to_owned() + &resources(TEMPLATE_POLICY, most),
            ),
            ("HCL", resources(TERRAFORM_POLICY, most)),
        ] {
            let begun = Instant::now();
            assert!(whole(&text));
            let took = begun.elapsed().as_secs_f64();
            println!("{} bytes of {name}: {took:.3} s", text.len());
            assert!(
                took < if cfg!(debug_assertions) { 60.0 } else { 5.0 },
                "{name}: {took}"
            );
        }
    }
}
