//! Parses request bodies field by field, because the API has different error codes for a missing body, an invalid body,
//! a missing field and an invalid field.

use serde_json::{Map, Value};

use crate::envelope::ErrorCode;

/// A request body.
pub enum Body {
    /// Empty, or JSON `null`.
    Missing,
    NotJson,
    Json(Value),
}

impl Body {
    pub fn parse(bytes: &[u8]) -> Self {
        if bytes.trim_ascii().is_empty() {
            return Self::Missing;
        }
        match serde_json::from_slice(bytes) {
            Ok(Value::Null) => Self::Missing,
            Ok(value) => Self::Json(value),
            Err(_) => Self::NotJson,
        }
    }

    /// Returns the fields; `missing` and `not_json` are the error codes for a missing body and for a body that is not
    /// JSON.
    pub fn fields(self, missing: ErrorCode, not_json: ErrorCode) -> Result<Fields, ErrorCode> {
        match self {
            Self::Missing => Err(missing),
            Self::NotJson => Err(not_json),
            Self::Json(Value::Object(map)) => Ok(Fields(map)),
            Self::Json(_) => Err(ErrorCode::RequestInvalid),
        }
    }
}

/// The fields of a JSON object. A `null` field counts as absent.
pub struct Fields(Map<String, Value>);

impl Fields {
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub fn optional_text(&self, name: &str) -> Result<Option<&str>, ErrorCode> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(ErrorCode::RequestInvalid),
        }
    }

    /// A string that is not blank.
    pub fn required_text(&self, name: &str) -> Result<&str, ErrorCode> {
        self.optional_text(name)?.filter(|text| !text.trim().is_empty()).ok_or(ErrorCode::RequestInvalid)
    }

    pub fn optional_bool(&self, name: &str) -> Result<Option<bool>, ErrorCode> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(ErrorCode::RequestInvalid),
        }
    }
}

/// The length in UTF-16 code units, as Java and browsers count it.
pub fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> Result<Fields, ErrorCode> {
        Body::parse(json.as_bytes()).fields(ErrorCode::BodyRequestIsRequired, ErrorCode::RequestBodyRequired)
    }

    #[test]
    fn distinguishes_missing_from_invalid() {
        for missing in ["", " \r\n\t", "null", " null "] {
            assert_eq!(fields(missing).err(), Some(ErrorCode::BodyRequestIsRequired), "{missing:?}");
        }
        for bad in ["{", "hello", "{\"a\":1}x", "email=a"] {
            assert_eq!(fields(bad).err(), Some(ErrorCode::RequestBodyRequired), "{bad:?}");
        }
        for other in ["[]", "1", "\"text\"", "true"] {
            assert_eq!(fields(other).err(), Some(ErrorCode::RequestInvalid), "{other:?}");
        }
        assert!(fields("{}").is_ok());
    }

    #[test]
    fn null_is_absent_and_blank_is_invalid() -> Result<(), ErrorCode> {
        let fields = fields(r#"{"a":null,"b":"  ","c":3,"d":" x ","e":true}"#)?;
        assert_eq!(fields.optional_text("a"), Ok(None));
        assert_eq!(fields.required_text("b"), Err(ErrorCode::RequestInvalid));
        assert_eq!(fields.optional_text("c"), Err(ErrorCode::RequestInvalid));
        assert_eq!(fields.required_text("d"), Ok(" x "));
        assert_eq!(fields.optional_bool("e"), Ok(Some(true)));
        assert_eq!(fields.optional_bool("c"), Err(ErrorCode::RequestInvalid));
        assert_eq!(fields.optional_bool("a"), Ok(None));
        Ok(())
    }

    #[test]
    fn counts_utf16_units_without_normalization() {
        assert_eq!(utf16_len("Nguyễn"), 6);
        assert_eq!(utf16_len("Nguye\u{302}\u{303}n"), 8);
        assert_eq!(utf16_len("📞"), 2);
    }
}
