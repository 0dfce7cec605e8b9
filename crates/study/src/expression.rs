//! Sums that content is written with: a fact (`failed_requests@2400`), a question's answer (`ceil(peak * 60 / target)`).
//!
//! Numbers, `+ − × ÷`, parentheses, a few functions, and names: what a name means, whoever evaluates it says. An expression is
//! kept as it was written, and bounded in length and depth; there are no loops, texts or conditions.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Longest text of an expression.
const MOST_CHARACTERS: usize = 200;
/// Deepest nesting of parentheses and signs.
const MOST_DEPTH: usize = 20;

/// A sum, read once and evaluated as often as one likes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Expression {
    text: String,
    root: Node,
}

/// A name in an expression: `failed_requests`, `change_to(0)`, `p95_ms(20:05)`, each with or without `@setting`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// The name itself.
    pub name: String,
    /// What stands in parentheses behind it: an index, a time of day, a place in a document.
    pub argument: Option<String>,
    /// What stands behind `@`: the setting of a lesson in whose run it is meant.
    pub setting: Option<String>,
}

impl Name {
    /// Returns whether nothing stands behind it: a fact, or a number that is drawn, where there is one of this name.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.argument.is_none() && self.setting.is_none()
    }
}

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAnExpression {
    /// The text.
    pub text: String,
    /// Where it goes wrong, in characters from its start.
    pub at: usize,
    /// What would be right there.
    pub expected: &'static str,
}

impl fmt::Display for NotAnExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, at, expected } = self;
        write!(
            f,
            "`{text}` goes wrong at character {}: {expected} should stand there",
            at + 1
        )
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Number(f64),
    Name(Name),
    Negative(Box<Node>),
    Two(Sign, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
    Times,
    Over,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Ceil,
    Floor,
    Round,
    Truncate,
    Min,
    Max,
}

impl Function {
    /// All of them, with their names and how many numbers each takes at least and at most.
    const ALL: [(&'static str, Self, usize, usize); 6] = [
        ("ceil", Self::Ceil, 1, 1),
        ("floor", Self::Floor, 1, 1),
        ("round", Self::Round, 1, 1),
        ("truncate", Self::Truncate, 1, 1),
        ("min", Self::Min, 2, 8),
        ("max", Self::Max, 2, 8),
    ];

    /// Returns the function of these numbers. What is whole but for rounding counts as whole, as in the scaling formula.
    fn of(self, numbers: &[f64]) -> Option<f64> {
        let (first, rest) = numbers.split_first()?;
        let whole = first.round();
        let is_whole = (first - whole).abs() <= 1e-9 * first.abs().max(1.0);
        let first = if is_whole { whole } else { *first };
        Some(match self {
            Self::Ceil => first.ceil(),
            Self::Floor => first.floor(),
            Self::Round => first.round(),
            Self::Truncate => first.trunc(),
            Self::Min => rest.iter().fold(first, |least, it| least.min(*it)),
            Self::Max => rest.iter().fold(first, |most, it| most.max(*it)),
        })
    }
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// Where it goes wrong, and what should stand there.
    pub fn parse(text: &str) -> Result<Self, NotAnExpression> {
        let mut reader = Reader::new(text);
        if reader.rest.chars().count() > MOST_CHARACTERS {
            return Err(reader.wrong("the end, as an expression has at most 200 characters,"));
        }
        let root = reader.sum(0)?;
        reader.skip_blanks();
        if !reader.rest.is_empty() {
            return Err(reader.wrong("+, -, *, / or the end"));
        }
        Ok(Self {
            text: text.trim().to_owned(),
            root,
        })
    }

    /// Returns it as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns its value; nothing where a name has none, or the value is not finite.
    pub fn value(&self, mut of: impl FnMut(&Name) -> Option<f64>) -> Option<f64> {
        self.root.value(&mut of).filter(|value| value.is_finite())
    }

    /// Returns the names in it, in the order in which they stand.
    #[must_use]
    pub fn names(&self) -> Vec<&Name> {
        let mut names = Vec::new();
        self.root.names(&mut names);
        names
    }
}

impl TryFrom<String> for Expression {
    type Error = NotAnExpression;

