//! From documents to an account, a kind of document a file. A new kind is a file here, its `mod` and its line in
//! [`DOCUMENT_KINDS`]. What templates hold is brought into the shapes of AWS's requests first, and read by the same readers
//! (`items/`) as those.

mod application_autoscaling;
mod auto_scaling;
mod bodies;
mod cloudformation;
mod cloudwatch;
mod items;
mod kept;
mod links;
mod open;
mod sagemaker;
mod terraform;

pub use links::BEFORE_LINK;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    account::{Account, Answered, AnsweredList, Subject},
    commands,
    fields::Fields,
    finding::{Finding, FindingKind},
    node::{Node, Place},
    read::{
        Language, MOST_BYTES, hcl,
        session::{self, Command, Piece},
        terraform_json, yaml,
    },
};

/// A text that was chosen, dropped or pasted.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// Its file's name; empty: it was pasted.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// What was given for what documents leave open: a parameter's or a variable's name, and its value.
pub type Params = BTreeMap<String, String>;

/// What documents come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gathering {
    /// What they say an account has.
    pub account: Account,
    /// What is to be said of them.
    pub findings: Vec<Finding>,
    /// What each piece of them was recognised as: the id of its kind, and where it begins.
    pub recognised: Vec<(&'static str, Place)>,
    /// The command that answered the document that is being read, where that is known.
    command: Option<Command>,
    /// What that command asked GetMetricData for.
    queries: items::Queries,
    /// The same of files.
    kept_queries: items::Queries,
    /// What GetMetricData answered.
    metric_answers: Vec<items::Answer>,
    /// What was given for what they leave open.
    pub params: Params,
    /// Which of those some document asked for.
    asked: BTreeSet<String>,
}

/// A kind of document, such as what an operation of AWS answers.
pub trait DocumentKind: Sync {
    /// Returns what names it: the operation as the AWS CLI calls it, or the language of a template.
    fn id(&self) -> &'static str;

    /// Returns whether a document is of this kind.
    fn recognises(&self, document: &Node) -> bool;

    /// Reads a document of this kind.
    fn read(&self, document: Node, gathering: &mut Gathering);
}

/// All kinds; the first that recognises a document reads it.
pub static DOCUMENT_KINDS: &[&dyn DocumentKind] = &[
    &application_autoscaling::ScalableTargets,
    &application_autoscaling::ScalingPolicies,
    &application_autoscaling::ScheduledActions,
    &application_autoscaling::ScalingActivities,
    &auto_scaling::Groups,
    &auto_scaling::Policies,
    &auto_scaling::ScheduledActions,
    &auto_scaling::WarmPool,
    &auto_scaling::Activities,
    &cloudwatch::Alarms,
    &cloudwatch::AlarmHistory,
    &cloudwatch::MetricData,
    &cloudwatch::MetricStatistics,
    &sagemaker::Endpoint,
    &sagemaker::EndpointConfig,
    &sagemaker::InferenceComponent,
    &sagemaker::Recommendation,
    &bodies::Requests,
    &cloudformation::CloudFormation,
    &terraform::State,
    &terraform::Show,
    &kept::Body,
    &kept::PolicyConfiguration,
    &kept::MetricDataQueries,
    &kept::ProductionVariants,
    &kept::SuspendedState,
    &kept::ScalableTargetAction,
];

