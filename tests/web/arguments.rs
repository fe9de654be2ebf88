//! Arguments that are rejected before a request is sent.

use js_sys::Promise;
use omicall_partner::Client;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::*;

const NONE: JsValue = JsValue::UNDEFINED;

/// A client that must not send a request.
fn offline() -> Client {
    client_of("() => { throw new Error('sent'); }")
}

async fn refused(promise: Promise) -> Vec<(String, String)> {
    let failure = failure(promise).await;
    assert_eq!(number(&failure, "attempts"), 0.0);
    issues(&failure)
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(field, code)| (field.to_string(), code.to_string())).collect()
}

#[wasm_bindgen_test]
async fn all_issues_are_reported_at_once() {
    let params =
        json(r#"{"email":"x","password":"abc","fullName":"","phone":5,"isAutoActive":"yes","isAutoActiv":true}"#);
    let found = refused(offline().create(params.clone(), json(r#"{"timeout":5}"#))).await;
    let expected = [
        ("isAutoActiv", "unknown_parameter"),
        ("email", "email_invalid"),
        ("password", "password_invalid"),
        ("fullName", "request_invalid"),
        ("ownerName", "request_invalid"),
        ("phone", "request_invalid"),
        ("isAutoActive", "request_invalid"),
        ("timeout", "unknown_parameter"),
    ];
    assert_eq!(found, pairs(&expected));
}

#[wasm_bindgen_test]
async fn a_missing_parameter_object_has_the_servers_code() {
    for params in ["undefined", "null"] {
        let params = evaluate(params);
        let client = offline();
        assert_eq!(
            refused(client.create(params.clone(), NONE)).await,
            pairs(&[("params", "body_request_is_required")])
        );
        assert_eq!(refused(client.top_up(params.clone(), NONE)).await, pairs(&[("params", "request_body_required")]));
    }
    for params in ["null", "[]", "'text'", "5"] {
        let list = offline().list(evaluate(params), NONE);
        assert_eq!(issues(&next_page(&list).await.unwrap_err()), pairs(&[("params", "request_invalid")]), "{params}");
    }
}

#[wasm_bindgen_test]
async fn amounts_and_descriptions() {
    let cases = [
        ("amount", "9999", Some("amount_gte_10.000_vnd")),
        ("amount", "10000", None),
        ("amount", "0.5", Some("amount_gte_10.000_vnd")),
        ("amount", "NaN", Some("request_invalid")),
        ("amount", "-1", Some("amount_gte_10.000_vnd")),
        ("amount", "1e20", Some("request_invalid")),
        ("amount", "9007199254740991", None),
        ("amount", "-Infinity", Some("amount_gte_10.000_vnd")),
        ("amount", "Infinity", Some("request_invalid")),
        ("amount", "10000.5", Some("request_invalid")),
        ("amount", "'10000'", Some("request_invalid")),
        ("amount", "undefined", Some("request_invalid")),
        ("description", "'x'.repeat(49)", Some("description_is_to_short.gte_50_characters")),
        ("description", "'x'.repeat(50)", None),
        // After NFC, 25 characters.
        ("description", "'e\u{302}\u{301}'.repeat(25)", Some("description_is_to_short.gte_50_characters")),
        ("description", "''", Some("description_is_required")),
        ("description", "' '.repeat(60)", Some("description_is_required")),
        ("description", "5", Some("request_invalid")),
        ("description", "null", Some("description_is_required")),
        ("wallet", "'SPK'", None),
        ("wallet", "''", None),
        ("wallet", "'spk'", Some("request_invalid")),
        ("email", "'a b@c.vn'", Some("email_invalid")),
    ];
    let client = client_with_response(200, "{}", r#"{"status_code":9999,"payload":null}"#);
    for (field, value, code) in cases {
        let params = top_up_of("a@b.vn", 10_000.0);
        js_sys::Reflect::set(&params, &field.into(), &evaluate(value)).unwrap();
        match (settle(client.top_up(params.clone(), NONE)).await, code) {
            (Ok(_), None) => {}
            (Err(failure), Some(code)) => assert_eq!(issues(&failure), pairs(&[(field, code)]), "{field} {value}"),
            (result, _) => panic!("{field} {value}: {result:?}"),
        }
    }
}

#[wasm_bindgen_test]
async fn names_are_measured_in_nfc() {
    let client = client_with_response(200, "{}", r#"{"status_code":9999,"payload":{"id":"a"}}"#);
    let cases = [
        ("'x'.repeat(254)", true),
        ("'x'.repeat(255)", false),
        ("'e\u{302}\u{301}'.repeat(254)", true),
        ("'😀'.repeat(127)", true),
        ("'😀'.repeat(128)", false),
        ("'\\ud800'", false),
    ];
    for (value, is_valid) in cases {
        let (_, params) = new_tenant();
        js_sys::Reflect::set(&params, &"fullName".into(), &evaluate(value)).unwrap();
        match settle(client.create(params.clone(), NONE)).await {
            Ok(_) => assert!(is_valid, "{value}"),
            Err(failure) => {
                assert!(!is_valid, "{value}");
                assert_eq!(issues(&failure), pairs(&[("fullName", "request_invalid")]));
            }
        }
    }
}

#[wasm_bindgen_test]
async fn a_lone_surrogate_is_refused_in_every_text() {
    let client = offline();
    let lone = || evaluate("'a'.repeat(60) + '\\ud83d' + '\\udca9'.repeat(2)");
    let with = |params: JsValue, name: &str| {
        js_sys::Reflect::set(&params, &name.into(), &lone()).unwrap();
        params
    };
    for name in ["email", "password", "fullName", "ownerName", "phone"] {
        let found = refused(client.create(with(new_tenant().1, name), NONE)).await;
        assert_eq!(found, pairs(&[(name, "request_invalid")]));
    }
    for name in ["email", "description"] {
        let found = refused(client.top_up(with(top_up_of("a@b.vn", 10_000.0), name), NONE)).await;
        assert_eq!(found, pairs(&[(name, "request_invalid")]));
    }
    let failure = next_page(&client.list(object([("keyword", lone())]), NONE)).await.unwrap_err();
    assert_eq!(issues(&failure), pairs(&[("keyword", "request_invalid")]));
    assert_eq!(refused(client.get(lone(), NONE)).await, pairs(&[("id", "request_invalid")]));
    let init = object([("query", object([("x", lone())]))]);
    let found = refused(client.request("GET".into(), "/a".into(), init)).await;
    assert_eq!(found, pairs(&[("query.x", "request_invalid")]));
    let init = evaluate("({ query: { '\\ud800': 1 } })");
    let found = refused(client.request("GET".into(), "/a".into(), init)).await;
    assert_eq!(found, pairs(&[("query.\u{fffd}", "request_invalid")]));
}

#[wasm_bindgen_test]
async fn ids_pages_and_paths() {
    let client = offline();
    for id in ["a/b", "..", "a?b", "a b", "😀", ""] {
        assert_eq!(refused(client.get(id.into(), NONE)).await, pairs(&[("id", "request_invalid")]), "{id}");
        assert_eq!(refused(client.wait_until_active(id.into(), NONE)).await, pairs(&[("id", "request_invalid")]));
    }
    for (params, field) in [
        (r#"{"page":0}"#, "page"),
        (r#"{"size":0}"#, "size"),
        (r#"{"size":1.5}"#, "size"),
        (r#"{"page":"1"}"#, "page"),
        (r#"{"keyword":5}"#, "keyword"),
    ] {
        let failure = next_page(&client.list(json(params), NONE)).await.unwrap_err();
        assert_eq!(issues(&failure), pairs(&[(field, "request_invalid")]), "{params}");
    }
    for path in ["api", "//evil.example/x", "/a/../b", "/a?b", "/a#b", "/a\\b", "/"] {
        let found = refused(client.request("GET".into(), path.into(), NONE)).await;
        assert_eq!(found, pairs(&[("path", "request_invalid")]), "{path}");
    }
    let found = refused(client.request("DELETE".into(), "/a".into(), NONE)).await;
    assert_eq!(found, pairs(&[("method", "request_invalid")]));
    let found = refused(client.request("GET".into(), "/a".into(), json(r#"{"body":1,"query":{"x":{}}}"#))).await;
    assert_eq!(found, pairs(&[("query.x", "request_invalid"), ("body", "request_invalid")]));
    let cycle = object([("body", evaluate("(() => { const a = {}; a.a = a; return a; })()"))]);
    assert_eq!(refused(client.request("POST".into(), "/a".into(), cycle)).await, pairs(&[("body", "request_invalid")]));
}

#[wasm_bindgen_test]
fn invalid_options_of_a_client() {
    let cases = [
        ("undefined", "options", "request_invalid"),
        ("({ token: 't' })", "baseUrl", "request_invalid"),
        ("({ baseUrl: 'http://example.com', token: 't' })", "baseUrl", "request_invalid"),
        ("({ baseUrl: 'https://a:b@example.com', token: 't' })", "baseUrl", "request_invalid"),
        ("({ baseUrl: 'https://example.com' })", "token", "request_invalid"),
        ("({ baseUrl: 'https://example.com', token: '' })", "token", "request_invalid"),
        ("({ baseUrl: 'https://example.com', token: 'a\\r\\nX: y' })", "token", "request_invalid"),
        ("({ baseUrl: 'https://example.com', token: 't', maxRetrys: 1 })", "maxRetrys", "unknown_parameter"),
        ("({ baseUrl: 'https://example.com', token: 't', maxRetries: -1 })", "maxRetries", "request_invalid"),
        ("({ baseUrl: 'https://example.com', token: 't', timeoutMs: 0 })", "timeoutMs", "request_invalid"),
        ("({ baseUrl: 'https://example.com', token: 't', timeoutMs: Infinity })", "timeoutMs", "request_invalid"),
        ("({ baseUrl: 'https://example.com', token: 't', language: 'fr' })", "language", "request_invalid"),
        ("({ baseUrl: 'https://example.com', token: 't', fetch: 1 })", "fetch", "request_invalid"),
        ("({ baseUrl: 'https://example.com', token: 't', onEvent: {} })", "onEvent", "request_invalid"),
        ("({ baseUrl: 'https://example.com', token: 't', credentials: 'always' })", "credentials", "request_invalid"),
        ("({ baseUrl: 'https://example.com', token: 't', credentials: true })", "credentials", "request_invalid"),
        ("({ baseUrl: 'https://example.com', token: 't', credentials: 'include' })", "credentials", "request_invalid"),
        (
            "({ baseUrl: location.origin.replace(/.$/, (digit) => 9 - digit), token: 't', credentials: 'include' })",
            "credentials",
            "request_invalid",
        ),
        (
            "({ baseUrl: 'https://example.com', token: 't', dangerouslyAllowCrossOriginCookies: 1 })",
            "dangerouslyAllowCrossOriginCookies",
            "request_invalid",
        ),
    ];
    for (options, field, code) in cases {
        let failure = connect(evaluate(options)).err().unwrap_or_else(|| panic!("{options} was accepted"));
        assert_eq!(issues(&failure), pairs(&[(field, code)]), "{options}");
    }
}

#[wasm_bindgen_test]
fn messages_are_in_the_language_of_the_client() {
    let message = |language: &str| {
        let options = json(&format!(r#"{{"baseUrl":"https://example.com","token":"","language":"{language}"}}"#));
        text(&connect(options).err().unwrap(), "message")
    };
    assert_eq!(message("en"), "The access token is required.");
    assert_eq!(message("vi"), "Access token không được để trống.");
}
