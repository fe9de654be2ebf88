//! What happens to every API call on its way in and out: it is counted, it may meet a fault, and its answer may be held
//! back.

use std::{collections::BTreeMap, sync::Mutex, time::Duration};

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
    requests::Entry,
};

/// More than any endpoint takes.
const BODY_LIMIT: usize = 16 * 1024 * 1024;

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
    let endpoint = endpoint(&request);
    let struck = app.faults.take(&endpoint);
    if app.cli.admin {
        let fault = struck.as_ref().map(|struck| struck.kind.clone());
        app.requests.add(Entry::new(&request, endpoint.clone(), fault, app.now()));
    }
    app.traffic.count(endpoint);
    // All of it, whoever answers: so that a client who goes away is noticed, and a connection that is closed has
    // nothing unread, which would reset it and might take the answer along.
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, BODY_LIMIT).await else {
        return gateway::page(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let request = Request::from_parts(parts, Body::from(bytes));
    let response = match struck {
        Some(struck) => faults::strike(&app, struck, request, next).await,
        None => next.run(request).await,
    };
    // After the work and not before: a caller who gives up waiting has still topped up, as in life.
    if app.cli.latency > 0 {
        tokio::time::sleep(Duration::from_millis(app.cli.latency)).await;
    }
    response
}
