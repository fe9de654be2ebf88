//! Effects of faults on responses and on the state.

use std::collections::HashSet;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use omicall_sandbox::faults::FaultEndpoint;
use serde_json::{Value, json};

use crate::{door::Door, support::*};

const FAULTS: &str = "/sandbox/faults";
const ADD_ENDPOINT: &str = "POST /api/partner/tenant/add";
const EMAIL: &str = "quynh.nguyen1@example.net";

/// Every kind for all endpoints but `hang`, with its required parameters.
fn response_faults() -> Vec<Value> {
    vec![
        json!({ "kind": "delay", "ms": 0 }),
        json!({ "kind": "status", "status": 503 }),
        json!({ "kind": "html" }),
        json!({ "kind": "empty" }),
        json!({ "kind": "truncated" }),
        json!({ "kind": "not_json_object" }),
        json!({ "kind": "no_status_code" }),
        json!({ "kind": "wrong_types" }),
        json!({ "kind": "unknown_fields" }),
        json!({ "kind": "unknown_code" }),
        json!({ "kind": "payload_error" }),
        json!({ "kind": "cut_headers" }),
        json!({ "kind": "cut_body" }),
        json!({ "kind": "redirect", "to": "http://127.0.0.1:9" }),
        json!({ "kind": "no_cors" }),
        json!({ "kind": "huge", "bytes": 10 }),
    ]
}

async fn add_fault(app: &TestApp, endpoint: &str, effect: bool, fault: Value) {
    let definition = json!({ "endpoint": endpoint, "effect": effect, "fault": fault });
    let reply = app.post(FAULTS, "", &definition).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
}

/// Replaces all faults by this one, for every endpoint.
async fn set_fault(app: &TestApp, effect: bool, fault: Value) {
    app.post("/sandbox/clear_faults", "", &json!({})).await;
    add_fault(app, "*", effect, fault).await;
}

async fn test_app(fault: Value) -> (TestApp, String) {
    let app = TestApp::new(&["--admin"]);
    let token = app.token(PARTNER_KEY).await;
    set_fault(&app, false, fault).await;
    (app, token)
}

fn top_up(amount: i64) -> Value {
    let description = "Nạp tiền theo hợp đồng số 15, đợt thanh toán thứ hai năm nay";
    json!({ "email": EMAIL, "amount": amount, "description": description })
}

const NOTE: &str = "Mua theo hợp đồng số 15";

fn upgrade() -> Value {
    json!({ "email": EMAIL, "code_name": "omi_start", "month_num": 6, "note": NOTE })
}

