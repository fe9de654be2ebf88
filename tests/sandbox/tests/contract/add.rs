use serde_json::{Value, json};

use crate::support::*;

async fn refusal(bench: &Bench, token: &str, body: &Value) -> String {
    bench.post(ADD, token, body).await.code()
}

#[tokio::test]
async fn a_new_tenant_is_there_and_is_the_newest() {
    let bench = Bench::new(&[]);
    let token = bench.token(PARTNER_KEY).await;
    let payload = bench.post(ADD, &token, &application()).await.payload();
    let id = payload["id"].as_str().expect("an id");
    assert_eq!(payload, json!({ "id": id }));
    assert_eq!(id.len(), 24);
    assert!(id.bytes().all(|byte| byte.is_ascii_hexdigit()));

    let page = bench.list(&token, 1, 1, "").await;
    assert_eq!(page["total_items"], 121);
    assert_eq!(page["items"][0]["id"], id);
    let info = bench.info(&token, id).await;
    assert_eq!(info["full_name"], "Công ty TNHH Quán Mới");
    assert_eq!(info["email"], "Chu.Quan@quan-moi.example");
    assert_eq!(info["phone"], "0912345678");
    assert_eq!(info["enabled"], true);
    assert_eq!(info["balance"], 0);
    assert_eq!(info["service_package"]["code_name"], "trial");
}

#[tokio::test]
async fn activation_takes_its_time_and_then_brings_the_rest() {
    let bench = Bench::new(&["--activation", "200..400"]);
    let token = bench.token(PARTNER_KEY).await;
    let body = application_with("isAutoActive", json!(true));
    let payload = bench.post(ADD, &token, &body).await.payload();
    let id = payload["id"].as_str().expect("an id");

    let late = ["domain", "domain_fusion", "domain_expire", "effective_date", "expire_date"];
    bench.pass(199);
    let before = bench.info(&token, id).await;
    assert_eq!(before["status"], "not_activated");
    for field in late {
        assert_eq!(before.get(field), None, "{field}");
    }
    bench.pass(201);
    let after = bench.info(&token, id).await;
    assert_eq!(after["status"], "activated");
    for field in late {
        assert!(!after[field].is_null(), "{field}");
    }
    let since = after["effective_date"].as_i64().expect("a date");
    assert!((NOW + 200..=NOW + 400).contains(&since), "{since}");
}

