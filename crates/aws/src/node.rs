//! A document as a tree, whatever it was written in: JSON, YAML, HCL. Every value knows where it stands.
//!
//! What a value means is not decided here: YAML's `no`, Terraform's `"2"` and CloudFormation's `MinSize: '2'` stay what was
//! written until whoever reads a field asks for a number, a switch or a text.

/// Where something stands: a file, a line and a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, by its place among those that were read.
    pub file: u16,
    /// Line, from 1; 0: nowhere in particular.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Place {
    /// Returns the place of a file as a whole.
    #[must_use]
    pub const fn whole(file: u16) -> Self {
        Self {
            file,
            line: 0,
            column: 0,
        }
    }
}

/// A value, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it begins.
    pub at: Place,
}

/// What stands in a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`, or nothing at all.
    Null,
    /// `true` or `false`.
    Switch(bool),
    /// A number.
    Number(f64),
    /// A text: in quotes, or a YAML scalar without, which may be meant as a number or a switch.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// An object; its members are in the order of the document, and no two have the same name.
    Object(Vec<Member>),
    /// What a function or an expression would come to, of which something is not known: the expression as it is written, and
    /// what lacks, such as a parameter's name.
    Open {
        /// The expression, shortened.
        expression: String,
        /// The parameter, variable or import that would have to be known; empty: it cannot be worked out here.
        lacks: String,
    },
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub at: Place,
    /// Its value.
    pub node: Node,
}

impl Node {
    /// Returns a value that stands there.
    #[must_use]
    pub fn new(value: Value, at: Place) -> Self {
        Self { value, at }
    }

    /// Returns a text.
    #[must_use]
    pub fn text(text: impl Into<String>, at: Place) -> Self {
        Self::new(Value::Text(text.into()), at)
    }

    /// Returns it with all of it in one place.
    #[must_use]
    pub(crate) fn standing_at(mut self, at: Place) -> Self {
        self.at = at;
        self.value = match self.value {
            Value::List(entries) => {
                let entries = entries.into_iter().map(|it| it.standing_at(at));
                Value::List(entries.collect())
            }
            Value::Object(members) => {
                let members = members.into_iter().map(|it| Member {
                    at,
                    node: it.node.standing_at(at),
                    ..it
                });
                Value::Object(members.collect())
            }
            value => value,
        };
        self
    }

    /// Returns the members of an object; none of anything else.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// Returns the entries of a list; none of anything else.
    #[must_use]
    pub fn entries(&self) -> &[Self] {
        match &self.value {
            Value::List(entries) => entries,
            _ => &[],
        }
    }

    /// Returns the member of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        let mut members = self.members().iter();
        members
            .find(|member| member.name == name)
            .map(|member| &member.node)
    }

    /// Returns whether it is an object with all these members.
    #[must_use]
    pub fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.get(name).is_some())
    }

    /// Returns its text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns whether nothing is said: `null`, an empty text, list or object, as AWS and Terraform write what is absent.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Text(text) => text.is_empty(),
            Value::List(entries) => entries.is_empty(),
            Value::Object(members) => members.is_empty(),
            _ => false,
        }
    }
}

/// Returns a member whose name stands before.
pub(crate) fn repeated(members: &[Member]) -> Option<&Member> {
    let mut sorted: Vec<&Member> = members.iter().collect();
    sorted.sort_by(|a, b| (&a.name, a.at).cmp(&(&b.name, b.at)));
    let pair = sorted.windows(2).find(|pair| match pair {
        [a, b] => a.name == b.name,
        _ => false,
    });
    pair.and_then(|pair| pair.last().copied())
}
