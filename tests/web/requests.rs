//! Requests: their content, retries, timeouts and aborts.

use js_sys::{JSON, Object, Reflect};
use omicall_partner::Client;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

use crate::support::*;

const NONE: JsValue = JsValue::UNDEFINED;

/// A fetch that responds with `respond(n)`, n counted from 1, and records its arguments and the request that a browser makes from
/// them in `globalThis[name]`.
fn recording(name: &str, respond: &str) -> String {
    format!(
        "async (url, init) => {{ const log = (globalThis['{name}'] ??= []); const request = new Request(url, init); \
         log.push({{ url, init, method: request.method, body: await request.text(), \
         headers: Object.fromEntries(request.headers), credentials: request.credentials, redirect: request.redirect, \
         cache: request.cache, referrerPolicy: request.referrerPolicy }}); \
         return ({respond})(log.length); }}"
    )
}

fn log(name: &str) -> js_sys::Array {
    evaluate(&format!("globalThis['{name}'] ?? []")).unchecked_into()
}

const DONE: &str = "Response.json({ status_code: 9999, payload: {} })";

#[wasm_bindgen_test]
async fn a_request_has_only_the_necessary_headers_and_options() {
    let client = client([
        ("baseUrl", "https://api.example/omi/v1/".into()),
        ("token", "secret.token".into()),
        ("fetch", evaluate(&recording("content", &format!("() => {DONE}")))),
    ]);
    settle(client.get("a1".into(), NONE)).await.unwrap();
    settle(client.top_up(top_up_of("a@b.vn", 123_456_789.0), NONE)).await.unwrap();
    let (get, post) = (log("content").get(0), log("content").get(1));
    assert_eq!(text(&get, "url"), "https://api.example/omi/v1/api/partner/tenant/info?id=a1");
    assert_eq!(text(&get, "method"), "GET");
    assert_eq!(text(&get, "headers.authorization"), "Bearer secret.token");
    assert!(field(&get, "headers.content-type").is_undefined());
    for request in [&get, &post] {
        for (option, value) in [("credentials", "omit"), ("redirect", "manual"), ("referrerPolicy", "no-referrer")] {
            assert_eq!(text(request, option), value);
        }
        // The contract with an injected `fetch`: the URL (above) is a string, and wrappers can copy the headers.
        let plain = Object::get_prototype_of(&json("{}"));
        assert!(Object::is(&Object::get_prototype_of(&field(request, "init.headers")), &plain));
    }
    assert_eq!(text(&post, "url"), "https://api.example/omi/v1/api/partner/tenant/update_balance");
    assert_eq!((text(&get, "cache"), text(&post, "cache")), ("no-store".into(), "default".into()));
    assert_eq!(text(&get, "init.cache"), "no-store");
    let has_cache = Reflect::has(&field(&post, "init"), &"cache".into());
    assert_eq!(has_cache, Ok(false));
    assert_eq!(text(&post, "headers.content-type"), "application/json");
    let body = json(&text(&post, "body"));
    assert_eq!(number(&body, "amount"), 123_456_789.0);
    assert!(field(&body, "wallet").is_undefined(), "an absent wallet stays absent");
}

#[wasm_bindgen_test]
async fn a_wrapper_can_log_the_url_and_add_a_header() {
    let wrapper = format!(
        "((send) => async (url, init) => {{ globalThis.loggedUrl = `${{url}}`; \
         return send(url, {{ ...init, headers: {{ ...init.headers, 'x-trace': 'id-1' }} }}); }})({})",
        recording("wrapped", &format!("() => {DONE}"))
    );
    settle(client_of(&wrapper).top_up(top_up_of("a@b.vn", 10_000.0), NONE)).await.unwrap();
    let sent = log("wrapped").get(0);
    assert_eq!(evaluate("globalThis.loggedUrl"), "https://api.example/api/partner/tenant/update_balance");
    assert_eq!(
        (text(&sent, "headers.authorization"), text(&sent, "headers.x-trace")),
        ("Bearer t".into(), "id-1".into())
    );
}

