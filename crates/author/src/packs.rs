//! Packs: what a page loads, a file each and language, made of the content and the snapshot of its facts. Nothing is run.

mod findable;
mod needed;
mod reference;
mod terms;
mod written;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use study::{
    constant::Constant,
    lesson::Prediction,
    pack::{
        Asked, Home, LessonEntry, LessonPack, PathEntry, Quantity, QuestionEntry, Source, Term,
        Terms, TopicEntry, TopicPack,
    },
    path::Step,
    text::Block,
};

use crate::{
    content::{Content, LessonSource, PathSource, QuestionSource, TopicSource},
    language::Language,
    said::Within,
    snapshot::{ANSWER, Facts, Snapshot},
    text::{Kind, Mention, plain},
};
use terms::Names;

/// Returns the texts of all packs by their files' names: `lesson-target.en.json`. What lacks in the content lacks here: it is to be
/// checked before.
#[must_use]
pub fn packs(content: &Content<'_>, snapshot: &Snapshot) -> BTreeMap<String, String> {
    let mut packs = BTreeMap::new();
    for language in Language::ALL {
        let writer = Writer {
            content,
            snapshot,
            language,
        };
        let mut put = |name: &str, text: String| {
            packs.insert(format!("{name}.{}.json", language.tag()), text);
        };
        put("home", json(&writer.home()));
        put("terms", json(&writer.terms()));
        put("wrong", json(&writer.wrong()));
        put("tables", json(&writer.tables()));
        put("search", json(&writer.findable()));
        for lesson in &content.lessons {
            if let Some(pack) = writer.lesson(lesson) {
                put(&format!("lesson-{}", lesson.lesson.id), json(&pack));
            }
        }
        for topic in &content.topics {
            put(&format!("topic-{}", topic.id), json(&writer.topic(topic)));
        }
    }
    packs
}

fn json(pack: &impl Serialize) -> String {
    serde_json::to_string(pack).unwrap_or_default()
}

struct Writer<'a> {
    content: &'a Content<'a>,
    snapshot: &'a Snapshot,
    language: Language,
}

