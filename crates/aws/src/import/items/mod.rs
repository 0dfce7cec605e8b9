//! The things that scale and what scales them, each read from the fields of AWS's requests and answers.

mod action;
mod activity;
mod alarm;
mod alarm_history;
mod endpoint;
mod group;
mod metric;
mod metric_query;
mod policy;
mod subject;
mod target;

pub(super) use action::{group_action, target_action};
pub(super) use activity::{group_activity, target_activity};
pub(super) use alarm::alarm;
pub(super) use alarm_history::alarm_history;
pub(super) use endpoint::{component, endpoint, endpoint_config, recommendation};
pub(super) use group::{auto_scaling_group, described_warm_pool, suspended_processes, warm_pool};
pub(super) use metric::{metric_data, metric_statistics};
pub(super) use metric_query::{Answer, Queries, metric_query, queries_of, settle};
pub(super) use policy::{group_policy, policy_of, target_policy};
pub(super) use subject::of_target;
pub(super) use target::{scalable_target, suspended_state};

use super::Gathering;
use crate::{deployment::Operation, fields::Fields};

/// Reads the body of a request.
pub(super) fn request(operation: Operation, body: Fields, gathering: &mut Gathering) {
    match operation {
        Operation::RegisterScalableTarget => scalable_target(body, gathering),
        Operation::PutScalingPolicy => target_policy(body, gathering),
        Operation::PutScheduledAction => target_action(body, gathering),
        Operation::UpdateAutoScalingGroup => auto_scaling_group(body, gathering),
        Operation::PutWarmPool => warm_pool(body, gathering),
        Operation::PutGroupScalingPolicy => group_policy(body, gathering),
        Operation::PutScheduledUpdateGroupAction => group_action(body, gathering),
        Operation::SuspendProcesses => suspended_processes(body, gathering),
        Operation::PutMetricAlarm => alarm(body, gathering),
    }
}
