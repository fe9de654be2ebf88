//! What is sent: an API request, described before anything happens, and the HTTP request of one attempt.

use std::fmt::Debug;
use std::rc::Rc;

use js_sys::{Function, Number, Promise, Reflect};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;
use web_sys::{
    AbortSignal, ReferrerPolicy, Request, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
};

use super::connection::Connection;
use crate::config::CallOptions;
use crate::error::{ErrorKind, Reconcile, Result, Text};
use crate::platform::bindings::fetch;
use crate::platform::guarded;
use crate::platform::promise::promise_of;
use crate::platform::schema::{Check, anything};
use crate::platform::serialize::{stringify, to_js, to_json};
use crate::validation::params::{Params, field, params};
use crate::validation::types::Param;
use crate::validation::{FieldReader, Issues, LONE_SURROGATE, REQUEST_INVALID, rules, well_formed};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

impl Method {
    pub fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
        }
    }
}

/// Whether the server's state changes. A write is never retried.
#[derive(Clone)]
pub enum Access {
    Read,
    Write { operation: &'static str, reconcile: Reconcile },
}

/// A request of one endpoint.
#[derive(Clone)]
pub struct ApiRequest {
    pub method: Method,
    /// Below the base URL, starting with a slash.
    pub path: String,
    /// Encoded, without its question mark; empty for none.
    pub query: String,
    /// JSON.
    pub body: Option<String>,
    pub access: Access,
    /// The check of the payload.
    pub check: Check,
}

impl ApiRequest {
    /// A read of a payload that is not documented. Some reads are POSTs.
    pub fn read(method: Method, path: &str) -> Self {
        let (query, body, access) = (String::new(), None, Access::Read);
        Self { method, path: path.into(), query, body, access, check: anything }
    }

    /// A write whose payload is not documented.
    pub fn write(operation: &'static str, path: &str, reconcile: Reconcile) -> Self {
        Self { access: Access::Write { operation, reconcile }, ..Self::read(Method::Post, path) }
    }

    pub fn query(mut self, name: &str, value: &str) -> Self {
        append_query(&mut self.query, name, value);
        self
    }

    /// Asks for one page of a list; both numbers are validated integers.
    pub fn page(self, page: f64, size: f64) -> Self {
        self.query("page", &(page as u64).to_string()).query("size", &(size as u64).to_string())
    }

    /// Sends a struct as JSON. Fails where a value has no JSON; nothing is left out of a request.
    pub fn json(mut self, body: &impl Serialize) -> Result<Self> {
        self.body = Some(to_json(body).map_err(ErrorKind::Converted)?);
        Ok(self)
    }

    /// Checks the payload of the response.
    pub fn returns(self, check: Check) -> Self {
        Self { check, ..self }
    }

    /// Method and path: what errors and events name.
    pub fn endpoint(&self) -> Rc<str> {
        [self.method.name(), " ", &self.path].concat().into()
    }

    pub fn url(&self, base_url: &str) -> String {
        let mark = if self.query.is_empty() { "" } else { "?" };
        [base_url, &self.path, mark, &self.query].concat()
    }
}

/// The parameters of an endpoint that is one request.
pub trait Endpoint: Params {
    /// The server's code for missing parameters.
    const MISSING: &'static str;

    fn request(self, connection: &Rc<Connection>) -> Result<ApiRequest>;
}

/// Adds `name=value` to an encoded query.
fn append_query(query: &mut String, name: &str, value: &str) {
    let separator = if query.is_empty() { "" } else { "&" };
    let encode = |text| String::from(js_sys::encode_uri_component(text));
    *query = [query, separator, &encode(name), "=", &encode(value)].concat();
}

/// The request of one attempt.
pub struct HttpRequest<'a> {
    pub request: &'a ApiRequest,
    pub base_url: &'a str,
    /// Empty for none.
    pub token: &'a str,
    pub signal: AbortSignal,
    pub credentials: &'a str,
    /// Sends the body as a stream: the browser cannot repeat it.
    pub streams_body: bool,
}

/// Why there is no promise of a response.
pub enum SendError {
    /// `fetch` was not called: nothing was sent.
    NotCalled(JsValue),
    /// `fetch` threw. A wrapper may throw after it has sent the request, and pages replace their own `fetch` by wrappers too.
    Threw(JsValue),
}

