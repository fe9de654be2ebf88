//! What happens to every API call on its way in and out: it is counted, and its answer may be held back.

use std::{collections::BTreeMap, sync::Mutex, time::Duration};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

use crate::app::{App, lock};

/// How often each endpoint was called, under keys such as `POST /api/partner/tenant/add`.
#[derive(Default)]
pub struct Traffic(Mutex<BTreeMap<String, u64>>);

impl Traffic {
    fn count(&self, endpoint: String) {
        *lock(&self.0).entry(endpoint).or_default() += 1;
    }

    pub fn counts(&self) -> BTreeMap<String, u64> {
        lock(&self.0).clone()
    }

    pub fn clear(&self) {
        lock(&self.0).clear();
    }
}

/// The name under which a call is counted: method and path, without base path and query.
pub fn endpoint(request: &Request) -> String {
    format!("{} {}", request.method(), request.uri().path())
}

/// Counts on arrival, so that a call whose answer never gets back is counted too. Preflights end before they get here.
pub async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    app.traffic.count(endpoint(&request));
    let response = next.run(request).await;
    // After the work and not before: a caller who gives up waiting has still topped up, as in life.
    if app.cli.latency > 0 {
        tokio::time::sleep(Duration::from_millis(app.cli.latency)).await;
    }
    response
}
