//! Where the sections of a scenario are: those that every one has, and those of its lists' items.

use super::{Entry, Field, List, Object, Place, Spec, Unit, Value, Wrong};
use crate::document::{
    Assumptions, Asynchronous, AutoScalingGroup, ComputeResourceRequirements, CreditSpecification,
    CustomizedMetricSpecification, Expected, Failure, InferenceComponent, Instance, LaunchCapacity,
    Layer, LoadTest, ManagedInstanceScaling, MetricAlarm, MissingMetric, Objective, OtherMachine,
    PredefinedMetricPair, PredefinedMetricSpecification, PredictiveMetricSpecification,
    PredictiveScaling, Retries, ScalableTarget, ScalableTargetAction, ScaleInPolicy, ScalingPolicy,
    Scenario, ScheduledAction, SchedulingConfig, Serverless, Service, Shape, SimpleScaling,
    SlowInstance, StepAdjustment, StepScaling, SuspendedState, TargetTracking, WarmPool,
};

/// A part of a scenario with fields, whichever it is. Its fields are told by their indexes in its table.
pub trait Section {
    /// Returns what is known of a field; `None` behind the last one.
    fn spec(&self, index: usize) -> Option<&'static Spec>;

    /// Returns what a field's number counts.
    fn unit(&self, index: usize) -> Unit;

    /// Returns what a field holds; `None` where it is a part, or this very section has no such field.
    fn read(&self, index: usize) -> Option<Value>;

    /// Writes the value of a field.
    ///
    /// # Errors
    /// Where it does not take it.
    fn write(&mut self, index: usize, value: &Value) -> Result<(), Wrong>;
}

/// A section that is declared.
pub(crate) trait Declared: Object + Sized + 'static {
    /// Its fields.
    const ENTRIES: &'static [Entry<Self>];
}

impl<S: Declared> Section for S {
    fn spec(&self, index: usize) -> Option<&'static Spec> {
        spec_of::<S>(index)
    }

    fn unit(&self, index: usize) -> Unit {
        let unit = |entry: &Entry<S>| entry.counts.map_or(entry.spec.unit, |counts| counts(self));
        S::ENTRIES.get(index).map_or(Unit::None, unit)
    }

    fn read(&self, index: usize) -> Option<Value> {
        let entry = S::ENTRIES.get(index)?;
        match entry.by {
            Some((read, _)) => read(self),
            None => (self as &dyn Object).read(&entry.spec),
        }
    }

    fn write(&mut self, index: usize, value: &Value) -> Result<(), Wrong> {
        let entry = S::ENTRIES.get(index).ok_or(Wrong::NoField)?;
        match entry.by {
            Some((_, write)) => write(self, value),
            None => (self as &mut dyn Object).write(&entry.spec, value),
        }
    }
}

fn spec_of<S: Declared>(index: usize) -> Option<&'static Spec> {
    S::ENTRIES.get(index).map(|entry| &entry.spec)
}

/// Sections that may be absent: such a one is there as long as the field that leads it holds something.
macro_rules! led_by {
    ($($Section:ident: $lead:ident),+ $(,)?) => {
        $(
            impl Section for Option<$Section> {
                fn spec(&self, index: usize) -> Option<&'static Spec> {
                    spec_of::<$Section>(index)
                }

                fn unit(&self, index: usize) -> Unit {
                    self.as_ref().map_or(Unit::None, |section| section.unit(index))
                }

                fn read(&self, index: usize) -> Option<Value> {
                    match self {
                        Some(section) => section.read(index),
                        None => leads::<$Section>(index, $Section::$lead).then_some(Value::Absent),
                    }
                }

                fn write(&mut self, index: usize, value: &Value) -> Result<(), Wrong> {
                    let leads = leads::<$Section>(index, $Section::$lead);
                    if leads && *value == Value::Absent {
                        *self = None;
                        return Ok(());
                    }
                    if !leads && self.is_none() {
                        return Err(Wrong::NoField);
                    }
                    let mut section = self.clone().unwrap_or_default();
                    section.write(index, value)?;
                    *self = Some(section);
                    Ok(())
                }
            }
        )+
    };
}

