//! Which columns hold the time and the values. A column whose meaning is clear is taken; where several could be meant, or none is a
//! demand, a question is asked.

use super::{
    TraceProblem,
    choices::{Choices, ValueKind},
    layout::Layout,
    name::{ColumnClass, UnitFromName, is_request_field, is_time_of_day_name, meaning, time_rank},
    number::looks_like_number,
    times::{CellKind, cell_kind},
};
use ColumnContent::{Dates, Digits, Moments, Numbers, Serials, Texts, TimesOfDay};

/// A column of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name, or its number where it has none.
    pub name: String,
    /// What it is about, by its name.
    pub class: ColumnClass,
    /// Whether it holds times.
    pub is_time: bool,
    /// Whether it holds numbers.
    pub is_number: bool,
    pub(super) content: ColumnContent,
    pub(super) unit: UnitFromName,
    /// Whether most cells begin with a digit.
    begins_with_digits: bool,
}

/// What most cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnContent {
    Moments,
    Dates,
    TimesOfDay,
    Digits,
    Serials,
    Numbers,
    Texts,
}

/// The columns that are read, and what is open about them.
#[derive(Clone, Debug, Default)]
pub(super) struct ChosenColumns {
    pub time_columns: Vec<usize>,
    /// Other columns that could hold the time; the first set is taken meanwhile where `time_default`.
    pub time_candidates: Vec<Vec<usize>>,
    pub time_default: bool,
    pub value_columns: Vec<usize>,
    /// Sets of columns that could be meant.
    pub value_candidates: Vec<Vec<usize>>,
    /// Whether counting rows could be meant as well.
    pub row_counts_possible: bool,
    /// What the values are; `None` until it is said.
    pub values: Option<ValueKind>,
    /// Whether that has to be asked.
    pub values_uncertain: bool,
    pub per_instance: bool,
    pub instances: Option<f64>,
}

/// Most rows of the sample that a column is classified by, so that wide tables stay fast.
const SAMPLED_ROWS: usize = 100;

/// Returns the columns of a table.
pub(super) fn columns(layout: &Layout) -> Vec<Column> {
    (0..layout.width)
        .map(|column| self::column(layout, column))
        .collect()
}

fn column(layout: &Layout, column: usize) -> Column {
    let (mut filled, mut begun) = (0_usize, 0_usize);
    let (mut moments, mut dates, mut of_day, mut digits, mut serials, mut numbers) =
        (0, 0, 0, 0, 0, 0);
    for row in layout.sample.iter().take(SAMPLED_ROWS) {
        let cell = row.get(column).trim_ascii();
        if cell.is_empty() {
            continue;
        }
        filled += 1;
        begun += usize::from(cell.first().is_some_and(u8::is_ascii_digit));
        match cell_kind(cell) {
            CellKind::Moment => moments += 1,
            CellKind::Date => dates += 1,
            CellKind::TimeOfDay => of_day += 1,
            CellKind::Digits => digits += 1,
            CellKind::Serial => serials += 1,
            CellKind::None => {}
        }
        numbers += usize::from(looks_like_number(cell));
    }
    let name = layout.names.get(column).map_or("", String::as_str);
    let meaning = meaning(name);
    let digital = dates + digits;
    let content = if moments * 5 > filled {
        Moments
    } else if dates * 2 > filled {
        Dates
    } else if of_day * 2 > filled {
        TimesOfDay
    } else if digital * 2 > filled {
        Digits
    } else if serials * 10 >= filled * 9 && filled > 0 {
        Serials
    } else if numbers * 2 > filled {
        Numbers
    } else {
        Texts
    };
    // A number that could count from 1970, under the name of a demand, is a demand.
    let demanded =
        matches!(meaning.class, ColumnClass::Demand | ColumnClass::Bytes) && numbers * 2 > filled;
    let content = match content {
        Digits | Serials if demanded && time_rank(name).is_none() => Numbers,
        Dates if demanded && moments == 0 && time_rank(name).is_none() && digital == numbers => {
            Numbers
        }
        content => content,
    };
    Column {
        name: layout.name(column),
        class: meaning.class,
        is_time: !matches!(content, Numbers | Texts | Serials),
        is_number: numbers * 2 > filled,
        content,
        unit: meaning.unit,
        begins_with_digits: begun * 2 > filled,
    }
}

