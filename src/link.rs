//! What stands behind `#` in the page's address: how to show, then the scenario's payload. And the texts that embed a page.
//!
//! `#PAYLOAD` is the page, `#embed.PAYLOAD` a frame. Words before the dot, a `-` before each, say more: which parts of the result
//! there are (`verdict`, `figures`, `charts`, `log`; without any all but the log), colours (`dark`, `light`), language (`en`, `ko`).
//! Words that are not known are passed over: links of later versions still open.

use study::address::Address;
use words::Lang;

use crate::state::Theme;

/// How the page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mode {
    /// All of it.
    #[default]
    Page,
    /// The result alone, for a frame.
    Embed(Embedded),
}

/// What a frame shows, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Embedded {
    /// Parts of the result.
    pub parts: Parts,
    /// Colours; `Auto`: the visitor's.
    pub theme: Theme,
    /// Language; `None`: the visitor's.
    pub lang: Option<Lang>,
}

/// A part of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Title, verdict, policies.
    Verdict,
    /// Key figures.
    Figures,
    /// Charts.
    Charts,
    /// Log of scaling activities.
    Log,
}

impl Part {
    /// All of them, in the order of the page, with their words in links.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Verdict, "verdict"),
        (Self::Figures, "figures"),
        (Self::Charts, "charts"),
        (Self::Log, "log"),
    ];
}

/// Some parts of the result, one at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts([bool; 4]);

impl Default for Parts {
    /// Those of a frame whose link names none.
    fn default() -> Self {
        Self([true, true, true, false])
    }
}

impl Parts {
    /// All of them.
    pub const ALL: Self = Self([true; 4]);

    /// Whether a part is among them.
    pub fn has(self, part: Part) -> bool {
        let [verdict, figures, charts, log] = self.0;
        match part {
            Part::Verdict => verdict,
            Part::Figures => figures,
            Part::Charts => charts,
            Part::Log => log,
        }
    }

    /// Returns them with a part, or without it; unless that was the last one.
    #[must_use]
    pub fn with(self, part: Part, wanted: bool) -> Self {
        let is_there = |of: Part| if of == part { wanted } else { self.has(of) };
        Self::of(Part::ALL.map(|(of, _)| is_there(of))).unwrap_or(self)
    }

    fn of(are_there: [bool; 4]) -> Option<Self> {
        are_there.contains(&true).then_some(Self(are_there))
    }
}

impl Mode {
    /// Returns what a frame shows; nothing for the whole page.
    pub fn embedded(self) -> Option<Embedded> {
        match self {
            Self::Page => None,
            Self::Embed(embedded) => Some(embedded),
        }
    }
}

/// Returns how a place of the study aid is shown.
pub fn mode_of(place: &Address) -> Mode {
    match place {
        Address::Frame { words, .. } => Mode::Embed(embedded(words)),
        _ => Mode::Page,
    }
}

/// Returns the mode and the payload of what stands behind `#`.
pub fn split(hash: &str) -> (Mode, &str) {
    let framed = match hash.strip_prefix("embed") {
        Some("") => Some(("", "")),
        rest => rest.and_then(|rest| rest.split_once('.')),
    };
    match framed.filter(|(words, _)| words.is_empty() || words.starts_with('-')) {
        Some((words, payload)) => (Mode::Embed(embedded(words)), payload),
        None => (Mode::Page, hash),
    }
}

fn embedded(words: &str) -> Embedded {
    let has = |word: &str| words.split('-').any(|there| there == word);
    Embedded {
        parts: Parts::of(Part::ALL.map(|(_, word)| has(word))).unwrap_or_default(),
        theme: [Theme::Dark, Theme::Light]
            .into_iter()
            .find(|theme| has(theme.name()))
            .unwrap_or_default(),
        lang: Lang::ALL.into_iter().find(|lang| has(lang.tag())),
    }
}

/// Returns what stands behind `#` for this mode and payload.
pub fn join(mode: Mode, payload: &str) -> String {
    let Mode::Embed(embedded) = mode else {
        return payload.to_owned();
    };
    let words = words_of(embedded);
    let dash = if words.is_empty() { "" } else { "-" };
    format!("embed{dash}{words}.{payload}")
}

/// Returns the words that say what a frame shows, and how.
pub fn words_of(Embedded { parts, theme, lang }: Embedded) -> String {
    let mut words = Vec::new();
    if parts != Parts::default() {
        let named = Part::ALL.into_iter().filter(|(part, _)| parts.has(*part));
        words.extend(named.map(|(_, word)| word));
    }
    if theme != Theme::Auto {
        words.push(theme.name());
    }
    words.extend(lang.map(Lang::tag));
    words.join("-")
}

/// Returns a frame for a wiki; `src`, `width` and `height`, which are all that some take, come first.
pub fn frame(url: &str, height: u32, title: &str) -> String {
    let (url, title) = (attribute(url), attribute(title));
    format!(
        "<iframe src=\"{url}\" width=\"100%\" height=\"{height}\" title=\"{title}\" loading=\"lazy\"></iframe>"
    )
}

