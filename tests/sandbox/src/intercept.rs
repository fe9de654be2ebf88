//! The middleware of all API requests: counts and logs them, injects faults, delays responses.

use std::{collections::BTreeMap, sync::Mutex};

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::Response,
};

use crate::{
    app::{App, lock},
    faults, gateway,
    request_log::LogEntry,
};

/// Larger than any body that an endpoint accepts.
pub const BODY_LIMIT: u32 = 16 * 1024 * 1024;

/// The number of requests of each endpoint, with keys such as `POST /api/partner/tenant/add`.
#[derive(Default)]
pub struct RequestCounts(Mutex<BTreeMap<String, u64>>);

impl RequestCounts {
    fn increment(&self, endpoint: String) {
        *lock(&self.0).entry(endpoint).or_default() += 1;
    }

    pub fn counts(&self) -> BTreeMap<String, u64> {
        lock(&self.0).clone()
    }

    pub fn clear(&self) {
        lock(&self.0).clear();
    }
}

/// The key of a request in [`RequestCounts`]: method and path, without base path and query.
pub fn endpoint(request: &Request) -> String {
    format!("{} {}", request.method(), request.uri().path())
}

/// Counts a request when it arrives, so that one whose response never reaches the client is counted too. Preflights are
/// answered by the CORS layer and do not get here.
pub async fn intercept(State(app): State<App>, request: Request, next: Next) -> Response {
    let endpoint = endpoint(&request);
    let fault = app.faults.take(&endpoint);
    let kind = fault.as_ref().map(|fault| fault.kind.clone());
    app.request_log.add(LogEntry::new(&request, endpoint.clone(), kind, app.now()));
    app.request_counts.increment(endpoint);
    // The body is always read completely. Otherwise a client that disconnects would not be noticed, and closing a
    // connection with unread data would reset it, which can discard the response.
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, BODY_LIMIT as usize).await else {
        return gateway::html_page(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let request = Request::from_parts(parts, Body::from(bytes));
    let response = match fault {
        Some(fault) => faults::inject_fault(&app, fault, request, next).await,
        None => next.run(request).await,
    };
    // The delay comes after the work: a client that gives up waiting has still topped up, as with the real API.
    app.clock.sleep(app.settings.latency_ms).await;
    response
}
