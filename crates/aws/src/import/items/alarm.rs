//! CloudWatch's alarms, as PutMetricAlarm takes them and DescribeAlarms answers them.

use scenario::document::{
    ComparisonOperator, MetricAlarm, MetricName, Statistic, TreatMissingData,
};

use super::policy::dimensions;
use crate::{account::Alarm, fields::Fields, finding::FindingKind, import::Gathering};

/// How target tracking names the alarms that it makes.
const MANAGED: &str = "TargetTracking-";

/// Reads an alarm. One on a metric that is not modelled is noted, and triggers nothing here.
pub(in crate::import) fn alarm(mut fields: Fields, gathering: &mut Gathering) {
    let at = fields.at;
    let findings = &mut gathering.findings;
    let name = fields.text("AlarmName", findings).unwrap_or_default();
    let actions = fields.texts("AlarmActions", findings);
    let actions_enabled = fields.switch("ActionsEnabled", findings).unwrap_or(true);
    fields.pass_over(&[
        "AlarmArn",
        "AlarmDescription",
        "AlarmConfigurationUpdatedTimestamp",
        "OKActions",
        "InsufficientDataActions",
        "StateValue",
        "StateReason",
        "StateReasonData",
        "StateUpdatedTimestamp",
        "StateTransitionedTimestamp",
        "EvaluationState",
        "ActionConfiguration",
        "Tags",
    ]);
    if fields.has("Metrics") {
        gathering.note(at, &fields.path("Metrics"), FindingKind::MetricMath);
        return;
    }
    let metric = fields.text("MetricName", findings).unwrap_or_default();
    let Some(metric_name) = MetricName::named(&metric) else {
        gathering.note(
            at,
            &fields.path("MetricName"),
            FindingKind::UnknownMetric { name: metric },
        );
        return;
    };
    let dimensions = dimensions(&mut fields, gathering);
    let findings = &mut gathering.findings;
    let default = MetricAlarm::default();
    let alarm = MetricAlarm {
        metric_name,
        namespace: fields.text("Namespace", findings),
        dimensions,
        statistic: fields.choice("Statistic", Statistic::NAMES, Statistic::named, findings),
        period: fields.whole("Period", findings).unwrap_or(default.period),
        evaluation_periods: fields
            .whole("EvaluationPeriods", findings)
            .unwrap_or(default.evaluation_periods),
        datapoints_to_alarm: fields.whole("DatapointsToAlarm", findings),
        threshold: fields.number("Threshold", findings),
        comparison: fields
            .choice(
                "ComparisonOperator",
                ComparisonOperator::NAMES,
                ComparisonOperator::named,
                findings,
            )
            .unwrap_or_default(),
        treat_missing_data: fields
            .choice(
                "TreatMissingData",
                TreatMissingData::NAMES,
                TreatMissingData::named,
                findings,
            )
            .unwrap_or_default(),
    };
    // It says again what the metric's unit is.
    fields.pass_over(&["Unit"]);
    fields.finish(findings);
    gathering.account.alarms.push(Alarm {
        is_managed: name.starts_with(MANAGED),
        name,
        alarm,
        actions,
        actions_enabled,
        at,
    });
}
