//! The command line: what there is to ask, in the words of `--help`.

use std::sync::LazyLock;

use clap::{Parser, Subcommand, ValueEnum};
use scenario::time::ZONES_VERSION;
use words::{Lang, Words};

use crate::{given::Given, set::Setting, sweep::Axis};

/// What `--version` says: the program's own, and that of the data that every local time rests on.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let own = env!("CARGO_PKG_VERSION");
    format!("{own} (time zones of {ZONES_VERSION})")
});

/// Sizes and simulates the auto scaling of ML endpoints on AWS: Headroom's page, at a prompt.
#[derive(Debug, Parser)]
#[command(
    name = "headroom",
    version,
    long_version = VERSION.as_str(),
    propagate_version = true,
    max_term_width = 100
)]
#[command(after_help = "\
A SCENARIO is a file (its format: docs/scenario.md), a link of the page or what stands behind its #, the name of \
a shipped scenario, or - for what is on standard input.

Exit status: 0 if all is well, 1 if a scenario or a file is not right, 2 if the command is not, 3 if trace or \
import has something to ask.")]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Size an endpoint: target value, instances and bounds, with the formulas written out
    Size(SizeArgs),
    /// Simulate a scenario, or a whole fleet of them
    Simulate(SimulateArgs),
    /// Say everything that is wrong or odd about scenarios
    Check(CheckArgs),
    /// Put scenarios side by side: each figure with its difference, and what they say differently
    Compare(CompareArgs),
    /// Turn a scenario into a link of the page, or back
    #[command(subcommand)]
    Link(LinkCommand),
    /// Write a scenario's scaling as AWS takes it: scripts, templates, requests
    Export(ExportArgs),
    /// Read the scaling that an account or a repository has, and print it as a scenario
    Import(ImportArgs),
    /// Read recorded traffic (CSV, JSON, a log) and print the layer of demand that it makes
    Trace(TraceArgs),
    /// List the instance types, with prices and where they come from
    Catalog(CatalogArgs),
}

#[derive(Debug, clap::Args)]
pub struct SizeArgs {
    /// File, link, name of a shipped scenario, or -
    pub scenario: String,
    /// Change a field first, such as load_test.max_rps=45; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<Setting>,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
    /// Language of what is printed for people
    #[arg(long, value_enum, default_value_t)]
    pub lang: Language,
}

#[derive(Debug, clap::Args)]
pub struct SimulateArgs {
    /// File, link, name of a shipped scenario, or -
    pub scenario: String,
    /// Change a field first, such as scalable_target.MinCapacity=4; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<Setting>,
    /// Run every value of a field: A..B:STEP, or values parted by commas; several make a grid
    #[arg(long, value_name = "PATH=A..B:STEP")]
    pub sweep: Vec<Axis>,
    /// Read many scenarios, one a line, and print one result a line, in the same order
    #[arg(long, conflicts_with = "sweep")]
    pub ndjson: bool,
    /// Print JSON: one object, or with --sweep one a line
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print CSV: the series, or with --sweep and --ndjson a row of key figures each
    #[arg(long)]
    pub csv: bool,
    /// What to put into JSON [default: all of one scenario, of many the summary]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PARTS")]
    pub include: Vec<ResultPart>,
    /// Threads for many scenarios [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Language of what is printed for people
    #[arg(long, value_enum, default_value_t)]
    pub lang: Language,
}

#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Files, links, names of shipped scenarios, or -
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<String>,
    /// Change a field first; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<Setting>,
    /// Print one JSON object a scenario
    #[arg(long)]
    pub json: bool,
    /// Language of what is printed for people
    #[arg(long, value_enum, default_value_t)]
    pub lang: Language,
}

#[derive(Debug, clap::Args)]
pub struct CompareArgs {
    /// Files, links, names of shipped scenarios or comparisons, or -: the others are compared with the first
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<String>,
    /// Change a field of each first; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<Setting>,
    /// Print a JSON array, an object a scenario
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print CSV: a row of key figures a scenario
    #[arg(long)]
    pub csv: bool,
    /// Language of what is printed for people
    #[arg(long, value_enum, default_value_t)]
    pub lang: Language,
}

