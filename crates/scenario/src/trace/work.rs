//! Reads a file in parts as small as the caller likes: once through the chosen columns to decide how their cells are
//! written, and once more to read them. What was decided, and what stays open, becomes a [`Reading`].

use std::borrow::Cow;

use super::{
    BadReason, BadRow, MOST_ROWS, Note, Shape, TraceProblem,
    choices::{Answer, Choices, DateOrder, DecimalMark, TimeForm, ValueKind},
    columns::{ChosenColumns, Column, choose, columns},
    layout::{Layout, SampleRow},
    name::{ColumnClass, UnitFromName},
    number::{self, Decision, number},
    reading::{Question, QuestionTopic, Reading, RowPreview, TraceDestination},
    rows::{Row, Rows},
    source::{Sheet, Source},
    steps::{CollectedRows, CountRules, assemble, question},
    times::{self, TimeFormat, TimeReader},
};
use crate::time::{LocalDateTime, Zone};

/// Rows that a choice previews.
const PREVIEW_ROWS: usize = 3;
/// Choices of a question that preview rows; further ones are names alone.
const MOST_PREVIEWS: usize = 40;

/// A file that is being read: [`TraceReader::advance`] until it gives a [`Reading`].
pub struct TraceReader {
    source: Source,
    choices: Choices,
    destination: TraceDestination,
    columns: Vec<Column>,
    chosen: ChosenColumns,
    stage: Stage,
}

enum Stage {
    Failed(TraceProblem),
    Survey(Rows, Surveys),
    Read(Rows, Surveys, RowPlan, Box<(TimeReader, CollectedRows)>),
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
struct RowPlan {
    time_columns: Vec<usize>,
    value_columns: Vec<usize>,
    time_format: TimeFormat,
    mark: DecimalMark,
}

/// Reads a file in one go.
#[must_use]
pub fn read(source: &Source, choices: &Choices, destination: &TraceDestination) -> Reading {
    let mut work = TraceReader::new(source, choices, destination);
    loop {
        if let Some(reading) = work.advance(usize::MAX) {
            return reading;
        }
    }
}

/// Returns a row's time, its cells joined where there are two.
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
    fn new(chosen: &ChosenColumns) -> Self {
        Self {
            time: times::Survey::default(),
            values: vec![number::Survey::default(); chosen.value_columns.len()],
        }
    }

    fn add_row<'a>(&mut self, chosen: &ChosenColumns, get: impl Fn(usize) -> &'a [u8]) {
        self.time.add(&time_cell(&chosen.time_columns, &get));
        for (column, survey) in chosen.value_columns.iter().zip(&mut self.values) {
            survey.add(get(*column));
        }
    }

    /// Returns the decimal mark, and whether that is open.
    fn mark(&self) -> (DecimalMark, Option<DecimalMark>) {
        let decisions = self.values.iter().map(number::Survey::decide);
        let (mut settled, mut open) = (None, None);
        for decision in decisions {
            match decision {
                Decision::Settled(mark) if mark == DecimalMark::Comma => settled = Some(mark),
                Decision::Settled(_) => {}
                Decision::Open(mark) => open = Some(mark),
            }
        }
        (
            settled.unwrap_or(DecimalMark::Point),
            open.filter(|_| settled.is_none()),
        )
    }
}

impl RowPlan {
    fn of(chosen: &ChosenColumns, surveys: &Surveys, choices: &Choices) -> Self {
        let found = surveys.time.decide();
        let (settled, open) = surveys.mark();
        // Until it is known, a mark before three digits separates thousands, as of counts it mostly does.
        let mark = open.map_or(settled, DecimalMark::other);
        Self {
            time_columns: chosen.time_columns.clone(),
            value_columns: chosen.value_columns.clone(),
            time_format: TimeFormat {
                form: choices
                    .time_form
                    .or(found.format.form)
                    .or(found.serials.then_some(TimeForm::Spreadsheet)),
                order: choices.date_order.unwrap_or(found.format.order),
            },
            mark: choices.decimal.unwrap_or(mark),
        }
    }

