//! What faults and settings do to connections, over TCP.

use axum::http::Method;
use futures_util::FutureExt as _;
use serde_json::{Value, json};

use crate::{support::*, wire::*};

const SIGN_IN: &str = "GET /api/auth?apiKey=sandbox-partner-key HTTP/1.1\r\nhost: localhost\r\n\r\n";
const BOOKS: &str = "/sandbox/tenant?email=chu.quan@quan-moi.example";

#[tokio::test]
async fn a_cut_before_the_headers_leaves_nothing() {
    let site = Site::start(&[]).await;
    site.add_fault(json!({ "endpoint": "GET /api/auth", "count": 1, "fault": { "kind": "cut_headers" } })).await;
    assert_eq!(site.raw(SIGN_IN).await, "");
    // Used up, and the server goes on.
    site.connect().await.token().await;
}

#[tokio::test]
async fn a_cut_in_the_body_leaves_the_headers_and_half_of_it() {
    for effect in [true, false] {
        let site = Site::start(&[]).await;
        let fault = json!({ "endpoint": "*", "effect": effect, "fault": { "kind": "cut_body" } });
        site.add_fault(fault).await;
        let answer = site.raw(SIGN_IN).await;
        let (head, body) = answer.split_once("\r\n\r\n").expect("headers");
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .expect("a length")
            .parse::<usize>()
            .expect("a number");
        assert!(length > 100);
        assert_eq!(body.len(), length / 2);
        assert!(body.starts_with(r#"{"status_code":9999,"#), "{body}");
    }
}

#[tokio::test]
async fn a_cut_answer_may_have_had_its_effect() {
    for kind in ["cut_headers", "cut_body"] {
        for effect in [true, false] {
            let site = Site::start(&[]).await;
            let mut line = site.connect().await;
            let token = line.token().await;
            let fault = json!({ "endpoint": "*", "effect": effect, "fault": { "kind": kind } });
            site.add_fault(fault).await;
            let cut = line.call(Method::POST, ADD, &token, application()).await;
            assert!(cut.is_err(), "{kind}");
            line.end.await.expect("a closed connection");
            let status = site.call(Method::GET, BOOKS, json!({})).await.status;
            assert_eq!(status, if effect { 200 } else { 404 }, "{kind}");
        }
    }
}

#[tokio::test]
async fn a_request_that_hangs_holds_up_nobody_else() {
    let site = Site::start(&[]).await;
    let mut line = site.connect().await;
    let token = line.token().await;
    site.add_fault(json!({ "endpoint": "GET /api/partner/me", "fault": { "kind": "hang" } })).await;
    let mut answer = Box::pin(line.send(Method::GET, ME, &token, json!({})));
    // Until it has arrived.
    while site.call(Method::GET, "/sandbox/faults", json!({})).await.json()[0]["struck"] == 0 {
        assert!(answer.as_mut().now_or_never().is_none());
    }
    site.connect().await.token().await;
    assert!(answer.as_mut().now_or_never().is_none());
    assert!(!line.end.is_finished());
}

#[tokio::test]
async fn requests_are_noted_with_how_they_came() {
    let site = Site::start(&["--base-path", "/proxy"]).await;
    let mut first = site.connect().await;
    let path = "/proxy/api/auth?apiKey=sandbox-partner-key";
    first.get(path).await.payload();
    first.call(Method::OPTIONS, path, "", json!({})).await.expect("an answer");
    first.get("/proxy/sandbox/state").await.json();
    let fault = json!({ "endpoint": "*", "count": 1, "fault": { "kind": "empty" } });
    first.call(Method::POST, "/proxy/sandbox/faults", "", fault).await.expect("an answer").json();
    first.get("/proxy/api/partner/me").await;
    let mut second = site.connect().await;
    second.get("/proxy/nowhere").await;

    let mut requests = second.get("/proxy/sandbox/requests").await.json();
    for request in requests.as_array_mut().expect("a list") {
        assert!(request["at"].take().as_i64().is_some_and(|at| at > 1_700_000_000_000));
    }
    let entry = |endpoint: &str, url: &str, connection: u64, nth: u64, fault: Value| {
        json!({
            "endpoint": endpoint,
            "url": url,
            "connection": connection,
            "nth": nth,
            "protocol": "HTTP/1.1",
            "fault": fault,
            "at": null,
        })
    };
    assert_eq!(
        requests,
        json!([
            entry("GET /api/auth", path, 1, 1, Value::Null),
            entry("GET /api/partner/me", "/proxy/api/partner/me", 1, 5, json!("empty")),
            entry("GET /nowhere", "/proxy/nowhere", 2, 1, Value::Null),
        ])
    );
}

#[tokio::test]
async fn without_keep_alive_every_request_has_its_own_connection() {
    let site = Site::start(&[]).await;
    // Idle when it is turned off: closed without another request, or any.
    let mut used = site.connect().await;
    let token = used.token().await;
    let unused = site.connect().await;

    let off = site.call(Method::POST, "/sandbox/keep_alive", json!({ "enabled": false })).await;
    assert_eq!(off.json(), json!({ "enabled": false }));
    assert_eq!(off.header("connection"), Some("close"));
    used.end.await.expect("a closed connection");
    unused.end.await.expect("a closed connection");

    for (method, path, status) in [
        (Method::GET, ME, 200),
        (Method::OPTIONS, ADD, 200),
        // Refused before its body is read.
        (Method::POST, "/nowhere", 404),
        (Method::GET, "/sandbox/state", 200),
    ] {
        let mut line = site.connect().await;
        let reply = line.call(method, path, &token, json!({ "a": "b".repeat(100_000) })).await.expect("an answer");
        assert_eq!(reply.status, status, "{path}");
        assert_eq!(reply.header("connection"), Some("close"), "{path}");
        line.end.await.expect("a closed connection");
    }

    site.call(Method::POST, "/sandbox/reset", json!({})).await;
    let mut line = site.connect().await;
    line.token().await;
    line.token().await;
    let requests = line.get("/sandbox/requests").await.json();
    assert_eq!((&requests[0]["nth"], &requests[1]["nth"]), (&json!(1), &json!(2)));
    assert_eq!(requests[0]["connection"], requests[1]["connection"]);
}

#[tokio::test]
async fn keep_alive_says_what_is_wrong_with_its_body() {
    let site = Site::start(&[]).await;
    for (body, field) in [(json!({}), "enabled"), (json!({ "enabled": "no" }), "enabled:")] {
        let reply = site.call(Method::POST, "/sandbox/keep_alive", body).await;
        assert_eq!(reply.status, 400);
        assert!(reply.json()["error"].as_str().is_some_and(|error| error.contains(field)), "{}", reply.text);
    }
}
