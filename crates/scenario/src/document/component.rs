//! What only an inference component has: what a copy needs of an instance, and how instances follow copies.

use serde::{Deserialize, Serialize};

/// An inference component, as `CreateInferenceComponent` and its endpoint's production variant name its settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct InferenceComponent {
    /// What a copy needs of an instance.
    #[serde(
        rename = "ComputeResourceRequirements",
        skip_serializing_if = "is_default"
    )]
    pub requirements: ComputeResourceRequirements,
    /// Copies on one instance; absent: what the requirements leave room for, or 1 without any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copies_per_instance: Option<u32>,
    /// Seconds in which a copy starts on an instance that is in service: its container, its model.
    #[serde(skip_serializing_if = "is_usual_start")]
    pub copy_start_s: f64,
    /// Where copies come and go.
    #[serde(rename = "SchedulingConfig", skip_serializing_if = "is_default")]
    pub scheduling: SchedulingConfig,
    /// How instances follow copies.
    #[serde(rename = "ManagedInstanceScaling", skip_serializing_if = "is_default")]
    pub scaling: ManagedInstanceScaling,
    /// Seconds after which an instance without copies is released.
    #[serde(skip_serializing_if = "is_usual_idle")]
    pub idle_release_s: f64,
}

/// What a copy takes to start: AWS's machine learning blog measured 2.28 minutes for an 8-billion-parameter model.
const COPY_START_S: f64 = 120.0;
/// Read off one real endpoint; AWS publishes no figure.
const IDLE_RELEASE_S: f64 = 720.0;

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn is_usual_start(seconds: &f64) -> bool {
    seconds.total_cmp(&COPY_START_S).is_eq()
}

fn is_usual_idle(seconds: &f64) -> bool {
    seconds.total_cmp(&IDLE_RELEASE_S).is_eq()
}

impl Default for InferenceComponent {
    fn default() -> Self {
        Self {
            requirements: ComputeResourceRequirements::default(),
            copies_per_instance: None,
            copy_start_s: COPY_START_S,
            scheduling: SchedulingConfig::default(),
            scaling: ManagedInstanceScaling::default(),
            idle_release_s: IDLE_RELEASE_S,
        }
    }
}

impl InferenceComponent {
    /// Whether it is what a document says that says nothing.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// `ComputeResourceRequirements`: what is set aside for each copy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ComputeResourceRequirements {
    /// Memory, in MB of 1/1024 GiB.
    #[serde(
        rename = "MinMemoryRequiredInMb",
        skip_serializing_if = "Option::is_none"
    )]
    pub min_memory_mb: Option<u32>,
    /// GPUs or other accelerators.
    #[serde(
        rename = "NumberOfAcceleratorDevicesRequired",
        skip_serializing_if = "Option::is_none"
    )]
    pub accelerators: Option<f64>,
    /// vCPUs.
    #[serde(
        rename = "NumberOfCpuCoresRequired",
        skip_serializing_if = "Option::is_none"
    )]
    pub cpu_cores: Option<f64>,
}

/// `SchedulingConfig`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SchedulingConfig {
    /// Where copies come and go.
    #[serde(rename = "PlacementStrategy")]
    pub placement: PlacementStrategy,
}

/// `PlacementStrategy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum PlacementStrategy {
    /// Evenly over instances. What AWS does unless told is not published; this is assumed.
    #[default]
    Spread,
    /// On as few instances as there can be.
    Binpack,
}

/// `ManagedInstanceScaling` of the production variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ManagedInstanceScaling {
    /// Whether it is on, as it has to be here.
    #[serde(rename = "Status", skip_serializing_if = "is_default")]
    pub status: ScalingStatus,
    /// Fewest instances, with or without copies.
    #[serde(rename = "MinInstanceCount")]
    pub min_instances: u32,
    /// Most instances; absent: as many as MaxCapacity's copies need.
    #[serde(rename = "MaxInstanceCount", skip_serializing_if = "Option::is_none")]
    pub max_instances: Option<u32>,
    /// How instances are released.
    #[serde(rename = "ScaleInPolicy", skip_serializing_if = "is_default")]
    pub scale_in: ScaleInPolicy,
}

/// `Status` of managed instance scaling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum ScalingStatus {
    /// Instances follow copies.
    #[default]
    Enabled,
    /// Their number is fixed.
    Disabled,
}

/// `ScaleInPolicy`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ScaleInPolicy {
    /// Which instances are released. What AWS does unless told is not published; IDLE_RELEASE is assumed.
    #[serde(rename = "Strategy")]
    pub strategy: ScaleInStrategy,
    /// Minutes after the last change of copies or instances until consolidation looks.
    #[serde(rename = "CooldownInMinutes")]
    pub cooldown_min: u32,
    /// Most instances that consolidation releases at a time.
    #[serde(rename = "MaximumStepSize")]
    pub step: u32,
}

impl Default for ScaleInPolicy {
    /// AWS's own.
    fn default() -> Self {
        Self {
            strategy: ScaleInStrategy::default(),
            cooldown_min: 20,
            step: 1,
        }
    }
}

/// `Strategy` of a ScaleInPolicy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ScaleInStrategy {
    /// Instances without copies.
    #[default]
    IdleRelease,
    /// These, and those whose copies fit on others.
    Consolidation,
}
