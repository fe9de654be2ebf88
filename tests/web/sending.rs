//! What is sent, how often, and when it is given up.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

use crate::support::*;

const NONE: JsValue = JsValue::UNDEFINED;

/// A fetch that answers by `answer(n)`, n from 1 on, and notes its requests in `globalThis[name]`.
fn recording(name: &str, answer: &str) -> String {
    format!(
        "async (request) => {{ const log = (globalThis['{name}'] ??= []); \
         log.push({{ url: request.url, method: request.method, body: await request.clone().text(), \
         headers: Object.fromEntries(request.headers), credentials: request.credentials, redirect: request.redirect, \
         cache: request.cache, referrerPolicy: request.referrerPolicy }}); \
         return ({answer})(log.length); }}"
    )
}

fn log(name: &str) -> js_sys::Array {
    evaluate(&format!("globalThis['{name}'] ?? []")).unchecked_into()
}

const DONE: &str = "Response.json({ status_code: 9999, payload: {} })";

#[wasm_bindgen_test]
async fn a_request_carries_what_it_must_and_nothing_else() {
    let client = client([
        ("baseUrl", "https://api.example/omi/v1/".into()),
        ("token", "secret.token".into()),
        ("fetch", evaluate(&recording("carried", &format!("() => {DONE}")))),
    ]);
    settle(client.get("a1".into(), NONE)).await.unwrap();
    settle(client.top_up(ts(&top_up_of("a@b.vn", 123_456_789.0)), NONE)).await.unwrap();
    let (get, post) = (log("carried").get(0), log("carried").get(1));
    assert_eq!(text(&get, "url"), "https://api.example/omi/v1/api/partner/tenant/info?id=a1");
    assert_eq!(text(&get, "method"), "GET");
    assert_eq!(text(&get, "headers.authorization"), "Bearer secret.token");
    assert!(field(&get, "headers.content-type").is_undefined());
    for request in [&get, &post] {
        for (option, value) in [("credentials", "omit"), ("redirect", "manual"), ("referrerPolicy", "no-referrer")] {
            assert_eq!(text(request, option), value);
        }
    }
    assert_eq!((text(&get, "cache"), text(&post, "cache")), ("no-store".into(), "default".into()));
    assert_eq!(text(&post, "headers.content-type"), "application/json");
    let body = json(&text(&post, "body"));
    assert_eq!(number(&body, "amount"), 123_456_789.0);
    assert!(field(&body, "wallet").is_undefined(), "an absent wallet stays absent");
}

#[wasm_bindgen_test]
async fn a_read_is_repeated_until_it_succeeds() {
    let answer =
        format!("(n) => n < 3 ? new Response('', {{ status: 503, headers: {{ 'Retry-After': '0' }} }}) : {DONE}");
    let client = client_of(&recording("repeated", &answer));
    settle(client.get("a1".into(), NONE)).await.unwrap();
    assert_eq!(log("repeated").length(), 3);
}

