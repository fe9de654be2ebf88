//! Bearer tokens.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::*;

const NONE: JsValue = JsValue::UNDEFINED;

/// A provider that counts how often it is asked, in `globalThis[name]`.
fn counting_provider(name: &str) -> JsValue {
    evaluate(&format!(
        "async () => {{ globalThis['{name}'] = (globalThis['{name}'] ?? 0) + 1; \
         const answer = await fetch('{SANDBOX}/api/auth?apiKey=sandbox-partner-key'); \
         return (await answer.json()).payload.access_token; }}"
    ))
}

fn count(name: &str) -> f64 {
    evaluate(&format!("globalThis['{name}'] ?? 0")).as_f64().unwrap()
}

#[wasm_bindgen_test]
async fn calls_that_wait_share_one_question() {
    let client = client([("baseUrl", SANDBOX.into()), ("token", counting_provider("shared"))]);
    let calls: Vec<Promise> = (0..50).map(|_| client.request("GET".into(), "/api/partner/me".into(), NONE)).collect();
    for call in calls {
        settle(call).await.unwrap();
    }
    assert_eq!(count("shared"), 1.0);
}

#[wasm_bindgen_test]
async fn a_refused_token_is_renewed_and_the_call_goes_once_more() {
    let client = client([("baseUrl", SANDBOX.into()), ("token", counting_provider("renewed"))]);
    let (email, params) = new_tenant();
    settle(client.create(ts(&params), NONE)).await.unwrap();
    expire_tokens().await;
    settle(client.top_up(ts(&top_up_of(&email, 20_000.0)), NONE)).await.unwrap();
    assert_eq!(count("renewed"), 2.0);
    assert_eq!(number(&books(&email).await, "balance"), 20_000.0);
}

#[wasm_bindgen_test]
async fn a_token_that_stays_the_same_is_not_tried_again() {
    let calls = "globalThis.sameToken = (globalThis.sameToken ?? 0) + 1";
    let client = client_of(&format!("async () => {{ {calls}; return new Response('', {{ status: 401 }}); }}"));
    let refused = failure(client.get("a1".into(), NONE)).await;
    assert_kind(&refused, "AuthenticationError", "unauthorized");
    assert_eq!(count("sameToken"), 1.0);
}

#[wasm_bindgen_test]
async fn foreign_tokens_are_told_apart() {
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
    }
}

#[wasm_bindgen_test]
async fn a_provider_that_hangs_runs_into_the_time_limit_and_is_asked_again() {
    let provider = "() => (globalThis.hung = (globalThis.hung ?? 0) + 1) === 1 ? new Promise(() => {}) : 'fine'";
    let client = client([
        ("baseUrl", "https://api.example".into()),
        ("token", evaluate(provider)),
        ("timeoutMs", 20.into()),
        ("fetch", evaluate("async () => new Response('{\"status_code\":9999,\"payload\":{}}')")),
    ]);
    let late = failure(client.get("a1".into(), NONE)).await;
    assert_kind(&late, "TimeoutError", "timeout");
    assert!(text(&late, "message").contains("token"));
    assert_eq!(number(&late, "attempts"), 0.0);
    settle(client.get("a1".into(), NONE)).await.unwrap();
    assert_eq!(count("hung"), 2.0);
}

#[wasm_bindgen_test]
async fn a_token_that_is_being_renewed_is_not_sent_again() {
    let provider = "() => (globalThis.questions = (globalThis.questions ?? 0) + 1) === 1 \
         ? 'old' : new Promise((resolve) => (globalThis.renew = () => resolve('new')))";
    let fetch = "async (request) => { const token = request.headers.get('authorization'); \
         (globalThis.tokensSent ??= []).push(token); \
         return token === 'Bearer old' ? new Response('', { status: 401 }) : Response.json({ status_code: 9999, payload: {} }); }";
    let asked = "(event) => event.reason === 'refused' && queueMicrotask(() => globalThis.onRefused())";
    let client = std::rc::Rc::new(client([
        ("baseUrl", "https://api.example".into()),
        ("token", evaluate(provider)),
        ("fetch", evaluate(fetch)),
        ("onEvent", evaluate(asked)),
    ]));
    // A second call starts while the provider is being asked for a newer token.
    let second = std::rc::Rc::new(std::cell::RefCell::new(None));
    let (later, slot) = (client.clone(), second.clone());
    let on_refused = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || {
        slot.replace(Some(later.get("a2".into(), NONE)));
        let renew: js_sys::Function = evaluate("() => setTimeout(globalThis.renew)").unchecked_into();
        renew.call0(&NONE).unwrap();
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
async fn a_call_that_gives_up_does_not_take_the_question_along() {
    let provider = "() => new Promise((resolve) => (globalThis.answerLate = resolve))";
    let client = client([
        ("baseUrl", "https://api.example".into()),
        ("token", evaluate(provider)),
        (
            "fetch",
            evaluate(
                "async (r) => Response.json({ status_code: 9999, payload: { full_name: r.headers.get('authorization') } })",
            ),
        ),
    ]);
    let controller = web_sys::AbortController::new().unwrap();
    let aborted = client.get("a1".into(), object([("signal", controller.signal().into())]));
    let patient = client.get("a1".into(), NONE);
    controller.abort();
    assert_kind(&failure(aborted).await, "AbortError", "aborted");
    let answer: js_sys::Function = evaluate("globalThis.answerLate").unchecked_into();
    answer.call1(&NONE, &"late".into()).unwrap();
    assert_eq!(text(&settle(patient).await.unwrap(), "full_name"), "Bearer late");
}
