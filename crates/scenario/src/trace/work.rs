//! The reading of a file, in parts as small as one likes: once through the chosen columns to decide how their cells are
//! written, and once more to read them. What was decided, and what stays open, becomes a [`Reading`].

use std::borrow::Cow;

use super::{
    BadReason, BadRow, MOST_ROWS, Note, Shape, TraceProblem,
    choices::{Answer, Choices, DateOrder, Mark, TimeForm, Values},
    columns::{Chosen, Column, choose, columns},
    layout::{Layout, Sampled},
    name::{ColumnClass, UnitFromName},
    number::{self, Decision, number},
    reading::{Question, QuestionTopic, Reading, RowPreview, TraceDestination},
    rows::{Row, Rows},
    source::{Sheet, Source},
    steps::{Collected, Rules, assemble, question},
    times::{self, Reads, Times},
};
use crate::time::{LocalDateTime, Zone};

/// Rows that a choice shows.
const SHOWN: usize = 3;
/// Choices that show rows; more of them are names alone.
const SHOWING: usize = 40;

/// A file that is being read: [`Work::advance`] until it gives a [`Reading`].
pub struct Work {
    source: Source,
    choices: Choices,
    place: TraceDestination,
    columns: Vec<Column>,
    chosen: Chosen,
    stage: Stage,
}

enum Stage {
    Failed(TraceProblem),
    Survey(Rows, Surveys),
    Read(Rows, Surveys, Plan, Box<(Times, Collected)>),
    Done,
}

/// What the cells of the chosen columns look like.
#[derive(Clone, Debug, Default)]
struct Surveys {
    time: times::Survey,
    values: Vec<number::Survey>,
}

/// How a row is read.
#[derive(Clone, Debug)]
struct Plan {
    time_columns: Vec<usize>,
    value_columns: Vec<usize>,
    reads: Reads,
    mark: Mark,
}

/// Reads a file in one go.
#[must_use]
pub fn read(source: &Source, choices: &Choices, place: &TraceDestination) -> Reading {
    let mut work = Work::new(source, choices, place);
    loop {
        if let Some(reading) = work.advance(usize::MAX) {
            return reading;
        }
    }
}

/// A row's time, its cells joined where there are two.
fn time_cell<'a>(columns: &[usize], get: impl Fn(usize) -> &'a [u8]) -> Cow<'a, str> {
    match columns {
        [only] => std::str::from_utf8(get(*only)).map_or(Cow::Borrowed("?"), Cow::Borrowed),
        _ => {
            let cells = columns
                .iter()
                .map(|column| String::from_utf8_lossy(get(*column)).trim().to_owned());
            let mut cells: Vec<String> = cells.collect();
            // Hours lose their leading zero, and so do times without colons: 8, 830.
            if let [_, hour] = &mut *cells
                && hour.len() % 2 == 1
                && hour.bytes().all(|byte| byte.is_ascii_digit())
            {
                hour.insert(0, '0');
            }
            Cow::Owned(cells.join(" "))
        }
    }
}

impl Surveys {
    fn new(chosen: &Chosen) -> Self {
        Self {
            time: times::Survey::default(),
            values: vec![number::Survey::default(); chosen.value_columns.len()],
        }
    }

    fn see<'a>(&mut self, chosen: &Chosen, get: impl Fn(usize) -> &'a [u8]) {
        self.time.see(&time_cell(&chosen.time_columns, &get));
        for (column, survey) in chosen.value_columns.iter().zip(&mut self.values) {
            survey.see(get(*column));
        }
    }

    /// The decimal mark, and whether that is open.
    fn mark(&self) -> (Mark, Option<Mark>) {
        let decisions = self.values.iter().map(number::Survey::decide);
        let (mut settled, mut open) = (None, None);
        for decision in decisions {
            match decision {
                Decision::Settled(mark) if mark == Mark::Comma => settled = Some(mark),
                Decision::Settled(_) => {}
                Decision::Open(mark) => open = Some(mark),
            }
        }
        (
            settled.unwrap_or(Mark::Point),
            open.filter(|_| settled.is_none()),
        )
    }
}

