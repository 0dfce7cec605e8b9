//! UpdateAutoScalingGroup, PutWarmPool and SuspendProcesses.

use scenario::document::{AutoScalingGroup, ScalableTarget, SuspendedState, WarmPool};

use super::Writing;
use crate::deployment::{Entry, Operation, Origin, Remark, Term};

impl Writing<'_> {
    pub(super) fn group(&mut self) {
        let mut body = self.subject();
        let target = &self.whole.scalable_target;
        let group = &self.whole.auto_scaling_group;
        for (name, field, value) in [
            ("MinSize", ScalableTarget::min_capacity, target.min_capacity),
            ("MaxSize", ScalableTarget::max_capacity, target.max_capacity),
        ] {
            let remark = self.remark(field, Origin::Sizing);
            body.extend(value.map(|value| Entry::whole(name, value).with(remark)));
        }
        let usual = AutoScalingGroup::default();
        let remark = |field, is_usual| Self::unless_usual(field, is_usual);
        body.push(
            Entry::whole("DefaultCooldown", group.default_cooldown).with(remark(
                AutoScalingGroup::default_cooldown,
                group.default_cooldown == usual.default_cooldown,
            )),
        );
        body.push(
            Entry::text("HealthCheckType", group.health_check_type.name()).with(remark(
                AutoScalingGroup::health_check_type,
                group.health_check_type == usual.health_check_type,
            )),
        );
        body.push(
            Entry::whole("HealthCheckGracePeriod", group.health_check_grace_period).with(remark(
                AutoScalingGroup::health_check_grace_period,
                group.health_check_grace_period == usual.health_check_grace_period,
            )),
        );
        body.extend(group.default_instance_warmup.map(|seconds| {
            let remark = self.remark(AutoScalingGroup::default_instance_warmup, Origin::Usual);
            Entry::whole("DefaultInstanceWarmup", seconds).with(remark)
        }));
        self.push(Operation::UpdateAutoScalingGroup, "", body);
        if let Some(pool) = &group.warm_pool {
            self.warm_pool(pool);
        }
        self.suspended_processes();
    }

    fn warm_pool(&mut self, pool: &WarmPool) {
        let mut body = self.subject();
        body.extend(pool.max_group_prepared_capacity.map(|most| {
            let remark = self.remark(WarmPool::max_group_prepared_capacity, Origin::Usual);
            Entry::whole("MaxGroupPreparedCapacity", most).with(remark)
        }));
        let is_usual = pool.min_size == WarmPool::default().min_size;
        let remark = Self::unless_usual(WarmPool::min_size, is_usual);
        body.push(Entry::whole("MinSize", pool.min_size).with(remark));
        body.push(Entry::text("PoolState", pool.pool_state.name()));
        self.push(Operation::PutWarmPool, "", body);
    }

    /// A group's processes know no direction: what holds only one way cannot be said.
    fn suspended_processes(&mut self) {
        let suspended = &self.whole.scalable_target.suspended;
        let (scale_in, scale_out) = (suspended.dynamic_scaling_in, suspended.dynamic_scaling_out);
        let mut processes = Vec::new();
        if scale_in && scale_out {
            processes.push(Term::Text("AlarmNotification".to_owned()));
        } else if scale_in {
            let field = SuspendedState::dynamic_scaling_in;
            self.left_out.push(Remark::CannotSay { field });
        } else if scale_out {
            let field = SuspendedState::dynamic_scaling_out;
            self.left_out.push(Remark::CannotSay { field });
        }
        if suspended.scheduled_scaling {
            processes.push(Term::Text("ScheduledActions".to_owned()));
        }
        if !processes.is_empty() {
            let mut body = self.subject();
            body.push(Entry::new("ScalingProcesses", Term::List(processes)));
            self.push(Operation::SuspendProcesses, "", body);
        }
    }
}
