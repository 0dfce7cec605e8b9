//! YAML, by saphyr-parser. What is written without quotes stays a text: `no`, `010`, `12:30` and dates mean what the field that
//! holds them says. CloudFormation's short forms (`!Ref X`) become its long forms (`{"Ref": "X"}`).
//!
//! Anchors, aliases, merge keys, repeated keys and several documents in a file are refused, as CloudFormation does.

use yaml::{Event, Events, Marker, ScalarStyle, ScanError, Span, Tag};

use super::{DEEPEST, MOST_BYTES};
use crate::{
    fields::shortened,
    finding::{Finding, FindingKind},
    node::{Member, Node, Place, Value, repeated},
};

/// The functions that have a short form; their long form is `Fn::` and the name.
const SHORT_FORMS: &[&str] = &[
    "And",
    "Base64",
    "Cidr",
    "Equals",
    "FindInMap",
    "GetAZs",
    "GetAtt",
    "If",
    "ImportValue",
    "Join",
    "Length",
    "Not",
    "Or",
    "Select",
    "Split",
    "Sub",
    "ToJsonString",
    "Transform",
];

/// Reads a document.
///
/// # Errors
/// Why it is none, with its place.
pub fn read(text: &str, file: u16) -> Result<Node, Finding> {
    let whole = Place::whole(file);
    if text.len() > MOST_BYTES {
        return Err(finding(whole, FindingKind::TooLarge { most: MOST_BYTES }));
    }
    let mut reading = Reading {
        file,
        open: Vec::new(),
        root: None,
    };
    for event in Events::of(text) {
        let (event, span) = event.map_err(|error| broken(text, file, &error))?;
        reading.take(event, span)?;
    }
    Ok(reading.root.unwrap_or(Node::new(Value::Null, whole)))
}

fn finding(at: Place, kind: FindingKind) -> Finding {
    Finding {
        at,
        path: String::new(),
        kind,
    }
}

/// Says why the parser does not go on.
fn broken(text: &str, file: u16, error: &ScanError) -> Finding {
    let (at, reason) = (error.marker(), error.info());
    let end = text.trim_end();
    let last_line = end.rsplit('\n').next().unwrap_or_default();
    let lines = end.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let is_at_end = reason.contains("end of stream")
        || (at.line(), at.col()) >= (lines, last_line.chars().count());
    let kind = if reason.starts_with("recursion limit") {
        FindingKind::TooDeep { most: DEEPEST }
    } else if reason.contains("unknown anchor") {
        FindingKind::Anchor
    } else if is_at_end {
        FindingKind::Truncated
    } else {
        FindingKind::Syntax {
            language: "YAML",
            reason: reason.to_owned(),
        }
    };
    finding(place(file, at), kind)
}

fn place(file: u16, marker: &Marker) -> Place {
    Place {
        file,
        line: marker.line() as u32,
        column: marker.col() as u32 + 1,
    }
}

/// A list or an object whose end is still to come.
struct Open {
    at: Place,
    tag: Option<String>,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Object {
        members: Vec<Member>,
        /// A key that waits for its value.
        key: Option<(String, Place)>,
    },
}

struct Reading {
    file: u16,
    open: Vec<Open>,
    root: Option<Node>,
}

impl Reading {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Finding> {
        let at = place(self.file, &span.start);
        match event {
            Event::Alias(_) => Err(finding(at, FindingKind::Anchor)),
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(anchor, _)
            | Event::MappingStart(anchor, _)
                if anchor > 0 =>
            {
                Err(finding(at, FindingKind::Anchor))
            }
            Event::DocumentStart(_) if self.root.is_some() => Err(finding(
                at,
                FindingKind::Syntax {
                    language: "YAML",
                    reason: "more than one document in a file".to_owned(),
                },
            )),
            Event::Scalar(text, style, _, tag) => {
                let tag = tag.as_deref().map(name);
                let is_null = style == ScalarStyle::Plain
                    && tag.is_none()
                    && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let value = match is_null {
                    true => Value::Null,
                    false => {
                        // The parser makes room for far more than most texts have.
                        let mut text = text.into_owned();
                        text.shrink_to_fit();
                        Value::Text(text)
                    }
                };
                self.push(
                    tagged(tag, Node::new(value, at)),
                    style == ScalarStyle::Plain,
                )
            }
            Event::SequenceStart(_, tag) => {
                self.begin(at, tag.as_deref(), Content::List(Vec::new()))
            }
            Event::MappingStart(_, tag) => {
                let (members, key) = (Vec::new(), None);
                self.begin(at, tag.as_deref(), Content::Object { members, key })
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
        }
    }

