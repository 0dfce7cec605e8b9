//! From Markdown's events to sections of blocks.

use std::ops::Range;

use pulldown_cmark::{
    CodeBlockKind, Event, HeadingLevel, LinkType, OffsetIter, Options, Parser, Tag, TagEnd,
    TextMergeWithOffset,
};
use study::{
    claim::Claim,
    english,
    text::{Block, Inline, Line, Marked},
};

use super::{Kind, Mention, Outline, Piece, Section, digits, doubled, korean, trimmed};
use crate::{
    fault::{Faults, Place, line_at},
    language::Language,
};

/// What a text can have.
const ALLOWED: &str =
    "paragraphs, lists, `code`, **strong**, *emphasis*, {{facts}}, [[terms]] and [text](kind:id)";

/// What makes a number an hour of the clock.
const FULL_HOUR: &str = ":00";

/// Reads a text, and tells all that a page could not show.
pub fn read(file: &str, text: &str, language: Language, faults: &mut Faults) -> Outline {
    let events = Parser::new_ext(text, Options::empty()).into_offset_iter();
    let mut reader = Reader {
        file,
        text,
        language,
        events: TextMergeWithOffset::new(events),
        faults,
        mentions: Vec::new(),
        has_digits: false,
    };
    reader.outline()
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    language: Language,
    events: TextMergeWithOffset<'a, OffsetIter<'a>>,
    faults: &'a mut Faults,
    mentions: Vec<Mention>,
    /// Titles of sources and ids of sections have the digits that they have.
    has_digits: bool,
}

impl<'a> Reader<'a> {
    fn outline(&mut self) -> Outline {
        let mut title = None;
        let mut sections: Vec<Section> = Vec::new();
        while let Some((event, range)) = self.events.next() {
            let place = self.place(range.start);
            if let Event::Start(Tag::Heading { level, .. }) = event {
                self.has_digits = level != HeadingLevel::H1;
                let heading = trimmed(self.line(TagEnd::Heading(level)));
                self.has_digits = false;
                // Lists of lessons and terms show headings, and have no facts.
                for mention in std::mem::take(&mut self.mentions) {
                    let written = mention.kind.written(&mention.name);
                    self.faults.add(
                        &mention.place,
                        format!("{written} stands in a heading"),
                        "a heading of words alone",
                    );
                }
                match level {
                    HeadingLevel::H1 if title.is_none() && sections.is_empty() => {
                        title = Some((heading, place));
                    }
                    HeadingLevel::H2 | HeadingLevel::H3 => sections.push(Section {
                        is_part: level == HeadingLevel::H3,
                        heading,
                        place,
                        pieces: Vec::new(),
                        mentions: Vec::new(),
                    }),
                    _ => self.faults.add(
                        &place,
                        "a heading of this level cannot stand here",
                        "one title behind `#`, then sections behind `##`, and behind `###` the parts of a case",
                    ),
                }
                continue;
            }
            let piece = self.piece(event, place);
            let mentions = std::mem::take(&mut self.mentions);
            match (piece, sections.last_mut()) {
                (Some(piece), Some(section)) => {
                    section.pieces.push(piece);
                    section.mentions.extend(mentions);
                }
                (Some(piece), None) => self.faults.add(
                    &piece.place,
                    "this stands in no section",
                    "a heading behind `##` before it",
                ),
                (None, _) => {}
            }
        }
        let first = self.place(0);
        if title.is_none() {
            self.faults.add(
                &first,
                "there is no title",
                "`# ` and the title in the first line",
            );
        }
        let (title, place) = title.unwrap_or((Line::new(), first));
        Outline {
            title,
            place,
            sections,
        }
    }

