//! The pipeline: token, request, response, envelope, check; and again, where that is safe.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Date, Math};
use wasm_bindgen::JsValue;

use super::deadline::{Deadline, Interrupt, Stop};
use super::envelope;
use super::flight::Flights;
use super::request::{Access, Call};
use super::retry;
use super::token::TokenKeeper;
use crate::error::{Facts, Failed, Fault, Kind, Mismatch};
use crate::js;
use crate::settings::{CallOptions, ClientEvent, Settings};

/// A client's settings and state, shared by its calls.
pub struct Connection {
    pub settings: Settings,
    pub closed: Cell<bool>,
    /// Writes that identical ones may join.
    pub flights: Flights,
    tokens: TokenKeeper,
}

/// One call on its way, and how far it has come.
pub struct Trip {
    call: Call,
    endpoint: Rc<str>,
    /// Requests sent.
    attempts: Cell<u32>,
    /// Epoch ms of the last one.
    sent_at: Cell<f64>,
    /// Whether the last attempt was handed to the browser.
    sent: Cell<bool>,
}

impl Trip {
    pub fn new(call: Call) -> Self {
        let endpoint = call.endpoint();
        Self { call, endpoint, attempts: Cell::new(0), sent_at: Cell::new(0.0), sent: Cell::new(false) }
    }

    /// A failure of this write after which it may have taken effect all the same.
    pub fn unsettled(&self, fault: Failed) -> Failed {
        match &self.call.access {
            Access::Write { operation, ticket } => fault.into_unsettled(operation, self.sent_at.get(), ticket.clone()),
            Access::Read => fault,
        }
    }

    /// The failure of somebody who no longer waits, while the call goes on.
    pub fn left(&self, kind: Kind) -> Failed {
        let fault = self.failure(kind, Facts::default());
        if fault.attempts > 0 { self.unsettled(fault) } else { fault }
    }

    fn failure(&self, kind: Kind, facts: Facts) -> Failed {
        Box::new(Fault { kind, endpoint: self.endpoint.clone(), attempts: self.attempts.get(), facts })
    }

    /// What a failure means for this call: a write that was sent may have taken effect.
    fn judged(&self, fault: Failed) -> Failed {
        let open = self.sent.get() && envelope::leaves_outcome_open(fault.facts.http_status, &fault.kind);
        if open { self.unsettled(fault) } else { fault }
    }

    /// Whether another try may help. Before a request is sent none does: the caller gave up, or its token does not come.
    fn may_pass(&self, fault: &Fault) -> bool {
        let passing = matches!(fault.kind, Kind::Network { .. } | Kind::Timeout { .. });
        self.sent.get() && (passing || retry::is_passing(fault.facts.http_status))
    }
}

/// A payload that was checked, and where it came from.
pub struct Reply {
    pub payload: JsValue,
    endpoint: Rc<str>,
    /// Requests sent.
    pub attempts: u32,
    facts: Facts,
}

impl Reply {
    /// The failure of a call whose answer turned out to be wrong later.
    pub fn into_failure(self, kind: Kind) -> Failed {
        let Self { endpoint, attempts, facts, .. } = self;
        Box::new(Fault { kind, endpoint, attempts, facts })
    }
}

impl Connection {
    pub fn new(settings: Settings) -> Self {
        Self { settings, closed: Cell::new(false), flights: Flights::default(), tokens: TokenKeeper::default() }
    }

