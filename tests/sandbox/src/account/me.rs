//! `GET /api/partner/me`

use axum::extract::State;
use serde::Serialize;

use crate::{
    app::App,
    auth::PartnerId,
    envelope::{ErrorCode, HandlerResult, success},
    store::{ACTIVATED, CURRENCY, LANGUAGE, NATION},
};

#[derive(Serialize)]
struct Me<'a> {
    full_name: &'a str,
    email: &'a str,
    description: &'a str,
    enabled: bool,
    status: &'static str,
    paid_type: &'static str,
    nation: &'static str,
    currency: &'static str,
    language: &'static str,
    balance: i64,
}

pub async fn handle(State(app): State<App>, id: PartnerId) -> HandlerResult {
    let partner = app.partners.get(id).ok_or(ErrorCode::PartnerInvalid)?;
    Ok(success(Me {
        full_name: partner.full_name,
        email: partner.email,
        description: partner.description,
        enabled: true,
        status: ACTIVATED,
        paid_type: "prepaid",
        nation: NATION,
        currency: CURRENCY,
        language: LANGUAGE,
        balance: app.store().partner_balances.get(&id).copied().unwrap_or_default(),
    }))
}
