//! What two scenarios say differently, in words: the name of each field with the item it is of, and what either says.

use scenario::{
    differences::{Difference, Said},
    document::Scenario,
    field::{Unit, Value},
};

use crate::Words;

impl Words {
    /// Returns what differs: `Target value`, `Policy 2 · Target value`, `Layer 1`.
    #[must_use]
    pub fn differs(self, difference: &Difference) -> String {
        let label = difference.spec.map(|spec| match self.label_of(spec) {
            "" => spec.name,
            label => label,
        });
        let item = self.item_at(&difference.path);
        match (item, label) {
            (Some(item), Some(label)) => [&*item, " · ", label].concat(),
            (Some(item), None) => item,
            (None, Some(label)) => label.to_owned(),
            (None, None) => difference.path.clone(),
        }
    }

    /// Returns what the two scenarios say of it: `20 RPS`, `45 RPS`.
    #[must_use]
    pub fn differs_from_to(self, difference: &Difference) -> [String; 2] {
        // A recording, or what a metric is told by: it has no value that could be written.
        if difference.from == difference.to {
            return [self.difference_one(), self.difference_another()].map(str::to_owned);
        }
        [&difference.from, &difference.to].map(|said| self.said(said, difference))
    }

    /// What a scenario says of a field: `10 minutes`, `–`.
    fn said(self, said: &Said, difference: &Difference) -> String {
        let unit = difference.unit;
        let value = match said {
            Said::Nothing => return "–".to_owned(),
            Said::Part => return self.difference_part().to_owned(),
            Said::Kind(kind) => return self.layer_kind(kind).to_owned(),
            Said::Value(value) => value,
        };
        match value {
            Value::Absent => "–".to_owned(),
            Value::Number(number) => self.counted(*number, unit),
            Value::Whole(number) => self.counted(*number as f64, unit),
            Value::Seed(seed) => seed.to_string(),
            Value::Text(text) if text.trim().is_empty() => "–".to_owned(),
            Value::Text(text) => text.clone(),
            Value::Choice(name) => {
                let field = difference.spec.map_or("", |spec| spec.name);
                self.choice_of(field, name).to_owned()
            }
            Value::Switch(true) => self.difference_yes().to_owned(),
            Value::Switch(false) => self.difference_no().to_owned(),
            Value::Date(date) => self.date_with_year(*date),
            Value::Time(time) => self.time(*time),
            Value::DateTime(moment) => self.date_time_with_year(*moment),
            Value::Moment(moment) => moment.to_string(),
            Value::Days(days) => self.weekdays(days),
        }
    }

    /// Returns when a run begins and how long it is: `Nov 28, 2026 · 1 day`.
    #[must_use]
    pub fn begins_and_lasts(self, scenario: &Scenario) -> String {
        let length = self.duration(f64::from(scenario.hours) * 3600.0);
        [&*self.date_with_year(scenario.start), " · ", &*length].concat()
    }

    /// Returns what a kind of layer is called; another kind by its own name.
    #[must_use]
    pub fn layer_kind(self, kind: &'static str) -> &'static str {
        match kind {
            "steady" => self.layer_steady(),
            "daily_curve" => self.layer_daily_curve(),
            "office_hours" => self.layer_office_hours(),
            "month_start" => self.layer_month_start(),
            "event" => self.layer_event(),
            "growth" => self.layer_growth(),
            "noise" => self.layer_noise(),
            "trace" => self.layer_trace(),
            kind => kind,
        }
    }

    /// Returns the item of a list that a path is of; none of a section that every scenario has.
    fn item_at(self, path: &str) -> Option<String> {
        let (list, rest) = path.split_once('[')?;
        let (index, rest) = rest.split_once(']')?;
        let place = |index: &str| -> Option<String> {
            let index: u32 = index.parse().ok()?;
            Some(self.count(index.saturating_add(1)))
        };
        let n = place(index)?;
        let item = match list {
            "demand" => self.difference_layer(&n),
            "policies" => self.difference_policy(&n),
            "scheduled_actions" => self.difference_action(&n),
            _ => self.difference_failure(&n),
        };
        let step = rest.split_once('[').and_then(|(_, rest)| {
            let (index, _) = rest.split_once(']')?;
            place(index)
        });
        Some(match step {
            Some(step) => [&*item, " · ", &*self.difference_step(&step)].concat(),
            None => item,
        })
    }

    /// Returns a number with what it counts.
    fn counted(self, number: f64, unit: Unit) -> String {
        match unit {
            Unit::Rps => self.value_rps(&self.number(number, 3)),
            Unit::Seconds => self.duration(number),
            Unit::Minutes | Unit::Datapoints => self.duration(number * 60.0),
            Unit::Hours => self.duration(number * 3600.0),
            Unit::Days => self.duration(number * 86_400.0),
            Unit::Millis => self.latency(number),
            Unit::Percent => self.percent(number / 100.0, 3),
            Unit::UsdPerHour | Unit::UsdPerGbSecond => self.usd_price(number),
            Unit::PerMinute | Unit::Instances | Unit::Requests | Unit::Difference | Unit::None => {
                self.number(number, 3)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use scenario::{differences::differences, file::from_json};

    use super::*;
    use crate::Lang;

    #[test]
    fn what_differs_is_named_with_its_item_and_written_with_its_unit() {
        for (to, english, korean) in [
            (
                r#"{"load_test":{"max_rps":45}}"#,
                "Sustained maximum: 20\u{a0}RPS > 45\u{a0}RPS",
                "지속 가능한 최대 RPS: 20\u{a0}RPS > 45\u{a0}RPS",
            ),
            (
                r#"{"policies":[]}"#,
                "Policy 1: there > –",
                "정책 1: 있음 > –",
            ),
            (
                r#"{"demand":[{"shape":{"steady":{"rps":3}}},{"name":"kick-off","shape":{"event":{"at":"2026-11-28T20:00","rps":110,"ramp_up_min":6,"hold_min":120,"decay_min":45}}}]}"#,
                "Layer 1: Daily curve > Steady",
                "레이어 1: 하루 곡선 > 일정",
            ),
        ] {
            let [from, to] = ["{}", to].map(|text| from_json(text).unwrap());
            for (lang, right) in [(Lang::En, english), (Lang::Ko, korean)] {
                let words = Words::new(lang);
                let told: Vec<String> = differences(&from, &to)
                    .iter()
                    .map(|it| {
                        let [from, to] = words.differs_from_to(it);
                        format!("{}: {from} > {to}", words.differs(it))
                    })
                    .collect();
                assert_eq!(told, [right]);
            }
        }
    }
}
