//! From rows to a trace: instants out of wall-clock times, their order, the steps they keep, gaps, rows of the same time, and
//! counts out of rates.

use engine::sort_pairs;

use super::{
    BadReason, BadRow, GapFilling, LONGEST_STEP_S, MOST_DECIMALS, MOST_STEPS, Note, Trace,
    TraceProblem,
    choices::{Answer, SameTime, ValueKind},
    reading::{Choice, Question, QuestionTopic, Span, TraceSummary},
    unit,
};
use crate::time::Zone;

/// Bad rows, and notes, that are kept in full.
pub(super) const MOST_KEPT: usize = 1000;
/// Share of rows with the time of another, percent, from which on they are no mistake.
const SAME_TIME_PCT: usize = 10;

/// The rows of a file that could be read so far, and those that could not.
#[derive(Default)]
pub(super) struct CollectedRows {
    /// Rows seen, without header and blank lines.
    pub seen: u64,
    /// Line of the first row whose time had a fraction of a second.
    pub fraction_line: Option<u64>,
    pub rejected: Vec<BadRow>,
    pub rejected_count: u64,
    /// Seconds since 1970: in UTC, or on the wall clock of the rows in `on_wall`.
    times: Vec<i64>,
    values: Vec<f64>,
    /// From which row on times are on a wall clock or not: mostly one entry.
    on_wall: Vec<(usize, bool)>,
    /// From which row on lines run on from which line: mostly one entry.
    lines: Vec<(usize, u64)>,
}

impl CollectedRows {
    /// Adds a row.
    pub(super) fn add(&mut self, line: u64, seconds: i64, is_utc: bool, value: f64) {
        let index = self.times.len();
        note_line(&mut self.lines, index, line);
        if self.on_wall.last().is_none_or(|(_, wall)| *wall == is_utc) {
            self.on_wall.push((index, !is_utc));
        }
        self.times.push(seconds);
        self.values.push(value);
    }

    /// Records a row that cannot be used.
    pub(super) fn reject(&mut self, row: BadRow) {
        self.rejected_count += 1;
        if self.rejected.len() < MOST_KEPT {
            self.rejected.push(row);
        }
    }

    /// Returns how many rows can be used.
    pub(super) fn usable(&self) -> u64 {
        self.times.len() as u64
    }

    fn line(&self, index: usize) -> u64 {
        let next = self.lines.partition_point(|(from, _)| *from <= index);
        let entry = next.checked_sub(1).and_then(|entry| self.lines.get(entry));
        entry.map_or(0, |(from, line)| line + (index - from) as u64)
    }

    /// Makes instants of wall-clock times. Of an hour that comes twice the second follows the first: it begins where times
    /// jump back. Returns the row on which it begins, and takes out rows whose time the clock skips.
    fn instants(&mut self, zone: &Zone) -> Option<u64> {
        let is_wall = |on_wall: &[(usize, bool)], index: usize| {
            let next = on_wall.partition_point(|(from, _)| *from <= index);
            next.checked_sub(1)
                .and_then(|entry| on_wall.get(entry))
                .is_some_and(|(_, wall)| *wall)
        };
        if !self.on_wall.iter().any(|(_, wall)| *wall) {
            return None;
        }
        let pairs = self.times.windows(2);
        let falling = pairs.clone().filter(|pair| matches!(pair, [a, b] if b < a));
        let rising = pairs.filter(|pair| matches!(pair, [a, b] if b > a));
        let backwards = falling.count() > rising.count();
        let mut clock = WallClock::new(zone);
        let mut second = None;
        let mut skipped = Vec::new();
        let count = self.times.len();
        for nth in 0..count {
            let index = if backwards { count - 1 - nth } else { nth };
            if !is_wall(&self.on_wall, index) {
                continue;
            }
            let Some(time) = self.times.get(index).copied() else {
                continue;
            };
            let begun = clock.second;
            match clock.instant(time) {
                Some(instant) => {
                    if clock.second && !begun && second.is_none() {
                        second = Some(self.line(index));
                    }
                    if let Some(slot) = self.times.get_mut(index) {
                        *slot = instant;
                    }
                }
                None => skipped.push(index),
            }
        }
        if backwards {
            skipped.reverse();
        }
        for index in &skipped {
            let local = self.times.get(*index).copied().unwrap_or(0);
            let line = self.line(*index);
            let text = crate::time::LocalDateTime::from_seconds(local).to_string();
            self.reject(BadRow {
                line,
                text,
                reason: BadReason::SkippedByClock,
            });
        }
        if !skipped.is_empty() {
            let lines: Vec<u64> = (0..count).map(|index| self.line(index)).collect();
            let kept = |index: &usize| skipped.binary_search(index).is_err();
            self.times = pick(&self.times, kept);
            self.values = pick(&self.values, kept);
            let lines = pick(&lines, kept);
            self.lines.clear();
            for (index, line) in lines.into_iter().enumerate() {
                note_line(&mut self.lines, index, line);
            }
        }
        second
    }
}

