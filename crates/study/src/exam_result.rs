//! What came of a mock exam that was handed in: what was right, by topic and by task. It knows no score of AWS's.

use std::collections::BTreeMap;

use crate::{
    grade::grade, item::Item, lesson::Task, memory::Recall, progress::ExamTaken,
    question::Question, sitting::Sitting,
};

/// How many of some questions were right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Tally {
    /// The right ones.
    pub right: u32,
    /// All of them.
    pub of: u32,
}

impl Tally {
    fn count(&mut self, is_right: bool) {
        self.right += u32::from(is_right);
        self.of += 1;
    }
}

/// How a question of an exam was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graded {
    /// The question.
    pub item: Item,
    /// Its revision.
    pub revision: u32,
    /// How it was answered; none: it was not, which counts as not right and tells nothing of what is known.
    pub recall: Option<Recall>,
}

/// What came of an exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExamResult {
    /// Of all questions.
    pub total: Tally,
    /// Of the questions of each topic, by its id.
    pub topics: BTreeMap<String, Tally>,
    /// Of the questions about each task: one about two of them counts for both.
    pub tasks: BTreeMap<Task, Tally>,
    /// Each question, in the exam's order.
    pub questions: Vec<Graded>,
}

impl ExamResult {
    /// Grades an exam. A question that `question` does not know counts as not answered.
    #[must_use]
    pub fn of<'a>(sitting: &Sitting, question: impl Fn(&str) -> Option<&'a Question>) -> Self {
        let mut result = Self {
            total: Tally::default(),
            topics: BTreeMap::new(),
            tasks: BTreeMap::new(),
            questions: Vec::new(),
        };
        for (number, asked) in sitting.questions().iter().enumerate() {
            let recall = sitting.place(number).and_then(|place| {
                let question = question(place.item.id())?;
                let grade = grade(&question.ask, place.answer?, &question.drawn(place.seed))?;
                Some(Recall::of(grade.is_right))
            });
            let is_right = recall == Some(Recall::Right);
            result.total.count(is_right);
            let topic = result.topics.entry(asked.topic.clone()).or_default();
            topic.count(is_right);
            for task in &asked.tasks {
                result.tasks.entry(*task).or_default().count(is_right);
            }
            result.questions.push(Graded {
                item: asked.item.clone(),
                revision: asked.revision,
                recall,
            });
        }
        result
    }

    /// Returns what is kept of it.
    #[must_use]
    pub fn kept(&self, seed: u32, elapsed_s: u32, today: u32) -> ExamTaken {
        let mut tasks = BTreeMap::new();
        for (task, tally) in &self.tasks {
            tasks.insert(*task, (tally.right, tally.of));
        }
        ExamTaken {
            day: today,
            seed,
            of: self.total.of,
            right: self.total.right,
            seconds: elapsed_s,
            tasks,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        candidate::Candidate,
        exam::Length,
        grade::{Answer, right_answer},
        progress::{Progress, read, write},
        question::Format,
    };

    fn question(id: &str) -> Question {
        serde_json::from_value(json!({
            "id": id, "draw": { "r": { "from": 10.0, "to": 90.0, "step": 1.0 } },
            "ask": { "number": { "answer": "r * 60", "unit": "requests_per_minute", "slips": { "minute": "r" } } },
        }))
        .unwrap()
    }

    #[test]
    fn an_exam_is_graded_by_topic_and_task() {
        let topics = [
            ("target", [Task::Mla32].as_slice()),
            ("step", &[Task::Mla32, Task::Mla42]),
        ];
        let all: Vec<Candidate> = (0..12)
            .map(|number| {
                let (topic, tasks) = topics[number % 2];
                Candidate {
                    item: Item::Question(format!("q{number}")),
                    revision: 2,
                    topic: topic.to_owned(),
                    tasks: tasks.to_vec(),
                    format: Some(Format::Number),
                }
            })
            .collect();
        let questions: Vec<Question> = all.iter().map(|it| question(it.item.id())).collect();
        let find = |id: &str| questions.iter().find(|question| question.id == id);
        let mut sitting = Sitting::start(&all, Length::Ten, 3);
        let mut expect = (0, BTreeMap::<String, Tally>::new());
        for number in 0..10 {
            sitting.go(number);
            let place = sitting.place(number).unwrap();
            let question = find(place.item.id()).unwrap();
            let right = right_answer(&question.ask, &question.drawn(place.seed));
            let answer = match number {
                0..6 => right,
                6 => Some(Answer::Number(1.0)),
                7 => Some(Answer::One("of another kind".to_owned())),
                _ => None,
            };
            let topic = sitting.questions()[number].topic.clone();
            expect.1.entry(topic).or_default().count(number < 6);
            sitting.answer(answer);
        }
        let result = ExamResult::of(&sitting, find);
        assert_eq!(result.total, Tally { right: 6, of: 10 });
        assert_eq!(result.topics, expect.1);
        assert_eq!(result.tasks[&Task::Mla32], result.total);
        assert_eq!(result.tasks[&Task::Mla42], result.topics["step"]);
        let recalls: Vec<Option<Recall>> = result.questions.iter().map(|it| it.recall).collect();
        assert_eq!(recalls[..6], [Some(Recall::Right); 6]);
        assert_eq!(recalls[6..], [Some(Recall::Wrong), None, None, None]);
        assert!(result.questions.iter().all(|it| it.revision == 2));
        let unknown = ExamResult::of(&sitting, |_| None);
        assert_eq!(unknown.total, Tally { right: 0, of: 10 });
        let mut progress = Progress::default();
        progress.exam_taken(result.kept(3, 900, 20_000));
        assert_eq!(
            read(&write(&progress)).unwrap().exams().next(),
            Some(&result.kept(3, 900, 20_000))
        );
    }
}
