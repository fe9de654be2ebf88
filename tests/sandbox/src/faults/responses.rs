//! The faulty responses.

use std::{
    convert::Infallible,
    future::{pending, ready},
    io, iter,
};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderValue, StatusCode, header, response::Parts},
    response::{IntoResponse as _, Response},
};
use futures_util::{StreamExt as _, stream};
use serde_json::{Map, Value, json};

use crate::{
    connection::{self, Connection},
    envelope,
    faults::{
        kind::{ErrorBody, ErrorStatus, RedirectTarget},
        sample,
    },
    gateway,
};

const UNKNOWN_CODE: &str = "sandbox_unknown_code";
const UNKNOWN_FIELD: &str = "sandbox_unknown_field";
const DEFAULT_HUGE_BYTES: u64 = 50 * 1024 * 1024;

pub async fn split(response: Response) -> (Parts, Bytes) {
    let (parts, body) = response.into_parts();
    // The sandbox has built this body in memory, so reading it cannot fail.
    (parts, to_bytes(body, usize::MAX).await.unwrap_or_default())
}

/// The envelope of a response. A response without one, such as a gateway error, is replaced by a sample.
async fn parse_envelope(response: Response, endpoint: &str) -> Map<String, Value> {
    let is_envelope = |value: &Map<String, Value>| value.contains_key("status_code");
    match serde_json::from_slice(&split(response).await.1) {
        Ok(Value::Object(envelope)) if is_envelope(&envelope) => envelope,
        _ => {
            let (_, bytes) = split(envelope::success(sample::payload(endpoint))).await;
            serde_json::from_slice(&bytes).unwrap_or_default()
        }
    }
}

pub fn error(ErrorStatus(status): ErrorStatus, body: ErrorBody, retry_after: Option<HeaderValue>) -> Response {
    let mut response = match body {
        ErrorBody::Html => gateway::html_page(status),
        ErrorBody::Empty => status.into_response(),
        ErrorBody::Json => {
            let body = json!({ "status": status.as_u16(), "error": status.canonical_reason() });
            (status, envelope::json(&body)).into_response()
        }
    };
    if let Some(value) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

pub async fn truncated(response: Response, endpoint: &str) -> Response {
    let (_, bytes) = split(envelope::json(&parse_envelope(response, endpoint).await)).await;
    let half = bytes.slice(..bytes.len() / 2);
    ([(header::CONTENT_TYPE, "application/json")], half).into_response()
}

pub async fn no_status_code(response: Response, endpoint: &str) -> Response {
    let mut envelope = parse_envelope(response, endpoint).await;
    envelope.remove("status_code");
    envelope::json(&envelope)
}

pub async fn wrong_types(response: Response, endpoint: &str) -> Response {
    let field = match endpoint {
        sample::ADD => "/id",
        sample::LIST => "/items/0/balance",
        sample::NUMBERS => "/items/0/number",
        sample::PACKAGES => "/0/staff_num",
        sample::INFO | sample::ME => "/balance",
        sample::AGENCY => "/full_name",
        _ => "",
    };
    let mut payload = parse_envelope(response, endpoint).await.remove("payload").unwrap_or_default();
    if payload.pointer(field).is_none_or(Value::is_null) {
        payload = sample::payload(endpoint);
    }
    if let Some(value) = payload.pointer_mut(field) {
        *value = match value {
            Value::Number(number) => Value::String(number.to_string()),
            _ => json!(42),
        };
    }
    envelope::success(payload)
}

pub async fn unknown_fields(response: Response) -> Response {
    fn add(value: &mut Value) {
        if let Value::Object(fields) = value {
            fields.insert(UNKNOWN_FIELD.to_owned(), json!({ "list": [1, "hai", null] }));
        }
    }

    let (parts, bytes) = split(response).await;
    let Ok(mut value) = serde_json::from_slice::<Value>(&bytes) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    if let Some(Value::Array(items)) = value.pointer_mut("/payload/items") {
        items.iter_mut().for_each(add);
    }
    if let Some(payload) = value.get_mut("payload") {
        add(payload);
    }
    add(&mut value);
    (parts.status, envelope::json(&value)).into_response()
}

pub fn unknown_code(code: Option<&str>) -> Response {
    envelope::failure(Some(code.unwrap_or(UNKNOWN_CODE)), None)
}

pub fn payload_error(code: Option<&str>) -> Response {
    let error = code.unwrap_or(UNKNOWN_CODE);
    envelope::failure(None, Some(json!({ "error": error, "message": "Không thể thực hiện yêu cầu lúc này." })))
}

pub async fn cut_headers(connection: Option<Connection>) -> Response {
    match connection {
        Some(connection) => {
            connection.cut();
            pending().await
        }
        None => connection::cut(),
    }
}

pub async fn cut_body(response: Response, connection: Option<Connection>) -> Response {
    let (mut parts, bytes) = split(response).await;
    parts.headers.insert(header::CONTENT_LENGTH, bytes.len().into());
    let half = bytes.slice(..bytes.len() / 2);
    let end = async move {
        match connection {
            Some(connection) => {
                connection.cut();
                pending().await
            }
            None => Err(io::Error::from(io::ErrorKind::ConnectionAborted)),
        }
    };
    Response::from_parts(parts, Body::from_stream(stream::once(ready(Ok(half))).chain(stream::once(end))))
}

pub fn redirect(RedirectTarget(to): &RedirectTarget, url: &str) -> Response {
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, format!("{to}{url}"))]).into_response()
}

/// A valid response with an additional string field of the given length.
pub async fn huge(bytes: Option<u64>, endpoint: &str) -> Response {
    const PLACEHOLDER: &str = "@filler@";
    static FILLER: [u8; 64 * 1024] = [b'x'; 64 * 1024];

    let mut payload = sample::payload(endpoint);
    let object = if payload.is_array() { payload.get_mut(0) } else { Some(&mut payload) };
    if let Some(Value::Object(fields)) = object {
        fields.insert("sandbox_filler".to_owned(), PLACEHOLDER.into());
    }
    let (_, json) = split(envelope::success(payload)).await;
    let json = String::from_utf8_lossy(&json);
    let (head, tail) = json.split_once(PLACEHOLDER).unwrap_or_default();

    let size = FILLER.len() as u64;
    let bytes = bytes.unwrap_or(DEFAULT_HUGE_BYTES);
    let rest = (bytes % size) as usize;
    let filler = iter::repeat_n(Bytes::from_static(&FILLER), usize::try_from(bytes / size).unwrap_or(usize::MAX));
    let chunks = iter::once(Bytes::from(head.to_owned()))
        .chain(filler)
        .chain([Bytes::from_static(&FILLER).slice(..rest), Bytes::from(tail.to_owned())]);
    let body = Body::from_stream(stream::iter(chunks.map(Ok::<_, Infallible>)));
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}
