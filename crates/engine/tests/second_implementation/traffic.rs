//! Requests, a hundredth of a second at a time: what arrives, and what becomes of it. Where requests go for which nothing is
//! free is the platforms' own.

use super::clients::{self, Clients};
use super::{backlog::Backlog, instances::Instances, serverless::Serverless};
use super::{control::Hit, second::mean_s};
use engine::{demand::Node, plan::Plan};

pub use super::plans::PER_SECOND;

pub const STEP_S: f64 = 0.01;

/// What has flowed since somebody last looked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Flow {
    pub arrived: f64,
    pub served: f64,
    pub failed: f64,
    pub late: f64,
    /// Sums of arrivals and of what was served, each divided by what was in service.
    pub arrived_each: f64,
    pub served_each: f64,
    /// Arrivals while nothing was in service.
    pub without_capacity: f64,
    /// What could have been served.
    pub could: f64,
    /// Steps times units in service.
    pub in_service_steps: u64,
    /// What waited, times seconds; the same per instance; steps with a queue and without instances.
    pub queue_s: f64,
    pub queue_each_s: f64,
    pub without_steps: u32,
    /// Where clients try again: requests that came, that were answered in time, whose clients have given up.
    pub requests: f64,
    pub answered: f64,
    pub given_up: f64,
    /// Of a serverless endpoint: served by provisioned concurrency, on demand, and of these after a cold start.
    pub provisioned: f64,
    pub on_demand: f64,
    pub cold: f64,
}

impl Flow {
    pub fn plus(self, other: Self) -> Self {
        Self {
            arrived: self.arrived + other.arrived,
            served: self.served + other.served,
            failed: self.failed + other.failed,
            late: self.late + other.late,
            arrived_each: self.arrived_each + other.arrived_each,
            served_each: self.served_each + other.served_each,
            without_capacity: self.without_capacity + other.without_capacity,
            could: self.could + other.could,
            in_service_steps: self.in_service_steps + other.in_service_steps,
            queue_s: self.queue_s + other.queue_s,
            queue_each_s: self.queue_each_s + other.queue_each_s,
            without_steps: self.without_steps + other.without_steps,
            requests: self.requests + other.requests,
            answered: self.answered + other.answered,
            given_up: self.given_up + other.given_up,
            provisioned: self.provisioned + other.provisioned,
            on_demand: self.on_demand + other.on_demand,
            cold: self.cold + other.cold,
        }
    }
}

/// One step of demand, which is straight within it.
#[derive(Clone, Copy)]
pub struct Step {
    pub number: u32,
    pub start_rps: f64,
    pub end_rps: f64,
}

impl Step {
    fn requests(&self) -> f64 {
        0.5 * (self.start_rps + self.end_rps) * STEP_S
    }

    fn plus(self, rps: f64) -> Self {
        Self {
            start_rps: self.start_rps + rps,
            end_rps: self.end_rps + rps,
            ..self
        }
    }

    fn times(self, share: f64) -> Self {
        Self {
            start_rps: self.start_rps * share,
            end_rps: self.end_rps * share,
            ..self
        }
    }
}

/// Where requests go.
enum Place {
    /// To instances, each with a queue.
    Instances(Instances),
    /// Into a queue of the endpoint's own.
    Backlog(Box<Backlog>),
    /// To environments that are started for them.
    Serverless(Box<Serverless>),
}

pub struct Traffic<'a> {
    nodes: &'a [Node],
    /// The line of demand that time has come to.
    line: usize,
    place: Place,
    clients: Option<Clients>,
    /// How many come again in each second of this one, and what it has come to so far.
    again_rps: f64,
    second: clients::Second,
    max_rps: f64,
    in_service: u32,
    /// The sum of their speeds, each 1 unless it is held back.
    speeds: f64,
    /// Those that have failed and still get requests, which fail; requests that were served by them when they did.
    routed: u32,
    in_flight: f64,
    mean_s: f64,
    pub flow: Flow,
    /// Requests served in all.
    pub served: f64,
}

