//! Terraform's JSON syntax: `main.tf.json`, `live.tfvars.json`, what the CDK for Terraform synthesizes. It says what HCL does, with
//! expressions in texts as templates, and is written as HCL here, so that it is read as that is; each piece keeps its own place.
//!
//! Without a provider's schema a block within a resource looks like an argument that is an object or a list of them, and is taken for one.
//!
//! Source: Terraform, "JSON Configuration Syntax"; HCL, "JSON Syntax".

use hcl_edit::{Ident, Span, parser, template::Element};

use super::hcl::{self, File};
use crate::{
    fields::{quoted, shortened},
    finding::{Expected, Finding, FindingKind},
    node::{Member, Node, Place, Value},
};

/// Kinds of blocks, and how many labels each has. Of those that are not read no more is kept.
const BLOCKS: [(&str, usize); 13] = [
    ("check", 1),
    ("data", 2),
    ("ephemeral", 2),
    ("import", 0),
    ("locals", 0),
    ("module", 1),
    ("moved", 0),
    ("output", 1),
    ("provider", 1),
    ("removed", 0),
    ("resource", 2),
    ("terraform", 0),
    ("variable", 1),
];
/// Where a person writes what is passed over.
const COMMENT: &str = "//";

/// What a document of JSON is to Terraform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Blocks.
    Configuration,
    /// Values of variables.
    Values,
}

impl Kind {
    /// Returns what a document is, by its file's name or else by what it holds; `None`: it is none of Terraform's.
    #[must_use]
    pub fn of(name: &str, document: &Node) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        if name.ends_with(".tfvars.json") {
            return Some(Self::Values);
        }
        let all = roots(document).iter().flat_map(Node::members);
        let is_block =
            |it: &Member| it.name == COMMENT || BLOCKS.iter().any(|(known, _)| *known == it.name);
        let says = |it: &Member| {
            let is_object = !it.node.members().is_empty() || !it.node.entries().is_empty();
            is_object
                && matches!(
                    &*it.name,
                    "resource" | "variable" | "locals" | "data" | "module"
                )
        };
        let is_named = name.ends_with(".tf.json") || name.ends_with(".tofu.json");
        let is_meant = is_named || (all.clone().all(is_block) && all.clone().any(says));
        is_meant.then_some(Self::Configuration)
    }
}

/// Returns the file that a document is, and what of it cannot be used.
///
/// # Errors
/// Why it is none, with its place.
pub fn read(kind: Kind, document: &Node) -> Result<(File<'static>, Vec<Finding>), Finding> {
    let mut writing = Writing::default();
    for root in roots(document) {
        if writing.is_object(root) {
            match kind {
                Kind::Values => writing.arguments(root.members(), Texts::Literal),
                Kind::Configuration => writing.blocks(root.members()),
            }
        }
    }
    let Writing {
        text,
        marks,
        findings,
    } = writing;
    let file = hcl::written_elsewhere(text, marks, document.at)?;
    Ok((file, findings))
}

/// Returns the objects that a document is: one, or a list of them.
fn roots(document: &Node) -> &[Node] {
    match &document.value {
        Value::List(entries) => entries,
        _ => std::slice::from_ref(document),
    }
}

/// What texts are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Texts {
    /// Templates.
    Template,
    /// What they say.
    Literal,
}

/// A file of HCL that is being written.
#[derive(Default)]
struct Writing {
    text: String,
    /// Where pieces begin in the text, and where they stand in the document.
    marks: Vec<(usize, Place)>,
    findings: Vec<Finding>,
}

impl Writing {
    fn mark(&mut self, at: Place) {
        self.marks.push((self.text.len(), at));
    }

    fn note(&mut self, at: Place, path: &str, kind: FindingKind) {
        let path = shortened(path);
        self.findings.push(Finding { at, path, kind });
    }

    /// Returns whether a value is an object; what else it is, is noted.
    fn is_object(&mut self, node: &Node) -> bool {
        let is_object = matches!(node.value, Value::Object(_));
        if !is_object {
            let (found, expected) = (quoted(node), Expected::Object);
            self.note(node.at, "", FindingKind::Wrong { found, expected });
        }
        is_object
    }

    fn blocks(&mut self, members: &[Member]) {
        for member in members.iter().filter(|it| it.name != COMMENT) {
            let known = BLOCKS.iter().find(|(name, _)| *name == member.name);
            match known {
                Some((name, labels)) => {
                    self.labelled(name, *labels, &mut Vec::new(), &member.node, member.at);
                }
                None => self.note(member.at, &member.name, FindingKind::NotUsed),
            }
        }
    }

