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
/// annotation marks, the format controls of hieroglyphs, noncharacters, and the two symbols that are blank.
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
    ('\u{fdd0}', '\u{fdef}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{13430}', '\u{1343f}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d159}', '\u{1d159}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Marks that are placed on the character before them.
const COMBINING: &[(char, char)] = &[
    ('\u{300}', '\u{36f}'),
    ('\u{1ab0}', '\u{1aff}'),
    ('\u{1dc0}', '\u{1dff}'),
    ('\u{20d0}', '\u{20ff}'),
    ('\u{fe20}', '\u{fe2f}'),
];

/// Unicode's `Emoji` above ASCII, up to U+FFFF.
#[rustfmt::skip]
const SYMBOLS: &[(char, char)] = &[
    ('\u{a9}', '\u{a9}'), ('\u{ae}', '\u{ae}'), ('\u{203c}', '\u{203c}'), ('\u{2049}', '\u{2049}'),
    ('\u{2122}', '\u{2122}'), ('\u{2139}', '\u{2139}'), ('\u{2194}', '\u{2199}'), ('\u{21a9}', '\u{21aa}'),
    ('\u{231a}', '\u{231b}'), ('\u{2328}', '\u{2328}'), ('\u{23cf}', '\u{23cf}'), ('\u{23e9}', '\u{23f3}'),
    ('\u{23f8}', '\u{23fa}'), ('\u{24c2}', '\u{24c2}'), ('\u{25aa}', '\u{25ab}'), ('\u{25b6}', '\u{25b6}'),
    ('\u{25c0}', '\u{25c0}'), ('\u{25fb}', '\u{25fe}'), ('\u{2600}', '\u{2604}'), ('\u{260e}', '\u{260e}'),
    ('\u{2611}', '\u{2611}'), ('\u{2614}', '\u{2615}'), ('\u{2618}', '\u{2618}'), ('\u{261d}', '\u{261d}'),
    ('\u{2620}', '\u{2620}'), ('\u{2622}', '\u{2623}'), ('\u{2626}', '\u{2626}'), ('\u{262a}', '\u{262a}'),
    ('\u{262e}', '\u{262f}'), ('\u{2638}', '\u{263a}'), ('\u{2640}', '\u{2640}'), ('\u{2642}', '\u{2642}'),
    ('\u{2648}', '\u{2653}'), ('\u{265f}', '\u{2660}'), ('\u{2663}', '\u{2663}'), ('\u{2665}', '\u{2666}'),
    ('\u{2668}', '\u{2668}'), ('\u{267b}', '\u{267b}'), ('\u{267e}', '\u{267f}'), ('\u{2692}', '\u{2697}'),
    ('\u{2699}', '\u{2699}'), ('\u{269b}', '\u{269c}'), ('\u{26a0}', '\u{26a1}'), ('\u{26a7}', '\u{26a7}'),
    ('\u{26aa}', '\u{26ab}'), ('\u{26b0}', '\u{26b1}'), ('\u{26bd}', '\u{26be}'), ('\u{26c4}', '\u{26c5}'),
    ('\u{26c8}', '\u{26c8}'), ('\u{26ce}', '\u{26cf}'), ('\u{26d1}', '\u{26d1}'), ('\u{26d3}', '\u{26d4}'),
    ('\u{26e9}', '\u{26ea}'), ('\u{26f0}', '\u{26f5}'), ('\u{26f7}', '\u{26fa}'), ('\u{26fd}', '\u{26fd}'),
    ('\u{2702}', '\u{2702}'), ('\u{2705}', '\u{2705}'), ('\u{2708}', '\u{270d}'), ('\u{270f}', '\u{270f}'),
    ('\u{2712}', '\u{2712}'), ('\u{2714}', '\u{2714}'), ('\u{2716}', '\u{2716}'), ('\u{271d}', '\u{271d}'),
    ('\u{2721}', '\u{2721}'), ('\u{2728}', '\u{2728}'), ('\u{2733}', '\u{2734}'), ('\u{2744}', '\u{2744}'),
    ('\u{2747}', '\u{2747}'), ('\u{274c}', '\u{274c}'), ('\u{274e}', '\u{274e}'), ('\u{2753}', '\u{2755}'),
    ('\u{2757}', '\u{2757}'), ('\u{2763}', '\u{2764}'), ('\u{2795}', '\u{2797}'), ('\u{27a1}', '\u{27a1}'),
    ('\u{27b0}', '\u{27b0}'), ('\u{27bf}', '\u{27bf}'), ('\u{2934}', '\u{2935}'), ('\u{2b05}', '\u{2b07}'),
    ('\u{2b1b}', '\u{2b1c}'), ('\u{2b50}', '\u{2b50}'), ('\u{2b55}', '\u{2b55}'), ('\u{3030}', '\u{3030}'),
    ('\u{303d}', '\u{303d}'), ('\u{3297}', '\u{3297}'), ('\u{3299}', '\u{3299}'),
];

fn is_in(c: char, ranges: &[(char, char)]) -> bool {
    ranges.iter().any(|&(first, last)| (first..=last).contains(&c))
}

pub fn is_hidden(c: char) -> bool {
    // The last two of each plane are noncharacters.
    c.is_whitespace() || c.is_control() || is_in(c, INVISIBLE) || u32::from(c) & 0xfffe == 0xfffe
}

/// Whether nothing of a text is seen. A mark without a letter counts as nothing.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| is_hidden(c) || is_in(c, COMBINING))
}

