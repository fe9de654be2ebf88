//! `GET /api/partner/agency_tenant/info`

use axum::extract::State;
use serde::Serialize;

use crate::{
    app::App,
    auth::PartnerId,
    envelope::{ErrorCode, HandlerResult, success},
    store::{ACTIVATED, CURRENCY, LANGUAGE, NATION},
};

/// The documentation says that it has fewer fields than the partner, and not which.
#[derive(Serialize)]
struct Agency<'a> {
    full_name: &'a str,
    email: &'a str,
    enabled: bool,
    status: &'static str,
    nation: &'static str,
    currency: &'static str,
    language: &'static str,
}

pub async fn handle(State(app): State<App>, id: PartnerId) -> HandlerResult {
    let partner = app.partners.get(id).ok_or(ErrorCode::PartnerInvalid)?;
    Ok(success(Agency {
        full_name: partner.full_name,
        email: partner.email,
        enabled: true,
        status: ACTIVATED,
        nation: NATION,
        currency: CURRENCY,
        language: LANGUAGE,
    }))
}
