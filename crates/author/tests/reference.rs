//! What guides get wrong, tables and what is searched: what is wrong with them is told, and packs have their numbers in them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::{collections::BTreeMap, path::Path};

use author::{
    check, content::Content, fault::Faults, files::Files, packs::packs, snapshot::Snapshot,
};
use study::{
    address::Address,
    pack::{Findable, PackName, Wrongs},
    search::{Corpus, Kind},
    table::{Cell, Tables},
    unpack::unpack,
};

/// Returns the fixture with what there is to look up beside its lesson.
fn fixture() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixture");
    let mut files = Files::of_folder(&folder).unwrap();
    let lesson = Content::read(&files, &mut Faults::default())
        .lessons
        .first()
        .map(|it| it.lesson.id.clone());
    let lesson = lesson.unwrap();
    let source = Content::read(&files, &mut Faults::default())
        .sources
        .keys()
        .next()
        .cloned();
    let source = source.unwrap();
    let mut put = |file: &str, text: String| files.0.insert(file.to_owned(), text);
    put(
        "guides_wrong.toml",
        format!(
            "[[wrong]]\nid = \"never\"\nsources = [\"{source}\"]\ncertainty = \"observed\"\nlesson = \"{lesson}\"\n\
             run.lesson = \"{lesson}\"\nrun.facts.largest = \"most_instances\"\nrun.claims = [\"largest >= 1\"]\n\n\
             [[wrong]]\nid = \"untold\"\nsources = [\"{source}\"]\ncertainty = \"documented\"\n"
        ),
    );
    put(
        "tables/days.toml",
        format!(
            "sources = [\"{source}\"]\nclaims = [\"cost@night >= 0\"]\n\n\
             [[column]]\nid = \"cost\"\nvalue = \"cost_usd\"\n\n[[column]]\nid = \"usd\"\ncatalogue = \"usd_per_hour\"\n\n\
             [[column]]\nid = \"says\"\n\n\
             [[row]]\nid = \"night\"\npreset = \"finals_game\"\n\n[[row]]\nid = \"type\"\ninstance = \"ml.c5.xlarge\"\n"
        ),
    );
    let mut order = files.text("order.toml").unwrap().to_owned();
    order.push_str("tables = [\"days\"]\n");
    let mut put = |file: &str, text: String| files.0.insert(file.to_owned(), text);
    put("order.toml", order);
    for (language, about) in [("en", "A night of a final."), ("ko", "결승전 밤입니다.")] {
        put(
            &format!("guides_wrong.{language}.md"),
            format!(
                "# Wrong\n\n## `never` Never\n{about} {{{{largest}}}}.\n\n## `untold` {about}\n{{{{default.period}}}}.\n"
            ),
        );
        put(
            &format!("tables/days.{language}.md"),
            format!(
                "# Days\n## about\n{about}\n## columns\n- `row` Day\n- `cost` Cost\n- `usd` Price\n- `says` Says\n\
                 ## rows\n- `night` {about}\n## says\n- `night` {about}\n"
            ),
        );
    }
    let settled = check::settle(&files);
    files.0.extend(settled.files.0);
    files
}

