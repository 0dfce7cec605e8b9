//! Fewer corners for a path that looks the same: in each column of device pixels the first, lowest, highest and last,
//! and on a level stretch its ends. Each corner that is left out is one call less from WebAssembly to the canvas.

/// A corner, in the backend's units.
pub type Corner = (i32, i32);

/// What a column of pixels holds of a path.
#[derive(Clone, Copy)]
struct Column {
    at: i32,
    first: Corner,
    low: Corner,
    high: Corner,
    last: Corner,
    /// Whether the lowest corner came before the highest.
    low_first: bool,
}

impl Column {
    fn new(at: i32, corner: Corner) -> Self {
        Self {
            at,
            first: corner,
            low: corner,
            high: corner,
            last: corner,
            low_first: true,
        }
    }

    fn add(&mut self, corner: Corner) {
        if corner.1 < self.low.1 {
            self.low = corner;
            self.low_first = false;
        }
        if corner.1 > self.high.1 {
            self.high = corner;
            self.low_first = true;
        }
        self.last = corner;
    }
}

/// Takes corners in, and gives those on that matter.
pub struct Thin<F: FnMut(Corner)> {
    give: F,
    column_units: i32,
    column: Option<Column>,
    /// Whether the path came into the column from further away than the one beside it.
    from_afar: bool,
    given: Option<Corner>,
    held: Option<Corner>,
}

impl<F: FnMut(Corner)> Thin<F> {
    /// For columns of so many units.
    pub fn new(column_units: i32, give: F) -> Self {
        Self {
            give,
            column_units: column_units.max(1),
            column: None,
            from_afar: true,
            given: None,
            held: None,
        }
    }

    /// Takes the next corner.
    pub fn take(&mut self, corner: Corner) {
        let at = corner.0.div_euclid(self.column_units);
        match &mut self.column {
            Some(column) if column.at == at => column.add(corner),
            _ => {
                let far = self.column.is_none_or(|column| (at - column.at).abs() > 1);
                self.close(far);
                self.from_afar = far;
                self.column = Some(Column::new(at, corner));
            }
        }
    }

    /// The path is over.
    pub fn end(mut self) {
        self.close(true);
        if let Some(held) = self.held {
            (self.give)(held);
        }
    }

    /// Gives on what matters of the column; what is next may be far away.
    fn close(&mut self, far: bool) {
        let Some(column) = self.column.take() else {
            return;
        };
        if self.from_afar {
            self.pass(column.first);
        }
        let (one, other) = if column.low_first {
            (column.low, column.high)
        } else {
            (column.high, column.low)
        };
        self.pass(one);
        self.pass(other);
        if far {
            self.pass(column.last);
        }
    }

    /// Holds a corner back until it is known whether the path goes on level.
    fn pass(&mut self, corner: Corner) {
        let Some(held) = self.held.replace(corner) else {
            return;
        };
        let level = |a: Corner, b: Corner| a.1 == b.1;
        let goes_on = self.given.is_some_and(|given| {
            level(given, held) && level(held, corner) && given.0 <= held.0 && held.0 <= corner.0
        });
        if held != corner && !goes_on {
            (self.give)(held);
            self.given = Some(held);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thinned(path: &[Corner]) -> Vec<Corner> {
        let mut out = Vec::new();
        let mut thin = Thin::new(16, |corner| out.push(corner));
        for corner in path {
            thin.take(*corner);
        }
        thin.end();
        out
    }

    #[test]
    fn what_matters_of_a_path_stays() {
        for (what, path, expected) in [
            ("nothing", &[][..], &[][..]),
            ("a dot", &[(5, 5), (6, 5)], &[(5, 5), (6, 5)]),
            (
                "a level line",
                &[(0, 7), (100, 7), (200, 7), (300, 7)],
                &[(0, 7), (300, 7)],
            ),
            (
                "steps",
                &[(0, 9), (100, 9), (100, 3), (200, 3)],
                &[(0, 9), (100, 9), (100, 3), (200, 3)],
            ),
            (
                "a peak within a pixel, and back",
                &[(0, 9), (100, 9), (101, 1), (103, 1), (103, 9), (200, 9)],
                &[(0, 9), (100, 9), (101, 1), (103, 9), (200, 9)],
            ),
            (
                "noise: the extremes of each pixel, in their order",
                &[(0, 5), (16, 4), (18, 9), (20, 1), (22, 6), (33, 5), (48, 7)],
                &[(0, 5), (18, 9), (20, 1), (33, 5), (48, 7)],
            ),
        ] {
            assert_eq!(thinned(path), expected, "{what}");
        }
    }

    #[test]
    fn no_pixel_loses_an_extreme() {
        let path: Vec<Corner> = (0..2000).map(|i| (i * 3, i * 7919 % 1013)).collect();
        let out = thinned(&path);
        assert!(out.len() < path.len() / 2, "{} corners", out.len());
        for column in 0..2000 * 3 / 16 {
            let range = |of: &[Corner]| {
                let ys = of.iter().filter(|c| c.0.div_euclid(16) == column);
                let ys: Vec<i32> = ys.map(|c| c.1).collect();
                (ys.iter().min().copied(), ys.iter().max().copied())
            };
            assert_eq!(range(&path), range(&out), "column {column}");
        }
        assert_eq!((out.first(), out.last()), (path.first(), path.last()));
    }
}
