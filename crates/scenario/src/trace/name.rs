//! What a column's name says: a unit where it ends in one, and what kind of thing it counts.
//!
//! It goes by words, never by letters within one: `POST /score` holds no `/s`. Paths, addresses and hosts say nothing.

use std::sync::LazyLock;

use super::{
    choices::ValueKind,
    letters::{is_capital, is_small, small, small_letter},
};

/// What a column is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnClass {
    /// Requests, by whatever name.
    Demand,
    /// A metric per instance: of all of them only with their number.
    PerInstance,
    /// Requests that failed.
    Errors,
    /// Sizes.
    Bytes,
    /// Times that something took.
    Latency,
    /// Tokens of a language model.
    Tokens,
    /// People, sessions, connections.
    Users,
    /// Shares and utilisation.
    Percent,
    /// How many instances there are.
    Instances,
    /// A mean or an extreme of what would have to be a sum.
    Average,
    /// Numbers of something, money, codes.
    Number,
    /// Nothing that is known.
    Other,
}

/// What a name says of the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnitFromName {
    /// This unit.
    Unit(ValueKind),
    /// Nothing: a count, if it is of requests.
    Nothing,
    /// A rate of some unit that it does not say.
    Unclear,
}

/// What a column's name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    pub class: ColumnClass,
    pub unit: UnitFromName,
}

/// Lists of words by their names, from `data/column_words.txt`.
static LISTS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let lists = include_str!("../../data/column_words.txt").lines();
    let lists = lists.filter_map(|line| line.split_once(": "));
    lists
        .map(|(name, words)| (name, words.split(", ").collect()))
        .collect()
});

/// Units of time: the list of their names, that of words that are rates by themselves, "per" such a unit in Korean.
const UNITS: [(&str, &str, &str, ValueKind); 3] = [
    ("second", "rate per second", "초당", ValueKind::PerSecond),
    ("minute", "rate per minute", "분당", ValueKind::PerMinute),
    ("hour", "rate per hour", "시간당", ValueKind::PerHour),
];

/// Classes and the lists of what tells them, the surest first.
const CLASSES: [(ColumnClass, &str); 9] = [
    (ColumnClass::Errors, "errors"),
    (ColumnClass::Latency, "latency"),
    (ColumnClass::Bytes, "bytes"),
    (ColumnClass::Tokens, "tokens"),
    (ColumnClass::Percent, "percent"),
    (ColumnClass::Users, "users"),
    (ColumnClass::Instances, "instances"),
    (ColumnClass::Number, "number"),
    // Statistics that are no count of a count.
    (ColumnClass::Average, "mean"),
];

/// Returns the words of a list.
fn list(name: &str) -> &'static [&'static str] {
    let found = LISTS.iter().find(|(known, _)| *known == name);
    debug_assert!(found.is_some(), "no list {name}");
    found.map_or(&[], |(_, words)| words)
}

/// Whether a word is in a list.
fn is(word: &str, name: &str) -> bool {
    list(name).contains(&word)
}

/// Returns what a column's name means.
pub(super) fn meaning(name: &str) -> Meaning {
    let words = words(name);
    let (unit_from_name, rest) = unit(&words);
    let class = class(&words, rest);
    // A mean of a rate is a rate, a mean of counts no count.
    let rate = matches!(unit_from_name, UnitFromName::Unit(_));
    let class = match class {
        ColumnClass::Demand | ColumnClass::Other if !rate && ends_in_mean(&words) => {
            ColumnClass::Average
        }
        ColumnClass::Other if rate => ColumnClass::Demand,
        class => class,
    };
    Meaning {
        class,
        unit: unit_from_name,
    }
}

/// Returns the words of a name in lower case. A path, an address, a host is one word that says nothing: it is left empty.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for chunk in name.split_whitespace() {
        let before = words.last().map(String::as_str);
        let bare = chunk.trim_matches(['(', ')', '[', ']', '"', '\'', ',', ':']);
        if is_address(bare, before) {
            words.push(String::new());
            continue;
        }
        // A stroke between words means "per".
        let mut parts = bare.split('/').peekable();
        while let Some(part) = parts.next() {
            split(part, &mut words);
            if parts.peek().is_some() {
                words.push("per".to_owned());
            }
        }
    }
    words
}

