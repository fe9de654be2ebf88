//! What `fetch` gave. An injected `fetch` may give anything, so a response is recognised by its shape.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};

use crate::error::{ErrorKind, Mismatch};
use crate::platform::guarded::{field, fields, is_locked_body, is_refusal, type_name};
use crate::platform::promise::promise_of;

type Result<T> = std::result::Result<T, Box<Mismatch>>;

/// The HTTP status; 0 for a redirect that the browser did not follow.
pub fn http_status(response: &JsValue) -> Result<u16> {
    let kind = type_name(response);
    if kind != "object" {
        return Err(Mismatch::new("object", kind).under("response"));
    }
    let values = fields(response, "status type").ok_or_else(|| Mismatch::throwing().under("response"))?;
    let (status, kind) = (values.get(0), values.get(1).as_string().unwrap_or_default());
    match (status.as_f64(), kind.as_str()) {
        // Of a request with the mode `no-cors`, and of `Response.error()`.
        (_, "opaque" | "error") => Err(Mismatch::new("basic or cors", kind).under("response.type")),
        (Some(0.0), "opaqueredirect") => Ok(0),
        // Servers invent statuses above 599.
        (Some(number), _) if number.fract() == 0.0 && (200.0..1000.0).contains(&number) => Ok(number as u16),
        (number, _) => {
            let actual = number.map_or_else(|| type_name(&status), |_| "another number".into());
            Err(Mismatch::new("integer from 200 to 999", actual).under("response.status"))
        }
    }
}

/// Whether a response is a redirect, or was reached by one.
pub fn is_redirect(response: &JsValue, http_status: u16) -> bool {
    http_status < 200 || (300..400).contains(&http_status) || field(response, "redirected").as_bool() == Some(true)
}

/// A header; there may be no headers.
pub fn header(response: &JsValue, name: &str) -> Option<String> {
    let headers = field(response, "headers");
    let get: Function = field(&headers, "get").dyn_into().ok()?;
    get.call1(&headers, &name.into()).ok()?.as_string()
}

/// The body, parsed by the browser.
pub fn json(response: &JsValue) -> Result<Promise> {
    if is_body_used(response) == Some(true) {
        return Err(Mismatch::new("unread body", "read body").under("response.body"));
    }
    let json = field(response, "json");
    match json.dyn_ref::<Function>().map(|json| json.call0(response)) {
        Some(Ok(body)) => Ok(promise_of(Ok(body))),
        Some(Err(cause)) => Err(no_json(&cause)),
        None => Err(Mismatch::new("function", type_name(&json)).under("response.json")),
    }
}

/// The error of a body that could not be read.
pub fn body_error(response: &JsValue, cause: JsValue) -> ErrorKind {
    let is_locked = field(&field(response, "body"), "locked").as_bool() == Some(true);
    match is_body_used(response) {
        _ if is_syntax_error(&cause) => ErrorKind::Protocol(no_json(&cause)),
        // Somebody else has a reader of the stream. Firefox sets `bodyUsed` all the same.
        is_used if is_used == Some(false) && is_locked || is_locked_body(&cause) => {
            ErrorKind::Protocol(Mismatch::new("unread body", "locked body").under("response.body"))
        }
        _ if is_refusal(&cause) => ErrorKind::Protocol(no_json(&cause)),
        _ => ErrorKind::Network { cause },
    }
}

fn no_json(cause: &JsValue) -> Box<Mismatch> {
    match is_syntax_error(cause) {
        true => Mismatch::new("JSON", "something else"),
        false => Mismatch::new("JSON", "an exception").under("response.json"),
    }
}

/// By its name: the class of an error from another frame is another one.
fn is_syntax_error(cause: &JsValue) -> bool {
    field(cause, "name").as_string().as_deref() == Some("SyntaxError")
}

fn is_body_used(response: &JsValue) -> Option<bool> {
    field(response, "bodyUsed").as_bool()
}
