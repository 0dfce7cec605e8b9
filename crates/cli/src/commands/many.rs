//! Many scenarios at once, on all cores and in order: the lines of an input, or the points of a grid.

use std::{cell::RefCell, io::Write, num::NonZeroUsize, thread};

use engine::Run;
use scenario::document::Scenario;
use words::Words;

use crate::{
    args::{ResultPart, SimulateArgs},
    batch::{Line, Lines, MOST_BYTES_AHEAD},
    failure::Failure,
    input::{Fault, open, parse_line},
    outcome::Outcome,
    pool::{Event, Limit, in_order},
    print::{
        output,
        progress::Progress,
        rows::{OutputForm, Row, RowKey},
        table,
    },
    set::{Document, apply},
    sweep::Grid,
};

/// What a thread makes of an item: its row, and whether something was wrong with it.
type RowAndFault = (Result<Row, Failure>, bool);

/// `--ndjson`: a result for each line that is not blank.
///
/// # Errors
/// [`Failure::Scenario`] after the last line, if some were not right.
pub fn lines(args: &SimulateArgs) -> Result<(), Failure> {
    let form = match args.csv {
        true => OutputForm::Csv,
        false => OutputForm::Json(parts(args)),
    };
    let lines = Lines::of(open(&args.scenario)?);
    let settings = args.set.clone();
    let (as_form, words) = (form.clone(), form.words());
    let work = move |line: Line| {
        let scenario = line.text.map_err(|why| Fault::new("", &why));
        let scenario = scenario.and_then(|text| parse_line(&text, words));
        let scenario = scenario.and_then(|scenario| match settings.as_slice() {
            [] => Ok(scenario),
            some => apply(&mut Document::of(&scenario), some, words),
        });
        row_of(&as_form, &RowKey::Line(line.number), scenario, words)
    };
    let weight = Limit {
        of: Line::len,
        most: MOST_BYTES_AHEAD,
    };
    print(
        args,
        &form,
        (&["line".to_owned()], None),
        lines,
        weight,
        work,
    )
}

/// `--sweep`: a result for each point of the grid.
///
/// # Errors
/// [`Failure::Usage`] if the first point cannot be set, [`Failure::Scenario`] at the end if points were not right.
pub fn sweep(args: &SimulateArgs, scenario: &Scenario) -> Result<(), Failure> {
    let grid = Grid::new(&args.sweep)?;
    let form = match (args.json, args.csv) {
        (true, _) => OutputForm::Json(parts(args)),
        (_, true) => OutputForm::Csv,
        _ => OutputForm::Table(args.lang.words()),
    };
    let document = Document::of(scenario);
    // A path that leads nowhere is said once, not at each point.
    apply(&mut document.clone(), &grid.point(0), form.words())
        .map_err(|fault| Failure::Usage(format!("--sweep: {}", fault.sentence())))?;
    let (names, count) = (grid.names(), grid.len());
    let (as_form, words) = (form.clone(), form.words());
    let work = move |index: usize| {
        let settings = grid.point(index);
        let scenario = apply(&mut document.clone(), &settings, words);
        row_of(&as_form, &RowKey::Point(settings), scenario, words)
    };
    let points = 0..count;
    print(
        args,
        &form,
        (&names, Some(count)),
        points,
        Limit::none(),
        work,
    )
}

/// Returns the parts that each result has: the summary, unless more are asked for.
fn parts(args: &SimulateArgs) -> Vec<ResultPart> {
    match args.include.as_slice() {
        [] => vec![ResultPart::Summary],
        some => some.to_vec(),
    }
}

thread_local! {
    /// The run before: its memory is used again.
    static PREVIOUS_RUN: RefCell<Run> = RefCell::default();
}

/// Runs a scenario and returns the result in its form.
fn row_of(
    form: &OutputForm,
    key: &RowKey,
    scenario: Result<Scenario, Fault>,
    words: Words,
) -> RowAndFault {
    let result = scenario
        .map_err(|fault| vec![fault])
        .and_then(|scenario| Outcome::again(scenario, words, PREVIOUS_RUN.take()));
    let row = form.row(key, result.as_ref().map_err(Vec::as_slice));
    let is_wrong = result.is_err();
    if let Ok(outcome) = result {
        PREVIOUS_RUN.set(outcome.run);
    }
    (row, is_wrong)
}

/// Prints what the threads make, in order. `keys` are the names of the columns that identify a result; `total` is how many results
/// there will be, where that is known.
fn print<T: Send + 'static>(
    args: &SimulateArgs,
    form: &OutputForm,
    (keys, total): (&[String], Option<usize>),
    items: impl Iterator<Item = T> + Send + 'static,
    weight: Limit<T>,
    work: impl Fn(T) -> RowAndFault + Send + Sync + 'static,
) -> Result<(), Failure> {
    let mut out = output();
    let mut rows = Vec::new();
    let mut progress = Progress::new(total, !matches!(form, OutputForm::Table(_)));
    let mut wrong = 0_usize;
    let mut put = |out: &mut dyn Write, row: Row| match row {
        Row::Line(line) => out.write_all(line.as_bytes()),
        // Only a whole table has columns; it is as bounded as its grid.
        Row::Cells(cells) => {
            rows.push(cells);
            Ok(())
        }
    };
    if let Some(head) = form.head(keys)? {
        put(&mut out, head)?;
    }
    let cores = || thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let threads = args.threads.map_or_else(cores, usize::from);
    in_order(items, work, threads, weight, |event| {
        match event {
            // Whoever reads line by line gets each result as soon as it is there.
            Event::Waiting => out.flush()?,
            Event::Answer((row, is_wrong)) => {
                wrong += usize::from(is_wrong);
                put(&mut out, row?)?;
                progress.step();
            }
        }
        Ok::<(), Failure>(())
    })?;
    drop(progress);
    table::print(&mut out, &OutputForm::align(keys.len()), &rows)?;
    out.flush()?;
    match (wrong, total) {
        (0, _) => Ok(()),
        (1, None) => Err(Failure::Scenario("1 line is not right.".to_owned())),
        (_, None) => Err(Failure::Scenario(format!("{wrong} lines are not right."))),
        (_, Some(points)) => Err(Failure::Scenario(format!(
            "{wrong} of {points} points are not right."
        ))),
    }
}
