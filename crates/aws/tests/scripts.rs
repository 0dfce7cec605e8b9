#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]
//! Scripts are run: by Python with a boto3, and by a shell with an AWS CLI, that only write down what they are asked. It has to be
//! what the requests' bodies say, whatever people type.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use aws::{Change, Deployment, Object, Parameter, Part, Remark, Remarks, Term, export::find};
use scenario::{compile::compile, document::Scenario, link, presets};
use serde_json::{Value, json};

/// Notes each call in a line of JSON, in the file that the environment names.
const BOTO3: &str = r#"
import datetime, json, os

def plain(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    raise TypeError(value)

class Client:
    def __init__(self, service):
        self.service = service

    def __getattr__(self, method):
        def call(**body):
            with open(os.environ["CALLS"], "a", encoding="utf-8") as file:
                file.write(json.dumps([self.service, method, body], default=plain) + "\n")
            return {"PolicyARN": "arn:policyName/" + body.get("PolicyName", "")}
        return call

def client(service):
    return Client(service)
"#;

/// The same as the command `aws`.
const AWS: &str = r#"
import json, os, sys
service, command, flag, body, *more = sys.argv[1:]
assert flag == "--cli-input-json", sys.argv
assert more in ([], ["--query", "PolicyARN", "--output", "text"]), more
body = json.loads(body)
with open(os.environ["CALLS"], "a", encoding="utf-8") as file:
    file.write(json.dumps([service, command.replace("-", "_"), body]) + "\n")
if more:
    sys.stdout.reconfigure(encoding="utf-8")
    print("arn:policyName/" + body["PolicyName"])
"#;

/// Remarks that would do harm outside a comment.
struct Hostile;

impl Remarks for Hostile {
    fn remark(&self, remark: &Remark) -> String {
        format!("{remark:?}\n'$(exit 9)'\"\"\"\u{2028}raise 9\r`exit 9`")
    }

    fn head(&self, deployment: &Deployment) -> Vec<String> {
        vec![
            deployment.title.clone(),
            "coding: utf-7\nraise 9\nexit 9".to_owned(),
        ]
    }
}

/// What people type, and what means something to one of the languages.
const NAMES: [&str; 24] = [
    "keep-600",
    "it's",
    "say \"hello\"",
    "back\\slash\\",
    "line\nbreak\r\ttab",
    "$(touch broken)",
    "`touch broken`",
    "${HOME} $HOME $0 $$",
    "'\"; exit 9; '\"",
    "'''",
    "\"\"\"",
    "{endpoint} {{x}} {0}",
    "%s %{x} %d %",
    "{{resolve:ssm:/x}}",
    "file:///etc/hostname",
    "-x",
    "--query",
    "킥오프 🚀",
    "\u{202e}turned\u{2066}",
    "a\u{2028}b\u{85}c\u{feff}",
    "null\0byte",
    "# coding: utf-7",
    "!history !!",
    "EOF\n)\nEOF",
];

/// A folder of its own for what a script needs.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("headroom-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }

    /// Runs a program there and returns what it was asked, in order.
    fn run(&self, program: &str, file: &str, set: &[(&str, &str)]) -> (Output, Vec<Value>) {
        let calls = self.0.join("calls");
        let _ = fs::remove_file(&calls);
        let path = format!("{}:{}", self.0.display(), env::var("PATH").unwrap());
        let output = Command::new(program)
            .arg(file)
            .current_dir(&self.0)
            .env("CALLS", &calls)
            .env("PATH", path)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .envs(set.iter().copied())
            .output()
            .unwrap();
        let lines = fs::read_to_string(&calls).unwrap_or_default();
        let calls = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        (output, calls)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Whether programs that a test needs are there; where they are not, it says so.
fn are_there(programs: &[&str]) -> bool {
    let is_there = |program: &&str| {
        let version = Command::new(program).args(["-c", ""]).output();
        version.is_ok()
    };
    let all = programs.iter().all(is_there);
    if !all {
        eprintln!("skipped: {programs:?} are not all there");
    }
    all
}

/// Returns the requests as the bodies' export has them.
fn expected(deployment: &Deployment) -> Vec<Value> {
    let bodies = find("bodies").unwrap().write(deployment, &Hostile);
    let document: Value = serde_json::from_str(&bodies).unwrap();
    let requests = document["Requests"].as_array().unwrap().iter();
    let call = |request: &Value| {
        let name = aws::names::snake_case(request["Operation"].as_str().unwrap());
        json!([request["Service"], name, with_arns(&request["Body"])])
    };
    requests.map(call).collect()
}

/// Puts the policies' ARNs in, as the programs answer them.
fn with_arns(value: &Value) -> Value {
    match value {
        Value::String(text) => match text.strip_prefix("ARN-OF-POLICY ") {
            Some(name) => json!(format!("arn:policyName/{name}")),
            None => value.clone(),
        },
        Value::Array(values) => values.iter().map(with_arns).collect(),
        Value::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(name, it)| (name.clone(), with_arns(it)));
            Value::Object(entries.collect())
        }
        _ => value.clone(),
    }
}