/// Returns whether a chunk is a path, an address or a host.
fn is_address(chunk: &str, before: Option<&str>) -> bool {
    if chunk.contains("://") || chunk.starts_with("//") {
        return true;
    }
    let host = chunk.split(['/', ':']).next().unwrap_or_default();
    let is_host = host.contains('.')
        && (host.rsplit('.').next())
            .is_some_and(|ending| is(&ending.to_ascii_lowercase(), "domain"));
    if is_host {
        return true;
    }
    let of_demand = |word: &str| is_noun(&small(word));
    match chunk.split_once('/') {
        None => false,
        // "/s" belongs to a noun before it, with a blank between; else it is a path.
        Some(("", unit)) => {
            let noun = before.is_some_and(|word| of_demand(word) && !is(word, "method"));
            let bare = before.is_none() && unit_of(unit).is_some();
            !(noun || bare)
                || (unit_of(unit).is_none() && !unit.is_empty() && !is(unit, "one instance"))
        }
        // A rate is a noun over a unit; anything else with a stroke is a path.
        Some((noun, unit)) => {
            let mut parts = Vec::new();
            split(noun, &mut parts);
            let noun = parts.last().is_some_and(|word| of_demand(word));
            let parts_fit = unit.split('/').all(|part| {
                let part = small(part);
                unit_of(&part).is_some()
                    || is(&part, "one instance")
                    || part.starts_with(|c: char| c.is_ascii_digit())
            });
            !(noun && parts_fit)
        }
    }
}

/// Returns whether a word can stand over a unit: what is counted, or a single letter (r/s, 1/s).
fn is_noun(word: &str) -> bool {
    let counted = ["errors", "bytes", "tokens", "users", "demand", "letter"];
    counted.iter().any(|list| is(word, list))
}

/// Returns the rate by a unit of time that stands behind "per" or a stroke.
fn unit_of(word: &str) -> Option<ValueKind> {
    let word = small(word);
    let unit = UNITS.iter().find(|(names, ..)| is(&word, names));
    unit.map(|(.., values)| *values)
}

/// Splits at `_`, `-`, `.`, and where capitals begin a word.
fn split(chunk: &str, words: &mut Vec<String>) {
    for piece in chunk.split([
        '_', '-', '.', '(', ')', '[', ']', ',', ';', ':', '{', '}', '=', '"',
    ]) {
        let letters: Vec<char> = piece.chars().collect();
        let mut word = String::new();
        for (index, letter) in letters.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|index| letters.get(index));
            let after = letters.get(index + 1);
            let begins = is_capital(*letter)
                && before.is_some_and(|before| {
                    is_small(*before)
                        || (is_capital(*before) && after.is_some_and(|after| is_small(*after)))
                });
            if begins || (*letter == '%' && !word.is_empty()) {
                words.push(std::mem::take(&mut word));
            }
            word.push(small_letter(*letter));
        }
        if !word.is_empty() {
            // 5XXError and 4xxErrors are two words.
            match word.get(..3) {
                Some("4xx" | "5xx" | "2xx" | "3xx") if word.len() > 3 => {
                    words.push(word.get(..3).unwrap_or_default().to_owned());
                    words.push(word.get(3..).unwrap_or_default().to_owned());
                }
                _ => words.push(word),
            }
        }
    }
}

/// Returns the unit in which a name ends, and how many words before it are left.
fn unit(words: &[String]) -> (UnitFromName, usize) {
    let mut end = words.len();
    let word = |index: usize| words.get(index).map_or("", String::as_str);
    // "per instance" behind a unit, and statistics, are looked past.
    loop {
        let last = end.checked_sub(1).map_or("", word);
        let over = end.checked_sub(2).map_or("", word);
        // "min" behind "per" is a minute.
        if is(last, "statistic") && !is(over, "per") {
            end -= 1;
        } else if is(over, "per") && is(last, "one instance") {
            end -= 2;
        } else {
            break;
        }
    }
    let Some(last) = end.checked_sub(1).map(word) else {
        return (UnitFromName::Nothing, words.len());
    };
    let over = end.checked_sub(2).map_or("", word);
    if let Some((.., values)) = UNITS.iter().find(|(_, rates, ..)| is(last, rates)) {
        return (UnitFromName::Unit(*values), end);
    }
    if is(over, "per") {
        return match unit_of(last) {
            Some(values) => (UnitFromName::Unit(values), end - 2),
            None => (UnitFromName::Unclear, end),
        };
    }
    // persec, reqpersec are written in one.
    if let Some((_, unit)) = last.rsplit_once("per")
        && let Some(values) = unit_of(unit)
        && unit.len() > 1
    {
        return (UnitFromName::Unit(values), end);
    }
    let korean = |text: &str| words.iter().any(|word| word.starts_with(text));
    if let Some((.., values)) = UNITS.iter().find(|(.., per, _)| korean(per)) {
        return (UnitFromName::Unit(*values), end);
    }
    let vague = ["rate", "throughput", "speed", "rates"];
    let over_number = words.windows(2).any(|pair| {
        matches!(pair, [per, number] if is(per, "per")
            && number.starts_with(|c: char| c.is_ascii_digit()))
    });
    if over_number || words.iter().any(|word| vague.contains(&word.as_str())) {
        return (UnitFromName::Unclear, end);
    }
    (UnitFromName::Nothing, end)
}

