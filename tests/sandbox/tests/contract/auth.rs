use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};

use crate::support::*;

#[tokio::test]
async fn a_partner_key_gives_a_new_valid_token_each_time() {
    let app = TestApp::new(&[]);
    let reply = app.call(Method::GET, "/api/auth?apiKey=sandbox-partner-key", None, Body::empty()).await;
    let payload = reply.payload();
    assert_eq!(payload["access_type"], "bussiness");
    assert_eq!(payload["token_type"], "Bearer");

    let first = payload["access_token"].as_str().expect("a token");
    let second = app.token(PARTNER_KEY).await;
    assert_ne!(first, second);
    for token in [first, &second] {
        app.get(ME, token).await.payload();
    }
}

#[tokio::test]
async fn distinguishes_a_missing_key_from_an_unknown_one() {
    let app = TestApp::new(&[]);
    for (query, code) in [
        ("", "api_key_is_required"),
        ("?", "api_key_is_required"),
        ("?apiKey=", "api_key_is_required"),
        ("?apikey=sandbox-partner-key", "api_key_is_required"),
        ("?apiKey=nobody", "api_key_invalid"),
        ("?apiKey=SANDBOX-PARTNER-KEY", "api_key_invalid"),
    ] {
        let path = format!("/api/auth{query}");
        let reply = app.call(Method::GET, &path, None, Body::empty()).await;
        assert_eq!(reply.error_code(), code, "{path}");
    }
}

#[tokio::test]
async fn the_api_key_can_be_configured() {
    let app = TestApp::new(&["--api-key", "bí mật"]);
    let path = "/api/auth?apiKey=b%C3%AD%20m%E1%BA%ADt";
    app.call(Method::GET, path, None, Body::empty()).await.payload();
    let path = "/api/auth?apiKey=sandbox-partner-key";
    let reply = app.call(Method::GET, path, None, Body::empty()).await;
    assert_eq!(reply.error_code(), "api_key_invalid");
}

/// Every partner endpoint, as (method, path).
fn partner_endpoints() -> [(Method, String); 8] {
    [
        (Method::GET, ME.to_owned()),
        (Method::POST, ADD.to_owned()),
        (Method::POST, format!("{LIST}?page=1&size=1")),
        (Method::GET, format!("{INFO}?id=1")),
        (Method::POST, UPDATE_BALANCE.to_owned()),
        (Method::POST, UPGRADE.to_owned()),
        (Method::POST, EXTEND.to_owned()),
        (Method::POST, BUY.to_owned()),
    ]
}

#[tokio::test]
async fn every_partner_endpoint_rejects_a_tenant_token() {
    let app = TestApp::new(&[]);
    let partner = app.token(PARTNER_KEY).await;
    let page = app.list(&partner, 1, 1, "").await;
    let id = page["items"][0]["id"].as_str().expect("an id");
    let info = app.info(&partner, id).await;
    let key = info["api_key"].as_str().expect("a key");

    let path = format!("/api/auth?apiKey={key}");
    let payload = app.call(Method::GET, &path, None, Body::empty()).await.payload();
    assert_eq!(payload["access_type"], "normal");
    let token = payload["access_token"].as_str().expect("a token");
    for (method, path) in partner_endpoints() {
        let reply = app.call(method, &path, Some(token), "{}").await;
        assert_eq!(reply.error_code(), "tenant_invalid", "{path}");
    }
}

#[tokio::test]
async fn a_suspended_partner_gets_a_token_but_no_access() {
    let app = TestApp::new(&[]);
    let token = app.token(SUSPENDED_KEY).await;
    for (method, path) in partner_endpoints() {
        let reply = app.call(method, &path, Some(&token), "{}").await;
        assert_eq!(reply.error_code(), "partner_invalid", "{path}");
    }
}

#[tokio::test]
async fn every_partner_endpoint_returns_401_without_a_valid_token() {
    let app = TestApp::new(&[]);
    for (method, path) in partner_endpoints() {
        for token in [None, Some(""), Some("nonsense")] {
            let reply = app.call(method.clone(), &path, token, "{}").await;
            reply.assert_gateway_page(StatusCode::UNAUTHORIZED);
        }
    }
}

#[tokio::test]
async fn only_the_bearer_scheme_is_accepted() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    let status = async |value: String| {
        let request = Request::get(ME).header("authorization", value).body(Body::empty()).expect("a request");
        app.send(request).await.status
    };
    assert_eq!(status(format!("Bearer {token}")).await, StatusCode::OK);
    assert_eq!(status(format!("bearer {token}")).await, StatusCode::OK);
    for bad in [token.clone(), format!("Basic {token}"), format!("Bearer{token}"), format!("Bearer {token}x")] {
        assert_eq!(status(bad).await, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn invalid_tokens_can_be_reported_in_the_envelope() {
    let app = TestApp::new(&["--expired-as", "envelope"]);
    for (method, path) in partner_endpoints() {
        for token in [None, Some("nonsense")] {
            let reply = app.call(method.clone(), &path, token, "{}").await;
            assert_eq!(reply.error_code(), "partner_invalid", "{path}");
        }
    }
}

#[tokio::test]
async fn tokens_are_valid_for_a_day_by_default() {
    let app = TestApp::new(&["--admin"]);
    let token = app.token(PARTNER_KEY).await;
    app.advance(DAY - 1).await;
    app.get(ME, &token).await.payload();
    let later = app.token(PARTNER_KEY).await;
    app.advance(1).await;
    let reply = app.get(ME, &token).await;
    reply.assert_gateway_page(StatusCode::UNAUTHORIZED);
    app.get(ME, &later).await.payload();
}

#[tokio::test]
async fn the_token_lifetime_can_be_configured() {
    let app = TestApp::new(&["--admin", "--token-ttl-ms", "2000", "--expired-as", "envelope"]);
    let token = app.token(PARTNER_KEY).await;
    app.advance(1999).await;
    app.get(ME, &token).await.payload();
    app.advance(1).await;
    assert_eq!(app.get(ME, &token).await.error_code(), "partner_invalid");
}

#[tokio::test]
async fn me_returns_the_partner_of_the_token() {
    let app = TestApp::new(&[]);
    let main = app.token(PARTNER_KEY).await;
    let empty = app.token(EMPTY_KEY).await;
    let me = app.get(ME, &main).await.payload();
    for field in ["full_name", "email", "description", "status", "paid_type", "nation", "currency", "language"] {
        assert!(me[field].is_string(), "{field}");
    }
    assert_eq!(me["enabled"], true);
    assert!(me["balance"].is_i64());
    let other = app.get(ME, &empty).await.payload();
    assert_ne!(me["email"], other["email"]);
}
