use serde_json::{Value, json};

use crate::support::*;

const EMAIL: &str = "Chu.Quan@quan-moi.example";

fn top_up() -> Value {
    json!({
        "email": EMAIL,
        "amount": 10_000,
        // Exactly 50 UTF-16 units.
        "description": "Nạp tiền cước tháng mười một theo hợp đồng số 0042",
    })
}

/// A sandbox with the sample tenant, a token and the tenant's id.
async fn test_app() -> (TestApp, String, String) {
    let app = TestApp::new(&["--admin"]);
    let token = app.token(PARTNER_KEY).await;
    let id = app.add(&token).await;
    (app, token, id)
}

async fn tenant_state(app: &TestApp) -> Value {
    app.get(&format!("/sandbox/tenant?email={EMAIL}"), "").await.json()
}

#[tokio::test]
async fn each_wallet_has_its_own_balance() {
    let (app, token, id) = test_app().await;
    for (wallet, amount, expected, balance) in [
        (Value::Null, 10_000, "NORMAL", 10_000),
        (json!(""), 20_000, "NORMAL", 30_000),
        (json!("NORMAL"), 40_000, "NORMAL", 70_000),
        (json!("SPK"), 80_000, "SPK", 80_000),
    ] {
        let body = with(with(top_up(), "wallet", wallet), "amount", json!(amount));
        let receipt = app.post(UPDATE_BALANCE, &token, &body).await.payload();
        assert_eq!(receipt, json!({ "email": EMAIL, "amount": amount, "wallet": expected, "balance": balance }));
    }
    assert_eq!(app.info(&token, &id).await["balance"], 70_000);

    let state = tenant_state(&app).await;
    assert_eq!(state["balance"], 70_000);
    assert_eq!(state["service_balance"], 80_000);
    let top_ups = state["top_ups"].as_array().expect("top-ups");
    assert_eq!(top_ups.len(), 4);
    assert_eq!(
        top_ups[3],
        json!({
            "amount": 80_000,
            "wallet": "SPK",
            "description": top_up()["description"],
            "at": NOW,
        })
    );
}

#[tokio::test]
async fn the_email_is_matched_ignoring_case() {
    let (app, token, id) = test_app().await;
    let body = with(top_up(), "email", json!(EMAIL.to_uppercase()));
    app.post(UPDATE_BALANCE, &token, &body).await.payload();
    assert_eq!(app.info(&token, &id).await["balance"], 10_000);
}

#[tokio::test]
async fn every_error_has_its_code_and_changes_nothing() {
    let (app, token, _) = test_app().await;
    let description = top_up()["description"].clone();
    let description = description.as_str().expect("a text");
    assert_eq!(description.encode_utf16().count(), 50);
    let short = description.strip_suffix('2').expect("a 2");

    for (field, value, code) in [
        ("email", Value::Null, "request_invalid"),
        ("email", json!(""), "request_invalid"),
        ("email", json!(7), "request_invalid"),
        ("email", json!("khong-ai@quan-moi.example"), "access_denied"),
        ("amount", Value::Null, "request_invalid"),
        ("amount", json!("10000"), "request_invalid"),
        ("amount", json!(10_000.5), "request_invalid"),
        ("amount", json!(1e300), "request_invalid"),
        ("amount", json!(u64::MAX), "request_invalid"),
        ("amount", json!(9_999), "amount_gte_10.000_vnd"),
        ("amount", json!(0), "amount_gte_10.000_vnd"),
        ("amount", json!(-10_000), "amount_gte_10.000_vnd"),
        ("description", Value::Null, "description_is_required"),
        ("description", json!(""), "description_is_required"),
        ("description", json!(" ".repeat(60)), "description_is_required"),
        ("description", json!(5), "request_invalid"),
        ("description", json!(short), "description_is_to_short.gte_50_characters"),
        ("wallet", json!("spk"), "request_invalid"),
        ("wallet", json!("GOLD"), "request_invalid"),
        ("wallet", json!(1), "request_invalid"),
    ] {
        let body = with(top_up(), field, value);
        let reply = app.post(UPDATE_BALANCE, &token, &body).await;
        assert_eq!(reply.error_code(), code, "{body}");
    }
    assert_eq!(tenant_state(&app).await["top_ups"], json!([]));
    assert_eq!(tenant_state(&app).await["balance"], 0);
}

#[tokio::test]
async fn a_description_is_counted_in_utf16_units_without_normalization() {
    let (app, token, _) = test_app().await;
    for (description, is_long) in [
        ("📞".repeat(25), true),
        ("📞".repeat(24), false),
        // 17 letters, 51 units when decomposed.
        ("e\u{302}\u{303}".repeat(17), true),
        ("ễ".repeat(49), false),
    ] {
        let body = with(top_up(), "description", json!(description));
        let reply = app.post(UPDATE_BALANCE, &token, &body).await;
        if is_long {
            reply.payload();
        } else {
            assert_eq!(reply.error_code(), "description_is_to_short.gte_50_characters");
        }
    }
}

#[tokio::test]
async fn the_body_must_be_json() {
    let (app, token, _) = test_app().await;
    for bad in ["", "null", "amount=10000", "{"] {
        let code = app.post_raw(UPDATE_BALANCE, &token, bad).await.error_code();
        assert_eq!(code, "request_body_required", "{bad:?}");
    }
    let code = app.post_raw(UPDATE_BALANCE, &token, "[]").await.error_code();
    assert_eq!(code, "request_invalid");
}

#[tokio::test]
async fn disabled_tenants_and_tenants_of_other_partners_are_denied() {
    let (app, token, _) = test_app().await;
    let page = app.list(&token, 1, 1000, "").await;
    let disabled = page["items"]
        .as_array()
        .expect("items")
        .iter()
        .find(|item| item["enabled"] == false)
        .expect("a disabled tenant");
    let body = with(top_up(), "email", disabled["email"].clone());
    let reply = app.post(UPDATE_BALANCE, &token, &body).await;
    assert_eq!(reply.error_code(), "access_denied");

    let other = app.token(EMPTY_KEY).await;
    let reply = app.post(UPDATE_BALANCE, &other, &top_up()).await;
    assert_eq!(reply.error_code(), "access_denied");
    assert_eq!(tenant_state(&app).await["balance"], 0);
}

#[tokio::test]
async fn a_balance_does_not_overflow() {
    let (app, token, _) = test_app().await;
    let all = with(top_up(), "amount", json!(i64::MAX));
    app.post(UPDATE_BALANCE, &token, &all).await.payload();
    let reply = app.post(UPDATE_BALANCE, &token, &top_up()).await;
    assert_eq!(reply.error_code(), "request_invalid");
    assert_eq!(tenant_state(&app).await["balance"], i64::MAX);
    // The other wallet is not affected.
    let service = with(top_up(), "wallet", json!("SPK"));
    app.post(UPDATE_BALANCE, &token, &service).await.payload();
}