    fn try_from(text: String) -> Result<Self, NotAnExpression> {
        Self::parse(&text)
    }
}

impl From<Expression> for String {
    fn from(expression: Expression) -> Self {
        expression.text
    }
}

impl Node {
    fn value(&self, of: &mut impl FnMut(&Name) -> Option<f64>) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Name(name) => of(name),
            Self::Negative(node) => node.value(of).map(|value| -value),
            Self::Two(sign, left, right) => {
                let (left, right) = (left.value(of)?, right.value(of)?);
                Some(match sign {
                    Sign::Plus => left + right,
                    Sign::Minus => left - right,
                    Sign::Times => left * right,
                    Sign::Over => left / right,
                })
            }
            Self::Call(function, nodes) => {
                let numbers: Option<Vec<f64>> = nodes.iter().map(|node| node.value(of)).collect();
                function.of(&numbers?)
            }
        }
    }

    fn names<'a>(&'a self, names: &mut Vec<&'a Name>) {
        match self {
            Self::Number(_) => {}
            Self::Name(name) => names.push(name),
            Self::Negative(node) => node.names(names),
            Self::Two(_, left, right) => {
                left.names(names);
                right.names(names);
            }
            Self::Call(_, nodes) => nodes.iter().for_each(|node| node.names(names)),
        }
    }
}

