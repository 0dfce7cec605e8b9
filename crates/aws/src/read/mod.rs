//! From a text to a tree, a language a file. A reader never panics, and is bounded in size and depth.

pub mod hcl;
pub mod json;
pub mod lines;
pub mod session;
pub mod yaml;

/// Most bytes of a document.
pub const MOST_BYTES: usize = 32 << 20;
/// Most levels of lists and objects within each other.
pub const DEEPEST: usize = 100;

/// What a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// JSON, or what a terminal showed, which holds JSON.
    Json,
    /// YAML.
    Yaml,
    /// HCL, which Terraform's files are written in.
    Hcl,
}

impl Language {
    /// Returns what a text is written in; `None`: nothing says so. Its file's name only helps.
    #[must_use]
    pub fn of(name: &str, text: &str) -> Option<Self> {
        if text.trim_start().starts_with(['{', '[']) {
            return Some(Self::Json);
        }
        for line in text.lines() {
            let (word, rest) = line.split_once([' ', ':', '{']).unwrap_or((line, ""));
            match word {
                // What a template may hold of commands stands further in, and tells nothing.
                "Resources" | "AWSTemplateFormatVersion"
                    if !line.contains(' ') || line.contains(':') =>
                {
                    return Some(Self::Yaml);
                }
                "resource" | "variable" | "data" | "module" | "provider" | "output"
                    if rest.trim_start().starts_with('"') =>
                {
                    return Some(Self::Hcl);
                }
                "locals" | "terraform" if line.trim_end().ends_with('{') => return Some(Self::Hcl),
                _ => {}
            }
        }
        let extension = name.rsplit('.').next().unwrap_or_default();
        match &*extension.to_ascii_lowercase() {
            "tf" | "tfvars" | "hcl" => Some(Self::Hcl),
            "yaml" | "yml" | "template" => Some(Self::Yaml),
            _ if session::is_meant(text) => Some(Self::Json),
            _ => None,
        }
    }
}
