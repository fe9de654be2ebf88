//! Answers as a gateway in front of the API gives them: a status and a scrap of HTML, no envelope.

use axum::{
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};

pub fn page(status: StatusCode) -> Response {
    let body =
        format!("<html><head><title>{status}</title></head><body><center><h1>{status}</h1></center></body></html>\n");
    (status, Html(body)).into_response()
}
