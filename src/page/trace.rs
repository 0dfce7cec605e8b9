//! Dialog: a CSV of recorded traffic, chosen, dropped or pasted; read in parts, with what is odd about it said by line.

use std::{cell::Cell, rc::Rc};

use scenario::{
    document::{Layer, Scenario, Shape},
    time::{LocalDateTime, Zone},
    trace::{Gaps, Options, Reader, Reading, Trace, TraceProblem, ValueKind},
};
use web_sys::{Blob, DragEvent, HtmlTextAreaElement};
use words::Words;
use yew::prelude::*;

use super::modal::Modal;
use crate::browser::{Refused, dom, file};

/// Rows and notes that are listed.
const LISTED: usize = 50;
/// Longest run, hours.
const MOST_HOURS: u32 = 8784;

/// What the dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct TraceProps {
    /// Language.
    pub words: Words,
    /// The scenario that the trace goes into.
    pub scenario: Rc<Scenario>,
    /// A file that was dropped on the page.
    pub dropped: Option<Source>,
    /// Called with the scenario that has the trace.
    pub on_change: Callback<Rc<Scenario>>,
    /// Called once closed.
    pub on_close: Callback<()>,
}

/// A file and what it is called.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its bytes.
    pub blob: Blob,
    /// Its name without ending; empty for pasted text.
    pub name: String,
}

impl Source {
    /// A file.
    pub fn of(file: web_sys::File) -> Self {
        let name = file.name();
        let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
        Self {
            name: stem.chars().take(80).collect(),
            blob: file.into(),
        }
    }
}

/// How far reading has come.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    Waiting,
    Reading { share: f64, rows: u64 },
    Refused,
    Done(Rc<Result<Reading, Vec<TraceProblem>>>),
}

/// What the person chose of the options; the rest is found in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Choices {
    kind: Option<ValueKind>,
    gaps: Option<Gaps>,
    time_column: Option<usize>,
    value_column: Option<usize>,
}

/// Reads a file in parts; `None` where it was cancelled.
async fn read(
    blob: &Blob,
    options: Options,
    cancelled: impl Fn() -> bool,
    progress: impl Fn(f64, u64),
) -> Result<Option<Result<Reading, Vec<TraceProblem>>>, Refused> {
    let mut reader = Reader::new(options);
    let size = blob.size();
    let mut from = 0.0;
    // A file beyond the limit is not read to its end: the reader knows by its first byte too many.
    while from < size && from <= (scenario::trace::MOST_BYTES as f64) {
        let part = file::part(blob, from).await?;
        if cancelled() {
            return Ok(None);
        }
        reader.push(&part);
        from += file::PART_BYTES;
        progress((from / size).min(1.0), reader.rows());
    }
    Ok(Some(reader.finish()))
}

/// The scenario with the trace in its demand: beside the other layers or instead of them; over the trace's days or its own.
fn with_trace(
    scenario: &Scenario,
    trace: Trace,
    name: String,
    replace: bool,
    days: bool,
) -> Scenario {
    let mut changed = scenario.clone();
    if days {
        changed.start = trace.start.date();
        let begins_s = f64::from(trace.start.time().second_of_day());
        let hours = ((begins_s + trace.length_s()) / 3600.0).ceil() as u32;
        changed.hours = hours.clamp(1, MOST_HOURS);
    }
    if replace {
        changed.demand.clear();
    }
    changed.demand.push(Layer {
        name,
        off: false,
        shape: Shape::Trace { trace, scale: 1.0 },
    });
    changed
}

