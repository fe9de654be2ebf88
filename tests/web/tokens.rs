//! Bearer tokens.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::*;

const NONE: JsValue = JsValue::UNDEFINED;

/// A provider that counts its calls in `globalThis[name]`.
fn counting_provider(name: &str) -> JsValue {
    evaluate(&format!(
        "async () => {{ globalThis['{name}'] = (globalThis['{name}'] ?? 0) + 1; \
         const response = await fetch('{SANDBOX}/api/auth?apiKey=sandbox-partner-key'); \
         return (await response.json()).payload.access_token; }}"
    ))
}

fn count(name: &str) -> f64 {
    evaluate(&format!("globalThis['{name}'] ?? 0")).as_f64().unwrap()
}

#[wasm_bindgen_test]
async fn calls_that_wait_share_one_refresh() {
    let client = client([("baseUrl", SANDBOX.into()), ("token", counting_provider("shared"))]);
    let calls: Vec<Promise> = (0..50).map(|_| client.request("GET".into(), "/api/partner/me".into(), NONE)).collect();
    for call in calls {
        settle(call).await.unwrap();
    }
    assert_eq!(count("shared"), 1.0);
}

#[wasm_bindgen_test]
async fn a_rejected_token_is_refreshed_and_the_request_is_sent_again() {
    let client = client([("baseUrl", SANDBOX.into()), ("token", counting_provider("refreshed"))]);
    let (email, params) = new_tenant();
    settle(client.create(params.clone(), NONE)).await.unwrap();
    expire_tokens().await;
    settle(client.top_up(top_up_of(&email, 20_000.0), NONE)).await.unwrap();
    assert_eq!(count("refreshed"), 2.0);
    assert_eq!(number(&sandbox_tenant(&email).await, "balance"), 20_000.0);
}

#[wasm_bindgen_test]
async fn a_rejected_token_is_not_sent_again_if_the_provider_has_no_other() {
    let calls = "globalThis.sameToken = (globalThis.sameToken ?? 0) + 1";
    let client = client_of(&format!("async () => {{ {calls}; return new Response('', {{ status: 401 }}); }}"));
    let refused = failure(client.get("a1".into(), NONE)).await;
    assert_kind(&refused, "AuthenticationError", "unauthorized");
    assert_eq!(count("sameToken"), 1.0);
}

#[wasm_bindgen_test]
async fn a_token_of_a_suspended_partner_is_rejected() {
    for (key, code) in [("sandbox-suspended-key", "partner_invalid")] {
        let client = client([("baseUrl", SANDBOX.into()), ("token", token(key).await.into())]);
        let refused = failure(client.get("a1".into(), NONE)).await;
        assert_kind(&refused, "AuthenticationError", code);
    }
}

#[wasm_bindgen_test]
async fn a_provider_that_fails_is_an_authentication_error() {
    let providers = [
        "() => { throw new Error('no session'); }",
        "async () => { throw new Error('no session'); }",
        "() => ''",
        "() => undefined",
        "() => 5",
        "() => 'a\\nb'",
        "async () => 'two words'",
    ];
    for provider in providers {
        let client = client([
            ("baseUrl", "https://api.example".into()),
            ("token", evaluate(provider)),
            ("fetch", evaluate("() => { throw new Error('sent without a token'); }")),
        ]);
        let failed = failure(client.get("a1".into(), NONE)).await;
        assert_kind(&failed, "AuthenticationError", "token_unavailable");
        assert_eq!(number(&failed, "attempts"), 0.0, "{provider}");
        assert_eq!(field(&failed, "retryable"), JsValue::FALSE, "{provider}");
    }
}

#[wasm_bindgen_test]
async fn the_error_of_a_provider_says_whether_signing_in_helps() {
    let lost = [
        // Nothing listens on this port.
        "() => fetch('http://127.0.0.1:1/omi-token')",
        "() => fetch('http://127.0.0.1:9/omi-token').then((response) => response.text())",
        "async () => { throw new TypeError('Failed to fetch'); }",
        "async () => { throw new TypeError('NetworkError when attempting to fetch resource.'); }",
        "async () => { throw new TypeError('Load failed'); }",
        "async () => { throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }); }",
        "async () => { throw new Error('Network connection lost.'); }",
        "async () => { throw new DOMException('', 'TimeoutError'); }",
        "async () => { throw new DOMException('', 'NetworkError'); }",
        "async () => { throw Object.assign(new Error('Network Error'), { code: 'ERR_NETWORK' }); }",
        "async () => { throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }); }",
        "async () => { throw new Error('no token', { cause: new TypeError('Failed to fetch') }); }",
    ];
    let failed = [
        "() => { throw new Error('no session'); }",
        "() => Promise.reject('no session')",
        "() => Promise.reject(undefined)",
        "async () => { throw new Error('no token: HTTP 401'); }",
        "async () => JSON.parse('{}').payload.access_token",
        "async () => missingFunction()",
        "async () => { const error = new Error('circular'); error.cause = error; throw error; }",
    ];
    let invalid =
        ["() => undefined", "() => null", "() => ''", "() => 'Bearer x'", "() => 5", "() => ({ token: 'x' })"];
    let groups: [(&[&str], _, [&str; 2]); 3] = [
        (&lost, JsValue::TRUE, ["internet connection", "kết nối mạng"]),
        (
            &failed,
            JsValue::FALSE,
            [
                "No access token is available: try again; if that does not help, sign in again.",
                "Không lấy được access token",
            ],
        ),
        (&invalid, JsValue::FALSE, ["bearer token alone", "chính token"]),
    ];
    for (providers, retryable, sentences) in groups {
        for provider in providers {
            for (language, sentence) in ["en", "vi"].into_iter().zip(sentences) {
                let client = client([
                    ("baseUrl", "https://api.example".into()),
                    ("token", evaluate(provider)),
                    ("language", language.into()),
                    ("fetch", evaluate("() => { throw new Error('sent without a token'); }")),
                ]);
                let error = failure(client.top_up(top_up_of("a@b.vn", 10_000.0), NONE)).await;
                assert_kind(&error, "AuthenticationError", "token_unavailable");
                assert_eq!(field(&error, "retryable"), retryable, "{provider}");
                assert!(text(&error, "message").contains(sentence), "{provider}: {error:?}");
            }
        }
    }
}