impl Plan {
    fn of(chosen: &Chosen, surveys: &Surveys, choices: &Choices) -> Self {
        let found = surveys.time.decide();
        let (settled, open) = surveys.mark();
        // Until it is said, a mark before three digits parts thousands, as of counts it mostly does.
        let mark = open.map_or(settled, |mark| match mark {
            Mark::Point => Mark::Comma,
            Mark::Comma => Mark::Point,
        });
        Self {
            time_columns: chosen.time_columns.clone(),
            value_columns: chosen.value_columns.clone(),
            reads: Reads {
                form: choices
                    .time_form
                    .or(found.reads.form)
                    .or(found.serials.then_some(TimeForm::Spreadsheet)),
                order: choices.date_order.unwrap_or(found.reads.order),
            },
            mark: choices.decimal.unwrap_or(mark),
        }
    }

    /// The sum of a row's values; cells that are empty are none where others are filled.
    fn value<'a>(&self, get: impl Fn(usize) -> &'a [u8]) -> Result<f64, (usize, BadReason)> {
        if let [only] = &*self.value_columns {
            return number(get(*only), self.mark).map_err(|reason| (*only, reason));
        }
        let mut sum = None;
        let mut missing = None;
        for column in &self.value_columns {
            match number(get(*column), self.mark) {
                Ok(value) => sum = Some(sum.unwrap_or(0.0) + value),
                Err(BadReason::MissingCell) => missing = Some(*column),
                Err(reason) => return Err((*column, reason)),
            }
        }
        match (sum, missing) {
            (Some(sum), _) => Ok(sum),
            (None, Some(column)) => Err((column, BadReason::MissingCell)),
            (None, None) => Ok(0.0),
        }
    }
}

impl Work {
    /// Begins to read a file.
    #[must_use]
    pub fn new(source: &Source, choices: &Choices, place: &TraceDestination) -> Self {
        let layout = &source.0.layout;
        let columns = columns(layout);
        let chosen = choose(layout, &columns, choices);
        let zone_known = choices
            .zone
            .as_ref()
            .filter(|name| Zone::find(name).is_none());
        let stage = match (&chosen, zone_known) {
            (Err(problem), _) => Stage::Failed(problem.clone()),
            (_, Some(name)) => Stage::Failed(TraceProblem::NoSuchZone { name: name.clone() }),
            (Ok(chosen), None) => Stage::Survey(rows(layout), Surveys::new(chosen)),
        };
        Self {
            source: source.clone(),
            choices: choices.clone(),
            place: place.clone(),
            columns,
            chosen: chosen.unwrap_or_default(),
            stage,
        }
    }

