//! The kinds of faults.

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode};
use serde::Deserialize;
use tsify::Tsify;

use crate::{app::App, date::http_date};

/// The kinds with their parameters; their types for TypeScript are in kind.d.ts. Each is deserialized as an object with the kind as its only key, so that error
/// messages contain the parameter names; kinds without parameters need empty braces for that.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    Delay { ms: u64 },
    Hang {},
    Status { status: ErrorStatus, body: Option<ErrorBody>, retry_after: Option<RetryAfter> },
    Html {},
    Empty {},
    Truncated {},
    NotJsonObject {},
    NoStatusCode {},
    WrongTypes {},
    UnknownFields {},
    UnknownCode { code: Option<String> },
    PayloadError { code: Option<String> },
    CutHeaders {},
    CutBody {},
    Redirect { to: RedirectTarget },
    NoCors {},
    RepeatedPage {},
    Endless {},
    Huge { bytes: Option<u64> },
}

impl Fault {
    /// Whether the fault uses the real response, so that the endpoint is executed even without `effect`.
    pub fn needs_real_response(&self) -> bool {
        matches!(self, Self::Delay { .. } | Self::UnknownFields {} | Self::NoCors {} | Self::RepeatedPage {})
    }

    pub fn is_for_lists(&self) -> bool {
        matches!(self, Self::RepeatedPage {} | Self::Endless {})
    }
}

/// The body of an HTTP error.
#[derive(Clone, Copy, Debug, Default, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum ErrorBody {
    #[default]
    Html,
    Empty,
    Json,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u16")]
pub struct ErrorStatus(pub StatusCode);

impl TryFrom<u16> for ErrorStatus {
    type Error = &'static str;

    fn try_from(number: u16) -> Result<Self, Self::Error> {
        StatusCode::from_u16(number)
            .ok()
            .filter(|status| status.is_client_error() || status.is_server_error())
            .map(Self)
            .ok_or("expected a status from 400 to 599")
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub enum RetryAfter {
    Literal(HeaderValue),
    /// An HTTP date this many seconds in the future.
    Date(u32),
}

impl RetryAfter {
    pub fn header(self, app: &App) -> Option<HeaderValue> {
        match self {
            Self::Literal(value) => Some(value),
            Self::Date(seconds) => http_date(app, Duration::from_secs(seconds.into())),
        }
    }
}

impl TryFrom<String> for RetryAfter {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.strip_prefix("date+") {
            Some(seconds) => {
                seconds.parse().map(Self::Date).map_err(|_| "expected an integer number of seconds after date+")
            }
            None => HeaderValue::try_from(text).map(Self::Literal).map_err(|_| "expected a valid header value"),
        }
    }
}

/// The origin that a redirect leads to, without a path.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct RedirectTarget(pub String);

impl TryFrom<String> for RedirectTarget {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if HeaderValue::try_from(&text).is_ok() { Ok(Self(text)) } else { Err("expected a valid header value") }
    }
}
