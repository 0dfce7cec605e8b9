//! From a deployment to the text of a file, a format a file. A new format is a file here, its `mod` and its line in
//! [`EXPORT_FORMATS`]. A format spells what [`Deployment`] says, and adds nothing of its own but what its language needs.

mod apart;
mod bodies;
mod boto3;
mod cdk;
mod cdk_python;
mod cdk_typescript;
mod cloudformation_json;
mod cloudformation_yaml;
mod hcl;
mod json;
mod judging;
pub(crate) mod k6;
pub(crate) mod locust;
mod shell;
mod template;
mod terraform;
mod text;

pub use apart::together;
pub(crate) use text::filled_in;

use crate::{
    deployment::{Deployment, Remarks},
    parameter::Parameter,
};

/// A form in which a deployment can be written.
pub trait ExportFormat: Sync {
    /// Returns what names it among the others, at a prompt and in an element's id: `cloudformation-yaml`.
    fn id(&self) -> &'static str;

    /// Returns its name for people, which is the same in every language: `CloudFormation YAML`.
    fn name(&self) -> &'static str;

    /// Returns the name that its file has when it is saved: `scaling.yaml`.
    fn file_name(&self) -> &'static str;

    /// Returns what of a deployment a person has to fill in, in this form.
    fn parameters(&self, deployment: &Deployment) -> Vec<Parameter> {
        deployment.parameters()
    }

    /// Returns whether it can say that something is taken away, and so only what changed.
    fn says_changes(&self) -> bool {
        false
    }

    /// Returns whether it is read back as it is written; what a script deploys comes back by way of what an account then answers.
    fn is_read_back(&self) -> bool {
        false
    }

    /// Writes a deployment.
    fn write(&self, deployment: &Deployment, remarks: &dyn Remarks) -> String;
}

/// All formats, in the order of their tabs.
pub static EXPORT_FORMATS: &[&dyn ExportFormat] = &[
    &shell::Shell,
    &boto3::Boto3,
    &cloudformation_yaml::CloudFormationYaml,
    &cloudformation_json::CloudFormationJson,
    &terraform::Terraform,
    &cdk_typescript::CdkTypeScript,
    &cdk_python::CdkPython,
    &bodies::Bodies,
];

/// Returns the format of this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static dyn ExportFormat> {
    EXPORT_FORMATS.iter().find(|it| it.id() == id).copied()
}
