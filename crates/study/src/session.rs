//! A practice session: what is chosen for it, and what comes next until all of it was right once.
//!
//! What was missed comes again after a few others, with numbers drawn anew. A session says nothing of memory: whoever runs it writes
//! each answer down in `progress`, too.

use std::collections::VecDeque;

use engine::sort_by_integer;

use crate::{
    candidate::Candidate, draw::seed_for, item::Item, lesson::Task, memory::Recall,
    progress::Progress,
};

/// What is practised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Questions of a topic, by its id.
    Topic(String),
    /// Questions about a task of an exam.
    Task(Task),
    /// What was answered wrong the last time.
    Missed,
    /// What is due today.
    Due,
}

/// Most items of a session: about ten minutes' worth.
pub const MOST_ITEMS: usize = 30;
/// How many others come before what was missed comes again, where there are as many.
const OTHERS: usize = 3;
/// What the address of a session of what was missed names.
const MISSED: &str = "missed";

impl Chosen {
    /// Returns what an address names: a task as `mla-3-2`, `missed`, or else a topic. No topic has such an id.
    #[must_use]
    pub fn from_id(id: &str) -> Self {
        let task = (Task::ALL.into_iter()).find(|(name, _)| id_of_task(name) == id);
        match task {
            Some((_, task)) => Self::Task(task),
            None if id == MISSED => Self::Missed,
            None => Self::Topic(id.to_owned()),
        }
    }

    /// Returns what an address names it by; nothing for what is due, which has an address of its own.
    #[must_use]
    pub fn id(&self) -> Option<String> {
        match self {
            Self::Topic(id) => Some(id.clone()),
            Self::Task(task) => {
                let name = Task::ALL.into_iter().find(|(_, other)| other == task);
                name.map(|(name, _)| id_of_task(name))
            }
            Self::Missed => Some(MISSED.to_owned()),
            Self::Due => None,
        }
    }
}

fn id_of_task(name: &str) -> String {
    name.to_ascii_lowercase().replace([' ', '.'], "-")
}

/// Returns what a session is about, at most 30 items: of what is due the longest due, of all else some by the seed, the same for
/// everybody.
#[must_use]
pub fn choose<'a>(
    chosen: &Chosen,
    candidates: &'a [Candidate],
    progress: &Progress,
    today: u32,
    seed: u32,
) -> Vec<&'a Candidate> {
    let due = |it: &Candidate| {
        let day = progress.due_day(&it.item, it.revision, today)?;
        (day <= today).then_some(day)
    };
    let is_chosen = |it: &&Candidate| match chosen {
        Chosen::Topic(topic) => it.topic == *topic && it.format.is_some(),
        Chosen::Task(task) => it.tasks.contains(task),
        Chosen::Missed => progress.is_missed(&it.item, it.revision),
        Chosen::Due => due(it).is_some(),
    };
    let mut items: Vec<&Candidate> = candidates.iter().filter(is_chosen).collect();
    sort_by_integer(&mut items, |it| {
        let day = match chosen {
            Chosen::Due => due(it).unwrap_or_default(),
            _ => 0,
        };
        i64::from(day) << 32 | i64::from(seed_for(seed, it.item.id(), 0))
    });
    items.truncate(MOST_ITEMS);
    items
}

/// A session under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    seed: u32,
    asked: Vec<Asked>,
    /// Places in `asked` that are still to come, the one that is asked now first.
    queue: VecDeque<usize>,
    /// How the one that is asked now was answered; none: it was not yet.
    answer: Option<Recall>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    item: Item,
    revision: u32,
    misses: u32,
}

/// What a session asks now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn<'a> {
    /// The question or term.
    pub item: &'a Item,
    /// Its revision.
    pub revision: u32,
    /// What draws its numbers and the order of its options.
    pub seed: u32,
    /// How often it was answered wrong before in this session.
    pub misses: u32,
    /// How it was answered; none: it was not yet.
    pub answer: Option<Recall>,
}

/// How far a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// How many items it has.
    pub of: usize,
    /// How many of them were right at once.
    pub right_at_once: usize,
    /// How many of them are not yet right.
    pub left: usize,
}

