//! What CloudWatch's operations answer: alarms, their history, metrics.

use super::{DocumentKind, Gathering, items};
use crate::node::Node;

/// `describe-alarms`.
pub(super) struct Alarms;

impl DocumentKind for Alarms {
    fn id(&self) -> &'static str {
        "cloudwatch describe-alarms"
    }

    fn recognises(&self, document: &Node) -> bool {
        document.has(&["MetricAlarms"])
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        gathering.answer(document, "MetricAlarms", self.id(), items::alarm);
    }
}

/// `describe-alarm-history`.
pub(super) struct AlarmHistory;

impl DocumentKind for AlarmHistory {
    fn id(&self) -> &'static str {
        "cloudwatch describe-alarm-history"
    }

    fn recognises(&self, document: &Node) -> bool {
        document.has(&["AlarmHistoryItems"])
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        gathering.answer(
            document,
            "AlarmHistoryItems",
            self.id(),
            items::alarm_history,
        );
    }
}

/// `get-metric-data`.
pub(super) struct MetricData;

impl DocumentKind for MetricData {
    fn id(&self) -> &'static str {
        "cloudwatch get-metric-data"
    }

    fn recognises(&self, document: &Node) -> bool {
        document.has(&["MetricDataResults"])
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        gathering.queries = items::queries_of(gathering.command.as_ref());
        gathering.answer(document, "MetricDataResults", self.id(), items::metric_data);
        gathering.queries.clear();
    }
}

/// `get-metric-statistics`.
pub(super) struct MetricStatistics;

impl DocumentKind for MetricStatistics {
    fn id(&self) -> &'static str {
        "cloudwatch get-metric-statistics"
    }

    fn recognises(&self, document: &Node) -> bool {
        document.has(&["Datapoints"])
    }

    fn read(&self, document: Node, gathering: &mut Gathering) {
        // boto3 and the AWS CLI have no `NextToken` here; an emulator may.
        let (fields, _) = gathering.open(document, self.id());
        items::metric_statistics(fields, gathering);
    }
}
