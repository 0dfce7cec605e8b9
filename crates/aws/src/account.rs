//! What an AWS account has of scaling, as documents tell it: what scales, by which policies, alarms and scheduled actions, and
//! what it did. Policies, alarms and actions are kept in the scenario's types, which have AWS's own shapes.
//!
//! Account numbers and ARNs stay here: they tie alarms to policies, and never go into a scenario.

use std::collections::HashSet;

use scenario::{
    document::{
        AutoScalingGroup, MetricAlarm, ScalingPolicy, SuspendedState, WarmPool as WarmPoolSettings,
    },
    platform::ScalableDimension,
};

use crate::node::Place;

/// What an account has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    /// Application Auto Scaling's scalable targets.
    pub targets: Vec<ScalableTarget>,
    /// EC2 Auto Scaling groups.
    pub groups: Vec<Group>,
    /// Scaling policies of both.
    pub policies: Vec<Policy>,
    /// CloudWatch's alarms.
    pub alarms: Vec<Alarm>,
    /// Scheduled actions of both.
    pub actions: Vec<ScheduledAction>,
    /// Warm pools that came apart from their groups.
    pub warm_pools: Vec<WarmPool>,
    /// SageMaker endpoints.
    pub endpoints: Vec<Endpoint>,
    /// Their configurations.
    pub endpoint_configs: Vec<EndpointConfig>,
    /// Inference components.
    pub components: Vec<Component>,
    /// What SageMaker's Inference Recommender says.
    pub recommendations: Vec<Recommendation>,
    /// What scaling did.
    pub activities: Vec<Activity>,
    /// How alarms changed their states.
    pub alarm_history: Vec<AlarmChange>,
    /// Metrics over time.
    pub series: Vec<Series>,
    /// Links of scenarios that stand in comments or metadata.
    pub links: Vec<Link>,
    /// What is suspended of a target that is not named.
    pub suspended: Option<SuspendedState>,
    /// Which lists were answered in full: what is not in there is not there.
    pub answered: Vec<Answered>,
}

/// A list that was answered in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// What of.
    pub list: AnsweredList,
    /// Whose; absent: everybody's.
    pub subject: Option<Subject>,
}

/// A list that an operation answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnsweredList {
    /// Policies of scalable targets.
    TargetPolicies,
    /// Scheduled actions of scalable targets.
    TargetActions,
    /// Policies of groups.
    GroupPolicies,
    /// Scheduled actions of groups.
    GroupActions,
    /// The warm pool of a group.
    WarmPool,
}

/// What scales.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A scalable target of Application Auto Scaling.
    Target {
        /// `endpoint/<name>/variant/<name>` or `inference-component/<name>`.
        resource_id: String,
        /// What of it changes.
        dimension: TargetDimension,
    },
    /// An EC2 Auto Scaling group.
    Group {
        /// Its name.
        name: String,
    },
}

/// What of a scalable target changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TargetDimension {
    /// `sagemaker:variant:DesiredInstanceCount`
    VariantInstances,
    /// `sagemaker:inference-component:DesiredCopyCount`
    ComponentCopies,
    /// `sagemaker:variant:DesiredProvisionedConcurrency`
    ProvisionedConcurrency,
}

impl TargetDimension {
    /// All there are.
    pub const ALL: [Self; 3] = [
        Self::VariantInstances,
        Self::ComponentCopies,
        Self::ProvisionedConcurrency,
    ];

    /// Returns its name, as AWS spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::VariantInstances => "sagemaker:variant:DesiredInstanceCount",
            Self::ComponentCopies => "sagemaker:inference-component:DesiredCopyCount",
            Self::ProvisionedConcurrency => "sagemaker:variant:DesiredProvisionedConcurrency",
        }
    }

    /// Returns the one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Returns what it is of a platform; `None`: EC2 Auto Scaling scales that.
    #[must_use]
    pub const fn of(dimension: ScalableDimension) -> Option<Self> {
        match dimension {
            ScalableDimension::VariantInstances => Some(Self::VariantInstances),
            ScalableDimension::ComponentCopies => Some(Self::ComponentCopies),
            ScalableDimension::ProvisionedConcurrency => Some(Self::ProvisionedConcurrency),
            ScalableDimension::GroupInstances => None,
        }
    }
}

/// A scalable target.
#[derive(Clone, Debug, PartialEq)]
pub struct ScalableTarget {
    /// What scales.
    pub subject: Subject,
    /// `MinCapacity`.
    pub min_capacity: Option<u32>,
    /// `MaxCapacity`.
    pub max_capacity: Option<u32>,
    /// `SuspendedState`; absent: nothing is said of it.
    pub suspended: Option<SuspendedState>,
    /// Where it stands.
    pub at: Place,
}

