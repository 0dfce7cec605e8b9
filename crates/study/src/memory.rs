//! How long something stays known: FSRS-6 with its published weights, for the two grades that an answer itself gives.
//!
//! The formulas are those of "The Algorithm" in the wiki of open-spaced-repetition/fsrs4anki, as its crate `fsrs` 6.6 has them (the
//! tests' referee). Nothing is drawn at random, and no clock is read: whoever asks says how many days went by.

use libm::{exp, pow};

/// What an answer tells of a memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recall {
    /// The answer was wrong: FSRS's "Again".
    Wrong,
    /// The answer was right: FSRS's "Good".
    Right,
}

/// The state of a memory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// After how many days it is recalled with a probability of 0.9: 0.001 to 36,500.
    pub stability: f64,
    /// How hard it is to keep: 1 to 10.
    pub difficulty: f64,
}

/// FSRS-6's default weights, w0 to w20.
const WEIGHTS: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];
/// Least and most stability, days.
pub const STABILITY: (f64, f64) = (0.001, 36_500.0);
/// Least and most difficulty.
pub const DIFFICULTY: (f64, f64) = (1.0, 10.0);
/// The retention that stability is defined by, and that is wanted.
const RETENTION: f64 = 0.9;

impl Recall {
    /// Returns what an answer tells.
    #[must_use]
    pub const fn of(is_right: bool) -> Self {
        if is_right { Self::Right } else { Self::Wrong }
    }

    /// Returns FSRS's grade, of 1 to 4.
    const fn grade(self) -> f64 {
        match self {
            Self::Wrong => 1.0,
            Self::Right => 3.0,
        }
    }
}

impl Memory {
    /// Returns the memory after a first answer.
    #[must_use]
    pub fn first(recall: Recall) -> Self {
        let [again, _, good, ..] = WEIGHTS;
        let stability = match recall {
            Recall::Wrong => again,
            Recall::Right => good,
        };
        Self::within(stability, first_difficulty(recall.grade()))
    }

    /// Returns the memory after an answer that comes `days` after the one before; 0 on the same day.
    #[must_use]
    pub fn after(self, days: u32, recall: Recall) -> Self {
        let stability = match (days, recall) {
            (0, _) => self.stability_same_day(recall),
            (_, Recall::Right) => self.stability_recalled(days),
            (_, Recall::Wrong) => self.stability_forgotten(days),
        };
        Self::within(stability, self.next_difficulty(recall))
    }

    /// Returns the probability that it is recalled after this many days.
    #[must_use]
    pub fn retrievability(self, days: u32) -> f64 {
        let decay = -WEIGHTS[20];
        let factor = pow(RETENTION, 1.0 / decay) - 1.0;
        pow(1.0 + factor * f64::from(days) / self.stability, decay)
    }

    /// Returns after how many days to ask again: when it is recalled with a probability of 0.9, at least a day.
    #[must_use]
    pub fn interval(self) -> u32 {
        // The wanted retention is the one that stability is defined by, and so the interval is the stability.
        self.stability.round().max(1.0) as u32
    }

    fn within(stability: f64, difficulty: f64) -> Self {
        Self {
            stability: stability.clamp(STABILITY.0, STABILITY.1),
            difficulty: difficulty.clamp(DIFFICULTY.0, DIFFICULTY.1),
        }
    }

    fn stability_recalled(self, days: u32) -> f64 {
        let forgotten = 1.0 - self.retrievability(days);
        let gain = exp(WEIGHTS[8])
            * (11.0 - self.difficulty)
            * pow(self.stability, -WEIGHTS[9])
            * (exp(forgotten * WEIGHTS[10]) - 1.0);
        self.stability * (1.0 + gain)
    }

    fn stability_forgotten(self, days: u32) -> f64 {
        let forgotten = 1.0 - self.retrievability(days);
        let left = WEIGHTS[11]
            * pow(self.difficulty, -WEIGHTS[12])
            * (pow(self.stability + 1.0, WEIGHTS[13]) - 1.0)
            * exp(forgotten * WEIGHTS[14]);
        left.min(self.stability / exp(WEIGHTS[17] * WEIGHTS[18]))
    }

    fn stability_same_day(self, recall: Recall) -> f64 {
        let gain = exp(WEIGHTS[17] * (recall.grade() - 3.0 + WEIGHTS[18]))
            * pow(self.stability, -WEIGHTS[19]);
        self.stability
            * match recall {
                Recall::Right => gain.max(1.0),
                Recall::Wrong => gain,
            }
    }