/// The options of `fetch` for a `fetch` of the caller's: wrappers copy them, and so need headers that are a plain object.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FetchInit<'a> {
    method: &'a str,
    headers: FetchHeaders<'a>,
    #[serde(with = "serde_wasm_bindgen::preserve", skip_serializing_if = "JsValue::is_undefined")]
    body: JsValue,
    #[serde(skip_serializing_if = "Option::is_none")]
    duplex: Option<&'a str>,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    signal: JsValue,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache: Option<&'a str>,
    credentials: &'a str,
    redirect: &'a str,
    referrer_policy: &'a str,
}

#[derive(Serialize)]
struct FetchHeaders<'a> {
    #[serde(rename = "Accept")]
    accept: &'a str,
    #[serde(rename = "Authorization", skip_serializing_if = "Option::is_none")]
    authorization: Option<&'a str>,
    #[serde(rename = "Content-Type", skip_serializing_if = "Option::is_none")]
    content_type: Option<&'a str>,
}

const JSON: &str = "application/json";

impl HttpRequest<'_> {
    /// Hands the request to the browser, or to the `fetch` of the caller. The request goes to the origin of the base URL only:
    /// without referrer or redirects.
    pub fn send(&self, injected: Option<&Function>) -> std::result::Result<Promise, SendError> {
        let called = match injected {
            Some(injected) => {
                let url = self.request.url(self.base_url);
                let init = self.fetch_init().map_err(SendError::NotCalled)?;
                injected.call2(&JsValue::UNDEFINED, &url.into(), &init)
            }
            None => fetch(&self.browser_request().map_err(SendError::NotCalled)?),
        };
        called.map(|sent| promise_of(Ok(sent))).map_err(SendError::Threw)
    }

    fn authorization(&self) -> Option<String> {
        (!self.token.is_empty()).then(|| ["Bearer ", self.token].concat())
    }

    /// `no-store` keeps the response of a GET (a tenant has an API key and a balance) out of caches. No browser caches the response
    /// of a POST, and `no-store` would bypass the preflight cache, so that every POST would cost an OPTIONS request.
    fn keeps_out_of_caches(&self) -> bool {
        self.request.method == Method::Get
    }

    fn browser_request(&self) -> std::result::Result<Request, JsValue> {
        let url = self.request.url(self.base_url);
        let builder = match self.request.method {
            Method::Get => gloo_net::http::Request::get(&url),
            Method::Post => gloo_net::http::Request::post(&url),
        };
        let mut builder = builder
            .header("Accept", JSON)
            .credentials(match self.credentials {
                "include" => RequestCredentials::Include,
                "same-origin" => RequestCredentials::SameOrigin,
                _ => RequestCredentials::Omit,
            })
            .redirect(RequestRedirect::Manual)
            .referrer_policy(ReferrerPolicy::NoReferrer)
            .abort_signal(Some(&self.signal));
        if let Some(authorization) = self.authorization() {
            builder = builder.header("Authorization", &authorization);
        }
        if self.keeps_out_of_caches() {
            builder = builder.cache(RequestCache::NoStore);
        }
        let built = match &self.request.body {
            Some(body) => builder.header("Content-Type", JSON).body(body),
            None => builder.build(),
        };
        let request: Request = built.map_err(|error| js_sys::Error::new(&error.to_string()))?.into();
        if !self.streams_body {
            return Ok(request);
        }
        let init = RequestInit::new();
        init.set_body(&self.body()?);
        // A `Request` with changes loses the policy of the one that it is made from.
        init.set_referrer_policy(ReferrerPolicy::NoReferrer);
        Reflect::set(&init, &"duplex".into(), &"half".into())?;
        Request::new_with_request_and_init(&request, &init)
    }

    fn fetch_init(&self) -> std::result::Result<JsValue, JsValue> {
        let body = self.body()?;
        to_js(&FetchInit {
            method: self.request.method.name(),
            headers: FetchHeaders {
                accept: JSON,
                authorization: self.authorization().as_deref(),
                content_type: self.request.body.as_ref().map(|_| JSON),
            },
            body,
            duplex: self.streams_body.then_some("half"),
            signal: self.signal.clone().into(),
            cache: self.keeps_out_of_caches().then_some("no-store"),
            credentials: self.credentials,
            redirect: "manual",
            referrer_policy: "no-referrer",
        })
    }

    fn body(&self) -> std::result::Result<JsValue, JsValue> {
        match &self.request.body {
            Some(body) if self.streams_body => Ok(Response::new_with_opt_str(Some(body))?.body().into()),
            // Empty, but sent in a way that the browser cannot repeat.
            None if self.streams_body => Ok(Response::new_with_opt_str(Some(""))?.body().into()),
            Some(body) => Ok(body.into()),
            None => Ok(JsValue::UNDEFINED),
        }
    }
}