    /// Reads a block that has begun.
    fn piece(&mut self, event: Event<'a>, place: Place) -> Option<Piece> {
        let mut items = Vec::new();
        let block = match event {
            Event::Start(Tag::Paragraph) => {
                let line = trimmed(self.line(TagEnd::Paragraph));
                self.paragraph(line, &place)
            }
            Event::Start(Tag::List(first)) => {
                let lines = self.items(&mut items);
                match first {
                    None => Block::List(lines),
                    Some(_) => Block::Steps(lines),
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => Block::Code(self.code()),
            other => {
                self.refuse(&other, &place);
                return None;
            }
        };
        Some(Piece {
            block,
            place,
            items,
        })
    }

    /// Returns a paragraph, with the claim that it begins with.
    fn paragraph(&mut self, mut line: Line, place: &Place) -> Block {
        let Some(Inline::Marked(Marked::Code(code))) = line.first() else {
            return Block::Paragraph(line);
        };
        let Some(claim) = code.strip_prefix("when ") else {
            return Block::Paragraph(line);
        };
        match Claim::parse(claim) {
            Ok(claim) => {
                self.mentions.push(Mention {
                    kind: Kind::When,
                    name: String::from(claim.clone()),
                    place: place.clone(),
                    particle: None,
                    written: Vec::new(),
                });
                line.remove(0);
                Block::When(claim, trimmed(line))
            }
            Err(error) => {
                self.faults.add(
                    place,
                    error.to_string(),
                    "`when claim` as in `when failed > 0`",
                );
                Block::Paragraph(line)
            }
        }
    }

    fn items(&mut self, places: &mut Vec<Place>) -> Vec<Line> {
        let mut lines = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => {
                    places.push(self.place(range.start));
                    lines.push(trimmed(self.line(TagEnd::Item)));
                }
                Event::End(TagEnd::List(_)) => break,
                other => {
                    let place = self.place(range.start);
                    self.refuse(&other, &place);
                }
            }
        }
        lines
    }

    fn code(&mut self) -> String {
        let mut code = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        code
    }

    /// Reads inlines up to an end.
    fn line(&mut self, end: TagEnd) -> Line {
        let mut line = Line::new();
        // The one paragraph of an item of a list with blank lines is that item.
        let mut paragraphs = 0;
        while let Some((event, range)) = self.events.next() {
            // A list within a list begins where the line before it ends.
            let is_list = matches!(event, Event::Start(Tag::List(_)));
            let place = self.place(range.start + usize::from(is_list));
            match event {
                Event::End(tag) if tag == end => break,
                Event::Start(Tag::Paragraph) if end == TagEnd::Item && paragraphs == 0 => {
                    paragraphs = 1;
                }
                Event::End(TagEnd::Paragraph) if end == TagEnd::Item => {}
                Event::Text(text) => self.prose(&text, &place, &mut line),
                Event::SoftBreak => push(&mut line, " "),
                Event::Code(code) => line.push(Inline::Marked(Marked::Code(code.to_string()))),
                Event::Start(Tag::Strong) => {
                    let inner = self.line(TagEnd::Strong);
                    line.push(Inline::Marked(Marked::Strong(inner)));
                }
                Event::Start(Tag::Emphasis) => {
                    let inner = self.line(TagEnd::Emphasis);
                    line.push(Inline::Marked(Marked::Emphasis(inner)));
                }
                Event::Start(Tag::Link {
                    link_type: LinkType::Inline,
                    dest_url,
                    ..
                }) => line.extend(self.link(&dest_url, range, &place)),
                other => self.refuse(&other, &place),
            }
        }
        line
    }

    fn link(&mut self, target: &str, range: Range<usize>, place: &Place) -> Option<Inline> {
        let had_digits = self.has_digits;
        self.has_digits |= target.starts_with("source:");
        let inner = self.line(TagEnd::Link);
        self.has_digits = had_digits;
        if inner.is_empty() {
            self.faults
                .add(place, "a link without a text", "`[text](kind:id)`");
        }
        let (kind, id) = target.split_once(':').unwrap_or(("", target));
        let id = id.to_owned();
        let (kind, marked) = match kind {
            "term" => (Kind::Term, Marked::Term(id.clone(), inner)),
            "moment" => (Kind::Moment, Marked::Moment(id.clone(), inner)),
            "lesson" => (Kind::Lesson, Marked::Lesson(id.clone(), inner)),
            "source" => (Kind::Source, Marked::Source(id.clone(), inner)),
            _ => {
                let written = self.text.get(range).unwrap_or_default();
                self.faults.add(
                    place,
                    format!("`{written}` leads out of the content"),
                    "a target of `term:`, `moment:`, `lesson:` or `source:`, the pages of AWS being in sources.toml",
                );
                return None;
            }
        };
        self.mention(kind, &id, place);
        Some(Inline::Marked(marked))
    }

    /// Reads text: placeholders, terms, and prose between.
    fn prose(&mut self, text: &str, place: &Place, line: &mut Line) {
        let mut rest = text;
        loop {
            // `{{hour}}:00` is a full hour.
            if let Some(after) = rest
                .strip_prefix(FULL_HOUR)
                .filter(|_| rest.len() < text.len())
            {
                push(line, FULL_HOUR);
                rest = after;
            }
            let Some((before, kind, name, after)) = placeholder(rest) else {
                self.words(rest, place, line);
                return;
            };
            self.words(before, place, line);
            let name = name.trim();
            let inline = match kind {
                "[[" => {
                    self.mention(Kind::Term, name, place);
                    Marked::Term(name.to_owned(), Line::new())
                }
                _ => self.value(name, place),
            };
            line.push(Inline::Marked(inline));
            if let Some(mention) = self.mentions.last_mut().filter(|_| kind == "{{") {
                mention.particle = korean::particle(after);
                mention.written = doubled::units(before, after);
            }
            rest = after;
        }
    }

