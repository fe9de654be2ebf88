//! What a browser needs before a page on another origin may call the sandbox.

use std::time::Duration;

use axum::{
    extract::Request,
    http::{HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use tower_http::cors::{AllowOrigin, CorsLayer};

const PREFLIGHT_MAX_AGE: Duration = Duration::from_secs(600);

/// Answers preflights by itself, before anything asks for a token. No origins given means any.
pub fn layer(origins: &[HeaderValue]) -> CorsLayer {
    let origin = if origins.is_empty() || origins.iter().any(|origin| origin == "*") {
        AllowOrigin::any()
    } else {
        AllowOrigin::list(origins.iter().cloned())
    };
    CorsLayer::new()
        .allow_origin(origin)
        .allow_methods([Method::GET, Method::POST, Method::OPTIONS])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers([header::RETRY_AFTER])
        .max_age(PREFLIGHT_MAX_AGE)
}

#[derive(Clone)]
struct WithoutCors;

/// Marks an answer that no page may read.
pub fn without(mut response: Response) -> Response {
    response.extensions_mut().insert(WithoutCors);
    response
}

/// Outside the layer that adds the headers: takes them away from marked answers.
pub async fn strip(request: Request, next: Next) -> Response {
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
