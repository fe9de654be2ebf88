//! The tenant operations, against the sandbox.

use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::*;

const NONE: JsValue = JsValue::UNDEFINED;

#[wasm_bindgen_test]
async fn a_tenant_is_created_activated_found_read_and_topped_up() {
    let client = sandbox().await;
    let (email, params) = new_tenant();
    let created = settle(client.create(params.clone(), NONE)).await.unwrap();
    let id = field(&created, "id");

    let options = object([("intervalMs", 50.into()), ("onProgress", evaluate("(p) => (globalThis.lastProgress = p)"))]);
    let active = settle(client.wait_until_active(id.clone(), options)).await.unwrap();
    assert_eq!(text(&active, "status"), "activated");
    assert!(number(&evaluate("globalThis.lastProgress"), "elapsedMs") >= 0.0, "progress was reported");

    let found = next_page(&client.list(object([("keyword", email.as_str().into())]), NONE)).await.unwrap();
    assert_eq!(number(&found, "total_items"), 1.0);
    assert_eq!(text(&found, "items.0.id"), id.as_string().unwrap());

    let receipt = settle(client.top_up(top_up_of(&email, 500_000.0), NONE)).await.unwrap();
    assert_eq!(text(&receipt, "payload.email"), email);
    let shown = settle(client.get(id, NONE)).await.unwrap();
    assert_eq!(number(&shown, "balance"), 500_000.0);
    let state = sandbox_tenant(&email).await;
    assert_eq!(number(&state, "top_ups.length"), 1.0);
}

#[wasm_bindgen_test]
async fn pagination_returns_each_tenant_once() {
    let client = sandbox().await;
    let list = client.list(object([("size", 7.into())]), NONE);
    let mut ids = Vec::new();
    let mut total = 0.0;
    loop {
        let page = next_page(&list).await.unwrap();
        if page.is_undefined() {
            break;
        }
        total = number(&page, "total_items");
        let items: js_sys::Array = wasm_bindgen::JsCast::unchecked_into(field(&page, "items"));
        ids.extend(items.iter().map(|item| text(&item, "id")));
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "a tenant was returned twice");
    // Other tests create tenants meanwhile, so pages may shift by a few.
    assert!(count as f64 >= total - 20.0 && count >= 120, "{count} of {total}");
    assert!(next_page(&list).await.unwrap().is_undefined(), "there is no page after the last one");
}

#[wasm_bindgen_test]
async fn a_keyword_is_normalised_to_nfc() {
    let client = sandbox().await;
    let total = async |keyword: &str| {
        let params = object([("keyword", keyword.into())]);
        number(&next_page(&client.list(params, NONE)).await.unwrap(), "total_items")
    };
    let composed = total("Công ty").await;
    assert!(composed > 0.0);
    assert_eq!(total("Co\u{302}ng ty").await, composed);
}

#[wasm_bindgen_test]
async fn an_error_has_the_servers_code_and_the_response_metadata() {
    let client = sandbox().await;
    let (email, params) = new_tenant();
    settle(client.create(params.clone(), NONE)).await.unwrap();
    let again = failure(client.create(params.clone(), NONE)).await;
    assert_kind(&again, "ApiError", "email_registered");
    assert_eq!(text(&again, "endpoint"), "POST /api/partner/tenant/add");
    assert_eq!(number(&again, "httpStatus"), 200.0);
    assert_eq!(text(&again, "instanceId"), "sandbox");
    assert_eq!(number(&again, "attempts"), 1.0);

    let unknown = failure(client.top_up(top_up_of(&format!("not-{email}"), 10_000.0), NONE)).await;
    assert_kind(&unknown, "ApiError", "access_denied");
}

#[wasm_bindgen_test]
async fn waiting_ends_at_its_deadline() {
    let client = sandbox().await;
    let (_, params) = new_tenant();
    js_sys::Reflect::set(&params, &"isAutoActive".into(), &false.into()).unwrap();
    let created = settle(client.create(params.clone(), NONE)).await.unwrap();
    let options = object([("deadlineMs", 120.into()), ("intervalMs", 30.into())]);
    let late = failure(client.wait_until_active(field(&created, "id"), options)).await;
    assert_kind(&late, "TimeoutError", "timeout");
    assert_eq!(text(&late, "message"), "The tenant did not become active in time: check it again later.");
}

#[wasm_bindgen_test]
async fn any_endpoint_can_be_called() {
    let client = sandbox().await;
    let me = settle(client.request("GET".into(), "/api/partner/me".into(), NONE)).await.unwrap();
    assert_eq!(text(&me, "currency"), "VND");
    let init = object([("query", json(r#"{"apiKey":"wrong & key/?"}"#))]);
    let refused = failure(client.request("GET".into(), "/api/auth".into(), init)).await;
    assert_kind(&refused, "ApiError", "api_key_invalid");
    let nowhere = failure(client.request("GET".into(), "/api/nowhere".into(), NONE)).await;
    assert_kind(&nowhere, "ApiError", "http_404");
}

#[wasm_bindgen_test]
async fn a_closed_client_rejects_calls_and_running_calls_settle() {
    let client = sandbox().await;
    let (email, params) = new_tenant();
    let running = client.create(params.clone(), NONE);
    client.close();
    client.close();
    assert_eq!(
        issues(&failure(client.create(params.clone(), NONE)).await),
        [("client".into(), "client_closed".into())]
    );
    drop(client);
    let created = settle(running).await.unwrap();
    assert_eq!(text(&sandbox_tenant(&email).await, "id"), text(&created, "id"));
}
