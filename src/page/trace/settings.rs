//! Every choice about the file as it is in force, to be changed at any time.

use scenario::trace::{
    Answer, Choices, DateOrder, DecimalMark, GapFilling, Reading, SameTime, ValueKind,
};
use words::Words;
use yew::prelude::*;

use super::{
    questions::{self, instances_typed},
    select::Select,
};
use crate::page::check_box::check_box;

/// What the settings are made from.
pub struct Settings<'a> {
    pub words: Words,
    /// The file as it was read.
    pub reading: &'a Reading,
    /// What was answered so far.
    pub choices: &'a Choices,
    /// Zones to be offered.
    pub zones: &'a [String],
    /// Called with the answers, and one more.
    pub on_choices: &'a Callback<Choices>,
}

impl Settings<'_> {
    /// Returns a list of answers, of which `now` is in force; where none is, it says that one is to be chosen.
    fn list(
        &self,
        id: &'static str,
        label: &'static str,
        answers: &[Answer],
        now: Option<Answer>,
    ) -> Html {
        let words = self.words;
        let in_force = now.and_then(|now| answers.iter().position(|other| *other == now));
        let name =
            |answer: &Answer| AttrValue::from(words.trace_answer(answer, &self.reading.columns));
        let mut options: Vec<(AttrValue, AttrValue)> = Vec::new();
        if in_force.is_none() {
            options.push((AttrValue::from(""), AttrValue::from(words.trace_unchosen())));
        }
        let indexes = answers.iter().enumerate();
        options.extend(
            indexes.map(|(index, answer)| (AttrValue::from(index.to_string()), name(answer))),
        );
        let value = in_force.map(|index| index.to_string()).unwrap_or_default();
        let offered = answers.to_vec();
        let on_pick = questions::answers(self.choices, self.on_choices, move |picked: &String| {
            offered.get(picked.parse::<usize>().ok()?).cloned()
        });
        html! { <Select {id} {label} {value} {options} {on_pick} /> }
    }

    /// Returns the choice of what missing rows are.
    fn gaps(&self) -> Html {
        let words = self.words;
        let known = [
            ("zero", GapFilling::Zero, words.trace_gaps_zero()),
            ("before", GapFilling::Previous, words.trace_gaps_before()),
            ("line", GapFilling::Interpolate, words.trace_gaps_line()),
        ];
        let in_force = self.reading.in_force.gaps.unwrap_or_default();
        let value = known
            .iter()
            .find(|(_, gaps, _)| *gaps == in_force)
            .map_or("zero", |(value, ..)| value);
        let options: Vec<(AttrValue, AttrValue)> = known
            .iter()
            .map(|(value, _, name)| (AttrValue::from(*value), AttrValue::from(*name)))
            .collect();
        let (choices, on_choices) = (self.choices.clone(), self.on_choices.clone());
        let on_pick = Callback::from(move |picked: String| {
            let gaps = known
                .iter()
                .find(|(value, ..)| *value == picked)
                .map(|(_, gaps, _)| *gaps);
            on_choices.emit(Choices {
                gaps,
                ..choices.clone()
            });
        });
        html! { <Select id="trace-gaps" label={words.trace_gaps()} {value} {options} {on_pick} /> }
    }

    /// Returns boxes for several columns that are added up.
    fn several(&self) -> Html {
        let words = self.words;
        let in_force = &self.reading.in_force.value_columns;
        let columns = self.reading.columns.iter().enumerate();
        let boxes = columns
            .filter(|(_, column)| column.is_number)
            .map(|(index, column)| {
                let chosen = in_force.clone();
                let on_tick =
                    questions::answers(self.choices, self.on_choices, move |is_ticked: &bool| {
                        let mut columns = chosen.clone();
                        columns.retain(|other| *other != index);
                        if *is_ticked {
                            let place = columns.partition_point(|other| *other < index);
                            columns.insert(place, index);
                        }
                        Some(Answer::ValueColumns(columns))
                    });
                check_box(
                    format!("trace-add-{index}"),
                    words.classed(column),
                    in_force.contains(&index),
                    on_tick,
                )
            });
        html! {
            <details class="several">
                <summary>{ words.trace_several() }</summary>
                <div class="boxes">{ for boxes }</div>
            </details>
        }
    }

    /// Returns every choice that matters for the file.
    pub fn all(&self) -> Html {
        let (words, reading) = (self.words, self.reading);
        let in_force = &reading.in_force;
        let every = || {
            (0..reading.columns.len())
                .map(|index| vec![index])
                .collect()
        };
        let chosen = |columns: &[usize]| (!columns.is_empty()).then(|| columns.to_vec());
        let with_current = |mut sets: Vec<Vec<usize>>, current: &[usize]| {
            if !current.is_empty() && !sets.iter().any(|set| set == current) {
                sets.push(current.to_vec());
            }
            sets
        };
        let times: Vec<Answer> = with_current(every(), &in_force.time_columns)
            .into_iter()
            .map(Answer::TimeColumns)
            .collect();
        let mut values: Vec<Answer> = with_current(every(), &in_force.value_columns)
            .into_iter()
            .map(Answer::ValueColumns)
            .collect();
        values.push(Answer::RowPerRequest);
        let row = in_force.values == Some(ValueKind::Row);
        let value_now = if row {
            Some(Answer::RowPerRequest)
        } else {
            chosen(&in_force.value_columns).map(Answer::ValueColumns)
        };
        let kinds: Vec<Answer> = ValueKind::ALL
            .into_iter()
            .filter(|values| *values != ValueKind::Row)
            .map(Answer::Values)
            .collect();
        let orders = DateOrder::ALL.map(Answer::DateOrder);
        let marks = [DecimalMark::Point, DecimalMark::Comma].map(Answer::Decimal);
        let same = [SameTime::AddUp, SameTime::KeepFirst].map(Answer::SameTime);
        let steps = [1, 10, 60, 300, 900, 3600].map(Answer::Step);
        let mut zones: Vec<Answer> = self.zones.iter().cloned().map(Answer::Zone).collect();
        let zone_now = in_force.zone.clone().map(Answer::Zone);
        if let Some(zone) = &zone_now
            && !zones.contains(zone)
        {
            zones.push(zone.clone());
        }
        html! {<>
            <div class="filters">
                { self.list("trace-time", words.trace_time_column(), &times, chosen(&in_force.time_columns).map(Answer::TimeColumns)) }
                { self.list("trace-value", words.trace_value_column(), &values, value_now) }
                if !row && !in_force.value_columns.is_empty() {
                    { self.list("trace-kind", words.trace_values(), &kinds, in_force.values.map(Answer::Values)) }
                    { self.list("trace-decimal", words.trace_decimal(), &marks, in_force.decimal.map(Answer::Decimal)) }
                }
                if let Some(instances) = in_force.instances {
                    <label for="trace-instances-now">{ words.trace_instances() }<input type="number" id="trace-instances-now" min="1" step="any" value={instances.to_string()} onchange={instances_typed(self.choices, self.on_choices)} /></label>
                }
                if in_force.date_order.is_some() {
                    { self.list("trace-order", words.trace_date_order(), &orders, in_force.date_order.map(Answer::DateOrder)) }
                }
                if zone_now.is_some() {
                    { self.list("trace-zone", words.trace_zone(), &zones, zone_now) }
                }
                if in_force.same_time.is_some() {
                    { self.list("trace-same", words.trace_same_time(), &same, in_force.same_time.map(Answer::SameTime)) }
                }
                if in_force.step_s.is_some() {
                    { self.list("trace-step", words.trace_step(), &steps, in_force.step_s.map(Answer::Step)) }
                }
                { self.gaps() }
            </div>
            if reading.columns.iter().filter(|column| column.is_number).count() > 1 {
                { self.several() }
            }
        </>}
    }
}
