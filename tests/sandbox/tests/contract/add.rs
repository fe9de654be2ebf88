use serde_json::{Value, json};

use crate::support::*;

async fn error_code(app: &TestApp, token: &str, body: &Value) -> String {
    app.post(ADD, token, body).await.error_code()
}

#[tokio::test]
async fn a_created_tenant_is_first_in_the_list() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    let payload = app.post(ADD, &token, &create_params()).await.payload();
    let id = payload["id"].as_str().expect("an id");
    assert_eq!(payload, json!({ "id": id }));
    assert_eq!(id.len(), 24);
    assert!(id.bytes().all(|byte| byte.is_ascii_hexdigit()));

    let page = app.list(&token, 1, 1, "").await;
    assert_eq!(page["total_items"], 121);
    assert_eq!(page["items"][0]["id"], id);
    let info = app.info(&token, id).await;
    assert_eq!(info["full_name"], "Công ty TNHH Quán Mới");
    assert_eq!(info["email"], "Chu.Quan@quan-moi.example");
    assert_eq!(info["phone"], "0912345678");
    assert_eq!(info["enabled"], true);
    assert_eq!(info["balance"], 0);
    assert_eq!(info["service_package"]["code_name"], "trial");
}

#[tokio::test]
async fn activation_takes_the_configured_time_and_adds_the_remaining_fields() {
    let app = TestApp::new(&["--admin", "--activation-ms", "200..400"]);
    let token = app.token(PARTNER_KEY).await;
    let body = create_params_with("isAutoActive", json!(true));
    let payload = app.post(ADD, &token, &body).await.payload();
    let id = payload["id"].as_str().expect("an id");

    let active_only = ["domain", "domain_fusion", "domain_expire", "effective_date", "expire_date"];
    app.advance(199).await;
    let before = app.info(&token, id).await;
    assert_eq!(before["status"], "not_activated");
    for field in active_only {
        assert_eq!(before.get(field), None, "{field}");
    }
    app.advance(201).await;
    let after = app.info(&token, id).await;
    assert_eq!(after["status"], "activated");
    for field in active_only {
        assert!(!after[field].is_null(), "{field}");
    }
    let since = after["effective_date"].as_i64().expect("a date");
    assert!((NOW + 200..=NOW + 400).contains(&since), "{since}");
}

#[tokio::test]
async fn activation_takes_3_to_10_seconds_by_default() {
    let app = TestApp::new(&["--admin", "--tenants", "0"]);
    let token = app.token(PARTNER_KEY).await;
    for number in 0..50 {
        let body = create_params_with("email", json!(format!("a{number}@b.example")));
        let body = with(body, "isAutoActive", json!(true));
        app.post(ADD, &token, &body).await.payload();
    }
    app.advance(10_000).await;
    let page = app.list(&token, 1, 50, "").await;
    let dates: Vec<i64> = page["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| item["effective_date"].as_i64().expect("a date") - NOW)
        .collect();
    assert_eq!(dates.len(), 50);
    assert!(dates.iter().all(|wait| (3000..=10_000).contains(wait)));
    // Random, so not all the same.
    assert!(dates.iter().any(|wait| *wait != dates[0]));
}

#[tokio::test]
async fn activation_can_be_immediate() {
    let app = TestApp::new(&["--activation-ms", "0..0"]);
    let token = app.token(PARTNER_KEY).await;
    let body = create_params_with("isAutoActive", json!(true));
    let payload = app.post(ADD, &token, &body).await.payload();
    let info = app.info(&token, payload["id"].as_str().expect("an id")).await;
    assert_eq!(info["status"], "activated");
    assert_eq!(info["effective_date"], NOW);
}

#[tokio::test]
async fn without_is_auto_active_a_tenant_is_not_activated() {
    for is_auto_active in [json!(false), Value::Null] {
        let app = TestApp::new(&["--admin", "--activation-ms", "0..0"]);
        let token = app.token(PARTNER_KEY).await;
        let body = create_params_with("isAutoActive", is_auto_active);
        let payload = app.post(ADD, &token, &body).await.payload();
        app.advance(60_000).await;
        let info = app.info(&token, payload["id"].as_str().expect("an id")).await;
        assert_eq!(info["status"], "not_activated");
    }
}

#[tokio::test]
async fn the_body_must_be_a_json_object() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    for missing in ["", "  \n", "null"] {
        let code = app.post_raw(ADD, &token, missing).await.error_code();
        assert_eq!(code, "body_request_is_required", "{missing:?}");
    }
    for bad in ["email=a@b.vn", "{", "[]", "\"text\"", "{}"] {
        let code = app.post_raw(ADD, &token, bad).await.error_code();
        assert_eq!(code, "request_invalid", "{bad:?}");
    }
}

