//! A snapshot of one sandbox, from which another one goes on.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::*;

const SNAPSHOT: &str = "/sandbox/snapshot";
const RESTORE: &str = "/sandbox/restore";
const EMAIL: &str = "Chu.Quan@quan-moi.example";

async fn restore(app: &TestApp, snapshot: String) -> Reply {
    app.call(Method::POST, RESTORE, None, snapshot).await
}

/// Everything that a snapshot contains, as the API returns it.
async fn data(app: &TestApp) -> Vec<Value> {
    let mut data = vec![app.get(&format!("/sandbox/tenant?email={EMAIL}"), "").await.json()];
    for key in [PARTNER_KEY, EMPTY_KEY] {
        let token = app.token(key).await;
        let list = app.list(&token, 1, 1000, "").await;
        for item in list["items"].as_array().expect("items") {
            data.push(app.info(&token, item["id"].as_str().expect("an id")).await);
        }
        data.push(list);
        data.push(app.get(ME, &token).await.payload());
        data.push(app.get(&format!("{NUMBERS}?size=1000"), &token).await.payload());
    }
    data
}

/// A sandbox with data of every sort.
async fn used_app() -> TestApp {
    let app = TestApp::new(&["--admin", "--tenants", "9", "--seed", "5"]);
    let token = app.token(PARTNER_KEY).await;
    app.post(ADD, &token, &create_params_with("isAutoActive", json!(true))).await.payload();
    let description = "Nạp tiền theo hợp đồng số 15, đợt thanh toán thứ hai năm nay";
    for (amount, wallet) in [(30_000, "NORMAL"), (i64::MAX, "SPK")] {
        let body = json!({ "email": EMAIL, "amount": amount, "wallet": wallet, "description": description });
        app.post(UPDATE_BALANCE, &token, &body).await.payload();
    }
    app.advance(5000).await;
    let number = app.get(NUMBERS, &token).await.payload()["items"][0]["number"].clone();
    for (path, body) in [
        (UPGRADE, json!({ "email": EMAIL, "code_name": "omi_start", "month_num": 6, "note": "Hợp đồng 5" })),
        (EXTEND, json!({ "email": EMAIL, "month_num": 7, "note": "Hợp đồng 5" })),
        (BUY, json!({ "email": EMAIL, "number": number, "number_count": 8, "note": "Hợp đồng 5" })),
    ] {
        app.post(path, &token, &body).await.payload();
    }
    let other = app.token(EMPTY_KEY).await;
    app.post(ADD, &other, &create_params_with("email", json!("khac@quan-moi.example"))).await.payload();
    app
}

#[tokio::test]
async fn another_sandbox_goes_on_from_a_snapshot() {
    let first = used_app().await;
    let before = data(&first).await;
    let snapshot = first.get(SNAPSHOT, "").await;
    assert_eq!((snapshot.status, snapshot.header("content-type")), (StatusCode::OK, Some("application/json")));

    let second = TestApp::new(&["--admin", "--tenants", "30", "--seed", "6"]);
    // A token stays valid, and a fault and the request log stay.
    let token = second.token(PARTNER_KEY).await;
    let fault = json!({ "endpoint": "POST /api/partner/tenant/add", "count": 1, "fault": { "kind": "empty" } });
    second.post("/sandbox/faults", "", &fault).await.json();
    second.advance(77).await;
    let reply = restore(&second, snapshot.text.clone()).await;
    assert_eq!((reply.status, reply.json()), (StatusCode::OK, json!({ "tenants": 11 })));
    assert_eq!(second.get(SNAPSHOT, "").await.text, snapshot.text);
    assert_eq!(second.requests().await.len(), 1);
    assert_eq!(data(&second).await, before);
    let reply = second.post("/sandbox/advance", "", &json!({ "ms": 0 })).await;
    assert_eq!(reply.json(), json!({ "now": NOW + 5000 }));
    assert_eq!(second.post(ADD, &token, &create_params()).await.text, "");

    // Both go on in the same way: values generated later, the lookup by e-mail and by key, and reset, which restores each one's own
    // data.
    let mut ids = Vec::new();
    for app in [&first, &second] {
        let token = app.token(PARTNER_KEY).await;
        assert_eq!(app.post(ADD, &token, &create_params()).await.error_code(), "email_registered");
        let body = create_params_with("email", json!("moi@quan-moi.example"));
        let id = app.post(ADD, &token, &body).await.payload()["id"].as_str().expect("an id").to_owned();
        let info = app.info(&token, &id).await;
        app.token(info["api_key"].as_str().expect("a key")).await;
        ids.push((id, info));
    }
    assert_eq!(ids[0], ids[1]);
    assert_eq!(first.reset().await, json!({ "tenants": 9 }));
    assert_eq!(second.reset().await, json!({ "tenants": 30 }));
}

#[tokio::test]
async fn a_broken_snapshot_is_refused_by_name_and_changes_nothing() {
    let app = used_app().await;
    let text = app.get(SNAPSHOT, "").await.text;
    let changed = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    for (broken, error) in [
        (String::new(), "EOF"),
        ("null".to_owned(), "expected struct"),
        (text[..text.len() / 2].to_owned(), "EOF"),
        (format!("{text}x"), "trailing characters"),
        (changed(r#""version":1,"#, ""), "missing field `version`"),
        (changed(r#""version":1,"#, r#""version":0,"#), "version: "),
        (changed(r#""version":1,"#, r#""version":"1","#), "version: "),
        (changed(r#""version":1,"#, r#""version":1,"tokens":[],"#), "tokens: "),
        (changed(r#""advanced":5000"#, r#""advanced":"5000""#), "advanced: "),
        (changed(r#""random":"#, r#""random":-"#), "random"),
        (changed(r#""partner_balances":{"#, r#""partner_balances":{"x":1,"#), "partner_balances"),
        (changed(r#""numbers":[{"number":""#, r#""numbers":[{"number":5,"x":""#), "numbers[0].number: "),
        (changed(r#""tenants":[{"id":""#, r#""tenants":[{"id":5,"x":""#), "tenants[0].id: "),
        (changed(r#""SPK""#, r#""GOLD""#), "tenants[9].top_ups[1].wallet: "),
        (changed(r#""kind":"extend""#, r#""kind":"gift""#), "tenants[9].purchases[1]"),
    ] {
        let reply = restore(&app, broken).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{error}");
        assert!(reply.json()["error"].as_str().is_some_and(|text| text.contains(error)), "{error}: {}", reply.text);
    }
    assert_eq!(app.get(SNAPSHOT, "").await.text, text);
    assert_eq!(restore(&app, text).await.json(), json!({ "tenants": 11 }));
}

#[tokio::test]
async fn a_snapshot_may_be_larger_than_any_other_body() {
    let app = TestApp::new(&["--admin", "--tenants", "9000"]);
    let text = app.get(SNAPSHOT, "").await.text;
    // The limit of axum is 2 MB.
    assert!(text.len() > 4_000_000, "{}", text.len());
    assert_eq!(restore(&app, text).await.json(), json!({ "tenants": 9000 }));
}
