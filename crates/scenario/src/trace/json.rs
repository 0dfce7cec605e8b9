//! JSON as monitoring systems give it, as a table: CloudWatch's `get-metric-data` and `get-metric-statistics`, Prometheus's
//! ranges, lists of objects or of rows, lists by name, lines of objects.
//!
//! It reads an item at a time; only CloudWatch's lists of a metric and columns by name are whole in memory, within
//! [`MOST_JSON_BYTES`].

use engine::sort_by_integer;
use serde_json::{Map, Value};

use super::{
    MOST_COLUMNS, MOST_JSON_BYTES, Shape, TraceProblem,
    table::{Table, write_cell},
    times::{CellKind, cell_kind},
};

/// Returns whether text that begins with a brace or bracket is meant as JSON: a log's line may begin with a bracket, too.
pub(super) fn is_meant(text: &[u8]) -> bool {
    let next = text.get(1..).unwrap_or_default().trim_ascii_start();
    match text {
        [b'{', ..] => matches!(next, [b'"' | b'}', ..]),
        _ => matches!(next, [b'{' | b'[' | b']' | b'"', ..]),
    }
}

/// Returns the table in a JSON text.
pub(super) fn table(text: &[u8]) -> Result<Table, TraceProblem> {
    if let Some(table) = lines(text)? {
        return Ok(table);
    }
    if text.len() > MOST_JSON_BYTES {
        return Err(TraceProblem::JsonTooLarge);
    }
    let root: Value = serde_json::from_slice(text).map_err(|error| TraceProblem::NotJson {
        line: error.line() as u64,
    })?;
    let mut out = Grid::default();
    let shape = out.fill(root);
    Ok(out.finish(shape))
}

/// Returns the table in a text of objects, one a line; `None` where it is none.
fn lines(text: &[u8]) -> Result<Option<Table>, TraceProblem> {
    let all = || text.split(|byte| *byte == b'\n').zip(1..);
    let filled = || all().filter(|(line, _)| !line.trim_ascii().is_empty());
    let is_whole = |line: &[u8]| serde_json::from_slice::<Map<String, Value>>(line).is_ok();
    if filled().count() < 2 || !filled().take(2).all(|(line, _)| is_whole(line)) {
        return Ok(None);
    }
    let mut grid = Grid::default();
    for (line, number) in all() {
        // An empty line, and one that is no object, is an empty row: lines keep their numbers.
        match serde_json::from_slice::<Map<String, Value>>(line) {
            Ok(object) => grid.object(object),
            Err(error) if !line.trim_ascii().is_empty() && !error.is_eof() => {
                return Err(TraceProblem::NotJson { line: number });
            }
            Err(_) => grid.rows.push(Vec::new()),
        }
    }
    Ok(Some(grid.finish(Shape::Json)))
}

/// Rows of cells under names, as they are found.
#[derive(Default)]
struct Grid {
    names: Vec<String>,
    rows: Vec<Vec<(usize, String)>>,
}

impl Grid {
    /// Adds the rows of whatever a text holds.
    fn fill(&mut self, root: Value) -> Shape {
        match root {
            Value::Object(mut object) => {
                if let Some(Value::Array(results)) = object.remove("MetricDataResults") {
                    self.series(&results, &["Label", "Id"]);
                    return Shape::CloudWatch;
                }
                if let Some(Value::Array(points)) = object.remove("Datapoints") {
                    let label = object
                        .get("Label")
                        .and_then(Value::as_str)
                        .unwrap_or_default();
                    self.datapoints(label, points);
                    return Shape::CloudWatch;
                }
                self.nested(object);
            }
            Value::Array(list) => self.list(list),
            _ => {}
        }
        Shape::Json
    }

