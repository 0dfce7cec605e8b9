//! PutScheduledAction and PutScheduledUpdateGroupAction.

use scenario::{
    document::{ScalableTargetAction, ScheduledAction},
    field::ItemId,
};

use super::Writing;
use crate::{
    deployment::{Entry, Operation, Origin, Remark},
    schedules,
};

impl Writing<'_> {
    pub(super) fn scheduled_action(&mut self, id: ItemId, action: &ScheduledAction) {
        match self.dimension {
            Some(_) => self.action_of_target(id, action),
            None => self.action_of_group(id, action),
        }
    }

    /// Returns the bounds that an action sets, by these names.
    fn bounds(&self, id: ItemId, action: &ScheduledAction, names: [&'static str; 2]) -> Vec<Entry> {
        let [min, max] = names;
        let bounds = &action.action;
        let mut sets = Vec::new();
        for (name, field, value) in [
            (min, ScalableTargetAction::min_capacity, bounds.min_capacity),
            (max, ScalableTargetAction::max_capacity, bounds.max_capacity),
        ] {
            let remark = self.remark(field.of(id), Origin::Usual);
            sets.extend(value.map(|value| Entry::whole(name, value).with(remark)));
        }
        sets
    }

    fn action_of_target(&mut self, id: ItemId, action: &ScheduledAction) {
        let mut body = vec![Entry::text("ScheduledActionName", &action.name)];
        body.extend(self.subject());
        body.push(Entry::text("Schedule", &action.schedule));
        let zone = action.time_zone.as_deref();
        body.extend(zone.map(|zone| Entry::text("Timezone", zone)));
        body.extend(action.start_time.map(|it| Entry::moment("StartTime", it)));
        body.extend(action.end_time.map(|it| Entry::moment("EndTime", it)));
        let sets = self.bounds(id, action, ["MinCapacity", "MaxCapacity"]);
        body.push(Entry::object("ScalableTargetAction", sets));
        self.push(Operation::PutScheduledAction, &action.name, body);
    }

    fn action_of_group(&mut self, id: ItemId, action: &ScheduledAction) {
        let mut body = vec![Entry::text("ScheduledActionName", &action.name)];
        body.extend(self.subject());
        let start = match &action.recurrence {
            Some(recurrence) => {
                body.push(Entry::text("Recurrence", recurrence));
                let zone = action.time_zone.as_deref();
                body.extend(zone.map(|zone| Entry::text("TimeZone", zone)));
                action.start_time
            }
            None => schedules::once(action),
        };
        if action.recurrence.is_none() && start.is_none() {
            let field = ScheduledAction::schedule.of(id);
            self.left_out.push(Remark::CannotSay { field });
            return;
        }
        body.extend(start.map(|it| Entry::moment("StartTime", it)));
        body.extend(action.end_time.map(|it| Entry::moment("EndTime", it)));
        body.extend(self.bounds(id, action, ["MinSize", "MaxSize"]));
        body.extend(action.desired_capacity.map(|it| {
            let field = ScheduledAction::desired_capacity.of(id);
            Entry::whole("DesiredCapacity", it).with(self.remark(field, Origin::Usual))
        }));
        self.push(Operation::PutScheduledUpdateGroupAction, &action.name, body);
    }
}