fn class(words: &[String], unit_from: usize) -> ColumnClass {
    let nouns = words.get(..unit_from).unwrap_or(words);
    let has = |list: &[&str]| nouns.iter().any(|word| list.contains(&word.as_str()));
    let pairs = |first: &[&str], second: &[&str]| {
        words.windows(2).any(|pair| {
            matches!(pair, [a, b] if first.contains(&a.as_str()) && second.contains(&b.as_str()))
        })
    };
    let took = [
        "response",
        "request",
        "service",
        "processing",
        "time",
        "upstream",
    ];
    if has(&["time"]) && pairs(&took, &["time", "taken"]) {
        return ColumnClass::Latency;
    }
    if pairs(
        &["per"],
        &["request", "req", "user", "session", "client", "call"],
    ) {
        return ColumnClass::Average;
    }
    let per_instance = pairs(list("per"), list("one instance"));
    // Requests on a host are requests; a host count is none.
    let counting =
        |word: &&String| !["count", "counts", "sum", "samplecount"].contains(&word.as_str());
    let requested = nouns.iter().filter(counting).any(|word| is(word, "demand"));
    let hardware = ["cpu", "gpu", "memory", "mem", "disk"];
    let is_demand_share = requested
        && !(nouns.iter()).any(|word| is(word, "percent") && !hardware.contains(&word.as_str()));
    let passed_over = |class: ColumnClass| match class {
        ColumnClass::Instances => per_instance || requested,
        ColumnClass::Percent => is_demand_share,
        _ => false,
    };
    let is_demand = has(list("demand"));
    for (class, words) in CLASSES {
        let of_count = class == ColumnClass::Average || (class == ColumnClass::Number && is_demand);
        if !of_count && !passed_over(class) && has(list(words)) {
            return class;
        }
    }
    if per_instance {
        return ColumnClass::PerInstance;
    }
    // A name that is a method and a path is a count of these requests.
    let method = words.first().is_some_and(|word| is(word, "method"))
        && words.get(1).is_some_and(String::is_empty);
    let korean = |word: &String| {
        ["요청", "호출", "조회", "건수"]
            .iter()
            .any(|noun| word.contains(noun))
    };
    if method || is_demand || nouns.iter().any(korean) {
        return ColumnClass::Demand;
    }
    ColumnClass::Other
}

fn ends_in_mean(words: &[String]) -> bool {
    words.iter().any(|word| is(word, "mean"))
}

/// Returns how well a name fits a column of times: the smaller the better.
pub(super) fn time_rank(name: &str) -> Option<usize> {
    let name = small(name.trim().trim_start_matches('#').trim());
    // Best first.
    let names = list("time");
    let exact = names.iter().position(|known| *known == name);
    exact.or_else(|| {
        let words = words(&name);
        let is_time = |word: &String| {
            ["time", "timestamp", "date", "datetime", "일시", "시간"].contains(&word.as_str())
        };
        let ends = words
            .iter()
            .any(|word| ["end", "until", "stop", "updated", "modified"].contains(&word.as_str()));
        (words.iter().any(is_time) && !ends).then_some(names.len())
    })
}

/// Returns whether a name is that of a request's field in a log: a method, a path, a status.
pub(super) fn is_request_field(name: &str) -> bool {
    words(name).iter().any(|word| is(word, "request field"))
}

