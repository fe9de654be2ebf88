//! The rules for arguments that belong to no single resource.

/// The largest integer that a JavaScript number holds exactly.
pub const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;
/// The longest delay that a browser's timer can hold.
const MAX_TIMER_MS: f64 = 2_147_483_647.0;

/// Length as the server (Java) and an HTML `maxlength` count it: in UTF-16 units.
pub fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

/// An integer that JavaScript holds exactly. False for NaN and the infinities.
pub fn is_integer(number: f64) -> bool {
    number.abs() <= MAX_SAFE_INTEGER && number.trunc() == number
}

pub fn is_timer_span(ms: f64) -> bool {
    ms > 0.0 && ms <= MAX_TIMER_MS
}

/// An id that cannot leave its place in a URL.
pub fn is_id(id: &str) -> bool {
    !id.is_empty()
        && !has_two_dots(id)
        && id != "."
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':'))
}

pub fn has_two_dots(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair == b"..")
}

/// A bearer token that cannot leave its header.
pub fn is_token(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic())
}

/// A path below the base URL: `/api/…`, which cannot leave it.
pub fn is_path(path: &str) -> bool {
    path.strip_prefix('/').is_some_and(|rest| !rest.is_empty() && is_plain_path(rest))
}

/// Segments that are neither empty nor `.` nor `..`, of characters without a second meaning: no percent-encoding and no `;`,
/// which some servers resolve before they look for segments.
pub fn is_plain_path(path: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,=:@".contains(&b);
    path.split('/').all(|segment| segment.bytes().all(is_plain) && !matches!(segment, "" | "." | ".."))
}

/// Whether a host, as a browser's `URL` writes it, is this machine.
pub fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host == "[::1]"
        || host.ends_with(".localhost")
        // `URL` writes an IPv4 address as four numbers; a name cannot end in a number.
        || host.starts_with("127.") && host.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn loopback_hosts() {
        for host in ["localhost", "sandbox.localhost", "127.0.0.1", "127.255.0.1", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["a.vn", "127.evil.vn", "127.0.0.1.evil.vn", "localhost.evil.vn", "10.0.0.1", "[::2]", "127.1a"] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