/// Returns a text as it stands between the quotes of an attribute, in one line.
fn attribute(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// Returns a link in Markdown: the title as text, whatever is in it, in one line.
pub fn markdown(title: &str, url: &str) -> String {
    let mut text = String::new();
    for c in title.chars() {
        match c {
            // What turns text round could hide where a link leads.
            '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => text.push(' '),
            // Behind a backslash a sign is itself (CommonMark, "Backslash escapes"), HTML's among them.
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '<' | '>' | '&' | '!' | '|' | '~'
            | '#' | '@' | '$' | '^' => {
                text.extend(['\\', c]);
            }
            c => text.push(c),
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut address = String::new();
    for c in url.chars() {
        match c {
            '(' | ')' | '<' | '>' | '"' | '\\' | '`' | ' ' => {
                address.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => address.push(c),
        }
    }
    format!("[{text}]({address})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_told_apart_and_joined_back() {
        let usual = Embedded::default();
        let parts = |[verdict, figures, charts, log]: [u8; 4]| Embedded {
            parts: Parts([verdict, figures, charts, log].map(|there| there == 1)),
            ..usual
        };
        for (hash, mode, payload) in [
            ("", Mode::Page, ""),
            ("h1AbC", Mode::Page, "h1AbC"),
            ("embed.h1AbC", Mode::Embed(usual), "h1AbC"),
            (
                "embed-charts.h1AbC",
                Mode::Embed(parts([0, 0, 1, 0])),
                "h1AbC",
            ),
            (
                "embed-verdict-figures-charts-log.x",
                Mode::Embed(parts([1, 1, 1, 1])),
                "x",
            ),
            (
                "embed-verdict-dark-ko.x",
                Mode::Embed(Embedded {
                    theme: Theme::Dark,
                    lang: Some(Lang::Ko),
                    ..parts([1, 0, 0, 0])
                }),
                "x",
            ),
            (
                "embed-light-en.",
                Mode::Embed(Embedded {
                    theme: Theme::Light,
                    lang: Some(Lang::En),
                    ..usual
                }),
                "",
            ),
            ("embed.", Mode::Embed(usual), ""),
            ("embedded.h1", Mode::Page, "embedded.h1"),
            ("embed-charts", Mode::Page, "embed-charts"),
        ] {
            assert_eq!(split(hash), (mode, payload), "{hash}");
            assert_eq!(join(mode, payload), hash);
        }
        assert_eq!(split("embed"), (Mode::Embed(usual), ""));
        assert_eq!(
            split("embed-later-charts-charts.x"),
            (Mode::Embed(parts([0, 0, 1, 0])), "x"),
            "a later version's words"
        );
        let all_but_log = Parts::default();
        assert!(!all_but_log.with(Part::Charts, false).has(Part::Charts));
        let log = Parts([false, false, false, true]);
        assert_eq!(log.with(Part::Log, false), log, "the last one stays");
    }

    #[test]
    fn frames_of_lessons_look_as_those_of_scenarios() {
        for (hash, theme, lang) in [
            ("embed-learn.target", Theme::Auto, None),
            (
                "embed-learn-dark-ko.target.600",
                Theme::Dark,
                Some(Lang::Ko),
            ),
        ] {
            let mode = Address::parse(hash).map(|place| mode_of(&place));
            let looks = Embedded {
                theme,
                lang,
                ..Embedded::default()
            };
            assert_eq!(mode, Some(Mode::Embed(looks)), "{hash}");
        }
        assert_eq!(mode_of(&Address::Learn), Mode::Page);
    }

    #[test]
    fn snippets_stand_as_they_are_pasted() {
        assert_eq!(
            frame("https://example.org/h/#embed.h1A", 640, "Finals night"),
            r#"<iframe src="https://example.org/h/#embed.h1A" width="100%" height="640" title="Finals night" loading="lazy"></iframe>"#
        );
        assert_eq!(
            frame("https://example.org/?a=1&b=\"", 1, "\"><b>\n"),
            r#"<iframe src="https://example.org/?a=1&amp;b=&quot;" width="100%" height="1" title="&quot;&gt;&lt;b&gt; " loading="lazy"></iframe>"#
        );
        assert_eq!(
            markdown("A [b] \\ c", "https://x.org/(1)#p"),
            "[A \\[b\\] \\\\ c](https://x.org/%281%29#p)"
        );
        for (title, text) in [
            ("Sale, 50 % (June)", "Sale, 50 % (June)"),
            ("결승전 · 20:00", "결승전 · 20:00"),
            ("a](javascript:alert) [b", "a\\](javascript:alert) \\[b"),
            ("<img src=x onerror=y>", "\\<img src=x onerror=y\\>"),
            (
                "*a* _b_ `c` ~d~ &lt; ![e]",
                "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\&lt; \\!\\[e\\]",
            ),
            ("one\n\n# two\u{1b}[31m\t|", "one \\# two \\[31m \\|"),
            ("@all #1 https://x.org", "\\@all \\#1 https://x.org"),
            ("a\u{202e}b", "ab"),
        ] {
            assert_eq!(markdown(title, "#p"), format!("[{text}](#p)"));
        }
        assert_eq!(
            markdown("a", "https://x.org/<\"> `#p"),
            "[a](https://x.org/%3C%22%3E%20%60#p)"
        );
    }
}
