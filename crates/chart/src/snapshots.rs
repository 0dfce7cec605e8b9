//! Each chart drawn as SVG and compared with the picture kept beside the tests. `UPDATE_SNAPSHOTS=1` writes them anew.

use engine::Run;
use plotters::backend::SVGBackend;
use plotters_backend::DrawingBackend;

use crate::{
    CHARTS, Chart, Layout, OVERVIEW_HEIGHT_PX, Palette, Picture, TimeTick, Window,
    sample::{self, Sample},
};

/// What is drawn: a chart, or the strip of the whole run.
type Drawing = Option<&'static dyn Chart>;

fn chart(id: &str) -> Drawing {
    let chart = CHARTS.iter().find(|chart| chart.id() == id);
    Some(*chart.unwrap())
}

fn svg(
    (sample, beside): (&Sample, &[&Sample]),
    drawing: Drawing,
    layout: Layout,
    window: Window,
    units_per_px: f64,
) -> String {
    let times: Vec<TimeTick> = (0..=4)
        .map(|i| TimeTick {
            at_s: f64::from(i) * 1800.0,
            label: format!("{:02}:{:02}", 18 + i / 2, i % 2 * 30),
            major: i == 2,
        })
        .collect();
    let picture = Picture {
        beside: beside
            .iter()
            .enumerate()
            .map(|(place, it)| it.beside(place))
            .collect(),
        subject: sample.subject(),
        window,
        palette: &Palette::default(),
        times,
    };
    let mut text = String::new();
    {
        let size = (layout.width_px as u32, layout.height_px as u32);
        let mut backend = SVGBackend::with_string(&mut text, size);
        match drawing {
            Some(chart) => picture.draw(chart, &mut backend, layout, units_per_px),
            None => picture.draw_overview(&mut backend, layout, units_per_px),
        }
        .unwrap();
        backend.present().unwrap();
    }
    text
}

fn check(name: &str, sample: &Sample, drawing: Drawing, layout: Layout, window: Window) {
    let drawn = svg((sample, &[]), drawing, layout, window, 1.0);
    hold(name, &drawn);
}