/// The first hidden character of a text that may hold none.
pub fn hidden(text: &str) -> Option<Hidden> {
    first_hidden(text, |_, _, _| false)
}

/// The first hidden character of a text that may hold spaces, and what joins or varies the character before it, as in emoji
/// and Persian.
pub fn stray_hidden(text: &str) -> Option<Hidden> {
    first_hidden(text, |before, c, after| match c {
        ' ' => true,
        '\u{200c}' | '\u{200d}' if has_joiners(before) => !is_hidden(after),
        '\u{200d}' => (is_emoji(before) || before == '\u{fe0f}') && is_emoji(after),
        '\u{fe0f}' if after == '\u{20e3}' => matches!(before, '0'..='9' | '#' | '*'),
        '\u{fe0e}' | '\u{fe0f}' => is_emoji(before),
        '\u{180b}'..='\u{180f}' => matches!(before, '\u{1820}'..='\u{18aa}'),
        '\u{fe00}'..='\u{fe02}' | '\u{e0100}'..='\u{e01ef}' => has_variants(before),
        '\u{e0020}'..='\u{e007e}' => matches!(before, '🏴' | '\u{e0020}'..='\u{e007e}') && is_tag(after),
        '\u{e007f}' => is_tag(before),
        _ => false,
    })
}

/// The scripts in which a joiner changes the letter before it: from Hebrew to Myanmar, Khmer, Mongolian and those of India.
fn has_joiners(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{109f}' | '\u{1780}'..='\u{1cff}' | '\u{a800}'..='\u{abff}' | '\u{11000}'..='\u{11fff}')
        && !is_hidden(c)
}

/// Ideographs, and the letters of Myanmar.
fn has_variants(c: char) -> bool {
    matches!(c, '\u{1000}'..='\u{109f}' | '\u{3001}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}') || is_in(c, SYMBOLS)
}

/// A letter of the name of a flag, or the end of it.
fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0020}'..='\u{e007f}')
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
        for noncharacter in ['\u{fdd0}', '\u{fffe}', '\u{1ffff}', '\u{10fffe}'] {
            assert_eq!(hidden(&format!("a{noncharacter}")), at(2, noncharacter));
        }
        assert_eq!(hidden("𓀀\u{13430}𓀀"), at(2, '\u{13430}'));
        assert_eq!(hidden("e\u{302}\u{303}\u{fffd}"), None);
    }

    #[test]
    fn marks_alone_are_blank() {
        assert!(is_blank("\u{301}") && is_blank(" \u{20e3}\u{200d}"));
        assert!(!is_blank("e\u{301}") && !is_blank("^") && !is_blank("♂"));
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
            "葛\u{e0100}",
            "☎\u{fe0e} 👨\u{200d}👩\u{200d}👧 🏳\u{fe0f}\u{200d}🌈",
            "क\u{94d}\u{200d}ष",
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
            "中\u{200d}",
            "中\u{200d}文",
            "میخواهم\u{200c}",
            "می\u{200c}\u{200c}خواهم",
            "👩\u{200d}",
            "👩\u{200d}\u{200d}🚀",
            "👩\u{200d}a",
            "a\u{fe0f}\u{20e3}",
            "★\u{fe0f}",
            "❤\u{fe0f}\u{fe0f}",
            "a\u{e0100}",
            "🏴\u{e0067}",
            "🚀\u{e0067}\u{e007f}",
            "🏴\u{e007f}",
            "a\u{ffff}",
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
