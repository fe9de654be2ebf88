use std::collections::HashSet;

use serde_json::{Value, json};

use crate::support::*;

fn emails(page: &Value) -> Vec<&str> {
    page["items"].as_array().expect("items").iter().map(|item| item["email"].as_str().expect("an e-mail")).collect()
}

#[tokio::test]
async fn pages_have_the_documented_shape_and_cover_all_tenants() {
    let app = TestApp::new(&["--tenants", "25"]);
    let token = app.token(PARTNER_KEY).await;
    let mut seen = HashSet::new();
    for (page, items, has_next, next, has_previous, previous) in
        [(1, 10, true, 2, false, 1), (2, 10, true, 3, true, 1), (3, 5, false, 3, true, 2), (4, 0, false, 4, true, 3)]
    {
        let mut payload = app.list(&token, page, 10, "").await;
        assert_eq!(emails(&payload).len(), items);
        seen.extend(emails(&payload).into_iter().map(str::to_owned));
        payload["items"] = json!([]);
        assert_eq!(
            payload,
            json!({
                "items": [],
                "page_number": page,
                "page_size": 10,
                "total_items": 25,
                "total_pages": 3,
                "has_next": has_next,
                "next_page": next,
                "has_previous": has_previous,
                "previous_page": previous,
            })
        );
    }
    assert_eq!(seen.len(), 25);
}

#[tokio::test]
async fn the_largest_page_has_all_tenants_newest_first() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    let page = app.list(&token, 1, 10_000, "").await;
    assert_eq!(emails(&page).len(), 120);
    let dates: Vec<i64> =
        page["items"].as_array().expect("items").iter().filter_map(|item| item["effective_date"].as_i64()).collect();
    assert!(dates.len() > 90);
    assert!(dates.is_sorted_by(|newer, older| newer > older));
}

#[tokio::test]
async fn items_have_the_expected_fields_but_no_api_key() {
    let app = TestApp::new(&["--activation-ms", "0..0"]);
    let token = app.token(PARTNER_KEY).await;
    let body = create_params_with("isAutoActive", json!(true));
    app.post(ADD, &token, &body).await.payload();
    let page = app.list(&token, 1, 1, "").await;
    let item = &page["items"][0];
    for field in [
        "id",
        "full_name",
        "email",
        "phone",
        "status",
        "enabled",
        "balance",
        "currency",
        "paid_type",
        "domain",
        "domain_expire",
        "effective_date",
        "expire_date",
        "public_numbers",
        "service_package",
    ] {
        assert!(!item[field].is_null(), "{field}");
    }
    assert_eq!(item.get("api_key"), None);
}

#[tokio::test]
async fn page_and_size_are_positive_integers() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    for query in [
        "",
        "?page=1",
        "?size=50",
        "?page=0&size=50",
        "?page=1&size=0",
        "?page=-1&size=50",
        "?page=1.5&size=50",
        "?page=one&size=50",
        "?page=&size=50",
        "?page=1&size=10001",
        "?page=99999999999999999999&size=50",
    ] {
        let reply = app.post(&format!("{LIST}{query}"), &token, &json!({})).await;
        assert_eq!(reply.error_code(), "request_invalid", "{query}");
    }
    // The largest page number gives an empty page and no overflow.
    let page = app.list(&token, u64::MAX, 10_000, "").await;
    assert_eq!(page["items"], json!([]));
}

#[tokio::test]
async fn the_body_must_be_json_and_the_keyword_is_optional() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    let path = format!("{LIST}?page=1&size=1");
    for bad in ["", " ", "null", "keyword=a", "{"] {
        let code = app.post_raw(&path, &token, bad).await.error_code();
        assert_eq!(code, "request_body_required", "{bad:?}");
    }
    for bad in ["[]", "\"a\"", r#"{"keyword":5}"#] {
        let code = app.post_raw(&path, &token, bad).await.error_code();
        assert_eq!(code, "request_invalid", "{bad:?}");
    }
    for all in ["{}", r#"{"keyword":null}"#, r#"{"keyword":""}"#, r#"{"keyword":" "}"#] {
        let page = app.post_raw(&path, &token, all).await.payload();
        assert_eq!(page["total_items"], 120, "{all:?}");
    }
}

#[tokio::test]
async fn a_keyword_matches_names_and_emails_ignoring_diacritics_and_case() {
    let app = TestApp::new(&["--tenants", "0"]);
    let token = app.token(PARTNER_KEY).await;
    for (email, name) in [
        ("mot@quan.example", "Công ty Nguyễn Đình"),
        ("hai@quan.example", "NGUYỄN ĐÌNH CHIỂU"),
        ("ba@nguyen.example", "Công ty Trần"),
        ("BON@quan.example", "Công ty Lê"),
    ] {
        let body = create_params_with("email", json!(email));
        let body = with(body, "fullName", json!(name));
        app.post(ADD, &token, &body).await.payload();
    }
    for (keyword, expected) in [
        ("nguyen", &["ba@nguyen.example", "hai@quan.example", "mot@quan.example"][..]),
        ("Nguyễn", &["ba@nguyen.example", "hai@quan.example", "mot@quan.example"]),
        ("ĐÌNH", &["hai@quan.example", "mot@quan.example"]),
        ("  dinh chieu ", &["hai@quan.example"]),
        ("bon@QUAN", &["BON@quan.example"]),
        ("tran", &["ba@nguyen.example"]),
        ("@quan.example", &["BON@quan.example", "hai@quan.example", "mot@quan.example"]),
        // Decomposed, then partly composed.
        ("Nguye\u{302}\u{303}n", &[]),
        ("Nguyê\u{303}n", &[]),
        ("khong-co", &[]),
        // No match across name and e-mail.
        ("le\nbon", &[]),
        ("le bon", &[]),
    ] {
        let page = app.list(&token, 1, 50, keyword).await;
        assert_eq!(emails(&page), expected, "{keyword:?}");
        assert_eq!(page["total_items"], expected.len(), "{keyword:?}");
    }
    let page = app.list(&token, 1, 50, "khong-co").await;
    assert_eq!(page["total_pages"], 0);
    assert_eq!(page["has_next"], false);
}

#[tokio::test]
async fn pages_contain_search_results_only() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    let all = app.list(&token, 1, 1000, "nguyen").await;
    let total = all["total_items"].as_u64().expect("a count");
    assert!((2..120).contains(&total), "{total}");
    let second = app.list(&token, 2, 1, "nguyen").await;
    assert_eq!(second["total_pages"], total);
    assert_eq!(second["items"][0], all["items"][1]);
}

#[tokio::test]
async fn partners_do_not_see_each_others_tenants() {
    let app = TestApp::new(&[]);
    let main = app.token(PARTNER_KEY).await;
    let empty = app.token(EMPTY_KEY).await;
    assert_eq!(app.list(&empty, 1, 50, "").await["total_items"], 0);
    app.add(&empty).await;
    let page = app.list(&empty, 1, 50, "").await;
    assert_eq!(emails(&page), ["Chu.Quan@quan-moi.example"]);
    assert_eq!(app.list(&main, 1, 50, "").await["total_items"], 120);
    let page = app.list(&main, 1, 50, "quan-moi").await;
    assert_eq!(page["total_items"], 0);
}
