//! `POST /api/partner/tenant/add`

use axum::{body::Bytes, extract::State};
use serde::Serialize;

use crate::{
    app::App,
    auth::PartnerId,
    body::{Body, Fields, utf16_len},
    clock::DAY,
    diacritics,
    envelope::{ErrorCode, HandlerResult, success},
    seed::{self, packages},
    settings::FAILING_LOCAL_PART,
    store::Tenant,
};

/// Names must be shorter than this.
const NAME_LIMIT: usize = 255;
const MIN_PASSWORD: usize = 8;

const TRIAL: i64 = 30 * DAY;
const DOMAIN_TERM: i64 = 365 * DAY;

#[derive(Serialize)]
struct CreatedTenant<'a> {
    id: &'a str,
}

struct CreateRequest<'a> {
    email: &'a str,
    full_name: &'a str,
    owner_name: &'a str,
    phone: &'a str,
    auto_active: bool,
}

pub async fn handle(State(app): State<App>, partner: PartnerId, bytes: Bytes) -> HandlerResult {
    let fields = Body::parse(&bytes).fields(ErrorCode::BodyRequestIsRequired, ErrorCode::RequestInvalid)?;
    let request = validate(&fields)?;

    let now = app.now();
    let mut store = app.store();
    if store.has_email(request.email) {
        return Err(ErrorCode::EmailRegistered.into());
    }
    let mut id = seed::id(&mut store.random, now);
    while store.has_id(&id) {
        id = seed::id(&mut store.random, now);
    }
    let delay = app.settings.activation_ms;
    let wait = store.random.between_signed(delay.min, delay.max);
    let api_key = seed::api_key(&mut store.random);
    let tenant = Tenant {
        partner,
        full_name: request.full_name.to_owned(),
        owner_name: request.owner_name.to_owned(),
        email: request.email.to_owned(),
        phone: request.phone.to_owned(),
        description: String::new(),
        enabled: true,
        activates_at: request.auto_active.then_some(now + wait),
        domain: domain(request.full_name, &id),
        domain_expire: now + DOMAIN_TERM,
        expire_date: now + TRIAL,
        paid_type: "prepaid".into(),
        balance: 0,
        service_balance: 0,
        api_key,
        public_numbers: Vec::new(),
        service_package: packages::TRIAL.until(now + TRIAL, 0),
        top_ups: Vec::new(),
        purchases: Vec::new(),
        id: id.clone(),
    };
    store.add(tenant);
    Ok(success(CreatedTenant { id: &id }))
}

fn validate(fields: &Fields) -> Result<CreateRequest<'_>, ErrorCode> {
    let email = fields.required_text("email")?;
    let password = fields.required_text("password")?;
    let full_name = fields.required_text("fullName")?;
    let owner_name = fields.required_text("ownerName")?;
    let phone = fields.required_text("phone")?;
    let auto_active = fields.optional_bool("isAutoActive")?.unwrap_or_default();
    if utf16_len(full_name) >= NAME_LIMIT || utf16_len(owner_name) >= NAME_LIMIT {
        return Err(ErrorCode::RequestInvalid);
    }
    if !is_email(email) {
        return Err(ErrorCode::EmailInvalid);
    }
    if !is_password(password) {
        return Err(ErrorCode::PasswordInvalid);
    }
    if email.split_once('@').is_some_and(|(local, _)| local.eq_ignore_ascii_case(FAILING_LOCAL_PART)) {
        return Err(ErrorCode::CreateTenantError);
    }
    Ok(CreateRequest { email, full_name, owner_name, phone, auto_active })
}

/// A plain address: no quoted parts, no comments, no address literals.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let is_local = (1..=64).contains(&local.len())
        && local.split('.').all(|atom| {
            !atom.is_empty()
                && atom.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte))
        });
    let is_domain = domain.contains('.')
        && domain.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        });
    is_local && is_domain && text.len() <= 254
}

/// At least eight characters, with an upper-case letter, a lower-case letter, a digit and a special character.
fn is_password(text: &str) -> bool {
    utf16_len(text) >= MIN_PASSWORD
        && text.chars().any(char::is_uppercase)
        && text.chars().any(char::is_lowercase)
        && text.chars().any(char::is_numeric)
        && text.chars().any(|character| !character.is_alphanumeric())
}

/// The domain of a new tenant: derived from its name, plus a part of its id, because names are not unique.
fn domain(full_name: &str, id: &str) -> String {
    let mut domain: String = diacritics::slug(full_name).chars().take(24).collect();
    domain.extend(id.chars().rev().take(6));
    domain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validates_email_addresses() {
        for good in ["a@b.vn", "Lan.Nguyen+crm@mail.example.com", "o'hara_1@xn--bcher-kva.example"] {
            assert!(is_email(good), "{good}");
        }
        let long_local = format!("{}@example.com", "a".repeat(65));
        let long = format!("a@{}.vn", ["b".repeat(63).as_str(); 4].join("."));
        for bad in [
            "",
            "lan",
            "lan@",
            "@example.com",
            "lan@localhost",
            "lan@example..com",
            ".lan@example.com",
            "lan.@example.com",
            "lan@-example.com",
            "lan@example-.com",
            "lan@@example.com",
            "lan@exam ple.com",
            " lan@example.com",
            "lan@example.com\n",
            "lân@example.com",
            "lan@ví-dụ.vn",
            &long_local,
            &long,
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn a_password_needs_all_four_kinds_of_characters() {
        for good in ["Abcdef1!", "Mật khẩu 1", "Ab1_____", "ĐườngSố9?"] {
            assert!(is_password(good), "{good}");
        }
        for bad in ["Abcde1!", "abcdefg1!", "ABCDEFG1!", "Abcdefgh!", "Abcdefg1", "12345678!"] {
            assert!(!is_password(bad), "{bad}");
        }
    }

    #[test]
    fn domains_are_ascii_and_unique() {
        let one = domain("Công ty Đại Phát", "0123456789abcdef01234567");
        assert_eq!(one, "congtydaiphat765432");
        assert_ne!(one, domain("Công ty Đại Phát", "0123456789abcdef01234568"));
        assert_eq!(domain("株式会社", "0123456789abcdef01234567"), "765432");
    }
}
