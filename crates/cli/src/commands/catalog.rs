//! `headroom catalog`: the instance types with their prices, each with what it is and of when.

use std::io::Write;

use scenario::catalogue::{InstanceType, parse_ec2, sagemaker};
use serde::Serialize;
use words::Words;

use crate::{
    args::CatalogArgs,
    failure::Failure,
    print::{
        json, output,
        table::{self, Align},
    },
    result::price_kind,
};

static EC2: &str = include_str!("../../../../static/data/ec2.csv");

/// An instance type.
#[derive(Serialize)]
struct Entry<'a> {
    r#type: &'a str,
    vcpu: Option<u32>,
    memory_gib: Option<f32>,
    accelerator: Option<&'a str>,
    /// 0: a part of one.
    accelerators: Option<u32>,
    accelerator_memory_gib: Option<f32>,
    burstable: bool,
    usd_per_hour: Option<f64>,
    price_kind: Option<&'static str>,
    price_as_of: Option<&'a str>,
}

impl<'a> Entry<'a> {
    fn of(known: &'a InstanceType) -> Self {
        let (gpu, price) = (known.gpu.as_ref(), known.price.as_ref());
        Self {
            r#type: &known.name,
            vcpu: known.vcpu,
            memory_gib: known.memory_gib,
            accelerator: gpu.map(|gpu| &*gpu.name),
            accelerators: gpu.map(|gpu| gpu.count),
            accelerator_memory_gib: gpu.and_then(|gpu| gpu.memory_gib),
            burstable: known.burstable,
            usd_per_hour: price.map(|price| price.usd_per_hour),
            price_kind: price.map(|price| price_kind(price.kind)),
            price_as_of: price.map(|price| &*price.as_of),
        }
    }

    /// Returns whether each word of a search is in its name or its accelerator's.
    fn holds(&self, search: &str) -> bool {
        let accelerator = self.accelerator.unwrap_or_default().to_lowercase();
        let name = self.r#type.to_lowercase();
        (search.split_whitespace()).all(|word| name.contains(word) || accelerator.contains(word))
    }

    fn cells(&self) -> Vec<String> {
        let words = Words::default();
        let text = |text: Option<&str>| text.unwrap_or("–").to_owned();
        let accelerators = match (self.accelerators, self.accelerator) {
            (Some(0), Some(name)) => format!("part of {name}"),
            (Some(count), Some(name)) => format!("{count} × {name}"),
            _ => "–".to_owned(),
        };
        let memory = self.memory_gib.map(|gib| words.number(f64::from(gib), 1));
        let price = self.usd_per_hour.map(|usd| words.usd_price(usd));
        vec![
            self.r#type.to_owned(),
            text(self.vcpu.map(|vcpu| vcpu.to_string()).as_deref()),
            text(memory.as_deref()),
            accelerators,
            text(price.as_deref()),
            text(self.price_kind),
            text(self.price_as_of),
        ]
    }
}

/// Runs the command.
///
/// # Errors
/// If no type fits the search.
pub fn run(args: &CatalogArgs) -> Result<(), Failure> {
    let ec2 = if args.ec2 { parse_ec2(EC2) } else { Vec::new() };
    let search = args.search.to_lowercase();
    let entries: Vec<Entry> = (sagemaker().iter().chain(&ec2))
        .map(Entry::of)
        .filter(|entry| entry.holds(&search))
        .collect();
    let mut out = output();
    if args.json {
        json::print(&mut out, &entries)?;
        return Ok(out.flush()?);
    }
    if entries.is_empty() {
        let query = &args.search;
        let nothing = Words::default().picker_nothing(query);
        return Err(Failure::Scenario(format!(
            "{nothing} Search for fewer words."
        )));
    }
    let head = [
        "type",
        "vCPU",
        "GiB",
        "accelerators",
        "$/h",
        "price",
        "as of",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(entries.iter().map(Entry::cells));
    let (left, right) = (Align::Left, Align::Right);
    table::print(&mut out, &[left, right, right, left, right], &rows)?;
    Ok(out.flush()?)
}
