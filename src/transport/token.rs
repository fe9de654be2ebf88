//! The bearer token: one refresh at a time, shared by every call that waits, and another one after the server refused a token.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use js_sys::{Date, Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::timeout::{Interrupt, Stop, Timeout};
use crate::error::{ErrorKind, Text, TokenFailure};
use crate::platform::bindings::monotonic_ms;
use crate::platform::guarded::is_lost_connection;
use crate::platform::promise::{promise, promise_of};
use crate::validation::rules;

const TOKEN_TIMEOUT: &Text = &Text {
    en: "The access token did not arrive in time: try again, or sign in again.",
    vi: "Không lấy được access token kịp thời gian: hãy thử lại hoặc đăng nhập lại.",
};

/// A provider that has not answered for this long is called again. Calls with shorter timeouts join the pending refresh.
const REFRESH_TIMEOUT_MS: f64 = 30_000.0;

/// Tokens live 24 hours.
const RENEWAL_AGE_MS: f64 = 23.0 * 3_600_000.0;
/// After a renewal that failed.
const RENEWAL_PAUSE_MS: f64 = 60_000.0;

/// The token of a client, and the call of its provider while that is pending.
#[derive(Clone, Default)]
pub struct TokenCache(Rc<State>);

#[derive(Default)]
struct State {
    token: RefCell<Option<Rc<str>>>,
    /// Epoch ms.
    received_at: Cell<f64>,
    refresh: RefCell<Option<Refresh>>,
    refreshes: Cell<u32>,
}

/// The token that a provider gave, or why there is none.
type Provided = Result<Rc<str>, (TokenFailure, JsValue)>;

#[derive(Clone)]
struct Refresh {
    number: u32,
    started_at: f64,
    /// The token, or why there is none; set before `ended` settles.
    result: Rc<OnceCell<Provided>>,
    ended: Promise,
}

impl TokenCache {
    /// The token, unless it is the one that the server rejected: another call may have refreshed it since.
    pub fn cached(&self, rejected: Option<&Rc<str>>) -> Option<Rc<str>> {
        self.0.token.borrow().clone().filter(|token| rejected != Some(token))
    }

    /// Calls the provider for a token that will expire soon, unless it is called already. Nobody waits for it: until it has
    /// answered, and where it fails, the old token serves.
    pub fn renew_in_time(&self, provider: &Function, on_refresh: impl FnOnce(&'static str)) {
        let is_expiring = Date::now() - self.0.received_at.get() >= RENEWAL_AGE_MS;
        if is_expiring && self.0.refresh.borrow().is_none() {
            on_refresh("expiring");
            self.start(provider);
        }
    }

    /// Gets a token from the provider, or from the pending refresh. After a rejection it may be the same token again.
    /// `on_refresh` is called before the provider is.
    pub async fn refresh(
        &self,
        provider: &Function,
        timeout: &Timeout,
        on_refresh: impl FnOnce(),
    ) -> std::result::Result<Rc<str>, ErrorKind> {
        // No other call should be rejected with it.
        self.0.token.replace(None);
        // Provider and listener are the caller's code: no borrow is held while they run.
        let pending = self.0.refresh.borrow().clone();
        let is_lost = |refresh: &Refresh| monotonic_ms() - refresh.started_at >= REFRESH_TIMEOUT_MS;
        let refresh = match pending.filter(|refresh| !is_lost(refresh)) {
            Some(refresh) => refresh,
            None => {
                on_refresh();
                self.start(provider)
            }
        };
        match timeout.race(refresh.ended.into()).await {
            Ok(_) => match refresh.result.get() {
                Some(Ok(token)) => Ok(token.clone()),
                Some(Err((reason, cause))) => {
                    Err(ErrorKind::TokenUnavailable { reason: *reason, cause: cause.clone() })
                }
                None => Err(ErrorKind::Converted(JsValue::UNDEFINED)),
            },
            // The core failed before it could end the refresh.
            Err(Interrupt::Rejected(exception)) => {
                self.0.end(refresh.number, None);
                Err(ErrorKind::Converted(exception))
            }
            // The refresh goes on: a token that arrives later serves the next call.
            Err(Interrupt::Stopped(Stop::Elapsed)) => Err(ErrorKind::Timeout(TOKEN_TIMEOUT)),
            Err(Interrupt::Stopped(stop)) => Err(timeout.error(stop)),
        }
    }

    fn start(&self, provider: &Function) -> Refresh {
        let state = self.0.clone();
        let number = state.refreshes.get().wrapping_add(1);
        state.refreshes.set(number);
        let provided = JsFuture::from(promise_of(provider.call0(&JsValue::UNDEFINED)));
        let (started_at, result) = (monotonic_ms(), Rc::new(OnceCell::new()));
        let slot = result.clone();
        let ended = promise(Box::pin(async move {
            let token = provided_token(provided.await);
            state.end(number, token.as_ref().ok().cloned());
            slot.set(token).ok();
            Ok(JsValue::UNDEFINED)
        }));
        let refresh = Refresh { number, started_at, result, ended };
        self.0.refresh.replace(Some(refresh.clone()));
        refresh
    }
}

impl State {
    /// Ends a refresh. The token of one that a newer one has replaced serves until that has ended.
    fn end(&self, number: u32, token: Option<Rc<str>>) {
        let is_pending = self.refresh.borrow().as_ref().is_some_and(|pending| pending.number == number);
        if is_pending {
            self.refresh.replace(None);
        }
        if is_pending && token.is_none() {
            // The old token, if there is one, serves: the next renewal is tried later.
            self.received_at.set(Date::now() - RENEWAL_AGE_MS + RENEWAL_PAUSE_MS);
        }
        if token.is_some() && (is_pending || self.token.borrow().is_none()) {
            self.token.replace(token);
            self.received_at.set(Date::now());
        }
    }
}

fn provided_token(provided: Result<JsValue, JsValue>) -> Provided {
    match provided {
        Ok(value) => {
            let token = value.as_string().filter(|token| rules::is_token(token));
            token.map(Rc::from).ok_or((TokenFailure::Invalid, JsValue::UNDEFINED))
        }
        Err(cause) if is_lost_connection(&cause) => Err((TokenFailure::Connection, cause)),
        Err(cause) => Err((TokenFailure::Failed, cause)),
    }
}