/// Records a row's line, where it does not follow from that of the row before.
fn note_line(lines: &mut Vec<(usize, u64)>, index: usize, line: u64) {
    let last = lines.last();
    let expected = last.map(|(from, line)| line + (index - from) as u64);
    if expected != Some(line) {
        lines.push((index, line));
    }
}

/// Returns the items whose index is kept.
fn pick<T: Copy>(list: &[T], kept: impl Fn(&usize) -> bool) -> Vec<T> {
    let list = list.iter().enumerate().filter(|(index, _)| kept(index));
    list.map(|(_, item)| *item).collect()
}

/// Instants of wall-clock times that come in order; asks the zone only near a change of the clock.
struct WallClock<'a> {
    zone: &'a Zone,
    /// Stretch of wall clock, and its offset, within which no change of the clock is near.
    calm: (i64, i64, i64),
    /// The change that the last time was near, and that time.
    change: i64,
    last: i64,
    /// Time between the last two.
    spacing: i64,
    /// Whether the hour that comes twice is in its second turn.
    second: bool,
}

impl<'a> WallClock<'a> {
    fn new(zone: &'a Zone) -> Self {
        Self {
            zone,
            calm: (0, 0, 0),
            change: i64::MIN,
            last: i64::MIN,
            spacing: 0,
            second: false,
        }
    }

    /// Returns the instant; `None` where the clock skips that time.
    fn instant(&mut self, local_s: i64) -> Option<i64> {
        const NEAR: i64 = 2 * 86_400;
        let before = self.last;
        let (from, until, offset) = self.calm;
        if (from..until).contains(&local_s) {
            (self.spacing, self.last) = (local_s.saturating_sub(before), local_s);
            return Some(local_s - offset);
        }
        let early = self.zone.utc_s(local_s);
        let (from, until, offset) = self.zone.span(early);
        self.calm = (
            from.saturating_add(NEAR),
            until.saturating_sub(NEAR),
            i64::from(offset),
        );
        if early + i64::from(offset) != local_s {
            return None;
        }
        let turn = i64::from(offset) - i64::from(self.zone.offset_s(until));
        let late = early.saturating_add(turn);
        let twice = turn > 0 && until < i64::MAX && late >= until;
        if !twice {
            (self.spacing, self.last) = (local_s.saturating_sub(before), local_s);
            self.second = false;
            return Some(early);
        }
        if self.change != until {
            (self.change, self.second) = (until, false);
        } else if local_s <= before - turn / 2 || (local_s == before && self.spacing >= turn) {
            self.second = true;
        }
        (self.spacing, self.last) = (local_s.saturating_sub(before), local_s);
        Some(if self.second { late } else { early })
    }
}

/// Returns the indices in order of their keys, equal ones in their own order. Mostly they are in order already: only those
/// that are late are sorted, and merged with the others.
fn in_order(keys: &[i64]) -> Vec<u32> {
    let mut latest = i64::MIN;
    let mut late: Vec<(i64, usize)> = Vec::new();
    for (key, index) in keys.iter().zip(0_usize..) {
        if *key < latest {
            late.push((*key, index));
        }
        latest = latest.max(*key);
    }
    sort_pairs(&mut late);
    let mut late = late.into_iter().peekable();
    let mut order = Vec::with_capacity(keys.len());
    latest = i64::MIN;
    for (key, index) in keys.iter().zip(0_usize..) {
        if *key >= latest {
            while let Some((_, before)) = late.next_if(|next| *next < (*key, index)) {
                order.push(before as u32);
            }
            order.push(index as u32);
            latest = *key;
        }
    }
    order.extend(late.map(|(_, index)| index as u32));
    order
}

/// How rows become counts.
#[derive(Clone, Debug)]
pub(super) struct CountRules {
    pub zone: Zone,
    /// Zone of the scenario.
    pub home: Zone,
    /// `None` while it is not known: then times alone are gone through.
    pub values: Option<ValueKind>,
    pub instances: f64,
    pub gaps: GapFilling,
    pub same_time: Option<SameTime>,
    /// Steps that rows are summed up to, whatever their times.
    pub step_s: Option<u32>,
    /// What a row's value is of, from its time on, where that is known; otherwise rows' times tell.
    pub period_s: Option<u32>,
}

