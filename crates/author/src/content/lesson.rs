//! A lesson as it is read: its data, and what it says.

use study::lesson::{Lesson, LessonText};

use super::{data, outline};
use crate::{
    data::Data,
    fault::{Faults, Place},
    files::Files,
    language::Both,
    said::{Said, lesson},
};

/// A lesson.
pub struct LessonSource<'a> {
    /// Where its data stand.
    pub data: Data<'a>,
    /// Its data.
    pub lesson: Lesson,
    /// What it says; nothing where there is no such file.
    pub said: Both<Option<Said<LessonText>>>,
}

impl<'a> LessonSource<'a> {
    /// Reads a lesson, and tells all that cannot be read of it.
    pub(super) fn read(files: &'a Files, id: &str, faults: &mut Faults) -> Option<Self> {
        let data = data(files, &format!("lessons/{id}/lesson.toml"), faults)?;
        let read = data.read::<Lesson>(faults);
        let mut outlines = Both::of(|language| {
            let path = format!("lessons/{id}/{}.md", language.tag());
            outline(files, &path, language, faults)
        });
        let mut lesson = read?;
        if !lesson.id.is_empty() {
            faults.add(
                &data.place(&["id"]),
                "a lesson's id is the name of its folder",
                "no `id`",
            );
        }
        lesson.id = id.to_owned();
        let said = Both::of(|language| {
            let outline = outlines.get_mut(language).take()?;
            Some(lesson::read(&outline, &lesson, faults))
        });
        Some(Self { data, lesson, said })
    }

    /// Returns the place of something in its data.
    #[must_use]
    pub fn place(&self, path: &[&str]) -> Place {
        self.data.place(path)
    }
}
