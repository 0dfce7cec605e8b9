//! Each chart drawn as SVG and compared with the picture kept beside the tests. `UPDATE_SNAPSHOTS=1` writes them anew.

use engine::run::{CreditSums, Run, Throttled};
use plotters::backend::SVGBackend;
use plotters_backend::DrawingBackend;

use crate::{Kind, Layout, Palette, Picture, Thresholds, TimeTick, Window, sample};

fn svg(run: &Run, kind: Kind, layout: Layout, window: Window, units_per_px: f64) -> String {
    let times: Vec<TimeTick> = (0..=4)
        .map(|i| TimeTick {
            at_s: f64::from(i) * 1800.0,
            label: format!("{:02}:{:02}", 18 + i / 2, i % 2 * 30),
            major: i == 2,
        })
        .collect();
    let palette = Palette::default();
    let picture = Picture {
        run,
        demand: &[],
        max_rps: 20.0,
        thresholds: Some(Thresholds {
            high: 600.0,
            low: 540.0,
        }),
        own_alarms: &[],
        window,
        palette: &palette,
        times: &times,
        value_label: &|v| format!("{v}"),
    };
    let mut text = String::new();
    {
        let size = (layout.width_px as u32, layout.height_px as u32);
        let mut backend = SVGBackend::with_string(&mut text, size);
        picture
            .draw(kind, &mut backend, layout, units_per_px)
            .unwrap();
        backend.present().unwrap();
    }
    text
}

fn check(name: &str, run: &Run, kind: Kind, layout: Layout, window: Window) {
    let drawn = svg(run, kind, layout, window, 1.0);
    let path = format!("{}/snapshots/{name}.svg", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &drawn).unwrap();
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
    let chart = |height, labels| Layout::chart(600.0, height, 1.0, labels);
    for (name, kind, layout, window) in [
        ("capacity", Kind::Capacity, chart(264.0, true), whole),
        ("capacity_close", Kind::Capacity, chart(264.0, true), close),
        ("instances", Kind::Instances, chart(124.0, false), whole),
        ("metric", Kind::Metric, chart(124.0, false), whole),
        ("latency", Kind::Latency, chart(104.0, false), whole),
        (
            "overview",
            Kind::Overview,
            Layout::strip(600.0, 44.0, 1.0),
            whole,
        ),
    ] {
        check(name, &sample::run(), kind, layout, window);
    }
    let forecast = Run {
        forecasts: sample::forecasts(),
        ..sample::run()
    };
    let layout = chart(124.0, false);
    check(
        "instances_forecast",
        &forecast,
        Kind::Instances,
        layout,
        whole,
    );
    let lost = Run {
        losses: sample::losses(),
        ..sample::run()
    };
    let layout = chart(124.0, false);
    check("instances_lost", &lost, Kind::Instances, layout, whole);
}

#[test]
fn credits_are_drawn_beside_the_metric_and_the_capacity_that_they_leave() {
    let whole = Window::whole(7200.0);
    let mut run = sample::run();
    run.series.credits = (0..120)
        .map(|minute| f32::max(90.0 - minute as f32, 0.0))
        .collect();
    run.series.surplus_credits = (0..120)
        .map(|minute| f32::max(minute as f32 - 90.0, 0.0))
        .collect();
    for capacity in run.series.capacity_rps.iter_mut().skip(90) {
        *capacity *= 0.3;
    }
    run.credits = Some(CreditSums {
        throttled: vec![Throttled {
            from_s: 5400.0,
            until_s: 7200.0,
        }],
        ..CreditSums::default()
    });
    assert_eq!(crate::most_credits(&run), 90.0);
    let chart = |height, labels| Layout::chart(600.0, height, 1.0, labels);
    for (name, kind, layout) in [
        ("metric_credits", Kind::Metric, chart(124.0, false)),
        ("capacity_credits", Kind::Capacity, chart(264.0, true)),
    ] {
        check(name, &run, kind, layout, whole);
    }
    let summary = crate::Summary::new(&run, whole, None);
    assert_eq!(summary.credits, (0.0, 90.0));
    let reading = crate::cursor::read(&run, 600.0).unwrap();
    assert_eq!((reading.credits, reading.surplus), (Some(80.0), Some(0.0)));
    let rows = crate::table::rows(&run, whole);
    let row = rows.iter().find(|row| row.from_s == 6000.0).unwrap();
    assert_eq!((row.credits, row.surplus), (Some(0.0), Some(14.0)));
    let without = crate::table::rows(&sample::run(), whole);
    assert!(
        without
            .iter()
            .all(|row| row.credits.is_none() && row.surplus.is_none())
    );
}

#[test]
fn units_finer_than_pixels_are_not_cut_to_the_size_in_pixels() {
    let layout = Layout::chart(600.0, 264.0, 1.0, true);
    let fine = svg(
        &sample::run(),
        Kind::Capacity,
        layout,
        Window::whole(7200.0),
        16.0,
    );
    let right = (layout.right_px * 16.0).round().to_string();
    assert!(fine.contains(&right), "nothing reaches {right}");
}

#[test]
fn an_empty_run_is_an_empty_picture_not_a_panic() {
    let run = Run::default();
    let palette = Palette::default();
    let picture = Picture {
        run: &run,
        demand: &[],
        max_rps: 20.0,
        thresholds: None,
        own_alarms: &[],
        window: Window::whole(0.0),
        palette: &palette,
        times: &[],
        value_label: &|v| format!("{v}"),
    };
    for kind in [
        Kind::Capacity,
        Kind::Instances,
        Kind::Metric,
        Kind::Latency,
        Kind::Overview,
    ] {
        let mut text = String::new();
        let mut backend = SVGBackend::with_string(&mut text, (300, 100));
        picture
            .draw(
                kind,
                &mut backend,
                Layout::chart(300.0, 100.0, 1.0, true),
                1.0,
            )
            .unwrap();
    }
}