impl Session {
    /// Begins a session with these items, at most 30 of them.
    #[must_use]
    pub fn start(items: &[&Candidate], seed: u32) -> Self {
        let asked = |it: &&Candidate| Asked {
            item: it.item.clone(),
            revision: it.revision,
            misses: 0,
        };
        let asked: Vec<Asked> = items.iter().take(MOST_ITEMS).map(asked).collect();
        Self {
            seed,
            queue: (0..asked.len()).collect(),
            asked,
            answer: None,
        }
    }

    /// Returns what is asked now; nothing once all of it was right.
    #[must_use]
    pub fn turn(&self) -> Option<Turn<'_>> {
        let asked = self.asked.get(*self.queue.front()?)?;
        Some(Turn {
            item: &asked.item,
            revision: asked.revision,
            seed: seed_for(self.seed, asked.item.id(), asked.misses),
            misses: asked.misses,
            answer: self.answer,
        })
    }

    /// Answers what is asked now; a second answer changes nothing.
    pub fn answer(&mut self, recall: Recall) {
        if !self.is_done() {
            self.answer.get_or_insert(recall);
        }
    }

    /// Goes on once what is asked now was answered: right, and it is done; wrong, and it comes again after a few others.
    pub fn next(&mut self) {
        let Some(answer) = self.answer.take() else {
            return;
        };
        let Some(place) = self.queue.pop_front() else {
            return;
        };
        if answer == Recall::Wrong {
            if let Some(asked) = self.asked.get_mut(place) {
                asked.misses = asked.misses.saturating_add(1);
            }
            self.queue.insert(OTHERS.min(self.queue.len()), place);
        }
    }

    /// Returns whether all of it was right.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.queue.is_empty()
    }

    /// Returns how far it is: what is answered counts once the session goes on.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let is_right_at_once =
            |(place, asked): &(usize, &Asked)| asked.misses == 0 && !self.queue.contains(place);
        let right = self.asked.iter().enumerate().filter(is_right_at_once);
        Tally {
            of: self.asked.len(),
            right_at_once: right.count(),
            left: self.queue.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::question::Format;

    fn candidate(id: &str, topic: &str, tasks: &[Task]) -> Candidate {
        Candidate {
            item: Item::Question(id.to_owned()),
            revision: 1,
            topic: topic.to_owned(),
            tasks: tasks.to_vec(),
            format: Some(Format::One),
        }
    }

    fn term(id: &str) -> Candidate {
        Candidate {
            item: Item::Term(id.to_owned()),
            format: None,
            ..candidate(id, "", &[])
        }
    }

    fn ids<'a>(items: &[&'a Candidate]) -> Vec<&'a str> {
        let mut ids: Vec<&str> = items.iter().map(|it| it.item.id()).collect();
        ids.sort_unstable();
        ids
    }

    #[test]
    fn sessions_are_about_what_was_chosen() {
        let candidates = [
            candidate("t1", "target", &[Task::Mla32]),
            candidate("t2", "target", &[Task::Mla32, Task::Mla42]),
            candidate("c1", "cooldown", &[Task::Mla42]),
            term("lag"),
        ];
        let mut progress = Progress::default();
        for (place, recall, day) in [
            (0, Recall::Right, 20_000),
            (1, Recall::Wrong, 20_001),
            (3, Recall::Wrong, 20_000),
        ] {
            progress.answered(&candidates[place].item, 1, recall, day);
        }
        for (id, chosen, today, expect) in [
            (
                "target",
                Chosen::Topic("target".to_owned()),
                20_001,
                vec!["t1", "t2"],
            ),
            ("", Chosen::Topic(String::new()), 20_001, vec![]),
            (
                "mla-3-2",
                Chosen::Task(Task::Mla32),
                20_001,
                vec!["t1", "t2"],
            ),
            (
                "mla-4-2",
                Chosen::Task(Task::Mla42),
                20_001,
                vec!["c1", "t2"],
            ),
            ("missed", Chosen::Missed, 20_001, vec!["lag", "t2"]),
            ("", Chosen::Due, 20_000, vec![]),
            ("", Chosen::Due, 20_001, vec!["lag"]),
            ("", Chosen::Due, 20_002, vec!["lag", "t1", "t2"]),
        ] {
            let items = choose(&chosen, &candidates, &progress, today, 7);
            assert_eq!(ids(&items), expect, "{chosen:?} {today}");
            assert_eq!(chosen.id().unwrap_or_default(), id);
            assert!(chosen == Chosen::Due || Chosen::from_id(id) == chosen);
        }
        let due = choose(&Chosen::Due, &candidates, &progress, 20_002, 7);
        assert_eq!(
            due.first().unwrap().item.id(),
            "lag",
            "the longest due comes first"
        );
    }

    #[test]
    fn a_seed_chooses_the_same_and_another_something_else() {
        let ids: Vec<String> = (0..100).map(|number| format!("q{number}")).collect();
        let all: Vec<Candidate> = ids.iter().map(|id| candidate(id, "t", &[])).collect();
        let chosen = Chosen::Topic("t".to_owned());
        let mut practised = Progress::default();
        practised.answered(&all[3].item, 1, Recall::Wrong, 20_000);
        let of = |seed, progress| choose(&chosen, &all, progress, 20_000, seed);
        let fresh = Progress::default();
        let first = of(1, &fresh);
        assert_eq!(first.len(), MOST_ITEMS);
        assert_eq!(first, of(1, &practised), "the same for everybody");
        assert_ne!(first, of(2, &practised));
        // Another question changes nothing but its own place.
        let more: Vec<Candidate> = all
            .iter()
            .cloned()
            .chain([candidate("new", "t", &[])])
            .collect();
        let with_more = choose(&chosen, &more, &practised, 20_000, 1);
        let kept = first.iter().filter(|it| with_more.contains(it)).count();
        assert!(kept >= MOST_ITEMS - 1);
    }

    #[test]
    fn what_was_missed_comes_again_until_it_is_right() {
        let all: Vec<Candidate> = ["a", "b", "c", "d", "e"]
            .map(|id| candidate(id, "t", &[]))
            .into();
        let items: Vec<&Candidate> = all.iter().collect();
        let mut session = Session::start(&items, 9);
        let mut order = String::new();
        let mut seeds_of_a = Vec::new();
        for is_right in [false, true, false, true, false, true, true, true] {
            let turn = session.turn().unwrap();
            order.push_str(turn.item.id());
            if turn.item.id() == "a" {
                seeds_of_a.push((turn.seed, turn.misses));
            }
            session.next();
            assert_eq!(
                session.turn().unwrap().answer,
                None,
                "not before it was answered"
            );
            session.answer(Recall::of(is_right));
            session.answer(Recall::Right);
            assert_eq!(session.turn().unwrap().answer, Some(Recall::of(is_right)));
            session.next();
        }
        assert_eq!(order, "abcdaeca");
        assert!(session.is_done() && session.turn().is_none());
        let tally = Tally {
            of: 5,
            right_at_once: 3,
            left: 0,
        };
        assert_eq!(session.tally(), tally);
        assert_eq!(seeds_of_a.len(), 3);
        let (seeds, misses): (Vec<u32>, Vec<u32>) = seeds_of_a.into_iter().unzip();
        assert_eq!(misses, [0, 1, 2]);
        assert!(seeds[0] != seeds[1] && seeds[1] != seeds[2], "drawn anew");
        session.answer(Recall::Wrong);
        session.next();
        assert_eq!(session.tally(), tally);
    }

    proptest! {
        #[test]
        fn a_session_ends_once_each_was_right(count in 0..40usize, answers in vec(any::<bool>(), 0..100)) {
            let ids: Vec<String> = (0..count).map(|number| number.to_string()).collect();
            let all: Vec<Candidate> = ids.iter().map(|id| candidate(id, "t", &[])).collect();
            let items: Vec<&Candidate> = all.iter().collect();
            let mut session = Session::start(&items, 1);
            let mut right = 0;
            for is_right in answers.into_iter().chain([true; MOST_ITEMS]) {
                right += usize::from(is_right && !session.is_done());
                session.answer(Recall::of(is_right));
                session.next();
                prop_assert_eq!(session.tally().left, session.tally().of - right);
                prop_assert!(session.queue.len() <= MOST_ITEMS);
            }
            prop_assert!(session.is_done());
            prop_assert_eq!(session.tally().of, count.min(MOST_ITEMS));
        }
    }
}