    fn value(&mut self, name: &str, place: &Place) -> Marked {
        if let Some(now) = name.strip_prefix("now.") {
            self.mention(Kind::Now, now, place);
            return Marked::Now(now.to_owned());
        }
        match name.strip_prefix("default.") {
            Some(constant) => self.mention(Kind::Default, constant, place),
            None => self.mention(Kind::Value, name, place),
        }
        Marked::Value(name.to_owned())
    }

    /// Adds prose.
    fn words(&mut self, prose: &str, place: &Place, line: &mut Line) {
        if prose.is_empty() {
            return;
        }
        if let Some(mark) = ["{{", "}}", "[[", "]]", "]("]
            .into_iter()
            .find(|mark| prose.contains(mark))
        {
            self.faults.add(
                place,
                format!("`{mark}` without the rest"),
                "`{{name}}`, `[[id]]` or `[text](kind:id)`, without blanks in a target",
            );
        }
        if let Some(number) = digits::first(prose).filter(|_| !self.has_digits) {
            self.faults.add(
                place,
                format!("the digits `{number}` stand in prose"),
                "a fact `{{name}}`, a constant `{{default.name}}`, a word (two), or code",
            );
        }
        match self.language {
            Language::English => push(line, prose),
            Language::Korean => {
                for inline in english::marked(prose) {
                    match inline {
                        Inline::Text(text) => push(line, &text),
                        marked => line.push(marked),
                    }
                }
            }
        }
    }

    fn mention(&mut self, kind: Kind, name: &str, place: &Place) {
        self.mentions.push(Mention {
            kind,
            name: name.to_owned(),
            place: place.clone(),
            particle: None,
            written: Vec::new(),
        });
    }

    /// Tells what cannot stand here, and goes on behind it.
    fn refuse(&mut self, event: &Event<'a>, place: &Place) {
        let what = match event {
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => "HTML",
            Event::Start(Tag::Image { .. }) => "an image",
            Event::Start(Tag::Link { .. }) => "a bare address",
            Event::HardBreak => "a forced line break",
            Event::Rule => "a rule",
            Event::Start(Tag::BlockQuote(_)) => "a quotation",
            Event::Start(Tag::List(_)) => "a list within a list",
            Event::Start(Tag::CodeBlock(_)) => "a block of code that is indented, or within a list",
            Event::Start(Tag::Paragraph) => "a second paragraph of an item",
            Event::Start(Tag::Heading { .. }) => "a heading within a list",
            _ => "this",
        };
        let right = match event {
            Event::Start(Tag::CodeBlock(_)) => "lines between ```, outside of lists",
            _ => ALLOWED,
        };
        self.faults
            .add(place, format!("{what} cannot stand here"), right);
        if let Event::Start(tag) = event {
            let end = tag.to_end();
            let mut depth = 0;
            for (event, _) in self.events.by_ref() {
                match event {
                    Event::Start(inner) if inner.to_end() == end => depth += 1,
                    Event::End(inner) if inner == end && depth == 0 => break,
                    Event::End(inner) if inner == end => depth -= 1,
                    _ => {}
                }
            }
        }
    }

    fn place(&self, at: usize) -> Place {
        Place {
            file: self.file.to_owned(),
            line: line_at(self.text, at),
        }
    }
}

/// Returns the first placeholder: what stands before it, its mark, its name, and what stands behind it.
fn placeholder(text: &str) -> Option<(&str, &'static str, &str, &str)> {
    let (at, start, end) = [("{{", "}}"), ("[[", "]]")]
        .into_iter()
        .filter_map(|(start, end)| Some((text.find(start)?, start, end)))
        .min()?;
    let (before, rest) = text.split_at(at);
    let (name, after) = rest.get(start.len()..)?.split_once(end)?;
    Some((before, start, name, after))
}

/// Adds text to a line.
fn push(line: &mut Line, text: &str) {
    if let Some(Inline::Text(before)) = line.last_mut() {
        before.push_str(text);
    } else {
        line.push(Inline::Text(text.to_owned()));
    }
}
