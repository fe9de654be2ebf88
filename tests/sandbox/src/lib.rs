//! A server that implements the OMICall partner API, for development and tests.
//!
//! It is written from the API's documentation and shares no code with the SDK, so that a mistake in one does not hide
//! the same mistake in the other. All state is in memory: a restart resets it.

pub mod account;
pub mod admin;
pub mod app;
pub mod auth;
pub mod body;
pub mod cli;
pub mod clock;
pub mod connection;
pub mod cors;
pub mod date;
pub mod diacritics;
pub mod envelope;
pub mod faults;
pub mod gateway;
pub mod intercept;
pub mod json;
pub mod keep_alive;
pub mod numbers;
pub mod packages;
pub mod page;
pub mod purchase;
pub mod query;
pub mod random;
pub mod request_log;
pub mod seed;
#[cfg(not(target_arch = "wasm32"))]
pub mod server;
pub mod settings;
pub mod snapshot;
pub mod store;
pub mod tenants;
#[cfg(not(target_arch = "wasm32"))]
pub mod tls;
#[cfg(target_arch = "wasm32")]
mod wasm;

use axum::{
    Router,
    http::StatusCode,
    middleware,
    routing::{get, post},
};

pub use app::{App, Sandbox};

/// The router with all routes of the sandbox.
pub fn router(app: App) -> Router {
    let base_path = app.settings.base_path.as_str().to_owned();
    let cors = cors::layer(&app.settings.allow_origin);

    let api = Router::new()
        .route("/api/auth", get(auth::sign_in))
        .route("/api/partner/me", get(account::me::handle))
        .route("/api/partner/agency_tenant/info", get(account::agency::handle))
        .route("/api/partner/service_package/list", get(packages::list::handle))
        .route("/api/partner/service_package/upgrade", post(packages::upgrade::handle))
        .route("/api/partner/service_package/extend", post(packages::extend::handle))
        .route("/api/partner/service_package_v2/template/list", get(packages::templates::handle))
        .route("/api/partner/public_number/list", get(numbers::list::handle))
        .route("/api/partner/public_number/buy", post(numbers::buy::handle))
        .route("/api/partner/tenant/add", post(tenants::add::handle))
        .route("/api/partner/tenant/list", post(tenants::list::handle))
        .route("/api/partner/tenant/info", get(tenants::info::handle))
        .route("/api/partner/tenant/update_balance", post(tenants::update_balance::handle))
        .fallback(not_found)
        // Everything that applies to API requests and not to admin requests, such as faults, belongs in this layer. It
        // sees paths without the base path, and its own responses still get CORS headers.
        .layer(middleware::from_fn_with_state(app.clone(), intercept::intercept));
    let admin = if app.settings.admin { admin::routes() } else { admin::disabled_routes() };
    let routes = api.merge(admin);
    let mounted =
        if base_path.is_empty() { routes } else { Router::new().nest(&base_path, routes).fallback(not_found) };
    mounted
        // Wraps all routes: a page can read an error response only if that has CORS headers too.
        .layer(cors)
        .layer(middleware::from_fn(cors::strip_headers))
        .layer(middleware::from_fn_with_state(app.clone(), date::add_header))
        .layer(middleware::from_fn_with_state(app.clone(), keep_alive::layer))
        .with_state(app)
}

async fn not_found() -> axum::response::Response {
    gateway::html_page(StatusCode::NOT_FOUND)
}