#[derive(Debug, Subcommand)]
pub enum LinkCommand {
    /// Print the link that holds a scenario
    Encode(EncodeArgs),
    /// Print the scenario that a link holds, as a file
    Decode(DecodeArgs),
}

#[derive(Debug, clap::Args)]
pub struct EncodeArgs {
    /// File, link, name of a shipped scenario, or -
    pub scenario: String,
    /// Change a field first; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<Setting>,
    /// Pin a scenario beside it; may be repeated
    #[arg(long, value_name = "SCENARIO")]
    pub pin: Vec<String>,
    /// Address of the page, to stand before the #
    #[arg(long, value_name = "URL", default_value = "")]
    pub base: String,
}

#[derive(Debug, clap::Args)]
pub struct DecodeArgs {
    /// A link of the page, what stands behind its #, or -
    pub link: String,
}

#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// File, link, name of a shipped scenario, or -
    #[arg(required_unless_present = "list")]
    pub scenario: Option<String>,
    /// What to write; --list says what there is
    #[arg(long = "as", value_name = "FORMAT", required_unless_present = "list")]
    pub format: Option<String>,
    /// Change a field first, such as scalable_target.MaxCapacity=20; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<Setting>,
    /// Fill in a name, such as EndpointName=recommender, in place of its placeholder; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    pub param: Vec<Given>,
    /// Write only what has to be done where this scenario is in force
    #[arg(long, value_name = "SCENARIO")]
    pub changes_from: Option<String>,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<std::path::PathBuf>,
    /// List the formats
    #[arg(long, conflicts_with_all = ["scenario", "format", "set", "param", "changes_from", "output"])]
    pub list: bool,
    /// Language of the comments
    #[arg(long, value_enum, default_value_t)]
    pub lang: Language,
}

#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// What the AWS CLI answered, a terminal session, templates, requests; or - for standard input
    #[arg(required_unless_present = "commands", value_name = "FILE")]
    pub files: Vec<String>,
    /// Which endpoint, component or group, where there are several: its name, or its resource id
    #[arg(long, value_name = "NAME")]
    pub target: Option<String>,
    /// What documents do not say is taken from this scenario
    #[arg(long, value_name = "SCENARIO")]
    pub over: Option<String>,
    /// Give what a template leaves open, such as Stage=live or 'sizes=[2, 8]'; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    pub param: Vec<(String, String)>,
    /// Print one JSON object: the scenario, and what was found
    #[arg(long)]
    pub json: bool,
    /// Write the scenario to a file
    #[arg(short, long, value_name = "FILE", conflicts_with = "json")]
    pub output: Option<std::path::PathBuf>,
    /// Print the read-only commands whose output is read, as a script for a POSIX shell
    #[arg(
        long,
        value_enum,
        value_name = "OF",
        num_args = 0..=1,
        default_missing_value = "sagemaker",
        conflicts_with_all = ["files", "target", "over", "param", "json", "output"]
    )]
    pub commands: Option<CommandsOf>,
    /// Language of what is said
    #[arg(long, value_enum, default_value_t)]
    pub lang: Language,
}

/// Whose commands are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CommandsOf {
    /// A SageMaker endpoint's
    Sagemaker,
    /// An EC2 Auto Scaling group's
    Group,
}

/// A name and its value.
fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(name, _)| !name.is_empty());
    let (name, value) = pair.ok_or("write it as Name=value")?;
    Ok((name.to_owned(), value.to_owned()))
}

