//! Parses the JSON bodies of admin routes.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// An error names the invalid field.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| format!("the body is not JSON: {error}"))?;
    serde_path_to_error::deserialize(value).map_err(|error| describe(&error))
}

/// An error of the whole body has the path `.`, which is left out.
pub fn describe(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let mut reason = error.inner().to_string();
    for (rust, json) in TYPES {
        reason = reason.replace(&format!("expected {rust}"), &format!("expected {json}"));
    }
    match error.path().iter().next() {
        Some(_) => format!("{}: {reason}", error.path()),
        None => reason,
    }
}

/// The readers of the messages do not know the names of Rust's types.
const TYPES: [(&str, &str); 8] = [
    ("u16", "an integer of at least 0"),
    ("u32", "an integer of at least 0"),
    ("u64", "an integer of at least 0"),
    ("i64", "an integer"),
    ("a nonzero u64", "an integer of at least 1"),
    ("a tuple of size 2", "an array of two integers"),
    ("a sequence", "an array"),
    ("string or map", "a text"),
];
