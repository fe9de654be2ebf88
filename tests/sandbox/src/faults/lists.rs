//! Faults of the tenant list: lists that never end.

use axum::{
    body::Body,
    extract::Request,
    http::Uri,
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};

use crate::{
    envelope,
    faults::{responses, sample},
    page::{DEFAULT_SIZE, MAX_SIZE},
    query::{Parameters, positive_integer},
};

/// The page number and page size of a list request.
#[derive(Clone, Copy)]
pub struct RequestedPage {
    page: u64,
    size: u64,
}

impl RequestedPage {
    pub fn of(uri: &Uri) -> Self {
        let parameters: Parameters = Parameters::try_from_uri(uri).unwrap_or_default();
        Self {
            page: positive_integer(&parameters, "page").unwrap_or(1),
            size: positive_integer(&parameters, "size").unwrap_or(DEFAULT_SIZE).min(MAX_SIZE),
        }
    }

    /// Writes the fields that a client uses for pagination.
    fn write_page_info(self, payload: &mut serde_json::Map<String, Value>) {
        payload.insert("page_number".to_owned(), self.page.into());
        payload.insert("has_next".to_owned(), true.into());
        payload.insert("next_page".to_owned(), self.page.saturating_add(1).into());
        payload.insert("has_previous".to_owned(), (self.page > 1).into());
        payload.insert("previous_page".to_owned(), (self.page - 1).max(1).into());
    }
}

/// Changes a request so that it asks for page 1.
pub fn request_first_page(request: Request) -> Request {
    let (mut parts, body) = request.into_parts();
    let query: Vec<&str> = parts
        .uri
        .query()
        .unwrap_or_default()
        .split('&')
        .map(|pair| if is_valid_page(pair) { "page=1" } else { pair })
        .collect();
    if let Ok(uri) = format!("{}?{}", parts.uri.path(), query.join("&")).parse() {
        parts.uri = uri;
    }
    Request::from_parts(parts, body)
}

/// Whether a query pair is a valid `page` parameter; the API rejects any other.
fn is_valid_page(pair: &str) -> bool {
    pair.strip_prefix("page=").is_some_and(|number| number.parse::<u64>().is_ok_and(|number| number >= 1))
}

/// Page 1, with the number of the requested page.
pub async fn repeated_page(response: Response, requested: RequestedPage) -> Response {
    let (parts, bytes) = responses::split(response).await;
    if let Ok(mut envelope) = serde_json::from_slice::<Value>(&bytes)
        && let Some(Value::Object(payload)) = envelope.get_mut("payload")
    {
        requested.write_page_info(payload);
        return (parts.status, envelope::json(&envelope)).into_response();
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// A page of an endless list, with different items on every page.
pub fn endless(requested: RequestedPage, endpoint: &str) -> Response {
    let RequestedPage { page, size } = requested;
    let items: Vec<Value> = (0..size).map(|index| sample::item(endpoint, page, index)).collect();
    let mut payload = json!({
        "items": items,
        "page_size": size,
        "total_items": page.saturating_add(1).saturating_mul(size),
        "total_pages": page.saturating_add(1),
    });
    if let Value::Object(fields) = &mut payload {
        requested.write_page_info(fields);
    }
    envelope::success(payload)
}
