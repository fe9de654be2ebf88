use crate::support::*;

#[tokio::test]
async fn an_active_tenant_has_every_documented_field() {
    let app = TestApp::new(&["--tenants", "9"]);
    let token = app.token(PARTNER_KEY).await;
    let page = app.list(&token, 1, 9, "").await;
    let mut numbers = 0;
    let mut active = 0;
    for item in page["items"].as_array().expect("items") {
        let info = app.info(&token, item["id"].as_str().expect("an id")).await;
        assert_eq!(info["email"], item["email"]);
        if info["status"] != "activated" {
            continue;
        }
        active += 1;
        for field in [
            "full_name",
            "email",
            "description",
            "domain",
            "domain_fusion",
            "phone",
            "paid_type",
            "nation",
            "currency",
            "language",
            "api_key",
        ] {
            assert!(info[field].is_string(), "{field}");
        }
        for field in ["domain_expire", "effective_date", "expire_date", "balance"] {
            assert!(info[field].is_i64(), "{field}");
        }
        assert!(info["enabled"].is_boolean());
        let package = &info["service_package"];
        for field in ["code_name", "service_name"] {
            assert!(package[field].is_string(), "{field}");
        }
        for field in ["staff_num", "customer_num", "expiry_date", "cashback"] {
            assert!(package[field].is_i64(), "{field}");
        }
        for number in info["public_numbers"].as_array().expect("numbers") {
            numbers += 1;
            for field in ["number", "provider", "status"] {
                assert!(number[field].is_string(), "{field}");
            }
            assert!(number["expire_date"].is_i64());
        }
    }
    assert_eq!(active, 8);
    assert!(numbers > 0);
}

#[tokio::test]
async fn the_id_is_required_and_must_exist() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    for (query, code) in [
        ("", "request_invalid"),
        ("?id=", "request_invalid"),
        ("?id=%20", "request_invalid"),
        ("?id=000000000000000000000000", "tenant_not_found"),
        ("?id=%00%F0", "tenant_not_found"),
    ] {
        let reply = app.get(&format!("{INFO}{query}"), &token).await;
        assert_eq!(reply.error_code(), code, "{query}");
    }
}

#[tokio::test]
async fn a_tenant_of_another_partner_is_not_found() {
    let app = TestApp::new(&[]);
    let main = app.token(PARTNER_KEY).await;
    let empty = app.token(EMPTY_KEY).await;
    let id = app.add(&empty).await;
    app.info(&empty, &id).await;
    let reply = app.get(&format!("{INFO}?id={id}"), &main).await;
    assert_eq!(reply.error_code(), "tenant_not_found");
}