#[wasm_bindgen_test]
async fn requests_carry_the_cookies_that_the_option_allows() {
    let page = text(&evaluate("location"), "origin");
    let cases = [
        ("https://api.example", "undefined", "omit"),
        ("https://api.example", "'omit'", "omit"),
        ("https://api.example", "'same-origin'", "same-origin"),
        (&[&page, "/omi"].concat(), "'include'", "include"),
        ("https://api.example", "'include'", "include"),
    ];
    for (index, (base_url, credentials, expected)) in cases.into_iter().enumerate() {
        let name = format!("cookies {index}");
        let is_allowed = base_url.starts_with("https:") && expected == "include";
        let options = |fetch: JsValue| {
            object([
                ("baseUrl", base_url.into()),
                ("token", "t".into()),
                ("credentials", evaluate(credentials)),
                ("dangerouslyAllowCrossOriginCookies", if is_allowed { JsValue::TRUE } else { NONE }),
                ("fetch", fetch),
            ])
        };
        let injected = connect(options(evaluate(&recording(&name, &format!("() => {DONE}"))))).unwrap();
        let own = connect(options(NONE)).unwrap();
        settle(injected.get("a1".into(), NONE)).await.unwrap();
        settle(injected.top_up(top_up_of("a@b.vn", 10_000.0), NONE)).await.unwrap();
        // The page's own `fetch` gets one `Request`.
        let calls = evaluate(
            "((real) => { const calls = []; globalThis.fetch = async (request) => { calls.push(request); \
             return Response.json({ status_code: 9999, payload: {} }); }; \
             globalThis.restoreFetch = () => (globalThis.fetch = real); return calls; })(globalThis.fetch)",
        );
        let results =
            [settle(own.get("a1".into(), NONE)).await, settle(own.top_up(top_up_of("a@b.vn", 10_000.0), NONE)).await];
        evaluate("globalThis.restoreFetch()");
        assert!(results.iter().all(Result::is_ok), "{results:?}");
        for request in log(&name).iter().chain(calls.unchecked_into::<js_sys::Array>().iter()) {
            assert_eq!(text(&request, "credentials"), expected, "{base_url} {credentials}");
        }
    }
}

#[wasm_bindgen_test]
async fn a_read_is_retried_until_it_succeeds() {
    let respond =
        format!("(n) => n < 3 ? new Response('', {{ status: 503, headers: {{ 'Retry-After': '0' }} }}) : {DONE}");
    let client = client_of(&recording("retried", &respond));
    settle(client.get("a1".into(), NONE)).await.unwrap();
    assert_eq!(log("retried").length(), 3);
}

