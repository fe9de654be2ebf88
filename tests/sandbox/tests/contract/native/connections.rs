//! Effects of faults and settings on connections, over TCP.

use axum::http::Method;
use serde_json::{Value, json};

use super::wire::TestServer;
use crate::support::*;

const SIGN_IN: &str = "GET /api/auth?apiKey=sandbox-partner-key HTTP/1.1\r\nhost: localhost\r\n\r\n";

#[tokio::test]
async fn cut_headers_sends_nothing() {
    let server = TestServer::start(&[]);
    server.add_fault(json!({ "endpoint": "GET /api/auth", "count": 1, "fault": { "kind": "cut_headers" } })).await;
    assert_eq!(server.raw(SIGN_IN).await, "");
    // The fault is used up, and the server still works.
    server.connect().await.token().await;
}

#[tokio::test]
async fn cut_body_sends_the_headers_and_half_of_the_body() {
    for effect in [true, false] {
        let server = TestServer::start(&[]);
        let fault = json!({ "endpoint": "*", "effect": effect, "fault": { "kind": "cut_body" } });
        server.add_fault(fault).await;
        let response = server.raw(SIGN_IN).await;
        let (head, body) = response.split_once("\r\n\r\n").expect("headers");
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
async fn the_request_log_contains_the_connection() {
    let server = TestServer::start(&["--base-path", "/proxy"]);
    let mut first = server.connect().await;
    let path = "/proxy/api/auth?apiKey=sandbox-partner-key";
    first.get(path).await.payload();
    first.call(Method::OPTIONS, path, "", json!({})).await.expect("a response");
    first.get("/proxy/sandbox/state").await.json();
    let fault = json!({ "endpoint": "*", "count": 1, "fault": { "kind": "empty" } });
    first.call(Method::POST, "/proxy/sandbox/faults", "", fault).await.expect("a response").json();
    first.get("/proxy/api/partner/me").await;
    let mut second = server.connect().await;
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
async fn without_keep_alive_every_request_uses_a_new_connection() {
    let server = TestServer::start(&[]);
    // Connections that are idle when keep-alive is turned off are closed, whether or not they were used.
    let mut used = server.connect().await;
    let token = used.token().await;
    let unused = server.connect().await;

    let off = server.call(Method::POST, "/sandbox/keep_alive", json!({ "enabled": false })).await;
    assert_eq!(off.json(), json!({ "enabled": false }));
    assert_eq!(off.header("connection"), Some("close"));
    used.closed.await.expect("a closed connection");
    unused.closed.await.expect("a closed connection");

    for (method, path, status) in [
        (Method::GET, ME, 200),
        (Method::OPTIONS, ADD, 200),
        // Rejected without using the body.
        (Method::POST, "/nowhere", 404),
        (Method::GET, "/sandbox/state", 200),
    ] {
        let mut client = server.connect().await;
        let reply = client.call(method, path, &token, json!({ "a": "b".repeat(100_000) })).await.expect("a response");
        assert_eq!(reply.status, status, "{path}");
        assert_eq!(reply.header("connection"), Some("close"), "{path}");
        client.closed.await.expect("a closed connection");
    }

    server.call(Method::POST, "/sandbox/reset", json!({})).await;
    let mut client = server.connect().await;
    client.token().await;
    client.token().await;
    let requests = client.get("/sandbox/requests").await.json();
    assert_eq!((&requests[0]["nth"], &requests[1]["nth"]), (&json!(1), &json!(2)));
    assert_eq!(requests[0]["connection"], requests[1]["connection"]);
}

#[tokio::test]
async fn keep_alive_names_the_invalid_field() {
    let server = TestServer::start(&[]);
    for (body, field) in [(json!({}), "enabled"), (json!({ "enabled": "no" }), "enabled:")] {
        let reply = server.call(Method::POST, "/sandbox/keep_alive", body).await;
        assert_eq!(reply.status, 400);
        assert!(reply.json()["error"].as_str().is_some_and(|error| error.contains(field)), "{}", reply.text);
    }
}