    fn next_difficulty(self, recall: Recall) -> f64 {
        let change = -WEIGHTS[6] * (recall.grade() - 3.0);
        let damped = self.difficulty + (10.0 - self.difficulty) * change / 9.0;
        // It tends to what "Easy" begins with.
        WEIGHTS[7] * first_difficulty(4.0) + (1.0 - WEIGHTS[7]) * damped
    }
}

fn first_difficulty(grade: f64) -> f64 {
    WEIGHTS[4] - exp(WEIGHTS[5] * (grade - 1.0)) + 1.0
}

#[cfg(test)]
mod tests {
    use fsrs::{FSRS, FSRSItem, FSRSReview};

    use super::*;
    use crate::draw::Dice;

    fn memory(history: &[(u32, Recall)]) -> Memory {
        let mut history = history.iter();
        let (_, first) = history.next().unwrap();
        history.fold(Memory::first(*first), |memory, (days, recall)| {
            memory.after(*days, *recall)
        })
    }

    /// Returns a history as people have them: mostly answered when due, some early, some late, some twice a day.
    fn drawn(dice: &mut Dice) -> Vec<(u32, Recall)> {
        let mut history = vec![(0, Recall::of(dice.below(4) > 0))];
        for _ in 0..dice.below(30) {
            let interval = memory(&history).interval();
            let days = match dice.below(4) {
                0 => 0,
                1 => dice.below(interval as usize + 1) as u32,
                2 => interval,
                _ => interval + dice.below(interval as usize * 3) as u32,
            };
            history.push((days, Recall::of(dice.below(6) > 0)));
        }
        history
    }

    #[test]
    fn the_crate_says_the_same_of_ten_thousand_histories() {
        let referee = FSRS::default();
        let mut dice = Dice::new(6);
        for _ in 0..10_000 {
            let history = drawn(&mut dice);
            let reviews = history.iter().map(|(days, recall)| FSRSReview {
                rating: recall.grade() as u32,
                delta_t: *days,
            });
            let item = FSRSItem {
                reviews: reviews.collect(),
            };
            let right = referee.memory_state(item, None).unwrap();
            let ours = memory(&history);
            // The crate computes in 32 bits: after 30 answers the sixth digit may differ.
            let is_near =
                |ours: f64, right: f32| (ours - f64::from(right)).abs() <= 1e-5 * f64::from(right);
            assert!(
                is_near(ours.stability, right.stability)
                    && is_near(ours.difficulty, right.difficulty),
                "{ours:?} {right:?} {history:?}"
            );
            let interval = referee.next_interval(Some(right.stability), 0.9, 3);
            let apart = (f64::from(ours.interval()) - f64::from(interval).max(1.0)).abs();
            assert!(
                apart <= 0.5 + 1e-5 * f64::from(interval),
                "{interval} {history:?}"
            );
            let recalled = fsrs::current_retrievability(right, 10.0, fsrs::FSRS6_DEFAULT_DECAY);
            assert!((ours.retrievability(10) - f64::from(recalled)).abs() < 1e-4);
        }
    }

    /// What py-fsrs's own tests hold (`test_memo_state`, `test_review_card`).
    #[test]
    fn published_examples_hold() {
        use Recall::{Right, Wrong};
        let answers = [
            (0, Wrong),
            (0, Right),
            (1, Right),
            (3, Right),
            (8, Right),
            (21, Right),
        ];
        let after = memory(&answers);
        assert!((after.stability - 53.626_91).abs() < 1e-4, "{after:?}");
        assert!((after.difficulty - 6.357_486_7).abs() < 1e-4, "{after:?}");
        let mut history = vec![(0, Right), (0, Right)];
        for interval in [2, 11, 46, 163, 498] {
            assert_eq!(memory(&history).interval(), interval);
            history.push((interval, Right));
        }
        *history.last_mut().unwrap() = (498, Wrong);
        history.extend([(0, Wrong), (0, Right)]);
        for interval in [2, 4, 7, 12, 21] {
            assert_eq!(memory(&history).interval(), interval);
            history.push((interval, Right));
        }
    }

    #[test]
    fn a_memory_stays_within_its_bounds() {
        let long = vec![(u32::MAX, Recall::Right); 50];
        assert_eq!(memory(&long).interval(), 36_500);
        let never = memory(&[(0, Recall::Wrong); 50]);
        assert_eq!((never.stability, never.interval()), (STABILITY.0, 1));
        assert!(never.difficulty <= DIFFICULTY.1);
        let known = memory(&[(0, Recall::Right), (1, Recall::Right)]);
        assert_eq!(known.retrievability(0), 1.0);
        assert!(known.retrievability(1) > known.retrievability(2));
    }
}