impl Writer<'_> {
    fn home(&self) -> Home {
        let content = self.content;
        let lessons = content.lessons.iter().filter_map(|it| {
            let said = it.said.get(self.language).as_ref()?;
            // Of its first paragraph: the home page has one sentence of each.
            let question = said.text.question.iter().find_map(|block| match block {
                Block::Paragraph(line) => Some(line.clone()),
                _ => None,
            });
            Some(LessonEntry {
                id: it.lesson.id.clone(),
                title: said.text.title.clone(),
                question: self.names().named(question.unwrap_or_default()),
                tasks: it.lesson.tasks.clone(),
            })
        });
        let topics = content.topics.iter().map(|topic| TopicEntry {
            id: topic.id.clone(),
            title: topic.title.get(self.language).clone(),
            questions: topic.questions.iter().map(entry).collect(),
        });
        let paths = content.paths.iter().filter_map(|path| {
            let said = &path.said.get(self.language).as_ref()?.text;
            let [Block::Paragraph(about)] = said.about.as_slice() else {
                return None;
            };
            Some(PathEntry {
                id: path.id.clone(),
                title: said.name.clone(),
                about: self.names().named(about.clone()),
                steps: self.steps(path),
            })
        });
        Home {
            lessons: lessons.collect(),
            topics: topics.collect(),
            paths: paths.collect(),
        }
    }

    /// Returns the steps of a path: of one for a task the lessons about it in their order, then the questions.
    fn steps(&self, path: &PathSource) -> Vec<Step> {
        let Some(task) = path.task else {
            return path.steps.clone();
        };
        let lessons = self.content.lessons.iter();
        let about = lessons.filter(|it| it.lesson.tasks.contains(&task));
        about
            .map(|it| Step::Lesson(it.lesson.id.clone()))
            .chain([Step::Task(task)])
            .collect()
    }

    fn lesson(&self, source: &LessonSource<'_>) -> Option<LessonPack> {
        let said = source.said.get(self.language).as_ref()?;
        let mut lesson = source.lesson.clone();
        // What proves the content is of no use to a page.
        lesson.claims.clear();
        if let Prediction::Choice { proof, .. } = &mut lesson.prediction {
            proof.clear();
        }
        let mentions = mentions(&said.sections);
        let own = self.snapshot.lessons.get(&lesson.id);
        lesson.facts = needed::of_now(&lesson.facts, own, &mentions);
        let answer = own.and_then(|facts| facts.get(ANSWER));
        let answer = answer.map(|Quantity(value, _)| *value);
        let mut facts = needed::of_texts(own, &mentions);
        facts.extend(constants(&mentions));
        let topics = lesson.questions.iter().filter_map(|id| {
            let mut all = self.content.questions();
            all.find(|(_, it)| it.question.id == *id)
                .map(|(topic, _)| topic.id.clone())
        });
        Some(LessonPack {
            sources: self.sources(&lesson.sources, &mentions),
            topics: topics.collect(),
            text: self.names().lesson(said.text.clone()),
            facts,
            answer,
            lesson,
        })
    }

    fn topic(&self, topic: &TopicSource<'_>) -> TopicPack {
        let mut sources = BTreeMap::new();
        let questions = topic.questions.iter().filter_map(|it| {
            let said = it.said.get(self.language).as_ref()?;
            let mentions = mentions(&said.sections);
            sources.extend(self.sources(&it.question.sources, &mentions));
            let own = self.snapshot.questions.get(&it.question.id);
            let mut facts = needed::of_texts(own, &mentions);
            facts.extend(constants(&mentions));
            Some(Asked {
                question: needed::of_page(&it.question),
                text: self.names().question(said.text.clone()),
                facts,
            })
        });
        let questions = questions.collect();
        TopicPack {
            id: topic.id.clone(),
            title: topic.title.get(self.language).clone(),
            questions,
            sources,
        }
    }

    fn terms(&self) -> Terms {
        let mut facts = Facts::new();
        let terms = self.content.terms.iter().filter_map(|term| {
            let said = term.said.get(self.language).as_ref()?;
            facts.extend(constants(&mentions(&said.sections)));
            let name = plain(&said.text.name);
            let english = term.said.get(Language::English).as_ref();
            let english = english.map(|it| plain(&it.text.name));
            let introduces = |it: &&LessonSource<'_>| it.lesson.terms.contains(&term.id);
            let lesson = self.content.lessons.iter().find(introduces);
            let mut names = self.names();
            let about = said
                .text
                .about
                .iter()
                .cloned()
                .map(|block| names.block(block));
            Some(Term {
                id: term.id.clone(),
                english: english.filter(|english| *english != name),
                name,
                aliases: term.aliases.clone(),
                about: about.collect(),
                lesson: lesson.map(|it| it.lesson.id.clone()).unwrap_or_default(),
            })
        });
        let terms = terms.collect();
        Terms { terms, facts }
    }

    fn names(&self) -> Names<'_> {
        Names::new(&self.content.terms, self.language)
    }

    /// Returns the sources that are named, by data or text.
    fn sources(&self, ids: &[String], mentions: &[&Mention]) -> BTreeMap<String, Source> {
        let in_text = mentions.iter().filter(|it| it.kind == Kind::Source);
        let ids: BTreeSet<&String> = ids.iter().chain(in_text.map(|it| &it.name)).collect();
        (ids.into_iter())
            .filter_map(|id| Some((id.clone(), self.content.sources.get(id)?.clone())))
            .collect()
    }
}

fn entry(source: &QuestionSource) -> QuestionEntry {
    let question = &source.question;
    QuestionEntry {
        id: question.id.clone(),
        revision: question.revision,
        lesson: question.lesson.clone(),
        tasks: question.tasks.clone(),
        format: question.ask.format(),
    }
}

fn mentions(sections: &BTreeMap<String, Within>) -> Vec<&Mention> {
    sections
        .values()
        .flat_map(|within| &within.mentions)
        .collect()
}

/// Returns the constants that a text names, as it names them.
fn constants(mentions: &[&Mention]) -> Facts {
    let named = mentions.iter().filter(|it| it.kind == Kind::Default);
    named
        .filter_map(|it| {
            let constant = Constant::find(&it.name)?;
            let quantity = Quantity(constant.value(), constant.unit);
            Some((format!("default.{}", it.name), quantity))
        })
        .collect()
}
