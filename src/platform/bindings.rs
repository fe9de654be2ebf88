//! Bindings of the platform that web-sys lacks, has only as unstable, or has once per global scope.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Request};

#[wasm_bindgen]
extern "C" {
    /// `fetch` of any global scope: web-sys has one for windows and one for workers, and none for Node.js.
    #[wasm_bindgen(catch)]
    pub fn fetch(request: &Request) -> Result<JsValue, JsValue>;

    /// Reports an exception of a listener as the browser reports those of DOM event listeners.
    #[wasm_bindgen(catch, js_name = reportError)]
    pub fn report_error(error: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_namespace = performance, js_name = now)]
    fn performance_now() -> Result<f64, JsValue>;

    /// The Web Locks API, which web-sys has as unstable.
    pub type LockManager;

    /// Calls `callback` when the lock is granted, and holds the lock until the callback's promise settles.
    #[wasm_bindgen(catch, method)]
    pub fn request(
        this: &LockManager,
        name: &str,
        options: &LockOptions,
        callback: &Function,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(extends = js_sys::Object)]
    pub type LockOptions;

    /// Aborting cancels the request for the lock; it does not release a granted lock.
    #[wasm_bindgen(method, setter)]
    pub fn set_signal(this: &LockOptions, signal: &AbortSignal);
}

/// Milliseconds since some moment. `Date.now()` would jump when the clock of the computer is set.
pub fn monotonic_ms() -> f64 {
    performance_now().unwrap_or_default()
}