/// An EC2 Auto Scaling group.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name, or what stands for it within a template.
    pub name: String,
    /// `MinSize`.
    pub min_size: Option<u32>,
    /// `MaxSize`.
    pub max_size: Option<u32>,
    /// `DesiredCapacity`.
    pub desired_capacity: Option<u32>,
    /// The settings that a scenario has, those of a warm pool among them; what the document does not say is the default.
    pub settings: AutoScalingGroup,
    /// Which of these settings the document says, by their names: `DefaultInstanceWarmup`.
    pub said: Vec<&'static str>,
    /// Its machines' type, where its instances or its template tell.
    pub instance_type: Option<String>,
    /// In how many Availability Zones it is.
    pub availability_zones: Option<u32>,
    /// Which processes are suspended.
    pub suspended_processes: Vec<String>,
    /// Where it stands.
    pub at: Place,
}

/// A scaling policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// What it scales; absent where only its configuration is known, as in a request's body.
    pub subject: Option<Subject>,
    /// The policy, without its alarm.
    pub policy: ScalingPolicy,
    /// What alarms call it: its ARN, or what stands for that within a template.
    pub arn: Option<String>,
    /// The names of alarms that it says trigger it.
    pub alarm_names: Vec<String>,
    /// Where it stands.
    pub at: Place,
}

/// An alarm.
#[derive(Clone, Debug, PartialEq)]
pub struct Alarm {
    /// Its name.
    pub name: String,
    /// The alarm; its metric is one that is modelled.
    pub alarm: MetricAlarm,
    /// The policies that it triggers, as it names them.
    pub actions: Vec<String>,
    /// Whether it triggers them.
    pub actions_enabled: bool,
    /// Whether target tracking made it, and keeps it.
    pub is_managed: bool,
    /// Where it stands.
    pub at: Place,
}

/// A scheduled action.
#[derive(Clone, Debug, PartialEq)]
pub struct ScheduledAction {
    /// Whose capacity it changes; absent where only its request is known.
    pub subject: Option<Subject>,
    /// The action.
    pub action: scenario::document::ScheduledAction,
    /// Where it stands.
    pub at: Place,
}

/// A warm pool.
#[derive(Clone, Debug, PartialEq)]
pub struct WarmPool {
    /// Its group; absent: the document does not say.
    pub group: Option<String>,
    /// Its settings.
    pub settings: WarmPoolSettings,
    /// Where it stands.
    pub at: Place,
}

/// A SageMaker endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// Its name.
    pub name: String,
    /// Its configuration's name.
    pub config: Option<String>,
    /// Its variants, as they are now.
    pub variants: Vec<Variant>,
    /// Whether it is asynchronous, and how many requests an instance takes at once.
    pub asynchronous: Option<Option<u32>>,
    /// Where it stands.
    pub at: Place,
}

/// The configuration of an endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointConfig {
    /// Its name.
    pub name: String,
    /// Its variants.
    pub variants: Vec<Variant>,
    /// Whether it is asynchronous, and how many requests an instance takes at once.
    pub asynchronous: Option<Option<u32>>,
    /// Where it stands.
    pub at: Place,
}

/// A production variant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// `InstanceType`.
    pub instance_type: Option<String>,
    /// `InitialInstanceCount`; of an endpoint that is there `DesiredInstanceCount`, or else the current one.
    pub initial: Option<u32>,
    /// `ServerlessConfig`.
    pub serverless: Option<ServerlessConfig>,
    /// `ManagedInstanceScaling`.
    pub managed: Option<scenario::document::ManagedInstanceScaling>,
}

/// What a variant of a serverless endpoint has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServerlessConfig {
    /// `MemorySizeInMB`.
    pub memory_mb: Option<u32>,
    /// `MaxConcurrency`.
    pub max_concurrency: Option<u32>,
    /// `ProvisionedConcurrency`.
    pub provisioned: Option<u32>,
}

/// An inference component.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// Its name.
    pub name: String,
    /// Its endpoint.
    pub endpoint: Option<String>,
    /// The variant on whose instances it runs.
    pub variant: Option<String>,
    /// Its machines' type, where it says so.
    pub instance_type: Option<String>,
    /// Where copies come and go.
    pub placement: Option<scenario::document::PlacementStrategy>,
    /// What a copy needs.
    pub requirements: scenario::document::ComputeResourceRequirements,
    /// `CurrentCopyCount`, or `CopyCount` of its runtime configuration.
    pub copies: Option<u32>,
    /// Where it stands.
    pub at: Place,
}

