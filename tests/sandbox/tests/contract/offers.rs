//! What a partner can sell: packages and numbers.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::support::*;

fn assert_prices(prices: &Value) {
    let prices = prices.as_array().expect("prices");
    assert_eq!(prices.iter().map(|price| &price["currency"]).collect::<Vec<_>>(), ["VND", "USD"]);
    assert!(prices[0]["price"].is_u64(), "VND has no minor unit");
    assert!(prices[1]["price"].is_f64());
}

#[tokio::test]
async fn packages_have_the_documented_code_names_and_most_have_prices() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    let packages = app.get(PACKAGES, &token).await.payload();
    let packages = packages.as_array().expect("packages");
    let names: Vec<_> = packages.iter().map(|package| package["code_name"].as_str().expect("a code name")).collect();
    assert_eq!(names, ["trial", "omi_start", "omi_business", "omi_advance", "omi_pro", "customize"]);
    for package in packages {
        assert!(package["service_name"].is_string() && package["note"].is_string());
        assert!(package["staff_num"].is_u64() && package["customer_num"].is_u64());
        let is_sold = package["code_name"].as_str().is_some_and(|name| name.starts_with("omi_"));
        for fees in ["fee_setups", "fee_holds"] {
            assert_eq!(package.get(fees).is_some(), is_sold);
            package.get(fees).into_iter().for_each(assert_prices);
        }
    }
}

#[tokio::test]
async fn there_are_templates() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    assert!(app.get(TEMPLATES, &token).await.payload().as_array().is_some_and(|templates| templates.len() > 1));
}

#[tokio::test]
async fn numbers_are_listed_in_pages_of_50_by_default() {
    let app = TestApp::new(&["--seed", "3"]);
    let token = app.token(PARTNER_KEY).await;
    let mut seen = HashSet::new();
    for (query, page, size, count) in [("", 1, 50, 50), ("?page=2", 2, 50, 50), ("?page=2&size=70", 2, 70, 50)] {
        let list = app.get(&format!("{NUMBERS}{query}"), &token).await.payload();
        assert_eq!((&list["page_number"], &list["page_size"]), (&json!(page), &json!(size)), "{query}");
        assert_eq!((&list["total_items"], &list["has_next"]), (&json!(120), &json!(size == 50)), "{query}");
        let items = list["items"].as_array().expect("items");
        assert_eq!(items.len(), count, "{query}");
        for item in items {
            seen.insert(item["number"].as_str().expect("a number").to_owned());
            for field in ["provider", "provider_type", "number_type", "nation"] {
                assert!(item[field].is_string(), "{field}");
            }
            assert!(item["created_date"].as_i64() <= item["last_updated_date"].as_i64());
            item.get("maintaining_prices").into_iter().for_each(assert_prices);
        }
    }
    assert_eq!(seen.len(), 120);

    let other = TestApp::new(&["--seed", "3"]);
    let token = other.token(EMPTY_KEY).await;
    let same = other.get(NUMBERS, &token).await.payload();
    let items = same["items"].as_array().expect("items");
    assert_eq!(items.len(), 50);
    assert!(items.iter().all(|item| seen.contains(item["number"].as_str().expect("a number"))));
    for query in ["?page=0", "?size=0", "?page=x", "?size=10001"] {
        assert_eq!(other.get(&format!("{NUMBERS}{query}"), &token).await.error_code(), "request_invalid", "{query}");
    }
}

#[tokio::test]
async fn some_numbers_have_no_price() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    let list = app.get(&format!("{NUMBERS}?size=200"), &token).await.payload();
    let items = list["items"].as_array().expect("items");
    assert_eq!(items.iter().filter(|item| item.get("maintaining_prices").is_none()).count(), 1);
}
