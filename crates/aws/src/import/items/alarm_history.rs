//! The history of CloudWatch's alarms.

use serde_json::Value as Json;

use crate::{
    account::AlarmChange,
    fields::{Fields, moment_of_text},
    finding::FindingKind,
    import::Gathering,
    node::Node,
    private::without_account,
};

/// Most bytes of what a history says of a change.
const MOST_HISTORY_DATA: usize = 100_000;

/// Reads an item of DescribeAlarmHistory; of others than changes of state nothing is used, which is noted.
pub(in crate::import) fn alarm_history(mut fields: Fields, gathering: &mut Gathering) {
    let at = fields.at;
    let findings = &mut gathering.findings;
    let kind = fields.text("HistoryItemType", findings);
    if kind.is_some_and(|kind| kind != "StateUpdate") {
        gathering.note(at, fields.own_path(), FindingKind::NotUsed);
        return;
    }
    let alarm = fields.text("AlarmName", findings).unwrap_or_default();
    let at_s = fields.moment("Timestamp", findings);
    let summary = fields.text("HistorySummary", findings);
    let data = fields.take("HistoryData");
    fields.pass_over(&["AlarmType"]);
    let (missing, data_path) = (fields.path("Timestamp"), fields.path("HistoryData"));
    fields.finish(findings);
    let Some(at_s) = at_s else {
        gathering.note(at, &missing, FindingKind::Missing);
        return;
    };
    let text = data.as_ref().and_then(Node::as_text).unwrap_or_default();
    let parsed = (text.len() <= MOST_HISTORY_DATA)
        .then(|| serde_json::from_str::<Json>(text).ok())
        .flatten();
    let new = parsed.as_ref().and_then(|data| data.get("newState"));
    let reason = new.and_then(|new| new.get("stateReasonData"));
    // `Alarm updated from OK to ALARM`
    let from_summary = || summary.as_ref().and_then(|it| it.rsplit(' ').next());
    let state = new
        .and_then(|new| new.get("stateValue"))
        .and_then(Json::as_str);
    let state = state.or_else(from_summary).unwrap_or_default();
    let number = |name: &str| {
        reason
            .and_then(|reason| reason.get(name))
            .and_then(Json::as_f64)
    };
    let moment = |name: &str| {
        let text = reason
            .and_then(|reason| reason.get(name))
            .and_then(Json::as_str)?;
        moment_of_text(text)
    };
    let period_s = number("period").filter(|it| (1.0..=86_400.0).contains(it));
    let datapoints = reason
        .and_then(|reason| reason.get("recentDatapoints"))
        .and_then(Json::as_array)
        .map_or(0, Vec::len);
    let newest_datapoint_s = moment("startDate")
        .zip(period_s)
        .map(|(start, period)| start + (datapoints.max(1) - 1) as f64 * period);
    gathering.account.alarm_history.push(AlarmChange {
        alarm: without_account(&alarm),
        at_s,
        state: without_account(state),
        newest_datapoint_s,
        period_s: period_s.map(|it| it as u32),
        at,
    });
    if new.is_none() && data.is_some() {
        gathering.note(at, &data_path, FindingKind::NotUsed);
    }
}
