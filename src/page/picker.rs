//! Dialog: every instance type in one list, searched by name and accelerator, filtered by size and price.
//!
//! A combobox with its list always open: the search keeps the focus, arrows choose, Enter takes. EC2's types load on demand.

use std::{rc::Rc, sync::OnceLock};

use engine::sort_by_integer;
use gloo::timers::callback::Timeout;
use scenario::{
    catalogue::{InstanceType, PriceKind, parse_ec2, sagemaker},
    document::Scenario,
    platform::Machines,
};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;
use words::{NumberFormat, Words};
use yew::prelude::*;

use super::{modal::Modal, notice::Unloaded};
use crate::{
    browser::{
        dom,
        fetch::{self, SLOW_MS},
        location,
    },
    form::gpu,
    language::use_words,
    typed::{Unit, number::parse},
};

/// The file of EC2's types.
const EC2: &str = "ec2.csv";
/// The button that asks for it.
const ASK: &str = "picker-ec2";
/// The field that searches.
const SEARCH: &str = "picker-search";
/// Rows shown at once, and as many as it takes to the one that is marked; a search narrows them.
const SHOWN: usize = 300;

/// What the dialog needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct PickerProps {
    /// The scenario, whose type is marked.
    pub scenario: Rc<Scenario>,
    /// Called with the scenario on the type chosen.
    pub on_change: Callback<Rc<Scenario>>,
    /// Called once closed.
    pub on_close: Callback<()>,
}

/// EC2's list, once it is there: nobody asks for it twice.
static LIST: OnceLock<Vec<InstanceType>> = OnceLock::new();

/// EC2's list: not asked for, on its way, there, or why it is not.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ec2 {
    Unasked,
    Loading,
    Here(&'static [InstanceType]),
    Lacks(Unloaded),
}

/// What narrows the list.
#[derive(Clone, Debug, Default, PartialEq)]
struct Filter {
    query: String,
    vcpu: String,
    memory: String,
    price: String,
    gpu: bool,
}

impl Filter {
    /// Returns how far a name is from what was searched: the same, beginning with it, other.
    fn distance(&self, known: &InstanceType) -> u8 {
        let query = self.query.trim().to_ascii_lowercase();
        match known.name.strip_prefix(&*query) {
            _ if query.is_empty() => 0,
            Some("") => 0,
            Some(_) => 1,
            None => 2,
        }
    }

    /// Returns the place that is marked, which Enter takes, until a person marks another: of the type in use while nothing narrows the
    /// list, else of the type of that very name, or of the first that can scale.
    fn marked(&self, found: &[&InstanceType], used: &str, burstable_scales: bool) -> Option<usize> {
        let scales = |known: &&InstanceType| burstable_scales || !known.burstable;
        let is_used = |known: &&InstanceType| known.name == used;
        let named = if *self == Self::default() {
            found.iter().position(is_used)
        } else {
            let is_named =
                |known: &&InstanceType| !self.query.is_empty() && self.distance(known) == 0;
            found.iter().position(is_named)
        };
        named.or_else(|| found.iter().position(scales))
    }

    /// Whether a type passes, by bounds in a person's way of writing numbers. Those that are no numbers bound nothing.
    fn passes(&self, known: &InstanceType, format: NumberFormat) -> bool {
        let bound = |text: &str| parse(text, Unit::None, format).ok();
        let at_least = |text: &str, value: Option<f64>| {
            bound(text).is_none_or(|least| value.is_some_and(|value| value >= least))
        };
        let price = known.price.as_ref().map(|price| price.usd_per_hour);
        let gpu_name = known
            .gpu
            .as_ref()
            .map(|gpu| gpu.name.to_ascii_lowercase())
            .unwrap_or_default();
        let name = known.name.to_ascii_lowercase();
        let query = self.query.to_ascii_lowercase();
        query
            .split_whitespace()
            .all(|word| name.contains(word) || gpu_name.contains(word))
            && at_least(&self.vcpu, known.vcpu.map(f64::from))
            && at_least(&self.memory, known.memory_gib.map(f64::from))
            && bound(&self.price).is_none_or(|most| price.is_some_and(|price| price <= most))
            && (!self.gpu || known.gpu.is_some())
    }
}

