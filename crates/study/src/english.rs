//! English inside Korean: runs of Latin words, which a screen reader is to say in English.

use crate::text::{Inline, Line, Marked};

/// Returns Korean text with the runs of Latin words in it marked.
#[must_use]
pub fn marked(text: &str) -> Line {
    let mut line = Line::new();
    let mut rest = text;
    while let Some((start, end)) = run(rest) {
        let (before, after) = rest.split_at(start);
        let (english, after) = after.split_at(end - start);
        if !before.is_empty() {
            line.push(Inline::Text(before.to_owned()));
        }
        line.push(Inline::Marked(Marked::English(english.to_owned())));
        rest = after;
    }
    if !rest.is_empty() {
        line.push(Inline::Text(rest.to_owned()));
    }
    line
}

/// Returns where the first run begins and ends: Latin words, the first and the last with a letter, with what stands between words.
fn run(text: &str) -> Option<(usize, usize)> {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let is_inside = |c: char| c.is_ascii_alphanumeric() || " -'’./&_+".contains(c);
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let start = from + rest.find(is_letter)?;
        let rest = text.get(start..)?;
        let reach = rest.find(|c| !is_inside(c)).unwrap_or(rest.len());
        let inside = rest.get(..reach)?;
        let inside = inside.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        // A letter alone is a symbol, which no language says otherwise.
        if inside.chars().filter(|c| is_letter(*c)).count() > 1 {
            return Some((start, start + inside.len()));
        }
        from = start + reach;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_latin_words_are_marked() {
        let shown = |text| {
            let line = marked(text).into_iter().map(|inline| match inline {
                Inline::Text(text) => text,
                Inline::Marked(Marked::English(text)) => format!("<{text}>"),
                Inline::Marked(_) => String::new(),
            });
            line.collect::<String>()
        };
        for (text, expected) in [
            ("요청이 옵니다.", "요청이 옵니다."),
            ("Auto Scaling 그룹은 EC2의", "<Auto Scaling> 그룹은 <EC2>의"),
            ("최대 r의 값 RPS.", "최대 r의 값 <RPS>."),
            ("(cooldown)", "(<cooldown>)"),
            (
                "Application Auto Scaling, SageMaker",
                "<Application Auto Scaling>, <SageMaker>",
            ),
        ] {
            assert_eq!(shown(text), expected);
        }
    }
}
