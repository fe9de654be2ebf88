//! Money as decimals: binary fractions have no exact cents.

use js_sys::Number;

/// `digits` / 10^`scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    pub digits: i64,
    pub scale: u32,
}

impl Decimal {
    /// A JavaScript number; `None` for one with too many digits.
    pub fn of(number: f64) -> Option<Self> {
        Self::parse(&decimal_text(number)?)
    }

    /// Digits with or without a fraction; `None` for an exponent or too many digits.
    pub fn parse(text: &str) -> Option<Self> {
        let (integer, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = [integer, fraction].concat().parse().ok()?;
        Some(Self { digits, scale: u32::try_from(fraction.len()).ok()? })
    }

    /// The digits at another scale.
    pub fn at(self, scale: u32) -> Option<i64> {
        10_i64.checked_pow(scale.checked_sub(self.scale)?)?.checked_mul(self.digits)
    }

    pub fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let digits = self.at(scale)?.checked_add(other.at(scale)?)?;
        Some(Self { digits, scale })
    }

    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { digits: other.digits.checked_neg()?, ..other })
    }

    pub fn times(self, count: i64) -> Option<Self> {
        Some(Self { digits: self.digits.checked_mul(count)?, ..self })
    }

    /// The nearest JavaScript number, which JavaScript writes with the same digits; `None` for more digits than one holds. Both
    /// numbers of the division are exact, so its result is the nearest one.
    pub fn to_f64(self) -> Option<f64> {
        const MAX_DIGITS: u64 = 1 << 53;
        let divisor = 10_i64.checked_pow(self.scale)?;
        (self.digits.unsigned_abs() <= MAX_DIGITS).then(|| self.digits as f64 / divisor as f64)
    }
}

/// A number as JavaScript writes it. The server may calculate with binary fractions, whose sums have a tail such as that of
/// `0.30000000000000004`: digits after the 15th significant one count only as cents.
fn decimal_text(number: f64) -> Option<String> {
    const RELIABLE_DIGITS: usize = 15;
    const CENTS: usize = 2;
    let number = Number::from(number);
    let text = String::from(number.to_string_with_radix(10).ok()?);
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let integer_digits = match text.split_once('.') {
        // Such as 5.551115123125783e-17.
        _ if text.split_once('e').is_some() => 1,
        Some((integer, _)) if digits(&text) > RELIABLE_DIGITS => digits(integer),
        _ => return Some(text),
    };
    let decimals = RELIABLE_DIGITS.saturating_sub(integer_digits).max(CENTS);
    let fixed = String::from(number.to_fixed(decimals as u8).ok()?);
    // Fewer digits, so that sums stay in range.
    let mut shortest = fixed.as_str();
    while let Some(shorter) = shortest.strip_suffix('0') {
        shortest = shorter;
    }
    Some(shortest.strip_suffix('.').unwrap_or(shortest).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_products_are_exact() {
        let decimal = |digits, scale| Decimal { digits, scale };
        assert_eq!(Decimal::parse("0.977"), Some(decimal(977, 3)));
        assert_eq!(decimal(977, 3).times(6), Some(decimal(5862, 3)));
        assert_eq!(decimal(1, 1).plus(decimal(25, 2)), Some(decimal(35, 2)));
        assert_eq!(decimal(1, 0).minus(decimal(1005, 3)), Some(decimal(-5, 3)));
        assert_eq!(decimal(5862, 3).to_f64(), Some(5.862));
    }

    #[test]
    fn a_number_has_the_same_digits() {
        for scale in 0..=18 {
            for digits in [1, 977, 5862, 89_845, 123_456_789_012_345, -5] {
                let number = Decimal { digits, scale }.to_f64();
                assert_eq!(number, format!("{digits}e-{scale}").parse().ok(), "{digits}e-{scale}");
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for odd in ["", ".", "1e21", "NaN", "Infinity", "9223372036854775808", "1.2.3"] {
            assert_eq!(Decimal::parse(odd), None, "{odd}");
        }
        let largest = Decimal { digits: i64::MAX, scale: 0 };
        assert_eq!((largest.times(2), largest.plus(largest)), (None, None));
        assert_eq!((largest.plus(Decimal { digits: 1, scale: 2 }), largest.to_f64()), (None, None));
    }
}