/// Reads from left to right, and keeps what is left.
struct Reader<'a> {
    text: &'a str,
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let text = text.trim();
        Self { text, rest: text }
    }

    fn wrong(&self, expected: &'static str) -> NotAnExpression {
        let read = self.text.len() - self.rest.len();
        let before = self.text.get(..read).unwrap_or_default();
        NotAnExpression {
            text: self.text.to_owned(),
            at: before.chars().count(),
            expected,
        }
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Takes a sign, where it stands there.
    fn takes(&mut self, sign: char) -> bool {
        self.skip_blanks();
        let after = self.rest.strip_prefix(sign);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    /// Takes as many characters as are of a kind.
    fn take_while(&mut self, is_wanted: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !is_wanted(c));
        let (taken, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn sum(&mut self, depth: usize) -> Result<Node, NotAnExpression> {
        let mut node = self.product(depth)?;
        loop {
            let sign = if self.takes('+') {
                Sign::Plus
            } else if self.takes('-') {
                Sign::Minus
            } else {
                return Ok(node);
            };
            node = Node::Two(sign, Box::new(node), Box::new(self.product(depth)?));
        }
    }

    fn product(&mut self, depth: usize) -> Result<Node, NotAnExpression> {
        let mut node = self.factor(depth)?;
        loop {
            let sign = if self.takes('*') {
                Sign::Times
            } else if self.takes('/') {
                Sign::Over
            } else {
                return Ok(node);
            };
            node = Node::Two(sign, Box::new(node), Box::new(self.factor(depth)?));
        }
    }

    fn factor(&mut self, depth: usize) -> Result<Node, NotAnExpression> {
        if depth > MOST_DEPTH {
            return Err(self.wrong("less nesting"));
        }
        if self.takes('-') {
            return Ok(Node::Negative(Box::new(self.factor(depth + 1)?)));
        }
        if self.takes('(') {
            let node = self.sum(depth + 1)?;
            return if self.takes(')') {
                Ok(node)
            } else {
                Err(self.wrong("a closing parenthesis"))
            };
        }
        if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            return self.number();
        }
        self.name(depth)
    }

    fn number(&mut self) -> Result<Node, NotAnExpression> {
        let start = self.rest;
        let digits = self.take_while(|c| c.is_ascii_digit() || c == '.');
        digits.parse().map(Node::Number).map_err(|_| {
            self.rest = start;
            self.wrong("a number such as 0.5")
        })
    }

    fn name(&mut self, depth: usize) -> Result<Node, NotAnExpression> {
        let start = self.rest;
        let name = self.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
            self.rest = start;
            return Err(self.wrong("a number, a name or an opening parenthesis"));
        }
        if let Some((_, function, least, most)) =
            Function::ALL.into_iter().find(|(it, ..)| *it == name)
        {
            return self.call(function, least, most, depth);
        }
        let mut argument = None;
        if let Some(rest) = self.rest.strip_prefix('(') {
            self.rest = rest;
            argument = Some(self.take_while(|c| c != ')').trim().to_owned());
            if !self.takes(')') {
                return Err(self.wrong("a closing parenthesis"));
            }
        }
        let mut setting = None;
        if let Some(rest) = self.rest.strip_prefix('@') {
            self.rest = rest;
            let is_of_setting = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
            setting = Some(self.take_while(is_of_setting).to_owned());
            if setting.as_deref() == Some("") {
                return Err(self.wrong("the name of a setting"));
            }
        }
        Ok(Node::Name(Name {
            name: name.to_owned(),
            argument,
            setting,
        }))
    }

    fn call(
        &mut self,
        function: Function,
        least: usize,
        most: usize,
        depth: usize,
    ) -> Result<Node, NotAnExpression> {
        if !self.takes('(') {
            return Err(self.wrong("an opening parenthesis"));
        }
        let mut nodes = vec![self.sum(depth + 1)?];
        while nodes.len() < most && self.takes(',') {
            nodes.push(self.sum(depth + 1)?);
        }
        if nodes.len() < least {
            return Err(self.wrong("a comma and another number"));
        }
        if self.takes(')') {
            Ok(Node::Call(function, nodes))
        } else {
            Err(self.wrong("a closing parenthesis"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &Name) -> Option<f64> {
        match (
            name.name.as_str(),
            name.argument.as_deref(),
            name.setting.as_deref(),
        ) {
            ("r", None, None) => Some(20.0),
            ("f", None, None) => Some(0.5),
            ("change_to", Some("0"), Some("v-2")) => Some(9.0),
            ("p95_ms", Some("20:05"), None) => Some(499.0),
            ("setting", Some("/policies/0/TargetValue"), None) => Some(600.0),
            _ => None,
        }
    }

    #[test]
    fn sums_are_what_they_say() {
        for (text, value) in [
            ("r * f * 60", Some(600.0)),
            ("2 + 3 * 4", Some(14.0)),
            ("(2 + 3) * 4", Some(20.0)),
            ("10 - 4 - 3", Some(3.0)),
            ("60 / 4 / 3", Some(5.0)),
            ("-r + 1", Some(-19.0)),
            ("1 - -r", Some(21.0)),
            ("ceil(4 * 1252 / 600)", Some(9.0)),
            ("ceil(0.1 * 3 * 10)", Some(3.0)),
            ("max(2, ceil(70 * 60 / 600))", Some(7.0)),
            ("min(r, f, 3)", Some(0.5)),
            ("round(2.5) + truncate(-1.5)", Some(2.0)),
            ("change_to(0)@v-2 - r", Some(-11.0)),
            ("p95_ms(20:05)", Some(499.0)),
            ("setting(/policies/0/TargetValue) / 60", Some(10.0)),
            ("unknown", None),
            ("1 / (r - 20)", None),
        ] {
            let expression = Expression::parse(text).unwrap();
            assert_eq!(expression.value(known), value, "{text}");
            assert_eq!(expression.text(), text);
        }
    }

    #[test]
    fn what_is_no_expression_is_told_with_its_place() {
        let long = "1 + ".repeat(60);
        let deep = format!("{}1", "(".repeat(40));
        for (text, at, expected) in [
            ("", 0, "a number, a name or an opening parenthesis"),
            ("1 +", 3, "a number, a name or an opening parenthesis"),
            ("(1 + 2", 6, "a closing parenthesis"),
            ("1 2", 2, "+, -, *, / or the end"),
            ("1.2.3", 0, "a number such as 0.5"),
            ("max(1)", 5, "a comma and another number"),
            ("ceil 3", 5, "an opening parenthesis"),
            ("failed@", 7, "the name of a setting"),
            ("Failed", 0, "a number, a name or an opening parenthesis"),
            ("change_to(0", 11, "a closing parenthesis"),
            (
                &long,
                0,
                "the end, as an expression has at most 200 characters,",
            ),
            (&deep, 21, "less nesting"),
        ] {
            let wrong = Expression::parse(text).unwrap_err();
            assert_eq!((wrong.at, wrong.expected), (at, expected), "{text}");
        }
    }
}
