//! The rules for arguments that belong to no single resource.

/// The largest integer that a JavaScript number holds exactly.
pub const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;
/// The longest delay that a browser's timer can hold.
const MAX_TIMER_MS: f64 = 2_147_483_647.0;

/// Length as the server (Java) and an HTML `maxlength` count it: in UTF-16 units.
pub fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A character that is not seen in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hidden {
    pub character: char,
    /// Counted from 1, in characters and not in UTF-16 units.
    pub position: usize,
}

/// What is neither white space nor a control character and not seen either: Unicode's `Default_Ignorable_Code_Point`, the
/// annotation marks, and the two symbols that are blank.
const INVISIBLE: &[(char, char)] = &[
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d159}', '\u{1d159}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

pub fn is_hidden(c: char) -> bool {
    c.is_whitespace() || c.is_control() || INVISIBLE.iter().any(|&(first, last)| (first..=last).contains(&c))
}

/// Whether nothing of a text is seen.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_hidden)
}

/// The first hidden character of a text that may hold none.
pub fn hidden(text: &str) -> Option<Hidden> {
    first_hidden(text, |_, _, _| false)
}

/// The first hidden character of a text that may hold spaces, and what joins or varies the character before it, as in emoji
/// and Persian.
pub fn stray_hidden(text: &str) -> Option<Hidden> {
    first_hidden(text, |before, c, after| {
        let joins = matches!(
            c,
            '\u{180b}'..='\u{180f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0020}'..='\u{e01ef}'
        );
        let is_keycap = c == '\u{fe0f}' && after == '\u{20e3}';
        c == ' ' || is_keycap || joins && can_be_joined(before)
    })
}

/// False for the letters of Latin, Greek and Cyrillic and for most punctuation: a joiner after them changes nothing.
fn can_be_joined(c: char) -> bool {
    matches!(c, '©' | '®' | '\u{590}'..='\u{1dff}' | '\u{200c}' | '\u{200d}' | '‼' | '⁉' | '\u{2100}'..)
}

/// `is_allowed` gets the character before, the hidden one, and the one after; a space where there is none.
fn first_hidden(text: &str, is_allowed: fn(char, char, char) -> bool) -> Option<Hidden> {
    let mut before = ' ';
    let mut characters = text.chars().enumerate().peekable();
    while let Some((index, character)) = characters.next() {
        let after = characters.peek().map_or(' ', |(_, after)| *after);
        if is_hidden(character) && !is_allowed(before, character, after) {
            return Some(Hidden { character, position: index + 1 });
        }
        before = character;
    }
    None
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
    fn hidden_characters_are_found() {
        let at = |position: usize, character: char| Some(Hidden { character, position });
        assert_eq!(hidden("lan@saomai.vn"), None);
        assert_eq!(hidden("\u{feff}lan@saomai.vn"), at(1, '\u{feff}'));
        assert_eq!(hidden("đ😀\u{200b}"), at(3, '\u{200b}'));
        assert_eq!(hidden("👩\u{200d}🚀"), at(2, '\u{200d}'));
        assert_eq!(hidden("a b"), at(2, ' '));
    }

    #[test]
    fn parts_of_emoji_and_scripts_are_no_strays() {
        let scotland = "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}";
        for good in [
            "Mật khẩu 1",
            "👩\u{200d}🚀",
            "❤\u{fe0f}\u{200d}🔥",
            "©\u{fe0f} 1\u{fe0f}\u{20e3}",
            "می\u{200c}خواهم",
            "ᠠ\u{180b}",
            scotland,
        ] {
            assert_eq!(stray_hidden(good), None, "{good}");
        }
        for bad in [
            "a\u{200d}b",
            "\u{fe0f}a",
            "1\u{200c}",
            "1\u{fe0f}",
            "a\u{a0}b",
            "a\tb",
            "đ\u{200b}",
            "ế\u{200d}",
            "я\u{200c}",
            "😀\u{ad}",
            " \u{200d}",
        ] {
            assert!(stray_hidden(bad).is_some(), "{bad:?}");
        }
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
