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

    /// A string that is not blank and has at least `min` UTF-16 units.
    pub fn text_from(
        &self,
        min: usize,
        name: &str,
        missing: ErrorCode,
        too_short: ErrorCode,
    ) -> Result<&str, ErrorCode> {
        let text = self.optional_text(name)?.filter(|text| !text.trim().is_empty()).ok_or(missing)?;
        if utf16_len(text) < min { Err(too_short) } else { Ok(text) }
    }

    /// An integer of at least `min`; it may be written as `1e5` or `10000.0`.
    pub fn integer_from(&self, min: i64, name: &str, too_small: ErrorCode) -> Result<i64, ErrorCode> {
        /// 2^53: up to here a floating-point number represents every integer exactly.
        const EXACT: f64 = 9_007_199_254_740_992.0;

        let Some(Value::Number(number)) = self.get(name) else { return Err(ErrorCode::RequestInvalid) };
        match (number.as_i64(), number.as_f64()) {
            (Some(integer), _) => {
                if integer < min {
                    Err(too_small)
                } else {
                    Ok(integer)
                }
            }
            (_, Some(float)) if float < min as f64 => Err(too_small),
            (_, Some(float)) if float.fract() == 0.0 && float <= EXACT => Ok(float as i64),
            _ => Err(ErrorCode::RequestInvalid),
        }
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
    fn integers_have_a_minimum_and_no_fraction() {
        let read = |json: &str| {
            fields(&format!(r#"{{"amount":{json}}}"#))?.integer_from(10_000, "amount", ErrorCode::AmountTooSmall)
        };
        assert_eq!(read("10000"), Ok(10_000));
        assert_eq!(read("10000.0"), Ok(10_000));
        assert_eq!(read("1e5"), Ok(100_000));
        assert_eq!(read("9223372036854775807"), Ok(i64::MAX));
        for small in ["9999", "9999.99", "0", "-0.0", "-50000", "-1e300"] {
            assert_eq!(read(small), Err(ErrorCode::AmountTooSmall), "{small}");
        }
        for bad in [
            "10000.5",
            "1e300",
            "9007199254740994.0",
            "9223372036854775808",
            "99999999999999999999999",
            "null",
            "\"10000\"",
            "[10000]",
        ] {
            assert_eq!(read(bad), Err(ErrorCode::RequestInvalid), "{bad}");
        }
    }

    #[test]
    fn counts_utf16_units_without_normalization() {
        assert_eq!(utf16_len("Nguyễn"), 6);
        assert_eq!(utf16_len("Nguye\u{302}\u{303}n"), 8);
        assert_eq!(utf16_len("📞"), 2);
    }
}