    /// How far it has come, of 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        let size = self.source.0.text.len().max(1) as f64;
        match &self.stage {
            Stage::Survey(rows, _) => rows.at() as f64 / size / 2.0,
            Stage::Read(rows, ..) => 0.5 + rows.at() as f64 / size / 2.0,
            Stage::Failed(_) | Stage::Done => 1.0,
        }
    }

    /// Goes on for so many rows; the reading, once that was the last.
    pub fn advance(&mut self, rows: usize) -> Option<Reading> {
        let sheet = self.source.clone();
        let sheet = &*sheet.0;
        let mut left = rows;
        loop {
            match std::mem::replace(&mut self.stage, Stage::Done) {
                Stage::Failed(problem) => return Some(self.failed(problem)),
                Stage::Done => return Some(self.failed(TraceProblem::Empty)),
                Stage::Survey(mut rows, mut surveys) => {
                    match survey(sheet, &mut rows, &mut surveys, &self.chosen, &mut left) {
                        Ok(true) => {
                            let plan = Plan::of(&self.chosen, &surveys, &self.choices);
                            let begun = self::rows(&sheet.layout);
                            self.stage = Stage::Read(begun, surveys, plan, Box::default());
                        }
                        Ok(false) => {
                            self.stage = Stage::Survey(rows, surveys);
                            return None;
                        }
                        Err(problem) => self.stage = Stage::Failed(problem),
                    }
                }
                Stage::Read(mut rows, surveys, plan, mut kept) => {
                    let (times, collected) = &mut *kept;
                    match collect(sheet, &mut rows, &plan, times, collected, &mut left) {
                        Ok(true) => return Some(self.finished(sheet, &surveys, &plan, collected)),
                        Ok(false) => {
                            self.stage = Stage::Read(rows, surveys, plan, kept);
                            return None;
                        }
                        Err(problem) => self.stage = Stage::Failed(problem),
                    }
                }
            }
        }
    }

    fn failed(&self, problem: TraceProblem) -> Reading {
        Reading {
            columns: self.columns.clone(),
            in_force: self.choices.clone(),
            questions: Vec::new(),
            notes: vec![Note::Shape(self.source.0.layout.shape)],
            rejected: Vec::new(),
            rejected_count: 0,
            rows: 0,
            span: None,
            problem: Some(problem),
            summary: None,
        }
    }

    /// Zone of times that say none: the one chosen, the one that the column's name says, or the likeliest.
    fn zone_name(&self) -> Option<String> {
        let chosen = self.choices.zone.clone();
        chosen
            .or_else(|| self.named_zone())
            .or_else(|| self.place.zones.first().cloned())
    }

    /// The zone in the name of the time's column: `Time (UTC)`.
    fn named_zone(&self) -> Option<String> {
        let columns = self
            .chosen
            .time_columns
            .iter()
            .filter_map(|column| self.columns.get(*column));
        columns
            .flat_map(|column| column.name.split([' ', '(', ')', '[', ']', ',']))
            .find_map(|word| match word.to_uppercase().as_str() {
                "UTC" | "GMT" | "Z" => Some("UTC".to_owned()),
                "KST" => Some("Asia/Seoul".to_owned()),
                "JST" => Some("Asia/Tokyo".to_owned()),
                _ => (word.contains('/') && Zone::find(word).is_some()).then(|| word.to_owned()),
            })
    }

    fn finished(
        &self,
        sheet: &Sheet,
        surveys: &Surveys,
        plan: &Plan,
        collected: &mut Collected,
    ) -> Reading {
        let found = surveys.time.decide();
        let mut questions = self.questions(surveys, &found);
        let rules = Rules {
            zone: self
                .zone_name()
                .and_then(|name| Zone::find(&name))
                .unwrap_or_else(Zone::utc),
            home: self.place.zone.clone(),
            values: self.values(&questions),
            instances: if self.chosen.per_instance {
                self.chosen.instances.unwrap_or(1.0)
            } else {
                1.0
            },
            gaps: self.choices.gaps.unwrap_or_default(),
            same_time: self.choices.same_time,
            step_s: self.choices.step_s,
        };
        let usable = collected.usable();
        let mut outcome = assemble(collected, &rules);
        questions.append(&mut outcome.questions);
        if found.unsaid && self.choices.zone.is_none() && self.named_zone().is_none() && usable > 0
        {
            let zones = self.place.zones.iter().cloned().map(Answer::Zone).collect();
            questions.push(question(QuestionTopic::Zone, zones, Some(0)));
        }
        let step_s = outcome.span.map_or(60, |span| span.step_s);
        for question in &mut questions {
            for choice in question.choices.iter_mut().take(SHOWING) {
                choice.rows = self.shown(sheet, &choice.answer, step_s);
            }
        }
        let mut notes = vec![Note::Shape(sheet.layout.shape)];
        if !sheet.utf8 {
            notes.push(Note::NotUtf8);
        }
        notes.extend(plan.reads.form.map(Note::TimeForm));
        if !found.orders.is_empty() || surveys.time.has_numbers() {
            notes.push(Note::DateOrder(plan.reads.order));
        }
        notes.append(&mut outcome.notes);
        let open = questions.iter().any(|question| question.default.is_none());
        let in_force = Choices {
            time_columns: self.chosen.time_columns.clone(),
            value_columns: self.chosen.value_columns.clone(),
            values: rules.values.or(self.chosen.values),
            instances: self.chosen.instances.filter(|_| self.chosen.per_instance),
            date_order: surveys.time.has_numbers().then_some(plan.reads.order),
            time_form: plan.reads.form,
            decimal: (!self.chosen.value_columns.is_empty()).then_some(plan.mark),
            zone: self.zone_name().filter(|_| found.unsaid),
            same_time: outcome.same_time,
            step_s: outcome.step_s,
            gaps: Some(rules.gaps),
        };
        Reading {
            columns: self.columns.clone(),
            in_force,
            questions,
            notes,
            rejected: std::mem::take(&mut collected.rejected),
            rejected_count: collected.rejected_count,
            rows: collected.seen,
            span: outcome.span,
            summary: outcome
                .summary
                .filter(|_| !open && outcome.problem.is_none()),
            problem: outcome.problem,
        }
    }

    /// What the values are, unless that, or which they are, has to be said first.
    fn values(&self, questions: &[Question]) -> Option<Values> {
        let open = |question: &Question| {
            question.default.is_none()
                && matches!(
                    question.about,
                    QuestionTopic::ValueColumn | QuestionTopic::Values | QuestionTopic::Instances
                )
        };
        self.chosen.values.filter(|_| !questions.iter().any(open))
    }

    /// What is open about columns and cells.
    fn questions(&self, surveys: &Surveys, found: &times::Found) -> Vec<Question> {
        let (chosen, choices) = (&self.chosen, &self.choices);
        let mut questions = Vec::new();
        if !chosen.time_open.is_empty() {
            let sets = chosen
                .time_open
                .iter()
                .cloned()
                .map(Answer::TimeColumns)
                .collect();
            questions.push(question(QuestionTopic::TimeColumn, sets, None));
        }
        if !found.orders.is_empty() && choices.date_order.is_none() {
            let place = |order: DateOrder| found.orders.iter().position(|other| *other == order);
            let orders = found
                .orders
                .iter()
                .copied()
                .map(Answer::DateOrder)
                .collect();
            questions.push(question(
                QuestionTopic::DateOrder,
                orders,
                found.likely.and_then(place),
            ));
        }
        if found.serials && choices.time_form.is_none() {
            let answer = Answer::TimeForm(TimeForm::Spreadsheet);
            questions.push(question(QuestionTopic::TimeForm, vec![answer], None));
        }
        if !chosen.value_open.is_empty() {
            let mut sets: Vec<Answer> = chosen
                .value_open
                .iter()
                .cloned()
                .map(Answer::ValueColumns)
                .collect();
            if chosen.rows_open {
                sets.push(Answer::RowPerRequest);
            }
            let taken = |answer: &Answer| match answer {
                Answer::ValueColumns(columns) => {
                    !chosen.value_columns.is_empty() && *columns == chosen.value_columns
                }
                Answer::RowPerRequest => chosen.values == Some(Values::Row),
                _ => false,
            };
            let default = sets.iter().position(taken);
            questions.push(question(QuestionTopic::ValueColumn, sets, default));
        }
        let has_values = !chosen.value_columns.is_empty();
        if has_values && chosen.values_open && choices.values.is_none() {
            let kinds = Values::ALL
                .into_iter()
                .filter(|values| *values != Values::Row);
            let default = kinds
                .clone()
                .position(|values| chosen.values == Some(values));
            questions.push(question(
                QuestionTopic::Values,
                kinds.map(Answer::Values).collect(),
                default,
            ));
        }
        if has_values && chosen.per_instance && chosen.instances.is_none() {
            questions.push(question(QuestionTopic::Instances, Vec::new(), None));
        }
        if let (_, Some(mark)) = surveys.mark()
            && choices.decimal.is_none()
        {
            // Requests are counted whole, so that of a count three digits behind a mark are a group.
            let told = |column: &usize| {
                self.columns.get(*column).is_some_and(|column| {
                    column.unit == UnitFromName::Nothing && column.class == ColumnClass::Demand
                })
            };
            let counted = chosen.value_columns.iter().all(told);
            let marks = [Mark::Point, Mark::Comma];
            let grouping = marks.iter().position(|other| *other != mark);
            questions.push(question(
                QuestionTopic::Decimal,
                marks.map(Answer::Decimal).to_vec(),
                grouping.filter(|_| counted),
            ));
        }
        questions
    }

    /// The first rows as an answer reads them.
    fn shown(&self, sheet: &Sheet, answer: &Answer, step_s: u32) -> Vec<RowPreview> {
        let mut choices = self.choices.clone();
        choices.answer(answer);
        let Ok(chosen) = choose(&sheet.layout, &self.columns, &choices) else {
            return Vec::new();
        };
        let mut surveys = Surveys::new(&chosen);
        for row in &sheet.layout.sample {
            surveys.see(&chosen, |column| row.get(column));
        }
        let plan = Plan::of(&chosen, &surveys, &choices);
        let mut times = Times::default();
        // Zones differ in what the scenario's clock shows.
        let zone = match answer {
            Answer::Zone(name) => Zone::find(name),
            _ => None,
        };
        let step_s = choices.step_s.unwrap_or(step_s);
        let rows = sheet
            .layout
            .sample
            .iter()
            .filter(|row| row.cells.len() <= sheet.layout.width.max(1));
        // Zones shift all rows alike: one tells it.
        rows.take(if zone.is_some() { 1 } else { SHOWN })
            .map(|row| self.row(row, &chosen, &plan, &mut times, step_s, zone.as_ref()))
            .collect()
    }

    fn row(
        &self,
        row: &Sampled,
        chosen: &Chosen,
        plan: &Plan,
        times: &mut Times,
        step_s: u32,
        zone: Option<&Zone>,
    ) -> RowPreview {
        let get = |column: usize| row.get(column);
        let stamp = times
            .read(&time_cell(&plan.time_columns, get), plan.reads)
            .ok();
        let time = stamp.map(|stamp| match (stamp.is_utc, zone) {
            (true, _) => self.place.zone.local(stamp.seconds),
            (false, Some(zone)) => self.place.zone.local(zone.utc_s(stamp.seconds)),
            (false, None) => LocalDateTime::from_seconds(stamp.seconds),
        });
        let value = plan
            .value(get)
            .ok()
            .filter(|_| !plan.value_columns.is_empty());
        let each_minute = chosen
            .values
            .and_then(Values::unit_s)
            .unwrap_or(f64::from(step_s))
            / 60.0;
        let instances = match (chosen.per_instance, chosen.instances) {
            (false, _) => Some(1.0),
            (true, instances) => instances,
        };
        let known = chosen.values.is_some_and(|values| values != Values::Row);
        let cells = plan.time_columns.iter().chain(&plan.value_columns).take(8);
        let cells = cells.map(|column| {
            String::from_utf8_lossy(get(*column))
                .trim()
                .chars()
                .take(40)
                .collect::<String>()
        });
        RowPreview {
            line: row.line,
            cells: cells.collect::<Vec<_>>().join("  "),
            time,
            value,
            per_minute: value
                .zip(instances)
                .filter(|_| known)
                .map(|(value, instances)| value * instances / each_minute),
        }
    }
}

