//! Lists that never end.

use axum::{
    body::Body,
    extract::Request,
    http::Uri,
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};

use crate::{
    envelope,
    faults::{answers, stand_in},
    query::{Parameters, counting_number},
    tenants::list::MAX_SIZE,
};

const PAGE_SIZE: u64 = 50;

/// The page and size that a list was asked for.
#[derive(Clone, Copy)]
pub struct Asked {
    page: u64,
    size: u64,
}

impl Asked {
    pub fn of(uri: &Uri) -> Self {
        let parameters: Parameters = Parameters::try_from_uri(uri).unwrap_or_default();
        Self {
            page: counting_number(&parameters, "page").unwrap_or(1),
            size: counting_number(&parameters, "size").unwrap_or(PAGE_SIZE).min(MAX_SIZE),
        }
    }

    /// The fields of a page by which a reader goes on.
    fn turn(self, payload: &mut serde_json::Map<String, Value>) {
        payload.insert("page_number".to_owned(), self.page.into());
        payload.insert("has_next".to_owned(), true.into());
        payload.insert("next_page".to_owned(), self.page.saturating_add(1).into());
        payload.insert("has_previous".to_owned(), (self.page > 1).into());
        payload.insert("previous_page".to_owned(), (self.page - 1).max(1).into());
    }
}

/// The same request, but for page 1.
pub fn ask_for_first_page(request: Request) -> Request {
    let (mut parts, body) = request.into_parts();
    let query: Vec<&str> = parts
        .uri
        .query()
        .unwrap_or_default()
        .split('&')
        .map(|pair| if is_page(pair) { "page=1" } else { pair })
        .collect();
    if let Ok(uri) = format!("{}?{}", parts.uri.path(), query.join("&")).parse() {
        parts.uri = uri;
    }
    Request::from_parts(parts, body)
}

/// Whether it is a page that exists: any other is for the API to refuse.
fn is_page(pair: &str) -> bool {
    pair.strip_prefix("page=").is_some_and(|number| number.parse::<u64>().is_ok_and(|number| number >= 1))
}

/// Page 1 under the number of the page that was asked for.
pub async fn repeated_page(answer: Response, asked: Asked) -> Response {
    let (parts, bytes) = answers::read(answer).await;
    if let Ok(mut envelope) = serde_json::from_slice::<Value>(&bytes)
        && let Some(Value::Object(payload)) = envelope.get_mut("payload")
    {
        asked.turn(payload);
        return (parts.status, envelope::json(&envelope)).into_response();
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Ever more tenants.
pub fn endless(asked: Asked) -> Response {
    let Asked { page, size } = asked;
    let items: Vec<Value> = (0..size).map(|place| stand_in::tenant(page, place)).collect();
    let mut payload = json!({
        "items": items,
        "page_size": size,
        "total_items": page.saturating_add(1).saturating_mul(size),
        "total_pages": page.saturating_add(1),
    });
    if let Value::Object(fields) = &mut payload {
        asked.turn(fields);
    }
    envelope::done(payload)
}
