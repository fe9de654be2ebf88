//! The reader writes this module. Here, a user with this cookie is signed in.

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header::COOKIE, request::Parts},
};

pub struct User;

impl<S: Sync> FromRequestParts<S> for User {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let cookie = parts.headers.get(COOKIE).and_then(|cookie| cookie.to_str().ok());
        if cookie == Some("session=test") { Ok(User) } else { Err(StatusCode::UNAUTHORIZED) }
    }
}
