//! `GET /api/auth`

use std::rc::Rc;

use js_sys::{Function, Promise};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::config::{BaseUrl, CallOptions, ClientConfig, TokenSource};
use crate::error::{Error, ErrorKind, Language, Result, Text};
use crate::model::AccessToken;
use crate::platform::guarded::{field as read, is_in_browser};
use crate::platform::serialize::to_js;
use crate::transport::{ApiRequest, Connection, Method};
use crate::validation::params::{Params, field, params};
use crate::validation::types::Param;
use crate::validation::{FieldReader, Issues, REQUEST_INVALID, rules};

params! {
    /// Options of {@link authenticate} and {@link tokenFromApiKey}.
    #[derive(Debug, Tsify)]
    AuthenticateOptions
    extends { call: CallOptions }
    required {
        /// The address of the API, as in {@link ClientOptions.baseUrl}.
        baseUrl: BaseUrl = "string", "The API address (baseUrl)", "Địa chỉ API (baseUrl)";
        /// The partner's API key: a secret of your backend. It travels in the URL of the request, so keep this address out of the logs of
        /// proxies.
        apiKey: ApiKey = "string", "The API key", "API key";
    }
    optional {
        /// Allows the call in a browser. Whoever opens the page can read the API key then, which is valid until it is revoked, and act
        /// as the partner: only for trying things out.
        ///
        /// @defaultValue false
        dangerouslyAllowBrowser: bool = "boolean | undefined";
        /// Sends the request in place of the platform's own `fetch`, as in {@link ClientOptions.fetch}.
        ///
        /// @defaultValue `globalThis.fetch`
        fetch: Function = "((url: string, init: FetchInit) => Promise<FetchResponse>) | undefined";
        /// The language of error messages, which is not taken from {@link ClientOptions.language}: set both.
        ///
        /// @defaultValue `"en"`
        language: Language = "Language | undefined";
        /// The WebAssembly core, as in {@link ClientOptions.wasm}.
        ///
        /// @defaultValue the package's own file
        wasm: JsValue = "WasmSource | undefined";
    }
}

/// The key of a partner.
#[derive(Debug)]
pub struct ApiKey(String);

impl Param for ApiKey {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        let key = reader.verbatim_or("api_key_is_required")?;
        if rules::is_token(&key) {
            return Some(Self(key));
        }
        match rules::hidden(&key) {
            Some(hidden) => reader.hidden("api_key_invalid", hidden),
            None => reader
                .issue("api_key_invalid", reader.language().pick(&Text { en: "is not valid", vi: "không hợp lệ" })),
        }
    }
}

/// Exchanges an API key for a token. With `for_partner`, the token of a tenant is an error.
#[wasm_bindgen(unchecked_return_type = "Promise<AccessToken>")]
pub fn authenticate(
    #[wasm_bindgen(unchecked_param_type = "AuthenticateOptions")] options: JsValue,
    for_partner: bool,
) -> Promise {
    let mut issues = Issues::new(Language::of(&options));
    let options = AuthenticateOptions::read_required(&options, field!(options), REQUEST_INVALID, &mut issues);
    let is_allowed = options.as_ref().is_none_or(|options| options.dangerouslyAllowBrowser == Some(true));
    if !is_allowed && is_in_browser() {
        FieldReader::of_argument(field!(dangerouslyAllowBrowser), &JsValue::UNDEFINED, &mut issues).invalid::<()>(&Text {
            en: "must be true to run in a browser: the page would reveal the API key, with which anyone can act as you. Get tokens in your backend",
            vi: "phải là true mới chạy được trong trình duyệt: trang web sẽ làm lộ API key, và ai có key đều có toàn quyền như bạn. Hãy lấy token ở backend",
        });
    }
    let Some(options) = options.filter(|_| issues.list.is_empty()) else {
        return Promise::reject(&Box::<Error>::from(ErrorKind::Validation(issues.list)).into_js(issues.language));
    };
    let config = ClientConfig::with_defaults(options.baseUrl, TokenSource::None, options.fetch, issues.language);
    let connection = Rc::new(Connection::new(config));
    let call = options.call;
    let key = options.apiKey.0;
    connection.clone().promise(Box::pin(async move { run(&connection, &key, &call, for_partner).await }))
}

/// The errors of some runtimes quote the URL, which has the key.
fn without_url(mut error: Box<Error>) -> Box<Error> {
    if let ErrorKind::Network { cause } | ErrorKind::RequestRefused { cause } = &mut error.kind {
        let text = |name| read(cause, name).as_string();
        *cause = to_js(&Cause { name: text("name"), code: text("code") }).unwrap_or_default();
    }
    error
}

/// What is kept of a foreign error.
#[derive(Serialize)]
struct Cause {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

async fn run(connection: &Connection, key: &str, call: &CallOptions, for_partner: bool) -> Result {
    let request = ApiRequest::read(Method::Get, "/api/auth").query("apiKey", key).returns(AccessToken::check);
    let response = connection.execute(request, call).await.map_err(without_url)?;
    let access_type = read(&response.payload, "access_type").as_string();
    if for_partner && access_type.as_deref() == Some("normal") {
        return Err(response.into_error(ErrorKind::Authentication { code: "tenant_token".into() }));
    }
    Ok(response.payload)
}