led_by!(
    WarmPool: pool_state,
    CreditSpecification: cpu_credits,
    Retries: backoff,
);

/// Whether the field of that index is this one.
fn leads<S: Declared>(index: usize, field: Field) -> bool {
    spec_of::<S>(index).is_some_and(|spec| spec.name == field.name)
}

/// Sections that every scenario has, by their paths.
macro_rules! fixed {
    ($($Name:ident = $path:literal: $Type:ty => $($part:ident).*;)+) => {
        /// A section that every scenario has.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Fixed {
            $(#[doc = concat!("`", $path, "`")] $Name,)+
        }

        impl Fixed {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$Name),+];

            /// Returns its path in documents; empty: that of the scenario itself.
            #[must_use]
            pub const fn path(self) -> &'static str {
                match self {
                    $(Self::$Name => $path,)+
                }
            }

            fn of(self, scenario: &Scenario) -> &dyn Section {
                match self {
                    $(Self::$Name => &(*scenario)$(.$part)*,)+
                }
            }

            fn of_mut(self, scenario: &mut Scenario) -> &mut dyn Section {
                match self {
                    $(Self::$Name => &mut (*scenario)$(.$part)*,)+
                }
            }

            fn spec(self, index: usize) -> Option<&'static Spec> {
                match self {
                    $(Self::$Name => spec_of::<$Type>(index),)+
                }
            }
        }
    };
}

fixed! {
    Scenario = "": Scenario => ;
    LoadTest = "load_test": LoadTest => load_test;
    Expected = "expected": Expected => expected;
    Instance = "instance": Instance => instance;
    CreditSpecification = "instance.credit_specification": CreditSpecification => instance.credit_specification;
    Retries = "retries": Retries => retries;
    Service = "service": Service => service;
    Objective = "objective": Objective => objective;
    SlowInstance = "slow_instance": SlowInstance => slow_instance;
    LaunchCapacity = "launch_capacity": LaunchCapacity => launch_capacity;
    MissingMetric = "missing_metric": MissingMetric => missing_metric;
    Serverless = "serverless": Serverless => serverless;
    Asynchronous = "asynchronous": Asynchronous => asynchronous;
    ScalableTarget = "scalable_target": ScalableTarget => scalable_target;
    SuspendedState = "scalable_target.SuspendedState": SuspendedState => scalable_target.suspended;
    Assumptions = "assumptions": Assumptions => assumptions;
    InferenceComponent = "inference_component": InferenceComponent => inference_component;
    ComputeResourceRequirements = "inference_component.ComputeResourceRequirements": ComputeResourceRequirements => inference_component.requirements;
    SchedulingConfig = "inference_component.SchedulingConfig": SchedulingConfig => inference_component.scheduling;
    ManagedInstanceScaling = "inference_component.ManagedInstanceScaling": ManagedInstanceScaling => inference_component.scaling;
    ScaleInPolicy = "inference_component.ManagedInstanceScaling.ScaleInPolicy": ScaleInPolicy => inference_component.scaling.scale_in;
    AutoScalingGroup = "auto_scaling_group": AutoScalingGroup => auto_scaling_group;
    WarmPool = "auto_scaling_group.WarmPool": WarmPool => auto_scaling_group.warm_pool;
}

impl Fixed {
    /// Returns a field of it.
    #[must_use]
    pub const fn field(self, name: &'static str) -> Field {
        Place::Section(self).field(name)
    }
}

/// A section that an item of a list may have: its table, and where it is in the item.
struct ItemSection<T: 'static> {
    spec: fn(usize) -> Option<&'static Spec>,
    of: fn(&T) -> Option<&dyn Section>,
    of_mut: fn(&mut T) -> Option<&mut dyn Section>,
}

/// Such a section, by its type, and where it is: once to read, once to change.
macro_rules! item_section {
    ($Type:ty, |$item:ident| $of:expr, $of_mut:expr) => {
        ItemSection {
            spec: spec_of::<$Type>,
            of: |$item| Some($of),
            of_mut: |$item| Some($of_mut),
        }
    };
}

