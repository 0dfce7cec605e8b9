//! What stands behind `#` in the page's address: how to show, then the scenario's payload. And the texts that embed a page.
//!
//! `#PAYLOAD` is the page, `#embed.PAYLOAD` charts and key figures alone, `#embed-charts.PAYLOAD` charts alone.
//! Words after `embed` that are not known are passed over: links of later versions still open.

/// How the page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mode {
    /// All of it.
    #[default]
    Page,
    /// Charts and key figures, for a frame.
    Embed {
        /// Charts alone.
        charts_only: bool,
    },
}

/// Returns the mode and the payload of what stands behind `#`.
pub fn split(hash: &str) -> (Mode, &str) {
    let Some((flags, payload)) = hash
        .strip_prefix("embed")
        .and_then(|rest| rest.split_once('.'))
    else {
        return if hash == "embed" {
            (Mode::Embed { charts_only: false }, "")
        } else {
            (Mode::Page, hash)
        };
    };
    if !(flags.is_empty() || flags.starts_with('-')) {
        return (Mode::Page, hash);
    }
    let charts_only = flags.split('-').any(|flag| flag == "charts");
    (Mode::Embed { charts_only }, payload)
}

/// Returns what stands behind `#` for this mode and payload.
pub fn join(mode: Mode, payload: &str) -> String {
    match mode {
        Mode::Page => payload.to_owned(),
        Mode::Embed { charts_only: false } => format!("embed.{payload}"),
        Mode::Embed { charts_only: true } => format!("embed-charts.{payload}"),
    }
}

/// Returns a frame for a wiki: `src`, `width` and `height` are all that some take.
pub fn frame(url: &str, height: u32) -> String {
    format!(
        "<iframe src=\"{}\" width=\"100%\" height=\"{height}\"></iframe>",
        (url.replace('&', "&amp;").replace('"', "&quot;"))
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    )
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
        let charts = |charts_only| Mode::Embed { charts_only };
        for (hash, mode, payload) in [
            ("", Mode::Page, ""),
            ("h1AbC", Mode::Page, "h1AbC"),
            ("embed.h1AbC", charts(false), "h1AbC"),
            ("embed-charts.h1AbC", charts(true), "h1AbC"),
            ("embed.", charts(false), ""),
            ("embedded.h1", Mode::Page, "embedded.h1"),
        ] {
            assert_eq!(split(hash), (mode, payload), "{hash}");
            assert_eq!(join(mode, payload), hash);
        }
        assert_eq!(split("embed"), (charts(false), ""));
        assert_eq!(
            split("embed-dark-charts.x"),
            (charts(true), "x"),
            "a later version's words"
        );
    }

    #[test]
    fn snippets_stand_as_they_are_pasted() {
        assert_eq!(
            frame("https://example.org/h/#embed.h1A", 640),
            r#"<iframe src="https://example.org/h/#embed.h1A" width="100%" height="640"></iframe>"#
        );
        assert_eq!(
            frame("https://example.org/?a=1&b=\"", 1),
            r#"<iframe src="https://example.org/?a=1&amp;b=&quot;" width="100%" height="1"></iframe>"#
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
