//! Minutes over which demand is one straight line, as it is over most: several of them at once.
//!
//! Each function is compiled twice, for processors with AVX2 and for all others; which one runs is decided when the program runs.
//! The results are the same bit by bit.

use super::{
    Node,
    walk::{MINUTE_S, Walk},
};
use multiversion::multiversion;

/// Nodes looked at together.
const BLOCK_NODES: usize = 8;

/// Writes the sums of minutes, given the rates at which they begin and end.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn walk(
    starts: &[f64],
    ends: &[f64],
    requests: &mut [f64],
    squares: &mut [f64],
    highest_rps: &mut [f64],
) {
    let lines = starts.iter().zip(ends);
    let columns = requests.iter_mut().zip(squares).zip(highest_rps);
    for ((&from_rps, &to_rps), ((requests, squares), highest_rps)) in lines.zip(columns) {
        let walk = Walk::over_a_minute(from_rps, to_rps);
        (*requests, *squares, *highest_rps) = (walk.requests, walk.squares, walk.highest_rps);
    }
}

/// Writes the rates of a line at the ends of the minutes after `at_s`.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn rates_of_line(rates: &mut [f64], start: Node, end: Node, at_s: f64) {
    for (nth, rate) in (1..).zip(rates) {
        *rate = rate_at(start, end, at_s + f64::from(nth) * MINUTE_S);
    }
}

/// Writes the rates at which minutes without jumps begin: the first at `from_rps`, each later one where the one before ends.
/// There are as many as `ends`.
#[inline]
pub(super) fn starts_of(starts: &mut [f64], from_rps: f64, ends: &[f64]) {
    let rates = core::iter::once(&from_rps).chain(ends);
    for (start, rate) in starts.iter_mut().zip(rates.take(ends.len())) {
        *start = *rate;
    }
}

/// Returns the rate of a line, computed from the line's start, so that rounding does not add up over a long line.
#[inline]
pub(super) fn rate_at(start: Node, end: Node, at_s: f64) -> f64 {
    let share = (at_s - start.at_s) / (end.at_s - start.at_s);
    start.rps + (end.rps - start.rps) * share
}

/// Writes the rates of nodes as long as each lies at the end of the next minute after `at_s`. Returns how many.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn rates_of_nodes(rates: &mut [f64], nodes: &[Node], mut at_s: f64) -> usize {
    let mut found = 0;
    for (rates, nodes) in rates
        .chunks_exact_mut(BLOCK_NODES)
        .zip(nodes.chunks_exact(BLOCK_NODES))
    {
        let mut are_minutes = true;
        for (nth, (rate, node)) in (1..).zip(rates.iter_mut().zip(nodes)) {
            are_minutes &= node.at_s == at_s + f64::from(nth) * MINUTE_S;
            *rate = node.rps;
        }
        if !are_minutes {
            break;
        }
        at_s += BLOCK_NODES as f64 * MINUTE_S;
        found += BLOCK_NODES;
    }
    let rest = rates.iter_mut().zip(nodes).skip(found);
    for (rate, node) in rest {
        at_s += MINUTE_S;
        if node.at_s != at_s {
            break;
        }
        *rate = node.rps;
        found += 1;
    }
    found
}

/// Writes the rates of minutes that each begin with a jump, as long as there are two nodes for each: one at its start, one at its
/// end. Returns how many minutes.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn rates_of_jumps(
    starts: &mut [f64],
    ends: &mut [f64],
    nodes: &[Node],
    mut at_s: f64,
) -> usize {
    let mut found = 0;
    let rates = starts
        .chunks_exact_mut(BLOCK_NODES)
        .zip(ends.chunks_exact_mut(BLOCK_NODES));
    for ((starts, ends), nodes) in rates.zip(nodes.chunks_exact(2 * BLOCK_NODES)) {
        let mut are_minutes = true;
        let pairs = nodes.chunks_exact(2);
        for (nth, ((start, end), pair)) in (0..).zip(starts.iter_mut().zip(ends).zip(pairs)) {
            let [jump, last] = pair else { continue };
            are_minutes &= jump.at_s == at_s + f64::from(nth) * MINUTE_S;
            are_minutes &= last.at_s == at_s + f64::from(nth + 1) * MINUTE_S;
            (*start, *end) = (jump.rps, last.rps);
        }
        if !are_minutes {
            break;
        }
        at_s += BLOCK_NODES as f64 * MINUTE_S;
        found += BLOCK_NODES;
    }
    let rates = starts.iter_mut().zip(ends).skip(found);
    for ((start, end), pair) in rates.zip(nodes.chunks_exact(2).skip(found)) {
        let [jump, last] = pair else { break };
        if jump.at_s != at_s || last.at_s != at_s + MINUTE_S {
            break;
        }
        at_s += MINUTE_S;
        (*start, *end) = (jump.rps, last.rps);
        found += 1;
    }
    found
}