/// Returns the scenario on another type. A price that was the person's own belonged to the old type; EC2's is not in the catalogue.
fn on_type(scenario: &Scenario, known: &InstanceType) -> Scenario {
    let mut changed = scenario.clone();
    changed.instance.instance_type = known.name.to_string();
    let ec2 = known
        .price
        .as_ref()
        .filter(|price| price.kind == PriceKind::OnDemand);
    changed.instance.usd_per_hour = ec2.map(|price| price.usd_per_hour);
    changed
}

/// The dialog.
#[function_component]
pub fn Picker(
    PickerProps {
        scenario,
        on_change,
        on_close,
    }: &PickerProps,
) -> Html {
    let words = use_words();
    let filter = use_state(Filter::default);
    // The place that a person has marked.
    let active = use_state(|| None::<usize>);
    let ec2 = use_state(|| Ec2::Unasked);

    let more = match *ec2 {
        Ec2::Here(types) => types,
        _ => &[],
    };
    // A group has EC2's types alone.
    let rules = scenario.platform.rules();
    let is_group = rules.machines == Machines::Ec2;
    let mine = if !is_group { sagemaker() } else { &[] };
    let mut found: Vec<&InstanceType> = (mine.iter().chain(more))
        .filter(|known| filter.passes(known, words.format))
        .collect();
    sort_by_integer(&mut found, |known| i64::from(filter.distance(known)));
    let used = &*scenario.instance.instance_type;
    let marked = active.or_else(|| filter.marked(&found, used, rules.burstable_scales));
    let shown = SHOWN.max(marked.map_or(0, |place| place + 1));
    let count = found.len().min(shown);
    let chosen = marked.map(|place| place.min(count.saturating_sub(1)));
    // What is marked is in sight as soon as its list is there; the search has the focus.
    use_effect_with(found.is_empty(), move |_| {
        if let Some(place) = chosen {
            dom::reveal(&row_id(place));
        }
    });

    let take = {
        let (scenario, on_change, on_close) =
            (Rc::clone(scenario), on_change.clone(), on_close.clone());
        Callback::from(move |known: InstanceType| {
            on_change.emit(Rc::new(on_type(&scenario, &known)));
            on_close.emit(());
        })
    };
    let onkeydown = {
        let (active, take) = (active.clone(), take.clone());
        let current = chosen.and_then(|place| found.get(place).map(|known| (*known).clone()));
        Callback::from(move |event: KeyboardEvent| {
            // What fills a form by itself sends events of that name that are of no key.
            if !event.is_instance_of::<KeyboardEvent>() {
                return;
            }
            let to = match &*event.key() {
                "ArrowDown" => chosen.map_or(0, |place| place + 1),
                "ArrowUp" => chosen.unwrap_or(0).saturating_sub(1),
                "PageDown" => chosen.unwrap_or(0) + 10,
                "PageUp" => chosen.unwrap_or(0).saturating_sub(10),
                "Enter" => {
                    event.prevent_default();
                    if let Some(known) = current.clone() {
                        take.emit(known);
                    }
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            let to = to.min(count.saturating_sub(1));
            dom::reveal(&row_id(to));
            active.set(Some(to));
        })
    };
    let narrow = |change: fn(&mut Filter, HtmlInputElement)| {
        let (filter, active) = (filter.clone(), active.clone());
        Callback::from(move |event: InputEvent| {
            let Some(input) = dom::input(&event) else {
                return;
            };
            let mut next = (*filter).clone();
            change(&mut next, input);
            filter.set(next);
            active.set(None);
        })
    };
    let load = {
        let ec2 = ec2.clone();
        Callback::from(move |()| {
            let ec2 = ec2.clone();
            if let Some(types) = LIST.get() {
                ec2.set(Ec2::Here(types));
                return;
            }
            if dom::has_focus(ASK) && *ec2 == Ec2::Unasked {
                dom::focus(SEARCH);
            }
            ec2.set(match *ec2 {
                Ec2::Lacks(_) => Ec2::Lacks(Unloaded::Slow),
                _ => Ec2::Loading,
            });
            let slow = {
                let ec2 = ec2.setter();
                Timeout::new(SLOW_MS, move || ec2.set(Ec2::Lacks(Unloaded::Slow)))
            };
            wasm_bindgen_futures::spawn_local(async move {
                let types = fetch::text(EC2).await.map(|csv| parse_ec2(&csv));
                drop(slow);
                let Some(types) = types.ok().filter(|types| !types.is_empty()) else {
                    ec2.set(Ec2::Lacks(Unloaded::Failed));
                    return;
                };
                // The button goes, and must not take the focus along.
                if dom::has_focus(ASK) {
                    dom::focus(SEARCH);
                }
                ec2.set(Ec2::Here(LIST.get_or_init(|| types)));
            });
        })
    };

    let at_once = load.clone();
    use_effect_with((), move |()| {
        if is_group {
            at_once.emit(());
        }
    });
    let load = load.reform(|_: MouseEvent| ());
    let lack = match *ec2 {
        Ec2::Lacks(why) => Some(why),
        _ => None,
    };

    let rows = found.iter().take(shown).enumerate().map(|(index, known)| {
        let onclick = {
            let (take, known) = (take.clone(), (*known).clone());
            Callback::from(move |_: MouseEvent| take.emit(known.clone()))
        };
        html! {
            <div key={&*known.name} id={row_id(index)} role="option" class="type" aria-selected={(chosen == Some(index)).to_string()}
                data-current={(known.name == used).then_some("true")} {onclick}>
                { cells(words, known) }
            </div>
        }
    });
    let hidden = found.len() - count;
    let bound = |label: &'static str, value: &str, oninput: Callback<InputEvent>| {
        html! {
            <label>{ label }<input inputmode="decimal" autocomplete="off" value={value.to_owned()} {oninput} /></label>
        }
    };
    html! {
        <Modal title={words.card_instance()} wide=true on_close={on_close}>
            <div class="filters">
                <input id={SEARCH} type="search" class="search" role="combobox" aria-label={words.picker_search()} placeholder={words.picker_search()}
                    aria-expanded="true" aria-controls="types" aria-autocomplete="list"
                    aria-activedescendant={chosen.map(row_id)}
                    autocomplete="off" spellcheck="false" autofocus=true value={filter.query.clone()}
                    oninput={narrow(|filter, input| filter.query = input.value())} {onkeydown} />
                { bound(words.picker_vcpu(), &filter.vcpu, narrow(|filter, input| filter.vcpu = input.value())) }
                { bound(words.picker_memory(), &filter.memory, narrow(|filter, input| filter.memory = input.value())) }
                { bound(words.picker_price(), &filter.price, narrow(|filter, input| filter.price = input.value())) }
                <label class="c"><input type="checkbox" checked={filter.gpu} oninput={narrow(|filter, input| filter.gpu = input.checked())} />{ words.column_gpu() }</label>
            </div>
            <div class="type head" aria-hidden="true">
                <span>{ words.column_type() }</span><span>{ words.column_vcpu() }</span><span>{ words.column_memory() }</span>
                <span>{ words.column_gpu() }</span><span>{ words.column_price() }</span>
            </div>
            <div class="types" id="types" role="listbox" tabindex="-1" aria-label={words.card_instance()}>{ for rows }</div>
            <p class="says" role="status">
                { if found.is_empty() { words.picker_nothing(&filter.query) } else { words.picker_results(found.len() as u64, &found.len().to_string()) } }
                { if hidden > 0 { words.picker_more(&hidden.to_string()) } else { String::new() } }
            </p>
            <p class="says" role="status">
                { match *ec2 {
                    Ec2::Loading => words.picker_loading(),
                    Ec2::Lacks(Unloaded::Slow) => words.picker_slow(),
                    Ec2::Lacks(_) => words.picker_failed(),
                    _ => "",
                } }
            </p>
            <p class="row">
                <button type="button" class="b" id={ASK} hidden={matches!(*ec2, Ec2::Loading | Ec2::Here(_))} onclick={load}>
                    { if lack.is_some() { words.again() } else { words.picker_ec2() } }
                </button>
                <button type="button" class="b" hidden={lack != Some(Unloaded::Failed)} onclick={|_: MouseEvent| location::reload()}>{ words.reload() }</button>
                <span class="says">{ words.field_usd_per_hour_about() }</span>
            </p>
        </Modal>
    }
}

/// Returns the id of the row at a place of the list.
fn row_id(place: usize) -> String {
    ["type-", &place.to_string()].concat()
}

/// Returns the cells of a row: type, vCPU, memory, accelerators, price and what kind of price it is.
fn cells(words: Words, known: &InstanceType) -> Html {
    let unknown = || "–".to_owned();
    let memory = |gib: f32| format!("{} {}", words.number(f64::from(gib), 1), words.unit_gib());
    let price = known.price.as_ref();
    let kind = price.map(|price| match price.kind {
        PriceKind::Quoted => words.price_kind_quoted(&price.as_of),
        PriceKind::Estimate => words.price_kind_estimate(&price.as_of),
        PriceKind::OnDemand | PriceKind::Own => words.price_kind_on_demand(&price.as_of),
    });
    html! {<>
        <span><b>{ known.name.to_string() }</b><small hidden={!known.burstable}>{ words.burstable_badge() }</small></span>
        <span>{ known.vcpu.map_or_else(unknown, |vcpu| vcpu.to_string()) }</span>
        <span>{ known.memory_gib.map_or_else(unknown, memory) }</span>
        <span>{ gpu(words, known) }</span>
        <span>{ price.map_or_else(unknown, |price| words.usd_price(price.usd_per_hour)) }<small>{ kind.unwrap_or_default() }</small></span>
    </>}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(change: impl Fn(&mut Filter)) -> usize {
        let mut filter = Filter::default();
        change(&mut filter);
        sagemaker()
            .iter()
            .filter(|known| filter.passes(known, NumberFormat::default()))
            .count()
    }

    #[test]
    fn filters_narrow_the_list() {
        assert_eq!(count(|_| ()), 277);
        assert_eq!(count(|filter| filter.query = "ML.C5.XLARGE".into()), 1);
        assert!(count(|filter| filter.query = "g5 a10g".into()) > 3);
        assert_eq!(count(|filter| filter.query = "no such type".into()), 0);
        assert!(
            count(|filter| filter.vcpu = "96".into()) < count(|filter| filter.vcpu = "8".into())
        );
        assert_eq!(
            count(|filter| filter.price = "abc".into()),
            277,
            "a bound that is no number bounds nothing"
        );
        assert!(
            sagemaker()
                .iter()
                .filter(|known| Filter {
                    gpu: true,
                    ..Filter::default()
                }
                .passes(known, NumberFormat::default()))
                .all(|known| known.gpu.is_some())
        );
    }

    #[test]
    fn enter_takes_nothing_that_cannot_scale_unless_it_is_named() {
        let marked = |query: &str, used: &str, burstable_scales: bool| {
            let filter = Filter {
                query: query.to_owned(),
                ..Filter::default()
            };
            let mut found: Vec<&InstanceType> = sagemaker().iter().collect();
            found.retain(|known| filter.passes(known, NumberFormat::default()));
            sort_by_integer(&mut found, |known| i64::from(filter.distance(known)));
            let place = filter.marked(&found, used, burstable_scales);
            place.map(|place| &*found[place].name)
        };
        let (first, used) = (&*sagemaker()[0].name, "ml.c5.xlarge");
        assert!(sagemaker()[0].burstable, "{first}");
        for (query, used, burstable_scales, expected) in [
            ("", used, false, Some(used)),
            ("", first, false, Some(first)),
            ("", "none", true, Some(first)),
            ("ml.t2.medium", used, false, Some("ml.t2.medium")),
            ("ml.t2", used, false, None),
            ("ml.t2", used, true, Some(first)),
            ("no such type", used, false, None),
        ] {
            let found = marked(query, used, burstable_scales);
            assert_eq!(found, expected, "{query}, {used}");
        }
        for query in ["", "medium"] {
            let found = marked(query, "none", false).unwrap();
            let known = sagemaker().iter().find(|known| known.name == found);
            assert!(!known.unwrap().burstable, "{found}");
        }
    }

    #[test]
    fn another_type_drops_the_price_of_the_old_one() {
        let mut scenario = Scenario::default();
        scenario.instance.usd_per_hour = Some(9.0);
        let changed = on_type(&scenario, &sagemaker()[0]);
        assert_eq!(
            (
                &*changed.instance.instance_type,
                changed.instance.usd_per_hour
            ),
            (&*sagemaker()[0].name, None)
        );
        let ec2 = &parse_ec2("h\nc5.xlarge,4,8,,,,0.17,2026-07-20")[0];
        assert_eq!(on_type(&scenario, ec2).instance.usd_per_hour, Some(0.17));
    }
}
