//! The loop of auto scaling at a moment, in words: what each part of it holds, and the whole as one sentence.
//!
//! What a policy was answered is the log's own sentence, so that the diagram says what the log says.

use engine::{
    plan::Comparison,
    run::{AlarmRole, AlarmState},
};
use scenario::{compile::Compiled, document::Scenario};
use study::diagram::{AlarmNow, Diagram, Pause, Phase};

use crate::{Words, activity::push, copies::scales_copies, moment::wall};

const HALF_A_DAY_S: f64 = 43_200.0;

/// A part of the loop in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiagramNode {
    /// Its name.
    pub name: &'static str,
    /// What it holds, the most important first.
    pub lines: Vec<String>,
}

/// The loop in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiagramWords {
    /// The moment.
    pub at: String,
    /// What goes on, in a word or two.
    pub phase: String,
    /// What was decided, with its numbers, or what goes on until when.
    pub text: String,
    /// In the order of the loop: requests, what routes them, instances, CloudWatch, alarms, the policy, the activity.
    pub nodes: [DiagramNode; 7],
}

impl DiagramWords {
    /// Returns all of it as a sentence: `20:04: Asked. …`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut sentence = [&self.at, ": ", &self.phase, "."].concat();
        push(&mut sentence, &self.text);
        sentence
    }
}

impl Words {
    /// Says what the loop does at a moment.
    #[must_use]
    pub fn diagram(
        self,
        diagram: &Diagram,
        compiled: &Compiled,
        scenario: &Scenario,
    ) -> DiagramWords {
        let clock = &compiled.clock;
        let now = wall(clock, diagram.at_s);
        // Close to the moment a time of day is enough, even past midnight.
        let time = |at_s: f64| match (at_s - diagram.at_s).abs() < HALF_A_DAY_S {
            true => self.time(wall(clock, at_s).time()),
            false => self.date_time(wall(clock, at_s)),
        };
        let rps = |value: f64| self.value_rps(&self.significant(value));
        let rules = compiled.platform.rules();
        let said = diagram
            .said
            .map(|said| self.activity(said, compiled, scenario));
        let node = |name, lines| DiagramNode { name, lines };

        let traffic = diagram.traffic;
        let mut routed = vec![self.diagram_served(&rps(traffic.served_rps))];
        if traffic.failed_rps > 0.0 {
            routed.push(self.diagram_failing(&rps(traffic.failed_rps)));
        }
        if traffic.queue >= 0.5 {
            routed.push(self.diagram_queue(&self.compact(traffic.queue)));
        }

        let fleet = diagram.fleet;
        let serving = (fleet.in_service).saturating_sub(diagram.leaving);
        let counts = [
            (
                serving,
                Self::diagram_in_service as fn(Self, &str) -> String,
            ),
            (fleet.pending, Self::diagram_pending),
            (diagram.leaving, Self::diagram_leaving),
            (diagram.failed, Self::diagram_failed),
        ];
        let counts = (counts.iter().enumerate()).filter(|(place, (n, _))| *place == 0 || *n > 0);
        let instances = counts.map(|(_, (n, say))| say(self, &self.count(*n)));

        let seen = diagram.seen.map_or_else(Vec::new, |seen| {
            let newest = seen.newest.map(|(begins_s, value)| {
                let value = value.map(|value| self.metric(value));
                let value = value.as_deref().unwrap_or(self.diagram_missing());
                self.diagram_datapoint(&time(begins_s), value)
            });
            let under_way =
                self.diagram_datapoint(&time(seen.under_way_s), self.diagram_on_its_way());
            newest.into_iter().chain([under_way]).collect()
        });

        let policy = said.as_ref().map_or_else(
            || vec![self.diagram_says_nothing().to_owned()],
            |said| vec![said.title.clone(), said.tag.to_owned()],
        );

        let mut going = Vec::new();
        if let Some(activity) = diagram.activity {
            let (from, to) = (self.count(activity.from), self.count(activity.to));
            going.push(self.activity_changes(&from, &to));
            let end = activity.end_s.map(time);
            going.push(match end {
                None => self.diagram_in_progress().to_owned(),
                Some(end) if diagram.is_in_progress() => {
                    self.diagram_until(self.diagram_in_progress(), &end)
                }
                Some(end) => self.diagram_done(&end),
            });
        }
        going.extend(diagram.pauses.iter().map(|pause| {
            let name = match pause {
                Pause::WarmUp { .. } => self.diagram_warm_up(),
                _ => self.field_cooldown(),
            };
            self.diagram_until(name, &time(pause.until_s()))
        }));

        let alarms: Vec<[String; 2]> = diagram.alarms.iter().map(|it| self.alarm_now(it)).collect();
        let text = match (&said, diagram.phase) {
            (Some(said), _) => said.text.clone(),
            (None, Phase::Counting { alarm }) => alarms
                .get(alarm)
                .map(|it| it.join(": "))
                .unwrap_or_default(),
            (None, Phase::InProgress | Phase::CoolingDown | Phase::WarmingUp) => going.join(", "),
            _ => String::new(),
        };
        DiagramWords {
            at: self.time_beside(now, wall(clock, 0.0)),
            phase: self.phase(diagram.phase).to_owned(),
            text,
            nodes: [
                node(self.diagram_requests(), vec![rps(traffic.demand_rps)]),
                node(
                    match rules.scales.is_of_ec2() {
                        true => self.diagram_load_balancer(),
                        false => self.diagram_endpoint(),
                    },
                    routed,
                ),
                node(
                    if !rules.has_instances {
                        self.chart_units()
                    } else if scales_copies(&compiled.plan) {
                        self.diagram_copies()
                    } else {
                        self.chart_instances()
                    },
                    instances.collect(),
                ),
                node("CloudWatch", seen),
                node(self.diagram_alarms(), alarms.concat()),
                node(self.diagram_policy(), policy),
                node(self.diagram_activity(), going),
            ],
        }
    }

