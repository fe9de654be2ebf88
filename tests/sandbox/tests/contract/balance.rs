use serde_json::{Value, json};

use crate::support::*;

const EMAIL: &str = "Chu.Quan@quan-moi.example";

fn order() -> Value {
    json!({
        "email": EMAIL,
        "amount": 10_000,
        // Fifty units, no more.
        "description": "Nạp tiền cước tháng mười một theo hợp đồng số 0042",
    })
}

/// A sandbox with the sample tenant, a token and the tenant's id.
async fn bench() -> (Bench, String, String) {
    let bench = Bench::new(&["--admin"]);
    let token = bench.token(PARTNER_KEY).await;
    let id = bench.add(&token).await;
    (bench, token, id)
}

async fn books(bench: &Bench) -> Value {
    bench.get(&format!("/sandbox/tenant?email={EMAIL}"), "").await.json()
}

#[tokio::test]
async fn each_wallet_gets_its_own() {
    let (bench, token, id) = bench().await;
    for (wallet, amount, expected, balance) in [
        (Value::Null, 10_000, "NORMAL", 10_000),
        (json!(""), 20_000, "NORMAL", 30_000),
        (json!("NORMAL"), 40_000, "NORMAL", 70_000),
        (json!("SPK"), 80_000, "SPK", 80_000),
    ] {
        let body = with(with(order(), "wallet", wallet), "amount", json!(amount));
        let receipt = bench.post(UPDATE_BALANCE, &token, &body).await.payload();
        assert_eq!(receipt, json!({ "email": EMAIL, "amount": amount, "wallet": expected, "balance": balance }));
    }
    assert_eq!(bench.info(&token, &id).await["balance"], 70_000);

    let books = books(&bench).await;
    assert_eq!(books["balance"], 70_000);
    assert_eq!(books["service_balance"], 80_000);
    let top_ups = books["top_ups"].as_array().expect("top-ups");
    assert_eq!(top_ups.len(), 4);
    assert_eq!(
        top_ups[3],
        json!({
            "amount": 80_000,
            "wallet": "SPK",
            "description": order()["description"],
            "at": NOW,
        })
    );
}

#[tokio::test]
async fn the_email_may_be_written_in_any_case() {
    let (bench, token, id) = bench().await;
    let body = with(order(), "email", json!(EMAIL.to_uppercase()));
    bench.post(UPDATE_BALANCE, &token, &body).await.payload();
    assert_eq!(bench.info(&token, &id).await["balance"], 10_000);
}

#[tokio::test]
async fn every_refusal_has_its_cause_and_costs_nothing() {
    let (bench, token, _) = bench().await;
    let description = order()["description"].clone();
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
        let body = with(order(), field, value);
        let reply = bench.post(UPDATE_BALANCE, &token, &body).await;
        assert_eq!(reply.code(), code, "{body}");
    }
    assert_eq!(books(&bench).await["top_ups"], json!([]));
    assert_eq!(books(&bench).await["balance"], 0);
}

#[tokio::test]
async fn a_description_is_counted_in_utf16_units_as_it_arrives() {
    let (bench, token, _) = bench().await;
    for (description, is_long) in [
        ("📞".repeat(25), true),
        ("📞".repeat(24), false),
        // 51 units decomposed, though 17 letters.
        ("e\u{302}\u{303}".repeat(17), true),
        ("ễ".repeat(49), false),
    ] {
        let body = with(order(), "description", json!(description));
        let reply = bench.post(UPDATE_BALANCE, &token, &body).await;
        if is_long {
            reply.payload();
        } else {
            assert_eq!(reply.code(), "description_is_to_short.gte_50_characters");
        }
    }
}

#[tokio::test]
async fn wants_a_json_body() {
    let (bench, token, _) = bench().await;
    for bad in ["", "null", "amount=10000", "{"] {
        let code = bench.post_raw(UPDATE_BALANCE, &token, bad).await.code();
        assert_eq!(code, "request_body_required", "{bad:?}");
    }
    let code = bench.post_raw(UPDATE_BALANCE, &token, "[]").await.code();
    assert_eq!(code, "request_invalid");
}

#[tokio::test]
async fn a_disabled_tenant_and_another_partners_are_denied() {
    let (bench, token, _) = bench().await;
    let page = bench.list(&token, 1, 1000, "").await;
    let disabled = page["items"]
        .as_array()
        .expect("items")
        .iter()
        .find(|item| item["enabled"] == false)
        .expect("a disabled tenant");
    let body = with(order(), "email", disabled["email"].clone());
    let reply = bench.post(UPDATE_BALANCE, &token, &body).await;
    assert_eq!(reply.code(), "access_denied");

    let other = bench.token(EMPTY_KEY).await;
    let reply = bench.post(UPDATE_BALANCE, &other, &order()).await;
    assert_eq!(reply.code(), "access_denied");
    assert_eq!(books(&bench).await["balance"], 0);
}

#[tokio::test]
async fn a_balance_does_not_overflow() {
    let (bench, token, _) = bench().await;
    let all = with(order(), "amount", json!(i64::MAX));
    bench.post(UPDATE_BALANCE, &token, &all).await.payload();
    let reply = bench.post(UPDATE_BALANCE, &token, &order()).await;
    assert_eq!(reply.code(), "request_invalid");
    assert_eq!(books(&bench).await["balance"], i64::MAX);
    // The other wallet has room.
    let service = with(order(), "wallet", json!("SPK"));
    bench.post(UPDATE_BALANCE, &token, &service).await.payload();
}
