//! What only an inference component has: what a copy needs of an instance, and how instances follow copies.

use crate::{
    field::{Field, Fixed, choices, section},
    limits::MOST_INSTANCES,
};

section! {
    /// An inference component, as `CreateInferenceComponent` and its endpoint's production variant name its settings.
    pub struct InferenceComponent at Fixed::InferenceComponent => Field {
        /// What a copy needs of an instance.
        requirements as "ComputeResourceRequirements": ComputeResourceRequirements = ComputeResourceRequirements::default(), later;
        /// Copies on one instance; absent: what the requirements leave room for, or 1 without any.
        copies_per_instance: Option<u32> = None, range(1.0..=MOST_INSTANCES), instances;
        /// Seconds in which a copy starts on an instance that is in service: its container, its model.
        // AWS's machine learning blog measured 2.28 minutes for an 8-billion-parameter model.
        copy_start_s: f64 = 120.0, range(0.0..=3600.0), seconds, later;
        /// Where copies come and go.
        scheduling as "SchedulingConfig": SchedulingConfig = SchedulingConfig::default(), later;
        /// How instances follow copies.
        scaling as "ManagedInstanceScaling": ManagedInstanceScaling = ManagedInstanceScaling::default(), later;
        /// Seconds after which an instance without copies is released.
        // Read off one real endpoint; AWS publishes no figure.
        idle_release_s: f64 = 720.0, range(0.0..=86_400.0), seconds, later;
    }
}

section! {
    /// `ComputeResourceRequirements`: what is set aside for each copy.
    pub struct ComputeResourceRequirements at Fixed::ComputeResourceRequirements => Field {
        /// Memory, in MB of 1/1024 GiB.
        min_memory_mb as "MinMemoryRequiredInMb": Option<u32> = None, range(128.0..=1e8);
        /// GPUs or other accelerators.
        accelerators as "NumberOfAcceleratorDevicesRequired": Option<f64> = None, range(1.0..=1000.0);
        /// vCPUs.
        cpu_cores as "NumberOfCpuCoresRequired": Option<f64> = None, range(0.25..=10_000.0);
    }
}

section! {
    /// `SchedulingConfig`.
    pub struct SchedulingConfig at Fixed::SchedulingConfig => Field {
        /// Where copies come and go.
        placement as "PlacementStrategy": PlacementStrategy = PlacementStrategy::default();
    }
}

choices! {
    /// `PlacementStrategy`.
    pub enum PlacementStrategy {
        /// Evenly over instances. What AWS does unless told is not published; this is assumed.
        Spread = "SPREAD",
        /// On as few instances as there can be.
        Binpack = "BINPACK",
    }
}

section! {
    /// `ManagedInstanceScaling` of the production variant.
    pub struct ManagedInstanceScaling at Fixed::ManagedInstanceScaling => Field {
        /// Whether it is on, as it has to be here.
        status as "Status": ScalingStatus = ScalingStatus::default(), later;
        /// Fewest instances, with or without copies.
        min_instances as "MinInstanceCount": u32 = 0, range(0.0..=MOST_INSTANCES), instances;
        /// Most instances; absent: as many as MaxCapacity's copies need.
        max_instances as "MaxInstanceCount": Option<u32> = None, range(1.0..=MOST_INSTANCES), instances;
        /// How instances are released.
        scale_in as "ScaleInPolicy": ScaleInPolicy = ScaleInPolicy::default(), later;
    }
}

choices! {
    /// `Status` of managed instance scaling.
    pub enum ScalingStatus {
        /// Instances follow copies.
        Enabled = "ENABLED",
        /// Their number is fixed.
        Disabled = "DISABLED",
    }
}

section! {
    /// `ScaleInPolicy`. The defaults are AWS's own.
    pub struct ScaleInPolicy at Fixed::ScaleInPolicy => Field {
        /// Which instances are released. What AWS does unless told is not published; IDLE_RELEASE is assumed.
        strategy as "Strategy": ScaleInStrategy = ScaleInStrategy::default();
        /// Minutes after the last change of copies or instances until consolidation looks.
        // rule: component.consolidation-settings
        cooldown_min as "CooldownInMinutes": u32 = 20, range(5.0..=1440.0), minutes;
        /// Most instances that consolidation releases at a time.
        step as "MaximumStepSize": u32 = 1, range(1.0..=100.0), instances;
    }
}

choices! {
    /// `Strategy` of a ScaleInPolicy.
    pub enum ScaleInStrategy {
        /// Instances without copies.
        IdleRelease = "IDLE_RELEASE",
        /// These, and those whose copies fit on others.
        Consolidation = "CONSOLIDATION",
    }
}
