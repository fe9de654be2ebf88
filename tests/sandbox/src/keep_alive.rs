//! Whether HTTP/1.1 connections are reused. Browsers resend requests when a reused connection breaks; tests that must
//! not see such repeats turn keep-alive off.

use std::future::pending;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, Version, header},
    middleware::Next,
    response::Response,
};
use tokio::sync::watch;

use crate::app::App;

pub struct KeepAlive(watch::Sender<bool>);

impl Default for KeepAlive {
    fn default() -> Self {
        Self(watch::Sender::new(true))
    }
}

impl KeepAlive {
    pub fn set(&self, enabled: bool) {
        self.0.send_replace(enabled);
    }

    fn enabled(&self) -> bool {
        *self.0.borrow()
    }

    /// For an open connection, so that it can be closed while it is idle, and not only after its next request.
    pub fn watch(&self) -> KeepAliveWatcher {
        KeepAliveWatcher(self.0.subscribe())
    }
}

pub struct KeepAliveWatcher(watch::Receiver<bool>);

impl KeepAliveWatcher {
    /// Completes the next time keep-alive is turned off.
    pub async fn turned_off(&mut self) {
        while self.0.changed().await.is_ok() {
            if !*self.0.borrow_and_update() {
                return;
            }
        }
        pending().await
    }
}

/// The outermost layer, so that connections are closed after preflights as well.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_http1 = request.version() <= Version::HTTP_11;
    let mut response = next.run(request).await;
    if is_http1 && !app.keep_alive.enabled() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
