//! PutMetricAlarm, of what triggers a policy.

use scenario::{
    document::{MetricAlarm, ScalingPolicy},
    field::ItemId,
};

use super::Writing;
use crate::{
    account::TargetDimension,
    deployment::{Entry, Operation, Origin, Parameter, Part, Term},
};

impl Writing<'_> {
    pub(super) fn alarm(
        &mut self,
        id: ItemId,
        policy: &ScalingPolicy,
        alarm: &MetricAlarm,
        name: &str,
    ) {
        let scales = match self.dimension {
            Some(TargetDimension::ComponentCopies) => Parameter::InferenceComponentName,
            Some(_) => Parameter::EndpointName,
            None => Parameter::AutoScalingGroupName,
        };
        let statistic = alarm
            .statistic
            .unwrap_or_else(|| alarm.metric_name.statistic());
        let mut body = vec![Entry::new(
            "AlarmName",
            Term::Joined(vec![
                Part::Parameter(scales),
                Part::Text(format!("-{name}")),
            ]),
        )];
        body.push(Entry::new(
            "AlarmActions",
            Term::List(vec![Term::PolicyArn(policy.policy_name.clone())]),
        ));
        body.extend(self.metric(
            alarm.metric_name,
            alarm.namespace.as_deref(),
            &alarm.dimensions,
        ));
        body.push(Entry::text("Statistic", statistic.name()));
        let usual = MetricAlarm::default();
        for (name, field, value, usual) in [
            ("Period", MetricAlarm::period, alarm.period, usual.period),
            (
                "EvaluationPeriods",
                MetricAlarm::evaluation_periods,
                alarm.evaluation_periods,
                usual.evaluation_periods,
            ),
        ] {
            let remark = Self::unless_usual(field.of(id), value == usual);
            body.push(Entry::whole(name, value).with(remark));
        }
        body.extend(alarm.datapoints_to_alarm.map(|it| {
            let field = MetricAlarm::datapoints_to_alarm.of(id);
            Entry::whole("DatapointsToAlarm", it).with(self.remark(field, Origin::Usual))
        }));
        body.extend(alarm.threshold.map(|it| {
            let field = MetricAlarm::threshold.of(id);
            Entry::number("Threshold", it).with(self.aim(field, alarm.metric_name, it))
        }));
        body.push(Entry::text("ComparisonOperator", alarm.comparison.name()));
        body.push(Entry::text(
            "TreatMissingData",
            alarm.treat_missing_data.name(),
        ));
        self.push(Operation::PutMetricAlarm, name, body);
    }
}