    /// Writes the blocks of a kind: an object for each label that is left, and a list where there are several of one label.
    fn labelled<'n>(
        &mut self,
        kind: &str,
        left: usize,
        labels: &mut Vec<&'n str>,
        node: &'n Node,
        at: Place,
    ) {
        if let Value::List(entries) = &node.value {
            for entry in entries {
                match entry.value {
                    Value::List(_) => _ = self.is_object(entry),
                    _ => self.labelled(kind, left, labels, entry, entry.at),
                }
            }
            return;
        }
        if node.value == Value::Null || !self.is_object(node) {
            return;
        }
        if let Some(left) = left.checked_sub(1) {
            for member in node.members().iter().filter(|it| it.name != COMMENT) {
                labels.push(&member.name);
                self.labelled(kind, left, labels, &member.node, member.at);
                labels.pop();
            }
            return;
        }
        self.mark(at);
        self.text.push_str(kind);
        for label in labels.iter() {
            self.text.push(' ');
            self.literal(label);
        }
        self.text.push_str(" {\n");
        let members = node.members();
        match kind {
            "resource" | "locals" => self.arguments(members, Texts::Template),
            "variable" => self.variable(members),
            _ => {}
        }
        self.mark(at);
        self.text.push_str("}\n");
    }

    /// Writes what is made use of in a variable: its default, which is a value, and its type, an expression in a text.
    fn variable(&mut self, members: &[Member]) {
        for member in members {
            match (&*member.name, &member.node.value) {
                ("default", _) => self.argument(member, Texts::Literal),
                ("type", Value::Text(text)) if parser::parse_expr(text).is_ok() => {
                    self.mark(member.at);
                    self.text.push_str("type = ");
                    self.text.push_str(text.trim());
                    self.text.push('\n');
                }
                _ => {}
            }
        }
    }

    fn arguments(&mut self, members: &[Member], texts: Texts) {
        for member in members.iter().filter(|it| it.name != COMMENT) {
            if self.is_repeated(member) {
                continue;
            }
            match Ident::try_new(&*member.name) {
                Ok(_) => self.argument(member, texts),
                Err(_) => self.note(member.at, &member.name, FindingKind::NotUsed),
            }
        }
    }

    fn argument(&mut self, member: &Member, texts: Texts) {
        self.mark(member.at);
        self.text.push_str(&member.name);
        self.text.push_str(" = ");
        self.value(&member.node, texts);
        self.text.push('\n');
    }

    /// Returns whether a member stands for blocks that Terraform makes of something, which are listed.
    fn is_repeated(&mut self, member: &Member) -> bool {
        let labels = roots(&member.node).iter().flat_map(Node::members);
        let labels: Vec<&Member> = labels.collect();
        let is_dynamic = member.name == "dynamic"
            && !labels.is_empty()
            && labels.iter().all(|it| {
                let mut blocks = roots(&it.node).iter();
                blocks.all(|it| it.get("for_each").is_some())
            });
        if is_dynamic {
            for label in labels {
                let what = format!("dynamic \"{}\"", shortened(&label.name));
                self.note(label.at, "", FindingKind::Generated { what });
            }
        }
        is_dynamic
    }

    fn value(&mut self, node: &Node, texts: Texts) {
        self.mark(node.at);
        match &node.value {
            Value::Null | Value::Open { .. } => self.text.push_str("null"),
            Value::Switch(is) => self.text.push_str(if *is { "true" } else { "false" }),
            Value::Number(number) => self.text.push_str(&number.to_string()),
            Value::Text(text) => self.written(text, texts, node.at),
            Value::List(entries) => {
                self.text.push('[');
                for (index, entry) in entries.iter().enumerate() {
                    if index > 0 {
                        self.text.push_str(", ");
                    }
                    self.value(entry, texts);
                }
                self.text.push(']');
            }
            Value::Object(members) => {
                self.text.push('{');
                let mut is_first = true;
                for member in members.iter().filter(|it| it.name != COMMENT) {
                    if self.is_repeated(member) {
                        continue;
                    }
                    if !std::mem::take(&mut is_first) {
                        self.text.push_str(", ");
                    }
                    self.mark(member.at);
                    self.written(&member.name, texts, member.at);
                    self.text.push_str(" = ");
                    self.value(&member.node, texts);
                }
                self.text.push('}');
            }
        }
    }

    fn written(&mut self, text: &str, texts: Texts, at: Place) {
        let is_plain = texts == Texts::Literal || !(text.contains("${") || text.contains("%{"));
        if is_plain {
            return self.literal(text);
        }
        match parser::parse_template(text) {
            Ok(template) => {
                self.text.push('"');
                for element in template.iter() {
                    match element {
                        Element::Literal(literal) => self.escaped(literal),
                        Element::Interpolation(interpolation) => {
                            let source = interpolation.span().and_then(|it| text.get(it));
                            self.text.push_str(source.unwrap_or_default());
                        }
                        // Whether and how often a piece of text stands there is not worked out.
                        Element::Directive(_) => self.text.push_str("%{ if true }…%{ endif }"),
                    }
                }
                self.text.push('"');
            }
            Err(error) => {
                let (language, reason) = ("HCL", shortened(error.message()));
                self.note(at, "", FindingKind::Syntax { language, reason });
                self.literal(text);
            }
        }
    }

    /// Writes a text that says what it says.
    fn literal(&mut self, text: &str) {
        self.text.push('"');
        self.escaped(text);
        self.text.push('"');
    }

    fn escaped(&mut self, text: &str) {
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                '$' | '%' if letters.peek() == Some(&'{') => self.text.extend([letter, letter]),
                letter if letter.is_control() => {
                    self.text.push_str(&format!("\\u{:04x}", u32::from(letter)));
                }
                letter => self.text.push(letter),
            }
        }
    }
}
