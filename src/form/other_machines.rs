//! Card: machines to compare the scenario's own with.

use std::rc::Rc;

use scenario::{
    document::OtherMachine,
    field::{ItemId, List},
    other_machines,
};
use yew::prelude::*;

use super::{FormProps, card::Card, fields::is_of_list, item::ItemFold};
use crate::state::{Action, Item};

/// Returns whether there is anything to show: machines can be compared, or are to be taken out.
pub fn is_shown(form: &FormProps) -> bool {
    let scenario = form.scenario();
    other_machines::are_comparable(scenario) || !scenario.other_machines.is_empty()
}

/// Returns the card.
pub fn card(form: &FormProps) -> Html {
    let words = form.words;
    let machines = &form.scenario().other_machines;
    let title = words.card_other_machines();
    let note = words.other_machines_note(machines.len() as u64, &machines.len().to_string());
    let problems = form.problems(|field| is_of_list(field, List::OtherMachines));
    // One that serves twice as much, whatever it is.
    let faster = OtherMachine {
        times: 2.0,
        ..OtherMachine::default()
    };
    let adds = Action::Insert(Rc::new(Item::OtherMachine(faster)));
    html! {
        <Card key={title} {title} {note} open=false {problems}>
            <p class="says">{ words.other_machines_about() }</p>
            if !machines.is_empty() {
                <div class="list">
                    for (id, machine) in machines.numbered() {
                        { fold(form, id, machine) }
                    }
                </div>
            }
            if other_machines::are_comparable(form.scenario()) {
                <p>{ form.button(words.add_other_machine(), adds) }</p>
            }
        </Card>
    }
}

fn fold(form: &FormProps, id: ItemId, machine: &OtherMachine) -> Html {
    let words = form.words;
    let item = ItemFold {
        list: List::OtherMachines,
        id,
        colour: "--line2",
        title: words.machine_title(form.scenario(), machine).into(),
        note: words.machine_times(&words.number(machine.times, 2)),
    };
    let fields = html! {
        <>
            { form.wide(OtherMachine::name.of(id)) }
            { form.wide(OtherMachine::instance_type.of(id)) }
            <div class="pair">{ form.rows([OtherMachine::times.of(id), OtherMachine::usd_per_hour.of(id)]) }</div>
            <div class="pair">{ form.rows([OtherMachine::p50_ms.of(id), OtherMachine::p95_ms.of(id)]) }</div>
            { form.row(OtherMachine::launch_s.of(id)) }
        </>
    };
    item.around(form, false, fields)
}
