//! `--sweep path=a..b:step`: the values of each axis, and the grid that several make. Bounded, whatever is typed.

use std::str::FromStr;

use serde_json::Value;

use crate::{
    failure::Failure,
    set::{Path, Setting, value_of},
};

/// Most points of a grid, and so most values of an axis.
pub const MOST_POINTS: usize = 10_000;

/// A field and all the values it is to take.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    pub path: Path,
    values: Vec<Value>,
}

impl FromStr for Axis {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (path, values) = text
            .split_once('=')
            .ok_or("write it as path=a..b:step, such as load_test.max_rps=20..60:5")?;
        let values = match values.split_once("..") {
            Some((from, rest)) => {
                let (to, step) = rest.split_once(':').unwrap_or((rest, "1"));
                range(from, to, step)?
            }
            // A list, an object or a text in JSON may hold commas of its own.
            None if values.starts_with(['[', '{', '"']) => vec![value_of(values)],
            None => values.split(',').map(value_of).collect(),
        };
        Ok(Self {
            path: path.parse()?,
            values,
        })
    }
}

/// Returns the values from one number to another, the last included where the steps meet it.
fn range(from: &str, to: &str, step: &str) -> Result<Vec<Value>, String> {
    let number = |text: &str| {
        let number: Option<f64> = text.trim().parse().ok();
        number
            .filter(|number| number.is_finite())
            .ok_or_else(|| format!("“{text}” is no number; write a range such as 2..10:0.5"))
    };
    let (first, last, by) = (number(from)?, number(to)?, number(step)?);
    let steps = (last - first) / by;
    if !steps.is_finite() || steps < 0.0 {
        return Err(format!(
            "no steps of {step} lead from {from} to {to}; write a range such as 2..10:0.5"
        ));
    }
    if steps >= MOST_POINTS as f64 {
        return Err(format!(
            "{from}..{to}:{step} has more than {MOST_POINTS} values; take longer steps"
        ));
    }
    // Decimal steps give decimal values: 0.3, not 0.30000000000000004.
    let decimals = |text: &str| {
        text.trim()
            .split_once('.')
            .map_or(0, |(_, digits)| digits.len())
    };
    let decimals = decimals(from).max(decimals(step)).min(12);
    let count = (steps + 1e-9).floor() as usize;
    let value = |index: usize| format!("{:.decimals$}", first + by * index as f64);
    Ok((0..=count).map(|index| value_of(&value(index))).collect())
}

/// Every combination of the values of several axes; the last axis runs fastest.
#[derive(Clone, Debug)]
pub struct Grid {
    axes: Vec<Axis>,
    points: usize,
}

impl Grid {
    /// Spans the grid.
    ///
    /// # Errors
    /// If it has more than [`MOST_POINTS`], or an axis twice.
    pub fn new(axes: &[Axis]) -> Result<Self, Failure> {
        for (index, axis) in axes.iter().enumerate() {
            if axes.iter().take(index).any(|other| other.path == axis.path) {
                return Err(Failure::Usage(format!(
                    "--sweep has “{}” more than once. Give each field all its values at once.",
                    axis.path.text
                )));
            }
        }
        let count = |points: usize, axis: &Axis| points.checked_mul(axis.values.len());
        let points = axes.iter().try_fold(1, count).unwrap_or(usize::MAX);
        if points > MOST_POINTS {
            return Err(Failure::Usage(format!(
                "--sweep spans more than {MOST_POINTS} points. Take longer steps, or fewer fields at once."
            )));
        }
        Ok(Self {
            axes: axes.to_vec(),
            points,
        })
    }

    pub fn len(&self) -> usize {
        self.points
    }

    /// Returns the fields, as they were typed.
    pub fn names(&self) -> Vec<String> {
        self.axes
            .iter()
            .map(|axis| axis.path.text.clone())
            .collect()
    }

    /// Returns the settings of a point, in the order of the axes.
    pub fn point(&self, index: usize) -> Vec<Setting> {
        let mut rest = index;
        let mut settings: Vec<Setting> = (self.axes.iter().rev())
            .filter_map(|axis| {
                let count = axis.values.len().max(1);
                let value = axis.values.get(rest % count)?.clone();
                rest /= count;
                Some(Setting {
                    path: axis.path.clone(),
                    value,
                })
            })
            .collect();
        settings.reverse();
        settings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_those_a_person_would_write() {
        for (text, values) in [
            ("a=1..3", json!([1, 2, 3])),
            ("a=0.1..0.5:0.1", json!([0.1, 0.2, 0.3, 0.4, 0.5])),
            ("a=10..0:-5", json!([10, 5, 0])),
            ("a=1..2:0.4", json!([1.0, 1.4, 1.8])),
            ("a=-1..1", json!([-1, 0, 1])),
            ("a=5..5", json!([5])),
            ("a=1,2.5,x", json!([1, 2.5, "x"])),
            (
                "a=ml.c5.large,ml.m5.large",
                json!(["ml.c5.large", "ml.m5.large"]),
            ),
            ("a=[1,2]", json!([[1, 2]])),
            ("a=true", json!([true])),
        ] {
            let axis: Axis = text.parse().unwrap();
            assert_eq!(json!(axis.values), values, "{text}");
        }
        for text in [
            "a",
            "a=1..x",
            "a=1..2:0",
            "a=2..1",
            "a=1..2:-1",
            "a=0..1e9",
            "a=0..inf",
            "a=nan..1",
            "a=0..10000",
            "=1..2",
        ] {
            assert!(text.parse::<Axis>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_grid_has_every_combination() {
        let axes = ["a=1..2", "b=x,y,z"].map(|text| text.parse().unwrap());
        let grid = Grid::new(&axes).unwrap();
        assert_eq!(
            (grid.len(), grid.names()),
            (6, vec!["a".into(), "b".into()])
        );
        let points: Vec<Vec<Value>> = (0..grid.len())
            .map(|index| grid.point(index).into_iter().map(|set| set.value).collect())
            .collect();
        assert_eq!(
            json!(points),
            json!([[1, "x"], [1, "y"], [1, "z"], [2, "x"], [2, "y"], [2, "z"]])
        );
        let twice = ["a=1", "a=2"].map(|text| text.parse().unwrap());
        assert!(matches!(Grid::new(&twice), Err(Failure::Usage(_))));
        let large: Vec<Axis> = (0..64)
            .map(|n| format!("a{n}=1..2").parse().unwrap())
            .collect();
        assert!(matches!(Grid::new(&large), Err(Failure::Usage(_))));
        let most = ["a=1..100", "b=1..100"].map(|text| text.parse().unwrap());
        assert_eq!(Grid::new(&most).unwrap().len(), MOST_POINTS);
    }
}
