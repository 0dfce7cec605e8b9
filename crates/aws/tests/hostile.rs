//! What is read from others ends: nothing panics, whatever changes in a document, and it takes no longer than its size warrants.
//!
//! `FUZZ_RUNS=10000000 cargo test --release -p aws --test hostile -- --nocapture` runs longer; `FUZZ_SEED` begins elsewhere,
//! `FUZZ_ONLY` names one reader.

use std::{env, fmt::Write as _, time::Instant};

use aws::import::{Document, Gathering, Params, gather};
use scenario::document::Scenario;

/// Small documents that have what each reader reads.
const SEEDS: &[(&str, &str, &[&str])] = &[
    (
        "yaml",
        "AWSTemplateFormatVersion: x\nParameters:\n  M: {Type: Number, Default: 2}\n  L: {Type: CommaDelimitedList}\nMappings: {A: {b: {c: \
         1}}}\nConditions:\n  C: !And [!Equals [!Ref M, 2], !Not [!Condition D]]\nResources:\n  T:\n    Type: \
         AWS::ApplicationAutoScaling::ScalableTarget\n    Condition: C\n    Properties:\n      ResourceId: !Sub 'endpoint/${M}/${!x}/${T.A}'\n      \
         MaxCapacity: !FindInMap [A, b, !Select [0, !Split ['-', c-d]]]\n      MinCapacity: !If [C, !Ref M, !Ref AWS::NoValue]\n  P:\n    Type: \
         AWS::ApplicationAutoScaling::ScalingPolicy\n    Properties: {ScalingTargetId: !Ref T, PolicyName: !Join ['', [!Ref L, x]]}\n",
        &[
            "!Ref ",
            "!Sub ",
            "&a ",
            "*a",
            "<<: ",
            "${",
            "}",
            "[",
            "]",
            "{",
            "}",
            ": ",
            "- ",
            "\n",
            "  ",
            "\t",
            "'",
            "\"",
            "|",
            ">",
            "? ",
            "---\n",
            "#",
            "!If ",
            "T",
            "C",
            "Fn::Transform: ",
            "{{resolve:x}}",
            "!!binary ",
            "%",
            "\\",
            "\u{feff}",
            "1e400",
            "~",
        ],
    ),
    (
        "json",
        "{\"Resources\":{\"G\":{\"Type\":\"AWS::AutoScaling::AutoScalingGroup\",\"Properties\":{\"MinSize\":\"2\",\"MaxSize\":{\"Fn::Sub\":[\"${a}\",{\"a\":\
         {\"Ref\":\"M\"}}]},\"AutoScalingGroupName\":{\"Fn::Join\":[\"-\",[{\"Ref\":\"G\"},\"x\"]]}}},\"P\":{\"Type\":\"AWS::AutoScaling::ScalingPolicy\",\
         \"Properties\":{\"AutoScalingGroupName\":{\"Ref\":\"G\"},\"StepAdjustments\":[{\"ScalingAdjustment\":1}]}}}}",
        &[
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "{\"Ref\":\"G\"}",
            "{\"Fn::GetAtt\":[\"G\",\"MinSize\"]}",
            "null",
            "1e400",
            "-1",
            "\\u",
            "\\ud83d",
            "\"Fn::If\":",
            "true",
            "\u{feff}",
            "Fn::ForEach::x",
        ],
    ),
    (
        "hcl",
        "variable \"v\" { default = 2 }\nlocals {\n  a = { x = [1, var.v] }\n  b = local.a.x[0]\n}\nresource \"aws_autoscaling_group\" \"g\" {\n  name     = \
         \"n-${local.b}\"\n  max_size = max(local.b, 3) > 2 ? -var.v : 1\n  warm_pool { min_size = 1 }\n}\nresource \"aws_autoscaling_policy\" \"p\" {\n  \
         autoscaling_group_name = aws_autoscaling_group.g.warm_pool[0].min_size\n  name = <<-E\n  x${var.v}\n  E\n  step_adjustment { scaling_adjustment = \
         \"1\" }\n}\n",
        &[
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            "\"",
            "${",
            "%{",
            "var.v",
            "local.b",
            ".",
            "*",
            "=",
            "\n",
            "<<E\n",
            "E\n",
            "?",
            ":",
            "for x in ",
            "count = 2\n",
            "for_each = {}\n",
            "dynamic \"x\" {\n",
            "!",
            "-",
            "==",
            "&&",
            "/*",
            "*/",
            "#",
            "\\",
            "$$",
            "1e400",
            "\r\n",
            "aws_autoscaling_group.g.name",
            "...",
            "::",
        ],
    ),
    (
        "terraform json",
        "{\"//\":{},\"variable\":{\"x\":{\"type\":\"list(number)\",\"default\":[1,2]}},\"locals\":{\"a\":\"${var.x[0] + 1}\",\"b\":{\"c\":\"$${d}%%{e}\\n\"}},\
         \"resource\":{\"aws_autoscaling_group\":{\"g\":[{\"name\":\"g-${local.a}\",\"max_size\":\"${max(local.a, 3)}\",\"warm_pool\":{\"min_size\":1},\
         \"dynamic\":{\"tag\":{\"for_each\":[],\"content\":{}}}}]},\"aws_autoscaling_schedule\":{\"s\":{\"autoscaling_group_name\":\"${aws_autoscaling_group.g.name}\",\
         \"min_size\":\"${aws_autoscaling_group.g.warm_pool[0].min_size}\"}}}}",
        &[
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "${",
            "%{",
            "$$",
            "\"${",
            "}\"",
            "null",
            "-1",
            "1e300",
            "\"//\":",
            "\"dynamic\":",
            "\"resource\":",
            "\"type\":",
            "list(",
            "<<E",
            "\\n",
            "\\u0000",
            "local.a",
            "if true",
        ],
    ),
    (
        "metrics",
        "$ aws cloudwatch get-metric-data \\\n> --metric-data-queries '[{\"Id\":\"m\",\"MetricStat\":{\"Metric\":{\"Namespace\":\"AWS/SageMaker\",\"MetricName\":\
         \"Invocations\",\"Dimensions\":[{\"Name\":\"EndpointName\",\"Value\":\"e\"}]},\"Period\":60,\"Stat\":\"Sum\"}}]'\n{\"MetricDataResults\":[{\"Id\":\"m\",\"Label\":\"x\",\
         \"Timestamps\":[1795979460,1795979400],\"Values\":[1,2]}]}\n$ aws cloudwatch get-metric-data --metric-data-queries Id=m,MetricStat={Metric={MetricName=\
         RequestCount,Dimensions=[{Name=LoadBalancer,Value='a b'}]},Period=300,Stat=Sum} Id=e,Expression=m/2\n{\"MetricDataResults\":[{\"Id\":\"e\"},{\"Id\":\"m\",\"Timestamps\":[1],\"Values\":[2]}]}",
        &[
            "{",
            "}",
            "[",
            "]",
            ",",
            "=",
            "'",
            "\"",
            "\\",
            "\\\n",
            "`\n>> ",
            "^\r\n",
            "> ",
            "Id=",
            "Period=0,",
            "Period=86400",
            "\"Period\":4000000000,",
            "Expression=",
            "\"Expression\":",
            "file://x",
            " --metric-data-queries ",
            "1e308",
            "-1",
        ],
    ),
    (
        "state",
        "{\"version\":4,\"terraform_version\":\"1\",\"serial\":1,\"resources\":[{\"mode\":\"managed\",\"type\":\"aws_autoscaling_group\",\"name\":\"g\",\"instances\":\
         [{\"index_key\":0,\"attributes\":{\"arn\":\"a\",\"name\":\"g\",\"min_size\":0,\"warm_pool\":[{\"max_group_prepared_capacity\":-1}],\"suspended_processes\":\
         [\"x\"]}}]},{\"mode\":\"managed\",\"type\":\"aws_cloudwatch_metric_alarm\",\"instances\":[{\"attributes\":{\"dimensions\":{\"a\":\"b\"}}}]}]}",
        &[
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "null",
            "-1",
            "0",
            "\"aws_autoscaling_schedule\"",
            "\"instances\":",
            "\"attributes\":",
            "[[",
            "{\"value\":1}",
        ],
    ),
    (
        "show",
        "{\"planned_values\":{\"root_module\":{\"child_modules\":[{\"address\":\"module.a[0]\",\"resources\":[{\"type\":\"aws_appautoscaling_policy\",\"name\":\"p\",\
         \"values\":{\"step_scaling_policy_configuration\":[{\"cooldown\":null}]}},{\"type\":\"aws_cloudwatch_metric_alarm\",\"name\":\"m\",\"values\":{}}]}]}},\
         \"configuration\":{\"root_module\":{\"module_calls\":{\"a\":{\"module\":{\"resources\":[{\"address\":\"aws_cloudwatch_metric_alarm.m\",\"expressions\":\
         {\"alarm_actions\":{\"references\":[\"aws_appautoscaling_policy.p.arn\"]}}}]}}}}}}",
        &[
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "null",
            "\"values\":",
            "\"child_modules\":",
            "\"resources\":",
            "aws_autoscaling_policy",
            ".",
        ],
    ),
];

