//! Forecasts as events: when a policy scales out to that of an hour, and when the hour begins.

use crate::{
    forecast::{self, Forecast, Hour},
    plan::{Plan, Predictive, PredictiveScaling},
};
use std::sync::Arc;

/// Something that is due because of a forecast.
#[derive(Clone, Copy, Debug)]
struct Event {
    at_s: f64,
    /// The policy's policy_index in the plan, and the hour's in its forecast.
    policy: u32,
    hour: u32,
    /// The hour begins; else it is seen to beforehand.
    begins: bool,
}

/// What is due now.
#[derive(Clone, Copy, Debug)]
pub(super) enum ForecastEvent {
    /// A policy looks at the forecast of an hour, whether it is to scale out.
    ScaleTo(PredictiveScaling, Hour),
    /// An hour begins to which a policy that scales has seen.
    HourStarts(Hour),
}

/// All that forecasts lead to in a run.
#[derive(Clone, Debug)]
pub(super) struct ForecastEvents {
    predictive: Arc<Predictive>,
    forecasts: Vec<Forecast>,
    events: Vec<Event>,
    /// Events that have been.
    done: usize,
}

impl ForecastEvents {
    /// What there is to be done because of forecasts; `None` where nobody makes any.
    pub(super) fn of(plan: &Plan) -> Option<Box<Self>> {
        plan.predictive.as_ref().map(|it| Self::boxed(plan, it))
    }

    #[inline(never)]
    fn boxed(plan: &Plan, predictive: &Arc<Predictive>) -> Box<Self> {
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
        events.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
        Box::new(Self {
            predictive: Arc::clone(predictive),
            forecasts,
            events,
            done: 0,
        })
    }

    /// When something is due next.
    pub(super) fn next_s(&self) -> f64 {
        (self.events.get(self.done)).map_or(f64::INFINITY, |event| event.at_s)
    }

    /// Takes what is due next.
    #[inline(never)]
    pub(super) fn take(&mut self) -> Option<ForecastEvent> {
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

    /// Gives the forecasts away, once the run is over.
    #[inline(never)]
    pub(super) fn take_forecasts(&mut self) -> Vec<Forecast> {
        std::mem::take(&mut self.forecasts)
    }
}
