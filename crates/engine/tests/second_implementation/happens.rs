//! What random plans are drawn for: that it happens in a share of them, or the comparison would prove little.

use super::{
    alarms::{self, nearly},
    credits::Credits,
    log::{Activity, By},
    second::Second,
    traffic::{Flow, PER_SECOND},
};
use engine::{
    plan::{Failing, Plan},
    run::{AlarmState, LaunchFailureReason, Loss, ReplacementReason},
};

pub struct Happens {
    pub what: &'static str,
    /// The share of plans in which it must.
    pub share: f64,
    pub does: fn(&Plan, &Second) -> bool,
}

fn policies_change(second: &Second, is: impl Fn(u32, u32) -> bool) -> bool {
    (second.log.iter()).any(|a| matches!(a.by, By::Policy(..)) && is(a.from, a.to))
}

pub fn scales_out(share: f64) -> Happens {
    Happens {
        what: "a policy scales out",
        share,
        does: |_, second| policies_change(second, |from, to| to > from),
    }
}

pub fn scales_in(share: f64) -> Happens {
    Happens {
        what: "a policy scales in",
        share,
        does: |_, second| policies_change(second, |from, to| to < from),
    }
}

pub fn is_at_a_threshold(share: f64) -> Happens {
    Happens {
        what: "a metric is just at an alarm's threshold",
        share,
        does: |plan, second| {
            let alarms = alarms::of(plan);
            let mut seen = second
                .alarms
                .iter()
                .flat_map(|minute| minute.iter().zip(&alarms));
            seen.any(|(seen, watched)| {
                let threshold = watched.alarm.threshold;
                seen.value
                    .is_some_and(|value| value > 0.0 && nearly(value, threshold) == threshold)
            })
        },
    }
}

pub fn waits(share: f64) -> Happens {
    Happens {
        what: "requests wait",
        share,
        does: |_, second| second.queue.iter().any(|&queue| queue > 0.0),
    }
}

pub fn between_minutes(share: f64) -> Happens {
    Happens {
        what: "a policy acts between two minutes",
        share,
        does: |_, second| {
            let mut log = second.log.iter();
            log.any(|a| matches!(a.by, By::Policy(..)) && a.start_s % 60 != 0)
        },
    }
}

pub fn side_by_side(share: f64) -> Happens {
    Happens {
        what: "activities go side by side",
        share,
        does: |_, second| {
            let mut pairs = second.log.windows(2);
            pairs.any(|pair| pair[0].end_s.is_none_or(|end_s| end_s > pair[1].start_s))
        },
    }
}

pub fn leaves_zero(share: f64) -> Happens {
    Happens {
        what: "a policy scales out from zero",
        share,
        does: |_, second| policies_change(second, |from, _| from == 0),
    }
}

pub fn fails(share: f64) -> Happens {
    Happens {
        what: "requests fail",
        share,
        does: |_, second| {
            second
                .flow
                .iter()
                .any(|flow| flow.failed > 1e-6 * flow.arrived)
        },
    }
}

pub fn starts_cold(share: f64) -> Happens {
    Happens {
        what: "requests start cold as demand rises",
        share,
        does: |_, second| second.flow.iter().skip(1).any(|flow| flow.cold > 1.0),
    }
}

pub fn instances_go(share: f64) -> Happens {
    Happens {
        what: "instances under copies are released",
        share,
        does: |_, second| second.paid.windows(2).any(|pair| pair[1] < pair[0]),
    }
}

pub fn copies_move(share: f64) -> Happens {
    Happens {
        what: "copies are moved together",
        share,
        does: |_, second| second.moves > 0,
    }
}

pub fn is_predicted(share: f64) -> Happens {
    Happens {
        what: "a forecast scales out",
        share,
        does: |_, second| {
            let mut log = second.log.iter();
            log.any(|activity| matches!(activity.by, By::Predictive(..)))
        },
    }
}

pub fn is_held_back(share: f64) -> Happens {
    Happens {
        what: "an instance without credits is held back",
        share,
        does: |_, second| credits(second, |credits| !credits.sums.held.is_empty()),
    }
}