impl<'a> Traffic<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let place = match plan.resource.on_demand() {
            Some(on_demand) => Place::Serverless(Box::new(Serverless::new(plan, *on_demand))),
            None if plan.resource.has_shared_queue() => {
                Place::Backlog(Box::new(Backlog::new(plan)))
            }
            None => Place::Instances(Instances::new(plan)),
        };
        Self {
            nodes: plan.demand.nodes(),
            line: 0,
            place,
            clients: Clients::of(plan),
            again_rps: 0.0,
            second: clients::Second::default(),
            max_rps: plan.service.max_rps,
            in_service: 0,
            speeds: 0.0,
            routed: 0,
            in_flight: 0.0,
            mean_s: mean_s(plan),
            flow: Flow::default(),
            served: 0.0,
        }
    }

    pub fn set_fleet(&mut self, in_service: u32, speeds: f64) {
        if (in_service, speeds) == (self.in_service, self.speeds) {
            return;
        }
        (self.in_service, self.speeds) = (in_service, speeds);
        if let Place::Instances(instances) = &mut self.place {
            instances.set_fleet(in_service, speeds, &mut self.flow);
        }
    }

    /// One hundredth of a second, the `number`th of the run.
    pub fn step(&mut self, number: u32) {
        self.begin_second(number);
        let before = (self.flow.failed, self.flow.arrived, self.in_flight);
        self.flow_in(number);
        let lost = before.2 - self.in_flight;
        self.second.lost += lost;
        self.second.refused += self.flow.failed - before.0 - lost;
        self.second.first += self.flow.arrived - before.1 - self.again_rps * STEP_S;
        self.end_second(number + 1);
    }

    fn begin_second(&mut self, number: u32) {
        let queue = self.waiting();
        if let Some(clients) = self
            .clients
            .as_mut()
            .filter(|_| number.is_multiple_of(PER_SECOND))
        {
            self.again_rps = clients.begin(f64::from(number / PER_SECOND), queue);
            self.second = clients::Second::default();
        }
    }

    fn end_second(&mut self, number: u32) {
        let queue = self.waiting();
        if let Some(clients) = self
            .clients
            .as_mut()
            .filter(|_| number.is_multiple_of(PER_SECOND))
        {
            clients.end(f64::from(number / PER_SECOND - 1), self.second, queue);
            let told = std::mem::take(&mut clients.told);
            self.flow.requests += told.requests;
            self.flow.answered += told.answered;
            self.flow.given_up += told.given_up;
        }
    }

    /// Requests that wait, in the queue or to be tried again.
    pub fn requests_waiting(&self) -> f64 {
        let clients = self.clients.as_ref();
        clients.map_or_else(|| self.waiting(), Clients::waiting)
    }

    fn flow_in(&mut self, number: u32) {
        let step = self.demand(number).plus(self.again_rps);
        let lost = f64::from(self.routed) / f64::from((self.routed + self.in_service).max(1));
        let (kept, all) = (step.times(1.0 - lost), step.requests());
        let (flow, in_service) = (&mut self.flow, self.in_service);
        let before = (flow.arrived, flow.served);
        match &mut self.place {
            Place::Instances(instances) => instances.step(&kept, flow),
            Place::Backlog(backlog) => backlog.step(&step, in_service, flow),
            Place::Serverless(serverless) => serverless.step(&step, in_service, flow),
        }
        // What they were serving fails, in place of what would have been served since.
        let failed = self.in_flight.min(flow.served - before.1);
        self.in_flight -= failed;
        flow.served -= failed;
        flow.failed += failed;
        flow.could += self.speeds * self.max_rps * STEP_S;
        self.served += flow.served - before.1;
        flow.in_service_steps += u64::from(in_service);
        let arrived = flow.arrived - before.0;
        if in_service > 0 {
            flow.arrived_each += arrived / f64::from(in_service);
            flow.served_each += (flow.served - before.1) / f64::from(in_service);
        } else {
            flow.without_capacity += arrived;
        }
        flow.arrived += lost * all;
        flow.failed += lost * all;
    }

    /// Demand in a step.
    fn demand(&mut self, number: u32) -> Step {
        let start_s = f64::from(number) * STEP_S;
        // Something may fail at the end of the last line.
        let last = self.nodes.len() - 2;
        while self.line < last && self.nodes[self.line + 1].at_s <= start_s + 0.5 * STEP_S {
            self.line += 1;
        }
        let (a, b) = (self.nodes[self.line], self.nodes[self.line + 1]);
        let slope = (b.rps - a.rps) / (b.at_s - a.at_s);
        let rate = |after_s: f64| a.rps + slope * (start_s + after_s - a.at_s);
        Step {
            number,
            start_rps: rate(0.0),
            end_rps: rate(STEP_S),
        }
    }

    /// Some fail before the step: those that wait for them fail, and those that they serve.
    /// `speeds`: the sum of those that were in service, and of those that are left.
    pub fn lose(&mut self, number: u32, hit: &Hit, speeds: (f64, f64)) {
        let (instances, of) = (f64::from(hit.instances), f64::from(hit.of));
        self.set_fleet(hit.of, speeds.0);
        let kept = of / (of + f64::from(hit.routed));
        let rps = self.demand(number).start_rps * kept;
        if let Place::Instances(queue) = &mut self.place {
            self.in_flight += queue.served_rps(rps) * self.mean_s * instances / of;
            queue.lose(instances / of, &mut self.flow);
        }
        self.set_fleet(hit.of - hit.instances, speeds.1);
    }

    /// So many that have failed get requests.
    pub fn set_routed(&mut self, routed: u32) {
        self.routed = routed;
        if routed == 0 {
            self.in_flight = 0.0;
        }
    }

    /// Requests that wait now.
    pub fn waiting(&self) -> f64 {
        match &self.place {
            Place::Instances(instances) => instances.queue,
            Place::Backlog(backlog) => backlog.waiting(),
            Place::Serverless(_) => 0.0,
        }
    }

    /// Those that wait at the end and have done so for too long.
    pub fn overdue(&self, length_s: u32) -> f64 {
        match &self.place {
            Place::Backlog(backlog) => backlog.overdue(length_s),
            _ => 0.0,
        }
    }
}
