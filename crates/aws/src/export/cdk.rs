//! What the CDK's languages share: constructs of CloudFormation's resources (L1), how they and their properties are called, and how
//! a text gets past the CDK's tokens. A language says how it spells them (`spelling`), what a file has around them is in `frame`.

mod frame;
mod spelling;

use std::cell::Cell;

pub(super) use self::{
    frame::write,
    spelling::{Piece, Spelling, Uses, Words},
};
use super::{
    template::{Property, Shape},
    text::one_line,
};
use crate::{
    deployment::{Parameter, Part, Remark, Remarks},
    names::constant_case,
};

/// A source that is being written.
struct Source<'a> {
    text: String,
    spelling: &'a dyn Spelling,
    remarks: &'a dyn Remarks,
    joins_late: Cell<bool>,
    holds_dates: Cell<bool>,
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Spot<'a> {
    /// The type of its resource.
    kind: &'a str,
    /// The name of its property.
    property: &'a str,
    level: usize,
}

impl<'a> Source<'a> {
    fn new(spelling: &'a dyn Spelling, remarks: &'a dyn Remarks) -> Self {
        Self {
            text: String::new(),
            spelling,
            remarks,
            joins_late: Cell::new(false),
            holds_dates: Cell::new(false),
        }
    }

    fn line(&mut self, level: usize, line: &str) {
        if !line.is_empty() {
            self.text
                .push_str(&self.spelling.words().indent.repeat(level));
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn lines(&mut self, lines: &[&str]) {
        for line in lines {
            self.line(0, line);
        }
    }

    fn comment(&mut self, level: usize, line: &str) {
        let comment = format!("{} {}", self.spelling.words().comment, one_line(line));
        self.line(level, &comment);
    }

    /// Returns a remark as a comment behind something.
    fn behind(&self, remark: &Remark) -> String {
        let remark = one_line(&self.remarks.remark(remark));
        let Words { gap, comment, .. } = self.spelling.words();
        format!("{gap}{comment} {remark}")
    }

    fn remark(&mut self, level: usize, remark: &Remark) {
        self.comment(level, &self.remarks.remark(remark));
    }

    /// Writes properties, each in a line or more of its own, for a resource of this type.
    fn properties(&mut self, level: usize, properties: &[Property], kind: &str) {
        for property in properties {
            let start = self.spelling.property(property.name);
            if !property.value.is_nested() {
                let plain = self.plain(&property.value, kind);
                let comment = property.remark.as_ref().map(|it| self.behind(it));
                let comment = comment.unwrap_or_default();
                self.line(level, &format!("{start}{plain},{comment}"));
                continue;
            }
            if let Some(remark) = &property.remark {
                self.remark(level, remark);
            }
            let spot = Spot {
                kind,
                property: property.name,
                level,
            };
            self.value(&start, &property.value, spot);
        }
    }

    /// Writes a value behind its line's beginning, and a comma.
    fn value(&mut self, start: &str, shape: &Shape, spot: Spot<'_>) {
        let Spot { kind, level, .. } = spot;
        match shape {
            Shape::Object(properties) => {
                let (opens, closes) = self.spelling.brackets(&class_of(kind, spot.property));
                self.line(level, &format!("{start}{opens}"));
                self.properties(level + 1, properties, kind);
                self.line(level, &format!("{closes},"));
            }
            Shape::List(entries) if shape.is_nested() => {
                self.line(level, &format!("{start}["));
                let spot = Spot {
                    level: level + 1,
                    ..spot
                };
                for entry in entries {
                    self.value("", entry, spot);
                }
                self.line(level, "],");
            }
            plain => {
                let plain = self.plain(plain, kind);
                self.line(level, &format!("{start}{plain},"));
            }
        }
    }

    /// Returns a value that stands in a line.
    fn plain(&self, shape: &Shape, kind: &str) -> String {
        match shape {
            Shape::Text(text) => self.string(&[Part::Text(text.clone())]),
            Shape::Joined(parts) => self.string(parts),
            Shape::Parameter(parameter) => constant(*parameter),
            Shape::Reference(id) => self.spelling.variable(id) + ".ref",
            Shape::Number(it) => it.to_string(),
            Shape::Whole(it) => it.to_string(),
            Shape::Switch(it) => {
                let [off, on] = self.spelling.words().switches;
                if *it { on } else { off }.to_owned()
            }
            // What is nested in a target are its scheduled actions, whose moments are dates; elsewhere they are texts.
            Shape::Moment(it) if kind == "AWS::ApplicationAutoScaling::ScalableTarget" => {
                self.holds_dates.set(true);
                self.spelling.date(&it.to_string())
            }
            Shape::Moment(it) => self.string(&[Part::Text(it.to_string())]),
            Shape::List(entries) => {
                let entries: Vec<String> = entries.iter().map(|it| self.plain(it, kind)).collect();
                format!("[{}]", entries.join(", "))
            }
            // It has lines of its own.
            Shape::Object(_) => String::new(),
        }
    }

    /// Returns a text with parameters in it.
    fn string(&self, parts: &[Part]) -> String {
        let pieces = parts.iter().map(|part| match part {
            Part::Text(text) => past_tokens(text),
            Part::Parameter(parameter) => Piece::Constant(constant(*parameter)),
        });
        let pieces: Vec<Piece> = pieces.collect();
        if !pieces.iter().any(|it| matches!(it, Piece::Late(_))) {
            return self.spelling.interpolated(&pieces);
        }
        // An expression within a text could not hold quotation marks everywhere.
        let one = |piece: &Piece| match piece {
            Piece::Late(pieces) => {
                let one = |it: &String| self.spelling.interpolated(&[Piece::Plain(it.clone())]);
                let pieces: Vec<String> = pieces.iter().map(one).collect();
                self.joins_late.set(true);
                self.spelling.late(&pieces.join(", "))
            }
            Piece::Constant(name) => name.clone(),
            Piece::Plain(text) => self.spelling.interpolated(&[Piece::Plain(text.clone())]),
        };
        let pieces: Vec<String> = pieces.iter().map(one).collect();
        pieces.join(" + ")
    }
}

/// Returns a text in pieces, to be joined by `{`, where it would be one of the CDK's tokens, which begin with `${Token[` or
/// `#{Token[`. Texts that are joined by nothing the CDK joins itself, too early.
fn past_tokens(text: &str) -> Piece {
    const NAME: &str = "Token[";
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for (index, part) in text.split('{').enumerate() {
        if index > 0 {
            if part.starts_with(NAME) && piece.ends_with(['$', '#']) {
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece.push('{');
            }
        }
        piece.push_str(part);
    }
    if pieces.is_empty() {
        return Piece::Plain(piece);
    }
    pieces.push(piece);
    Piece::Late(pieces)
}

/// Returns the module of a type's construct, `applicationautoscaling`, and its class, `CfnScalableTarget`.
fn construct(kind: &str) -> (String, String) {
    let mut parts = kind.split("::").skip(1);
    let service = parts.next().unwrap_or_default().to_ascii_lowercase();
    (service, format!("Cfn{}", parts.next().unwrap_or_default()))
}

/// Returns the class of a property's object: `applicationautoscaling.CfnScalingPolicy.StepAdjustmentProperty`.
fn class_of(kind: &str, property: &str) -> String {
    let class = match property {
        "ScheduledActions" => "ScheduledAction",
        "StepAdjustments" => "StepAdjustment",
        "Dimensions" if kind == "AWS::CloudWatch::Alarm" => "Dimension",
        "Dimensions" => "MetricDimension",
        "MetricSpecifications" => "PredictiveScalingMetricSpecification",
        "PredefinedMetricPairSpecification" => "PredictiveScalingPredefinedMetricPair",
        "LaunchTemplate" => "LaunchTemplateSpecification",
        same => same,
    };
    let (module, of) = construct(kind);
    format!("{module}.{of}.{class}Property")
}

/// Returns a property's name in `UpperCamelCase`, as the CDK makes its spellings of it.
pub(super) fn property_name(name: &str) -> &str {
    match name {
        "TargetGroupARNs" => "TargetGroupArns",
        name => name,
    }
}

/// Returns a parameter as a constant: `ENDPOINT_NAME`.
fn constant(parameter: Parameter) -> String {
    constant_case(parameter.name())
}