#[derive(Debug, clap::Args)]
pub struct TraceArgs {
    /// File of recorded traffic, or - for standard input
    pub file: String,
    /// Column of the time, by name or number; twice for a date and a time of day
    #[arg(long, value_name = "COLUMN")]
    pub time_column: Vec<String>,
    /// Column of counts or rates, by name or number; several are added up
    #[arg(long, value_name = "COLUMN")]
    pub value_column: Vec<String>,
    /// What the values are
    #[arg(long, value_enum, value_name = "WHAT")]
    pub values: Option<ValueKindFlag>,
    /// Instances that values per instance are of
    #[arg(long, value_name = "N", value_parser = instances)]
    pub instances: Option<f64>,
    /// Time zone of times that say none, and of the layer's start [default: UTC]
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// 1/6/2026 is 1 June
    #[arg(long, group = "order")]
    pub day_first: bool,
    /// 6/1/2026 is 1 June
    #[arg(long, group = "order")]
    pub month_first: bool,
    /// 26/6/1 is 1 June 2026
    #[arg(long, group = "order")]
    pub year_first: bool,
    /// What times are that are plain digits
    #[arg(long, value_enum, value_name = "FORM")]
    pub time_form: Option<TimeFormFlag>,
    /// Decimal mark of the values; the other one then parts thousands
    #[arg(long, value_enum, value_name = "MARK")]
    pub decimal: Option<DecimalMarkFlag>,
    /// What to do with rows of the same time
    #[arg(long, value_enum, value_name = "WHAT")]
    pub same_time: Option<SameTimeFlag>,
    /// Sum rows up in steps of so many seconds, 1 to 3600
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=3600))]
    pub step: Option<u32>,
    /// What to put where rows are missing [default: zero]
    #[arg(long, value_enum, value_name = "WHAT")]
    pub gaps: Option<GapFillingFlag>,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
    /// Language of what is printed for people
    #[arg(long, value_enum, default_value_t)]
    pub lang: Language,
}

/// A number of instances.
fn instances(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok();
    let fits = number.filter(|number| *number > 0.0 && *number <= 1e6);
    fits.ok_or_else(|| "a number above 0".to_owned())
}

/// What values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ValueKindFlag {
    /// Requests since the row before
    Count,
    /// Requests per second
    PerSecond,
    /// Requests per minute
    PerMinute,
    /// Requests per hour
    PerHour,
    /// None: each row is one request
    RowPerRequest,
}

/// What digits are as times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TimeFormFlag {
    /// Digits of a date: 2026060110
    DateDigits,
    /// Seconds since 1970
    Seconds,
    /// Milliseconds since 1970
    Milliseconds,
    /// Microseconds since 1970
    Microseconds,
    /// Nanoseconds since 1970
    Nanoseconds,
    /// A spreadsheet's days since 30 December 1899
    Spreadsheet,
}

/// A decimal mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DecimalMarkFlag {
    /// 1,402.5
    Point,
    /// 1.402,5
    Comma,
}

/// What is done with rows of the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SameTimeFlag {
    /// Add them up
    AddUp,
    /// Keep the first
    KeepFirst,
}

/// What missing rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GapFillingFlag {
    /// No requests
    Zero,
    /// Like the row before
    Previous,
    /// A line between neighbours
    Line,
}

#[derive(Debug, clap::Args)]
pub struct CatalogArgs {
    /// Only types whose name or accelerator holds each of these words
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub search: String,
    /// Also EC2's types, with EC2's prices
    #[arg(long)]
    pub ec2: bool,
    /// Print a JSON array
    #[arg(long)]
    pub json: bool,
}

/// A part of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ResultPart {
    Summary,
    Series,
    Activities,
    Incidents,
}

impl ResultPart {
    pub const ALL: [Self; 4] = [
        Self::Summary,
        Self::Series,
        Self::Activities,
        Self::Incidents,
    ];
}

/// What people can read it in.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Language {
    /// English
    #[default]
    En,
    /// Korean
    Ko,
}

impl Language {
    /// The words of the language, and its way of writing numbers.
    pub fn words(self) -> Words {
        Words::new(match self {
            Self::En => Lang::En,
            Self::Ko => Lang::Ko,
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        super::Args::command().debug_assert();
    }
}
