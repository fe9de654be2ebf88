//! Admin routes for tests, enabled with `--admin`: inspect the sandbox, reset it, inject faults.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::{any, get, post},
};
use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::{
    app::App,
    envelope::json,
    faults::FaultDefinition,
    json::parse,
    query::Parameters,
    snapshot::Snapshot,
    store::{Purchase, TopUp},
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/sandbox/state", get(state))
        .route("/sandbox/tenant", get(tenant))
        .route("/sandbox/reset", post(reset))
        .route("/sandbox/expire_tokens", post(expire_tokens))
        .route("/sandbox/advance", post(advance))
        .route("/sandbox/snapshot", get(snapshot))
        .route("/sandbox/restore", post(restore))
        .route("/sandbox/requests", get(requests))
        .route("/sandbox/faults", get(faults).post(add_fault))
        .route("/sandbox/clear_faults", post(clear_faults))
        .route("/sandbox/keep_alive", post(keep_alive))
        // A snapshot has no limit.
        .layer(DefaultBodyLimit::disable())
}

/// What a sandbox without `--admin` has in place of the routes.
pub fn disabled_routes() -> Router<App> {
    Router::new().route("/sandbox/{*route}", any(disabled))
}

async fn disabled() -> Response {
    error_response(
        StatusCode::NOT_FOUND,
        "the admin routes need the flag --admin, or the option admin of createSandbox",
    )
}

/// The number of requests per endpoint, and of tenants of all partners.
#[derive(Serialize, Tsify)]
#[tsify(hashmap_as_object)]
struct SandboxState {
    /// With keys such as `POST /api/partner/tenant/add`.
    requests: BTreeMap<String, u64>,
    /// Of all partners.
    tenants: usize,
}

async fn state(State(app): State<App>) -> Response {
    json(&SandboxState { requests: app.request_counts.counts(), tenants: app.store().len() })
}

/// What the sandbox has in its books for a tenant.
#[derive(Serialize, Tsify)]
struct TenantState<'a> {
    /// The tenant's id, as `tenants.get` takes it.
    id: &'a str,
    /// As it was sent.
    email: &'a str,
    /// By the sandbox's clock.
    #[tsify(type = "\"activated\" | \"not_activated\"")]
    status: &'static str,
    /// Whether the partner may top it up.
    enabled: bool,
    /// The call-charge wallet, in VND.
    balance: i64,
    /// The service wallet, in VND.
    service_balance: i64,
    /// Oldest first.
    top_ups: &'a [TopUp],
    /// Oldest first.
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

/// The number of tenants that the sandbox has now.
#[derive(Serialize, Tsify)]
struct ResetResult {
    /// Of all partners.
    tenants: usize,
}

async fn reset(State(app): State<App>) -> Response {
    json(&ResetResult { tenants: app.reset() })
}

/// The number of tokens that were valid.
#[derive(Serialize, Tsify)]
struct ExpiredTokens {
    /// Their number.
    expired: usize,
}

async fn expire_tokens(State(app): State<App>) -> Response {
    json(&ExpiredTokens { expired: app.tokens().expire_all() })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    ms: u32,
}

/// The time of the clock, in epoch milliseconds.
#[derive(Serialize, Tsify)]
struct SandboxTime {
    /// Epoch milliseconds.
    now: i64,
}

async fn advance(State(app): State<App>, bytes: Bytes) -> Response {
    respond(parse(&bytes).map(|Advance { ms }| {
        app.clock.advance(ms);
        SandboxTime { now: app.now() }
    }))
}

async fn snapshot(State(app): State<App>) -> Response {
    json(&Snapshot::of(&app))
}

async fn restore(State(app): State<App>, bytes: Bytes) -> Response {
    respond(Snapshot::parse(&bytes).map(|snapshot| ResetResult { tenants: snapshot.restore(&app) }))
}

async fn requests(State(app): State<App>) -> Response {
    json(&app.request_log.all())
}

async fn faults(State(app): State<App>) -> Response {
    json(&app.faults.list())
}

/// Accepts JSON with any content type: a `text/plain` request from a page needs no preflight.
async fn add_fault(State(app): State<App>, bytes: Bytes) -> Response {
    respond(FaultDefinition::parse(&bytes).map(|definition| app.faults.add(definition)))
}

/// The number of faults that were removed, used-up ones included.
#[derive(Serialize, Tsify)]
struct ClearedFaults {
    /// Their number.
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
    respond(parse::<KeepAliveSetting>(&bytes).inspect(|setting| app.keep_alive.set(setting.enabled)))
}

/// The result of a request with a body, whose error says what is wrong in it.
fn respond(result: Result<impl Serialize, String>) -> Response {
    match result {
        Ok(value) => json(&value),
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
