use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};

use crate::support::*;

#[tokio::test]
async fn a_partners_key_gives_a_new_token_each_time_and_all_of_them_work() {
    let bench = Bench::new(&[]);
    let reply = bench.call(Method::GET, "/api/auth?apiKey=sandbox-partner-key", None, Body::empty()).await;
    let payload = reply.payload();
    assert_eq!(payload["access_type"], "bussiness");
    assert_eq!(payload["token_type"], "Bearer");

    let first = payload["access_token"].as_str().expect("a token");
    let second = bench.token(PARTNER_KEY).await;
    assert_ne!(first, second);
    for token in [first, &second] {
        bench.get(ME, token).await.payload();
    }
}

#[tokio::test]
async fn tells_a_missing_key_from_an_unknown_one() {
    let bench = Bench::new(&[]);
    for (query, code) in [
        ("", "api_key_is_required"),
        ("?", "api_key_is_required"),
        ("?apiKey=", "api_key_is_required"),
        ("?apikey=sandbox-partner-key", "api_key_is_required"),
        ("?apiKey=nobody", "api_key_invalid"),
        ("?apiKey=SANDBOX-PARTNER-KEY", "api_key_invalid"),
    ] {
        let path = format!("/api/auth{query}");
        let reply = bench.call(Method::GET, &path, None, Body::empty()).await;
        assert_eq!(reply.code(), code, "{path}");
    }
}

#[tokio::test]
async fn another_key_can_be_set() {
    let bench = Bench::new(&["--api-key", "bí mật"]);
    let path = "/api/auth?apiKey=b%C3%AD%20m%E1%BA%ADt";
    bench.call(Method::GET, path, None, Body::empty()).await.payload();
    let path = "/api/auth?apiKey=sandbox-partner-key";
    let reply = bench.call(Method::GET, path, None, Body::empty()).await;
    assert_eq!(reply.code(), "api_key_invalid");
}

/// Every partner endpoint, as (method, path).
fn partner_endpoints() -> [(Method, String); 5] {
    [
        (Method::GET, ME.to_owned()),
        (Method::POST, ADD.to_owned()),
        (Method::POST, format!("{LIST}?page=1&size=1")),
        (Method::GET, format!("{INFO}?id=1")),
        (Method::POST, UPDATE_BALANCE.to_owned()),
    ]
}

#[tokio::test]
async fn a_tenants_token_is_refused_by_every_partner_endpoint() {
    let bench = Bench::new(&[]);
    let partner = bench.token(PARTNER_KEY).await;
    let page = bench.list(&partner, 1, 1, "").await;
    let id = page["items"][0]["id"].as_str().expect("an id");
    let info = bench.info(&partner, id).await;
    let key = info["api_key"].as_str().expect("a key");

    let path = format!("/api/auth?apiKey={key}");
    let payload = bench.call(Method::GET, &path, None, Body::empty()).await.payload();
    assert_eq!(payload["access_type"], "normal");
    let token = payload["access_token"].as_str().expect("a token");
    for (method, path) in partner_endpoints() {
        let reply = bench.call(method, &path, Some(token), "{}").await;
        assert_eq!(reply.code(), "tenant_invalid", "{path}");
    }
}

#[tokio::test]
async fn a_suspended_partner_may_sign_in_and_nothing_more() {
    let bench = Bench::new(&[]);
    let token = bench.token(SUSPENDED_KEY).await;
    for (method, path) in partner_endpoints() {
        let reply = bench.call(method, &path, Some(&token), "{}").await;
        assert_eq!(reply.code(), "partner_invalid", "{path}");
    }
}

#[tokio::test]
async fn without_a_good_token_every_partner_endpoint_answers_401() {
    let bench = Bench::new(&[]);
    for (method, path) in partner_endpoints() {
        for token in [None, Some(""), Some("nonsense")] {
            let reply = bench.call(method.clone(), &path, token, "{}").await;
            reply.assert_gateway_page(StatusCode::UNAUTHORIZED);
        }
    }
}

#[tokio::test]
async fn only_a_bearer_header_counts() {
    let bench = Bench::new(&[]);
    let token = bench.token(PARTNER_KEY).await;
    let status = async |value: String| {
        let request = Request::get(ME).header("authorization", value).body(Body::empty()).expect("a request");
        bench.send(request).await.status
    };
    assert_eq!(status(format!("Bearer {token}")).await, StatusCode::OK);
    assert_eq!(status(format!("bearer {token}")).await, StatusCode::OK);
    for bad in [token.clone(), format!("Basic {token}"), format!("Bearer{token}"), format!("Bearer {token}x")] {
        assert_eq!(status(bad).await, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn bad_tokens_can_be_answered_in_the_envelope() {
    let bench = Bench::new(&["--expired-as", "envelope"]);
    for (method, path) in partner_endpoints() {
        for token in [None, Some("nonsense")] {
            let reply = bench.call(method.clone(), &path, token, "{}").await;
            assert_eq!(reply.code(), "partner_invalid", "{path}");
        }
    }
}

#[tokio::test]
async fn tokens_live_a_day() {
    let bench = Bench::new(&[]);
    let token = bench.token(PARTNER_KEY).await;
    bench.pass(24 * 60 * 60 * 1000 - 1);
    bench.get(ME, &token).await.payload();
    let later = bench.token(PARTNER_KEY).await;
    bench.pass(1);
    let reply = bench.get(ME, &token).await;
    reply.assert_gateway_page(StatusCode::UNAUTHORIZED);
    bench.get(ME, &later).await.payload();
}

#[tokio::test]
async fn tokens_live_as_long_as_they_are_told() {
    let bench = Bench::new(&["--token-ttl", "2", "--expired-as", "envelope"]);
    let token = bench.token(PARTNER_KEY).await;
    bench.pass(1999);
    bench.get(ME, &token).await.payload();
    bench.pass(1);
    assert_eq!(bench.get(ME, &token).await.code(), "partner_invalid");
}

#[tokio::test]
async fn me_is_the_partner_of_the_token() {
    let bench = Bench::new(&[]);
    let main = bench.token(PARTNER_KEY).await;
    let empty = bench.token(EMPTY_KEY).await;
    let me = bench.get(ME, &main).await.payload();
    for field in ["full_name", "email", "description", "status", "paid_type", "nation", "currency", "language"] {
        assert!(me[field].is_string(), "{field}");
    }
    assert_eq!(me["enabled"], true);
    assert!(me["balance"].is_i64());
    let other = bench.get(ME, &empty).await.payload();
    assert_ne!(me["email"], other["email"]);
}
