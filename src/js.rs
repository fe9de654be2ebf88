//! What the core asks of JavaScript. None of these throws.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/glue.js")]
extern "C" {
    /// A field; `undefined` where it is absent, where `value` has no fields, and where it throws.
    pub fn field(value: &JsValue, name: &str) -> JsValue;
    /// Several fields, by their names with spaces between; nothing where one of them throws.
    pub fn fields(value: &JsValue, names: &str) -> Option<Array>;
    /// What is in a field that is a list; nothing where it throws.
    pub fn list(value: &JsValue, name: &str) -> Option<Array>;
    #[wasm_bindgen(js_name = set)]
    pub fn set_value(object: &JsValue, name: &str, value: &JsValue);
    #[wasm_bindgen(js_name = set)]
    pub fn set_text(object: &JsValue, name: &str, value: &str);
    #[wasm_bindgen(js_name = set)]
    pub fn set_number(object: &JsValue, name: &str, value: f64);
    /// The names of an object's own fields; nothing for what is no object, or a list.
    pub fn keys(value: &JsValue) -> Option<Array>;
    /// Whether a value is a list, a `Map` or the like.
    pub fn iterates(value: &JsValue) -> bool;
    /// JSON of any value; nothing for what has none (a cycle, a BigInt, a function).
    pub fn stringify(value: &JsValue) -> Option<String>;
    /// Whether a text holds nothing but white space.
    pub fn blank(text: &JsValue) -> bool;
    pub fn lower(text: &str) -> String;
    /// A value as text, in NFC if asked for; nothing for one that holds half a character.
    pub fn whole(value: &JsValue, nfc: bool) -> Option<String>;
    /// Whether the browser takes this for an absolute URL.
    #[wasm_bindgen(js_name = isUrl)]
    pub fn is_url(text: &str) -> bool;

    /// What `typeof` says, with `null` and lists told apart.
    #[wasm_bindgen(js_name = typeName)]
    pub fn type_name(value: &JsValue) -> String;
    /// Shapes to check values by: a line for each, a definition before its use.
    pub fn shapes(lines: &str) -> JsValue;
    /// What of a value is not of a shape: path, expected and actual, a line each.
    pub fn check(value: &JsValue, shapes: &JsValue, name: &str) -> Option<String>;

    /// A request to this URL's origin only: without cookies, referrer or redirects; a GET keeps its answer from caches.
    pub fn request(method: &str, url: &str, token: &str, body: Option<&str>, signal: &JsValue) -> JsValue;
    /// The same request with its body as a stream; nothing where the browser has no request streams.
    #[wasm_bindgen(js_name = singleSend)]
    pub fn single_send(request: &JsValue) -> Option<JsValue>;
    /// The same as a `Request`; nothing for what cannot be one.
    pub fn seal(request: &JsValue) -> Option<JsValue>;
    /// Hands a request to the browser, which makes a `Request` of it by itself: another one before would cost as much again.
    pub fn send(request: &JsValue) -> Promise;
    /// Hands a `Request` to what the caller put in the place of the browser.
    #[wasm_bindgen(js_name = sendBy)]
    pub fn send_by(fetch: &Function, request: &JsValue) -> Promise;
    /// A header of an answer.
    pub fn header(answer: &JsValue, name: &str) -> JsValue;
    /// An answer's body, parsed by the browser; rejects with a `SyntaxError` where it is no JSON.
    pub fn json(answer: &JsValue) -> Promise;

    /// Asks a token provider.
    pub fn ask(provider: &Function) -> Promise;
    /// Calls a listener; what it throws is the page's to report.
    pub fn notify(listener: &Function, event: &JsValue);

    /// Goes on with `step` whenever the promise that it gave has settled; in a list it gives what all of it comes to.
    pub fn drive(step: &JsValue) -> Promise;

    pub type Limit;
    #[wasm_bindgen(constructor)]
    pub fn new(ms: Option<f64>, caller: &JsValue, on_stop: &JsValue) -> Limit;
    #[wasm_bindgen(method, getter)]
    pub fn stopped(this: &Limit) -> u8;
    #[wasm_bindgen(method, getter)]
    pub fn signal(this: &Limit) -> JsValue;
    #[wasm_bindgen(method)]
    pub fn cancel(this: &Limit, reason: &JsValue);
    #[wasm_bindgen(method)]
    pub fn race(this: &Limit, promise: &Promise) -> Promise;
    #[wasm_bindgen(method)]
    pub fn end(this: &Limit);

    pub type Gate;
    #[wasm_bindgen(constructor)]
    pub fn new() -> Gate;
    #[wasm_bindgen(method, getter)]
    pub fn opened(this: &Gate) -> Promise;
    #[wasm_bindgen(method)]
    pub fn open(this: &Gate);

    pub type Lock;
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str, signal: &JsValue) -> Lock;
    #[wasm_bindgen(method, getter)]
    pub fn granted(this: &Lock) -> Promise;
    #[wasm_bindgen(method)]
    pub fn release(this: &Lock);
}
