//! What the page and the program of documents say to each other.

/// Characters of a text that are looked at to tell whether it may be a document.
const LOOKED_AT: usize = 65_536;

/// A dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The scenario as a document.
    Export,
    /// Documents as a scenario.
    Import,
}

/// What a dialog opens with; it goes from the page to the program as texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Which dialog.
    pub kind: Kind,
    /// The scenario that is open, as a file holds it; to import, without a title that no person gave.
    pub scenario: String,
    /// That scenario as it was opened, as a file holds it.
    pub opened: String,
    /// A scenario from scratch, as a file holds it.
    pub fresh: String,
    /// The title of the scenario that is open.
    pub title: String,
    /// Of each field of the form that could not be read its path, its label and what is wrong.
    pub unread: Vec<(String, String, String)>,
}

impl Opening {
    /// Returns it as texts.
    #[must_use]
    pub fn into_texts(self) -> Vec<String> {
        let kind = match self.kind {
            Kind::Export => "export",
            Kind::Import => "import",
        };
        let fixed = [
            kind.to_owned(),
            self.scenario,
            self.opened,
            self.fresh,
            self.title,
        ];
        let unread = self.unread.into_iter();
        let unread = unread.flat_map(|(path, label, sentence)| [path, label, sentence]);
        fixed.into_iter().chain(unread).collect()
    }

    /// Returns what texts say; `None`: they are of no opening.
    #[must_use]
    pub fn from_texts(texts: Vec<String>) -> Option<Self> {
        let mut texts = texts.into_iter();
        Some(Self {
            kind: match &*texts.next()? {
                "export" => Kind::Export,
                "import" => Kind::Import,
                _ => return None,
            },
            scenario: texts.next()?,
            opened: texts.next()?,
            fresh: texts.next()?,
            title: texts.next()?,
            unread: std::iter::from_fn(|| Some((texts.next()?, texts.next()?, texts.next()?)))
                .collect(),
        })
    }
}

/// What a dialog tells the page, with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// To open a scenario: the text is its file, and behind that, what the account's own scaling did ([`with_past`]).
    Use,
    /// To close the dialog and go to a field: the text is its path.
    Field,
    /// That the browser refused a file or a download; the text is empty.
    Refused,
}

impl Told {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Use, Self::Field, Self::Refused];

    /// Returns its name, by which it goes from the program to the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Use => "use",
            Self::Field => "field",
            Self::Refused => "refused",
        }
    }

    /// Returns the one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// What an account's own scaling did, for as long as documents tell. Moments are seconds since 1970 in UTC.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Past {
    /// What it desired: from when, and how much; in the order of time.
    pub steps: Vec<(f64, u32)>,
    /// When its alarms on the metric that is shown were in ALARM; in the order of time.
    pub alarms: Vec<InAlarm>,
}

/// A stretch of time for which an alarm was in ALARM.
#[derive(Clone, Debug, PartialEq)]
pub struct InAlarm {
    /// From when.
    pub from_s: f64,
    /// Until when.
    pub to_s: f64,
    /// Whether it fires above its threshold.
    pub is_high: bool,
    /// What it is called: `AlarmHigh` or `AlarmLow`, or where it is a person's own, as the policy that it triggers.
    pub name: String,
}

/// Stands between a scenario's file and each thing that an account did behind it; no JSON holds it as it is.
const SEPARATOR: char = '\u{1e}';
/// Most steps, and most stretches in ALARM, that are told: an account tells six weeks of them.
const MOST_TOLD: usize = 10_000;

/// Returns a scenario's file with what an account did behind it.
#[must_use]
pub fn with_past(file: &str, past: &Past) -> String {
    let mut text = file.to_owned();
    for (at_s, desired) in past.steps.iter().take(MOST_TOLD) {
        text.push(SEPARATOR);
        text.push_str(&[at_s.to_string(), desired.to_string()].join(" "));
    }
    let alarms = past.alarms.iter().take(MOST_TOLD);
    for it in alarms.filter(|it| !it.name.contains(SEPARATOR)) {
        let side = if it.is_high { "high" } else { "low" };
        text.push(SEPARATOR);
        text.push_str(
            &[
                &it.from_s.to_string(),
                &it.to_s.to_string(),
                side,
                &*it.name,
            ]
            .join(" "),
        );
    }
    text
}

/// Returns the scenario's file of a text with what an account did behind it.
#[must_use]
pub fn before_past(text: &str) -> &str {
    text.split(SEPARATOR).next().unwrap_or_default()
}

/// Returns what an account did, from behind a scenario's file.
#[must_use]
pub fn past_in(text: &str) -> Past {
    let mut past = Past::default();
    for told in text.split(SEPARATOR).skip(1).take(2 * MOST_TOLD) {
        let mut parts = told.splitn(4, ' ');
        let mut number = || parts.next()?.parse::<f64>().ok();
        let (Some(from_s), Some(second)) = (number(), number()) else {
            continue;
        };
        match (parts.next(), parts.next()) {
            (Some(side), Some(name)) => past.alarms.push(InAlarm {
                from_s,
                to_s: second,
                is_high: side == "high",
                name: name.to_owned(),
            }),
            _ => past.steps.push((from_s, second as u32)),
        }
    }
    past
}