    /// `AlarmHigh > 600`, and `1 of 3, OK`.
    fn alarm_now(self, alarm: &AlarmNow) -> [String; 2] {
        let name = match alarm.role {
            AlarmRole::High => "AlarmHigh ",
            AlarmRole::Low => "AlarmLow ",
            AlarmRole::Own => "",
        };
        let sign = match alarm.comparison {
            Comparison::GreaterThanThreshold => "> ",
            Comparison::GreaterThanOrEqualToThreshold => "≥ ",
            Comparison::LessThanThreshold => "< ",
            Comparison::LessThanOrEqualToThreshold => "≤ ",
        };
        let state = match alarm.state {
            AlarmState::InsufficientData => "INSUFFICIENT_DATA",
            AlarmState::Ok => "OK",
            AlarmState::Alarm => "ALARM",
        };
        let counts = alarm.counted.map(|counted| {
            let most = self.count(alarm.evaluation_periods);
            self.diagram_counted(&self.count(counted.breaching), &most)
        });
        let state = match (counts, alarm.state) {
            (_, AlarmState::InsufficientData) | (None, _) => state.to_owned(),
            (Some(counts), _) => [&*counts, ", ", state].concat(),
        };
        [
            [name, sign, &*self.threshold(alarm.threshold)].concat(),
            state,
        ]
    }

    fn phase(self, phase: Phase) -> &'static str {
        match phase {
            Phase::Quiet => self.phase_quiet(),
            Phase::Counting { .. } => self.phase_counting(),
            Phase::Asked => self.phase_asked(),
            Phase::InProgress => self.diagram_in_progress(),
            Phase::CoolingDown => self.phase_cooling_down(),
            Phase::WarmingUp => self.phase_warming_up(),
            Phase::AtMaximum => self.phase_at_maximum(),
            Phase::AtMinimum => self.phase_at_minimum(),
            Phase::AtDesired => self.phase_at_desired(),
            Phase::WouldFlap => self.phase_would_flap(),
            Phase::Updating => self.phase_updating(),
            Phase::OtherPolicyNotReady => self.phase_other_policy(),
            Phase::NoMatchingStep => self.phase_no_step(),
            Phase::MinAboveMax => self.phase_min_above_max(),
            Phase::Disabled => self.phase_disabled(),
            Phase::Suspended => self.phase_suspended(),
            Phase::ForecastHolds => self.phase_forecast_holds(),
            Phase::ForecastOnly => self.phase_forecast_only(),
            Phase::Refused => self.phase_refused(),
            Phase::NoData => self.phase_no_data(),
        }
    }
}

#[cfg(test)]
mod tests {
    use scenario::{compile::compile, presets};
    use study::diagram::at;

    use super::*;
    use crate::Lang;

    /// What is said of the finals night at a time, in a language.
    fn said(lang: Lang, hour: u32, minute: u32) -> DiagramWords {
        let scenario = presets::find("finals_game").unwrap().scenario();
        let compiled = compile(&scenario).unwrap();
        let run = engine::run(&compiled.plan);
        let words = Words::new(lang);
        let time = format!("{hour:02}:{minute:02}");
        let minutes = (0..compiled.plan.length_s / 60).map(|it| f64::from(it) * 60.0);
        let mut moments = minutes
            .map(|at_s| words.diagram(&at(&compiled.plan, &run, at_s), &compiled, &scenario));
        moments.find(|it| it.at == time).unwrap()
    }

    #[test]
    fn the_finals_night_minute_by_minute() {
        for (lang, (hour, minute), sentence, node, lines) in [
            (
                Lang::En,
                (20, 2),
                "20:02: An alarm counts. AlarmHigh > 600: 1 of 3, OK",
                4,
                "AlarmHigh > 600, 1 of 3, OK, AlarmLow < 540, 0 of 15, OK",
            ),
            (
                Lang::Ko,
                (20, 2),
                "20:02: 경보가 세는 중. AlarmHigh > 600: 3개 중 1개, OK",
                2,
                "서비스 중 4",
            ),
            (
                Lang::Ko,
                (20, 12),
                "20:12: 휴지 기간. InvocationsPerInstance 985 > 600, 3분 중 3분; ceil(4 × 985 ÷ 600) = 7. 이전 스케일 아웃을 시작하기 전의 용량 4에서 계산합니다. 20:13까지 스케일 아웃 휴지 기간입니다. 더 큰 스케일 아웃만 적용됩니다. 20:12까지 3회 다시 요청했습니다.",
                6,
                "9 → 12, 20:12 완료, 휴지 기간, 20:13까지",
            ),
            (
                Lang::En,
                (20, 6),
                "20:06: Updating. InvocationsPerInstance 1,527 > 600 for 3 of 3 minutes; ceil(4 × 1,527 ÷ 600) = 11. Counted from 4, before the last scale-out. TargetServicePutResourceAsUnscalable: the endpoint is Updating until 20:08. Asked 3 times until 20:07.",
                2,
                "4 in service, 5 pending",
            ),
            (
                Lang::En,
                (20, 4),
                "20:04: Asked. InvocationsPerInstance 1,252 > 600 for 3 of 3 minutes; ceil(4 × 1,252 ÷ 600) = 9.",
                5,
                "4 → 9, target tracking",
            ),
        ] {
            let said = said(lang, hour, minute);
            assert_eq!(said.sentence(), sentence);
            assert_eq!(said.nodes[node].lines.join(", "), lines);
        }
    }
}
