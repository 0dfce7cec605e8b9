//! From rows to a trace: their order, the step between them, gaps, duplicates, and counts out of rates.

use super::{
    BadReason, BadRow, Gaps, LONGEST_STEP_S, MOST_DECIMALS, MOST_STEPS, Note, Options, Reading,
    Trace, TraceProblem, ValueKind, reader::KEPT, sniff::Format, unit,
};

/// The rows of a file that could be read so far, and those that could not.
#[derive(Default)]
pub(super) struct Rows {
    /// Rows seen, without header and blank lines.
    pub seen: u64,
    /// Line of the first row whose time had a fraction of a second.
    pub fraction_line: Option<u64>,
    times: Vec<i64>,
    values: Vec<f64>,
    /// From which row on lines run on from which line: mostly one entry.
    lines: Vec<(usize, u64)>,
    rejected: Vec<BadRow>,
    rejected_count: u64,
    disorder: Vec<u64>,
    disorder_count: u64,
}

impl Rows {
    /// Adds a row.
    pub(super) fn add(&mut self, line: u64, utc_s: i64, value: f64) {
        let index = self.times.len();
        let expected = self
            .lines
            .last()
            .map(|(from, line)| line + (index - from) as u64);
        if expected != Some(line) {
            self.lines.push((index, line));
        }
        if self.times.last().is_some_and(|last| utc_s < *last) {
            self.disorder_count += 1;
            if self.disorder.len() < KEPT {
                self.disorder.push(line);
            }
        }
        self.times.push(utc_s);
        self.values.push(value);
    }

    /// Notes a row that cannot be used.
    pub(super) fn reject(&mut self, row: BadRow) {
        self.rejected_count += 1;
        if self.rejected.len() < KEPT {
            self.rejected.push(row);
        }
    }

    /// Line of a row.
    fn line(&self, index: usize) -> u64 {
        let next = self.lines.partition_point(|(from, _)| *from <= index);
        let entry = next.checked_sub(1).and_then(|entry| self.lines.get(entry));
        entry.map_or(0, |(from, line)| line + (index - from) as u64)
    }

    /// Rows in order of time, by their index; `None` where they are in order already.
    fn order(&self) -> Option<Vec<u32>> {
        (self.disorder_count > 0).then(|| in_order(&self.times))
    }
}

/// Indices in order of their keys; of equal ones in order of their place. Mostly they are in order already: only those
/// that are late are sorted, and merged with the others.
fn in_order(keys: &[i64]) -> Vec<u32> {
    let mut latest = i64::MIN;
    let mut late: Vec<(i64, u32)> = Vec::new();
    for (key, index) in keys.iter().zip(0..) {
        if *key < latest {
            late.push((*key, index));
        }
        latest = latest.max(*key);
    }
    late.sort_unstable();
    let mut late = late.into_iter().peekable();
    let mut order = Vec::with_capacity(keys.len());
    latest = i64::MIN;
    for (key, index) in keys.iter().zip(0..) {
        if *key >= latest {
            while let Some((_, before)) = late.next_if(|next| *next < (*key, index)) {
                order.push(before);
            }
            order.push(index);
            latest = *key;
        }
    }
    order.extend(late.map(|(_, index)| index));
    order
}

