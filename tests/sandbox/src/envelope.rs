//! The envelope of every API response, and the API's error codes.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::Value;

use crate::gateway;

const SUCCESS: i32 = 9999;
const FAILURE: i32 = -9999;

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

/// An error code of the API, sent in the field `message`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorCode {
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
    /// Not documented upstream: the documentation names no code for an unknown id.
    TenantNotFound,
    // The documentation names no codes for purchases, so these are invented.
    MonthNumTooSmall,
    NumberCountTooSmall,
    NoteIsRequired,
    NoteTooShort,
    ServicePackageNotFound,
    ServicePackageWithoutPrice,
    PublicNumberNotFound,
    PublicNumberWithoutPrice,
    BalanceNotEnough,
}

impl ErrorCode {
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
            Self::MonthNumTooSmall => "month_num_gte_6",
            Self::NumberCountTooSmall => "number_count_gte_6",
            Self::NoteIsRequired => "note_is_required",
            Self::NoteTooShort => "note_is_too_short.gte_10_characters",
            Self::ServicePackageNotFound => "service_package_not_found",
            Self::ServicePackageWithoutPrice => "service_package_without_price",
            Self::PublicNumberNotFound => "public_number_not_found",
            Self::PublicNumberWithoutPrice => "public_number_without_price",
            Self::BalanceNotEnough => "balance_not_enough",
        }
    }
}

/// Why a request is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// HTTP 200 with an error code in the envelope.
    Code(ErrorCode),
    /// HTTP 401 from the gateway; the request does not reach the API.
    Unauthorized,
}

impl From<ErrorCode> for ApiError {
    fn from(code: ErrorCode) -> Self {
        Self::Code(code)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        match self {
            Self::Code(code) => failure(Some(code.as_str()), None),
            Self::Unauthorized => gateway::html_page(StatusCode::UNAUTHORIZED),
        }
    }
}

const INSTANCE_ID: &str = "sandbox";
const INSTANCE_NAME: &str = "omicall-sandbox";

/// The return type of handlers.
pub type HandlerResult = Result<Response, ApiError>;

/// A success response. The payload is serialized immediately, so it may borrow from a locked store.
pub fn success(payload: impl Serialize) -> Response {
    json(&Envelope {
        status_code: SUCCESS,
        instance_id: INSTANCE_ID,
        instance_name: INSTANCE_NAME,
        message: None,
        payload: Some(payload),
        key_enabled: false,
    })
}

/// A failure response. Real API failures have no payload; only the fault `payload_error` passes one.
pub fn failure(message: Option<&str>, payload: Option<Value>) -> Response {
    json(&Envelope {
        status_code: FAILURE,
        instance_id: INSTANCE_ID,
        instance_name: INSTANCE_NAME,
        message,
        payload,
        key_enabled: false,
    })
}

/// Any value as a JSON response, without the envelope.
pub fn json(value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(_) => gateway::html_page(StatusCode::INTERNAL_SERVER_ERROR),
    }
}
