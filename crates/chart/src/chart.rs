//! What a chart is: a drawing of a run, and everything that is said of it, in the legend, in the table and to a screen reader.
//!
//! Who shows charts asks through [`Chart`] and never which chart it is; a new one is a file in `charts/` and its line in
//! [`CHARTS`](crate::CHARTS).

use std::borrow::Cow;

use engine::{Digest, Plan, Report, Run, run::FleetChange};
use scenario::{compile::Compiled, document::Scenario};
use words::Words;

use crate::{
    layout::{Layout, TIMES_PX},
    moment::Moment,
    pen::Drawn,
    picture::Picture,
    plot::Plot,
    stretch::Stretch,
};

/// A stretch of time for which an alarm of an account was in ALARM, seconds from the start of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountAlarm {
    /// From when.
    pub from_s: f64,
    /// Until when.
    pub to_s: f64,
    /// Whether it fires above its threshold.
    pub is_high: bool,
    /// What it is called: `AlarmHigh`, or as its policy where it is a person's own.
    pub name: String,
}

/// What charts are made from: a scenario in numbers, its run, its key figures, and the language of who reads them.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// What was typed: the names of what is marked.
    pub scenario: &'a Scenario,
    /// The scenario in numbers.
    pub compiled: &'a Compiled,
    /// What happened.
    pub run: &'a Run,
    /// What its columns come to.
    pub digest: &'a Digest,
    /// The key figures.
    pub report: &'a Report,
    /// What an account's own scaling desired over the same time, where that is known.
    pub account: &'a [FleetChange],
    /// When the account's alarms on the first policy's metric were in ALARM, where that is known.
    pub account_alarms: &'a [AccountAlarm],
    /// The language, and how numbers are written.
    pub words: Words,
}

impl<'a> Subject<'a> {
    /// Returns what the engine ran.
    #[must_use]
    pub fn plan(self) -> &'a Plan {
        &self.compiled.plan
    }

    /// Returns the length of a metric period in seconds.
    #[must_use]
    pub fn period_s(self) -> f64 {
        f64::from(self.run.period_s.max(1))
    }

    /// Returns the requests per second that so many instances sustain.
    #[must_use]
    pub fn capacity_rps(self, instances: u32) -> f64 {
        f64::from(instances) * self.plan().service.max_rps
    }

    /// Returns a moment of the run as the scenario's clock shows it; with its year where the run has more than one.
    #[must_use]
    pub fn moment(self, at_s: f64) -> String {
        let local = |at_s: f64| self.compiled.clock.local(at_s.round());
        let year = |at_s: f64| local(at_s).date().year();
        if year(0.0) == year(f64::from(self.plan().length_s)) {
            self.words.date_time(local(at_s))
        } else {
            self.words.date_time_with_year(local(at_s))
        }
    }

    /// Returns a moment to the minute, for the edges of a window that a pointer chose.
    #[must_use]
    pub fn minute(self, at_s: f64) -> String {
        self.moment((at_s / 60.0).round() * 60.0)
    }

    /// Returns a count, such as that of instances, in words.
    #[must_use]
    pub fn count(self, count: u32) -> String {
        self.words.integer(f64::from(count))
    }

    /// Returns a rate in three significant digits; from 10,000 on in three digits and a word.
    #[must_use]
    pub fn rate(self, rps: f64) -> String {
        if rps >= 10_000.0 {
            self.words.compact(rps)
        } else {
            self.words.significant(rps)
        }
    }

    /// Returns a sentence about a stretch of the run, after one that says from when to when that is.
    #[must_use]
    pub fn of_stretch(self, stretch: &Stretch<'_>, sentence: &str) -> String {
        let [from, to] = [stretch.from_s, stretch.to_s].map(|at_s| self.minute(at_s));
        let stretch = self.words.chart_summary_window(&from, &to);
        [&*stretch, sentence].join(" ")
    }
}

/// Reads a value under the cross-hair, in words; `None` where there is none at that moment.
pub type ReadValue = fn(Subject<'_>, &Moment<'_>) -> Option<String>;

/// An entry of a legend: a mark, a name and, where there is one, the value under the cross-hair.
#[derive(Clone, Debug)]
pub struct LegendEntry {
    /// What stands for it: a class of the page's style sheet, such as `line demand`.
    pub mark: &'static str,
    /// Its name.
    pub name: Cow<'static, str>,
    /// A name that is enough beside a value.
    pub short_name: Option<&'static str>,
    /// Its value under the cross-hair.
    pub value: Option<ReadValue>,
    /// Its value without a cross-hair.
    pub usual: Option<String>,
    /// Whether it begins a line, so that values that come and go do not move the chart.
    pub begins_line: bool,
}

