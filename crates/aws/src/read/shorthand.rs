//! The values of the AWS CLI's options: JSON, or its shorthand, `Id=a,Metric={Name=x},Tags=[b,c]`. A value does not know its place in the
//! command, and stands where that does.
//!
//! Source: AWS CLI, "Using shorthand syntax in the AWS CLI"; `awscli/shorthand.py`.

use std::{iter::Peekable, str::Chars};

use super::{DEEPEST, json};
use crate::node::{Member, Node, Place, Value, repeated};

/// Most bytes of the values of an option.
const MOST_BYTES: usize = 200_000;

/// Returns what the values of an option say, which are its words as the shell hands them on: a list in JSON, or an entry a word.
/// `None`: it is neither, or names a file.
#[must_use]
pub fn entries(words: &[String], at: Place) -> Option<Vec<Node>> {
    if words.iter().map(String::len).sum::<usize>() > MOST_BYTES {
        return None;
    }
    match words {
        [] => None,
        [only] if only.trim_start().starts_with(['[', '{']) => {
            let read = |text: &str| json::read(text, at.file).ok();
            // PowerShell hands on what stands behind backslashes, which it takes for letters.
            let node = read(only).or_else(|| read(&only.replace("\\\"", "\"")))?;
            let node = node.standing_at(at);
            Some(match node.value {
                Value::List(entries) => entries,
                _ => vec![node],
            })
        }
        words => words.iter().map(|word| entry(word, at)).collect(),
    }
}

fn entry(word: &str, at: Place) -> Option<Node> {
    let mut reading = Reading {
        letters: word.chars().peekable(),
        at,
    };
    let members = reading.members(None, 0)?;
    reading.letters.next().is_none().then_some(members)
}

struct Reading<'a> {
    letters: Peekable<Chars<'a>>,
    at: Place,
}

impl Reading<'_> {
    /// Reads `name=value,name=value` up to what closes it.
    fn members(&mut self, close: Option<char>, depth: usize) -> Option<Node> {
        if depth > DEEPEST {
            return None;
        }
        let mut members: Vec<Member> = Vec::new();
        let at = self.at;
        let mut name = self.name()?;
        loop {
            // What follows a comma is a name, or one more value of the list that the last one begins.
            let mut values = vec![self.value(close, depth)?];
            let next = loop {
                self.blanks();
                if self.letters.next_if_eq(&',').is_none() {
                    break None;
                }
                self.blanks();
                match self.value_or_name(close, depth)? {
                    Part::Name(name) => break Some(name),
                    Part::Value(value) => values.push(value),
                }
            };
            let node = match (values.len(), values.pop()) {
                (1, Some(only)) => only,
                (_, last) => {
                    values.extend(last);
                    Node::new(Value::List(values), at)
                }
            };
            members.push(Member { name, at, node });
            match next {
                Some(next) => name = next,
                None if repeated(&members).is_some() => return None,
                None => return Some(Node::new(Value::Object(members), at)),
            }
        }
    }

    /// Reads a name and the `=` behind it.
    fn name(&mut self) -> Option<String> {
        self.blanks();
        match self.bare(None) {
            name if !name.is_empty() && self.letters.next_if_eq(&'=').is_some() => Some(name),
            _ => None,
        }
    }

    fn value_or_name(&mut self, close: Option<char>, depth: usize) -> Option<Part> {
        if matches!(self.letters.peek(), Some('\'' | '"' | '[' | '{')) {
            return self.value(close, depth).map(Part::Value);
        }
        let text = self.bare(close);
        Some(match self.letters.next_if_eq(&'=') {
            Some(_) if !text.is_empty() => Part::Name(text),
            Some(_) => return None,
            None => Part::Value(Node::text(text, self.at)),
        })
    }

    fn value(&mut self, close: Option<char>, depth: usize) -> Option<Node> {
        self.blanks();
        let node = match self.letters.peek() {
            Some('{') => {
                self.letters.next();
                let node = self.members(Some('}'), depth + 1)?;
                self.closed('}')?;
                node
            }
            Some('[') => {
                self.letters.next();
                let node = self.list(depth + 1)?;
                self.closed(']')?;
                node
            }
            Some(quote @ ('\'' | '"')) => {
                let quote = *quote;
                self.letters.next();
                Node::text(self.quoted(quote)?, self.at)
            }
            _ => {
                let mut text = self.bare(close);
                // Behind its name a value may hold what parts names from values.
                while let Some(letter) = self.letters.next_if_eq(&'=') {
                    text.push(letter);
                    text.push_str(&self.bare(close));
                }
                Node::text(text, self.at)
            }
        };
        Some(node)
    }

    fn list(&mut self, depth: usize) -> Option<Node> {
        let mut entries = Vec::new();
        if depth > DEEPEST {
            return None;
        }
        self.blanks();
        while self.letters.peek() != Some(&']') {
            entries.push(self.value(Some(']'), depth)?);
            self.blanks();
            if self.letters.next_if_eq(&',').is_none() {
                break;
            }
            self.blanks();
        }
        Some(Node::new(Value::List(entries), self.at))
    }

    fn closed(&mut self, close: char) -> Option<()> {
        self.blanks();
        self.letters.next_if_eq(&close).map(|_| ())
    }

    fn quoted(&mut self, quote: char) -> Option<String> {
        let mut text = String::new();
        loop {
            match self.letters.next()? {
                '\\' if self.letters.peek() == Some(&quote)
                    || self.letters.peek() == Some(&'\\') =>
                {
                    text.extend(self.letters.next());
                }
                letter if letter == quote => return Some(text),
                letter => text.push(letter),
            }
        }
    }

    /// Reads letters up to a comma, `=`, or what closes the list or object.
    fn bare(&mut self, close: Option<char>) -> String {
        let mut text = String::new();
        while let Some(letter) = self
            .letters
            .next_if(|it| !matches!(it, ',' | '=') && Some(*it) != close)
        {
            match letter {
                '\\' => text.extend(self.letters.next()),
                letter => text.push(letter),
            }
        }
        text.trim().to_owned()
    }

    fn blanks(&mut self) {
        while self.letters.next_if(|it| it.is_whitespace()).is_some() {}
    }
}

