//! A scenario as a document of AWS's, in any of the formats: all of it, or only what has changed since it was opened.

use std::rc::Rc;

use aws::{Deployment, EXPORT_FORMATS, Parameter, Remarks, changes};
use scenario::{
    compile::{Problem, compile},
    document::Scenario,
    file, link,
};
use words::Words;

use crate::Desk;

/// Scenarios whose deployments are kept: the one that is open, and what it was when it was opened.
const MOST_KEPT: usize = 2;
/// Most characters of what is filled in for a name.
const MOST_CHARACTERS: usize = 300;

/// Asks for a scenario in one of the formats.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExportQuestion {
    /// The scenario, as a file holds it.
    pub scenario: String,
    /// The scenario as it was opened, as a file holds it; absent: nothing has changed since.
    pub opened: Option<String>,
    /// The scenario's title.
    pub title: String,
    /// The format's id; of none, the first format.
    pub format: String,
    /// Whether only what has changed is wanted.
    pub only_changes: bool,
    /// What was filled in: a parameter's name, and its value.
    pub given: Vec<(String, String)>,
}

/// A scenario in one of the formats.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exported {
    /// All formats, in the order of their tabs.
    pub formats: Vec<FormatName>,
    /// The id of the format that the text is in.
    pub format: String,
    /// The text; empty where there is none, as something is wrong.
    pub text: String,
    /// How its file is called.
    pub file_name: String,
    /// What a person can fill in.
    pub blanks: Vec<Blank>,
    /// Sentences about what the scenario says that no document can.
    pub left_out: Vec<String>,
    /// Whether this format can say only what has changed, and anything of AWS's has.
    pub has_changes: bool,
    /// What is wrong with the scenario.
    pub wrong: Vec<Wrong>,
}

/// A format.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormatName {
    /// What names it among the others.
    pub id: String,
    /// Its name for people.
    pub name: String,
}

/// Something to fill in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Blank {
    /// Its name, as AWS or the document has it.
    pub name: String,
    /// What stands there until it is filled in.
    pub placeholder: String,
    /// Why AWS does not take what was filled in; empty: it does, or nothing was.
    pub wrong: String,
}

/// Something wrong with a scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wrong {
    /// The field, from the document on.
    pub path: String,
    /// The field's label; empty: it has none.
    pub label: String,
    /// What is wrong, and what would be right.
    pub sentence: String,
}

/// A scenario as it can be deployed, or all that is wrong with it.
pub(crate) type Prepared = Result<Deployment, Vec<Wrong>>;

impl Desk {
    /// Writes a scenario in one of the formats.
    pub fn export(&mut self, question: &ExportQuestion, words: Words) -> Exported {
        let found = EXPORT_FORMATS.iter().find(|it| it.id() == question.format);
        let Some(format) = found.or(EXPORT_FORMATS.first()).copied() else {
            return Exported::default();
        };
        let mut exported = Exported {
            formats: EXPORT_FORMATS
                .iter()
                .map(|it| FormatName {
                    id: it.id().to_owned(),
                    name: it.name().to_owned(),
                })
                .collect(),
            format: format.id().to_owned(),
            file_name: format.file_name().to_owned(),
            ..Exported::default()
        };
        let before = match &question.opened {
            Some(opened) if format.says_changes() => Some(self.prepared(opened, words)),
            _ => None,
        };
        let now = self.prepared(&question.scenario, words);
        let now = match &*now {
            Ok(now) => now,
            Err(wrong) => {
                exported.wrong.clone_from(wrong);
                return exported;
            }
        };
        let changed = match before.as_deref() {
            Some(Ok(before)) => Some(changes(before, now)),
            _ => None,
        };
        let changed = changed.filter(|it| !it.resources.is_empty());
        exported.has_changes = changed.is_some();
        let shown = changed.filter(|_| question.only_changes);
        let mut shown = shown.unwrap_or_else(|| now.clone());
        shown.title.clone_from(&question.title);
        let parameters = format.parameters(&shown);
        shown.given = given(&parameters, &question.given);
        exported.blanks = parameters
            .into_iter()
            .map(|it| Blank::of(it, &shown, words))
            .collect();
        exported.left_out = shown.left_out.iter().map(|it| words.remark(it)).collect();
        exported.text = format.write(&shown, &words);
        exported
    }

    /// Returns a scenario as it can be deployed, from what was asked before where it is the same.
    fn prepared(&mut self, scenario: &str, words: Words) -> Rc<Prepared> {
        let known = self.prepared.iter().find(|(known, _)| known == scenario);
        if let Some((_, prepared)) = known {
            return Rc::clone(prepared);
        }
        let prepared = Rc::new(prepare(scenario, words));
        self.prepared.truncate(MOST_KEPT - 1);
        self.prepared
            .insert(0, (scenario.to_owned(), Rc::clone(&prepared)));
        prepared
    }
}

fn prepare(text: &str, words: Words) -> Prepared {
    let unread = |sentence| {
        vec![Wrong {
            sentence,
            ..Wrong::default()
        }]
    };
    let scenario = file::from_json(text).map_err(|error| unread(words.file_error(&error)))?;
    let wrong = |problem: &Problem| Wrong::of(problem, &scenario, words);
    let compiled =
        compile(&scenario).map_err(|problems| problems.iter().map(wrong).collect::<Vec<_>>())?;
    // A scenario that is too long for a link is exported without.
    let link = link::encode(&scenario).unwrap_or_default();
    Ok(Deployment::of(&scenario, &compiled, &scenario.name, &link))
}

/// Returns everything that is wrong with a scenario.
pub(crate) fn wrong(scenario: &Scenario, words: Words) -> Vec<Wrong> {
    let problems = compile(scenario).err().unwrap_or_default();
    let wrong = problems.iter().map(|it| Wrong::of(it, scenario, words));
    wrong.collect()
}

impl Wrong {
    fn of(problem: &Problem, scenario: &Scenario, words: Words) -> Self {
        let spec = problem.field.spec(scenario);
        let label = spec.map(|spec| match words.label_of(spec) {
            "" => spec.name,
            label => label,
        });
        Self {
            path: problem.field.path(scenario),
            label: label.unwrap_or_default().to_owned(),
            sentence: words.problem(problem),
        }
    }
}

/// Returns what was filled in for these parameters; what is empty is not filled in.
fn given(parameters: &[Parameter], given: &[(String, String)]) -> Vec<(Parameter, String)> {
    let value = |parameter: &Parameter| {
        let (_, value) = given.iter().find(|(name, _)| name == parameter.name())?;
        let value: String = value.trim().chars().take(MOST_CHARACTERS).collect();
        (!value.is_empty()).then_some((*parameter, value))
    };
    parameters.iter().filter_map(value).collect()
}

impl Blank {
    fn of(parameter: Parameter, shown: &Deployment, words: Words) -> Self {
        let mut given = shown.given.iter();
        let given = given.find(|(of, _)| *of == parameter);
        let is_taken = given.is_none_or(|(_, value)| parameter.takes(value));
        Self {
            name: parameter.name().to_owned(),
            placeholder: parameter.placeholder().to_owned(),
            wrong: match is_taken {
                true => String::new(),
                false => words.export_not_taken(parameter.example()),
            },
        }
    }
}
