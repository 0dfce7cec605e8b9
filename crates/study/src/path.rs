//! Paths: ways through lessons and questions, each to one end, and how far a person is on them.
//!
//! A step is written as the address that it leads to, `learn.target`, `q.q3` or `quiz.mla-3-2`. What is done is read from progress:
//! a path keeps nothing of its own.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    address::{Address, LessonAddress},
    item::Item,
    lesson::Task,
    memory::Recall,
    pack::{Home, PathEntry, QuestionEntry},
    progress::Progress,
    session::Chosen,
};

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Step {
    /// A lesson, by its id.
    Lesson(String),
    /// A question, by its id.
    Question(String),
    /// Questions of a topic, by its id.
    Topic(String),
    /// Questions about a task of an exam.
    Task(Task),
}

/// A text that is no step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoStep(String);

impl fmt::Display for NoStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // In the words of serde's own errors.
        write!(
            f,
            "`{}` is no step, expected `learn.` and the id of a lesson, `q.` of a question, `quiz.` of a topic or a task such as \
             `mla-3-2`",
            self.0
        )
    }
}

impl Step {
    /// Reads a step; nothing where the text is none, or says more than a step does.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let step = match Address::parse(text)? {
            Address::Lesson(LessonAddress { id, .. }) => Self::Lesson(id),
            Address::Question { id, .. } => Self::Question(id),
            Address::Quiz { topic, .. } => match Chosen::from_id(&topic) {
                Chosen::Topic(id) => Self::Topic(id),
                Chosen::Task(task) => Self::Task(task),
                Chosen::Missed | Chosen::Due => return None,
            },
            _ => return None,
        };
        (step.address().to_string() == text).then_some(step)
    }

    /// Returns where it leads to.
    #[must_use]
    pub fn address(&self) -> Address {
        let quiz = |chosen: Chosen| Address::Quiz {
            topic: chosen.id().unwrap_or_default(),
            seed: None,
        };
        match self {
            Self::Lesson(id) => Address::Lesson(LessonAddress {
                id: id.clone(),
                setting: None,
            }),
            Self::Question(id) => Address::Question {
                id: id.clone(),
                seed: None,
            },
            Self::Topic(id) => quiz(Chosen::Topic(id.clone())),
            Self::Task(task) => quiz(Chosen::Task(*task)),
        }
    }

    /// Returns how far a person is with it: a lesson counts for one, questions for one each. A question is done while its last answer was
    /// right.
    #[must_use]
    pub fn tally(&self, home: &Home, progress: &Progress) -> Tally {
        if let Self::Lesson(id) = self {
            return Tally {
                done: usize::from(progress.lesson(id).is_some()),
                of: 1,
            };
        }
        let mut tally = Tally::default();
        for topic in &home.topics {
            for question in &topic.questions {
                let is_of = match self {
                    Self::Lesson(_) => false,
                    Self::Question(id) => question.id == *id,
                    Self::Topic(id) => topic.id == *id,
                    Self::Task(task) => question.tasks.contains(task),
                };
                if is_of {
                    tally.of += 1;
                    tally.done += usize::from(is_right(question, progress));
                }
            }
        }
        tally
    }
}

/// Returns whether the last answer to a question was right.
fn is_right(question: &QuestionEntry, progress: &Progress) -> bool {
    let item = Item::Question(question.id.clone());
    let record = progress.record(&item, question.revision);
    record.is_some_and(|record| record.answers().iter().last() == Some(Recall::Right))
}

/// How much of something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Tally {
    /// What is done.
    pub done: usize,
    /// All of it.
    pub of: usize,
}

impl Tally {
    /// Returns whether all of it is done.
    #[must_use]
    pub const fn is_done(self) -> bool {
        self.done >= self.of
    }
}

impl PathEntry {
    /// Returns the task of an exam that it is for; nothing where it is for none.
    #[must_use]
    pub fn task(&self) -> Option<Task> {
        self.steps.iter().find_map(|step| match step {
            Step::Task(task) => Some(*task),
            _ => None,
        })
    }

    /// Returns how many of its steps are done.
    #[must_use]
    pub fn tally(&self, home: &Home, progress: &Progress) -> Tally {
        let is_done = |step: &&Step| step.tally(home, progress).is_done();
        Tally {
            done: self.steps.iter().filter(is_done).count(),
            of: self.steps.len(),
        }
    }

    /// Returns the first step that is not done; nothing once all are.
    #[must_use]
    pub fn next(&self, home: &Home, progress: &Progress) -> Option<&Step> {
        let is_open = |step: &&Step| !step.tally(home, progress).is_done();
        self.steps.iter().find(is_open)
    }
}

