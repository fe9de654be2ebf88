//! Who calls: keys are exchanged for tokens, and partner endpoints want a partner's token.

use std::collections::HashMap;

use axum::{
    extract::{FromRequestParts, State},
    http::{StatusCode, header, request::Parts},
};
use serde::Serialize;

use crate::{
    app::App,
    cli::{EMPTY_KEY, ExpiredAs, SUSPENDED_KEY},
    clock::SECOND,
    envelope::{Answer, Code, Refusal, done},
    gateway,
    query::Parameters,
    random,
};

/// A partner, by its place among [`Partners`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartnerId(usize);

/// The partner whose tenants are seeded.
pub const MAIN_PARTNER: PartnerId = PartnerId(0);

pub struct Partner {
    pub full_name: &'static str,
    pub email: &'static str,
    pub description: &'static str,
    pub balance: i64,
    pub suspended: bool,
    api_key: String,
}

/// The resellers this sandbox knows. There is no way to make another.
pub struct Partners([Partner; 3]);

impl Partners {
    pub fn new(main_key: &str) -> Self {
        Self([
            Partner {
                full_name: "Đại lý Viễn thông Sao Mai",
                email: "partner@example.com",
                description: "Đại lý mẫu, quản lý các doanh nghiệp được tạo sẵn",
                balance: 250_000_000,
                suspended: false,
                api_key: main_key.to_owned(),
            },
            Partner {
                full_name: "Đại lý Khởi Đầu",
                email: "empty@example.com",
                description: "Đại lý mẫu, chưa có doanh nghiệp nào",
                balance: 0,
                suspended: false,
                api_key: EMPTY_KEY.to_owned(),
            },
            Partner {
                full_name: "Đại lý Tạm Ngưng",
                email: "suspended@example.com",
                description: "Đại lý mẫu, đang bị tạm ngưng",
                balance: 0,
                suspended: true,
                api_key: SUSPENDED_KEY.to_owned(),
            },
        ])
    }

    pub fn get(&self, id: PartnerId) -> Option<&Partner> {
        self.0.get(id.0)
    }

    fn by_key(&self, key: &str) -> Option<PartnerId> {
        self.0.iter().position(|partner| partner.api_key == key).map(PartnerId)
    }
}

#[derive(Clone, Copy)]
enum Holder {
    Partner(PartnerId),
    Tenant,
}

struct Grant {
    holder: Holder,
    expires_at: i64,
}

/// The tokens in use. Many may be valid at once, for the same key too.
#[derive(Default)]
pub struct Tokens(HashMap<String, Grant>);

impl Tokens {
    fn issue(&mut self, token: String, grant: Grant, now: i64) {
        // The dead ones go now, or a long run would collect them all.
        self.0.retain(|_, grant| now < grant.expires_at);
        self.0.insert(token, grant);
    }

    fn holder(&self, token: &str, now: i64) -> Option<Holder> {
        self.0.get(token).filter(|grant| now < grant.expires_at).map(|grant| grant.holder)
    }

    /// Ends all tokens issued so far and says how many there were.
    pub fn expire_all(&mut self) -> usize {
        let count = self.0.len();
        self.0.clear();
        count
    }
}

#[derive(Serialize)]
struct Token<'a> {
    access_token: &'a str,
    access_type: &'static str,
    token_type: &'static str,
}

/// `GET /api/auth?apiKey=`
pub async fn sign_in(State(app): State<App>, parameters: Parameters) -> Answer {
    let key = parameters.get("apiKey").filter(|key| !key.trim().is_empty()).ok_or(Code::ApiKeyIsRequired)?;
    let (holder, access_type) = if let Some(partner) = app.partners.by_key(key) {
        // Spelt as the provider spells it.
        (Holder::Partner(partner), "bussiness")
    } else if app.store().has_api_key(key) {
        (Holder::Tenant, "normal")
    } else {
        return Err(Code::ApiKeyInvalid.into());
    };
    let Ok(token) = random::secret() else {
        return Ok(gateway::page(StatusCode::INTERNAL_SERVER_ERROR));
    };
    let now = app.now();
    let grant = Grant { holder, expires_at: now + i64::from(app.cli.token_ttl) * SECOND };
    app.tokens().issue(token.clone(), grant, now);
    Ok(done(Token { access_token: &token, access_type, token_type: "Bearer" }))
}

/// The calling partner. A handler that asks for it is reached by partners in good standing only.
impl FromRequestParts<App> for PartnerId {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let now = app.now();
        let holder = bearer(parts).and_then(|token| app.tokens().holder(token, now));
        match holder {
            Some(Holder::Partner(id)) => match app.partners.get(id) {
                Some(partner) if !partner.suspended => Ok(id),
                _ => Err(Code::PartnerInvalid.into()),
            },
            Some(Holder::Tenant) => Err(Code::TenantInvalid.into()),
            None => Err(match app.cli.expired_as {
                ExpiredAs::Http401 => Refusal::Unauthorized,
                ExpiredAs::Envelope => Code::PartnerInvalid.into(),
            }),
        }
    }
}

fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}
