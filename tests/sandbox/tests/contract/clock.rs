//! The clock, and how a test moves it.

use std::time::UNIX_EPOCH;

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use serde_json::json;

use crate::support::*;

const ADVANCE: &str = "/sandbox/advance";
const SIGN_IN: &str = "/api/auth?apiKey=sandbox-partner-key";

async fn advance(app: &TestApp, ms: u32) -> i64 {
    let reply = app.post(ADVANCE, "", &json!({ "ms": ms })).await.json();
    let now = reply["now"].as_i64().expect("a time");
    assert_eq!(reply, json!({ "now": now }));
    now
}

fn date(reply: &Reply) -> i64 {
    let date = httpdate::parse_http_date(reply.header("date").expect("a date")).expect("an HTTP date");
    let since = date.duration_since(UNIX_EPOCH).expect("after 1970");
    i64::try_from(since.as_millis()).expect("a date")
}

#[tokio::test]
async fn a_clock_stands_still_until_it_is_advanced() {
    let app = TestApp::new(&["--admin"]);
    assert_eq!(advance(&app, 0).await, NOW);
    assert_eq!(advance(&app, 1500).await, NOW + 1500);
    assert_eq!(advance(&app, u32::MAX).await, NOW + 1500 + i64::from(u32::MAX));
    app.reset().await;
    assert_eq!(advance(&app, 0).await, NOW);
}

#[tokio::test]
async fn every_response_has_the_date_of_the_clock() {
    let app = TestApp::new(&["--admin"]);
    for passed in [0, 5000] {
        app.advance(passed).await;
        for (method, path, status) in [
            (Method::GET, SIGN_IN, StatusCode::OK),
            (Method::GET, ME, StatusCode::UNAUTHORIZED),
            (Method::GET, "/nowhere", StatusCode::NOT_FOUND),
            (Method::OPTIONS, ADD, StatusCode::OK),
            (Method::GET, STATE, StatusCode::OK),
        ] {
            let reply = app.call(method, path, None, Body::empty()).await;
            assert_eq!((reply.status, date(&reply)), (status, NOW + passed), "{path}");
        }
    }
}

#[tokio::test]
async fn an_invalid_time_is_refused_by_name_and_changes_nothing() {
    let app = TestApp::new(&["--admin"]);
    for (body, error) in [
        ("", "the body is not JSON"),
        ("5", "expected struct"),
        ("{}", "missing field `ms`"),
        (r#"{"ms":-1}"#, "ms:"),
        (r#"{"ms":1.5}"#, "ms:"),
        (r#"{"ms":"1"}"#, "ms:"),
        (r#"{"ms":4294967296}"#, "ms:"),
        (r#"{"ms":1,"days":1}"#, "days:"),
    ] {
        let reply = app.post_raw(ADVANCE, "", body).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{body}");
        assert!(reply.json()["error"].as_str().is_some_and(|text| text.contains(error)), "{body}: {}", reply.text);
    }
    assert_eq!(advance(&app, 0).await, NOW);
}

#[tokio::test]
async fn a_real_clock_can_be_advanced_too() {
    let app = TestApp::with_real_clock(&["--admin", "--latency-ms", "86400000"]);
    let before = machine_time();
    let now = advance(&app, 0).await;
    assert!((before..=machine_time()).contains(&now), "{now}");

    // The end of a latency.
    let call = app.start(app.get(SIGN_IN, "")).await;
    let before = machine_time() + DAY;
    let now = advance(&app, 86_400_000).await;
    assert!((before..=machine_time() + DAY).contains(&now), "{now}");
    let reply = call.await;
    // An HTTP date has whole seconds.
    assert!((before - 1000..=machine_time() + DAY).contains(&date(&reply)));
    reply.payload();

    app.reset().await;
    let now = advance(&app, 0).await;
    assert!((before - DAY..=machine_time()).contains(&now), "{now}");
}

#[tokio::test]
async fn tokens_and_activations_follow_a_real_clock_that_is_advanced() {
    let app = TestApp::with_real_clock(&["--admin", "--activation-ms", "3600000..3600000"]);
    let token = app.token(PARTNER_KEY).await;
    let body = create_params_with("isAutoActive", json!(true));
    let id = app.post(ADD, &token, &body).await.payload()["id"].as_str().expect("an id").to_owned();
    assert_eq!(app.info(&token, &id).await["status"], "not_activated");
    app.advance(3_600_000).await;
    assert_eq!(app.info(&token, &id).await["status"], "activated");
    app.advance(DAY).await;
    app.get(ME, &token).await.assert_gateway_page(StatusCode::UNAUTHORIZED);
}