#[test]
fn what_is_wrong_is_told() {
    let whole = fixture();
    let before: Vec<String> = check::check(&whole)
        .iter()
        .map(ToString::to_string)
        .collect();
    let told = |files: &Files| {
        let faults = check::check(files).into_iter().map(|it| it.to_string());
        let new: Vec<String> = faults.filter(|it| !before.contains(it)).collect();
        new.join("\n")
    };
    for about in ["guides_wrong", "days"] {
        assert!(!before.iter().any(|it| it.contains(about)), "{before:?}");
    }
    let (wrong, table) = ("guides_wrong", "tables/days");
    for (file, from, to, expected) in [
        (
            format!("{wrong}.toml"),
            "\"never\"",
            "\"Never ever\"",
            "is no id",
        ),
        (
            format!("{wrong}.toml"),
            "\"untold\"",
            "\"never\"",
            "stands twice",
        ),
        (
            format!("{wrong}.toml"),
            "largest >= 1",
            "largest >= 1000000",
            "does not hold",
        ),
        (
            format!("{wrong}.toml"),
            "most_instances",
            "most_of_all",
            "neither a measure",
        ),
        (
            format!("{wrong}.toml"),
            "sources = [",
            "sources = [\"nowhere\", ",
            "there is no source `nowhere`",
        ),
        (
            format!("{wrong}.toml"),
            "run.claims",
            "run.scenario.preset = \"finals_game\"\nrun.claims",
            "the run is not one",
        ),
        (
            format!("{wrong}.en.md"),
            "{{largest}}",
            "{{least}}",
            "{{least}} leads nowhere",
        ),
        (
            format!("{wrong}.ko.md"),
            "{{largest}}",
            "many",
            "{{largest}} lacks",
        ),
        (
            format!("{wrong}.en.md"),
            "## `untold`",
            "## `other`",
            "does not list `other`",
        ),
        (
            format!("{table}.toml"),
            "finals_game",
            "no_such_game",
            "there is no shipped scenario",
        ),
        (
            format!("{table}.toml"),
            "cost@night >= 0",
            "cost@night < 0",
            "does not hold",
        ),
        (
            format!("{table}.toml"),
            "cost@night >= 0",
            "cost@day >= 0",
            "nothing against",
        ),
        (
            format!("{table}.toml"),
            "ml.c5.xlarge",
            "ml.c5.tiny",
            "the catalogue has no `ml.c5.tiny`",
        ),
        (
            format!("{table}.toml"),
            "\"cost_usd\"",
            "\"first_failure_of_all\"",
            "neither a measure",
        ),
        (
            format!("{table}.toml"),
            "preset =",
            "setting = \"a\"\npreset =",
            "a setting of no lesson",
        ),
        (
            format!("{table}.toml"),
            "preset = \"finals_game\"",
            "preset = \"finals_game\"\ncells.says = \"cost_usd\"",
            "`says` is no column of numbers",
        ),
        (
            format!("{table}.en.md"),
            "- `usd` Price\n",
            "",
            "`usd` is not said",
        ),
        (
            format!("{table}.ko.md"),
            "- `night`",
            "- `day`",
            "there is no `day`",
        ),
        (
            format!("{table}.en.md"),
            "## says",
            "## sayings",
            "a table has no section `sayings`",
        ),
        (
            format!("{table}.en.md"),
            "A night of a final.",
            "10 nights.",
            "digit",
        ),
        (
            "order.toml".to_owned(),
            "tables = [\"days\"]",
            "",
            "order.toml does not name `days`",
        ),
        (
            "facts.json".to_owned(),
            "\"cost@night\": [",
            "\"cost@night\": [1",
            "{{cost@night}} of the table `days` was",
        ),
        (
            "facts.json".to_owned(),
            "\"largest\": [",
            "\"largest\": [1",
            "it is named at guides_wrong.en.md:",
        ),
        (
            "ids.txt".to_owned(),
            "table days\n",
            "",
            "table days is not in the list",
        ),
        (
            "ids.txt".to_owned(),
            "wrong never\n",
            "wrong gone\n",
            "there is no wrong gone any more",
        ),
    ] {
        let mut files = whole.clone();
        let text = files.0.get_mut(&file).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        *text = text.replacen(from, to, 1);
        let told = told(&files);
        assert!(told.contains(expected), "{file}, {to}: {told}");
    }
}

#[test]
fn numbers_are_written_out_and_all_of_it_is_found() {
    let files = fixture();
    let mut faults = Faults::default();
    let content = Content::read(&files, &mut faults);
    let snapshot = Snapshot::read(files.text("facts.json"), &mut faults);
    let packs: BTreeMap<String, String> = packs(&content, &snapshot);
    for language in ["en", "ko"] {
        let pack = |name: &str| {
            let files = PackName::new(name, language).files();
            files
                .iter()
                .map(|file| packs.get(file).unwrap().clone())
                .collect::<Vec<_>>()
        };
        let wrong: Wrongs = unpack(&pack("wrong")).unwrap();
        let [first, second] = wrong.wrong.as_slice() else {
            panic!("{wrong:?}");
        };
        assert!(!pack("wrong").concat().contains("{\"v\""), "{wrong:?}");
        let run = first.run.as_ref().unwrap();
        assert!(matches!(Address::parse(run), Some(Address::Lesson(_))));
        assert!(second.run.is_none() && second.lesson.is_none());

        let tables: Tables = unpack(&pack("tables")).unwrap();
        let rows = tables.tables.first().map(|table| table.rows.as_slice());
        let Some([night, kind]) = rows else {
            panic!("{tables:?}");
        };
        // A row of a shipped scenario leads to a link that opens.
        let run = night.run.as_ref().unwrap();
        assert!(scenario::link::decode(run).is_ok() && kind.run.is_none());
        let number = |cell: Option<&Cell>| match cell {
            Some(Cell::Number(number)) => number.clone(),
            other => panic!("{other:?}"),
        };
        assert!(number(night.cells.first()).starts_with('$'));
        assert_eq!(number(kind.cells.first()), "–");
        assert_eq!(number(kind.cells.get(1)), "$0.204");

        let found: Findable = unpack(&pack("search")).unwrap();
        assert!(found.documents.iter().all(|it| !it.text.contains("{{")));
        let corpus = Corpus::new(found.documents);
        let typed = if language == "en" {
            "night of a"
        } else {
            "결승전 밤"
        };
        let hits = corpus.find(typed);
        assert!(
            hits.iter()
                .any(|it| it.document.kind == Kind::Wrong && it.document.id == "never"),
            "{typed}"
        );
    }
}