    /// Returns the sum of a row's values; cells that are empty are none where others are filled.
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

impl TraceReader {
    /// Begins to read a file.
    #[must_use]
    pub fn new(source: &Source, choices: &Choices, destination: &TraceDestination) -> Self {
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
            destination: destination.clone(),
            columns,
            chosen: chosen.unwrap_or_default(),
            stage,
        }
    }

    /// Returns which share of the work is done.
    #[must_use]
    pub fn progress(&self) -> f64 {
        let size = self.source.0.text.len().max(1) as f64;
        match &self.stage {
            Stage::Survey(rows, _) => rows.byte_offset() as f64 / size / 2.0,
            Stage::Read(rows, ..) => 0.5 + rows.byte_offset() as f64 / size / 2.0,
            Stage::Failed(_) | Stage::Done => 1.0,
        }
    }

    /// Reads so many rows more, and returns the reading once that was the last.
    pub fn advance(&mut self, rows: usize) -> Option<Reading> {
        let sheet = self.source.clone();
        let sheet = &*sheet.0;
        let mut left = rows;
        loop {
            match std::mem::replace(&mut self.stage, Stage::Done) {
                Stage::Failed(problem) => return Some(self.failed_reading(problem)),
                Stage::Done => return Some(self.failed_reading(TraceProblem::Empty)),
                Stage::Survey(mut rows, mut surveys) => {
                    match survey(sheet, &mut rows, &mut surveys, &self.chosen, &mut left) {
                        Ok(true) => {
                            let plan = RowPlan::of(&self.chosen, &surveys, &self.choices);
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
                        Ok(true) => return Some(self.finish(sheet, &surveys, &plan, collected)),
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

    fn failed_reading(&self, problem: TraceProblem) -> Reading {
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

    /// Returns the zone of times that have none: the one chosen, the one that the column's name says, or the likeliest.
    fn zone_name(&self) -> Option<String> {
        let chosen = self.choices.zone.clone();
        chosen
            .or_else(|| self.named_zone())
            .or_else(|| self.destination.zones.first().cloned())
    }

    /// Returns the zone in the name of the time's column: `Time (UTC)`.
    fn named_zone(&self) -> Option<String> {
        let columns = self
            .chosen
            .time_columns
            .iter()
            .filter_map(|column| self.columns.get(*column));
        columns
            .flat_map(|column| column.name.split([' ', '(', ')', '[', ']', ',']))
            .find_map(|word| match word.to_ascii_uppercase().as_str() {
                "UTC" | "GMT" | "Z" => Some("UTC".to_owned()),
                "KST" => Some("Asia/Seoul".to_owned()),
                "JST" => Some("Asia/Tokyo".to_owned()),
                _ => (word.contains('/') && Zone::find(word).is_some()).then(|| word.to_owned()),
            })
    }

    fn finish(
        &self,
        sheet: &Sheet,
        surveys: &Surveys,
        plan: &RowPlan,
        collected: &mut CollectedRows,
    ) -> Reading {
        let found = surveys.time.decide();
        let mut questions = self.questions(surveys, &found);
        let rules = CountRules {
            zone: self
                .zone_name()
                .and_then(|name| Zone::find(&name))
                .unwrap_or_else(Zone::utc),
            home: self.destination.zone.clone(),
            values: self.values(&questions),
            instances: if self.chosen.per_instance {
                self.chosen.instances.unwrap_or(1.0)
            } else {
                1.0
            },
            gaps: self.choices.gaps.unwrap_or_default(),
            same_time: self.choices.same_time,
            step_s: self.choices.step_s,
            period_s: None,
        };
        let usable = collected.usable();
        let mut outcome = assemble(collected, &rules);
        questions.append(&mut outcome.questions);
        if found.zoneless
            && self.choices.zone.is_none()
            && self.named_zone().is_none()
            && usable > 0
        {
            let zones = self.destination.zones.iter().cloned();
            let zones = zones.map(Answer::Zone).collect();
            questions.push(question(QuestionTopic::Zone, zones, Some(0)));
        }
        let step_s = outcome.span.map_or(60, |span| span.step_s);
        for question in &mut questions {
            for choice in question.choices.iter_mut().take(MOST_PREVIEWS) {
                choice.rows = self.preview_rows(sheet, &choice.answer, step_s);
            }
        }
        let mut notes = vec![Note::Shape(sheet.layout.shape)];
        if !sheet.utf8 {
            notes.push(Note::NotUtf8);
        }
        notes.extend(plan.time_format.form.map(Note::TimeForm));
        if !found.orders.is_empty() || surveys.time.has_numbers() {
            notes.push(Note::DateOrder(plan.time_format.order));
        }
        notes.append(&mut outcome.notes);
        let open = questions.iter().any(|question| question.default.is_none());
        let in_force = Choices {
            time_columns: self.chosen.time_columns.clone(),
            value_columns: self.chosen.value_columns.clone(),
            values: rules.values.or(self.chosen.values),
            instances: self.chosen.instances.filter(|_| self.chosen.per_instance),
            date_order: surveys.time.has_numbers().then_some(plan.time_format.order),
            time_form: plan.time_format.form,
            decimal: (!self.chosen.value_columns.is_empty()).then_some(plan.mark),
            zone: self.zone_name().filter(|_| found.zoneless),
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

    /// Returns what the values are, unless that or their columns have to be asked first.
    fn values(&self, questions: &[Question]) -> Option<ValueKind> {
        let open = |question: &Question| {
            question.default.is_none()
                && matches!(
                    question.about,
                    QuestionTopic::ValueColumn | QuestionTopic::Values | QuestionTopic::Instances
                )
        };
        self.chosen.values.filter(|_| !questions.iter().any(open))
    }

    /// Returns what is open about columns and cells.
    fn questions(&self, surveys: &Surveys, found: &times::TimeDecision) -> Vec<Question> {
        let (chosen, choices) = (&self.chosen, &self.choices);
        let mut questions = Vec::new();
        if !chosen.time_candidates.is_empty() {
            let sets = chosen
                .time_candidates
                .iter()
                .cloned()
                .map(Answer::TimeColumns)
                .collect();
            questions.push(question(QuestionTopic::TimeColumn, sets, None));
        }
        if !found.orders.is_empty() && choices.date_order.is_none() {
            let index = |order: DateOrder| found.orders.iter().position(|other| *other == order);
            let orders = found
                .orders
                .iter()
                .copied()
                .map(Answer::DateOrder)
                .collect();
            questions.push(question(
                QuestionTopic::DateOrder,
                orders,
                found.likely.and_then(index),
            ));
        }
        if found.serials && choices.time_form.is_none() {
            let answer = Answer::TimeForm(TimeForm::Spreadsheet);
            questions.push(question(QuestionTopic::TimeForm, vec![answer], None));
        }
        if !chosen.value_candidates.is_empty() {
            let mut sets: Vec<Answer> = chosen
                .value_candidates
                .iter()
                .cloned()
                .map(Answer::ValueColumns)
                .collect();
            if chosen.row_counts_possible {
                sets.push(Answer::RowPerRequest);
            }
            let taken = |answer: &Answer| match answer {
                Answer::ValueColumns(columns) => {
                    !chosen.value_columns.is_empty() && *columns == chosen.value_columns
                }
                Answer::RowPerRequest => chosen.values == Some(ValueKind::Row),
                _ => false,
            };
            let default = sets.iter().position(taken);
            questions.push(question(QuestionTopic::ValueColumn, sets, default));
        }
        let has_values = !chosen.value_columns.is_empty();
        if has_values && chosen.values_uncertain && choices.values.is_none() {
            let kinds = ValueKind::ALL
                .into_iter()
                .filter(|values| *values != ValueKind::Row);
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
            let marks = [DecimalMark::Point, DecimalMark::Comma];
            let grouping = marks.iter().position(|other| *other != mark);
            questions.push(question(
                QuestionTopic::Decimal,
                marks.map(Answer::Decimal).to_vec(),
                grouping.filter(|_| counted),
            ));
        }
        questions
    }

    /// Returns the first rows as they are with an answer.
    fn preview_rows(&self, sheet: &Sheet, answer: &Answer, step_s: u32) -> Vec<RowPreview> {
        let mut choices = self.choices.clone();
        choices.answer(answer);
        let Ok(chosen) = choose(&sheet.layout, &self.columns, &choices) else {
            return Vec::new();
        };
        let mut surveys = Surveys::new(&chosen);
        for row in &sheet.layout.sample {
            surveys.add_row(&chosen, |column| row.get(column));
        }
        let plan = RowPlan::of(&chosen, &surveys, &choices);
        let mut times = TimeReader::default();
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
        // Zones shift all rows alike: one row shows it.
        rows.take(if zone.is_some() { 1 } else { PREVIEW_ROWS })
            .map(|row| self.preview_row(row, &chosen, &plan, &mut times, step_s, zone.as_ref()))
            .collect()
    }

    /// Returns a row as a plan reads it.
    fn preview_row(
        &self,
        row: &SampleRow,
        chosen: &ChosenColumns,
        plan: &RowPlan,
        times: &mut TimeReader,
        step_s: u32,
        zone: Option<&Zone>,
    ) -> RowPreview {
        let get = |column: usize| row.get(column);
        let row_time = times
            .read(&time_cell(&plan.time_columns, get), plan.time_format)
            .ok();
        let time = row_time.map(|row_time| match (row_time.is_utc, zone) {
            (true, _) => self.destination.zone.local(row_time.seconds),
            (false, Some(zone)) => self.destination.zone.local(zone.utc_s(row_time.seconds)),
            (false, None) => LocalDateTime::from_seconds(row_time.seconds),
        });
        let value = plan
            .value(get)
            .ok()
            .filter(|_| !plan.value_columns.is_empty());
        let each_minute = chosen
            .values
            .and_then(ValueKind::unit_s)
            .unwrap_or(f64::from(step_s))
            / 60.0;
        let instances = match (chosen.per_instance, chosen.instances) {
            (false, _) => Some(1.0),
            (true, instances) => instances,
        };
        let known = chosen.values.is_some_and(|values| values != ValueKind::Row);
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

/// Returns the rows of a table from the first on.
fn rows(layout: &Layout) -> Rows {
    Rows::new(layout.separator, layout.data_at, layout.data_line)
}

/// Surveys rows until there are none left, or enough for now, and returns whether it is done.
fn survey(
    sheet: &Sheet,
    rows: &mut Rows,
    surveys: &mut Surveys,
    chosen: &ChosenColumns,
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
        surveys.add_row(chosen, |column| row.get(column));
    }
    Ok(false)
}

/// Reads rows until there are none left, or enough for now, and returns whether it is done.
fn collect(
    sheet: &Sheet,
    rows: &mut Rows,
    plan: &RowPlan,
    times: &mut TimeReader,
    collected: &mut CollectedRows,
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
        let reject = |collected: &mut CollectedRows, text: &str, reason: BadReason| {
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
        let row_time = match times.read(&time, plan.time_format) {
            Ok(row_time) => row_time,
            Err(reason) => {
                reject(collected, time.trim(), reason);
                continue;
            }
        };
        match plan.value(|column| row.get(column)) {
            Ok(value) => {
                if row_time.fraction && collected.fraction_line.is_none() {
                    collected.fraction_line = Some(line);
                }
                collected.add(line, row_time.seconds, row_time.is_utc, value);
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

/// Returns a row's cells as they stood, joined.
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
