//! Reading what a caller passed in: every argument is looked at, every fault is collected, nothing is guessed.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

use crate::error::{BaseUrlFault, Issue, PasswordGaps, Rule};
use crate::js;
use crate::text::{cut, join, number};

/// The code for "something required is missing or not valid".
pub const REQUEST_INVALID: &str = "request_invalid";

/// The longest delay that a browser's timer can hold.
const MAX_TIMER_MS: f64 = 2_147_483_647.0;
/// The largest integer that a JavaScript number holds exactly.
pub const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;
/// The least amount of a top-up, in VND.
const MINIMUM_AMOUNT: f64 = 10_000.0;

/// The faults of one call's arguments.
#[derive(Debug, Default)]
pub struct Issues(pub Vec<Issue>);

impl Issues {
    pub fn add(&mut self, field: &str, code: &'static str, rule: Rule) {
        self.0.push(Issue { field: field.into(), code, rule });
    }
}

/// An argument object whose fields are read one by one.
pub struct Arguments<'a> {
    /// Nothing where it is absent, which counts as empty.
    object: Option<&'a JsValue>,
    pub issues: &'a mut Issues,
}

impl<'a> Arguments<'a> {
    /// Takes `value` as an object that has no other fields than `known`. An absent one counts as empty, unless `required`
    /// names the code of its absence.
    pub fn new(
        value: &'a JsValue,
        name: &str,
        known: &[&[&str]],
        required: Option<&'static str>,
        issues: &'a mut Issues,
    ) -> Option<Self> {
        if let Some(code) = required
            && (value.is_undefined() || value.is_null())
        {
            issues.add(name, code, Rule::Required);
            return None;
        }
        if value.is_undefined() {
            return Some(Self { object: None, issues });
        }
        let Some(names) = js::keys(value) else {
            issues.add(name, REQUEST_INVALID, Rule::Type("object"));
            return None;
        };
        for name in names.iter().filter_map(|name| name.as_string()) {
            if !known.iter().any(|names| names.contains(&name.as_str())) {
                issues.add(&name, "unknown_parameter", Rule::Unknown);
            }
        }
        Some(Self { object: Some(value), issues })
    }

    /// The field as it is; `undefined` when it is absent, or its getter throws.
    pub fn value(&self, field: &str) -> JsValue {
        self.object.map_or(JsValue::UNDEFINED, |object| js::field(object, field))
    }

    /// A field that may be absent, read by `read`, which reports its fault.
    fn optional<T>(
        &mut self,
        field: &str,
        expected: &'static str,
        read: impl FnOnce(&JsValue) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(field);
        if value.is_undefined() {
            return None;
        }
        let result = read(&value);
        if result.is_none() {
            self.issues.add(field, REQUEST_INVALID, Rule::Type(expected));
        }
        result
    }

    pub fn boolean(&mut self, field: &str) -> Option<bool> {
        self.optional(field, "boolean", JsValue::as_bool)
    }

    pub fn function(&mut self, field: &str) -> Option<Function> {
        self.optional(field, "function", |value| value.dyn_ref::<Function>().cloned())
    }

    /// A text that may be absent. NFC, as Vietnamese arrives decomposed from some systems and the server compares exactly.
    pub fn optional_text(&mut self, field: &str) -> Option<String> {
        let text = self.optional(field, "string", |value| value.is_string().then(|| value.clone()))?;
        self.rust_string(field, &text, true)
    }

    /// A text that must be there and hold more than blanks. `missing` is the code of its absence.
    pub fn text(&mut self, field: &str, missing: &'static str) -> Option<String> {
        let text = self.raw_text(field, missing)?;
        if js::blank(&text) {
            self.issues.add(field, missing, Rule::Required);
            return None;
        }
        self.rust_string(field, &text, true)
    }

    /// The same, unnormalised, and of blanks too: what a person types must stay what they typed.
    pub fn verbatim(&mut self, field: &str, missing: &'static str) -> Option<String> {
        let text = self.raw_text(field, missing)?;
        self.rust_string(field, &text, false)
    }

    /// A text that is not empty.
    fn raw_text(&mut self, field: &str, missing: &'static str) -> Option<JsValue> {
        let value = self.value(field);
        let is_text = value.is_string();
        if is_text && js::field(&value, "length").as_f64() > Some(0.0) {
            return Some(value);
        }
        if is_text || value.is_undefined() || value.is_null() {
            self.issues.add(field, missing, Rule::Required);
        } else {
            self.issues.add(field, REQUEST_INVALID, Rule::Type("string"));
        }
        None
    }

