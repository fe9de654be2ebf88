//! Whether HTTP/1.1 connections serve more than one request. Browsers repeat requests on reused connections by
//! themselves; a test that must not see that turns it off.

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

    /// For a connection that is there now: so that an idle one need not wait for one more request to be closed.
    pub fn watch(&self) -> Watch {
        Watch(self.0.subscribe())
    }
}

pub struct Watch(watch::Receiver<bool>);

impl Watch {
    /// Ends when it is turned off from now on.
    pub async fn turned_off(&mut self) {
        while self.0.changed().await.is_ok() {
            if !*self.0.borrow_and_update() {
                return;
            }
        }
        pending().await
    }
}

/// Outermost, as preflights are closed after too.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_http1 = request.version() <= Version::HTTP_11;
    let mut response = next.run(request).await;
    if is_http1 && !app.keep_alive.enabled() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