/// Runs a deployment in both languages, its parameters given.
#[track_caller]
fn check(place: &Place, deployment: &Deployment, what: &str) {
    let mut deployment = deployment.clone();
    let parameters = deployment.parameters().into_iter();
    deployment.given = parameters
        .map(|it| (it, format!("my-{}", it.name())))
        .collect();
    let expect = expected(&deployment);
    assert!(!expect.is_empty(), "{what}");
    for (format, program, file) in [
        ("boto3", "python3", "scaling.py"),
        ("shell", "sh", "scaling.sh"),
    ] {
        let script = find(format).unwrap().write(&deployment, &Hostile);
        place.put(file, &script);
        let (output, calls) = place.run(program, file, &[]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{what} as {format}: {told}\n{script}"
        );
        assert_eq!(calls, expect, "{what} as {format}:\n{script}");
        assert!(!place.0.join("broken").exists(), "{what} as {format}");
    }
}

fn place(name: &str) -> Option<Place> {
    if !are_there(&["python3", "sh"]) {
        return None;
    }
    let place = Place::new(name);
    place.put("boto3.py", BOTO3);
    place.put("which.py", "import sys; print(sys.executable)");
    // By its own path: what chooses among several Pythons takes longer than the program.
    let (found, _) = place.run("python3", "which.py", &[]);
    let python = String::from_utf8(found.stdout).unwrap();
    place.put("aws", &format!("#!{} -ES{AWS}", python.trim()));
    make_executable(&place.0.join("aws"));
    Some(place)
}

fn make_executable(path: &Path) {
    let done = Command::new("chmod").arg("+x").arg(path).status();
    assert!(done.unwrap().success());
}

fn deployment(scenario: &Scenario, title: &str) -> Deployment {
    let payload = link::encode(scenario).unwrap_or_default();
    Deployment::of(scenario, &compile(scenario).unwrap(), title, &payload)
}

#[test]
fn the_scripts_of_every_shipped_scenario_ask_for_what_the_bodies_say() {
    let Some(place) = place("shipped") else {
        return;
    };
    for preset in presets::all() {
        check(&place, &deployment(&preset.scenario(), "Title"), preset.id);
    }
}

/// Puts the next of the names in place of every text that somebody may have typed, and of every word of AWS's.
struct Renaming {
    names: std::iter::Cycle<std::slice::Iter<'static, &'static str>>,
    /// The policy before an alarm is the one that it triggers.
    policy: String,
    count: usize,
}

impl Renaming {
    fn next(&mut self) -> String {
        self.count += 1;
        (*self.names.next().unwrap()).to_owned()
    }

    fn object(&mut self, object: &mut Object) {
        for entry in &mut object.0 {
            match (entry.name, &mut entry.term) {
                // Policies' names differ.
                ("PolicyName", term) => {
                    self.policy = format!("{}{}", self.next(), self.count);
                    *term = Term::Text(self.policy.clone());
                }
                (_, term) => self.term(term),
            }
        }
    }

