//! CORS: lets pages of other origins call the sandbox.

use std::time::Duration;

use axum::{
    extract::Request,
    http::{Method, header},
    middleware::Next,
    response::Response,
};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::settings::Origin;

const PREFLIGHT_MAX_AGE: Duration = Duration::from_secs(600);

/// Answers preflights itself, before authentication. An empty list of origins allows any origin.
pub fn layer(origins: &[Origin]) -> CorsLayer {
    let origin = if origins.is_empty() || origins.iter().any(Origin::is_any) {
        AllowOrigin::any()
    } else {
        AllowOrigin::list(origins.iter().map(Origin::header))
    };
    CorsLayer::new()
        .allow_origin(origin)
        .allow_methods([Method::GET, Method::POST, Method::OPTIONS])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers([header::DATE, header::RETRY_AFTER])
        .max_age(PREFLIGHT_MAX_AGE)
}

#[derive(Clone)]
struct WithoutCors;

/// Marks a response that must be sent without CORS headers.
pub fn without(mut response: Response) -> Response {
    response.extensions_mut().insert(WithoutCors);
    response
}

/// Runs outside the layer that adds the CORS headers, and removes them from marked responses.
pub async fn strip_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.extensions().get::<WithoutCors>().is_some() {
        let headers = response.headers_mut();
        let names: Vec<_> =
            headers.keys().filter(|name| name.as_str().starts_with("access-control-")).cloned().collect();
        for name in names {
            headers.remove(name);
        }
    }
    response
}
