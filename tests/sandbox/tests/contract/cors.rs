use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};

use crate::support::*;

const ORIGIN: &str = "http://localhost:5173";

async fn preflight(app: &TestApp, path: &str, origin: &str) -> Reply {
    let request = Request::options(path)
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization,content-type")
        .body(Body::empty())
        .expect("a request");
    app.send(request).await
}

fn has(reply: &Reply, header: &str, value: &str) -> bool {
    reply.header(header).unwrap_or_default().split(',').any(|item| item.trim().eq_ignore_ascii_case(value))
}

#[tokio::test]
async fn preflights_need_no_token() {
    let app = TestApp::new(&[]);
    for path in ["/api/auth", ME, AGENCY, PACKAGES, TEMPLATES, NUMBERS, ADD, LIST, INFO, UPDATE_BALANCE] {
        let reply = preflight(&app, path, ORIGIN).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
        for method in ["GET", "POST", "OPTIONS"] {
            assert!(has(&reply, "access-control-allow-methods", method));
        }
        for header in ["authorization", "content-type"] {
            assert!(has(&reply, "access-control-allow-headers", header));
        }
        assert_eq!(reply.header("access-control-max-age"), Some("600"));
    }
}

#[tokio::test]
async fn every_response_has_cors_headers_including_errors() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    for (method, path, token, status) in [
        (Method::GET, ME, Some(token.as_str()), StatusCode::OK),
        (Method::POST, ADD, Some(token.as_str()), StatusCode::OK),
        (Method::GET, ME, None, StatusCode::UNAUTHORIZED),
        (Method::GET, "/nowhere", None, StatusCode::NOT_FOUND),
        (Method::GET, ADD, None, StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let reply = app.call(method, path, token, Body::empty()).await;
        assert_eq!(reply.status, status);
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
        assert_eq!(reply.header("access-control-expose-headers"), Some("date,retry-after"));
    }
}

#[tokio::test]
async fn allowed_origins_can_be_configured() {
    let app = TestApp::new(&["--allow-origin", ORIGIN, "--allow-origin", "https://portal.example"]);
    for origin in [ORIGIN, "https://portal.example"] {
        let reply = preflight(&app, LIST, origin).await;
        assert_eq!(reply.header("access-control-allow-origin"), Some(origin));
        assert!(has(&reply, "vary", "origin"));
    }
    let reply = preflight(&app, LIST, "https://elsewhere.example").await;
    assert_eq!(reply.header("access-control-allow-origin"), None);
}
