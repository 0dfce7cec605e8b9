//! The little picture of demand in its card: the highest and lowest rate of each column, as one SVG path.

use engine::demand::Node;
use yew::prelude::*;

/// Columns of the picture.
const WIDTH: usize = 150;
/// Height in the picture's own units.
const HEIGHT: f64 = 40.0;

/// Returns demand at a glance, by its [`outline`]; `label` says it in words, where nothing beside it does.
pub fn sparkline(line: &str, label: Option<String>) -> Html {
    let hidden = label.is_none().then_some("true");
    html! {
        <svg class="spark" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} preserveAspectRatio="none"
            role={label.is_some().then_some("img")} aria-hidden={hidden} aria-label={label}>
            <path class="area" d={format!("M0 {HEIGHT}{line}L{WIDTH} {HEIGHT}Z")} />
            <path class="line" d={line.replacen('L', "M", 1)} />
        </svg>
    }
}

/// Returns the path's points: each column's extremes in the order in which they come.
pub fn outline(nodes: &[Node]) -> String {
    let length_s = nodes.last().map_or(0.0, |node| node.at_s).max(1.0);
    let top = nodes
        .iter()
        .fold(0.0, |top: f64, node| top.max(node.rps))
        .max(1e-9);
    let y = |rps: f64| (HEIGHT - 1.0) * (1.0 - rps / top) + 0.5;
    let mut path = String::new();
    let mut rest = nodes.iter().peekable();
    let mut last = nodes.first().map_or(0.0, |node| node.rps);
    for column in 0..WIDTH {
        let until_s = length_s * (column + 1) as f64 / WIDTH as f64;
        let (mut low, mut high, mut rising) = (last, last, true);
        let mut before = Node {
            at_s: length_s * column as f64 / WIDTH as f64,
            rps: last,
        };
        while let Some(node) = rest.next_if(|node| node.at_s <= until_s) {
            rising = node.rps >= last;
            low = low.min(node.rps);
            high = high.max(node.rps);
            last = node.rps;
            before = *node;
        }
        // The line goes on to the next node; the column ends somewhere on it.
        if let Some(next) = rest.peek()
            && next.at_s > before.at_s
        {
            last = before.rps
                + (next.rps - before.rps) * (until_s - before.at_s) / (next.at_s - before.at_s);
            low = low.min(last);
            high = high.max(last);
        }
        let (first, second) = if rising { (low, high) } else { (high, low) };
        path.push('L');
        tenths(&mut path, column as u32 * 10 + 5);
        path.push(' ');
        tenths(&mut path, (y(first) * 10.0 + 0.5) as u32);
        if high - low > top * 0.02 {
            path.push('V');
            tenths(&mut path, (y(second) * 10.0 + 0.5) as u32);
        }
    }
    path
}

/// Adds a number of tenths.
fn tenths(path: &mut String, tenths: u32) {
    path.push_str(&(tenths / 10).to_string());
    path.push('.');
    path.push(char::from(b'0' + (tenths % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(at_s: f64, rps: f64) -> Node {
        Node { at_s, rps }
    }

    #[test]
    fn a_spike_narrower_than_a_column_is_seen() {
        let path = outline(&[
            node(0.0, 10.0),
            node(43_200.0, 10.0),
            node(43_201.0, 100.0),
            node(43_202.0, 10.0),
            node(86_400.0, 10.0),
        ]);
        assert!(path.contains("V0.5") || path.contains(" 0.5"), "{path}");
        assert_eq!(path.matches('L').count(), WIDTH);
    }

    #[test]
    fn a_ramp_rises_steadily() {
        let path = outline(&[node(0.0, 0.0), node(3600.0, 100.0)]);
        let heights: Vec<f64> = path
            .split(['L', 'V'])
            .filter_map(|point| point.split(' ').next_back()?.parse().ok())
            .collect();
        assert!(
            heights.windows(2).all(|pair| pair[1] <= pair[0]),
            "{heights:?}"
        );
        assert!(heights[0] > 38.0 && heights[heights.len() - 1] < 1.0);
    }

    #[test]
    fn no_demand_is_a_flat_line() {
        assert!(!outline(&[]).contains("NaN"));
        assert!(!outline(&[node(0.0, 0.0), node(3600.0, 0.0)]).contains("NaN"));
    }
}
