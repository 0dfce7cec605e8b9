//! Packs: what a page loads, a file each and language, made of the content and the snapshot of its facts. Nothing is run.

mod findable;
mod lines;
mod needed;
mod reference;
mod split;
mod terms;
mod written;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};
use study::{
    constant::Constant,
    lesson::Prediction,
    pack::{
        Asked, Home, LessonEntry, LessonPack, PackName, PathEntry, Quantity, QuestionEntry, Term,
        Terms, TopicEntry, TopicPack,
    },
    path::Step,
    text::Block,
};

use crate::{
    content::{Content, LessonSource, PathSource, QuestionSource, TopicSource},
    language::{Both, Language},
    said::Within,
    snapshot::{ANSWER, Facts, Snapshot},
    text::{Kind, Mention, plain},
};
use split::{Parts, split};
use terms::Names;

/// Returns the texts of all packs by their files' names: `lesson-target.json` is what is free of any language,
/// `lesson-target.en.json` what English says. What lacks in the content lacks here: it is to be checked before.
#[must_use]
pub fn packs(content: &Content<'_>, snapshot: &Snapshot) -> BTreeMap<String, String> {
    let writers = Both::of(|language| Writer {
        content,
        snapshot,
        language,
    });
    let mut files = BTreeMap::new();
    let sources = json!({ "sources": content.sources });
    files.insert(PackName::SOURCES.to_owned(), sources.to_string());
    let mut put = |name: &str, make: &dyn Fn(&Writer<'_>) -> Option<Value>| {
        let (Some(english), Some(korean)) = (make(&writers.english), make(&writers.korean)) else {
            return;
        };
        let Parts { common, own } = split(english, korean);
        let text = |part: Option<&Value>| part.map_or_else(|| "{}".to_owned(), Value::to_string);
        files.insert(PackName::common(name), text(common.as_ref()));
        for language in Language::ALL {
            let own = own.as_ref().map(|own| own.get(language));
            files.insert(PackName::own(name, language.tag()), text(own));
        }
    };
    put("home", &|it| value(it.home()));
    put("terms", &|it| value(it.terms()));
    put("wrong", &|it| value(it.wrong()));
    put("tables", &|it| value(it.tables()));
    put("search", &|it| value(it.findable()));
    for lesson in &content.lessons {
        let name = format!("lesson-{}", lesson.lesson.id);
        put(&name, &|it| value(it.lesson(lesson)?));
    }
    for topic in &content.topics {
        put(&format!("topic-{}", topic.id), &|it| value(it.topic(topic)));
    }
    files
}

fn value(pack: impl Serialize) -> Option<Value> {
    serde_json::to_value(pack).ok()
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
        // What proves the content is of no use to a page, and terms name their lesson.
        lesson.claims.clear();
        lesson.terms.clear();
        if let Prediction::Choice { proof, .. } = &mut lesson.prediction {
            proof.clear();
        }
        let mentions = mentions(&said.sections);
        let own = self.snapshot.lessons.get(&lesson.id);
        lesson.facts = needed::of_now(&lesson.facts, &mentions);
        let answer = own.and_then(|facts| facts.get(ANSWER));
        let answer = answer.map(|Quantity(value, _)| *value);
        let mut names = self.names();
        let written = self.writing(own, Some(&source.lesson));
        let text = lines::lesson(said.text.clone(), &mut |line| {
            written.line(names.named(line))
        });
        let topics = lesson.questions.iter().filter_map(|id| {
            let mut all = self.content.questions();
            all.find(|(_, it)| it.question.id == *id)
                .map(|(topic, _)| topic.id.clone())
        });
        Some(LessonPack {
            sources: BTreeMap::new(),
            topics: topics.collect(),
            text,
            facts: needed::moments(own, &mentions),
            answer,
            lesson,
        })
    }

    fn topic(&self, topic: &TopicSource<'_>) -> TopicPack {
        let questions = topic.questions.iter().filter_map(|it| {
            let said = it.said.get(self.language).as_ref()?;
            let mentions = mentions(&said.sections);
            let own = self.snapshot.questions.get(&it.question.id);
            let mut facts = needed::of_texts(own, &mentions);
            facts.extend(constants(&mentions));
            let mut names = self.names();
            let text = said.text.clone();
            Some(Asked {
                question: needed::of_page(&it.question),
                text: lines::question(text, &mut |line| names.named(line)),
                facts,
            })
        });
        let questions = questions.collect();
        TopicPack {
            id: topic.id.clone(),
            title: topic.title.get(self.language).clone(),
            questions,
            sources: BTreeMap::new(),
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
            let about = said.text.about.iter().cloned();
            Some(Term {
                id: term.id.clone(),
                english: english.filter(|english| *english != name),
                name,
                aliases: term.aliases.clone(),
                about: lines::blocks(about, &mut |line| names.named(line)),
                lesson: lesson.map(|it| it.lesson.id.clone()).unwrap_or_default(),
            })
        });
        let terms = terms.collect();
        Terms { terms, facts }
    }

    fn names(&self) -> Names<'_> {
        Names::new(&self.content.terms, self.language)
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
