//! What a person has to fill in: names of what an account has, what stands for them meanwhile, and what AWS takes.

/// What a person has to fill in: names of what an account has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Parameter {
    /// The endpoint.
    EndpointName,
    /// Its production variant.
    VariantName,
    /// The inference component.
    InferenceComponentName,
    /// The Auto Scaling group.
    AutoScalingGroupName,
    /// The launch template of the group's instances.
    LaunchTemplateId,
    /// Its version: CloudFormation takes a number only, not `$Latest`.
    LaunchTemplateVersion,
    /// The subnets of the group, parted by commas.
    SubnetIds,
    /// The target group of the load balancer, by its ARN.
    TargetGroupArn,
    /// The load balancer, as CloudWatch names it: `app/<name>/<id>`.
    LoadBalancer,
    /// Its target group, as CloudWatch names it: `targetgroup/<name>/<id>`.
    TargetGroup,
}

impl Parameter {
    /// All there are.
    pub const ALL: [Self; 10] = [
        Self::EndpointName,
        Self::VariantName,
        Self::InferenceComponentName,
        Self::AutoScalingGroupName,
        Self::LaunchTemplateId,
        Self::LaunchTemplateVersion,
        Self::SubnetIds,
        Self::TargetGroupArn,
        Self::LoadBalancer,
        Self::TargetGroup,
    ];

    /// Those that a group needs which is made anew, and no request that changes one.
    pub const OF_GROUP: [Self; 4] = [
        Self::LaunchTemplateId,
        Self::LaunchTemplateVersion,
        Self::SubnetIds,
        Self::TargetGroupArn,
    ];

    /// Returns its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EndpointName => "EndpointName",
            Self::VariantName => "VariantName",
            Self::InferenceComponentName => "InferenceComponentName",
            Self::AutoScalingGroupName => "AutoScalingGroupName",
            Self::LaunchTemplateId => "LaunchTemplateId",
            Self::LaunchTemplateVersion => "LaunchTemplateVersion",
            Self::SubnetIds => "SubnetIds",
            Self::TargetGroupArn => "TargetGroupArn",
            Self::LoadBalancer => "LoadBalancer",
            Self::TargetGroup => "TargetGroup",
        }
    }

    /// Returns what stands for it until somebody fills it in: it stands out, and AWS would take it as a name.
    #[must_use]
    pub const fn placeholder(self) -> &'static str {
        match self {
            Self::EndpointName => "YOUR-ENDPOINT",
            // What SageMaker's console and examples call the only variant.
            Self::VariantName => "AllTraffic",
            Self::InferenceComponentName => "YOUR-INFERENCE-COMPONENT",
            Self::AutoScalingGroupName => "YOUR-AUTO-SCALING-GROUP",
            Self::LaunchTemplateId => "lt-00000000000000000",
            Self::LaunchTemplateVersion => "1",
            Self::SubnetIds => "subnet-00000000000000000",
            Self::TargetGroupArn => {
                "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/YOUR-TARGET-GROUP/0000000000000000"
            }
            Self::LoadBalancer => "app/YOUR-LOAD-BALANCER/0000000000000000",
            Self::TargetGroup => "targetgroup/YOUR-TARGET-GROUP/0000000000000000",
        }
    }

    /// Returns whether its placeholder is none of an account's: a variant usually has the very name that stands for it, and a
    /// template the very version.
    #[must_use]
    pub const fn must_be_filled_in(self) -> bool {
        !matches!(self, Self::VariantName | Self::LaunchTemplateVersion)
    }

    /// Returns a value that AWS would take, as an example.
    #[must_use]
    pub const fn example(self) -> &'static str {
        match self {
            Self::EndpointName => "recommender",
            Self::VariantName => "blue",
            Self::InferenceComponentName => "recommender-model",
            Self::AutoScalingGroupName => "recommender-group",
            Self::LaunchTemplateId => "lt-0123456789abcdef0",
            Self::LaunchTemplateVersion => "3",
            Self::SubnetIds => "subnet-0123456789abcdef0,subnet-0123456789abcdef1",
            Self::TargetGroupArn => {
                "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/recommender/0123456789abcdef"
            }
            Self::LoadBalancer => "app/recommender/0123456789abcdef",
            Self::TargetGroup => "targetgroup/recommender/0123456789abcdef",
        }
    }

    /// Returns whether AWS takes a value, by the pattern of its API reference.
    #[must_use]
    pub fn takes(self, value: &str) -> bool {
        match self {
            // `[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}`
            Self::EndpointName | Self::VariantName | Self::InferenceComponentName => {
                is_name(value, 63)
            }
            // "any ASCII character 33 to 126 … You cannot use a colon" (CreateAutoScalingGroup).
            Self::AutoScalingGroupName => {
                let fits = |byte: u8| byte.is_ascii_graphic() && byte != b':';
                (1..=255).contains(&value.len()) && value.bytes().all(fits)
            }
            Self::LaunchTemplateId => is_id(value, "lt-"),
            Self::LaunchTemplateVersion => {
                (1..=9).contains(&value.len()) && value.bytes().all(|it| it.is_ascii_digit())
            }
            Self::SubnetIds => value.split(',').all(|id| is_id(id, "subnet-")),
            Self::TargetGroupArn => {
                let parts: Vec<&str> = value.splitn(6, ':').collect();
                matches!(
                    parts.as_slice(),
                    ["arn", partition, "elasticloadbalancing", region, account, group]
                        if partition.starts_with("aws")
                            && is_name(partition, 20)
                            && is_name(region, 30)
                            && account.len() == 12
                            && account.bytes().all(|byte| byte.is_ascii_digit())
                            && is_path(group, "targetgroup/")
                )
            }
            Self::LoadBalancer => is_path(value, "app/"),
            Self::TargetGroup => is_path(value, "targetgroup/"),
        }
    }
}

