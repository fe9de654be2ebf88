//! Authentication: API keys are exchanged for tokens, and partner endpoints require a partner's token.

use std::collections::HashMap;

use axum::{
    extract::{FromRequestParts, State},
    http::{StatusCode, header, request::Parts},
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    envelope::{ApiError, ErrorCode, HandlerResult, success},
    gateway,
    query::Parameters,
    random,
    settings::{EMPTY_KEY, ExpiredAs, SUSPENDED_KEY},
};

/// The index of a partner in [`Partners`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub struct PartnerId(usize);

impl PartnerId {
    pub fn is_known(self) -> bool {
        self.0 < PARTNERS
    }
}

const PARTNERS: usize = 3;

/// The partner that owns the seeded tenants.
pub const MAIN_PARTNER: PartnerId = PartnerId(0);

pub struct Partner {
    pub full_name: &'static str,
    pub email: &'static str,
    pub description: &'static str,
    pub suspended: bool,
    api_key: String,
}

/// The partners (resellers) of this sandbox; the list is fixed.
pub struct Partners([Partner; PARTNERS]);

impl Partners {
    pub fn new(main_key: &str) -> Self {
        Self([
            Partner {
                full_name: "Đại lý Viễn thông Sao Mai",
                email: "partner@example.com",
                description: "Đại lý mẫu, quản lý các doanh nghiệp được tạo sẵn",
                suspended: false,
                api_key: main_key.to_owned(),
            },
            Partner {
                full_name: "Đại lý Khởi Đầu",
                email: "empty@example.com",
                description: "Đại lý mẫu, chưa có doanh nghiệp nào",
                suspended: false,
                api_key: EMPTY_KEY.to_owned(),
            },
            Partner {
                full_name: "Đại lý Tạm Ngưng",
                email: "suspended@example.com",
                description: "Đại lý mẫu, đang bị tạm ngưng",
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
enum Subject {
    Partner(PartnerId),
    Tenant,
}

struct IssuedToken {
    subject: Subject,
    expires_at: i64,
}

/// The issued tokens. Several may be valid at the same time, also for the same key.
#[derive(Default)]
pub struct Tokens(HashMap<String, IssuedToken>);

impl Tokens {
    fn issue(&mut self, token: String, issued: IssuedToken, now: i64) {
        // Expired tokens are removed here, so that memory does not grow during a long run.
        self.0.retain(|_, issued| now < issued.expires_at);
        self.0.insert(token, issued);
    }

    fn subject(&self, token: &str, now: i64) -> Option<Subject> {
        self.0.get(token).filter(|issued| now < issued.expires_at).map(|issued| issued.subject)
    }

    /// Invalidates all tokens issued so far and returns their number.
    pub fn expire_all(&mut self) -> usize {
        let count = self.0.len();
        self.0.clear();
        count
    }
}

#[derive(Serialize)]
struct TokenPayload<'a> {
    access_token: &'a str,
    access_type: &'static str,
    token_type: &'static str,
}

/// `GET /api/auth?apiKey=`
pub async fn sign_in(State(app): State<App>, parameters: Parameters) -> HandlerResult {
    let key = parameters.get("apiKey").filter(|key| !key.trim().is_empty()).ok_or(ErrorCode::ApiKeyIsRequired)?;
    let (subject, access_type) = if let Some(partner) = app.partners.by_key(key) {
        // The provider's own spelling.
        (Subject::Partner(partner), "bussiness")
    } else if app.store().has_api_key(key) {
        (Subject::Tenant, "normal")
    } else {
        return Err(ErrorCode::ApiKeyInvalid.into());
    };
    let Ok(token) = random::secret() else {
        return Ok(gateway::html_page(StatusCode::INTERNAL_SERVER_ERROR));
    };
    let now = app.now();
    let issued = IssuedToken { subject, expires_at: now + i64::from(app.settings.token_ttl_ms) };
    app.tokens().issue(token.clone(), issued, now);
    Ok(success(TokenPayload { access_token: &token, access_type, token_type: "Bearer" }))
}

/// Extracts the calling partner. A handler with this argument runs only for partners that are not suspended.
impl FromRequestParts<App> for PartnerId {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let now = app.now();
        let subject = bearer(parts).and_then(|token| app.tokens().subject(token, now));
        match subject {
            Some(Subject::Partner(id)) => match app.partners.get(id) {
                Some(partner) if !partner.suspended => Ok(id),
                _ => Err(ErrorCode::PartnerInvalid.into()),
            },
            Some(Subject::Tenant) => Err(ErrorCode::TenantInvalid.into()),
            None => Err(match app.settings.expired_as {
                ExpiredAs::Http401 => ApiError::Unauthorized,
                ExpiredAs::Envelope => ErrorCode::PartnerInvalid.into(),
            }),
        }
    }
}

fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}
