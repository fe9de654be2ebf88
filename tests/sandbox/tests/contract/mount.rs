use std::time::Duration;

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use tokio::time::Instant;

use crate::support::*;

const SIGN_IN: &str = "/api/auth?apiKey=sandbox-partner-key";

#[tokio::test]
async fn unknown_paths_are_the_gateways() {
    let bench = Bench::new(&[]);
    for path in ["/", "/api", "/api/partner/tenant", "/api/partner/tenant/add/"] {
        let reply = bench.call(Method::GET, path, None, Body::empty()).await;
        reply.assert_gateway_page(StatusCode::NOT_FOUND);
    }
    let reply = bench.call(Method::GET, ADD, None, Body::empty()).await;
    assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_base_path_moves_everything() {
    let bench = Bench::new(&["--base-path", "/proxy/omicall/", "--admin"]);
    let get = async |path: String| bench.call(Method::GET, &path, None, Body::empty()).await;
    get(format!("/proxy/omicall{SIGN_IN}")).await.payload();
    for path in [
        SIGN_IN.to_owned(),
        format!("/proxy{SIGN_IN}"),
        format!("/proxy/omicallx{SIGN_IN}"),
        "/sandbox/state".to_owned(),
        "/proxy/omicall/nowhere".to_owned(),
        "/proxy/omicall".to_owned(),
    ] {
        let reply = get(path).await;
        reply.assert_gateway_page(StatusCode::NOT_FOUND);
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    }
    // Counted under the name the endpoint has everywhere; what never came under the base path is not counted.
    let state = get("/proxy/omicall/sandbox/state".to_owned()).await.json();
    assert_eq!(state["requests"]["GET /api/auth"], 1);
    assert_eq!(state["requests"]["GET /nowhere"], 1);
}

#[tokio::test(start_paused = true)]
async fn latency_holds_back_api_answers_only() {
    let bench = Bench::new(&["--latency", "700", "--admin"]);
    let start = Instant::now();
    bench.call(Method::GET, "/sandbox/state", None, Body::empty()).await;
    bench.call(Method::OPTIONS, ADD, None, Body::empty()).await;
    assert_eq!(start.elapsed(), Duration::ZERO);
    bench.call(Method::GET, SIGN_IN, None, Body::empty()).await;
    assert_eq!(start.elapsed(), Duration::from_millis(700));
}
