//! The header `Date`, by the sandbox's clock: a `Retry-After` date is compared with it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::app::App;

/// Of the year 9999.
const LAST_SECOND: Duration = Duration::from_secs(253_402_300_799);

/// `after` is added to the time of the clock.
pub fn http_date(app: &App, after: Duration) -> Option<HeaderValue> {
    let now = Duration::from_millis(u64::try_from(app.now()).ok()?);
    let time: SystemTime = UNIX_EPOCH.checked_add(now)?.checked_add(after)?;
    // A later one would be a panic.
    HeaderValue::try_from(httpdate::fmt_http_date(time.min(UNIX_EPOCH + LAST_SECOND))).ok()
}

pub async fn add_header(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(date) = http_date(&app, Duration::ZERO) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}
