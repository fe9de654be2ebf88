//! Checking values of a response in place: they stay the JavaScript objects that the browser parsed. One call crosses the
//! border for a whole response, however many fields it has.

use wasm_bindgen::JsValue;

use crate::error::Mismatch;
use crate::js;
use crate::text::cut;

/// A check of one value.
pub type Check = fn(&JsValue) -> Checked;
pub type Checked = Result<(), Box<Mismatch>>;

/// Nothing is promised about it.
pub fn anything(_: &JsValue) -> Checked {
    Ok(())
}

/// The shape `name` of `shapes`: what is documented and is there must be of its type.
pub fn shape(value: &JsValue, shapes: &JsValue, name: &str) -> Checked {
    let Some(found) = js::check(value, shapes, name) else {
        return Ok(());
    };
    let (path, rest) = cut(&found, b'\n').unwrap_or_default();
    let (expected, actual) = cut(rest, b'\n').unwrap_or_default();
    let owned = |text: &str| text.to_owned().into();
    Err(Box::new(Mismatch { path: path.into(), expected: owned(expected), actual: owned(actual) }))
}
