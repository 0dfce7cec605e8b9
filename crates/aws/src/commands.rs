//! The read-only commands of the AWS CLI whose answers are read: what each is called, what lists it answers with, and how to
//! ask it for everything. Nothing here runs them.

/// What somebody wants to bring in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A SageMaker endpoint.
    SageMaker,
    /// An EC2 Auto Scaling group.
    Group,
}

/// An operation that reads, as the AWS CLI calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadCommand {
    /// Service and operation: `application-autoscaling describe-scalable-targets`.
    pub id: &'static str,
    /// The operation's name in AWS's API, as errors and tables have it.
    pub operation: &'static str,
    /// What its answer holds above all.
    pub answers: &'static str,
    /// Arguments of a POSIX shell, with `$ENDPOINT`, `$VARIANT`, `$GROUP`, … for the person's own names.
    arguments: &'static str,
    /// What it is asked for.
    pub of: &'static [Of],
}

const fn command(
    id: &'static str,
    operation: &'static str,
    answers: &'static str,
    arguments: &'static str,
    of: &'static [Of],
) -> ReadCommand {
    ReadCommand {
        id,
        operation,
        answers,
        arguments,
        of,
    }
}

const TARGET: &str = "--service-namespace sagemaker";
const METRICS_FROM: &str =
    "--start-time \"$START\" --end-time \"$END\" --period 60 --statistics Sum";

/// All that are read, in the order in which they are best run.
pub static READ_COMMANDS: &[ReadCommand] = &[
    command(
        "application-autoscaling describe-scalable-targets",
        "DescribeScalableTargets",
        "ScalableTargets",
        TARGET,
        &[Of::SageMaker],
    ),
    command(
        "application-autoscaling describe-scaling-policies",
        "DescribeScalingPolicies",
        "ScalingPolicies",
        TARGET,
        &[Of::SageMaker],
    ),
    command(
        "application-autoscaling describe-scheduled-actions",
        "DescribeScheduledActions",
        "ScheduledActions",
        TARGET,
        &[Of::SageMaker],
    ),
    command(
        "application-autoscaling describe-scaling-activities",
        "DescribeScalingActivities",
        "ScalingActivities",
        "--service-namespace sagemaker --include-not-scaled-activities",
        &[Of::SageMaker],
    ),
    command(
        "autoscaling describe-auto-scaling-groups",
        "DescribeAutoScalingGroups",
        "AutoScalingGroups",
        "--auto-scaling-group-names \"$GROUP\"",
        &[Of::Group],
    ),
    command(
        "autoscaling describe-policies",
        "DescribePolicies",
        "ScalingPolicies",
        "--auto-scaling-group-name \"$GROUP\"",
        &[Of::Group],
    ),
    command(
        "autoscaling describe-scheduled-actions",
        "DescribeScheduledActions",
        "ScheduledUpdateGroupActions",
        "--auto-scaling-group-name \"$GROUP\"",
        &[Of::Group],
    ),
    command(
        "autoscaling describe-warm-pool",
        "DescribeWarmPool",
        "WarmPoolConfiguration",
        "--auto-scaling-group-name \"$GROUP\"",
        &[Of::Group],
    ),
    command(
        "autoscaling describe-scaling-activities",
        "DescribeScalingActivities",
        "Activities",
        "--auto-scaling-group-name \"$GROUP\"",
        &[Of::Group],
    ),
    command(
        "cloudwatch describe-alarms",
        "DescribeAlarms",
        "MetricAlarms",
        "",
        &[Of::SageMaker, Of::Group],
    ),
    command(
        "cloudwatch describe-alarm-history",
        "DescribeAlarmHistory",
        "AlarmHistoryItems",
        "--history-item-type StateUpdate",
        &[Of::SageMaker, Of::Group],
    ),
    command(
        "sagemaker describe-endpoint",
        "DescribeEndpoint",
        "ProductionVariants",
        "--endpoint-name \"$ENDPOINT\"",
        &[Of::SageMaker],
    ),
    command(
        "sagemaker describe-endpoint-config",
        "DescribeEndpointConfig",
        "ProductionVariants",
        "--endpoint-config-name \"$ENDPOINT_CONFIG\"",
        &[Of::SageMaker],
    ),
    command(
        "sagemaker describe-inference-component",
        "DescribeInferenceComponent",
        "Specification",
        "--inference-component-name \"$COMPONENT\"",
        &[],
    ),
    command(
        "sagemaker get-scaling-configuration-recommendation",
        "GetScalingConfigurationRecommendation",
        "DynamicScalingConfiguration",
        "--inference-recommendations-job-name \"$JOB\"",
        &[],
    ),
    command(
        "cloudwatch get-metric-statistics",
        "GetMetricStatistics",
        "Datapoints",
        "--namespace AWS/SageMaker --metric-name Invocations",
        &[Of::SageMaker],
    ),
    command(
        "cloudwatch get-metric-statistics",
        "GetMetricStatistics",
        "Datapoints",
        "--namespace AWS/ApplicationELB --metric-name RequestCount",
        &[Of::Group],
    ),
    command(
        "cloudwatch get-metric-data",
        "GetMetricData",
        "MetricDataResults",
        "--metric-data-queries \"$QUERIES\" --start-time \"$START\" --end-time \"$END\"",
        &[],
    ),
];