const LAYER: &[ItemSection<Layer>] = &[
    item_section!(Layer, |it| it, it),
    item_section!(Shape, |it| &it.shape, &mut it.shape),
];

const FAILURE: &[ItemSection<Failure>] = &[item_section!(Failure, |it| it, it)];

const OTHER_MACHINE: &[ItemSection<OtherMachine>] = &[item_section!(OtherMachine, |it| it, it)];

const ACTION: &[ItemSection<ScheduledAction>] = &[
    item_section!(ScheduledAction, |it| it, it),
    item_section!(ScalableTargetAction, |it| &it.action, &mut it.action),
];

const STEP: &[ItemSection<StepAdjustment>] = &[item_section!(StepAdjustment, |it| it, it)];

/// Of two fields of one name the first that is there is meant: a policy's metric, before one of a specification within it.
const POLICY: &[ItemSection<ScalingPolicy>] = &[
    item_section!(ScalingPolicy, |it| it, it),
    item_section!(
        TargetTracking,
        |it| it.target_tracking.as_ref()?,
        it.target_tracking.as_mut()?
    ),
    item_section!(
        PredefinedMetricSpecification,
        |it| &it.target_tracking.as_ref()?.metric,
        &mut it.target_tracking.as_mut()?.metric
    ),
    item_section!(
        CustomizedMetricSpecification,
        |it| it.target_tracking.as_ref()?.customized_metric.as_ref()?,
        it.target_tracking.as_mut()?.customized_metric.as_mut()?
    ),
    item_section!(
        StepScaling,
        |it| it.step_scaling.as_ref()?,
        it.step_scaling.as_mut()?
    ),
    item_section!(
        SimpleScaling,
        |it| it.simple_scaling.as_ref()?,
        it.simple_scaling.as_mut()?
    ),
    item_section!(
        PredictiveScaling,
        |it| it.predictive_scaling.as_ref()?,
        it.predictive_scaling.as_mut()?
    ),
    item_section!(
        PredictiveMetricSpecification,
        |it| it.predictive_scaling.as_ref()?.metrics.first()?,
        it.predictive_scaling.as_mut()?.metrics.first_mut()?
    ),
    item_section!(
        PredefinedMetricPair,
        |it| it
            .predictive_scaling
            .as_ref()?
            .metrics
            .first()?
            .pair
            .as_ref()?,
        it.predictive_scaling
            .as_mut()?
            .metrics
            .first_mut()?
            .pair
            .as_mut()?
    ),
    item_section!(MetricAlarm, |it| it.alarm.as_ref()?, it.alarm.as_mut()?),
];

/// Most parts of a place.
const MOST_PARTS: usize = POLICY.len();

impl Place {
    /// Returns a part of the place; `None` where it is not there.
    fn section(self, part: usize, scenario: &Scenario) -> Option<&dyn Section> {
        match self {
            Self::Section(fixed) => (part == 0).then(|| fixed.of(scenario)),
            Self::Item(List::Demand, id) => (LAYER.get(part)?.of)(scenario.demand.of(id)?),
            Self::Item(List::Failures, id) => (FAILURE.get(part)?.of)(scenario.failures.of(id)?),
            Self::Item(List::OtherMachines, id) => {
                (OTHER_MACHINE.get(part)?.of)(scenario.other_machines.of(id)?)
            }
            Self::Item(List::Policies, id) => (POLICY.get(part)?.of)(scenario.policies.of(id)?),
            Self::Item(List::Actions, id) => {
                (ACTION.get(part)?.of)(scenario.scheduled_actions.of(id)?)
            }
            Self::Step(policy, step) => {
                let steps = scenario.policies.of(policy)?.step_scaling.as_ref()?;
                (STEP.get(part)?.of)(steps.steps.of(step)?)
            }
        }
    }