impl LegendEntry {
    /// Returns an entry that has no value.
    pub fn new(mark: &'static str, name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            mark,
            name: name.into(),
            short_name: None,
            value: None,
            usual: None,
            begins_line: false,
        }
    }

    /// Returns the entry with a value under the cross-hair.
    #[must_use]
    pub fn valued(self, value: ReadValue) -> Self {
        Self {
            value: Some(value),
            ..self
        }
    }

    /// Returns its name, and its value at the cross-hair's moment.
    #[must_use]
    pub fn read(
        &self,
        subject: Subject<'_>,
        moment: Option<&Moment<'_>>,
    ) -> (&str, Option<String>) {
        let read = self.value.zip(moment);
        let read = read.and_then(|(value, moment)| value(subject, moment));
        let value = read.or_else(|| self.usual.clone());
        let name = match self.short_name {
            Some(short_name) if value.is_some() => short_name,
            _ => &self.name,
        };
        (name, value)
    }
}

/// A column of a chart's table: its head, and what stands in it for a stretch of the run.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its head.
    pub head: Cow<'static, str>,
    /// Its cell in the row of a stretch.
    pub cell: fn(Subject<'_>, &Stretch<'_>) -> String,
}

impl Column {
    /// Returns a column.
    pub fn new(
        head: impl Into<Cow<'static, str>>,
        cell: fn(Subject<'_>, &Stretch<'_>) -> String,
    ) -> Self {
        Self {
            head: head.into(),
            cell,
        }
    }
}

/// A line of the box beside the cross-hair.
#[derive(Clone, Debug, PartialEq)]
pub struct TooltipRow {
    /// What it is.
    pub name: &'static str,
    /// How much, with its unit.
    pub value: String,
}

/// Where a chart stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// On the page.
    Page,
    /// On a phone.
    Narrow,
    /// In a frame of another page: the first chart is to be seen without scrolling.
    Frame,
}

/// A chart. All its texts are in the language of its [`Subject`].
pub trait Chart: Sync {
    /// Returns what names it among the others, in a file's name or an element's id: `latency`.
    fn id(&self) -> &'static str;

    /// Returns whether it has anything to show of a run.
    fn is_shown(&self, _subject: Subject<'_>) -> bool {
        true
    }

    /// Returns the height of its canvas in CSS pixels.
    fn height_px(&self, room: Room) -> f64;

    /// Returns whether times stand below its plot.
    fn has_time_labels(&self) -> bool {
        false
    }

    /// Returns its name.
    fn title(&self, subject: Subject<'_>) -> &'static str;

    /// Returns the unit of its values; it may be empty.
    fn unit(&self, _subject: Subject<'_>) -> &'static str {
        ""
    }

    /// Returns a value as its axis says it.
    fn value_label(&self, subject: Subject<'_>, value: f64) -> String {
        subject.rate(value)
    }

    /// Returns the entries of its legend, in order. A caller may keep them as long as the subject stays the same.
    fn legend(&self, subject: Subject<'_>) -> Vec<LegendEntry>;

    /// Returns what it shows of a stretch of the run, in sentences that stand for the picture.
    fn summary(&self, subject: Subject<'_>, stretch: &Stretch<'_>) -> String;

    /// Returns whether there is a strip for marks above its plot.
    fn has_marks(&self) -> bool {
        false
    }

    /// Returns what stands under the cross-hair, in a few words that follow the moment.
    fn reading(&self, subject: Subject<'_>, moment: &Moment<'_>) -> String;

    /// Returns what a box beside the cross-hair says; a chart that says nothing has no box.
    fn tooltip(&self, _subject: Subject<'_>, _moment: &Moment<'_>) -> Vec<TooltipRow> {
        Vec::new()
    }

    /// Returns the columns of its table, after that of times.
    fn columns(&self, subject: Subject<'_>) -> Vec<Column>;

    /// Draws its layers, from back to front.
    ///
    /// # Errors
    /// Those of the backend.
    fn draw(&self, picture: &Picture<'_>, plot: Plot<'_>) -> Drawn;
}

impl dyn Chart {
    /// Returns the height of its canvas in CSS pixels where times are to stand below its plot (`is_timed`), whether or not it has
    /// them by itself.
    #[must_use]
    pub fn canvas_height_px(&self, room: Room, is_timed: bool) -> f64 {
        let is_higher = is_timed && !self.has_time_labels();
        self.height_px(room) + if is_higher { TIMES_PX } else { 0.0 }
    }

    /// Returns how it is laid out on a canvas of this width, and of its `canvas_height_px`.
    #[must_use]
    pub fn layout(&self, width_px: f64, room: Room, device_ratio: f64, is_timed: bool) -> Layout {
        let height_px = self.canvas_height_px(room, is_timed);
        let has_times = is_timed || self.has_time_labels();
        let layout = Layout::chart(width_px, height_px, device_ratio, has_times);
        if self.has_marks() {
            layout.with_marks()
        } else {
            layout
        }
    }
}

/// A chart is known by its id.
impl PartialEq for dyn Chart {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}