/// A request for each endpoint that spends the partner's money.
fn purchases(number: &Value) -> [(&'static str, Value); 3] {
    [
        (UPGRADE, upgrade()),
        (EXTEND, json!({ "email": EMAIL, "month_num": 6, "note": NOTE })),
        (BUY, json!({ "email": EMAIL, "number": number, "number_count": 6, "note": NOTE })),
    ]
}

async fn first_number(app: &TestApp, token: &str) -> Value {
    app.get(NUMBERS, token).await.payload()["items"][0]["number"].clone()
}

async fn tenant_state(app: &TestApp, email: &str) -> Option<Value> {
    let reply = app.get(&format!("/sandbox/tenant?email={email}"), "").await;
    (reply.status == StatusCode::OK).then(|| reply.json())
}

async fn has_new_tenant(app: &TestApp) -> bool {
    tenant_state(app, "chu.quan@quan-moi.example").await.is_some()
}

#[tokio::test]
async fn an_invalid_definition_is_rejected_and_changes_nothing() {
    let app = TestApp::new(&["--admin"]);
    for (body, field) in [
        ("", "not JSON"),
        (r#"{"endpoint":"*","fault":{"kind":"delay","ms":"5"}}"#, "fault.ms"),
        (r#"{"endpoint":"GET /api/auth","fault":{"kind":"repeated_page"}}"#, "endpoint"),
        (r#"{"endpoint":"GET /api/nowhere","fault":{"kind":"hang"}}"#, "endpoint: unknown variant `GET /api/nowhere`"),
        (
            r#"{"endpoint":"PUT /api/partner/me","fault":{"kind":"hang"}}"#,
            "endpoint: unknown variant `PUT /api/partner/me`",
        ),
    ] {
        let reply = app.post_raw(FAULTS, "", body).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{body}");
        let error = reply.json()["error"].as_str().expect("a message").to_owned();
        assert!(error.contains(field), "{error}");
    }
    assert_eq!(app.get(FAULTS, "").await.json(), json!([]));
}

#[tokio::test]
async fn every_endpoint_of_a_fault_exists() {
    let app = TestApp::new(&[]);
    let endpoints = FaultEndpoint::ALL.iter().filter(|endpoint| **endpoint != FaultEndpoint::Any);
    for endpoint in endpoints.map(|endpoint| endpoint.as_str()) {
        let (method, path) = endpoint.split_once(' ').expect("method and path");
        let reply = app.call(method.parse().expect("a method"), path, None, Body::empty()).await;
        assert!([StatusCode::OK, StatusCode::UNAUTHORIZED].contains(&reply.status), "{endpoint}: {}", reply.status);
    }
}

#[tokio::test]
async fn a_definition_may_be_sent_as_plain_text() {
    let app = TestApp::new(&["--admin"]);
    let request = Request::post(FAULTS)
        .header("content-type", "text/plain;charset=UTF-8")
        .body(Body::from(r#"{"endpoint":"*","fault":{"kind":"empty"}}"#))
        .expect("a request");
    let expected = json!({ "endpoint": "*", "effect": false, "fault": { "kind": "empty" }, "struck": 0, "left": null });
    assert_eq!(app.send(request).await.json(), expected);
    assert_eq!(app.get(FAULTS, "").await.json(), json!([expected]));
}

#[tokio::test]
async fn the_oldest_matching_fault_that_is_not_used_up_is_injected() {
    let app = TestApp::new(&["--admin"]);
    let token = app.token(PARTNER_KEY).await;
    for (endpoint, count, status) in
        [("GET /api/partner/me", json!(2), 500), ("*", json!(1), 502), ("GET /api/partner/me", Value::Null, 503)]
    {
        let fault = json!({ "kind": "status", "status": status });
        let definition = json!({ "endpoint": endpoint, "count": count, "fault": fault });
        assert_eq!(app.post(FAULTS, "", &definition).await.json()["left"], count);
    }
    let mut seen = Vec::new();
    for path in [ME, "/api/auth?apiKey=sandbox-partner-key", ME, "/api/auth?apiKey=sandbox-partner-key", ME, ME] {
        seen.push(app.get(path, &token).await.status.as_u16());
    }
    assert_eq!(seen, [500, 502, 500, 200, 503, 503]);

    let list = app.get(FAULTS, "").await.json();
    let counts: Vec<_> =
        list.as_array().expect("a list").iter().map(|fault| (&fault["struck"], &fault["left"])).collect();
    assert_eq!(counts, [(&json!(2), &json!(0)), (&json!(1), &json!(0)), (&json!(2), &Value::Null)]);

    let cleared = app.post("/sandbox/clear_faults", "", &json!({})).await.json();
    assert_eq!(cleared, json!({ "cleared": 3 }));
    app.get(ME, &token).await.payload();
    assert_eq!(app.get(FAULTS, "").await.json(), json!([]));
}

#[tokio::test]
async fn admin_routes_and_preflights_are_not_affected() {
    let (app, _) = test_app(json!({ "kind": "status", "status": 500 })).await;
    for (method, path) in
        [(Method::GET, "/sandbox/state"), (Method::GET, FAULTS), (Method::OPTIONS, ADD), (Method::OPTIONS, ME)]
    {
        let reply = app.call(method, path, None, Body::empty()).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
    }
    assert_eq!(app.get(FAULTS, "").await.json()[0]["struck"], 0);
}

#[tokio::test]
async fn reset_clears_faults_and_the_request_log() {
    let (app, token) = test_app(json!({ "kind": "empty" })).await;
    assert_eq!(app.get(ME, &token).await.text, "");
    assert_eq!(app.requests().await.len(), 2);

    app.reset().await;
    assert_eq!(app.get(FAULTS, "").await.json(), json!([]));
    assert_eq!(app.requests().await, [] as [Value; 0]);
    app.token(PARTNER_KEY).await;
}

#[tokio::test]
async fn the_request_log_contains_the_faults() {
    let (app, token) = test_app(json!({ "kind": "html" })).await;
    app.advance(5).await;
    app.get(&format!("{ME}?a=%20b"), &token).await;
    let mut request = app.requests().await[1].take();
    let connection = (request["connection"].take(), request["nth"].take());
    if Door::chosen().knows_connections() {
        assert!(connection.0.is_u64());
        assert_eq!(connection.1, 1);
    } else {
        assert_eq!(connection, (Value::Null, Value::Null));
    }
    assert_eq!(
        request,
        json!({
            "endpoint": "GET /api/partner/me",
            "url": "/api/partner/me?a=%20b",
            "connection": null,
            "nth": null,
            "protocol": "HTTP/1.1",
            "fault": "html",
            "at": NOW + 5,
        })
    );
}

#[tokio::test]
async fn the_endpoint_is_executed_only_with_effect() {
    let app = TestApp::new(&["--admin"]);
    for fault in response_faults() {
        let kind = fault["kind"].as_str().expect("a kind").to_owned();
        let always = ["delay", "unknown_fields", "no_cors"].contains(&kind.as_str());
        for effect in [true, false] {
            app.reset().await;
            let token = app.token(PARTNER_KEY).await;
            let before = tenant_state(&app, EMAIL).await.expect("a tenant")["balance"].as_i64().expect("money");
            let number = first_number(&app, &token).await;
            set_fault(&app, effect, fault.clone()).await;
            let calls = [(ADD, create_params()), (UPDATE_BALANCE, top_up(70_000))];
            for (path, body) in calls.into_iter().chain(purchases(&number)) {
                let outcome = app.try_call(Method::POST, path, Some(&token), body.to_string()).await;
                assert_eq!(outcome.is_err(), kind.starts_with("cut"), "{kind} {path}");
            }

            let is_executed = effect || always;
            assert_eq!(has_new_tenant(&app).await, is_executed, "{kind} {effect}");
            let after = tenant_state(&app, EMAIL).await.expect("a tenant");
            assert_eq!(after["balance"], before + if is_executed { 70_000 } else { 0 }, "{kind} {effect}");
            assert_eq!(after["top_ups"].as_array().map(Vec::len), Some(usize::from(is_executed)), "{kind} {effect}");
            let bought: Vec<_> =
                after["purchases"].as_array().expect("purchases").iter().map(|it| &it["kind"]).collect();
            let expected: &[&str] = if is_executed { &["upgrade", "extend", "buy"] } else { &[] };
            assert_eq!(bought, expected, "{kind} {effect}");
        }
    }
}

#[tokio::test]
async fn all_faulty_responses_but_no_cors_have_cors_headers() {
    let app = TestApp::new(&["--admin"]);
    let token = app.token(PARTNER_KEY).await;
    for fault in response_faults() {
        let kind = fault["kind"].clone();
        set_fault(&app, false, fault).await;
        let reply = match app.try_call(Method::GET, ME, Some(&token), Body::empty()).await {
            Ok(reply) | Err(Cut::InBody(reply)) => reply,
            Err(Cut::BeforeHeaders) => {
                assert_eq!(kind, "cut_headers");
                continue;
            }
        };
        let cors: Vec<_> = reply.headers.keys().filter(|name| name.as_str().starts_with("access-control-")).collect();
        if kind == "no_cors" {
            assert!(cors.is_empty(), "{cors:?}");
            reply.payload();
        } else {
            assert_eq!(reply.header("access-control-allow-origin"), Some("*"), "{kind}");
            assert_eq!(reply.header("access-control-expose-headers"), Some("date,retry-after"), "{kind}");
        }
    }
}

#[tokio::test]
async fn a_status_fault_has_the_requested_body() {
    let app = TestApp::new(&["--admin"]);
    for status in [401, 408, 429, 500, 502, 503] {
        let code = StatusCode::from_u16(status).expect("a status");
        for body in [json!(null), json!("html"), json!("empty"), json!("json")] {
            set_fault(&app, false, json!({ "kind": "status", "status": status, "body": body })).await;
            let reply = app.get(ME, "").await;
            assert_eq!(reply.header("retry-after"), None);
            match body.as_str() {
                Some("empty") => assert_eq!((reply.status, reply.text.as_str()), (code, "")),
                Some("json") => {
                    assert_eq!(reply.status, code);
                    assert_eq!(reply.json(), json!({ "status": status, "error": code.canonical_reason() }));
                }
                _ => reply.assert_gateway_page(code),
            }
        }
    }
}

#[tokio::test]
async fn retry_after_is_a_literal_value_or_a_future_date() {
    let (app, token) = test_app(json!({ "kind": "status", "status": 429, "retry_after": "3" })).await;
    assert_eq!(app.get(ME, &token).await.header("retry-after"), Some("3"));
    set_fault(&app, false, json!({ "kind": "status", "status": 503, "retry_after": "date+3" })).await;
    let reply = app.get(ME, &token).await;
    let date = httpdate::parse_http_date(reply.header("retry-after").expect("a date")).expect("an HTTP date");
    let since = date.duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    assert_eq!(since.as_millis(), u128::try_from(NOW + 3000).expect("a date"));
}

#[tokio::test]
async fn responses_without_a_valid_envelope() {
    let (app, token) = test_app(json!({ "kind": "html" })).await;
    app.get(ME, &token).await.assert_gateway_page(StatusCode::OK);

    set_fault(&app, false, json!({ "kind": "empty" })).await;
    let reply = app.get(ME, &token).await;
    assert_eq!((reply.status, reply.text.as_str()), (StatusCode::OK, ""));

    set_fault(&app, false, json!({ "kind": "not_json_object" })).await;
    let reply = app.get(ME, &token).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.json().is_array());

    for effect in [true, false] {
        set_fault(&app, effect, json!({ "kind": "no_status_code" })).await;
        let reply = app.get(ME, &token).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert_eq!(reply.json().get("status_code"), None);
        assert!(reply.json()["payload"]["email"].is_string());

        set_fault(&app, effect, json!({ "kind": "truncated" })).await;
        let reply = app.get(ME, &token).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert_eq!(reply.header("content-type"), Some("application/json"));
        assert!(reply.text.starts_with('{') && reply.text.len() > 50, "{}", reply.text);
        assert!(serde_json::from_str::<Value>(&reply.text).is_err());
    }
}

#[tokio::test]
async fn wrong_types_changes_one_field() {
    for effect in [true, false] {
        let app = TestApp::new(&["--admin"]);
        let token = app.token(PARTNER_KEY).await;
        let id = app.list(&token, 1, 1, "").await["items"][0]["id"].as_str().expect("an id").to_owned();
        set_fault(&app, effect, json!({ "kind": "wrong_types" })).await;

        assert!(app.post(ADD, &token, &create_params()).await.payload()["id"].is_number());
        let page = app.list(&token, 1, 3, "").await;
        assert!(page["items"][0]["balance"].is_string() && page["items"][0]["id"].is_string());
        assert_eq!(page["items"].as_array().map(Vec::len), Some(if effect { 3 } else { 1 }));
        // A page without items has no field to change, so a sample is returned.
        assert!(app.list(&token, 1, 3, "không ai cả").await["items"][0]["balance"].is_string());
        let info = app.info(&token, &id).await;
        assert!(info["balance"].is_string() && info["email"].is_string());
        assert!(app.post(UPDATE_BALANCE, &token, &top_up(10_000)).await.payload().is_number());
        assert!(app.post(UPGRADE, &token, &upgrade()).await.payload().is_number());
        assert!(app.get(ME, &token).await.payload()["balance"].is_string());
        assert!(app.get(AGENCY, &token).await.payload()["full_name"].is_number());
        assert!(app.get(PACKAGES, &token).await.payload()[0]["staff_num"].is_string());
        assert!(app.get(NUMBERS, &token).await.payload()["items"][0]["number"].is_number());
        assert!(app.get(TEMPLATES, &token).await.payload().is_number());
    }
}

#[tokio::test]
async fn unknown_fields_are_added_to_the_real_response() {
    const FIELD: &str = "sandbox_unknown_field";

    let app = TestApp::new(&["--admin"]);
    let token = app.token(PARTNER_KEY).await;
    let real = app.list(&token, 1, 3, "").await;
    set_fault(&app, false, json!({ "kind": "unknown_fields" })).await;
    let reply = app.post(&format!("{LIST}?page=1&size=3"), &token, &json!({})).await;
    assert!(reply.json()[FIELD].is_object());
    let mut page = reply.payload();
    assert!(page.as_object_mut().expect("a page").remove(FIELD).is_some());
    for item in page["items"].as_array_mut().expect("items") {
        assert!(item.as_object_mut().expect("a tenant").remove(FIELD).is_some());
    }
    assert_eq!(page, real);
    // A response of the gateway is not changed.
    app.get(ME, "bad").await.assert_gateway_page(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn errors_with_any_code() {
    let (app, token) = test_app(json!({ "kind": "unknown_code" })).await;
    assert_eq!(app.get(ME, &token).await.error_code(), "sandbox_unknown_code");
    set_fault(&app, false, json!({ "kind": "unknown_code", "code": "quá_tải" })).await;
    assert_eq!(app.get(ME, &token).await.error_code(), "quá_tải");

    set_fault(&app, false, json!({ "kind": "payload_error", "code": "email_registered" })).await;
    let json = app.get(ME, &token).await.json();
    assert_eq!(json["status_code"], -9999);
    assert_eq!(json.get("message"), None);
    assert_eq!(json["payload"]["error"], "email_registered");
    assert!(json["payload"]["message"].as_str().is_some_and(|sentence| sentence.contains(' ')));
}

#[tokio::test]
async fn redirects_keep_path_and_query() {
    let app = TestApp::new(&["--admin", "--base-path", "/proxy"]);
    let fault = json!({ "kind": "redirect", "to": "http://127.0.0.1:9" });
    app.post("/proxy/sandbox/faults", "", &json!({ "endpoint": "*", "fault": fault })).await.json();
    let reply = app.get("/proxy/api/partner/me?a=1", "").await;
    assert_eq!(reply.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(reply.header("location"), Some("http://127.0.0.1:9/proxy/api/partner/me?a=1"));
}

#[tokio::test]
async fn a_repeated_page_is_always_page_1() {
    let (app, token) = test_app(json!({ "kind": "repeated_page" })).await;
    let first = app.list(&token, 1, 50, "").await;
    assert_eq!(first["items"].as_array().map(Vec::len), Some(50));
    for number in [1, 2, 3, 500] {
        let page = app.list(&token, number, 50, "").await;
        assert_eq!(page["items"], first["items"]);
        assert_eq!((&page["page_number"], &page["has_next"]), (&json!(number), &json!(true)));
        assert_eq!(page["next_page"], number + 1);
    }
    // Invalid requests are still rejected, and other endpoints are not affected.
    let reply = app.post(&format!("{LIST}?page=0&size=50"), &token, &json!({})).await;
    assert_eq!(reply.error_code(), "request_invalid");
    app.get(ME, &token).await.payload();
}

#[tokio::test]
async fn an_endless_list_never_repeats_a_tenant() {
    let (app, token) = test_app(json!({ "kind": "endless" })).await;
    let mut seen = HashSet::new();
    for number in 1..=4 {
        let page = app.list(&token, number, 7, "").await;
        assert_eq!((&page["page_number"], &page["has_next"]), (&json!(number), &json!(true)));
        for item in page["items"].as_array().expect("items") {
            assert!(seen.insert(item["id"].to_string()) && seen.insert(item["email"].to_string()));
        }
    }
    assert_eq!(seen.len(), 4 * 7 * 2);
}

#[tokio::test]
async fn sample_tenants_have_the_fields_of_real_ones() {
    let app = TestApp::new(&["--admin", "--tenants", "9"]);
    let token = app.token(PARTNER_KEY).await;
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<HashSet<_>>();
    let real = app.list(&token, 1, 9, "").await;
    let item = real["items"].as_array().expect("items").iter().find(|item| item["status"] == "activated");
    let info = app.info(&token, item.expect("an active one")["id"].as_str().expect("an id")).await;

    set_fault(&app, false, json!({ "kind": "endless" })).await;
    let sample = app.list(&token, 1, 9, "").await;
    assert_eq!(keys(&sample), keys(&real));
    assert_eq!(keys(&sample["items"][0]), keys(item.expect("an active one")));
    set_fault(&app, false, json!({ "kind": "huge", "bytes": 3 })).await;
    let mut sample = app.info(&token, "any").await;
    assert_eq!(sample["sandbox_filler"], "xxx");
    sample.as_object_mut().expect("an object").remove("sandbox_filler");
    assert_eq!(keys(&sample), keys(&info));
}

#[tokio::test]
async fn sample_receipts_have_the_fields_of_real_ones() {
    let app = TestApp::new(&["--admin"]);
    let token = app.token(PARTNER_KEY).await;
    let number = first_number(&app, &token).await;
    for (path, body) in purchases(&number) {
        let real = app.post(path, &token, &body).await.payload();
        set_fault(&app, false, json!({ "kind": "huge", "bytes": 0 })).await;
        let mut sample = app.post(path, &token, &body).await.payload();
        app.post("/sandbox/clear_faults", "", &json!({})).await;
        sample.as_object_mut().expect("an object").remove("sandbox_filler");
        let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<HashSet<_>>();
        assert_eq!((keys(&sample), &sample["kind"]), (keys(&real), &real["kind"]), "{path}");
    }
}

#[tokio::test]
async fn a_huge_response_has_the_requested_length() {
    // 200001 is not a multiple of the chunk size.
    for (bytes, length) in [(json!(200_001), 200_001), (json!(0), 0), (Value::Null, 52_428_800)] {
        let (app, token) = test_app(json!({ "kind": "huge", "bytes": bytes })).await;
        let payload = app.get(ME, &token).await.payload();
        assert_eq!(payload["sandbox_filler"].as_str().map(str::len), Some(length));
        let payload = app.get(PACKAGES, &token).await.payload();
        assert_eq!(payload[0]["sandbox_filler"].as_str().map(str::len), Some(length));
    }
}

#[tokio::test]
async fn cut_headers_gives_no_response() {
    let (app, token) = test_app(json!({ "kind": "cut_headers" })).await;
    let outcome = app.try_call(Method::GET, ME, Some(&token), Body::empty()).await;
    assert!(matches!(outcome, Err(Cut::BeforeHeaders)), "{outcome:?}");
}

#[tokio::test]
async fn cut_body_gives_the_headers_and_half_of_the_body() {
    let app = TestApp::new(&["--admin"]);
    let token = app.token(PARTNER_KEY).await;
    for effect in [true, false] {
        set_fault(&app, effect, json!({ "kind": "cut_body" })).await;
        let outcome = app.try_call(Method::GET, ME, Some(&token), Body::empty()).await;
        let Err(Cut::InBody(reply)) = outcome else { panic!("{outcome:?}") };
        assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, Some("application/json")));
        let length: usize = reply.header("content-length").expect("a length").parse().expect("a number");
        assert!(length > 100);
        assert_eq!(reply.text.len(), length / 2);
        assert!(reply.text.starts_with(r#"{"status_code":9999,"#), "{}", reply.text);
    }
}

#[tokio::test]
async fn a_delayed_response_is_the_real_one() {
    for effect in [true, false] {
        let app = TestApp::new(&["--admin"]);
        let token = app.token(PARTNER_KEY).await;
        add_fault(&app, ADD_ENDPOINT, effect, json!({ "kind": "delay", "ms": 1000 })).await;
        let body = create_params();
        let mut call = app.start(app.post(ADD, &token, &body)).await;
        app.advance(999).await;
        app.assert_no_response(&mut call).await;
        // Only with effect the endpoint has been executed by then.
        assert_eq!(has_new_tenant(&app).await, effect);
        app.advance(1).await;
        assert!(call.await.payload()["id"].is_string());
        assert!(has_new_tenant(&app).await);
    }
}

#[tokio::test]
async fn a_hanging_request_never_gets_a_response_and_blocks_no_other() {
    for effect in [true, false] {
        let app = TestApp::new(&["--admin"]);
        let token = app.token(PARTNER_KEY).await;
        add_fault(&app, ADD_ENDPOINT, effect, json!({ "kind": "hang" })).await;
        let body = create_params();
        let mut call = app.start(app.post(ADD, &token, &body)).await;
        app.advance(DAY).await;
        let token = app.token(PARTNER_KEY).await;
        app.assert_no_response(&mut call).await;
        assert_eq!(has_new_tenant(&app).await, effect);
        drop(call);
        app.get(ME, &token).await.payload();
    }
}