    /// The same, to change it.
    fn section_mut(self, part: usize, scenario: &mut Scenario) -> Option<&mut dyn Section> {
        match self {
            Self::Section(fixed) => (part == 0).then(|| fixed.of_mut(scenario)),
            Self::Item(List::Demand, id) => (LAYER.get(part)?.of_mut)(scenario.demand.of_mut(id)?),
            Self::Item(List::Failures, id) => {
                (FAILURE.get(part)?.of_mut)(scenario.failures.of_mut(id)?)
            }
            Self::Item(List::OtherMachines, id) => {
                (OTHER_MACHINE.get(part)?.of_mut)(scenario.other_machines.of_mut(id)?)
            }
            Self::Item(List::Policies, id) => {
                (POLICY.get(part)?.of_mut)(scenario.policies.of_mut(id)?)
            }
            Self::Item(List::Actions, id) => {
                (ACTION.get(part)?.of_mut)(scenario.scheduled_actions.of_mut(id)?)
            }
            Self::Step(policy, step) => {
                let steps = scenario.policies.of_mut(policy)?.step_scaling.as_mut()?;
                (STEP.get(part)?.of_mut)(steps.steps.of_mut(step)?)
            }
        }
    }

    /// Returns the sections that are there, an item's own first.
    pub fn sections(self, scenario: &Scenario) -> impl Iterator<Item = &dyn Section> {
        (0..MOST_PARTS).filter_map(move |part| self.section(part, scenario))
    }

    /// Returns all fields that there can be in such a place, whatever this one is.
    pub fn specs(self) -> impl Iterator<Item = &'static Spec> {
        let spec = move |part: usize, index: usize| match self {
            Self::Section(fixed) => fixed.spec(index).filter(|_| part == 0),
            Self::Item(List::Demand, _) => (LAYER.get(part)?.spec)(index),
            Self::Item(List::Failures, _) => (FAILURE.get(part)?.spec)(index),
            Self::Item(List::OtherMachines, _) => (OTHER_MACHINE.get(part)?.spec)(index),
            Self::Item(List::Policies, _) => (POLICY.get(part)?.spec)(index),
            Self::Item(List::Actions, _) => (ACTION.get(part)?.spec)(index),
            Self::Step(..) => (STEP.get(part)?.spec)(index),
        };
        (0..MOST_PARTS).flat_map(move |part| (0..).map_while(move |index| spec(part, index)))
    }
}

/// Returns where a field is: the part of its place, and the index in its table. Of several of one name the first that holds
/// something is meant, or else the first of all.
fn find(scenario: &Scenario, field: Field) -> Option<(usize, usize)> {
    let mut first = None;
    for part in 0..MOST_PARTS {
        let Some(section) = field.place.section(part, scenario) else {
            continue;
        };
        for (index, spec) in (0..).map_while(|index| Some((index, section.spec(index)?))) {
            if spec.name == field.name {
                if section.read(index).is_some() {
                    return Some((part, index));
                }
                first = first.or(Some((part, index)));
            }
        }
    }
    first
}

/// Returns the section that a field is in, and its index there.
pub(super) fn entry(scenario: &Scenario, field: Field) -> Option<(&dyn Section, usize)> {
    let (part, index) = find(scenario, field)?;
    Some((field.place.section(part, scenario)?, index))
}

/// The same, to change it.
pub(super) fn entry_mut(
    scenario: &mut Scenario,
    field: Field,
) -> Option<(&mut dyn Section, usize)> {
    let (part, index) = find(scenario, field)?;
    Some((field.place.section_mut(part, scenario)?, index))
}

/// Returns all places of a scenario, in the order in which the page has them: the run and its demand, the other sections, what
/// fails, policies, each with its steps, scheduled actions.
#[must_use]
pub fn places(scenario: &Scenario) -> Vec<Place> {
    let items = |list: List| {
        list.ids(scenario)
            .iter()
            .map(move |id| Place::Item(list, *id))
    };
    let mut sections = Fixed::ALL.iter().copied().map(Place::Section);
    let mut places = Vec::from_iter(sections.next());
    places.extend(items(List::Demand));
    places.extend(sections);
    places.extend(items(List::Failures));
    for (policy, given) in scenario.policies.numbered() {
        places.push(Place::Item(List::Policies, policy));
        let steps = given
            .step_scaling
            .iter()
            .flat_map(|steps| steps.steps.ids());
        places.extend(steps.map(|step| Place::Step(policy, *step)));
    }
    places.extend(items(List::Actions));
    places.extend(items(List::OtherMachines));
    places
}
