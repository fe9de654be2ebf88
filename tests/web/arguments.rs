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
        ("description", "'\\u200b'.repeat(60)", Some("description_is_required")),
        ("description", "'\\u00a0\\u2060\\ufeff'.repeat(20)", Some("description_is_required")),
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

/// The message of the only issue.
async fn message_of(promise: Promise, field: &str, code: &str) -> String {
    let failure = failure(promise).await;
    assert_eq!(issues(&failure), pairs(&[(field, code)]));
    text(&failure, "message")
}

/// A client that must not send a request, in Vietnamese.
fn offline_vi() -> Client {
    let fetch = evaluate("() => { throw new Error('sent'); }");
    client([
        ("baseUrl", "https://api.example".into()),
        ("token", "t".into()),
        ("fetch", fetch),
        ("language", "vi".into()),
    ])
}

#[wasm_bindgen_test]
async fn a_hidden_character_is_named() {
    let (en, vi) = (offline(), offline_vi());
    let (invalid, password) = ("request_invalid", "password_invalid");
    let cases = [
        ("email", "lan\u{200b}@saomai.vn", "email_invalid", "U+200B (zero-width space)", 4),
        ("email", "\u{202a}lan@saomai.vn\u{202c}", "email_invalid", "U+202A (left-to-right embedding)", 1),
        ("email", "đ😀\u{ad}@saomai.vn", "email_invalid", "U+00AD (soft hyphen)", 3),
        ("email", "lan@saomai.vn\u{feff}", "email_invalid", "U+FEFF (zero-width no-break space, byte order mark)", 14),
        ("email", "lan@saomai.vn\u{a0}", "email_invalid", "U+00A0 (no-break space)", 14),
        ("email", "lan@saomai.vn\n", "email_invalid", "U+000A (line feed)", 14),
        // Decomposed letters before it, and a character that normalising replaces.
        ("email", "e\u{302}\u{301}\u{200b}@saomai.vn", "email_invalid", "U+200B (zero-width space)", 4),
        ("email", "lan\u{2000}@saomai.vn", "email_invalid", "U+2000", 4),
        ("email", "lan@sao\u{3164}mai.vn", "email_invalid", "U+3164", 8),
        ("email", "lan@saomai\u{e0061}.vn", "email_invalid", "U+E0061", 11),
        ("phone", "\u{202d}0901234567\u{202c}", invalid, "U+202D (left-to-right override)", 1),
        ("password", "Abcdef1!\u{200b}", password, "U+200B (zero-width space)", 9),
        ("password", "Abcdef1!\u{200d}", password, "U+200D (zero-width joiner)", 9),
        ("password", "Mậtkhẩu1!ế\u{200d}", password, "U+200D (zero-width joiner)", 11),
    ];
    for (field, value, code, name, position) in cases {
        let params = || {
            let (_, params) = new_tenant();
            js_sys::Reflect::set(&params, &field.into(), &value.into()).unwrap();
            params
        };
        let message = message_of(en.create(params(), NONE), field, code).await;
        let expected = format!(
            " contains the invisible character {name} at position {position}, counted from 1: type the text again."
        );
        assert!(message.ends_with(&expected), "{message}");
        let message = message_of(vi.create(params(), NONE), field, code).await;
        let expected = format!(" chứa ký tự vô hình {name} ở vị trí thứ {position}: hãy gõ lại.");
        assert!(message.ends_with(&expected), "{message}");
    }

    let email = "\u{200e}lan@saomai.vn";
    let named = |subject: &str| {
        format!(
            "{subject} contains the invisible character U+200E (left-to-right mark) at position 1, counted from 1: type the text again."
        )
    };
    let message = message_of(en.top_up(top_up_of(email, 10_000.0), NONE), "email", "email_invalid").await;
    assert_eq!(message, named("The e-mail address"));
    assert_eq!(message_of(en.get("\u{200e}abc".into(), NONE), "id", invalid).await, named("id"));
    let failure = next_page(&en.list(object([("keyword", email.into())]), NONE)).await.unwrap_err();
    assert_eq!(text(&failure, "message"), named("The keyword"));
    let options = object([("baseUrl", "https://a\u{200b}.vn".into()), ("token", "t".into())]);
    let failure = connect(options).err().unwrap();
    assert_eq!(
        text(&failure, "message"),
        "The API address (baseUrl) contains the invisible character U+200B (zero-width space) at position 10, counted from 1: type the text again."
    );

    let spaced = || top_up_of("lan @saomai.vn", 10_000.0);
    let message = message_of(en.top_up(spaced(), NONE), "email", "email_invalid").await;
    assert_eq!(message, "The e-mail address contains a space at position 4, counted from 1: remove it.");
    let message = message_of(vi.top_up(spaced(), NONE), "email", "email_invalid").await;
    assert_eq!(message, "Email chứa khoảng trắng ở vị trí thứ 4: hãy xóa khoảng trắng đó.");
}

