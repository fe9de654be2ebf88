//! Admin routes for tests, enabled with `--admin`: inspect the sandbox, reset it, inject faults.

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

use crate::{
    app::App,
    envelope::json,
    faults::FaultDefinition,
    json::parse,
    query::Parameters,
    store::{Purchase, TopUp},
};

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
struct SandboxState {
    requests: BTreeMap<String, u64>,
    tenants: usize,
}

async fn state(State(app): State<App>) -> Response {
    json(&SandboxState { requests: app.request_counts.counts(), tenants: app.store().len() })
}

#[derive(Serialize)]
struct TenantState<'a> {
    id: &'a str,
    email: &'a str,
    status: &'static str,
    enabled: bool,
    balance: i64,
    service_balance: i64,
    top_ups: &'a [TopUp],
    purchases: &'a [Purchase],
}

async fn tenant(State(app): State<App>, parameters: Parameters) -> Response {
    let now = app.now();
    let store = app.store();
    let Some(email) = parameters.get("email") else {
        return error_response(StatusCode::BAD_REQUEST, "the query parameter email is missing");
    };
    match store.by_email(email) {
        Some(tenant) => json(&TenantState {
            id: &tenant.id,
            email: &tenant.email,
            status: tenant.status(now),
            enabled: tenant.enabled,
            balance: tenant.balance,
            service_balance: tenant.service_balance,
            top_ups: &tenant.top_ups,
            purchases: &tenant.purchases,
        }),
        None => error_response(StatusCode::NOT_FOUND, "no tenant has this e-mail"),
    }
}

#[derive(Serialize)]
struct ResetResult {
    tenants: usize,
}

async fn reset(State(app): State<App>) -> Response {
    json(&ResetResult { tenants: app.reset() })
}

#[derive(Serialize)]
struct ExpiredTokens {
    expired: usize,
}

async fn expire_tokens(State(app): State<App>) -> Response {
    json(&ExpiredTokens { expired: app.tokens().expire_all() })
}

async fn requests(State(app): State<App>) -> Response {
    json(&app.request_log.all())
}

async fn faults(State(app): State<App>) -> Response {
    json(&app.faults.list())
}

/// Accepts JSON with any content type: a `text/plain` request from a page needs no preflight.
async fn add_fault(State(app): State<App>, bytes: Bytes) -> Response {
    match FaultDefinition::parse(&bytes) {
        Ok(definition) => json(&app.faults.add(definition)),
        Err(error) => error_response(StatusCode::BAD_REQUEST, &error),
    }
}

#[derive(Serialize)]
struct ClearedFaults {
    cleared: usize,
}

async fn clear_faults(State(app): State<App>) -> Response {
    json(&ClearedFaults { cleared: app.faults.clear() })
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct KeepAliveSetting {
    enabled: bool,
}

async fn keep_alive(State(app): State<App>, bytes: Bytes) -> Response {
    match parse::<KeepAliveSetting>(&bytes) {
        Ok(setting) => {
            app.keep_alive.set(setting.enabled);
            json(&setting)
        }
        Err(error) => error_response(StatusCode::BAD_REQUEST, &error),
    }
}

#[derive(Serialize)]
struct AdminError<'a> {
    error: &'a str,
}

fn error_response(status: StatusCode, error: &str) -> Response {
    (status, json(&AdminError { error })).into_response()
}