/// Whether a text may hold a document of AWS's, from a look at its beginning: if so, the program of documents is asked, which knows.
/// A scenario, a table of recorded traffic and metrics alone are none.
#[must_use]
pub fn may_be_document(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let end = text.char_indices().nth(LOOKED_AT);
    let head = text.get(..end.map_or(text.len(), |(end, _)| end));
    let head = head.unwrap_or_default();
    let any = |signs: &[&str]| signs.iter().any(|sign| head.contains(sign));
    if let Some(object) = head.strip_prefix('{') {
        let name = object.trim_start().strip_prefix('"').unwrap_or_default();
        // AWS's names begin with a capital; the names of a scenario do not.
        let is_capital = name.starts_with(|first: char| first.is_ascii_uppercase());
        let is_metric = ["MetricDataResults", "Datapoints", "Label"]
            .iter()
            .any(|it| name.starts_with(it));
        return (is_capital && !is_metric) || any(&["\"terraform_version\"", "\"AWS::", "\"aws_"]);
    }
    any(&[
        "aws application-autoscaling ",
        "aws autoscaling ",
        "aws cloudwatch ",
        "aws sagemaker ",
        "An error occurred (",
        "AWSTemplateFormatVersion",
        "AWS::",
        "\"MetricStat\"",
        "resource \"aws_",
        "DescribeScal",
        "DescribeAutoScaling",
        "SCALINGPOLICIES",
        "SCALABLETARGETS",
        "SCHEDULEDACTIONS",
        "AUTOSCALINGGROUPS",
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_program_says_the_other_hears() {
        let mistake = |n: u8| (format!("p{n}"), String::new(), format!("한 {n}"));
        for kind in [Kind::Export, Kind::Import] {
            for unread in 0..3 {
                let opening = Opening {
                    kind,
                    scenario: "{}".to_owned(),
                    opened: String::new(),
                    fresh: "f".to_owned(),
                    title: "t".to_owned(),
                    unread: (0..unread).map(mistake).collect(),
                };
                let texts = opening.clone().into_texts();
                assert_eq!(Opening::from_texts(texts), Some(opening));
            }
        }
        assert_eq!(Opening::from_texts(vec!["export".to_owned()]), None);
        for told in Told::ALL {
            assert_eq!(Told::named(told.name()), Some(told));
        }
    }

    #[test]
    fn what_an_account_did_stands_behind_a_file() {
        let alarm = |from_s: f64, is_high, name: &str| InAlarm {
            from_s,
            to_s: from_s + 90.5,
            is_high,
            name: name.to_owned(),
        };
        for (steps, alarms) in [
            (vec![], vec![]),
            (vec![(1.5, 3)], vec![]),
            (vec![], vec![alarm(1_795_979_532.0, true, "")]),
            (
                vec![(1_795_979_532.0, 2), (1_795_979_592.5, 12)],
                vec![
                    alarm(-1.0, true, "keep 600 high"),
                    alarm(0.0, false, "낮춤"),
                ],
            ),
        ] {
            let past = Past { steps, alarms };
            let text = with_past("{\n}", &past);
            assert_eq!(before_past(&text), "{\n}");
            assert_eq!(past_in(&text), past);
        }
        // A name that would end what is told is left out, and what is none is none.
        let past = Past {
            steps: Vec::new(),
            alarms: vec![alarm(0.0, true, "a\u{1e}1 2")],
        };
        assert_eq!(past_in(&with_past("{}", &past)), Past::default());
        assert_eq!(
            past_in("{}\u{1e}soon 2\u{1e}1\u{1e}1 x high p\u{1e}"),
            Past::default()
        );
    }

    #[test]
    fn a_look_tells_documents_from_scenarios_and_traffic() {
        for (text, may) in [
            ("\u{feff}\n{ \"ScalingPolicies\": [] }", true),
            ("{\"MetricAlarms\": []}", true),
            ("{\"TargetValue\": 70.0}", true),
            ("{\"version\": 4, \"terraform_version\": \"1.9.0\"}", true),
            (
                "{\"//\": {}, \"resource\": {\"aws_autoscaling_group\": {}}}",
                true,
            ),
            ("[{\"Id\": \"m1\", \"MetricStat\": {}}]", true),
            ("$ aws autoscaling describe-policies\n{", true),
            ("AWSTemplateFormatVersion: '2010-09-09'", true),
            ("resource \"aws_appautoscaling_target\" \"x\" {", true),
            ("\nAn error occurred (AccessDenied) when calling", true),
            ("{\"headroom\": 2}", false),
            ("{\"MetricDataResults\": []}", false),
            ("{\"Label\": \"Invocations\", \"Datapoints\": []}", false),
            ("[{\"time\": 1, \"value\": 2}]", false),
            ("time,count\n2026-11-28 20:00,1402", false),
            ("", false),
            ("{", false),
            ("{}", false),
        ] {
            assert_eq!(may_be_document(text), may, "{text}");
        }
    }
}
