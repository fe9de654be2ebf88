use crate::support::*;

#[tokio::test]
async fn an_active_tenant_has_every_documented_field() {
    let bench = Bench::new(&["--tenants", "9"]);
    let token = bench.token(PARTNER_KEY).await;
    let page = bench.list(&token, 1, 9, "").await;
    let mut numbers = 0;
    let mut active = 0;
    for item in page["items"].as_array().expect("items") {
        let info = bench.info(&token, item["id"].as_str().expect("an id")).await;
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
async fn wants_an_id_and_a_known_one() {
    let bench = Bench::new(&[]);
    let token = bench.token(PARTNER_KEY).await;
    for (query, code) in [
        ("", "request_invalid"),
        ("?id=", "request_invalid"),
        ("?id=%20", "request_invalid"),
        ("?id=000000000000000000000000", "tenant_not_found"),
        ("?id=%00%F0", "tenant_not_found"),
    ] {
        let reply = bench.get(&format!("{INFO}{query}"), &token).await;
        assert_eq!(reply.code(), code, "{query}");
    }
}

#[tokio::test]
async fn another_partners_tenant_is_not_found() {
    let bench = Bench::new(&[]);
    let main = bench.token(PARTNER_KEY).await;
    let empty = bench.token(EMPTY_KEY).await;
    let id = bench.add(&empty).await;
    bench.info(&empty, &id).await;
    let reply = bench.get(&format!("{INFO}?id={id}"), &main).await;
    assert_eq!(reply.code(), "tenant_not_found");
}
