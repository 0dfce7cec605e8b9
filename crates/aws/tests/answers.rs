#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
//! Real answers of the AWS CLI are recognised, and what is listed of them is known.

use aws::import::{Document, Gathering, Params, gather};

fn gathered(text: &str) -> Gathering {
    gather(&[Document { name: "", text }], &Params::default())
}

#[test]
fn real_answers_are_recognised() {
    macro_rules! samples {
        ($($name:literal => $id:literal, $listed:expr;)*) => {
            [$((include_str!(concat!("data/answers/", $name, ".json")), $id, &$listed as &[&str])),*]
        };
    }
    let samples = samples! {
        "aas-describe-scalable-targets" => "application-autoscaling describe-scalable-targets", [];
        "aas-describe-scaling-policies" => "application-autoscaling describe-scaling-policies", [];
        "aas-describe-scheduled-actions" => "application-autoscaling describe-scheduled-actions", [];
        "aas-describe-scheduled-actions.iso" => "application-autoscaling describe-scheduled-actions", [];
        "aas-describe-scaling-activities.made" => "application-autoscaling describe-scaling-activities", [];
        "asg-describe-auto-scaling-groups" => "autoscaling describe-auto-scaling-groups", [];
        "asg-describe-policies" => "autoscaling describe-policies", [];
        "asg-describe-scheduled-actions" => "autoscaling describe-scheduled-actions", [];
        "asg-describe-warm-pool" => "autoscaling describe-warm-pool", [];
        "asg-describe-scaling-activities" => "autoscaling describe-scaling-activities", [];
        "cw-describe-alarms" => "cloudwatch describe-alarms", [];
        "cw-get-metric-data" => "cloudwatch get-metric-data", [];
        "cw-get-metric-statistics" => "cloudwatch get-metric-statistics", [];
        "sm-describe-endpoint" => "sagemaker describe-endpoint", [];
        "sm-describe-endpoint-config" => "sagemaker describe-endpoint-config", [];
    };
    for (text, id, listed) in samples {
        let gathering = gathered(text);
        let recognised: Vec<_> = gathering.recognised.iter().map(|it| it.0).collect();
        assert_eq!(recognised, [id]);
        let found: Vec<_> = gathering.findings.iter().map(|it| &*it.path).collect();
        assert_eq!(found, listed, "{id}: {:?}", gathering.findings);
    }
}
