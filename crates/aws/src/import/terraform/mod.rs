//! Terraform: its files, its state, and what `terraform show -json` says of a state or a plan.

mod configuration;
mod evaluate;
mod functions;
mod operators;
mod references;
mod sent;
mod shapes;
mod show;
mod state;
mod templates;
mod variables;

pub(super) use configuration::read;
pub(super) use show::Show;
pub(super) use state::State;

use std::collections::BTreeMap;

use super::Gathering;
use crate::{finding::FindingKind, node::Place};

/// What names Terraform's files among kinds of documents.
pub(super) const ID: &str = "terraform";

/// Resources of types that are not read: how many there are, and where the first stands.
#[derive(Default)]
struct Others(BTreeMap<String, (Place, usize)>);

impl Others {
    fn count(&mut self, resource_type: &str, at: Place) {
        self.0.entry(resource_type.to_owned()).or_insert((at, 0)).1 += 1;
    }

    fn note(self, gathering: &mut Gathering) {
        let mut others: Vec<_> = self.0.into_iter().collect();
        others.sort_by_key(|(_, (at, _))| *at);
        for (resource_type, (at, count)) in others {
            let kind = FindingKind::OtherResources {
                resource_type,
                count,
            };
            gathering.note(at, "", kind);
        }
    }
}