    /// A text as a Rust string. A lone surrogate would silently turn into U+FFFD on its way into Rust.
    fn rust_string(&mut self, field: &str, text: &JsValue, nfc: bool) -> Option<String> {
        let string = js::whole(text, nfc);
        if string.is_none() {
            self.issues.add(field, REQUEST_INVALID, Rule::WellFormed);
        }
        string
    }

    /// A whole number from `min` on that may be absent.
    pub fn whole(&mut self, field: &str, min: u32) -> Option<f64> {
        let value = self.value(field);
        if value.is_undefined() {
            return None;
        }
        let number = value.as_f64().filter(|n| is_whole(*n) && *n >= f64::from(min));
        if number.is_none() {
            self.issues.add(field, REQUEST_INVALID, Rule::WholeNumber(min));
        }
        number
    }

    /// A time span that may be absent.
    pub fn milliseconds(&mut self, field: &str) -> Option<f64> {
        let value = self.value(field);
        if value.is_undefined() {
            return None;
        }
        let number = value.as_f64().filter(|ms| *ms > 0.0 && *ms <= MAX_TIMER_MS);
        if number.is_none() {
            self.issues.add(field, REQUEST_INVALID, Rule::Milliseconds);
        }
        number
    }

    /// The amount of a top-up, in VND.
    pub fn amount(&mut self, field: &str) -> Option<f64> {
        let value = self.value(field);
        let Some(amount) = value.as_f64() else {
            let rule = if value.is_undefined() { Rule::Required } else { Rule::Type("number") };
            self.issues.add(field, REQUEST_INVALID, rule);
            return None;
        };
        match amount_fault(amount) {
            None => Some(amount),
            Some((code, rule)) => {
                self.issues.add(field, code, rule);
                None
            }
        }
    }

    /// An owner's e-mail address.
    pub fn email(&mut self, field: &str) -> Option<String> {
        let email = self.text(field, REQUEST_INVALID)?;
        if is_email(&email) {
            return Some(email);
        }
        self.issues.add(field, "email_invalid", Rule::Email);
        None
    }

    /// A name of fewer than 255 characters.
    pub fn name(&mut self, field: &str) -> Option<String> {
        let name = self.text(field, REQUEST_INVALID)?;
        if utf16_len(&name) < 255 {
            return Some(name);
        }
        self.issues.add(field, REQUEST_INVALID, Rule::ShorterThan(255));
        None
    }

    pub fn password(&mut self, field: &str) -> Option<String> {
        let password = self.verbatim(field, REQUEST_INVALID)?;
        match password_gaps(&password) {
            None => Some(password),
            Some(gaps) => {
                self.issues.add(field, "password_invalid", Rule::Password(gaps));
                None
            }
        }
    }
}

/// Length as the server counts it.
pub fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A number without a fraction that JavaScript holds exactly. False for NaN and the infinities.
pub fn is_whole(number: f64) -> bool {
    number.abs() <= MAX_SAFE_INTEGER && number.trunc() == number
}

/// What is wrong with an amount, and the server's code for it.
pub fn amount_fault(amount: f64) -> Option<(&'static str, Rule)> {
    if amount < MINIMUM_AMOUNT {
        Some(("amount_gte_10.000_vnd", Rule::MinimumAmount))
    } else if !is_whole(amount) {
        // NaN too.
        Some((REQUEST_INVALID, Rule::WholeAmount))
    } else {
        None
    }
}

/// Refuses what no server accepts and leaves the rest to it: something before one `@`, something after it, no space.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = cut(text, b'@') else {
        return false;
    };
    !local.is_empty()
        && !domain.is_empty()
        && cut(domain, b'@').is_none()
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// What a password lacks. A character outside ASCII may count as any kind: the server decides.
pub fn password_gaps(password: &str) -> Option<PasswordGaps> {
    let has = |kind: fn(&char) -> bool| password.chars().any(|c| !c.is_ascii() || kind(&c));
    let gaps = PasswordGaps {
        length: utf16_len(password) < 8,
        upper: !has(char::is_ascii_uppercase),
        lower: !has(char::is_ascii_lowercase),
        digit: !has(char::is_ascii_digit),
        special: !has(|c| !c.is_ascii_alphanumeric()),
    };
    (gaps != PasswordGaps::default()).then_some(gaps)
}

/// An id that cannot leave its place in a URL.
pub fn is_id(id: &str) -> bool {
    !id.is_empty()
        && !has_two_dots(id)
        && id != "."
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':'))
}

fn has_two_dots(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair == b"..")
}

/// A bearer token that cannot leave its header.
pub fn is_token(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic())
}

/// A path below the base URL: `/api/…`, with no way out of it.
pub fn is_path(path: &str) -> bool {
    path.strip_prefix('/').is_some_and(|rest| !rest.is_empty() && is_plain_path(rest))
}

