//! What the tests share.

use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use omicall_partner::Client;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The sandbox, started with `--admin` by the script that runs the tests.
pub const SANDBOX: &str = match option_env!("SANDBOX_URL") {
    Some(url) => url,
    None => "http://127.0.0.1:8787",
};

#[wasm_bindgen(inline_js = r#"
let serial = 0;
export const unique = () => `${Date.now().toString(36)}-${serial++}`;
export const evaluate = (code) => new Function(`return (${code});`)();
export const get = async (url, init) => (await fetch(url, init)).json();
"#)]
extern "C" {
    pub fn unique() -> String;
    /// A JavaScript expression's value.
    pub fn evaluate(code: &str) -> JsValue;
    #[wasm_bindgen(catch)]
    async fn get(url: &str, init: &JsValue) -> Result<JsValue, JsValue>;
}

/// A JavaScript object from JSON.
pub fn json(text: &str) -> JsValue {
    JSON::parse(text).unwrap()
}

/// An object with these fields.
pub fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &name.into(), &value).unwrap();
    }
    object.into()
}

/// A field of an object; `path` may lead through several.
pub fn field(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, name| Reflect::get(&value, &name.into()).unwrap())
}

pub fn text(value: &JsValue, path: &str) -> String {
    field(value, path).as_string().unwrap_or_else(|| panic!("{path} of {value:?} is no text"))
}

pub fn number(value: &JsValue, path: &str) -> f64 {
    field(value, path).as_f64().unwrap_or_else(|| panic!("{path} of {value:?} is no number"))
}

pub async fn settle(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}

/// The failure of a call that must fail.
pub async fn failure(promise: Promise) -> JsValue {
    match settle(promise).await {
        Ok(value) => panic!("resolved to {value:?}"),
        Err(failure) => failure,
    }
}

/// Class and code of a failure.
pub fn kind(failure: &JsValue) -> (String, String) {
    (text(failure, "name"), text(failure, "code"))
}

/// Asserts class and code.
#[track_caller]
pub fn assert_kind(failure: &JsValue, name: &str, code: &str) {
    assert_eq!(kind(failure), (name.to_owned(), code.to_owned()), "{:?}", failure);
}

/// A fresh token of the sandbox.
pub async fn token(api_key: &str) -> String {
    let answer = get(&format!("{SANDBOX}/api/auth?apiKey={api_key}"), &JsValue::UNDEFINED).await.unwrap();
    text(&answer, "payload.access_token")
}

/// A client of the sandbox.
pub async fn sandbox() -> Client {
    let token = token("sandbox-partner-key").await;
    client([("baseUrl", SANDBOX.into()), ("token", token.into())])
}

pub fn client<const N: usize>(options: [(&str, JsValue); N]) -> Client {
    Client::new(object(options)).unwrap_or_else(|failure| panic!("{failure:?}"))
}

/// A client whose requests go to a JavaScript function instead of the network.
pub fn client_of(fetch: &str) -> Client {
    client([("baseUrl", "https://api.example".into()), ("token", "t".into()), ("fetch", evaluate(fetch))])
}

/// A client that gets the same answer to everything.
pub fn client_answered(status: u16, headers: &str, body: &str) -> Client {
    let body = JSON::stringify(&body.into()).unwrap();
    client_of(&format!("async () => new Response({body}, {{ status: {status}, headers: {headers} }})"))
}

/// What the sandbox's books say.
pub async fn books(email: &str) -> JsValue {
    get(&format!("{SANDBOX}/sandbox/tenant?email={email}"), &JsValue::UNDEFINED).await.unwrap()
}

pub async fn expire_tokens() {
    get(&format!("{SANDBOX}/sandbox/expire_tokens"), &object([("method", "POST".into())])).await.unwrap();
}

/// Parameters of a tenant that does not exist yet.
pub fn new_tenant() -> (String, JsValue) {
    let email = format!("web-{}@example.com", unique());
    let params = object([
        ("email", email.as_str().into()),
        ("password", "Abcdef1!".into()),
        ("fullName", "Công ty Thử nghiệm".into()),
        ("ownerName", "Nguyễn Văn Thử".into()),
        ("phone", "0901234567".into()),
        ("isAutoActive", true.into()),
    ]);
    (email, params)
}

pub fn top_up_of(email: &str, amount: f64) -> JsValue {
    object([
        ("email", email.into()),
        ("amount", amount.into()),
        ("description", "Nạp tiền thử nghiệm cho doanh nghiệp qua cổng đối tác".into()),
    ])
}

/// Wraps parameters as the core takes them.
pub fn ts<T: tsify::Tsify>(params: &JsValue) -> tsify::Ts<T> {
    tsify::Ts::new_unchecked(params.clone())
}

/// The next page of a walk.
pub async fn next_page(walk: &JsValue) -> Result<JsValue, JsValue> {
    let next: &Function = walk.unchecked_ref();
    settle(next.call0(&JsValue::UNDEFINED).unwrap().unchecked_into()).await
}

/// The fields and codes of a validation failure.
pub fn issues(failure: &JsValue) -> Vec<(String, String)> {
    assert_eq!(text(failure, "name"), "ValidationError");
    let list: Array = field(failure, "issues").unchecked_into();
    list.iter().map(|issue| (text(&issue, "field"), text(&issue, "code"))).collect()
}