#[wasm_bindgen_test]
async fn a_read_is_retried_at_most_max_retries_times() {
    let respond = "() => new Response('', { status: 500, headers: { 'Retry-After': '0' } })";
    let client = client_of(&recording("limited", respond));
    let failed = failure(client.get("a1".into(), json(r#"{"maxRetries":4}"#))).await;
    assert_kind(&failed, "ServerError", "server_error");
    assert_eq!(number(&failed, "attempts"), 5.0);
    assert_eq!(log("limited").length(), 5);
}

#[wasm_bindgen_test]
async fn a_read_is_not_retried_after_too_long_a_delay() {
    let respond = "() => new Response('', { status: 429, headers: { 'Retry-After': '3600' } })";
    let client = client_of(&recording("long delay", respond));
    let limited = failure(client.get("a1".into(), NONE)).await;
    assert_eq!(number(&limited, "retryAfterMs"), 3_600_000.0);
    assert_eq!(log("long delay").length(), 1);
}

#[wasm_bindgen_test]
async fn a_write_is_never_retried() {
    let responses = [
        "() => { throw new TypeError('gone'); }",
        "() => new Response('', { status: 500 })",
        "() => new Response('', { status: 503, headers: { 'Retry-After': '0' } })",
        "() => new Response('', { status: 429, headers: { 'Retry-After': '0' } })",
        "() => new Response('', { status: 408 })",
        "() => new Response('<html>')",
        "() => new Response('{}')",
        "() => Response.json({ status_code: -9999, message: 'access_denied' })",
    ];
    for (index, respond) in responses.iter().enumerate() {
        let name = format!("once {index}");
        let client = client_of(&recording(&name, respond));
        let options = json(r#"{"maxRetries":5}"#);
        let failed = failure(client.top_up(top_up_of("a@b.vn", 10_000.0), options.clone())).await;
        assert_eq!(number(&failed, "attempts"), 1.0);
        assert_eq!(log(&name).length(), 1, "{respond}");
        failure(client.create(new_tenant().1, options.clone())).await;
        assert_eq!(log(&name).length(), 2, "{respond}");
        let init = json(r#"{"maxRetries":5,"body":{}}"#);
        let other = failure(client.request("POST".into(), "/api/x".into(), init)).await;
        assert_eq!(number(&other, "attempts"), 1.0, "{respond}");
        assert_eq!(log(&name).length(), 3, "{respond}");
    }
}

#[wasm_bindgen_test]
async fn the_timeout_includes_the_headers_and_the_body() {
    let never = [
        "() => new Promise(() => {})",
        "async () => new Response(new ReadableStream({}))",
        // As in a browser: the timeout aborts the fetch, and the fetch rejects.
        "(_, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))",
    ];
    for fetch in never {
        let client = client_of(fetch);
        let read = failure(client.get("a1".into(), json(r#"{"timeoutMs":20,"maxRetries":0}"#))).await;
        assert_kind(&read, "TimeoutError", "timeout");
        let write = failure(client.top_up(top_up_of("a@b.vn", 10_000.0), json(r#"{"timeoutMs":20}"#))).await;
        assert_kind(&write, "OutcomeUnknownError", "outcome_unknown");
        assert_kind(&field(&write, "cause"), "TimeoutError", "timeout");
        assert_eq!(field(&write, "cause.retryable"), JsValue::FALSE);
        assert!(number(&write, "startedAt") > 1.7e12);
    }
}

#[wasm_bindgen_test]
async fn an_abort_before_sending_sends_nothing() {
    let client = client_of(&recording("unsent", &format!("() => {DONE}")));
    let controller = AbortController::new().unwrap();
    controller.abort_with_reason(&"enough".into());
    let options = object([("signal", controller.signal().into())]);
    for promise in [client.get("a1".into(), options.clone()), client.top_up(top_up_of("a@b.vn", 10_000.0), options)] {
        let aborted = failure(promise).await;
        assert_kind(&aborted, "AbortError", "aborted");
        assert_eq!(text(&aborted, "cause"), "enough");
    }
    assert_eq!(log("unsent").length(), 0);
}

#[wasm_bindgen_test]
async fn an_abort_after_sending_ends_a_read_and_makes_a_write_outcome_unknown() {
    let ignores = "() => (globalThis.onFetch(), new Promise(() => {}))";
    let rejects = "(_, { signal }) => new Promise((_, reject) => { \
         signal.addEventListener('abort', () => reject(signal.reason)); globalThis.onFetch(); })";
    for (fetch, write) in [(ignores, false), (ignores, true), (rejects, false), (rejects, true)] {
        let client = client_of(fetch);
        let controller = AbortController::new().unwrap();
        let abort = controller.clone();
        let on_fetch =
            wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || abort.abort_with_reason(&"stop".into()));
        Reflect::set(&js_sys::global(), &"onFetch".into(), on_fetch.as_ref()).unwrap();
        let options = object([("signal", controller.signal().into())]);
        if write {
            let unknown = failure(client.top_up(top_up_of("a@b.vn", 10_000.0), options)).await;
            assert_kind(&unknown, "OutcomeUnknownError", "outcome_unknown");
            assert_eq!(text(&unknown, "cause.cause"), "stop");
        } else {
            let aborted = failure(client.get("a1".into(), options)).await;
            assert_kind(&aborted, "AbortError", "aborted");
            assert_eq!(text(&aborted, "cause"), "stop");
        }
    }
}

#[wasm_bindgen_test]
async fn an_abort_ends_the_delay_before_a_retry() {
    let controller = AbortController::new().unwrap();
    let abort = controller.clone();
    let on_event = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || abort.abort());
    let client = client([
        ("baseUrl", "https://api.example".into()),
        ("token", "t".into()),
        ("fetch", evaluate("async () => new Response('', { status: 503, headers: { 'Retry-After': '60' } })")),
        ("onEvent", evaluate("(event) => event.type === 'retry' && queueMicrotask(() => globalThis.onRetry())")),
    ]);
    Reflect::set(&js_sys::global(), &"onRetry".into(), on_event.as_ref()).unwrap();
    let aborted = failure(client.get("a1".into(), object([("signal", controller.signal().into())]))).await;
    assert_kind(&aborted, "AbortError", "aborted");
    assert_eq!(number(&aborted, "attempts"), 1.0);
}

#[wasm_bindgen_test]
async fn a_listener_that_throws_does_not_break_the_call() {
    let client = client([
        ("baseUrl", "https://api.example".into()),
        ("token", "t".into()),
        ("fetch", evaluate(&format!("async () => {DONE}"))),
        // A reported exception would fail the test page, so the report is replaced here.
        (
            "onEvent",
            evaluate("() => { globalThis.reportError = (e) => (globalThis.reported = e); throw new Error('mine'); }"),
        ),
    ]);
    settle(client.get("a1".into(), NONE)).await.unwrap();
    assert_eq!(text(&evaluate("globalThis.reported"), "message"), "mine");
}

#[wasm_bindgen_test]
async fn a_hundred_concurrent_calls_get_their_own_responses() {
    let fetch = "async (url) => Response.json({ status_code: 9999, payload: { full_name: new URL(url).searchParams.get('id') } })";
    let client = client_of(fetch);
    let calls: Vec<_> = (0..100).map(|n| client.get(format!("id{n}").into(), NONE)).collect();
    for (n, call) in calls.into_iter().enumerate() {
        assert_eq!(text(&settle(call).await.unwrap(), "full_name"), format!("id{n}"));
    }
}

/// A client of the sandbox with its own `fetch`.
async fn sandbox_client_with(fetch: &str) -> Client {
    let token = token("sandbox-partner-key").await;
    client([("baseUrl", SANDBOX.into()), ("token", token.into()), ("fetch", evaluate(fetch))])
}

/// Sends POSTs, and loses their responses.
const RESPONSE_LOST: &str = "async (url, init) => { const response = await fetch(url, init); \
     if (init.method === 'POST' && !url.includes('/list')) throw new TypeError('lost'); return response; }";
/// Loses POSTs before they are sent.
const REQUEST_LOST: &str = "async (url, init) => { \
     if (init.method === 'POST' && !url.includes('/list')) throw new TypeError('lost'); return fetch(url, init); }";

#[wasm_bindgen_test]
async fn reconcile_finds_a_created_tenant() {
    let client = sandbox_client_with(RESPONSE_LOST).await;
    let (email, params) = new_tenant();
    let lost = failure(client.create(params, NONE)).await;
    assert_kind(&lost, "OutcomeUnknownError", "outcome_unknown");
    assert_eq!(text(&lost, "operation"), "tenants.create");
    // The write was made before the client was closed, so its outcome may be queried afterwards; and more than once.
    for _ in 0..2 {
        let found = reconcile(&lost).await;
        assert_eq!(text(&found, "outcome"), "applied");
        assert_eq!(text(&found, "evidence.tenants.0.email"), email);
        client.close();
    }
}

#[wasm_bindgen_test]
async fn reconcile_reports_a_create_that_never_reached_the_server() {
    let client = sandbox_client_with(REQUEST_LOST).await;
    let lost = failure(client.create(new_tenant().1, NONE)).await;
    assert_kind(&lost, "OutcomeUnknownError", "outcome_unknown");
    client.close();
    let found = reconcile(&lost).await;
    assert_eq!(text(&found, "outcome"), "notApplied");
    assert_eq!(number(&found, "evidence.tenants.length"), 0.0);
}

#[wasm_bindgen_test]
async fn reconcile_of_an_unknown_endpoint_is_inconclusive() {
    for fetch in [RESPONSE_LOST, REQUEST_LOST] {
        let client = sandbox_client_with(fetch).await;
        let init = object([("body", new_tenant().1)]);
        let lost = failure(client.request("POST".into(), "/api/partner/tenant/add".into(), init)).await;
        assert_kind(&lost, "OutcomeUnknownError", "outcome_unknown");
        assert_eq!(text(&lost, "operation"), "request");
        client.close();
        assert_eq!(text(&reconcile(&lost).await, "outcome"), "inconclusive");
    }
}

#[wasm_bindgen_test]
async fn only_an_unknown_outcome_can_be_reconciled() {
    let client = client_with_response(200, "{}", r#"{"status_code":-9999,"message":"email_registered"}"#);
    let refused = failure(client.create(new_tenant().1, NONE)).await;
    assert_kind(&refused, "ApiError", "email_registered");
    assert!(field(&refused, "reconcile").is_undefined());
}

#[wasm_bindgen_test]
async fn a_query_has_the_same_names_and_values_after_parsing() {
    let parse = "async (url) => { globalThis.query = [...new URL(url).searchParams]; return Response.json({ status_code: 9999, payload: null }); }";
    let client = client_of(parse);
    let characters: Vec<char> = (' '..='/')
        .chain(":;<=>?@[\\]^_`{|}~\0\t\n\r\u{7f}".chars())
        .chain("ĐđƯữẤấỄễỘộờ\u{302}\u{301}ñ€".chars())
        .chain("😀👨‍👩‍👧🇻🇳𠮷".chars())
        .collect();
    let any_text = || (0..random(8)).map(|_| pick(&characters)).collect::<String>();
    for _ in 0..300 {
        let (name, value) = (any_text(), any_text());
        let query = object([("first", "1".into()), (&name, value.as_str().into())]);
        settle(client.request("GET".into(), "/api/x".into(), object([("query", query)]))).await.unwrap();
        let expected = serde_wasm_bindgen::to_value(&[["first", "1"], [name.as_str(), value.as_str()]]).unwrap();
        assert_eq!(JSON::stringify(&evaluate("globalThis.query")).unwrap(), JSON::stringify(&expected).unwrap());
    }
}
