//! Properties of every text that comes from outside, checked with independent parsers.

use proptest::prelude::*;
use url::Url;

use crate::error::{ErrorKind, Language, messages};
use crate::tenants::params;
use crate::transport::retry::delay_ms;
use crate::validation::rules;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(20_000) })]

    #[test]
    fn a_delay_is_never_longer_than_a_minute(
        retry in any::<u32>(),
        requested in proptest::option::of(0.0..1e13_f64),
        random in 0.0..1.0_f64,
    ) {
        let longest = if requested.is_some() { 60_000.0 } else { 8_000.0 };
        match delay_ms(retry, requested, random) {
            Some(ms) => prop_assert!((0.0..=longest).contains(&ms), "{ms}"),
            None => prop_assert!(requested.is_some_and(|ms| ms > 60_000.0)),
        }
    }

    #[test]
    fn a_path_stays_below_the_base_url(
        path in prop_oneof![any::<String>(), "(/|/{0,2}(\\.{1,3}|%2e|[ -~]{0,5})){0,5}"],
    ) {
        if rules::is_path(&path) {
            let url = Url::parse(&format!("https://a.vn/prefix{path}"));
            let url = url.map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(url.path(), format!("/prefix{path}"));
            prop_assert!(url.query().is_none() && url.fragment().is_none());
            prop_assert_eq!(url.host_str(), Some("a.vn"));
        }
    }

    #[test]
    fn an_id_and_a_token_hold_nothing_else(text in prop_oneof![any::<String>(), "[ -~]{0,30}"]) {
        if rules::is_id(&text) {
            prop_assert!(!text.contains(['/', '\\', '?', '#', '%', '&', ' ']) && !text.contains(".."), "{text}");
        }
        if rules::is_token(&text) {
            prop_assert!(text.bytes().all(|b| (0x21..0x7f).contains(&b)), "{text}");
        }
    }

    #[test]
    fn an_address_has_two_parts(text in prop_oneof![any::<String>(), "[ -~]{0,10}@[ -~]{0,10}"]) {
        if params::is_email(&text) {
            let (local, domain) = text.split_once('@').unwrap_or_default();
            prop_assert!(!local.is_empty() && !domain.is_empty() && !domain.contains('@'), "{text}");
        }
    }

    /// What is hidden comes from Unicode's own tables.
    #[test]
    fn a_hidden_character_is_found_anywhere(
        before in "[a-z0-9@.đ😀]{0,12}",
        hidden in "\\p{Default_Ignorable_Code_Point}|\\p{Cc}|\\p{White_Space}",
        after in "[a-z0-9@.đ😀]{0,12}",
    ) {
        let text = [before.as_str(), &hidden, &after].concat();
        prop_assert!(!params::is_email(&text), "{text:?}");
        let found = rules::hidden(&text).map(|found| (found.position, found.character.to_string()));
        prop_assert_eq!(found, Some((before.chars().count() + 1, hidden.clone())));
        prop_assert!(rules::is_blank(&hidden) && rules::is_blank(&hidden.repeat(3)));
        let address = ["lan@", &text].concat();
        prop_assert!(!params::is_email(&address), "{address:?}");
    }

    #[test]
    fn only_an_emoji_has_the_variation_of_one(
        emoji in "[\\p{Emoji}--[0-9#*]]",
        other in "[\\x{21}-\\x{ffff}&&\\P{Emoji}--\\p{Default_Ignorable_Code_Point}]",
    ) {
        let has_variation = |text: &str| rules::stray_hidden(&[text, "\u{fe0f}"].concat()).is_none();
        prop_assert!(has_variation(&emoji) && !has_variation(&other), "{emoji} {other}");
    }

    #[test]
    fn what_is_seen_is_not_hidden(text in "[\\p{L}\\p{N}\\p{P}\\p{Sm}\\p{Sc}--\\p{Default_Ignorable_Code_Point}]{1,12}") {
        prop_assert_eq!(rules::hidden(&text), None);
        prop_assert!(!rules::is_blank(&text));
    }

    #[test]
    fn a_sentence_quotes_only_codes(
        code in prop_oneof!["\\PC{1,80}", "[ -~]{1,80}", "[a-z_]{1,70}"],
    ) {
        for language in [Language::En, Language::Vi] {
            let kind = ErrorKind::Api { code: code.clone() };
            let sentence = messages::sentence(&kind, language);
            prop_assert!(sentence.ends_with('.'));
            let plain = code.len() <= 64 && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b));
            let silent = ["The server refused the request.", "Máy chủ từ chối yêu cầu."];
            prop_assert_eq!(silent.contains(&sentence.as_str()), !plain, "{}", sentence);
        }
    }

    #[test]
    fn no_password_breaks_the_rules(password in any::<String>()) {
        if params::missing_in_password(&password).is_empty() {
            prop_assert!(rules::utf16_len(&password) >= params::MIN_PASSWORD_LENGTH);
        }
    }
}
