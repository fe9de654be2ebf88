//! The options of `connect` and of single calls, checked.

use std::rc::Rc;

use js_sys::Function;
use tsify::Tsify;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Url};

use crate::error::{Language, Text, ValidationIssue};
use crate::events::ClientEvent;
use crate::platform::{guarded, serialize::to_js};
use crate::validation::params::{Params, field, params};
use crate::validation::types::{Count, Milliseconds, Param};
use crate::validation::{FieldReader, Issues, REQUEST_INVALID, rules};

/// The timeout of one attempt: the `@defaultValue` of `ClientOptions.timeoutMs`.
const DEFAULT_TIMEOUT_MS: f64 = 30_000.0;
/// The `@defaultValue` of `ClientOptions.maxRetries`.
const DEFAULT_MAX_RETRIES: f64 = 2.0;
/// The `@defaultValue` of `ClientOptions.credentials`.
const DEFAULT_CREDENTIALS: &str = "omit";

/// The types of the platform come from `lib.dom`, from `@types/node`, or from others such as `@cloudflare/workers-types`. A
/// declaration that names a type that the user's project does not have is an error there, so they are taken from `fetch`.
#[wasm_bindgen(typescript_custom_section)]
const PLATFORM: &str = "/** What `fetch` takes: `string | URL | Request`. Like the next three, `never` in a project without the type. */
type FetchInput = typeof globalThis extends { fetch: (input: infer Input, init?: never) => unknown } ? Input : never;
/** The options of `fetch`: `RequestInit`. */
type FetchInit = typeof globalThis extends { fetch: (input: never, init?: infer Init) => unknown } ? NonNullable<Init> : never;
/** What `fetch` resolves to: `Response`. */
type FetchResponse = typeof globalThis extends { fetch: (...args: never) => Promise<infer Result> } ? Result : never;
/** The `signal` of a type of options: `AbortSignal`. */
type SignalOf<Init> = Init extends { signal?: infer Signal } ? NonNullable<Signal> : never;
/** A compiled module: `WebAssembly.Module`. */
type WasmModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Type } } } ? Type : never;
/** Where the WebAssembly core comes from: its address, a request or a response, its bytes, or a compiled module. */
export type WasmSource = string | FetchInput | FetchResponse | ArrayBuffer | ArrayBufferView | WasmModule;";

params! {
    /// The options of {@link connect}.
    #[derive(Debug, Tsify)]
    ClientOptions
    required {
        /// The address of the API: https, or http on this machine only. A path prefix is kept; a query, a fragment and
        /// credentials are refused.
        ///
        /// @example
        /// ```ts
        /// const baseUrl = "https://public-v1-stg.omicall.com";
        /// ```
        baseUrl: BaseUrl = "string", "The API address (baseUrl)", "Địa chỉ API (baseUrl)";
        /// The partner's bearer token, or a function that provides it, such as {@link tokenFromApiKey} in a backend. The function is
        /// called before the first request, after the server refused a token, and, while requests go on, when its token is 23 hours
        /// old: tokens live 24 hours. Calls that wait for a token share one call of it. A token that arrives after these calls
        /// have timed out serves the next call; a function that has not answered for 30,000 ms is called again. It must not use
        /// this client: it would wait for its own result.
        ///
        /// @example
        /// ```ts
        /// const token = () => fetch("/omi-token", { method: "POST" }).then((response) => response.text());
        /// ```
        token: TokenSource = "string | (() => string | Promise<string>)", "The access token", "Access token";
    }
    optional {
        /// The timeout of one attempt, headers and body, in ms. A page that was busy or asleep when the time ran out first
        /// receives what has arrived.
        ///
        /// @defaultValue 30,000
        timeoutMs: Milliseconds = "number | undefined";
        /// How many times a failed read is retried; writes are never retried.
        ///
        /// @defaultValue 2
        maxRetries: Count = "number | undefined";
        /// The language of error messages.
        ///
        /// @defaultValue `"en"`
        language: Language = "Language | undefined";
        /// Sends the requests in place of the page's own `fetch`. `url` is a string, and `init.headers` is a plain object. An exception
        /// of the function, or a rejected promise, leaves the result of a write unknown, because the function may have sent the
        /// request before.
        ///
        /// @defaultValue `globalThis.fetch`
        /// @example
        /// ```ts
        /// const traced = (url: string, init: RequestInit) =>
        ///   fetch(url, { ...init, headers: { ...init.headers, "x-trace-id": crypto.randomUUID() } });
        /// ```
        fetch: Function = "((url: string, init: FetchInit) => Promise<FetchResponse>) | undefined";
        /// Whether the requests carry the cookies of the API's origin: `"omit"` for never, `"same-origin"` where that is the page's own
        /// origin, such as for a proxy that checks the session cookie. `"include"` is refused where it would send cookies to another
        /// origin: see {@link ClientOptions.dangerouslyAllowCrossOriginCookies}.
        ///
        /// @defaultValue `"omit"`
        credentials: Credentials = "\"omit\" | \"same-origin\" | \"include\" | undefined";
        /// Allows `credentials: "include"` for an API of another origin. The cookies of that origin are then part of every request,
        /// also of one that another site's script makes the page send; the server must check where requests come from.
        ///
        /// @defaultValue false
        dangerouslyAllowCrossOriginCookies: bool = "boolean | undefined";
        /// The WebAssembly core, for the first `connect` of a page.
        ///
        /// @defaultValue the package's own file, `wasm/omicall_partner_bg.wasm`; where it cannot be loaded, a copy inside the
        /// script
        wasm: JsValue = "WasmSource | undefined";
        /// Is called with what the client does. Events contain no secrets and no bodies.
        ///
        /// @example
        /// ```ts
        /// const onEvent = (event: ClientEvent) => console.debug(event.type, event);
        /// ```
        onEvent: Function = "((event: ClientEvent) => void) | undefined";
        /// Sends writes in a way that the browser itself cannot repeat: with a stream as the body. Without it, browsers send a
        /// request again when a reused connection is lost before the response begins, POSTs included. Needs Chromium and a
        /// server that speaks HTTP/2. If an https server does not, the browser sends nothing, and the call rejects with an
        /// {@link OutcomeUnknownError}. Where the browser has no request streams, and over http, writes are sent as usual, and
        /// the event `singleSendUnavailable` says so.
        ///
        /// @defaultValue false
        singleSend: bool = "boolean | undefined";
    }
}

