use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use serde_json::{Value, json};

use crate::support::*;

async fn state(bench: &Bench) -> Value {
    bench.get("/sandbox/state", "").await.json()
}

#[tokio::test]
async fn off_unless_asked_for() {
    let bench = Bench::new(&[]);
    for (method, path) in [
        (Method::GET, "/sandbox/state"),
        (Method::GET, "/sandbox/tenant?email=a"),
        (Method::POST, "/sandbox/reset"),
        (Method::POST, "/sandbox/expire_tokens"),
    ] {
        let reply = bench.call(method, path, None, Body::empty()).await;
        reply.assert_gateway_page(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn state_counts_what_was_really_asked() {
    let bench = Bench::new(&["--admin"]);
    assert_eq!(state(&bench).await, json!({ "requests": {}, "tenants": 120 }));
    let token = bench.token(PARTNER_KEY).await;
    bench.add(&token).await;
    bench.post(ADD, &token, &application()).await;
    bench.call(Method::POST, ADD, None, Body::empty()).await;
    bench.call(Method::OPTIONS, ADD, None, Body::empty()).await;
    bench.list(&token, 2, 10, "").await;
    assert_eq!(
        state(&bench).await,
        json!({
            "requests": {
                "GET /api/auth": 1,
                "POST /api/partner/tenant/add": 3,
                "POST /api/partner/tenant/list": 1,
            },
            "tenants": 121,
        })
    );
    let reply = bench.get("/sandbox/state", "").await;
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
}

#[tokio::test]
async fn books_are_of_any_partners_tenant() {
    let bench = Bench::new(&["--admin"]);
    let token = bench.token(EMPTY_KEY).await;
    let id = bench.add(&token).await;
    let path = "/sandbox/tenant?email=chu.quan@quan-moi.example";
    assert_eq!(
        bench.get(path, "").await.json(),
        json!({
            "id": id,
            "email": "Chu.Quan@quan-moi.example",
            "status": "not_activated",
            "enabled": true,
            "balance": 0,
            "service_balance": 0,
            "top_ups": [],
        })
    );
    let reply = bench.get("/sandbox/tenant?email=khong-ai", "").await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    let reply = bench.get("/sandbox/tenant", "").await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn reset_is_a_clean_slate() {
    let bench = Bench::new(&["--admin", "--tenants", "30", "--seed", "9"]);
    let token = bench.token(PARTNER_KEY).await;
    let before = bench.list(&token, 1, 50, "").await;
    let first = bench.add(&token).await;
    let reply = bench.post("/sandbox/reset", "", &json!({})).await;
    assert_eq!(reply.json(), json!({ "tenants": 30 }));
    assert_eq!(state(&bench).await, json!({ "requests": {}, "tenants": 30 }));

    let reply = bench.get(ME, &token).await;
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
    let token = bench.token(PARTNER_KEY).await;
    assert_eq!(bench.list(&token, 1, 50, "").await, before);
    // What is made up afterwards is the same again too.
    assert_eq!(bench.add(&token).await, first);
}

#[tokio::test]
async fn expired_tokens_are_those_issued_so_far() {
    let bench = Bench::new(&["--admin"]);
    let tokens = [bench.token(PARTNER_KEY).await, bench.token(EMPTY_KEY).await];
    let reply = bench.post("/sandbox/expire_tokens", "", &json!({})).await;
    assert_eq!(reply.json(), json!({ "expired": 2 }));
    for token in &tokens {
        let reply = bench.get(ME, token).await;
        reply.assert_gateway_page(StatusCode::UNAUTHORIZED);
    }
    let fresh = bench.token(PARTNER_KEY).await;
    bench.get(ME, &fresh).await.payload();
}
