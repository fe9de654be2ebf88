//! A sandbox with a clock that only advances when a test says so.

use std::{
    pin::Pin,
    time::{SystemTime, UNIX_EPOCH},
};

use axum::{
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use futures_util::FutureExt as _;
use serde_json::{Value, json};

use crate::door::{Door, OpenDoor};

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

pub const STATE: &str = "/sandbox/state";
pub const REQUESTS: &str = "/sandbox/requests";

/// The time at which the clock of a [`TestApp`] stands still.
pub const NOW: i64 = 1_790_000_000_000;
pub const DAY: i64 = 24 * 60 * 60 * 1000;

pub struct TestApp(OpenDoor);

#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

/// A fault has cut the connection; in the same process the promise or the body's stream is rejected.
#[derive(Debug)]
pub enum Cut {
    BeforeHeaders,
    /// With the part of the body that has arrived.
    InBody(Reply),
}

/// A call that has no response yet.
pub type Waiting<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

impl TestApp {
    /// Starts a sandbox with these command-line flags, or with options that mean the same.
    pub fn new(flags: &[&str]) -> Self {
        Self::with_real_clock(&[&["--now", &NOW.to_string()], flags].concat())
    }

    pub fn with_real_clock(flags: &[&str]) -> Self {
        Self(Door::chosen().open(flags))
    }

    /// Moves the clock forward. This and what follows until [`Self::try_send`] needs `--admin`.
    pub async fn advance(&self, mut ms: i64) {
        loop {
            // The route takes at most 49 days.
            let step = ms.min(40 * DAY);
            let reply = self.post("/sandbox/advance", "", &json!({ "ms": step })).await;
            assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
            ms -= step;
            if ms == 0 {
                return;
            }
        }
    }

    pub async fn reset(&self) -> Value {
        self.post("/sandbox/reset", "", &json!({})).await.json()
    }

    /// The request log.
    pub async fn requests(&self) -> Vec<Value> {
        self.get(REQUESTS, "").await.json().as_array().expect("a list").clone()
    }

    /// Makes a call that waits for the clock: returns when the sandbox has received the request.
    pub async fn start<'a, T>(&self, call: impl Future<Output = T> + 'a) -> Waiting<'a, T> {
        let received = self.requests().await.len();
        let mut call: Waiting<'a, T> = Box::pin(call);
        while self.requests().await.len() == received {
            assert!(call.as_mut().now_or_never().is_none(), "there is a response");
        }
        self.assert_no_response(&mut call).await;
        call
    }

    /// The sandbox answers other requests, but not this one.
    pub async fn assert_no_response<T>(&self, call: &mut Waiting<'_, T>) {
        for _ in 0..2 {
            assert_eq!(self.get(STATE, "").await.status, StatusCode::OK);
            assert!(call.as_mut().now_or_never().is_none(), "there is a response");
        }
    }

    pub async fn try_send(&self, request: Request<Body>) -> Result<Reply, Cut> {
        self.0.send(request).await
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        self.try_send(request).await.expect("a complete response")
    }

    pub async fn try_call(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: impl Into<Body>,
    ) -> Result<Reply, Cut> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ORIGIN, "http://localhost:5173")
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        self.try_send(request.body(body.into()).expect("a request")).await
    }

    pub async fn call(&self, method: Method, path: &str, token: Option<&str>, body: impl Into<Body>) -> Reply {
        self.try_call(method, path, token, body).await.expect("a complete response")
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

/// In epoch milliseconds.
pub fn machine_time() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    i64::try_from(since.as_millis()).expect("a date")
}
