//! Search over all texts of a language: lessons, terms, questions, what guides get wrong, tables.
//!
//! It looks through normalised texts as they are, without an index of words: right for Korean, whose words carry particles, and fast
//! enough for a few hundred kilobytes. A term's other names find what is said of it under its own name.

pub mod documents;
mod normal;
mod snippet;

use std::{cmp::Reverse, ops::Range};

use serde::{Deserialize, Serialize};

use self::normal::{begins_word, is_beginning, normalised, original};
pub use self::snippet::Snippet;

/// What a text is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A lesson.
    Lesson,
    /// A term.
    Term,
    /// A question.
    Question,
    /// Something that guides get wrong.
    Wrong,
    /// A table.
    Table,
}

/// Something that can be found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Its title; of a term its name, of a question what it asks.
    pub title: String,
    /// Other names: a term's in English, and those under which people look for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// What it says.
    pub text: String,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<'a> {
    /// What it is.
    pub document: &'a Document,
    /// The bytes of its title that were found; empty where the match is elsewhere.
    pub in_title: Range<usize>,
    /// The other name under which it was found.
    pub name: Option<&'a str>,
    /// What it says around what was found, or else how it begins.
    pub snippet: Snippet,
}

/// Most characters that are looked for; what follows is passed over.
pub const MOST_CHARACTERS: usize = 100;
/// Most words.
const MOST_WORDS: usize = 8;
/// Most ways to say one word.
const MOST_WAYS: usize = 4;
/// Most hits.
pub const MOST_HITS: usize = 20;
/// From how many keys on the beginning of another name stands for the name: two syllables.
const ENOUGH_KEYS: usize = 4;

/// Texts, ready to be searched.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    document: Document,
    title: String,
    names: Vec<String>,
    text: String,
}

/// Where something was found. What is less comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// In a title.
    Title,
    /// In the name of a term, or one of its other names.
    Name,
    /// In a text.
    Text,
    /// Not together: one word here, another there.
    Apart,
}

/// How good a match is. What is less comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    place: Place,
    /// Whether only another way to say it was found.
    is_otherwise: bool,
    /// Whether it is all of the title or name.
    is_whole: Reverse<bool>,
    begins_word: Reverse<bool>,
}

#[derive(Clone, Debug)]
struct Match {
    rank: Rank,
    part: Part,
}

/// What was found, as part of what is normalised.
#[derive(Clone, Debug)]
enum Part {
    Title(Range<usize>),
    /// The number of one of its other names.
    Name(usize),
    Text(Range<usize>),
}

impl Corpus {
    /// Makes texts ready.
    #[must_use]
    pub fn new(documents: Vec<Document>) -> Self {
        let entry = |document: Document| Entry {
            title: normalised(&document.title),
            names: document.names.iter().map(|name| normalised(name)).collect(),
            text: normalised(&document.text),
            document,
        };
        Self {
            entries: documents.into_iter().map(entry).collect(),
        }
    }

    /// Returns what is found of what a person typed, the best first, at most 20 of it.
    #[must_use]
    pub fn find(&self, typed: &str) -> Vec<Hit<'_>> {
        let typed: String = typed.chars().take(MOST_CHARACTERS).collect();
        let phrase = self.ways(&typed);
        let words: Vec<Vec<String>> = (typed.split_whitespace().take(MOST_WORDS))
            .map(|word| self.ways(word))
            .filter(|ways| !ways.is_empty())
            .collect();
        if phrase.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(Match, &Entry)> = (self.entries.iter())
            .filter_map(|entry| {
                let found = entry.find(&phrase).or_else(|| entry.find_apart(&words))?;
                Some((found, entry))
            })
            .collect();
        // Those that are as good stay in the order of the content.
        found.sort_by_key(|(found, entry)| (found.rank, entry.document.kind));
        found.truncate(MOST_HITS);
        found
            .iter()
            .map(|(found, entry)| entry.hit(found))
            .collect()
    }

    /// Returns the ways to say something, normalised: as it was typed, and by the names of terms that have it, or what begins so, for
    /// another name.
    fn ways(&self, typed: &str) -> Vec<String> {
        let typed = normalised(typed);
        if typed.is_empty() {
            return Vec::new();
        }
        let is_name = |name: &String| {
            *name == typed || (typed.len() >= ENOUGH_KEYS && name.starts_with(&typed))
        };
        let terms = (self.entries.iter()).filter(|it| it.document.kind == Kind::Term);
        let named = terms.filter(|term| term.names.iter().any(is_name));
        let others: Vec<String> = (named.map(|term| term.title.clone()))
            .filter(|name| *name != typed)
            .take(MOST_WAYS - 1)
            .collect();
        [typed].into_iter().chain(others).collect()
    }
}