/// Chooses the columns.
pub(super) fn choose(
    layout: &Layout,
    columns: &[Column],
    choices: &Choices,
) -> Result<ChosenColumns, TraceProblem> {
    let mut chosen = ChosenColumns::default();
    choose_time_columns(layout, columns, choices, &mut chosen)?;
    if layout.log && choices.value_columns.is_empty() && choices.values.is_none() {
        chosen.values = Some(ValueKind::Row);
    } else {
        choose_value_columns(columns, choices, &mut chosen);
    }
    chosen.per_instance = chosen
        .value_columns
        .iter()
        .filter_map(|column| columns.get(*column))
        .any(|column| column.class == ColumnClass::PerInstance);
    chosen.instances = choices.instances;
    Ok(chosen)
}

/// Returns the indices that are of a column.
fn existing(indices: &[usize], columns: &[Column]) -> Vec<usize> {
    let exists = |index: &usize| *index < columns.len();
    indices.iter().copied().filter(exists).collect()
}

/// Chooses the columns of the time; `chosen` says what is open.
fn choose_time_columns(
    layout: &Layout,
    columns: &[Column],
    choices: &Choices,
    chosen: &mut ChosenColumns,
) -> Result<(), TraceProblem> {
    let chosen_columns = existing(&choices.time_columns, columns);
    if !chosen_columns.is_empty() {
        chosen.time_columns = chosen_columns;
        return Ok(());
    }
    let columns_of = |content: ColumnContent| -> Vec<usize> {
        let columns = columns.iter().enumerate();
        columns
            .filter(|(_, column)| column.content == content)
            .map(|(index, _)| index)
            .collect()
    };
    let rank = |column: usize| {
        columns
            .get(column)
            .and_then(|column| time_rank(&column.name))
    };
    let hours = || {
        let named = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| is_time_of_day_name(&column.name));
        named
            .filter(|(_, column)| column.is_number)
            .map(|(index, _)| index)
    };
    let (moments, dates) = (columns_of(Moments), columns_of(Dates));
    let mut of_day = columns_of(TimesOfDay);
    if of_day.is_empty() {
        of_day.extend(hours());
    }
    let candidates: Vec<Vec<usize>> = if !moments.is_empty() {
        moments.iter().map(|column| vec![*column]).collect()
    } else if let ([date, ..], [time]) = (&*dates, &*of_day) {
        let with = dates.iter().map(|date| vec![*date, *time]);
        if dates.len() > 1 {
            with.collect()
        } else {
            vec![vec![*date, *time]]
        }
    } else if !dates.is_empty() {
        dates.iter().map(|column| vec![*column]).collect()
    } else if !columns_of(Digits).is_empty() {
        columns_of(Digits)
            .iter()
            .map(|column| vec![*column])
            .collect()
    } else if !of_day.is_empty() {
        vec![of_day.first().copied().into_iter().collect()]
    } else {
        // A spreadsheet's numbers of days, where its name or its being the first speaks for it.
        let serials = columns_of(Serials);
        let named = serials.iter().find(|column| rank(**column).is_some());
        named
            .or(serials.iter().find(|column| **column == 0))
            .map(|column| vec![*column])
            .into_iter()
            .collect()
    };
    let ranked = |set: &Vec<usize>| {
        set.first()
            .and_then(|column| rank(*column))
            .unwrap_or(usize::MAX)
    };
    let best = candidates.iter().map(ranked).min();
    let mut fitting = candidates.iter().filter(|set| Some(ranked(set)) == best);
    match (fitting.next(), fitting.next()) {
        (Some(one), None) => chosen.time_columns.clone_from(one),
        (Some(first), Some(_)) => {
            chosen.time_columns.clone_from(first);
            chosen.time_candidates = candidates;
            chosen.time_default = true;
        }
        _ => {
            let first = layout
                .sample
                .iter()
                .flat_map(|row| &row.cells)
                .find(|cell| !cell.trim_ascii().is_empty());
            let names = (0..columns.len())
                .map(|column| layout.name(column))
                .collect();
            let first = first.map_or_else(String::new, |cell| {
                String::from_utf8_lossy(cell)
                    .trim()
                    .chars()
                    .take(80)
                    .collect()
            });
            return Err(TraceProblem::NoTimeColumn {
                columns: names,
                first,
            });
        }
    }
    Ok(())
}