params! {
    /// Options of a single call; they take precedence over those of the client.
    #[derive(Debug, Clone, Default, Tsify)]
    CallOptions
    optional {
        /// Ends the call with an {@link AbortError}, or with an {@link OutcomeUnknownError} once a write was sent. Arguments are
        /// validated first: with an aborted signal, a call validates them and sends nothing. For forms, {@link Schemas} do it
        /// without a call.
        ///
        /// @example
        /// ```ts
        /// const tenant = await omi.tenants.get(id, { signal: AbortSignal.timeout(5_000) });
        /// ```
        signal: AbortSignal = "SignalOf<FetchInit> | undefined";
        /// The timeout of one attempt, headers and body, in ms.
        ///
        /// @defaultValue the client's
        timeoutMs: Milliseconds = "number | undefined";
        /// How many times a failed read is retried; writes are never retried.
        ///
        /// @defaultValue the client's
        maxRetries: Count = "number | undefined";
    }
}

/// The options of a client, with their defaults.
pub struct ClientConfig {
    /// Without a trailing slash.
    pub base_url: String,
    pub token: TokenSource,
    pub timeout_ms: f64,
    pub max_retries: f64,
    pub language: Language,
    /// In place of the page's own.
    pub fetch: Option<Function>,
    /// Of `fetch`.
    pub credentials: &'static str,
    pub on_event: Option<Function>,
    /// Writes are sent in a way that the browser cannot repeat.
    pub single_send: bool,
}

impl ClientConfig {
    pub fn read(options: &JsValue) -> Result<Self, (Vec<ValidationIssue>, Language)> {
        let language = Language::of(options);
        let mut issues = Issues::new(language);
        let options = ClientOptions::read_required(options, field!(options), REQUEST_INVALID, &mut issues);
        if let Some(options) = &options {
            check_credentials(options, &mut issues);
        }
        match options {
            Some(options) if issues.list.is_empty() => Ok(Self {
                timeout_ms: options.timeoutMs.map_or(DEFAULT_TIMEOUT_MS, |ms| ms.0),
                max_retries: options.maxRetries.map_or(DEFAULT_MAX_RETRIES, |count| count.0),
                credentials: options.credentials.map_or(DEFAULT_CREDENTIALS, |credentials| credentials.0),
                on_event: options.onEvent,
                single_send: options.singleSend.unwrap_or_default(),
                ..Self::with_defaults(options.baseUrl, options.token, options.fetch, language)
            }),
            _ => Err((issues.list, language)),
        }
    }

    pub fn with_defaults(base_url: BaseUrl, token: TokenSource, fetch: Option<Function>, language: Language) -> Self {
        Self {
            base_url: base_url.0,
            token,
            timeout_ms: DEFAULT_TIMEOUT_MS,
            max_retries: DEFAULT_MAX_RETRIES,
            language,
            fetch,
            credentials: DEFAULT_CREDENTIALS,
            on_event: None,
            single_send: false,
        }
    }

    /// Calls the listener, if there is one.
    pub fn emit(&self, event: &ClientEvent<'_>) {
        if let Some(listener) = &self.on_event
            && let Ok(event) = to_js(event)
        {
            guarded::notify(listener, &event);
        }
    }
}

impl Language {
    /// Of options that are not read yet: their issues are in this language.
    pub fn of(options: &JsValue) -> Self {
        match guarded::field(options, "language").as_string().as_deref() {
            Some("vi") => Language::Vi,
            _ => Language::En,
        }
    }
}

