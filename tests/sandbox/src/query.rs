//! Query parameters: always optional to the parser, so that it is the API that refuses and not the framework.

use std::collections::HashMap;

use axum::extract::Query;

use crate::envelope::Code;

pub type Parameters = Query<HashMap<String, String>>;

/// A whole number from 1 up, written in digits only.
pub fn counting_number(parameters: &Parameters, name: &str) -> Result<u64, Code> {
    parameters
        .get(name)
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|text| text.parse().ok())
        .filter(|number| *number >= 1)
        .ok_or(Code::RequestInvalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_counting_numbers_only() {
        let read = |text: &str| {
            let map = HashMap::from([("page".to_owned(), text.to_owned())]);
            counting_number(&Query(map), "page").ok()
        };
        assert_eq!(read("1"), Some(1));
        assert_eq!(read("10000"), Some(10_000));
        for bad in ["", "0", "-1", "+1", " 1", "1.0", "1e3", "abc", "99999999999999999999"] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
        assert!(counting_number(&Query(HashMap::new()), "page").is_err());
    }
}
