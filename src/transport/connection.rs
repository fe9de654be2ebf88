//! The options and the state of a client, shared by its calls.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;

use js_sys::Promise;

use super::single_flight::SingleFlight;
use super::timeout::Timeout;
use super::token::TokenCache;
use crate::config::{CallOptions, ClientConfig};
use crate::error::{ErrorKind, Result};
use crate::platform::promise::promise;

/// What a call does once its arguments are validated. Boxed, so that all calls share the code that runs them.
pub type Call = Pin<Box<dyn Future<Output = Result>>>;

pub struct Connection {
    pub config: ClientConfig,
    pub is_closed: Cell<bool>,
    /// Writes that identical calls share.
    pub single_flight: SingleFlight,
    pub(super) tokens: TokenCache,
}

impl Connection {
    pub fn new(config: ClientConfig) -> Self {
        let (single_flight, tokens) = Default::default();
        Self { config, is_closed: Cell::new(false), single_flight, tokens }
    }

    /// Runs a future of the core. The promise settles in any case, and rejects with a plain object.
    pub fn promise(&self, future: Call) -> Promise {
        let language = self.config.language;
        promise(Box::pin(async move { future.await.map_err(|error| error.into_js(language)) }))
    }

    /// Starts the timeout of one attempt.
    pub fn timeout(&self, options: &CallOptions) -> std::result::Result<Timeout, ErrorKind> {
        let ms = options.timeoutMs.as_ref().map_or(self.config.timeout_ms, |ms| ms.0);
        Timeout::start(Some(ms), options.signal.as_ref())
    }
}