/// Numbers that are random enough, and the same every time (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }

    /// Changes a document in a few places.
    fn change(&mut self, seed: &str, words: &[&str]) -> String {
        let mut bytes = seed.as_bytes().to_vec();
        for _ in 0..=self.below(4) / 2 {
            let at = self.below(bytes.len() + 1);
            let end = at + self.below((bytes.len() - at).min(60) + 1);
            let word = words
                .get(self.below(words.len()))
                .copied()
                .unwrap_or_default();
            match self.below(7) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let piece = bytes.get(at..end).unwrap_or_default().to_vec();
                    let to = self.below(bytes.len() + 1);
                    bytes.splice(to..to, piece);
                }
                3 => drop(bytes.splice(at..end, word.bytes())),
                4 => drop(bytes.splice(at..at, word.repeat(self.below(200)).into_bytes())),
                5 => drop(bytes.splice(at..at, [self.below(256) as u8])),
                _ => drop(bytes.splice(at..at, word.bytes())),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// Reads a document; `most`: of how many things that scale in it a scenario is made.
fn read(name: &str, text: &str, most: usize) -> Gathering {
    let gathering = gather(&[Document { name, text }], &Params::new());
    for subject in gathering.account.subjects().iter().take(most) {
        let imported = aws::scenario(&gathering.account, subject, &Scenario::default());
        assert!(imported.differences.is_empty(), "{text}");
    }
    gathering
}

#[test]
fn no_change_of_a_document_panics() {
    let number = |name: &str| env::var(name).ok().and_then(|it| it.parse::<u64>().ok());
    let runs = number("FUZZ_RUNS").unwrap_or(1500);
    for (reader, seed, words) in SEEDS {
        if env::var("FUZZ_ONLY").is_ok_and(|only| only != *reader) {
            continue;
        }
        let start = Instant::now();
        let mut random = Random(number("FUZZ_SEED").unwrap_or(88_172_645_463_325_252));
        let (mut used, mut slowest) = (0_u64, 0.0);
        for run in 0..runs {
            let text = random.change(seed, words);
            let began = Instant::now();
            let name = if *reader == "hcl" { "x.tf" } else { "" };
            // A scenario takes longer than what it is made of.
            let gathering = read(name, &text, if run % 8 == 0 { 2 } else { 0 });
            let took = began.elapsed().as_secs_f64();
            assert!(took < 5.0, "{took} s: {text}");
            slowest = f64::max(slowest, took);
            used += u64::from(!gathering.recognised.is_empty());
        }
        println!(
            "{reader}: {runs} in {:.0} s, {used} recognised, the slowest {slowest:.4} s",
            start.elapsed().as_secs_f64()
        );
        // Most changes must leave something to read, or nothing is tested.
        assert!(used > runs / 10, "{reader}: {used} of {runs}");
    }
}

/// Returns documents of about so many bytes, one of each language.
fn large(bytes: usize) -> Vec<(&'static str, String)> {
    let filled = |head: &str, tail: &str, piece: &dyn Fn(usize) -> String| {
        let mut text = head.to_owned();
        let mut index = 0;
        while text.len() < bytes {
            text += &piece(index);
            index += 1;
        }
        text + tail
    };
    let yaml = |index: usize| {
        format!(
            "  Policy{index}:\n    Type: AWS::ApplicationAutoScaling::ScalingPolicy\n    Properties:\n      PolicyName: !Sub keep-${{Name}}-{index}\n      \
             PolicyType: TargetTrackingScaling\n      ScalingTargetId: !Ref Target\n      TargetTrackingScalingPolicyConfiguration:\n        TargetValue: \
             600.5\n        PredefinedMetricSpecification:\n          PredefinedMetricType: SageMakerVariantInvocationsPerInstance\n        ScaleInCooldown: 300\n        \
             ScaleOutCooldown: \"300\"\n"
        )
    };
    let json = |index: usize| {
        format!(
            ",\n\"Policy{index}\": {{\"Type\": \"AWS::ApplicationAutoScaling::ScalingPolicy\", \"Properties\": {{\"PolicyName\": {{\"Fn::Sub\": \"keep-${{Name}}-{index}\"}}, \
             \"PolicyType\": \"TargetTrackingScaling\", \"ScalingTargetId\": {{\"Ref\": \"Target\"}}, \"TargetTrackingScalingPolicyConfiguration\": {{\"TargetValue\": 600.5, \
             \"PredefinedMetricSpecification\": {{\"PredefinedMetricType\": \"SageMakerVariantInvocationsPerInstance\"}}, \"ScaleInCooldown\": 300}} }} }}"
        )
    };
    let hcl = |index: usize| {
        format!(
            "resource \"aws_appautoscaling_policy\" \"p{index}\" {{\n  name               = \"keep-${{var.name}}-{index}\"\n  policy_type        = \"TargetTrackingScaling\"\n  \
             resource_id        = aws_appautoscaling_target.t.resource_id\n  scalable_dimension = aws_appautoscaling_target.t.scalable_dimension\n  service_namespace  = \
             \"sagemaker\"\n\n  target_tracking_scaling_policy_configuration {{\n    target_value       = 600.5\n    scale_in_cooldown  = 300\n    scale_out_cooldown = 300\n\n    \
             predefined_metric_specification {{\n      predefined_metric_type = \"SageMakerVariantInvocationsPerInstance\"\n    }}\n  }}\n}}\n"
        )
    };
    let state = |index: usize| {
        let comma = if index == 0 { "" } else { "," };
        format!(
            "{comma}\n{{\"mode\": \"managed\", \"type\": \"aws_appautoscaling_policy\", \"name\": \"p{index}\", \"instances\": [{{\"attributes\": {{\"arn\": \"a{index}\", \"name\": \
             \"keep-{index}\", \"policy_type\": \"TargetTrackingScaling\", \"resource_id\": \"endpoint/a/variant/b\", \"scalable_dimension\": \
             \"sagemaker:variant:DesiredInstanceCount\", \"service_namespace\": \"sagemaker\", \"step_scaling_policy_configuration\": [], \
             \"target_tracking_scaling_policy_configuration\": [{{\"target_value\": 600.5, \"predefined_metric_specification\": [{{\"predefined_metric_type\": \
             \"SageMakerVariantInvocationsPerInstance\", \"resource_label\": \"\"}}]}}]}}}}]}}"
        )
    };
    let target = "ResourceId: endpoint/a/variant/b, ScalableDimension: 'sagemaker:variant:DesiredInstanceCount', ServiceNamespace: sagemaker";
    let yaml_head = format!(
        "Parameters:\n  Name: {{Type: String, Default: x}}\nResources:\n  Target: {{Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: {{{target}}}}}\n"
    );
    let json_head = "{\"Parameters\": {\"Name\": {\"Default\": \"x\"}}, \"Resources\": {\"Target\": {\"Type\": \"AWS::ApplicationAutoScaling::ScalableTarget\", \"Properties\": \
                     {\"ResourceId\": \"endpoint/a/variant/b\", \"ScalableDimension\": \"sagemaker:variant:DesiredInstanceCount\"}}";
    let mut hcl_head = String::new();
    let _ = write!(
        hcl_head,
        "variable \"name\" {{\n  default = \"x\"\n}}\nresource \"aws_appautoscaling_target\" \"t\" {{\n  resource_id = \"endpoint/a/variant/b\"\n  scalable_dimension = \
         \"sagemaker:variant:DesiredInstanceCount\"\n  service_namespace = \"sagemaker\"\n}}\n"
    );
    let state_head =
        "{\"version\": 4, \"terraform_version\": \"1\", \"serial\": 1, \"resources\": [";
    vec![
        ("yaml", filled(&yaml_head, "", &yaml)),
        ("json", filled(json_head, "}}", &json)),
        ("hcl", filled(&hcl_head, "", &hcl)),
        ("state", filled(state_head, "]}", &state)),
    ]
}

/// `LARGE_BYTES=10000000 cargo test --release -p aws --test hostile large -- --nocapture` measures.
#[test]
fn a_large_document_is_read_as_a_small_one() {
    let bytes = env::var("LARGE_BYTES").ok().and_then(|it| it.parse().ok());
    for (language, text) in large(bytes.unwrap_or(200_000)) {
        let start = Instant::now();
        let gathering = gather(
            &[Document {
                name: "",
                text: &text,
            }],
            &Params::new(),
        );
        println!(
            "{language}: {} bytes in {:.3} s",
            text.len(),
            start.elapsed().as_secs_f64()
        );
        assert_eq!(gathering.findings, [], "{language}");
        assert_eq!(gathering.account.subjects().len(), 1, "{language}");
        assert!(
            gathering.account.policies.len() > text.len() / 1000,
            "{language}"
        );
    }
}
