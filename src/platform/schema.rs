//! Checks of responses in place: they stay the JavaScript objects that the browser parsed.

use std::borrow::Cow;

use wasm_bindgen::prelude::*;

/// A value of a response that differs from the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Where: `payload.items[3].balance`; empty for the response as a whole.
    pub path: String,
    pub expected: Cow<'static, str>,
    pub actual: Cow<'static, str>,
}

impl Mismatch {
    pub fn new(expected: &'static str, actual: impl Into<Cow<'static, str>>) -> Box<Self> {
        Box::new(Self { path: String::new(), expected: expected.into(), actual: actual.into() })
    }

    /// Of an object that throws when it is read: a browser's own JSON cannot, the response of an injected `fetch` can.
    pub fn throwing() -> Box<Self> {
        Self::new("plain data", "an object that throws")
    }

    /// The same mismatch with the path that starts at `parent`.
    pub fn under(mut self: Box<Self>, parent: &str) -> Box<Self> {
        let separator = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = [parent, separator, &self.path].concat();
        self
    }
}

#[wasm_bindgen(module = "/src/platform/schema.js")]
extern "C" {
    /// Schemas by name, from their text.
    pub fn parse(text: &str) -> JsValue;
    /// Path, expected and actual type of the first mismatch, one per line.
    #[wasm_bindgen(js_name = check)]
    fn check_in_place(value: &JsValue, schemas: &JsValue, name: &str, is_list: bool) -> Option<String>;
}

/// A check of one value.
pub type Check = fn(&JsValue) -> Result<(), Box<Mismatch>>;

/// The check of a payload that is not documented.
pub fn anything(_: &JsValue) -> Result<(), Box<Mismatch>> {
    Ok(())
}

/// Checks a value, or each item of an array, by the schema `name`: a documented field that is present must have its type.
pub fn check(value: &JsValue, schemas: &JsValue, name: &str, is_list: bool) -> Result<(), Box<Mismatch>> {
    let Some(mismatch) = check_in_place(value, schemas, name, is_list) else {
        return Ok(());
    };
    let mut lines = mismatch.split('\n').map(str::to_owned);
    let mut next = || lines.next().unwrap_or_default();
    Err(Box::new(Mismatch { path: next(), expected: next().into(), actual: next().into() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_built_from_the_inside_out() {
        let mismatch = Mismatch::new("number", "string").under("[3].balance").under("items").under("payload");
        assert_eq!(mismatch.path, "payload.items[3].balance");
    }

    #[test]
    fn an_index_needs_no_dot() {
        assert_eq!(Mismatch::new("object", "null").under("[0]").under("items").path, "items[0]");
    }
}
