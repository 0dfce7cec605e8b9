//! Counts of a recording as few bytes: how far each is from what those before it foretell.
//!
//! Three foretell it: the count before, and two running means; of them the one that has been nearest lately. How many bits the
//! distance has, its two highest bits and its sign are questions to an arithmetic coder, each with odds of its own for how large
//! distances have been lately. The format is frozen: links hold it.

use super::arithmetic::{Coder, Odds, Reader, Writer};

/// Most counts of all recordings in a link: more than a month of minutes.
pub(super) const MOST_COUNTS: usize = 1 << 16;

/// Bits of a distance between two counts.
const MOST_BITS: u32 = 32;
/// Sizes of distances that odds are kept for.
const SIZES: usize = 40;
/// Bits behind the point of a running mean.
const FRACTION_BITS: u32 = 8;
/// Each running mean follows a count by a 2^−n-th of its distance.
const SLOWNESS: [u32; 2] = [2, 4];

/// Packs counts; `None` where that takes more than so many bytes.
pub(super) fn pack(counts: impl Iterator<Item = u32>, most_bytes: usize) -> Option<Vec<u8>> {
    let mut writer = Writer::new();
    let mut model = Model::new();
    for count in counts {
        model.count(&mut writer, count)?;
        if writer.len() > most_bytes {
            return None;
        }
    }
    let bytes = writer.finish();
    (bytes.len() <= most_bytes).then_some(bytes)
}

/// Unpacks so many counts, which may be far more than there are bytes; `None` for what [`pack`] cannot have written.
pub(super) fn unpack(bytes: &[u8], length: usize) -> Option<Vec<u32>> {
    let mut reader = Reader::new(bytes);
    let mut model = Model::new();
    let counts: Option<Vec<u32>> = (0..length).map(|_| model.count(&mut reader, 0)).collect();
    counts.filter(|_| reader.is_at_the_end())
}

/// What is known of the counts so far.
struct Model {
    /// Whether a distance has more bits than so many, by the size of distances lately.
    lengths: Vec<[Odds; MOST_BITS as usize]>,
    /// The two bits below the highest, by the distance's length: the first, and the second by the first.
    tops: Vec<[Odds; 3]>,
    /// Whether a distance goes down, by where the one before it went: nowhere, down, up.
    signs: [Odds; 3],
    before: usize,
    /// Running mean of the distances, times 256.
    distance: u64,
    /// What foretells a count, the nearest lately: the count before, the running means.
    last: u32,
    means: Option<[i64; SLOWNESS.len()]>,
    /// Running means of how many bits each of them was away.
    missed: [u64; 1 + SLOWNESS.len()],
}

impl Model {
    fn new() -> Self {
        Self {
            lengths: vec![[Odds::EVEN; MOST_BITS as usize]; SIZES],
            tops: vec![[Odds::EVEN; 3]; MOST_BITS as usize + 1],
            signs: [Odds::EVEN; 3],
            before: 0,
            distance: 0,
            last: 0,
            means: None,
            missed: [0; 1 + SLOWNESS.len()],
        }
    }

    /// Returns the next count: the one that is written, or the one that is read.
    fn count(&mut self, coder: &mut impl Coder, count: u32) -> Option<u32> {
        let foretold = self.foretold();
        let nearest = (self.missed.iter().zip(foretold)).min_by_key(|(missed, _)| **missed);
        let expected = nearest.map_or(0, |(_, expected)| expected);
        let distance = self.distance(coder, i64::from(count) - expected)?;
        let count = u32::try_from(expected + distance).ok()?;
        for (missed, foretold) in self.missed.iter_mut().zip(foretold) {
            let bits = bits(i64::from(count) - foretold);
            *missed = *missed - (*missed >> 6) + (u64::from(bits) << 8);
        }
        let exact = i64::from(count) << FRACTION_BITS;
        let means = self.means.get_or_insert([exact; SLOWNESS.len()]);
        for (mean, slowness) in means.iter_mut().zip(SLOWNESS) {
            *mean += (exact - *mean) >> slowness;
        }
        self.last = count;
        Some(count)
    }

