//! When a read is sent again: pure arithmetic.

use crate::text::number;

const FIRST_DELAY_MS: f64 = 500.0;
const LONGEST_DELAY_MS: f64 = 8_000.0;
/// A server that asks for more is not waited for.
const LONGEST_RETRY_AFTER_MS: f64 = 60_000.0;

/// How long to wait before try `retry` (0 for the first repetition), or `None` when the server asks for too much.
/// `random` in 0..1 spreads clients that failed together over the second half of the delay.
pub fn delay_ms(retry: u32, retry_after_ms: Option<f64>, random: f64) -> Option<f64> {
    if let Some(asked) = retry_after_ms {
        return (asked <= LONGEST_RETRY_AFTER_MS).then_some(asked);
    }
    let doubled = FIRST_DELAY_MS * f64::from(1_u32 << retry.min(16));
    let delay = doubled.min(LONGEST_DELAY_MS);
    Some(delay * (0.5 + random / 2.0))
}

/// Whether a read that failed with this status may succeed later.
pub fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// `Retry-After`, in ms from `now_ms` (epoch): seconds, or an HTTP date. What is neither counts as absent.
pub fn retry_after_ms(header: &str, now_ms: f64) -> Option<f64> {
    let header = header.trim_ascii();
    // More digits than fit mean a wait that is too long anyway.
    if let Some(seconds) = number(header) {
        return Some(f64::from(seconds) * 1000.0);
    }
    http_date_ms(header).map(|at| (at - now_ms).max(0.0))
}

/// Epoch ms of an IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date_ms(text: &str) -> Option<f64> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const MARKS: [(usize, u8); 7] = [(3, b','), (4, b' '), (7, b' '), (11, b' '), (16, b' '), (19, b':'), (22, b':')];
    let marked = MARKS.iter().all(|(at, mark)| text.as_bytes().get(*at) == Some(mark));
    if !marked || text.get(25..)? != " GMT" {
        return None;
    }
    let part = |from, to| text.get(from..to).and_then(number);
    let day = part(5, 7).filter(|day| (1..=31).contains(day))?;
    let name = text.get(8..11)?;
    let month = u32::try_from(MONTHS.iter().position(|month| *month == name)?).ok()? + 1;
    let year = part(12, 16).filter(|year| *year >= 1970)?;
    let hour = part(17, 19).filter(|hour| *hour < 24)?;
    let minute = part(20, 22).filter(|minute| *minute < 60)?;
    let second = part(23, 25).filter(|second| *second <= 60)?;
    let seconds = (hour * 60 + minute) * 60 + second;
    Some((f64::from(days_since_epoch(year, month, day)) * 86_400.0 + f64::from(seconds)) * 1000.0)
}

/// Days from 1970-01-01. The year starts in March here, so that the leap day comes last.
fn days_since_epoch(year: u32, month: u32, day: u32) -> u32 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_longest() {
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
    fn the_server_may_ask_for_a_minute() {
        assert_eq!(delay_ms(0, Some(60_000.0), 0.0), Some(60_000.0));
        assert_eq!(delay_ms(0, Some(60_001.0), 0.0), None);
        assert_eq!(delay_ms(5, Some(0.0), 1.0), Some(0.0));
    }

    #[test]
    fn retry_after_in_seconds() {
        assert_eq!(retry_after_ms(" 120 ", 0.0), Some(120_000.0));
        assert_eq!(retry_after_ms("0", 5.0), Some(0.0));
        assert_eq!(retry_after_ms("99999999999999999999", 0.0), Some(4_294_967_295_000.0));
    }

    #[test]
    fn retry_after_as_a_date() {
        let now = 784_111_777_000.0;
        assert_eq!(retry_after_ms("Sun, 06 Nov 1994 08:49:37 GMT", now), Some(0.0));
        assert_eq!(retry_after_ms("Sun, 06 Nov 1994 08:50:07 GMT", now), Some(30_000.0));
        assert_eq!(retry_after_ms("Sun, 06 Nov 1994 08:00:00 GMT", now), Some(0.0));
        assert_eq!(retry_after_ms("Thu, 29 Feb 2024 00:00:00 GMT", 0.0), Some(1_709_164_800_000.0));
        assert_eq!(retry_after_ms("Thu, 01 Jan 1970 00:00:00 GMT", 0.0), Some(0.0));
    }

    #[test]
    fn anything_else_counts_as_absent() {
        let odd = [
            "",
            " ",
            "-1",
            "1.5",
            "soon",
            "Sun, 06 Nov 1994",
            "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 25:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 UTC",
            "Sun, 06 Nov 1994 08:49:37 GMT x",
            "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1914 08:49:37 GMT",
        ];
        for odd in odd {
            assert_eq!(retry_after_ms(odd, 0.0), None, "{odd:?}");
        }
    }

    #[test]
    fn statuses_that_may_pass() {
        let passing: Vec<u16> = (100..600).filter(|status| is_passing(*status)).collect();
        assert_eq!(passing, [408, 429, 500, 502, 503, 504]);
    }
}
