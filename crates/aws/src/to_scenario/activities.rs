//! What scaling activities tell of times: how long a launch and a removal take.
//!
//! An activity of Application Auto Scaling ends once all of its instances are in service: of n together the end is that of the last.
//! Where one launch takes from a to b, n of them take a + (b − a) · n ÷ (n + 1) on average, which gives a and b by least squares. An
//! activity of EC2 Auto Scaling is about one instance.

use scenario::document::{Platform, Scenario};

use super::reading::Reading;
use crate::{
    account::{Activity, InstanceChange},
    finding::{FindingKind, LearnedTime},
};

/// What the scenario can hold, seconds.
const LONGEST_S: f64 = 3600.0;
/// Share of the median by which times must spread to be a range.
const SPREAD: f64 = 0.15;
/// Fewest activities of which a range is made.
const FEWEST: usize = 5;

/// A change, how many instances it is of, and how long it took.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Took {
    instances: f64,
    seconds: f64,
}

/// From the shortest to the longest; without a range, the median.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Range {
    from_s: f64,
    to_s: Option<f64>,
}

impl Reading<'_> {
    /// Fills in the times that the activities of what scales tell.
    pub(super) fn activities(&mut self, scenario: &mut Scenario) {
        // A component's activity may be about copies, or about instances that start for them: nothing says which.
        if scenario.platform == Platform::SagemakerInferenceComponent {
            return;
        }
        let own = self.account.activities.iter().filter(|it| {
            let is_own = it.subject.is_none() || it.subject.as_ref() == self.subject;
            is_own && it.status == "Successful"
        });
        let mut own: Vec<&Activity> = own.collect();
        own.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
        let Some(at) = own.first().map(|it| it.at) else {
            return;
        };
        let learned = |time| range(&took(&own, time));
        let instance = &mut scenario.instance;
        let mut said = Vec::new();
        if let Some((range, count)) = learned(LearnedTime::Launch) {
            (instance.launch_s, instance.launch_to_s) = (range.from_s, range.to_s);
            said.push((LearnedTime::Launch, range, count));
        }
        if let Some((range, count)) = learned(LearnedTime::WarmPoolLaunch) {
            let median = Range {
                to_s: None,
                from_s: range
                    .to_s
                    .map_or(range.from_s, |to| f64::midpoint(range.from_s, to)),
            };
            scenario.auto_scaling_group.warm_pool_launch_s = median.from_s;
            said.push((LearnedTime::WarmPoolLaunch, median, count));
        }
        if let Some(count) = median(&took(&own, LearnedTime::Removal)) {
            let (seconds, count) = count;
            scenario.instance.removal_s = seconds;
            let range = Range {
                from_s: seconds,
                to_s: None,
            };
            said.push((LearnedTime::Removal, range, count));
        }
        for (time, range, activities) in said {
            let kind = FindingKind::Learned {
                time,
                from_s: range.from_s,
                to_s: range.to_s,
                activities,
            };
            self.note(at, kind);
        }
    }
}

/// Returns the changes of a kind among activities in the order of time.
fn took(activities: &[&Activity], time: LearnedTime) -> Vec<Took> {
    let mut before = None;
    let mut took = Vec::new();
    for activity in activities {
        let known_before = activity.before.or(before);
        before = activity.desired.or(before);
        let Some(end_s) = activity.end_s else {
            continue;
        };
        let instances = match (activity.instance, activity.desired, known_before) {
            (Some(InstanceChange::Launch), ..) => (time == LearnedTime::Launch).then_some(1.0),
            (Some(InstanceChange::FromWarmPool), ..) => {
                (time == LearnedTime::WarmPoolLaunch).then_some(1.0)
            }
            (Some(InstanceChange::Termination), ..) => {
                (time == LearnedTime::Removal).then_some(1.0)
            }
            (Some(InstanceChange::ToWarmPool), ..) => None,
            (None, Some(desired), Some(before)) if desired > before => {
                (time == LearnedTime::Launch).then(|| f64::from(desired - before))
            }
            (None, Some(desired), Some(before)) if desired < before => {
                (time == LearnedTime::Removal).then(|| f64::from(before - desired))
            }
            _ => None,
        };
        let seconds = end_s - activity.start_s;
        if let Some(instances) = instances
            && (0.0..=LONGEST_S).contains(&seconds)
        {
            took.push(Took { instances, seconds });
        }
    }
    took
}

