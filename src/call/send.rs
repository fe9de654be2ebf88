//! The pipeline: token, request, response, envelope, check; and again, where that is safe.

use std::cell::Cell;
use std::rc::Rc;

use gloo_net::http::RequestBuilder;
use js_sys::{Array, Date, Function, Math, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{ReferrerPolicy, Request, RequestCache, RequestCredentials, RequestRedirect};

use super::deadline::{Deadline, Interrupt, Stop};
use super::envelope;
use super::request::{Access, Call, Method};
use super::retry;
use super::token::TokenKeeper;
use crate::error::{Fault, Kind, Mismatch};
use crate::settings::{CallOptions, ClientEvent, Settings};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(request: &Request) -> Result<JsValue, JsValue>;

    /// What a `fetch` resolves to: the browser's `Response`, or whatever an injected one makes of it. Every look at it may
    /// throw, and a call through which an exception passes never settles.
    type Answer;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn status(this: &Answer) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn headers(this: &Answer) -> Result<AnswerHeaders, JsValue>;
    #[wasm_bindgen(method, structural, catch)]
    fn json(this: &Answer) -> Result<JsValue, JsValue>;

    type AnswerHeaders;
    #[wasm_bindgen(method, structural, catch)]
    fn get(this: &AnswerHeaders, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(extends = Array)]
    type Once;
    /// `Array.prototype.forEach`: a way to call back from JavaScript, where an exception can be caught.
    #[wasm_bindgen(method, catch, js_name = forEach)]
    fn call_back(this: &Once, work: &mut dyn FnMut()) -> Result<(), JsValue>;
}

/// A client's settings and state, shared by its calls.
pub struct Connection {
    pub settings: Settings,
    pub closed: Cell<bool>,
    tokens: TokenKeeper,
}

/// An attempt that brought no payload.
struct Failure {
    kind: Kind,
    /// 0 when there was no response.
    status: u16,
    instance_id: Option<String>,
    retry_after_ms: Option<f64>,
    /// Whether the request was handed to the browser.
    sent: bool,
}

impl Failure {
    fn unsent(kind: Kind) -> Self {
        Self { kind, status: 0, instance_id: None, retry_after_ms: None, sent: false }
    }

    fn sent(kind: Kind, status: u16) -> Self {
        Self { kind, status, instance_id: None, retry_after_ms: None, sent: true }
    }
}

/// How far a call has come.
struct Trip {
    endpoint: String,
    /// Requests sent.
    attempts: u32,
    /// Epoch ms of the last one.
    sent_at: f64,
}

/// A payload that was checked, and where it came from.
pub struct Reply {
    pub payload: JsValue,
    /// Requests sent.
    pub attempts: u32,
    status: u16,
    instance_id: Option<String>,
}

impl Reply {
    /// The failure of a call whose answer turned out to be wrong later.
    pub fn into_fault(self, kind: Kind, endpoint: String) -> Fault {
        let Self { attempts, status, instance_id, .. } = self;
        Fault { kind, endpoint, http_status: Some(status), instance_id, attempts }
    }
}

impl Connection {
    pub fn new(settings: Settings) -> Self {
        Self { settings, closed: Cell::new(false), tokens: TokenKeeper::default() }
    }

    /// Makes a call; the payload it resolves to is checked. Reads are repeated after failures that may pass, writes never.
    pub async fn run(&self, call: &Call, options: &CallOptions) -> Result<Reply, Fault> {
        let mut trip = Trip { endpoint: call.endpoint(), attempts: 0, sent_at: 0.0 };
        let max_retries = options.max_retries.unwrap_or(self.settings.max_retries);
        let mut retries = 0;
        loop {
            let failure = match self.authorized_attempt(call, options, &mut trip).await {
                Ok(reply) => return Ok(Reply { attempts: trip.attempts, ..reply }),
                Err(failure) => failure,
            };
            if let Access::Write { operation, ticket } = &call.access {
                let open = failure.sent && envelope::leaves_outcome_open(failure.status, &failure.kind);
                let sent_at = trip.sent_at;
                let fault = failure.into_fault(trip);
                return Err(if open { fault.into_unsettled(operation, sent_at, ticket.clone()) } else { fault });
            }
            let delay = if failure.may_pass() && f64::from(retries) < max_retries {
                retry::delay_ms(retries, failure.retry_after_ms, Math::random())
            } else {
                None
            };
            let Some(delay_ms) = delay else {
                return Err(failure.into_fault(trip));
            };
            retries += 1;
            self.settings.emit(&ClientEvent::Retry {
                endpoint: trip.endpoint.clone(),
                attempt: trip.attempts,
                code: failure.kind.code().to_owned(),
                delay_ms,
            });
            if let Err(kind) = pause(delay_ms, options.signal.as_ref()).await {
                return Err(Failure::unsent(kind).into_fault(trip));
            }
        }
    }