impl Entry {
    /// Returns the best match of one of the ways to say something.
    fn find(&self, ways: &[String]) -> Option<Match> {
        let found = |(number, way): (usize, &String)| {
            let Match { rank, part } = self.find_one(way)?;
            let is_otherwise = number > 0;
            Some(Match {
                rank: Rank {
                    is_otherwise,
                    ..rank
                },
                part,
            })
        };
        let ways = ways.iter().enumerate();
        ways.filter_map(found).min_by_key(|found| found.rank)
    }

    fn find_one(&self, wanted: &str) -> Option<Match> {
        let of = |place, within: &str, part: fn(Range<usize>) -> Part| {
            let at = first_match(within, wanted)?;
            Some(Match {
                rank: Rank {
                    place,
                    is_otherwise: false,
                    is_whole: Reverse(within.len() == wanted.len()),
                    begins_word: Reverse(begins_word(within, at)),
                },
                part: part(at..at + wanted.len()),
            })
        };
        let place = match self.document.kind {
            Kind::Term => Place::Name,
            Kind::Question => Place::Text,
            Kind::Lesson | Kind::Wrong | Kind::Table => Place::Title,
        };
        let in_name = |(number, name): (usize, &String)| {
            let Match { rank, .. } = of(Place::Name, name, Part::Text)?;
            let part = Part::Name(number);
            Some(Match { rank, part })
        };
        of(place, &self.title, Part::Title)
            .or_else(|| self.names.iter().enumerate().find_map(in_name))
            .or_else(|| of(Place::Text, &self.text, Part::Text))
    }

    /// Returns the best match of several words that are all there, wherever.
    fn find_apart(&self, words: &[Vec<String>]) -> Option<Match> {
        if words.len() < 2 {
            return None;
        }
        let found: Option<Vec<Match>> = words.iter().map(|ways| self.find(ways)).collect();
        let Match { rank, part } = found?.into_iter().min_by_key(|found| found.rank)?;
        let place = Place::Apart;
        Some(Match {
            rank: Rank { place, ..rank },
            part,
        })
    }

    fn hit(&self, found: &Match) -> Hit<'_> {
        let Document {
            title, names, text, ..
        } = &self.document;
        let (in_title, name, in_text) = match &found.part {
            Part::Title(part) => (original(title, part), None, 0..0),
            Part::Name(number) => (0..0, names.get(*number), 0..0),
            Part::Text(part) => (0..0, None, original(text, part)),
        };
        Hit {
            document: &self.document,
            in_title,
            name: name.map(String::as_str),
            snippet: snippet::around(text, &in_text),
        }
    }
}

