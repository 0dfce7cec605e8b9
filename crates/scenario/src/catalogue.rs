//! Instance types and their prices: SageMaker's are embedded, EC2's (`static/data/ec2.csv`) the page loads on demand.
//!
//! Both tables name their sources in their first line. A price says of what date it is and whether anybody quoted it.

mod credits;

use std::{borrow::Cow, sync::OnceLock};

pub use credits::{Burstable, burstable, burstable_types};

static SAGEMAKER: &str = include_str!("../data/sagemaker.csv");

/// A machine that can be rented.
#[derive(Clone, Debug, PartialEq)]
pub struct InstanceType {
    /// As AWS spells it (`ml.c5.xlarge`, `c5.xlarge`).
    pub name: Cow<'static, str>,
    /// Virtual processors; `None`: not known.
    pub vcpu: Option<u32>,
    /// Memory in GiB; `None`: not known.
    pub memory_gib: Option<f32>,
    /// Its GPUs or other accelerators.
    pub gpu: Option<Gpu>,
    /// Whether it earns CPU credits (T types); SageMaker refuses to autoscale those.
    pub burstable: bool,
    /// On-demand price in us-east-1; `None`: not known.
    pub price: Option<Price>,
    /// EC2's price of the machine that SageMaker rents, US dollars an hour; `None`: not known, or not SageMaker's.
    ec2_usd_per_hour: Option<f64>,
}

/// The accelerators of an instance.
#[derive(Clone, Debug, PartialEq)]
pub struct Gpu {
    /// Model, in small letters (`a10g`, `inferentia2`).
    pub name: Cow<'static, str>,
    /// How many; 0: a fraction of one.
    pub count: u32,
    /// Memory of each in GiB; `None`: not known.
    pub memory_gib: Option<f32>,
}

/// What an hour of an instance costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// US dollars.
    pub usd_per_hour: f64,
    /// Where it comes from.
    pub kind: PriceKind,
    /// Of what date or years it is (`2026-07-20`, `2024-2025`); empty for the person's own.
    pub as_of: Cow<'static, str>,
}

/// Where a price comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceKind {
    /// AWS's price for SageMaker hosting, as public sources quote it.
    Quoted,
    /// EC2's on-demand price times the factor that quoted prices of its family show.
    Estimate,
    /// EC2's on-demand price.
    OnDemand,
    /// Typed by the person.
    Own,
}

/// Of what date EC2's prices are.
const EC2_AS_OF: &str = "2026-07-20";

/// Returns SageMaker's real-time hosting types, in the order in which AWS's API lists their families.
pub fn sagemaker() -> &'static [InstanceType] {
    static TYPES: OnceLock<Vec<InstanceType>> = OnceLock::new();
    TYPES.get_or_init(|| {
        rows(SAGEMAKER)
            .filter_map(|row| instance_type(row, PriceKind::Quoted, Cow::Borrowed))
            .collect()
    })
}

/// Returns the SageMaker type of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static InstanceType> {
    sagemaker().iter().find(|known| known.name == name)
}

/// Returns what is known of an EC2 type without its list, where SageMaker rents the same machine: that one, and EC2's price.
#[must_use]
pub fn find_ec2(name: &str) -> Option<(&'static InstanceType, Option<Price>)> {
    let twin = find(&["ml.", name].concat())?;
    let price = twin.ec2_usd_per_hour.map(|usd_per_hour| Price {
        usd_per_hour,
        kind: PriceKind::OnDemand,
        as_of: Cow::Borrowed(EC2_AS_OF),
    });
    Some((twin, price))
}

/// Reads the EC2 list; rows that are none are left out.
#[must_use]
pub fn parse_ec2(csv: &str) -> Vec<InstanceType> {
    rows(csv)
        .filter_map(|row| {
            instance_type(row, PriceKind::OnDemand, |text| Cow::Owned(text.to_owned()))
        })
        .collect()
}

/// Whether types of this name earn CPU credits: T and a digit (`t3.large`, `ml.t2.medium`), unlike `trn1`.
#[must_use]
pub fn is_burstable(name: &str) -> bool {
    let family = name.strip_prefix("ml.").unwrap_or(name);
    let mut letters = family.bytes();
    letters.next() == Some(b't') && letters.next().is_some_and(|byte| byte.is_ascii_digit())
}

/// Returns the lines below the one that names the columns.
fn rows(csv: &str) -> impl Iterator<Item = &str> {
    csv.lines().filter(|line| !line.starts_with('#')).skip(1)
}

