//! HashiCorp's configuration language, as its formatter (`terraform fmt`) leaves it: the `=` of attributes in lines one after the
//! other stand below one another, and so do comments behind them; a comment, an empty line, a block or a value of several lines ends
//! such a run.

use std::fmt::Write as _;

use super::text::{inside, one_line, quoted};

/// A block's inside, or the whole file.
#[derive(Default)]
pub(super) struct Body(Vec<Item>);

/// What stands in a body.
enum Item {
    Comment(String),
    Attribute {
        name: String,
        value: String,
        /// What stands behind it.
        comment: Option<String>,
    },
    Nested {
        opens: String,
        body: Body,
    },
    Blank,
}

impl Body {
    /// Adds a comment.
    pub(super) fn comment(&mut self, line: &str) {
        self.0.push(Item::Comment(one_line(line)));
    }

    /// Adds an attribute whose value is an expression of one line.
    pub(super) fn attribute(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.commented(name, value, None);
    }

    /// Adds an attribute with a comment behind it.
    pub(super) fn commented(
        &mut self,
        name: impl Into<String>,
        value: impl Into<String>,
        comment: Option<&str>,
    ) {
        self.0.push(Item::Attribute {
            name: name.into(),
            value: value.into(),
            comment: comment.map(one_line),
        });
    }

    /// Adds a block, whose header stands before `{`.
    pub(super) fn block(&mut self, header: &str, body: Body) {
        let opens = format!("{header} {{");
        self.0.push(Item::Nested { opens, body });
    }

    /// Adds an attribute whose value is an object, a line an entry.
    pub(super) fn object(&mut self, name: &str, body: Body) {
        let opens = format!("{name} = {{");
        self.0.push(Item::Nested { opens, body });
    }

    /// Adds an empty line, but at the beginning.
    pub(super) fn blank(&mut self) {
        if !self.0.is_empty() {
            self.0.push(Item::Blank);
        }
    }

    /// Returns it as text.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0);
        text
    }

    fn write(&self, text: &mut String, level: usize) {
        let indent = "  ".repeat(level);
        let runs = (self.0).chunk_by(|a, b| a.name().is_some() && b.name().is_some());
        for run in runs {
            let names = run.iter().filter_map(Item::name);
            let widest = names.map(columns).max().unwrap_or_default();
            for run in run.chunk_by(|a, b| a.comment().is_some() && b.comment().is_some()) {
                let values = run.iter().map(Item::value);
                let widest_value = values.map(columns).max().unwrap_or_default();
                for item in run {
                    let _ = match item {
                        Item::Comment(line) => writeln!(text, "{indent}# {line}"),
                        Item::Attribute {
                            name,
                            value,
                            comment,
                        } => {
                            let space = " ".repeat(widest - columns(name));
                            let before = " ".repeat(widest_value - columns(value));
                            let comment = comment.as_ref();
                            let comment = comment.map(|it| format!("{before} # {it}"));
                            let comment = comment.unwrap_or_default();
                            writeln!(text, "{indent}{name}{space} = {value}{comment}")
                        }
                        Item::Blank => writeln!(text),
                        Item::Nested { opens, body } => {
                            let written = writeln!(text, "{indent}{opens}");
                            body.write(text, level + 1);
                            written.and_then(|()| writeln!(text, "{indent}}}"))
                        }
                    };
                }
            }
        }
    }
}

impl Item {
    /// Returns the name of an attribute of one line.
    fn name(&self) -> Option<&str> {
        match self {
            Self::Attribute { name, .. } => Some(name),
            _ => None,
        }
    }

    fn value(&self) -> &str {
        match self {
            Self::Attribute { value, .. } => value,
            _ => "",
        }
    }

    fn comment(&self) -> Option<&str> {
        match self {
            Self::Attribute { comment, .. } => comment.as_deref(),
            _ => None,
        }
    }
}

fn columns(text: &str) -> usize {
    text.chars().count()
}

/// Returns a text in quotation marks, in which nothing is put in or left out.
pub(super) fn text(text: &str) -> String {
    format!("\"{}\"", template(text))
}

/// Returns a text as it stands within a quoted template: `${` and `%{` begin nothing there, and JSON's short escapes that HCL does
/// not know are long.
pub(super) fn template(text: &str) -> String {
    let mut template = String::with_capacity(text.len());
    let quoted = quoted(text);
    let mut letters = inside(&quoted).chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('b') => template.push_str("\\u0008"),
                Some('f') => template.push_str("\\u000c"),
                escaped => {
                    template.push('\\');
                    template.extend(escaped);
                }
            },
            '$' | '%' if letters.peek() == Some(&'{') => template.extend([letter, letter]),
            letter => template.push(letter),
        }
    }
    template
}

/// Returns a key of an object: as it is where it is an identifier.
pub(super) fn key(name: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let begins = name.starts_with(|first: char| first.is_ascii_alphabetic());
    if begins && name.chars().all(is_plain) {
        name.to_owned()
    } else {
        text(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_holds_nothing_but_itself() {
        for (typed, written) in [
            ("rush", r#""rush""#),
            ("${x} $${y} $$", r#""$${x} $$${y} $$""#),
            ("%{ if x }", r#""%%{ if x }""#),
            ("\"\\\n\u{8}\u{c}\u{0}", r#""\"\\\n\u0008\u000c\u0000""#),
            ("\\${x}", r#""\\$${x}""#),
            ("킥오프 🚀", r#""킥오프 🚀""#),
        ] {
            assert_eq!(text(typed), written, "{typed}");
        }
        assert_eq!(
            (key("EndpointName"), key("a b")),
            ("EndpointName".to_owned(), "\"a b\"".to_owned())
        );
    }

    #[test]
    fn runs_of_attributes_are_aligned() {
        let mut inner = Body::default();
        inner.attribute("a", "1");
        let mut body = Body::default();
        body.blank();
        body.attribute("name", "2");
        body.commented("min_size", "3", Some("typed"));
        body.commented("max", "30", Some("typed,\ntoo"));
        body.comment("why\nso");
        body.attribute("x", "4");
        body.blank();
        body.block("block \"b\"", inner);
        let written = "name     = 2\nmin_size = 3  # typed\nmax      = 30 # typed, too\n# why so\nx = 4\n\nblock \"b\" {\n  a = 1\n}\n";
        assert_eq!(body.text(), written);
    }
}