pub fn scales_while_held(share: f64) -> Happens {
    Happens {
        what: "instances come or go while some are held back",
        share,
        does: |_, second| {
            let held = |at_s: u32| {
                let stretch = |it: &(u32, u32)| it.0 < at_s && at_s < it.1;
                credits(second, |credits| credits.sums.held.iter().any(stretch))
            };
            let mut pairs = second.in_service.windows(2).zip(2..);
            pairs.any(|(pair, minute)| pair[0] != pair[1] && held(60 * minute - 30))
        },
    }
}

pub fn is_slow(share: f64) -> Happens {
    Happens {
        what: "an instance is slower than the others",
        share,
        does: |plan, second| {
            let full = |flow: &Flow| {
                let instance_s = flow.in_service_steps as f64 / f64::from(PER_SECOND);
                instance_s * plan.service.max_rps
            };
            let is_less = |flow: &Flow| flow.could < 0.999 * full(flow);
            plan.resource.slow_instance().is_some() && second.flow.iter().any(is_less)
        },
    }
}

pub fn moves_while_slow(share: f64) -> Happens {
    Happens {
        what: "instances move to a zone that is back while one is slow",
        share,
        does: |plan, second| {
            let slow = |at_s: u32| {
                plan.resource.slow_instance().is_some_and(|slow| {
                    (slow.at_s..slow.at_s + slow.for_s).contains(&f64::from(at_s))
                })
            };
            let moves = |by: &By| {
                matches!(
                    by,
                    By::Replacement {
                        reason: ReplacementReason::ZoneBalance,
                        ..
                    }
                )
            };
            let mut log = second.log.iter();
            log.any(|activity| moves(&activity.by) && slow(activity.start_s))
        },
    }
}

pub fn owes_surplus(share: f64) -> Happens {
    Happens {
        what: "surplus credits are spent",
        share,
        does: |_, second| second.shown.iter().any(|shown| shown.surplus > 0.0),
    }
}

pub fn is_charged_by_the_hour(share: f64) -> Happens {
    Happens {
        what: "surplus beyond the most is charged at an hour's end",
        share,
        does: |_, second| {
            let charged = |minute: usize| second.shown.get(minute).map_or(0.0, |it| it.charged);
            charged(58) < charged(59)
        },
    }
}

pub fn loses_beyond_the_most(share: f64) -> Happens {
    Happens {
        what: "credits are earned that cannot be kept",
        share,
        does: |_, second| credits(second, |credits| credits.sums.beyond > 0.0),
    }
}

pub fn spends_launch_credits(share: f64) -> Happens {
    Happens {
        what: "launch credits are spent",
        share,
        does: |plan, second| {
            let launch = plan
                .resource
                .cpu_credits()
                .map_or(0.0, |credits| credits.launch);
            let spends = |credits: &Credits| credits.sums.given > 0.0 && credits.sums.spent > 0.0;
            launch > 0.0 && credits(second, spends)
        },
    }
}

fn credits(second: &Second, does: impl Fn(&Credits) -> bool) -> bool {
    second.credits.as_ref().is_some_and(does)
}

fn replaces(second: &Second, why: ReplacementReason) -> bool {
    let is = |activity: &Activity| matches!(activity.by, By::Replacement { reason, .. } if reason == why);
    second.log.iter().any(is)
}

pub fn status_checks_replace(share: f64) -> Happens {
    Happens {
        what: "status checks replace an instance",
        share,
        does: |_, second| replaces(second, ReplacementReason::StatusCheck),
    }
}

pub fn the_balancer_replaces(share: f64) -> Happens {
    Happens {
        what: "the load balancer's checks replace an instance",
        share,
        does: |_, second| replaces(second, ReplacementReason::LoadBalancer),
    }
}

pub fn starts_anew(share: f64) -> Happens {
    Happens {
        what: "a launch that takes too long begins anew",
        share,
        does: |_, second| replaces(second, ReplacementReason::StillStarting),
    }
}

pub fn zones_are_balanced(share: f64) -> Happens {
    Happens {
        what: "instances move to a zone that is back",
        share,
        does: |_, second| replaces(second, ReplacementReason::ZoneBalance),
    }
}

