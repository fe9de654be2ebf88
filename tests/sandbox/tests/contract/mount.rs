use axum::{
    body::Body,
    http::{Method, StatusCode},
};

use crate::support::*;

const SIGN_IN: &str = "/api/auth?apiKey=sandbox-partner-key";

#[tokio::test]
async fn unknown_paths_get_a_gateway_page() {
    let app = TestApp::new(&[]);
    for path in ["/", "/api", "/api/partner/tenant", "/api/partner/tenant/add/"] {
        let reply = app.call(Method::GET, path, None, Body::empty()).await;
        reply.assert_gateway_page(StatusCode::NOT_FOUND);
    }
    let reply = app.call(Method::GET, ADD, None, Body::empty()).await;
    assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn the_base_path_applies_to_all_routes() {
    let app = TestApp::new(&["--base-path", "/proxy/omicall/", "--admin"]);
    let get = async |path: String| app.call(Method::GET, &path, None, Body::empty()).await;
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
    // Endpoints are counted without the base path; requests outside the base path are not counted.
    let state = get("/proxy/omicall/sandbox/state".to_owned()).await.json();
    assert_eq!(state["requests"]["GET /api/auth"], 1);
    assert_eq!(state["requests"]["GET /nowhere"], 1);
}

#[tokio::test]
async fn latency_delays_api_responses_only() {
    let app = TestApp::new(&["--latency-ms", "700", "--admin"]);
    app.call(Method::OPTIONS, ADD, None, Body::empty()).await;
    let mut call = app.start(app.call(Method::GET, SIGN_IN, None, Body::empty())).await;
    app.advance(699).await;
    app.assert_no_response(&mut call).await;
    app.advance(1).await;
    call.await.payload();
}