impl TryFrom<String> for Step {
    type Error = NoStep;

    fn try_from(text: String) -> Result<Self, NoStep> {
        Self::parse(&text).ok_or(NoStep(text))
    }
}

impl From<Step> for String {
    fn from(step: Step) -> Self {
        step.address().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{pack::TopicEntry, question::Format};

    fn step(text: &str) -> Step {
        Step::parse(text).unwrap()
    }

    #[test]
    fn a_step_is_the_address_that_it_leads_to() {
        for (text, expected) in [
            ("learn.target", Some(Step::Lesson("target".to_owned()))),
            ("q.q3", Some(Step::Question("q3".to_owned()))),
            ("quiz.alarms", Some(Step::Topic("alarms".to_owned()))),
            ("quiz.mla-3-2", Some(Step::Task(Task::Mla32))),
            ("learn", None),
            ("learn.target.600", None),
            ("q.q3.7", None),
            ("quiz.alarms.7", None),
            ("quiz.missed", None),
            ("exam.10.1", None),
            ("review", None),
            ("terms.cooldown", None),
            ("target", None),
            ("", None),
        ] {
            let found = Step::parse(text);
            assert_eq!(found, expected, "{text}");
            if let Some(found) = found {
                assert_eq!(String::from(found), text);
            }
        }
        let told = Step::try_from("lern.target".to_owned()).unwrap_err();
        assert!(told.to_string().starts_with("`lern.target` is no step"));
    }

    fn home() -> Home {
        let question = |id: &str, task| QuestionEntry {
            id: id.to_owned(),
            revision: 2,
            lesson: "target".to_owned(),
            tasks: vec![task],
            format: Format::One,
        };
        let topic = |id: &str, questions| TopicEntry {
            id: id.to_owned(),
            title: Vec::new(),
            questions,
        };
        Home {
            topics: vec![
                topic(
                    "a",
                    vec![question("a1", Task::Mla31), question("a2", Task::Mla32)],
                ),
                topic("b", vec![question("b1", Task::Mla32)]),
            ],
            ..Home::default()
        }
    }

    #[test]
    fn a_path_goes_on_with_what_is_not_done() {
        let home = home();
        let steps = ["learn.target", "q.a1", "quiz.a", "quiz.mla-3-2"];
        let path = PathEntry {
            id: "p".to_owned(),
            title: Vec::new(),
            about: Vec::new(),
            steps: steps.map(step).to_vec(),
        };
        assert_eq!(path.task(), Some(Task::Mla32));
        let mut progress = Progress::default();
        let question = |id: &str| Item::Question(id.to_owned());
        let mut after = |answered: &str, revision, recall| {
            match answered {
                "target" => progress.lesson_done("target", None, 1),
                id => progress.answered(&question(id), revision, recall, 1),
            }
            let each = path.steps.iter().map(|it| it.tally(&home, &progress));
            let each: Vec<_> = each.map(|it| (it.done, it.of)).collect();
            let next = path.next(&home, &progress);
            let next = next.map(|step| step.address().to_string());
            (path.tally(&home, &progress).done, each, next)
        };
        let (right, wrong) = (Recall::Right, Recall::Wrong);
        for (answered, revision, recall, done, each, next) in [
            (
                "none",
                2,
                wrong,
                0,
                [(0, 1), (0, 1), (0, 2), (0, 2)],
                Some("learn.target"),
            ),
            (
                "a1",
                1,
                right,
                0,
                [(0, 1), (0, 1), (0, 2), (0, 2)],
                Some("learn.target"),
            ),
            (
                "a1",
                2,
                right,
                1,
                [(0, 1), (1, 1), (1, 2), (0, 2)],
                Some("learn.target"),
            ),
            (
                "target",
                2,
                right,
                2,
                [(1, 1), (1, 1), (1, 2), (0, 2)],
                Some("quiz.a"),
            ),
            (
                "a2",
                2,
                right,
                3,
                [(1, 1), (1, 1), (2, 2), (1, 2)],
                Some("quiz.mla-3-2"),
            ),
            (
                "a1",
                2,
                wrong,
                1,
                [(1, 1), (0, 1), (1, 2), (1, 2)],
                Some("q.a1"),
            ),
            (
                "a1",
                2,
                right,
                3,
                [(1, 1), (1, 1), (2, 2), (1, 2)],
                Some("quiz.mla-3-2"),
            ),
            ("b1", 2, right, 4, [(1, 1), (1, 1), (2, 2), (2, 2)], None),
        ] {
            let expected = (done, each.to_vec(), next.map(str::to_owned));
            assert_eq!(after(answered, revision, recall), expected, "{answered}");
        }
    }
}