impl ReadCommand {
    /// Returns the command as it is typed into a POSIX shell.
    #[must_use]
    pub fn line(&self) -> String {
        let mut line = format!("aws {}", self.id);
        if !self.arguments.is_empty() {
            line.push(' ');
            line.push_str(self.arguments);
        }
        if self.id == "cloudwatch get-metric-statistics" {
            line.push_str(match self.of {
                [Of::Group] => {
                    " --dimensions Name=LoadBalancer,Value=\"$LOAD_BALANCER\" Name=TargetGroup,Value=\"$TARGET_GROUP\" "
                }
                _ => {
                    " --dimensions Name=EndpointName,Value=\"$ENDPOINT\" Name=VariantName,Value=\"$VARIANT\" "
                }
            });
            line.push_str(METRICS_FROM);
        }
        line.push_str(" --output json");
        line
    }
}

/// What a script of these commands has to be told, and an example of it.
const TOLD: [(&str, &str, &[Of]); 6] = [
    ("ENDPOINT", "recommender", &[Of::SageMaker]),
    ("VARIANT", "AllTraffic", &[Of::SageMaker]),
    ("GROUP", "web", &[Of::Group]),
    ("LOAD_BALANCER", "app/web/50dc6c495c0c9188", &[Of::Group]),
    (
        "TARGET_GROUP",
        "targetgroup/web/943f017f100becff",
        &[Of::Group],
    ),
    ("START", "2026-11-28T00:00:00Z", &[Of::SageMaker, Of::Group]),
];

/// Returns the read-only commands as a script of a POSIX shell, whose output is read as it is. It is told names by the environment.
#[must_use]
pub fn script(of: Of) -> String {
    let mut script = String::from("#!/bin/sh\nexport AWS_PAGER=\n");
    for (name, example, _) in TOLD.iter().filter(|it| it.2.contains(&of)) {
        script.push_str(&format!("{name}=${{{name}:?such as {example}}}\n"));
    }
    script.push_str("END=${END:?such as 2026-11-29T00:00:00Z}\n");
    if of == Of::SageMaker {
        script.push_str(
            "ENDPOINT_CONFIG=$(aws sagemaker describe-endpoint --endpoint-name \"$ENDPOINT\" --query EndpointConfigName --output text)\n",
        );
    }
    for command in READ_COMMANDS.iter().filter(|it| it.of.contains(&of)) {
        script.push_str(&command.line());
        script.push('\n');
    }
    script
}

/// Returns the command of this service and operation, as the AWS CLI calls them.
#[must_use]
pub fn find(id: &str) -> Option<&'static ReadCommand> {
    READ_COMMANDS.iter().find(|it| it.id == id)
}

/// Returns the command whose operation has this name in AWS's API. Two services may share one: the first of the list is it.
#[must_use]
pub fn of_operation(operation: &str) -> Option<&'static ReadCommand> {
    READ_COMMANDS.iter().find(|it| it.operation == operation)
}

/// Returns the command that answers with this, whatever the letters' case: `--output text` writes names in capitals.
#[must_use]
pub fn that_answers(name: &str) -> Option<&'static ReadCommand> {
    let mut all = READ_COMMANDS.iter();
    all.find(|it| it.answers.eq_ignore_ascii_case(name))
}
