//! The rules for what people enter about tenants, and the limits that they share with messages and documentation.

use crate::error::Text;
use crate::validation::types::{Param, newtypes};
use crate::validation::{FieldReader, REQUEST_INVALID, rules};

/// A name must be shorter, in UTF-16 units.
pub const NAME_LIMIT: usize = 255;
/// In UTF-16 units.
pub const MIN_PASSWORD_LENGTH: usize = 8;
/// In VND.
pub const MIN_AMOUNT: u32 = 10_000;
/// In UTF-16 units.
pub const MIN_DESCRIPTION_LENGTH: usize = 50;

newtypes! {
    /// An owner's e-mail address.
    Email(String);
    /// Exactly as it was typed.
    Password(String);
    /// A phone number; the server decides about its format.
    Phone(String);
    /// Part of a name or an e-mail address; may be empty.
    Keyword(String);
    /// A name of a business or a person.
    Name(String);
    /// The amount of a top-up, in VND.
    Amount(f64);
    /// The description of a top-up.
    Description(String);
    /// The wallet of a top-up.
    Wallet(String);
}

impl Param for Email {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        let email = reader.text(REQUEST_INVALID)?;
        if let Some(hidden) = rules::hidden(&reader.original()) {
            return reader.hidden("email_invalid", hidden);
        }
        if is_email(&email) {
            return Some(Self(email));
        }
        reader.issue("email_invalid", reader.language().pick(&Text { en: "is not valid", vi: "không hợp lệ" }))
    }
}

impl Email {
    /// The same for addresses that differ in the case of ASCII letters only.
    pub fn folded(&self) -> Self {
        Self(self.0.to_ascii_lowercase())
    }
}

impl Param for Password {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        let password = reader.verbatim()?;
        // The owner could not type it again.
        if let Some(hidden) = rules::stray_hidden(&password) {
            return reader.hidden("password_invalid", hidden);
        }
        let missing = missing_in_password(&password);
        if missing.is_empty() {
            return Some(Self(password));
        }
        let missing: Vec<_> = missing.into_iter().map(|requirement| reader.language().pick(requirement)).collect();
        let predicate = [reader.language().pick(&Text { en: "needs ", vi: "cần có " }), &missing.join(", ")].concat();
        reader.issue("password_invalid", &predicate)
    }
}

impl Param for Phone {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        let phone = reader.text(REQUEST_INVALID)?;
        match rules::stray_hidden(&reader.original()) {
            Some(hidden) => reader.hidden(REQUEST_INVALID, hidden),
            None => Some(Self(phone)),
        }
    }
}

/// A name may hold hidden characters, and is found by them; an address may not, so no tenant would be found. What looks like an
/// empty field finds all, as an empty text does.
impl Param for Keyword {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        let keyword = reader.optional_text()?;
        if rules::is_blank(&keyword) {
            return Some(Self(String::new()));
        }
        match rules::stray_hidden(&reader.original()).filter(|_| keyword.contains('@')) {
            Some(hidden) => reader.hidden(REQUEST_INVALID, hidden),
            None => Some(Self(keyword)),
        }
    }
}

impl Param for Name {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        let name = reader.text(REQUEST_INVALID)?;
        if rules::utf16_len(&name) < NAME_LIMIT {
            return Some(Self(name));
        }
        reader.invalid(&Text { en: "must be shorter than 255 characters", vi: "phải ngắn hơn 255 ký tự" })
    }
}

impl Param for Amount {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        if reader.is_empty_number() {
            return reader.not_entered(REQUEST_INVALID);
        }
        let Some(amount) = reader.value.as_f64() else {
            return reader
                .invalid(&Text { en: "must be a number, such as 50000", vi: "phải là một số, ví dụ 50000" });
        };
        if amount < f64::from(MIN_AMOUNT) {
            let text = &Text { en: "must be at least 10,000 VND", vi: "phải từ 10.000 VND trở lên" };
            return reader.issue("amount_gte_10.000_vnd", reader.language().pick(text));
        }
        if !rules::is_integer(amount) {
            return reader.invalid(&Text {
                en: "must be a whole number of VND, at most 9,007,199,254,740,991",
                vi: "phải là số nguyên VND, không quá 9.007.199.254.740.991",
            });
        }
        Some(Self(amount))
    }
}

impl Param for Description {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        let description = reader.text("description_is_required")?;
        if rules::utf16_len(&description) >= MIN_DESCRIPTION_LENGTH {
            return Some(Self(description));
        }
        let text = &Text { en: "must have at least 50 characters", vi: "phải có ít nhất 50 ký tự" };
        reader.issue("description_is_to_short.gte_50_characters", reader.language().pick(text))
    }
}