    /// One attempt, and a second one when the first was refused for its token and there is a newer one. Refused for its
    /// token means not executed, so this is safe for writes too.
    async fn authorized_attempt(&self, call: &Call, options: &CallOptions, trip: &mut Trip) -> Result<Reply, Failure> {
        let token = self.token(options, None).await?;
        let failure = match self.attempt(call, &token, options, trip).await {
            Err(failure) if envelope::refuses_token(failure.status, &failure.kind) => failure,
            result => return result,
        };
        let renewed = self.token(options, Some(&token)).await?;
        if renewed == token {
            return Err(failure);
        }
        self.attempt(call, &renewed, options, trip).await
    }

    async fn token(&self, options: &CallOptions, refused: Option<&Rc<str>>) -> Result<Rc<str>, Failure> {
        let deadline = self.deadline(options).map_err(Failure::unsent)?;
        let reason = if refused.is_some() { "refused" } else { "first" };
        let asking = || self.settings.emit(&ClientEvent::Token { reason });
        self.tokens.token(&self.settings.token, refused, &deadline, asking).await.map_err(Failure::unsent)
    }

    fn deadline(&self, options: &CallOptions) -> Result<Deadline, Kind> {
        Deadline::start(options.timeout_ms.unwrap_or(self.settings.timeout_ms), options.signal.as_ref())
    }

    /// Sends one request and reads its answer, headers and body under one limit.
    async fn attempt(
        &self,
        call: &Call,
        token: &str,
        options: &CallOptions,
        trip: &mut Trip,
    ) -> Result<Reply, Failure> {
        let deadline = self.deadline(options).map_err(Failure::unsent)?;
        let request = build(call, &self.settings.base_url, token, &deadline).map_err(Failure::unsent)?;
        let (endpoint, attempt) = (trip.endpoint.clone(), trip.attempts + 1);
        self.settings.emit(&ClientEvent::Request { endpoint: endpoint.clone(), attempt });
        if let Some(stop) = deadline.stopped() {
            return Err(Failure::unsent(deadline.failure(stop)));
        }
        trip.attempts = attempt;
        trip.sent_at = Date::now();
        let no_response = |interrupt| match interrupt {
            Interrupt::Stopped(stop) => Failure::sent(deadline.failure(stop), 0),
            Interrupt::Rejected(cause) => Failure::sent(Kind::Network { cause }, 0),
        };
        let promise = dispatch(self.settings.fetch.as_ref(), &request)
            .map_err(|cause| no_response(Interrupt::Rejected(cause)))?;
        let value = deadline.race(promise).await.map_err(no_response)?;
        let elapsed_ms = Date::now() - trip.sent_at;
        let (answer, status) = as_answer(value).ok_or_else(|| no_response(Interrupt::Rejected(JsValue::UNDEFINED)))?;
        self.settings.emit(&ClientEvent::Response { endpoint, attempt, http_status: status, elapsed_ms });
        read(&answer, status, call, &deadline).await
    }
}

impl Failure {
    /// Whether another try may help. Before a request is sent none does: the caller gave up, or its token does not come.
    fn may_pass(&self) -> bool {
        let passing =
            matches!(self.kind, Kind::Network { .. } | Kind::Timeout { .. }) || retry::is_passing(self.status);
        self.sent && passing
    }

    fn into_fault(self, trip: Trip) -> Fault {
        Fault {
            kind: self.kind,
            endpoint: trip.endpoint,
            http_status: (self.status > 0).then_some(self.status),
            instance_id: self.instance_id,
            attempts: trip.attempts,
        }
    }
}

/// Lets time pass, unless the caller aborts.
pub async fn pause(ms: f64, signal: Option<&web_sys::AbortSignal>) -> Result<(), Kind> {
    let deadline = Deadline::start(ms, signal)?;
    match deadline.elapsed().await {
        Stop::Elapsed => Ok(()),
        stop => Err(deadline.failure(stop)),
    }
}

