//! Why a call failed. Knows neither requests nor tenants. Nothing here holds a password, a token, an API key or a body.

pub mod messages;
mod text;
pub mod to_js;

use std::rc::Rc;

use js_sys::Promise;
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::JsValue;

pub use crate::platform::schema::Mismatch;
pub use text::{Language, Text};

/// Boxed, because results are moved often.
pub type Result<T = JsValue> = std::result::Result<T, Box<Error>>;

/// The classes of errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
pub enum ErrorName {
    ValidationError,
    ApiError,
    AuthenticationError,
    RateLimitError,
    ServerError,
    NetworkError,
    TimeoutError,
    AbortError,
    ProtocolError,
    OutcomeUnknownError,
    PartnerError,
}

/// An issue of one argument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
pub struct ValidationIssue {
    /// The argument's name.
    pub field: String,
    /// The server's own code for the same issue, such as `email_invalid`; `unknown_parameter` for an unknown name.
    pub code: &'static str,
    /// One sentence, in the client's language.
    pub message: String,
}

/// The kinds of error; each is one class in JavaScript.
#[derive(Debug)]
pub enum ErrorKind {
    Validation(Vec<ValidationIssue>),
    Api {
        code: String,
    },
    Authentication {
        code: String,
    },
    /// The caller's token function gave none.
    TokenUnavailable {
        reason: TokenFailure,
        cause: JsValue,
    },
    RateLimit,
    Server,
    /// `fetch` did not take the request.
    RequestRefused {
        cause: JsValue,
    },
    Network {
        cause: JsValue,
    },
    /// Holds the sentence about what took too long.
    Timeout(&'static Text),
    Abort {
        reason: JsValue,
    },
    Protocol(Box<Mismatch>),
    OutcomeUnknown(Box<OutcomeUnknown>),
    /// What a shared promise rejected with: a rejection that was converted already, or an exception of the core itself.
    Converted(JsValue),
}

/// Why there is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenFailure {
    /// The token function could not reach the backend.
    Connection,
    /// It failed otherwise: as a rule, nobody is signed in.
    Failed,
    /// It gave something that is not a token.
    Invalid,
}

/// A write that was sent and whose result is unknown.
pub struct OutcomeUnknown {
    /// `tenants.create`, `tenants.topUp`, `packages.upgrade`, `packages.extend`, `numbers.buy` or `request`.
    pub operation: &'static str,
    /// Epoch ms of the moment in which the request was handed to the browser.
    pub started_at: f64,
    pub cause: Box<Error>,
    pub reconcile: Reconcile,
}

impl std::fmt::Debug for OutcomeUnknown {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("OutcomeUnknown").field("cause", &self.cause).finish_non_exhaustive()
    }
}

/// Asks the server about the result of a write, each time it is called.
pub type Reconcile = Rc<dyn Fn() -> Promise>;

/// A failed call.
#[derive(Debug)]
pub struct Error {
    pub kind: ErrorKind,
    /// `POST /api/partner/tenant/add`; empty where no endpoint was involved.
    pub endpoint: Rc<str>,
    /// Requests sent for this call.
    pub attempts: u32,
    pub response: ResponseMetadata,
}

/// What is known of a response besides its payload.
#[derive(Debug, Clone, Default)]
pub struct ResponseMetadata {
    /// 0 where there was no response.
    pub http_status: u16,
    /// Which server answered, if it says so.
    pub instance_id: Option<String>,
    /// How long the server asks to wait.
    pub retry_after_ms: Option<f64>,
}

impl From<ErrorKind> for Box<Error> {
    fn from(kind: ErrorKind) -> Self {
        Error::before_sending("".into(), kind)
    }
}

impl ErrorKind {
    pub fn name(&self) -> ErrorName {
        match self {
            ErrorKind::Validation(_) => ErrorName::ValidationError,
            ErrorKind::Api { .. } => ErrorName::ApiError,
            ErrorKind::Authentication { .. } | ErrorKind::TokenUnavailable { .. } => ErrorName::AuthenticationError,
            ErrorKind::RateLimit => ErrorName::RateLimitError,
            ErrorKind::Server => ErrorName::ServerError,
            ErrorKind::Network { .. } => ErrorName::NetworkError,
            ErrorKind::Timeout(_) => ErrorName::TimeoutError,
            ErrorKind::Abort { .. } => ErrorName::AbortError,
            ErrorKind::Protocol(_) => ErrorName::ProtocolError,
            ErrorKind::OutcomeUnknown(_) => ErrorName::OutcomeUnknownError,
            ErrorKind::RequestRefused { .. } | ErrorKind::Converted(_) => ErrorName::PartnerError,
        }
    }

    pub fn code(&self) -> &str {
        match self {
            ErrorKind::Validation(_) => "validation",
            ErrorKind::Api { code } | ErrorKind::Authentication { code } => code,
            ErrorKind::TokenUnavailable { .. } => "token_unavailable",
            ErrorKind::RateLimit => "rate_limited",
            ErrorKind::Server => "server_error",
            ErrorKind::RequestRefused { .. } => "request_refused",
            ErrorKind::Network { .. } => "network",
            ErrorKind::Timeout(_) => "timeout",
            ErrorKind::Abort { .. } => "aborted",
            ErrorKind::Protocol(_) => "protocol",
            ErrorKind::OutcomeUnknown(_) => "outcome_unknown",
            ErrorKind::Converted(_) => "internal",
        }
    }

    /// Whether the same call may simply be made again.
    pub fn is_retryable(&self) -> bool {
        matches!(
            self,
            ErrorKind::RateLimit
                | ErrorKind::Server
                | ErrorKind::Network { .. }
                | ErrorKind::Timeout(_)
                | ErrorKind::TokenUnavailable { reason: TokenFailure::Connection, .. }
        )
    }
}

impl Error {
    /// An error before any request of the call was sent.
    pub fn before_sending(endpoint: Rc<str>, kind: ErrorKind) -> Box<Self> {
        Box::new(Self { kind, endpoint, attempts: 0, response: ResponseMetadata::default() })
    }

    /// The error of a write that may have taken effect.
    pub fn into_outcome_unknown(
        self: Box<Self>,
        operation: &'static str,
        started_at: f64,
        reconcile: Reconcile,
    ) -> Box<Self> {
        let (endpoint, attempts) = (self.endpoint.clone(), self.attempts);
        let response = ResponseMetadata { retry_after_ms: None, ..self.response.clone() };
        let outcome = OutcomeUnknown { operation, started_at, cause: self, reconcile };
        Box::new(Self { kind: ErrorKind::OutcomeUnknown(Box::new(outcome)), endpoint, attempts, response })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_errors_that_may_pass_are_retryable() {
        assert!(ErrorKind::Server.is_retryable());
        assert!(ErrorKind::Timeout(&Text { en: "", vi: "" }).is_retryable());
        assert!(!ErrorKind::Api { code: "email_registered".into() }.is_retryable());
        assert!(!ErrorKind::Protocol(Mismatch::new("object", "null")).is_retryable());
    }
}
