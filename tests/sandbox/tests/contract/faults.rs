//! What faults make of answers, and what they leave in the books.

use std::{collections::HashSet, time::Duration};

use axum::{
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode},
};
use serde_json::{Value, json};
use tokio::time::{Instant, timeout};

use crate::support::*;

const FAULTS: &str = "/sandbox/faults";
const ADD_ENDPOINT: &str = "POST /api/partner/tenant/add";
const EMAIL: &str = "quynh.nguyen1@example.net";

/// Every kind that gives an answer without a network, each with what it needs.
fn answers() -> Vec<Value> {
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
        json!({ "kind": "redirect", "to": "http://127.0.0.1:9" }),
        json!({ "kind": "no_cors" }),
        json!({ "kind": "huge", "bytes": 10 }),
    ]
}

async fn order(bench: &Bench, endpoint: &str, effect: bool, fault: Value) {
    let order = json!({ "endpoint": endpoint, "effect": effect, "fault": fault });
    let reply = bench.post(FAULTS, "", &order).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
}

/// The one fault there is from now on, for everything.
async fn only(bench: &Bench, effect: bool, fault: Value) {
    bench.post("/sandbox/clear_faults", "", &json!({})).await;
    order(bench, "*", effect, fault).await;
}

async fn bench(fault: Value) -> (Bench, String) {
    let bench = Bench::new(&["--admin"]);
    let token = bench.token(PARTNER_KEY).await;
    only(&bench, false, fault).await;
    (bench, token)
}

fn top_up(amount: i64) -> Value {
    let description = "Nạp tiền theo hợp đồng số 15, đợt thanh toán thứ hai năm nay";
    json!({ "email": EMAIL, "amount": amount, "description": description })
}

async fn books(bench: &Bench, email: &str) -> Option<Value> {
    let reply = bench.get(&format!("/sandbox/tenant?email={email}"), "").await;
    (reply.status == StatusCode::OK).then(|| reply.json())
}

async fn has_new_tenant(bench: &Bench) -> bool {
    books(bench, "chu.quan@quan-moi.example").await.is_some()
}

