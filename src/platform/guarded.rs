//! Looks at foreign values. None of these throws.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;

use super::bindings::report_error;

#[wasm_bindgen(module = "/src/platform/guarded.js")]
extern "C" {
    /// A field; `undefined` where it is absent, where `value` has no fields, and where the look throws.
    pub fn field(value: &JsValue, name: &str) -> JsValue;
    /// Several fields, their names separated by spaces; `None` where one of the looks throws.
    pub fn fields(value: &JsValue, names: &str) -> Option<Array>;
    /// The elements of an array in a field; `None` where the look throws.
    pub fn list(value: &JsValue, name: &str) -> Option<Array>;
    /// The names of an object's own fields; `None` for anything else, also for an array.
    pub fn keys(value: &JsValue) -> Option<Array>;
    /// The `typeof` of a value, with `null` and arrays as types of their own.
    #[wasm_bindgen(js_name = typeName)]
    pub fn type_name(value: &JsValue) -> String;
    #[wasm_bindgen(catch, js_name = isRefusal)]
    fn try_is_refusal(error: &JsValue) -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_name = isLockedBody)]
    fn try_is_locked_body(error: &JsValue) -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_name = isLostConnection)]
    fn try_is_lost_connection(error: &JsValue) -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_name = isOfPage)]
    fn try_is_of_page(url: &str) -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_name = isPlain)]
    fn try_is_plain(value: &JsValue) -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_name = hasRequestStreams)]
    fn try_has_request_streams() -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_name = resolved)]
    fn try_resolved(value: &JsValue) -> Result<Promise, JsValue>;
    /// Runs a step of the core; an exception or a trap in it is the error.
    #[wasm_bindgen(catch)]
    pub fn attempt(step: &mut dyn FnMut()) -> Result<(), JsValue>;
}

/// Whether the content of an object is in its own fields: unlike that of an array, a `Map`, a `Date` or an instance of a class.
pub fn is_plain(value: &JsValue) -> bool {
    try_is_plain(value).unwrap_or(false)
}

/// A promise of a value, or of what a promise resolves to.
pub fn resolved(value: &JsValue) -> Promise {
    try_resolved(value).unwrap_or_else(|error| Promise::reject(&error))
}

/// Whether a `fetch` failed because it refused its arguments, or by an exception in its code.
pub fn is_refusal(error: &JsValue) -> bool {
    try_is_refusal(error).unwrap_or(false)
}

/// Whether a body could not be read because somebody else has a reader of it.
pub fn is_locked_body(error: &JsValue) -> bool {
    try_is_locked_body(error).unwrap_or(false)
}

/// Whether a function that uses `fetch` failed because the connection did.
pub fn is_lost_connection(error: &JsValue) -> bool {
    try_is_lost_connection(error).unwrap_or(false)
}

/// Whether this runs on a user's device: in a page of a browser, in one of its workers, in React Native. The user agent of every browser
/// starts with this word; Node.js, Deno, Bun and workerd have their own names, or none.
pub fn is_in_browser() -> bool {
    let global = js_sys::global();
    let navigator = field(&global, "navigator");
    let text = |name| field(&navigator, name).as_string().unwrap_or_default();
    field(&global, "document").is_object()
        || text("userAgent").starts_with("Mozilla/")
        || text("product") == "ReactNative"
}

/// Whether a URL has the page's own origin.
pub fn is_of_page(url: &str) -> bool {
    try_is_of_page(url).unwrap_or(false)
}

/// Whether the browser can send a stream as the body of a request.
pub fn has_request_streams() -> bool {
    try_has_request_streams().unwrap_or(false)
}

/// Calls a listener of the caller. An exception of the listener is reported and does not end the call.
pub fn notify(listener: &Function, event: &JsValue) {
    if let Err(error) = listener.call1(&JsValue::UNDEFINED, event) {
        // A platform without `reportError` has nowhere to report to.
        report_error(&error).ok();
    }
}
