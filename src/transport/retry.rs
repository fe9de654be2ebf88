//! When a read is sent again.

use js_sys::Date;
use wasm_bindgen::JsValue;

const FIRST_DELAY_MS: f64 = 500.0;
const MAX_DELAY_MS: f64 = 8_000.0;
/// A longer `Retry-After` is not waited for.
const MAX_RETRY_AFTER_MS: f64 = 60_000.0;

/// The delay before retry number `retry` (0 for the first one), or `None` where the server asks for too long a delay.
/// `random` in 0..1 spreads clients that failed together over the second half of the delay.
pub fn delay_ms(retry: u32, retry_after_ms: Option<f64>, random: f64) -> Option<f64> {
    if let Some(requested) = retry_after_ms {
        return (requested <= MAX_RETRY_AFTER_MS).then_some(requested);
    }
    let doubled = FIRST_DELAY_MS * f64::from(1_u32 << retry.min(16));
    let delay = doubled.min(MAX_DELAY_MS);
    Some(delay * (0.5 + random / 2.0))
}

/// Whether a read that failed with this status may succeed later.
pub fn is_transient(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// The delay that a `Retry-After` header asks for: seconds, or an HTTP date. Anything else counts as absent. A date is compared
/// with `server_date`, the `Date` header of the same response; where CORS hides that header, it counts as absent, as the clock of
/// the computer may be wrong.
pub fn retry_after_ms(header: &str, server_date: Option<&str>) -> Option<f64> {
    seconds_ms(header).or_else(|| {
        let (date, now) = (http_date_ms(header)?, http_date_ms(server_date?)?);
        Some((date - now).max(0.0))
    })
}

fn seconds_ms(header: &str) -> Option<f64> {
    let digits = header.trim_ascii();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // More digits than fit ask for too long a delay anyway.
    Some(f64::from(digits.parse().unwrap_or(u32::MAX)) * 1000.0)
}

/// Epoch ms of a date such as `Sun, 06 Nov 1994 08:49:37 GMT`. `Date.parse` takes much that is no HTTP date, but writes a date
/// in one way only.
fn http_date_ms(header: &str) -> Option<f64> {
    let text = header.trim_ascii();
    let date = Date::new(&JsValue::from_str(text));
    let ms = date.get_time();
    (ms >= 0.0 && date.to_utc_string() == text).then_some(ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_maximum() {
        let full: Vec<_> = (0..6).map(|retry| delay_ms(retry, None, 1.0)).collect();
        assert_eq!(full, [500.0, 1000.0, 2000.0, 4000.0, 8000.0, 8000.0].map(Some));
        assert_eq!(delay_ms(40, None, 1.0), Some(8000.0));
    }

    #[test]
    fn jitter_takes_at_most_half() {
        assert_eq!(delay_ms(0, None, 0.0), Some(250.0));
        assert_eq!(delay_ms(3, None, 0.5), Some(3000.0));
    }

    #[test]
    fn the_server_may_ask_for_one_minute() {
        assert_eq!(delay_ms(0, Some(60_000.0), 0.0), Some(60_000.0));
        assert_eq!(delay_ms(0, Some(60_001.0), 0.0), None);
        assert_eq!(delay_ms(5, Some(0.0), 1.0), Some(0.0));
    }

    #[test]
    fn retry_after_in_seconds() {
        assert_eq!(seconds_ms(" 120 "), Some(120_000.0));
        assert_eq!(seconds_ms("0"), Some(0.0));
        assert_eq!(seconds_ms("99999999999999999999"), Some(4_294_967_295_000.0));
    }

    #[test]
    fn anything_else_is_not_a_number_of_seconds() {
        for odd in ["", " ", "-1", "+1", "1.5", "soon", "0x1", "1e3", "١"] {
            assert_eq!(seconds_ms(odd), None, "{odd:?}");
        }
    }

    #[test]
    fn transient_statuses() {
        let transient: Vec<u16> = (100..600).filter(|status| is_transient(*status)).collect();
        assert_eq!(transient, [408, 429, 500, 502, 503, 504]);
    }
}