#[tokio::test]
async fn off_unless_asked_for() {
    let bench = Bench::new(&[]);
    for (method, path) in [
        (Method::POST, FAULTS),
        (Method::GET, FAULTS),
        (Method::POST, "/sandbox/clear_faults"),
        (Method::POST, "/sandbox/keep_alive"),
        (Method::GET, "/sandbox/requests"),
    ] {
        let reply = bench.call(method, path, None, Body::empty()).await;
        reply.assert_gateway_page(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_bad_order_is_refused_and_changes_nothing() {
    let bench = Bench::new(&["--admin"]);
    for (body, field) in [
        ("", "not JSON"),
        (r#"{"endpoint":"*","fault":{"kind":"delay","ms":"5"}}"#, "fault.ms"),
        (r#"{"endpoint":"GET /api/auth","fault":{"kind":"repeated_page"}}"#, "endpoint"),
    ] {
        let reply = bench.post_raw(FAULTS, "", body).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{body}");
        let error = reply.json()["error"].as_str().expect("a sentence").to_owned();
        assert!(error.contains(field), "{error}");
    }
    assert_eq!(bench.get(FAULTS, "").await.json(), json!([]));
}

#[tokio::test]
async fn an_order_may_come_as_plain_text() {
    let bench = Bench::new(&["--admin"]);
    let request = Request::post(FAULTS)
        .header("content-type", "text/plain;charset=UTF-8")
        .body(Body::from(r#"{"endpoint":"*","fault":{"kind":"empty"}}"#))
        .expect("a request");
    let shown = json!({ "endpoint": "*", "effect": false, "fault": { "kind": "empty" }, "struck": 0, "left": null });
    assert_eq!(bench.send(request).await.json(), shown);
    assert_eq!(bench.get(FAULTS, "").await.json(), json!([shown]));
}

#[tokio::test]
async fn the_oldest_that_fits_and_is_not_used_up_applies() {
    let bench = Bench::new(&["--admin"]);
    let token = bench.token(PARTNER_KEY).await;
    for (endpoint, count, status) in
        [("GET /api/partner/me", json!(2), 500), ("*", json!(1), 502), ("GET /api/partner/me", Value::Null, 503)]
    {
        let fault = json!({ "kind": "status", "status": status });
        let order = json!({ "endpoint": endpoint, "count": count, "fault": fault });
        assert_eq!(bench.post(FAULTS, "", &order).await.json()["left"], count);
    }
    let mut seen = Vec::new();
    for path in [ME, "/api/auth?apiKey=sandbox-partner-key", ME, "/api/auth?apiKey=sandbox-partner-key", ME, ME] {
        seen.push(bench.get(path, &token).await.status.as_u16());
    }
    assert_eq!(seen, [500, 502, 500, 200, 503, 503]);

    let list = bench.get(FAULTS, "").await.json();
    let counts: Vec<_> =
        list.as_array().expect("a list").iter().map(|fault| (&fault["struck"], &fault["left"])).collect();
    assert_eq!(counts, [(&json!(2), &json!(0)), (&json!(1), &json!(0)), (&json!(2), &Value::Null)]);

    let cleared = bench.post("/sandbox/clear_faults", "", &json!({})).await.json();
    assert_eq!(cleared, json!({ "cleared": 3 }));
    bench.get(ME, &token).await.payload();
    assert_eq!(bench.get(FAULTS, "").await.json(), json!([]));
}

#[tokio::test]
async fn admin_routes_and_preflights_meet_none() {
    let (bench, _) = bench(json!({ "kind": "status", "status": 500 })).await;
    for (method, path) in
        [(Method::GET, "/sandbox/state"), (Method::GET, FAULTS), (Method::OPTIONS, ADD), (Method::OPTIONS, ME)]
    {
        let reply = bench.call(method, path, None, Body::empty()).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
    }
    assert_eq!(bench.get(FAULTS, "").await.json()[0]["struck"], 0);
}

#[tokio::test]
async fn reset_ends_faults_and_forgets_requests() {
    let (bench, token) = bench(json!({ "kind": "empty" })).await;
    bench.post("/sandbox/keep_alive", "", &json!({ "enabled": false })).await;
    assert_eq!(bench.get(ME, &token).await.header("connection"), Some("close"));
    assert_eq!(bench.get("/sandbox/requests", "").await.json().as_array().map(Vec::len), Some(2));

    bench.post("/sandbox/reset", "", &json!({})).await;
    assert_eq!(bench.get(FAULTS, "").await.json(), json!([]));
    let requests = bench.get("/sandbox/requests", "").await;
    assert_eq!(requests.json(), json!([]));
    assert_eq!(requests.header("connection"), None);
    bench.token(PARTNER_KEY).await;
}

#[tokio::test]
async fn requests_are_noted_with_their_faults() {
    let (bench, token) = bench(json!({ "kind": "html" })).await;
    bench.pass(5);
    bench.get(&format!("{ME}?a=%20b"), &token).await;
    assert_eq!(
        bench.get("/sandbox/requests", "").await.json()[1],
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
async fn with_effect_the_work_is_done_and_without_it_is_not() {
    for fault in answers() {
        let kind = fault["kind"].as_str().expect("a kind").to_owned();
        let always = ["delay", "unknown_fields", "no_cors"].contains(&kind.as_str());
        for effect in [true, false] {
            let bench = Bench::new(&["--admin"]);
            let token = bench.token(PARTNER_KEY).await;
            let before = books(&bench, EMAIL).await.expect("a tenant")["balance"].as_i64().expect("money");
            only(&bench, effect, fault.clone()).await;
            bench.post(ADD, &token, &application()).await;
            bench.post(UPDATE_BALANCE, &token, &top_up(70_000)).await;

            let is_done = effect || always;
            assert_eq!(has_new_tenant(&bench).await, is_done, "{kind} {effect}");
            let after = books(&bench, EMAIL).await.expect("a tenant");
            assert_eq!(after["balance"], before + if is_done { 70_000 } else { 0 }, "{kind} {effect}");
            assert_eq!(after["top_ups"].as_array().map(Vec::len), Some(usize::from(is_done)), "{kind} {effect}");
        }
    }
}

#[tokio::test]
async fn all_but_one_may_be_read_by_pages() {
    for fault in answers() {
        let kind = fault["kind"].clone();
        let (bench, token) = bench(fault).await;
        let reply = bench.get(ME, &token).await;
        let cors: Vec<_> = reply.headers.keys().filter(|name| name.as_str().starts_with("access-control-")).collect();
        if kind == "no_cors" {
            assert!(cors.is_empty(), "{cors:?}");
            reply.payload();
        } else {
            assert_eq!(reply.header("access-control-allow-origin"), Some("*"), "{kind}");
            assert_eq!(reply.header("access-control-expose-headers"), Some("retry-after"), "{kind}");
        }
    }
}

#[tokio::test]
async fn a_status_has_the_body_that_was_asked_for() {
    for status in [401, 408, 429, 500, 502, 503] {
        let code = StatusCode::from_u16(status).expect("a status");
        for body in [json!(null), json!("html"), json!("empty"), json!("json")] {
            let (bench, token) = bench(json!({ "kind": "status", "status": status, "body": body })).await;
            let reply = bench.get(ME, &token).await;
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
async fn retry_after_is_a_text_or_a_date_ahead() {
    let (bench, token) = bench(json!({ "kind": "status", "status": 429, "retry_after": "3" })).await;
    assert_eq!(bench.get(ME, &token).await.header("retry-after"), Some("3"));
    only(&bench, false, json!({ "kind": "status", "status": 503, "retry_after": "date+3" })).await;
    let reply = bench.get(ME, &token).await;
    let date = httpdate::parse_http_date(reply.header("retry-after").expect("a date")).expect("an HTTP date");
    let since = date.duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    assert_eq!(since.as_millis(), u128::try_from(NOW + 3000).expect("a date"));
}

#[tokio::test]
async fn bodies_that_are_no_envelope() {
    let (bench, token) = bench(json!({ "kind": "html" })).await;
    bench.get(ME, &token).await.assert_gateway_page(StatusCode::OK);

    only(&bench, false, json!({ "kind": "empty" })).await;
    let reply = bench.get(ME, &token).await;
    assert_eq!((reply.status, reply.text.as_str()), (StatusCode::OK, ""));

    only(&bench, false, json!({ "kind": "not_json_object" })).await;
    let reply = bench.get(ME, &token).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.json().is_array());

    for effect in [true, false] {
        only(&bench, effect, json!({ "kind": "no_status_code" })).await;
        let reply = bench.get(ME, &token).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert_eq!(reply.json().get("status_code"), None);
        assert!(reply.json()["payload"]["email"].is_string());

        only(&bench, effect, json!({ "kind": "truncated" })).await;
        let reply = bench.get(ME, &token).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert_eq!(reply.header("content-type"), Some("application/json"));
        assert!(reply.text.starts_with('{') && reply.text.len() > 50, "{}", reply.text);
        assert!(serde_json::from_str::<Value>(&reply.text).is_err());
    }
}

#[tokio::test]
async fn one_field_has_the_wrong_type() {
    for effect in [true, false] {
        let bench = Bench::new(&["--admin"]);
        let token = bench.token(PARTNER_KEY).await;
        let id = bench.list(&token, 1, 1, "").await["items"][0]["id"].as_str().expect("an id").to_owned();
        only(&bench, effect, json!({ "kind": "wrong_types" })).await;

        assert!(bench.post(ADD, &token, &application()).await.payload()["id"].is_number());
        let page = bench.list(&token, 1, 3, "").await;
        assert!(page["items"][0]["balance"].is_string() && page["items"][0]["id"].is_string());
        assert_eq!(page["items"].as_array().map(Vec::len), Some(if effect { 3 } else { 1 }));
        // A page without items has nothing to spoil: a made-up one then.
        assert!(bench.list(&token, 1, 3, "không ai cả").await["items"][0]["balance"].is_string());
        let info = bench.info(&token, &id).await;
        assert!(info["balance"].is_string() && info["email"].is_string());
        assert!(bench.post(UPDATE_BALANCE, &token, &top_up(10_000)).await.payload().is_number());
        assert!(bench.get(ME, &token).await.payload().is_number());
    }
}

#[tokio::test]
async fn unknown_fields_come_on_top_of_the_real_answer() {
    const FIELD: &str = "sandbox_unknown_field";

    let bench = Bench::new(&["--admin"]);
    let token = bench.token(PARTNER_KEY).await;
    let real = bench.list(&token, 1, 3, "").await;
    only(&bench, false, json!({ "kind": "unknown_fields" })).await;
    let reply = bench.post(&format!("{LIST}?page=1&size=3"), &token, &json!({})).await;
    assert!(reply.json()[FIELD].is_object());
    let mut page = reply.payload();
    assert!(page.as_object_mut().expect("a page").remove(FIELD).is_some());
    for item in page["items"].as_array_mut().expect("items") {
        assert!(item.as_object_mut().expect("a tenant").remove(FIELD).is_some());
    }
    assert_eq!(page, real);
    // An answer of the gateway stays as it is.
    bench.get(ME, "bad").await.assert_gateway_page(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn refusals_with_any_code() {
    let (bench, token) = bench(json!({ "kind": "unknown_code" })).await;
    assert_eq!(bench.get(ME, &token).await.code(), "sandbox_unknown_code");
    only(&bench, false, json!({ "kind": "unknown_code", "code": "quá_tải" })).await;
    assert_eq!(bench.get(ME, &token).await.code(), "quá_tải");

    only(&bench, false, json!({ "kind": "payload_error", "code": "email_registered" })).await;
    let json = bench.get(ME, &token).await.json();
    assert_eq!(json["status_code"], -9999);
    assert_eq!(json.get("message"), None);
    assert_eq!(json["payload"]["error"], "email_registered");
    assert!(json["payload"]["message"].as_str().is_some_and(|sentence| sentence.contains(' ')));
}

#[tokio::test]
async fn redirects_keep_path_and_query() {
    let bench = Bench::new(&["--admin", "--base-path", "/proxy"]);
    let fault = json!({ "kind": "redirect", "to": "http://127.0.0.1:9" });
    bench.post("/proxy/sandbox/faults", "", &json!({ "endpoint": "*", "fault": fault })).await.json();
    let reply = bench.get("/proxy/api/partner/me?a=1", "").await;
    assert_eq!(reply.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(reply.header("location"), Some("http://127.0.0.1:9/proxy/api/partner/me?a=1"));
}

#[tokio::test]
async fn a_repeated_page_is_page_1_for_ever() {
    let (bench, token) = bench(json!({ "kind": "repeated_page" })).await;
    let first = bench.list(&token, 1, 50, "").await;
    assert_eq!(first["items"].as_array().map(Vec::len), Some(50));
    for number in [1, 2, 3, 500] {
        let page = bench.list(&token, number, 50, "").await;
        assert_eq!(page["items"], first["items"]);
        assert_eq!((&page["page_number"], &page["has_next"]), (&json!(number), &json!(true)));
        assert_eq!(page["next_page"], number + 1);
    }
    // What is refused without the fault is refused with it, and other endpoints are as ever.
    let reply = bench.post(&format!("{LIST}?page=0&size=50"), &token, &json!({})).await;
    assert_eq!(reply.code(), "request_invalid");
    bench.get(ME, &token).await.payload();
}

#[tokio::test]
async fn an_endless_list_never_repeats_itself() {
    let (bench, token) = bench(json!({ "kind": "endless" })).await;
    let mut seen = HashSet::new();
    for number in 1..=4 {
        let page = bench.list(&token, number, 7, "").await;
        assert_eq!((&page["page_number"], &page["has_next"]), (&json!(number), &json!(true)));
        for item in page["items"].as_array().expect("items") {
            assert!(seen.insert(item["id"].to_string()) && seen.insert(item["email"].to_string()));
        }
    }
    assert_eq!(seen.len(), 4 * 7 * 2);
}

#[tokio::test]
async fn made_up_tenants_have_the_fields_of_real_ones() {
    let bench = Bench::new(&["--admin", "--tenants", "9"]);
    let token = bench.token(PARTNER_KEY).await;
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<HashSet<_>>();
    let real = bench.list(&token, 1, 9, "").await;
    let item = real["items"].as_array().expect("items").iter().find(|item| item["status"] == "activated");
    let info = bench.info(&token, item.expect("an active one")["id"].as_str().expect("an id")).await;

    only(&bench, false, json!({ "kind": "endless" })).await;
    let made_up = bench.list(&token, 1, 9, "").await;
    assert_eq!(keys(&made_up), keys(&real));
    assert_eq!(keys(&made_up["items"][0]), keys(item.expect("an active one")));
    only(&bench, false, json!({ "kind": "huge", "bytes": 3 })).await;
    let mut made_up = bench.info(&token, "any").await;
    assert_eq!(made_up["sandbox_filler"], "xxx");
    made_up.as_object_mut().expect("an object").remove("sandbox_filler");
    assert_eq!(keys(&made_up), keys(&info));
}

#[tokio::test]
async fn a_huge_answer_is_as_long_as_was_asked() {
    // No multiple of anything.
    for (bytes, length) in [(json!(200_001), 200_001), (json!(0), 0), (Value::Null, 52_428_800)] {
        let (bench, token) = bench(json!({ "kind": "huge", "bytes": bytes })).await;
        let payload = bench.get(ME, &token).await.payload();
        assert_eq!(payload["sandbox_filler"].as_str().map(str::len), Some(length));
    }
}

#[tokio::test]
async fn half_a_body_ends_in_an_error() {
    let (bench, _) = bench(json!({ "kind": "cut_body" })).await;
    let response = bench.respond(Request::get(ME).body(Body::empty()).expect("a request")).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(to_bytes(response.into_body(), usize::MAX).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn a_late_answer_is_the_real_one() {
    for effect in [true, false] {
        let bench = Bench::new(&["--admin"]);
        let token = bench.token(PARTNER_KEY).await;
        order(&bench, ADD_ENDPOINT, effect, json!({ "kind": "delay", "ms": 1000 })).await;
        // Given up shortly before: only work that comes before the wait is done.
        let body = application();
        let call = bench.post(ADD, &token, &body);
        assert!(timeout(Duration::from_millis(999), call).await.is_err());
        assert_eq!(has_new_tenant(&bench).await, effect);

        let start = Instant::now();
        let body = application_with("email", json!("khac@quan-moi.example"));
        assert!(bench.post(ADD, &token, &body).await.payload()["id"].is_string());
        assert_eq!(start.elapsed(), Duration::from_secs(1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_hanging_request_is_never_answered() {
    for effect in [true, false] {
        let bench = Bench::new(&["--admin"]);
        let token = bench.token(PARTNER_KEY).await;
        only(&bench, effect, json!({ "kind": "hang" })).await;
        let body = application();
        let call = bench.post(ADD, &token, &body);
        assert!(timeout(Duration::from_secs(86_400), call).await.is_err());
        assert_eq!(has_new_tenant(&bench).await, effect);
    }
}
