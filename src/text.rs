//! What the core does with text: only what it needs, as the standard library's formatting and searching weigh more than all
//! the rest of its rules.

/// All parts, one after the other.
pub fn join(parts: &[&str]) -> String {
    let mut text = String::with_capacity(parts.iter().map(|part| part.len()).sum());
    for part in parts {
        text.push_str(part);
    }
    text
}

/// What stands before the first `mark`, an ASCII character, and what after it.
pub fn cut(text: &str, mark: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == mark)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// A whole number in decimal digits.
pub fn digits(mut number: u64) -> String {
    let mut last_first = Vec::new();
    loop {
        // Below ten.
        last_first.push(b'0' + (number % 10) as u8);
        number /= 10;
        if number == 0 {
            return last_first.into_iter().rev().map(char::from).collect();
        }
    }
}

/// The number that decimal digits stand for; `u32::MAX` where it is larger.
pub fn number(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let value =
        |text: &str| text.bytes().fold(0_u32, |n, byte| n.saturating_mul(10).saturating_add((byte - b'0').into()));
    is_number.then(|| value(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_keeps_both_sides() {
        assert_eq!(cut("ễ@b@c", b'@'), Some(("ễ", "b@c")));
        assert_eq!(cut("@", b'@'), Some(("", "")));
        assert_eq!(cut("a", b'@'), None);
    }

    #[test]
    fn numbers_and_digits() {
        for n in [0, 7, 10, 4_294_967_295] {
            assert_eq!(digits(n.into()), n.to_string());
            assert_eq!(number(&n.to_string()), Some(n));
        }
        assert_eq!(digits(u64::MAX), u64::MAX.to_string());
        assert_eq!(number("99999999999999999999"), Some(u32::MAX));
        assert_eq!(number("007"), Some(7));
        for odd in ["", "-1", "+1", "1.5", " 1", "x"] {
            assert_eq!(number(odd), None, "{odd:?}");
        }
    }
}
