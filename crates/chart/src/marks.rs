//! What happened at one moment, as the main chart marks it: a glyph in a strip above the plot, with a hairline down to the axis.
//!
//! A new kind is a variant of [`MarkKind`], where its moments come from, a glyph and two texts. Of a kind that happens a hundred
//! thousand times only the moments that are asked for are looked at.

use std::ops::Range;

use engine::plan::{ScheduledAction, Shortage};
use scenario::document::Shape;
use words::Words;

use crate::{chart::Subject, decimate::Columns, moment::Moment, stretch::Stretch};

/// What is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Instances, applications or a zone fail.
    Failure,
    /// An instance is slow for a time.
    Slow,
    /// AWS has too few instances for a time.
    Shortage,
    /// An event of demand begins.
    Event,
    /// A scheduled action fires.
    Action,
}

/// Every kind. Where two stand at one place, the earlier in this list is seen.
const KINDS: [MarkKind; 5] = [
    MarkKind::Failure,
    MarkKind::Slow,
    MarkKind::Shortage,
    MarkKind::Event,
    MarkKind::Action,
];

impl MarkKind {
    /// Returns the class of the page's style sheet that has its glyph.
    fn class(self) -> &'static str {
        match self {
            Self::Failure => "mark failure",
            Self::Slow => "mark slow",
            Self::Shortage => "mark shortage",
            Self::Event => "mark event",
            Self::Action => "mark action",
        }
    }

    /// Returns what one of them is called.
    fn noun(self, words: Words) -> &'static str {
        match self {
            Self::Failure => words.mark_failure(),
            Self::Slow => words.mark_slow(),
            Self::Shortage => words.mark_shortage(),
            Self::Event => words.mark_event(),
            Self::Action => words.mark_action(),
        }
    }

    /// Returns so many of them in words.
    fn counted(self, words: Words, count: usize) -> String {
        let (many, n) = (count as u64, words.integer(count as f64));
        match self {
            Self::Failure => words.marks_failures(many, &n),
            Self::Slow => words.marks_slows(many, &n),
            Self::Shortage => words.marks_shortages(many, &n),
            Self::Event => words.marks_events(many, &n),
            Self::Action => words.marks_actions(many, &n),
        }
    }

    /// Returns its moments in a run.
    fn moments(self, subject: Subject<'_>) -> Moments<'_> {
        match self {
            Self::Failure => {
                let losses = subject.run.losses.iter();
                Moments::Few(losses.map(|loss| (loss.at_s, loss.index)).collect())
            }
            Self::Slow => {
                let slow = subject.plan().resource.slow_instance().into_iter();
                Moments::Few(slow.map(|slow| (slow.at_s, 0)).collect())
            }
            Self::Shortage => {
                let shortage = shortage(subject).into_iter();
                Moments::Few(shortage.map(|shortage| (shortage.at_s, 0)).collect())
            }
            Self::Event => Moments::Few(events(subject)),
            Self::Action if subject.plan().suspended.scheduled => Moments::Few(Vec::new()),
            Self::Action => Moments::Firings(&subject.plan().scheduled_actions),
        }
    }

    /// Returns for how long one of them goes on, seconds.
    fn lasts_s(self, subject: Subject<'_>) -> f64 {
        let for_s = match self {
            Self::Slow => (subject.plan().resource.slow_instance()).map(|slow| slow.for_s),
            Self::Shortage => shortage(subject).map(|shortage| shortage.for_s),
            _ => None,
        };
        for_s.unwrap_or(0.0)
    }

    /// Returns what the person calls the one with this index in the scenario; it may be empty.
    fn name(self, subject: Subject<'_>, index: usize) -> String {
        let scenario = subject.scenario;
        let name = match self {
            Self::Failure => {
                let failure = scenario.failures.get(index);
                failure.map(|failure| subject.words.failure(failure.what))
            }
            Self::Slow => Some(subject.words.slow_instance(&scenario.slow_instance)),
            Self::Shortage => Some(subject.words.shortage(&scenario.launch_capacity)),
            Self::Event => scenario.demand.get(index).map(|layer| layer.name.clone()),
            Self::Action => {
                let action = scenario.scheduled_actions.get(index);
                action.map(|action| action.name.clone())
            }
        };
        name.unwrap_or_default()
    }
}

/// Returns the time in which AWS has too few instances, if there is one in the run.
pub fn shortage(subject: Subject<'_>) -> Option<Shortage> {
    subject.plan().fleet.capacity?.shortage
}