    /// Makes a call; the payload it resolves to is checked. Reads are repeated after failures that may pass, writes never.
    /// Boxed, so that those who wait for it stay small.
    pub fn run<'a>(
        &'a self,
        call: Call,
        options: &'a CallOptions,
    ) -> Pin<Box<dyn Future<Output = Result<Reply, Failed>> + 'a>> {
        Box::pin(async move { self.travel(&Trip::new(call), options).await })
    }

    /// The same, watched by others.
    pub async fn travel(&self, trip: &Trip, options: &CallOptions) -> Result<Reply, Failed> {
        let max_retries = match trip.call.access {
            Access::Read => options.max_retries.unwrap_or(self.settings.max_retries),
            Access::Write { .. } => 0.0,
        };
        let mut retries = 0;
        let mut refused: Option<(Rc<str>, Failed)> = None;
        loop {
            let last = refused.as_ref().map(|(token, _)| token);
            let token = self.token(options, last).await.map_err(|kind| trip.failure(kind, Facts::default()))?;
            let fault = match refused.take() {
                // The provider has no other one.
                Some((last, fault)) if last == token => fault,
                again => {
                    let mut facts = Facts::default();
                    let kind = match self.attempt(trip, &token, options, &mut facts).await {
                        Ok(payload) => {
                            let (endpoint, attempts) = (trip.endpoint.clone(), trip.attempts.get());
                            return Ok(Reply { payload, endpoint, attempts, facts });
                        }
                        Err(kind) => kind,
                    };
                    let for_its_token = envelope::refuses_token(facts.http_status, &kind);
                    let fault = trip.failure(kind, facts);
                    // Refused for its token means not executed, so another attempt is safe for writes too.
                    if for_its_token && again.is_none() {
                        refused = Some((token, fault));
                        continue;
                    }
                    fault
                }
            };
            let delay = if trip.may_pass(&fault) && f64::from(retries) < max_retries {
                retry::delay_ms(retries, fault.facts.retry_after_ms, Math::random())
            } else {
                None
            };
            let Some(delay_ms) = delay else {
                return Err(trip.judged(fault));
            };
            retries += 1;
            self.settings.emit(ClientEvent::Retry {
                endpoint: &trip.endpoint,
                attempt: trip.attempts.get(),
                code: fault.kind.code(),
                delay_ms,
            });
            pause(delay_ms, &options.signal).await.map_err(|kind| trip.failure(kind, Facts::default()))?;
        }
    }

    async fn token(&self, options: &CallOptions, refused: Option<&Rc<str>>) -> Result<Rc<str>, Kind> {
        let provider = match self.tokens.known(&self.settings.token, refused) {
            Ok(token) => return Ok(token),
            Err(provider) => provider,
        };
        let deadline = self.deadline(options)?;
        let reason = if refused.is_some() { "refused" } else { "first" };
        let asking = || self.settings.emit(ClientEvent::Token { reason });
        self.tokens.token(provider, &deadline, asking).await
    }

    /// The limit of one attempt.
    pub fn deadline(&self, options: &CallOptions) -> Result<Deadline, Kind> {
        Deadline::start(options.timeout_ms.or(Some(self.settings.timeout_ms)), &options.signal)
    }

    /// Sends one request and reads its answer to the payload of its envelope, headers and body under one limit.
    async fn attempt(
        &self,
        trip: &Trip,
        token: &str,
        options: &CallOptions,
        facts: &mut Facts,
    ) -> Result<JsValue, Kind> {
        trip.sent.set(false);
        let deadline = self.deadline(options)?;
        let mut request = self.request(trip, token, &deadline);
        let injected = self.settings.fetch.as_ref();
        if injected.is_some() {
            request = js::seal(&request).ok_or(Kind::Network { cause: JsValue::UNDEFINED })?;
        }
        let attempt = trip.attempts.get() + 1;
        self.settings.emit(ClientEvent::Request { endpoint: &trip.endpoint, attempt });
        if let Some(stop) = deadline.stopped() {
            return Err(deadline.failure(stop));
        }
        trip.attempts.set(attempt);
        trip.sent_at.set(Date::now());
        trip.sent.set(true);
        let sending = injected.map_or_else(|| js::send(&request), |fetch| js::send_by(fetch, &request));
        let answer = deadline.race(&sending).await.map_err(|interrupt| no_answer(&deadline, interrupt))?;
        let elapsed_ms = Date::now() - trip.sent_at.get();
        let status = js::field(&answer, "status").as_f64().ok_or(Kind::Network { cause: JsValue::UNDEFINED })?;
        // Saturates; no status is above 599.
        let http_status = status as u16;
        facts.http_status = http_status;
        self.settings.emit(ClientEvent::Response { endpoint: &trip.endpoint, attempt, http_status, elapsed_ms });
        if http_status < 200 || (300..400).contains(&http_status) {
            // The token goes to no other place than the one it was given for.
            return Err(Kind::Protocol(Mismatch::new("an answer", "a redirect")));
        }
        if http_status >= 400 {
            let header = js::header(&answer, "retry-after").as_string();
            facts.retry_after_ms = header.and_then(|header| retry::retry_after_ms(&header, Date::now()));
        }
        if let Some(kind) = envelope::failure_by_status(http_status) {
            // Nobody reads the body: let go of the connection.
            deadline.cancel();
            return Err(kind);
        }
        let body = deadline.race(&js::json(&answer)).await;
        let read = match body {
            Ok(body) => envelope::read(&body).map_err(Kind::Protocol),
            Err(interrupt) => Err(no_body(&deadline, interrupt)),
        };
        let (word, payload) = match read {
            Ok(answer) => {
                facts.instance_id = answer.instance_id;
                (Some(answer.word), answer.payload)
            }
            // A refusal needs no readable body.
            Err(_) if http_status >= 400 => (None, JsValue::UNDEFINED),
            Err(kind) => return Err(kind),
        };
        if let Some(kind) = envelope::failure(http_status, word) {
            return Err(kind);
        }
        (trip.call.check)(&payload).map_err(|mismatch| Kind::Protocol(mismatch.under("payload")))?;
        Ok(payload)
    }

    /// The request of an attempt: a write by `singleSend` where that can be.
    fn request(&self, trip: &Trip, token: &str, deadline: &Deadline) -> JsValue {
        let (call, base_url) = (&trip.call, &self.settings.base_url);
        let (url, body) = (call.url(base_url), call.body.as_deref());
        let request = js::request(call.method.name(), &url, token, body, &deadline.signal());
        if !self.settings.single_send || matches!(call.access, Access::Read) {
            return request;
        }
        // Streams want HTTP/2, which browsers speak over TLS only.
        let secure = base_url.starts_with("https:");
        let single = if secure { js::single_send(&request) } else { None };
        if single.is_none() {
            let reason = if secure { "browser" } else { "http" };
            self.settings.emit(ClientEvent::SingleSendUnavailable { endpoint: &trip.endpoint, reason });
        }
        single.unwrap_or(request)
    }
}

fn no_answer(deadline: &Deadline, interrupt: Interrupt) -> Kind {
    match interrupt {
        Interrupt::Stopped(stop) => deadline.failure(stop),
        Interrupt::Rejected(cause) => Kind::Network { cause },
    }
}

fn no_body(deadline: &Deadline, interrupt: Interrupt) -> Kind {
    match interrupt {
        // By name: an injected `fetch` may come from another frame.
        Interrupt::Rejected(cause) if js::field(&cause, "name").as_string().as_deref() == Some("SyntaxError") => {
            Kind::Protocol(Mismatch::new("JSON", "something else"))
        }
        interrupt => no_answer(deadline, interrupt),
    }
}

/// Lets time pass, unless the caller aborts.
pub async fn pause(ms: f64, signal: &JsValue) -> Result<(), Kind> {
    let deadline = Deadline::start(Some(ms), signal)?;
    match deadline.race(&js::Gate::new().opened()).await {
        Err(Interrupt::Stopped(stop @ Stop::Aborted)) => Err(deadline.failure(stop)),
        _ => Ok(()),
    }
}