#[wasm_bindgen_test]
async fn a_read_is_not_repeated_more_often_than_said() {
    let answer = "() => new Response('', { status: 500, headers: { 'Retry-After': '0' } })";
    let client = client_of(&recording("limited", answer));
    let failed = failure(client.get("a1".into(), json(r#"{"maxRetries":4}"#))).await;
    assert_kind(&failed, "ServerError", "server_error");
    assert_eq!(number(&failed, "attempts"), 5.0);
    assert_eq!(log("limited").length(), 5);
}

#[wasm_bindgen_test]
async fn a_server_that_asks_for_too_much_patience_gets_none() {
    let answer = "() => new Response('', { status: 429, headers: { 'Retry-After': '3600' } })";
    let client = client_of(&recording("impatient", answer));
    let limited = failure(client.get("a1".into(), NONE)).await;
    assert_eq!(number(&limited, "retryAfterMs"), 3_600_000.0);
    assert_eq!(log("impatient").length(), 1);
}

#[wasm_bindgen_test]
async fn a_write_goes_out_once_whatever_comes_back() {
    let answers = [
        "() => { throw new TypeError('gone'); }",
        "() => new Response('', { status: 500 })",
        "() => new Response('', { status: 503, headers: { 'Retry-After': '0' } })",
        "() => new Response('', { status: 429, headers: { 'Retry-After': '0' } })",
        "() => new Response('', { status: 408 })",
        "() => new Response('<html>')",
        "() => new Response('{}')",
        "() => Response.json({ status_code: -9999, message: 'access_denied' })",
    ];
    for (index, answer) in answers.iter().enumerate() {
        let name = format!("once {index}");
        let client = client_of(&recording(&name, answer));
        let options = json(r#"{"maxRetries":5}"#);
        let failed = failure(client.top_up(ts(&top_up_of("a@b.vn", 10_000.0)), options.clone())).await;
        assert_eq!(number(&failed, "attempts"), 1.0);
        assert_eq!(log(&name).length(), 1, "{answer}");
        failure(client.create(ts(&new_tenant().1), options.clone())).await;
        assert_eq!(log(&name).length(), 2, "{answer}");
        let init = json(r#"{"maxRetries":5,"body":{}}"#);
        let other = failure(client.request("POST".into(), "/api/x".into(), init)).await;
        assert_eq!(number(&other, "attempts"), 1.0, "{answer}");
        assert_eq!(log(&name).length(), 3, "{answer}");
    }
}

#[wasm_bindgen_test]
async fn a_time_limit_covers_the_headers_and_the_body() {
    let never = [
        "() => new Promise(() => {})",
        "async () => new Response(new ReadableStream({}))",
        // As a browser does it: the limit cancels the fetch, and the fetch rejects.
        "(request) => new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)))",
    ];
    for fetch in never {
        let client = client_of(fetch);
        let read = failure(client.get("a1".into(), json(r#"{"timeoutMs":20,"maxRetries":0}"#))).await;
        assert_kind(&read, "TimeoutError", "timeout");
        let write = failure(client.top_up(ts(&top_up_of("a@b.vn", 10_000.0)), json(r#"{"timeoutMs":20}"#))).await;
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
    for promise in
        [client.get("a1".into(), options.clone()), client.top_up(ts(&top_up_of("a@b.vn", 10_000.0)), options)]
    {
        let aborted = failure(promise).await;
        assert_kind(&aborted, "AbortError", "aborted");
        assert_eq!(text(&aborted, "cause"), "enough");
    }
    assert_eq!(log("unsent").length(), 0);
}

#[wasm_bindgen_test]
async fn an_abort_in_flight_ends_a_read_and_leaves_a_write_open() {
    let ignores = "() => (globalThis.onFetch(), new Promise(() => {}))";
    let rejects = "(request) => new Promise((_, reject) => { \
         request.signal.addEventListener('abort', () => reject(request.signal.reason)); globalThis.onFetch(); })";
    for (fetch, write) in [(ignores, false), (ignores, true), (rejects, false), (rejects, true)] {
        let client = client_of(fetch);
        let controller = AbortController::new().unwrap();
        let abort = controller.clone();
        let on_fetch =
            wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || abort.abort_with_reason(&"stop".into()));
        js_sys::Reflect::set(&js_sys::global(), &"onFetch".into(), on_fetch.as_ref()).unwrap();
        let options = object([("signal", controller.signal().into())]);
        if write {
            let open = failure(client.top_up(ts(&top_up_of("a@b.vn", 10_000.0)), options)).await;
            assert_kind(&open, "OutcomeUnknownError", "outcome_unknown");
            assert_eq!(text(&open, "cause.cause"), "stop");
        } else {
            let aborted = failure(client.get("a1".into(), options)).await;
            assert_kind(&aborted, "AbortError", "aborted");
            assert_eq!(text(&aborted, "cause"), "stop");
        }
    }
}

#[wasm_bindgen_test]
async fn an_abort_ends_the_wait_between_two_tries() {
    let controller = AbortController::new().unwrap();
    let abort = controller.clone();
    let on_event = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || abort.abort());
    let client = client([
        ("baseUrl", "https://api.example".into()),
        ("token", "t".into()),
        ("fetch", evaluate("async () => new Response('', { status: 503, headers: { 'Retry-After': '60' } })")),
        ("onEvent", evaluate("(event) => event.type === 'retry' && queueMicrotask(() => globalThis.onRetry())")),
    ]);
    js_sys::Reflect::set(&js_sys::global(), &"onRetry".into(), on_event.as_ref()).unwrap();
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
        // An uncaught error would fail the test page, so the page's own report is caught here.
        (
            "onEvent",
            evaluate("() => { globalThis.reportError = (e) => (globalThis.reported = e); throw new Error('mine'); }"),
        ),
    ]);
    settle(client.get("a1".into(), NONE)).await.unwrap();
    assert_eq!(text(&evaluate("globalThis.reported"), "message"), "mine");
}

#[wasm_bindgen_test]
async fn a_hundred_calls_at_once_get_their_own_answers() {
    let fetch = "async (request) => Response.json({ status_code: 9999, payload: { full_name: new URL(request.url).searchParams.get('id') } })";
    let client = client_of(fetch);
    let calls: Vec<_> = (0..100).map(|n| client.get(format!("id{n}").into(), NONE)).collect();
    for (n, call) in calls.into_iter().enumerate() {
        assert_eq!(text(&settle(call).await.unwrap(), "full_name"), format!("id{n}"));
    }
}

#[wasm_bindgen_test]
async fn a_lost_create_is_found_again() {
    // The request goes through, the answer does not come back.
    let fetch = "async (request) => { const lost = request.url.endsWith('/tenant/add'); const answer = await fetch(request); if (lost) throw new TypeError('lost'); return answer; }";
    let client = client([
        ("baseUrl", SANDBOX.into()),
        ("token", token("sandbox-partner-key").await.into()),
        ("fetch", evaluate(fetch)),
    ]);
    let (email, params) = new_tenant();
    let lost = failure(client.create(ts(&params), NONE)).await;
    assert_kind(&lost, "OutcomeUnknownError", "outcome_unknown");
    let found = settle(client.reconcile(field(&lost, "ticket"))).await.unwrap();
    assert_eq!(text(&found, "outcome"), "applied");
    assert_eq!(text(&found, "evidence.tenants.0.email"), email);
    // The question belongs to a call that was made before.
    client.close();
    let never = object([("email", format!("never-{email}").into())]);
    let never = settle(client.reconcile(never)).await.unwrap();
    assert_eq!(text(&never, "outcome"), "notApplied");
    assert_eq!(text(&settle(client.reconcile(NONE)).await.unwrap(), "outcome"), "inconclusive");
}
