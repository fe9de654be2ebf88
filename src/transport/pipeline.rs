//! The pipeline of a call: token, request, response, envelope, check; and a retry where that is safe.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Date, Math};
use wasm_bindgen::JsValue;

use super::connection::Connection;
use super::envelope;
use super::request::{Access, ApiRequest, HttpRequest, SendError};
use super::response;
use super::retry;
use super::timeout::{Interrupt, Timeout, pause};
use crate::config::{CallOptions, TokenSource};
use crate::error::{Error, ErrorKind, Mismatch, ResponseMetadata, Result};
use crate::events::ClientEvent;
use crate::platform::bindings::monotonic_ms;
use crate::platform::guarded::{has_request_streams, is_refusal};

/// The progress of one call.
pub struct RequestContext {
    request: ApiRequest,
    endpoint: Rc<str>,
    /// Requests sent.
    attempts: Cell<u32>,
    /// When the last one was sent, by the clock of the computer: epoch ms.
    sent_at: Cell<f64>,
    /// Whether the last attempt was handed to the browser.
    is_sent: Cell<bool>,
}

impl RequestContext {
    pub fn new(request: ApiRequest) -> Self {
        let endpoint = request.endpoint();
        Self { request, endpoint, attempts: Cell::new(0), sent_at: Cell::new(0.0), is_sent: Cell::new(false) }
    }

    /// The error of this write where it may have taken effect all the same.
    pub fn outcome_unknown(&self, error: Box<Error>) -> Box<Error> {
        match &self.request.access {
            Access::Write { operation, reconcile } => {
                error.into_outcome_unknown(operation, self.sent_at.get(), reconcile.clone())
            }
            Access::Read => error,
        }
    }

    /// The error of a caller that no longer waits, while the call goes on.
    pub fn abandoned(&self, kind: ErrorKind) -> Box<Error> {
        let error = self.error(kind, ResponseMetadata::default());
        if error.attempts > 0 { self.outcome_unknown(error) } else { error }
    }

    fn error(&self, kind: ErrorKind, response: ResponseMetadata) -> Box<Error> {
        Box::new(Error { kind, endpoint: self.endpoint.clone(), attempts: self.attempts.get(), response })
    }

    /// The final error: a write that was sent may have taken effect.
    fn final_error(&self, error: Box<Error>) -> Box<Error> {
        let is_unknown =
            self.is_sent.get() && envelope::leaves_outcome_unknown(error.response.http_status, &error.kind);
        if is_unknown { self.outcome_unknown(error) } else { error }
    }

    /// Whether a retry may help. Before a request was sent it cannot: the caller gave up, or there is no token.
    fn is_transient(&self, error: &Error) -> bool {
        let is_transient_kind = matches!(error.kind, ErrorKind::Network { .. } | ErrorKind::Timeout(_));
        self.is_sent.get() && (is_transient_kind || retry::is_transient(error.response.http_status))
    }
}

/// A checked payload, and what is known of its response.
pub struct ApiResponse {
    pub payload: JsValue,
    endpoint: Rc<str>,
    /// Requests sent.
    pub attempts: u32,
    metadata: ResponseMetadata,
}

impl ApiResponse {
    /// The error of a response that a later check refuses.
    pub fn into_error(self, kind: ErrorKind) -> Box<Error> {
        let Self { endpoint, attempts, metadata, .. } = self;
        Box::new(Error { kind, endpoint, attempts, response: metadata })
    }
}