/// What came of the rows: the trace, or what has to be asked.
#[derive(Default)]
pub(super) struct AssembledTrace {
    pub notes: Vec<Note>,
    pub questions: Vec<Question>,
    pub span: Option<Span>,
    pub same_time: Option<SameTime>,
    pub step_s: Option<u32>,
    pub summary: Option<TraceSummary>,
    pub problem: Option<TraceProblem>,
}

/// Puts a trace together.
pub(super) fn assemble(rows: &mut CollectedRows, rules: &CountRules) -> AssembledTrace {
    let mut out = AssembledTrace::default();
    let second = rows.instants(&rules.zone);
    if let Some(line) = second {
        out.notes.push(Note::SecondHour { line });
    }
    if let Some(line) = rows.fraction_line {
        out.notes.push(Note::FractionOfSecond { line });
    }
    let series = Series::of(rows, &mut out);
    if let Err(problem) = series.and_then(|series| count_in_steps(rows, series, rules, &mut out)) {
        out.problem = Some(problem);
    }
    limit_notes(&mut out.notes);
    let lines: Vec<i64> = rows.rejected.iter().map(|bad| bad.line as i64).collect();
    let order = in_order(&lines);
    let sorted = order
        .iter()
        .filter_map(|index| rows.rejected.get(*index as usize).cloned());
    rows.rejected = sorted.take(MOST_KEPT).collect();
    out
}

/// Turns rows in order of time into counts, once their steps are known.
fn count_in_steps(
    rows: &mut CollectedRows,
    mut series: Series,
    rules: &CountRules,
    out: &mut AssembledTrace,
) -> Result<(), TraceProblem> {
    if rules.values == Some(ValueKind::Row) {
        let step_s = rules.step_s.unwrap_or_else(|| series.usual_step_s());
        out.step_s = Some(step_s);
        out.notes.push(Note::Step {
            step_s,
            summed: true,
        });
        return sum_into_steps(&series, step_s, rules, out);
    }
    let same = series.same_times();
    if same > 0 {
        let many = same * 100 >= series.times.len() * SAME_TIME_PCT;
        let taken = rules.same_time.unwrap_or(if many {
            SameTime::AddUp
        } else {
            SameTime::KeepFirst
        });
        out.same_time = Some(taken);
        if many && rules.same_time.is_none() {
            out.questions.push(question(
                QuestionTopic::SameTime,
                [SameTime::AddUp, SameTime::KeepFirst]
                    .map(Answer::SameTime)
                    .to_vec(),
                Some(0),
            ));
        }
        if taken == SameTime::AddUp {
            out.notes.push(Note::AddedUp { count: same as u64 });
            series.add_up();
        }
    }
    if let Some(step_s) = rules.step_s {
        out.step_s = Some(step_s);
        out.notes.push(Note::Step {
            step_s,
            summed: true,
        });
        return sum_into_steps(&series, step_s, rules, out);
    }
    let spacing = match rules.period_s {
        Some(period_s) => Grid::with_step(&series, period_s),
        None => Grid::find(&series),
    };
    match spacing? {
        Spacing::Regular(grid) => {
            out.notes.push(Note::Step {
                step_s: grid.step_s,
                summed: false,
            });
            place_on_grid(rows, &series, grid, rules, out)
        }
        Spacing::Irregular => {
            let steps = [60, 300, 3600];
            out.questions.push(question(
                QuestionTopic::Step,
                steps.map(Answer::Step).to_vec(),
                Some(0),
            ));
            out.step_s = Some(60);
            out.notes.push(Note::Step {
                step_s: 60,
                summed: true,
            });
            sum_into_steps(&series, 60, rules, out)
        }
    }
}

/// Returns a question whose choices have no rows yet.
pub(super) fn question(
    about: QuestionTopic,
    answers: Vec<Answer>,
    default: Option<usize>,
) -> Question {
    let choices = answers.into_iter().map(|answer| Choice {
        answer,
        rows: Vec::new(),
    });
    Question {
        about,
        choices: choices.collect(),
        default,
    }
}

/// Rows in order of time.
struct Series {
    times: Vec<i64>,
    values: Vec<f64>,
    lines: Vec<u64>,
}

