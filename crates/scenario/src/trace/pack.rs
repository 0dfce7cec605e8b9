//! Counts as few bytes: each one's difference from the last, in Rice codes whose parameter follows the differences' size.
//!
//! Rice, "Some practical universal noiseless coding techniques" (JPL 79-22); the running mean is as in JPEG-LS.
//! The format is frozen: links and files hold it.

use super::MOST_STEPS;

/// From this many ones on, a difference follows in full.
const ESCAPE: u64 = 24;
/// Bits of a difference in full: zigzag of a difference of two `u32`.
const FULL_BITS: u32 = 33;

/// The running mean of the differences, times 16.
struct RunningMean(u64);

impl RunningMean {
    fn new() -> Self {
        Self(16 * 64)
    }

    /// Returns how many low bits of a difference are written as they are.
    fn low_bits(&self) -> u32 {
        (self.0 * 2 / 3 / 16).checked_ilog2().unwrap_or(0)
    }

    fn update(&mut self, difference: u64) {
        self.0 = self.0 - self.0 / 16 + difference;
    }
}

/// Packs counts: how many, as a variable-length number, and then the codes.
pub(super) fn pack(counts: &[u32]) -> Vec<u8> {
    let mut bits = BitWriter::default();
    let mut length = counts.len() as u64;
    while length >= 0x80 {
        bits.write(length & 0x7f | 0x80, 8);
        length >>= 7;
    }
    bits.write(length, 8);
    let mut mean = RunningMean::new();
    let mut last = 0;
    for count in counts {
        let difference = i64::from(*count) - last;
        let zigzag = ((difference << 1) ^ (difference >> 63)) as u64;
        let low_bits = mean.low_bits();
        let ones = zigzag >> low_bits;
        if ones < ESCAPE {
            bits.write((1 << ones) - 1, ones as u32 + 1);
            bits.write(zigzag & ((1 << low_bits) - 1), low_bits);
        } else {
            bits.write((1 << ESCAPE) - 1, ESCAPE as u32);
            bits.write(zigzag, FULL_BITS);
        }
        mean.update(zigzag);
        last = i64::from(*count);
    }
    bits.finish()
}

/// Unpacks what [`pack`] wrote; `None` for anything that it cannot have written. Needs no more memory than
/// four bytes for each bit of `bytes`, whatever they say.
pub(super) fn unpack(bytes: &[u8]) -> Option<Vec<u32>> {
    let mut bits = BitReader {
        bytes: bytes.iter(),
        held: 0,
        count: 0,
    };
    let mut length = 0;
    for shift in (0..35).step_by(7) {
        let byte = bits.read(8)?;
        length |= (byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    let length = usize::try_from(length).ok()?;
    if length > MOST_STEPS || length > bytes.len().saturating_mul(8) {
        return None;
    }
    let mut counts = Vec::with_capacity(length);
    let mut mean = RunningMean::new();
    let mut last = 0;
    for _ in 0..length {
        let mut ones = 0;
        while ones < ESCAPE && bits.read(1)? == 1 {
            ones += 1;
        }
        let zigzag = if ones == ESCAPE {
            bits.read(FULL_BITS)?
        } else {
            let low_bits = mean.low_bits();
            ones << low_bits | bits.read(low_bits)?
        };
        mean.update(zigzag);
        last += (zigzag >> 1) as i64 ^ -((zigzag & 1) as i64);
        counts.push(u32::try_from(last).ok()?);
    }
    (bits.bytes.len() == 0 && bits.held == 0).then_some(counts)
}

/// Bits into bytes, the lowest first.
#[derive(Default)]
struct BitWriter {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl BitWriter {
    /// Appends the low `count` (≤ 33) bits of `value`.
    fn write(&mut self, value: u64, count: u32) {
        self.held |= value << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.held as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bytes.push(self.held as u8);
        }
        self.bytes
    }
}

/// Bits out of bytes, the lowest first.
struct BitReader<'a> {
    bytes: std::slice::Iter<'a, u8>,
    held: u64,
    count: u32,
}

impl BitReader<'_> {
    fn read(&mut self, count: u32) -> Option<u64> {
        while self.count < count {
            self.held |= u64::from(*self.bytes.next()?) << self.count;
            self.count += 8;
        }
        let value = self.held & ((1 << count) - 1);
        self.held >>= count;
        self.count -= count;
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_format_is_frozen() {
        let cases: [(&[u32], &[u8]); 3] = [
            (&[], &[0]),
            (&[64, 64, 63], &[3, 15, 0, 2]),
            (&[u32::MAX], &[1, 255, 255, 255, 254, 255, 255, 255, 1]),
        ];
        for (counts, bytes) in cases {
            assert_eq!(pack(counts), bytes);
            assert_eq!(unpack(bytes).unwrap(), counts);
        }
    }

    #[test]
    fn damage_is_refused() {
        let good = pack(&[600, 610, 590, 0, 70_000, 612]);
        for end in 0..good.len() {
            assert_eq!(unpack(&good[..end]), None, "cut at {end}");
        }
        let longer = [&good[..], &[0]].concat();
        assert_eq!(unpack(&longer), None);
    }

    #[test]
    fn a_bomb_is_refused() {
        // 31,622,401 steps, then 16 MB of zero bits; and 2^35 steps declared over nothing.
        let mut bomb = vec![0x81, 0x89, 0x8a, 0x0f];
        bomb.resize(16 << 20, 0);
        assert_eq!(unpack(&bomb), None);
        assert_eq!(unpack(&[0xff; 5]), None);
        assert_eq!(unpack(&[0xff; 4096]), None);
    }

    proptest! {
        #[test]
        fn counts_come_back(counts: Vec<u32>) {
            prop_assert_eq!(unpack(&pack(&counts)), Some(counts));
        }

        #[test]
        fn steady_counts_come_back(counts in prop::collection::vec(500_u32..700, 0..500)) {
            prop_assert_eq!(unpack(&pack(&counts)), Some(counts));
        }

        #[test]
        fn anything_is_survived(bytes: Vec<u8>) {
            unpack(&bytes);
        }
    }
}