/// Chooses the columns of the values, and what the values are.
fn choose_value_columns(columns: &[Column], choices: &Choices, chosen: &mut ChosenColumns) {
    if choices.values == Some(ValueKind::Row) {
        chosen.values = Some(ValueKind::Row);
        return;
    }
    let chosen_columns = existing(&choices.value_columns, columns);
    if chosen_columns.is_empty() {
        find_value_columns(columns, chosen);
    } else {
        chosen.value_columns = chosen_columns;
    }
    if chosen.value_columns.is_empty() {
        return;
    }
    let mut kinds = chosen
        .value_columns
        .iter()
        .filter_map(|column| columns.get(*column))
        .map(|column| match (column.unit, column.class) {
            (UnitFromName::Unit(values), _) => Some((values, false)),
            (
                UnitFromName::Nothing,
                ColumnClass::Demand | ColumnClass::PerInstance | ColumnClass::Errors,
            ) => Some((ValueKind::Count, false)),
            (UnitFromName::Nothing, _) => Some((ValueKind::Count, true)),
            (UnitFromName::Unclear, _) => None,
        });
    let first = kinds.next().flatten();
    let agree = kinds.all(|kind| kind.map(|(values, _)| values) == first.map(|(values, _)| values));
    match (choices.values, first) {
        (Some(values), _) => chosen.values = Some(values),
        (None, Some((values, open))) if agree => {
            chosen.values = Some(values);
            chosen.values_uncertain = open;
        }
        _ => chosen.values_uncertain = true,
    }
}

/// Returns a column of texts that should hold numbers: by its name it is a demand, or its cells begin with digits (`1.4k`). Its rows
/// are then reported as bad ones; counting rows instead would hide them.
fn numbers_in_texts(columns: &[Column], chosen: &ChosenColumns) -> Option<usize> {
    let others = columns
        .iter()
        .enumerate()
        .filter(|(index, _)| !chosen.time_columns.contains(index));
    let tried = |(_, column): &(usize, &Column)| {
        column.content == Texts
            && (column.class == ColumnClass::Demand || column.begins_with_digits)
    };
    others.clone().find(tried).map(|(index, _)| index)
}

/// Chooses the columns of values by what their names mean.
fn find_value_columns(columns: &[Column], chosen: &mut ChosenColumns) {
    let numbers: Vec<(usize, &Column)> = columns
        .iter()
        .enumerate()
        .filter(|(index, column)| {
            let is_time = match column.content {
                Moments | TimesOfDay => true,
                _ => column.is_time && time_rank(&column.name).is_some(),
            };
            column.is_number && !is_time && !chosen.time_columns.contains(index)
        })
        .collect();
    let of = |class: ColumnClass| -> Vec<usize> {
        let found = numbers.iter().filter(|(_, column)| column.class == class);
        found.map(|(index, _)| *index).collect()
    };
    let mut demand = of(ColumnClass::Demand);
    // Of the statistics of one metric the sum is its count.
    if demand.len() > 1 {
        let counted = |index: &usize| {
            columns
                .get(*index)
                .is_some_and(|column| column.name.to_ascii_lowercase().ends_with("samplecount"))
        };
        if !demand.iter().all(counted) {
            demand.retain(|index| !counted(index));
        }
    }
    let (other, per_instance) = (of(ColumnClass::Other), of(ColumnClass::PerInstance));
    let quiet = numbers
        .iter()
        .all(|(_, column)| column.class == ColumnClass::Number);
    match (&*demand, &*other, &*per_instance) {
        ([one], ..) => chosen.value_columns = vec![*one],
        ([], [one], []) => {
            chosen.value_columns = vec![*one];
            if numbers
                .iter()
                .any(|(index, column)| index != one && column.class != ColumnClass::Number)
            {
                chosen.value_candidates = numbers.iter().map(|(index, _)| vec![*index]).collect();
            }
        }
        ([], [], [one]) => chosen.value_columns = vec![*one],
        _ if numbers.is_empty() => match numbers_in_texts(columns, chosen) {
            Some(column) => chosen.value_columns = vec![column],
            None => chosen.values = Some(ValueKind::Row),
        },
        // A log of requests has none of its own: each row is one.
        ([], [], []) if quiet || columns.iter().any(|column| is_request_field(&column.name)) => {
            chosen.values = Some(ValueKind::Row);
            chosen.row_counts_possible = true;
            chosen.value_candidates = numbers.iter().map(|(index, _)| vec![*index]).collect();
        }
        _ => {
            let among = [demand, other]
                .into_iter()
                .find(|found| !found.is_empty())
                .unwrap_or_default();
            let mut sets: Vec<Vec<usize>> = among.iter().map(|column| vec![*column]).collect();
            if among.len() > 1 {
                sets.push(among.clone());
            }
            let rest = numbers
                .iter()
                .map(|(index, _)| *index)
                .filter(|index| !among.contains(index));
            sets.extend(rest.map(|column| vec![column]));
            chosen.value_candidates = sets;
            chosen.row_counts_possible = among.is_empty();
        }
    }
}