/// The request: to the base URL's origin only, without cookies, referrer, cache or redirects.
fn build(call: &Call, base_url: &str, token: &str, deadline: &Deadline) -> Result<Request, Kind> {
    let method = match call.method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
    };
    let signal = deadline.signal();
    let builder = RequestBuilder::new(&call.url(base_url))
        .method(method)
        .header("Accept", "application/json")
        .header("Authorization", &["Bearer ", token].concat())
        .abort_signal(Some(&signal))
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Manual)
        .referrer_policy(ReferrerPolicy::NoReferrer);
    let request = match &call.body {
        Some(body) => builder.header("Content-Type", "application/json").body(body),
        None => builder.build(),
    };
    // Only a URL that the browser cannot parse gets here: nothing was sent.
    request.map(Request::from).map_err(|_| Kind::Network { cause: JsValue::UNDEFINED })
}

/// Hands the request to the browser, or to what the caller put in its place.
fn dispatch(fetch: Option<&Function>, request: &Request) -> Result<Promise, JsValue> {
    let result = match fetch {
        Some(fetch) => fetch.call1(&JsValue::UNDEFINED, request),
        None => global_fetch(request),
    };
    result.map(|value| Promise::resolve(&value))
}

/// A response and its status, if it is one.
fn as_answer(value: JsValue) -> Option<(Answer, u16)> {
    if !value.is_object() {
        return None;
    }
    let answer: Answer = value.unchecked_into();
    let status = answer.status().ok()?.as_f64()?;
    // Saturates; no status is above 599.
    Some((answer, status as u16))
}

/// Reads a response to the payload of its envelope.
async fn read(answer: &Answer, status: u16, call: &Call, deadline: &Deadline) -> Result<Reply, Failure> {
    if status < 200 || (300..400).contains(&status) {
        // The token goes to no other place than the one it was given for.
        return Err(Failure::sent(Kind::Protocol(Mismatch::new("an answer", "a redirect")), status));
    }
    let header = answer.headers().and_then(|headers| headers.get("retry-after")).unwrap_or_default().as_string();
    let retry_after_ms = header.and_then(|header| retry::retry_after_ms(&header, Date::now()));
    if let Some(kind) = envelope::failure_by_status(status, retry_after_ms) {
        // Nobody reads the body: let go of the connection.
        deadline.cancel();
        return Err(Failure { retry_after_ms, ..Failure::sent(kind, status) });
    }
    let body = match parse(answer, deadline).await {
        Ok(body) => guarded(|| envelope::read(&body)).map_err(Kind::Protocol),
        Err(kind) => Err(kind),
    };
    let (word, envelope) = match body {
        Ok(envelope) => (Some(envelope.word.clone()), Some(envelope)),
        // A refusal needs no readable body.
        Err(_) if status >= 400 => (None, None),
        Err(kind) => return Err(Failure::sent(kind, status)),
    };
    let (payload, instance_id) =
        envelope.map_or((JsValue::UNDEFINED, None), |envelope| (envelope.payload, envelope.instance_id));
    let outcome = match envelope::failure(status, word) {
        Some(kind) => Err(kind),
        None => guarded(|| (call.check)(&payload)).map_err(|mismatch| Kind::Protocol(mismatch.under("payload"))),
    };
    match outcome {
        Ok(()) => Ok(Reply { payload, attempts: 0, status, instance_id }),
        Err(kind) => Err(Failure { instance_id, retry_after_ms, ..Failure::sent(kind, status) }),
    }
}

/// Looks at a body. What the browser parsed cannot throw, but an injected `fetch` may bring objects that do.
fn guarded<T>(mut look: impl FnMut() -> Result<T, Mismatch>) -> Result<T, Mismatch> {
    let mut result = Err(Mismatch::new("plain data", "an object that throws"));
    let once: Once = Array::of1(&JsValue::NULL).unchecked_into();
    // Where it throws, the result stays what it is.
    let _ = once.call_back(&mut || result = look());
    result
}

/// Has the browser parse the body.
async fn parse(answer: &Answer, deadline: &Deadline) -> Result<JsValue, Kind> {
    let not_json = || Kind::Protocol(Mismatch::new("JSON", "something else"));
    let promise = answer.json().map_err(|_| not_json())?;
    deadline.race(Promise::resolve(&promise)).await.map_err(|interrupt| match interrupt {
        Interrupt::Stopped(stop) => deadline.failure(stop),
        Interrupt::Rejected(cause) if is_syntax_error(&cause) => not_json(),
        Interrupt::Rejected(cause) => Kind::Network { cause },
    })
}

/// By name: an injected `fetch` may come from another frame.
fn is_syntax_error(error: &JsValue) -> bool {
    Reflect::get(error, &"name".into()).is_ok_and(|name| name.as_string().as_deref() == Some("SyntaxError"))
}