/// Returns the median, in whole seconds, and of how many it is.
fn median(took: &[Took]) -> Option<(f64, usize)> {
    Some((quantile(took, 0.5)?.round(), took.len()))
}

/// Returns the time at a share of all, from the shortest on.
fn quantile(took: &[Took], share: f64) -> Option<f64> {
    let mut seconds: Vec<f64> = took.iter().map(|it| it.seconds).collect();
    seconds.sort_by(f64::total_cmp);
    let last = seconds.len().checked_sub(1)?;
    let place = share * last as f64;
    let low = seconds.get(place.floor() as usize)?;
    let high = seconds.get(place.ceil() as usize)?;
    Some(low + (high - low) * place.fract())
}

/// Returns the range of a launch, and of how many activities it is.
fn range(took: &[Took]) -> Option<(Range, usize)> {
    let (middle, count) = median(took)?;
    let spread = quantile(took, 0.9)? - quantile(took, 0.1)?;
    if count < FEWEST || spread <= SPREAD * middle {
        let single = Range {
            from_s: middle,
            to_s: None,
        };
        return Some((single, count));
    }
    let (from_s, to_s) =
        least_squares(took).unwrap_or((quantile(took, 0.1)?, quantile(took, 0.9)?));
    let (from_s, to_s) = (
        from_s.clamp(0.0, LONGEST_S).round(),
        to_s.clamp(0.0, LONGEST_S).round(),
    );
    let range = Range {
        from_s,
        to_s: (to_s > from_s).then_some(to_s),
    };
    Some((range, count))
}

/// Returns a and b of a + (b − a) · n ÷ (n + 1); `None` where changes are all of as many instances, or more take less time.
fn least_squares(took: &[Took]) -> Option<(f64, f64)> {
    let count = took.len() as f64;
    let share = |it: &Took| it.instances / (it.instances + 1.0);
    let mean_x = took.iter().map(share).sum::<f64>() / count;
    let mean_y = took.iter().map(|it| it.seconds).sum::<f64>() / count;
    let squares: f64 = took.iter().map(|it| (share(it) - mean_x).powi(2)).sum();
    let products: f64 = took
        .iter()
        .map(|it| (share(it) - mean_x) * (it.seconds - mean_y))
        .sum();
    // Shares lie between a half and one.
    if squares / count < 1e-4 {
        return None;
    }
    let slope = products / squares;
    (slope > 0.0).then_some((mean_y - slope * mean_x, mean_y + slope * (1.0 - mean_x)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_found_again() {
        // What n launches between 120 and 300 s take on average.
        let of = |instances: u32| Took {
            instances: f64::from(instances),
            seconds: 120.0 + 180.0 * f64::from(instances) / f64::from(instances + 1),
        };
        let took: Vec<Took> = [1, 2, 3, 4, 6, 1, 2, 9].map(of).to_vec();
        let (range, count) = range(&took).unwrap();
        assert_eq!(count, 8);
        assert_eq!((range.from_s, range.to_s), (120.0, Some(300.0)));
    }

    #[test]
    fn what_does_not_spread_is_a_median() {
        let took: Vec<Took> = [240.0, 242.0, 238.0, 241.0, 239.0, 900.0]
            .map(|seconds| Took {
                instances: 2.0,
                seconds,
            })
            .to_vec();
        // One that took long among many that did not is no range.
        let (found, count) = range(&took[..5]).unwrap();
        assert_eq!((found.from_s, found.to_s, count), (240.0, None, 5));
        assert_eq!(median(&took).unwrap().0, 241.0);
        assert_eq!(range(&[]), None);
    }
}
