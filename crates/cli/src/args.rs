//! The command line: what there is to ask, in the words of `--help`.

use std::sync::LazyLock;

use clap::{Parser, Subcommand, ValueEnum};
use scenario::time::ZONES_VERSION;
use words::{Lang, Words};

use crate::{set::Setting, sweep::Axis};

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

Exit status: 0 if all is well, 1 if a scenario is not right, 2 if the command is not.")]
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
    /// Turn a scenario into a link of the page, or back
    #[command(subcommand)]
    Link(LinkCommand),
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
    pub include: Vec<Part>,
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
pub enum Part {
    Summary,
    Series,
    Activities,
    Incidents,
}

impl Part {
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
