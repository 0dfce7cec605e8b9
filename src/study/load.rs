//! The packs of the study aid: loaded when a page of it first needs them, kept as long as the page lives.
//!
//! A pack that is slow or does not come is a value, which [`lacking`] says together with the ways on. What stands in packs is
//! `study::pack`'s.

use std::{any::Any, cell::RefCell, collections::BTreeMap, rc::Rc};

use gloo::timers::callback::Timeout;
use study::{
    pack::PackName,
    unpack::{Unpack, unpack},
};
use words::Words;
use yew::{html::ImplicitClone, prelude::*};

use crate::{
    browser::{
        Refused,
        fetch::{self, File, SLOW_MS},
        location,
    },
    page::notice::Unloaded,
};

/// A pack that components share: two are the same if they are one, as comparing all that they say would take long.
#[derive(Clone, Debug)]
pub struct Shared<T>(pub Rc<T>);

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: Clone> ImplicitClone for Shared<T> {}

/// A pack of whatever type.
type Pack = Rc<dyn Any>;

thread_local! {
    /// Those that are there.
    static PACKS: RefCell<BTreeMap<PackName, Pack>> = const { RefCell::new(BTreeMap::new()) };
    /// Their files by name: packs have some in common, as those of two languages have.
    static FILES: RefCell<BTreeMap<String, File>> = const { RefCell::new(BTreeMap::new()) };
}

/// How far a pack is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    Loading,
    Here,
    Lacks(Unloaded),
}

/// A pack, as far as it is there.
#[derive(Clone, Debug)]
pub struct Loaded<T> {
    /// The pack; while one of another language is on its way, the one before.
    pub pack: Option<Rc<T>>,
    /// Why it is not there, once that is worth saying.
    pub lack: Option<Unloaded>,
    /// Asks for it again.
    pub again: Callback<()>,
}

/// Loads the pack of this name unless it is there. Without a name nothing is loaded.
#[hook]
pub fn use_pack<T: Unpack + 'static>(name: Option<PackName>) -> Loaded<T> {
    let (pack, lack, again) = use_any(name, read::<T>);
    let pack = pack.and_then(|pack| pack.downcast().ok());
    Loaded { pack, lack, again }
}

/// Loads several packs, one after another; nothing is there before all of them are.
#[hook]
pub fn use_packs<T: Unpack + 'static>(names: &[PackName]) -> Loaded<Vec<Rc<T>>> {
    let lacks = names.iter().find(|name| kept(name).is_none());
    let Loaded { lack, again, .. } = use_pack::<T>(lacks.cloned());
    let all = names
        .iter()
        .map(|name| kept(name)?.downcast().ok())
        .collect::<Option<Vec<Rc<T>>>>();
    Loaded {
        pack: all.map(Rc::new),
        lack,
        again,
    }
}

fn read<T: Unpack + 'static>(files: &[String]) -> Option<Pack> {
    let pack: T = unpack(files)?;
    Some(Rc::new(pack))
}

/// What makes a pack of the texts of its files.
type Read = fn(&[String]) -> Option<Pack>;

/// The same for any type: what it takes is there once in the program.
#[hook]
fn use_any(name: Option<PackName>, read: Read) -> (Option<Pack>, Option<Unloaded>, Callback<()>) {
    let stage = use_state_eq(|| (None::<PackName>, Stage::Loading));
    let before = use_mut_ref(|| None::<Pack>);
    let asks = {
        let stage = stage.setter();
        use_callback(name.clone(), move |is_anew: bool, name| {
            if let Some(name) = name.clone() {
                ask(name, is_anew, read, stage.clone());
            }
        })
    };
    let here = name.as_ref().and_then(kept);
    {
        let asks = asks.clone();
        use_effect_with((name.clone(), here.is_some()), move |(name, is_here)| {
            if name.is_some() && !is_here {
                asks.emit(false);
            }
        });
    }
    if here.is_some() {
        before.borrow_mut().clone_from(&here);
    }
    let why = match &*stage {
        (of, Stage::Lacks(why)) if here.is_none() && *of == name => Some(*why),
        _ => None,
    };
    let pack = before.borrow().clone();
    (pack, why, asks.reform(|()| true))
}

fn kept(name: &PackName) -> Option<Pack> {
    PACKS.with_borrow(|packs| packs.get(name).cloned())
}

/// Loads a pack, and tells how that goes. Files that are there, or on their way, are asked for again only where the pack is to come
/// `anew`.
fn ask(name: PackName, is_anew: bool, read: Read, tell: UseStateSetter<(Option<PackName>, Stage)>) {
    let of = Some(name.clone());
    let slow = {
        let (tell, of) = (tell.clone(), of.clone());
        let slow = Stage::Lacks(Unloaded::Slow);
        Timeout::new(SLOW_MS, move || tell.set((of, slow)))
    };
    tell.set((of.clone(), Stage::Loading));
    let names = name.files();
    // All of them at once, before any of them is waited for.
    let asked = names.iter().flat_map(|file| asked(file, is_anew));
    let files: Vec<_> = asked.map(File::text).collect();
    wasm_bindgen_futures::spawn_local(async move {
        let mut texts = Vec::new();
        for file in files {
            texts.extend(file.await);
        }
        drop(slow);
        let pack = (texts.len() == names.len()).then(|| read(&texts)).flatten();
        let stage = match pack {
            Some(pack) => {
                PACKS.with_borrow_mut(|packs| packs.insert(name, pack));
                Stage::Here
            }
            None => {
                FILES.with_borrow_mut(|files| files.retain(|name, _| !names.contains(name)));
                Stage::Lacks(Unloaded::Failed)
            }
        };
        tell.set((of, stage));
    });
}

/// Returns a file that is on its way, or there.
fn asked(name: &str, is_anew: bool) -> Result<File, Refused> {
    let before = FILES.with_borrow(|files| files.get(name).cloned());
    if let Some(file) = before.filter(|_| !is_anew) {
        return Ok(file);
    }
    let file = fetch::ask(name)?;
    FILES.with_borrow_mut(|files| files.insert(name.to_owned(), file.clone()));
    Ok(file)
}

/// Returns what stands in the place of a pack that is not there: that it is on its way, or why it is not, and the ways on.
pub fn lacking(words: Words, lack: Option<Unloaded>, again: &Callback<()>) -> Html {
    let sentence = match lack {
        None => words.study_loading(),
        Some(Unloaded::Slow) => words.study_slow(),
        Some(_) => words.study_failed(),
    };
    html! {
        <div class="lacking">
            <p role="status">{ sentence }</p>
            <p class="row" hidden={lack.is_none()}>
                <button type="button" class="b p" onclick={again.reform(|_: MouseEvent| ())}>{ words.again() }</button>
                <button type="button" class="b" hidden={lack != Some(Unloaded::Failed)}
                    onclick={|_: MouseEvent| location::reload()}>{ words.reload() }</button>
            </p>
        </div>
    }
}
