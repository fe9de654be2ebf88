//! Responses like those of a gateway in front of the API: a status and a short HTML page, no envelope.

use axum::{
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};

pub fn html_page(status: StatusCode) -> Response {
    let body =
        format!("<html><head><title>{status}</title></head><body><center><h1>{status}</h1></center></body></html>\n");
    (status, Html(body)).into_response()
}
