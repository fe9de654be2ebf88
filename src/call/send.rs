//! The pipeline: token, request, response, envelope, check; and again, where that is safe.

use std::cell::Cell;
use std::rc::Rc;

use gloo_net::http::RequestBuilder;
use js_sys::{Date, Function, Math, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{ReferrerPolicy, Request, RequestCache, RequestCredentials, RequestRedirect};

use super::check::guarded;
use super::deadline::{Deadline, Interrupt, Stop};
use super::envelope;
use super::flight::Flights;
use super::request::{Access, Call, Method};
use super::retry;
use super::stream;
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
}

/// A client's settings and state, shared by its calls.
pub struct Connection {
    pub settings: Settings,
    pub closed: Cell<bool>,
    /// Writes that identical ones may join.
    pub flights: Flights,
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

/// One call on its way, and how far it has come.
pub struct Trip {
    call: Call,
    endpoint: String,
    /// Requests sent.
    attempts: Cell<u32>,
    /// Epoch ms of the last one.
    sent_at: Cell<f64>,
}

impl Trip {
    pub fn new(call: Call) -> Self {
        let endpoint = call.endpoint();
        Self { call, endpoint, attempts: Cell::new(0), sent_at: Cell::new(0.0) }
    }

    /// A failure of this write after which it may have taken effect all the same.
    pub fn unsettled(&self, fault: Fault) -> Fault {
        match &self.call.access {
            Access::Write { operation, ticket } => fault.into_unsettled(operation, self.sent_at.get(), ticket.clone()),
            Access::Read => fault,
        }
    }

    /// The failure of somebody who no longer waits, while the call goes on.
    pub fn left(&self, kind: Kind) -> Fault {
        let sent = self.attempts.get() > 0;
        self.fault(Failure { sent, ..Failure::unsent(kind) })
    }

    /// What a failure means for this call: a write that was sent may have taken effect.
    fn fault(&self, failure: Failure) -> Fault {
        let Failure { kind, status, instance_id, sent, .. } = failure;
        let open = sent && envelope::leaves_outcome_open(status, &kind);
        let http_status = (status > 0).then_some(status);
        let (endpoint, attempts) = (self.endpoint.clone(), self.attempts.get());
        let fault = Fault { kind, endpoint, http_status, instance_id, attempts };
        if open { self.unsettled(fault) } else { fault }
    }
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
        Self { settings, closed: Cell::new(false), flights: Flights::default(), tokens: TokenKeeper::default() }
    }

    /// Makes a call; the payload it resolves to is checked. Reads are repeated after failures that may pass, writes never.
    pub async fn run(&self, call: Call, options: &CallOptions) -> Result<Reply, Fault> {
        self.travel(&Trip::new(call), options).await
    }

    /// The same, watched by others.
    pub async fn travel(&self, trip: &Trip, options: &CallOptions) -> Result<Reply, Fault> {
        let max_retries = match trip.call.access {
            Access::Read => options.max_retries.unwrap_or(self.settings.max_retries),
            Access::Write { .. } => 0.0,
        };
        let mut retries = 0;
        loop {
            let failure = match self.authorized_attempt(trip, options).await {
                Ok(reply) => return Ok(Reply { attempts: trip.attempts.get(), ..reply }),
                Err(failure) => failure,
            };
            let delay = if failure.may_pass() && f64::from(retries) < max_retries {
                retry::delay_ms(retries, failure.retry_after_ms, Math::random())
            } else {
                None
            };
            let Some(delay_ms) = delay else {
                return Err(trip.fault(failure));
            };
            retries += 1;
            self.settings.emit(&ClientEvent::Retry {
                endpoint: trip.endpoint.clone(),
                attempt: trip.attempts.get(),
                code: failure.kind.code().to_owned(),
                delay_ms,
            });
            if let Err(kind) = pause(delay_ms, options.signal.as_ref()).await {
                return Err(trip.fault(Failure::unsent(kind)));
            }
        }
    }