impl Connection {
    /// Executes a request; the payload of the response is checked. Reads are retried after transient errors, writes never.
    /// Boxed, so that the futures that wait for it stay small.
    pub fn execute<'a>(
        &'a self,
        request: ApiRequest,
        options: &'a CallOptions,
    ) -> Pin<Box<dyn Future<Output = Result<ApiResponse>> + 'a>> {
        Box::pin(async move { self.execute_in(&RequestContext::new(request), options).await })
    }

    /// The same, with a context that others can read meanwhile.
    pub async fn execute_in(&self, context: &RequestContext, options: &CallOptions) -> Result<ApiResponse> {
        let max_retries = match context.request.access {
            Access::Read => options.maxRetries.as_ref().map_or(self.config.max_retries, |count| count.0),
            Access::Write { .. } => 0.0,
        };
        let mut retries = 0;
        let mut rejected: Option<(Rc<str>, Box<Error>)> = None;
        loop {
            let last_token = rejected.as_ref().map(|(token, _)| token);
            let token = self.token(options, last_token).await;
            let token = token.map_err(|kind| context.error(kind, ResponseMetadata::default()))?;
            let error = match rejected.take() {
                // The provider has no other token.
                Some((last_token, error)) if last_token == token => error,
                previous => {
                    let mut metadata = ResponseMetadata::default();
                    let kind = match self.attempt(context, &token, options, &mut metadata).await {
                        Ok(payload) => {
                            let (endpoint, attempts) = (context.endpoint.clone(), context.attempts.get());
                            return Ok(ApiResponse { payload, endpoint, attempts, metadata });
                        }
                        Err(kind) => kind,
                    };
                    let is_token_rejected = envelope::rejects_token(metadata.http_status, &kind);
                    let error = context.error(kind, metadata);
                    // A request that is refused for its token is not executed, so this is safe for writes too.
                    if is_token_rejected && previous.is_none() {
                        rejected = Some((token, error));
                        continue;
                    }
                    error
                }
            };
            let delay = if context.is_transient(&error) && f64::from(retries) < max_retries {
                retry::delay_ms(retries, error.response.retry_after_ms, Math::random())
            } else {
                None
            };
            let Some(delay_ms) = delay else {
                return Err(context.final_error(error));
            };
            retries += 1;
            self.config.emit(&ClientEvent::Retry {
                endpoint: &context.endpoint,
                attempt: context.attempts.get(),
                code: error.kind.code(),
                delay_ms,
            });
            let paused = pause(delay_ms, options.signal.as_ref()).await;
            paused.map_err(|kind| context.error(kind, ResponseMetadata::default()))?;
        }
    }

    async fn token(
        &self,
        options: &CallOptions,
        rejected: Option<&Rc<str>>,
    ) -> std::result::Result<Rc<str>, ErrorKind> {
        let provider = match &self.config.token {
            TokenSource::None => return Ok("".into()),
            TokenSource::Fixed(token) => return Ok(token.clone()),
            TokenSource::Provider(provider) => provider,
        };
        let on_refresh = |reason| self.config.emit(&ClientEvent::Token { reason });
        if let Some(token) = self.tokens.cached(rejected) {
            self.tokens.renew_in_time(provider, on_refresh);
            return Ok(token);
        }
        let timeout = self.timeout(options)?;
        let reason = if rejected.is_some() { "refused" } else { "first" };
        self.tokens.refresh(provider, &timeout, || on_refresh(reason)).await
    }

    /// Sends one request and reads the payload of its response, headers and body under one timeout.
    async fn attempt(
        &self,
        context: &RequestContext,
        token: &str,
        options: &CallOptions,
        metadata: &mut ResponseMetadata,
    ) -> std::result::Result<JsValue, ErrorKind> {
        context.is_sent.set(false);
        let timeout = self.timeout(options)?;
        let request = HttpRequest {
            request: &context.request,
            base_url: &self.config.base_url,
            token,
            signal: timeout.signal(),
            credentials: self.config.credentials,
            streams_body: self.streams_body(context),
        };
        let attempt = context.attempts.get() + 1;
        self.config.emit(&ClientEvent::Request { endpoint: &context.endpoint, attempt });
        if let Some(stop) = timeout.stopped() {
            return Err(timeout.error(stop));
        }
        context.attempts.set(attempt);
        context.sent_at.set(Date::now());
        context.is_sent.set(true);
        let started_at = monotonic_ms();
        let sending = request.send(self.config.fetch.as_ref()).map_err(|error| match error {
            SendError::NotCalled(cause) => {
                context.attempts.set(attempt - 1);
                context.is_sent.set(false);
                ErrorKind::RequestRefused { cause }
            }
            SendError::Threw(cause) => ErrorKind::RequestRefused { cause },
        })?;
        let response = timeout.race(sending.into()).await.map_err(|interrupt| no_response(&timeout, interrupt))?;
        let elapsed_ms = (monotonic_ms() - started_at).round();
        let http_status = response::http_status(&response).map_err(ErrorKind::Protocol)?;
        metadata.http_status = http_status;
        self.config.emit(&ClientEvent::Response { endpoint: &context.endpoint, attempt, http_status, elapsed_ms });
        if response::is_redirect(&response, http_status) {
            // The token must not follow a redirect to another origin.
            return Err(ErrorKind::Protocol(Mismatch::new("a response", "a redirect")));
        }
        if http_status >= 400 {
            let header = |name| response::header(&response, name);
            metadata.retry_after_ms =
                header("retry-after").and_then(|text| retry::retry_after_ms(&text, header("date").as_deref()));
        }
        if let Some(kind) = envelope::error_by_status(http_status) {
            // Its body is not read, so the connection can be released.
            timeout.cancel();
            return Err(kind);
        }
        let envelope = match response::json(&response) {
            Ok(parsing) => match timeout.race(parsing.into()).await {
                Ok(body) => envelope::read(&body).map_err(ErrorKind::Protocol),
                Err(Interrupt::Rejected(cause)) => Err(response::body_error(&response, cause)),
                Err(Interrupt::Stopped(stop)) => Err(timeout.error(stop)),
            },
            Err(mismatch) => Err(ErrorKind::Protocol(mismatch)),
        };
        let (status, payload) = match envelope {
            Ok(envelope) => {
                metadata.instance_id = envelope.instance_id;
                (Some(envelope.status), envelope.payload)
            }
            // A refusal needs no readable body.
            Err(_) if http_status >= 400 => (None, JsValue::UNDEFINED),
            Err(kind) => return Err(kind),
        };
        if let Some(kind) = envelope::error(http_status, status) {
            return Err(kind);
        }
        (context.request.check)(&payload).map_err(|mismatch| ErrorKind::Protocol(mismatch.under("payload")))?;
        Ok(payload)
    }

    /// Whether a write is sent by `singleSend`; where the option is set and that is not possible, the listener hears of it.
    fn streams_body(&self, context: &RequestContext) -> bool {
        if !self.config.single_send || matches!(context.request.access, Access::Read) {
            return false;
        }
        // Streams need HTTP/2, which browsers speak over TLS only.
        let is_secure = self.config.base_url.starts_with("https:");
        if is_secure && has_request_streams() {
            return true;
        }
        let reason = if is_secure { "browser" } else { "http" };
        self.config.emit(&ClientEvent::SingleSendUnavailable { endpoint: &context.endpoint, reason });
        false
    }
}

fn no_response(timeout: &Timeout, interrupt: Interrupt) -> ErrorKind {
    match interrupt {
        Interrupt::Stopped(stop) => timeout.error(stop),
        Interrupt::Rejected(cause) if is_refusal(&cause) => ErrorKind::RequestRefused { cause },
        Interrupt::Rejected(cause) => ErrorKind::Network { cause },
    }
}
