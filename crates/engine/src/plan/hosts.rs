//! Instances under the copies of an inference component: copies scale, instances cost.

/// Managed instance scaling, and what an instance holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hosts {
    /// Copies for which one instance has room (≥ 1).
    pub copies_per_instance: u32,
    /// Seconds that a copy takes to start once it has room: container and model.
    pub copy_start_s: f64,
    /// MinInstanceCount: fewest instances, with or without copies.
    pub min: u32,
    /// MaxInstanceCount (≥ `min`): most instances; a copy for which they have no room waits.
    pub max: u32,
    /// PlacementStrategy.
    pub placement: Placement,
    /// Seconds after which an instance without copies is released.
    pub idle_s: f64,
    /// ScaleInPolicy CONSOLIDATION; `None`: IDLE_RELEASE.
    pub consolidation: Option<Consolidation>,
}

impl Hosts {
    /// Returns the fewest instances that hold `copies`.
    #[must_use]
    pub fn instances_for(&self, copies: u32) -> u32 {
        copies.div_ceil(self.copies_per_instance)
    }
}

/// `PlacementStrategy`: where copies come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// `SPREAD`: they come to the emptiest instance and go from the fullest.
    Spread,
    /// `BINPACK`: they come to the fullest instance that has room and go from the emptiest.
    BinPack,
}

/// Copies are moved together, so that instances become free.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Consolidation {
    /// CooldownInMinutes, in seconds: from the last change of copies or instances on.
    pub cooldown_s: f64,
    /// MaximumStepSize: most instances released at a time (≥ 1).
    pub step: u32,
}
