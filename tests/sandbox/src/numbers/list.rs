//! `GET /api/partner/public_number/list?page=&size=`

use axum::extract::State;

use crate::{
    app::App,
    auth::PartnerId,
    envelope::{HandlerResult, success},
    page::{DEFAULT_SIZE, Page},
    query::{Parameters, positive_integer_or},
};

/// All partners see the same numbers.
pub async fn handle(State(app): State<App>, _: PartnerId, parameters: Parameters) -> HandlerResult {
    let page = positive_integer_or(1, &parameters, "page")?;
    let size = positive_integer_or(DEFAULT_SIZE, &parameters, "size")?;
    Ok(success(Page::of(&app.store().numbers, page, size, Clone::clone)?))
}