/// Reads one line: type, vcpu, memory_gib, accelerator, accelerators, accelerator_gib, usd_per_hour, as_of, and in SageMaker's list
/// ec2_usd_per_hour.
fn instance_type<'a>(
    row: &'a str,
    kind: PriceKind,
    text: impl Fn(&'a str) -> Cow<'static, str>,
) -> Option<InstanceType> {
    let mut cells = row.split(',');
    let name = cells.next().filter(|name| name.contains('.'))?;
    let vcpu = cells.next()?.parse().ok();
    // Read in double precision, as all other numbers are: a second way to read them would make the program larger.
    let gib = |cell: &str| cell.parse().ok().map(|gib: f64| gib as f32);
    let memory_gib = gib(cells.next()?);
    let accelerator = cells.next()?;
    let count = cells.next()?.parse().unwrap_or(0);
    let accelerator_gib = gib(cells.next()?);
    let usd_per_hour: Option<f64> = cells.next()?.parse().ok();
    let as_of = cells.next()?;
    let ec2_usd_per_hour = cells.next().and_then(|cell| cell.parse().ok());
    let (kind, as_of) = match as_of.strip_prefix('~') {
        Some(day) => (PriceKind::Estimate, day),
        None => (kind, as_of),
    };
    Some(InstanceType {
        name: text(name),
        vcpu,
        memory_gib,
        gpu: (!accelerator.is_empty()).then(|| Gpu {
            name: text(accelerator),
            count,
            memory_gib: accelerator_gib,
        }),
        burstable: is_burstable(name),
        price: usd_per_hour
            .filter(|usd| usd.is_finite() && *usd > 0.0)
            .map(|usd_per_hour| Price {
                usd_per_hour,
                kind,
                as_of: text(as_of),
            }),
        ec2_usd_per_hour,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    static EC2: &str = include_str!("../../../static/data/ec2.csv");

    fn price(name: &str, types: &[InstanceType]) -> Option<(f64, PriceKind, String)> {
        let found = types.iter().find(|known| known.name == name).unwrap();
        let price = found.price.clone()?;
        Some((price.usd_per_hour, price.kind, price.as_of.into_owned()))
    }

    #[test]
    fn every_type_is_there_once_with_its_price() {
        let ec2 = parse_ec2(EC2);
        assert_eq!((sagemaker().len(), ec2.len()), (277, 1385));
        for (types, priced) in [(sagemaker(), 274), (&ec2, 1367)] {
            let mut names: Vec<_> = types.iter().map(|known| &known.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), types.len());
            assert_eq!(
                types.iter().filter(|known| known.price.is_some()).count(),
                priced
            );
        }
        let quoted = |kind| {
            sagemaker()
                .iter()
                .filter(|known| known.price.as_ref().is_some_and(|price| price.kind == kind))
                .count()
        };
        assert_eq!(
            (quoted(PriceKind::Quoted), quoted(PriceKind::Estimate)),
            (38, 236)
        );
        let day = || "2026-07-20".to_owned();
        assert_eq!(
            price("ml.t2.large", sagemaker()),
            Some((0.111, PriceKind::Estimate, day()))
        );
        assert_eq!(
            price("c5.xlarge", &ec2),
            Some((0.17, PriceKind::OnDemand, day()))
        );
        assert_eq!(price("ml.trn2.48xlarge", sagemaker()), None);
    }

    #[test]
    fn a_machine_that_both_rent_has_the_price_of_ec2s_list() {
        let listed = parse_ec2(EC2);
        let mut both = 0;
        for twin in sagemaker() {
            let name = twin.name.strip_prefix("ml.").unwrap();
            let (found, price) = find_ec2(name).unwrap();
            assert_eq!(&found.name, &twin.name);
            let on_list = listed.iter().find(|known| known.name == name);
            assert_eq!(
                price,
                on_list.and_then(|known| known.price.clone()),
                "{name}"
            );
            both += usize::from(price.is_some());
        }
        assert!(both > 250, "{both}");
        assert_eq!(find_ec2("ml.c5.xlarge"), None);
        assert_eq!(find_ec2("t3.large"), None);
    }

    #[test]
    fn a_type_carries_what_the_picker_shows() {
        let g5 = find("ml.g5.12xlarge").unwrap();
        assert_eq!((g5.vcpu, g5.memory_gib), (Some(48), Some(192.0)));
        let gpu = g5.gpu.as_ref().unwrap();
        assert_eq!(
            (&*gpu.name, gpu.count, gpu.memory_gib),
            ("a10g", 4, Some(22.4))
        );
        assert_eq!(find("ml.p2.xlarge").unwrap().vcpu, None);
        assert_eq!(find("ml.c5"), None);
    }

    #[test]
    fn only_t_types_are_burstable() {
        let burstable: Vec<_> = sagemaker().iter().filter(|known| known.burstable).collect();
        assert_eq!(burstable.len(), 4);
        for (name, is) in [
            ("t3.micro", true),
            ("ml.t2.medium", true),
            ("trn1.2xlarge", false),
            ("m5.large", false),
        ] {
            assert_eq!(is_burstable(name), is, "{name}");
        }
    }

    #[test]
    fn what_is_no_list_gives_no_types() {
        for text in [
            "",
            "<html>",
            "a,b\n<p>not found</p>",
            "#\nh\nx.y,1\n",
            "h\nx,1,2,3,4,5,6,7",
        ] {
            assert_eq!(parse_ec2(text), []);
        }
        assert_eq!(parse_ec2("h\nx.y,,,,,,inf,\n").len(), 1);
        assert_eq!(parse_ec2("h\nx.y,,,,,,inf,\n")[0].price, None);
    }
}