#[tokio::test]
async fn every_required_field_is_required() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    for field in ["email", "password", "fullName", "ownerName", "phone"] {
        for value in [Value::Null, json!(""), json!("  "), json!(5), json!(["a"])] {
            let body = create_params_with(field, value);
            assert_eq!(error_code(&app, &token, &body).await, "request_invalid", "{body}");
        }
    }
    for value in [json!("true"), json!(1)] {
        let body = create_params_with("isAutoActive", value);
        assert_eq!(error_code(&app, &token, &body).await, "request_invalid");
    }
    // `null` counts as absent.
    let mut body = create_params();
    body["isAutoActive"] = Value::Null;
    app.post(ADD, &token, &body).await.payload();
}

#[tokio::test]
async fn names_are_limited_to_254_utf16_units_without_normalization() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    for field in ["fullName", "ownerName"] {
        for (name, is_short) in [
            ("ễ".repeat(254), true),
            ("ễ".repeat(255), false),
            // Three units each before normalization.
            ("e\u{302}\u{303}".repeat(84), true),
            ("e\u{302}\u{303}".repeat(85), false),
            // Two units each.
            ("📞".repeat(127), true),
            ("📞".repeat(128), false),
        ] {
            let email = format!("a{}{field}@b.example", name.len());
            let body = with(create_params_with(field, json!(name)), "email", json!(email));
            let reply = app.post(ADD, &token, &body).await;
            if is_short {
                reply.payload();
            } else {
                assert_eq!(reply.error_code(), "request_invalid");
            }
        }
    }
}

#[tokio::test]
async fn invalid_emails_and_weak_passwords_have_their_own_codes() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    for email in ["quan", "quan@", "@b.vn", "a b@c.vn", "a@b", "quán@b.vn"] {
        let body = create_params_with("email", json!(email));
        assert_eq!(error_code(&app, &token, &body).await, "email_invalid", "{email}");
    }
    for password in ["Ab1-567", "matkhau-1", "MATKHAU-1", "Mat-khau", "Matkhau1"] {
        let body = create_params_with("password", json!(password));
        assert_eq!(error_code(&app, &token, &body).await, "password_invalid", "{password}");
    }
    let body = create_params_with("password", json!("Ab1-5678"));
    app.post(ADD, &token, &body).await.payload();
}

#[tokio::test]
async fn an_email_is_unique_across_partners_ignoring_case() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    app.add(&token).await;
    for email in ["Chu.Quan@quan-moi.example", "chu.quan@QUAN-MOI.example"] {
        let body = create_params_with("email", json!(email));
        assert_eq!(error_code(&app, &token, &body).await, "email_registered");
    }
    let other = app.token(EMPTY_KEY).await;
    assert_eq!(error_code(&app, &other, &create_params()).await, "email_registered");
    // A rejected request adds nothing.
    assert_eq!(app.list(&token, 1, 1, "").await["total_items"], 121);
}

#[tokio::test]
async fn the_special_email_always_fails() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    for email in
        ["create-tenant-error@example.com", "Create-Tenant-Error@quan-moi.example", "create-tenant-error@example.com"]
    {
        let body = create_params_with("email", json!(email));
        assert_eq!(error_code(&app, &token, &body).await, "create_tenant_error");
    }
    let body = create_params_with("email", json!("create-tenant-error-2@example.com"));
    app.post(ADD, &token, &body).await.payload();
}

#[tokio::test]
async fn generated_values_of_a_new_tenant_depend_on_the_seed_only() {
    let added = async |seed: &str| {
        let app = TestApp::new(&["--seed", seed]);
        let token = app.token(PARTNER_KEY).await;
        let id = app.add(&token).await;
        app.info(&token, &id).await["api_key"].clone()
    };
    assert_eq!(added("3").await, added("3").await);
    assert_ne!(added("3").await, added("4").await);
}
