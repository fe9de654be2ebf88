//! Query parameters. All are optional for the parser, so that the API's own error is returned and not the framework's.

use std::collections::HashMap;

use axum::extract::Query;

use crate::envelope::ErrorCode;

pub type Parameters = Query<HashMap<String, String>>;

/// An integer of at least 1, written with digits only.
pub fn positive_integer(parameters: &Parameters, name: &str) -> Result<u64, ErrorCode> {
    parameters
        .get(name)
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|text| text.parse().ok())
        .filter(|number| *number >= 1)
        .ok_or(ErrorCode::RequestInvalid)
}

/// The same for a parameter that may be absent.
pub fn positive_integer_or(default: u64, parameters: &Parameters, name: &str) -> Result<u64, ErrorCode> {
    if parameters.contains_key(name) { positive_integer(parameters, name) } else { Ok(default) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_positive_integers_only() {
        let read = |text: &str| {
            let map = HashMap::from([("page".to_owned(), text.to_owned())]);
            positive_integer(&Query(map), "page").ok()
        };
        assert_eq!(read("1"), Some(1));
        assert_eq!(read("10000"), Some(10_000));
        for bad in ["", "0", "-1", "+1", " 1", "1.0", "1e3", "abc", "99999999999999999999"] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
        assert!(positive_integer(&Query(HashMap::new()), "page").is_err());
    }
}