    /// Adds the rows of an object that holds the table somewhere, or is it.
    fn nested(&mut self, object: Map<String, Value>) {
        let scalars = |list: &[Value]| !list.iter().any(|item| item.is_object() || item.is_array());
        let columns = object.values().filter_map(Value::as_array);
        if columns.clone().count() >= 2 && columns.clone().all(|list| scalars(list)) {
            // Lists by name: {"time": […], "requests": […]}.
            for (name, values) in object {
                if let Value::Array(values) = values {
                    let column = self.column(&name);
                    for (row, value) in values.into_iter().enumerate() {
                        if self.rows.len() <= row {
                            self.rows.resize_with(row + 1, Vec::new);
                        }
                        if let (Some(column), Some(row)) = (column, self.rows.get_mut(row)) {
                            row.push((column, text(&value)));
                        }
                    }
                }
            }
            return;
        }
        let lists = object
            .values()
            .any(|value| matches!(value, Value::Array(list) if !list.is_empty()));
        let scalar = |value: &Value| value.is_number() || value.is_string();
        if !lists && object.len() >= 2 && object.values().all(scalar) {
            let keys_are_times = object
                .keys()
                .filter(|key| cell_kind(key.as_bytes()) != CellKind::None);
            if keys_are_times.count() * 2 > object.len() {
                // {"2026-06-01T10:00": 600, …}
                let (time, value) = (self.column("time"), self.column("value"));
                for (key, cell) in object {
                    let row = [(time, key), (value, text(&cell))];
                    let row = row
                        .into_iter()
                        .filter_map(|(column, cell)| Some((column?, cell)));
                    self.rows.push(row.collect());
                }
                return;
            }
        }
        // The first list of objects or rows, wherever it stands.
        let mut objects = Vec::new();
        for value in object.values() {
            match value {
                Value::Array(list)
                    if list.iter().any(|item| item.is_object() || item.is_array()) =>
                {
                    self.list(list.clone());
                    return;
                }
                Value::Object(inner) => objects.push(inner.clone()),
                _ => {}
            }
        }
        let holder = objects.into_iter().find(|inner| {
            inner.len() > 1
                || inner
                    .values()
                    .any(|value| value.is_array() || value.is_object())
        });
        match holder {
            Some(inner) => self.nested(inner),
            None => self.object(object),
        }
    }

    /// Adds the rows of a list of objects, of rows, or of Prometheus's series.
    fn list(&mut self, list: Vec<Value>) {
        let is_series = |item: &Value| {
            item.get("values").is_some_and(Value::is_array) && item.get("metric").is_some()
        };
        if list.iter().any(is_series) {
            self.prometheus(list);
            return;
        }
        if list
            .iter()
            .any(|item| item.get("Timestamps").is_some_and(Value::is_array))
        {
            self.series(&list, &["Label", "Id"]);
            return;
        }
        if list.len() == 1
            && let Some(Value::Object(only)) = list.first()
            && only.values().any(Value::is_array)
        {
            self.nested(only.clone());
            return;
        }
        for item in list {
            match item {
                Value::Object(object) => self.object(object),
                // CloudWatch Logs Insights: a list of fields and values for each row.
                Value::Array(cells) if cells.iter().all(|cell| cell.get("field").is_some()) => {
                    let field = |cell: &Value| {
                        Some((
                            cell.get("field")?.as_str()?.to_owned(),
                            cell.get("value")?.clone(),
                        ))
                    };
                    let mut row = Map::new();
                    row.extend(cells.iter().filter_map(field));
                    self.object(row);
                }
                Value::Array(cells) => {
                    let row = cells.iter().enumerate();
                    let row = row.filter_map(|(index, cell)| {
                        Some((self.column(&format!("{}", index + 1))?, text(cell)))
                    });
                    let row = row.collect();
                    self.rows.push(row);
                }
                other => {
                    // A list of times alone: a request each.
                    let cell = self.column("time").map(|column| (column, text(&other)));
                    self.rows.push(cell.into_iter().collect());
                }
            }
        }
    }

    /// Adds an object as a row. What lies deeper has its path for a name.
    fn object(&mut self, object: Map<String, Value>) {
        let mut row = Vec::new();
        self.flatten("", object, &mut row, 0);
        self.rows.push(row);
    }

    fn flatten(
        &mut self,
        path: &str,
        object: Map<String, Value>,
        row: &mut Vec<(usize, String)>,
        depth: usize,
    ) {
        for (name, value) in object {
            let name = if path.is_empty() {
                name
            } else {
                format!("{path}.{name}")
            };
            match value {
                Value::Object(inner) if depth < 4 => self.flatten(&name, inner, row, depth + 1),
                Value::Object(_) | Value::Array(_) => {}
                value => {
                    if let Some(column) = self.column(&name) {
                        row.push((column, text(&value)));
                    }
                }
            }
        }
    }

