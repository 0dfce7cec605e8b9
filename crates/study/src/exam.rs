//! Which questions a mock exam asks: by a seed, so that a team takes the same one.
//!
//! They are spread over tasks and formats. Which of those that fit is chosen depends on each one's id alone: a question that comes to
//! the content changes one place of an exam, not all.

use engine::sort_by_integer;

use crate::{candidate::Candidate, draw::seed_for, lesson::Task, question::Format};

/// How long a mock exam is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// 10 questions.
    Ten,
    /// 20 questions.
    Twenty,
    /// 30 questions.
    Thirty,
}

impl Length {
    /// All of them, the shortest first.
    pub const ALL: [Self; 3] = [Self::Ten, Self::Twenty, Self::Thirty];

    /// Returns how many questions it has.
    #[must_use]
    pub const fn questions(self) -> u32 {
        match self {
            Self::Ten => 10,
            Self::Twenty => 20,
            Self::Thirty => 30,
        }
    }

    /// Returns the length of this many questions; nothing for another number.
    #[must_use]
    pub fn of(questions: u32) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|length| length.questions() == questions)
    }
}

/// Returns the questions of an exam in their order: fewer than its length only where there are no more.
#[must_use]
pub fn choose(candidates: &[Candidate], length: Length, seed: u32) -> Vec<&Candidate> {
    let mut left: Vec<&Candidate> = (candidates.iter())
        .filter(|it| it.format.is_some())
        .collect();
    sort_by_integer(&mut left, |it| seed_for(seed, it.item.id(), 0).into());
    left.dedup_by_key(|it| &it.item);
    let questions = (length.questions() as usize).min(left.len());
    let count = |is_one: &dyn Fn(&Candidate) -> bool| left.iter().filter(|it| is_one(it)).count();
    let mut tasks = Places::of(questions, |task| count(&|it| it.tasks.contains(task)));
    let mut formats = Places::of(questions, |format| count(&|it| it.format == Some(*format)));
    let mut chosen = Vec::new();
    // What fits by task and format; then by task alone, where these formats have no more of it; then whatever there is.
    for (by_task, by_format) in [(true, true), (true, false), (false, false)] {
        left.retain(|it| {
            let task = it.tasks.iter().find(|task| tasks.are_left(task));
            let fits = chosen.len() < questions
                && (!by_task || task.is_some())
                && (!by_format || it.format.is_some_and(|format| formats.are_left(&format)));
            if fits {
                chosen.push(*it);
                tasks.take(task);
                formats.take(it.format.as_ref());
            }
            !fits
        });
    }
    chosen
}

/// What is spread over an exam.
trait Spread: Copy + PartialEq + 'static {
    /// Its kinds.
    fn kinds() -> impl Iterator<Item = Self>;
    /// How much of an exam a kind is, percent.
    fn weight(self) -> f64;
}

impl Spread for Task {
    fn kinds() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().map(|(_, task)| task)
    }

    /// The guides weigh domains; their tasks share those evenly here: domain 3 of MLA-C01 (22 %) and domain 4 (24 %) have three each,
    /// domain 4 of MLS-C01 (20 %) has four.
    fn weight(self) -> f64 {
        match self {
            Self::Mla31 | Self::Mla32 | Self::Mla33 => 22.0 / 3.0,
            Self::Mla42 => 24.0 / 3.0,
            Self::Mls41 => 20.0 / 4.0,
        }
    }
}

impl Spread for Format {
    fn kinds() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter()
    }

    /// The guide names its formats without their shares; multiple choice is the usual one.
    fn weight(self) -> f64 {
        match self {
            Self::One => 40.0,
            _ => 10.0,
        }
    }
}

/// How many places of an exam each kind still has.
struct Places<K>(Vec<(K, usize)>);

impl<K: Spread> Places<K> {
    /// Gives each of an exam's places to the kind that is furthest short of its share, of those of which there are more questions.
    fn of(places: usize, available: impl Fn(&K) -> usize) -> Self {
        let mut kinds: Vec<(K, usize, usize)> =
            K::kinds().map(|kind| (kind, available(&kind), 0)).collect();
        let total: f64 = K::kinds().map(K::weight).sum();
        for place in 0..places {
            let short = |(kind, _, has): &(K, usize, usize)| {
                kind.weight() / total * (place + 1) as f64 - *has as f64
            };
            let open = (kinds.iter_mut()).filter(|(_, available, has)| has < available);
            // The first of those that are as short.
            let shortest = open.rev().max_by(|a, b| short(a).total_cmp(&short(b)));
            if let Some((.., has)) = shortest {
                *has += 1;
            }
        }
        Self(
            kinds
                .into_iter()
                .map(|(kind, _, has)| (kind, has))
                .collect(),
        )
    }

    fn are_left(&self, kind: &K) -> bool {
        self.0
            .iter()
            .any(|(other, left)| other == kind && *left > 0)
    }

