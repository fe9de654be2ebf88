//! What the tests share.

use js_sys::{Array, Function, JSON, Math, Object, Promise, Reflect};
use omicall_partner::Client;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The sandbox, started with `--admin` by the script that runs the tests.
pub const SANDBOX: &str = match option_env!("SANDBOX_URL") {
    Some(url) => url,
    None => "http://127.0.0.1:8787",
};

#[wasm_bindgen(module = "/tests/web/support.js")]
extern "C" {
    pub fn unique() -> String;
    /// The value of a JavaScript expression.
    pub fn evaluate(code: &str) -> JsValue;
    /// One object with the class, the fields and the `reconcile` of a rejection; the cause of an unknown outcome is flattened too.
    fn flatten(rejection: &JsValue) -> JsValue;
    #[wasm_bindgen(catch)]
    async fn get(url: &str, init: &JsValue) -> Result<JsValue, JsValue>;
}

/// A random index below `limit`.
pub fn random(limit: usize) -> usize {
    (Math::random() * limit as f64) as usize
}

/// A random element.
pub fn pick<T: Copy>(list: &[T]) -> T {
    list[random(list.len())]
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
    field(value, path).as_string().unwrap_or_else(|| panic!("{path} of {value:?} is not a string"))
}

pub fn number(value: &JsValue, path: &str) -> f64 {
    field(value, path).as_f64().unwrap_or_else(|| panic!("{path} of {value:?} is not a number"))
}

/// The result of a call of a client, with a flattened error.
pub async fn settle(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await.map_err(|rejection| flatten(&rejection))
}

/// The error of a call that must fail.
pub async fn failure(promise: Promise) -> JsValue {
    match settle(promise).await {
        Ok(value) => panic!("resolved to {value:?}"),
        Err(failure) => failure,
    }
}

/// Class and code of an error.
pub fn kind(failure: &JsValue) -> (String, String) {
    (text(failure, "name"), text(failure, "code"))
}

/// Asserts class and code.
#[track_caller]
pub fn assert_kind(failure: &JsValue, name: &str, code: &str) {
    assert_eq!(kind(failure), (name.to_owned(), code.to_owned()), "{:?}", failure);
}

/// A new token of the sandbox.
pub async fn token(api_key: &str) -> String {
    let response = get(&format!("{SANDBOX}/api/auth?apiKey={api_key}"), &JsValue::UNDEFINED).await.unwrap();
    text(&response, "payload.access_token")
}

/// A client of the sandbox.
pub async fn sandbox() -> Client {
    let token = token("sandbox-partner-key").await;
    client([("baseUrl", SANDBOX.into()), ("token", token.into())])
}

pub fn client<const N: usize>(options: [(&str, JsValue); N]) -> Client {
    connect(object(options)).unwrap_or_else(|failure| panic!("{failure:?}"))
}

/// A client, or the flattened error of its options.
pub fn connect(options: JsValue) -> Result<Client, JsValue> {
    Client::new(options).map_err(|rejection| flatten(&rejection))
}

/// A client whose requests go to a JavaScript function instead of the network.
pub fn client_of(fetch: &str) -> Client {
    client([("baseUrl", "https://api.example".into()), ("token", "t".into()), ("fetch", evaluate(fetch))])
}

/// A client that gets the same response to every request.
pub fn client_with_response(status: u16, headers: &str, body: &str) -> Client {
    let body = JSON::stringify(&body.into()).unwrap();
    client_of(&format!("async () => new Response({body}, {{ status: {status}, headers: {headers} }})"))
}

/// The state of a tenant in the sandbox.
pub async fn sandbox_tenant(email: &str) -> JsValue {
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

/// The next page of a list, without pages ahead.
pub async fn next_page(list: &Array) -> Result<JsValue, JsValue> {
    let next: Function = list.get(0).unchecked_into();
    settle(next.call1(&JsValue::UNDEFINED, &JsValue::FALSE).unwrap().unchecked_into()).await
}

/// Calls `reconcile` of an error with an unknown outcome.
pub async fn reconcile(failure: &JsValue) -> JsValue {
    let reconcile: Function = field(failure, "reconcile").dyn_into().unwrap();
    settle(reconcile.call0(&JsValue::UNDEFINED).unwrap().dyn_into().unwrap()).await.unwrap()
}

/// The fields and codes of a validation error.
pub fn issues(failure: &JsValue) -> Vec<(String, String)> {
    assert_eq!(text(failure, "name"), "ValidationError");
    let list: Array = field(failure, "issues").unchecked_into();
    list.iter().map(|issue| (text(&issue, "field"), text(&issue, "code"))).collect()
}
