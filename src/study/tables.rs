//! The tables: each with its caption, the names of its rows, and the way to a row's run.

use study::{
    address::Address,
    table::{Cell, Table, TableRow, Tables},
    text::Line,
};
use yew::prelude::*;

use super::{
    reference::{Entry, ReferenceProps, place, use_entries},
    text::Speaker,
};

/// The page.
#[function_component]
pub fn TablesPage(props: &ReferenceProps) -> Html {
    let pack = match use_entries::<Tables>(props, "tables") {
        Ok(pack) => pack,
        Err(lacks) => return lacks,
    };
    let speaker = Speaker {
        sources: &pack.sources,
        ..Speaker::plain()
    };
    let cell = |cell: &Cell| match cell {
        Cell::Number(number) => html! { <td class="n">{ number.clone() }</td> },
        Cell::Text(line) => html! { <td>{ speaker.line(line) }</td> },
    };
    let row = |row: &TableRow| {
        let name = speaker.line(&row.name);
        html! {
            <tr>
                <th scope="row">
                    if let Some(run) = &row.run {
                        <a href={format!("#{run}")}>{ name }</a>
                    } else {
                        { name }
                    }
                </th>
                { for row.cells.iter().map(cell) }
            </tr>
        }
    };
    let way = |table: &Table| {
        let address = Address::Tables(Some(table.id.clone()));
        html! { <a class="b" href={format!("#{address}")}>{ speaker.line(&table.title) }</a> }
    };
    let head = |line: &Line| html! { <th scope="col">{ speaker.line(line) }</th> };
    let table = |table: &Table| {
        let name = place(&table.id);
        // It scrolls sideways, by keys too; its caption stays where it is.
        let says = html! {
            <div class="scrolls" role="region" tabindex="0" aria-labelledby={name.clone()}>
                <table>
                    <caption><div>
                        <h2 id={name} tabindex="-1">{ speaker.line(&table.title) }</h2>
                        { speaker.blocks(&table.about) }
                    </div></caption>
                    <thead><tr>{ for table.columns.iter().map(head) }</tr></thead>
                    <tbody>{ for table.rows.iter().map(row) }</tbody>
                </table>
            </div>
        };
        let entry = Entry {
            id: &table.id,
            says,
            sources: &table.sources,
            // Each of its rows has a run.
            run: None,
            lesson: table.lesson.as_ref(),
        };
        entry.section(props, speaker)
    };
    html! {
        <div class="tables">
            <h1>{ props.words.study_tables() }</h1>
            <nav class="ways" aria-label={props.words.study_tables()}>{ for pack.tables.iter().map(way) }</nav>
            { for pack.tables.iter().map(table) }
        </div>
    }
}