/// Segments that are neither empty nor `.` nor `..`, of characters that mean nothing else to anybody on the way: no
/// percent-encoding and no `;`, which some servers resolve before they look for segments.
fn is_plain_path(path: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,=:@".contains(&b);
    let fine = |segment: &str| segment.bytes().all(plain) && !matches!(segment, "" | "." | "..");
    let mut left = path;
    while let Some((segment, rest)) = cut(left, b'/') {
        if !fine(segment) {
            return false;
        }
        left = rest;
    }
    fine(left)
}

/// The base URL without its trailing slash.
pub fn base_url(text: &str) -> Result<String, BaseUrlFault> {
    let (scheme, rest) = cut(text, b':').ok_or(BaseUrlFault::NotAbsolute)?;
    let rest = rest.strip_prefix("//").ok_or(BaseUrlFault::NotAbsolute)?;
    let secure = scheme.eq_ignore_ascii_case("https");
    if !secure && !scheme.eq_ignore_ascii_case("http") {
        return Err(BaseUrlFault::NotAbsolute);
    }
    if rest.bytes().any(|b| matches!(b, b'?' | b'#')) {
        return Err(BaseUrlFault::QueryOrFragment);
    }
    let (authority, path) = match cut(rest, b'/') {
        Some((authority, path)) => (authority, path.strip_suffix('/').unwrap_or(path)),
        None => (rest, ""),
    };
    if cut(authority, b'@').is_some() {
        return Err(BaseUrlFault::Credentials);
    }
    let host = host_of(authority).ok_or(BaseUrlFault::Host)?;
    if !secure && !is_loopback(host) {
        return Err(BaseUrlFault::InsecureHost);
    }
    let scheme = if secure { "https://" } else { "http://" };
    if path.is_empty() {
        return Ok(join(&[scheme, authority]));
    }
    if !is_plain_path(path) {
        return Err(BaseUrlFault::Path);
    }
    Ok(join(&[scheme, authority, "/", path]))
}

