use std::collections::HashSet;

use serde_json::Value;

use crate::support::*;

#[tokio::test]
async fn a_partner_has_the_documented_fields_and_its_agency_fewer() {
    let app = TestApp::new(&[]);
    let token = app.token(PARTNER_KEY).await;
    let me = app.get(ME, &token).await.payload();
    for field in ["full_name", "email", "description", "status", "paid_type", "nation", "currency", "language"] {
        assert!(me[field].is_string(), "{field}");
    }
    assert!(me["enabled"].is_boolean() && me["balance"].is_i64());

    let agency = app.get(AGENCY, &token).await.payload();
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<HashSet<_>>();
    assert!(keys(&agency).is_subset(&keys(&me)) && keys(&agency).len() < keys(&me).len());
}

#[tokio::test]
async fn every_endpoint_of_a_partner_needs_the_token_of_one() {
    let app = TestApp::new(&["--tenants", "1"]);
    let partner = app.token(PARTNER_KEY).await;
    let list = app.list(&partner, 1, 1, "").await;
    let info = app.info(&partner, list["items"][0]["id"].as_str().expect("an id")).await;
    let tenant = app.token(info["api_key"].as_str().expect("a key")).await;
    let suspended = app.token(SUSPENDED_KEY).await;
    for path in [ME, AGENCY, PACKAGES, TEMPLATES, NUMBERS] {
        assert_eq!(app.get(path, &tenant).await.error_code(), "tenant_invalid", "{path}");
        assert_eq!(app.get(path, &suspended).await.error_code(), "partner_invalid", "{path}");
    }
}
