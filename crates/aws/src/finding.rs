//! What is to be said of a document that was read: what was not used, what lacks, what is wrong, each with its place.
//!
//! Nothing of a document is dropped in silence: whatever no reader took becomes a finding. The sentences are `words`'.

use scenario::trace::TraceProblem;

use crate::{account::Subject, node::Place};

/// Something to be said of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Where it stands; line 0: in the file as a whole.
    pub at: Place,
    /// The field, from the document on, as `ScalingPolicies[0].PolicyType`; may be empty.
    pub path: String,
    /// What is to be said.
    pub kind: FindingKind,
}

/// What is to be said of a place in a document.
#[derive(Clone, Debug, PartialEq)]
pub enum FindingKind {
    /// Nothing here reads it, and so it is not simulated.
    NotUsed,
    /// It was read, but its value is none that it can have.
    Wrong {
        /// What stands there, shortened.
        found: String,
        /// What can stand there.
        expected: Expected,
    },
    /// It must be there and is not.
    Missing,
    /// It depends on something that the document does not hold.
    Open {
        /// The expression, shortened.
        expression: String,
        /// What would have to be known; empty: it cannot be worked out here.
        lacks: String,
    },
    /// A value was given for a parameter that no document has.
    UnknownParameter {
        /// Its name.
        name: String,
    },
    /// Resources of a template of a type that has nothing to do with scaling, or that is not read.
    OtherResources {
        /// Their type, such as `AWS::IAM::Role`.
        resource_type: String,
        /// How many there are; the first stands here.
        count: usize,
    },
    /// A number that Terraform sends as 0 because the file does not say it.
    UnsetIsZero,
    /// A size that Terraform sends as 0 because the file does not say it; `-1` leaves a size alone.
    UnsetSizeIsZero,
    /// A cooldown that Terraform sends as 0 because the file does not say it.
    UnsetCooldownIsZero,
    /// A 0 of a file that Terraform does not send.
    ZeroIsNotSent,
    /// A `NextToken` says that there is more of it: the operation is to be asked for the rest.
    MorePages {
        /// The operation, as the AWS CLI calls it: `application-autoscaling describe-scaling-policies`.
        operation: String,
    },
    /// A metric that is not modelled.
    UnknownMetric {
        /// Its name.
        name: String,
    },
    /// Metric math, which is not modelled.
    MetricMath,
    /// Nothing says which metric an answer of GetMetricData is of.
    UnnamedMetric {
        /// The Id of its query, under which it can be given.
        id: String,
        /// Its label.
        label: String,
    },
    /// A step or simple scaling policy that no alarm triggers: it does nothing.
    PolicyWithoutAlarm {
        /// The policy's name.
        policy: String,
    },
    /// A further alarm that triggers a policy, of which a scenario has one.
    SecondAlarm {
        /// The alarm's name.
        alarm: String,
        /// The policy's name.
        policy: String,
    },
    /// An alarm whose actions are disabled: its policy does nothing.
    ActionsDisabled {
        /// The alarm's name.
        alarm: String,
    },
    /// An alarm that triggers a scaling policy which no document holds.
    AlarmWithoutPolicy {
        /// The alarm's name.
        alarm: String,
    },
    /// A policy that is disabled: it does nothing.
    PolicyDisabled {
        /// The policy's name.
        policy: String,
    },
    /// A policy of a kind that is not simulated.
    UnknownPolicyType {
        /// As it stands there.
        policy_type: String,
    },
    /// Something scales that is neither a SageMaker endpoint nor an EC2 Auto Scaling group.
    OtherSubject {
        /// Its resource.
        resource: String,
    },
    /// Several things scale, and this one was not chosen.
    NotChosen {
        /// What it is.
        subject: Subject,
    },
    /// Instances of several types, of which a scenario has one.
    OtherInstanceType {
        /// The type that is used.
        used: String,
        /// The other one.
        other: String,
    },
    /// A value that a scenario can hold only up to a bound, or not at all.
    OutOfBounds {
        /// What stands there.
        found: String,
    },
    /// The AWS CLI answered with an error.
    AwsError {
        /// Its code, such as `AccessDeniedException`.
        code: String,
        /// The operation, as AWS's API calls it; may be empty.
        operation: String,
        /// The command that asks for it; empty: none is known.
        command: String,
    },
    /// The form of a text is one that loses what matters, such as `--output text` or `table`.
    OutputForm {
        /// Which form: `text`, `table`, `yaml`, or `query` for what `--query` leaves of an answer.
        form: &'static str,
        /// The command that gives what can be read.
        command: String,
    },
    /// A text that is neither of anything known.
    Unrecognised,
    /// It is not well-formed.
    Syntax {
        /// What it was read as: `JSON`, `YAML`, `HCL`.
        language: &'static str,
        /// What its reader says, in English.
        reason: String,
    },
    /// It ends too early.
    Truncated,
    /// It is larger than can be read.
    TooLarge {
        /// The most bytes.
        most: usize,
    },
    /// More levels within each other than can be read.
    TooDeep {
        /// The most levels.
        most: usize,
    },
    /// A name stands twice in an object.
    RepeatedName,
    /// YAML's anchors, aliases and merge keys, which CloudFormation does not take.
    Anchor,
    /// Something of a template that would have to be run: a transform, `count`, `for_each`, a module.
    Generated {
        /// What it is called.
        what: String,
    },
    /// What demand was made of, from a metric.
    DemandOf {
        /// The metric.
        metric: String,
        /// Seconds from one datapoint to the next.
        period_s: u32,
        /// How many datapoints there are.
        datapoints: usize,
        /// How many are missing in between: there were no requests.
        missing: usize,
        /// How many could not be used: a second one of the same time, or one between the others.
        unusable: usize,
        /// Whether they came otherwise than in the order of time.
        is_unordered: bool,
    },
    /// Demand cannot be made of a metric.
    NoDemand {
        /// The metric.
        metric: String,
        /// Why not.
        problem: TraceProblem,
    },
    /// A metric of which demand is not made: another one was, or it says nothing of demand.
    MetricNotUsed {
        /// The metric, or its label.
        metric: String,
    },
    /// A time that scaling activities tell.
    Learned {
        /// Which.
        time: LearnedTime,
        /// The shortest, or the median where there is no longest, seconds.
        from_s: f64,
        /// The longest, seconds, where they spread.
        to_s: Option<f64>,
        /// Of how many activities.
        activities: usize,
    },
    /// A configuration that no endpoint in the documents names is taken for the endpoint's, as it is the only one.
    ConfigAssumed {
        /// Its name.
        config: String,
    },
    /// An account's number or an ARN stood in something that a scenario holds, and was left out.
    AccountLeftOut,
    /// The scenario had account numbers or ARNs in its texts before, or its link has them, and they stay.
    AccountKept,
    /// A metric per instance says nothing of demand without the number of instances.
    PerInstanceOnly {
        /// The metric.
        metric: String,
    },
}

impl FindingKind {
    /// Returns whether a whole document, or a piece of a session, could not be used for it.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::AwsError { .. }
                | Self::OutputForm { .. }
                | Self::Unrecognised
                | Self::Syntax { .. }
                | Self::Truncated
                | Self::TooLarge { .. }
                | Self::TooDeep { .. }
                | Self::RepeatedName
                | Self::Anchor
        )
    }
}

/// A time that scaling activities tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LearnedTime {
    /// From the decision until an instance is in service.
    Launch,
    /// The same of an instance that comes from the warm pool.
    WarmPoolLaunch,
    /// Until an instance is gone.
    Removal,
}

/// What can stand somewhere.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// A number.
    Number,
    /// A whole number from 0 on.
    Whole,
    /// `true` or `false`.
    Switch,
    /// A text.
    Text,
    /// A list.
    List,
    /// An object.
    Object,
    /// A moment: ISO 8601 with `Z` or an offset, or seconds since 1970.
    Moment,
    /// One of these.
    OneOf(Vec<&'static str>),
    /// One of these, which the document itself lists.
    Listed(Vec<String>),
}