#[tokio::test]
async fn activation_takes_3_to_10_seconds_unless_told_otherwise() {
    let bench = Bench::new(&["--tenants", "0"]);
    let token = bench.token(PARTNER_KEY).await;
    for number in 0..50 {
        let body = application_with("email", json!(format!("a{number}@b.example")));
        let body = with(body, "isAutoActive", json!(true));
        bench.post(ADD, &token, &body).await.payload();
    }
    bench.pass(10_000);
    let page = bench.list(&token, 1, 50, "").await;
    let dates: Vec<i64> = page["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| item["effective_date"].as_i64().expect("a date") - NOW)
        .collect();
    assert_eq!(dates.len(), 50);
    assert!(dates.iter().all(|wait| (3000..=10_000).contains(wait)));
    // Drawn, and not all the same.
    assert!(dates.iter().any(|wait| *wait != dates[0]));
}

#[tokio::test]
async fn activation_can_be_immediate() {
    let bench = Bench::new(&["--activation", "0..0"]);
    let token = bench.token(PARTNER_KEY).await;
    let body = application_with("isAutoActive", json!(true));
    let payload = bench.post(ADD, &token, &body).await.payload();
    let info = bench.info(&token, payload["id"].as_str().expect("an id")).await;
    assert_eq!(info["status"], "activated");
    assert_eq!(info["effective_date"], NOW);
}

#[tokio::test]
async fn without_the_wish_for_it_there_is_no_activation() {
    for wish in [json!(false), Value::Null] {
        let bench = Bench::new(&["--activation", "0..0"]);
        let token = bench.token(PARTNER_KEY).await;
        let body = application_with("isAutoActive", wish);
        let payload = bench.post(ADD, &token, &body).await.payload();
        bench.pass(60_000);
        let info = bench.info(&token, payload["id"].as_str().expect("an id")).await;
        assert_eq!(info["status"], "not_activated");
    }
}

#[tokio::test]
async fn wants_a_body_and_wants_it_to_be_an_object() {
    let bench = Bench::new(&[]);
    let token = bench.token(PARTNER_KEY).await;
    for missing in ["", "  \n", "null"] {
        let code = bench.post_raw(ADD, &token, missing).await.code();
        assert_eq!(code, "body_request_is_required", "{missing:?}");
    }
    for bad in ["email=a@b.vn", "{", "[]", "\"text\"", "{}"] {
        let code = bench.post_raw(ADD, &token, bad).await.code();
        assert_eq!(code, "request_invalid", "{bad:?}");
    }
}

#[tokio::test]
async fn every_required_field_is_required() {
    let bench = Bench::new(&[]);
    let token = bench.token(PARTNER_KEY).await;
    for field in ["email", "password", "fullName", "ownerName", "phone"] {
        for value in [Value::Null, json!(""), json!("  "), json!(5), json!(["a"])] {
            let body = application_with(field, value);
            assert_eq!(refusal(&bench, &token, &body).await, "request_invalid", "{body}");
        }
    }
    for value in [json!("true"), json!(1)] {
        let body = application_with("isAutoActive", value);
        assert_eq!(refusal(&bench, &token, &body).await, "request_invalid");
    }
    // `null` on the wire is as good as absent.
    let mut body = application();
    body["isAutoActive"] = Value::Null;
    bench.post(ADD, &token, &body).await.payload();
}

#[tokio::test]
async fn names_are_shorter_than_255_utf16_units_as_they_arrive() {
    let bench = Bench::new(&[]);
    let token = bench.token(PARTNER_KEY).await;
    for field in ["fullName", "ownerName"] {
        for (name, is_short) in [
            ("ễ".repeat(254), true),
            ("ễ".repeat(255), false),
            // Three units each before normalisation.
            ("e\u{302}\u{303}".repeat(84), true),
            ("e\u{302}\u{303}".repeat(85), false),
            // Two units each.
            ("📞".repeat(127), true),
            ("📞".repeat(128), false),
        ] {
            let email = format!("a{}{field}@b.example", name.len());
            let body = with(application_with(field, json!(name)), "email", json!(email));
            let reply = bench.post(ADD, &token, &body).await;
            if is_short {
                reply.payload();
            } else {
                assert_eq!(reply.code(), "request_invalid");
            }
        }
    }
}

#[tokio::test]
async fn bad_emails_and_weak_passwords_have_their_own_codes() {
    let bench = Bench::new(&[]);
    let token = bench.token(PARTNER_KEY).await;
    for email in ["quan", "quan@", "@b.vn", "a b@c.vn", "a@b", "quán@b.vn"] {
        let body = application_with("email", json!(email));
        assert_eq!(refusal(&bench, &token, &body).await, "email_invalid", "{email}");
    }
    for password in ["Ab1-567", "matkhau-1", "MATKHAU-1", "Mat-khau", "Matkhau1"] {
        let body = application_with("password", json!(password));
        assert_eq!(refusal(&bench, &token, &body).await, "password_invalid", "{password}");
    }
    let body = application_with("password", json!("Ab1-5678"));
    bench.post(ADD, &token, &body).await.payload();
}

#[tokio::test]
async fn an_email_is_taken_once_whoever_asks_and_however_it_is_written() {
    let bench = Bench::new(&[]);
    let token = bench.token(PARTNER_KEY).await;
    bench.add(&token).await;
    for email in ["Chu.Quan@quan-moi.example", "chu.quan@QUAN-MOI.example"] {
        let body = application_with("email", json!(email));
        assert_eq!(refusal(&bench, &token, &body).await, "email_registered");
    }
    let other = bench.token(EMPTY_KEY).await;
    assert_eq!(refusal(&bench, &other, &application()).await, "email_registered");
    // Refused means that nothing was added.
    assert_eq!(bench.list(&token, 1, 1, "").await["total_items"], 121);
}

#[tokio::test]
async fn the_magic_email_fails_every_time() {
    let bench = Bench::new(&[]);
    let token = bench.token(PARTNER_KEY).await;
    for email in
        ["create-tenant-error@example.com", "Create-Tenant-Error@quan-moi.example", "create-tenant-error@example.com"]
    {
        let body = application_with("email", json!(email));
        assert_eq!(refusal(&bench, &token, &body).await, "create_tenant_error");
    }
    let body = application_with("email", json!("create-tenant-error-2@example.com"));
    bench.post(ADD, &token, &body).await.payload();
}

#[tokio::test]
async fn what_is_made_up_for_a_new_tenant_depends_on_the_seed_only() {
    let added = async |seed: &str| {
        let bench = Bench::new(&["--seed", seed]);
        let token = bench.token(PARTNER_KEY).await;
        let id = bench.add(&token).await;
        bench.info(&token, &id).await["api_key"].clone()
    };
    assert_eq!(added("3").await, added("3").await);
    assert_ne!(added("3").await, added("4").await);
}
