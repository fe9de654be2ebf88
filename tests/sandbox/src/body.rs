//! Request bodies, field by field: the API tells a missing body from a bad one, and a bad field from a missing one.

use serde_json::{Map, Value};

use crate::envelope::Code;

/// What arrived as a body.
pub enum Body {
    /// Nothing, or JSON `null`.
    Missing,
    NotJson,
    Json(Value),
}

impl Body {
    pub fn read(bytes: &[u8]) -> Self {
        if bytes.trim_ascii().is_empty() {
            return Self::Missing;
        }
        match serde_json::from_slice(bytes) {
            Ok(Value::Null) => Self::Missing,
            Ok(value) => Self::Json(value),
            Err(_) => Self::NotJson,
        }
    }

    /// The fields; `missing` and `not_json` are the codes for a body that has none.
    pub fn fields(self, missing: Code, not_json: Code) -> Result<Fields, Code> {
        match self {
            Self::Missing => Err(missing),
            Self::NotJson => Err(not_json),
            Self::Json(Value::Object(map)) => Ok(Fields(map)),
            Self::Json(_) => Err(Code::RequestInvalid),
        }
    }
}

/// The fields of a JSON object. `null` counts as absent everywhere.
pub struct Fields(Map<String, Value>);

impl Fields {
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub fn optional_text(&self, name: &str) -> Result<Option<&str>, Code> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Code::RequestInvalid),
        }
    }

    /// A text with something in it besides white space.
    pub fn required_text(&self, name: &str) -> Result<&str, Code> {
        self.optional_text(name)?.filter(|text| !text.trim().is_empty()).ok_or(Code::RequestInvalid)
    }

    pub fn optional_flag(&self, name: &str) -> Result<Option<bool>, Code> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(Code::RequestInvalid),
        }
    }
}

/// The length as Java and browsers count it.
pub fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> Result<Fields, Code> {
        Body::read(json.as_bytes()).fields(Code::BodyRequestIsRequired, Code::RequestBodyRequired)
    }

    #[test]
    fn tells_missing_from_bad() {
        for missing in ["", " \r\n\t", "null", " null "] {
            assert_eq!(fields(missing).err(), Some(Code::BodyRequestIsRequired), "{missing:?}");
        }
        for bad in ["{", "hello", "{\"a\":1}x", "email=a"] {
            assert_eq!(fields(bad).err(), Some(Code::RequestBodyRequired), "{bad:?}");
        }
        for other in ["[]", "1", "\"text\"", "true"] {
            assert_eq!(fields(other).err(), Some(Code::RequestInvalid), "{other:?}");
        }
        assert!(fields("{}").is_ok());
    }

    #[test]
    fn null_is_absent_and_blank_is_empty() -> Result<(), Code> {
        let fields = fields(r#"{"a":null,"b":"  ","c":3,"d":" x ","e":true}"#)?;
        assert_eq!(fields.optional_text("a"), Ok(None));
        assert_eq!(fields.required_text("b"), Err(Code::RequestInvalid));
        assert_eq!(fields.optional_text("c"), Err(Code::RequestInvalid));
        assert_eq!(fields.required_text("d"), Ok(" x "));
        assert_eq!(fields.optional_flag("e"), Ok(Some(true)));
        assert_eq!(fields.optional_flag("c"), Err(Code::RequestInvalid));
        assert_eq!(fields.optional_flag("a"), Ok(None));
        Ok(())
    }

    #[test]
    fn counts_utf16_units_as_they_arrived() {
        assert_eq!(utf16_len("Nguyễn"), 6);
        assert_eq!(utf16_len("Nguye\u{302}\u{303}n"), 8);
        assert_eq!(utf16_len("📞"), 2);
    }
}
