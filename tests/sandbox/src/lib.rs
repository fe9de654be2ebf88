//! A server that speaks the OMICall partner API, for development and tests.
//!
//! It is written from the API's contract and shares no code with the SDK, so that a mistake in one does not hide the
//! same mistake in the other. All state is in memory: a restart is a clean slate.

pub mod admin;
pub mod app;
pub mod auth;
pub mod body;
pub mod cli;
pub mod clock;
pub mod connection;
pub mod cors;
pub mod envelope;
pub mod faults;
pub mod fold;
pub mod gateway;
pub mod json;
pub mod keep_alive;
pub mod partner;
pub mod query;
pub mod random;
pub mod requests;
pub mod seed;
pub mod server;
pub mod store;
pub mod tenants;
pub mod tls;
pub mod traffic;

use axum::{
    Router,
    http::StatusCode,
    middleware,
    routing::{get, post},
};

pub use app::{App, Sandbox};

/// Everything the sandbox answers, as one service.
pub fn router(app: App) -> Router {
    let base_path = app.cli.base_path.as_str().to_owned();
    let cors = cors::layer(&app.cli.allow_origin);

    let api = Router::new()
        .route("/api/auth", get(auth::sign_in))
        .route("/api/partner/me", get(partner::me))
        .route("/api/partner/tenant/add", post(tenants::add::handle))
        .route("/api/partner/tenant/list", post(tenants::list::handle))
        .route("/api/partner/tenant/info", get(tenants::info::handle))
        .route("/api/partner/tenant/update_balance", post(tenants::update_balance::handle))
        .fallback(not_found)
        // Whatever should happen to API calls and not to admin calls, faults included, goes here: this layer sees
        // paths without the base path, and what it answers still gets its CORS headers.
        .layer(middleware::from_fn_with_state(app.clone(), traffic::observe));
    let site = if app.cli.admin { api.merge(admin::routes()) } else { api };
    let mounted = if base_path.is_empty() { site } else { Router::new().nest(&base_path, site).fallback(not_found) };
    mounted
        // Around everything: a page can read an error only if that answer carries the headers too.
        .layer(cors)
        .layer(middleware::from_fn(cors::strip))
        .layer(middleware::from_fn_with_state(app.clone(), keep_alive::layer))
        .with_state(app)
}

async fn not_found() -> axum::response::Response {
    gateway::page(StatusCode::NOT_FOUND)
}
