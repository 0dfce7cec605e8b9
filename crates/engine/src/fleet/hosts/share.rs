//! Shares copies out over instances, the highest rank first. What ranks high is decided by the caller.

use super::Host;
use std::collections::BinaryHeap;

/// A moment. The sooner it is, the higher it ranks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SoonerFirst(pub f64);

impl Eq for SoonerFirst {}

impl Ord for SoonerFirst {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        other.0.total_cmp(&self.0)
    }
}

impl PartialOrd for SoonerFirst {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Shares copies out over instances, each of which has room for `most` and holds some, the highest rank first: one by one if
/// `evenly`, else as many at once as fit. Returns the indices of instances and how many copies each gets, as far as there is
/// room.
pub(super) fn share_out<'a, R: Ord>(
    loads: impl Iterator<Item = (&'a Host, u32)>,
    copies: u32,
    most: u32,
    evenly: bool,
    rank: impl Fn(usize, &Host, u32) -> R,
) -> Vec<(usize, u32)> {
    let mut shares = Vec::new();
    if copies == 0 {
        return shares;
    }
    let hosts: Vec<(&Host, u32)> = loads.collect();
    let mut taken = vec![0_u32; hosts.len()];
    let mut heap: BinaryHeap<(R, usize)> = (hosts.iter().enumerate())
        .filter(|(_, (_, holds))| *holds < most)
        .map(|(index, (host, holds))| (rank(index, host, *holds), index))
        .collect();
    let mut left = copies;
    while left > 0
        && let Some((_, index)) = heap.pop()
        && let (Some((host, holds)), Some(taken)) = (hosts.get(index), taken.get_mut(index))
    {
        let room = most - holds - *taken;
        let more = if evenly { 1 } else { room.min(left) };
        *taken += more;
        left -= more;
        if room > more {
            heap.push((rank(index, host, holds + *taken), index));
        }
    }
    shares.extend((taken.into_iter().enumerate()).filter(|(_, taken)| *taken > 0));
    shares
}
