//! The envelope around every answer of the API, and the codes with which it refuses.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::Value;

use crate::gateway;

const DONE: i32 = 9999;
const REFUSED: i32 = -9999;

#[derive(Serialize)]
struct Envelope<'a, P> {
    status_code: i32,
    instance_id: &'static str,
    instance_name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<P>,
    key_enabled: bool,
}

/// An error code of the API: what it writes in `message`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    PartnerInvalid,
    TenantInvalid,
    BodyRequestIsRequired,
    RequestBodyRequired,
    RequestInvalid,
    EmailInvalid,
    PasswordInvalid,
    EmailRegistered,
    CreateTenantError,
    AccessDenied,
    AmountTooSmall,
    DescriptionIsRequired,
    DescriptionTooShort,
    ApiKeyIsRequired,
    ApiKeyInvalid,
    /// Not documented upstream: the pages name no code for an unknown id.
    TenantNotFound,
}

impl Code {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PartnerInvalid => "partner_invalid",
            Self::TenantInvalid => "tenant_invalid",
            Self::BodyRequestIsRequired => "body_request_is_required",
            Self::RequestBodyRequired => "request_body_required",
            Self::RequestInvalid => "request_invalid",
            Self::EmailInvalid => "email_invalid",
            Self::PasswordInvalid => "password_invalid",
            Self::EmailRegistered => "email_registered",
            Self::CreateTenantError => "create_tenant_error",
            Self::AccessDenied => "access_denied",
            Self::AmountTooSmall => "amount_gte_10.000_vnd",
            Self::DescriptionIsRequired => "description_is_required",
            Self::DescriptionTooShort => "description_is_to_short.gte_50_characters",
            Self::ApiKeyIsRequired => "api_key_is_required",
            Self::ApiKeyInvalid => "api_key_invalid",
            Self::TenantNotFound => "tenant_not_found",
        }
    }
}

/// Why a call is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// HTTP 200 and a code in the envelope.
    Code(Code),
    /// HTTP 401 from the gateway, before the API saw the call.
    Unauthorized,
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self::Code(code)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Code(code) => refused(Some(code.as_str()), None),
            Self::Unauthorized => gateway::page(StatusCode::UNAUTHORIZED),
        }
    }
}

const INSTANCE_ID: &str = "sandbox";
const INSTANCE_NAME: &str = "omicall-sandbox";

/// What handlers return.
pub type Answer = Result<Response, Refusal>;

/// The answer to a call that is done. The payload is written out at once, so it may borrow from a locked store.
pub fn done(payload: impl Serialize) -> Response {
    json(&Envelope {
        status_code: DONE,
        instance_id: INSTANCE_ID,
        instance_name: INSTANCE_NAME,
        message: None,
        payload: Some(payload),
        key_enabled: false,
    })
}

/// The answer to a call that is not done; the API itself never says why in a payload.
pub fn refused(message: Option<&str>, payload: Option<Value>) -> Response {
    json(&Envelope {
        status_code: REFUSED,
        instance_id: INSTANCE_ID,
        instance_name: INSTANCE_NAME,
        message,
        payload,
        key_enabled: false,
    })
}

/// Any value as a JSON answer, without the envelope.
pub fn json(value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(_) => gateway::page(StatusCode::INTERNAL_SERVER_ERROR),
    }
}