/// The dialog.
#[function_component]
pub fn TraceDialog(props: &TraceProps) -> Html {
    let TraceProps {
        words,
        scenario,
        on_change,
        on_close,
        ..
    } = props;
    let source = use_state(|| props.dropped.clone());
    let choices = use_state(Choices::default);
    let stage = use_state(|| Stage::Waiting);
    let replace = use_state(|| true);
    let days = use_state(|| true);
    let turn = use_memo((), |()| Cell::new(0_u32));
    let paste = use_node_ref();

    // Reads anew whenever the file or an option changes; the turn before is cancelled.
    {
        let (stage, turn, zone) = (stage.clone(), Rc::clone(&turn), scenario.time_zone.clone());
        use_effect_with(((*source).clone(), *choices), move |(source, choices)| {
            let mine = turn.get() + 1;
            turn.set(mine);
            if let Some(source) = source.clone() {
                let options = Options {
                    kind: choices.kind,
                    gaps: choices.gaps.unwrap_or_default(),
                    time_column: choices.time_column,
                    value_column: choices.value_column,
                    ..Options::new(Zone::find(&zone).unwrap_or_else(Zone::utc))
                };
                stage.set(Stage::Reading {
                    share: 0.0,
                    rows: 0,
                });
                let turn = Rc::clone(&turn);
                wasm_bindgen_futures::spawn_local(async move {
                    let progress = |share, rows| stage.set(Stage::Reading { share, rows });
                    match read(&source.blob, options, || turn.get() != mine, progress).await {
                        Ok(Some(result)) => stage.set(Stage::Done(Rc::new(result))),
                        Ok(None) => {}
                        Err(Refused) => stage.set(Stage::Refused),
                    }
                });
            }
            // A dialog that is closed stops reading.
            let turn = Rc::clone(&turn);
            move || turn.set(mine + 1)
        });
    }

    let take = {
        let (source, choices) = (source.clone(), choices.clone());
        Callback::from(move |new: Source| {
            choices.set(Choices {
                time_column: None,
                value_column: None,
                ..*choices
            });
            source.set(Some(new));
        })
    };
    let on_file = {
        let take = take.clone();
        Callback::from(move |event: Event| {
            if let Some(file) = dom::input(&event).and_then(|input| file::chosen(&input)) {
                take.emit(Source::of(file));
            }
        })
    };
    let ondrop = {
        let take = take.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            event.stop_propagation();
            if let Some(file) = file::dropped(&event) {
                take.emit(Source::of(file));
            }
        })
    };
    let on_paste = {
        let paste = paste.clone();
        Callback::from(move |_: MouseEvent| {
            let text = paste
                .cast::<HtmlTextAreaElement>()
                .map(|area| area.value())
                .unwrap_or_default();
            if let Ok(blob) = file::from_text(&text) {
                take.emit(Source {
                    blob,
                    name: String::new(),
                });
            }
        })
    };
    let cancel = {
        let (source, stage) = (source.clone(), stage.clone());
        Callback::from(move |_: MouseEvent| {
            source.set(None);
            stage.set(Stage::Waiting);
        })
    };
    let choose = |change: fn(&mut Choices, &str)| {
        let choices = choices.clone();
        Callback::from(move |event: Event| {
            let mut next = *choices;
            if let Some(chosen) = dom::value(&event) {
                change(&mut next, &chosen);
            }
            choices.set(next);
        })
    };
    let tick = |state: &UseStateHandle<bool>| {
        let state = state.clone();
        Callback::from(move |event: Event| {
            if let Some(input) = dom::input(&event) {
                state.set(input.checked());
            }
        })
    };

    let kinds = [
        ("", words.trace_kind_auto()),
        ("count", words.trace_kind_count()),
        ("second", words.trace_kind_second()),
        ("minute", words.trace_kind_minute()),
        ("hour", words.trace_kind_hour()),
    ];
    let on_kind = choose(|choices, value| {
        choices.kind = match value {
            "count" => Some(ValueKind::Count),
            "second" => Some(ValueKind::PerSecond),
            "minute" => Some(ValueKind::PerMinute),
            "hour" => Some(ValueKind::PerHour),
            _ => None,
        };
    });
    let gaps = [
        ("", words.trace_gaps_zero()),
        ("before", words.trace_gaps_before()),
        ("line", words.trace_gaps_line()),
    ];
    let on_gaps = choose(|choices, value| {
        choices.gaps = match value {
            "before" => Some(Gaps::Previous),
            "line" => Some(Gaps::Interpolate),
            _ => None,
        };
    });

    let result = match &*stage {
        Stage::Waiting => Html::default(),
        Stage::Refused => html! { <p class="err">{ words.file_refused() }</p> },
        Stage::Reading { share, rows } => html! {
            <div class="reading">
                <label for="trace-progress">{ words.trace_reading(&words.integer(*rows as f64)) }</label>
                <progress id="trace-progress" max="1" value={share.to_string()}></progress>
                <button type="button" class="b" onclick={cancel}>{ words.cancel() }</button>
            </div>
        },
        Stage::Done(result) => match &**result {
            Ok(reading) => {
                let add = {
                    let (scenario, on_change, on_close) =
                        (Rc::clone(scenario), on_change.clone(), on_close.clone());
                    let name = source
                        .as_ref()
                        .map(|source| source.name.clone())
                        .unwrap_or_default();
                    let (trace, replace, days) = (reading.trace.clone(), *replace, *days);
                    Callback::from(move |_: MouseEvent| {
                        on_change.emit(Rc::new(with_trace(
                            &scenario,
                            trace.clone(),
                            name.clone(),
                            replace,
                            days,
                        )));
                        on_close.emit(());
                    })
                };
                html! {<>
                    { report(*words, reading) }
                    <div class="f"><span class="c"><input type="checkbox" id="trace-replace" checked={*replace} onchange={tick(&replace)} /><label for="trace-replace">{ words.trace_replace() }</label></span></div>
                    <div class="f"><span class="c"><input type="checkbox" id="trace-days" checked={*days} onchange={tick(&days)} /><label for="trace-days">{ words.trace_days() }</label></span></div>
                    <p class="row"><button type="button" class="b p" onclick={add}>{ words.trace_use() }</button></p>
                </>}
            }
            Err(problems) => html! {<>
                <ul class="errs" role="alert">{ for problems.iter().map(|problem| html! { <li>{ words.trace_problem(problem) }</li> }) }</ul>
                { for problems.iter().map(|problem| columns(*words, problem, &choose)) }
                { for problems.iter().map(|problem| match problem {
                    TraceProblem::TooFewRows { rejected } => bad_rows(*words, rejected, rejected.len() as u64),
                    _ => Html::default(),
                }) }
            </>},
        },
    };
    let option = |(value, name): &(&'static str, &'static str)| html! { <option key={*value} value={*value}>{ *name }</option> };
    html! {
        <Modal title={words.trace_title()} close={words.close()} wide=true on_close={on_close}>
            <p>{ words.trace_about() }</p>
            <div class="drop" {ondrop} ondragover={Callback::from(|event: DragEvent| event.prevent_default())}>
                <label class="b" for="trace-file">{ words.trace_choose() }</label>
                <input type="file" id="trace-file" class="unseen" accept=".csv,.tsv,.txt,text/csv,text/plain" onchange={on_file} />
                <span>{ words.trace_drop() }</span>
            </div>
            <div class="paste">
                <label for="trace-paste">{ words.trace_paste() }</label>
                <textarea id="trace-paste" ref={paste} rows="4" spellcheck="false" placeholder={"2026-11-28 20:00,1402\n2026-11-28 20:01,1538"} />
                <button type="button" class="b" onclick={on_paste}>{ words.trace_read() }</button>
            </div>
            <div class="filters">
                <label>{ words.trace_values() }<select id="trace-kind" onchange={on_kind}>{ for kinds.iter().map(option) }</select></label>
                <label>{ words.trace_gaps() }<select id="trace-gaps" onchange={on_gaps}>{ for gaps.iter().map(option) }</select></label>
            </div>
            { result }
        </Modal>
    }
}