/// Returns when each event of demand begins, and its index in the scenario.
fn events(subject: Subject<'_>) -> Vec<(f64, usize)> {
    let mut events: Vec<(f64, usize)> = Vec::new();
    for (index, layer) in subject.scenario.demand.iter().enumerate() {
        if let Shape::Event { at, .. } = layer.shape
            && !layer.off
        {
            let at_s = subject.compiled.clock.at_s(at);
            let place = events.partition_point(|before| before.0 <= at_s);
            events.insert(place, (at_s, index));
        }
    }
    events
}

/// Moments in order of time, each with an index in the scenario.
enum Moments<'a> {
    Firings(&'a [ScheduledAction]),
    Few(Vec<(f64, usize)>),
}

impl Moments<'_> {
    /// Returns those from one moment up to another, which is not among them.
    fn within(&self, from_s: f64, to_s: f64) -> Range<usize> {
        let before = |limit_s: f64| match self {
            Self::Firings(all) => all.partition_point(|firing| firing.at_s < limit_s),
            Self::Few(all) => all.partition_point(|(at_s, _)| *at_s < limit_s),
        };
        before(from_s)..before(to_s).max(before(from_s))
    }

    fn get(&self, place: usize) -> Option<(f64, usize)> {
        match self {
            Self::Firings(all) => all.get(place).map(|firing| (firing.at_s, firing.index)),
            Self::Few(all) => all.get(place).copied(),
        }
    }
}

/// Returns the class and the name of each kind that the run has.
pub fn kinds(subject: Subject<'_>) -> impl Iterator<Item = (&'static str, &'static str)> {
    let length_s = f64::from(subject.plan().length_s);
    let occur = move |kind: &MarkKind| !kind.moments(subject).within(0.0, length_s).is_empty();
    let kinds = KINDS.into_iter().filter(occur);
    kinds.map(move |kind| (kind.class(), kind.noun(subject.words)))
}

/// Returns how many of each kind a stretch has, in words; `None` where it has none.
pub fn summary(subject: Subject<'_>, stretch: &Stretch<'_>) -> Option<String> {
    let counted = KINDS.into_iter().filter_map(|kind| {
        let from_s = stretch.from_s - kind.lasts_s(subject);
        let count = kind.moments(subject).within(from_s, stretch.to_s);
        (!count.is_empty()).then(|| kind.counted(subject.words, count.len()))
    });
    let counted: Vec<String> = counted.collect();
    (!counted.is_empty()).then(|| subject.words.marks_summary(&counted.join(", ")))
}

/// Returns what is marked near a moment: what it is, and its name, when, and how many more of it there are.
pub fn near(subject: Subject<'_>, moment: &Moment<'_>) -> Vec<(&'static str, String)> {
    let (at_s, reach_s) = (moment.at_s, moment.reach_s);
    let of = |kind: MarkKind| {
        let moments = kind.moments(subject);
        // What stands on the edge is still near.
        let from_s = at_s - reach_s - kind.lasts_s(subject);
        let within = moments.within(from_s, at_s + reach_s + 1e-6);
        let away_s = |place: &usize| moments.get(*place).map_or(f64::NAN, |it| it.0 - at_s).abs();
        let nearest = within
            .clone()
            .min_by(|one, other| away_s(one).total_cmp(&away_s(other)))?;
        let (mark_s, index) = moments.get(nearest)?;
        let wall = |at_s: f64| subject.compiled.clock.local(at_s.round());
        let mut parts = vec![
            kind.name(subject, index),
            subject.words.time_beside(wall(mark_s), wall(at_s)),
        ];
        if within.len() > 1 {
            parts.push(format!(
                "+{}",
                subject.words.integer(within.len() as f64 - 1.0)
            ));
        }
        parts.retain(|part| !part.is_empty());
        Some((kind.noun(subject.words), parts.join(" ")))
    };
    KINDS.into_iter().filter_map(of).collect()
}

/// A mark on a canvas, in CSS pixels from the plot's left edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// What it is.
    pub kind: MarkKind,
    /// Where it happened.
    pub x_px: f64,
    /// How it is drawn.
    pub form: Form,
}

/// How a mark is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// As a glyph whose middle is here, with a hairline where it happened.
    Glyph(f64),
    /// As a hairline alone: there is no room for its glyph.
    Hairline,
    /// As one of many short strokes.
    Stroke,
}

/// Between the middles of two glyphs, CSS pixels.
pub const GLYPH_PX: f64 = 11.0;
/// Between two strokes, CSS pixels.
const STROKE_PX: f64 = 5.0;
/// Marks of a kind are strokes where they would stand closer than this on average, CSS pixels.
const SPARSE_PX: f64 = 36.0;

