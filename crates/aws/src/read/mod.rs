//! From a text to a tree, a language a file. A reader never panics, and is bounded in size and depth.

pub mod hcl;
pub mod json;
pub mod lines;
pub mod session;
pub mod shorthand;
pub mod terraform_json;
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
            // What a template may hold of commands stands further in, and tells nothing.
            if line.starts_with("Resources:") || line.starts_with("AWSTemplateFormatVersion:") {
                return Some(Self::Yaml);
            }
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            let is_header = match word {
                "resource" | "variable" | "data" | "module" | "provider" | "output" | "check"
                | "ephemeral" => rest.trim_start().starts_with('"'),
                "locals" | "terraform" | "moved" | "import" | "removed" => {
                    rest.trim_start().starts_with('{')
                }
                _ => false,
            };
            if is_header {
                return Some(Self::Hcl);
            }
        }
        let extension = name.rsplit('.').next().unwrap_or_default();
        match &*extension.to_ascii_lowercase() {
            "tf" | "tfvars" | "tofu" | "hcl" => Some(Self::Hcl),
            "yaml" | "yml" | "template" => Some(Self::Yaml),
            _ if session::is_meant(text) => Some(Self::Json),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_says_what_it_is_written_in() {
        for (name, text, language) in [
            ("", "\n {\"a\": 1}", Some(Language::Json)),
            ("x.yaml", "[1]", Some(Language::Json)),
            ("", "Resources:\n  A: {}", Some(Language::Yaml)),
            ("", "# x\nAWSTemplateFormatVersion: 1", Some(Language::Yaml)),
            (
                "",
                "Resources:\n  A:\n    UserData: |\n      aws autoscaling describe-policies\n{",
                Some(Language::Yaml),
            ),
            ("t.template", "Parameters: {}", Some(Language::Yaml)),
            ("", "resource \"a\" \"b\" {\n}", Some(Language::Hcl)),
            ("", "locals {\r\n}", Some(Language::Hcl)),
            ("", "moved {\n}", Some(Language::Hcl)),
            ("main.tofu", "x {}", Some(Language::Hcl)),
            ("live.tfvars", "max = 3", Some(Language::Hcl)),
            ("", "max = 3", None),
            ("", "Resources are scarce", None),
            (
                "",
                "$ aws autoscaling describe-policies\n{}",
                Some(Language::Json),
            ),
        ] {
            assert_eq!(Language::of(name, text), language, "{name} {text}");
        }
    }
}
