//! What a language of the CDK says of itself: how it spells what every file of the CDK has.

/// How a language spells what the CDK takes.
pub(in crate::export) trait Spelling {
    /// Returns what it has one word for.
    fn words(&self) -> &'static Words;

    /// Returns a property up to its value: `minCapacity: `.
    fn property(&self, name: &str) -> String;

    /// Returns what opens an object of this class, and what closes it.
    fn brackets(&self, class: &str) -> (String, &'static str);

    /// Returns members, each a name and a value, that no class is of: what `Metadata` holds.
    fn record(&self, members: &[(&str, String)]) -> String;

    /// Returns a variable's name for a logical id.
    fn variable(&self, id: &str) -> String;

    /// Returns a moment for a property that wants a date; `iso` ends with `Z`.
    fn date(&self, iso: &str) -> String;

    /// Returns a text of pieces, none of which is of [`Piece::Late`].
    fn interpolated(&self, pieces: &[Piece]) -> String;

    /// Returns a text whose pieces, which are quoted, CloudFormation joins by `{`.
    fn late(&self, pieces: &str) -> String;

    /// Returns the lines that import what a stack uses.
    fn imports(&self, uses: &Uses) -> String;

    /// Returns what opens a construct of this class, in lines, and what closes it; properties stand in between.
    fn construct(&self, class: &str, id: &str) -> (Vec<String>, &'static str);

    /// Returns a statement that gives `Metadata` to the construct of a variable.
    fn add_metadata(&self, variable: &str, record: &str) -> String;
}

/// What a language has one word for.
pub(in crate::export) struct Words {
    /// What begins a comment: `//`.
    pub comment: &'static str,
    /// What stands before a comment behind something.
    pub gap: &'static str,
    /// A level of indentation.
    pub indent: &'static str,
    /// The switch that is off, and the one that is on.
    pub switches: [&'static str; 2],
    /// What stands before a variable that is declared, and what ends a statement.
    pub declares: [&'static str; 2],
    /// The lines that a file begins with.
    pub begins: &'static [&'static str],
    /// The lines up to the first statement of the stack.
    pub opens_stack: &'static [&'static str],
    /// Where the stack's `Metadata` is kept.
    pub metadata: &'static str,
    /// The lines from the last statement of the stack on: it ends, and becomes an app.
    pub closes_stack: &'static [&'static str],
}

/// What a stack needs that a language imports.
pub(in crate::export) struct Uses {
    /// The modules of its constructs, each once, sorted.
    pub modules: Vec<String>,
    /// Whether a text is joined late.
    pub joins_late: bool,
    /// Whether it holds a date.
    pub holds_dates: bool,
}

/// A piece of a text.
pub(in crate::export) enum Piece {
    /// As it is.
    Plain(String),
    /// A constant of this name.
    Constant(String),
    /// It looks like one of the CDK's tokens, but for being in pieces.
    Late(Vec<String>),
}
