//! Routes for tests, on only with `--admin`: look into the sandbox and put it back.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use serde::{Deserialize, Serialize};

use crate::{app::App, envelope::json, faults::Order, json::read, query::Parameters, store::TopUp};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/sandbox/state", get(state))
        .route("/sandbox/tenant", get(tenant))
        .route("/sandbox/reset", post(reset))
        .route("/sandbox/expire_tokens", post(expire_tokens))
        .route("/sandbox/requests", get(requests))
        .route("/sandbox/faults", get(faults).post(add_fault))
        .route("/sandbox/clear_faults", post(clear_faults))
        .route("/sandbox/keep_alive", post(keep_alive))
}

#[derive(Serialize)]
struct Report {
    requests: BTreeMap<String, u64>,
    tenants: usize,
}

async fn state(State(app): State<App>) -> Response {
    json(&Report { requests: app.traffic.counts(), tenants: app.store().len() })
}

#[derive(Serialize)]
struct Books<'a> {
    id: &'a str,
    email: &'a str,
    status: &'static str,
    enabled: bool,
    balance: i64,
    service_balance: i64,
    top_ups: &'a [TopUp],
}

async fn tenant(State(app): State<App>, parameters: Parameters) -> Response {
    let now = app.now();
    let store = app.store();
    let Some(email) = parameters.get("email") else {
        return problem(StatusCode::BAD_REQUEST, "the query parameter email is missing");
    };
    match store.by_email(email) {
        Some(tenant) => json(&Books {
            id: &tenant.id,
            email: &tenant.email,
            status: tenant.status(now),
            enabled: tenant.enabled,
            balance: tenant.balance,
            service_balance: tenant.service_balance,
            top_ups: &tenant.top_ups,
        }),
        None => problem(StatusCode::NOT_FOUND, "no tenant has this e-mail"),
    }
}

#[derive(Serialize)]
struct Reset {
    tenants: usize,
}

async fn reset(State(app): State<App>) -> Response {
    json(&Reset { tenants: app.reset() })
}

#[derive(Serialize)]
struct Expired {
    expired: usize,
}

async fn expire_tokens(State(app): State<App>) -> Response {
    json(&Expired { expired: app.tokens().expire_all() })
}

async fn requests(State(app): State<App>) -> Response {
    json(&app.requests.all())
}

async fn faults(State(app): State<App>) -> Response {
    json(&app.faults.show())
}

/// Takes JSON under any content type: with text/plain a page needs no preflight.
async fn add_fault(State(app): State<App>, bytes: Bytes) -> Response {
    match Order::read(&bytes) {
        Ok(order) => json(&app.faults.add(order)),
        Err(error) => problem(StatusCode::BAD_REQUEST, &error),
    }
}

#[derive(Serialize)]
struct Cleared {
    cleared: usize,
}

async fn clear_faults(State(app): State<App>) -> Response {
    json(&Cleared { cleared: app.faults.clear() })
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    enabled: bool,
}

async fn keep_alive(State(app): State<App>, bytes: Bytes) -> Response {
    match read::<Setting>(&bytes) {
        Ok(setting) => {
            app.keep_alive.set(setting.enabled);
            json(&setting)
        }
        Err(error) => problem(StatusCode::BAD_REQUEST, &error),
    }
}

#[derive(Serialize)]
struct Problem<'a> {
    error: &'a str,
}

fn problem(status: StatusCode, error: &str) -> Response {
    (status, json(&Problem { error })).into_response()
}
