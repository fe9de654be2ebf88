use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use serde_json::{Value, json};

use crate::support::*;

async fn state(app: &TestApp) -> Value {
    app.get(STATE, "").await.json()
}

#[tokio::test]
async fn admin_routes_are_disabled_by_default_and_say_what_enables_them() {
    let error = "the admin routes need the flag --admin, or the option admin of createSandbox";
    for base in ["", "/proxy/omicall"] {
        let app = TestApp::new(&["--base-path", base]);
        for (method, route) in [
            (Method::GET, "state"),
            (Method::GET, "tenant?email=a"),
            (Method::POST, "reset"),
            (Method::POST, "expire_tokens"),
            (Method::POST, "advance"),
            (Method::GET, "snapshot"),
            (Method::POST, "restore"),
            (Method::GET, "requests"),
            (Method::GET, "faults"),
            (Method::POST, "faults"),
            (Method::POST, "clear_faults"),
            (Method::POST, "keep_alive"),
        ] {
            let reply = app.call(method, &format!("{base}/sandbox/{route}"), None, Body::empty()).await;
            assert_eq!((reply.status, reply.json()), (StatusCode::NOT_FOUND, json!({ "error": error })), "{route}");
            assert_eq!(reply.header("access-control-allow-origin"), Some("*"), "{route}");
        }
    }
}

#[tokio::test]
async fn a_route_that_does_not_exist_gets_a_gateway_page() {
    let app = TestApp::new(&["--admin"]);
    for path in ["/sandbox", "/sandbox/", "/sandbox/nowhere"] {
        app.get(path, "").await.assert_gateway_page(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn state_counts_api_requests() {
    let app = TestApp::new(&["--admin"]);
    assert_eq!(state(&app).await, json!({ "requests": {}, "tenants": 120 }));
    let token = app.token(PARTNER_KEY).await;
    app.add(&token).await;
    app.post(ADD, &token, &create_params()).await;
    app.call(Method::POST, ADD, None, Body::empty()).await;
    app.call(Method::OPTIONS, ADD, None, Body::empty()).await;
    app.list(&token, 2, 10, "").await;
    assert_eq!(
        state(&app).await,
        json!({
            "requests": {
                "GET /api/auth": 1,
                "POST /api/partner/tenant/add": 3,
                "POST /api/partner/tenant/list": 1,
            },
            "tenants": 121,
        })
    );
    let reply = app.get(STATE, "").await;
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
}

#[tokio::test]
async fn tenant_state_is_available_for_the_tenants_of_all_partners() {
    let app = TestApp::new(&["--admin"]);
    let token = app.token(EMPTY_KEY).await;
    let id = app.add(&token).await;
    let path = "/sandbox/tenant?email=chu.quan@quan-moi.example";
    assert_eq!(
        app.get(path, "").await.json(),
        json!({
            "id": id,
            "email": "Chu.Quan@quan-moi.example",
            "status": "not_activated",
            "enabled": true,
            "balance": 0,
            "service_balance": 0,
            "top_ups": [],
            "purchases": [],
        })
    );
    let reply = app.get("/sandbox/tenant?email=khong-ai", "").await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    let reply = app.get("/sandbox/tenant", "").await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn reset_restores_the_initial_state() {
    let app = TestApp::new(&["--admin", "--tenants", "30", "--seed", "9"]);
    let token = app.token(PARTNER_KEY).await;
    let before = app.list(&token, 1, 50, "").await;
    let first = app.add(&token).await;
    assert_eq!(app.reset().await, json!({ "tenants": 30 }));
    assert_eq!(state(&app).await, json!({ "requests": {}, "tenants": 30 }));

    let reply = app.get(ME, &token).await;
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
    let token = app.token(PARTNER_KEY).await;
    assert_eq!(app.list(&token, 1, 50, "").await, before);
    // Values generated afterwards are the same again too.
    assert_eq!(app.add(&token).await, first);
}

#[tokio::test]
async fn expire_tokens_invalidates_the_tokens_issued_so_far() {
    let app = TestApp::new(&["--admin"]);
    let tokens = [app.token(PARTNER_KEY).await, app.token(EMPTY_KEY).await];
    let reply = app.post("/sandbox/expire_tokens", "", &json!({})).await;
    assert_eq!(reply.json(), json!({ "expired": 2 }));
    for token in &tokens {
        let reply = app.get(ME, token).await;
        reply.assert_gateway_page(StatusCode::UNAUTHORIZED);
    }
    let fresh = app.token(PARTNER_KEY).await;
    app.get(ME, &fresh).await.payload();
}
