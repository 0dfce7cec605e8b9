//! A scenario as a document of AWS's, in any of the formats: all of it, or only what has changed since it was opened.

use std::rc::Rc;

use aws::{
    Deployment, EXPORT_FORMATS, LOAD_TESTS, LoadTest, LoadTestFormat, Parameter, Remarks, changes,
};
use scenario::{
    compile::{Problem, compile},
    document::Scenario,
    file, link,
};
use words::Words;

use crate::{Desk, Listed, shortened};

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
    pub left_out: Listed<String>,
    /// Whether this format can say only what has changed, and anything of AWS's has.
    pub has_changes: bool,
    /// Whether it is a load test.
    pub is_load_test: bool,
    /// What is wrong with the scenario.
    pub wrong: Listed<Wrong>,
}

/// A format.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormatName {
    /// What names it among the others.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Whether it is that of a load test, which deploys nothing.
    pub is_load_test: bool,
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
pub(crate) type Prepared = Result<(Scenario, Deployment), Listed<Wrong>>;

impl Desk {
    /// Writes a scenario in one of the formats.
    pub fn export(&mut self, question: &ExportQuestion, words: Words) -> Exported {
        let now = self.prepared(&question.scenario, words);
        let (scenario, now) = match &*now {
            Ok((scenario, now)) => (scenario, now),
            Err(wrong) => {
                return Exported {
                    wrong: wrong.clone(),
                    ..Exported::default()
                };
            }
        };
        let test = LoadTest::of(scenario, &question.title);
        let form = LOAD_TESTS.iter().find(|it| it.id() == question.format);
        if let (Some(test), Some(form)) = (&test, form) {
            return load_test(test.clone(), *form, &question.given, words);
        }
        let found = EXPORT_FORMATS.iter().find(|it| it.id() == question.format);
        let Some(format) = found.or(EXPORT_FORMATS.first()).copied() else {
            return Exported::default();
        };
        let mut exported = Exported {
            formats: formats(test.is_some()),
            format: format.id().to_owned(),
            file_name: format.file_name().to_owned(),
            ..Exported::default()
        };
        let before = match &question.opened {
            Some(opened) if format.says_changes() => Some(self.prepared(opened, words)),
            _ => None,
        };
        let changed = match before.as_deref() {
            Some(Ok((_, before))) => Some(changes(before, now)),
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
            .map(|it| Blank::of(it, &shown.given, words))
            .collect();
        exported.left_out = Listed::of(shown.left_out.iter().map(|it| words.remark(it)));
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

/// Returns the forms in the order of their tabs; load tests where the scenario `has_load_test`.
fn formats(has_load_test: bool) -> Vec<FormatName> {
    let name = |id: &str, name: &str, is_load_test| FormatName {
        id: id.to_owned(),
        name: name.to_owned(),
        is_load_test,
    };
    let tests = LOAD_TESTS.iter().filter(|_| has_load_test);
    let tests = tests.map(|it| name(it.id(), it.name(), true));
    let formats = EXPORT_FORMATS.iter();
    let formats = formats.map(|it| name(it.id(), it.name(), false));
    formats.chain(tests).collect()
}

/// Writes a load test.
fn load_test(
    mut test: LoadTest,
    form: &dyn LoadTestFormat,
    filled_in: &[(String, String)],
    words: Words,
) -> Exported {
    // What has an address of its own needs no names of SageMaker's.
    let without = form.write(&test, &words);
    let is_used = |parameter: &Parameter| {
        let given = vec![(*parameter, parameter.example().to_owned())];
        let with = LoadTest {
            given,
            ..test.clone()
        };
        form.write(&with, &words) != without
    };
    let used: Vec<Parameter> = test.names.iter().copied().filter(is_used).collect();
    test.given = given(&used, filled_in);
    Exported {
        formats: formats(true),
        format: form.id().to_owned(),
        text: form.write(&test, &words),
        file_name: form.file_name().to_owned(),
        blanks: used
            .into_iter()
            .map(|it| Blank::of(it, &test.given, words))
            .collect(),
        is_load_test: true,
        ..Exported::default()
    }
}

fn prepare(text: &str, words: Words) -> Prepared {
    let unread = |sentence| {
        let wrong = Wrong {
            sentence,
            ..Wrong::default()
        };
        Listed::of(std::iter::once(wrong))
    };
    let scenario = file::from_json(text).map_err(|error| unread(words.file_error(&error)))?;
    let compiled = compile(&scenario).map_err(|problems| wrong(&problems, &scenario, words))?;
    // A scenario that is too long for a link is exported without.
    let link = link::encode(&scenario).unwrap_or_default();
    let deployment = Deployment::of(&scenario, &compiled, &scenario.name, &link);
    Ok((scenario, deployment))
}

/// Returns what is wrong with a scenario, as far as it is shown.
pub(crate) fn wrong(problems: &[Problem], scenario: &Scenario, words: Words) -> Listed<Wrong> {
    Listed::of(problems.iter().map(|it| Wrong::of(it, scenario, words)))
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
            sentence: shortened(&words.problem(problem)),
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
    fn of(parameter: Parameter, given: &[(Parameter, String)], words: Words) -> Self {
        let given = given.iter().find(|(of, _)| *of == parameter);
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
