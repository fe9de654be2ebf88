//! The types of arguments that more than one call takes. Each knows how it is read.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::AbortSignal;

use super::{FieldReader, REQUEST_INVALID, rules};
use crate::error::Text;
use crate::platform::guarded;

/// A type of argument.
pub trait Param: Sized {
    /// Reads a value, or reports its issue.
    fn read(reader: &mut FieldReader<'_>) -> Option<Self>;
}

/// An argument that may be absent.
impl<T: Param> Param for Option<T> {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        if reader.value.is_undefined() { Some(None) } else { T::read(reader).map(Some) }
    }
}

impl Param for bool {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        let value = reader.value.as_bool();
        value.or_else(|| reader.invalid(&Text { en: "must be true or false", vi: "phải là true hoặc false" }))
    }
}

impl Param for Function {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        reader.value.dyn_ref::<Function>().cloned().or_else(|| reader.wrong_type("function"))
    }
}

/// Recognised by its shape: a signal of another frame is of another class.
impl Param for AbortSignal {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        let value = &reader.value;
        let is_signal = guarded::field(value, "addEventListener").is_function()
            && guarded::field(value, "aborted").as_bool().is_some();
        if is_signal { Some(value.clone().unchecked_into()) } else { reader.wrong_type("AbortSignal") }
    }
}

/// A value that the core does not read.
impl Param for JsValue {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        Some(reader.value.clone())
    }
}

/// Argument types that are a Rust value with a rule.
macro_rules! newtypes {
    ($($(#[$doc:meta])* $name:ident($type:ty);)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
            #[serde(transparent)]
            pub struct $name(pub $type);
        )*
    };
}
pub(crate) use newtypes;

newtypes! {
    /// An integer from 0.
    Count(f64);
    /// An integer from 1.
    PositiveInteger(f64);
    /// A time span that a timer can hold.
    Milliseconds(f64);
}

impl Param for Count {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        reader.integer(0).map(Self)
    }
}

impl Param for PositiveInteger {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        if reader.is_empty_number() {
            return reader.not_entered(REQUEST_INVALID);
        }
        reader.integer(1).map(Self)
    }
}

impl Param for Milliseconds {
    fn read(reader: &mut FieldReader<'_>) -> Option<Self> {
        let span = reader.value.as_f64().filter(|ms| rules::is_timer_span(*ms)).map(Self);
        span.or_else(|| {
            reader.invalid(&Text {
                en: "must be a number of milliseconds above 0 and at most 2147483647",
                vi: "phải là số mili giây lớn hơn 0 và không quá 2147483647",
            })
        })
    }
}

/// An id that cannot leave its place in a URL.
pub fn read_id(reader: &mut FieldReader<'_>) -> Option<String> {
    let id = reader.verbatim()?;
    if rules::is_id(&id) {
        return Some(id);
    }
    if let Some(hidden) = rules::hidden(&id) {
        return reader.hidden(REQUEST_INVALID, hidden);
    }
    reader.invalid(&Text {
        en: "may contain only letters, digits and - _ . :",
        vi: "chỉ được chứa chữ cái, chữ số và - _ . :",
    })
}
