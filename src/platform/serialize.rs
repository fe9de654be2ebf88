//! Rust values as plain JavaScript objects, and as JSON.

use js_sys::{Error, JSON};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// A plain object. Maps become objects as well; an integer that JavaScript cannot hold exactly is an error.
pub fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&Serializer::json_compatible()).map_err(JsValue::from)
}

/// JSON of a JavaScript value; an error for a value that has none (a cycle, a `BigInt`, a function, `undefined`).
pub fn stringify(value: &JsValue) -> Result<String, JsValue> {
    let json: JsValue = JSON::stringify(value)?.into();
    json.as_string().ok_or_else(|| Error::new("not serializable").into())
}

/// A request body.
pub fn to_json(value: &impl Serialize) -> Result<String, JsValue> {
    stringify(&to_js(value)?)
}
