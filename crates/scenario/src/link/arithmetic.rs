//! Yes and no, one after the other, as few bytes: an arithmetic coder whose odds follow what came before.
//!
//! A range coder as LZMA has it, with odds that move fast at first and slowly later. Writer and reader are the same to what uses
//! them ([`Coder`]), so that a model says only once what follows what. The format is frozen: links hold it.

/// Below this a range is too small to be divided.
const SMALLEST: u32 = 1 << 24;
/// Bits of the odds that divide a range.
const ODDS_BITS: u32 = 12;
/// From so many answers on, odds move no slower.
const MOST_ANSWERS: u8 = 127;

/// How likely a question is answered with yes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Odds {
    /// Of 65,536.
    yes: u16,
    answers: u8,
}

impl Odds {
    /// Of what nothing is known.
    pub(super) const EVEN: Self = Self {
        yes: 1 << 15,
        answers: 0,
    };

    /// Returns how much of a range is yes.
    fn share(self, range: u32) -> u32 {
        let most = (1 << ODDS_BITS) - 1;
        (range >> ODDS_BITS) * u32::from(self.yes >> (16 - ODDS_BITS)).clamp(1, most)
    }

    /// Follows an answer.
    fn follow(&mut self, is_yes: bool) {
        let to = if is_yes { i32::from(u16::MAX) } else { 0 };
        let from = i32::from(self.yes);
        self.yes = (from + (to - from) * 2 / (2 * i32::from(self.answers) + 3)) as u16;
        self.answers = MOST_ANSWERS.min(self.answers + 1);
    }
}

/// What answers questions: the writer as it is told, the reader as it was written.
pub(super) trait Coder {
    /// Returns the answer to a question; a reader does not look at `is_yes`.
    fn answer(&mut self, odds: &mut Odds, is_yes: bool) -> bool;
}

/// Writes.
#[derive(Debug)]
pub(super) struct Writer {
    out: Vec<u8>,
    low: u32,
    range: u32,
}

impl Writer {
    pub(super) fn new() -> Self {
        Self {
            out: Vec::new(),
            low: 0,
            range: u32::MAX,
        }
    }

    /// Returns how many bytes there are already.
    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    /// Goes up by `by`, which what was written may have to be told.
    fn raise(&mut self, by: u32) {
        let (low, is_over) = self.low.overflowing_add(by);
        self.low = low;
        if is_over {
            for byte in self.out.iter_mut().rev() {
                *byte = byte.wrapping_add(1);
                if *byte != 0 {
                    break;
                }
            }
        }
    }

    /// Returns the bytes: no more than tell this range from others, where zeros follow.
    pub(super) fn finish(mut self) -> Vec<u8> {
        // The number in the range that ends in the most bytes of zeros.
        let up = |zeros: u32| self.low.wrapping_neg() & zeros;
        let ends = [u32::MAX, 0x00ff_ffff, 0xffff, 0xff];
        let up = ends.map(up).into_iter().find(|up| *up < self.range);
        self.raise(up.unwrap_or(0));
        self.out.extend(self.low.to_be_bytes());
        while self.out.last() == Some(&0) {
            self.out.pop();
        }
        self.out
    }
}

impl Coder for Writer {
    fn answer(&mut self, odds: &mut Odds, is_yes: bool) -> bool {
        let share = odds.share(self.range);
        if is_yes {
            self.range = share;
        } else {
            self.raise(share);
            self.range -= share;
        }
        odds.follow(is_yes);
        while self.range < SMALLEST {
            self.out.push((self.low >> 24) as u8);
            self.low <<= 8;
            self.range <<= 8;
        }
        is_yes
    }
}

/// Reads what [`Writer`] wrote, or makes something of anything else.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    bytes: std::slice::Iter<'a, u8>,
    /// How far into the range the number is.
    at: u32,
    range: u32,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut reader = Self {
            bytes: bytes.iter(),
            at: 0,
            range: u32::MAX,
        };
        for _ in 0..4 {
            reader.take();
        }
        reader
    }

    fn take(&mut self) {
        // Zeros at the end were left out.
        let byte = self.bytes.next().copied().unwrap_or(0);
        self.at = self.at << 8 | u32::from(byte);
    }

    /// Whether all bytes were needed.
    pub(super) fn is_at_the_end(&self) -> bool {
        self.bytes.len() == 0
    }
}

impl Coder for Reader<'_> {
    fn answer(&mut self, odds: &mut Odds, _: bool) -> bool {
        let share = odds.share(self.range);
        let is_yes = self.at < share;
        if is_yes {
            self.range = share;
        } else {
            self.at -= share;
            self.range -= share;
        }
        odds.follow(is_yes);
        while self.range < SMALLEST {
            self.take();
            self.range <<= 8;
        }
        is_yes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(answers: &[bool], kinds: usize) -> Vec<u8> {
        let mut odds = vec![Odds::EVEN; kinds];
        let mut writer = Writer::new();
        for (index, answer) in answers.iter().enumerate() {
            writer.answer(&mut odds[index % kinds], *answer);
        }
        writer.finish()
    }

    #[test]
    fn the_likely_takes_little_room() {
        for (answers, kinds, bytes) in [
            (vec![], 1, 0),
            (vec![true; 10_000], 1, 0),
            (vec![false; 10_000], 1, 4),
            ([true, false].repeat(5000), 2, 5),
            ([true, false].repeat(400), 1, 101),
        ] {
            assert_eq!(written(&answers, kinds).len(), bytes);
        }
    }

    proptest! {
        #[test]
        fn answers_come_back(answers in prop::collection::vec(prop::bool::weighted(0.9), 0..3000), kinds in 1_usize..5) {
            let bytes = written(&answers, kinds);
            prop_assert_ne!(bytes.last(), Some(&0));
            let mut reader = Reader::new(&bytes);
            let mut odds = vec![Odds::EVEN; kinds];
            for (index, answer) in answers.iter().enumerate() {
                prop_assert_eq!(reader.answer(&mut odds[index % kinds], false), *answer);
            }
            prop_assert!(reader.is_at_the_end());
        }
    }
}
