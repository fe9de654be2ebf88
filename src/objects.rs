//! Plain objects for JavaScript: built field by field, or from what derives `Serialize`.

use std::fmt::{self, Display};

use js_sys::Object;
use serde::ser::{Error, Impossible, Serialize, SerializeStruct, Serializer};
use wasm_bindgen::JsValue;

use crate::js;

/// An object under construction.
pub struct Fields(pub JsValue);

impl Default for Fields {
    fn default() -> Self {
        Self(Object::new().into())
    }
}

impl Fields {
    pub fn value(&self, name: &str, value: &JsValue) {
        js::set_value(&self.0, name, value);
    }

    pub fn text(&self, name: &str, value: &str) {
        js::set_text(&self.0, name, value);
    }

    pub fn number(&self, name: &str, value: f64) {
        js::set_number(&self.0, name, value);
    }
}

/// A struct, or an enum of names, as JavaScript sees it. Knows texts, numbers, booleans and structs: what the types of this
/// crate are made of; anything else becomes `undefined`.
pub fn to_js(value: &(impl Serialize + ?Sized)) -> JsValue {
    value.serialize(ToJs).unwrap_or_default()
}

struct ToJs;

/// What serde's types may be made of, and the types of this crate are not.
#[derive(Debug)]
pub struct Unsupported;

impl Display for Unsupported {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Unsupported {}

impl Error for Unsupported {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

type Result<T = JsValue> = std::result::Result<T, Unsupported>;
type No = Impossible<JsValue, Unsupported>;

impl SerializeStruct for Fields {
    type Ok = JsValue;
    type Error = Unsupported;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
        self.value(name, &to_js(value));
        Ok(())
    }

    fn end(self) -> Result {
        Ok(self.0)
    }
}

macro_rules! numbers {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method(self, value: $type) -> Result {
            self.serialize_f64(value.into())
        })*
    };
}

macro_rules! unsupported {
    ($($method:ident($($argument:ty),*) -> $result:ty;)*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$result> {
            Err(Unsupported)
        })*
    };
}

impl Serializer for ToJs {
    type Ok = JsValue;
    type Error = Unsupported;
    type SerializeStruct = Fields;
    type SerializeSeq = No;
    type SerializeTuple = No;
    type SerializeTupleStruct = No;
    type SerializeTupleVariant = No;
    type SerializeMap = No;
    type SerializeStructVariant = No;

    fn serialize_bool(self, value: bool) -> Result {
        Ok(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result {
        Ok(JsValue::from_f64(value))
    }

    fn serialize_str(self, value: &str) -> Result {
        Ok(value.into())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result {
        Ok(name.into())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields> {
        Ok(Fields::default())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result {
        Err(Unsupported)
    }

    numbers! {
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_f32: f32,
    }

    unsupported! {
        serialize_i64(i64) -> JsValue;
        serialize_u64(u64) -> JsValue;
        serialize_char(char) -> JsValue;
        serialize_bytes(&[u8]) -> JsValue;
        serialize_none() -> JsValue;
        serialize_unit() -> JsValue;
        serialize_unit_struct(&'static str) -> JsValue;
        serialize_seq(Option<usize>) -> No;
        serialize_tuple(usize) -> No;
        serialize_tuple_struct(&'static str, usize) -> No;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> No;
        serialize_map(Option<usize>) -> No;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> No;
    }
}
