//! The pack that is searched: plain texts of lessons, terms, questions, what guides get wrong and tables, in the order of the content.

use study::{
    lesson::Lesson,
    pack::Findable,
    search::documents::{of_lesson, of_question, of_table, of_term, of_wrong},
    setting::scenario_of,
    text::Marked,
};

use super::{
    Writer,
    written::{Written, clock},
};
use crate::snapshot::Facts;

impl Writer<'_> {
    pub(super) fn findable(&self) -> Findable {
        let mut documents = Vec::new();
        for source in &self.content.lessons {
            if let Some(pack) = self.lesson(source) {
                let own = self.snapshot.lessons.get(&source.lesson.id);
                let written = self.writing(own, Some(&source.lesson));
                documents.push(of_lesson(&pack, &mut worded(&written)));
            }
        }
        let written = self.writing(None, None);
        for term in &self.terms().terms {
            documents.push(of_term(term, &mut worded(&written)));
        }
        for topic in &self.content.topics {
            for asked in &self.topic(topic).questions {
                let written = self.writing(Some(&asked.facts), None);
                documents.push(of_question(asked, &mut worded(&written)));
            }
        }
        for wrong in &self.wrong().wrong {
            documents.push(of_wrong(wrong, &mut worded(&written)));
        }
        for table in &self.tables().tables {
            documents.push(of_table(table, &mut worded(&written)));
        }
        Findable { documents }
    }

    pub(super) fn writing<'a>(
        &self,
        facts: Option<&'a Facts>,
        lesson: Option<&Lesson>,
    ) -> Written<'a> {
        let scenario = lesson.map(|it| {
            let first = it.control.first();
            scenario_of(&it.scenario, &it.variants, Some(&it.control), &first)
        });
        Written::new(self.language, facts, clock(scenario))
    }
}

/// Returns what says values: a number that is drawn anew at each visit is none to look for, and left out.
fn worded(written: &Written<'_>) -> impl FnMut(&Marked) -> String {
    |marked| match marked {
        Marked::Value(name) | Marked::Now(name) => {
            written.value(name).unwrap_or_else(|| "…".to_owned())
        }
        _ => String::new(),
    }
}
