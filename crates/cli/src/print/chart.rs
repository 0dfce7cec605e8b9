//! Demand against capacity in a few lines of a terminal.
//!
//! A column stands for many minutes and shows the tightest of them, the one with the least capacity to spare: so a shortage
//! of one minute in a year is in sight, and nothing looks short that was not.

use engine::run::Series;
use scenario::compile::Compiled;
use words::Words;

/// Lines of the picture.
const ROWS: usize = 10;
/// A cell filled from below, by eighths.
const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const SHORTAGE: char = '▒';
const CAPACITY: char = '─';

/// Draws the chart, `width` columns wide with its scale.
pub fn draw(
    series: &Series,
    compiled: &Compiled,
    words: Words,
    width: usize,
    is_coloured: bool,
) -> String {
    let pairs = series.demand_rps.iter().zip(&series.capacity_rps);
    let pairs: Vec<(f32, f32)> = pairs
        .map(|(demand, capacity)| (*demand, *capacity))
        .collect();
    let top = |(demand, capacity): &(f32, f32)| demand.max(*capacity);
    let scale = |columns: &[(f32, f32)]| columns.iter().map(top).fold(0.0_f32, f32::max);
    // What the scale says is as wide as its largest number, which is at most that of all minutes.
    let label = |rps: f32| words.value_rps(&words.significant(f64::from(rps)));
    let margin = label(scale(&pairs))
        .chars()
        .count()
        .max(label(0.0).chars().count());
    let columns = tightest(&pairs, width.saturating_sub(margin + 2).max(20));
    let highest = scale(&columns).max(f32::MIN_POSITIVE);
    let mut lines = Vec::new();
    for row in (0..ROWS).rev() {
        let label = match row {
            0 => label(0.0),
            _ if row == ROWS - 1 => label(highest),
            _ => String::new(),
        };
        let cells: Vec<char> = columns
            .iter()
            .map(|pair| cell(*pair, highest, row))
            .collect();
        let blank = margin - label.chars().count().min(margin);
        let line = format!(
            "{}{label} ┤{}",
            " ".repeat(blank),
            painted(&cells, is_coloured)
        );
        lines.push(line.trim_end().to_owned());
    }
    lines.push(times(compiled, words, margin + 2, columns.len()));
    lines.push(format!(
        "{}{} {}   {CAPACITY} {}   {SHORTAGE} {}",
        " ".repeat(margin + 2),
        '█',
        words.legend_demand(),
        words.legend_in_service(),
        if !compiled.platform.rules().has_instances {
            words.key_on_demand()
        } else {
            words.legend_waiting()
        }
    ));
    lines.join("\n")
}

/// Returns the tightest minute of each column; of equally tight ones that with the highest demand.
fn tightest(pairs: &[(f32, f32)], columns: usize) -> Vec<(f32, f32)> {
    let of_column = |column: usize| {
        let from = column * pairs.len() / columns;
        let to = ((column + 1) * pairs.len() / columns).max(from + 1);
        let spare = |(demand, capacity): &(f32, f32)| capacity - demand;
        let tight = pairs.get(from..to)?.iter();
        tight.copied().min_by(|a, b| {
            let by_spare = spare(a).total_cmp(&spare(b));
            by_spare.then(b.0.total_cmp(&a.0))
        })
    };
    (0..columns).filter_map(of_column).collect()
}

/// Returns the character in a row of a column; row 0 is the lowest.
fn cell((demand, capacity): (f32, f32), highest: f32, row: usize) -> char {
    let eighths = |rps: f32| (rps / highest * (ROWS * 8) as f32).round() as usize;
    let (demand, capacity) = (eighths(demand), eighths(capacity));
    let below = row * 8;
    let filled = demand.saturating_sub(below).min(8);
    let block = BLOCKS.get(filled).copied().unwrap_or(' ');
    if demand > capacity {
        // A shortage is seen, however small: in its uppermost cell at least.
        let is_top = filled > 0 && demand <= below + 8;
        let is_above = filled > 0 && capacity <= below + 4;
        if is_above || is_top { SHORTAGE } else { block }
    } else if filled == 0 && capacity > below && capacity <= below + 8 {
        CAPACITY
    } else {
        block
    }
}

/// Returns a line, its shortages red and its capacity green.
fn painted(cells: &[char], is_coloured: bool) -> String {
    if !is_coloured {
        return cells.iter().collect();
    }
    let colour = |cell: char| match cell {
        SHORTAGE => "\x1b[31m",
        CAPACITY => "\x1b[32m",
        _ => "\x1b[34m",
    };
    let mut line = String::new();
    for run in cells.chunk_by(|a, b| colour(*a) == colour(*b)) {
        line.push_str(run.first().map_or("", |cell| colour(*cell)));
        line.extend(run);
    }
    line + "\x1b[0m"
}

/// Returns the axis of time: its start, middle and end below their columns.
fn times(compiled: &Compiled, words: Words, margin: usize, columns: usize) -> String {
    let length_s = f64::from(compiled.plan.length_s);
    let at = |share: f64| words.date_time(compiled.clock.local(length_s * share));
    let (from, middle, to) = (at(0.0), at(0.5), at(1.0));
    let wide = |text: &str| unicode_width::UnicodeWidthStr::width(text);
    let (half, used) = (columns / 2, wide(&from) + wide(&to) + 4);
    let mut line = " ".repeat(margin) + &from;
    if columns > used + wide(&middle) {
        let gap = half.saturating_sub(wide(&middle) / 2 + wide(&from));
        line = line + &" ".repeat(gap) + &middle;
    }
    let gap = (margin + columns)
        .saturating_sub(wide(&line) + wide(&to))
        .max(2);
    line + &" ".repeat(gap) + &to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_shows_its_tightest_minute() {
        let pairs = [(1.0, 5.0), (6.0, 5.0), (2.0, 3.0), (4.0, 5.0)];
        assert_eq!(tightest(&pairs, 2), [(6.0, 5.0), (4.0, 5.0)]);
        assert_eq!(tightest(&pairs, 1), [(6.0, 5.0)]);
        // Fewer minutes than columns: each is several columns wide.
        assert_eq!(tightest(&pairs[..1], 3), [(1.0, 5.0); 3]);
        assert_eq!(tightest(&[], 3), []);
    }

    #[test]
    fn cells_show_demand_capacity_and_shortage() {
        let column = |demand: f32, capacity: f32| -> String {
            let rows = (0..ROWS).map(|row| cell((demand, capacity), 10.0, row));
            rows.collect::<String>().trim_end().to_owned()
        };
        for (demand, capacity, expect) in [
            (0.0, 0.0, ""),
            (3.0, 3.0, "███"),
            (2.5, 10.0, "██▄      ─"),
            (2.5, 2.9, "██▄"),
            (10.0, 4.0, "████▒▒▒▒▒▒"),
            (5.0, 4.9, "████▒"),
            (0.0, 0.1, "─"),
        ] {
            assert_eq!(column(demand, capacity), expect, "{demand} of {capacity}");
        }
    }

    #[test]
    fn colours_change_where_the_meaning_does() {
        let cells: Vec<char> = "█▒▒─".chars().collect();
        assert_eq!(painted(&cells, false), "█▒▒─");
        assert_eq!(painted(&cells, true), "\x1b[34m█\x1b[31m▒▒\x1b[32m─\x1b[0m");
    }
}