    fn term(&mut self, term: &mut Term) {
        match term {
            Term::Text(it) => *it = self.next(),
            Term::Joined(parts) => {
                for part in parts {
                    if let Part::Text(it) = part {
                        *it = self.next();
                    }
                }
            }
            Term::Object(object) => self.object(object),
            Term::List(terms) => terms.iter_mut().for_each(|it| self.term(it)),
            Term::PolicyArn(it) => it.clone_from(&self.policy),
            Term::Number(_) | Term::Whole(_) | Term::Switch(_) | Term::Moment(_) => {}
        }
    }
}

#[test]
fn what_is_typed_does_not_break_out() {
    let Some(place) = place("typed") else {
        return;
    };
    let mut all = Deployment {
        title: NAMES.concat(),
        ..Deployment::default()
    };
    let mut renaming = Renaming {
        names: NAMES.iter().cycle(),
        policy: String::new(),
        count: 0,
    };
    for id in ["burst_then_baseline", "retail_weekend", "finals_game"] {
        let scenario = presets::find(id).unwrap().scenario();
        for mut resource in deployment(&scenario, "").resources {
            renaming.object(&mut resource.body);
            resource.name.clone_from(&renaming.policy);
            all.resources.push(resource);
        }
    }
    assert!(renaming.count > NAMES.len(), "each of them is somewhere");
    check(&place, &all, "hostile names");
}

#[test]
fn what_is_gone_is_taken_away() {
    let Some(place) = place("gone") else {
        return;
    };
    for preset in presets::all() {
        let mut deployment = deployment(&preset.scenario(), "Title");
        for resource in &mut deployment.resources {
            resource.change = Change::Delete;
        }
        if deployment.resources.iter().any(|it| it.request().is_some()) {
            check(&place, &deployment, preset.id);
        }
    }
}

#[test]
fn names_are_filled_in_before_anything_is_asked() {
    let Some(place) = place("names") else {
        return;
    };
    let deployment = deployment(&Scenario::default(), "Title");
    for (format, program, file, status) in [
        ("boto3", "python3", "scaling.py", 1),
        ("shell", "sh", "scaling.sh", 2),
    ] {
        place.put(file, &find(format).unwrap().write(&deployment, &Hostile));
        let (output, calls) = place.run(program, file, &[]);
        assert_eq!(output.status.code(), Some(status), "{format}");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.starts_with("ENDPOINT_NAME: FillIn"), "{told}");
        assert_eq!(calls, [] as [Value; 0], "{format}");
    }
    // The environment fills in, too, and cannot break out either.
    for name in ["recommender", "a\"b\\c'd$(touch broken)", "`x` $HOME &"] {
        let (output, calls) = place.run("sh", "scaling.sh", &[("ENDPOINT_NAME", name)]);
        assert!(output.status.success(), "{output:?}");
        let asked = json!(format!("endpoint/{name}/variant/AllTraffic"));
        assert_eq!(calls.first().unwrap()[2]["ResourceId"], asked);
        assert!(!place.0.join("broken").exists(), "{name}");
    }
}

#[test]
fn a_name_that_is_given_stands_in_the_script() {
    let mut deployment = deployment(&Scenario::default(), "Title");
    let name = "it's } \"a\"";
    deployment.given = vec![(Parameter::EndpointName, name.to_owned())];
    assert_eq!(deployment.open_parameters(), []);
    let Some(place) = place("given") else {
        return;
    };
    let expect = expected(&deployment);
    for (format, program, file) in [
        ("boto3", "python3", "scaling.py"),
        ("shell", "sh", "scaling.sh"),
    ] {
        place.put(file, &find(format).unwrap().write(&deployment, &Hostile));
        assert_eq!(place.run(program, file, &[]).1, expect, "{format}");
    }
}
