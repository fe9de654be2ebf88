//! Responses that differ from the contract.

use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::*;

const NONE: JsValue = JsValue::UNDEFINED;
const NO_RETRY: &str = r#"{"maxRetries":0}"#;

#[wasm_bindgen_test]
async fn a_protocol_error_has_the_path_and_the_types() {
    let cases = [
        ("", "", "JSON", "something else"),
        ("<html>", "", "JSON", "something else"),
        (r#"{"status_code":99"#, "", "JSON", "something else"),
        ("null", "", "an envelope", "null"),
        ("[]", "", "an envelope", "array"),
        ("\"x\"", "", "an envelope", "string"),
        ("{}", "status_code", "number", "undefined"),
        (r#"{"status_code":"9999"}"#, "status_code", "number", "string"),
        (r#"{"status_code":9999}"#, "payload", "object", "undefined"),
        (r#"{"status_code":9999,"payload":[]}"#, "payload", "object", "array"),
        (r#"{"status_code":9999,"payload":{"balance":"1"}}"#, "payload.balance", "number", "string"),
        (r#"{"status_code":9999,"payload":{"enabled":1}}"#, "payload.enabled", "boolean", "number"),
        (r#"{"status_code":9999,"payload":{"full_name":{}}}"#, "payload.full_name", "string", "object"),
        (r#"{"status_code":9999,"payload":{"public_numbers":{}}}"#, "payload.public_numbers", "array", "object"),
        (
            r#"{"status_code":9999,"payload":{"public_numbers":[{},{"expire_date":true}]}}"#,
            "payload.public_numbers[1].expire_date",
            "number",
            "boolean",
        ),
        (r#"{"status_code":9999,"payload":{"service_package":[]}}"#, "payload.service_package", "object", "array"),
    ];
    for (body, path, expected, actual) in cases {
        let client = client_with_response(200, "{}", body);
        let wrong = failure(client.get("a1".into(), json(NO_RETRY))).await;
        assert_kind(&wrong, "ProtocolError", "protocol");
        let found = (text(&wrong, "path"), text(&wrong, "expected"), text(&wrong, "actual"));
        assert_eq!(found, (path.into(), expected.into(), actual.into()), "{body}");
    }
}

#[wasm_bindgen_test]
async fn list_items_require_only_an_id() {
    let page = |items: &str| format!(r#"{{"status_code":9999,"payload":{{"items":{items},"has_next":false}}}}"#);
    let list = async |items: &str| {
        let client = client_with_response(200, "{}", &page(items));
        next_page(&client.list(NONE, json(NO_RETRY))).await
    };
    let page = list(r#"[{"id":"a","balance":null,"surprise":1}]"#).await.unwrap();
    assert_eq!(number(&page, "items.0.surprise"), 1.0);
    let wrong = [
        (r#"[{"id":"a"},{}]"#, "payload.items[1].id"),
        (r#"[{"id":5}]"#, "payload.items[0].id"),
        (r#"[{"id":""}]"#, "payload.items[0].id"),
        (r#"[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d","balance":"7"}]"#, "payload.items[3].balance"),
        ("[null]", "payload.items[0]"),
        ("null", "payload.items"),
    ];
    for (items, path) in wrong {
        assert_eq!(text(&list(items).await.unwrap_err(), "path"), path, "{items}");
    }
}

#[wasm_bindgen_test]
async fn a_payload_is_returned_as_the_same_object() {
    let client = client_of(
        "async () => ({ status: 200, headers: new Headers(), json: async () => \
         ({ status_code: 9999, payload: (globalThis.sentPayload = { status: 'paused', extra: [1] }) }) })",
    );
    let tenant = settle(client.get("a1".into(), NONE)).await.unwrap();
    assert!(js_sys::Object::is(&tenant, &evaluate("globalThis.sentPayload")));
}

#[wasm_bindgen_test]
async fn each_http_status_has_its_error_class() {
    let cases = [
        (400, "ApiError", "http_400", false),
        (401, "AuthenticationError", "unauthorized", false),
        (403, "AuthenticationError", "forbidden", false),
        (404, "ApiError", "http_404", false),
        (408, "ApiError", "http_408", true),
        (429, "RateLimitError", "rate_limited", false),
        (500, "ServerError", "server_error", true),
        (502, "ServerError", "server_error", true),
        (503, "ServerError", "server_error", true),
    ];
    for (status, name, code, is_unknown) in cases {
        let client = client_with_response(status, "{ 'Retry-After': '7' }", "<html>");
        let read = failure(client.get("a1".into(), json(NO_RETRY))).await;
        assert_kind(&read, name, code);
        assert_eq!(number(&read, "httpStatus"), f64::from(status));
        let write = failure(client.top_up(top_up_of("a@b.vn", 10_000.0), NONE)).await;
        if is_unknown {
            assert_kind(&write, "OutcomeUnknownError", "outcome_unknown");
            assert_kind(&field(&write, "cause"), name, code);
        } else {
            assert_kind(&write, name, code);
        }
        if status == 429 {
            assert_eq!(number(&read, "retryAfterMs"), 7_000.0);
        }
    }
}

#[wasm_bindgen_test]
async fn a_success_envelope_with_an_error_status_makes_a_write_outcome_unknown() {
    for status in [400, 401, 403, 404] {
        let client = client_with_response(status, "{}", r#"{"status_code":9999,"payload":{}}"#);
        let write = failure(client.top_up(top_up_of("a@b.vn", 10_000.0), NONE)).await;
        assert_kind(&write, "OutcomeUnknownError", "outcome_unknown");
        assert_eq!(number(&write, "attempts"), 1.0);
    }
}

#[wasm_bindgen_test]
async fn the_error_code_comes_from_message_or_payload() {
    let cases = [
        (r#"{"status_code":-9999,"message":"brand_new_code"}"#, "brand_new_code"),
        (r#"{"status_code":-9999,"payload":{"error":"inner_code","message":"A sentence."}}"#, "inner_code"),
        (r#"{"status_code":-9999,"message":"outer","payload":{"error":"inner_code"}}"#, "outer"),
        (r#"{"status_code":-1}"#, "-1"),
    ];
    for (body, code) in cases {
        let refused = failure(client_with_response(200, "{}", body).get("a1".into(), NONE)).await;
        assert_kind(&refused, "ApiError", code);
    }
}

#[wasm_bindgen_test]
async fn a_redirect_is_a_protocol_error() {
    let client = client_of("async () => Response.redirect('https://elsewhere.example/', 302)");
    let refused = failure(client.get("a1".into(), NONE)).await;
    assert_kind(&refused, "ProtocolError", "protocol");
    assert_eq!(text(&refused, "actual"), "a redirect");
}

/// Counts its calls in `globalThis.oddCalls`, and returns `value` each time.
fn odd(value: &str) -> String {
    format!("async () => {{ globalThis.oddCalls = (globalThis.oddCalls ?? 0) + 1; return {value}; }}")
}

#[wasm_bindgen_test]
async fn a_value_that_is_no_response_is_named() {
    let cases = [
        ("undefined", "response", "object", "undefined"),
        ("null", "response", "object", "null"),
        ("'text'", "response", "object", "string"),
        ("5", "response", "object", "number"),
        ("[]", "response", "object", "array"),
        ("({})", "response.status", "integer from 200 to 999", "undefined"),
        ("({ ok: true, json: async () => ({}) })", "response.status", "integer from 200 to 999", "undefined"),
        ("({ status: '200' })", "response.status", "integer from 200 to 999", "string"),
        ("({ status: NaN })", "response.status", "integer from 200 to 999", "another number"),
        ("({ status: 200.5 })", "response.status", "integer from 200 to 999", "another number"),
        ("({ status: 0 })", "response.status", "integer from 200 to 999", "another number"),
        ("({ status: 101 })", "response.status", "integer from 200 to 999", "another number"),
        ("({ status: -1 })", "response.status", "integer from 200 to 999", "another number"),
        ("({ status: 1000 })", "response.status", "integer from 200 to 999", "another number"),
        ("({ get status() { throw new Error('mine'); } })", "response", "plain data", "an object that throws"),
        ("({ status: 0, type: 'opaque' })", "response.type", "basic or cors", "opaque"),
        ("Response.error()", "response.type", "basic or cors", "error"),
        ("({ status: 200 })", "response.json", "function", "undefined"),
        ("({ status: 200, json: '{}' })", "response.json", "function", "string"),
        ("({ status: 200, json: () => { throw new Error('mine'); } })", "response.json", "JSON", "an exception"),
        ("({ status: 200, json: () => JSON.parse('<') })", "", "JSON", "something else"),
        ("({ status: 200, json: async () => null.payload })", "response.json", "JSON", "an exception"),
        ("({ status: 200, json: async () => undefined })", "", "an envelope", "undefined"),
        ("({ status: 200, headers: 5, json: () => 5 })", "", "an envelope", "number"),
        ("({ status: 200, bodyUsed: true, json: async () => ({}) })", "response.body", "unread body", "read body"),
        ("new Proxy(new Response('{}'), {})", "response", "plain data", "an object that throws"),
        (
            "(await (async (response) => (await response.text(), response))(new Response('{}')))",
            "response.body",
            "unread body",
            "read body",
        ),
        (
            "((response) => (response.body.getReader(), response))(new Response('{}'))",
            "response.body",
            "unread body",
            "locked body",
        ),
    ];
    for (value, path, expected, actual) in cases {
        let client = client_of(&odd(value));
        evaluate("globalThis.oddCalls = 0");
        let read = failure(client.get("a1".into(), NONE)).await;
        let write = failure(client.top_up(top_up_of("a@b.vn", 10_000.0), NONE)).await;
        assert_kind(&write, "OutcomeUnknownError", "outcome_unknown");
        for error in [&read, &field(&write, "cause")] {
            assert_kind(error, "ProtocolError", "protocol");
            let found = (text(error, "path"), text(error, "expected"), text(error, "actual"));
            assert_eq!(found, (path.into(), expected.into(), actual.into()), "{value}");
            assert_eq!(field(error, "retryable"), JsValue::FALSE, "{value}");
        }
        assert_eq!(evaluate("globalThis.oddCalls").as_f64(), Some(2.0), "{value}");
    }
}

#[wasm_bindgen_test]
async fn one_response_object_serves_one_call() {
    let client = client_of(
        "async () => (globalThis.onlyResponse ??= Response.json({ status_code: 9999, payload: { full_name: 'A' } }))",
    );
    assert_eq!(text(&settle(client.get("a1".into(), NONE)).await.unwrap(), "full_name"), "A");
    let second = failure(client.get("a1".into(), NONE)).await;
    assert_eq!((text(&second, "path"), text(&second, "actual")), ("response.body".into(), "read body".into()));
    // A clone of it serves each call, whatever was read of the original.
    let cloning = client_of(
        "async () => (globalThis.cloned ??= Response.json({ status_code: 9999, payload: { full_name: 'B' } })).clone()",
    );
    for _ in 0..2 {
        assert_eq!(text(&settle(cloning.get("a1".into(), NONE)).await.unwrap(), "full_name"), "B");
    }
}

#[wasm_bindgen_test]
async fn a_refusal_needs_no_readable_body() {
    let read = "(async (response) => (await response.text(), response))";
    for (status, name) in
        [(401, "AuthenticationError"), (404, "ApiError"), (429, "RateLimitError"), (500, "ServerError")]
    {
        let client = client_of(&format!("async () => {read}(new Response('x', {{ status: {status} }}))"));
        let refused = failure(client.get("a1".into(), json(NO_RETRY))).await;
        assert_eq!(text(&refused, "name"), name);
    }
}

#[wasm_bindgen_test]
async fn a_redirect_that_an_injected_fetch_followed_is_a_protocol_error() {
    let followed =
        "Object.defineProperty(Response.json({ status_code: 9999, payload: {} }), 'redirected', { value: true })";
    let client = client_of(&odd(followed));
    let refused = failure(client.get("a1".into(), NONE)).await;
    assert_kind(&refused, "ProtocolError", "protocol");
    assert_eq!(text(&refused, "actual"), "a redirect");
}

#[wasm_bindgen_test]
async fn odd_headers_have_no_retry_after() {
    for headers in ["undefined", "5", "{}", "{ get: 1 }", "new Map([['retry-after', 7]])", "{ get() { throw 1; } }"] {
        let client = client_of(&format!("async () => ({{ status: 429, headers: {headers} }})"));
        let limited = failure(client.get("a1".into(), json(NO_RETRY))).await;
        assert_kind(&limited, "RateLimitError", "rate_limited");
        assert!(field(&limited, "retryAfterMs").is_undefined(), "{headers}");
    }
}

#[wasm_bindgen_test]
async fn an_object_that_throws_is_a_protocol_error() {
    let throws = "({ get status_code() { throw new Error('mine'); } })";
    let deep = "({ status_code: 9999, payload: { get balance() { throw new Error('mine'); } } })";
    for body in [throws, deep] {
        let client =
            client_of(&format!("async () => ({{ status: 200, headers: new Headers(), json: async () => {body} }})"));
        let read = failure(client.get("a1".into(), json(NO_RETRY))).await;
        assert_kind(&read, "ProtocolError", "protocol");
        assert_eq!(text(&read, "actual"), "an object that throws");
    }
    let client =
        client_of(&format!("async () => ({{ status: 200, headers: new Headers(), json: async () => {throws} }})"));
    let write = failure(client.top_up(top_up_of("a@b.vn", 10_000.0), NONE)).await;
    assert_kind(&write, "OutcomeUnknownError", "outcome_unknown");
}

#[wasm_bindgen_test]
async fn a_fetch_that_rejects_is_a_network_error() {
    let reasons = [
        "new TypeError('Failed to fetch')",
        "new TypeError('gone')",
        "new Error('Network connection lost.')",
        "'a text'",
        "null",
        "undefined",
    ];
    for reason in reasons {
        let failed =
            failure(client_of(&format!("async () => {{ throw {reason}; }}")).get("a1".into(), json(NO_RETRY))).await;
        assert_kind(&failed, "NetworkError", "network");
        assert_eq!(number(&failed, "attempts"), 1.0, "{reason}");
    }
}

#[wasm_bindgen_test]
async fn a_fetch_that_refuses_the_request_is_named_and_called_once() {
    let reasons = [
        "new TypeError('Unsupported cache mode: default')",
        "new Error(\"The 'cache' field on 'RequestInitializerDict' is not implemented.\")",
        "new TypeError('RequestInit: duplex option is required when sending a body.')",
        "new TypeError('init.headers.set is not a function')",
        "new TypeError(\"Cannot read properties of undefined (reading 'id')\")",
        "new ReferenceError('store is not defined')",
    ];
    for reason in reasons {
        // Some of it may have been sent: the outcome of a write is unknown.
        let client = client_of(&odd(&format!("await Promise.reject(globalThis.refusal = {reason})")));
        evaluate("globalThis.oddCalls = 0");
        let read = failure(client.get("a1".into(), NONE)).await;
        let write = failure(client.top_up(top_up_of("a@b.vn", 10_000.0), NONE)).await;
        assert_kind(&write, "OutcomeUnknownError", "outcome_unknown");
        for error in [&read, &field(&write, "cause")] {
            assert_kind(error, "PartnerError", "request_refused");
            assert_eq!(field(error, "retryable"), JsValue::FALSE, "{reason}");
            assert_eq!(number(error, "attempts"), 1.0, "{reason}");
        }
        assert_eq!(field(&write, "cause.cause"), evaluate("globalThis.refusal"), "{reason}");
        assert_eq!(evaluate("globalThis.oddCalls").as_f64(), Some(2.0), "{reason}");
    }
}

#[wasm_bindgen_test]
async fn a_fetch_that_throws_may_have_sent_the_request() {
    for reason in ["new TypeError('Unsupported cache mode: default')", "new Error('mine')", "'a text'", "undefined"] {
        let client = client_of("() => { globalThis.oddCalls += 1; throw globalThis.refusal; }");
        evaluate(&format!("globalThis.refusal = {reason}"));
        evaluate("globalThis.oddCalls = 0");
        let read = failure(client.get("a1".into(), NONE)).await;
        let write = failure(client.top_up(top_up_of("a@b.vn", 10_000.0), NONE)).await;
        assert_kind(&write, "OutcomeUnknownError", "outcome_unknown");
        for error in [&read, &field(&write, "cause")] {
            assert_kind(error, "PartnerError", "request_refused");
            assert_eq!(number(error, "attempts"), 1.0, "{reason}");
            assert_eq!(field(error, "retryable"), JsValue::FALSE, "{reason}");
            assert_eq!(field(error, "cause"), evaluate("globalThis.refusal"), "{reason}");
        }
        assert_eq!(evaluate("globalThis.oddCalls").as_f64(), Some(2.0), "{reason}");
    }
}