    fn begin(&mut self, at: Place, tag: Option<&Tag>, content: Content) -> Result<(), Finding> {
        if self.open.len() >= DEEPEST {
            return Err(finding(at, FindingKind::TooDeep { most: DEEPEST }));
        }
        let tag = tag.map(name);
        self.open.push(Open { at, tag, content });
        Ok(())
    }

    fn end(&mut self) -> Result<(), Finding> {
        let Some(Open { at, tag, content }) = self.open.pop() else {
            return Ok(());
        };
        let value = match content {
            Content::List(entries) => Value::List(entries),
            Content::Object { members, .. } => {
                if let Some(member) = repeated(&members) {
                    return Err(Finding {
                        at: member.at,
                        path: shortened(&member.name),
                        kind: FindingKind::RepeatedName,
                    });
                }
                Value::Object(members)
            }
        };
        self.push(tagged(tag, Node::new(value, at)), false)
    }

    /// Puts a value where it belongs; `is_plain`: it is a scalar without quotes.
    fn push(&mut self, node: Node, is_plain: bool) -> Result<(), Finding> {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut open.content {
            Content::List(entries) => entries.push(node),
            Content::Object { members, key } => match key.take() {
                Some((name, at)) => members.push(Member { name, at, node }),
                None => {
                    let at = node.at;
                    *key = Some(match node.value {
                        Value::Text(name) if is_plain && name == "<<" => {
                            return Err(finding(at, FindingKind::Anchor));
                        }
                        Value::Text(name) => (name, at),
                        Value::Null => ("null".to_owned(), at),
                        _ => {
                            let kind = FindingKind::Syntax {
                                language: "YAML",
                                reason: "a list or an object as a key".to_owned(),
                            };
                            return Err(finding(at, kind));
                        }
                    });
                }
            },
        }
        Ok(())
    }
}

/// Returns a tag without what YAML itself says by it: empty for those of its core schema, as texts stay texts.
fn name(tag: &Tag) -> String {
    if tag.is_yaml_core_schema()
        && matches!(
            &*tag.suffix,
            "str" | "int" | "float" | "bool" | "null" | "seq" | "map"
        )
    {
        return String::new();
    }
    let whole = [&*tag.handle, &*tag.suffix].concat();
    whole.trim_start_matches('!').to_owned()
}

/// Returns a value with its tag: a function in its long form, or what cannot be worked out.
fn tagged(tag: Option<String>, node: Node) -> Node {
    let Some(tag) = tag.filter(|tag| !tag.is_empty()) else {
        return node;
    };
    let at = node.at;
    let name = match &*tag {
        "Ref" | "Condition" => tag,
        other if SHORT_FORMS.contains(&other) => format!("Fn::{other}"),
        _ => {
            let expression = format!("!{}", shortened(&tag));
            let lacks = String::new();
            return Node::new(Value::Open { expression, lacks }, at);
        }
    };
    let node = match node.value {
        Value::Text(path) if name == "Fn::GetAtt" => {
            let (resource, attribute) = path.split_once('.').unwrap_or((&path, ""));
            let parts = [resource, attribute].map(|part| Node::text(part, at));
            Node::new(Value::List(parts.into()), at)
        }
        value => Node::new(value, at),
    };
    Node::new(Value::Object(vec![Member { name, at, node }]), at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes a tree as JSON would have it, with every scalar as a text.
    fn said(node: &Node) -> String {
        match &node.value {
            Value::Null => "null".to_owned(),
            Value::Text(text) => format!("{text:?}"),
            Value::List(entries) => {
                let entries: Vec<_> = entries.iter().map(said).collect();
                format!("[{}]", entries.join(","))
            }
            Value::Object(members) => {
                let member = |it: &Member| format!("{}:{}", it.name, said(&it.node));
                let members: Vec<_> = members.iter().map(member).collect();
                format!("{{{}}}", members.join(","))
            }
            Value::Open { expression, lacks } => format!("<{expression}|{lacks}>"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn what_has_no_quotes_stays_a_text() {
        for (text, tree) in [
            ("no", r#""no""#),
            ("010", r#""010""#),
            ("12:30", r#""12:30""#),
            ("2026-11-01T00:00:00Z", r#""2026-11-01T00:00:00Z""#),
            (
                "a: ~\nb: null\nc:\nd: 'null'\ne: ''",
                r#"{a:null,b:null,c:null,d:"null",e:""}"#,
            ),
            ("a: !!int '3'\nb: !!str 4", r#"{a:"3",b:"4"}"#),
            ("a: |\n  x\n  y\nb: >-\n  x\n  y", r#"{a:"x\ny\n",b:"x y"}"#),
            ("- 1\r\n- 킥오프\r\n", r#"["1","킥오프"]"#),
            ("# nothing", "null"),
        ] {
            match read(text, 0) {
                Ok(node) => assert_eq!(said(&node), tree, "{text}"),
                Err(finding) => assert_eq!(format!("{:?}", finding.kind), tree, "{text}"),
            }
        }
    }

    #[test]
    fn short_forms_become_long_ones() {
        for (text, tree) in [
            ("!Ref Max", r#"{Ref:"Max"}"#),
            ("!GetAtt Group.Arn", r#"{Fn::GetAtt:["Group","Arn"]}"#),
            (
                "!GetAtt Stack.Outputs.X",
                r#"{Fn::GetAtt:["Stack","Outputs.X"]}"#,
            ),
            ("!GetAtt [A, b]", r#"{Fn::GetAtt:["A","b"]}"#),
            ("!Sub endpoint/${E}", r#"{Fn::Sub:"endpoint/${E}"}"#),
            (
                "!Sub ['${a}', {a: !Ref B}]",
                r#"{Fn::Sub:["${a}",{a:{Ref:"B"}}]}"#,
            ),
            (
                "!If [C, !Ref A, !Ref 'AWS::NoValue']",
                r#"{Fn::If:["C",{Ref:"A"},{Ref:"AWS::NoValue"}]}"#,
            ),
            ("!Condition C", r#"{Condition:"C"}"#),
            (
                "!Select\n- 0\n- !Split [',', a]",
                r#"{Fn::Select:["0",{Fn::Split:[",","a"]}]}"#,
            ),
            ("!Custom x", "<!Custom|>"),
            ("!<!Ref> x", r#"{Ref:"x"}"#),
        ] {
            assert_eq!(said(&read(text, 0).unwrap()), tree, "{text}");
        }
    }

    #[test]
    fn every_value_knows_its_place() {
        let node = read("a:\n  - {한: 글, c: !Ref X}\n", 3).unwrap();
        let object = &node.get("a").unwrap().entries()[0];
        let places: Vec<_> = object
            .members()
            .iter()
            .map(|it| (it.at, it.node.at))
            .collect();
        let at = |column| Place {
            file: 3,
            line: 2,
            column,
        };
        // A tag is part of its value.
        assert_eq!(places, [(at(6), at(9)), (at(12), at(15))]);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let deep = "- ".repeat(10_000) + "x";
        let flow = "[".repeat(10_000);
        let bomb = "a: &a [x]\nb: [*a, *a]\n";
        for (text, kind, line) in [
            ("a: 1\na: 2", "RepeatedName", 2),
            (bomb, "Anchor", 1),
            ("a: *b", "Anchor", 1),
            ("b:\n  <<: {a: 1}", "Anchor", 2),
            ("a: 1\n---\nb: 2", "Syntax", 2),
            ("? [a]\n: b", "Syntax", 1),
            ("a:\n\tb: 1\nc: 2", "Syntax", 2),
            ("a: [1, 2\n", "Truncated", 2),
            ("a: \"x\n", "Truncated", 1),
            ("a: b: c\nd: 1", "Syntax", 1),
            (&*deep, "TooDeep", 1),
            (&*flow, "TooDeep", 1),
            (&*" ".repeat(MOST_BYTES + 1), "TooLarge", 0),
        ] {
            let finding = read(text, 0).unwrap_err();
            let said = format!("{:?}", finding.kind);
            let shown: String = text.chars().take(40).collect();
            assert!(said.starts_with(kind), "{shown}: {said}");
            assert_eq!(finding.at.line, line, "{shown}: {said}");
        }
    }
}
