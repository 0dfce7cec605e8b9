//! The body of a request, as every format spells it: members in the order of the API reference, with names that a person has to fill
//! in as parameters.

use scenario::time::UtcDateTime;

use super::Remark;
use crate::parameter::Parameter;

/// The members of a request's body, in the order of the API reference.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(pub Vec<Entry>);

/// A member of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name, as the API has it.
    pub name: &'static str,
    /// Its value.
    pub term: Term,
    /// What it means, for a comment.
    pub remark: Option<Remark>,
}

/// A value of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A text that somebody typed, or a word of AWS's: to be quoted.
    Text(String),
    /// A text with parameters in it.
    Joined(Vec<Part>),
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(i64),
    /// A switch.
    Switch(bool),
    /// A moment.
    Moment(UtcDateTime),
    /// A list.
    List(Vec<Term>),
    /// An object.
    Object(Object),
    /// The ARN of the scaling policy of this name, which is made before.
    PolicyArn(String),
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// As it is.
    Text(String),
    /// What a person fills in.
    Parameter(Parameter),
}

impl Entry {
    /// Returns a member of which nothing is remarked.
    pub(crate) const fn new(name: &'static str, term: Term) -> Self {
        Self {
            name,
            term,
            remark: None,
        }
    }

    pub(crate) fn text(name: &'static str, value: &str) -> Self {
        Self::new(name, Term::Text(value.to_owned()))
    }

    pub(crate) const fn number(name: &'static str, value: f64) -> Self {
        Self::new(name, Term::Number(value))
    }

    pub(crate) fn whole(name: &'static str, value: impl Into<i64>) -> Self {
        Self::new(name, Term::Whole(value.into()))
    }

    pub(crate) const fn switch(name: &'static str, value: bool) -> Self {
        Self::new(name, Term::Switch(value))
    }

    pub(crate) const fn moment(name: &'static str, value: UtcDateTime) -> Self {
        Self::new(name, Term::Moment(value))
    }

    pub(crate) fn parameter(name: &'static str, parameter: Parameter) -> Self {
        Self::new(name, Term::Joined(vec![Part::Parameter(parameter)]))
    }

    pub(crate) const fn object(name: &'static str, members: Vec<Self>) -> Self {
        Self::new(name, Term::Object(Object(members)))
    }

    /// Returns the member with what it means.
    pub(crate) fn with(self, remark: Remark) -> Self {
        Self {
            remark: Some(remark),
            ..self
        }
    }
}

impl Object {
    pub(super) fn note_parameters(&self, parameters: &mut Vec<Parameter>) {
        for entry in &self.0 {
            entry.term.note_parameters(parameters);
        }
    }

    /// Returns the entry of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Term> {
        let mut entries = self.0.iter();
        entries.find(|it| it.name == name).map(|it| &it.term)
    }
}

impl Term {
    fn note_parameters(&self, parameters: &mut Vec<Parameter>) {
        match self {
            Self::Joined(parts) => {
                for part in parts {
                    match part {
                        Part::Parameter(parameter) if !parameters.contains(parameter) => {
                            parameters.push(*parameter);
                        }
                        _ => {}
                    }
                }
            }
            Self::List(terms) => terms.iter().for_each(|it| it.note_parameters(parameters)),
            Self::Object(object) => object.note_parameters(parameters),
            _ => {}
        }
    }
}