/// Whether a text is letters, digits and hyphens, which neither begin nor end it.
fn is_name(text: &str, most: usize) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=most).contains(&text.len())
        && text.bytes().all(fits)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

fn is_hexadecimal(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a text is an id of EC2's: a prefix and 8 or 17 hexadecimal digits.
fn is_id(text: &str, prefix: &str) -> bool {
    let digits = text.strip_prefix(prefix).unwrap_or_default();
    is_hexadecimal(digits) && matches!(digits.len(), 8 | 17)
}

/// Whether a text is `<prefix><name>/<16 hexadecimal digits>`, as Elastic Load Balancing names what it has.
fn is_path(text: &str, prefix: &str) -> bool {
    let path = text.strip_prefix(prefix);
    path.and_then(|path| path.split_once('/'))
        .is_some_and(|(name, id)| is_name(name, 32) && is_hexadecimal(id) && id.len() == 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_a_name_and_its_example_are_taken() {
        for parameter in Parameter::ALL {
            for value in [parameter.placeholder(), parameter.example()] {
                assert!(parameter.takes(value), "{parameter:?}: {value}");
            }
            assert_ne!(parameter.placeholder(), parameter.example());
            assert!(!parameter.takes(""), "{parameter:?}");
            assert!(!parameter.takes("a b\n"), "{parameter:?}");
        }
    }

    #[test]
    fn values_that_aws_refuses_are_not_taken() {
        use Parameter::{
            AutoScalingGroupName, EndpointName, LoadBalancer, SubnetIds, TargetGroupArn,
        };
        let long = "a".repeat(64);
        for (parameter, value, is_taken) in [
            (EndpointName, "a", true),
            (EndpointName, "a--b", true),
            (EndpointName, "-a", false),
            (EndpointName, "a-", false),
            (EndpointName, "a_b", false),
            (EndpointName, "추천", false),
            (EndpointName, long.as_str(), false),
            (AutoScalingGroupName, "a_b'\"\\{}$", true),
            (AutoScalingGroupName, "a:b", false),
            (AutoScalingGroupName, "그룹", false),
            (LoadBalancer, "app/a/0123456789abcdef", true),
            (LoadBalancer, "net/a/0123456789abcdef", false),
            (LoadBalancer, "app/a/0123", false),
            (LoadBalancer, "app/a", false),
            (SubnetIds, "subnet-01234567", true),
            (SubnetIds, "subnet-01234567,", false),
            (
                TargetGroupArn,
                "arn:aws-cn:elasticloadbalancing:cn-north-1:123456789012:targetgroup/a/0123456789abcdef",
                true,
            ),
            (
                TargetGroupArn,
                "arn:aws:elasticloadbalancing:us-east-1:12:targetgroup/a/0123456789abcdef",
                false,
            ),
        ] {
            assert_eq!(parameter.takes(value), is_taken, "{parameter:?}: {value}");
        }
    }
}