    fn take(&mut self, kind: Option<&K>) {
        for (other, left) in &mut self.0 {
            if Some(&*other) == kind {
                *left = left.saturating_sub(1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::item::Item;

    fn candidate(number: usize, tasks: &[Task], format: Format) -> Candidate {
        Candidate {
            item: Item::Question(format!("q{number}")),
            revision: 1,
            topic: "t".to_owned(),
            tasks: tasks.to_vec(),
            format: Some(format),
        }
    }

    /// As many as there are to be, most of them about task 3.2.
    fn all() -> Vec<Candidate> {
        let of = |number: usize| {
            let tasks: &[Task] = match number % 8 {
                0 => &[Task::Mla31],
                1 => &[Task::Mla33],
                2 | 3 => &[Task::Mla42],
                4 => &[Task::Mla32, Task::Mls41],
                _ => &[Task::Mla32],
            };
            let format = match number / 8 % 14 {
                at @ 0..7 => Format::ALL[at],
                _ => Format::One,
            };
            candidate(number, tasks, format)
        };
        (0..112).map(of).collect()
    }

    fn counts<K: Ord>(chosen: &[&Candidate], of: impl Fn(&Candidate) -> K) -> BTreeMap<K, usize> {
        let mut counts = BTreeMap::new();
        for it in chosen {
            *counts.entry(of(it)).or_default() += 1;
        }
        counts
    }

    #[test]
    fn an_exam_is_spread_over_tasks_and_formats() {
        let all = all();
        for seed in 0..200 {
            for length in Length::ALL {
                let chosen = choose(&all, length, seed);
                let questions = length.questions() as usize;
                assert_eq!(chosen.len(), questions);
                let ids = counts(&chosen, |it| it.item.clone());
                assert_eq!(ids.len(), questions, "no duplicates");
                let by_format = counts(&chosen, |it| it.format);
                let of = |format| by_format.get(&Some(format)).copied().unwrap_or_default();
                for format in Format::ALL {
                    let share = format.weight() / 100.0 * questions as f64;
                    let most_off = 1.0 + questions as f64 / 10.0;
                    assert!(
                        (of(format) as f64 - share).abs() <= most_off,
                        "{by_format:?}"
                    );
                }
                for (_, task) in Task::ALL {
                    let count = chosen.iter().filter(|it| it.tasks.contains(&task)).count();
                    let share = task.weight() / 35.0 * questions as f64;
                    assert!(count as f64 >= share - 1.0, "{task:?} {count} {share}");
                }
            }
        }
    }

    #[test]
    fn a_seed_is_an_exam() {
        let all = all();
        let exam = choose(&all, Length::Twenty, 7);
        assert_eq!(exam, choose(&all, Length::Twenty, 7));
        assert_ne!(exam, choose(&all, Length::Twenty, 8));
        let turned: Vec<Candidate> = all.iter().rev().cloned().collect();
        assert_eq!(
            exam,
            choose(&turned, Length::Twenty, 7),
            "whatever order the list has"
        );
        let mut more = all.clone();
        more.push(candidate(500, &[Task::Mla32], Format::One));
        let others = choose(&more, Length::Twenty, 7);
        let kept = exam.iter().filter(|it| others.contains(it)).count();
        assert!(kept >= 19, "{kept}");
        let exams: Vec<&Candidate> = (0..300)
            .flat_map(|seed| choose(&all, Length::Ten, seed))
            .collect();
        let asked = counts(&exams, |it| it.item.clone());
        assert_eq!(asked.len(), all.len(), "each comes up");
        let first: Vec<&Candidate> = (0..300)
            .filter_map(|seed| choose(&all, Length::Ten, seed).first().copied())
            .collect();
        let tasks = counts(&first, |it| it.tasks.clone());
        assert!(tasks.values().all(|count| *count > 30), "{tasks:?}");
    }

    #[test]
    fn where_there_are_few_an_exam_is_short() {
        let few = [
            candidate(1, &[], Format::One),
            candidate(2, &[Task::Mla32], Format::Order),
            candidate(2, &[Task::Mla32], Format::Order),
            Candidate {
                format: None,
                ..candidate(3, &[Task::Mla32], Format::One)
            },
        ];
        let chosen = choose(&few, Length::Ten, 1);
        let mut ids: Vec<&str> = chosen.iter().map(|it| it.item.id()).collect();
        ids.sort_unstable();
        assert_eq!(ids, ["q1", "q2"]);
        assert_eq!(choose(&[], Length::Ten, 1), [&few[0]; 0]);
    }

    #[test]
    fn what_a_task_lacks_the_others_share() {
        let of = |number: usize| {
            let task = match number {
                0 => Task::Mla31,
                1..=10 => Task::Mla42,
                _ => Task::Mla32,
            };
            candidate(number, &[task], Format::One)
        };
        let lopsided: Vec<Candidate> = (0..70).map(of).collect();
        for seed in 0..50 {
            let chosen = choose(&lopsided, Length::Ten, seed);
            let tasks = counts(&chosen, |it| it.tasks.clone());
            let of = |task| tasks.get(&vec![task]).copied().unwrap_or_default();
            let found = [Task::Mla31, Task::Mla32, Task::Mla42].map(of);
            assert_eq!(found, [1, 4, 5], "{seed}");
        }
    }

    #[test]
    fn lengths_are_three() {
        for (questions, length) in [
            (10, Some(Length::Ten)),
            (20, Some(Length::Twenty)),
            (30, Some(Length::Thirty)),
            (0, None),
            (15, None),
        ] {
            assert_eq!(Length::of(questions), length);
        }
    }
}