/// Puts a trace together.
pub(super) fn assemble(
    mut rows: Rows,
    format: &Format,
    options: &Options,
) -> Result<Reading, TraceProblem> {
    let order = rows.order();
    let count = rows.times.len();
    let at = |position: usize| match &order {
        Some(order) => order.get(position).map_or(0, |index| *index as usize),
        None => position,
    };
    let grid = Grid::find(&rows, count, at)?;
    let mut counts = Counts::new(grid, options.gaps, format.kind);
    let mut notes = notes(&rows, format, grid.step_s);
    let mut bad = Vec::new();
    let mut bad_count = 0_u64;
    let mut last: Option<usize> = None;
    for position in 0..count {
        let row = at(position);
        let (Some(time), Some(value)) = (rows.times.get(row), rows.values.get(row)) else {
            continue;
        };
        let reason = match counts.add(*time, *value) {
            Added::Yes { missing: 0 } => {
                last = Some(row);
                continue;
            }
            Added::Yes { missing } => {
                notes.push(Note::Gap {
                    after_line: last.map_or(0, |row| rows.line(row)),
                    steps: missing,
                    filled: options.gaps,
                });
                last = Some(row);
                continue;
            }
            Added::OffStep => BadReason::OffStep,
            Added::TooMany => BadReason::TooMany,
            Added::Duplicate => BadReason::Duplicate {
                of_line: last.map_or(0, |row| rows.line(row)),
            },
        };
        bad_count += 1;
        if bad.len() < KEPT {
            bad.push(BadRow {
                line: rows.line(row),
                text: options.zone.local(*time).to_string(),
                reason,
            });
        }
    }
    rows.rejected_count += bad_count;
    rows.rejected.append(&mut bad);
    let lines: Vec<i64> = rows.rejected.iter().map(|bad| bad.line as i64).collect();
    let order = in_order(&lines);
    let kept = order.iter().take(KEPT);
    rows.rejected = kept
        .filter_map(|index| rows.rejected.get(*index as usize).cloned())
        .collect();
    let start_s = counts.start_s;
    let too_few = TraceProblem::TooFewRows {
        rejected: rows.rejected.iter().take(10).cloned().collect(),
    };
    let (decimals, counts) = counts.finish();
    let start = options.zone.local(start_s);
    let trace = Trace::new(start, grid.step_s, decimals, counts).ok_or(too_few)?;
    limit(&mut notes);
    Ok(Reading {
        trace,
        notes,
        rejected: rows.rejected,
        rejected_count: rows.rejected_count,
        rows: rows.seen,
    })
}

/// What can be said before the rows are gone through.
fn notes(rows: &Rows, format: &Format, step_s: u32) -> Vec<Note> {
    let mut notes = vec![
        Note::Format {
            delimiter: char::from(format.delimiter),
            header: format.header,
            time_column: format.time_name.clone(),
            value_column: format.value_name.clone(),
        },
        Note::Values {
            kind: format.kind,
            assumed: format.kind_assumed,
        },
        Note::Step { step_s },
    ];
    if let Some(line) = rows.fraction_line {
        notes.push(Note::FractionOfSecond { line });
    }
    notes.extend(
        rows.disorder
            .iter()
            .map(|line| Note::Disorder { line: *line }),
    );
    let more = rows.disorder_count - rows.disorder.len() as u64;
    if more > 0 {
        notes.push(Note::More { count: more });
    }
    notes
}

