//! The kinds of faults.

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode};
use serde::Deserialize;
use tsify::Tsify;

use crate::{app::App, date::http_date};

/// The kinds with their parameters. Each is deserialized as an object with the kind as its only key, so that error
/// messages contain the parameter names; kinds without parameters need empty braces for that.
#[derive(Clone, Debug, Deserialize, Tsify)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[tsify(rename = "FaultParameters")]
pub enum Fault {
    /// The real response, delayed. With `effect` the endpoint is executed before the delay, otherwise after it.
    Delay { ms: u64 },
    /// No response at all.
    Hang {},
    /// An HTTP status from 400 to 599.
    Status {
        #[tsify(type = "number")]
        status: ErrorStatus,
        /// Default: `html`.
        #[tsify(optional)]
        body: Option<ErrorBody>,
        /// The value of the header, or `date+3` for an HTTP date 3 seconds in the future.
        #[tsify(optional, type = "string")]
        retry_after: Option<RetryAfter>,
    },
    /// HTTP 200 and an HTML page.
    Html {},
    /// HTTP 200 and an empty body.
    Empty {},
    /// HTTP 200 and the first half of the JSON, as a complete body.
    Truncated {},
    /// HTTP 200 and an array.
    NotJsonObject {},
    /// HTTP 200 and an envelope without `status_code`.
    NoStatusCode {},
    /// A payload with a field of the wrong type.
    WrongTypes {},
    /// The real response, with an additional field in the envelope, the payload and each item.
    UnknownFields {},
    /// An error with this code in `message`. Default: `sandbox_unknown_code`.
    UnknownCode {
        #[tsify(optional)]
        code: Option<String>,
    },
    /// An error without `message`, and with this code in `payload.error`.
    PayloadError {
        #[tsify(optional)]
        code: Option<String>,
    },
    /// The connection is closed before the response.
    CutHeaders {},
    /// The connection is closed after the headers and half of the body.
    CutBody {},
    /// A redirect (307) to this origin.
    Redirect {
        #[tsify(type = "string")]
        to: RedirectTarget,
    },
    /// The real response without CORS headers.
    NoCors {},
    /// Lists only: page 1 in place of every page.
    RepeatedPage {},
    /// Lists only: there is always a next page.
    Endless {},
    /// A payload with a field of this length. Default: 52,428,800.
    Huge {
        #[tsify(optional)]
        bytes: Option<u64>,
    },
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
