//! Reads the JSON that admin routes take, and says what is wrong with it.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// The error names the field.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| format!("the body is not JSON: {error}"))?;
    // With the path of the whole body, `.`, left out.
    serde_path_to_error::deserialize(value).map_err(|error| match error.path().iter().next() {
        Some(_) => format!("{}: {}", error.path(), error.inner()),
        None => error.inner().to_string(),
    })
}