/// What stands behind a comma.
enum Part {
    Name(String),
    Value(Node),
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes a value as JSON.
    fn shown(node: &Node) -> String {
        let joined = |all: Vec<String>| all.join(",");
        match &node.value {
            Value::List(entries) => format!("[{}]", joined(entries.iter().map(shown).collect())),
            Value::Object(members) => {
                let members = members.iter();
                let members = members.map(|it| format!("{}:{}", it.name, shown(&it.node)));
                format!("{{{}}}", joined(members.collect()))
            }
            _ => crate::fields::as_text(node).unwrap_or_default(),
        }
    }

    #[test]
    fn values_of_options_are_read() {
        for (words, expected) in [
            (&["Name=a,Value=b"][..], Some("{Name:a,Value:b}")),
            (
                &["Name=a,Value=b", "Name=c"],
                Some("{Name:a,Value:b} {Name:c}"),
            ),
            (&["a={b=1,c=[x,y]},d=e"], Some("{a:{b:1,c:[x,y]},d:e}")),
            (&["a=[{b=1},{b=2}]"], Some("{a:[{b:1},{b:2}]}")),
            (&["a=b,c,d=e"], Some("{a:[b,c],d:e}")),
            (&["a='x,y=z',b=\"it's\""], Some("{a:x,y=z,b:it's}")),
            (&["a=x\\,y"], Some("{a:x,y}")),
            (&["a=m1/m2*100=b"], Some("{a:m1/m2*100=b}")),
            (&["a={ b = 1 , c = 2 }"], Some("{a:{b:1,c:2}}")),
            (&["a=[]"], Some("{a:[]}")),
            (&["a="], Some("{a:}")),
            (&["[{\"a\": 1}, {\"b\": [true]}]"], Some("{a:1} {b:[true]}")),
            (&["{\"a\": 1}"], Some("{a:1}")),
            (&["[{\\\"a\\\": 1}]"], Some("{a:1}")),
            (&["[{\"a\": 1}"], None),
            (&["a=1,a=2"], None),
            (&["a={b=1"], None),
            (&["a=[b"], None),
            (&["a='b"], None),
            (&["a={b=1}}"], None),
            (&["=a"], None),
            (&["a=b,=c"], None),
            (&["file://queries.json"], None),
            (&[""], None),
            (&[], None),
        ] {
            let words: Vec<String> = words.iter().map(|it| (*it).to_owned()).collect();
            let found = entries(&words, Place::default());
            let found = found.map(|all| all.iter().map(shown).collect::<Vec<_>>().join(" "));
            assert_eq!(found.as_deref(), expected, "{words:?}");
        }
        let deep = [
            "a={".repeat(10_000),
            "a=[".repeat(10_000),
            "[".repeat(10_000),
        ];
        for word in deep {
            assert_eq!(entries(&[word], Place::default()), None);
        }
        assert_eq!(entries(&["a=b".repeat(100_000)], Place::default()), None);
    }
}