    /// One attempt, and a second one when the first was refused for its token and there is a newer one. Refused for its
    /// token means not executed, so this is safe for writes too.
    async fn authorized_attempt(&self, trip: &Trip, options: &CallOptions) -> Result<Reply, Failure> {
        let token = self.token(options, None).await?;
        let failure = match self.attempt(trip, &token, options).await {
            Err(failure) if envelope::refuses_token(failure.status, &failure.kind) => failure,
            result => return result,
        };
        let renewed = self.token(options, Some(&token)).await?;
        if renewed == token {
            return Err(failure);
        }
        self.attempt(trip, &renewed, options).await
    }

    async fn token(&self, options: &CallOptions, refused: Option<&Rc<str>>) -> Result<Rc<str>, Failure> {
        let deadline = self.deadline(options).map_err(Failure::unsent)?;
        let reason = if refused.is_some() { "refused" } else { "first" };
        let asking = || self.settings.emit(&ClientEvent::Token { reason });
        self.tokens.token(&self.settings.token, refused, &deadline, asking).await.map_err(Failure::unsent)
    }

    /// The limit of one attempt.
    pub fn deadline(&self, options: &CallOptions) -> Result<Deadline, Kind> {
        Deadline::start(options.timeout_ms.or(Some(self.settings.timeout_ms)), options.signal.as_ref())
    }

    /// Sends one request and reads its answer, headers and body under one limit.
    async fn attempt(&self, trip: &Trip, token: &str, options: &CallOptions) -> Result<Reply, Failure> {
        let deadline = self.deadline(options).map_err(Failure::unsent)?;
        let request = self.request(trip, token, &deadline).map_err(Failure::unsent)?;
        let (endpoint, attempt) = (trip.endpoint.clone(), trip.attempts.get() + 1);
        self.settings.emit(&ClientEvent::Request { endpoint: endpoint.clone(), attempt });
        if let Some(stop) = deadline.stopped() {
            return Err(Failure::unsent(deadline.failure(stop)));
        }
        trip.attempts.set(attempt);
        trip.sent_at.set(Date::now());
        let no_response = |interrupt| match interrupt {
            Interrupt::Stopped(stop) => Failure::sent(deadline.failure(stop), 0),
            Interrupt::Rejected(cause) => Failure::sent(Kind::Network { cause }, 0),
        };
        let promise = dispatch(self.settings.fetch.as_ref(), &request)
            .map_err(|cause| no_response(Interrupt::Rejected(cause)))?;
        let value = deadline.race(promise).await.map_err(no_response)?;
        let elapsed_ms = Date::now() - trip.sent_at.get();
        let (answer, status) = as_answer(value).ok_or_else(|| no_response(Interrupt::Rejected(JsValue::UNDEFINED)))?;
        self.settings.emit(&ClientEvent::Response { endpoint, attempt, http_status: status, elapsed_ms });
        read(&answer, status, &trip.call, &deadline).await
    }

    /// The request of an attempt: a write by `singleSend` where that can be.
    fn request(&self, trip: &Trip, token: &str, deadline: &Deadline) -> Result<Request, Kind> {
        let request = build(&trip.call, &self.settings.base_url, token, deadline)?;
        if !self.settings.single_send || matches!(trip.call.access, Access::Read) {
            return Ok(request);
        }
        match stream::single_send(&request, trip.call.body.as_deref(), &self.settings.base_url) {
            Ok(request) => Ok(request),
            Err(reason) => {
                let endpoint = trip.endpoint.clone();
                self.settings.emit(&ClientEvent::SingleSendUnavailable { endpoint, reason });
                Ok(request)
            }
        }
    }
}

impl Failure {
    /// Whether another try may help. Before a request is sent none does: the caller gave up, or its token does not come.
    fn may_pass(&self) -> bool {
        let passing =
            matches!(self.kind, Kind::Network { .. } | Kind::Timeout { .. }) || retry::is_passing(self.status);
        self.sent && passing
    }
}

/// Lets time pass, unless the caller aborts.
pub async fn pause(ms: f64, signal: Option<&web_sys::AbortSignal>) -> Result<(), Kind> {
    let deadline = Deadline::start(Some(ms), signal)?;
    match deadline.until(|_| false).await {
        Ok(()) | Err(Stop::Elapsed) => Ok(()),
        Err(stop) => Err(deadline.failure(stop)),
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
