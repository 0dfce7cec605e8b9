//! Everything that is wrong with the form, in words, by its field.

use scenario::{compile::Problem, field::Field};
use words::Words;

use crate::{few::Few, form::Errors, state::Unread, typed::Wrong};

/// Returns what could not be read, and what does not make sense; of one field the former.
pub fn errors(words: Words, unread: &Few<Field, Unread>, problems: &[Problem]) -> Errors {
    let mut errors = Errors::default();
    // Of several of one field the first stays.
    for problem in problems.iter().rev() {
        errors.insert(problem.field, words.problem(problem));
    }
    for (field, unread) in unread.iter() {
        errors.insert(*field, wrong(words, unread));
    }
    errors
}

fn wrong(words: Words, unread: &Unread) -> String {
    let text = unread.text.trim();
    match unread.wrong {
        Wrong::Empty => words.wrong_empty().to_owned(),
        Wrong::NotANumber => words.wrong_not_a_number(text),
        Wrong::NotWhole => words.wrong_not_whole(text),
        Wrong::UnknownUnit => words.wrong_unknown_unit(text),
        Wrong::NotATime => words.wrong_not_a_time(text),
    }
}
