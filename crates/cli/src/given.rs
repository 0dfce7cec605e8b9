//! `--param Name=value`: what is filled in for a name that an account has, as far as AWS takes it for one.

use std::str::FromStr;

use aws::Parameter;

/// A parameter and what is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub parameter: Parameter,
    pub value: String,
}

impl FromStr for Given {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text
            .split_once('=')
            .ok_or("write it as Name=value, such as EndpointName=recommender")?;
        let mut all = Parameter::ALL.into_iter();
        let parameter = all.find(|it| it.name() == name).ok_or_else(|| {
            let names = Parameter::ALL.map(Parameter::name);
            format!("there is no “{name}”; there are {}", names.join(", "))
        })?;
        if !parameter.takes(value) {
            return Err(format!(
                "{name} is {}, such as {}",
                takes(parameter),
                parameter.example()
            ));
        }
        Ok(Self {
            parameter,
            value: value.to_owned(),
        })
    }
}

/// Returns what AWS takes, to stand behind "is".
fn takes(parameter: Parameter) -> &'static str {
    match parameter {
        Parameter::EndpointName | Parameter::VariantName | Parameter::InferenceComponentName => {
            "1 to 63 letters, digits and hyphens, which neither begin nor end it"
        }
        Parameter::AutoScalingGroupName => {
            "1 to 255 ASCII characters without a blank and without a colon"
        }
        Parameter::LaunchTemplateId => "lt- and 17 hexadecimal digits",
        Parameter::LaunchTemplateVersion => "a number",
        Parameter::SubnetIds => "subnet- and 17 hexadecimal digits, several parted by commas",
        Parameter::TargetGroupArn => "the ARN of a target group",
        Parameter::LoadBalancer => "app/, a name, / and 16 hexadecimal digits",
        Parameter::TargetGroup => "targetgroup/, a name, / and 16 hexadecimal digits",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_what_aws_takes() {
        let read = |text: &str| text.parse::<Given>();
        let given = read("EndpointName=recommender").unwrap();
        assert_eq!(given.parameter, Parameter::EndpointName);
        assert_eq!(given.value, "recommender");
        for (text, wrong) in [
            ("EndpointName", "write it as Name=value"),
            (
                "Endpoint=x",
                "there is no “Endpoint”; there are EndpointName,",
            ),
            ("EndpointName=", "EndpointName is 1 to 63 letters"),
            ("EndpointName=a b", "such as recommender"),
            (
                "LoadBalancer=recommender",
                "such as app/recommender/0123456789abcdef",
            ),
        ] {
            let told = read(text).unwrap_err();
            assert!(told.contains(wrong), "{text}: {told}");
        }
    }
}