/// What `get-scaling-configuration-recommendation` answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommendation {
    /// The endpoint.
    pub endpoint: Option<String>,
    /// What it keeps a metric at; absent: only the metric's value is known.
    pub tracking: Option<scenario::document::TargetTracking>,
    /// InvocationsPerInstance, a minute.
    pub target: Option<f64>,
    /// MinInvocationsPerMinute, MaxInvocationsPerMinute of its objective.
    pub objective: (Option<f64>, Option<f64>),
    /// MinCapacity, MaxCapacity.
    pub bounds: (Option<u32>, Option<u32>),
    /// ScaleInCooldown, ScaleOutCooldown, seconds.
    pub cooldowns: (Option<u32>, Option<u32>),
    /// Where it stands.
    pub at: Place,
}

/// A scaling activity.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// What scaled.
    pub subject: Option<Subject>,
    /// When it began, seconds since 1970 in UTC.
    pub start_s: f64,
    /// When it ended; absent: it has not, or nobody says.
    pub end_s: Option<f64>,
    /// AWS's status code.
    pub status: String,
    /// The desired capacity that it set, where its description says so.
    pub desired: Option<u32>,
    /// The capacity before, where its cause says so.
    pub before: Option<u32>,
    /// What of a group's instance it is; of a scalable target an activity is about all instances together.
    pub instance: Option<InstanceChange>,
    /// What it does, as AWS says it, without ARNs and account numbers.
    pub description: String,
    /// Its cause, as AWS says it, without ARNs and account numbers.
    pub cause: String,
    /// What became of it, as AWS says it, without ARNs and account numbers.
    pub message: String,
    /// Why nothing changed.
    pub not_scaled: Vec<NotScaled>,
    /// Where it stands.
    pub at: Place,
}

/// What happens to an instance of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstanceChange {
    /// It is launched.
    Launch,
    /// It comes from the warm pool.
    FromWarmPool,
    /// It goes to the warm pool.
    ToWarmPool,
    /// It is terminated.
    Termination,
}

/// Why nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotScaled {
    /// AWS's code.
    pub code: String,
    /// `CurrentCapacity`.
    pub current: Option<u32>,
    /// `MinCapacity`.
    pub min: Option<u32>,
    /// `MaxCapacity`.
    pub max: Option<u32>,
}

/// A change of an alarm's state.
#[derive(Clone, Debug, PartialEq)]
pub struct AlarmChange {
    /// The alarm's name.
    pub alarm: String,
    /// When, seconds since 1970 in UTC.
    pub at_s: f64,
    /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
    pub state: String,
    /// When the newest of the datapoints began that led there, seconds since 1970 in UTC.
    pub newest_datapoint_s: Option<f64>,
    /// The period of its datapoints, seconds.
    pub period_s: Option<u32>,
    /// Where it stands.
    pub at: Place,
}

/// A metric over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name, such as `Invocations`; where nothing says it, its label or id.
    pub metric: String,
    /// Whether nothing says its name, and whoever brings it is asked.
    pub is_asked: bool,
    /// Its label, without ARNs and account numbers: what tells it from others of the same name.
    pub label: String,
    /// Its statistic, where that is known.
    pub statistic: Option<String>,
    /// How much time a datapoint is of, seconds, where that is known; otherwise the times of datapoints tell.
    pub period_s: Option<u32>,
    /// What it is of, names and values without ARNs and account numbers, where that is known: `EndpointName`, `recommender`.
    pub dimensions: Vec<(String, String)>,
    /// Its datapoints, as they come.
    pub datapoints: Vec<Datapoint>,
    /// Where it stands.
    pub at: Place,
}

/// A datapoint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Datapoint {
    /// When its period begins, seconds since 1970 in UTC.
    pub at_s: f64,
    /// Its value.
    pub value: f64,
}

/// The link of a scenario, as a comment or metadata hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What stands behind `#`.
    pub payload: String,
    /// Where it stands.
    pub at: Place,
}

impl Account {
    /// Returns whether a list was answered in full, of this subject or of everybody.
    #[must_use]
    pub fn has_answered(&self, list: AnsweredList, subject: &Subject) -> bool {
        let mut all = self.answered.iter();
        all.any(|it| it.list == list && it.subject.as_ref().is_none_or(|it| it == subject))
    }

    /// Returns everything that scales, each once, in the order in which it is met: also what only a policy or an action names.
    #[must_use]
    pub fn subjects(&self) -> Vec<Subject> {
        let targets = self.targets.iter().map(|it| it.subject.clone());
        let groups = self.groups.iter().map(Group::subject);
        let policies = self.policies.iter().filter_map(|it| it.subject.clone());
        let actions = self.actions.iter().filter_map(|it| it.subject.clone());
        let mut known = HashSet::new();
        let all = targets.chain(groups).chain(policies).chain(actions);
        all.filter(|subject| known.insert(subject.clone()))
            .collect()
    }
}

impl Group {
    /// Returns it as what scales.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::Group {
            name: self.name.clone(),
        }
    }
}
