//! What holds for every text that comes from elsewhere, with other people's parsers as the judges.

use std::time::{Duration, UNIX_EPOCH};

use proptest::prelude::*;
use url::Url;

use crate::call::request::append_query;
use crate::call::retry::{delay_ms, retry_after_ms};
use crate::error::{Kind, Language};
use crate::{input, messages};

/// Any text, and texts that look like what is asked for.
fn header() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~]{0,40}",
        "[0-9]{1,25}",
        "(Mon|Sun|Xxx), [0-9]{2} (Jan|Feb|Nov|Nope) [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} (GMT|UTC|)",
    ]
}

fn address() -> impl Strategy<Value = String> {
    let host = prop_oneof![
        "(a\\.vn|A\\.VN|localhost|127\\.0\\.0\\.1|127\\.1|0x7f\\.1|10\\.0\\.0\\.1|\\[::1\\]|\\[::\\])",
        "(xn--a|\\p{L}{1,4}\\.vn|[ -~]{0,8})",
    ];
    let parts = ("(https|http|HTTPS|ftp|javascript)", ":/{1,3}", host, "(:[0-9]{0,6})?", "(/[ -~]{0,6}){0,3}");
    prop_oneof![
        any::<String>(),
        parts.prop_map(|(scheme, joint, host, port, path)| [scheme, joint, host, port, path].concat()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(20_000) })]

    #[test]
    fn retry_after_is_a_span_or_nothing(header in header(), now in 0.0..4e12_f64) {
        if let Some(ms) = retry_after_ms(&header, now) {
            prop_assert!(ms.is_finite() && ms >= 0.0, "{ms}");
        }
    }

    #[test]
    fn retry_after_reads_every_date(seconds in 0..253_402_300_799_u64, now in 0..4_000_000_000_u64) {
        let date = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds));
        let expected = seconds.saturating_sub(now) * 1000;
        prop_assert_eq!(retry_after_ms(&date, now as f64 * 1000.0), Some(expected as f64));
    }

    #[test]
    fn what_is_read_as_a_date_is_one(header in header()) {
        let digits_only = header.trim().bytes().all(|b| b.is_ascii_digit());
        if let (false, Some(ms)) = (digits_only, retry_after_ms(&header, 0.0)) {
            // A leap second and a day that the month does not have are passed on to arithmetic.
            if let Ok(date) = httpdate::parse_http_date(header.trim()) {
                let expected = date.duration_since(UNIX_EPOCH).map(|span| span.as_secs() * 1000);
                prop_assert_eq!(expected.ok().map(|ms| ms as f64), Some(ms));
            }
        }
    }

    #[test]
    fn a_pause_is_never_longer_than_a_minute(
        retry in any::<u32>(),
        asked in proptest::option::of(0.0..1e13_f64),
        random in 0.0..1.0_f64,
    ) {
        let longest = if asked.is_some() { 60_000.0 } else { 8_000.0 };
        match delay_ms(retry, asked, random) {
            Some(ms) => prop_assert!((0.0..=longest).contains(&ms), "{ms}"),
            None => prop_assert!(asked.is_some_and(|ms| ms > 60_000.0)),
        }
    }

    #[test]
    fn a_base_url_says_where_the_token_goes(text in address()) {
        if let Ok(base) = input::base_url(&text) {
            prop_assert_eq!(input::base_url(&base), Ok(base.clone()));
            prop_assert!(!base.ends_with('/'));
            // What browsers cannot parse is refused as well, by their own `URL`.
            if let Ok(url) = Url::parse(&base) {
                prop_assert!(url.username().is_empty() && url.password().is_none(), "{url}");
                prop_assert!(url.query().is_none() && url.fragment().is_none(), "{url}");
                let loopback = match url.host() {
                    Some(url::Host::Domain(host)) => host == "localhost" || host.ends_with(".localhost"),
                    Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
                    Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
                    None => false,
                };
                prop_assert!(url.scheme() == "https" || (url.scheme() == "http" && loopback), "{url}");
                let path = url.path().trim_end_matches('/');
                prop_assert!(base.ends_with(path), "{base} became {url}");
            }
        }
    }

    #[test]
    fn a_path_stays_below_the_base_url(
        path in prop_oneof![any::<String>(), "(/|/{0,2}(\\.{1,3}|%2e|[ -~]{0,5})){0,5}"],
    ) {
        if input::is_path(&path) {
            let url = Url::parse(&format!("https://a.vn/prefix{path}"));
            let url = url.map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(url.path(), format!("/prefix{path}"));
            prop_assert!(url.query().is_none() && url.fragment().is_none());
            prop_assert_eq!(url.host_str(), Some("a.vn"));
        }
    }

    #[test]
    fn a_query_says_what_was_put_in(name in any::<String>(), value in any::<String>()) {
        let mut query = String::new();
        append_query(&mut query, "first", "1");
        append_query(&mut query, &name, &value);
        let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        prop_assert_eq!(pairs, [("first".to_owned(), "1".to_owned()), (name, value)]);
    }

    #[test]
    fn an_id_and_a_token_hold_nothing_else(text in prop_oneof![any::<String>(), "[ -~]{0,30}"]) {
        if input::is_id(&text) {
            prop_assert!(!text.contains(['/', '\\', '?', '#', '%', '&', ' ']) && !text.contains(".."), "{text}");
        }
        if input::is_token(&text) {
            prop_assert!(text.bytes().all(|b| (0x21..0x7f).contains(&b)), "{text}");
        }
    }

    #[test]
    fn an_address_has_two_sides(text in prop_oneof![any::<String>(), "[ -~]{0,10}@[ -~]{0,10}"]) {
        if input::is_email(&text) {
            let (local, domain) = text.split_once('@').unwrap_or_default();
            prop_assert!(!local.is_empty() && !domain.is_empty() && !domain.contains('@'), "{text}");
        }
    }

    #[test]
    fn a_sentence_never_quotes_what_is_no_code(
        code in prop_oneof!["\\PC{1,80}", "[ -~]{1,80}", "[a-z_]{1,70}"],
    ) {
        for language in [Language::En, Language::Vi] {
            let kind = Kind::Api { code: code.clone() };
            let sentence = messages::sentence(&kind, language);
            prop_assert!(sentence.ends_with('.'));
            let plain = code.len() <= 64 && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b));
            let silent = ["The server refused the request.", "Máy chủ từ chối yêu cầu."];
            prop_assert_eq!(silent.contains(&sentence.as_str()), !plain, "{}", sentence);
        }
    }

    #[test]
    fn no_password_breaks_the_rules(password in any::<String>()) {
        if let Some(gaps) = input::password_gaps(&password) {
            prop_assert!(gaps.length || gaps.upper || gaps.lower || gaps.digit || gaps.special);
        } else {
            prop_assert!(input::utf16_len(&password) >= 8);
        }
    }
}
