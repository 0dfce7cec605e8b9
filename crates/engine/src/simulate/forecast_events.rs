//! Forecasts as events: when a policy scales out to that of an hour, and when the hour begins.

use super::{actors::Actor, target::Target};
use crate::{
    forecast::{self, Forecast, Hour},
    order::sort_by_number,
    plan::{Plan, Predictive, PredictiveScaling},
    run::Run,
};
use std::sync::Arc;

/// An event because of a forecast.
#[derive(Clone, Copy, Debug)]
struct Event {
    at_s: f64,
    /// The policy's index in the plan, and the hour's index in its forecast.
    policy: u32,
    hour: u32,
    /// Whether the hour begins; otherwise the policy scales out to it.
    begins: bool,
}

/// What an event does.
#[derive(Clone, Copy, Debug)]
enum ForecastEvent {
    /// A policy scales out to the forecast of an hour, if that is more than there is.
    ScaleTo(PredictiveScaling, Hour),
    /// An hour begins to which a policy has scaled out.
    HourStarts(Hour),
}

/// The forecasts of a run, and their events.
#[derive(Clone, Debug)]
struct ForecastEvents {
    predictive: Arc<Predictive>,
    forecasts: Vec<Forecast>,
    events: Vec<Event>,
    /// How many events have happened.
    done: usize,
}

/// Returns the events of a plan's forecasts; `None` without predictive scaling.
pub(super) fn of(plan: &Plan) -> Option<Box<dyn Actor>> {
    let predictive = plan.resource.predictive()?;
    Some(Box::new(ForecastEvents::new(plan, predictive)))
}

impl ForecastEvents {
    fn new(plan: &Plan, predictive: &Arc<Predictive>) -> Self {
        let forecasts = forecast::of(plan);
        let mut events = Vec::new();
        for (policy_index, (policy, forecast)) in
            predictive.policies.iter().zip(&forecasts).enumerate()
        {
            for (index, hour) in forecast.hours.iter().enumerate() {
                let event = |at_s, begins| Event {
                    at_s,
                    policy: policy_index as u32,
                    hour: index as u32,
                    begins,
                };
                events.push(event(hour.acts_s(policy), false));
                if policy.scales {
                    events.push(event(hour.at_s, true));
                }
            }
        }
        sort_by_number(&mut events, |event| event.at_s);
        Self {
            predictive: Arc::clone(predictive),
            forecasts,
            events,
            done: 0,
        }
    }

    /// Takes the next event.
    fn take(&mut self) -> Option<ForecastEvent> {
        let event = *self.events.get(self.done)?;
        self.done += 1;
        let policy_index = event.policy as usize;
        let forecast = self.forecasts.get(policy_index)?;
        let hour = *forecast.hours.get(event.hour as usize)?;
        if event.begins {
            return Some(ForecastEvent::HourStarts(hour));
        }
        let policy = *self.predictive.policies.get(policy_index)?;
        Some(ForecastEvent::ScaleTo(policy, hour))
    }
}

impl Actor for ForecastEvents {
    fn next_s(&self, _: &Target<'_>) -> f64 {
        (self.events.get(self.done)).map_or(f64::INFINITY, |event| event.at_s)
    }

    fn act(&mut self, now_s: f64, target: &mut Target<'_>) {
        let scaler = &mut target.scaler;
        match self.take() {
            Some(ForecastEvent::ScaleTo(policy, hour)) => {
                scaler.scale_to_forecast(now_s, &policy, &hour, &mut target.fleet);
            }
            Some(ForecastEvent::HourStarts(hour)) => scaler.start_hour(&hour),
            None => {}
        }
    }

    fn finish(self: Box<Self>, run: &mut Run) {
        run.forecasts = self.forecasts;
    }
}
