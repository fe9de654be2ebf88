//! `Retry-After` headers, read with the browser's date parser.

use js_sys::Math;
use omicall_partner::transport::retry::retry_after_ms;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::random;

#[wasm_bindgen(module = "/tests/web/support.js")]
extern "C" {
    /// A date as HTTP writes it, without `Date.prototype.toUTCString`, which the core uses.
    #[wasm_bindgen(js_name = imfFixdate)]
    fn imf_fixdate(ms: f64) -> String;
}

/// What the core reads in a response that the server dates `now`.
fn retry_after_at(header: &str, now: f64) -> Option<f64> {
    retry_after_ms(header, Some(&imf_fixdate(now)))
}

/// Epoch ms of a random second before the year 10000.
fn random_time() -> f64 {
    (Math::random() * 253_402_300_800.0).floor() * 1000.0
}

#[wasm_bindgen_test]
fn seconds() {
    assert_eq!(retry_after_ms(" 120 ", None), Some(120_000.0));
    assert_eq!(retry_after_ms("0", None), Some(0.0));
    assert_eq!(retry_after_ms("99999999999999999999", None), Some(4_294_967_295_000.0));
    // `Date.parse` would read a year.
    assert_eq!(retry_after_ms("2001", None), Some(2_001_000.0));
}

#[wasm_bindgen_test]
fn dates() {
    let now = 784_111_777_000.0;
    assert_eq!(retry_after_at("Sun, 06 Nov 1994 08:49:37 GMT", now), Some(0.0));
    assert_eq!(retry_after_at("Sun, 06 Nov 1994 08:50:07 GMT", now), Some(30_000.0));
    assert_eq!(retry_after_at(" Sun, 06 Nov 1994 08:50:07 GMT ", now), Some(30_000.0));
    assert_eq!(retry_after_at("Sun, 06 Nov 1994 08:00:00 GMT", now), Some(0.0));
    assert_eq!(retry_after_at("Thu, 29 Feb 2024 00:00:00 GMT", 0.0), Some(1_709_164_800_000.0));
    assert_eq!(retry_after_at("Thu, 01 Jan 1970 00:00:00 GMT", 0.0), Some(0.0));
}

#[wasm_bindgen_test]
fn without_the_date_of_the_response_a_date_does_not_count() {
    let now = (js_sys::Date::now() / 1000.0).floor() * 1000.0;
    for server_date in [None, Some(""), Some("now"), Some("2024-02-29T00:00:00Z")] {
        for away_ms in [-300_000.0, 0.0, 30_000.0, 90_000.0] {
            assert_eq!(retry_after_ms(&imf_fixdate(now + away_ms), server_date), None, "{server_date:?}: {away_ms}");
        }
    }
}

#[wasm_bindgen_test]
fn other_texts_count_as_absent() {
    let others = [
        "",
        " ",
        "-1",
        "1.5",
        "1e3",
        "soon",
        "Sun, 06 Nov 1994",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 25:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 GMT x",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1914 08:49:37 GMT",
        "Mon, 06 Nov 1994 08:49:37 GMT",
    ];
    for header in others {
        assert_eq!(retry_after_at(header, 0.0), None, "{header:?}");
    }
}

#[wasm_bindgen_test]
fn every_date_is_read() {
    for _ in 0..500 {
        let (date, now) = (random_time(), random_time());
        let header = imf_fixdate(date);
        assert_eq!(retry_after_at(&header, now), Some((date - now).max(0.0)), "{header}, now {now}");
    }
}

#[wasm_bindgen_test]
fn a_changed_date_is_another_date_or_absent() {
    for _ in 0..500 {
        let mut header = imf_fixdate(random_time()).into_bytes();
        let index = random(header.len());
        header[index] = b' ' + random(95) as u8;
        let header = String::from_utf8(header).unwrap();
        if let Some(ms) = retry_after_at(&header, 0.0) {
            assert_eq!(imf_fixdate(ms), header.trim_ascii(), "{header:?}");
        }
    }
}
