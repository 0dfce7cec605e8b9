//! Random plans of each platform whose metrics go missing for a time.

use super::{asynchronous, component, group, predictive, serverless, ten_seconds, variant};
use engine::plan::{MissingMetric, Plan};
use proptest::prelude::*;

prop_compose! {
    /// A plan of any platform in which no metric has datapoints for a time, on whole minutes or not.
    pub fn missing_metric()(
        plan in prop_oneof![
            3 => variant().boxed(),
            2 => ten_seconds().boxed(),
            2 => group().boxed(),
            1 => asynchronous().boxed(),
            1 => serverless().boxed(),
            1 => component().boxed(),
            1 => predictive().boxed(),
        ],
        (at, for_) in (0_u32..6000, 1_u32..4000),
        whole in any::<bool>(),
    ) -> Plan {
        let seconds = |seconds: u32| f64::from(if whole { seconds.next_multiple_of(60) } else { seconds });
        let missing = MissingMetric { at_s: seconds(at), for_s: seconds(for_) };
        Plan { missing_metric: Some(missing), ..plan }
    }
}