/// The rows of a table from the first on.
fn rows(layout: &Layout) -> Rows {
    Rows::new(layout.separator, layout.data_at, layout.data_line)
}

/// Looks at rows until there are none left, or enough for now; whether it is done.
fn survey(
    sheet: &Sheet,
    rows: &mut Rows,
    surveys: &mut Surveys,
    chosen: &Chosen,
    left: &mut usize,
) -> Result<bool, TraceProblem> {
    let width = sheet.layout.width;
    while *left > 0 {
        *left -= 1;
        let Some(row) = rows.next(&sheet.text)? else {
            return Ok(true);
        };
        if row.is_blank() || row.is_comment() || (row.len() > width && row.filled() > width) {
            continue;
        }
        surveys.see(chosen, |column| row.get(column));
    }
    Ok(false)
}

/// Reads rows until there are none left, or enough for now; whether it is done.
fn collect(
    sheet: &Sheet,
    rows: &mut Rows,
    plan: &Plan,
    times: &mut Times,
    collected: &mut Collected,
    left: &mut usize,
) -> Result<bool, TraceProblem> {
    let layout = &sheet.layout;
    while *left > 0 {
        *left -= 1;
        let Some(row) = rows.next(&sheet.text)? else {
            return Ok(true);
        };
        if row.is_blank() || row.is_comment() {
            continue;
        }
        if collected.seen == MOST_ROWS {
            return Err(TraceProblem::TooManyRows);
        }
        collected.seen += 1;
        let line = layout.line(row.line);
        let reject = |collected: &mut Collected, text: &str, reason: BadReason| {
            let text = text.chars().take(80).collect();
            collected.reject(BadRow { line, text, reason });
        };
        if row.len() > layout.width && row.filled() > layout.width {
            let cells = row.filled();
            let separator = match layout.shape {
                Shape::Table { separator, .. } => separator,
                _ => ' ',
            };
            reject(
                collected,
                &joined(row, separator),
                BadReason::MoreCells {
                    cells,
                    columns: layout.width,
                },
            );
            continue;
        }
        let time = time_cell(&plan.time_columns, |column| row.get(column));
        let stamp = match times.read(&time, plan.reads) {
            Ok(stamp) => stamp,
            Err(reason) => {
                reject(collected, time.trim(), reason);
                continue;
            }
        };
        match plan.value(|column| row.get(column)) {
            Ok(value) => {
                if stamp.fraction && collected.fraction_line.is_none() {
                    collected.fraction_line = Some(line);
                }
                collected.add(line, stamp.seconds, stamp.is_utc, value);
            }
            Err((column, reason)) => {
                let cell = row.get(column);
                let cell = cell.get(..400).unwrap_or(cell);
                reject(collected, String::from_utf8_lossy(cell).trim(), reason);
            }
        }
    }
    Ok(false)
}

/// A row's cells as they stood.
fn joined(row: Row, separator: char) -> String {
    let mut text = String::new();
    for cell in row.cells().take(20) {
        if !text.is_empty() {
            text.push(separator);
        }
        text.push_str(&String::from_utf8_lossy(cell));
    }
    text
}
