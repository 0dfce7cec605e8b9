//! What a reader predicts before anything is seen, and how far that is from what happens.

use study::{lesson::Prediction, progress::Predicted, unit::Unit};
use words::{AskAgain, Words};

/// How a prediction compares with what is right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Off {
    /// It is right, or near enough.
    Right,
    /// Another answer is right.
    Other,
    /// It is by so much lower, or earlier.
    Below(f64),
    /// It is by so much higher, or later.
    Above(f64),
}

/// Returns what a number of a prediction is a number of.
pub fn unit(prediction: &Prediction) -> Unit {
    match prediction {
        Prediction::Choice { .. } => Unit::Number,
        Prediction::Number { unit, .. } => *unit,
        Prediction::Moment { .. } => Unit::Moment,
    }
}

/// Reads what was chosen, typed or slid to. A moment is in seconds.
///
/// # Errors
/// Why it is no prediction yet.
pub fn guess_of(words: Words, prediction: &Prediction, typed: &str) -> Result<Predicted, AskAgain> {
    match prediction {
        _ if typed.is_empty() => Err(AskAgain::Nothing),
        Prediction::Choice { .. } => Ok(Predicted::Choice(typed.to_owned())),
        Prediction::Number { unit, .. } => words.read_quantity(typed, *unit).map(Predicted::Number),
        // As the slider has it.
        Prediction::Moment { .. } => {
            let at_s = typed.parse().map_err(|_| AskAgain::NoNumber)?;
            Ok(Predicted::Number(at_s))
        }
    }
}

/// Returns how a prediction compares; `answer`: the number that is right, where it is one.
pub fn compare(prediction: &Prediction, answer: Option<f64>, guess: &Predicted) -> Option<Off> {
    let (within, given) = match (prediction, guess) {
        (Prediction::Choice { answer, .. }, Predicted::Choice(chosen)) => {
            return Some(if chosen == answer {
                Off::Right
            } else {
                Off::Other
            });
        }
        (Prediction::Number { within, .. }, Predicted::Number(given)) => {
            (within * answer?.abs(), *given)
        }
        (Prediction::Moment { within_s, .. }, Predicted::Number(given)) => (*within_s, *given),
        _ => return None,
    };
    let off = given - answer?;
    Some(if off.abs() <= within + 1e-9 {
        Off::Right
    } else if off < 0.0 {
        Off::Below(-off)
    } else {
        Off::Above(off)
    })
}

#[cfg(test)]
mod tests {
    use study::expression::Expression;
    use words::Lang;

    use super::*;

    fn number(unit: Unit, within: f64) -> Prediction {
        let answer = Expression::parse("failed_requests").unwrap();
        Prediction::Number {
            answer,
            unit,
            within,
        }
    }

    fn moment() -> Prediction {
        Prediction::Moment {
            answer: Expression::parse("change_ended(0)").unwrap(),
            within_s: 60.0,
            from: "02:00".to_owned(),
            to: "03:00".to_owned(),
        }
    }

    fn choice() -> Prediction {
        Prediction::Choice {
            options: vec!["a".to_owned(), "b".to_owned()],
            answer: "b".to_owned(),
            proof: Vec::new(),
        }
    }

    #[test]
    fn predictions_are_compared_with_what_is_right() {
        for (prediction, typed, answer, off) in [
            (choice(), "b", None, Ok(Off::Right)),
            (choice(), "a", None, Ok(Off::Other)),
            (choice(), "", None, Err(AskAgain::Nothing)),
            (
                number(Unit::Requests, 0.1),
                "900",
                Some(1000.0),
                Ok(Off::Right),
            ),
            (
                number(Unit::Requests, 0.1),
                "1,101",
                Some(1000.0),
                Ok(Off::Above(101.0)),
            ),
            (number(Unit::Requests, 0.0), "0", Some(0.0), Ok(Off::Right)),
            (
                number(Unit::Requests, 0.1),
                "899",
                Some(1000.0),
                Ok(Off::Below(101.0)),
            ),
            (
                number(Unit::Instances, 0.1),
                "x",
                Some(5.0),
                Err(AskAgain::OtherUnit),
            ),
            (moment(), "7500", Some(7_440.0), Ok(Off::Right)),
            (moment(), "7620", Some(7_440.0), Ok(Off::Above(180.0))),
        ] {
            let guess = guess_of(Words::new(Lang::En), &prediction, typed);
            let found = guess.map(|guess| compare(&prediction, answer, &guess));
            assert_eq!(found, off.map(Some), "{typed}");
        }
        let foreign = compare(&moment(), Some(1.0), &Predicted::Choice("a".to_owned()));
        assert_eq!(foreign, None);
    }
}
