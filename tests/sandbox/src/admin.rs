//! Routes for tests, on only with `--admin`: look into the sandbox and put it back.

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use serde::Serialize;

use crate::{app::App, envelope::json, query::Parameters, store::TopUp};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/sandbox/state", get(state))
        .route("/sandbox/tenant", get(tenant))
        .route("/sandbox/reset", post(reset))
        .route("/sandbox/expire_tokens", post(expire_tokens))
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

#[derive(Serialize)]
struct Problem {
    error: &'static str,
}

fn problem(status: StatusCode, error: &'static str) -> Response {
    (status, json(&Problem { error })).into_response()
}
