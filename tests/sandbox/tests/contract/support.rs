//! A sandbox without a socket, with a clock that only advances when a test says so.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
    response::Response,
};
use clap::Parser as _;
use omicall_sandbox::{Sandbox, cli::Cli, clock::Clock, router};
use serde_json::{Value, json};
use tower::ServiceExt as _;

pub const PARTNER_KEY: &str = "sandbox-partner-key";
pub const EMPTY_KEY: &str = "sandbox-empty-key";
pub const SUSPENDED_KEY: &str = "sandbox-suspended-key";

pub const ADD: &str = "/api/partner/tenant/add";
pub const LIST: &str = "/api/partner/tenant/list";
pub const INFO: &str = "/api/partner/tenant/info";
pub const UPDATE_BALANCE: &str = "/api/partner/tenant/update_balance";
pub const ME: &str = "/api/partner/me";
pub const AGENCY: &str = "/api/partner/agency_tenant/info";
pub const PACKAGES: &str = "/api/partner/service_package/list";
pub const TEMPLATES: &str = "/api/partner/service_package_v2/template/list";
pub const NUMBERS: &str = "/api/partner/public_number/list";
pub const UPGRADE: &str = "/api/partner/service_package/upgrade";
pub const EXTEND: &str = "/api/partner/service_package/extend";
pub const BUY: &str = "/api/partner/public_number/buy";

/// The initial time of the test clock.
pub const NOW: i64 = 1_790_000_000_000;

struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

pub struct TestApp {
    router: Router,
    clock: Arc<TestClock>,
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl TestApp {
    /// Creates a sandbox with these command-line flags.
    pub fn new(flags: &[&str]) -> Self {
        let clock = Arc::new(TestClock(AtomicI64::new(NOW)));
        let cli = Cli::parse_from(["omicall-sandbox"].iter().chain(flags));
        let sandbox = Arc::new(Sandbox::new(cli, clock.clone()));
        Self { router: router(sandbox), clock }
    }

    pub fn advance(&self, millis: i64) {
        self.clock.0.fetch_add(millis, Ordering::SeqCst);
    }

    pub async fn respond(&self, request: Request<Body>) -> Response {
        let Ok(response) = self.router.clone().oneshot(request).await;
        response
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let (parts, body) = self.respond(request).await.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a complete body");
        Reply { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).expect("UTF-8") }
    }

    pub async fn call(&self, method: Method, path: &str, token: Option<&str>, body: impl Into<Body>) -> Reply {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ORIGIN, "http://localhost:5173")
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(body.into()).expect("a request");
        self.send(request).await
    }

    pub async fn get(&self, path: &str, token: &str) -> Reply {
        self.call(Method::GET, path, Some(token), Body::empty()).await
    }

    pub async fn post(&self, path: &str, token: &str, body: &Value) -> Reply {
        self.call(Method::POST, path, Some(token), body.to_string()).await
    }

    pub async fn post_raw(&self, path: &str, token: &str, body: &'static str) -> Reply {
        self.call(Method::POST, path, Some(token), body).await
    }

    /// A new token for an API key.
    pub async fn token(&self, key: &str) -> String {
        let path = format!("/api/auth?apiKey={key}");
        let payload = self.call(Method::GET, &path, None, Body::empty()).await.payload();
        payload["access_token"].as_str().expect("a token").to_owned()
    }

    pub async fn list(&self, token: &str, page: u64, size: u64, keyword: &str) -> Value {
        let path = format!("{LIST}?page={page}&size={size}");
        self.post(&path, token, &json!({ "keyword": keyword })).await.payload()
    }

    pub async fn info(&self, token: &str, id: &str) -> Value {
        self.get(&format!("{INFO}?id={id}"), token).await.payload()
    }

    /// Adds the sample tenant and returns its id.
    pub async fn add(&self, token: &str) -> String {
        let payload = self.post(ADD, token, &create_params()).await.payload();
        payload["id"].as_str().expect("an id").to_owned()
    }
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    /// The payload of a response that must be a success.
    pub fn payload(&self) -> Value {
        let mut json = self.json();
        assert_eq!(self.status, StatusCode::OK);
        assert_eq!(json["status_code"], 9999, "{json}");
        assert_eq!(json.get("message"), None);
        assert!(json["instance_id"].is_string() && json["instance_name"].is_string());
        assert_eq!(json["key_enabled"], false);
        json["payload"].take()
    }

    /// The error code of a response that must be a failure.
    pub fn error_code(&self) -> String {
        let json = self.json();
        assert_eq!(self.status, StatusCode::OK);
        assert_eq!(json["status_code"], -9999, "{json}");
        assert_eq!(json.get("payload"), None);
        assert_eq!(json["key_enabled"], false);
        json["message"].as_str().expect("a code").to_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn assert_gateway_page(&self, status: StatusCode) {
        assert_eq!(self.status, status);
        assert!(self.text.starts_with("<html>"), "{}", self.text);
        assert_eq!(self.header("content-type"), Some("text/html; charset=utf-8"));
    }
}

/// A valid body for tenant/add.
pub fn create_params() -> Value {
    json!({
        "email": "Chu.Quan@quan-moi.example",
        "password": "Mat-khau-1",
        "fullName": "Công ty TNHH Quán Mới",
        "ownerName": "Trịnh Chủ Quán",
        "phone": "0912345678",
    })
}

/// The same with one field changed; `null` removes it.
pub fn create_params_with(field: &str, value: Value) -> Value {
    with(create_params(), field, value)
}

pub fn with(mut body: Value, field: &str, value: Value) -> Value {
    let map = body.as_object_mut().expect("an object");
    if value.is_null() {
        map.remove(field);
    } else {
        map.insert(field.to_owned(), value);
    }
    body
}
