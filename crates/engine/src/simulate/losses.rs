//! What failed instances cost: the requests that they serve, or that wait for them, and those that are routed to them until the load
//! balancer notices.

use super::target::Target;

impl Target<'_> {
    /// Lets a share of the instances fail, with all requests that they have.
    pub(super) fn lose(&mut self, share: f64) {
        self.demand.skip_to(self.counted_s);
        let kept = 1.0 - self.share_lost();
        let rps = self.queue.served_rps(self.demand.rps() * kept);
        self.in_flight_lost += rps * self.plan.service.mean_service_s() * share;
        self.queue.lose(share, &mut self.flow);
    }

    /// Returns the share of requests that is routed to failed instances.
    fn share_lost(&self) -> f64 {
        (self.fleet.instances()).map_or(0.0, |instances| instances.share_lost())
    }

    /// Adapts everything to instances in service that have changed without a decision.
    pub(super) fn on_instances_lost(&mut self, now_s: f64) {
        self.on_instances_changed();
        self.scaler.instances_changed(now_s, &self.fleet);
    }

    /// Lets demand flow up to `at_s`, and `again_rps` beside it, part of it to failed instances.
    // rule: health.requests-to-failed
    #[cold]
    pub(super) fn flow_with_losses(&mut self, at_s: f64, again_rps: f64) {
        let share = self.share_lost();
        if share <= 0.0 {
            self.in_flight_lost = 0.0;
        }
        let (queue, flow, lost) = (&mut self.queue, &mut self.flow, &mut self.in_flight_lost);
        self.demand.advance_to(at_s, |from, to, seconds| {
            let (from, to) = (from + again_rps, to + again_rps);
            let (served, kept) = (flow.served, 1.0 - share);
            queue.advance(from * kept, to * kept, seconds, flow);
            if share > 0.0 {
                let failed = 0.5 * (from + to) * seconds * share;
                flow.arrived += failed;
                flow.failed += failed;
            }
            let in_flight = lost.min(flow.served - served);
            *lost -= in_flight;
            flow.served -= in_flight;
            flow.failed += in_flight;
        });
    }
}