impl Param for Language {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        match reader.value.as_string().as_deref() {
            Some("en") => Some(Language::En),
            Some("vi") => Some(Language::Vi),
            _ => reader.not_one_of("\"en\", \"vi\""),
        }
    }
}

/// Which cookies the requests carry.
#[derive(Debug)]
pub struct Credentials(&'static str);

impl Param for Credentials {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        match reader.value.as_string().as_deref() {
            Some("omit") => Some(Self("omit")),
            Some("same-origin") => Some(Self("same-origin")),
            Some("include") => Some(Self("include")),
            _ => reader.not_one_of("\"omit\", \"same-origin\""),
        }
    }
}

/// Cookies go to another origin only where the caller says so by name.
fn check_credentials(options: &ClientOptions, issues: &mut Issues) {
    let is_include = matches!(options.credentials, Some(Credentials("include")));
    if !is_include || options.dangerouslyAllowCrossOriginCookies == Some(true) {
        return;
    }
    if !guarded::is_of_page(&options.baseUrl.0) {
        let text = &Text {
            en: "must be \"omit\" or \"same-origin\": \"include\" would send cookies to another origin, which only dangerouslyAllowCrossOriginCookies allows",
            vi: "phải là \"omit\" hoặc \"same-origin\": \"include\" sẽ gửi cookie sang một origin khác, chỉ được phép khi đặt dangerouslyAllowCrossOriginCookies",
        };
        issues.add(field!(credentials), REQUEST_INVALID, issues.language.pick(text));
    }
}

/// Where the bearer token comes from.
#[derive(Debug)]
pub enum TokenSource {
    /// Requests have no token.
    None,
    Fixed(Rc<str>),
    Provider(Function),
}

impl Param for TokenSource {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        if let Some(provider) = reader.value.dyn_ref::<Function>() {
            return Some(TokenSource::Provider(provider.clone()));
        }
        let token = reader.verbatim()?;
        if rules::is_token(&token) {
            return Some(TokenSource::Fixed(token.into()));
        }
        reader.invalid(&Text { en: "must be the bearer token alone: visible ASCII characters, no space, no line break", vi: "phải chỉ gồm bearer token: ký tự ASCII in được, không có khoảng trắng, không xuống dòng, không kèm chữ Bearer" })
    }
}

/// The address of the API without its trailing slash, as the browser writes it.
#[derive(Debug)]
pub struct BaseUrl(String);

impl Param for BaseUrl {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        let text = reader.verbatim()?;
        // `URL` drops these.
        if let Some(hidden) = rules::hidden(&text).filter(|hidden| !hidden.character.is_ascii()) {
            return reader.hidden(REQUEST_INVALID, hidden);
        }
        match base_url(&text) {
            Ok(url) => Some(Self(url)),
            Err(problem) => reader.invalid(problem),
        }
    }
}

/// Refuses what the browser's `URL` would repair or drop. The result is what `URL` read, so the token goes to the origin that
/// was checked.
fn base_url(text: &str) -> Result<String, &'static Text> {
    const NOT_ABSOLUTE: &Text = &Text {
        en: "must start with https:// (or http:// on this machine)",
        vi: "phải bắt đầu bằng https:// (hoặc http:// trên máy này)",
    };
    const NO_HOST: &Text = &Text { en: "has no valid host", vi: "không có tên máy chủ hợp lệ" };
    let (scheme, rest) = text.split_once(':').ok_or(NOT_ABSOLUTE)?;
    let rest = rest.strip_prefix("//").ok_or(NOT_ABSOLUTE)?;
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return Err(NOT_ABSOLUTE);
    }
    if rest.contains(['?', '#']) {
        return Err(&Text {
            en: "must not contain a query or a fragment", vi: "không được chứa query hay fragment"
        });
    }
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    if authority.contains('@') {
        return Err(&Text {
            en: "must not contain a user name or a password",
            vi: "không được chứa tên đăng nhập hay mật khẩu",
        });
    }
    // `URL` drops white space and control characters, reads a backslash as a slash, skips slashes before a host, and takes a
    // host with an empty label.
    let is_broken = |c: char| c == '\\' || c <= ' ';
    if authority.is_empty()
        || authority.contains(is_broken)
        || authority.starts_with('.')
        || rules::has_two_dots(authority)
    {
        return Err(NO_HOST);
    }
    let path = path.strip_suffix('/').unwrap_or(path);
    if !path.is_empty() && !rules::is_plain_path(path) {
        return Err(&Text {
            en: "has a path with an empty segment, .. or a character that is not allowed",
            vi: "có đường dẫn chứa đoạn rỗng, .. hoặc ký tự không được phép",
        });
    }
    let url = Url::new(text).map_err(|_| NO_HOST)?;
    if url.protocol() != "https:" && !rules::is_loopback(&url.hostname()) {
        return Err(&Text {
            en: "must be https: http is for this machine only",
            vi: "phải dùng https: http chỉ dùng được với localhost",
        });
    }
    let base = [url.origin(), url.pathname()].concat();
    Ok(base.trim_end_matches('/').to_owned())
}