impl Series {
    fn of(rows: &CollectedRows, out: &mut AssembledTrace) -> Result<Self, TraceProblem> {
        if rows.times.len() < 2 {
            return Err(TraceProblem::TooFewRows {
                usable: rows.usable(),
            });
        }
        let late = |pair: &&[i64]| matches!(pair, [a, b] if b < a);
        let count = rows.times.windows(2).filter(late).count() as u64;
        let all_lines = || (0..rows.times.len()).map(|index| rows.line(index));
        if count == 0 {
            return Ok(Self {
                times: rows.times.clone(),
                values: rows.values.clone(),
                lines: all_lines().collect(),
            });
        }
        let first = rows
            .times
            .windows(2)
            .position(|pair| late(&pair))
            .unwrap_or(0);
        out.notes.push(Note::Disorder {
            line: rows.line(first + 1),
            count,
        });
        let order = in_order(&rows.times);
        let sorted = |list: &[f64]| {
            order
                .iter()
                .filter_map(|index| list.get(*index as usize).copied())
                .collect()
        };
        Ok(Self {
            times: order
                .iter()
                .filter_map(|index| rows.times.get(*index as usize).copied())
                .collect(),
            values: sorted(&rows.values),
            lines: order
                .iter()
                .map(|index| rows.line(*index as usize))
                .collect(),
        })
    }

    /// Returns how many rows have the time of the row before.
    fn same_times(&self) -> usize {
        self.times
            .windows(2)
            .filter(|pair| matches!(pair, [a, b] if a == b))
            .count()
    }

    fn add_up(&mut self) {
        let mut merged = Self {
            times: Vec::new(),
            values: Vec::new(),
            lines: Vec::new(),
        };
        for ((time, value), line) in self.times.iter().zip(&self.values).zip(&self.lines) {
            match merged.values.last_mut() {
                Some(last) if merged.times.last() == Some(time) => *last += value,
                _ => {
                    merged.times.push(*time);
                    merged.values.push(*value);
                    merged.lines.push(*line);
                }
            }
        }
        *self = merged;
    }

    fn first(&self) -> i64 {
        self.times.first().copied().unwrap_or(0)
    }

    fn last(&self) -> i64 {
        self.times.last().copied().unwrap_or(0)
    }

    /// Returns a minute, or a second where all rows are within ten minutes.
    fn usual_step_s(&self) -> u32 {
        if self.last() - self.first() < 600 {
            1
        } else {
            60
        }
    }
}

/// Sums rows up in steps of the wall clock.
fn sum_into_steps(
    series: &Series,
    step_s: u32,
    rules: &CountRules,
    out: &mut AssembledTrace,
) -> Result<(), TraceProblem> {
    let step = i64::from(step_s.clamp(1, LONGEST_STEP_S));
    let offset = i64::from(rules.home.offset_s(series.first()));
    let start = (series.first() + offset).div_euclid(step) * step - offset;
    let steps = (series.last() - start) / step + 1;
    if steps > MOST_STEPS as i64 {
        return Err(TraceProblem::SpanTooLong {
            steps: steps as u64,
        });
    }
    out.span = Some(Span {
        start_utc_s: start,
        step_s: step as u32,
    });
    let Some(values) = rules.values else {
        return Ok(());
    };
    let is_counted = values == ValueKind::Row;
    let mut sums = vec![(0.0_f64, 0_u32); steps as usize];
    for (time, value) in series.times.iter().zip(&series.values) {
        if let Some((sum, rows)) = usize::try_from((time - start) / step)
            .ok()
            .and_then(|step| sums.get_mut(step))
        {
            *sum += if is_counted { 1.0 } else { *value };
            *rows += 1;
        }
    }
    let factor = values.unit_s().map(|unit_s| step as f64 / unit_s);
    let mut counts = Counts::new(sums.len());
    let mut pending = 0;
    for (sum, rows) in sums {
        let requests = match factor {
            // A rate holds for the whole step: its mean. Where there is none it is a gap.
            Some(_) if rows == 0 => {
                pending += 1;
                continue;
            }
            Some(factor) => sum / f64::from(rows) * factor * rules.instances,
            None => sum * rules.instances,
        };
        if requests > f64::from(u32::MAX) {
            return Err(TraceProblem::TooManyRequests);
        }
        counts.fill(pending, requests, rules.gaps);
        pending = 0;
        counts.push(requests);
    }
    out.summary = counts.finish(start, step as u32, &rules.home);
    Ok(())
}