/// Returns where something is found: at the beginning of a word, if anywhere.
fn first_match(within: &str, wanted: &str) -> Option<usize> {
    let mut places = (within.match_indices(wanted))
        .map(|(at, _)| at)
        .filter(|at| is_beginning(within, *at));
    let first = places.next()?;
    if begins_word(within, first) {
        return Some(first);
    }
    places.find(|at| begins_word(within, *at)).or(Some(first))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn document(kind: Kind, id: &str, title: &str, names: &[&str], text: &str) -> Document {
        Document {
            kind,
            id: id.to_owned(),
            title: title.to_owned(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            text: text.to_owned(),
        }
    }

    fn corpus() -> Corpus {
        use Kind::{Lesson, Question, Term, Wrong};
        let documents = [
            (
                Question,
                "q7",
                "",
                &[][..],
                "휴지 기간이 지나기 전에는 무엇이 막힙니까? ScaleOutCooldown",
            ),
            (
                Lesson,
                "cooldowns",
                "휴지 기간이 막는 것",
                &[],
                "확장은 확장 뒤에 막힙니다.",
            ),
            (
                Lesson,
                "target",
                "부하 테스트에서 대상 값까지",
                &[],
                "요청이 늘면 경보가 울립니다. 축소는 늦습니다.",
            ),
            (
                Term,
                "cooldown",
                "휴지 기간",
                &["cooldown", "쿨다운"],
                "한 활동 뒤에 다음 활동을 막는 시간입니다.",
            ),
            (
                Term,
                "target-value",
                "대상 값",
                &["TargetValue", "타깃 값"],
                "정책이 유지하려는 값입니다.",
            ),
            (Term, "protection", "축소 보호", &[], "줄이지 않습니다."),
            (
                Term,
                "scale-in",
                "축소",
                &["scale in", "스케일 인"],
                "인스턴스를 줄입니다.",
            ),
            (
                Wrong,
                "w3",
                "쿨다운은 모든 것을 막는다",
                &[],
                "축소 뒤의 확장은 막지 않습니다.",
            ),
        ];
        let of = |(kind, id, title, names, text): (Kind, &str, &str, &[&str], &str)| {
            document(kind, id, title, names, text)
        };
        Corpus::new(documents.into_iter().map(of).collect())
    }

    #[test]
    fn the_best_comes_first() {
        let corpus = corpus();
        for (typed, ids) in [
            ("휴지 기간", &["cooldowns", "cooldown", "q7"][..]),
            ("휴지기간", &["cooldowns", "cooldown", "q7"]),
            ("휴지 기", &["cooldowns", "cooldown", "q7"]),
            // Under another name: what is called so comes before what only speaks of it.
            ("쿨다운", &["w3", "cooldowns", "cooldown", "q7"]),
            ("쿨다", &["w3", "cooldowns", "cooldown", "q7"]),
            ("COOLDOWN", &["cooldowns", "cooldown", "q7"]),
            ("ScaleOutCooldown", &["q7"]),
            ("target value", &["target-value"]),
            ("targetvalue", &["target", "target-value"]),
            ("scale-in", &["scale-in", "protection", "target", "w3"]),
            ("축소", &["scale-in", "protection", "target", "w3"]),
            // No syllable begins so, though some end so.
            ("ㄶ", &[]),
            ("경보", &["target"]),
            // Each word somewhere.
            ("축소 경보", &["target"]),
            ("확장 축소", &["w3"]),
            ("쿨다운 축소", &["w3"]),
            ("축소 달", &[]),
            ("", &[]),
            ("   ", &[]),
            ("\u{200b}-", &[]),
            ("없는 것", &[]),
        ] {
            let found: Vec<&str> = corpus
                .find(typed)
                .iter()
                .map(|hit| hit.document.id.as_str())
                .collect();
            assert_eq!(found, ids, "{typed}");
        }
    }

    #[test]
    fn what_was_found_is_shown() {
        let corpus = corpus();
        for (typed, id, in_title, name, in_text) in [
            ("휴지기", "cooldowns", "휴지 기", None, ""),
            ("휴지기", "q7", "", None, "휴지 기"),
            ("쿨다", "cooldown", "", Some("쿨다운"), ""),
            ("쿨다운", "q7", "", None, "휴지 기간"),
            ("scaleout", "q7", "", None, "ScaleOut"),
            ("확장 축소", "w3", "", None, "축소"),
        ] {
            let hits = corpus.find(typed);
            let hit = hits.iter().find(|hit| hit.document.id == id);
            let hit = hit.unwrap_or_else(|| panic!("{typed} {id}"));
            let title = hit.document.title.get(hit.in_title.clone());
            let text = hit.snippet.text.get(hit.snippet.found.clone());
            assert_eq!(
                (title, hit.name, text),
                (Some(in_title), name, Some(in_text)),
                "{typed} {id}"
            );
        }
        let term = corpus
            .find("쿨다운")
            .into_iter()
            .find(|hit| hit.document.kind == Kind::Term);
        assert_eq!(
            term.unwrap().snippet.text,
            "한 활동 뒤에 다음 활동을 막는 시간입니다."
        );
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_bounded(typed in "\\PC{0,300}", part in "[가-힣a-zㄱ-ㅎ -]{1,4}") {
            let corpus = corpus();
            for typed in [typed, part] {
                let hits = corpus.find(&typed);
                prop_assert!(hits.len() <= MOST_HITS);
                for hit in hits {
                    prop_assert!(hit.document.title.get(hit.in_title).is_some());
                    prop_assert!(hit.snippet.text.get(hit.snippet.found).is_some());
                }
            }
        }
    }
}