params! {
    /// Options of {@link PartnerClient.request}.
    #[derive(Debug, Tsify)]
    RequestOptions
    extends { call: CallOptions }
    optional {
        /// Appended to the path, encoded.
        query: QueryString = "Record<string, string | number | boolean> | undefined";
        /// Sent as JSON; for POST only.
        body: JsValue = "unknown";
    }
}

/// An encoded query.
#[derive(Debug, Default)]
pub struct QueryString(String);

impl Param for QueryString {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        let value = reader.value.clone();
        let Some(names) = guarded::keys(&value).filter(|_| guarded::is_plain(&value)) else {
            return reader.wrong_type("object");
        };
        let mut query = String::new();
        for key in names.iter() {
            let name = key.as_string().unwrap_or_default();
            match (well_formed(key.unchecked_ref()), query_value(&guarded::field(&value, &name))) {
                (Some(_), Ok(text)) => append_query(&mut query, &name, &text),
                (None, _) | (_, Err(None)) => add_query_issue(reader.issues, &name, LONE_SURROGATE),
                (_, Err(Some(text))) => add_query_issue(reader.issues, &name, text),
            }
        }
        Some(Self(query))
    }
}

fn add_query_issue(issues: &mut Issues, name: &str, text: &Text) {
    issues.add_named(&["query.", name].concat(), REQUEST_INVALID, issues.language.pick(text));
}

/// A value as text; the browser writes numbers. Without a text in the error: a lone surrogate.
fn query_value(value: &JsValue) -> std::result::Result<String, Option<&'static Text>> {
    if let Some(text) = value.dyn_ref() {
        return well_formed(text).ok_or(None);
    }
    let number = value.as_f64().filter(|number| number.is_finite());
    let number = number.and_then(|number| Number::from(number).to_string_with_radix(10).ok()).map(String::from);
    number.or_else(|| value.as_bool().map(|flag| flag.to_string())).ok_or(Some(&Text {
        en: "must be of type string, number or boolean",
        vi: "phải có kiểu string, number hoặc boolean",
    }))
}

/// A request of an endpoint that the SDK does not know.
pub fn custom(
    method: &JsValue,
    path: &JsValue,
    init: &JsValue,
    reconcile: Reconcile,
    issues: &mut Issues,
) -> Option<(ApiRequest, CallOptions)> {
    let mut reader = FieldReader::of_argument(field!(method), method, issues);
    let method = match reader.value.as_string().as_deref() {
        Some("GET") => Some(Method::Get),
        Some("POST") => Some(Method::Post),
        _ => reader.not_one_of("\"GET\", \"POST\""),
    };
    let mut reader = FieldReader::of_argument(field!(path), path, issues);
    let path = match reader.value.as_string().filter(|path| rules::is_path(path)) {
        Some(path) => Some(path),
        None => reader.invalid(&Text {
            en: "must start with one / and contain only letters, digits and -._~!$&'()*+,=:@ between single slashes",
            vi: "phải bắt đầu bằng một dấu / và chỉ chứa chữ cái, chữ số và -._~!$&'()*+,=:@ giữa các dấu / đơn",
        }),
    };
    let RequestOptions { call, query, body } = RequestOptions::read_optional(init, field!(init), issues)?;
    let mut reader = FieldReader::of_argument(field!(body), &body.unwrap_or_default(), issues);
    let json = match stringify(&reader.value) {
        _ if reader.value.is_undefined() => Some(None),
        _ if method == Some(Method::Get) => {
            reader.invalid(&Text { en: "cannot be sent with a GET", vi: "không dùng được với GET" })
        }
        Ok(json) => Some(Some(json)),
        Err(_) => reader.invalid(&Text { en: "cannot be written as JSON", vi: "không thể chuyển thành JSON" }),
    };
    let (method, path, body) = (method?, path?, json?);
    let request = match method {
        Method::Get => ApiRequest::read(method, &path),
        Method::Post => ApiRequest::write("request", &path, reconcile),
    };
    Some((ApiRequest { query: query.unwrap_or_default().0, body, ..request }, call))
}