pub fn serves_again(share: f64) -> Happens {
    Happens {
        what: "a zone is back before anybody has noticed",
        share,
        does: |plan, second| {
            let is_zone = |loss: &Loss| matches!(loss.what, Failing::Zone { .. });
            let serves = |loss: &Loss| loss.instances > 0 && loss.noticed_s == f64::INFINITY;
            plan.resource.health().is_some()
                && second.losses.iter().any(|it| is_zone(it) && serves(it))
        },
    }
}

pub fn nothing_serves(share: f64) -> Happens {
    Happens {
        what: "for a time nothing is in service",
        share,
        does: |_, second| second.in_service.contains(&0),
    }
}

pub fn is_retried(share: f64) -> Happens {
    Happens {
        what: "requests are tried again",
        share,
        does: |_, second| {
            let again = |flow: &Flow| flow.arrived > flow.requests + 1.0;
            second.flow.iter().any(again)
        },
    }
}

pub fn nobody_waits_for_it(share: f64) -> Happens {
    Happens {
        what: "what nobody waits for is served",
        share,
        does: |_, second| {
            second
                .flow
                .iter()
                .any(|flow| flow.served > flow.answered + 1.0)
        },
    }
}

pub fn is_given_up(share: f64) -> Happens {
    Happens {
        what: "clients give up",
        share,
        does: |_, second| second.flow.iter().any(|flow| flow.given_up > 1.0),
    }
}

fn launches_fail(second: &Second, is: impl Fn(&Activity, LaunchFailureReason) -> bool) -> bool {
    let mut log = second.log.iter();
    log.any(|it| it.failed.is_some_and(|failed| is(it, failed.reason)))
}

pub fn is_refused(share: f64) -> Happens {
    Happens {
        what: "launches are refused in a shortage",
        share,
        does: |_, second| launches_fail(second, |_, why| why == LaunchFailureReason::Shortage),
    }
}

pub fn is_tried_again(share: f64) -> Happens {
    Happens {
        what: "what was refused is launched",
        share,
        does: |_, second| {
            let mut log = second.log.iter();
            log.any(|it| {
                let again = matches!(
                    it.by,
                    By::Replacement {
                        reason: ReplacementReason::Refused,
                        ..
                    }
                );
                again && !it.refused
            })
        },
    }
}

pub fn exceeds_a_quota(share: f64) -> Happens {
    Happens {
        what: "launches are refused because of a quota",
        share,
        does: |_, second| launches_fail(second, |_, why| why != LaunchFailureReason::Shortage),
    }
}

pub fn waits_in_vain(share: f64) -> Happens {
    Happens {
        what: "an endpoint waits for instances in vain",
        share,
        does: |plan, second| {
            let waits = |it: &Activity| !it.refused && it.end_s > Some(it.start_s);
            plan.resource.group().is_none()
                && launches_fail(second, |it, _| waits(it) && it.from < it.to)
        },
    }
}

/// The minutes whose datapoints are missing.
fn missing(second: &Second) -> impl Iterator<Item = usize> {
    let points = second.points.iter().enumerate();
    points.filter_map(|(minute, point)| point.is_missing.then_some(minute))
}

pub fn goes_missing_in_alarm(share: f64) -> Happens {
    Happens {
        what: "an alarm is in ALARM as its metric goes missing",
        share,
        does: |_, second| {
            let first = missing(second).next();
            let alarms = first.and_then(|minute| second.alarms.get(minute));
            alarms.is_some_and(|alarms| alarms.iter().any(|it| it.state == AlarmState::Alarm))
        },
    }
}

pub fn is_answered_late(share: f64) -> Happens {
    Happens {
        what: "a policy scales out soon after data is back, and not before",
        share,
        does: |_, second| {
            let (first, last) = (missing(second).next(), missing(second).last());
            let (Some(first), Some(last)) = (first, last) else {
                return false;
            };
            let (from_s, until_s) = (60 * first as u32 + 240, 60 * last as u32 + 60);
            let out = |from_s, until_s| {
                let mut log = second.log.iter();
                log.any(|a| {
                    let is_then = (from_s..until_s).contains(&a.start_s);
                    matches!(a.by, By::Policy(..)) && a.to > a.from && is_then
                })
            };
            last - first >= 5 && !out(from_s, until_s) && out(until_s, until_s + 900)
        },
    }
}
