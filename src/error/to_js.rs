//! The way of an error into JavaScript: a plain object, from which the package's facade makes an instance of the class.

use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::{Error, ErrorKind, ErrorName, Language, OutcomeUnknown, Reconcile, ValidationIssue, messages};
use crate::platform::serialize::to_js;

/// The fields of an error: see the fields of the same names of the error classes.
#[derive(Debug, Clone, Default, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// See {@link PartnerError.code}.
    pub code: String,
    /// One sentence that a person can act on.
    pub message: String,
    /// See {@link PartnerError.endpoint}.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub endpoint: Option<String>,
    /// See {@link PartnerError.httpStatus}.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub http_status: Option<u16>,
    /// See {@link PartnerError.instanceId}.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub instance_id: Option<String>,
    /// See {@link PartnerError.attempts}; 0 by default.
    #[tsify(optional)]
    pub attempts: u32,
    /// See {@link PartnerError.retryable}; false by default.
    #[tsify(optional)]
    pub retryable: bool,
    /// See {@link PartnerError.cause}.
    #[serde(with = "serde_wasm_bindgen::preserve", skip_serializing_if = "JsValue::is_undefined")]
    #[tsify(optional, type = "unknown")]
    pub cause: JsValue,
    /// See {@link ValidationError.issues}.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "readonly ValidationIssue[]")]
    pub issues: Option<Vec<ValidationIssue>>,
    /// See {@link RateLimitError.retryAfterMs}.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub retry_after_ms: Option<f64>,
    /// See {@link ProtocolError.path}.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub path: Option<String>,
    /// See {@link ProtocolError.expected}.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub expected: Option<String>,
    /// See {@link ProtocolError.actual}.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub actual: Option<String>,
    /// See {@link OutcomeUnknownError.operation}.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "string")]
    pub operation: Option<&'static str>,
    /// See {@link OutcomeUnknownError.startedAt}.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub started_at: Option<f64>,
}

/// What the core's promises reject with.
#[derive(Debug, Serialize, Tsify)]
pub struct Rejection {
    /// The class.
    pub name: ErrorName,
    /// Its fields.
    pub failure: Failure,
    /// Of an `OutcomeUnknownError`.
    #[serde(with = "serde_wasm_bindgen::preserve", skip_serializing_if = "JsValue::is_undefined")]
    #[tsify(optional, type = "() => Promise<Reconciliation>")]
    pub reconcile: JsValue,
}

impl Error {
    /// As the plain object that a promise of the core rejects with.
    pub fn into_js(self, language: Language) -> JsValue {
        if let ErrorKind::Converted(rejection) = self.kind {
            return rejection;
        }
        // Only a bug can make this fail; the facade reports any other value as `internal`.
        to_js(&self.into_rejection(language)).unwrap_or_else(|error| error)
    }

    fn into_rejection(self, language: Language) -> Rejection {
        let name = self.kind.name();
        let mut failure = Failure {
            code: self.kind.code().to_owned(),
            message: messages::sentence(&self.kind, language),
            endpoint: Some(self.endpoint.to_string()).filter(|endpoint| !endpoint.is_empty()),
            http_status: Some(self.response.http_status).filter(|status| *status > 0),
            instance_id: self.response.instance_id,
            attempts: self.attempts,
            retryable: self.kind.is_retryable(),
            ..Failure::default()
        };
        let mut reconcile = JsValue::UNDEFINED;
        match self.kind {
            ErrorKind::Validation(issues) => failure.issues = Some(issues),
            ErrorKind::TokenUnavailable { cause, .. }
            | ErrorKind::RequestRefused { cause }
            | ErrorKind::Network { cause } => failure.cause = cause,
            ErrorKind::Abort { reason } => failure.cause = reason,
            ErrorKind::RateLimit => failure.retry_after_ms = self.response.retry_after_ms,
            ErrorKind::Protocol(mismatch) => {
                failure.path = Some(mismatch.path);
                failure.expected = Some(mismatch.expected.into_owned());
                failure.actual = Some(mismatch.actual.into_owned());
            }
            ErrorKind::OutcomeUnknown(outcome) => {
                let OutcomeUnknown { operation, started_at, cause, reconcile: query } = *outcome;
                failure.operation = Some(operation);
                failure.started_at = Some(started_at);
                failure.cause = cause.into_cause(language);
                reconcile = callable(query);
            }
            _ => {}
        }
        Rejection { name, failure, reconcile }
    }

    /// As the cause of an unknown outcome: nothing in it may suggest to send the write again.
    fn into_cause(self, language: Language) -> JsValue {
        if let ErrorKind::Converted(rejection) = self.kind {
            return rejection;
        }
        let message = messages::without_advice(&self.kind, language);
        let mut rejection = self.into_rejection(language);
        rejection.failure.message = message;
        rejection.failure.retryable = false;
        to_js(&rejection).unwrap_or_else(|error| error)
    }
}

fn callable(reconcile: Reconcile) -> JsValue {
    Closure::<dyn FnMut() -> js_sys::Promise>::new(move || reconcile()).into_js_value()
}