/// Returns whether a name stands for the hour of a day, or for a time of day in digits, beside a date.
pub(super) fn is_time_of_day_name(name: &str) -> bool {
    is(&small(name.trim()), "time of day")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_words_at_the_end() {
        use ValueKind::*;
        let cases = [
            ("requests per second", Some(PerSecond)),
            ("Requests per second (avg)", Some(PerSecond)),
            ("requests/s", Some(PerSecond)),
            ("req/sec", Some(PerSecond)),
            ("requests /s", Some(PerSecond)),
            ("requests (1/s)", Some(PerSecond)),
            ("requests [per second]", Some(PerSecond)),
            ("requestsPerSecond", Some(PerSecond)),
            ("requests_per_sec", Some(PerSecond)),
            ("requests.per.second", Some(PerSecond)),
            ("Count/Second", Some(PerSecond)),
            ("rps", Some(PerSecond)),
            ("model-a rps", Some(PerSecond)),
            ("api_rps", Some(PerSecond)),
            ("QPS max", Some(PerSecond)),
            ("errors/s", Some(PerSecond)),
            ("POST /score per second", Some(PerSecond)),
            ("초당 요청 수", Some(PerSecond)),
            ("Anfragen pro Sekunde", Some(PerSecond)),
            ("req/min", Some(PerMinute)),
            ("requests per min", Some(PerMinute)),
            ("rpm", Some(PerMinute)),
            ("분당 요청수", Some(PerMinute)),
            ("req/h", Some(PerHour)),
            ("calls per hour", Some(PerHour)),
            ("RPS per instance", Some(PerSecond)),
            ("POST /score", None),
            ("POST /s", None),
            ("GET /m/h", None),
            ("/s/min", None),
            ("api/s", None),
            ("team/h", None),
            ("https://example.com/s", None),
            ("rps.example.com", None),
            ("www.example.com/s", None),
            ("corps", None),
            ("requests", None),
            ("harps", None),
            ("permits", None),
            ("persons", None),
            ("upper_s", None),
            ("requests in minute", None),
            ("steps", None),
            ("GPU/h", None),
        ];
        for (name, expected) in cases {
            let told = match meaning(name).unit {
                UnitFromName::Unit(values) => Some(values),
                _ => None,
            };
            assert_eq!(told, expected, "{name}");
        }
        for name in [
            "rate",
            "request rate",
            "throughput",
            "requests/5min",
            "requests per 10 s",
        ] {
            assert_eq!(meaning(name).unit, UnitFromName::Unclear, "{name}");
        }
    }

    #[test]
    fn what_a_column_is_about() {
        use ColumnClass::*;
        let cases = [
            ("requests", Demand),
            ("Invocations", Demand),
            ("Invocations Sum", Demand),
            ("RequestCount", Demand),
            ("count", Demand),
            ("hits", Demand),
            ("views", Demand),
            ("rps", Demand),
            ("api rps", Demand),
            ("POST /score", Demand),
            ("GET /errors", Demand),
            ("요청 수", Demand),
            ("초당 요청수", Demand),
            ("avg requests per second", Demand),
            ("load per second", Demand),
            ("errors", Errors),
            ("errors/s", Errors),
            ("failed requests", Errors),
            ("5XXError", Errors),
            ("HTTPCode_Target_5XX_Count", Errors),
            ("Invocation4XXErrors", Errors),
            ("error rate", Errors),
            ("throttled_requests", Errors),
            ("오류 수", Errors),
            ("bytes", Bytes),
            ("request bytes", Bytes),
            ("sc-bytes", Bytes),
            ("traffic (MB)", Bytes),
            ("bytes per second", Bytes),
            ("latency", Latency),
            ("latency_ms", Latency),
            ("p99", Latency),
            ("response time", Latency),
            ("TargetResponseTime", Latency),
            ("time-taken", Latency),
            ("duration", Latency),
            ("InvocationsPerInstance", PerInstance),
            ("RequestCountPerTarget", PerInstance),
            ("requests per host", PerInstance),
            ("rps/instance", PerInstance),
            ("RPS per instance", PerInstance),
            ("InvocationsPerCopy", PerInstance),
            ("tokens", Tokens),
            ("tokens per second", Tokens),
            ("prompt_tokens", Tokens),
            ("users", Users),
            ("active sessions", Users),
            ("CPUUtilization", Percent),
            ("cpu %", Percent),
            ("success ratio", Percent),
            ("instances", Instances),
            ("host count", Instances),
            ("requests on host-s", Demand),
            ("requests gpu-a", Demand),
            ("instances", Instances),
            ("Invocations Average", Average),
            ("avg", Average),
            ("id", Number),
            ("status", Number),
            ("value", Other),
            ("c0", Other),
            ("/score", Other),
            ("cpu.example.com", Other),
            ("", Other),
        ];
        for (name, expected) in cases {
            assert_eq!(meaning(name).class, expected, "{name}");
        }
    }
}