/// Reads documents, several at once. `params`: what is known of what they leave open.
#[must_use]
pub fn gather(documents: &[Document<'_>], params: &Params) -> Gathering {
    let mut gathering = Gathering {
        params: params.clone(),
        ..Gathering::default()
    };
    let mut files = Vec::new();
    for (file, document) in documents.iter().enumerate() {
        let file = u16::try_from(file).unwrap_or(u16::MAX);
        let text = document.text.strip_prefix('\u{feff}');
        let text = text.unwrap_or(document.text);
        if text.len() > MOST_BYTES {
            let kind = FindingKind::TooLarge { most: MOST_BYTES };
            gathering.note(Place::whole(file), "", kind);
            continue;
        }
        links::find(text, file, &mut gathering.account);
        gathering.text(document.name, text, file, &mut files);
    }
    if !files.is_empty() {
        let places = files.iter().map(|it| it.place(None));
        let recognised = places.map(|at| (terraform::ID, at));
        gathering.recognised.extend(recognised);
        terraform::read(&files, &mut gathering);
    }
    items::settle(&mut gathering);
    gathering.note_params_nobody_asked_for();
    gathering
}

impl Gathering {
    /// Reads a text in whatever language it is; files of Terraform's are read once all are there.
    fn text<'a>(&mut self, name: &str, text: &'a str, file: u16, files: &mut Vec<hcl::File<'a>>) {
        match Language::of(name, text) {
            Some(Language::Json) => self.session(name, text, file, files),
            Some(Language::Yaml) => match yaml::read(text, file) {
                Ok(root) => self.take(root),
                Err(finding) => self.findings.push(finding),
            },
            Some(Language::Hcl) => match hcl::read(text, file) {
                Ok(read) => files.push(read),
                Err(finding) => self.findings.push(finding),
            },
            // What may be anything is YAML, unless it holds nothing that is known.
            None => match yaml::read(text, file) {
                Ok(root) if !root.members().is_empty() => self.take(root),
                _ => self.note(Place::whole(file), "", FindingKind::Unrecognised),
            },
        }
    }

    /// Reads a document in JSON, or what a terminal showed.
    fn session(&mut self, name: &str, text: &str, file: u16, files: &mut Vec<hcl::File<'_>>) {
        for piece in session::read(text, file) {
            match piece {
                Piece::Document(root, None)
                    if let Some(kind) = terraform_json::Kind::of(name, &root) =>
                {
                    match terraform_json::read(kind, &root) {
                        Ok((file, findings)) => {
                            files.push(file);
                            self.findings.extend(findings);
                        }
                        Err(finding) => self.findings.push(finding),
                    }
                }
                Piece::Document(root, command) => {
                    self.command = command;
                    self.take(root);
                    self.command = None;
                }
                Piece::Finding(finding) => self.findings.push(finding),
            }
        }
    }

    /// Reads a document that is a tree by now.
    pub fn take(&mut self, root: Node) {
        let kind = self.asked_for(&root).or_else(|| {
            let mut kinds = DOCUMENT_KINDS.iter();
            kinds.find(|kind| kind.recognises(&root)).copied()
        });
        if let Some(kind) = kind {
            self.recognised.push((kind.id(), root.at));
            kind.read(root, self);
            return;
        }
        let kind = match &self.command {
            // What `--query` leaves of an answer is none that is known.
            Some(command) if command.option("query").is_some() => FindingKind::OutputForm {
                form: "query",
                command: session::line_of(command),
            },
            _ => FindingKind::Unrecognised,
        };
        self.note(root.at, "", kind);
    }

    /// Returns the kind of the answer to the command that stands before: an empty list of policies may be anybody's.
    fn asked_for(&self, root: &Node) -> Option<&'static dyn DocumentKind> {
        let command = self.command.as_ref()?;
        let known = commands::find(&command.id)?;
        root.get(known.answers)?;
        let mut kinds = DOCUMENT_KINDS.iter();
        kinds.find(|kind| kind.id() == command.id).copied()
    }

    /// Returns the value of an option of the command that is answered, where that is known.
    fn command_option(&self, name: &str) -> Option<String> {
        let option = self.command.as_ref()?.option(name)?;
        Some(option.to_owned())
    }

    /// Returns what was given for a parameter or variable of this name.
    pub fn param(&mut self, name: &str) -> Option<String> {
        let given = self.params.get(name)?;
        self.asked.insert(name.to_owned());
        Some(given.clone())
    }

    /// Whoever gives a value under a misspelt name has to hear of it.
    fn note_params_nobody_asked_for(&mut self) {
        let asked = &self.asked;
        let unknown = self.params.keys().filter(|name| !asked.contains(*name));
        let findings = unknown.map(|name| Finding {
            at: Place::default(),
            path: String::new(),
            kind: FindingKind::UnknownParameter { name: name.clone() },
        });
        self.findings.extend(findings);
    }

    /// Notes something.
    pub fn note(&mut self, at: Place, path: &str, kind: FindingKind) {
        self.findings.push(Finding {
            at,
            path: path.to_owned(),
            kind,
        });
    }

    /// Returns the fields of what an operation answers, and whether that is all: a `NextToken` says that there is more.
    fn open(&mut self, document: Node, operation: &'static str) -> (Fields, bool) {
        let mut fields = Fields::of(document, "", &mut self.findings);
        fields.pass_over(&["ResponseMetadata"]);
        let token = fields.take("NextToken");
        if let Some(token) = &token {
            let operation = operation.to_owned();
            self.note(token.at, "NextToken", FindingKind::MorePages { operation });
        }
        (fields, token.is_none())
    }

    /// Reads the list that an operation answers with, entry by entry. Returns how much of it that is.
    fn answer(
        &mut self,
        document: Node,
        list: &str,
        operation: &'static str,
        entry: fn(Fields, &mut Self),
    ) -> Whole {
        let (mut fields, is_whole) = self.open(document, operation);
        let objects = fields.objects(list, &mut self.findings);
        let whole = match is_whole {
            false => Whole::No,
            true if objects.is_empty() => Whole::Empty,
            true => Whole::Yes,
        };
        for object in objects {
            entry(object, self);
        }
        fields.finish(&mut self.findings);
        whole
    }

    /// Notes that a list was answered in full. `subject`: whose the command asks for; `is_part`: it asks for some of them only.
    fn note_answered(
        &mut self,
        whole: Whole,
        list: AnsweredList,
        subject: Option<Subject>,
        is_part: bool,
    ) {
        let is_known = self.command.is_some();
        let is_all = whole == Whole::Empty || (whole == Whole::Yes && is_known);
        if is_all && !is_part {
            self.account.answered.push(Answered { list, subject });
        }
    }
}

/// How much of a list an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whole {
    /// There is more of it.
    No,
    /// It is all, and that is nothing.
    Empty,
    /// It is all.
    Yes,
}
