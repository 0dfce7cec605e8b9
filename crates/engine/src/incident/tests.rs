use super::*;
use crate::run::{Distress, PERIOD_S};

/// Minutes of distress: when they start, failed, late, longest wait.
type Minute = (f64, f64, f64, f64);

fn run(minutes: &[Minute]) -> Run {
    let distress = |&(start_s, failed, late, longest_wait_s): &Minute| Distress {
        start_s,
        failed,
        late,
        longest_wait_s,
    };
    Run {
        period_s: PERIOD_S,
        distress: minutes.iter().map(distress).collect(),
        ..Run::default()
    }
}

fn put_together(minutes: &[Minute]) -> Vec<(f64, f64, f64, f64, f64)> {
    let tell = |it: &Stretch| (it.start_s, it.end_s, it.failed, it.late, it.longest_wait_s);
    stretches(&run(minutes)).iter().map(tell).collect()
}

#[test]
fn a_pause_of_five_minutes_does_not_end_an_incident() {
    assert_eq!(put_together(&[]), []);
    let minutes = [
        (600.0, 5.0, 3.0, 2.0),
        (660.0, 7.0, 11.0, 9.0),
        (1020.0, 2.0, 4.0, 1.0),
    ];
    assert_eq!(
        put_together(&minutes),
        [(600.0, 1080.0, 14.0, 18.0, 9.0)],
        "from 720 s to 1,020 s nobody notices anything"
    );
    let apart = [minutes[0], minutes[1], (1080.0, 2.0, 4.0, 1.0)];
    assert_eq!(
        put_together(&apart),
        [
            (600.0, 720.0, 12.0, 14.0, 9.0),
            (1080.0, 1140.0, 2.0, 4.0, 1.0)
        ]
    );
}
#[test]
fn the_worst_incident_is_that_of_most_requests_failed_and_late() {
    let minutes = [
        (0.0, 6.0, 6.0, 1.0),
        (1200.0, 11.0, 0.0, 1.0),
        (2400.0, 13.0, 0.0, 1.0),
    ];
    let worst = worst_first(&run(&minutes));
    let requests: Vec<f64> = worst.iter().map(|it| it.failed + it.late).collect();
    assert_eq!(requests, [13.0, 12.0, 11.0]);
}
