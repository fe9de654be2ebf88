//! Checking values of a response in place: they stay the JavaScript objects that the browser parsed.

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;

use crate::error::Mismatch;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = Array)]
    type Once;
    /// `Array.prototype.forEach`: a way to call back from JavaScript, where an exception can be caught.
    #[wasm_bindgen(method, catch, js_name = forEach)]
    fn call_back(this: &Once, work: &mut dyn FnMut()) -> Result<(), JsValue>;
}

/// A check of one value.
pub type Check = fn(&JsValue) -> Result<(), Mismatch>;

/// Looks at what came in. What the browser parsed cannot throw, but an injected `fetch` may bring objects that do, and a
/// call through which an exception passes never settles.
pub fn guarded<T>(mut look: impl FnMut() -> Result<T, Mismatch>) -> Result<T, Mismatch> {
    let mut result = Err(Mismatch::new("plain data", "an object that throws"));
    let once: Once = Array::of1(&JsValue::NULL).unchecked_into();
    // Where it throws, the result stays what it is.
    let _ = once.call_back(&mut || result = look());
    result
}

/// What `typeof` says, with `null` and arrays told apart.
pub fn type_name(value: &JsValue) -> &'static str {
    if value.is_string() {
        "string"
    } else if value.is_undefined() {
        "undefined"
    } else if value.is_null() {
        "null"
    } else if value.as_f64().is_some() {
        "number"
    } else if value.as_bool().is_some() {
        "boolean"
    } else if Array::is_array(value) {
        "array"
    } else {
        "object"
    }
}

fn expect(holds: bool, expected: &'static str, value: &JsValue) -> Result<(), Mismatch> {
    if holds { Ok(()) } else { Err(Mismatch::new(expected, type_name(value))) }
}

/// Absent and null are allowed for every documented field.
fn is_absent(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

pub fn text(value: &JsValue) -> Result<(), Mismatch> {
    expect(value.is_string() || is_absent(value), "string", value)
}

pub fn number(value: &JsValue) -> Result<(), Mismatch> {
    expect(value.as_f64().is_some() || is_absent(value), "number", value)
}

pub fn boolean(value: &JsValue) -> Result<(), Mismatch> {
    expect(value.as_bool().is_some() || is_absent(value), "boolean", value)
}

/// What must be there: a text that holds something.
pub fn promised_text(value: &JsValue) -> Result<(), Mismatch> {
    match value.dyn_ref::<JsString>() {
        Some(text) if text.length() == 0 => Err(Mismatch::new("string", "empty string")),
        text => expect(text.is_some(), "string", value),
    }
}

pub fn object(value: &JsValue) -> Result<(), Mismatch> {
    expect(value.is_object() && !Array::is_array(value), "object", value)
}

/// Every element of an array.
pub fn each(value: &JsValue, check: Check) -> Result<(), Mismatch> {
    expect(Array::is_array(value), "array", value)?;
    let list: &Array = value.unchecked_ref();
    for index in 0..list.length() {
        check(&list.get(index)).map_err(|mismatch| mismatch.at_index(index))?;
    }
    Ok(())
}

/// A part that may be absent.
pub fn optional(value: &JsValue, check: Check) -> Result<(), Mismatch> {
    if is_absent(value) { Ok(()) } else { check(value) }
}

/// An array that may be absent.
pub fn optional_each(value: &JsValue, check: Check) -> Result<(), Mismatch> {
    if is_absent(value) { Ok(()) } else { each(value, check) }
}

/// Nothing is promised about it.
pub fn anything(_: &JsValue) -> Result<(), Mismatch> {
    Ok(())
}
