//! Argument objects. A parameter is one line, from which its reader, its name in the check for unknown names, its TypeScript
//! type and its label in messages follow.

use wasm_bindgen::JsValue;

use super::{Field, FieldReader, Issues, open_object, types::Param};
use crate::platform::guarded;

/// An object of arguments that is read field by field.
pub trait Params: Sized {
    fn is_known(name: &str) -> bool;
    /// Reads all fields, or reports their issues.
    fn read_fields(object: &JsValue, issues: &mut Issues) -> Option<Self>;

    /// Reads an object that may be absent. `field` is the argument.
    fn read_optional(value: &JsValue, field: &'static Field, issues: &mut Issues) -> Option<Self> {
        open_object(value, field, None, Self::is_known, issues)?;
        Self::read_fields(value, issues)
    }

    /// Reads an object that must be there; `missing` is the code of its absence.
    fn read_required(
        value: &JsValue,
        field: &'static Field,
        missing: &'static str,
        issues: &mut Issues,
    ) -> Option<Self> {
        open_object(value, field, Some(missing), Self::is_known, issues)?;
        Self::read_fields(value, issues)
    }
}

/// Reads one field; a field whose getter throws counts as absent.
pub fn read_field<T: Param>(object: &JsValue, field: &'static Field, issues: &mut Issues) -> Option<T> {
    T::read(&mut FieldReader { field, value: guarded::field(object, field.name), issues })
}

/// A field by its name and, where people see it, its English and Vietnamese label.
macro_rules! field {
    ($name:ident) => {
        &$crate::validation::Field { name: stringify!($name), label: None }
    };
    ($name:ident, $en:literal, $vi:literal) => {
        &$crate::validation::Field { name: stringify!($name), label: Some(&$crate::error::Text { en: $en, vi: $vi }) }
    };
}
pub(crate) use field;

/// Defines an argument object. The fields have the names that callers write; each line holds the name, the type that reads it,
/// the TypeScript type and, where people see the field, its English and Vietnamese label.
macro_rules! params {
    (
        $(#[$meta:meta])*
        $name:ident
        $(extends { $base:ident: $base_type:ty })?
        $(required { $($(#[$required_meta:meta])* $required:ident: $required_type:ty = $required_ts:literal $(, $required_label:literal)*;)* })?
        $(optional { $($(#[$optional_meta:meta])* $optional:ident: $optional_type:ty = $optional_ts:literal $(, $optional_label:literal)*;)* })?
    ) => {
        $(#[$meta])*
        #[allow(non_snake_case)]
        pub struct $name {
            $(
                #[serde(flatten)]
                pub $base: $base_type,
            )?
            $($(
                $(#[$required_meta])*
                #[tsify(type = $required_ts)]
                pub $required: $required_type,
            )*)?
            $($(
                $(#[$optional_meta])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                #[tsify(optional, type = $optional_ts)]
                pub $optional: Option<$optional_type>,
            )*)?
        }

        impl $crate::validation::params::Params for $name {
            fn is_known(name: &str) -> bool {
                let own = [$($(stringify!($required),)*)? $($(stringify!($optional),)*)?];
                own.contains(&name) $(|| <$base_type as $crate::validation::params::Params>::is_known(name))?
            }

            #[allow(non_snake_case)]
            fn read_fields(
                object: &::wasm_bindgen::JsValue,
                issues: &mut $crate::validation::Issues,
            ) -> Option<Self> {
                use $crate::validation::params::{field, read_field};
                $(let $base = <$base_type as $crate::validation::params::Params>::read_fields(object, issues);)?
                $($(let $required = read_field(object, field!($required $(, $required_label)*), issues);)*)?
                $($(let $optional = read_field(object, field!($optional $(, $optional_label)*), issues);)*)?
                Some(Self {
                    $($base: $base?,)?
                    $($($required: $required?,)*)?
                    $($($optional: $optional?,)*)?
                })
            }
        }
    };
}
pub(crate) use params;
