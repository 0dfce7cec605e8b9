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

/// Splits what stands behind `#` into mode and payload.
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

/// What stands behind `#` for this mode and payload.
pub fn join(mode: Mode, payload: &str) -> String {
    match mode {
        Mode::Page => payload.to_owned(),
        Mode::Embed { charts_only: false } => format!("embed.{payload}"),
        Mode::Embed { charts_only: true } => format!("embed-charts.{payload}"),
    }
}

/// A frame for a wiki: `src`, `width` and `height` are all that some take.
pub fn frame(url: &str, height: u32) -> String {
    format!(
        "<iframe src=\"{}\" width=\"100%\" height=\"{height}\"></iframe>",
        url.replace('&', "&amp;").replace('"', "&quot;")
    )
}

/// A link in Markdown.
pub fn markdown(title: &str, url: &str) -> String {
    let mut text = String::new();
    for c in title.chars() {
        if matches!(c, '[' | ']' | '\\') {
            text.push('\\');
        }
        text.push(c);
    }
    format!("[{text}]({})", url.replace('(', "%28").replace(')', "%29"))
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
    }
}