/// Puts rows on their steps.
fn place_on_grid(
    rows: &mut CollectedRows,
    series: &Series,
    grid: Grid,
    rules: &CountRules,
    out: &mut AssembledTrace,
) -> Result<(), TraceProblem> {
    out.span = Some(Span {
        start_utc_s: grid.start_s,
        step_s: grid.step_s,
    });
    let step_s = i64::from(grid.step_s);
    let per_value = match rules.values.unwrap_or(ValueKind::Count).unit_s() {
        Some(unit_s) => step_s as f64 / unit_s,
        None => 1.0,
    } * rules.instances;
    let mut counts = Counts::new(grid.steps);
    let (mut last_line, mut last_time) = (0, grid.start_s);
    for ((time, value), line) in series.times.iter().zip(&series.values).zip(&series.lines) {
        let since = time - grid.start_s;
        let requests = value * per_value;
        let step = usize::try_from(since / step_s).unwrap_or(0);
        let missing = step.checked_sub(counts.requests.len());
        let reason = match missing {
            _ if since < 0 || since % step_s != 0 => BadReason::OffStep,
            None => BadReason::Duplicate { of_line: last_line },
            Some(_) if requests > f64::from(u32::MAX) => BadReason::TooMany,
            Some(missing) => {
                if missing > 0 {
                    // Wall clocks that go on from an hour that comes twice have left its second turn out: no outage.
                    let local = |utc_s: i64| utc_s + i64::from(rules.zone.offset_s(utc_s));
                    let turned = local(*time) - local(last_time) == step_s;
                    let filled = if turned {
                        GapFilling::Interpolate
                    } else {
                        rules.gaps
                    };
                    out.notes.push(Note::Gap {
                        after_line: last_line,
                        steps: missing as u64,
                        filled,
                    });
                    counts.fill(missing, requests, filled);
                }
                counts.push(requests);
                (last_line, last_time) = (*line, *time);
                continue;
            }
        };
        let text = rules.zone.local(*time).to_string();
        rows.reject(BadRow {
            line: *line,
            text,
            reason,
        });
    }
    if rules.values.is_some() {
        out.summary = counts.finish(grid.start_s, grid.step_s, &rules.home);
    }
    Ok(())
}

/// Keeps the first notes and says how many more there were.
fn limit_notes(notes: &mut Vec<Note>) {
    if notes.len() > MOST_KEPT {
        let count = (notes.len() - MOST_KEPT) as u64;
        notes.truncate(MOST_KEPT);
        notes.push(Note::More { count });
    }
}

/// Equal steps of time on which most rows lie.
#[derive(Clone, Copy)]
struct Grid {
    start_s: i64,
    step_s: u32,
    steps: usize,
}

/// Whether rows come in equal steps.
enum Spacing {
    Regular(Grid),
    Irregular,
}

impl Grid {
    fn find(series: &Series) -> Result<Spacing, TraceProblem> {
        let mut spacings = vec![0_u32; LONGEST_STEP_S as usize + 1];
        let (mut longer, mut shortest_longer) = (0_u32, i64::MAX);
        for pair in series.times.windows(2) {
            let [before, after] = pair else {
                continue;
            };
            let spacing = after - before;
            match usize::try_from(spacing)
                .ok()
                .and_then(|index| spacings.get_mut(index))
            {
                Some(seen) => *seen += u32::from(spacing > 0),
                None => {
                    longer += 1;
                    shortest_longer = shortest_longer.min(spacing);
                }
            }
        }
        let mut step = (0, 0);
        for (spacing, seen) in spacings.iter().enumerate() {
            if *seen > step.1 {
                step = (spacing, *seen);
            }
        }
        if spacings.iter().sum::<u32>() + longer == 0 {
            return Err(TraceProblem::TooFewRows { usable: 1 });
        }
        if longer > step.1 {
            return Err(TraceProblem::StepTooLong {
                step_s: shortest_longer.unsigned_abs(),
            });
        }
        Self::with_step(series, step.0 as u32)
    }

