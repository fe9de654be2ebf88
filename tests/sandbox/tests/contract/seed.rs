//! The initial tenants and numbers, whose dates follow the day.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::*;

/// All tenants, as the endpoint for one returns them, and all numbers on sale.
async fn data(app: &TestApp) -> Value {
    let token = app.token(PARTNER_KEY).await;
    let list = app.list(&token, 1, 1000, "").await;
    let mut tenants = Vec::new();
    for item in list["items"].as_array().expect("items") {
        tenants.push(app.info(&token, item["id"].as_str().expect("an id")).await);
    }
    let numbers = app.get(&format!("{NUMBERS}?size=1000"), &token).await.payload();
    json!({ "list": list, "tenants": tenants, "numbers": numbers })
}

/// The same with all dates moved.
fn moved(data: &Value, ms: i64) -> Value {
    let is_date = |name: &str| name.ends_with("_date") || name == "domain_expire";
    match data {
        Value::Array(items) => items.iter().map(|item| moved(item, ms)).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| {
                let date = value.as_i64().filter(|_| is_date(name));
                (name.clone(), date.map_or_else(|| moved(value, ms), |date| json!(date + ms)))
            })
            .collect(),
        other => other.clone(),
    }
}

fn app_at(now: i64) -> TestApp {
    TestApp::with_real_clock(&["--now", &now.to_string(), "--tenants", "20", "--admin"])
}

#[tokio::test]
async fn only_the_dates_depend_on_the_day() {
    let first = data(&app_at(NOW)).await;
    assert_ne!(moved(&first, DAY), first);
    for days in [0, 1, 400] {
        assert_eq!(data(&app_at(NOW + days * DAY)).await, moved(&first, days * DAY), "{days}");
    }
    // The day begins at midnight in UTC.
    let midnight = NOW - NOW % DAY;
    assert_eq!(data(&app_at(midnight)).await, first);
    assert_eq!(data(&app_at(midnight - 1)).await, moved(&first, -DAY));
}

#[tokio::test]
async fn dates_stay_when_the_clock_moves_and_when_a_snapshot_is_restored() {
    let app = app_at(NOW);
    let before = data(&app).await;
    app.advance(100 * DAY).await;
    assert_eq!(data(&app).await, before);
    app.reset().await;
    assert_eq!(data(&app).await, before);

    let later = app_at(NOW + 100 * DAY);
    let snapshot = app.get("/sandbox/snapshot", "").await.text;
    let reply = later.call(Method::POST, "/sandbox/restore", None, snapshot).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    assert_eq!(data(&later).await, before);
    later.reset().await;
    assert_eq!(data(&later).await, moved(&before, 100 * DAY));
}

#[tokio::test]
async fn a_real_clock_starts_with_running_packages() {
    let app = TestApp::with_real_clock(&["--tenants", "100"]);
    let token = app.token(PARTNER_KEY).await;
    let now = machine_time();
    let list = app.list(&token, 1, 100, "").await;
    let items = list["items"].as_array().expect("items");
    let newest = items.iter().find_map(|item| item["effective_date"].as_i64()).expect("a date");
    assert!((now - 30 * DAY..now).contains(&newest), "{newest}");
    let expires = |item: &Value| item["service_package"]["expiry_date"].as_i64().expect("a date");
    let running = items.iter().filter(|item| expires(item) > now).count();
    assert!((85..100).contains(&running), "{running}");
}
