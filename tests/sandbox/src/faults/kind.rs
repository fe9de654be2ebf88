//! What can go wrong with an answer.

use axum::http::{HeaderValue, StatusCode};
use serde::Deserialize;

/// The kinds with their parameters. Read with the kind as the key of an object, which keeps the names of the
/// parameters in error messages; hence braces where there are none.
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
    Redirect { to: Target },
    NoCors {},
    RepeatedPage {},
    Endless {},
    Huge { bytes: Option<u64> },
}

impl Fault {
    /// Faults that are nothing without the real answer.
    pub fn needs_real_answer(&self) -> bool {
        matches!(self, Self::Delay { .. } | Self::UnknownFields {} | Self::NoCors {} | Self::RepeatedPage {})
    }

    pub fn is_for_lists(&self) -> bool {
        matches!(self, Self::RepeatedPage {} | Self::Endless {})
    }
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
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
    AsIs(HeaderValue),
    /// An HTTP date so many seconds ahead.
    Date(u32),
}

impl TryFrom<String> for RetryAfter {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.strip_prefix("date+") {
            Some(seconds) => seconds.parse().map(Self::Date).map_err(|_| "expected whole seconds after date+"),
            None => HeaderValue::try_from(text).map(Self::AsIs).map_err(|_| "expected what may stand in a header"),
        }
    }
}

/// Where a redirect leads, without the path.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Target(pub String);

impl TryFrom<String> for Target {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if HeaderValue::try_from(&text).is_ok() { Ok(Self(text)) } else { Err("expected what may stand in a header") }
    }
}
