//! What a tenant's balance says about a top-up.

use super::reconcile::Outcome;
use crate::decimal::Decimal;

/// What the difference says. Charged calls and top-ups by others change the balance too, so only a multiple of the amount
/// says anything.
pub fn outcome(before: f64, after: f64, amount: f64) -> Outcome {
    outcome_of(difference(before, after), amount)
}

/// Whether the balance after is the larger one.
pub fn has_risen(before: f64, after: f64) -> bool {
    difference(before, after).map_or(after > before, |difference| difference.digits > 0)
}

fn difference(before: f64, after: f64) -> Option<Decimal> {
    Decimal::of(after)?.minus(Decimal::of(before)?)
}

fn outcome_of(difference: Option<Decimal>, amount: f64) -> Outcome {
    // Validated: an integer that a double holds exactly.
    let amount = Decimal { digits: amount as i64, scale: 0 };
    let Some((risen, amount)) = difference.and_then(|risen| Some((risen.digits, amount.at(risen.scale)?))) else {
        return Outcome::Inconclusive;
    };
    match (risen.checked_div(amount), risen.checked_rem(amount)) {
        (Some(0), Some(0)) => Outcome::NotApplied,
        (Some(1), Some(0)) => Outcome::Applied,
        (Some(2..), Some(0)) => Outcome::AppliedMoreThanOnce,
        _ => Outcome::Inconclusive,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(before: &str, after: &str, amount: f64) -> Outcome {
        let difference = Decimal::parse(after).and_then(|after| after.minus(Decimal::parse(before)?));
        outcome_of(difference, amount)
    }

    #[test]
    fn only_multiples_of_the_amount_say_anything() {
        let cases = [
            ("500", Outcome::NotApplied),
            ("10500", Outcome::Applied),
            ("20500", Outcome::AppliedMoreThanOnce),
            ("110500", Outcome::AppliedMoreThanOnce),
            ("10499", Outcome::Inconclusive),
            ("10500.01", Outcome::Inconclusive),
            ("10850", Outcome::Inconclusive),
            ("150", Outcome::Inconclusive),
            ("-9500", Outcome::Inconclusive),
            ("1e21", Outcome::Inconclusive),
            ("9223372036854775807", Outcome::Inconclusive),
            ("NaN", Outcome::Inconclusive),
        ];
        for (after, expected) in cases {
            assert_eq!(outcome("500", after, 10_000.0), expected, "{after}");
        }
        assert_eq!(outcome("4166549.61", "4216549.61", 50_000.0), Outcome::Applied);
        assert_eq!(outcome("-0.5", "9999.50", 10_000.0), Outcome::Applied);
        assert_eq!(outcome("0.3", "0.30", 10_000.0), Outcome::NotApplied);
    }
}