/// Returns the marks of a window, those of a kind that fall together as one.
#[must_use]
pub fn placed(subject: Subject<'_>, columns: Columns) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    let mut taken: Vec<f64> = Vec::new();
    for kind in KINDS {
        let moments = kind.moments(subject);
        let glyphs = apart(&moments, columns, GLYPH_PX);
        if glyphs.len() as f64 * SPARSE_PX > columns.width_px.max(4.0 * SPARSE_PX) {
            let strokes = apart(&moments, columns, STROKE_PX);
            placed.extend(strokes.into_iter().map(|x_px| Placed {
                kind,
                x_px,
                form: Form::Stroke,
            }));
            continue;
        }
        for x_px in glyphs {
            let is_free = |place: &f64| taken.iter().all(|other| (other - place).abs() >= GLYPH_PX);
            // A glyph may stand beside another, not further from its hairline than it is wide.
            let beside = taken
                .iter()
                .flat_map(|other| [other - GLYPH_PX, other + GLYPH_PX]);
            let beside = beside.filter(|place| (place - x_px).abs() <= GLYPH_PX);
            let mut places = std::iter::once(x_px).chain(beside);
            let free = places.find(is_free);
            let form = free.map_or(Form::Hairline, Form::Glyph);
            if let Form::Glyph(place) = form {
                taken.push(place);
            }
            placed.push(Placed { kind, x_px, form });
        }
    }
    placed
}

/// Returns where marks stand in a window, leaving out those that follow another within so many pixels.
fn apart(moments: &Moments<'_>, columns: Columns, least_px: f64) -> Vec<f64> {
    let window = columns.window;
    let least_s = least_px / columns.width_px * window.span_s();
    let mut places = Vec::new();
    let mut from_s = window.from_s;
    while let Some((at_s, _)) = moments.get(moments.within(from_s, from_s).start) {
        if at_s > window.to_s {
            break;
        }
        places.push(columns.x_px(at_s));
        from_s = at_s + least_s.max(1e-3);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        sample::{self, Sample},
        window::Window,
    };

    fn columns(from_s: f64, to_s: f64, width_px: f64) -> Columns {
        Columns {
            window: Window { from_s, to_s },
            width_px,
            count: width_px as usize,
        }
    }

    fn firings(every_s: usize, until_s: usize) -> Vec<ScheduledAction> {
        let firing = |at_s: usize| ScheduledAction {
            at_s: at_s as f64,
            index: 0,
            min: Some(2),
            max: None,
            desired: None,
        };
        (0..until_s).step_by(every_s).map(firing).collect()
    }

    #[test]
    fn marks_stand_apart_wherever_there_is_room() {
        use MarkKind::{Action, Event};
        let sample = Sample::eventful(sample::run());
        let placed = |columns| {
            let placed = placed(sample.subject(), columns).into_iter();
            let placed = placed.map(|mark| (mark.kind, mark.x_px.round(), mark.form));
            placed.collect::<Vec<_>>()
        };
        // An action a minute after the event: its glyph stands beside that of the event.
        assert_eq!(
            placed(columns(0.0, 7_200.0, 600.0)),
            [
                (Event, 300.0, Form::Glyph(300.0)),
                (Action, 150.0, Form::Glyph(150.0)),
                (Action, 305.0, Form::Glyph(311.0)),
            ]
        );
        // So narrow that both actions fall together, and no glyph fits beside that of the event on its right.
        assert_eq!(
            placed(columns(0.0, 7_200.0, 40.0)),
            [
                (Event, 20.0, Form::Glyph(20.0)),
                (Action, 10.0, Form::Glyph(9.0)),
            ]
        );
        assert_eq!(placed(columns(4_000.0, 7_200.0, 600.0)), []);
    }

    #[test]
    fn what_happens_often_is_thinned() {
        let day_s = 86_400;
        let year = 365 * day_s;
        let width_px = 1_100.0;
        for (every_s, until_s, span_s, expected) in [
            (day_s, year, year, 183),
            (60, year, year, 220),
            (day_s, year, 7 * day_s, 8),
            (3_600, day_s, day_s, 24),
        ] {
            let firings = firings(every_s, until_s);
            let moments = Moments::Firings(&firings);
            let columns = columns(0.0, span_s as f64, width_px);
            let least_px = if expected > 100 { STROKE_PX } else { GLYPH_PX };
            let places = apart(&moments, columns, least_px);
            assert_eq!(places.len(), expected, "every {every_s} s, {span_s} s");
            assert!(
                places
                    .windows(2)
                    .all(|pair| pair[1] - pair[0] >= least_px - 1e-6)
            );
        }
    }
}
