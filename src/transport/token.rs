//! The bearer token: one refresh at a time, shared by every call that waits, and another one after the server refused a token.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;

use super::timeout::{Interrupt, Stop, Timeout};
use crate::config::TokenSource;
use crate::error::{ErrorKind, Text, TokenFailure};
use crate::platform::guarded::is_lost_connection;
use crate::platform::promise::promise_of;
use crate::validation::rules;

const TOKEN_TIMEOUT: &Text = &Text {
    en: "The access token did not arrive in time: try again, or sign in again.",
    vi: "Không lấy được access token kịp thời gian: hãy thử lại hoặc đăng nhập lại.",
};

/// The token of a client, and the call of its provider while that is pending.
#[derive(Default)]
pub struct TokenCache {
    token: RefCell<Option<Rc<str>>>,
    refresh: RefCell<Option<Refresh>>,
    refreshes: Cell<u32>,
}

#[derive(Clone)]
struct Refresh {
    number: u32,
    result: Promise,
}

impl TokenCache {
    /// The fixed token, or the cached one unless the server rejected it. Otherwise the provider to call.
    pub fn cached<'a>(
        &self,
        source: &'a TokenSource,
        rejected: Option<&Rc<str>>,
    ) -> std::result::Result<Rc<str>, &'a Function> {
        match source {
            TokenSource::Fixed(token) => Ok(token.clone()),
            // Another call may have refreshed it since ours was rejected.
            TokenSource::Provider(provider) => {
                self.token.borrow().clone().filter(|token| rejected != Some(token)).ok_or(provider)
            }
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
        self.token.replace(None);
        // Provider and listener are the caller's code: no borrow is held while they run.
        let pending = self.refresh.borrow().clone();
        let refresh = match pending {
            Some(refresh) => refresh,
            None => {
                on_refresh();
                self.start(provider)
            }
        };
        let (token, error) = match timeout.race(refresh.result.into()).await {
            Ok(value) => (provided_token(&value), unavailable(TokenFailure::Invalid, JsValue::UNDEFINED)),
            Err(Interrupt::Rejected(cause)) if is_lost_connection(&cause) => {
                (None, unavailable(TokenFailure::Connection, cause))
            }
            Err(Interrupt::Rejected(cause)) => (None, unavailable(TokenFailure::Failed, cause)),
            // The next call calls the provider again.
            Err(Interrupt::Stopped(Stop::Elapsed)) => (None, ErrorKind::Timeout(TOKEN_TIMEOUT)),
            Err(Interrupt::Stopped(stop)) => return Err(timeout.error(stop)),
        };
        // Unless a newer refresh has replaced this one.
        let is_pending = self.refresh.borrow().as_ref().is_some_and(|pending| pending.number == refresh.number);
        if is_pending {
            self.refresh.replace(None);
            self.token.replace(token.clone());
        }
        token.ok_or(error)
    }

    fn start(&self, provider: &Function) -> Refresh {
        let result = promise_of(provider.call0(&JsValue::UNDEFINED));
        let number = self.refreshes.get().wrapping_add(1);
        self.refreshes.set(number);
        let refresh = Refresh { number, result };
        self.refresh.replace(Some(refresh.clone()));
        refresh
    }
}

/// The token that a provider gave.
fn provided_token(value: &JsValue) -> Option<Rc<str>> {
    value.as_string().filter(|token| rules::is_token(token)).map(Rc::from)
}

fn unavailable(reason: TokenFailure, cause: JsValue) -> ErrorKind {
    ErrorKind::TokenUnavailable { reason, cause }
}