#[wasm_bindgen_test]
async fn a_call_of_the_provider_outlives_the_calls_that_wait_for_it() {
    let provider = "() => (globalThis.pendingCalls = (globalThis.pendingCalls ?? 0) + 1, \
         new Promise((resolve) => (globalThis.resolvePending = resolve)))";
    let client = client([
        ("baseUrl", "https://api.example".into()),
        ("token", evaluate(provider)),
        ("timeoutMs", 20.into()),
        ("fetch", evaluate("async () => new Response('{\"status_code\":9999,\"payload\":{}}')")),
    ]);
    for _ in 0..3 {
        let late = failure(client.get("a1".into(), NONE)).await;
        assert_kind(&late, "TimeoutError", "timeout");
        assert!(text(&late, "message").contains("token"));
        assert_eq!(number(&late, "attempts"), 0.0);
    }
    let resolve: js_sys::Function = evaluate("globalThis.resolvePending").unchecked_into();
    resolve.call1(&NONE, &"late".into()).unwrap();
    settle(client.get("a1".into(), NONE)).await.unwrap();
    assert_eq!(count("pendingCalls"), 1.0);
}

#[wasm_bindgen_test]
async fn a_rejected_token_is_not_sent_during_its_refresh() {
    let provider = "() => (globalThis.refreshes = (globalThis.refreshes ?? 0) + 1) === 1 \
         ? 'old' : new Promise((resolve) => (globalThis.finishRefresh = () => resolve('new')))";
    let fetch = "async (_, { headers }) => { const token = headers.Authorization; \
         (globalThis.tokensSent ??= []).push(token); \
         return token === 'Bearer old' ? new Response('', { status: 401 }) : Response.json({ status_code: 9999, payload: {} }); }";
    let on_event = "(event) => event.reason === 'refused' && queueMicrotask(() => globalThis.onRefused())";
    let client = std::rc::Rc::new(client([
        ("baseUrl", "https://api.example".into()),
        ("token", evaluate(provider)),
        ("fetch", evaluate(fetch)),
        ("onEvent", evaluate(on_event)),
    ]));
    // A second call starts while the provider is pending.
    let second = std::rc::Rc::new(std::cell::RefCell::new(None));
    let (later, slot) = (client.clone(), second.clone());
    let on_refused = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || {
        slot.replace(Some(later.get("a2".into(), NONE)));
        let finish: js_sys::Function = evaluate("() => setTimeout(globalThis.finishRefresh)").unchecked_into();
        finish.call0(&NONE).unwrap();
    });
    js_sys::Reflect::set(&js_sys::global(), &"onRefused".into(), on_refused.as_ref()).unwrap();
    settle(client.get("a1".into(), NONE)).await.unwrap();
    let second = second.take().unwrap();
    settle(second).await.unwrap();
    let sent: js_sys::Array = evaluate("globalThis.tokensSent").unchecked_into();
    let sent: Vec<_> = sent.iter().filter_map(|token| token.as_string()).collect();
    assert_eq!(sent, ["Bearer old", "Bearer new", "Bearer new"]);
}

#[wasm_bindgen_test]
async fn an_aborted_call_does_not_cancel_the_refresh() {
    let provider = "() => new Promise((resolve) => (globalThis.resolveToken = resolve))";
    let client = client([
        ("baseUrl", "https://api.example".into()),
        ("token", evaluate(provider)),
        (
            "fetch",
            evaluate(
                "async (_, { headers }) => Response.json({ status_code: 9999, payload: { full_name: headers.Authorization } })",
            ),
        ),
    ]);
    let controller = web_sys::AbortController::new().unwrap();
    let aborted = client.get("a1".into(), object([("signal", controller.signal().into())]));
    let waiting = client.get("a1".into(), NONE);
    controller.abort();
    assert_kind(&failure(aborted).await, "AbortError", "aborted");
    let resolve: js_sys::Function = evaluate("globalThis.resolveToken").unchecked_into();
    resolve.call1(&NONE, &"late".into()).unwrap();
    assert_eq!(text(&settle(waiting).await.unwrap(), "full_name"), "Bearer late");
}