/// A choice between columns where several could be meant.
fn columns(
    words: Words,
    problem: &TraceProblem,
    choose: &impl Fn(fn(&mut Choices, &str)) -> Callback<Event>,
) -> Html {
    let (label, columns, onchange) = match problem {
        TraceProblem::WhichTimeColumn { columns } => (
            words.trace_time_column(),
            columns,
            choose(|choices, value| choices.time_column = value.parse().ok()),
        ),
        TraceProblem::WhichValueColumn { columns } => (
            words.trace_value_column(),
            columns,
            choose(|choices, value| choices.value_column = value.parse().ok()),
        ),
        _ => return Html::default(),
    };
    let options = columns.iter().map(|(index, name)| {
        let name = if name.is_empty() {
            words.trace_column(&(index + 1).to_string())
        } else {
            name.clone()
        };
        html! { <option value={index.to_string()}>{ name }</option> }
    });
    html! { <div class="filters"><label>{ label }<select {onchange}><option value="">{ words.trace_choose_column() }</option>{ for options }</select></label></div> }
}

/// What was read, what was odd about it, and every row that could not be used.
fn report(words: Words, reading: &Reading) -> Html {
    let trace = &reading.trace;
    let (step, peak) = trace.peak();
    let peak_at = LocalDateTime::from_seconds(
        trace.start.seconds() + step as i64 * i64::from(trace.step_s()),
    );
    let found = words.trace_found(
        &words.integer(reading.rows as f64),
        &words.date_time(trace.start),
        &words.duration_short(trace.length_s()),
        &words.compact(peak),
        &words.date_time(peak_at),
    );
    let notes = reading.notes.iter().take(LISTED);
    html! {<>
        <p class="found" role="status">{ found }</p>
        <ul class="notes">{ for notes.map(|note| html! { <li>{ words.trace_note(note) }</li> }) }</ul>
        { bad_rows(words, &reading.rejected, reading.rejected_count) }
    </>}
}

fn bad_rows(words: Words, rows: &[scenario::trace::BadRow], count: u64) -> Html {
    if count == 0 {
        return Html::default();
    }
    let listed = rows.iter().take(LISTED);
    let more = count.saturating_sub(rows.len().min(LISTED) as u64);
    html! {
        <details class="bads" open=true>
            <summary>{ words.trace_bad_rows(count, &words.integer(count as f64)) }</summary>
            <ul>{ for listed.map(|row| html! { <li>{ words.bad_row_of(row) }</li> }) }</ul>
            <p class="says" hidden={more == 0}>{ words.log_more(more, &words.integer(more as f64)) }</p>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(minutes: usize) -> Trace {
        Trace::new("1998-07-07T20:30".parse().unwrap(), 60, 0, vec![1; minutes]).unwrap()
    }

    #[test]
    fn the_run_covers_the_days_of_the_trace() {
        for (minutes, hours) in [(1, 21), (30, 21), (31, 22), (24 * 60, 45)] {
            let changed = with_trace(
                &Scenario::default(),
                trace(minutes),
                String::new(),
                true,
                true,
            );
            assert_eq!(
                (changed.start.to_string(), changed.hours),
                ("1998-07-07".to_owned(), hours),
                "{minutes}"
            );
            assert_eq!(changed.demand.len(), 1);
        }
    }

    #[test]
    fn a_trace_can_stand_beside_what_is_there() {
        let scenario = Scenario::default();
        let changed = with_trace(&scenario, trace(5), "web".to_owned(), false, false);
        assert_eq!(
            (changed.start, changed.hours),
            (scenario.start, scenario.hours)
        );
        assert_eq!(changed.demand.len(), scenario.demand.len() + 1);
        assert_eq!(changed.demand[changed.demand.len() - 1].name, "web");
    }
}
