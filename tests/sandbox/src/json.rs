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
    match error.path().iter().next() {
        Some(_) => format!("{}: {}", error.path(), error.inner()),
        None => error.inner().to_string(),
    }
}