    /// `get-metric-data`: a list of times and one of values for each metric, in any order.
    fn series(&mut self, results: &[Value], names: &[&str]) {
        let time = self.column("Timestamp");
        // The row of each time: a map of the type that JSON comes in, as each other type makes the program larger.
        let mut places: Map<String, Value> = Map::new();
        let mut rows: Vec<Vec<(usize, String)>> = Vec::new();
        for result in results {
            let label = names.iter().find_map(|name| result.get(*name)?.as_str());
            let name = label.filter(|name| !name.is_empty()).unwrap_or("value");
            let taken = self.names.iter().any(|known| known == name);
            let id = result.get("Id").and_then(Value::as_str).unwrap_or_default();
            // Several results of one label are pages of it, where they have one id.
            let same = |other: &&Value| {
                other.get("Label") == result.get("Label") && other.get("Id") != result.get("Id")
            };
            let several = taken && results.iter().any(|other| same(&other));
            let column = self.column(&if several {
                format!("{name} ({id})")
            } else {
                name.to_owned()
            });
            let (Some(column), Some(times), Some(values)) = (
                column,
                result.get("Timestamps").and_then(Value::as_array),
                result.get("Values").and_then(Value::as_array),
            ) else {
                continue;
            };
            for (at, value) in times.iter().zip(values) {
                let place = places
                    .entry(text(at))
                    .or_insert_with(|| rows.len().into())
                    .as_u64();
                let place = place.map_or(rows.len(), |place| place as usize);
                if place == rows.len() {
                    rows.push(Vec::new());
                }
                if let Some(row) = rows.get_mut(place) {
                    row.push((column, text(value)));
                }
            }
        }
        if let Some(time) = time {
            self.rows.extend(places.into_iter().map(|(at, place)| {
                let place = place.as_u64().map(|place| place as usize);
                let row = place.and_then(|place| rows.get_mut(place));
                let mut row = row.map(std::mem::take).unwrap_or_default();
                row.push((time, at));
                row
            }));
        }
    }

    /// `get-metric-statistics`: an object for each time, with the statistics that were asked for.
    fn datapoints(&mut self, label: &str, points: Vec<Value>) {
        for point in points {
            let Value::Object(point) = point else {
                continue;
            };
            let unit = point
                .get("Unit")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned();
            let mut row = Vec::new();
            for (name, value) in point {
                let column = match name.as_str() {
                    "Timestamp" => self.column("Timestamp"),
                    "Unit" => None,
                    _ if unit.contains('/') => self.column(&format!("{label} {name} ({unit})")),
                    _ => self.column(&format!("{label} {name}")),
                };
                if let (Some(column), true) = (column, !value.is_object()) {
                    row.push((column, text(&value)));
                }
            }
            self.rows.push(row);
        }
    }

    /// Prometheus's `query_range`: `[time, "value"]` for each series.
    fn prometheus(&mut self, list: Vec<Value>) {
        let results: Vec<Value> = list
            .into_iter()
            .map(|series| {
                let metric = series.get("metric").and_then(Value::as_object);
                let named = metric.map(|labels| {
                    let name = labels
                        .get("__name__")
                        .and_then(Value::as_str)
                        .unwrap_or_default();
                    let others = labels.iter().filter(|(label, _)| *label != "__name__");
                    let others: Vec<String> = others
                        .map(|(label, value)| format!("{label}={}", text(value)))
                        .collect();
                    if others.is_empty() {
                        name.to_owned()
                    } else {
                        format!("{name} {}", others.join(" "))
                    }
                });
                let pairs = series.get("values").and_then(Value::as_array);
                let part = |index: usize| -> Vec<Value> {
                    let pairs = pairs.into_iter().flatten();
                    pairs.filter_map(|pair| pair.get(index).cloned()).collect()
                };
                let mut result = Map::new();
                result.insert("Label".to_owned(), Value::from(named.unwrap_or_default()));
                result.insert("Timestamps".to_owned(), Value::from(part(0)));
                result.insert("Values".to_owned(), Value::from(part(1)));
                Value::Object(result)
            })
            .collect();
        self.series(&results, &["Label"]);
    }

    /// Returns the index of a column, adding it if it is new; `None` where there are too many.
    fn column(&mut self, name: &str) -> Option<usize> {
        let known = self.names.iter().position(|known| known == name);
        known.or_else(|| {
            let index = self.names.len();
            (index < MOST_COLUMNS).then(|| {
                self.names.push(name.chars().take(200).collect());
                index
            })
        })
    }

    fn finish(self, shape: Shape) -> Table {
        let mut out = Vec::new();
        for (index, name) in self.names.iter().enumerate() {
            if index > 0 {
                out.push(b'\t');
            }
            write_cell(&mut out, name.as_bytes());
        }
        out.push(b'\n');
        for mut row in self.rows {
            sort_by_integer(&mut row, |(column, _)| *column as i64);
            let mut index = 0;
            for (column, cell) in row {
                while index < column {
                    out.push(b'\t');
                    index += 1;
                }
                write_cell(&mut out, cell.as_bytes());
            }
            out.push(b'\n');
        }
        Table {
            text: out,
            shape,
            first_line: 1,
            rows_per_line: 1,
        }
    }
}

/// Returns a scalar as it would stand in a cell.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