/// The host of `host`, `host:port` or `[v6]:port`, when both are well-formed.
fn host_of(authority: &str) -> Option<&str> {
    let port_is_fine = |port: &str| number(port).is_some_and(|port| port <= 65_535);
    if let Some(rest) = authority.strip_prefix('[') {
        let (address, port) = cut(rest, b']')?;
        let fine = address.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.'))
            && cut(address, b':').is_some()
            && (port.is_empty() || port.strip_prefix(':').is_some_and(port_is_fine));
        return fine.then_some(address);
    }
    let (host, port) = match cut(authority, b':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let fine = !host.is_empty()
        && !host.starts_with('.')
        && !has_two_dots(host)
        && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') || is_international(c))
        && port.is_none_or(port_is_fine);
    fine.then_some(host)
}

/// A character of an international domain name, which the browser turns into ASCII or refuses.
fn is_international(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace() && !c.is_control()
}

fn is_loopback(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host == "localhost" || host == "::1" || host.ends_with(".localhost") || is_loopback_v4(&host).is_some()
}

/// `127.x.y.z`
fn is_loopback_v4(host: &str) -> Option<()> {
    let is_byte = |part: &str| number(part).filter(|n| *n < 256);
    let (x, rest) = cut(host.strip_prefix("127.")?, b'.')?;
    let (y, z) = cut(rest, b'.')?;
    is_byte(x).and(is_byte(y)).and(is_byte(z)).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails() {
        for good in ["a@b", "chu@congty.vn", "a.b+c@d-e.example", "đình@ví-dụ.vn"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "@", "a@", "@b", "a", "a b@c", "a@b@c", "a@.b", "a@b.", "a@b\n", " a@b"] {
            assert!(!is_email(bad), "{bad:?}");
        }
    }

    #[test]
    fn each_password_rule() {
        assert_eq!(password_gaps("Abcdef1!"), None);
        let only = |gaps: PasswordGaps, password: &str| assert_eq!(password_gaps(password), Some(gaps), "{password}");
        only(PasswordGaps { length: true, ..Default::default() }, "Abcde1!");
        only(PasswordGaps { upper: true, ..Default::default() }, "abcdef1!");
        only(PasswordGaps { lower: true, ..Default::default() }, "ABCDEF1!");
        only(PasswordGaps { digit: true, ..Default::default() }, "Abcdefg!");
        only(PasswordGaps { special: true, ..Default::default() }, "Abcdefg1");
        only(PasswordGaps { length: true, upper: true, digit: true, special: true, ..Default::default() }, "abc");
    }

    #[test]
    fn a_letter_outside_ascii_is_left_to_the_server() {
        assert_eq!(password_gaps("mậtkhẩu1"), None);
        assert_eq!(password_gaps("ẬẬẬ").map(|gaps| gaps.length), Some(true));
    }

    #[test]
    fn amounts() {
        let code = |amount: f64| amount_fault(amount).map(|(code, _)| code);
        assert_eq!(code(10_000.0), None);
        assert_eq!(code(MAX_SAFE_INTEGER), None);
        assert_eq!(code(9_999.0), Some("amount_gte_10.000_vnd"));
        assert_eq!(code(0.5), Some("amount_gte_10.000_vnd"));
        assert_eq!(code(-1.0), Some("amount_gte_10.000_vnd"));
        assert_eq!(code(f64::NEG_INFINITY), Some("amount_gte_10.000_vnd"));
        for odd in [f64::NAN, f64::INFINITY, 1e20, 10_000.5] {
            assert_eq!(code(odd), Some(REQUEST_INVALID), "{odd}");
        }
    }

    #[test]
    fn lengths_are_utf16_units() {
        assert_eq!(utf16_len("ễ"), 1);
        assert_eq!(utf16_len("e\u{302}\u{303}"), 3);
        assert_eq!(utf16_len("😀"), 2);
    }

    #[test]
    fn ids() {
        for good in ["5f59784273227343222243", "a-b_c.d:e"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", ".", "..", "a/b", "a..b", "a?b", "a b", "😀", "a\nb", "a&b", "a%2e", "a#b"] {
            assert!(!is_id(bad), "{bad:?}");
        }
    }

    #[test]
    fn tokens() {
        assert!(is_token("eyJhbGciOi.J-_~+/="));
        for bad in ["", " ", "a b", "a\n", "a\r\nX: y", "a\0", "tôken"] {
            assert!(!is_token(bad), "{bad:?}");
        }
    }

    #[test]
    fn paths() {
        for good in ["/api/auth", "/api/partner/public_number/list", "/a/b.c", "/a/b:c@d"] {
            assert!(is_path(good), "{good}");
        }
        let bad = [
            "",
            "/",
            "api",
            "//evil.example",
            "/a//b",
            "/a/../b",
            "/a/%2e%2E/b",
            "/.%2e/b",
            "/a/..;/b",
            "/a/%252e",
            "/a/é",
            "/a?b",
            "/a#b",
            "/a b",
            "/a\\b",
            "/a/",
            "/\tb",
        ];
        for bad in bad {
            assert!(!is_path(bad), "{bad:?}");
        }
    }

    #[test]
    fn base_urls_that_are_fine() {
        let same =
            ["https://public-v1-stg.omicall.com", "http://127.0.0.1:8787", "http://[::1]:1", "https://a.vn/omi/v1"];
        for url in same {
            assert_eq!(base_url(url).as_deref(), Ok(url));
        }
        assert_eq!(base_url("https://a.vn/").as_deref(), Ok("https://a.vn"));
        assert_eq!(base_url("https://a.vn/omi/").as_deref(), Ok("https://a.vn/omi"));
        assert_eq!(base_url("HTTPS://a.vn").as_deref(), Ok("https://a.vn"));
        assert!(base_url("http://localhost:8787/x").is_ok() && base_url("http://sandbox.localhost").is_ok());
    }

    #[test]
    fn base_urls_that_are_refused() {
        use BaseUrlFault::*;
        let cases = [
            ("", NotAbsolute),
            ("a.vn", NotAbsolute),
            ("ftp://a.vn", NotAbsolute),
            ("javascript://a", NotAbsolute),
            ("http://a.vn", InsecureHost),
            ("http://127.evil.vn", InsecureHost),
            ("http://127.0.0.1.evil.vn", InsecureHost),
            ("http://localhost.evil.vn", InsecureHost),
            ("https://user:secret@a.vn", Credentials),
            ("https://user@a.vn", Credentials),
            ("https://a.vn?x=1", QueryOrFragment),
            ("https://a.vn/#x", QueryOrFragment),
            ("https://", Host),
            ("https:///x", Host),
            ("https://a.vn:99999", Host),
            ("https://a.vn:+1", Host),
            ("https://a\\b", Host),
            ("https://a b", Host),
            ("https://a%2fb", Host),
            ("https://a..b", Host),
            ("https://a.vn/x/../y", Path),
            ("https://a.vn//x", Path),
            ("https://a.vn/x y", Path),
            ("https://a.vn/x\\y", Path),
        ];
        for (url, fault) in cases {
            assert_eq!(base_url(url), Err(fault), "{url}");
        }
    }
}