/// Compares a picture with the one that is kept.
fn hold(name: &str, drawn: &str) {
    let path = format!("{}/snapshots/{name}.svg", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(
        drawn == kept,
        "{name} is drawn differently; look at it, then run the tests with UPDATE_SNAPSHOTS=1"
    );
}

#[test]
fn every_chart_is_drawn_as_before() {
    let whole = Window::whole(7200.0);
    let close = Window {
        from_s: 3300.0,
        to_s: 4200.0,
    };
    let layout = |height_px, labels| Layout::chart(600.0, height_px, 1.0, labels);
    let strip = Layout::strip(600.0, OVERVIEW_HEIGHT_PX, 1.0);
    let marked = |height_px| layout(height_px, true).with_marks();
    let forecast = Sample::new(Run {
        forecasts: sample::forecasts(),
        ..sample::run()
    });
    let losses = || Run {
        losses: sample::losses(),
        ..sample::run()
    };
    let (lost, eventful) = (Sample::new(losses()), Sample::eventful(losses()));
    let credits = Sample::new(sample::with_credits());
    let retries = Sample::new(sample::with_retries());
    let (run, slow) = (Sample::new(sample::run()), Sample::slow());
    let (short, missing) = (Sample::short(), Sample::missing());
    let account = Sample::new(sample::run()).beside_account();
    let year = Sample::year();
    let all_year = Window::whole(365.0 * 86_400.0);
    for (name, sample, drawing, layout, window) in [
        ("capacity", &run, chart("capacity"), marked(264.0), whole),
        (
            "capacity_close",
            &run,
            chart("capacity"),
            marked(264.0),
            close,
        ),
        (
            "credits",
            &credits,
            chart("credits"),
            layout(104.0, false),
            whole,
        ),
        (
            "capacity_credits",
            &credits,
            chart("capacity"),
            marked(264.0),
            whole,
        ),
        (
            "capacity_slow",
            &slow,
            chart("capacity"),
            marked(264.0),
            whole,
        ),
        (
            "capacity_short",
            &short,
            chart("capacity"),
            marked(264.0),
            whole,
        ),
        (
            "instances_short",
            &short,
            chart("instances"),
            layout(104.0, false),
            whole,
        ),
        (
            "capacity_retries",
            &retries,
            chart("capacity"),
            marked(264.0),
            whole,
        ),
        (
            "instances_account",
            &account,
            chart("instances"),
            layout(124.0, false),
            whole,
        ),
        (
            "metric_account",
            &account,
            chart("metric"),
            layout(124.0, false),
            whole,
        ),
        (
            "instances",
            &run,
            chart("instances"),
            layout(124.0, false),
            whole,
        ),
        (
            "instances_forecast",
            &forecast,
            chart("instances"),
            layout(124.0, false),
            whole,
        ),
        (
            "instances_lost",
            &lost,
            chart("instances"),
            layout(124.0, false),
            whole,
        ),
        ("metric", &run, chart("metric"), layout(124.0, false), whole),
        (
            "metric_missing",
            &missing,
            chart("metric"),
            layout(124.0, false),
            whole,
        ),
        (
            "latency",
            &run,
            chart("latency"),
            layout(104.0, false),
            whole,
        ),
        ("overview", &run, None, strip, whole),
        (
            "capacity_marks",
            &eventful,
            chart("capacity"),
            marked(264.0),
            whole,
        ),
        (
            "capacity_year",
            &year,
            chart("capacity"),
            marked(264.0),
            all_year,
        ),
        (
            "metric_year",
            &year,
            chart("metric"),
            layout(124.0, false),
            all_year,
        ),
        (
            "latency_year",
            &year,
            chart("latency"),
            layout(104.0, false),
            all_year,
        ),
    ] {
        check(name, sample, drawing, layout, window);
    }
}

#[test]
fn runs_beside_one_are_thin_lines_and_the_axis_reaches_them() {
    let run = Sample::new(sample::run());
    let (more, credits) = (
        Sample::new(sample::twice()),
        Sample::new(sample::with_credits()),
    );
    for (id, height_px) in [
        ("capacity", 264.0),
        ("instances", 124.0),
        ("metric", 124.0),
        ("latency", 104.0),
    ] {
        let layout = Layout::chart(600.0, height_px, 1.0, id == "capacity");
        let drawn = svg(
            (&run, &[&more, &credits]),
            chart(id),
            layout,
            Window::whole(7200.0),
            1.0,
        );
        hold(&format!("{id}_beside"), &drawn);
        let alone = svg((&run, &[]), chart(id), layout, Window::whole(7200.0), 1.0);
        let colours = Palette::default().beside.map(|it| {
            let (r, g, b) = it.rgb;
            format!("#{r:02X}{g:02X}{b:02X}")
        });
        let has = |text: &str| colours.each_ref().map(|colour| text.contains(colour));
        assert_eq!(has(&alone), [false; 4], "{id}");
        assert_eq!(has(&drawn), [true, true, false, false], "{id}");
    }
}

#[test]
fn units_finer_than_pixels_are_not_cut_to_the_size_in_pixels() {
    let layout = Layout::chart(600.0, 264.0, 1.0, true);
    let fine = svg(
        (&Sample::new(sample::run()), &[]),
        chart("capacity"),
        layout,
        Window::whole(7200.0),
        16.0,
    );
    let right = (layout.right_px * 16.0).round().to_string();
    assert!(fine.contains(&right), "nothing reaches {right}");
}

#[test]
fn an_empty_run_is_an_empty_picture_not_a_panic() {
    let layout = Layout::chart(300.0, 100.0, 1.0, true);
    let all = CHARTS.iter().copied().map(Some);
    for drawing in all.chain([None]) {
        let nothing = Sample::new(Run::default());
        svg((&nothing, &[]), drawing, layout, Window::whole(0.0), 1.0);
    }
}