impl Param for Wallet {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        let wallet = reader.value.as_string().filter(|wallet| matches!(wallet.as_str(), "SPK" | "NORMAL" | ""));
        wallet.map(Self).or_else(|| reader.not_one_of("\"SPK\", \"NORMAL\", \"\""))
    }
}

/// Refuses what no server accepts and leaves the rest to it: one `@` with something before and after it, and no hidden
/// character, with which nobody could log in.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    !local.is_empty()
        && !domain.is_empty()
        && !domain.contains('@')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && rules::hidden(text).is_none()
}

/// What a password lacks. A character outside ASCII may count as any kind: the server decides.
pub fn missing_in_password(password: &str) -> Vec<&'static Text> {
    let has = |kind: fn(&char) -> bool| password.chars().any(|c| !c.is_ascii() || kind(&c));
    let requirements: [(bool, &Text); 5] = [
        (
            rules::utf16_len(password) >= MIN_PASSWORD_LENGTH,
            &Text { en: "at least 8 characters", vi: "ít nhất 8 ký tự" },
        ),
        (has(char::is_ascii_uppercase), &Text { en: "an upper-case letter", vi: "một chữ in hoa" }),
        (has(char::is_ascii_lowercase), &Text { en: "a lower-case letter", vi: "một chữ thường" }),
        (has(char::is_ascii_digit), &Text { en: "a digit", vi: "một chữ số" }),
        (has(|c| !c.is_ascii_alphanumeric()), &Text { en: "a special character", vi: "một ký tự đặc biệt" }),
    ];
    requirements.into_iter().filter(|(is_met, _)| !is_met).map(|(_, requirement)| requirement).collect()
}

#[cfg(test)]
mod tests {
    use tsify::Tsify;

    use super::*;
    use crate::error::{ErrorKind, Language, messages};
    use crate::tenants::create::CreateTenantParams;
    use crate::tenants::top_up::TopUpParams;

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
        let missing = |password: &str, language: Language| {
            let texts = missing_in_password(password).into_iter().map(|text| language.pick(text));
            texts.collect::<Vec<_>>().join(", ")
        };
        let cases = [
            ("Abcdef1!", ""),
            ("Abcde1!", "at least 8 characters"),
            ("abcdef1!", "an upper-case letter"),
            ("ABCDEF1!", "a lower-case letter"),
            ("Abcdefg!", "a digit"),
            ("Abcdefg1", "a special character"),
            ("abc", "at least 8 characters, an upper-case letter, a digit, a special character"),
        ];
        for (password, expected) in cases {
            assert_eq!(missing(password, Language::En), expected, "{password}");
        }
        assert_eq!(missing("abcdefg!", Language::Vi), "một chữ in hoa, một chữ số");
    }

    #[test]
    fn a_letter_outside_ascii_is_left_to_the_server() {
        assert!(missing_in_password("mậtkhẩu1").is_empty());
        assert_eq!(missing_in_password("ẬẬẬ").len(), 1);
    }

    /// The texts are literals, for formatting numbers would weigh more than all of them.
    #[test]
    fn documentation_and_messages_name_the_limits() {
        let (amount, amount_vi) = (format!("{},000", MIN_AMOUNT / 1000), format!("{}.000", MIN_AMOUNT / 1000));
        let source = include_str!("params.rs");
        let of_code = |code: &str| messages::sentence(&ErrorKind::Api { code: code.into() }, Language::En);
        let (create, top_up) = (CreateTenantParams::DECL, TopUpParams::DECL);
        let too_short = of_code("description_is_to_short.gte_50_characters");
        for (text, limit) in [
            (create, format!("fewer than {NAME_LIMIT} characters")),
            (source, format!("shorter than {NAME_LIMIT} characters")),
            (source, format!("phải ngắn hơn {NAME_LIMIT} ký tự")),
            (create, format!("At least {MIN_PASSWORD_LENGTH} characters")),
            (&of_code("password_invalid"), format!("at least {MIN_PASSWORD_LENGTH} characters")),
            (source, format!("at least {MIN_PASSWORD_LENGTH} characters")),
            (source, format!("ít nhất {MIN_PASSWORD_LENGTH} ký tự")),
            (top_up, format!("{amount} at least")),
            (&of_code("amount_gte_10.000_vnd"), format!("at least {amount} VND")),
            (source, format!("at least {amount} VND")),
            (source, format!("phải từ {amount_vi} VND")),
            (top_up, format!("{MIN_DESCRIPTION_LENGTH} characters at least")),
            (&too_short, format!("at least {MIN_DESCRIPTION_LENGTH} characters")),
            (source, format!("at least {MIN_DESCRIPTION_LENGTH} characters")),
            (source, format!("phải có ít nhất {MIN_DESCRIPTION_LENGTH} ký tự")),
        ] {
            assert!(text.contains(&limit), "{limit}");
        }
    }
}
