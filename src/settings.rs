//! What a client was told when it connected, checked.

use std::rc::Rc;

use js_sys::Function;
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::{JsCast, JsValue};

use crate::call::token::TokenSource;
use crate::error::{BaseUrlFault, Kind, Language, Rule};
use crate::input::{self, Arguments, Issues, REQUEST_INVALID};
use crate::js;
use crate::objects::to_js;

const DEFAULT_TIMEOUT_MS: f64 = 30_000.0;
const DEFAULT_MAX_RETRIES: f64 = 2.0;

/// The options of `connect`, checked.
pub struct Settings {
    /// Without a trailing slash.
    pub base_url: String,
    pub token: TokenSource,
    pub timeout_ms: f64,
    pub max_retries: f64,
    pub language: Language,
    /// In place of the page's own.
    pub fetch: Option<Function>,
    pub on_event: Option<Function>,
    /// Writes go in a way that the browser cannot repeat.
    pub single_send: bool,
}

impl Settings {
    pub fn read(options: &JsValue) -> Result<Self, (Kind, Language)> {
        // `wasm` is the loader's: it has been used by now.
        let known =
            ["baseUrl", "token", "timeoutMs", "maxRetries", "language", "fetch", "wasm", "onEvent", "singleSend"];
        let mut issues = Issues::default();
        let mut language = Language::En;
        let settings =
            Arguments::new(options, "options", &[&known], Some(REQUEST_INVALID), &mut issues).and_then(|mut args| {
                language = read_language(&mut args);
                let base_url = read_base_url(&mut args);
                let token = read_token(&mut args);
                let timeout_ms = args.milliseconds("timeoutMs").unwrap_or(DEFAULT_TIMEOUT_MS);
                let max_retries = args.whole("maxRetries", 0).unwrap_or(DEFAULT_MAX_RETRIES);
                let fetch = args.function("fetch");
                let on_event = args.function("onEvent");
                let single_send = args.boolean("singleSend").unwrap_or_default();
                let (base_url, token) = (base_url?, token?);
                Some(Self { base_url, token, timeout_ms, max_retries, language, fetch, on_event, single_send })
            });
        match settings {
            Some(settings) if issues.0.is_empty() => Ok(settings),
            _ => Err((Kind::Validation(issues.0), language)),
        }
    }

    /// Tells the listener, if there is one.
    pub fn emit(&self, event: ClientEvent<'_>) {
        if let Some(listener) = &self.on_event {
            js::notify(listener, &to_js(&event));
        }
    }
}

fn read_language(args: &mut Arguments<'_>) -> Language {
    let value = args.value("language");
    match value.as_string().as_deref() {
        Some("en") => Language::En,
        Some("vi") => Language::Vi,
        None if value.is_undefined() => Language::En,
        _ => {
            args.issues.add("language", REQUEST_INVALID, Rule::OneOf("\"en\", \"vi\""));
            Language::En
        }
    }
}

fn read_base_url(args: &mut Arguments<'_>) -> Option<String> {
    let text = args.verbatim("baseUrl", REQUEST_INVALID)?;
    // The browser has the last word on what a host is.
    let url = input::base_url(&text).and_then(|url| if js::is_url(&url) { Ok(url) } else { Err(BaseUrlFault::Host) });
    url.map_err(|fault| args.issues.add("baseUrl", REQUEST_INVALID, Rule::BaseUrl(fault))).ok()
}

fn read_token(args: &mut Arguments<'_>) -> Option<TokenSource> {
    let value = args.value("token");
    if let Some(provider) = value.dyn_ref::<Function>() {
        return Some(TokenSource::Provider(provider.clone()));
    }
    let token = args.verbatim("token", REQUEST_INVALID)?;
    if input::is_token(&token) {
        return Some(TokenSource::Fixed(Rc::from(token)));
    }
    args.issues.add("token", REQUEST_INVALID, Rule::Token);
    None
}

/// The options that every call takes, checked.
#[derive(Debug, Clone, Default)]
pub struct CallOptions {
    /// An `AbortSignal`, or `undefined`.
    pub signal: JsValue,
    pub timeout_ms: Option<f64>,
    pub max_retries: Option<f64>,
}

/// The fields of [`CallOptions`].
pub const CALL_OPTIONS: [&str; 3] = ["signal", "timeoutMs", "maxRetries"];

impl CallOptions {
    pub fn read(options: &JsValue, issues: &mut Issues) -> Self {
        Arguments::new(options, "options", &[&CALL_OPTIONS], None, issues)
            .map(|mut args| Self::from_arguments(&mut args))
            .unwrap_or_default()
    }

    /// From an object that holds other options too.
    pub fn from_arguments(args: &mut Arguments<'_>) -> Self {
        Self {
            signal: read_signal(args),
            timeout_ms: args.milliseconds("timeoutMs"),
            max_retries: args.whole("maxRetries", 0),
        }
    }
}

/// By shape: a signal from another frame is of another class.
fn read_signal(args: &mut Arguments<'_>) -> JsValue {
    let value = args.value("signal");
    if value.is_undefined() {
        return value;
    }
    let is_signal =
        js::field(&value, "addEventListener").is_function() && js::field(&value, "aborted").as_bool().is_some();
    if !is_signal {
        args.issues.add("signal", REQUEST_INVALID, Rule::Type("AbortSignal"));
    }
    value
}

/// What a client tells its `onEvent` while it works. Holds no secret and no body. By `type`:
///
/// - `request`: a request goes out; `attempt` is 1 for the first one of a call.
/// - `response`: response headers came in, `elapsedMs` after the request.
/// - `retry`: a read failed with `code` and will be sent again in `delayMs`.
/// - `token`: the token provider is asked, because there was no token yet (`first`), or because the server refused the last
///   one (`refused`).
/// - `singleSendUnavailable`: a write goes without `singleSend`, although that was asked for; the `browser` has no request
///   streams, or the base URL is an `http` one.
///
/// `endpoint` is method and path, such as `GET /api/partner/tenant/info`.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ClientEvent<'a> {
    /// A request goes out.
    Request {
        /// Method and path, such as `GET /api/partner/tenant/info`.
        endpoint: &'a str,
        /// 1 for the first request of a call.
        attempt: u32,
    },
    /// Response headers came in.
    Response {
        /// Method and path, such as `GET /api/partner/tenant/info`.
        endpoint: &'a str,
        /// 1 for the first request of a call.
        attempt: u32,
        http_status: u16,
        /// From the request to the headers, in ms.
        elapsed_ms: f64,
    },
    /// A read failed and will be sent again.
    Retry {
        /// Method and path, such as `GET /api/partner/tenant/info`.
        endpoint: &'a str,
        /// The request that failed; 1 for the first of a call.
        attempt: u32,
        /// The code of the failure.
        code: &'a str,
        /// How long the client waits before it tries again, in ms.
        delay_ms: f64,
    },
    /// A write goes without `singleSend`, although that was asked for: the browser may repeat it.
    SingleSendUnavailable {
        /// Method and path, such as `POST /api/partner/tenant/add`.
        endpoint: &'a str,
        /// `browser`: it has no request streams; `http`: they need https.
        #[tsify(type = "\"browser\" | \"http\"")]
        reason: &'static str,
    },
    /// The token provider is asked.
    Token {
        /// `first`: there was no token yet; `refused`: the server refused the last one.
        #[tsify(type = "\"first\" | \"refused\"")]
        reason: &'static str,
    },
}