#[wasm_bindgen_test]
async fn hidden_characters_alone_are_missing() {
    for value in
        ["\u{200b}", "\u{feff}\u{2060} \u{a0}", "\u{200e}\u{200f}\u{202a}", "\u{3164}", "\u{2800}", "\u{ad}\u{fe0f}"]
    {
        for field in ["email", "fullName", "ownerName", "phone"] {
            let (_, params) = new_tenant();
            js_sys::Reflect::set(&params, &field.into(), &value.into()).unwrap();
            let message = message_of(offline().create(params, NONE), field, "request_invalid").await;
            assert!(message.ends_with(" is required."), "{message}");
        }
    }
}

#[wasm_bindgen_test]
async fn hidden_characters_that_belong_to_a_text_are_kept() {
    let echo = r#"async (_, { body }) => {
        globalThis.sentBody = JSON.parse(body);
        return Response.json({ status_code: 9999, payload: { id: "a" } });
    }"#;
    let client = client_of(echo);
    for name in ["Bếp 👩\u{200d}🍳", "❤\u{fe0f} Sao Mai", "می\u{200c}خواهم", "Sao\u{a0}Mai", "Sao\u{ad}mai"]
    {
        let (_, params) = new_tenant();
        for field in ["fullName", "ownerName"] {
            js_sys::Reflect::set(&params, &field.into(), &name.into()).unwrap();
        }
        let password = "Abcdef1!👩\u{200d}🍳 ❤\u{fe0f}";
        js_sys::Reflect::set(&params, &"password".into(), &password.into()).unwrap();
        settle(client.create(params, NONE)).await.unwrap();
        let sent = evaluate("globalThis.sentBody");
        assert_eq!((text(&sent, "fullName"), text(&sent, "ownerName")), (name.into(), name.into()));
        assert_eq!(text(&sent, "password"), password);
    }
}

#[wasm_bindgen_test]
async fn a_field_left_empty_has_a_sentence_for_people() {
    for amount in ["''", "' '", "'\\u200b'", "NaN", "null", "undefined"] {
        let params = || {
            let params = top_up_of("a@b.vn", 10_000.0);
            js_sys::Reflect::set(&params, &"amount".into(), &evaluate(amount)).unwrap();
            params
        };
        let message = message_of(offline().top_up(params(), NONE), "amount", "request_invalid").await;
        assert_eq!(message, "Enter the amount.", "{amount}");
        let message = message_of(offline_vi().top_up(params(), NONE), "amount", "request_invalid").await;
        assert_eq!(message, "Hãy nhập số tiền.", "{amount}");
    }
    for (name, sentence, sentence_vi) in [
        ("page", "Enter the page number.", "Hãy nhập số thứ tự trang."),
        ("size", "Enter the number of tenants per page.", "Hãy nhập số doanh nghiệp mỗi trang."),
    ] {
        for value in ["''", "NaN", "null"] {
            let params = || object([(name, evaluate(value))]);
            let failure = next_page(&offline().list(params(), NONE)).await.unwrap_err();
            assert_eq!(text(&failure, "message"), sentence, "{name} {value}");
            let failure = next_page(&offline_vi().list(params(), NONE)).await.unwrap_err();
            assert_eq!(text(&failure, "message"), sentence_vi, "{name} {value}");
        }
    }
    let cases = [
        ("amount", "'50.000'", "Số tiền phải là một số, ví dụ 50000."),
        ("amount", "[50000]", "Số tiền phải là một số, ví dụ 50000."),
        ("email", "5", "Email phải là văn bản."),
        ("description", "5", "Nội dung nạp tiền phải là văn bản."),
    ];
    for (field, value, expected) in cases {
        let params = top_up_of("a@b.vn", 10_000.0);
        js_sys::Reflect::set(&params, &field.into(), &evaluate(value)).unwrap();
        assert_eq!(message_of(offline_vi().top_up(params, NONE), field, "request_invalid").await, expected);
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