/// Keeps the first notes and says how many more there were.
fn limit(notes: &mut Vec<Note>) {
    let most = 2 * KEPT;
    if notes.len() > most {
        let count = (notes.len() - most) as u64;
        notes.truncate(most);
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

impl Grid {
    fn find(rows: &Rows, count: usize, at: impl Fn(usize) -> usize) -> Result<Self, TraceProblem> {
        let time = |position: usize| rows.times.get(at(position)).copied().unwrap_or(0);
        let mut spacings = vec![0_u32; LONGEST_STEP_S as usize + 1];
        let (mut longer, mut shortest_longer) = (0_u32, i64::MAX);
        for position in 1..count {
            let spacing = time(position) - time(position - 1);
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
        let spaced: u32 = spacings.iter().sum::<u32>() + longer;
        if spaced == 0 {
            return Err(TraceProblem::TooFewRows {
                rejected: rows.rejected.iter().take(10).cloned().collect(),
            });
        }
        if longer > step.1 {
            return Err(TraceProblem::StepTooLong {
                step_s: shortest_longer.unsigned_abs(),
            });
        }
        let step_s = step.0 as u32;
        let mut phases = vec![0_u32; step.0];
        for position in 0..count {
            let phase = time(position).rem_euclid(i64::from(step_s)) as usize;
            if let Some(seen) = phases.get_mut(phase) {
                *seen += 1;
            }
        }
        let (phase, kept) = (phases.iter().enumerate()).fold((0, 0), |best, (phase, seen)| {
            if *seen > best.1 { (phase, *seen) } else { best }
        });
        if u64::from(kept) * 10 < count as u64 * 9 {
            return Err(TraceProblem::NoRegularStep {
                step_s,
                share_pct: f64::from(kept) * 100.0 / count as f64,
            });
        }
        let on_grid = |time: &i64| time.rem_euclid(i64::from(step_s)) == phase as i64;
        let first = (0..count).map(time).find(on_grid).unwrap_or(0);
        let last = (0..count).rev().map(time).find(on_grid).unwrap_or(first);
        let steps = ((last - first) / i64::from(step_s)) as u64 + 1;
        if steps > MOST_STEPS as u64 {
            return Err(TraceProblem::SpanTooLong { steps });
        }
        Ok(Self {
            start_s: first,
            step_s,
            steps: steps as usize,
        })
    }
}

/// What became of a row.
enum Added {
    Yes { missing: u64 },
    OffStep,
    Duplicate,
    TooMany,
}

/// Requests in each step, as they come in.
struct Counts {
    start_s: i64,
    step_s: u32,
    /// Requests per unit of the file's values.
    factor: f64,
    gaps: Gaps,
    requests: Vec<f64>,
    whole: bool,
    most: f64,
}

impl Counts {
    fn new(grid: Grid, gaps: Gaps, kind: ValueKind) -> Self {
        let step_s = f64::from(grid.step_s);
        Self {
            start_s: grid.start_s,
            step_s: grid.step_s,
            factor: match kind {
                ValueKind::Count => 1.0,
                ValueKind::PerSecond => step_s,
                ValueKind::PerMinute => step_s / 60.0,
                ValueKind::PerHour => step_s / 3600.0,
            },
            gaps,
            requests: Vec::with_capacity(grid.steps),
            whole: true,
            most: 0.0,
        }
    }

    fn add(&mut self, time: i64, value: f64) -> Added {
        let since = time - self.start_s;
        let step_s = i64::from(self.step_s);
        if since < 0 || since % step_s != 0 {
            return Added::OffStep;
        }
        let step = (since / step_s) as usize;
        let Some(missing) = step.checked_sub(self.requests.len()) else {
            return Added::Duplicate;
        };
        let requests = value * self.factor;
        if requests > f64::from(u32::MAX) {
            return Added::TooMany;
        }
        let before = self.requests.last().copied().unwrap_or(0.0);
        for index in 1..=missing {
            self.push(match self.gaps {
                Gaps::Zero => 0.0,
                Gaps::Previous => before,
                Gaps::Interpolate => {
                    before + (requests - before) * index as f64 / (missing + 1) as f64
                }
            });
        }
        self.push(requests);
        Added::Yes {
            missing: missing as u64,
        }
    }

    fn push(&mut self, requests: f64) {
        self.whole &= requests == requests.floor();
        self.most = self.most.max(requests);
        self.requests.push(requests);
    }

    /// Decimals, and counts in that unit: none for whole numbers, else as many as fit, at most three.
    fn finish(self) -> (u8, Vec<u32>) {
        let fits = |decimals: &u8| self.most * unit(*decimals) <= f64::from(u32::MAX);
        let decimals = if self.whole {
            0
        } else {
            (0..=MOST_DECIMALS).rev().find(fits).unwrap_or(0)
        };
        let unit = unit(decimals);
        let counts = self.requests.iter();
        let counts = counts.map(|requests| (requests * unit + 0.5).floor() as u32);
        (decimals, counts.collect())
    }
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