    fn foretold(&self) -> [i64; 1 + SLOWNESS.len()] {
        let last = i64::from(self.last);
        let [fast, slow] = self
            .means
            .unwrap_or_default()
            .map(|mean| (mean + (1 << (FRACTION_BITS - 1))) >> FRACTION_BITS);
        [last, fast, slow]
    }

    /// Returns the distance that is written, or the one that is read.
    fn distance(&mut self, coder: &mut impl Coder, distance: i64) -> Option<i64> {
        let wanted = distance.unsigned_abs();
        let size = ((self.distance >> 4 << 2) + 1).ilog2() as usize;
        let mut length = 0;
        for odds in self.lengths.get_mut(size)? {
            if !coder.answer(odds, bits(distance) > length) {
                break;
            }
            length += 1;
        }
        let mut magnitude = u64::from(length > 0);
        let [first, then_0, then_1] = self.tops.get_mut(length as usize)?;
        for below in 2..=length {
            let mut even = Odds::EVEN;
            let odds = match (below, magnitude) {
                (2, _) => &mut *first,
                (3, 2) => &mut *then_0,
                (3, _) => &mut *then_1,
                _ => &mut even,
            };
            let bit = wanted >> (length - below) & 1 == 1;
            magnitude = magnitude << 1 | u64::from(coder.answer(odds, bit));
        }
        let magnitude_i = i64::try_from(magnitude).ok()?;
        let mut went = 0;
        if magnitude > 0 {
            let down = coder.answer(self.signs.get_mut(self.before)?, distance < 0);
            went = if down { 1 } else { 2 };
        }
        self.before = went;
        self.distance = self.distance - (self.distance >> 4) + (magnitude << 4);
        Some(if went == 1 { -magnitude_i } else { magnitude_i })
    }
}

/// Returns how many bits the magnitude of a number has.
fn bits(number: i64) -> u32 {
    number
        .unsigned_abs()
        .checked_ilog2()
        .map_or(0, |highest| highest + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_format_is_frozen() {
        let cases: [(&[u32], &[u8]); 5] = [
            (&[], &[]),
            (&[0; 1000], &[250]),
            (&[64, 64, 63], &[1, 255, 56]),
            (
                &[u32::MAX, 0, u32::MAX],
                &[
                    0, 0, 0, 0, 0, 0, 0, 0, 255, 248, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9,
                ],
            ),
            (
                &[600, 610, 590, 0, 70_000, 612],
                &[
                    0, 58, 118, 152, 129, 242, 168, 186, 183, 20, 21, 230, 245, 214, 114, 14,
                ],
            ),
        ];
        for (counts, bytes) in cases {
            let packed = pack(counts.iter().copied(), 100).unwrap();
            assert_eq!(packed, bytes);
            assert_eq!(unpack(bytes, counts.len()).unwrap(), counts);
        }
    }

    #[test]
    fn what_it_cannot_have_written_is_refused() {
        let good = pack([600, 610, 590, 0, 70_000, 612].into_iter(), 100).unwrap();
        assert_eq!(unpack(&[&good[..], &[1, 2, 3, 4]].concat(), 6), None);
        assert_eq!(unpack(&[0xff; 100], 1000), None);
    }

    #[test]
    fn it_ends_where_it_is_too_long() {
        let counts = || (0..1000_u32).map(|step| step.wrapping_mul(2_654_435_761));
        let whole = pack(counts(), 10_000).unwrap();
        assert!(pack(counts(), whole.len()).is_some() && pack(counts(), whole.len() - 1).is_none());
        assert!(
            pack(
                (0..).map(|step: u32| step.wrapping_mul(2_654_435_761)),
                1000
            )
            .is_none()
        );
    }

    proptest! {
        #[test]
        fn counts_come_back(counts: Vec<u32>) {
            let packed = pack(counts.iter().copied(), usize::MAX).unwrap();
            prop_assert_eq!(unpack(&packed, counts.len()), Some(counts));
        }

        #[test]
        fn steady_counts_come_back(counts in prop::collection::vec(500_u32..700, 0..500)) {
            let packed = pack(counts.iter().copied(), usize::MAX).unwrap();
            prop_assert_eq!(unpack(&packed, counts.len()), Some(counts));
        }

        #[test]
        fn anything_is_survived(bytes: Vec<u8>, length in 0_usize..3000) {
            unpack(&bytes, length);
        }
    }
}
