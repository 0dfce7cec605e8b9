//! AWS's requests: how each is called in its API, what takes away what it makes, and which resource of CloudFormation and Terraform it
//! is. Their bodies are elsewhere.

/// A request of AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Application Auto Scaling's RegisterScalableTarget.
    RegisterScalableTarget,
    /// Application Auto Scaling's PutScalingPolicy.
    PutScalingPolicy,
    /// Application Auto Scaling's PutScheduledAction.
    PutScheduledAction,
    /// EC2 Auto Scaling's UpdateAutoScalingGroup; in a template, the group itself.
    UpdateAutoScalingGroup,
    /// EC2 Auto Scaling's PutWarmPool.
    PutWarmPool,
    /// EC2 Auto Scaling's PutScalingPolicy.
    PutGroupScalingPolicy,
    /// EC2 Auto Scaling's PutScheduledUpdateGroupAction.
    PutScheduledUpdateGroupAction,
    /// EC2 Auto Scaling's SuspendProcesses.
    SuspendProcesses,
    /// CloudWatch's PutMetricAlarm.
    PutMetricAlarm,
}

/// A service of AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    /// Application Auto Scaling.
    ApplicationAutoScaling,
    /// EC2 Auto Scaling.
    AutoScaling,
    /// CloudWatch.
    CloudWatch,
}

impl Service {
    /// Returns its name in the AWS CLI and in boto3.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ApplicationAutoScaling => "application-autoscaling",
            Self::AutoScaling => "autoscaling",
            Self::CloudWatch => "cloudwatch",
        }
    }
}

/// How a request is called here and there.
struct Names {
    service: Service,
    /// As the API has it.
    put: &'static str,
    /// The request that takes it away, and which fields of the body that takes.
    delete: Option<(&'static str, &'static [&'static str])>,
    cloudformation: Option<&'static str>,
    terraform: Option<&'static str>,
}

impl Operation {
    /// All there are, in the order in which they can be made.
    pub const ALL: [Self; 9] = [
        Self::RegisterScalableTarget,
        Self::UpdateAutoScalingGroup,
        Self::PutWarmPool,
        Self::SuspendProcesses,
        Self::PutScalingPolicy,
        Self::PutGroupScalingPolicy,
        Self::PutMetricAlarm,
        Self::PutScheduledAction,
        Self::PutScheduledUpdateGroupAction,
    ];

    const fn names(self) -> Names {
        const TARGET: &[&str] = &["ServiceNamespace", "ResourceId", "ScalableDimension"];
        match self {
            Self::RegisterScalableTarget => Names {
                service: Service::ApplicationAutoScaling,
                put: "RegisterScalableTarget",
                delete: Some(("DeregisterScalableTarget", TARGET)),
                cloudformation: Some("AWS::ApplicationAutoScaling::ScalableTarget"),
                terraform: Some("aws_appautoscaling_target"),
            },
            Self::PutScalingPolicy => Names {
                service: Service::ApplicationAutoScaling,
                put: "PutScalingPolicy",
                delete: Some((
                    "DeleteScalingPolicy",
                    &[
                        "PolicyName",
                        "ServiceNamespace",
                        "ResourceId",
                        "ScalableDimension",
                    ],
                )),
                cloudformation: Some("AWS::ApplicationAutoScaling::ScalingPolicy"),
                terraform: Some("aws_appautoscaling_policy"),
            },
            Self::PutScheduledAction => Names {
                service: Service::ApplicationAutoScaling,
                put: "PutScheduledAction",
                delete: Some((
                    "DeleteScheduledAction",
                    &[
                        "ScheduledActionName",
                        "ServiceNamespace",
                        "ResourceId",
                        "ScalableDimension",
                    ],
                )),
                // CloudFormation keeps actions within their target.
                cloudformation: None,
                terraform: Some("aws_appautoscaling_scheduled_action"),
            },
            Self::UpdateAutoScalingGroup => Names {
                service: Service::AutoScaling,
                put: "UpdateAutoScalingGroup",
                delete: None,
                cloudformation: Some("AWS::AutoScaling::AutoScalingGroup"),
                terraform: Some("aws_autoscaling_group"),
            },
            Self::PutWarmPool => Names {
                service: Service::AutoScaling,
                put: "PutWarmPool",
                delete: Some(("DeleteWarmPool", &["AutoScalingGroupName"])),
                cloudformation: Some("AWS::AutoScaling::WarmPool"),
                // Terraform keeps it within the group.
                terraform: None,
            },
            Self::PutGroupScalingPolicy => Names {
                service: Service::AutoScaling,
                put: "PutScalingPolicy",
                delete: Some(("DeletePolicy", &["AutoScalingGroupName", "PolicyName"])),
                cloudformation: Some("AWS::AutoScaling::ScalingPolicy"),
                terraform: Some("aws_autoscaling_policy"),
            },
            Self::PutScheduledUpdateGroupAction => Names {
                service: Service::AutoScaling,
                put: "PutScheduledUpdateGroupAction",
                delete: Some((
                    "DeleteScheduledAction",
                    &["AutoScalingGroupName", "ScheduledActionName"],
                )),
                cloudformation: Some("AWS::AutoScaling::ScheduledAction"),
                terraform: Some("aws_autoscaling_schedule"),
            },
            Self::SuspendProcesses => Names {
                service: Service::AutoScaling,
                put: "SuspendProcesses",
                delete: Some((
                    "ResumeProcesses",
                    &["AutoScalingGroupName", "ScalingProcesses"],
                )),
                cloudformation: None,
                // Terraform keeps it within the group.
                terraform: None,
            },
            Self::PutMetricAlarm => Names {
                service: Service::CloudWatch,
                put: "PutMetricAlarm",
                delete: Some(("DeleteAlarms", &["AlarmNames"])),
                cloudformation: Some("AWS::CloudWatch::Alarm"),
                terraform: Some("aws_cloudwatch_metric_alarm"),
            },
        }
    }

    /// Returns the service that takes it.
    #[must_use]
    pub const fn service(self) -> Service {
        self.names().service
    }

    /// Returns its name, as the API has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.names().put
    }

    /// Returns the request that takes away what it makes, and the fields that that needs; `None`: there is none.
    #[must_use]
    pub const fn delete(self) -> Option<(&'static str, &'static [&'static str])> {
        self.names().delete
    }

    /// Returns the type of its resource in CloudFormation; `None`: it is part of another.
    #[must_use]
    pub const fn cloudformation(self) -> Option<&'static str> {
        self.names().cloudformation
    }

    /// Returns the type of its resource in Terraform; `None`: it is part of another.
    #[must_use]
    pub const fn terraform(self) -> Option<&'static str> {
        self.names().terraform
    }
}
