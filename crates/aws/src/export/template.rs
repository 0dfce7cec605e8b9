//! A deployment as CloudFormation's resources, which its templates and the CDK's constructs spell: actions within their target,
//! references in place of names and ARNs, `Metadata` for the names that CloudFormation has no property for.
//!
//! Source: template reference of AWS CloudFormation.

mod making;

use scenario::time::UtcDateTime;

use crate::deployment::{Parameter, Part, Remark};

/// Resources of CloudFormation.
pub(super) struct Template {
    /// What a person fills in.
    pub parameters: Vec<Parameter>,
    /// Whether any of that still is a placeholder.
    pub is_open: bool,
    /// What is made.
    pub resources: Vec<TemplateResource>,
    /// What has to be known of the whole.
    pub remarks: Vec<Remark>,
}

/// A resource.
pub(super) struct TemplateResource {
    /// Its logical id: letters and digits, unlike any other and any parameter.
    pub id: String,
    /// Its type: `AWS::CloudWatch::Alarm`.
    pub kind: &'static str,
    /// What it has no property for, and Headroom keeps in its `Metadata`.
    pub metadata: Vec<Property>,
    /// What has to be known of it.
    pub remarks: Vec<Remark>,
    /// Its properties.
    pub properties: Vec<Property>,
}

/// A property.
pub(super) struct Property {
    /// Its name, as CloudFormation has it.
    pub name: &'static str,
    /// Its value.
    pub value: Shape,
    /// What it means, for a comment.
    pub remark: Option<Remark>,
}

/// A value.
pub(super) enum Shape {
    /// A text, which holds nothing that CloudFormation would look up.
    Text(String),
    /// A text with parameters in it.
    Joined(Vec<Part>),
    /// A parameter.
    Parameter(Parameter),
    /// What `Ref` gives of a resource: a group's name, a policy's ARN.
    Reference(String),
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(i64),
    /// A switch.
    Switch(bool),
    /// A moment.
    Moment(UtcDateTime),
    /// A list.
    List(Vec<Shape>),
    /// An object.
    Object(Vec<Property>),
}

impl Shape {
    fn refers_to(&self, id: &str) -> bool {
        match self {
            Self::Reference(to) => to == id,
            Self::List(entries) => entries.iter().any(|it| it.refers_to(id)),
            Self::Object(properties) => properties.iter().any(|it| it.value.refers_to(id)),
            _ => false,
        }
    }

    /// Returns whether it is a list or an object that holds something.
    pub(super) fn has_lines(&self) -> bool {
        match self {
            Self::Object(properties) => !properties.is_empty(),
            Self::List(entries) => !entries.is_empty(),
            _ => false,
        }
    }

    /// Returns whether it holds an object.
    pub(super) fn is_nested(&self) -> bool {
        match self {
            Self::Object(_) => true,
            Self::List(entries) => entries.iter().any(Self::is_nested),
            _ => false,
        }
    }
}

impl Template {
    /// Returns whether some property refers to a resource.
    pub(super) fn is_referred_to(&self, id: &str) -> bool {
        let properties = self.resources.iter().flat_map(|it| &it.properties);
        properties.into_iter().any(|it| it.value.refers_to(id))
    }
}