    /// Returns the grid of steps that are so long.
    fn with_step(series: &Series, step_s: u32) -> Result<Spacing, TraceProblem> {
        if !(1..=LONGEST_STEP_S).contains(&step_s) {
            return Err(TraceProblem::StepTooLong {
                step_s: u64::from(step_s),
            });
        }
        let mut phases = vec![0_u32; step_s as usize];
        let step_s = i64::from(step_s);
        for time in &series.times {
            if let Some(seen) = phases.get_mut(time.rem_euclid(step_s) as usize) {
                *seen += 1;
            }
        }
        let (phase, kept) = (phases.iter().enumerate()).fold((0, 0), |best, (phase, seen)| {
            if *seen > best.1 { (phase, *seen) } else { best }
        });
        if u64::from(kept) * 10 < series.times.len() as u64 * 9 {
            return Ok(Spacing::Irregular);
        }
        let on_grid = |time: &&i64| time.rem_euclid(step_s) == phase as i64;
        let first = series.times.iter().find(on_grid).copied().unwrap_or(0);
        let last = series
            .times
            .iter()
            .rev()
            .find(on_grid)
            .copied()
            .unwrap_or(first);
        let steps = ((last - first) / step_s) as u64 + 1;
        if steps > MOST_STEPS as u64 {
            return Err(TraceProblem::SpanTooLong { steps });
        }
        Ok(Spacing::Regular(Self {
            start_s: first,
            step_s: step_s as u32,
            steps: steps as usize,
        }))
    }
}

/// Requests in each step, as they come in.
struct Counts {
    requests: Vec<f64>,
}

impl Counts {
    fn new(steps: usize) -> Self {
        Self {
            requests: Vec::with_capacity(steps),
        }
    }

    /// Adds `missing` steps before one of `requests`.
    fn fill(&mut self, missing: usize, requests: f64, gaps: GapFilling) {
        let before = self.requests.last().copied().unwrap_or(0.0);
        for index in 1..=missing {
            self.push(match gaps {
                GapFilling::Zero => 0.0,
                GapFilling::Previous => before,
                GapFilling::Interpolate => {
                    before + (requests - before) * index as f64 / (missing + 1) as f64
                }
            });
        }
    }

    /// Adds a step. A whole count that a rate and its unit made stays whole.
    fn push(&mut self, requests: f64) {
        let whole = requests.round();
        let is_whole = (requests - whole).abs() <= whole.max(1.0) * 1e-12;
        self.requests.push(if is_whole { whole } else { requests });
    }

    /// Returns the trace: as few decimals as keep every count, at most three and as many as fit.
    fn finish(self, start_utc_s: i64, step_s: u32, home: &Zone) -> Option<TraceSummary> {
        let most = self.requests.iter().copied().fold(0.0, f64::max);
        let fits = |decimals: &u8| most * unit(*decimals) <= f64::from(u32::MAX);
        let exact = |decimals: &u8| {
            let unit = unit(*decimals);
            let is_whole =
                |requests: &f64| ((requests * unit).round() - requests * unit).abs() < 1e-6;
            self.requests.iter().all(is_whole)
        };
        let least = (0..MOST_DECIMALS).find(exact).unwrap_or(MOST_DECIMALS);
        let decimals = (0..=least).rev().find(fits).unwrap_or(0);
        let unit = unit(decimals);
        let counts: Vec<u32> = self
            .requests
            .iter()
            .map(|requests| (requests * unit + 0.5).floor() as u32)
            .collect();
        let (peak_per_minute, peak_utc_s) = peak(&counts, unit, start_utc_s, step_s);
        let trace = Trace::new(home.local(start_utc_s), step_s, decimals, counts)?;
        Some(TraceSummary {
            requests: trace.requests(),
            trace,
            peak_per_minute,
            peak_utc_s,
        })
    }
}

/// Returns the requests of the busiest minute, and when it begins.
fn peak(counts: &[u32], unit: f64, start_utc_s: i64, step_s: u32) -> (f64, i64) {
    let step = i64::from(step_s);
    let mut best = (0_u64, start_utc_s);
    let mut minute = (i64::MIN, 0_u64, start_utc_s);
    for (index, count) in (0_i64..).zip(counts) {
        let at = start_utc_s + index * step;
        let this = if step >= 60 { at } else { at.div_euclid(60) };
        if this != minute.0 {
            let begins = if step >= 60 {
                at
            } else {
                (this * 60).max(start_utc_s)
            };
            minute = (this, 0, begins);
        }
        minute.1 += u64::from(*count);
        if minute.1 > best.0 {
            best = (minute.1, minute.2);
        }
    }
    let share = if step > 60 { 60.0 / step as f64 } else { 1.0 };
    (best.0 as f64 / unit * share, best.1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_order_is_a_stable_sort_s(keys in prop::collection::vec(-5_i64..40, 0..60)) {
            let mut expected: Vec<u32> = (0..keys.len() as u32).collect();
            expected.sort_by_key(|index| keys[*index as usize]);
            prop_assert_eq!(in_order(&keys), expected);
        }
    }
}
